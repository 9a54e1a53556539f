"""What of a rule can be changed to see what then follows: its sums, rates, caps, thresholds and window.

Each :class:`Field` has a name within its rule (``amount``, ``amount.省级``, ``rate``, ``cap``, ``tier2.from``,
``condition.ID``, ``window.from``, ``limit`` …), the value in force, and the value as people write it; what
``shown`` says, :func:`parse_change` reads back. A change makes new rules; nothing is altered in place.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any, Literal

from luodi.entitlement import amount as a
from luodi.entitlement import term as t
from luodi.entitlement.checking import problems_of
from luodi.entitlement.condition import AllOf, AnyOf, ByDay, Compare, NotSo, Share, Test
from luodi.entitlement.result import Span
from luodi.entitlement.rule import Cap, Rule, RuleSet
from luodi.entitlement.vocabulary import FEN_PER_UNIT, FIRST_DAY, LARGEST, LAST_DAY, Value, Vocabulary
from luodi.errors import UsageError

FieldKind = Literal["money", "rate", "date", "integer", "number"]
FieldValue = int | tuple[int, int] | dt.date | Decimal | None
"""Money in fen, a rate as an exact ratio, a day, a count; null is open (no cap, no end)."""

OPEN = "不限"
KIND_WORDS: dict[FieldKind, str] = {
    "money": "带单位的金额（如 500000元、50万元、0.5亿元）",
    "rate": "比率（如 10%、5‰ 或 1/3）",
    "date": "YYYY-MM-DD 格式的日期",
    "integer": "整数（如 300）",
    "number": "数（如 0.5）",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One thing of one rule that can be changed.

    ``value`` is canonical, ``shown`` the same as people write it, in ``unit`` (元, %, 日期, 人 …). ``optional``: it
    may be left open (``不限``). ``article`` and ``span`` say where the text decides it.
    """

    rule: str
    name: str
    label: str
    kind: FieldKind
    unit: str
    value: FieldValue
    shown: str
    article: str
    span: Span | None
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """A field of a rule and the value it is to have."""

    rule: str
    field: str
    value: FieldValue


@dataclass(frozen=True, slots=True)
class _Place:
    """A changeable value within a part (an amount, a test …) and how the part is made anew with another.

    ``paid``: it is a sum that an event or unit gets, or the bound of one; nothing else of the rule hangs on it.
    """

    name: str
    label: str
    kind: FieldKind
    value: FieldValue
    put: Callable[[Any], Any]
    unit: str = ""
    span: Span | None = None
    optional: bool = False
    paid: bool = False

    def within(self, name: str, label: str, rebuild: Callable[[Any], Any]) -> _Place:
        """The same place seen from the part around."""
        names = ".".join(filter(None, (name, self.name)))
        return replace(self, name=names, label=label + self.label, put=lambda value: rebuild(self.put(value)))


def changeable(rules: RuleSet) -> tuple[Field, ...]:
    """Everything that can be changed, in the order of the rules."""
    return tuple(_field(rule, place) for rule in rules.rules for place in _places(rule, rules))


def parse_change(text: str, rules: RuleSet) -> Change:
    """The change that ``RULE.FIELD=VALUE`` means.

    Raises:
        UsageError: no such rule or field, or a value of another kind; the message lists what there is.
    """
    name, equals, value = text.partition("=")
    fitting = [rule for rule in rules.rules if name.strip().startswith(f"{rule.id}.")]
    if not equals or not fitting:
        known = "、".join(rule.id for rule in rules.rules)
        raise UsageError(f"“{text}”应写作 规则.字段=值，且规则须是其中之一：{known}。请改正。")
    rule = max(fitting, key=lambda each: len(each.id))
    place = _place(rule, name.strip()[len(rule.id) + 1 :], rules)
    return Change(rule.id, place.name, _read(place, value.strip(), rule))


def changed(rules: RuleSet, changes: Iterable[Change]) -> RuleSet:
    """The rules with the changes made, one after the other, and checked.

    Raises:
        UsageError: a change names no rule or field, or the changed rules do not hold together.
    """
    for change in changes:
        rule = next((each for each in rules.rules if each.id == change.rule), None)
        if rule is None:
            known = "、".join(each.id for each in rules.rules)
            raise UsageError(f"没有规则“{change.rule}”。可用：{known}。请改正。")
        rules = _place(rule, change.field, rules).put(change.value)
    if problems := problems_of(rules):
        raise UsageError("改动后的规则不自洽：\n- " + "\n- ".join(problems))
    return rules


