"""How long the commands of the README take: first start, second start, ``luodi --help``.

    python3 bench/service/startup.py CLONE [--port 8124]

CLONE is a clean clone of this repository; it is set up there as a new user would (the first start installs everything).
"""

from __future__ import annotations

import argparse
import os
import resource
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path


def start(clone: Path, port: int) -> float:
    """Seconds from ``./run up`` to the first page; the service is stopped again."""
    begin = time.perf_counter()
    server = subprocess.Popen(["./run", "up", "--port", str(port)], cwd=clone, stdout=subprocess.DEVNULL)
    try:
        while True:
            if server.poll() is not None:
                raise SystemExit(f"./run up ended with {server.returncode}")
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).read()
                return time.perf_counter() - begin
            except OSError:
                time.sleep(0.2)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait()


def help_seconds(clone: Path) -> float:
    """CPU seconds of ``luodi --help``."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([clone / ".venv/bin/luodi", "--help"], check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("clone", type=Path)
    parser.add_argument("--port", type=int, default=8124)
    options = parser.parse_args()
    print(f"cores {os.cpu_count()}  load {os.getloadavg()[0]:.2f}")
    print(f"first start  {start(options.clone, options.port):7.1f} s (at most 180)")
    print(f"second start {start(options.clone, options.port):7.1f} s (at most 10)")
    print(f"luodi --help {help_seconds(options.clone):7.2f} s CPU (at most 0.4)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
