"""What the compiler found, plus what a person confirmed, makes a pack.

The person's file (``confirmed.yaml``) holds only what the text does not: the pack's name and version, entered head
fields with their source, vocabulary (dated names, grades, look-alikes), what each rule needs beyond the text (mode,
readings, refusals by name), the register of open readings, confirmations and publication. Sums, windows, addresses
and spans come from the compiled facts, so that they stand in one place: the document.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from luodi.document.reading import read
from luodi.document.text import Span
from luodi.document.tree import Document
from luodi.errors import ContentError
from luodi.policy import facts as f
from luodi.policy import provisions as p
from luodi.policy.citations import folded
from luodi.policy.compile import Compiled, compile_document
from luodi.policy.coverage import coverage
from luodi.policy.diagnostics import Diagnostic
from luodi.policy.overlay import overlay
from luodi.policy.pack import SCHEMA_VERSION, Pack, pack_from, read_pack, read_yaml, text_digest
from luodi.policy.proposals.rules import propose, unbound_ceilings

PHRASE = 20
_SECTIONS: dict[type[f.Fact], str] = {
    f.Recipient: "recipients",
    f.Reference: "references",
    f.Repeal: "repeals",
    f.Goal: "goals",
    f.QualitativeGoal: "qualitative_goals",
    f.Duty: "duties",
    f.Benefit: "benefits",
    f.Sector: "sectors",
    **{kind: name for name, kind in p.SECTIONS.items()},
}
_PHRASES = {
    "metric", "statement", "text", "recipient", "base", "per", "selector", "unit", "fact", "value", "term", "meaning",
    "short", "full", "act", "after", "was", "becomes",
}  # fmt: skip

_RELATIONS = ("basis", "details", "executes", "amends")


def pack_of(folder: Path) -> Pack:
    """The pack of a folder: built from its ``document.txt`` and ``confirmed.yaml`` where it has its text, else read.

    Raises:
        ContentError: neither a text nor a ``pack.json`` (or ``pack.yaml``), or one that is broken.
    """
    document, confirmed = folder / "document.txt", folder / "confirmed.yaml"
    if document.exists():
        given = read_yaml(confirmed) if confirmed.exists() else {"id": folder.name}
        return build(compile_document(read(document)), given)
    written = folder / "pack.yaml"
    return read_pack(written if written.exists() else folder / "pack.json")


def build(compiled: Compiled, confirmed: Mapping[str, Any] | None = None) -> Pack:
    """The pack of a compiled document under a person's entries.

    Args:
        compiled: the document with its facts and diagnostics.
        confirmed: the person's entries; None gives a bare proposal, confirmed by nobody.

    Raises:
        ContentError: the entries name something that is not there, or the result is no pack.
    """
    given = dict(confirmed or {})
    facts_only = bool(given.pop("facts_only", False))
    document, found = compiled.document, compiled.facts
    sections = fact_sections(found, facts_only=facts_only)
    data: dict[str, Any] = {
        "schema_version": SCHEMA_VERSION,
        "id": _slug(document.name),
        "version": 1,
        **_head(found),
        "entered": [],
        "source": _source(document),
        "facts_only": facts_only,
        "papers": [
            {"id": one.id, "title": one.title, "span": list(document.text.span(one.start, one.end))}
            for one in document.papers
        ],
        "articles": _articles(document),
        "facts": sections,
        "coverage": coverage(document, found),
        "diagnostics": [] if facts_only else _diagnostics(compiled, sections),
        "ambiguities": [],
        "confirmed": [],
        "published": None,
        "rests_on": _basis(found),
        **propose(sections, _articles(document), [one.id for one in document.papers]),
    }
    result = overlay(data, given)
    result["rules"] = [_quoted(rule, document) for rule in result["rules"]]
    return pack_from(result, str(given.get("id", document.name)))


def _diagnostics(compiled: Compiled, sections: dict[str, Any]) -> list[dict[str, Any]]:
    """What was not understood: of the text, and of the ceilings that no rule is under."""
    text = compiled.document.text
    loose = (
        Diagnostic(
            code="ceiling-unbound",
            severity="warning",
            article=row["article"],
            span=Span(*row["span"]),
            message=f"“{text.source[slice(*row['sentence'])]}”是同一条内几项奖补的总上限，但该条的奖补没有识别出来，未用于任何规则。",
            next_step="请对照原文补录该条的奖补，再把总上限加到这些规则上。",
        )
        for row in unbound_ceilings(
            sections, _articles(compiled.document), [one.id for one in compiled.document.papers]
        )
        if row["sentence"]
    )
    return [plain(one) for one in (*compiled.diagnostics, *loose)]


def _quoted(rule: dict[str, Any], document: Document) -> dict[str, Any]:
    """The rule with the spans of conditions that quote words of their article.

    What a person quotes stands in place of the proposed condition that holds these words: it says the same more closely.

    Raises:
        ContentError: the article does not say so.
    """
    placed = [(_placed(condition, rule, document), "quote" in condition) for condition in rule["conditions"]]
    quoted = [condition["span"] for condition, by_person in placed if by_person]
    kept = [
        condition
        for condition, by_person in placed
        if by_person or condition["mode"] == "compute" or not _holds_any(condition.get("span"), quoted)
    ]
    return rule | {"conditions": kept}


def _holds_any(span: list[int] | None, others: list[list[int]]) -> bool:
    return span is not None and any(span[0] <= start and end <= span[1] for start, end in others)


def _placed(condition: dict[str, Any], rule: dict[str, Any], document: Document) -> dict[str, Any]:
    quote = condition.get("quote")
    if quote is None:
        return condition
    article = condition.get("article") or rule["article"]
    for node in document.articles:
        if node.id == article and (at := document.clean.find(quote, node.start, node.end)) >= 0:
            span = document.text.span(at, at + len(quote))
            return {key: value for key, value in condition.items() if key != "quote"} | {"span": list(span)}
    raise ContentError(f"规则 {rule['id']} 的条件“{condition['id']}”引用“{quote}”，但{article}没有这几个字。请核对。")


def _slug(name: str) -> str:
    """A pack id from a file's name; ``proposal`` where nothing of it can stand in an id."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "proposal"


