"""What an evaluation answers: one unit's determination, rule by rule, with a verdict for every condition.

The service and the command line read these shapes only. Money is integer fen (分). Two sums stand side by
side: ``sure_fen`` under the strict reading (可确定金额) and ``upto_fen`` under the generous one (最高可能金额);
they differ where the text is silent, a fact is missing or an authority has not spoken yet.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, Generic, Literal, NamedTuple, Protocol, TypeVar

Verdict = Literal["yes", "no", "unknown"]
Group = Literal["sure", "possible", "not", "authority", "case"]
Span = tuple[int, int]
_T = TypeVar("_T")

GROUP_WORDS: dict[Group, str] = {
    "sure": "预计可享",
    "possible": "补充信息后可判断",
    "not": "暂不符合",
    "authority": "须由主管部门确认",
    "case": "另行研究",
}
"""The words users see for the groups, in the order in which pages list them."""

VERDICT_WORDS: dict[Verdict, str] = {"yes": "符合", "no": "不符合", "unknown": "待定"}


class ConditionVerdict(NamedTuple):
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
    """The tier above (上一档): what it asks for and how much more the unit could get, after all caps, in fen."""

    label: str
    gain_fen: int
    fact: str | None = None
    threshold: Any = None


@dataclass(frozen=True, slots=True)
class Payment:
    """One part of an award paid in instalments (分期兑付): of the sure sum, due on a day or ``when`` something is done.

    ``due`` is null where the award comes from several days, or from none that is known.
    """

    fen: int
    share: tuple[int, int]
    due: dt.date | None
    when: str


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who bears the award (承担比例): the share that the text states, and what that is of the sure sum, in fen."""

    name: str
    share: tuple[int, int]
    fen: int


@dataclass(frozen=True, slots=True)
class Change:
    """One fact as it is (``value``, null: not given) and as it would have to be; both in ``unit``.

    ``condition`` is the id of the condition that asks for it, ``event_id`` the event meant.
    """

    fact: str
    label: str
    value: Any
    threshold: Any
    unit: str | None
    words: str
    condition: str | None = None
    event_id: str | None = None


@dataclass(frozen=True, slots=True)
class Nearest:
    """The nearest change that would grant what is refused or unknown (还差什么), and what the unit would gain by it.

    All of ``changes`` are needed, mostly one. ``gain_fen`` is how much more the unit could get in all, exclusive groups
    and caps included.
    """

    words: str
    gain_fen: int
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Caution:
    """Something a person has to look at: ``duplicate`` (重复登记), ``repeat`` (同类资质窗口期内第二次) …"""

    code: str
    message: str
    event_ids: tuple[str, ...] = ()


class Telling(Protocol):
    """What makes the parts of a result that are made only when somebody reads them."""

    def group(self, result: RuleResult) -> Group:
        """Where pages list it."""

    def verdict(self, result: RuleResult) -> Verdict:
        """Whether anything is due."""

    def touched(self, result: RuleResult) -> bool:
        """Whether the unit has something that the rule looks at."""

    def paid_fen(self, result: RuleResult) -> int:
        """What was already paid under the rule, in fen."""

    def conditions(self, result: RuleResult) -> tuple[ConditionVerdict, ...]:
        """The conditions on the unit itself."""

    def events(self, result: RuleResult) -> tuple[EventResult, ...]:
        """The unit's events that the rule looks at."""

    def readings(self, result: RuleResult) -> tuple[ReadingNote, ...]:
        """The open readings that touched the rule."""

    def missing(self, result: RuleResult) -> tuple[Missing, ...]:
        """What nobody gave yet."""

    def next_tier(self, result: RuleResult) -> NextTier | None:
        """The tier above."""

    def nearest(self, result: RuleResult) -> Nearest | None:
        """The nearest change that would grant it."""

    def payments(self, result: RuleResult) -> tuple[Payment, ...]:
        """The parts in which the sure sum is paid; none where it is paid at once."""

    def payers(self, result: RuleResult) -> tuple[Bearer, ...]:
        """Who bears the sure sum; none where the text does not say."""

    def application(self, result: RuleResult) -> str:
        """When one may apply, in words; empty where the text does not say."""

    def reason(self, result: RuleResult) -> str:
        """Why the sum is what it is."""

    def cautions(self, result: RuleResult) -> tuple[Caution, ...]:
        """What a person has to look at."""


