"""Proposed amounts: what the rows of one award pay, and in which case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction

from luodi.policy.award_terms import PAYEE, YEAR_STEP
from luodi.policy.awards.grades import KEY_WORD
from luodi.policy.conditions.phrases import says
from luodi.policy.proposals.words import LONGEST, Entry, Row, Words, compared, short, written
from luodi.quantities.money import find_money


def amount(rows: Sequence[Row], triggered: bool, shared: Sequence[Row], words: Words) -> Entry:
    """One row is its own amount; grades of an event are a list; any other rows are cases, the first that holds."""
    first = rows[0]
    if len(rows) == 1 and not (triggered and first["kind"] == "fixed" and grades(rows)):
        return _single(first, words)
    if of_parts(rows):
        return {"sum": {"parts": [_single({**row, "cap": None}, words) for row in rows]}}
    if len(rows) > 1 and all(is_year_step(row) for row in rows):
        return {"sum": {"parts": [_single(row, words) for row in rows]}}
    if triggered and _one_event_each(rows):
        return {"choose": [
            {"when": {"fact": "event.kind", "op": "=", "value": row["events"][0]}, "amount": _single(row, words)}
            for row in rows
        ]}  # fmt: skip
    if triggered and all(row["kind"] == "fixed" for row in rows) and not _each_measures(rows, shared):
        return {"by_grade": {_grade(row, k): {"fen": row["amount"], "span": row["span"]} for k, row in enumerate(rows)}}
    if not triggered and _counts_apart(rows, shared):
        return {"sum": {"parts": [_single(row, words) for row in _counted_each(rows)]}}
    steps = _thresholds(rows, words)
    if steps is not None:
        return {"choose": steps}
    tests = [_case_test(row, shared, words) for row in rows]
    if None in tests or len({repr(test) for test in tests}) < len(tests):
        options = [_grade(row, k) for k, row in enumerate(rows)]
        name = words.code(short(f"{first['article']}适用档次"), options)
        tests = [{"fact": name, "op": "=", "value": option} for option in options]
    cases = _strictest_first(zip((test or {} for test in tests), rows, strict=True))
    return {"choose": [{"when": test, "amount": _single(row, words)} for test, row in cases]}


def _each_measures(rows: Sequence[Row], shared: Sequence[Row]) -> bool:
    """Whether each row of an event bounds a fact of its own (产值增长15%至30%、30%以上): then no grade of the event tells."""
    return all(
        any(each["unit"] and not any(is_same(each, one) for one in shared) for each in row["conditions"])
        for row in rows
    )


def _strictest_first(cases: Iterable[tuple[Entry, Row]]) -> list[tuple[Entry, Row]]:
    """A case before every other that holds wherever it does: the first that holds pays (1,000 亩以上 before 200 亩以上)."""
    found: list[tuple[Entry, Row]] = []
    for case in cases:
        at = next((k for k, other in enumerate(found) if _implies(case[0], other[0])), len(found))
        found.insert(at, case)
    return found


def _implies(one: Entry, other: Entry) -> bool:
    """Whether each bound of the other is met where the first holds; tests that do not bound imply nothing."""
    bounds = one.get("all", [one])
    return all(any(_within(bound, wider) for bound in bounds) for wider in other.get("all", [other]))


def _within(bound: Entry, wider: Entry) -> bool:
    if bound == wider:
        return True
    if bound.get("fact") != wider.get("fact") or "fact" not in bound or not {bound["op"], wider["op"]} <= _SIDES.keys():
        return False
    if _SIDES[bound["op"]] != _SIDES[wider["op"]]:
        return False
    inner, outer = _number(bound["value"]), _number(wider["value"])
    if inner is None or outer is None:
        return False
    further = (inner - outer) * _SIDES[wider["op"]]
    return further > 0 or (further == 0 and (bound["op"] == wider["op"] or wider["op"].endswith("=")))


_SIDES = {">=": 1, ">": 1, "<=": -1, "<": -1}


def _number(value: object) -> Fraction | None:
    """A bound as a number, a day by its order; None for words."""
    try:
        return Fraction(str(value).replace("-", "")) if isinstance(value, (int, str)) else None
    except ValueError:
        return None


def _one_event_each(rows: Sequence[Row]) -> bool:
    """Whether each row is told by an event of its own (甲证书、乙证书分别给予): then the event is the selector."""
    named = [tuple(row["events"]) for row in rows]
    return len(rows) > 1 and all(len(events) == 1 for events in named) and len(set(named)) == len(named)


def grades(rows: Sequence[Row]) -> list[str]:
    """The grades that the rows of a triggered award pay; none where a selector only repeats the event."""
    if _one_event_each(rows):
        return []
    alone = len(rows) == 1
    return [_grade(row, k) for k, row in enumerate(rows) if not alone or KEY_WORD.match(row["selector"] or "")]


def _thresholds(rows: Sequence[Row], words: Words) -> list[Entry] | None:
    """Rows whose selectors are themselves sums of one fact (首次突破10亿元、50亿元): the highest reached pays."""
    facts = {each["fact"] for row in rows for each in row["conditions"] if each["fact"] and each["unit"] == "fen"}
    sums = [sum_of(row["selector"]) for row in rows]
    if len(facts) != 1 or None in sums or len(rows) < 2:
        return None
    name = words.money(facts.pop())
    ordered = sorted(zip(sums, rows, strict=True), key=lambda pair: -(pair[0] or 0))
    return [{"when": {"fact": name, "op": ">=", "value": fen}, "amount": _single(row, words)} for fen, row in ordered]


def _counts_apart(rows: Sequence[Row], shared: Sequence[Row]) -> bool:
    """Kinds that are counted each by itself (甲产品、乙产品每个分别…): one who has both is paid for both."""
    kinds = {row["selector"] for row in rows}
    alike = all(any(is_same(each, one) for one in shared) for row in rows for each in row["conditions"])
    return (
        alike
        and all(row["kind"] == "per_unit" and says(row["selector"]) and not counts_itself(row) for row in rows)
        and len(kinds) == len(rows)
    )


def _counted_each(rows: Sequence[Row]) -> list[Row]:
    """The kinds of a sum, each with a count of its own: of tiers (50公斤以下每颗, 300公斤以上每颗) the tier is in its name."""
    if len({_counted_name(row) for row in rows}) == len(rows):
        return list(rows)
    return [{**row, "article": f"{row['article']}{row['selector']}"} for row in rows]


def of_parts(rows: Sequence[Row]) -> bool:
    """Shares of the parts of one thing (500万元以下部分按3%,以上部分按2%): each part is paid by its own share."""
    parts = [row["base"] or "" for row in rows]
    return len(rows) > 1 and all(part.endswith("部分") for part in parts) and len(set(parts)) == len(parts)


def is_year_step(row: Row) -> bool:
    """Whether a row is what an award pays in some of its years (第一年, 前三年)."""
    return YEAR_STEP.fullmatch(row["selector"] or "") is not None


def sum_of(selector: str | None) -> int | None:
    """The sum that a selector is, in fen; None where it says anything else."""
    found = find_money(selector or "")
    return found[0].fen if len(found) == 1 and len(selector or "") == found[0].end - found[0].start else None


def is_same(one: Row, other: Row) -> bool:
    """Whether two rows state one condition."""
    return all(one[name] == other[name] for name in ("text", "fact", "op", "value"))


def _case_test(row: Row, shared: Sequence[Row], words: Words) -> Entry | None:
    own = [each for each in row["conditions"] if not any(is_same(each, one) for one in shared)]
    tests = [test for each in own if (test := compared(each, words))]
    if not tests:
        return None
    tests += [written(each, words) for each in own if not compared(each, words)]
    return tests[0] if len(tests) == 1 else {"all": tests}


def _grade(row: Row, k: int) -> str:
    return row["selector"] or f"第{k + 1}档"


_COUNTED_NOUNS = {
    "人": "人|生|员|士|才",
    "名": "人|生|员|士|才",
    "家": "企业|机构|单位|店|基地",
    "项": "项目|产品|标准|专利",
    "件": "专利|产品|商标",
    "台": "设备|机器人|车",
}


def names_counted(words: str, per: str | None) -> bool:
    """Whether a condition is what is counted (企业引进的博士研究生, 每人) and not what the applicant must be."""
    nouns = _COUNTED_NOUNS.get((per or "")[-1:])
    return nouns is not None and re.search(rf"(?:{nouns})\Z", words) is not None


def counted_by(row: Row) -> Row | None:
    """The condition that names what a per-unit sum counts (企业全职引进的博士研究生, 每人)."""
    start, end = row["sentence"] or row["span"]
    return next((each for each in row["conditions"] if not each["fact"] and start <= each["span"][0] < end), None)


_OF_UNIT = {
    "立方米": "体积",
    "公里": "里程",
    "亩": "面积",
    "米": "面积",
    "人": "人数",
    "名": "人数",
    "家": "家数",
    "户": "户数",
    "台": "台数",
}


def measured(row: Row, words: Words) -> str | Entry:
    """What is counted under a maximum for each unit of a measure; of so much a month for each (平方米/月) area times months."""
    measure, counted = row["cap_of"].partition("/")[0], row["cap_of"].replace("/", "·")
    return _at_most(words.count(short(f"{row['article']}补助{_quantity(measure)}（{counted}）"), counted), row)


def _counted_name(row: Row) -> str:
    """What a per-unit sum asks for: the condition that names it, else what the unit measures of the award."""
    counted, (done, per) = counted_by(row), _counted_in(row["per"] or "")
    if counted and names_counted(counted["text"], per):
        own = row["selector"] or ""
        if own in counted["text"]:
            listed = own and "、" in counted["text"]
            return str(own if listed else counted["text"])  # 引进的硕士、博士分别按每人: each by itself
        if re.search(r"[\d年]", own):
            return str(counted["text"])
        if names_counted(own, per):
            return str(own)  # 对引进的人才,博士后人员每人A、硕士研究生每人B
    if row["selector"] and not re.search(rf"\d|{PAYEE}\Z", row["selector"]):
        done = "补助" if done in row["selector"] else done
        named = f"{row['selector']}{done}{_quantity(per)}"  # 黄埔区 is no number of persons
        plain = names_counted(row["selector"], per) or len(f"{named}（{per}）") > LONGEST
        return str(row["selector"]) if plain else named
    return f"{row['article']}{done}{_quantity(per)}"


# 培育1家, 新增1户; not 高于1个百分点, which is a step of what is measured.
_FOR_ONE = re.compile(
    r"(?!达到|[高低]于|[超满上]|增[加长]|[提升]高|上升|下降|降低)(?P<done>[一-鿿]{1,6}?)(?:1|一)(?=[一-鿿])"
)


def _counted_in(per: str) -> tuple[str, str]:
    """What is done with each one, and its unit: ``培育1家`` counts what is 培育 in 家."""
    told = _FOR_ONE.match(per)
    done = told["done"] if told and len(told["done"]) > 1 else "补助"
    return done, per[told.end() :] if told else per


def _quantity(unit: str) -> str:
    return _OF_UNIT.get(unit) or _OF_UNIT.get(unit[-1:], "数量")


def _count(row: Row, words: Words) -> str | Entry:
    """What a per-unit sum is multiplied by; a monthly one (每人每月) by the months too."""
    name, per = _counted_name(row), _counted_in(row["per"] or "个")[1]
    count = _at_most(words.count(short(f"{name}（{per}）"), per), row)
    if row["frequency"] != "monthly":
        return count
    return {"product": [count, {"most": [_months(row, words), 0]}]}  # what is multiplied has two bounds


_OWN_LIMIT = re.compile(
    r"(?:单个|每家|每户|每个|每位|同一)(?:企业|单位|主体|机构|法人|传承人)[^,。;\d]{0,12}?(?:不超过|最多|至多|限)[^,。;\d]{0,6}"
    r"(?P<most>\d{1,4})(?P<unit>[人名个家件项台场辆])"
)


def bounds_count(condition: Row, row: Row) -> re.Match[str] | None:
    """``每家企业最多5人`` of a sum for each person, or of a share of what they cost: so many are paid for, and nobody is refused."""
    told = None if condition["fact"] else _OWN_LIMIT.search(condition["text"])
    if told is None:
        return None
    of_cost = row["kind"] in ("rate", "interest") and not re.search("申报|推荐", condition["text"])
    return told if of_cost or (row["kind"] == "per_unit" and row["per"] == told["unit"]) else None


def _limit(row: Row) -> tuple[int, str] | None:
    """How much of what is paid for at most: the text's limit of a measure, else of what is counted."""
    if row.get("measure_cap"):
        return row["measure_cap"], row["measure"]
    told = next((at for each in row["conditions"] if (at := bounds_count(each, row))), None)
    return (int(told["most"]), told["unit"]) if told else None


