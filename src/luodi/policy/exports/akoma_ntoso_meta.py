"""The metadata of an Akoma Ntoso document: identification, lifecycle, analysis, times, references, all from the pack.

Facts that the standard has an element for are written with it (repeal, period in force, cited papers, units); all
facts stand besides in ``otherAnalysis``, in the pack's own words, each naming its clause.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any
from urllib.parse import quote

SOURCE = "#luodi"
UNKNOWN_DATE = "0001-01-01"
"""Stands where the schema demands a date and the paper names none; its ``name`` says ``unknown``."""

_ONTOLOGY = "/akn/ontology"
_KINDS = {
    "recipients": "recipient", "references": "reference", "repeals": "repeal", "validity": "validity", "goals": "goal",
    "qualitative_goals": "qualitativeGoal", "duties": "duty", "benefits": "benefit", "sectors": "sector",
    "definitions": "definition", "abbreviations": "abbreviation", "interpretations": "interpretation", "contacts": "contact",
    "deadlines": "deadline", "document_rules": "documentRule", "stackings": "stacking", "payments": "payment", "links": "link",
    "paper_validities": "validity",
}  # fmt: skip
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Row = Mapping[str, Any]


class Names:
    """What things are called inside the document: eIds of clauses and facts, addresses of cited papers and units."""

    def __init__(self, data: Row, clauses: Mapping[str, str]) -> None:
        self.data, self.clauses = data, clauses
        units = [row["name"] for row in data["facts"].get("recipients", [])]
        for duty in data["facts"].get("duties", []):
            units += [*duty["lead"], *duty["participants"]]
        self.units = {name: f"org_{number}" for number, name in enumerate(dict.fromkeys(units), 1)}

    def clause(self, address: str) -> str:
        """A reference to the clause that a fact belongs to; facts of the head belong to the preface."""
        return f"#{self.clauses.get(address, 'preface')}"

    def inline(self, facts: Row) -> Iterator[tuple[Sequence[int], str, dict[str, str]]]:
        """Place, element and attributes of each fact that is marked in the running text."""
        for kind in ("recipients", "references", "repeals", "goals", "qualitative_goals", "duties", "benefits"):
            for number, row in enumerate(facts.get(kind, []), 1):
                yield row["span"], *self._mark(kind, number, row)
        for suffix, row, _ in terms(self.data):
            yield row["span"], "event", {"eId": f"fact_validity{suffix or '_1'}", "refersTo": f"#in_force{suffix}"}
        for number, sector in enumerate(facts.get("sectors", []), 1):
            name = f"sector_{number}"
            yield sector["span"], "concept", {"eId": f"fact_{name}", "refersTo": f"#{name}"}
            for place, technology in enumerate(sector["technologies"], 1):
                attributes = {"eId": f"fact_{name}_{place}", "refersTo": f"#{name}"}
                yield technology["span"], "term", attributes

    def _mark(self, kind: str, number: int, row: Row) -> tuple[str, dict[str, str]]:
        name = f"{_KINDS[kind]}_{number}"
        attributes = {"eId": f"fact_{name}"}
        if kind == "recipients":
            return "organization", {**attributes, "refersTo": f"#{self.units[row['name']]}"}
        if kind in ("references", "repeals"):
            return "ref", {**attributes, "href": cited(row)}
        attributes["refersTo"] = f"#{name}"
        value = number_of(row) if kind in ("goals", "benefits") else None
        if value is not None:
            return "quantity", {**attributes, "normalized": value}
        return ("process" if kind == "duties" else "concept"), attributes


def number_of(row: Row) -> str | None:
    """The number of a goal or benefit as text: yuan for sums, a decimal for rates, as stated for goals."""
    if "value" in row:
        return str(row["value"])
    if row.get("rate"):
        return f"{float(Fraction(*row['rate'])):g}"
    fen = row["amount"] if row["amount"] is not None else row["cap"]
    return None if fen is None else _decimal(Fraction(fen, 100))


def _decimal(value: Fraction) -> str:
    return str(value.numerator) if value.denominator == 1 else f"{float(value):.2f}"


def cited(row: Row) -> str:
    """The address of a cited paper: by its number where it has one, else by its title."""
    return f"/akn/cn/act/policy/{quote(row.get('number') or row['title'], safe='')}"


def work(data: Row) -> str:
    """The address of the paper itself: by its date of issue and the pack's name."""
    return f"/akn/cn/act/policy/{data['issued_on'] or 'undated'}/{data['id']}"