class _Lazy(Generic[_T]):
    """A part that the telling's method of the same name makes when it is first read; it is kept."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, result: Any, owner: type) -> _T:
        made: _T = getattr(result.telling, self._name)(result)
        result.__dict__[self._name] = made
        return made


class RuleResult:
    """One rule for one unit: both sums are there at once, verdicts and words are made when they are read.

    ``paid_fen`` is what was already paid under the rule (input); ``sure_fen`` and ``upto_fen`` are the whole
    entitlement, not reduced by it. ``touched``: the unit has something that the rule looks at; only such rows stand
    in the population result. ``publication`` is ``item_total`` where no single sum may be shown in public.

    Args:
        stated: what the rule says of itself whatever the unit (the fields from ``rule`` to ``span``).
        at: the rule's place in its set.
        telling: makes the parts that are read, each by the method of its name.
    """

    rule: str
    article: str
    item: str
    title: str
    mode: Literal["counter", "documents", "no_application", "quick"]
    attest: dict[str, str] | None
    publication: Literal["open", "item_total"]
    paid_why: str
    span: Span | None

    def __init__(self, stated: Mapping[str, Any], at: int, telling: Telling, sure_fen: int, upto_fen: int) -> None:
        self._stated = stated
        self.at = at
        self.telling = telling
        self.sure_fen = sure_fen
        self.upto_fen = upto_fen

    def __getattr__(self, name: str) -> Any:
        if name != "_stated" and name in self._stated:
            return self._stated[name]
        raise AttributeError(name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RuleResult) and _plain(self) == _plain(other)

    def __hash__(self) -> int:
        return hash((self.rule, self.sure_fen, self.upto_fen))

    paid_fen = _Lazy[int]()
    touched = _Lazy[bool]()
    group = _Lazy[Group]()
    verdict = _Lazy[Verdict]()
    conditions = _Lazy[tuple[ConditionVerdict, ...]]()
    events = _Lazy[tuple[EventResult, ...]]()
    readings = _Lazy[tuple[ReadingNote, ...]]()
    missing = _Lazy[tuple[Missing, ...]]()
    next_tier = _Lazy["NextTier | None"]()
    nearest = _Lazy["Nearest | None"]()
    payments = _Lazy[tuple[Payment, ...]]()
    payers = _Lazy[tuple[Bearer, ...]]()
    application = _Lazy[str]()
    reason = _Lazy[str]()
    cautions = _Lazy[tuple[Caution, ...]]()


RULE_FIELDS = (
    "rule", "article", "item", "title", "group", "verdict", "sure_fen", "upto_fen", "conditions", "events", "readings",
    "missing", "nearest", "next_tier", "payments", "mode", "attest", "publication", "paid_why", "reason", "cautions", "paid_fen", "span",
    "touched",
)  # fmt: skip
"""The fields of a :class:`RuleResult` as it is written out."""
STATED_FIELDS = ("payers", "application")
"""Fields that are written out only where the text has them."""


@dataclass(frozen=True, slots=True)
class Determination:
    """All rules of one pack for one unit, as of one day. Parts of it are made when they are read.

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
    if isinstance(value, RuleResult):
        stated = [name for name in STATED_FIELDS if getattr(value, name)]
        return {name: _plain(getattr(value, name)) for name in (*RULE_FIELDS, *stated)}
    if isinstance(value, ConditionVerdict):
        return {name: _plain(each) for name, each in value._asdict().items()}
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, dt.date) else value
