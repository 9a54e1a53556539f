"""One paper in every format gives the same facts, and each fact still quotes its words."""

import re
import unicodedata
from pathlib import Path

import pytest

from agreement import differences, reference
from luodi.document import read_bytes
from luodi.policy.compile import compile_document
from luodi.policy.exchange import exchange
from papers import FORMATS, font

PACKS = Path(__file__).parents[2] / "packs"
EXAMPLES = ("yunlan-2026-mci", "yunlan-2026-manufacturing")
PLACED = ("articles", "goals", "qualitative_goals", "duties", "benefits", "sectors", "references", "repeals")


def plain(words: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", re.sub(r"<[^>]*>", "", words)))


def told(found: dict, source: str) -> dict:
    """The facts with the words they quote in place of their places."""

    def bare(here: object) -> object:
        if isinstance(here, dict):
            return {
                key: quoted(value) if "span" in key else bare(value) for key, value in here.items() if key != "sentence"
            }
        return [bare(one) for one in here] if isinstance(here, list) else here

    def quoted(here: object) -> object:
        if isinstance(here, list) and here and isinstance(here[0], int):
            return plain(source[slice(*here)])
        return [quoted(one) for one in here] if isinstance(here, list) else here

    return {kind: bare(rows) for kind, rows in found.items() if kind not in ("diagnostics", "source")}


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("format_", FORMATS)
def test_the_same_facts_in_every_format(name: str, format_: str) -> None:
    if font() is None:
        pytest.skip("no Chinese font: apt-get install fonts-noto-cjk")
    text = (PACKS / name / "document.txt").read_text("utf-8")
    first = compile_document(read_bytes(text.encode(), "原文.txt"))
    other = compile_document(read_bytes(FORMATS[format_](text), "文件"))
    here, there = exchange(other), exchange(first)
    assert differences(here, reference(PACKS / name / "reference.json"), 0.9) == []
    assert told(here, other.document.text.source) == told(there, text)
