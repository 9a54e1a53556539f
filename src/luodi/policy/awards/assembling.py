"""Sums of a passage → rows: what each number pays, and which cap bounds it."""

from __future__ import annotations

import re
from dataclasses import replace

from luodi.policy import award_terms as terms
from luodi.policy.awards.caps import bind_cap, bind_ceiling
from luodi.policy.awards.durations import set_time_steps, spread_terms, year_of
from luodi.policy.awards.floors import bind_least, bind_span
from luodi.policy.awards.grades import KEY_WORD
from luodi.policy.awards.keyed_rows import paired_rows, years_told
from luodi.policy.awards.numbers import Sum
from luodi.policy.awards.periods import ONCE_BEHIND_LIST, Frequency
from luodi.policy.awards.row import Assembly, Row, Unpaired, count_of, counted_per, set_time
from luodi.policy.awards.sums import CASE_OF_CLASS, find_sums
from luodi.policy.awards.tiers import thresholds
from luodi.policy.awards.wholes import STAGED, drop_headlines, is_part, is_part_of_whole, is_stage, name_stages
from luodi.policy.facts import BenefitKind
from luodi.policy.passages import Passage

_OF_LIST = re.compile(rf"[、和及](?!总|累计|合计)(?:[^,。;、\d]{{0,6}}{terms.KIND}金?|[^,。;、\d]{{0,2}}[增存]量)")
# 智能温室补助200元/平方米、普通温室100元: the next key alone before its sum.
_NEXT_OF_LIST = re.compile(rf"[、和及](?!总|累计|合计|另|再|每)(?:(?!{terms.KIND})[^,。;:、\d]){{2,8}}")
_EACH_TIME_HEAD = re.compile(r"每[人户家生名]每(?P<time>[月年])[^,。;:\d]{0,16}:[^:]*\Z")
# 每人1500元,一次性发放
_ONCE_AFTER = re.compile(ONCE_BEHIND_LIST)
# 2. 一次性生育补贴: what the article is about.
_ONCE_TITLED = re.compile(rf"[^,。;:]{{0,4}}一次性[^,。;:]{{0,8}}{terms.KIND}")
_SHORT_KEY_BETWEEN = re.compile(r"[,、](?!另|再|并)[^,。;:、\d]{2,8}(?<!补贴)(?<!补助)(?<!奖励)(?<!资助)(?<!费)")
# A类一次性奖励20万元,B类10万元: the next grade alone before its sum.
_NEXT_GRADE = re.compile(rf"[,、]{KEY_WORD.pattern}的?(?:奖励|补助)?")
_CASE_BETWEEN = re.compile(rf",(?!另|再|并)(?:(?!{terms.KIND}|给予|每)[^,。;:、\d]){{2,16}}的,?")
# 按每人1000元给予一次性补贴;属于就业困难人员的,每人2000元
_NEXT_CASE = re.compile(r"[^,。;\d]*;(?!另|再|并)[^,。;:、\d]{2,16}的,?(?:每[一-鿿])?")
# Grades of one award are of one size: 每人补贴1万元;设立站点的50万元 are two awards.
_ALIKE = 10
# 每篇奖励10万元;5≤IF<10的5万元
_NEXT_TIER = re.compile(r"[^,。;\d]{0,4};[^,。;:、]{2,16}的,?")
# 每引进1名年薪100万元以上的奖励5万元;年薪50万元至100万元的,奖励2万元
_TIER_TOO = re.compile(r"[^,。;\d]{0,4};([^,。;:]{2,24})的,?(?:给予|奖励|补助|补贴|资助)?")
# 20万元/年: a time is nothing that is counted.
_SPANS = ("年", "月", "季度", "学年", "学期")
# 贷款贴息。按同期利率的50%补助, 给予贴息,不超过利息的50%: a share of interest where interest is spoken of.
_OF_RATES = re.compile(r"(?:利息的?(?:不超过)?|按[^,。;%]{0,16}(?:LPR|利率)[^,。;%]{0,4})\Z")
_OWN_BASE = re.compile(r"(?:(?<=%)|(?<=贴息))[、,](?:并)?(?:按照?)?[^,。;、%]{2,10}(?:费用?|额|金)的\Z")
_BY_MONTH = re.compile(r"(?:按月|每月)(?:发放|发给|给予|补贴|补助|支付|计发)(?:[^,。;:\d]{0,10})?:\Z")
_KEY_OF_LIST = re.compile(r",(?:\d{4}年\d{1,2}月\d{1,2}日|[^,。;:、\d]){2,16}")
# 博士每人奖励5万元,硕士2万元: a name alone before the next sum.
# 每人补贴3万元;其中,博士5万元
_AMONG_THEM = re.compile(r"[^,。;\d]{0,8};其中,?(?:对于?)?[一-鿿]{2,8}")
_SHORT_KEY = re.compile(
    rf",(?!其中|另|再|并|累计|总额|[^,]*(?:{terms.KIND}|最高|不超过|给予|一次性|每|[再另][奖给补]))(?:[一-鿿]{{2,6}}(?:\([A-Z]{{1,8}}\))?|\d+(?:[—~至-]\d+)?[一-鿿]{{1,2}}(?:以[上下内])?)"
)
_BASE_BETWEEN = re.compile(r"[^,。;、\d]{0,12}(?:利率|利息|费用|租金|保费|投入|支出)的")
_INTEREST = re.compile(
    r"贴息|贷款利息(?![和及、与][^,。;%]{0,6}(?:费|金))|利息(?:补贴|补助)|利息(?:发生|支付|支出)额|(?:支付|发生|承担|支出)的?利息(?![和及、与][^,。;%]{0,6}(?:费|金))|(?:票面|债券|发债)(?:利率|利息)|利率的|LPR的|(?<![和及、与])年利息的"
)

