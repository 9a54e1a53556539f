"""The exchange format: facts of one document as JSON (money in yuan, rates as decimal fractions).

Shape of the corpus papers, plus ``span``, ``confidence``, ``diagnostics`` and what only Luodi knows.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import fields, is_dataclass
from fractions import Fraction
from typing import Any, TypeVar

from luodi.document.outline import PAPER
from luodi.document.tree import Document
from luodi.policy import provisions as p
from luodi.policy.compile import Compiled
from luodi.policy.coverage import coverage
from luodi.policy.diagnostics import Diagnostic
from luodi.policy.facts import (
    ArticleHeading,
    Benefit,
    Condition,
    Duty,
    Fact,
    Goal,
    HeadField,
    QualitativeGoal,
    Recipient,
    Reference,
    Repeal,
    Sector,
    Validity,
)

Row = dict[str, Any]
_HEAD = ("title", "document_number", "issuer", "issued_on")
_F = TypeVar("_F", bound=Fact)


def exchange(compiled: Compiled) -> Row:
    """The facts of a document in the exchange shape."""
    facts = compiled.facts
    head = {fact.name: fact for fact in reversed(_of(facts, HeadField))}
    row: Row = {name: head[name].value if name in head else None for name in _HEAD}
    row |= {
        "head": [_place(head[name]) | {"name": name} for name in _HEAD if name in head],
        "recipients": [fact.name for fact in _of(facts, Recipient)],
        "recipient_spans": [_place(fact) for fact in _of(facts, Recipient)],
        "references": [_reference(fact) for fact in _of(facts, Reference)],
        "repeals": [_place(fact) | {"title": fact.title, "number": fact.number} for fact in _of(facts, Repeal)],
        "validity": _validity(_of(facts, Validity)),
        "articles": [_article(fact) for fact in _of(facts, ArticleHeading)],
        "goals": [_goal(fact) for fact in _of(facts, Goal)],
        "qualitative_goals": [
            _place(fact) | {"statement": fact.statement, "deadline": fact.deadline}
            for fact in _of(facts, QualitativeGoal)
        ],
        "duties": [_duty(fact) for fact in _of(facts, Duty) if fact.told == "assigned"],
        "benefits": [_benefit(fact) for fact in _of(facts, Benefit)],
        "sectors": [_sector(fact) for fact in _of(facts, Sector)],
        **provisions(facts),
        "coverage": coverage(compiled.document, facts),
        "diagnostics": [_diagnostic(one) for one in compiled.diagnostics],
        "source": _source(compiled.document),
    }
    papers = compiled.document.papers
    if papers:
        validities = {fact.paper: _validity([fact]) for fact in _of(facts, Validity) if fact.paper}
        row["papers"] = [
            {"id": one.id, "title": one.title, "span": list(compiled.document.text.span(one.start, one.end))}
            | {"validity": validities.get(one.id)}
            for one in papers
        ]
        row = {
            name: value if name == "papers" else _placed(value, [one.id for one in papers])
            for name, value in row.items()
        }
        row["articles"] = [_placed(one, [one.id for one in papers], "id") for one in row["articles"]]
    return row


def _placed(value: Any, papers: Sequence[str], key: str = "article") -> Any:
    """Addresses as this format writes them, the paper of a notice in a key of its own: 文件2.第三条 is 第三条 in 文件2."""
    if isinstance(value, list):
        return [_placed(item, papers) for item in value]
    if not isinstance(value, dict) or key not in value:
        return value
    paper, _, own = value[key].partition(".")
    if paper not in papers:
        return value
    plain = (own or "0") if paper.startswith(PAPER) else value[key]
    return value | {key: plain, "paper": paper}


def _source(document: Document) -> Row:
    """What was read: ``places`` says from which offset on the extracted text stands on a page or in a paragraph."""
    return {
        "format": document.format,
        "sha256": document.sha256,
        "length": len(document.text.source),
        "places": [place._asdict() for place in document.places],
        "parts": [part._asdict() for part in document.parts],
    }


def exchange_json(compiled: Compiled) -> str:
    """The exchange shape as JSON text, a fact a line."""
    fields = (f'"{name}": {_lines(value)}' for name, value in exchange(compiled).items())
    return "{\n " + ",\n ".join(fields) + "\n}\n"


def _lines(value: Any) -> str:
    if isinstance(value, list) and value:
        return "[\n  " + ",\n  ".join(json.dumps(one, ensure_ascii=False) for one in value) + "\n ]"
    return json.dumps(value, ensure_ascii=False)


def _of(facts: Iterable[Fact], kind: type[_F]) -> list[_F]:
    return [fact for fact in facts if isinstance(fact, kind)]


def _place(fact: Fact) -> Row:
    return {"article": fact.article, "span": list(fact.span), "confidence": fact.confidence}


def _article(fact: ArticleHeading) -> Row:
    return {"id": fact.article, "heading": fact.heading, "span": list(fact.span), "confidence": fact.confidence}


def _reference(fact: Reference) -> Row:
    return _place(fact) | {"title": fact.title, "number": fact.number, "relation": fact.relation}


def _validity(found: Sequence[Validity]) -> Row:
    if not found:
        return {"effective_from": None, "effective_to": None, "years": None, "days_after_issue": None}
    fact = found[0]
    return _place(fact) | {
        "effective_from": _date(fact.effective_from, "%Y-%m" if fact.month_only else "%Y-%m-%d"),
        "effective_to": _date(fact.effective_to),
        "years": fact.years,
        "days_after_issue": fact.days_after_issue,
    }


def _goal(fact: Goal) -> Row:
    return _place(fact) | {
        "metric": fact.metric,
        "op": fact.op,
        "value": _number(fact.value),
        "unit": fact.unit,
        "deadline": fact.deadline,
    }


def _duty(fact: Duty) -> Row:
    return _place(fact) | {"lead": list(fact.lead), "participants": list(fact.participants)}


def _benefit(fact: Benefit) -> Row:
    return _place(fact) | {
        "kind": fact.kind,
        "selector": fact.selector,
        "amount": _yuan(fact.amount),
        "rate": _number(fact.rate),
        "floor": _yuan(fact.floor),
        "cap": _yuan(fact.cap),
        "frequency": fact.frequency,
        "years": fact.years,
        "award": fact.award,
        "events": list(fact.events),
        "actions": list(fact.actions),
        "recipient": fact.recipient,
        "base": fact.base,
        "per": fact.per,
        "cap_per": fact.cap_per,
        "cap_period": fact.cap_period,
        "cap_of": fact.cap_of,
        "cap_speaks_of": fact.cap_speaks_of,
        "cap_span": list(fact.cap_span) if fact.cap_span else None,
        "measure_cap": fact.measure_cap,
        "measure": fact.measure,
        "months": fact.months,
        "sentence": list(fact.sentence) if fact.sentence else None,
        "conditions": [_condition(one) for one in fact.conditions],
    }


def _condition(one: Condition) -> Row:
    told = {"text": one.text, "span": list(one.span), "fact": one.fact, "op": one.op, "value": one.value}
    any_of = [[_condition(part) for part in parts] for parts in one.alternatives]
    return told | {"unit": one.unit} | ({"alternatives": any_of} if any_of else {})


def _sector(fact: Sector) -> Row:
    return _place(fact) | {
        "name": fact.name,
        "technologies": [one.name for one in fact.technologies],
        "technology_spans": [list(one.span) for one in fact.technologies],
    }


def _diagnostic(one: Diagnostic) -> Row:
    return {
        "code": one.code,
        "severity": one.severity,
        "article": one.article,
        "span": list(one.span),
        "message": one.message,
        "next_step": one.next_step,
    }


def _yuan(fen: int | None) -> int | float | None:
    return None if fen is None else _number(Fraction(fen, 100))


def _number(value: Fraction | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value.denominator == 1 else round(float(value), 6)


def _date(value: dt.date | None, form: str = "%Y-%m-%d") -> str | None:
    return value.strftime(form) if value else None


def provisions(facts: Iterable[Fact]) -> Row:
    """The facts beside the counted kinds, by section, as plain JSON (shares as decimal fractions)."""
    found = list(facts)
    return {name: [_plain(fact) for fact in _of(found, kind)] for name, kind in p.SECTIONS.items()}


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Fraction):
        return _number(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    return [_plain(item) for item in value] if isinstance(value, tuple | list) else value
