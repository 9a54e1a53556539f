"""Whom a sentence names that gives no sum itself: see ``constructions/announced.yaml``."""

from pathlib import Path

import pytest
import yaml
from test_condition_lists import told

from luodi.document.reading import parse
from luodi.policy.compile import compile_document
from luodi.policy.exports.exchange import exchange

SECTIONS = yaml.safe_load((Path(__file__).parent / "constructions" / "announced.yaml").read_text("utf-8"))
PAPERS = [paper for section in SECTIONS.values() for paper in section]


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper["text"][:24])
def test_whom_the_awards_behind_a_sentence_are_for(paper: dict) -> None:
    text = paper["text"] if "\n" in paper["text"] else f"一、支持政策\n(一)内容。{paper['text']}\n"
    found = exchange(compile_document(parse(text)))["benefits"]
    assert [[told(each) for each in row["conditions"]] for row in found] == paper["rows"]
