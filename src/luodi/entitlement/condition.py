"""Tests over named facts, three-valued: yes, no, unknown (null). Unknown is not no.

A test is a small tree of frozen nodes; :func:`question` is its meaning, :func:`facts_of` what it reads,
:func:`described` how people read it. JSON: ``{"fact","op","value"}``, ``{"all":[…]}``, ``{"any":[…]}``,
``{"not":{…}}``; ``value`` may be ``{"fact": name, "times": [n, d]}``, compared exactly (a×d against b×n), a dated
parameter ``{"param": id, "times": [n, d]}``, or for ``in`` a dated code list ``{"list": id}``.
"""

from __future__ import annotations

import datetime as dt
import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Literal

from luodi.entitlement.vocabulary import FactKind, Value, Vocabulary, within
from luodi.errors import ContentError
from luodi.record import record

Op = Literal[">=", "<=", ">", "<", "=", "!="]
Lookup = Callable[[str], Value | None]
Question = Callable[[Lookup], bool | None]
OP_WORDS = {">=": "不低于", "<=": "不超过", ">": "高于", "<": "低于", "=": "为", "!=": "不为"}


@record
class Share:
    """Another fact times an exact ratio: 5 % of revenue."""

    fact: str
    times: tuple[int, int] = (1, 1)


@record
class Compare:
    """A fact against a constant or a share of another fact."""

    fact: str
    op: Op
    value: Value | Share


@record
class Member:
    """A fact that is one of some values; for a list of codes: any of them is."""

    fact: str
    values: tuple[Value, ...]


@record
class AllOf:
    """Yes when all are, no when one is not."""

    tests: tuple[Test, ...]


@record
class AnyOf:
    """Yes when one is, no when none is."""

    tests: tuple[Test, ...]


@record
class NotSo:
    """The other way round; unknown stays unknown."""

    test: Test


@record
class ByDay:
    """The test in force on the day that counts, by a parameter or code list that changes (``name``, in words).

    On a day for which nothing is laid down it is unknown.
    """

    name: str
    periods: tuple[tuple[dt.date | None, dt.date | None, Test], ...]

    def on(self, day: dt.date | None) -> Test | None:
        """The test of that day."""
        return next((test for start, end, test in self.periods if day is not None and within(day, start, end)), None)


Test = Compare | Member | AllOf | AnyOf | NotSo | ByDay


def question(test: Test) -> Question:
    """The meaning of a test, as one function of the facts: yes, no, or null where it hangs on one that nobody gave."""
    match test:
        case Compare(value=Share()):
            return _compared_to_fact(test)
        case Compare():
            return _compared(test)
        case Member(fact, values):
            return _member(fact, frozenset(values))
        case NotSo(inner):
            return _not(question(inner))
        case AllOf(tests):
            return _all([question(each) for each in tests])
        case AnyOf(tests):
            return _any([question(each) for each in tests])
        case ByDay(_, periods):
            return _by_day([(start, end, question(each)) for start, end, each in periods])


def _all(parts: Sequence[Question]) -> Question:
    def every(lookup: Lookup) -> bool | None:
        found = [part(lookup) for part in parts]
        return False if False in found else None if None in found else True

    return every


def _any(parts: Sequence[Question]) -> Question:
    def some(lookup: Lookup) -> bool | None:
        found = [part(lookup) for part in parts]
        return True if True in found else None if None in found else False

    return some


def _by_day(periods: Sequence[tuple[dt.date | None, dt.date | None, Question]]) -> Question:
    def on_the_day(lookup: Lookup) -> bool | None:
        day: Any = lookup("day")
        asks = (ask for start, end, ask in periods if day is not None and within(day, start, end))
        return next((ask(lookup) for ask in asks), None)

    return on_the_day


def _not(part: Question) -> Question:
    def other(lookup: Lookup) -> bool | None:
        verdict = part(lookup)
        return None if verdict is None else not verdict

    return other


def _member(fact: str, values: frozenset[Value]) -> Question:
    def one_of(lookup: Lookup) -> bool | None:
        value = lookup(fact)
        if value.__class__ is tuple:
            return any(each in values for each in value)
        return None if value is None else value in values

    return one_of


