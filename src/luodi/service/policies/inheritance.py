"""What a new version takes over from the last one (沿用): decisions on facts that are the same, settings of rules, the register.

A decision stands with who took it and when. Where the fact is the same but its sentence changed, or where nothing in the
text can show it (what a person said to be unstated, or entered from elsewhere), it is marked to be looked at again.
Versions that came as a file, without the workbench, are taken as confirmed as a whole by the person who confirmed them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import models

from luodi.entitlement.loading import load_rules
from luodi.errors import LuodiError
from luodi.policy.addresses import article_at
from luodi.policy.decisions import HEAD, Decision, decided_pack, keyed_facts, missing, terms
from luodi.policy.proposals.rules import paper_of, propose, window
from luodi.service.policies.models import AmbiguityAnswer, FactDecision, PolicyVersion
from luodi.service.policies.same_facts import Match, Move, Reading, matches, said
from luodi.service.policies.shown_text import shown_text

Json = Mapping[str, Any]
_MADE = {"id", "article", "span", "item"}  # fields of a rule that follow from its facts alone
_SUMS = {
    "amount",
    "trigger",
    "caps",
    "conditions",
}  # what may follow from the facts: only taken over where they are the same


@dataclass(frozen=True)
class Said:
    """One decision as it is taken over: who took it in which version and when; ``again``: to be looked at."""

    key: str
    verdict: str
    after: Any
    note: str
    by: Any
    on: dt.date
    origin: PolicyVersion
    again: bool = False

    def row(self, version: PolicyVersion, before: Any) -> FactDecision:
        """The decision as a row of the new version."""
        return FactDecision(
            policy_version=version, key=self.key, verdict=self.verdict, before=before, after=self.after, note=self.note,
            by=self.by, inherited_from=self.origin, decided_on=self.on, to_be_seen=self.again,
        )  # fmt: skip


def last_version(version: PolicyVersion) -> PolicyVersion | None:
    """The version that a new one follows: the published one, else the latest before it."""
    earlier = (
        version.policy.versions.filter(number__lt=version.number)
        .exclude(status="discarded")
        .select_related("text", "proposal")
    )
    return earlier.order_by(models.Case(models.When(status="published", then=0), default=1), "-number").first()


def reading_of(version: PolicyVersion, *, decided: bool = False) -> Reading:
    """A version as the compiler read it, or as people ``decided`` it."""
    text, proposal = getattr(version, "text", None), getattr(version, "proposal", None)
    fits = text is not None and not text.notice
    shown = shown_text(text, version.pack["source"]["format"]) if text is not None and fits else None
    return Reading(version.pack if decided or proposal is None else proposal.pack, shown)


def rules_paired(old: PolicyVersion, version: PolicyVersion) -> dict[str, tuple[str, bool]]:
    """Each rule of ``old`` with the rule of ``version`` that pays for the same rows, and whether all rows are the same."""
    return _paired(reading_of(old, decided=True), reading_of(version, decided=True))


def inherit(version: PolicyVersion, old: PolicyVersion) -> list[Said]:
    """Everything that a draft takes over from the version ``old``; nothing is written."""
    before, now = reading_of(old), reading_of(version)
    move = Move(before, now)
    then = _latest(old)
    pairs = matches(before, now)
    facts = [*_facts(pairs, then, move), *_added(pairs, then, move), *_unstated(then, now)]
    pack = decided_pack(now.data, [Decision(each.key, each.verdict, each.after) for each in facts])  # type: ignore[arg-type]
    settings = _Settings(old, then, Move(reading_of(old, decided=True), replace(now, data=pack.data))).all()
    return facts + _running(now.data, facts, settings)


def _latest(old: PolicyVersion) -> dict[str, Said]:
    """The last decision on each key of the last version."""
    if not hasattr(old, "proposal"):
        return {each.key: each for each in _confirmed_whole(old)}
    return {
        key: Said(key, row.verdict, row.after, row.note, row.by, row.decided_on or row.recorded_at.date(),
                  row.inherited_from or old)
        for key, row in old.standing_decisions().items()
    }  # fmt: skip


def _confirmed_whole(old: PolicyVersion) -> Iterator[Said]:
    """A version that came as a file: its confirmer stands for every fact, rule and question of it."""
    if old.confirmed_by is None or old.confirmed_at is None:
        return
    pack, who = old.pack, (old.confirmed_by, old.confirmed_at, old)
    entered = {each["field"]: each for each in pack["entered"]}
    for name in HEAD:
        if name in entered:
            after = {"value": entered[name]["value"], "source": entered[name]["source"]}
            yield Said(f"head-{name}", "enter", after, entered[name]["source"], *who)
        elif pack[name]:
            yield Said(f"head-{name}", "accept", None, "", *who)
    for key in keyed_facts(pack):
        yield Said(key, "accept", None, "", *who)
    base = propose(pack["facts"], pack["articles"], [paper["id"] for paper in pack.get("papers", ())])
    rules = {rule["id"]: rule for rule in pack["rules"]}
    for rule in base["rules"]:
        if rule["id"] not in rules:
            yield Said(f"rule-{rule['id']}", "reject", None, "上一版没有列入测算", *who)
    known = {rule["id"]: rule for rule in base["rules"]}
    readings = {entry["id"]: _common_reading(entry, rules) for entry in pack["ambiguities"]}
    for name, rule in rules.items():
        if rule != known.get(name):
            own = _MADE if name in known else set()  # a rule that a person made from no award is taken whole
            after = {field: value for field, value in rule.items() if field not in own}
            after["readings"] = [each for each in rule["readings"] if not readings.get(each["ambiguity"])]
            yield Said(f"rule-{name}", "correct", after, "", *who)
    for entry in pack["ambiguities"]:
        yield Said(f"ambiguity-{entry['id']}", "add", {"entry": entry, "reading": readings[entry["id"]]}, "", *who)
    words = {kind: [each for each in pack["vocabulary"][kind] if each not in base["vocabulary"][kind]]
             for kind in ("events", "facts")}  # fmt: skip
    more = {name: pack["vocabulary"][name] for name in ("parameters", "lists") if name in pack["vocabulary"]}
    if any(words.values()) or more:
        yield Said("vocabulary", "add", words | more, "", *who)


def _common_reading(entry: Json, rules: Mapping[str, Json]) -> Any:
    """What every rule that a question touches pays under either reading, where they all say the same."""
    touched = [
        [r for r in rules[name]["readings"] if r["ambiguity"] == entry["id"]]
        for name in entry["rules"]
        if name in rules
    ]
    first = touched[0] if touched else []
    if len(first) != 1 or any(each != first for each in touched):
        return None
    return {name: value for name, value in first[0].items() if name != "ambiguity"}


# --- facts


def _facts(pairs: Iterable[Match], then: Mapping[str, Said], move: Move) -> Iterator[Said]:
    rows = move.new.facts()
    for pair in pairs:
        decided = then.get(pair.old)
        if decided is None or pair.degree == "changed":
            continue
        row = rows[pair.new][1]
        after = move.all(decided.after, row.get("span") or (0, 0)) if decided.after else decided.after
        again = pair.degree == "moved" or decided.verdict == "doubt"
        yield replace(decided, key=pair.new, after=after, again=again)


def _added(pairs: Iterable[Match], then: Mapping[str, Said], move: Move) -> Iterator[Said]:
    """What a person added to the last version: accepted where the compiler now reads it, else brought to its words."""
    taken = {pair.new for pair in pairs if pair.degree != "changed"}
    free = {key: each for key, each in keyed_facts(move.new.data).items() if key not in taken}
    for key, decided in then.items():
        if not key.startswith("added-") or not decided.after or decided.verdict == "reject":
            continue
        kind, fact = decided.after["kind_of_fact"], {k: v for k, v in decided.after.items() if k != "kind_of_fact"}
        read = next((name for name, (other, row) in free.items() if other == kind and _alike(fact, row)), None)
        if read is not None:
            del free[read]
            yield replace(decided, key=read, verdict="accept", after=None, again=True)
            continue
        place = move.span(fact["span"])
        there = place or move.anywhere(fact["span"])
        if there is not None:
            after = move.all(decided.after, there) | {
                "span": there,
                "article": article_at(move.new.data["articles"], there[0]),
            }
            yield replace(decided, after=after, again=place is None)


def _alike(fact: Json, row: Json) -> bool:
    mine, other = said(fact), said(row)
    return all(other.get(name) == value for name, value in mine.items() if value)


def _unstated(then: Mapping[str, Said], now: Reading) -> Iterator[Said]:
    """What the last text was said to be silent about, or a person knew from elsewhere: no sentence shows it, so again."""
    for name in missing(now.data, []):
        for key in (f"head-{name}", f"missing-{name}"):
            decided = then.get(key)
            if decided is not None and decided.verdict in ("not_stated", "enter"):
                yield replace(decided, again=True)


# --- rules, questions, words


class _Settings:
    """Settings of rules, questions and words of the last version, over the facts of the new one."""

    def __init__(self, old: PolicyVersion, then: Mapping[str, Said], move: Move) -> None:
        self.then, self.move = then, move
        self.old_rules = {rule["id"]: rule for rule in old.pack["rules"]}
        self.new_rules = {rule["id"]: rule for rule in move.new.data["rules"]}
        self.rules = _paired(move.old, move.new)

    def all(self) -> list[Said]:
        """Settings of rules that go on, the register, and the words that they use."""
        return [*self._of_rules(), *self._register(), *self._words()]

    def _of_rules(self) -> Iterator[Said]:
        taken: set[str] = set()
        for key, decided in self.then.items():
            if not key.startswith("rule-"):
                continue
            if "article" in (decided.after or {}):
                yield from self._made_by_hand(decided)
                continue
            heir, same = self.rules.get(key.removeprefix("rule-"), ("", False))
            if heir in taken or heir not in self.new_rules:
                continue
            taken.add(heir)
            term = self._term(key.removeprefix("rule-"))
            after = decided.after and self._entry(decided.after, self.new_rules[heir], same, term)
            yield replace(decided, key=f"rule-{heir}", after=after, again=not same)

    def _made_by_hand(self, decided: Said) -> Iterator[Said]:
        """A rule that rests on no award of the text goes on where its sentence does."""
        starts = {each["id"]: each["span"][0] for each in self.move.old.data["articles"]}
        start = starts.get(decided.after["article"], 0)
        place = self.move.span(decided.after.get("span") or (start, start + 1))
        if place is not None:
            article = article_at(self.move.new.data["articles"], place[0])
            rule = self.move.all(decided.after, place) | {"article": article}
            name = f"{rule['article']}#{decided.key.rpartition('#')[2]}"
            if name not in self.new_rules:
                yield replace(decided, key=f"rule-{name}", after=rule | {"item": rule["article"]})

    def _term(self, name: str) -> Json:
        """The time in force that a rule's own paper stated: a window of just that was no setting of a person."""
        data, article = self.move.old.data, self.old_rules.get(name, {}).get("article", "")
        papers = [paper["id"] for paper in data.get("papers", ())]
        each = dict(zip(papers, (said for _, said in terms(data)), strict=False))
        said = each.get(paper_of(article, papers) or "", data["facts"]["validity"] or {})
        return window(said)

    def _entry(self, after: Json, rule: Json, same: bool, term: Json) -> dict[str, Any]:
        """An entry over the new rule: whole where its facts are the same, else its handling alone."""
        kept = {name: value for name, value in after.items()
                if (same or name not in _SUMS) and not (name == "window" and value == term)}  # fmt: skip
        if (
            not same
            and after.get("trigger")
            and rule["trigger"]
            and after["trigger"]["events"] == rule["trigger"]["events"]
        ):
            kept["trigger"] = after["trigger"]
        if not same and "conditions" in after:
            kept["modes"] = {each["text"]: each["mode"] for each in after["conditions"] if each["mode"] != "compute"}
        moved: dict[str, Any] = self.move.all(kept, rule["span"])
        for cap in moved.get("caps", ()):
            cap["rules"] = [self.rules[name][0] for name in cap["rules"] if name in self.rules]
        if "caps" in moved:
            moved["caps"] = [cap for cap in moved["caps"] if cap["rules"]]
        return moved

    def _register(self) -> Iterator[Said]:
        for key, decided in self.then.items():
            if key.startswith("ambiguity-") and decided.after and decided.verdict != "reject":
                entry = decided.after["entry"]
                heirs = [self.rules.get(name, ("", False)) for name in entry["rules"]]
                after = {
                    **decided.after,
                    "entry": {**entry, "rules": [name for name, _ in heirs if name in self.new_rules]},
                }
                yield replace(decided, after=after, again=not all(same for _, same in heirs))

    def _words(self) -> Iterator[Said]:
        """Words of the last version that the new one's rules may still use."""
        decided = self.then.get("vocabulary")
        if decided is None:
            return
        used = {
            word
            for kind in ("events", "facts")
            for each in self.move.new.data["vocabulary"][kind]
            for word in each["words"]
        }
        settings = str([each.after for each in self._of_rules()])
        after = {
            name: [each for each in entries if used & {each["id"], *each["words"]} or repr(each["id"]) in settings]
            if name in ("events", "facts") else entries
            for name, entries in decided.after.items()
        }  # fmt: skip
        yield replace(decided, after=after)


