"""What a draft has to be gone through: facts, the head, what was not recognised, what the compiler could not read.

The most doubtful come first: diagnostics, elements that nobody found, then facts by the compiler's own confidence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from luodi.policy.decisions import Decision, keyed_facts, missing
from luodi.policy.proposals.rules import paper_of
from luodi.policy.punctuation import widened
from luodi.service.policies.fact_lines import HEAD_FIELDS, KINDS, FactLine, Span, written
from luodi.service.policies.models import FactDecision, PolicyVersion

ELEMENTS = HEAD_FIELDS | {
    "recipients": "主送机关", "basis": "上位依据", "effective_from": "施行日期", "effective_to": "有效期届满日", "goals": "目标",
    "duties": "任务分工", "benefits": "奖补标准",
}  # fmt: skip
TITLE = "head-title"
_OTHER = {"head": "文首", "missing": "未识别的要素", "rule": "测算规则", "ambiguity": "口径"}
_COVERED = {"effective_from": "validity", "effective_to": "validity"}
_SEVERITY = {"error": 0, "warning": 1, "info": 2}
_STATES = {
    "open": "待核对", "accept": "已采纳", "correct": "已更正", "doubt": "存疑", "reject": "不采纳", "add": "人工补充", "enter": "人工补录",
    "not_stated": "本文未规定", "again": "沿用，待看",
}  # fmt: skip
_COLOURS = {"open": "yellow", "again": "yellow", "doubt": "red", "reject": "grey", "not_stated": "grey"}
_SHAPES = {"open": "○", "again": "↻", "doubt": "？", "reject": "✕", "not_stated": "—"}


def fact_name(key: str) -> str:
    """What people call the thing that a decision's key names (``benefits-8``: 奖补第 9 条); other words as they are."""
    kind, _, rest = key.partition("-")
    if rest.isdigit() and (kind in KINDS or kind == "diagnostics"):
        return f"{KINDS.get(kind, '读不准的地方')}第 {int(rest) + 1} 条"
    return f"{_OTHER[kind]}：{ELEMENTS.get(rest, rest)}" if kind in _OTHER else key


@dataclass(frozen=True)
class Row:
    """One thing to decide. ``kind``: a kind of fact, ``head``, ``missing`` or ``diagnostics``; ``fact`` as it stands now.

    ``paper``: the title of the paper that it is of, where a notice issues several; ``recognised``: from a picture.
    """

    key: str
    kind: str
    label: str
    article: str
    span: Span | None
    figure: str
    text: str
    confidence: float | None
    fact: Mapping[str, Any]
    proposed: Mapping[str, Any] | None
    last: FactDecision | None
    paper: str = ""
    recognised: bool = False

    @property
    def state(self) -> str:
        """``open`` until a person decided; then the verdict; ``again`` where one taken over has still to be looked at."""
        if self.last is None:
            return "open"
        return "again" if self.last.to_be_seen and self.last.verdict != "doubt" else self.last.verdict

    @property
    def state_label(self) -> str:
        """The state in words; what nobody found is 未识别 until somebody decides."""
        return "未识别" if self.kind == "missing" and self.last is None else _STATES[self.state]

    @property
    def colour(self) -> str:
        """The state's colour class."""
        return _COLOURS.get(self.state, "green")

    @property
    def shape(self) -> str:
        """The state's shape."""
        return _SHAPES.get(self.state, "✓")

    @property
    def must_be_entered(self) -> bool:
        """Whether no paper is without it, whatever the text says: its title, by which every page calls it."""
        return self.kind == "missing" and self.key == TITLE

    @property
    def is_open(self) -> bool:
        """Whether it still waits for somebody."""
        return self.state in ("open", "doubt", "again")

    @property
    def percent(self) -> int | None:
        """The compiler's confidence in per cent."""
        return None if self.confidence is None else round(self.confidence * 100)

    @property
    def line(self) -> FactLine:
        """The row as a mark in the text."""
        kind = self.key.removeprefix("head-") if self.kind == "head" else self.kind
        return FactLine(self.key, kind, self.article, self.span, self.figure, self.text, self.confidence or 1.0)

    @property
    def marked(self) -> bool:
        """Whether it stands in the text as a fact."""
        return self.span is not None and self.kind not in ("diagnostics", "missing") and self.state != "reject"

    @property
    def anchor(self) -> str:
        """What the page of the row is opened at: its mark in the text, else where the work is."""
        return f"#m-{self.key}" if self.marked else "#bench"

    @property
    def may_be_accepted(self) -> bool:
        """Whether accepting would say something new: it waits, or was rejected."""
        return self.kind != "missing" and (self.is_open or self.state == "reject")