def _compared(test: Compare) -> Question:
    fact, right, ordered = test.fact, test.value, _ORDERED[test.op]

    def against_constant(lookup: Lookup) -> bool | None:
        left = lookup(fact)
        if left.__class__ is tuple:
            return (right in left) is (ordered is operator.eq)
        return None if left is None else ordered(left, right)

    return against_constant


def _compared_to_fact(test: Compare) -> Question:
    assert isinstance(test.value, Share)
    fact, other, (n, d), ordered = test.fact, test.value.fact, test.value.times, _ORDERED[test.op]

    def against_fact(lookup: Lookup) -> bool | None:
        left: Any = lookup(fact)
        right: Any = lookup(other)
        if left is None or right is None:
            return None
        return ordered(left, right) if n == d else ordered(left * d, right * n)

    return against_fact


_ORDERED: dict[Op, Callable[[Any, Any], bool]] = {
    ">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt, "=": operator.eq, "!=": operator.ne,
}  # fmt: skip


def facts_of(test: Test | None) -> Iterator[str]:
    """The names a test reads, in order, possibly repeated."""
    match test:
        case Compare(fact, _, value):
            yield fact
            if isinstance(value, Share):
                yield value.fact
        case Member(fact, _):
            yield fact
        case AllOf(tests) | AnyOf(tests):
            for each in tests:
                yield from facts_of(each)
        case NotSo(inner):
            yield from facts_of(inner)
        case ByDay(_, periods):
            for *_, each in periods:
                yield from facts_of(each)


def described(test: Test, words: Vocabulary) -> str:
    """The test in Chinese, values in the facts' own units."""
    match test:
        case Compare(fact, op, value):
            return f"{_label(fact, words)}{OP_WORDS[op]}{shown_threshold(fact, value, words)}"
        case Member(fact, values):
            return f"{_label(fact, words)}属于{'、'.join(str(_shown(fact, each, words)) for each in values)}"
        case AllOf(tests):
            return "且".join(described(each, words) for each in tests)
        case AnyOf(tests):
            return "（" + "或".join(described(each, words) for each in tests) + "）"
        case NotSo(inner):
            return f"非（{described(inner, words)}）"
        case ByDay(name, periods):
            spans = (f"{start or '…'} 至 {end or '…'} {described(each, words)}" for start, end, each in periods)
            return f"按当日的{name}（{'；'.join(spans)}）"


def plain_number(value: Decimal) -> str:
    """A number without the noughts of its ten decimals."""
    return f"{value.normalize():f}"


def shown_threshold(fact: str, value: Value | Share, words: Vocabulary) -> str:
    """A threshold with its unit, as people read it."""
    if isinstance(value, Share):
        n, d = value.times
        share = "" if n == d else f"的{n * 100 // d}%" if n * 100 % d == 0 else f"的{n}/{d}"
        return f"{_label(value.fact, words)}{share}"
    kind = words.fact(fact)
    return f"{_shown(fact, value, words)}{kind.behind if kind else ''}"


def _shown(fact: str, value: Value, words: Vocabulary) -> Any:
    kind = words.fact(fact)
    if isinstance(value, bool):
        return "是" if value else "否"
    labels = dict(kind.options) if kind else {}
    told = labels.get(value, kind.shown(value) if kind else value)
    return plain_number(told) if isinstance(told, Decimal) else told


def _label(fact: str, words: Vocabulary) -> str:
    kind = words.fact(fact)
    return kind.label if kind else fact


def read_test(data: Mapping[str, Any], words: Vocabulary, where: str) -> Test:
    """The test of a pack's JSON.

    Raises:
        ContentError: an unknown fact, or a value, operator or comparison that the fact's type does not have.
    """
    for key, node in (("all", AllOf), ("any", AnyOf)):
        if key in data:
            return node(tuple(read_test(each, words, where) for each in data[key]))
    if "not" in data:
        return NotSo(read_test(data["not"], words, where))
    return _read_comparison(data, words, where)