def paid_sum(rules: RuleSet, change: Change) -> tuple[int, Callable[[int], RuleSet]] | None:
    """The sum in force and the rules with another one (not checked), where a change is of a sum that is paid or a bound of it.

    Every sum that the rule pays is then what it is without it, or the changed sum (for each unit counted) between bounds.
    """
    rule = next(each for each in rules.rules if each.id == change.rule)
    place = _place(rule, change.field, rules)
    return (place.value, place.put) if place.paid and isinstance(place.value, int) else None


def written(kind: FieldKind, value: FieldValue) -> str:
    """A value as people write it."""
    match value:
        case None:
            return OPEN
        case (numerator, denominator):
            percent = Fraction(100 * numerator, denominator)
            short = 10**4 % percent.denominator == 0
            return f"{_decimal(percent)}%" if short else f"{numerator}/{denominator}"
        case int() if kind == "money":
            unit = next(unit for unit in ("亿元", "万元", "元", "分") if value % FEN_PER_UNIT[unit] == 0)
            return f"{value // FEN_PER_UNIT[unit]}{unit}" if value else "0元"
        case Decimal():
            return f"{value.normalize():f}"
    return str(value)


def _decimal(value: Fraction) -> str:
    return f"{(Decimal(value.numerator) / Decimal(value.denominator)).normalize():f}"


def _field(rule: Rule, place: _Place) -> Field:
    units: dict[FieldKind, str] = {"money": "元", "rate": "%", "date": "日期"}
    unit = place.unit or units.get(place.kind, "")
    shown = written(place.kind, place.value)
    found = (place.label, place.kind, unit, place.value, shown, rule.article, place.span or rule.span, place.optional)
    return Field(rule.id, place.name, *found)


def _place(rule: Rule, name: str, rules: RuleSet) -> _Place:
    places = {place.name: place for place in _places(rule, rules)}
    if name not in places:
        known = "、".join(f"{place.name}（{place.label}）" for place in places.values()) or "（没有可改的字段）"
        raise UsageError(f"规则 {rule.id}（{rule.article}）没有字段“{name}”。可改的字段：{known}。请改正。{_FIXED}")
    return places[name]


_FIXED = (
    "改不了的是事项、等级、办理情形、条件的有无、代码和目录、同组就高、从别处得的怎样扣、口径：请另存一份政策包改好，"
    "用 luodi entitle 各算一遍再比。"
)
"""What no field changes, and what to do instead."""


def _places(rule: Rule, rules: RuleSet) -> Iterator[_Place]:
    """The places of a rule; ``put`` gives the whole rule set."""

    def into(**part: Any) -> RuleSet:
        return replace(rules, rules=tuple(replace(each, **part) if each is rule else each for each in rules.rules))

    if rule.case_by_case:
        return
    words = rules.words
    yield from (place.within("", "", lambda new: into(amount=new)) for place in _amount(rule.amount, words))
    for at, condition in enumerate(rule.conditions):

        def with_test(test: Test, at: int = at) -> RuleSet:
            conditions = list(rule.conditions)
            conditions[at] = replace(conditions[at], test=test)
            return into(conditions=tuple(conditions))

        found = [*_numbered(_test(condition.test, words))]
        for place in found:
            placed = replace(place, span=place.span or condition.span)
            yield placed.within(f"condition.{condition.id}", f"条件“{condition.text}”：", with_test)
    window = rule.window
    for name, label, side in (("from", "有效期间起", "start"), ("to", "有效期间止", "end")):
        put = _then(_put(window, side), lambda new: into(window=new))
        yield _Place(f"window.{name}", label, "date", getattr(window, side), put, optional=True)
    yield from _limits(rule, rules)
    groups = [at for at, stage in enumerate(rule.stages) if stage.most is not None]
    for number, at in enumerate(groups, 1):
        stage = rule.stages[at]
        name = "group_limit" if len(groups) == 1 else f"group_limit{number}"
        put = _then(_put(stage, "most"), _then(_within(rule, "stages", at), lambda new: into(stages=new.stages)))
        yield _Place(name, stage.note, "money", stage.most, put)


