"""How proposed rules limit one another: ceilings over several awards, raised sums, what the text says of stacking."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from luodi.policy.proposals.amount import of_parts
from luodi.policy.proposals.counting import measured
from luodi.policy.proposals.reach import Reach, is_named, named, overlap, spoken_of_rules, told_apart
from luodi.policy.proposals.words import Entry, Row, Words
from luodi.policy.spoken_of import reference

_ELSEWHERE = "同一事项已获其他财政资金"
_BY_INCREASE = {"ambiguity": None, "when": None, "strict": "difference", "generous": "difference", "per": ["kind"]}
_CEILING = re.compile(r"(?:上限|限额|[与和及、]?[^,。;]*(?:合计|总计|之和))\Z")
_OF_ALL = re.compile(r"总[^,。;]{0,6}(?:上限|限额)\Z")  # 总补贴上限:3年内最高10万元
_OF_UNIT = re.compile(r"(?:单[个家]|每[个家户]|同一)(?:企业|单位|机构|主体)")
_SUMS = ("per_unit", "rate", "interest")
_GROUP_CAPS = ("累计", "年度", "合计", "总额")


def is_group_cap(row: Row, benefits: Sequence[Row]) -> bool:
    """A ceiling over several awards (同一企业年度累计不超过…, 每家企业每年限额…): no award of its own."""
    if row["kind"] != "capped":
        return False
    if row.get("cap_speaks_of"):
        return True
    raised = [one for one in benefits if one["article"] == row["article"] and one["award"] == row.get("instead_of")]
    if any(one is not row and is_group_cap(one, benefits) for one in raised):
        return True  # 年度不超过500万元,获得国家专项的可放宽至800万元
    told = [each for one in benefits if _paid_beside(one, row) for each in one["conditions"]]
    own = [
        each
        for each in row["conditions"]
        if row["sentence"] and overlap(each["span"], row["sentence"]) and each not in told
    ]
    of_unit = _OF_UNIT.fullmatch(row["selector"] or "") and any(
        one["kind"] == "capped" and _paid_beside(one, row) for one in benefits
    )
    named = row["selector"] and not of_unit
    nothing_of_its_own = not (named or row["events"] or own) and row["cap_per"] == "unit"
    ceiling = row["selector"] is not None and _CEILING.search(row["selector"]) is not None
    beside = any(
        one["article"] == row["article"] and (one["kind"] != "capped" or _paid_beside(one, row)) for one in benefits
    )
    if row["selector"] and _OF_ALL.search(row["selector"]):
        beside = any(one["article"] == row["article"] and one is not row for one in benefits)
    if row.get("cap_of"):
        return beside
    return row["selector"] in _GROUP_CAPS or ((nothing_of_its_own or ceiling) and beside)


def _paid_beside(one: Row, row: Row) -> bool:
    """Whether one is paid by the clause of a maximum for each unit: a sum, or less for each thing (单个产品最高A,单个企业最高B)."""
    if one is row or one["sentence"] != row["sentence"] or (one["amount"] or 0) > row["cap"]:
        return False
    if one["kind"] != "capped":
        return True
    return bool(one["cap_per"] != row["cap_per"] == "unit" and one["cap"] < row["cap"])


def cap_groups(rules: Sequence[Entry], caps: Sequence[Row], words: Words, headings: Mapping[str, str | None]) -> None:
    """Lay every ceiling over the rules that it bounds."""
    for row in caps:
        if row.get("instead_of"):
            continue  # raised for some: the usual ceiling stays the sure one
        bound = [rule for rule in bounded(row, rules, headings) if "case" not in rule["amount"]]
        if bound and row["cap"]:
            yearly = row["frequency"] == "annual" or row["selector"] == "年度" or row["cap_period"] == "year"
            ids = [rule["id"] for rule in bound]
            cap = {"per": "year" if yearly else "unit", **_bound(row, words), "rules": ids}
            if cap not in bound[0]["caps"]:
                bound[0]["caps"].append(cap)


def shared_caps(rules: Sequence[Entry], groups: Sequence[Sequence[Row]]) -> None:
    """A maximum for one recipient that is told once behind the sums for several things bounds what they come to.

    ``简易大棚每亩A,连栋大棚每亩B,单个主体最高C``: who builds both is paid C at most.
    """
    told: dict[tuple[int, ...], list[tuple[Entry, Row]]] = {}
    for rule, (row, *_) in zip(rules, groups, strict=True):
        if (
            row["cap"]
            and row["cap_per"] == "unit"
            and row["kind"] in _SUMS
            and not (row["cap_of"] or row["instead_of"])
        ):
            told.setdefault(tuple(row["cap_span"]), []).append((rule, row))
    for several in told.values():
        rule, row = several[0]
        ids = [one["id"] for one, _ in several]
        if len(ids) > 1 and all(row["cap"] == one["cap"] for _, one in several):
            per = "year" if row["cap_period"] == "year" else "unit"
            rule["caps"].append({"per": per, "fen": row["cap"], "rules": ids})


def bounded(row: Row, awards: Sequence[Entry], headings: Mapping[str, str | None]) -> Sequence[Entry]:
    """The awards that a ceiling bounds."""
    return spoken_of_rules(Reach(row, awards, row.get("cap_speaks_of") or "", headings, whole=_of_paper(row, awards)))


def _of_paper(row: Row, awards: Sequence[Entry]) -> bool:
    """Whether the ceiling of an article that pays nothing is one of the whole paper: it names one recipient or a year.

    Where articles before it and behind it pay, it is that of an item whose own awards were not read (夫妻…合计不超过A).
    """
    if not (row["cap_per"] or row["cap_period"] == "year"):
        return False
    starts = [one["span"][0] for one in awards if one["article"].startswith("附") == row["article"].startswith("附")]
    return not any(at < row["span"][0] for at in starts) or not any(at > row["span"][0] for at in starts)


def own_caps(rows: Sequence[Row], triggered: bool, words: Words) -> list[Entry]:
    """A cap that binds a unit (同一企业) holds for all its events together, not for each; one for each square metre by the area.

    The maximum that is told of the parts of one thing bounds what they come to.
    """
    first = next((row for row in rows if row["cap"] is not None), rows[0]) if of_parts(rows) else rows[0]
    together = of_parts(rows) or (triggered and first.get("cap_per") == "unit")
    if first["cap"] is None or not (first.get("cap_of") or together):
        return []
    per = "year" if first["cap_period"] == "year" else "unit"
    rule = f"{first['article']}#{first['award']}"
    return [{"per": per, **_bound(first, words), "rules": [rule], "span": first["cap_span"]}]


def _bound(row: Row, words: Words) -> Entry:
    """A sum, or so many times that as there are units of a measure (每平方米不超过A)."""
    if not row.get("cap_of"):
        return {"fen": row["cap"]}
    counted = measured(row, words)
    return {"at_most": {"fact" if isinstance(counted, str) else "of": counted, "times": [row["cap"], 1]}}


def raise_sums(rules: Sequence[Entry], benefits: Sequence[Row]) -> None:
    """A raised sum is paid in place of the usual one, and while nobody knows who gets it the usual one is sure.

    Plain sums come to the raised one together at most; of others the higher is paid. A maximum that is told of the usual
    share holds for the raised one too, unless that has its own.
    """
    known = {rule["id"]: rule for rule in rules}
    for row in benefits:
        usual = f"{row['article']}#{row.get('instead_of')}"
        raised = f"{row['article']}#{row['award']}"
        if usual not in known or raised not in known:
            continue
        if row["kind"] == "fixed" and not known[usual]["trigger"] and "fixed" in known[usual]["amount"]:
            known[raised]["caps"].append({"per": "unit", "fen": row["amount"], "rules": [usual, raised]})
        else:
            known[usual]["exclusive"] = known[raised]["exclusive"] = usual
        first, second = (known[name]["amount"].get("rate") for name in (usual, raised))
        if first and second and second["cap"] is None:
            second["cap"] = first["cap"]


def stack(rules: Sequence[Entry], stackings: Sequence[Row], words: Words, headings: Mapping[str, str | None]) -> None:
    """Lay the text's rules of stacking over the awards that they speak of.

    就高 and 补差 of an article count repeated events of one kind by what they add; a rule that speaks of other money asks what was
    received for the same matter elsewhere, and shows it.
    """
    for row in stackings:
        if row["rule"] == "cumulative":
            continue
        note = row["text"]
        at = Reach(row, rules, note, headings, whole=True)
        own = [rule for rule in rules if rule["article"] == row["article"] and row["scope"] != "document"]
        told = (
            own if _OF_CHOICE.match(note) else named(at) or (spoken_of_rules(at) if _FROM_OTHERS.search(note) else [])
        )
        spoken = [rule for rule in told if "case" not in rule["amount"]]
        if _one_alone(row, spoken):
            each = _OF_CHOICE.match(note) or _OF_ONE_AWARD.search(note)
            sets = [[rule] for rule in spoken] if each else told_apart(at)
            paying = [[rule for rule in one if rule in spoken] for one in sets]
            _keep_one(row, [one for one in paying if one], words)
            continue
        called = _PAYMENT_CALLED.match(note)
        meant = [rule for rule in rules if is_named(called["name"], rule, headings)] if called else rules
        for rule in meant:
            if "case" in rule["amount"]:
                continue
            if row["scope"] == "document" or (rule in spoken and _OTHER_MONEY.search(note)):
                rule.setdefault("elsewhere", {"fact": words.money(_ELSEWHERE), "note": note})
            elif rule["article"] == row["article"] and rule["trigger"] and row["rule"] != "exclusive":
                rule["readings"].append(_BY_INCREASE | {"note": note})


# 生活费补贴政策每人每年只享受一次,且不可同时领取失业保险金
_PAYMENT_CALLED = re.compile(
    r"(?P<name>(?!本|该|同[一类]|各|以上|上述|其[他它]|上级|国家|财政)[一-鿿]{2,8}?(?:补[贴助]|津贴|奖励))(?:政策|资金)?"
    r"(?=每[人家户年个]|[只仅不]|(?:不[得可能]|可)?与)"
)
# 同一企业只能择一享受甲奖励或乙奖励
_OF_CHOICE = re.compile(
    r"(?:同一(?:企业|单位|项目|机构|主体)|企业|单位)?,?(?:只能|仅可|可)?(?:择一|任选其一)[^,。;]{0,4}(?:享受|申报|申请|执行)[^,。;]*或"
)
_BESIDE = re.compile(r"同时|择一|任选其一|兼得|[只仅](?:能|可)?(?:选择|选|享受|申[报请领])(?:其中)?[一1][项条类种]")
_OF_ONE_AWARD = re.compile(r"[只仅限](?:能|可)?(?:选择|选|享受|申[报请领])(?:其中)?[一1]项")
_TWICE = re.compile(r"重复|叠加|兼得|[就从]高")
_TOLD_APART = re.compile(r"第|[(]|[前上][款条项]|[两二三四五六七八九十\d]")
_MAY_BOTH = re.compile(r"(?<!不)可以?(?:与[^,。;]{2,20})?(?:重复|叠加|同时)")
_OTHERS = re.compile(r"国家|上级|其[他它]|各级|[省市区县]级|其他")
# 同一项目已获得上级资金支持的,不重复支持
_FROM_OTHERS = re.compile(r"(?:其[他它]|上级|中央|国家)[^,。;]{0,8}(?:资金|政策|奖|补|扶持)")
_OTHER_MONEY = re.compile(
    r"(?:其[他它]|上级|中央|国家|各级|[省市区县]级?财政)[^,。;]{0,8}(?:资金|政策|奖|补|扶持|支持)"
)


def _keep_one(row: Row, sets: Sequence[Sequence[Entry]], words: Words) -> None:
    """Pay one of several sets: the highest of single awards; of sets that pay several, whoever takes the one must say that he has not the other.

    What a set pays (several years, a base and what tops it up) comes together, so that its awards are in no group.
    """
    awards = [rule for one in sets for rule in one]
    if len(sets) < 2:
        return
    if all(len(one) == 1 or len({rule.get("exclusive", rule["id"]) for rule in one}) == 1 for one in sets):
        groups = {rule["exclusive"] for rule in awards if "exclusive" in rule}
        for rule in awards:
            rule["exclusive"] = min(groups, default=awards[0]["id"])
        return
    for one in sets:
        own = {rule["article"] for rule in one}
        others = [rule for rule in awards if rule not in one]
        named = dict.fromkeys(rule["title"] if rule["article"] in own else rule["article"] for rule in others)
        text = f"已享受{'、'.join(named)}的奖补"
        for rule in one:
            test = {"fact": words.boolean(text, refused=True), "op": "=", "value": False}
            told = {"text": text, "article": row["article"], "span": row["span"], "implied": False, "mode": "ask"}
            rule["conditions"].append({"id": f"c{len(rule['conditions']) + 1}", **told, "test": test})


def _one_alone(row: Row, spoken: Sequence[Entry]) -> bool:
    """Whether one alone is paid of awards that are named one by one.

    ``以上2项不能同时享受``, ``第(一)、(二)项只能享受一项``, ``第三条、第五条不重复享受``; ``以上奖励不重复享受`` says it of each.
    """
    words = row["text"]
    if (
        len(spoken) < 2
        or row["rule"] not in ("exclusive", "highest")
        or _OTHERS.search(words)
        or _MAY_BOTH.search(words)
    ):
        return False
    twice = _TWICE.search(words) and _TOLD_APART.search(reference(words))
    return bool(twice or _BESIDE.search(words))