def _paired(was: Reading, now: Reading) -> dict[str, tuple[str, bool]]:
    pairs = {pair.old: pair for pair in matches(was, now)}
    old, new = _award_rows(was.data), _award_rows(now.data)
    owner = {row: name for name, rows in new.items() for row in rows}
    paired = {}
    for name, rows in old.items():
        found = [pairs[row] for row in rows if row in pairs]
        heirs = list(dict.fromkeys(owner[pair.new] for pair in found if pair.new in owner))
        if heirs:
            whole = len(heirs) == 1 and len(found) == len(rows) == len(new[heirs[0]])
            paired[name] = (heirs[0], whole and all(pair.degree == "same" for pair in found))
    return paired


def _award_rows(data: Json) -> dict[str, list[str]]:
    """The keys of the benefit rows that each rule pays for."""
    rows = {f"benefits-{at}": row for at, row in enumerate(data["facts"]["benefits"])}
    found: dict[str, list[str]] = {}
    for key, row in rows.items():
        found.setdefault(f"{row['article']}#{row['award']}", []).append(key)
    for rule in data["rules"]:
        if rule["id"] not in found:
            found[rule["id"]] = [key for key, row in rows.items() if str(row["span"]) in str(rule["amount"])]
    return found


def _running(proposal: Json, facts: Sequence[Said], settings: Sequence[Said]) -> list[Said]:
    """The settings under which the draft still makes a pack that runs; those that no longer do are left behind."""
    kept: list[Said] = list(settings)
    if _runs(proposal, [*facts, *kept]):
        return kept
    kept = []
    for each in sorted(settings, key=lambda one: one.key != "vocabulary"):
        if _runs(proposal, [*facts, *kept, each]):
            kept.append(each)
    return kept


def _runs(proposal: Json, taken: Iterable[Said]) -> bool:
    try:
        load_rules(decided_pack(proposal, [Decision(each.key, each.verdict, each.after) for each in taken]).data)  # type: ignore[arg-type]
    except LuodiError:
        return False
    return True


# --- official answers


def carry_answers(old: PolicyVersion, version: PolicyVersion) -> int:
    """Official answers of the last version stand in the new one where it asks the same; how many were added."""
    asked = {(entry["id"], entry["question"]) for entry in version.pack["ambiguities"]}
    same = {entry["id"]: {option["id"] for option in entry["options"]} for entry in old.pack["ambiguities"]
            if (entry["id"], entry["question"]) in asked}  # fmt: skip
    there = set(version.answers.values_list("copied_from", flat=True))
    rows = [
        AmbiguityAnswer(
            policy_version=version, ambiguity=each.ambiguity, option=each.option, paper=each.paper, answered_by=each.answered_by,
            effective_from=each.effective_from, retroactive=each.retroactive, by=each.by, copied_from=each,
        )
        for each in old.answers.order_by("recorded_at")
        if each.pk not in there and each.option in same.get(each.ambiguity, ())
    ]  # fmt: skip
    for row in rows:
        row.save()
    return len(rows)
