"""The pack's words: event kinds with grades and actions, facts with type and unit, and how a given value is read.

Canonical values: money is integer fen, integer is int, number is Decimal (ten decimals), date is a date, boolean is bool, text
and code are str, codes is a tuple of str. Thresholds in a pack are canonical already (money in fen).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import cached_property
from typing import Any, Literal

from luodi.errors import ContentError
from luodi.record import record

FactType = Literal["money", "integer", "number", "date", "text", "boolean", "code", "codes"]
Evidence = Literal["public_list", "document", "attested", "offline", "self_reported"]
Value = int | Decimal | dt.date | str | bool | tuple[str, ...]

FEN_PER_UNIT = {"分": 1, "元": 100, "万元": 1_000_000, "亿元": 10_000_000_000}
"""Fen in one unit of money; a money fact names one of these as its unit."""

FIRST_DAY, LAST_DAY = dt.date(1900, 1, 1), dt.date(2199, 12, 31)
LARGEST = 10**16
"""Largest number taken (fen, or count): with rates up to a million to one, 128-bit arithmetic cannot overflow."""

TYPE_WORDS: dict[str, str] = {
    "money": "整数金额",
    "integer": "整数",
    "number": "数",
    "date": "YYYY-MM-DD 日期",
    "text": "文字",
    "boolean": "是/否",
    "code": "代码",
    "codes": "代码列表",
}


@record
class DatedWord:
    """A name in use from ``start`` to ``end``, both included; null is open."""

    word: str
    start: dt.date | None = None
    end: dt.date | None = None

    def holds(self, day: dt.date | None) -> bool | None:
        """Whether the name was in use on ``day``; unknown without a day, unless it always was."""
        if self.start is None and self.end is None:
            return True
        return None if day is None else within(day, self.start, self.end)


@record
class Grade:
    """One grade (等级) of an event kind and the days on which its code list has it."""

    id: str
    words: tuple[str, ...]
    dated: DatedWord


@record
class PaidBy:
    """The payment records that a fact sums up: of one policy (null: the pack's own), under some rules (null: all)."""

    policy: str | None
    rules: tuple[str, ...] | None


@record
class FactKind:
    """A fact that rules may read: type, unit, the question that asks for it.

    ``options`` of a code are all there are, unless it is ``open``. ``paid``: where nobody states it and the unit's payment records are complete, it is their sum.
    """

    id: str
    words: tuple[str, ...]
    type: FactType
    unit: str | None
    question: str
    options: tuple[tuple[Any, str], ...] = ()
    paid: PaidBy | None = None
    open: bool = False

    @property
    def codes(self) -> tuple[str, ...] | None:
        """The codes that there are; null where any may occur."""
        if self.type not in ("code", "codes") or self.open or not self.options:
            return None
        return tuple(str(value) for value, _ in self.options)

    @property
    def scale(self) -> int:
        """Canonical units in one unit of the fact: fen for money, 1 for all else."""
        return FEN_PER_UNIT.get(self.unit or "分", 1) if self.type == "money" else 1

    @property
    def behind(self) -> str:
        """The unit as it stands behind a number: ``6个月``, not ``6月``."""
        return "个月" if self.unit == "月" else self.unit or ""

    @property
    def label(self) -> str:
        """The fact's first word, for messages."""
        return self.words[0] if self.words else self.id

    def shown(self, value: Value | None) -> Any:
        """A canonical value in the fact's own unit, as people read it."""
        return self.shower()(value)

    def shower(self) -> Callable[[Value | None], Any]:
        """:meth:`shown` as a plain function."""
        scale = self.scale
        if scale == 1:
            return lambda value: value

        def in_unit(value: Any) -> Any:
            if value is None:
                return None
            return value // scale if value % scale == 0 else Decimal(value) / scale

        return in_unit

    def read(self, value: Any, where: str, unit: str | None = None) -> Value | None:
        """The canonical form of a given value; null stays null (unknown).

        Raises:
            ContentError: another type, another unit, negative money, an impossible date.
        """
        if value is None:
            return None
        found: Value | None = _READERS[self.type](value)
        if found is None or (isinstance(found, dt.date) and not FIRST_DAY <= found <= LAST_DAY):
            raise ContentError(f"{where}：{self.label}应为{TYPE_WORDS[self.type]}，读到的是“{value}”。请改正。")
        if self.options and (codes := self.codes) is not None:
            self._known(found, codes, where)
        if self.type == "money":
            found = self._money(found, where, unit)
        elif unit is not None and unit != self.unit:
            raise ContentError(
                f"{where}：{self.label}的单位应为“{self.unit or '无'}”，读到的是“{unit}”。请换算后再填。"
            )
        if isinstance(found, int | Decimal) and not -LARGEST <= found <= LARGEST:
            raise ContentError(f"{where}：{self.label}“{value}”超出可计算的范围。请核对单位。")
        return found

    def _known(self, found: Value, codes: tuple[str, ...], where: str) -> None:
        given = found if isinstance(found, tuple) else (str(found),)
        if unknown := [each for each in given if each not in codes]:
            named = "、".join(unknown)
            raise ContentError(f"{where}：{self.label}“{named}”不在代码表之内。可用：{allowed(codes)}。请改正。")

    def _money(self, found: Value, where: str, unit: str | None) -> int:
        scale = FEN_PER_UNIT.get(unit or self.unit or "")
        if scale is None:
            raise ContentError(f"{where}：{self.label}的单位“{unit}”不认识。可用的单位：{'、'.join(FEN_PER_UNIT)}。")
        fen = Decimal(found) * scale if isinstance(found, int | Decimal) else Decimal(-1)
        if fen < 0:
            raise ContentError(f"{where}：{self.label}不能为负数，读到的是“{found}”。请改正。")
        if fen != int(fen):
            raise ContentError(f"{where}：{self.label}“{found}”不足一分的部分无法计算。请取整到分。")
        return int(fen)


_SHOWN = 12


def allowed(codes: Sequence[str]) -> str:
    """The codes there are, for messages; of many the first ones."""
    return "、".join(codes[:_SHOWN]) + (f" 等 {len(codes)} 个" if len(codes) > _SHOWN else "")


@record
class EventKind:
    """An event that rules may be triggered by: its names over time, grades, actions, how it is evidenced."""

    id: str
    words: tuple[str, ...]
    aliases: tuple[DatedWord, ...]
    grades: tuple[Grade, ...]
    actions: tuple[tuple[str, tuple[str, ...]], ...]
    evidence: Evidence
    attributes: tuple[FactKind, ...]
    question: str

    @property
    def label(self) -> str:
        """The kind's first word, for messages."""
        return self.words[0] if self.words else self.id

    def grade(self, written: str | None) -> Grade | None:
        """The grade of that id or word; null where the list has none."""
        return next((grade for grade in self.grades if written in (grade.id, *grade.words)), None)

    def action(self, written: str | None) -> str | None:
        """The action's id; a word that the list has not stays as written."""
        return next((id_ for id_, words in self.actions if written in (id_, *words)), written)


def _attribute(id_: str, words: str, type_: FactType, question: str) -> FactKind:
    return FactKind(id_, (words,), type_, None, question)


@record
class Parameter:
    """A figure laid down elsewhere that changes in time (最低工资, 贷款基准利率): from, to (both included), value."""

    id: str
    label: str
    type: FactType
    values: tuple[tuple[dt.date | None, dt.date | None, int], ...]
    sources: tuple[str, ...]


@record
class CodeList:
    """A list of codes that changes in time (重点产业目录): from, to (both included), the codes."""

    id: str
    label: str
    values: tuple[tuple[dt.date | None, dt.date | None, tuple[str, ...]], ...]
    sources: tuple[str, ...]


EVIDENCE_ORDER = ("attested", "offline", "public_list", "document", "self_reported")
"""From the most to the least reliable; of two records of one paper the first in this order stands."""
ATTESTED = EVIDENCE_ORDER[:2]
"""What an authority has confirmed."""

EVENT_ATTRIBUTES: dict[str, FactKind] = {
    kind.id: kind
    for kind in (
        _attribute("event.id", "记录编号", "text", "记录编号是什么？"),
        _attribute("event.kind", "事项", "code", "是什么事项？"),
        _attribute("event.grade", "等级", "code", "获得的是哪一等级？"),
        _attribute("event.action", "办理情形", "code", "属于哪种办理情形（新办、续办、变更等）？"),
        _attribute("event.rank", "单位排名", "integer", "本单位在完成单位中排第几？"),
        _attribute("event.date", "日期", "date", "决定或证书上的日期是哪一天？"),
        _attribute("event.paper_date", "发文日期", "date", "公布文件的日期是哪一天？"),
        _attribute("event.evidence", "佐证方式", "code", "以何种方式佐证？"),
        _attribute("event.issuer", "颁发单位", "text", "由哪个单位颁发？"),
        _attribute("event.number_digest", "证书编号摘要", "text", "证书编号是什么？"),
        _attribute("event.person", "人员编号", "text", "是为哪一位人员（编号，不填姓名）？"),
        _attribute("event.prize", "奖项编号", "text", "是哪一个奖项（项目编号）？"),
    )
}
"""What every event may carry; a kind's own ``attributes`` come on top, as ``event.<id>``."""

UNIT_ATTRIBUTES: dict[str, FactKind] = {
    "unit.kind": FactKind(
        "unit.kind",
        ("单位类型",),
        "code",
        None,
        "贵单位属于哪一类（企业、科研院所、高校、园区、其他）？",
        tuple(
            zip(
                ("enterprise", "institute", "university", "park", "other"),
                ("企业", "科研院所", "高校", "园区", "其他"),
                strict=True,
            )
        ),
    )
}


@dataclass(frozen=True)
class Vocabulary:
    """All words of a pack, by id."""

    events: Mapping[str, EventKind]
    facts: Mapping[str, FactKind]
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    lists: Mapping[str, CodeList] = field(default_factory=dict)

    def fact(self, name: str) -> FactKind | None:
        """The fact of that name; ``event.…`` and ``unit.…`` are columns of the event and the unit."""
        if name in UNIT_ATTRIBUTES:
            return UNIT_ATTRIBUTES[name]
        if name.startswith("event."):
            return self.attributes.get(name)
        return self.facts.get(name)

    @cached_property
    def attributes(self) -> dict[str, FactKind]:
        """Every event attribute by name, the common ones first."""
        own = {kind.id: kind for event in self.events.values() for kind in event.attributes}
        return {**EVENT_ATTRIBUTES, **own}

    @cached_property
    def quick(self) -> dict[str, Callable[[Any], Value | None]]:
        """For each fact a reader of values that need no thought; it leaves all others (null) to :meth:`FactKind.read`."""
        return {name: _quick(kind) for name, kind in self.facts.items()}

    @cached_property
    def paid(self) -> dict[str, PaidBy]:
        """The facts that payment records fill."""
        return {name: kind.paid for name, kind in self.facts.items() if kind.paid is not None}

    def kind_of(self, written: str) -> tuple[EventKind | None, DatedWord]:
        """The event kind of an id, word or dated alias, and the name that led there."""
        for event in self.events.values():
            if written == event.id or written in event.words:
                return event, DatedWord(written)
            for alias in event.aliases:
                if alias.word == written:
                    return event, alias
        return None, DatedWord(written)


_NEVER = object()
_CLEAN: dict[str, type] = {
    "money": int, "integer": int, "date": dt.date, "text": str, "code": str, "boolean": bool,
}  # fmt: skip


def _quick(kind: FactKind) -> Callable[[Any], Value | None]:
    clean: Any = _CLEAN.get(kind.type, _NEVER)
    scale, largest = kind.scale, LARGEST // kind.scale
    if clean is int:
        least = 0 if kind.type == "money" else -largest
        return lambda value: value * scale if value.__class__ is int and least <= value <= largest else None
    if codes := kind.codes:
        known = frozenset(codes)
        return lambda value: value if value.__class__ is clean and value in known else None
    if clean is dt.date:
        return lambda value: value if value.__class__ is dt.date and FIRST_DAY <= value <= LAST_DAY else None
    return lambda value: value if value.__class__ is clean else None


def within(day: dt.date, start: dt.date | None, end: dt.date | None) -> bool:
    """Whether a day lies between two, both included; null is open."""
    return (start is None or day >= start) and (end is None or day <= end)


def _integer(value: Any) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    return int(value) if isinstance(value, float | Decimal) and value == int(value) else None


def _number(value: Any) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | str):
        return None
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _rounded(value: Decimal | None) -> Decimal | None:
    """Ten decimals, as the population's columns have; what is too large to have them is refused later."""
    if value is None or abs(value) > LARGEST:
        return value
    return value.quantize(Decimal("1e-10"), ROUND_HALF_UP)


