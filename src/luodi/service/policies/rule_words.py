"""Rules of a pack as people read them: whom, on what, under which conditions, how much, in which window, how often."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from luodi.entitlement.simulation.values import written
from luodi.policy.pack import Pack
from luodi.policy.proposals.counting import UNLIMITED_MONTHS
from luodi.policy.punctuation import widened
from luodi.service.policies.fact_lines import percent, wan

Json = Mapping[str, Any]
MODES = {"documents": "提交材料办理", "no_application": "免申即享", "quick": "快申快享", "counter": "线下受理"}
PAID = {
    "each": "每发生一次给一次",
    "once": "同一事项、同一等级只给一次",
    "per_year": "每年一次",
    "per_side": "每一侧一次",
}
MUST_NOT = "不得有此情形："
PUBLICATION = {"open": "可以逐家公示", "item_total": "只公布总数，不逐家公示"}
KINDS = {"enterprise": "企业", "institute": "科研院所", "university": "高校", "park": "园区", "other": "其他单位"}
CONDITION_MODES = {"compute": "系统比对", "ask": "申报单位说明", "attest": "主管部门确认"}
READINGS = {"full": "全额给付", "difference": "只补差额", "once": "只给一次", "none": "不给"}
_OPS = {
    ">=": "不低于",
    "<=": "不高于",
    ">": "高于",
    "<": "低于",
    "=": "为",
    "!=": "不是",
    "in": "属于",
    "not_in": "不属于",
}


@dataclass(frozen=True)
class RuleWords:
    """One rule in words; ``amounts`` is one line a grade or case."""

    id: str
    article: str
    title: str
    recipients: str
    trigger: str
    conditions: tuple[tuple[str, str], ...]
    amounts: tuple[str, ...]
    window: str
    paid: str
    caps: tuple[str, ...]
    mode: str
    publication: str
    refusals: tuple[str, ...]
    readings: tuple[str, ...]
    payment: tuple[str, ...]

    @property
    def handling(self) -> str:
        """How it is applied for and what is published of it."""
        return f"{self.mode}，{self.publication}"


def held_by_most(rules: Sequence[RuleWords]) -> dict[str, str]:
    """What most of several rules say alike of whom, when, how often and how, so that a page tells it once."""
    alike = {}
    for name in ("recipients", "window", "paid", "handling"):
        words, held = Counter(getattr(rule, name) for rule in rules).most_common(1)[0] if rules else ("", 0)
        if held > 1 and held * 2 > len(rules):
            alike[name] = words
    return alike


def asked_of_all(rules: Sequence[RuleWords]) -> tuple[tuple[str, str], ...]:
    """Conditions that each of several rules demands, so that a page tells them once."""
    first, *others = rules or (None,)
    if first is None or not others:
        return ()
    return tuple(each for each in first.conditions if all(each in rule.conditions for rule in others))


def rules_in_words(pack: Pack) -> list[RuleWords]:
    """All rules of a pack in words, in the order of the pack."""
    asked = _Asked.of(pack)
    return [_in_words(pack, rule, asked) for rule in pack.rules]


def rule_words(pack: Pack, rule: Json) -> RuleWords:
    """A rule of the pack in words."""
    return _in_words(pack, rule, _Asked.of(pack))


@dataclass(frozen=True)
class _Asked:
    """What the rules of a pack ask for, by name, and the names without their units, ascending."""

    facts: Mapping[str, Json]
    names: Sequence[str]

    @classmethod
    def of(cls, pack: Pack) -> _Asked:
        facts = {fact["id"]: fact for fact in pack.vocabulary["facts"]}
        return cls(facts, sorted(name.removesuffix(f"（{fact.get('unit')}）") for name, fact in facts.items()))

    def named_briefly(self, words: str, article: str) -> str:
        """Words without the address that the names of a rule's own facts begin with."""
        for name in self.names[bisect_left(self.names, article) :]:
            if not name.startswith(article):
                break
            words = words.replace(name, name.removeprefix(article))
        return words


def _in_words(pack: Pack, rule: Json, asked: _Asked) -> RuleWords:
    facts, trigger = asked.facts, rule["trigger"]
    on = (
        "、".join(trigger["events"]) + (f"（{'、'.join(trigger['actions'])}）" if trigger.get("actions") else "")
        if trigger
        else ""
    )
    return RuleWords(
        rule["id"], rule["article"], rule["title"], _recipients(rule["recipients"]), on,
        tuple((condition_words(each), CONDITION_MODES[each["mode"]]) for each in rule["conditions"]),
        tuple(asked.named_briefly(words, rule["article"]) for words in _amount(rule["amount"], facts)), days_between(rule["window"]) or "未设期间（没有施行日期和届满日可依）",
        f"{PAID.get(rule['paid'], '另有规定')}（{rule['paid_why']}）", tuple(_cap(cap, facts) for cap in rule.get("caps", ())), MODES[rule["mode"]],
        PUBLICATION[rule["publication"]], tuple(each["reason"] for each in rule["refusals"]),
        (*(_reading(each) for each in rule["readings"]), *_not_together(pack, rule)), tuple(_payment(rule)),
    )  # fmt: skip


