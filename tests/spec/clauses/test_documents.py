"""Whole papers of invented cities, genre by genre, with the facts that they state: see ``constructions/documents.yaml``."""

from pathlib import Path

import pytest
import yaml
from test_constructions import benefit, one_holds_the_other, without_selectors

from luodi.document.reading import parse
from luodi.policy.compile import compile_document
from luodi.policy.exports.exchange import exchange

PAPERS = yaml.safe_load((Path(__file__).parent / "constructions" / "documents.yaml").read_text("utf-8"))


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper["text"][:30])
def test_a_paper(paper: dict) -> None:
    found = exchange(compile_document(parse(paper["text"])))
    for kind, rows in shown(found).items():
        if kind not in paper:
            continue
        if kind == "benefits":
            same_benefits(rows, paper[kind])
        elif kind == "goals":
            assert sorted(map(without_metric, rows)) == sorted(map(without_metric, paper[kind]))
        else:
            assert _fold(rows) == _fold(paper[kind]), kind


def shown(found: dict) -> dict:
    """The facts of a paper in short."""
    return {
        "title": found["title"],
        "document_number": found["document_number"],
        "issuer": found["issuer"],
        "issued_on": found["issued_on"],
        "validity": {
            key: found["validity"][key] for key in ("effective_from", "effective_to", "years", "days_after_issue")
        },
        "references": [row["number"] or row["title"] for row in found["references"]],
        "repeals": [row["number"] or row["title"] for row in found["repeals"]],
        "articles": [row["id"] + (f" {row['heading']}" if row["heading"] else "") for row in found["articles"]],
        "duties": [f"{row['article']} {_duty(row)}" for row in found["duties"]],
        "goals": [f"{row['article']} {_goal(row)}" for row in found["goals"]],
        "benefits": [f"{row['article']} {benefit(row)}" for row in found["benefits"]],
        "sectors": [f"{row['name']}: {'、'.join(row['technologies'])}" for row in found["sectors"]],
    }


def _fold(value: object) -> object:
    """Without white space, which a copy may lose."""
    return (
        [_fold(one) for one in value]
        if isinstance(value, list)
        else "".join(value.split())
        if isinstance(value, str)
        else value
    )


def _duty(row: dict) -> str:
    return " ".join(row["lead"]) + (f" ; {' '.join(row['participants'])}" if row["participants"] else "")


def _goal(row: dict) -> str:
    until = f" @{row['deadline']}" if row["deadline"] else ""
    return f"{row['metric']} {row['op']} {row['value']:g}{row['unit'] or ''}{until}"


def without_metric(row: str) -> str:
    """The article and what stands behind the metric, which may hold blanks."""
    article, _, rest = row.partition(" ")
    at = min(rest.find(op) for op in (">=", "<=", "~", "growth>=", " x ") if op in rest)
    return f"{article} {rest[at:]}"


def same_benefits(rows: list[str], expected: list[str]) -> None:
    assert sorted(map(without_selectors, rows)) == sorted(map(without_selectors, expected))
    for row, want in zip(sorted(rows, key=without_selectors), sorted(expected, key=without_selectors), strict=True):
        own, told = (text.partition("[")[2].partition("]")[0] for text in (row, want))
        assert one_holds_the_other(own, told) or without_selectors(row) in [
            without_selectors(other) for other in expected if other != want
        ]
