"""Sums of a passage → rows: what each number pays, and which cap bounds it."""

from __future__ import annotations

import re
from dataclasses import replace

from luodi.policy import award_terms as terms
from luodi.policy.awards.caps.base_limits import bind_base_limits
from luodi.policy.awards.caps.binding import bind_cap
from luodi.policy.awards.numbers.number_groups import Sum
from luodi.policy.awards.roles.cases import CASE_OF_CLASS
from luodi.policy.awards.roles.sums import find_sums
from luodi.policy.awards.rows.floors import bind_least, bind_span, bind_topped_up
from luodi.policy.awards.rows.headlines import drop_spanned
from luodi.policy.awards.rows.keyed_rows import paired_rows
from luodi.policy.awards.rows.row import Assembly, Row, Unpaired, count_of, counted_per, set_time
from luodi.policy.awards.rows.wholes import (
    drop_headlines,
    is_part,
    is_part_of_whole,
    is_part_of_year,
    is_stage,
    name_stages,
)
from luodi.policy.awards.share_rows import bind_or_add, share_rows
from luodi.policy.awards.times.durations import spread_terms, year_of
from luodi.policy.awards.times.time_steps import set_time_steps
from luodi.policy.awards.words.grades import GRADE_WORDS, KEY_WORD
from luodi.policy.awards.words.periods import ONCE_BEHIND_LIST, STAGED, Frequency, find_terms
from luodi.policy.awards.words.tiers import thresholds
from luodi.policy.passages import Passage

_OF_LIST = re.compile(
    rf"[^,。;、\d]{{2,8}}(?:费|{terms.KIND})[和及](?:每[月年])?(?!总|累计|合计)|{terms.KIND}(?:企业|单位|机构|院校|个人)、"
    rf"|[、和及](?!总|累计|合计)(?:[^,。;、\d]{{0,6}}{terms.KIND}金?|[^,。;、\d]{{0,2}}[增存]量)"
)
# 智能温室补助200元/平方米、普通温室100元: the next key alone before its sum.
# 每新增1个补1万元,续展1个补1万元: counted one by one too.
_ONE_MORE = re.compile(rf"[,、;][^,。;:、\d每]{{2,8}}[1一][个项件家](?:{terms.KIND}|给予)")
_NEXT_OF_LIST = re.compile(rf"[、和及](?!总|累计|合计|另|再|每)(?:(?!{terms.KIND})[^,。;:、\d]){{2,8}}")
_EACH_TIME_HEAD = re.compile(r"每[人户家生名]每(?P<time>[月年])[^,。;:\d]{0,16}:[^:]*\Z")
# 每人1500元,一次性发放
# 给予本科2万元,博士8万元的一次性补贴: said of the last, and meant for all of the list.
_ONCE_AFTER = re.compile(rf"{ONCE_BEHIND_LIST}|(?:,[^,。;:、\d]{{2,8}}[\d.]+[万亿]?元)+的一次性")
# 2. 一次性生育补贴: what the article is about.
_ONCE_TITLED = re.compile(rf"[^,。;:]{{0,4}}一次性[^,。;:]{{0,8}}{terms.KIND}")
_SHORT_KEY_BETWEEN = re.compile(
    r"(?:[^,。;、\d]{0,6}(?:补贴|补助|津贴|生活费))?[,、](?!另|再|并)[^,。;:、\d]{2,8}(?<!补贴)(?<!补助)(?<!奖励)(?<!资助)(?<!费)"
)
# A类一次性奖励20万元,B类10万元: the next grade alone before its sum.
_NEXT_GRADE = re.compile(rf"[,、](?:{GRADE_WORDS})")
_CASE_BETWEEN = re.compile(rf",(?!另|再|并)(?:(?!{terms.KIND}|给予|每)[^,。;:、\d]){{2,16}}的,?")
# 按每人1000元给予一次性补贴;属于就业困难人员的,每人2000元
_NEXT_CASE = re.compile(r"[^,。;\d]*;(?!另|再|并)[^,。;:、\d]{2,16}的,?(?:每[一-鿿])?")
# Grades of one award are of one size: 每人补贴1万元;设立站点的50万元 are two awards.
_ALIKE = 10
# 每篇奖励10万元;5≤IF<10的5万元
_NEXT_TIER = re.compile(r"[^,。;\d]{0,4};[^,。;:、]{2,16}的,?(?:分别(?:给予|奖励|补助|补贴|资助))?")
# 每引进1名年薪100万元以上的奖励5万元;年薪50万元至100万元的,奖励2万元
# 按每人1000元给予企业一次性奖励;满12个月的,再给予1000元: more for the same.
_MORE_FOR_EACH = re.compile(r"[^,。;\d]{0,12};[^,。;:、]{2,16}的,再(?:给予|奖励|补助|补贴)")
_TIER_TOO = re.compile(r"[^,。;\d]{0,4};([^,。;:]{2,24})的,?(?:给予|奖励|补助|补贴|资助)?")
# 20万元/年: a time is nothing that is counted.
# 二孩家庭每平方米补贴100元,三孩家庭补贴200元: measured alike, the verb said again.
_NEXT_MEASURED = re.compile(r",(?!另|再|并|其中)[^,。;:、元每]{2,8}(?:补贴|补助|奖励)")
# 每人补贴3万元,其中博士5万元: more than all have is no part of it.
_SOME_OF_THEM = re.compile(r",其中,?(?:对于?)?[^,。;:、元]{2,10}")
_MEASURES = re.compile(r"平方米|平米|立方米|亩|吨|千瓦时?|公里|度|斤|公斤")
_SPANS = ("年", "月", "季度", "学年", "学期")
_BY_MONTH = re.compile(r"(?:按月|每月)(?:发放|发给|给予|补贴|补助|支付|计发)(?:[^,。;:\d]{0,10})?:\Z")
_KEY_OF_LIST = re.compile(r",(?:\d{4}年\d{1,2}月\d{1,2}日|[^,。;:、\d]){2,16}")
# 博士每人奖励5万元,硕士2万元: a name alone before the next sum.
# 每人补贴3万元;其中,博士5万元
_AMONG_THEM = re.compile(r"[^,。;\d]{0,8};其中,?(?:对于?)?[一-鿿]{2,8}")
_SHORT_KEY = re.compile(
    rf",(?!其中|另|再|并|累计|总额|[^,]*(?:{terms.KIND}|最高|不超过|给予|一次性|每|[再另][奖给补]))"
    rf"(?:[一-鿿]{{2,6}}(?:\([A-Z]{{1,8}}\))?|\d+(?:[—~至-]\d+)?[一-鿿]{{1,2}}(?:以[上下内])?)"
)
# 三年内分别奖励, 连续三年分别给予: a sum for each of so many years.
_EACH_YEAR = re.compile(
    r"(?:连续|前|头|分)?(?P<years>[一二两三四五六3-6])年(?:内|度)?(?:每年)?(?:分别|依次)[^,。;\d]{0,6}\Z"
)