def _at_most(count: str, row: Row) -> str | Entry:
    """No more than is paid for (补贴面积最高1000平方米, 每家企业最多5人); of so much a month for each, in each month."""
    limit = _limit(row)
    return {"least": [count, limit[0]]} if limit and limit[1] == (row["cap_of"] or row["per"]) else count


UNLIMITED_MONTHS = 50 * 12
"""The bound of the months that the text does not limit: products in rules are bounded."""


def _months(row: Row, words: Words) -> Entry:
    """The months that are paid, no more than the text grants; those of one year where a cap binds the year."""
    months = words.count(f"{row['article']}享受月数", "个月")
    years = 1 if row["cap"] and row["cap_period"] == "year" else row["years"]
    return {"least": [months, row.get("months") or (12 * years if years else UNLIMITED_MONTHS)]}


def counts_itself(row: Row) -> bool:
    """``每家奖励20万元``: each firm is paid the sum; not ``每引进1家``, nor the firms of somebody else (街道,每家2万元)."""
    others = any(_HOLDS_OTHERS.search(each["text"]) for each in row["conditions"])
    return (
        row["per"] == "家"
        and row["cap"] is None
        and not others
        and _FIRM.search(row["recipient"] or "企业") is not None
    )


_FIRM = re.compile(r"(?:企业|单位|机构|工厂|公司|合作社|农场|民宿|酒店|饭店|旅行社)\Z")
_HOLDS_OTHERS = re.compile(
    r"(?:街道|乡镇|镇|村|社区|平台|孵化器|载体|园区|楼宇|协会|商会|基地|服务机构|中介)(?:运营[^,。;]{0,4})?\Z|引进|招引|培育|孵化|引荐|推荐|服务"
)


