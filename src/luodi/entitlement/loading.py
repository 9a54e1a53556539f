"""A pack's ``rules`` → checked :class:`RuleSet`. Refuses with every problem at once, each with rule, article, mend."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from luodi.entitlement.amount import (
    Amount,
    Between,
    ByGrade,
    CaseByCase,
    FirstCase,
    Fixed,
    Less,
    PerUnit,
    Rate,
    Rounding,
    Sum,
    Tier,
    Tiers,
)
from luodi.entitlement.checking import problems_of
from luodi.entitlement.condition import Member, NotSo, Test, read_test
from luodi.entitlement.proof import unproven
from luodi.entitlement.rule import (
    UNIT_KINDS,
    Ambiguity,
    Answer,
    Application,
    Cap,
    Condition,
    Elsewhere,
    Instalment,
    Payer,
    Reading,
    Refusal,
    Rule,
    RuleSet,
    Stage,
    Takes,
    Trigger,
    Window,
)
from luodi.entitlement.term import Combined, Constant, Dated, FactTerm, Minus, Scaled, Term
from luodi.entitlement.vocabulary import Vocabulary, read_vocabulary
from luodi.errors import ContentError
from luodi.policy.pack import Pack

if TYPE_CHECKING:
    from luodi.entitlement.result import Span

Json = Mapping[str, Any]
_T = TypeVar("_T")
_KEYS = {
    "kind": "事项", "grade": "等级", "action": "办理情形", "year": "年度", "issuer": "颁发单位", "prize": "奖项",
    "person": "人员",
}  # fmt: skip
_LOADED: dict[int, tuple[Json, RuleSet]] = {}
_KEPT = 16


def load_rules(pack: Pack | Json | RuleSet) -> RuleSet:
    """The rules of a pack, checked; the last few packs are kept loaded.

    Raises:
        ContentError: the rules do not hold together; all problems at once.
    """
    if isinstance(pack, RuleSet):
        return pack
    data = pack.data if isinstance(pack, Pack) else pack
    kept = _LOADED.get(id(data))
    if kept is None or kept[0] is not data:
        kept = (data, _loaded(data))
        if len(_LOADED) >= _KEPT:
            _LOADED.pop(next(iter(_LOADED)), None)
        _LOADED[id(data)] = kept
    return kept[1]


def _loaded(data: Json) -> RuleSet:
    words = read_vocabulary(data.get("vocabulary") or {})
    problems: list[str] = []
    rules = [rule for item in data.get("rules") or () if (rule := _tried(lambda: _rule(item, words), problems))]  # noqa: B023
    validity = (data.get("facts") or {}).get("validity") or {}
    rule_set = RuleSet(
        pack_id=data["id"],
        version=data["version"],
        title=data.get("title") or data["id"],
        words=words,
        rules=tuple(rules),
        ambiguities={item["id"]: _ambiguity(item) for item in data.get("ambiguities") or ()},
        effective_from=_day(validity.get("effective_from")),
        effective_to=_day(validity.get("effective_to")),
    )
    problems += problems_of(rule_set)
    problems += [] if problems else unproven(rule_set)
    if problems:
        raise ContentError(f"政策包“{data['id']}”的规则有 {len(problems)} 处问题：\n- " + "\n- ".join(problems))
    return rule_set


def _tried(read: Callable[[], _T], problems: list[str]) -> _T | None:
    try:
        return read()
    except ContentError as error:
        problems.append(str(error))
        return None


def _ambiguity(item: Json) -> Ambiguity:
    takes: dict[str, Takes] = {option["id"]: _takes(option) for option in item.get("options") or ()}
    given = item.get("answer")
    answer = None
    if given:
        start = _day(given.get("from"))
        taken = takes.get(given["option"], "both")
        answer = Answer(taken, start, bool(given.get("retroactive")), given.get("paper") or "")
    return Ambiguity(item["id"], item["question"], answer)


def _takes(option: Json) -> Takes:
    """An option's own ``takes``, else what its id says; any other option leaves both sums standing."""
    named = option.get("takes", option["id"])
    return named if named in ("strict", "generous") else "both"