def _date(value: Any) -> dt.date | None:
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value
    try:
        return dt.date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _codes(value: Any) -> tuple[str, ...] | None:
    if isinstance(value, list | tuple) and all(isinstance(each, str) for each in value):
        return tuple(value)
    return None


_READERS: dict[str, Any] = {
    "money": _number,
    "integer": _integer,
    "number": lambda value: _rounded(_number(value)),
    "date": _date,
    "text": lambda value: value if isinstance(value, str) else None,
    "code": lambda value: str(value) if isinstance(value, str | int) and not isinstance(value, bool) else None,
    "boolean": lambda value: value if isinstance(value, bool) else None,
    "codes": _codes,
}


def read_vocabulary(data: Mapping[str, Any]) -> Vocabulary:
    """The vocabulary of a pack's JSON."""
    return Vocabulary(
        {item["id"]: _event(item) for item in data.get("events", ())},
        {item["id"]: _fact(item) for item in data.get("facts", ())},
        {item["id"]: _parameter(item) for item in data.get("parameters", ())},
        {item["id"]: _code_list(item) for item in data.get("lists", ())},
    )


def _parameter(item: Mapping[str, Any]) -> Parameter:
    """A parameter in canonical values: money in fen."""
    values = tuple((_date(each.get("from")), _date(each.get("to")), each["value"]) for each in item["values"])
    return Parameter(item["id"], (item.get("words") or [item["id"]])[0], item["type"], values, _sources(item))