# 流动资金贷款按LPR的30%贴息;设备贷款按50%, 给予贴息,首贷按50%,续贷按30%: the next loan, where interest is spoken of.
_OF_LOAN = re.compile(r"(?:\A|[,、;])(?:对|其中)?[^,。;%\d]{0,8}(?:贷款?|债券?|信用贷|质押)的?,?按照?\Z")
# 贴息50%、评估费补贴60%: no interest, though it stands behind some.
_OF_FEE = re.compile(r"[%、,][^,。;、%]{0,8}费用?(?:补贴|补助)\Z")
# 按担保额的0.5%给予担保机构保费补助
_FEE_PAID = re.compile(r"[^,。;\d%]{0,14}(?:[保担]保?费|费用)(?:的)?(?:补贴|补助|奖励)")
_WITHIN_YEARS = re.compile(r"([一二两三四五\d])年内")


def assemble(passage: Passage, beside: str = "") -> tuple[list[Row], list[Unpaired]]:
    """The rows of a passage in text order, and the lists that could not be paired; ``beside`` as in :class:`Assembly`."""
    assembly = Assembly(passage, beside)
    for one in find_sums(passage):
        if one.bracketed and one.items[0].key and one.role != "cap":
            _beside(assembly, one)
        elif one.role == "amount":
            _amount(assembly, one)
        elif one.role == "rate":
            _rate(assembly, one)
        elif one.role == "ceiling":
            _ceiling(assembly, one)
        elif one.role == "cap":
            if is_stage(assembly, one) or not is_part(assembly, one):
                bind_cap(assembly, one)
        else:
            assembly.rows.append(_case(assembly, one))
    for row in assembly.rows:
        of_class = CASE_OF_CLASS.fullmatch(row.sum.left) if row.kind == "case" else None
        if of_class and any(other.sentence == row.sentence for other in assembly.rows if other is not row):
            row.selector = of_class["who"]
    drop_headlines(assembly)
    name_stages(assembly)
    set_time_steps(assembly)
    spread_terms(assembly)
    return assembly.rows, assembly.unpaired


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
        or bind_span(assembly, one)
        or bind_least(assembly, one)
    ):
        return
    if before and STAGED.search(before[-1].sum.right + before[-1].sum.left) and before[-1].clause == one.phrase.clause:
        assembly.rows.remove(before[-1])
    for row in paired_rows(assembly, one, "range" if one.is_range else "fixed"):
        if row.item.low is not None:
            row.floor, row.cap = row.item.low, row.item.fen
        else:
            row.amount = row.item.fen
            above = _listed_after(assembly, one)
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
            if alike and not one.right and (by_tier or _NEXT_TIER.fullmatch(between) or _AMONG_THEM.fullmatch(between))
            else None
        )
    if last.sum.phrase == one.phrase:
        by_unit = last.per and re.match(r"[、和及]|\Z", one.right) and _NEXT_OF_LIST.fullmatch(between)
        return last if by_unit or _OF_LIST.fullmatch(between) else None
    introduced = ":" in assembly.passage.text[start : last.sum.start] and _KEY_OF_LIST.fullmatch(between)
    return last if introduced or (_SHORT_KEY.fullmatch(between) and not one.right) else None


