"""A pack's ``rules`` → checked :class:`RuleSet`. Refuses with every problem at once, each with rule, article, mend."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from luodi.entitlement.checking import problems_of
from luodi.entitlement.condition import Member, NotSo, Test, read_test
from luodi.entitlement.loading_amount import Json, read_amount, read_span, read_term_if_given
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
from luodi.entitlement.vocabulary import Vocabulary, read_vocabulary
from luodi.errors import ContentError
from luodi.policy.pack import Pack
from luodi.quantities.periods import last_in_force

if TYPE_CHECKING:
    pass

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
        effective_to=last_in_force(validity, data.get("issued_on")),
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
        span=read_span(item),
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
        amount=read_amount(item["amount"], words, where),
        paid=item.get("paid", "each"),
        paid_why=item.get("paid_why", ""),
        refusals=tuple(_refusal(each) for each in item.get("refusals") or ()),
        readings=readings,
        stages=stages,
        caps=tuple(_cap(each, words, where) for each in item.get("caps") or ()),
        exclusive=item.get("exclusive"),
        elsewhere=_elsewhere(item.get("elsewhere")),
        instalments=tuple(
            Instalment(_share(each), each.get("months"), each.get("when", "")) for each in item.get("instalments") or ()
        ),
        payers=tuple(Payer(each["name"], _share(each)) for each in item.get("payers") or ()),
        application=_application(item.get("application")),
    )


def _share(item: Json) -> tuple[int, int]:
    numerator, denominator = item["share"]
    return numerator, denominator


def _cap(item: Json, words: Vocabulary, where: str) -> Cap:
    return Cap(
        item["per"],
        item.get("fen"),
        tuple(item["rules"]),
        item.get("step", 1),
        item.get("paper"),
        read_term_if_given(item.get("at_most"), words, where),
        read_term_if_given(item.get("received"), words, where),
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
        span=read_span(item),
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
            told = (each.get("ambiguity"), when, each["strict"], each["generous"], each.get("note") or "")
            single.append(Reading(*told, each.get("needs") == "authority", bool(each.get("assume"))))
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
    note, caution = item.get("note") or "", item.get("caution") or ""
    return Stage(keys, item.get("ambiguity"), when, note, caution, is_open, bool(item.get("assume")))


def _names(value: Any) -> tuple[str, ...] | None:
    if value is None:
        return None
    return (value,) if isinstance(value, str) else tuple(value)


def _day(value: str | None) -> dt.date | None:
    return dt.date.fromisoformat(value) if value else None