def all_rows(version: PolicyVersion) -> list[Row]:
    """All rows of a draft, those that wait first, the most doubtful on top."""
    latest = version.standing_decisions()
    proposal = version.proposal
    rows = [
        *_diagnostics(proposal.pack, latest), *_head(proposal, latest), *_missing(proposal.pack, latest),
        *_facts(proposal.pack, latest), *_added(latest),
    ]  # fmt: skip
    titles = {paper["id"]: paper["title"] for paper in proposal.pack.get("papers", ())}
    if titles:
        rows = [replace(row, paper=titles.get(paper_of(row.article, titles) or "", "")) for row in rows]
    pictured = [each["span"] for each in proposal.pack["diagnostics"] if each["code"] == "ocr"]
    if pictured:
        rows = [replace(row, recognised=_overlaps(row, pictured)) for row in rows]
    return sorted(rows, key=_order)


def _overlaps(row: Row, places: Sequence[Sequence[int]]) -> bool:
    return row.span is not None and any(row.span[0] < until and begin < row.span[1] for begin, until in places)


def open_rows(version: PolicyVersion) -> list[Row]:
    """Rows that still wait for somebody."""
    return [row for row in all_rows(version) if row.is_open] if hasattr(version, "proposal") else []


def settings_to_see(version: PolicyVersion) -> list[FactDecision]:
    """Settings of rules and questions that were taken over and have still to be looked at."""
    standing = version.standing_decisions()
    return [row for key, row in standing.items() if key.startswith(("rule-", "ambiguity-")) and row.to_be_seen]


def _order(row: Row) -> tuple[Any, ...]:
    return (not row.is_open, *place_of(row))


def place_of(row: Row) -> tuple[Any, ...]:
    """Where a row stands among all, whatever was decided of it: the most doubtful first."""
    group = {"diagnostics": 0, "missing": 1}.get(row.kind, 2)
    grade = _SEVERITY[row.fact["severity"]] if row.kind == "diagnostics" else row.confidence or 0
    return group, grade, row.span or (0, 0), row.key


Latest = Mapping[str, FactDecision]


def _diagnostics(pack: Mapping[str, Any], latest: Latest) -> Iterator[Row]:
    for at, note in enumerate(pack["diagnostics"]):
        key = f"diagnostics-{at}"
        yield Row(key, "diagnostics", "读不准", note["article"], tuple(note["span"]), "", note["message"], None, note, note,
                  latest.get(key))  # fmt: skip


def _head(proposal: Any, latest: Latest) -> Iterator[Row]:
    for field, label in HEAD_FIELDS.items():
        key, proposed = f"head-{field}", proposal.pack[field]
        if proposed is None:
            continue
        place, last = proposal.head.get(field), latest.get(key)
        value = last.after["value"] if last and last.after else proposed
        yield Row(key, "head", label, "0", tuple(place["span"]) if place else None, "", widened(value),
                  place["confidence"] if place else 1.0, {"value": value}, {"value": proposed}, last)  # fmt: skip


def _missing(pack: Mapping[str, Any], latest: Latest) -> Iterator[Row]:
    """What an office asks about in every paper and nothing was read of, decided or not."""
    decided = [Decision(d.key, d.verdict, d.after) for d in latest.values() if d.verdict != "enter"]  # type: ignore[arg-type]
    for name in missing(pack, decided):
        if name in HEAD_FIELDS and pack[name] is not None:
            continue  # read, then rejected: that row says so
        key = f"head-{name}" if name in HEAD_FIELDS else f"missing-{name}"
        last = latest.get(key)
        value = last.after["value"] if last and last.after else ""
        covered = pack.get("coverage", {}).get(_COVERED.get(name, name))
        fact = {"value": value, "element": name, "coverage": covered}
        yield Row(key, "missing", ELEMENTS[name], "0", None, "", value, None, fact, None, last)


def _facts(pack: Mapping[str, Any], latest: Latest) -> Iterator[Row]:
    for key, (kind, proposed) in keyed_facts(pack).items():
        last = latest.get(key)
        fact = {**proposed, **(last.after or {})} if last and last.verdict == "correct" else proposed
        yield _fact(key, kind, fact, proposed, last)


def _added(latest: Latest) -> Iterator[Row]:
    for key, last in latest.items():
        if key.startswith("added-") and last.after:
            fact = {name: value for name, value in last.after.items() if name != "kind_of_fact"}
            yield _fact(key, last.after["kind_of_fact"], fact, None, last)


def _fact(
    key: str, kind: str, fact: Mapping[str, Any], proposed: Mapping[str, Any] | None, last: FactDecision | None
) -> Row:
    figure, text = written(kind, fact)
    return Row(key, kind, KINDS.get(kind, "其他"), fact["article"], tuple(fact["span"]), figure, text, fact.get("confidence", 1.0), fact,
               proposed, last)  # fmt: skip