def assemble(passage: Passage, beside: str = "") -> tuple[list[Row], list[Unpaired]]:
    """The rows of a passage in text order, and the lists that could not be paired; ``beside`` as in :class:`Assembly`."""
    assembly = Assembly(passage, beside)
    for one in find_sums(passage):
        if one.bracketed and one.items[0].key and one.role != "cap" and assembly.rows:
            _beside(assembly, one)
        elif one.role == "amount":
            _amount(assembly, one)
        elif one.role == "rate":
            share_rows(assembly, one)
        elif one.role == "ceiling":
            bind_or_add(assembly, one)
        elif one.role == "cap" and one.items[0].fen is None:
            continue  # 息:按年利率2%(甲3%): a share in a remark on nothing that is paid bounds nothing
        elif one.role == "cap":
            if is_stage(assembly, one) or not is_part(assembly, one):
                bind_cap(assembly, one)
        else:
            assembly.rows.append(_case(assembly, one))
    for row in assembly.rows:
        of_class = CASE_OF_CLASS.fullmatch(row.sum.left) if row.kind == "case" else None
        if of_class and any(_is_beside(row, other) for other in assembly.rows if other is not row):
            row.selector = of_class["who"]
    drop_headlines(assembly)
    drop_spanned(assembly)
    name_stages(assembly)
    set_time_steps(assembly)
    spread_terms(assembly)
    _times_by_lead_in(assembly)
    bind_base_limits(passage, assembly.rows)
    return assembly.rows, assembly.unpaired


def _is_beside(case: Row, other: Row) -> bool:
    """Whether another class has a sum in the sentence of a case, or in the one beside it (A类人才一事一议。B类人才…)."""
    return other.sentence == case.sentence or (abs(other.sentence - case.sentence) == 1 and other.kind != "case")


def _case(assembly: Assembly, one: Sum) -> Row:
    """``给予最高500万元资助,采取一事一议方式确定``: the maximum told before is the case's."""
    row = Row("case", one, one.items[0])
    before = assembly.rows[-1] if assembly.rows else None
    if before and before.kind == "capped" and before.clause == one.phrase.clause and not before.selector:
        assembly.rows.pop()
        row.cap, row.frequency = before.cap, before.frequency
    return row


