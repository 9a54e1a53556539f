"""What an evaluation answers: one unit's determination, rule by rule, with a verdict for every condition.

The service and the command line read these shapes only. Money is integer fen (分). Two sums stand side by
side: ``sure_fen`` under the strict reading (可确定金额) and ``upto_fen`` under the generous one (最高可能金额);
they differ where the text is silent, a fact is missing or an authority has not spoken yet.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Literal

Verdict = Literal["yes", "no", "unknown"]
Group = Literal["sure", "possible", "not", "authority", "case"]
Span = tuple[int, int]

GROUP_WORDS: dict[Group, str] = {
    "sure": "预计可享",
    "possible": "补充信息后可判断",
    "not": "暂不符合",
    "authority": "须由主管部门确认",
    "case": "另行研究",
}
"""The words users see for the groups, in the order in which pages list them."""

VERDICT_WORDS: dict[Verdict, str] = {"yes": "符合", "no": "不符合", "unknown": "待定"}


@dataclass(frozen=True, slots=True)
class ConditionVerdict:
    """One condition, what was read for it and what it was held against.

    ``value`` and ``threshold`` are in ``unit`` (of the pack's vocabulary, e.g. 元, 人, null for codes and
    dates). ``source`` and ``as_of`` say where the value comes from and of which day it is. ``span`` is null and
    ``implied`` true where the condition does not stand in the text (e.g. it comes from fund rules).
    """

    id: str
    text: str
    verdict: Verdict
    value: Any
    threshold: Any
    unit: str | None
    source: str | None
    as_of: dt.date | None
    article: str
    span: Span | None
    implied: bool
    mode: Literal["compute", "ask", "attest"]


@dataclass(frozen=True, slots=True)
class EventResult:
    """One event (a prize, a title, a certificate) under one rule.

    ``verdict``: ``yes`` counts now, ``no`` does not (``reason`` says why, with both dates where it is the window),
    ``unknown`` waits for a fact, an authority or a reading. ``refusal`` is the id of the named refusal that met
    the event (变更换证, 扩大范围 …). ``needs`` says what an unknown waits for: ``ask`` (补充信息), ``authority``
    (归口确认), ``reading`` (口径待定) or null. ``span`` is the sum's place in the source text.
    """

    event_id: str | None
    kind: str
    kind_words: str
    grade: str | None
    date: dt.date | None
    verdict: Verdict
    sure_fen: int
    upto_fen: int
    reason: str
    conditions: tuple[ConditionVerdict, ...] = ()
    needs: Literal["ask", "authority", "reading"] | None = None
    refusal: str | None = None
    article: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class ReadingNote:
    """An open reading (口径待定) that touched this rule, with the rule's sum under either side.

    ``ambiguity`` is the register's id (``Q1`` …), null for a reading that only a person can settle.
    ``strict_fen`` and ``generous_fen`` are the sums of the events it touched.
    """

    ambiguity: str | None
    question: str
    note: str
    strict_fen: int
    generous_fen: int


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact or a property of an event that nobody gave, the question that asks it, what an answer can gain.

    ``fact_or_event`` is a fact id, ``event.<attribute>`` or an event kind; ``event_id`` names the event meant.
    """

    fact_or_event: str
    question: str
    gain_fen: int
    event_id: str | None = None


@dataclass(frozen=True, slots=True)
class NextTier:
    """The tier above (上一档): what it asks for and how much more it would give, in fen."""

    label: str
    gain_fen: int
    fact: str | None = None
    threshold: Any = None


@dataclass(frozen=True, slots=True)
class Caution:
    """Something a person has to look at: ``duplicate`` (重复登记), ``repeat`` (同类资质窗口期内第二次) …"""

    code: str
    message: str
    event_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleResult:
    """One rule for one unit.

    ``paid_fen`` is what was already paid under the rule (input); ``sure_fen`` and ``upto_fen`` are the whole
    entitlement, not reduced by it. ``touched``: the unit has something that the rule looks at; only such rows stand
    in the population result. ``publication`` is ``item_total`` where no single sum may be shown in public.
    """

    rule: str
    article: str
    item: str
    title: str
    group: Group
    verdict: Verdict
    sure_fen: int
    upto_fen: int
    conditions: tuple[ConditionVerdict, ...] = ()
    events: tuple[EventResult, ...] = ()
    readings: tuple[ReadingNote, ...] = ()
    missing: tuple[Missing, ...] = ()
    next_tier: NextTier | None = None
    mode: Literal["counter", "documents", "no_application", "quick"] = "documents"
    attest: dict[str, str] | None = None
    publication: Literal["open", "item_total"] = "open"
    paid_why: str = ""
    reason: str = ""
    cautions: tuple[Caution, ...] = ()
    paid_fen: int = 0
    span: Span | None = None
    touched: bool = False


@dataclass(frozen=True, slots=True)
class Determination:
    """All rules of one pack for one unit, as of one day.

    ``lapsed``: the policy's term ended before ``as_of`` (按当时口径测算，不能据此申领); ``pending``: it has not
    begun. The totals leave out what is decided case by case (另行研究). ``unread`` names events whose kind the
    pack does not know.
    """

    unit_id: str
    pack_id: str
    pack_version: int
    as_of: dt.date
    lapsed: bool
    rules: tuple[RuleResult, ...]
    sure_fen: int
    upto_fen: int
    pending: bool = False
    unread: tuple[str, ...] = ()

    def by_group(self, group: Group) -> tuple[RuleResult, ...]:
        """The results of one group, in the order of the pack."""
        return tuple(result for result in self.rules if result.group == group)

    def as_json(self) -> dict[str, Any]:
        """The determination as plain JSON values; dates as ISO text, spans as pairs."""
        plain = _plain(self)
        assert isinstance(plain, dict)
        return plain


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, dt.date) else value