def plain(value: Any) -> Any:
    """JSON of a fact: dates as ISO text, rates as pairs, tuples as lists, spans as pairs."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Fraction):
        return [value.numerator, value.denominator]
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return value


def fact_sections(found: Iterable[f.Fact], *, facts_only: bool = False) -> dict[str, Any]:
    """Facts by kind, as the pack carries them; ``facts_only`` shortens phrases to :data:`PHRASE` characters."""
    sections: dict[str, Any] = {name: [] for name in _SECTIONS.values()} | {"validity": None, "paper_validities": []}
    for fact in found:
        written = _written(fact)
        if isinstance(fact, f.Validity):
            if written.pop("paper"):
                sections["paper_validities"].append(written)
            else:
                sections["validity"] = written
        elif type(fact) in _SECTIONS:
            sections[_SECTIONS[type(fact)]].append(shortened(written) if facts_only else written)
    sections["benefits"].sort(key=lambda row: (row["sentence"] or row["span"])[0])  # tables are read before sentences
    if sections["validity"] in sections["paper_validities"]:
        sections["validity"] = None  # it is that paper's and not the notice's
    return sections


def _written(fact: f.Fact) -> dict[str, Any]:
    written: dict[str, Any] = plain(fact)
    if isinstance(fact, f.Goal):
        whole = fact.value.denominator == 1
        written["value"] = int(fact.value) if whole else float(fact.value)
    if isinstance(fact, f.Duty) and fact.told == "assigned":
        del written["told"]
    if isinstance(fact, f.Benefit):
        for condition in written["conditions"]:
            _write_condition(condition)
    return written


def _write_condition(condition: dict[str, Any]) -> None:
    condition["op"] = "not_in" if condition["op"] == "not in" else condition["op"]
    for each in (part for parts in condition["alternatives"] for part in parts):
        _write_condition(each)
    if not condition["alternatives"]:
        del condition["alternatives"]


def shortened(here: Any, key: str = "") -> Any:
    """Phrases of a facts-only pack: at most :data:`PHRASE` characters, the rest is an ellipsis."""
    if isinstance(here, Mapping):
        return {name: shortened(value, name) for name, value in here.items()}
    if isinstance(here, list):
        return [shortened(item, key) for item in here]
    if isinstance(here, str) and key in _PHRASES and len(here) > PHRASE:
        return here[: PHRASE - 1] + "…"
    return here


def _head(found: Iterable[f.Fact]) -> dict[str, str | None]:
    head: dict[str, str | None] = dict.fromkeys(("title", "document_number", "issuer", "issued_on"))
    for fact in found:
        if isinstance(fact, f.HeadField) and head[fact.name] is None:
            head[fact.name] = fact.value
    return head


def _source(document: Document) -> dict[str, Any]:
    text = document.text.source
    return {
        "name": document.name,
        "format": document.format,
        "sha256": document.sha256,
        "text_sha256": text_digest(text),
        "length": len(text),
    }


def _articles(document: Document) -> list[dict[str, Any]]:
    return [
        {"id": a.id, "level": a.level, "heading": a.heading, "span": list(document.text.span(a.start, a.end))}
        for a in document.articles
    ]


def _basis(found: Iterable[f.Fact]) -> list[dict[str, Any]]:
    """The papers that this one rests on, each once, with the closest relation and the clauses named."""
    papers: dict[str, dict[str, Any]] = {}
    for fact in found:
        if isinstance(fact, f.Reference) and fact.relation == "basis":
            papers.setdefault(folded(fact.title), _paper(fact.title, fact.number))
        elif isinstance(fact, p.Link) and fact.relation != "repeals":
            paper = papers.setdefault(folded(fact.title), _paper(fact.title, fact.number))
            paper["relation"] = max(paper["relation"], fact.relation, key=_RELATIONS.index)
            if fact.clause and fact.clause not in paper["clauses"]:
                paper["clauses"].append(fact.clause)
    return list(papers.values())


def _paper(title: str, number: str | None) -> dict[str, Any]:
    return {"title": title, "number": number, "relation": "basis", "clauses": [], "taken": ""}