def _amount(assembly: Assembly, one: Sum) -> None:
    before = [row for row in assembly.rows if row.sentence == one.phrase.sentence]
    if (
        is_part(assembly, one)
        or is_part_of_whole(assembly, one)
        or is_part_of_year(assembly, one)
        or bind_span(assembly, one)
        or bind_least(assembly, one)
        or bind_topped_up(assembly, one)
    ):
        return
    if before and STAGED.search(before[-1].sum.right + before[-1].sum.left) and before[-1].clause == one.phrase.clause:
        assembly.rows.remove(before[-1])
    listed_after = _listed_after(assembly, one)
    for row in paired_rows(assembly, one, "range" if one.is_range else "fixed"):
        if row.item.low is not None:
            row.floor, row.cap = row.item.low, row.item.fen
        else:
            row.amount = row.item.fen
            above = listed_after or _listed_after(assembly, one)
            by_year = _EACH_YEAR.search(one.left)
            if by_year and row.keys is None and not row.item.key and count_of(by_year["years"]) == len(one.items):
                row.selector = row.selector or year_of(row)
            row.per = row.item.per or counted_per(assembly.passage, one) or (above.per if above else None)
            row.per = row.per or _counted_like_keys(assembly, row)
            row.kind = "per_unit" if row.per else "fixed"
        told, text = assembly.passage.lead_in + assembly.told(one), assembly.passage.text
        set_time(row, one, told, text[: one.start], text[one.end :])
        if row.frequency is None and _ONCE_AFTER.match(assembly.passage.text, one.phrase.end):
            row.frequency = "once"
        if row.kind == "per_unit" and row.frequency is None:
            row.frequency = above.frequency if above else _by_head(assembly, one)
        row.frequency = row.frequency or _goes_on(assembly, one) or _by_lead_in(assembly, row)
        row.frequency = row.frequency or ("once" if _ONCE_TITLED.match(assembly.passage.heading) else None)
        if row.per in _SPANS:
            row.per = counted_per(assembly.passage, one)
            row.kind = "per_unit" if row.per else "fixed"
        assembly.rows.append(row)


def _counted_like_keys(assembly: Assembly, row: Row) -> str | None:
    """``单个品种分别给予A、B(Ⅰ期),C、D(Ⅱ期)``: the values of a second list by the keys of the first are counted like those."""
    last = assembly.rows[-1] if assembly.rows and row.keys else None
    return last.per if last and last.keys is row.keys and last.clause == row.clause and not row.sum.left else None


def _goes_on(assembly: Assembly, one: Sum) -> Frequency | None:
    """``博士每月补贴2000元,硕士1000元``, ``考入本科的一次性奖励6000元,考入大专的4000元``: how often, told once for a list of keys."""
    last = assembly.rows[-1] if assembly.rows else None
    if last is None or last.sentence != one.phrase.sentence or one.gives is False:
        return None
    between = assembly.passage.text[last.sum.end : one.start]
    if last.clause != one.phrase.clause:
        next_case = last.frequency == "once" and not one.right and _NEXT_CASE.fullmatch(between)
        return "once" if next_case else None
    if last.frequency == "monthly" and _SHORT_KEY_BETWEEN.fullmatch(between):
        return "monthly"
    if last.frequency == "once" and not one.right and _NEXT_GRADE.fullmatch(between):
        return "once"
    return "once" if last.frequency == "once" and _CASE_BETWEEN.fullmatch(between) and not one.right else None


def _times_by_lead_in(assembly: Assembly) -> None:
    """How long each yearly or monthly sum of a list is paid, and that its shares fall due every year, by the words above it.

    ``可享受为期三年的补贴,标准如下:``, ``连续5年按贡献给予奖励。其中:``
    """
    told = find_terms(assembly.passage.lead_in)
    if len(told) != 1:
        return
    open_rows = [
        row
        for row in assembly.rows
        if row.kind == "interest" or (row.amount and row.frequency in ("annual", "monthly"))
    ]
    if all(row.years is None for row in open_rows):
        for row in open_rows:
            row.years = told[0].years
    if told[0].reach == "yearly" and all(row.frequency is None and row.years is None for row in assembly.rows):
        for row in assembly.rows:
            if row.rated:
                row.frequency, row.years = "annual", told[0].years


def _by_lead_in(assembly: Assembly, row: Row) -> Frequency | None:
    """``租房补贴按以下标准按月发放:`` above a list: how often each of its plain sums is paid."""
    return "monthly" if row.kind == "fixed" and _BY_MONTH.search(assembly.passage.lead_in) else None


