"""A pack's ``rules`` → checked :class:`RuleSet`. Refuses with every problem at once, each with rule, article, mend."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from luodi.entitlement.amount import (
    Amount,
    Between,
    ByGrade,
    CaseByCase,
    Constant,
    FactTerm,
    FirstCase,
    Fixed,
    Minus,
    PerUnit,
    Rate,
    Term,
    Tier,
    Tiers,
)
from luodi.entitlement.checking import problems_of
from luodi.entitlement.condition import Member, NotSo, Test, read_test
from luodi.entitlement.result import Span
from luodi.entitlement.rule import (
    UNIT_KINDS,
    Ambiguity,
    Answer,
    Cap,
    Condition,
    Elsewhere,
    Reading,
    Refusal,
    Rule,
    RuleSet,
    Stage,
    Takes,
    Trigger,
    Window,
)
from luodi.entitlement.vocabulary import Vocabulary, read_vocabulary
from luodi.errors import ContentError
from luodi.policy.pack import Pack

Json = Mapping[str, Any]
_T = TypeVar("_T")
_KEYS = ("kind", "grade", "action", "year", "issuer", "prize")
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
            Cap(cap["per"], cap["fen"], tuple(cap["rules"]), cap.get("step", 1)) for cap in item.get("caps") or ()
        ),
        exclusive=item.get("exclusive"),
        elsewhere=_elsewhere(item.get("elsewhere")),
    )


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
    return Elsewhere(item["fact"], item.get("ambiguity"), item.get("note", "")) if item else None


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
    return tuple(single), tuple(grouped)


def _stage(item: Json, when: Test | None, where: str) -> Stage:
    default = ("kind",) if item["strict"] == "difference" else ("kind", "grade")
    keys: Any = tuple("grade" if key == "side" else key for key in item.get("per") or default)
    if unknown := [key for key in keys if key not in _KEYS]:
        raise ContentError(f"{where}：口径的分组“{'、'.join(unknown)}”不认识。可用：{'、'.join(_KEYS)}。")
    is_open = item["generous"] == "full"
    return Stage(keys, item.get("ambiguity"), when, item.get("note") or "", item.get("caution") or "", is_open)


def _amount(item: Json, words: Vocabulary, where: str) -> Amount:
    if "by_grade" in item:
        return ByGrade(tuple((grade, _fixed(each)) for grade, each in item["by_grade"].items()))
    if "fixed" in item:
        return _fixed(item["fixed"])
    if "choose" in item:
        return FirstCase(
            tuple(
                (read_test(each["when"], words, where), _amount(each["amount"], words, where))
                for each in item["choose"]
            )
        )
    return _computed(item, words, where)


def _computed(item: Json, words: Vocabulary, where: str) -> Amount:
    for name, read in (("rate", _rate), ("tiers", _tiers), ("per_unit", _per_unit)):
        if name in item:
            given = dict(item[name])
            given.setdefault("rounding_fen", item.get("rounding_fen", 1))
            return read(given, words, where)
    for name in ("capped", "range"):
        if name in item:
            return Between(item[name].get("floor") or 0, item[name].get("cap"), _span(item[name]))
    if item.get("case") or "guidance" in item:
        return CaseByCase(item.get("guidance") or item.get("note") or "")
    raise ContentError(
        f"{where}：金额“{'、'.join(item)}”不认识。请改用 fixed、by_grade、rate、tiers、per_unit、choose、case 之一。"
    )


def _fixed(item: Json) -> Fixed:
    return Fixed(item["fen"], _span(item))


def _rate(item: Json, words: Vocabulary, where: str) -> Amount:
    if item.get("rate") is None:
        return Between(item.get("floor") or 0, item.get("cap"), _span(item))
    return Rate(
        (item["rate"][0], item["rate"][1]),
        _term(item["base"], words, where),
        item.get("floor"),
        item.get("cap"),
        item["rounding_fen"],
        _span(item),
    )


def _tiers(item: Json, words: Vocabulary, where: str) -> Amount:
    tiers = tuple(
        Tier(
            each.get("from"),
            each.get("to"),
            each.get("fen"),
            tuple(each["rate"]) if each.get("rate") else None,
            each.get("cap"),
            _span(each),
        )
        for each in item["tiers"]
    )
    return Tiers(_term(item["base"], words, where), tiers, item["rounding_fen"])


def _per_unit(item: Json, words: Vocabulary, where: str) -> Amount:
    return PerUnit(_term(item["count"], words, where), item["fen"], item.get("cap"), _span(item))


def _term(item: Any, words: Vocabulary, where: str) -> Term:
    """A base: a fact's name, a number, ``{"fact","times"}`` or ``{"minus": [a, b]}``."""
    if isinstance(item, int):
        return Constant(item)
    if isinstance(item, str):
        item = {"fact": item}
    if "minus" in item:
        left, right = item["minus"]
        return Minus(_term(left, words, where), _term(right, words, where))
    kind = words.fact(item["fact"])
    if kind is None or kind.type not in ("money", "integer"):
        found = "不在词表中" if kind is None else f"是{kind.type}"
        raise ContentError(f"{where}：金额的基数“{item['fact']}”{found}。请在词表 facts 中登记为 money 或 integer。")
    times = item.get("times") or (1, 1)
    return FactTerm(kind.id, (times[0], times[1]), item.get("rounding_fen", 1))


def _names(value: Any) -> tuple[str, ...] | None:
    if value is None:
        return None
    return (value,) if isinstance(value, str) else tuple(value)


def _span(item: Json) -> Span | None:
    span = item.get("span")
    return (span[0], span[1]) if span else None


def _day(value: str | None) -> dt.date | None:
    return dt.date.fromisoformat(value) if value else None
