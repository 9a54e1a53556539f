"""Copies of a paper: what does no harm leaves the facts alone, and every fact quotes the words it claims."""

import re
from pathlib import Path
from random import Random
from typing import Any

import opencc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luodi.document import parse
from luodi.policy.compile import Compiled, compile_document
from luodi.policy.exports.exchange import exchange
from luodi.policy.facts import Benefit, Duty, Fact, Goal, HeadField, Recipient, Reference, Repeal, Sector
from quoting import plain, told

PACKS = Path(__file__).parents[2] / "packs"
EXAMPLES = {
    name: (PACKS / name / "document.txt").read_text("utf-8")
    for name in ("yunlan-2026-mci", "yunlan-2026-manufacturing")
}
WIDER = str.maketrans(",:;()%0123456789", "，：；（）％０１２３４５６７８９")
NARROWER = {ord(wide): narrow for narrow, wide in zip(",:;()%", "，：；（）％", strict=True)}
UNITS = (1, 10_000, 100_000_000)


def blank_lines(text: str, random: Random) -> str:
    return re.sub("\n+", lambda at: "\n" * random.randint(1, 4), text)


def indents(text: str, random: Random) -> str:
    return re.sub("^", lambda at: random.choice(("", "  ", "\u3000\u3000", "\t")), text, flags=re.MULTILINE)


def spaces_in_prose(text: str, random: Random) -> str:
    """Spaces between Chinese characters inside long paragraphs."""
    lines = text.split("\n")
    spaced = [
        re.sub(r"(?<=[\u4e00-\u9fff，、])(?=[\u4e00-\u9fff])", lambda at: " " * (random.random() < 0.1), line)
        for line in lines
    ]
    return "\n".join(new if len(line) > 60 else line for line, new in zip(lines, spaced, strict=True))


def spaced_out(text: str, random: Random) -> str:
    """Every character of some paragraphs set apart."""
    return "\n".join(" ".join(line) if random.random() < 0.5 else line for line in text.split("\n"))


def split_numbers(text: str, random: Random) -> str:
    return re.sub(r"(?<=\d)(?=万元|亿元|%)", lambda at: " " * random.randint(0, 1), text)


HARMLESS = {
    "full width": lambda text, random: text.translate(WIDER),
    "half width": lambda text, random: text.translate(NARROWER),
    "blank lines": blank_lines,
    "indents": indents,
    "other line ends": lambda text, random: text.replace("\n", "\r\n"),
    "spaces in prose": spaces_in_prose,
    "characters set apart": spaced_out,
    "spaces before units": split_numbers,
    "traditional characters": lambda text, random: opencc.OpenCC("s2t").convert(text),
    "a mark of the byte order": lambda text, random: f"\ufeff{text}",
    "signs that cannot be seen": lambda text, random: re.sub("(?<=[，。])", lambda at: "\u200b" * random.randint(0, 1), text),
}  # fmt: skip


def compiled(text: str) -> Compiled:
    return compile_document(parse(text))


def bare(here: Any) -> Any:
    """Facts without their quotations, which follow the copy."""
    if isinstance(here, dict):
        return {key: bare(value) for key, value in here.items() if "span" not in key}
    return [bare(one) for one in here] if isinstance(here, list) else here


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("change", HARMLESS)
@settings(max_examples=2, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_harmless_changes_leave_the_facts_alone(name: str, change: str, seed: int) -> None:
    text = EXAMPLES[name]
    copy = HARMLESS[change](text, Random(seed))
    assert bare(told(exchange(compiled(copy)), copy)) == bare(told(exchange(compiled(text)), text))


@settings(max_examples=12, deadline=None)
@given(
    name=st.sampled_from(sorted(EXAMPLES)),
    changes=st.lists(st.sampled_from(sorted(HARMLESS)), max_size=3, unique=True),
    seed=st.integers(0, 10_000),
)
def test_every_fact_quotes_what_it_claims(name: str, changes: list[str], seed: int) -> None:
    text = EXAMPLES[name]
    for change in changes:
        text = HARMLESS[change](text, Random(seed))
    found = compiled(text)
    assert found.facts
    for fact in found.facts:
        start, end = fact.span
        assert 0 <= start < end <= len(text)
        quoted = plain(found.document.clean[slice(*_clean(found, fact))])
        assert _is_said(fact, quoted), (fact, quoted)
        assert len(plain(text[start:end])) >= len(quoted) * 0.9


def _clean(found: Compiled, fact: Fact) -> tuple[int, int]:
    return found.document.clean_offset(fact.span.start), found.document.clean_offset(fact.span.end)


def _is_said(fact: Fact, quoted: str) -> bool:
    """Whether the quoted words carry the fact's own value."""
    if isinstance(fact, Recipient | Sector):
        return plain(fact.name) in quoted
    if isinstance(fact, Reference | Repeal):
        return plain(fact.title) in quoted or bool(fact.number and plain(fact.number) in quoted)
    if isinstance(fact, HeadField) and fact.name == "title":
        return plain(fact.value) == quoted
    if isinstance(fact, Duty):
        return all(plain(unit)[-3:] in quoted or plain(unit)[:3] in quoted for unit in fact.lead + fact.participants)
    if isinstance(fact, Benefit) and fact.amount:
        yuan = fact.amount / 100
        return any(float(number) * unit == yuan for number in re.findall(r"\d+(?:\.\d+)?", quoted) for unit in UNITS)
    if isinstance(fact, Goal) and re.search(r"\d", quoted):
        return any(float(number) == float(fact.value) for number in re.findall(r"\d+(?:\.\d+)?", quoted))
    return True


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_cut_or_shuffled_paper_still_compiles_the_same_way_twice(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(sorted(EXAMPLES.values())))
    lines = data.draw(st.lists(st.sampled_from(text.split("\n")), max_size=12))
    piece = "\n".join(lines)
    piece = piece[data.draw(st.integers(0, 20)) : len(piece) - data.draw(st.integers(0, 20))]
    first, second = compiled(piece), compiled(piece)
    assert first.facts == second.facts and first.diagnostics == second.diagnostics
    for item in first.facts + first.diagnostics:
        assert 0 <= item.span.start <= item.span.end <= len(piece)
