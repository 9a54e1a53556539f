"""Recognition of scanned pages and pictures with Debian's tesseract and its Chinese data; the machine must have both.

Pages of a PDF are drawn, pictures of a docx, ofd or zip taken out in the child process (:mod:`isolation`). Tesseract reads them under
limits of memory and time; they come back as placed characters with the confidence that it gives them, never above
:data:`CEILING`.
"""

from __future__ import annotations

import csv
import io
import os
import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from luodi.document import isolation
from luodi.document.refusals import RefusedError
from luodi.document.scan import Recognised, Scan

CEILING = 0.8  # a recognised fact is never as sure as a read one
MAX_PAGES = 300
_SECONDS = 120  # of processor time, for one page
_MEMORY = 2_000_000_000
_POINTS = 72
_DPI = 300

_HAN = "\u2e7f"
_FLOOR = 0.05
_FEW = 8  # Chinese characters
_LEAST_SURE = 0.4

Placed = tuple[str, float, float, float, float, float]
Told = Callable[[int, int], None]
"""Hears which picture, from 1, is being recognised and how many there are."""


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


def recognise(kind: str, data: bytes, told: Told | None = None) -> Recognised:
    """What the pictures of a file say: pages of a PDF without text, pictures of a docx or ofd, a picture, all these in a zip.

    Raises:
        RefusedError: tesseract is missing or fails, too many pages, or the file cannot be opened.
    """
    names = isolation.pictures(kind, data)
    if names and not is_available():
        raise RefusedError("ocr-missing")
    if len(names) > MAX_PAGES:
        raise RefusedError("reader-time", f"{len(names)} 页扫描件，上限 {MAX_PAGES} 页")
    found = {}
    for at, name in enumerate(names, 1):
        if told is not None:
            told(at, len(names))
        scans = list(_scans(_table(isolation.picture(kind, data, name))))
        if kind != "packed" or _is_text(scans):
            found[name] = scans
    return found


def _is_text(scans: Sequence[Scan]) -> bool:
    """Whether a picture inside a file is one of text, not an emblem, a seal or a drawing with a few words."""
    sure = [row[-1] for scan in scans for row in scan.characters if row[0] > _HAN]
    return len(sure) >= _FEW and sum(sure) / len(sure) >= _LEAST_SURE


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


def _scans(table: str) -> Iterator[Scan]:
    """Words in pixels → pages with characters in points: as high as their line, the box of a word shared out evenly."""
    scale = _POINTS / _DPI
    line: list[_Word] = []
    page: Scan | None = None
    characters: list[Placed] = []
    top = height = 0.0
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        text = (row.get("text") or "").strip()
        left, up, width, tall = (float(row[key]) * scale for key in ("left", "top", "width", "height"))
        if row["level"] in ("1", "4"):
            characters += _spread(line, top, height)
            line, top, height = [], up, tall
        if row["level"] == "1":
            if page is not None:
                yield page
            characters = []
            page = Scan(width, tall, characters)
        elif row["level"] == "5" and text:
            line.append(_Word(text, left, left + width, float(row["conf"]) / 100))
    if page is not None:
        characters += _spread(line, top, height)
        yield page


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