def _rule(item: Json, words: Vocabulary) -> Rule:
    where = f"规则 {item.get('id')}（{item.get('article')}）"
    recipients = item.get("recipients") or {}
    kinds = tuple(recipients.get("kinds") or UNIT_KINDS)
    otherwise = recipients.get("otherwise", "no")
    readings, stages = _readings(item, words, where)
    if otherwise != "no":
        outside = NotSo(Member("unit.kind", kinds))
        readings = (Reading(otherwise, outside, "none", "full", recipients.get("note") or "对象以外的单位"), *readings)
    return Rule(
        id=item["id"],
        article=item["article"],
        span=_span(item),
        item=item.get("item") or item["article"],
        title=item["title"],
        mode=item.get("mode", "documents"),
        attest=item.get("attest"),
        publication=item.get("publication", "open"),
        kinds=kinds,
        otherwise=None if otherwise == "no" else otherwise,
        trigger=_trigger(item.get("trigger")),
        window=Window(_day((item.get("window") or {}).get("from")), _day((item.get("window") or {}).get("to"))),
        conditions=tuple(_condition(each, item, words, where) for each in item.get("conditions") or ()),
        amount=_amount(item["amount"], words, where),
        paid=item.get("paid", "each"),
        paid_why=item.get("paid_why", ""),
        refusals=tuple(_refusal(each) for each in item.get("refusals") or ()),
        readings=readings,
        stages=stages,
        caps=tuple(
            Cap(
                cap["per"],
                cap.get("fen"),
                tuple(cap["rules"]),
                cap.get("step", 1),
                cap.get("paper"),
                _term_or_none(cap.get("at_most"), words, where),
                _term_or_none(cap.get("received"), words, where),
            )
            for cap in item.get("caps") or ()
        ),
        exclusive=item.get("exclusive"),
        elsewhere=_elsewhere(item.get("elsewhere")),
        instalments=tuple(
            Instalment((each["share"][0], each["share"][1]), each.get("months"), each.get("when", ""))
            for each in item.get("instalments") or ()
        ),
        payers=tuple(Payer(each["name"], (each["share"][0], each["share"][1])) for each in item.get("payers") or ()),
        application=_application(item.get("application")),
    )


def _application(item: Json | None) -> Application | None:
    return Application(_day(item.get("from")), _day(item.get("to")), item.get("yearly")) if item else None


def _trigger(item: Json | None) -> Trigger | None:
    if item is None:
        return None
    requires = tuple(name if name.startswith("event.") else f"event.{name}" for name in item.get("requires") or ())
    return Trigger(tuple(item["events"]), _names(item.get("actions")), requires)


def _condition(item: Json, rule: Json, words: Vocabulary, where: str) -> Condition:
    test = item.get("test")
    return Condition(
        id=item["id"],
        text=item["text"],
        article=item.get("article") or rule["article"],
        span=_span(item),
        implied=bool(item.get("implied")),
        mode=item.get("mode", "compute"),
        test=read_test(test, words, f"{where}条件 {item['id']}") if test else None,
        events=_names(item.get("events")),
        assume=bool(item.get("assume")),
        fails=item.get("fails", "no"),
        source=item.get("source"),
    )


def _refusal(item: Json) -> Refusal:
    match = item["match"]
    return Refusal(
        item["id"], item["reason"], _names(match.get("event")), _names(match.get("action")), _names(match.get("grade"))
    )


def _elsewhere(item: Json | None) -> Elsewhere | None:
    if not item:
        return None
    return Elsewhere(item["fact"], item.get("ambiguity"), item.get("note", ""), item.get("takes", "shown"))


