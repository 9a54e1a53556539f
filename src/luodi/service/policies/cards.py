"""The card of one row of the workbench: its words in the text, what it states field by field, its form and its history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import Truncator

from luodi.policy.decisions import tells, terms
from luodi.policy.punctuation import widened
from luodi.service.policies.fact_forms import FIELDS, FactForm
from luodi.service.policies.models import FactDecision, PolicyVersion
from luodi.service.policies.rows import Row
from luodi.service.policies.shown_text import ShownText

AROUND = 90  # characters shown on either side of a fact's own words
KIND_OF_ELEMENT: Mapping[str, str] = {"basis": "references", "effective_from": "validity", "effective_to": "validity"}
"""Elements of a paper that are told by facts of another name."""
_ONE_LOOK = 11
_OWN_WORDS = 60  # characters of a row that reads like another
_TOLD_ALREADY = ("条件", "技术、产品")  # these have lines of their own on the card


@dataclass(frozen=True)
class Card:
    """The chosen row. ``beside``: what else waits in its clause, to be read and accepted with it. Of an element that is missing: the kind of fact
    that states it (``add_as``), facts of that kind that were
    read (``related``), and which papers of a notice lack it (``lacking``).
    """

    row: Row
    before: str
    words: str
    after: str
    form: FactForm | None
    stated: Sequence[tuple[str, str]]
    history: Sequence[FactDecision]
    selection: tuple[int, int] | None
    add_as: str
    lacking: Sequence[str]
    related: Sequence[Row]
    beside: Sequence[tuple[Row, Sequence[tuple[str, str]]]]


def card_of(version: PolicyVersion, row: Row, rows: Sequence[Row], shown: ShownText, form: FactForm | None) -> Card:
    """The card of ``row``; ``form`` is one that was sent and is shown again."""
    place = shown.shown(row.span) if row.span else None
    around = shown.around(row.span, AROUND) if row.span else ("", "", "")
    history = list(version.decisions.filter(key=row.key).select_related("by", "inherited_from"))
    element = str(row.fact.get("element", "benefits"))
    kind = KIND_OF_ELEMENT.get(element, element)
    if kind == "validity" and version.pack.get("papers"):
        kind = "paper_validities"
    lacking = [title for title, term in terms(version.pack) if row.kind == "missing" and not tells(term, element)]
    related = [each for each in rows if row.kind == "missing" and each.kind == kind and each.state != "reject"]
    beside = [
        (
            each,
            [
                (name, words)
                for name, words in _stated(each)
                if _plain(words) not in _plain(f"{each.figure} {each.text}")
            ],
        )
        for each in beside_of(row, rows)
    ]
    for each, stated in beside:
        stated += _demanded(each, row)
    told = Counter((each.figure, each.text) for each in (row, *(other for other, _ in beside)))
    for each, stated in beside:
        if each.span and told[each.figure, each.text] > 1:  # who leads two tasks of a clause: which of them?
            stated.append(("原文", Truncator(shown.words(each.span)).chars(_OWN_WORDS)))
    return Card(row, *around, form or form_of(row), _stated(row), history, place, kind,
                lacking if kind == "paper_validities" else [], related, beside)  # fmt: skip


def _plain(words: str) -> str:
    return widened(words).replace(" ", "")


def _demanded(row: Row, above: Row) -> list[tuple[str, str]]:
    """The conditions of a row that is read with one ``above``: those of both are said there."""
    known = [each["text"] for each in above.fact.get("conditions") or ()]
    conditions = row.fact.get("conditions") or ()
    told = [widened(f"{'不得有此情形：' if each['value'] is False else ''}{each['text']}")
            for each in conditions if each["text"] not in known]  # fmt: skip
    same = len(conditions) - len(told)
    told += [f"{'另有 ' if told else ''}{same} 项与上面的相同"] if same else []
    return [("条件", "；".join(told))] if told else []


def beside_of(row: Row, rows: Sequence[Row]) -> list[Row]:
    """What waits in the same clause and is read with a row that waits: the next ones in the text, few enough for one look."""
    if not _quickly_read(row):
        return []
    place, own = row.span or (0, 0), _read_with(row)
    others = [each for each in rows if _quickly_read(each) and each != row and _read_with(each) == own]
    return sorted(others, key=lambda each: ((each.span or (0, 0)) < place, each.span or (0, 0)))[:_ONE_LOOK]


def _quickly_read(row: Row) -> bool:
    """Whether it waits and may be decided beside others: not what could not be read, nor an element that may stand elsewhere."""
    covered, element = row.fact.get("coverage"), row.fact.get("element")
    alone = row.must_be_entered or covered == "unrecognised" or (element in KIND_OF_ELEMENT and covered != "silent")
    if row.kind == "missing" and alone:
        return False
    return row.state in ("open", "again") and row.kind != "diagnostics"


def _read_with(row: Row) -> tuple[bool, str]:
    """What is read together: all that a clause says, whatever its kind; elements that nobody found by themselves."""
    return row.kind == "missing", row.article


def _stated(row: Row) -> list[tuple[str, str]]:
    """What a row says field by field, where that is more than one."""
    plain = form_of(row)
    stated = [] if plain is None or len(plain.fields) == 1 else plain.stated()
    return [each for each in stated if each[0] not in _TOLD_ALREADY]


def form_of(row: Row, data: Any = None) -> FactForm | None:
    """The form that corrects or enters what a row says; None where there is nothing to type."""
    if row.kind in ("head", "missing"):
        field = row.key.removeprefix("head-")
        return FactForm("head", data, fact=row.fact, field=field) if row.key.startswith("head-") else None
    return FactForm(row.kind, data, fact=row.fact) if row.kind in FIELDS else None
