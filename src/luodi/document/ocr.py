"""Recognition of scanned PDF pages with Debian's tesseract and its Chinese data; the machine must have both.

Pages are drawn in the child process (:mod:`isolation`), recognised by tesseract under limits of memory and time, and
come back as placed characters with the confidence that tesseract gives them, never above :data:`CEILING`.
"""

from __future__ import annotations

import csv
import io
import os
import resource
import shutil
import subprocess
from collections.abc import Iterator
from typing import NamedTuple

from luodi.document import isolation
from luodi.document.refusals import RefusedError

CEILING = 0.8  # a recognised fact is never as sure as a read one
MAX_PAGES = 300
_SECONDS = 120  # of processor time, for one page
_MEMORY = 2_000_000_000
_POINTS = 72
_DPI = 300

_HAN = "\u2e7f"
_FLOOR = 0.05

Placed = tuple[str, float, float, float, float, float]


class _Word(NamedTuple):
    text: str
    left: float
    right: float
    confidence: float


def is_available() -> bool:
    """Whether tesseract and its simplified Chinese data are installed."""
    program = shutil.which("tesseract")
    if program is None:
        return False
    listed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, check=False, timeout=30)
    return "chi_sim" in listed.stdout.split()


def recognise(data: bytes, name: str) -> dict[int, list[Placed]]:
    """The characters of the pages that have no text layer: (text, x0, y0, x1, y1 in points, confidence).

    Raises:
        RefusedError: tesseract is missing or fails, too many pages, or the PDF cannot be opened.
    """
    pages = isolation.scanned_pages(data)
    if pages and not is_available():
        raise RefusedError("ocr-missing")
    if len(pages) > MAX_PAGES:
        raise RefusedError("reader-time", f"{len(pages)} 页扫描件，上限 {MAX_PAGES} 页")
    return {page: list(_placed(_table(isolation.page_picture(data, page)))) for page in pages}


def _table(picture: bytes) -> str:
    """What tesseract says of a page, as its table of words."""
    command = ["tesseract", "stdin", "stdout", "-l", "chi_sim", "--psm", "3", "--dpi", str(_DPI),
               "-c", "preserve_interword_spaces=1", "tsv"]  # fmt: skip
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env={"PATH": os.environ.get("PATH", ""), "OMP_THREAD_LIMIT": "1", "LC_ALL": "C.UTF-8"},
    ) as process:  # fmt: skip
        resource.prlimit(process.pid, resource.RLIMIT_AS, (_MEMORY, _MEMORY))
        resource.prlimit(process.pid, resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
        try:
            output = process.communicate(picture, timeout=3 * _SECONDS)[0]
        except subprocess.TimeoutExpired as error:
            process.kill()
            raise RefusedError("reader-time", "识别一页") from error
    if process.returncode:
        raise RefusedError("ocr-failed", f"tesseract 退出码 {process.returncode}")
    return output.decode("utf-8", "replace")


def _placed(table: str) -> Iterator[Placed]:
    """Words in pixels → characters in points: as high as their line, the box of a word shared out evenly."""
    scale = _POINTS / _DPI
    line: list[_Word] = []
    top = height = 0.0
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = (row.get("text") or "").strip()
        left, up, width, tall = (float(row[key]) * scale for key in ("left", "top", "width", "height"))
        if row["level"] == "4":
            yield from _spread(line, top, height)
            line, top, height = [], up, tall
        elif row["level"] == "5" and text:
            line.append(_Word(text, left, left + width, float(row["conf"]) / 100))
    yield from _spread(line, top, height)


def _spread(line: list[_Word], top: float, height: float) -> Iterator[Placed]:
    """The characters of a line; between two Chinese words no gap is left that is narrower than a character."""
    for at, word in enumerate(line):
        right = word.right
        after = line[at + 1] if at + 1 < len(line) else None
        if after and after.left - right < 1.2 * height and (word.text[-1] > _HAN or after.text[0] > _HAN):
            right = max(after.left, word.left + 0.1)
        step = (right - word.left) / len(word.text)
        sure = min(CEILING, max(_FLOOR, word.confidence * CEILING))
        for number, char in enumerate(word.text):
            yield char, word.left + number * step, top, word.left + (number + 1) * step, top + height, sure
