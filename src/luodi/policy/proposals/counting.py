"""What a sum for each unit is multiplied by: its name, its unit, the months, and how much is paid for at most."""

from __future__ import annotations

import re
from collections.abc import Sequence

from luodi.policy.award_terms import PAYEE
from luodi.policy.awards.words.grades import KEY_WORD
from luodi.policy.proposals.words import LONGEST, Entry, Row, Words, short


def counted_each(rows: Sequence[Row]) -> list[Row]:
    """The kinds of a sum, each with a count of its own: of tiers (50公斤以下每颗, 300公斤以上每颗) the tier is in its name."""
    if len({_counted_name(row) for row in rows}) == len(rows):
        return list(rows)
    return [{**row, "article": f"{row['article']}{row['selector']}"} for row in rows]


_COUNTED_NOUNS = {
    "人": "人|生|员|士|才",
    "名": "人|生|员|士|才",
    "家": "企业|机构|单位|店|基地",
    "项": "项目|产品|标准|专利",
    "件": "专利|产品|商标",
    "台": "设备|机器人|车",
}


def names_counted(words: str, per: str | None) -> str:
    """The noun of what is counted, where a condition is that (企业引进的博士研究生, 每人) and not what the applicant must be."""
    nouns = _COUNTED_NOUNS.get((per or "")[-1:])
    found = re.search(rf"(?:{nouns})\Z", words) if nouns else None
    return found[0] if found else ""


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
    if row["base"]:  # 超过50人的部分
        return f"{row['article']}{row['base']}{_quantity(per)}"
    if counted and names_counted(counted["text"], per):
        own = row["selector"] or ""
        if own in counted["text"]:
            listed = own and "、" in counted["text"]
            if listed and per[-1:] in ("项", "件") and KEY_WORD.fullmatch(own):  # 主导制定国际、国家、行业标准
                return f"{own}{names_counted(counted['text'], per)}"
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
    return f"{row.get('told_apart') or row['article']}{done}{_quantity(per)}"


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


def multiplier(row: Row, words: Words) -> str | Entry:
    """What a per-unit sum is multiplied by; a monthly one (每人每月) by the months too."""
    name, per = _counted_name(row), _counted_in(row["per"] or "个")[1]
    count = _at_most(words.count(short(f"{name}（{per}）"), per), row)
    if row["frequency"] != "monthly":
        return count
    return {"product": [count, {"most": [months_paid(row, words), 0]}]}  # what is multiplied has two bounds


_OWN_LIMIT = re.compile(
    r"(?:(?:单个|每家|每户|每个|每位|同一)(?:企业|单位|主体|机构|法人|传承人|协会|商会|商协会|院校|高校|园区)"
    r"|\A每[家户])[^,。;\d]{0,12}?(?:不超过|最多|至多|限)[^,。;\d]{0,6}"
    r"(?P<most>\d{1,4})(?P<unit>[人名个家件项台套场辆])"
)


def bounds_count(condition: Row, row: Row) -> re.Match[str] | None:
    """``每家企业最多5人`` of a sum for each person, or of a share of what they cost: so many are paid for, and nobody is refused."""
    told = None if condition["fact"] else _OWN_LIMIT.search(condition["text"])
    if told is None:
        return None
    of_cost = row["kind"] in ("rate", "interest") and not re.search("申报|推荐", condition["text"])
    return told if of_cost or (row["kind"] == "per_unit" and row["per"] == told["unit"]) else None


def limit_of(row: Row) -> tuple[int, str] | None:
    """How much of what is paid for at most: the text's limit of a measure, else of what is counted."""
    if row.get("measure_cap"):
        return row["measure_cap"], row["measure"]
    told = next((at for each in row["conditions"] if (at := bounds_count(each, row))), None)
    return (int(told["most"]), told["unit"]) if told else None


def _at_most(count: str, row: Row) -> str | Entry:
    """No more than is paid for (补贴面积最高1000平方米, 每家企业最多5人); of so much a month for each, in each month."""
    limit = limit_of(row)
    return {"least": [count, limit[0]]} if limit and limit[1] == (row["cap_of"] or row["per"]) else count


UNLIMITED_MONTHS = 50 * 12
"""The bound of the months that the text does not limit: products in rules are bounded."""


def months_paid(row: Row, words: Words) -> Entry:
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