def condition_words(condition: Json) -> str:
    """A condition as people read it; what shuts out (存在严重失信行为) says that it must not be."""
    test = condition.get("test") or {}
    shuts_out = test.get("op") == "=" and test.get("value") is False
    return f"{MUST_NOT}{widened(condition['text'])}" if shuts_out else widened(condition["text"])


def days_between(window: Json) -> str:
    """The days between which an event counts; empty where it may be any."""
    start, end = window["from"], window["to"]
    if start and end:
        return f"{start} 至 {end}（含两端）"
    return f"{start} 以后（含当日）" if start else f"{end} 以前（含当日）" if end else ""


def _recipients(stated: Json) -> str:
    """The kinds of units, and what the rule notes of them (an award to persons)."""
    kinds, note = "、".join(KINDS[kind] for kind in stated["kinds"]), stated.get("note")
    return f"{kinds}（{note}）" if note else kinds


def _not_together(pack: Pack, rule: Json) -> Iterator[str]:
    """The rules of which one alone is paid."""
    if group := rule.get("exclusive"):
        others = [one["id"] for one in pack.rules if one.get("exclusive") == group and one["id"] != rule["id"]]
        yield f"与 {'、'.join(others)} 不能同时享受，只付最高的一项"


def _payment(rule: Json) -> Iterator[str]:
    """In which parts and by whom it is paid, and when one may apply."""
    parts = [f"{percent(each['share'])} {each.get('when') or ''}".strip() for each in rule.get("instalments", ())]
    if parts:
        yield f"分 {len(parts)} 次：{'；'.join(parts)}"
    bearers = [f"{each['name']} {percent(each['share'])}" for each in rule.get("payers", ())]
    if bearers:
        yield f"承担：{'、'.join(bearers)}"


def _cap(cap: Json, facts: Mapping[str, Json]) -> str:
    per = {"unit": "每家累计", "year": "每家每年", "total": "全部合计"}.get(cap["per"], "合计")
    limits = [wan(cap["fen"])] if cap.get("fen") is not None else []
    limits += [_limit(cap["at_most"], facts)] if cap.get("at_most") is not None else []
    lower = " 中较低的" if len(limits) > 1 else ""
    received = f"；从别处已得的{_term(cap['received'])}也计入限额" if cap.get("received") is not None else ""
    cut = f"；超出时按{cap['paper']}同比例核减" if cap.get("paper") else ""
    return f"{per}最高 {' 与 '.join(limits)}{lower}（合并计算：{'、'.join(cap['rules'])}{received}{cut}）"


def _limit(term: Any, facts: Mapping[str, Json]) -> str:
    """A limit in words; so many fen for each unit that is counted is a sum for each."""
    if not isinstance(term, Mapping) or term.get("times", (1, 0))[1] != 1:
        return _term(term)
    of = term.get("of", {})
    name = of["least"][0] if isinstance(of, Mapping) and "least" in of else term.get("fact", "")
    fact = facts.get(name) if isinstance(name, str) else None
    if not fact or fact["type"] == "money":
        return _term(term)
    most = f"（最多按 {of['least'][1]} 计）" if of else ""
    return f"{fact['id']}{most} × {wan(term['times'][0])}"


def _reading(reading: Json) -> str:
    name = f"{reading['ambiguity']}：" if reading["ambiguity"] else ""
    assumed = "；没有相反记录时按不适用" if reading.get("assume") else ""
    return (
        f"{name}从严{READINGS.get(reading['strict'], '另计')}，从宽{READINGS.get(reading['generous'], '另计')}{assumed}"
    )


def _amount(amount: Json, facts: Mapping[str, Json]) -> Iterator[str]:
    if "by_grade" in amount:
        by_sum = sorted(amount["by_grade"].items(), key=lambda entry: -entry[1]["fen"])
        yield from (f"{grade}：{wan(each['fen'])}" for grade, each in by_sum)
    elif "choose" in amount:
        for case in amount["choose"]:
            yield from (f"{_test(case['when'], facts)}：{words}" for words in _amount(case["amount"], facts))
    elif "sum" in amount:
        yield from (words for part in amount["sum"]["parts"] for words in _amount(part, facts))
        if amount["sum"].get("cap") is not None:
            yield f"以上合计最高 {wan(amount['sum']['cap'])}"
    elif "less" in amount:
        received = _term(amount["less"]["received"])
        yield from (f"{words}，减去已得的{received}" for words in _amount(amount["less"]["amount"], facts))
    else:
        yield _one(amount, facts)