def _base(row: Row) -> str:
    """What the share is taken of; of support of interest the text often tells only the rate by which it is reckoned."""
    told = row["base"] or ""
    if row["kind"] == "interest" and not told:
        return "贷款利息" if Fraction(*row["rate"]) > _A_RATE_OF_INTEREST else "贷款金额"
    return f"按{told}计算的利息" if told.endswith(("利率", "LPR")) else told or f"{row['article']}补助基数"


_A_RATE_OF_INTEREST = Fraction(1, 10)  # 按年利率2%贴息 is of the loan, 按50%贴息 of its interest


def _single(row: Row, words: Words) -> Entry:
    span = row["span"]
    match row["kind"]:
        case "case":
            return {"case": True}
        case "fixed" if row["frequency"] == "monthly":
            return {"per_unit": {"count": _months(row, words), "fen": row["amount"], "cap": None, "span": span}}
        case "fixed":
            return {"fixed": {"fen": row["amount"], "span": span}}
        case "per_unit" if counts_itself(row):
            return {"fixed": {"fen": row["amount"], "span": span}}
        case "rate" | "interest" if row["rate"] is not None:
            base = _base(row)
            base = short(f"{row['selector']}{base}" if is_year_step(row) else base)
            if limit := _limit(row):
                bound = f"（限{limit[0]}{limit[1]}）"
                base = f"{short(base, LONGEST - len(bound))}{bound}"
            base = words.money(base)
            cap = None if row.get("cap_of") else row["cap"]
            return {"rate": {"rate": row["rate"], "base": base, "cap": cap, "floor": row["floor"], "span": span}}
        case "per_unit":
            return {"per_unit": {"count": _count(row, words), "fen": row["amount"], "cap": row["cap"], "span": span}}
        case "range":
            return {"range": {"floor": row["floor"], "cap": row["cap"], "span": span}}
    return {"capped": {"cap": row["cap"], "span": span}}
