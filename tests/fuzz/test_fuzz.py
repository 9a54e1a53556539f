"""A short run of the fuzzer, and every crash it ever found."""

import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = Path(__file__).with_name("readers.py")
RUNS = 2500
# (target, bytes) of crashes that were found; the reader must give a text or refuse by name.
FOUND: tuple[tuple[str, bytes], ...] = ()


def test_a_short_run_over_all_readers(tmp_path: Path) -> None:
    pytest.importorskip("atheris", reason="no atheris on this machine")
    command = [
        sys.executable,
        PROGRAM,
        "all",
        f"-runs={RUNS}",
        "-seed=1",
        "-max_len=2048",
        "-timeout=10",
        "-rss_limit_mb=1024",
    ]
    found = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr[-3000:]
    assert f"Done {RUNS} runs" in found.stderr