def meta(pack: Any, names: Names) -> ET.Element:
    """The ``meta`` element of a pack."""
    data = pack.data
    root = ET.Element("meta")
    root.append(_identification(data))
    if data["issued_on"]:
        shown = {"date": data["issued_on"], "name": "issue", "showAs": clean(data["issuer"] or pack.title)}
        ET.SubElement(
            root, "publication", shown | ({"number": data["document_number"]} if data["document_number"] else {})
        )
    events = _events(data)
    if events:
        lifecycle = ET.SubElement(root, "lifecycle", {"source": SOURCE})
        for attributes in events.values():
            ET.SubElement(lifecycle, "eventRef", attributes)
    root.append(_analysis(data, names))
    intervals = {suffix: _interval(suffix, row, events) for suffix, row, _ in terms(data)}
    if any(intervals.values()):
        temporal = ET.SubElement(root, "temporalData", {"source": SOURCE})
        for suffix, interval in intervals.items():
            if interval:
                group = ET.SubElement(temporal, "temporalGroup", {"eId": f"period_in_force{suffix}"})
                ET.SubElement(group, "timeInterval", interval)
    root.append(_references(data, names))
    root.append(_proprietary(pack))
    return root


def _identification(data: Row) -> ET.Element:
    identification = ET.Element("identification", {"source": SOURCE})
    version = f"{work(data)}/zho@{data['issued_on'] or ''}"
    issued = (data["issued_on"] or UNKNOWN_DATE, "issue" if data["issued_on"] else "unknown")
    levels = (
        ("FRBRWork", work(data), issued, "#issuer"),
        ("FRBRExpression", version, issued, "#issuer"),
        ("FRBRManifestation", f"{version}.xml", (_made_on(data), "encoded"), SOURCE),
    )
    for level, address, (date, name), author in levels:
        part = ET.SubElement(identification, level)
        ET.SubElement(part, "FRBRthis", {"value": f"{address}/!main" if level != "FRBRManifestation" else address})
        ET.SubElement(part, "FRBRuri", {"value": address})
        if level == "FRBRWork" and data["title"]:
            ET.SubElement(part, "FRBRalias", {"value": clean(data["title"]), "name": "title"})
        ET.SubElement(part, "FRBRdate", {"date": date, "name": name})
        ET.SubElement(part, "FRBRauthor", {"href": author})
        _own_properties(part, level, data)
    return identification


def _own_properties(part: ET.Element, level: str, data: Row) -> None:
    if level == "FRBRWork":
        ET.SubElement(part, "FRBRcountry", {"value": "cn"})
        ET.SubElement(part, "FRBRsubtype", {"value": "policy"})
        if data["document_number"]:
            ET.SubElement(part, "FRBRnumber", {"value": clean(data["document_number"])})
        ET.SubElement(part, "FRBRname", {"value": data["id"]})
    elif level == "FRBRExpression":
        ET.SubElement(part, "FRBRversionNumber", {"value": str(data["version"])})
        ET.SubElement(part, "FRBRlanguage", {"language": "zho"})
    else:
        ET.SubElement(part, "FRBRformat", {"value": "application/akn+xml"})


def _made_on(data: Row) -> str:
    """When the encoding was settled: the day of publication or of the last confirmation; never the clock's."""
    confirmed = [one["on"] for one in data["confirmed"]]
    return str((data["published"] or {}).get("on") or max(confirmed, default=UNKNOWN_DATE))


def terms(data: Row) -> list[tuple[str, Row, str]]:
    """Each time in force: a suffix for its names, the fact, and of which paper it is.

    The whole paper's has no suffix; of a notice that issues several, each paper's own is numbered ``_p1``, ``_p2`` …
    """
    facts, papers = data["facts"], {paper["id"]: paper["title"] for paper in data.get("papers", ())}
    whole = [("", facts["validity"], "")] if facts.get("validity") else []
    return whole + [
        (f"_p{number}", row, str(papers.get(row["article"].partition(".")[0], row["article"])))
        for number, row in enumerate(facts.get("paper_validities", []), 1)
    ]


def _events(data: Row) -> dict[str, dict[str, str]]:
    """Dated events of a paper's life: issued, comes into force, lapses; of each paper in it likewise."""
    dated = {"issued": data["issued_on"]}
    for suffix, row, _ in terms(data):
        dated |= {f"starts{suffix}": row.get("effective_from"), f"ends{suffix}": row.get("effective_to")}
    return {
        name: {"eId": f"event_{name}", "date": date, "source": "#work", "refersTo": f"#{name.partition('_')[0]}"}
        | ({"type": "generation", "originatingExpression": "true"} if name == "issued" else {})
        for name, date in dated.items()
        if date
    }


def _interval(suffix: str, row: Row, events: Row) -> dict[str, str] | None:
    years = row.get("years")
    sides = (("start", f"starts{suffix}"), ("end", f"ends{suffix}"))
    interval = {side: f"#event_{event}" for side, event in sides if event in events}
    if "end" not in interval and years:
        interval["duration"] = f"P{years}Y"
    return {**interval, "refersTo": f"#in_force{suffix}"} if interval else None