def _read_comparison(data: Mapping[str, Any], words: Vocabulary, where: str) -> Test:
    name, op = data.get("fact", ""), data.get("op", "")
    kind = words.fact(name)
    if kind is None:
        raise ContentError(f"{where}：事实“{name}”不在词表中。请在词表 facts 中登记它，或改用已登记的事实。")
    value = data.get("value")
    if op in ("in", "not_in"):
        found = _membership(name, value, words, where)
        return found if op == "in" else NotSo(found)
    if op not in OP_WORDS:
        raise ContentError(f"{where}：比较符“{op}”不认识。可用：{'、'.join(OP_WORDS)}、in、not_in。")
    if op not in ("=", "!=") and kind.type in ("text", "boolean", "code", "codes"):
        raise ContentError(f"{where}：{kind.label}是{kind.type}，不能比较大小（{op}）。请改用 = 或 in。")
    if isinstance(value, Mapping):
        if "param" in value:
            return _against_parameter(kind, op, value, words, where)
        return Compare(name, op, _share(value, name, words, where))
    return Compare(name, op, _constant(value, name, words, where))


def _membership(name: str, value: Any, words: Vocabulary, where: str) -> Test:
    kind = words.fact(name)
    assert kind is not None
    if isinstance(value, Mapping):
        listed = words.lists.get(value.get("list", ""))
        if listed is None:
            raise ContentError(f"{where}：代码表“{value.get('list')}”不在词表 lists 中。请登记它或改正名称。")
        if kind.type not in ("code", "codes", "text"):
            raise ContentError(
                f"{where}：{kind.label}是{kind.type}，不能与代码表“{listed.id}”比较。请改用代码类的事实。"
            )
        return ByDay(listed.label, tuple((start, end, Member(name, codes)) for start, end, codes in listed.values))
    if not isinstance(value, list) or not value:
        raise ContentError(f"{where}：{kind.label}的 in、not_in 应给出一个非空列表。请改正。")
    return Member(name, tuple(_constant(each, name, words, where) for each in value))


def _against_parameter(kind: FactKind, op: Op, value: Mapping[str, Any], words: Vocabulary, where: str) -> Test:
    """A fact against a parameter times a ratio: one comparison for each period."""
    parameter, (n, d) = words.parameters.get(value["param"]), value.get("times") or (1, 1)
    if parameter is None:
        raise ContentError(f"{where}：参数“{value['param']}”不在词表 parameters 中。请登记它或改正名称。")
    if parameter.type != kind.type:
        raise ContentError(
            f"{where}：{kind.label}（{TYPES.get(kind.type)}）不能与参数“{parameter.id}”（{TYPES.get(parameter.type)}）比较。"
            "请让两者类型一致。"
        )
    periods = []
    for start, end, number in parameter.values:
        if number * n % d:
            raise ContentError(f"{where}：参数“{parameter.id}”的 {n}/{d} 不是整数（分）。请改用能整除的比率。")
        periods.append((start, end, Compare(kind.id, op, number * n // d)))
    return ByDay(parameter.label, tuple(periods))


def _constant(value: Any, name: str, words: Vocabulary, where: str) -> Value:
    kind = words.fact(name)
    assert kind is not None
    if kind.type == "codes":
        if not isinstance(value, str):
            raise ContentError(f"{where}：{kind.label}应与一个代码比较，读到的是“{value}”。请改正。")
        return value
    found = kind.read(value, where, "分" if kind.type == "money" else None)
    if found is None:
        raise ContentError(f"{where}：{kind.label}没有可比较的值。请补上 value。")
    if kind.options and found not in dict(kind.options):
        raise ContentError(f"{where}：{kind.label}没有“{found}”这一选项。请核对词表 options 或改正取值。")
    return found


def _share(value: Mapping[str, Any], name: str, words: Vocabulary, where: str) -> Share:
    left, right = words.fact(name), words.fact(value.get("fact", ""))
    if right is None:
        raise ContentError(f"{where}：事实“{value.get('fact')}”不在词表中。请登记它或改正名称。")
    times = tuple(value.get("times") or (1, 1))
    numbers = {"money", "integer"}
    assert left is not None
    fits = left.type == right.type if times == (1, 1) else left.type == right.type and left.type in numbers
    if not fits or len(times) != 2 or min(times) < 1:
        raise ContentError(
            f"{where}：{left.label}（{TYPES.get(left.type)}）不能与{right.label}（{TYPES.get(right.type)}）这样比较。"
            "请让两者类型和单位一致，比率写成 [分子, 分母]。"
        )
    return Share(right.id, (int(times[0]), int(times[1])))


TYPES = {"money": "金额", "integer": "整数", "number": "数", "date": "日期", "boolean": "是否"}