def _code_list(item: Mapping[str, Any]) -> CodeList:
    values = tuple((_date(each.get("from")), _date(each.get("to")), tuple(each["codes"])) for each in item["values"])
    return CodeList(item["id"], (item.get("words") or [item["id"]])[0], values, _sources(item))


def _sources(item: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(each["source"] for each in item["values"])


def _fact(item: Mapping[str, Any], prefix: str = "") -> FactKind:
    words = tuple(item.get("words") or (item["id"],))
    options = tuple((option["value"], option["label"]) for option in item.get("options") or ())
    question = item.get("question") or f"{words[0]}是多少？"
    given = item.get("paid")
    paid = None if given is None else PaidBy(given.get("policy"), tuple(given["rules"]) if given.get("rules") else None)
    open_ = bool(item.get("open"))
    return FactKind(prefix + item["id"], words, item["type"], item.get("unit"), question, options, paid, open_)


def _event(item: Mapping[str, Any]) -> EventKind:
    words = tuple(item.get("words") or (item["id"],))
    grades = tuple(
        Grade(grade["id"], tuple(grade.get("words") or ()), dated_word(grade["id"], grade))
        for grade in item.get("grades") or ()
    )
    return EventKind(
        id=item["id"],
        words=words,
        aliases=tuple(dated_word(alias["word"], alias) for alias in item.get("aliases") or ()),
        grades=grades,
        actions=tuple((action["id"], tuple(action.get("words") or ())) for action in item.get("actions") or ()),
        evidence=item.get("evidence") or "document",
        attributes=tuple(_fact(each, "event.") for each in item.get("attributes") or ()),
        question=item.get("question") or f"是否有“{words[0]}”？",
    )


def dated_word(word: str, item: Mapping[str, Any]) -> DatedWord:
    """A word with the ``from`` and ``to`` of its entry."""
    return DatedWord(word, _date(item.get("from")), _date(item.get("to")))