def _beside(assembly: Assembly, one: Sum) -> None:
    """``按8%(智能化项目10%)``, ``给予50万元、20万元(20万元、10万元)``: the rows just told once more, with the values for those whom a remark names."""
    ends = [row.item.end for row in assembly.rows if row.item.end <= one.start]
    alone = len(one.items) == 1 and bool(ends)
    told = (
        [row for row in assembly.rows if row.item.end == max(ends)][-1:] if alone else assembly.rows[-len(one.items) :]
    )
    if any(row.rated != (one.items[0].rate is not None) for row in told):
        return  # a sum in brackets is no other value of a share that stands before it
    if alone and len(told[0].sum.items) > 1 and told[0].cap is None:
        _beside_one_of_list(assembly, told[0], one)
        return
    if len({id(row.sum) for row in told}) != 1 or len(told[0].sum.items) != len(one.items) or told[-1].cap is not None:
        return
    shared = len(one.items) > 1 and len({item.key for item in one.items}) == 1
    for row, item in zip(told, one.items, strict=True):
        value = {"amount": item.fen} if one.role == "amount" else {"rate": item.rate}
        level = KEY_WORD.match(row.selector or "")
        key = f"{level[0] if level else row.selector}{item.key}" if shared and row.selector else item.key
        assembly.rows.append(replace(row, sum=one, item=item, selector=key, keys=None, **value))


def _beside_one_of_list(assembly: Assembly, row: Row, one: Sum) -> None:
    """``100万元、50万元(分站30万元)、20万元``: the row of one value of a list once more, with the value of the remark behind it."""
    item = one.items[0]
    value = {"amount": item.fen} if one.role == "amount" else {"rate": item.rate}
    at = next(place for place, other in enumerate(assembly.rows) if other is row)
    assembly.rows.insert(at + 1, replace(row, sum=one, item=item, selector=item.key, keys=None, **value))


def _by_head(assembly: Assembly, one: Sum) -> Frequency | None:
    """``每户每月标准为:第一年A元``: how often the sums of a list are paid that its head introduces."""
    start, _ = assembly.passage.stretch(clause=one.phrase.clause)
    at = _EACH_TIME_HEAD.search(assembly.passage.text, start, one.start)
    return None if at is None else "monthly" if at["time"] == "月" else "annual"


def _listed_after(assembly: Assembly, one: Sum) -> Row | None:
    """``给予每人安家补助30万元、购房补贴20万元``, ``每人奖励5万元,硕士2万元``, ``每户每月标准为:第一年A元,第二年B元``: the sum that it is counted like."""
    last = assembly.rows[-1] if assembly.rows else None
    if last is None or last.kind != "per_unit" or last.sentence != one.phrase.sentence:
        return None
    beside = [row for row in assembly.rows if row.clause == last.clause]
    if len(beside) > 1 and all(row.item.per for row in beside):
        return None  # 甲证30万元/项,乙证20万元/项,丙级5万元: each says by itself what it is counted for
    start, _ = assembly.passage.stretch(clause=last.clause)
    between = assembly.passage.text[last.sum.end : one.start]
    if last.clause != one.phrase.clause:
        told, own = last.amount or 0, one.items[0].fen or 0
        alike = max(told, own) <= _ALIKE * min(told, own)
        tier = _TIER_TOO.fullmatch(between)
        by_tier = tier and next(thresholds(tier[1]), None)
        return (
            last
            if alike
            and not one.right
            and (
                by_tier
                or _NEXT_TIER.fullmatch(between)
                or _AMONG_THEM.fullmatch(between)
                or (last.frequency == "once" and _MORE_FOR_EACH.fullmatch(between))
            )
            else None
        )
    if last.sum.phrase == one.phrase:
        by_unit = last.per and re.match(r"[、和及]|\Z", one.right) and _NEXT_OF_LIST.fullmatch(between)
        return last if by_unit or _OF_LIST.fullmatch(between) else None
    if _MEASURES.fullmatch(last.per or "") and _NEXT_MEASURED.fullmatch(between) and not one.right:
        return last if (one.items[0].fen or 0) <= _ALIKE * (last.amount or 0) else None
    if _SOME_OF_THEM.fullmatch(between) and max(item.fen or 0 for item in one.items) > (last.amount or 0):
        return last
    introduced = ":" in assembly.passage.text[start : last.sum.start] and _KEY_OF_LIST.fullmatch(between)
    return (
        last
        if introduced or _ONE_MORE.fullmatch(between) or (_SHORT_KEY.fullmatch(between) and not one.right)
        else None
    )