def _limits(rule: Rule, rules: RuleSet) -> Iterator[_Place]:
    """The rule's caps over several rules; an equal cap that stands at several rules is one and changes in all."""
    cutting = [cap for cap in dict.fromkeys(rule.caps) if cap.per != "total"]
    for number, cap in enumerate(cutting, 1):

        def swap(new: Cap, cap: Cap = cap) -> RuleSet:
            swapped = [
                replace(each, caps=tuple(new if old == cap else old for old in each.caps)) for each in rules.rules
            ]
            return replace(rules, rules=tuple(swapped))

        name = "limit" if len(cutting) == 1 else f"limit{number}"
        label = f"每单位{'每年' if cap.per == 'year' else ''}限额（{'、'.join(cap.rules)}合计）"
        if cap.fen is not None:
            yield _Place(name, label, "money", cap.fen, _then(_put(cap, "fen"), swap))
        for place in _numbered(_term(cap.at_most, rules.words) if cap.at_most is not None else ()):
            yield place.within(f"{name}.at_most", f"{label}中的", _then(_put(cap, "at_most"), swap))


def _amount(amount: a.Amount, words: Vocabulary) -> Iterator[_Place]:
    match amount:
        case a.Fixed(fen, span):
            yield _sum("amount", "金额", fen, _put(amount, "fen"), span)
        case a.ByGrade(sums):
            for at, (grade, fixed) in enumerate(sums):
                yield _sum(f"amount.{grade}", f"“{grade}”的金额", fixed.fen, _grade_put(amount, at), fixed.span)
        case a.Rate():
            yield _Place("rate", "比率", "rate", amount.rate, _put(amount, "rate"), span=amount.span)
            yield _sum("floor", "下限", amount.floor, _put(amount, "floor"), amount.span, optional=True)
            yield _cap(amount)
            yield from _based(amount, "base", words)
        case a.PerUnit():
            yield _sum("amount", "每一单位的金额", amount.fen, _put(amount, "fen"), amount.span)
            yield _cap(amount)
            yield from _based(amount, "count", words)
        case a.Between():
            yield _sum("floor", "下限", amount.floor, _put(amount, "floor"), amount.span)
            yield _cap(amount)
        case a.Tiers():
            yield from _tiers(amount, words)
        case a.FirstCase(cases):
            for at, case in enumerate(cases):
                yield from _case(amount, at, *case, words)
        case a.Sum(parts, cap, at_most):
            for at, part in enumerate(parts):
                name, label = ("", "") if len(parts) == 1 else (f"part{at + 1}", f"第{at + 1}部分")
                put = _within(amount, "parts", at)
                inner = (place.within(name, label, put) for place in _amount(part, words))
                yield from (replace(place, paid=place.paid and len(parts) == 1) for place in inner)
            yield _sum("most", "合计上限", cap, _put(amount, "cap"), None, optional=len(parts) > 1)
            for place in _numbered(_term(at_most, words) if at_most is not None else ()):
                yield place.within("at_most", "合计上限中的", _put(amount, "at_most"))
        case a.Less():
            inner = (place.within("", "", _put(amount, "amount")) for place in _amount(amount.amount, words))
            yield from (replace(place, paid=False) for place in inner)


def _sum(
    name: str, label: str, fen: int | None, put: Callable[[Any], Any], span: Span | None, *, optional: bool = False
) -> _Place:
    return _Place(name, label, "money", fen, put, span=span, optional=optional, paid=True)


def _put(part: Any, name: str) -> Callable[[Any], Any]:
    return lambda value: replace(part, **{name: value})