def _one(amount: Json, facts: Mapping[str, Json]) -> str:
    if "fixed" in amount:
        return wan(amount["fixed"]["fen"])
    if "rate" in amount:
        given = amount["rate"]
        rate = percent(given["rate"]) if given["rate"] else "（比例由主管部门核定）"
        return f"{_term(given['base'])}的 {rate}{_bounds(given)}"
    if "per_unit" in amount:
        given = amount["per_unit"]
        return f"{_counted(given['count'], facts)} {wan(given['fen'])}{_bounds(given)}"
    if "tiers" in amount:
        return f"按{_term(amount['tiers']['base'])}分 {len(amount['tiers']['tiers'])} 档计算"
    for name in ("capped", "range"):
        if name in amount:
            given = amount[name]
            floor = f"{wan(given['floor'])} 至 " if given.get("floor") else "最高 "
            return (
                f"{floor}{wan(given['cap'])}（在限额内核定）" if given.get("cap") is not None else "金额由主管部门核定"
            )
    if "guidance" in amount:
        return f"另行研究：{amount['guidance']}"
    return "一事一议，另行研究" if amount.get("case") else "按政策包所列办法计算"


def _bounds(given: Json) -> str:
    floor = f"，最低 {wan(given['floor'])}" if given.get("floor") else ""
    return floor + (f"，最高 {wan(given['cap'])}" if given.get("cap") is not None else "")


_PIECE, _MONTHS = "个", "个月"  # 个月 as each one is told: 每月
_JOINED = {"minus": " 减 ", "plus": " 加 ", "product": " × ", "least": " 与 ", "most": " 与 "}
_CHOSEN = {"least": " 中较低的", "most": " 中较高的"}
_FINEST = 10_000
"""A ratio of a larger divisor is no percentage: one share for so much money, in fen."""


def _counted(term: Any, facts: Mapping[str, Json]) -> str:
    """What is counted, and the measure word of one: a fact's own unit, which its name may repeat in brackets."""
    factors = term["product"] if isinstance(term, Mapping) and "product" in term else [term]
    units = [_unit(each, facts) for each in factors]
    if not all(units):
        return f"{_whole(term)}，每个"
    named = [_factor(each, unit).replace(f"（{unit}）", "", 1) for each, unit in zip(factors, units, strict=True)]
    return f"{' × '.join(named)}，{''.join(f'每{unit.removeprefix(_PIECE)}' for unit in units)}"


def _factor(term: Any, unit: str) -> str:
    """What is multiplied; a bound that no text sets is not told."""
    bounded = _bounded(term)
    unlimited = bounded is not None and unit == _MONTHS and bounded[1] == UNLIMITED_MONTHS
    return _term(bounded[0] if bounded and unlimited else term)


def _unit(term: Any, facts: Mapping[str, Json]) -> str:
    """The unit of a fact, also where it is kept within bounds."""
    bounded = _bounded(term)
    name = bounded[0] if bounded else term.get("fact") if isinstance(term, Mapping) and set(term) == {"fact"} else term
    return facts.get(name, {}).get("unit") or "" if isinstance(name, str) else ""


def _bounded(term: Any) -> tuple[Any, int] | None:
    """What is counted up to a bound and never below nothing: the term and the bound."""
    inner = term.get("most", ()) if isinstance(term, Mapping) else ()
    if len(inner) == 2 and inner[1] == 0 and isinstance(inner[0], Mapping) and len(inner[0].get("least", ())) == 2:
        base, most = inner[0]["least"]
        return (base, most) if isinstance(most, int) else None
    return None


def _whole(term: Any) -> str:
    """A base that stands alone: without the brackets around several."""
    words = _term(term)
    return words[1:-1] if isinstance(term, Mapping) and any(name in term for name in _JOINED) else words


def _term(term: Any) -> str:
    """A base in words: a fact, a parameter or a number, a share of it, or several taken together."""
    if not isinstance(term, Mapping):
        return str(term)
    if bounded := _bounded(term):
        return f"{_term(bounded[0])}（最多按 {bounded[1]} 计）"
    for name, word in _JOINED.items():
        if name in term:
            return f"（{word.join(map(_term, term[name]))}{_CHOSEN.get(name, '')}）"
    of = _term(term["of"]) if "of" in term else str(term.get("fact") or term["param"])
    return of + (_times(*term["times"]) if term.get("times") else "")


def _times(up: int, down: int) -> str:
    if down > _FINEST:
        return f"（每{written('money', down)}计 {up} 份）"
    return f"的 {percent([up, down])}" if up <= down else f"×{up}/{down}" if down > 1 else f"×{up}"


def _test(test: Json, facts: Mapping[str, Json]) -> str:
    for name, word in (("all", " 且 "), ("any", " 或 ")):
        if name in test:
            return word.join(_test(each, facts) for each in test[name])
    if "not" in test:
        return f"不是（{_test(test['not'], facts)}）"
    fact = facts.get(test["fact"], {})
    name = "" if test["fact"] == "event.kind" else f"{test['fact']} "
    return f"{name}{_OPS[test['op']] if name else ''} {_value(test['value'], fact)}".strip()


def _rounded(number: int) -> str:
    """A large round number as papers write it: 3000万美元, 2万平方米."""
    for size, word in ((100_000_000, "亿"), (10_000, "万")):
        if number >= size and number % size == 0:
            return f"{number // size}{word}"
    return str(number)


def _value(value: Any, fact: Json) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int):
        return wan(value) if fact.get("type") == "money" else f"{_rounded(value)}{fact.get('unit') or ''}"
    if isinstance(value, list):
        return "、".join(_value(each, fact) for each in value)
    return _term(value)