def _rate(assembly: Assembly, one: Sum) -> None:
    last = assembly.rows[-1] if assembly.rows else None
    if (
        last
        and last.kind == "capped"
        and last.sum.phrase == one.phrase
        and re.match(r"[^,。;]{0,8}?[、且并]?(?:不超过|按|最高)", assembly.passage.text[last.sum.end : one.start])
    ):
        _ceiling(assembly, one)
        return
    ahead = last if last and last.sum.phrase == one.phrase and _ends_in_base(assembly, last, one) else None
    if ahead:
        assembly.rows.remove(ahead)
    for row in paired_rows(assembly, one, _rate_kind(assembly.passage, one)):
        row.rate = row.item.rate
        text = assembly.passage.text
        set_time(row, one, assembly.told(one), text[: one.start], text[one.end :])
        own = terms.last_match(terms.FIRST_LAST, row.item.key or row.selector or "")
        over = list(terms.FIRST_LAST.finditer(one.left)) or _years_of_list(assembly, one)
        step = own or (over[-1] if over else None)
        year = re.fullmatch(r"第[一二三四五六]年", row.item.key or row.selector or "")
        by_year = own is None and len(over) == 1 and count_of(over[0][2]) == len(one.items) > 1
        by_span = row.keys is None and not step and years_told(assembly, one) == len(one.items) > 1
        if not row.item.key and (by_year or by_span):
            row.frequency, row.years = "annual", 1  # as many values as years (三年过渡期内分别按…): one value a year
            row.selector = row.selector or year_of(row)
        elif step:
            row.selector, row.frequency, row.years = step[0], "annual", count_of(step[2])
            _first_within(assembly, row)
        elif year:
            row.frequency, row.years = "annual", 1
        if ahead:
            row.cap, row.cap_sum = ahead.cap, ahead.sum
        assembly.rows.append(row)


# 三年内分别奖励, 连续三年分别给予: a sum for each of so many years.
_EACH_YEAR = re.compile(
    r"(?:连续|前|头|分)?(?P<years>[一二两三四五六3-6])年(?:内|度)?(?:每年)?(?:分别|依次)[^,。;\d]{0,6}\Z"
)


def _first_within(assembly: Assembly, later: Row) -> None:
    """``三年内按100%,后两年按50%``: the years before those of a later step are a step too."""
    last = assembly.rows[-1] if assembly.rows else None
    if last is None or not last.rated or last.years is not None or last.clause != later.clause:
        return
    if (later.selector or "").startswith("后") and (at := _WITHIN_YEARS.search(last.sum.left)):
        last.frequency, last.years = "annual", count_of(at[1])


def _years_of_list(assembly: Assembly, one: Sum) -> list[re.Match[str]]:
    """``前三年给予补贴,分别按租金的50%、40%、30%``: the years that the clause tells before a list of shares."""
    return list(terms.FIRST_LAST.finditer(assembly.told(one))) if len(one.items) > 1 else []


def _ends_in_base(assembly: Assembly, cap: Row, one: Sum) -> bool:
    """``不超过40万元贷款利息的全额贴息``: the maximum stands before the share that it bounds."""
    between = assembly.passage.text[cap.sum.end : one.start]
    return cap.kind == "capped" and bool(_BASE_BETWEEN.fullmatch(between))


def _ceiling(assembly: Assembly, one: Sum) -> None:
    last = assembly.rows[-1] if assembly.rows else None
    if not bind_ceiling(assembly, one) and (last is None or last.sum.phrase != one.phrase):
        _rate(assembly, one)


def _rate_kind(passage: Passage, one: Sum) -> BenefitKind:
    _, end = passage.stretch(clause=one.phrase.clause)
    ahead = re.split(r"[%元]", passage.text[one.end : end])[0]
    paid = re.search(terms.KIND, passage.text[one.end : end])
    lent = re.search("贷款|债|票据", passage.text[: one.end])
    of_interest = re.search("贴息(?!或)|利息补[贴助]", ahead) is not None or (
        paid is not None and paid[0] == "贴息" and lent is not None
    )
    if _OF_FEE.search(one.left) or (_FEE_PAID.match(one.right) and not _INTEREST.search(one.left)):
        return "rate"
    start, _ = passage.stretch(sentence=one.phrase.sentence)
    if _OF_LOAN.search(one.left) and "贴息" in passage.text[start : one.start]:
        return "interest"
    base = _OWN_BASE.search(one.left)  # 按贷款利息的40%、评估费的50%
    if base and not _INTEREST.search(base[0]):
        return "rate"
    named = "贴息" in passage.heading + passage.text[: one.start] and _OF_RATES.search(one.left)
    return "interest" if _INTEREST.search(one.left) or of_interest or named else "rate"