def _readings(item: Json, words: Vocabulary, where: str) -> tuple[tuple[Reading, ...], tuple[Stage, ...]]:
    """Readings of single events, and the stages over groups of them with the one that ``paid`` asks for first."""
    single: list[Reading] = []
    grouped: list[Stage] = []
    for each in item.get("readings") or ():
        when = read_test(each["when"], words, f"{where}口径 {each.get('ambiguity')}") if each.get("when") else None
        if each["strict"] in ("difference", "once"):
            grouped.append(_stage(each, when, where))
        else:
            authority = each.get("needs") == "authority"
            single.append(
                Reading(
                    each.get("ambiguity"), when, each["strict"], each["generous"], each.get("note") or "", authority
                )
            )
    paid: dict[str, tuple[str, ...]] = {"once": ("kind", "grade"), "per_year": ("year",), "per_side": ("grade",)}
    keys: Any = paid.get(item.get("paid", "each"))
    if keys and not any(stage.keys == keys and stage.when is None for stage in grouped):
        grouped.insert(0, Stage(keys, note=item.get("paid_why", "")))
    for each in item.get("limits") or ():
        note = f"同一{'、'.join(_KEYS[key] for key in each['per'])}合计不超过限额"
        grouped.append(Stage(tuple(each["per"]), note=note, most=each["fen"]))
    return tuple(single), tuple(grouped)


def _stage(item: Json, when: Test | None, where: str) -> Stage:
    default = ("kind",) if item["strict"] == "difference" else ("kind", "grade")
    keys: Any = tuple("grade" if key == "side" else key for key in item.get("per") or default)
    if unknown := [key for key in keys if key not in _KEYS]:
        raise ContentError(f"{where}：口径的分组“{'、'.join(unknown)}”不认识。可用：{'、'.join(_KEYS)}。")
    is_open = item["generous"] == "full"
    return Stage(keys, item.get("ambiguity"), when, item.get("note") or "", item.get("caution") or "", is_open)


def _amount(item: Json, words: Vocabulary, where: str) -> Amount:
    for name, read in _AMOUNTS.items():
        if name in item:
            return read(item, words, where)
    known = "、".join(_AMOUNTS)
    raise ContentError(f"{where}：金额“{'、'.join(item)}”不认识。请改用 {known} 之一。")


def _by_grade(item: Json, words: Vocabulary, where: str) -> Amount:
    return ByGrade(tuple((grade, _fixed(each, words, where)) for grade, each in item["by_grade"].items()))


def _fixed(item: Json, words: Vocabulary, where: str) -> Fixed:
    given = item.get("fixed", item)
    return Fixed(given["fen"], _span(given))


def _choose(item: Json, words: Vocabulary, where: str) -> Amount:
    return FirstCase(
        tuple((read_test(each["when"], words, where), _amount(each["amount"], words, where)) for each in item["choose"])
    )


def _sum(item: Json, words: Vocabulary, where: str) -> Amount:
    given = item["sum"]
    parts = tuple(_amount(each, words, where) for each in given["parts"])
    return Sum(parts, given.get("cap"), _term_or_none(given.get("at_most"), words, where))


def _less(item: Json, words: Vocabulary, where: str) -> Amount:
    return Less(_amount(item["less"]["amount"], words, where), _term(item["less"]["received"], words, where))


def _rate(item: Json, words: Vocabulary, where: str) -> Amount:
    given, (rounding, how) = item["rate"], _rounding(item, "rate")
    if given.get("rate") is None:
        return Between(given.get("floor") or 0, given.get("cap"), _span(given))
    base, (n, d) = _term(given["base"], words, where), given["rate"]
    return Rate((n, d), base, given.get("floor"), given.get("cap"), rounding, _span(given), how)


