"""Measure compiling: CPU of the first policy after import, of the whole corpus as a process, of ``luodi --help``.

Usage: measure.py [CORPUS]   (default: $LUODI_CORPUS or ../shared/corpus). Machines are shared: compare CPU, not clock.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from luodi.document import parse, read
from luodi.policy.compile import compile_document

ROOT = Path(__file__).parents[2]
LUODI = Path(sys.executable).with_name("luodi")
FIRST_POLICY = "dev/hangzhou-2018-mci.txt"
RUNS = 15


def after_import(path: Path) -> float:
    """Median CPU milliseconds of one compile in a warm process."""
    compile_document(read(path))
    times = []
    for _ in range(RUNS):
        begin = time.process_time()
        compile_document(read(path))
        times.append((time.process_time() - begin) * 1000)
    return statistics.median(times)


def as_process(*arguments: str) -> tuple[float, float]:
    """CPU and wall seconds of a command."""
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    subprocess.run([LUODI, *arguments], check=True, capture_output=True)
    wall, after = time.monotonic() - begin, resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall


def growth(text: str) -> list[tuple[int, float]]:
    """CPU seconds of reading and compiling 1, 2 and 4 times the corpus in one document: twice the text, twice the time."""
    found = []
    for times in (1, 2, 4):
        begin = time.process_time()
        compile_document(parse(text * times))
        found.append((len(text) * times, time.process_time() - begin))
    return found


def main() -> None:
    corpus = Path(
        sys.argv[1] if len(sys.argv) > 1 else os.environ.get("LUODI_CORPUS", ROOT.parent / "shared" / "corpus")
    )
    if not (corpus / FIRST_POLICY).is_file():
        sys.exit(f"not run: no corpus at {corpus}")
    print(f"cores {os.cpu_count()}, load {' '.join(f'{load:.2f}' for load in os.getloadavg())}")
    print(f"first policy, after import: {after_import(corpus / FIRST_POLICY):.1f} ms CPU (at most 50)")
    with tempfile.TemporaryDirectory() as out:
        cpu, wall = as_process("compile", str(corpus / "dev"), str(corpus / "raw"), "-o", out)
        print(f"whole corpus as a process, {len(os.listdir(out))} texts: {cpu:.2f} s CPU, {wall:.2f} s (at most 5)")
    print(f"luodi --help: {min(as_process('--help')[0] for _ in range(3)):.2f} s CPU (at most 0.4)")
    texts = [path.read_text(encoding="utf-8") for path in sorted(corpus.glob("*/*.txt"))]
    for length, cpu in growth("\n".join(texts)):
        print(f"one document of {length} characters: {cpu:.2f} s CPU")


if __name__ == "__main__":
    main()