def _then(first: Callable[[Any], Any], second: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: second(first(value))


def _cap(amount: a.Rate | a.PerUnit | a.Between) -> _Place:
    return _sum("cap", "上限", amount.cap, _put(amount, "cap"), amount.span, optional=True)


def _grade_put(amount: a.ByGrade, at: int) -> Callable[[int], a.ByGrade]:
    def put(fen: int) -> a.ByGrade:
        sums = list(amount.sums)
        sums[at] = (sums[at][0], replace(sums[at][1], fen=fen))
        return replace(amount, sums=tuple(sums))

    return put


def _based(amount: a.Rate | a.PerUnit | a.Tiers, name: str, words: Vocabulary) -> Iterator[_Place]:
    for place in _numbered(_term(getattr(amount, name), words)):
        yield place.within("base", "基数中的", _put(amount, name))


def _term(term: t.Term, words: Vocabulary, kind: FieldKind = "integer") -> Iterator[_Place]:
    match term:
        case t.Constant(value):
            yield _Place("", "常数", kind, value, _put(term, "value"))
        case t.FactTerm(fact, times) if times != (1, 1):
            label = f"{_label(fact, words)}的比例"
            yield _Place("", label, "rate", times, _put(term, "times"))
        case t.Minus(left, right):
            money = any(_is_money(side, words) for side in (left, right))
            for side in ("left", "right"):
                for place in _term(getattr(term, side), words, "money" if money else kind):
                    yield place.within("", "", _put(term, side))
        case t.Combined(op, terms):
            money = op != "product" and _is_money(term, words)
            for at, each in enumerate(terms):
                for place in _term(each, words, "money" if money else kind):
                    yield place.within("", "", _within(term, "terms", at))
        case t.Scaled(inner, times):
            yield _Place("", "比例", "rate", times, _put(term, "times"))
            yield from (place.within("", "", _put(term, "term")) for place in _term(inner, words, kind))
        case t.Dated(name, values):
            of_kind: FieldKind = "money" if _is_money(term, words) else "integer"
            for at, (start, end, value) in enumerate(values):
                put = _then(_between(start, end), _within(term, "values", at))
                yield _Place("", f"参数“{name}”{_period(start, end)}", of_kind, value, put)


def _is_money(term: t.Term, words: Vocabulary) -> bool:
    match term:
        case t.FactTerm(fact):
            return _kind(fact, words) == "money"
        case t.Minus(left, right):
            return _is_money(left, words) or _is_money(right, words)
        case t.Combined(_, terms):
            return any(_is_money(each, words) for each in terms)
        case t.Scaled(inner):
            return _is_money(inner, words)
        case t.Dated(name):  # by its name alone: its values may have been changed already
            return any(p.type == "money" for p in words.parameters.values() if p.label == name)
    return False


def _within(part: Any, name: str, at: int) -> Callable[[Any], Any]:
    """How a part is made anew with another member of one of its sequences."""

    def put(new: Any) -> Any:
        members = getattr(part, name)
        return replace(part, **{name: (*members[:at], new, *members[at + 1 :])})

    return put


def _between(start: dt.date | None, end: dt.date | None) -> Callable[[Any], Any]:
    """How a value is put into its period."""
    return lambda new: (start, end, new)


def _period(start: dt.date | None, end: dt.date | None) -> str:
    """The days for which a dated value is laid down, in words."""
    return (f"{start}起" if start else "") + (f"至{end}" if end else "")


def _tiers(amount: a.Tiers, words: Vocabulary) -> Iterator[_Place]:
    """Each tier's sum, rate or cap, and where it starts: with it ends the tier before."""
    kind: FieldKind = "money" if _is_money(amount.base, words) else "integer"

    def put(at: int, name: str) -> Callable[[Any], a.Tiers]:
        def new(value: Any) -> a.Tiers:
            tiers = list(amount.tiers)
            if name == "start" and at and tiers[at - 1].end == tiers[at].start:
                tiers[at - 1] = replace(tiers[at - 1], end=value)
            tiers[at] = replace(tiers[at], **{name: value})
            return replace(amount, tiers=tuple(tiers))

        return new

    for at, tier in enumerate(amount.tiers):
        parts: list[tuple[str, str, str, FieldKind, FieldValue]] = []
        if tier.start is not None:
            parts.append(("start", "from", "起点", kind, tier.start))
        if tier.end is not None and at == len(amount.tiers) - 1:
            parts.append(("end", "to", "终点", kind, tier.end))
        if tier.fen is not None:
            parts.append(("fen", "amount", "金额", "money", tier.fen))
        if tier.rate is not None:
            parts.append(("rate", "rate", "比率", "rate", tier.rate))
        if tier.fen is None:
            parts.append(("cap", "cap", "上限", "money", tier.cap))
        for name, field, label, of_kind, value in parts:
            yield _Place(
                f"tier{at + 1}.{field}",
                f"第{at + 1}档{label}",
                of_kind,
                value,
                put(at, name),
                span=tier.span,
                optional=name == "cap" and tier.rate is not None,
                paid=name in ("fen", "cap") and not amount.marginal,
            )
    yield from _based(amount, "base", words)


def _case(amount: a.FirstCase, at: int, test: Test, inner: a.Amount, words: Vocabulary) -> Iterator[_Place]:
    def put(part: int, new: Any) -> a.FirstCase:
        cases = list(amount.cases)
        cases[at] = (new, inner) if part == 0 else (test, new)
        return replace(amount, cases=tuple(cases))

    name, label = f"case{at + 1}", f"第{at + 1}种情形"
    for place in _numbered(_test(test, words)):
        yield place.within(f"{name}.when", f"{label}：", lambda new: put(0, new))
    for place in _amount(inner, words):
        yield place.within(name, label, lambda new: put(1, new))


def _numbered(places: Iterable[_Place]) -> Iterator[_Place]:
    """Places without names of their own: none where there is one, else 1, 2, 3."""
    found = list(places)
    if len(found) == 1:
        yield from found
        return
    yield from (replace(place, name=str(number)) for number, place in enumerate(found, 1))


def _test(test: Test | None, words: Vocabulary) -> Iterator[_Place]:
    """The thresholds of a test: numbers, money, days, and ratios to another fact."""
    match test:
        case AllOf(tests) | AnyOf(tests):
            for at, each in enumerate(tests):

                def rebuild(new: Test, at: int = at) -> Test:
                    inner = list(tests)
                    inner[at] = new
                    return replace(test, tests=tuple(inner))

                yield from (place.within("", "", rebuild) for place in _test(each, words))
        case NotSo(inner):
            yield from (place.within("", "", _put(test, "test")) for place in _test(inner, words))
        case ByDay(name, periods):
            for at, (start, end, inner) in enumerate(periods):
                put = _then(_between(start, end), _within(test, "periods", at))
                label = f"按“{name}”{_period(start, end)}的"
                yield from (place.within("", label, put) for place in _test(inner, words))
        case Compare(fact, op, Share() as share) if share.times != (1, 1):
            label = f"{_label(fact, words)}与{_label(share.fact, words)}之比（{op}）"
            yield _Place("", label, "rate", share.times, lambda new: replace(test, value=replace(share, times=new)))
        case Compare(fact, op, value) if not isinstance(value, Share):
            kind = _kind(fact, words)
            if kind is not None:
                found = words.fact(fact)
                unit = (found.unit or "") if found and kind != "money" else ""
                yield _Place(
                    "", f"{_label(fact, words)}（{op}）", kind, _threshold(value), _put(test, "value"), unit=unit
                )


def _threshold(value: Value) -> FieldValue:
    assert isinstance(value, int | dt.date | Decimal)
    return value


def _kind(fact: str, words: Vocabulary) -> FieldKind | None:
    found = words.fact(fact)
    kinds: dict[str, FieldKind] = {"money": "money", "integer": "integer", "number": "number", "date": "date"}
    return kinds.get(found.type) if found else None


def _label(fact: str, words: Vocabulary) -> str:
    found = words.fact(fact)
    return found.label if found else fact


def _read(place: _Place, text: str, rule: Rule) -> FieldValue:
    if text == OPEN and (place.optional or place.value is None):
        return None
    found = _READERS[place.kind](text.removesuffix(place.unit).strip() if place.unit else text)
    if found is None:
        also = f"，或写“{OPEN}”" if place.optional else ""
        raise UsageError(
            f"规则 {rule.id}（{rule.article}）的 {place.name}（{place.label}）应为{KIND_WORDS[place.kind]}{also}，"
            f"读到的是“{text}”。现值为 {written(place.kind, place.value)}。请改正。"
        )
    return found


def _money(text: str) -> int | None:
    unit = next((unit for unit in ("亿元", "万元", "元", "分") if text.endswith(unit)), None)
    number = _number(text.removesuffix(unit).replace(",", "").strip()) if unit else None
    fen = number * FEN_PER_UNIT[unit] if number is not None and unit else None
    return int(fen) if fen is not None and 0 <= fen <= LARGEST and fen == int(fen) else None


def _rate(text: str) -> tuple[int, int] | None:
    found: Fraction | None
    try:
        if text.endswith(("%", "‰")):
            found = Fraction(text[:-1]) / (100 if text.endswith("%") else 1000)
        else:
            found = Fraction(text) if "/" in text else None
    except (ValueError, ZeroDivisionError):
        return None
    fits = found is not None and found > 0 and max(found.numerator, found.denominator) <= _LARGEST_RATE
    return (found.numerator, found.denominator) if found is not None and fits else None


_LARGEST_RATE = 1_000_000


def _number(text: str) -> Decimal | None:
    try:
        found = Decimal(text)
    except InvalidOperation:
        return None
    return found if found.is_finite() and abs(found) <= LARGEST else None


def _day(text: str) -> dt.date | None:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= LAST_DAY else None


def _integer(text: str) -> int | None:
    found = _number(text)
    return int(found) if found is not None and found == int(found) else None


_READERS: dict[FieldKind, Callable[[str], FieldValue]] = {
    "money": _money,
    "rate": _rate,
    "date": _day,
    "integer": _integer,
    "number": _number,
}
