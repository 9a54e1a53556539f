"""One paper in every format gives the same facts, and each fact still quotes its words."""

import shutil
from pathlib import Path

import pytest

from agreement import differences, reference
from luodi.document import read_bytes
from luodi.policy.compile import compile_document
from luodi.policy.exports.exchange import exchange
from papers import FORMATS, font
from quoting import told

PACKS = Path(__file__).parents[2] / "packs"
EXAMPLES = ("yunlan-2026-mci", "yunlan-2026-manufacturing")
COSTLY = ("pdf without indents", "pdf of a browser", "pdf in two columns")  # one example is enough
GOOD = Path(__file__).parent / "good"
"""Tables of tasks and targets; nested numbers; a guide of fields with an attachment."""
HARD = ("html", "docx with Word's numbers", "pdf", "pdf in two columns", "ofd", "ofd in two columns")


@pytest.mark.parametrize(
    ("name", "format_"), [(n, f) for n in EXAMPLES for f in FORMATS if n == EXAMPLES[-1] or f not in COSTLY]
)
def test_the_same_facts_in_every_format(name: str, format_: str) -> None:
    if font() is None:
        pytest.skip("no Chinese font: apt-get install fonts-noto-cjk")
    if "browser" in format_ and shutil.which("chromium") is None:
        pytest.skip("no chromium: apt-get install chromium")
    text = (PACKS / name / "document.txt").read_text("utf-8")
    first = compile_document(read_bytes(text.encode(), "原文.txt"))
    other = compile_document(read_bytes(FORMATS[format_](text), "文件"))
    here, there = exchange(other), exchange(first)
    assert differences(here, reference(PACKS / name / "reference.json"), 0.9) == []
    assert told(here, other.document.text.source) == told(there, text)


@pytest.mark.parametrize("format_", HARD)
@pytest.mark.parametrize("name", sorted(path.stem for path in GOOD.glob("*.txt")))
def test_tables_numbers_and_fields_are_the_same_in_every_format(name: str, format_: str) -> None:
    if font() is None:
        pytest.skip("no Chinese font: apt-get install fonts-noto-cjk")
    text = (GOOD / f"{name}.txt").read_text("utf-8")
    first = exchange(compile_document(read_bytes(text.encode(), "原文.txt")))
    other = compile_document(read_bytes(FORMATS[format_](text), "文件"))
    assert told(exchange(other), other.document.text.source) == told(first, text)