def _tiers(item: Json, words: Vocabulary, where: str) -> Amount:
    given, (rounding, how) = item["tiers"], _rounding(item, "tiers")
    tiers = tuple(
        Tier(
            each.get("from"),
            each.get("to"),
            each.get("fen"),
            tuple(each["rate"]) if each.get("rate") else None,
            each.get("cap"),
            _span(each),
        )
        for each in given["tiers"]
    )
    return Tiers(_term(given["base"], words, where), tiers, rounding, how, bool(given.get("marginal")))


def _per_unit(item: Json, words: Vocabulary, where: str) -> Amount:
    given = item["per_unit"]
    return PerUnit(_term(given["count"], words, where), given["fen"], given.get("cap"), _span(given))


def _steps(item: Json, words: Vocabulary, where: str) -> Amount:
    """每超过起点 N 再给 M: a sum for each whole step of the base beyond its start."""
    given = item["steps"]
    beyond = Minus(_term(given["base"], words, where), Constant(given.get("from") or 0))
    return PerUnit(Scaled(beyond, (1, given["every"])), given["fen"], given.get("cap"), _span(given))


def _between(item: Json, words: Vocabulary, where: str) -> Amount:
    given = item.get("capped") or item["range"]
    return Between(given.get("floor") or 0, given.get("cap"), _span(given))


def _case(item: Json, words: Vocabulary, where: str) -> Amount:
    return CaseByCase(item.get("guidance") or item.get("note") or "")


_AMOUNTS: dict[str, Callable[[Json, Vocabulary, str], Amount]] = {
    "by_grade": _by_grade, "fixed": _fixed, "choose": _choose, "sum": _sum, "less": _less, "rate": _rate,
    "tiers": _tiers, "per_unit": _per_unit, "steps": _steps, "capped": _between, "range": _between,
    "case": _case, "guidance": _case,
}  # fmt: skip


def _rounding(item: Json, name: str) -> tuple[int, Rounding]:
    """To what multiple of fen a result is rounded, and which way; stated by the amount or by the part."""
    return item[name].get("rounding_fen", item.get("rounding_fen", 1)), item.get("rounding", "down")


def _term_or_none(item: Any, words: Vocabulary, where: str) -> Term | None:
    return None if item is None else _term(item, words, where)


def _term(item: Any, words: Vocabulary, where: str) -> Term:
    """A base: a fact's name, a number, or an object that names what is done with others."""
    if isinstance(item, int):
        return Constant(item)
    if isinstance(item, str):
        item = {"fact": item}
    times, rounding = item.get("times") or (1, 1), item.get("rounding_fen", 1)
    if "minus" in item:
        left, right = item["minus"]
        return Minus(_term(left, words, where), _term(right, words, where))
    if "of" in item:
        return Scaled(_term(item["of"], words, where), (times[0], times[1]), rounding)
    if "param" in item:
        return _parameter(item, words, where)
    for op in ("plus", "product", "least", "most"):
        if op in item:
            return Combined(op, tuple(_term(each, words, where) for each in item[op]))
    kind = words.fact(item["fact"])
    if kind is None or kind.type not in ("money", "integer"):
        found = "不在词表中" if kind is None else f"是{kind.type}"
        raise ContentError(f"{where}：金额的基数“{item['fact']}”{found}。请在词表 facts 中登记为 money 或 integer。")
    return FactTerm(kind.id, (times[0], times[1]), rounding)


def _parameter(item: Json, words: Vocabulary, where: str) -> Term:
    parameter = words.parameters.get(item["param"])
    if parameter is None:
        raise ContentError(f"{where}：参数“{item['param']}”不在词表 parameters 中。请登记它或改正名称。")
    return Dated(parameter.label, parameter.values)


def _names(value: Any) -> tuple[str, ...] | None:
    if value is None:
        return None
    return (value,) if isinstance(value, str) else tuple(value)


def _span(item: Json) -> Span | None:
    span = item.get("span")
    return (span[0], span[1]) if span else None


def _day(value: str | None) -> dt.date | None:
    return dt.date.fromisoformat(value) if value else None
