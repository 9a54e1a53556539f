"""What people decided about the facts that the compiler proposed, laid over the proposal: the pack of a draft.

Each fact of a proposal has a key that never changes: ``benefits-3`` (kind and place in the proposal), ``validity-0``,
``head-issuer``, ``diagnostics-2``; what a person adds gets a key of its own (``added-…``). The latest decision on a key
counts, and an undoing (撤销) takes it back, so that the one before it counts again; earlier ones are history that the
caller keeps. Rules and vocabulary follow from the facts that remain, then a person's entries on rules (``rule-<id>``),
open readings (``ambiguity-<id>``) and words (``vocabulary``) are laid over them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol, TypeVar

from luodi.policy.overlay import overlay
from luodi.policy.pack import Pack, pack_from
from luodi.policy.proposals.rules import paper_of, propose

Json = Mapping[str, Any]
Verdict = Literal["accept", "correct", "doubt", "reject", "add", "enter", "not_stated", "undo"]
HEAD = ("title", "document_number", "issuer", "issued_on")
EXPECTED = ("recipients", "basis", "effective_from", "effective_to", "goals", "duties", "benefits")
"""Elements that an office asks about in every paper: where nothing was read, a person says whether the text is silent."""


@dataclass(frozen=True)
class Decision:
    """One decision on one key; ``after`` is what a correction, an addition or an entry says."""

    key: str
    verdict: Verdict
    after: Json | None = None


class Decided(Protocol):
    """A decision in whatever form it is kept."""

    @property
    def key(self) -> str:
        """What it is on."""

    @property
    def verdict(self) -> str:
        """Of :data:`Verdict`."""


Row = TypeVar("Row", bound=Decided)


def standing(decisions: Iterable[Row]) -> dict[str, Row]:
    """The decision that counts on each key: the last one that was not undone; ``decisions`` oldest first."""
    kept: dict[str, list[Row]] = {}
    for decision in decisions:
        earlier = kept.pop(decision.key, [])
        if left := earlier[:-1] if decision.verdict == "undo" else [*earlier, decision]:
            kept[decision.key] = left
    return {key: rows[-1] for key, rows in kept.items()}


def keyed_facts(proposal: Json) -> dict[str, tuple[str, Json]]:
    """All facts of a proposal by key, as (kind, fact)."""
    return {
        f"{kind}-{at}": (kind, row) for kind, given in proposal["facts"].items() for at, row in enumerate(_rows(given))
    }


def _rows(given: Any) -> Sequence[Json]:
    return given if isinstance(given, list) else [given] if given else []


def missing(proposal: Json, decided: Iterable[Decision]) -> list[str]:
    """Expected elements that neither the compiler nor a person found (未识别, until somebody says 本文未规定)."""
    return _absent(_data(proposal, standing(decided)))


def _absent(data: Json) -> list[str]:
    facts, stated = data["facts"], [term for _, term in terms(data)]
    there = {
        "basis": any(row["relation"] == "basis" for row in facts["references"]) or data["rests_on"],
        "effective_from": all(tells(one, "effective_from") for one in stated),
        "effective_to": all(tells(one, "effective_to") for one in stated),
        "goals": facts["goals"] or facts["qualitative_goals"],
        **{name: data[name] for name in HEAD},
    }
    return [name for name in (*HEAD, *EXPECTED) if not (there[name] if name in there else facts[name])]


def terms(data: Json) -> list[tuple[str, Json]]:
    """Each paper's title with what is said of its time in force: its own words, else the notice's; one where there is one."""
    whole = data["facts"]["validity"] or {}
    papers = {paper["id"]: paper["title"] for paper in data.get("papers", ())}
    own = {paper_of(row["article"], papers): row for row in data["facts"].get("paper_validities", ())}
    return [(title, own.get(name, whole)) for name, title in papers.items()] or [(str(data["title"] or ""), whole)]


def tells(term: Json, end: str) -> bool:
    """Whether a time in force tells its beginning (``effective_from``) or its end (``effective_to``), as a day or otherwise."""
    otherwise = term.get("days_after_issue") is not None if end == "effective_from" else bool(term.get("years"))
    return bool(term.get(end)) or otherwise


def decided_pack(proposal: Json, decisions: Iterable[Decision], confirmed: Sequence[Json] = ()) -> Pack:
    """The proposal under the decisions, as a checked pack; ``confirmed`` says who stands for it.

    Raises:
        ContentError: a correction or an entry makes no pack; the message names the place.
    """
    latest = standing(decisions)
    data = _data(proposal, latest)
    data |= propose(data["facts"], data["articles"], [paper["id"] for paper in data.get("papers", ())])
    known = {rule["id"]: rule for rule in data["rules"]}
    ambiguities = list(_ambiguities(latest, known))
    words = latest["vocabulary"].after if "vocabulary" in latest else None
    facts = {fact["id"] for fact in (*data["vocabulary"]["facts"], *(words or {}).get("facts", ()))}
    result = overlay(data, {
        **({"vocabulary": words} if words else {}),
        "entered": data["entered"],
        "rules": [*_rule_entries(latest, known, facts), *_readings(latest, known)],
        "ambiguities": [*data["ambiguities"], *ambiguities],
        "confirmed": [*data["confirmed"], *confirmed],
    })  # fmt: skip
    return pack_from(result, str(data["title"] or data["id"]))


def _data(proposal: Json, latest: Mapping[str, Decision]) -> dict[str, Any]:
    """Head and facts as decided; rules still as proposed."""
    facts = {kind: _section(kind, given, latest) for kind, given in proposal["facts"].items()}
    data = {**proposal, "facts": facts, "entered": list(proposal["entered"])}
    for name in HEAD:
        decision = latest.get(f"head-{name}")
        if decision is None or decision.verdict in ("accept", "doubt", "not_stated"):
            continue
        data[name] = decision.after["value"] if decision.after else None
        if decision.verdict == "enter" and decision.after:
            entry = {"field": name, "value": decision.after["value"], "source": decision.after["source"]}
            data["entered"].append(entry | {"note": "不见于文本"})
    said = {decision.key.partition("-")[2] for decision in latest.values() if decision.verdict == "not_stated"}
    silent = [name for name in _absent(data) if name in said]
    if "coverage" in proposal:
        data["coverage"] = {kind: _covered(kind, was, facts, silent) for kind, was in proposal["coverage"].items()}
    return data | ({"unstated": silent} if silent else {})


def _covered(kind: str, was: str, facts: Json, silent: Sequence[str]) -> str:
    """Stated where a fact stands now; silent where a person says so."""
    if facts.get(kind):
        return "stated"
    return "silent" if was == "stated" or kind in silent else was


def _section(kind: str, given: Any, latest: Mapping[str, Decision]) -> Any:
    decided = (_row(row, latest.get(f"{kind}-{at}")) for at, row in enumerate(_rows(given)))
    kept = [row for row in decided if row is not None]
    for decision in latest.values():
        if decision.key.startswith("added-") and decision.after and decision.verdict != "reject":
            row = dict(decision.after)
            if row.pop("kind_of_fact") == kind:
                kept.append({"confidence": 1.0, **row})
    if not isinstance(given, list):
        return kept[-1] if kept else None
    return sorted(kept, key=lambda row: row["span"]) if len(kept) > len(given) else kept


def _row(row: Json, decision: Decision | None) -> Json | None:
    """One fact after its decision: gone, changed, sure, or as it was."""
    if decision is None or decision.verdict == "doubt":
        return row
    if decision.verdict == "reject":
        return None
    return {**row, **(decision.after or {}), "confidence": 1.0}


def _rule_entries(
    latest: Mapping[str, Decision], known: Mapping[str, Json], facts: Collection[str]
) -> Iterator[dict[str, Any]]:
    """Entries on rules that there are; ``modes`` say by a condition's words who vouches for it.

    Conditions that ask for a fact which is gone, because the benefit was corrected since, are left out.
    """
    for key, decision in latest.items():
        rule = key.removeprefix("rule-")
        if key == rule or rule not in known and "article" not in (decision.after or {}):
            continue
        if decision.verdict == "reject":
            yield {"id": rule, "drop": True}
            continue
        entry = dict(decision.after or {})
        modes = entry.pop("modes", {})
        given = entry["conditions"] if "conditions" in entry else known.get(rule, {}).get("conditions", [])
        kept = [
            {**each, "mode": modes.get(each["text"], each["mode"])}
            for each in given
            if _asked(each["test"]) <= set(facts)
        ]
        yield {"id": rule, **entry} | ({"conditions": kept} if modes or "conditions" in entry else {})


def _asked(test: Any) -> set[str]:
    """The names of the facts that a test reads."""
    if isinstance(test, Mapping):
        own = {test["fact"]} if isinstance(test.get("fact"), str) else set()
        return own.union(*(_asked(value) for value in test.values()))
    return set().union(*map(_asked, test)) if isinstance(test, list) else set()


def _open(latest: Mapping[str, Decision]) -> Iterator[Json]:
    for key, decision in latest.items():
        if key.startswith("ambiguity-") and decision.after and decision.verdict != "reject":
            yield decision.after


def _ambiguities(latest: Mapping[str, Decision], known: Collection[str]) -> Iterator[dict[str, Any]]:
    for after in _open(latest):
        yield {**after["entry"], "rules": [rule for rule in after["entry"]["rules"] if rule in known]}


def _readings(latest: Mapping[str, Decision], known: Collection[str]) -> Iterator[dict[str, Any]]:
    """Each rule that an open reading touches is told what it pays under either reading."""
    for after in _open(latest):
        for rule in after["entry"]["rules"]:
            if rule in known and after["reading"]:
                yield {"id": rule, "+readings": [{"ambiguity": after["entry"]["id"], **after["reading"]}]}