def _analysis(data: Row, names: Names) -> ET.Element:
    facts = data["facts"]
    analysis = ET.Element("analysis", {"source": SOURCE})
    changes = [("repeal", row) for row in facts.get("repeals", [])]
    changes += [("substitution", row) for row in facts.get("links", []) if row["relation"] == "amends"]
    if changes:
        active = ET.SubElement(analysis, "activeModifications")
        for number, (change, row) in enumerate(changes, 1):
            element = ET.SubElement(active, "textualMod", {"type": change, "eId": f"change_{number}"})
            ET.SubElement(element, "source", {"href": names.clause(row["article"])})
            ET.SubElement(element, "destination", {"href": cited(row)})
    other = ET.SubElement(analysis, "otherAnalysis", {"source": SOURCE})
    for kind, tag in _KINDS.items():
        given = facts.get(kind) or []
        for number, row in enumerate(given if isinstance(given, list) else [given], 1):
            _written(other, tag, row, {"id": f"{tag}_{number}", "clause": names.clause(row["article"])})
    for paper in data["rests_on"]:
        _written(other, "restsOn", paper, {"href": cited(paper)})
    return analysis


def _written(parent: ET.Element, tag: str, row: Row, attributes: Mapping[str, str]) -> None:
    """A fact in the pack's words: plain values as attributes, lists as children; what is not stated is left out."""
    element = ET.SubElement(parent, f"luodi:{tag}", dict(attributes))
    for name, value in row.items():
        if isinstance(value, list) and value and not all(isinstance(one, int) for one in value):
            for one in value:
                if isinstance(one, Mapping):
                    _written(element, name, one, {})
                else:
                    ET.SubElement(element, f"luodi:{name}").text = clean(str(one))
        elif value is not None and value != []:
            element.set(name, _attribute(value))


def _attribute(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return " ".join(map(str, value)) if isinstance(value, list) else clean(str(value))


def _references(data: Row, names: Names) -> ET.Element:
    facts = data["facts"]
    references = ET.Element("references", {"source": SOURCE})
    ET.SubElement(
        references, "original", {"eId": "work", "href": work(data), "showAs": clean(data["title"] or data["id"])}
    )
    for kind, rows in (("repealed", facts.get("repeals", [])), ("cited", facts.get("references", []))):
        for number, row in enumerate(rows, 1):
            attributes = {"eId": f"{kind}_{number}", "href": cited(row), "showAs": clean(f"《{row['title']}》")}
            ET.SubElement(references, "activeRef", attributes)
    for eid, name in (("luodi", "落地 Luodi"), ("issuer", data["issuer"] or "发文机关不见于文本")):
        _class(references, "TLCOrganization", eid, name)
    for name, eid in names.units.items():
        _class(references, "TLCOrganization", eid, name)
    for eid, name in (("issued", "印发"), ("starts", "施行"), ("ends", "有效期届满")):
        _class(references, "TLCEvent", eid, name)
    _class(references, "TLCConcept", "in_force", "有效期")
    for suffix, _, title in terms(data):
        if suffix:
            _class(references, "TLCConcept", f"in_force{suffix}", f"《{title}》的有效期")
    for kind, shown in (("goals", "metric"), ("qualitative_goals", "statement"), ("sectors", "name")):
        for number, row in enumerate(facts.get(kind, []), 1):
            _class(references, "TLCConcept", f"{_KINDS[kind]}_{number}", row[shown])
    for number, row in enumerate(facts.get("benefits", []), 1):
        words = "、".join(row["events"]) or row["recipient"] or "奖补"
        _class(references, "TLCConcept", f"benefit_{number}", " ".join(filter(None, (words, row["selector"]))))
    for number, row in enumerate(facts.get("duties", []), 1):
        _class(references, "TLCProcess", f"duty_{number}", f"{row['article']} {'、'.join(row['lead'])}")
    return references


def _class(references: ET.Element, tag: str, eid: str, name: str) -> None:
    kind = tag.removeprefix("TLC").lower()
    href = f"{_ONTOLOGY}/{kind}/cn/{quote(name, safe='')}"
    ET.SubElement(references, tag, {"eId": eid, "href": href, "showAs": clean(name)})


def _proprietary(pack: Any) -> ET.Element:
    """What only Luodi knows: which pack and which source bytes this is."""
    source = pack.data["source"]
    proprietary = ET.Element("proprietary", {"source": SOURCE})
    ET.SubElement(proprietary, "luodi:pack", {
        "id": pack.id, "version": str(pack.version), "digest": pack.digest,
        "factsOnly": _attribute(pack.data["facts_only"]),
    })  # fmt: skip
    ET.SubElement(proprietary, "luodi:source", {
        "name": clean(source["name"]), "format": source["format"], "sha256": source["sha256"],
        "textSha256": source["text_sha256"], "length": str(source["length"]),
    })  # fmt: skip
    return proprietary


def clean(words: str) -> str:
    """Without the characters that XML does not allow."""
    return _NOT_XML.sub("", words)
