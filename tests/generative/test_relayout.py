"""Layout changes no fact: wrapped at any width, with page numbers, blank lines or no line ends, a text says the same."""

import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from relayout import Layout, a_bracket_lost, blank_lines, double_ends, on_a_site, one_line, thousands_apart, wrapped

from agreement import compiled
from luodi.document.reading import parse

TESTS = Path(__file__).parents[1]
KINDS = (
    "title",
    "document_number",
    "issuer",
    "issued_on",
    "recipients",
    "references",
    "repeals",
    "validity",
    "articles",
    "goals",
    "duties",
    "benefits",
    "sectors",
)
LAYOUTS: dict[str, Layout] = {
    "24 wide": wrapped(24),
    "29 wide, set in": wrapped(29, "\u3000\u3000"),
    "34 wide, paged": wrapped(34, paged=True),
    "40 wide, set in, paged": wrapped(40, "\u3000\u3000", paged=True),
    "blank lines": blank_lines,
    "double line ends": double_ends,
    "on a site": on_a_site,
    "thousands apart": thousands_apart,
    "a bracket lost": a_bracket_lost,
}
# Nothing but a table: where the paper ends and the site goes on is told by running text.
WITHOUT_PROSE = ("云州市制造业发展规划", "云州市能源发展规划")


def papers() -> dict[str, str]:
    """The whole papers of the constructions, the example documents and those of the packs, by how they begin."""
    listed = yaml.safe_load((TESTS / "spec/clauses/constructions/documents.yaml").read_text("utf-8"))
    paths = [*TESTS.glob("documents/good/*.txt"), *TESTS.parent.glob("packs/*/document.txt")]
    texts = [paper["text"] for paper in listed] + [path.read_text("utf-8") for path in sorted(paths)]
    return {" ".join(text[:30].split()): text.strip("\n") for text in texts}


PAPERS = papers()
# A text that came wrapped, or without line ends, has no lines of its own to be set otherwise.
WITH_LINES = [
    name
    for name, text in PAPERS.items()
    if text.count("\n") > 2 and not any(repair.code == "wrap" for repair in parse(text).text.repairs)
]


@cache
def facts(text: str) -> tuple[str, ...]:
    """Every fact as a line, without its place."""
    found = compiled(text)
    rows = [(kind, row) for kind in KINDS for row in _listed(found[kind])]
    return tuple(sorted(f"{kind}: {_told(row)}" for kind, row in rows))


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _told(value: Any) -> str:
    return unicodedata.normalize("NFKC", "".join(str(_placeless(value)).split()))


def _placeless(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _placeless(inner) for key, inner in value.items() if not _is_place(key)}
    return [_placeless(one) for one in value] if isinstance(value, list) else value


def _is_place(key: str) -> bool:
    return "span" in key or key in ("sentence", "confidence", "parts")


def changed(before: str, after: str) -> Iterator[str]:
    here, there = facts(before), facts(after)
    yield from (f"lost {row}" for row in here if row not in there)
    yield from (f"new {row}" for row in there if row not in here)


@pytest.mark.parametrize("name", WITH_LINES)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_changes_no_fact(name: str, layout: str) -> None:
    text = PAPERS[name]
    found = list(changed(text, LAYOUTS[layout](text)))
    assert bool(found) == (layout == "on a site" and name.startswith(WITHOUT_PROSE)), found


# What only a line end told, or what is not yet read without one.
LOST_IN_ONE_LINE = {
    "7. 北岭市青年人才驿站": "a card's catalogue number heads a line with articles",
    "2023年成绩": "headings without numbers",
    "云溪县增资扩产支持办法": "a closing sentence of the article stands in its last item",
    "云岚市人民政府关于加快先进制造业": "a closing sentence of the article stands in its last item",
}
OWN_WORDS = {
    "heading",
    "selector",
    "metric",
    "conditions",
    "recipient",
    "base",
    "relation",
    "paper",
    "events",
    "award",
    "per",
}


def _figures(text: str) -> list[str]:
    """The facts without the words that a heading's line end parts from what follows it."""
    found = compiled(text)
    rows = [(kind, row) for kind in KINDS if kind != "sectors" for row in _listed(found[kind])]
    bare = [
        (kind, {key: row[key] for key in row if key not in OWN_WORDS} if isinstance(row, dict) else row)
        for kind, row in rows
    ]
    return sorted(f"{kind}: {_told(row)}" for kind, row in bare)


@pytest.mark.parametrize("name", [name for name in WITH_LINES if "\t" not in PAPERS[name] and len(PAPERS[name]) > 150])
def test_no_line_end_changes_no_figure(name: str) -> None:
    reason = next((why for begins, why in LOST_IN_ONE_LINE.items() if name.startswith(begins)), None)
    same = _figures(PAPERS[name]) == _figures(one_line(PAPERS[name]))
    assert same != bool(reason), reason
