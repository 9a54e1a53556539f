"""Measure compiling: one text, the whole corpus as a process, long documents, each format; beside it a part-of-speech pass.

Usage: measure.py [CORPUS] [--pos PYTHON]
  CORPUS        default $LUODI_CORPUS or ../shared/corpus
  --pos PYTHON  an interpreter that has rjieba (a venv outside the repository); without it the pass is not run

Machines are shared: compare CPU seconds and ratios, not clock. A wall figure counts only on an idle machine.
"""

import argparse
import io
import os
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import docx

from luodi.document import parse, read, read_bytes
from luodi.policy.compile import compile_document

ROOT = Path(__file__).parents[2]
LUODI = Path(sys.executable).with_name("luodi")
RUNS = 15
LONG = 300_000  # characters
POS = """
import sys, time, pathlib, rjieba
texts = [pathlib.Path(name).read_text(encoding="utf-8") for name in sys.argv[1:]]
rjieba.tag("预热")
begin = time.process_time()
words = sum(len(rjieba.tag(text)) for text in texts)
print(words, time.process_time() - begin)
"""


class Used(NamedTuple):
    """What a process and those it started used."""

    cpu: float
    wall: float
    megabytes: float


def as_process(*command: object) -> tuple[Used, str]:
    """Run a command to its end."""
    begin = time.monotonic()
    with subprocess.Popen(
        [str(part) for part in command], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        output = process.stdout.read() if process.stdout else ""
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{command[0]} exited with {process.returncode}")
    return Used(used.ru_utime + used.ru_stime, time.monotonic() - begin, used.ru_maxrss / 1024), output


def cpu(work: Callable[[], object], runs: int = RUNS) -> float:
    """Median CPU seconds of a piece of work in this process, after one run to warm up."""
    work()
    times = []
    for _ in range(runs):
        begin = time.process_time()
        work()
        times.append(time.process_time() - begin)
    return statistics.median(times)


def one_text(texts: list[Path]) -> None:
    times = {path: cpu(lambda path=path: compile_document(read(path)), 5) for path in texts}
    sizes = {path: len(path.read_text(encoding="utf-8")) for path in texts}
    middle = sorted(texts, key=sizes.__getitem__)[len(texts) // 2]
    slowest = max(texts, key=times.__getitem__)
    print(f"one ordinary text ({sizes[middle]} characters): {times[middle] * 1000:.0f} ms CPU (at most 60)")
    print(
        f"median over all texts {statistics.median(times.values()) * 1000:.0f} ms; slowest {times[slowest] * 1000:.0f} ms ({sizes[slowest]} characters)"
    )


def whole_corpus(corpus: Path, texts: list[Path], pos: str | None) -> None:
    with tempfile.TemporaryDirectory() as out:
        used, _ = as_process(LUODI, "compile", corpus / "dev", corpus / "raw", "-o", out)
        count = len(os.listdir(out))
    print(
        f"whole corpus as a process, {count} texts: {used.wall:.2f} s (at most 5), {used.cpu:.2f} s CPU, {used.megabytes:.0f} MB (at most 400)"
    )
    if pos is None:
        print("part-of-speech pass: not run (give --pos PYTHON with rjieba)")
        return
    tagged, output = as_process(pos, "-c", POS, *texts)
    words, alone = output.split()
    print(
        f"part-of-speech pass by rjieba over the same texts: {tagged.wall:.2f} s, {tagged.cpu:.2f} s CPU as a process, {float(alone):.2f} s CPU alone, "
        f"{tagged.megabytes:.0f} MB, {words} words; compiling takes {used.cpu / tagged.cpu:.1f} times its CPU"
    )


def long_documents(texts: list[Path]) -> None:
    """A tenth of the long document and the whole, in this process; the whole also as a process."""
    joined = "\n".join(path.read_text(encoding="utf-8") for path in texts)
    long = (joined * (LONG // len(joined) + 1))[:LONG]
    short, whole = (cpu(lambda text=text: compile_document(parse(text)), 3) for text in (long[: LONG // 10], long))
    print(
        f"{LONG // 10} characters: {short:.2f} s CPU; {LONG} characters: {whole:.2f} s CPU (at most 4): 10 times the text, {whole / short:.1f} times the work"
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.txt"
        path.write_text(long, encoding="utf-8")
        used, _ = as_process(LUODI, "compile", path, "-o", folder)
    print(f"the same as a process: {used.wall:.2f} s, {used.cpu:.2f} s CPU, {used.megabytes:.0f} MB")


def formats(text: str) -> None:
    """Clock milliseconds of reading in the child (warm), beside the same text read here."""
    paper = docx.Document()
    for line in filter(None, text.split("\n")):
        paper.add_paragraph(line)
    word, packed = io.BytesIO(), io.BytesIO()
    paper.save(word)
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("1.docx", word.getvalue())
    for name, data in (("txt", text.encode()), ("docx", word.getvalue()), ("zip of the docx", packed.getvalue())):
        read_bytes(data, name)
        times = []
        for _ in range(RUNS):
            begin = time.perf_counter()
            read_bytes(data, name)
            times.append((time.perf_counter() - begin) * 1000)
        print(f"read {len(text)} characters from {name}: {statistics.median(times):.0f} ms")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    default = os.environ.get("LUODI_CORPUS", ROOT.parent / "shared" / "corpus")
    parser.add_argument("corpus", nargs="?", type=Path, default=Path(default))
    parser.add_argument("--pos")
    given = parser.parse_args()
    texts = sorted([*given.corpus.glob("dev/*.txt"), *given.corpus.glob("raw/*.txt")])
    if not texts:
        sys.exit(f"not run: no corpus at {given.corpus}")
    print(f"cores {os.cpu_count()}, load {' '.join(f'{load:.2f}' for load in os.getloadavg())}")
    one_text(texts)
    whole_corpus(given.corpus, texts, given.pos)
    long_documents(texts)
    formats(texts[len(texts) // 2].read_text(encoding="utf-8"))
    print(f"luodi --help: {min(as_process(LUODI, '--help')[0].cpu for _ in range(3)):.2f} s CPU (at most 0.4)")


if __name__ == "__main__":
    main()
