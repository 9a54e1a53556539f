"""Which award a cap bounds (LANGUAGE 6.6).

A cap binds to the nearest award before it: in its own clause; for one that names its level (单个项目, 年度) in its
sentence; else in the sentences before it. What no award takes is an upper bound of an award by itself.
"""

from __future__ import annotations

import re

from luodi.policy import award_terms as terms
from luodi.policy.awards.caps.fields import (
    bind_by_name,
    bind_classes,
    bind_for_class,
    bind_keyed,
    bind_named,
    bind_next_case,
    bind_raised,
)
from luodi.policy.awards.caps.groups import of_group
from luodi.policy.awards.caps.lists import (
    bind_bracketed,
    bind_cases,
    bind_each,
    bind_list,
    bind_listed,
    bind_next_level,
    bind_own_key,
    bind_own_payment,
    bind_recipients,
    stage_of,
    stage_rows,
)
from luodi.policy.awards.caps.reach import are_steps, open_rows
from luodi.policy.awards.numbers.number_groups import Sum
from luodi.policy.awards.roles.cap_words import (
    EACH_OF_THOSE,
    GIVEN_YEARLY,
    binding,
    is_once,
    is_wide,
    measure_of,
    subject_of,
    two_levels,
)
from luodi.policy.awards.rows.floors import bind_span, set_floor, set_least
from luodi.policy.awards.rows.keyed_rows import paired_rows
from luodi.policy.awards.rows.row import Assembly, Row, set_time
from luodi.policy.awards.words.periods import Frequency, frequency

# 给予一次性贴息补助,单个项目最高N: said of what the maximum bounds.
_GIVEN_ONCE = re.compile(
    rf"(?:(?:给予)[^,。;\d]{{0,4}}一次性[^,。;\d]{{0,6}}|一次性(?:给予)[^,。;元%]{{0,24}}){terms.KIND}[^。;\d]*\Z"
    # 可发放一次性扩岗补助,补助标准为每招用1人不超过N
    rf"|(?:给予|发放|享受|申领)[^,。;\d]{{0,4}}一次性[^,。;\d]{{0,8}}{terms.KIND},[^,。;\d]{{0,4}}标准(?:为|是|按照?)"
    rf"(?:每[^,。;\d]{{0,8}}1[^,。;\d]{{1,8}})?[^,。;\d]*\Z"
)
_ONCE_BEHIND = re.compile(r"的一次性")
# 按每人不超过1500元的标准,发放扩岗补助: an award, not the maximum of one before it.
_BY_STANDARD = re.compile(
    r"(?:/[^,。;\d]{1,4})?(?:的?标准,?(?:一次性)?(?:给予|发放|发给|支付|拨付|奖励|补助|补贴)|发放|发给)"
)
# 以上奖励总额不超过N: what all of them together may come to.
_OF_THOSE_BEFORE = re.compile(
    r"[两二三四]项[^,。;\d]{0,6}(?:合计|累计|总计|之和)|(?:以上|上述)[^,。;\d]{0,16}(?:总额|合计|累计)"
)
# 每平方米每月不超过A, beside what one may have in a year; 单台最高A is the share's own maximum.
_PLAINLY = re.compile(r"(?:补[助贴]|奖励|资助)?(?:资金|金额|总额|总计|合计)?(?:最高|不超过)")
_LAND = re.compile(r"平方米|平米|亩|立方米?")
# 安家费200万元,项目资助最高500万元: a bound with a payment of its own.
_OTHER_GIVEN = re.compile(
    rf"对[^,。;]{{2,}},(?:[^。;]*,)?(?:[^,。;\d]*?)(?:给予)(?:一次性)?[^,。;\d]{{0,4}}{terms.KIND},\Z"
)
_NOUN_OF_ITS_OWN = re.compile(rf"(?!上述|以上|该|其|总|各|单)[一-鿿]{{2,6}}{terms.KIND}(?:最高|不超过)")


def bind_ceiling(assembly: Assembly, one: Sum) -> bool:
    """``不超过200万元,不超过投入的30%``: the capped rows become rates with that cap; False where there are none."""
    last = assembly.rows[-1] if assembly.rows else None
    if last is None or last.kind != "capped" or last.rate is not None:
        return False
    each = EACH_OF_THOSE.match(one.left)
    for row in assembly.rows:
        of_those = each and row.sentence == last.sentence and row.kind == "capped" and not row.of_group
        if row.sum is last.sum or of_those:
            row.kind, row.rate, row.closed = "rate", one.items[0].rate, True
    return True


def bind_cap(assembly: Assembly, one: Sum) -> None:
    """Give a cap to the awards it bounds, or make it a row."""
    phase = stage_of(assembly, one)
    if phase is not None:
        stage_rows(assembly, one, *phase)
        return
    if bind_span(assembly, one):
        return
    if one.is_range:
        for row in paired_rows(assembly, one, "range"):
            row.floor, row.cap = row.item.low, row.item.fen
            set_time(row, one)
            assembly.rows.append(row)
        return
    if bind_cases(assembly, one) or bind_raised(assembly, one) or bind_each(assembly, one):
        return
    if len(one.items) > 1:
        bind_list(assembly, one)
        return
    if (
        bind_by_name(assembly, one)
        or bind_own_payment(assembly, one)
        or bind_own_key(assembly, one)
        or bind_next_level(assembly, one)
        or bind_recipients(assembly, one)
        or bind_listed(assembly, one)
        or bind_classes(assembly, one)
        or bind_next_case(assembly, one)
    ):
        return
    gives = one.gives or _BY_STANDARD.match(assembly.passage.text, one.end)
    keyed = None if gives and not _of_those(assembly, one) else bind_keyed(assembly, one)
    if keyed == "again":
        _again_for_field(assembly, one)
    if keyed is not None:
        return
    together = assembly.passage.text.startswith("之和,", one.phrase.start - 3)
    if (_OF_THOSE_BEFORE.match(one.left) or together) and assembly.rows:
        _capped(assembly, one)
        yearly = "每年合计" in one.left or (not re.match("以上|上述", one.left) and terms.YEARLY_CAP.search(one.left))
        assembly.rows[-1].selector = "年度" if yearly else "累计"
        return
    if bind_named(assembly, one) or bind_bracketed(assembly, one) or bind_for_class(assembly, one):
        return
    if _bind_below_total(assembly, one):
        return
    if rows := open_rows(assembly, one):
        _bind(assembly, one, rows)
    else:
        _capped(assembly, one)


def _of_those(assembly: Assembly, one: Sum) -> bool:
    """``其中:甲项目最高补助A,乙项目最高补助B``: the sentence or the clause tells the caps of an award before it."""
    text = assembly.passage.text
    if text.startswith("其中", assembly.passage.stretch(sentence=one.phrase.sentence)[0]):
        return True
    own = text.startswith("其中", assembly.passage.stretch(clause=one.phrase.clause)[0])
    return own and not re.search("给予|再|另", one.left)


def _bind(assembly: Assembly, one: Sum, rows: list[Row]) -> None:
    fen = one.items[0].fen
    yearly, total = _is_yearly(one), _totals(one, rows)
    if not yearly and not total:
        free = [row for row in rows if row.cap is None]
        if not free and _bounds_unit(rows[-1], one):
            _exchange(assembly, one, rows)
        elif not free:
            _capped(assembly, one)
            if _second_level(rows[-1], one):
                assembly.rows[-1].selector = "累计"
        for row in free:
            row.cap, row.cap_sum = fen, one
            set_floor(assembly, row, one)
            row.frequency = row.frequency or (
                "once" if is_once(one) and (one.gives or _ONCE_BEHIND.match(one.right)) else _by_month(row, one)
            )
        return
    if yearly and len(rows) == 1 and _bounds_unit(rows[0], one, of=_LAND):
        _exchange(assembly, one, rows)
        rows[0].closed, rows[0].frequency = True, rows[0].frequency or "annual"
        return
    steps = are_steps(assembly, rows)
    of_list = any(row.keys and row.keys is rows[0].keys for row in assembly.rows if row.kind == "fixed")
    beside = any(row.kind == "fixed" and row.sum.phrase == rows[0].sum.phrase for row in assembly.rows)
    alone = len(rows) == 1 and not beside
    if (alone or (steps and not total)) and all(row.cap is None for row in rows) and not (total and of_list):
        for row in rows:
            row.cap, row.cap_sum, row.closed = fen, one, True
            row.frequency = "annual" if yearly and row.frequency != "monthly" else row.frequency
        return
    _capped(assembly, one)
    if total and not assembly.rows[-1].selector:
        assembly.rows[-1].selector = "累计"
    for row in rows:
        row.closed = True


def _by_month(row: Row, one: Sum) -> Frequency | None:
    """``按租金的50%补贴,每人每月最高1000元``: a share that is paid every month; 每平方米每月 bounds a measure."""
    monthly = row.rated and re.search(r"每月(?:每[人户家])?(?:补[助贴]|奖励)?(?:金额)?(?:最高|不超过)*\Z", one.left)
    return "monthly" if monthly and measure_of(one.left, one.items[0].per) is None else None


def _bounds_unit(row: Row, one: Sum, of: re.Pattern[str] = re.compile("")) -> bool:
    """``每亩不超过3000元,每个主体最高30万元``: the first bound is for each unit of a share's base, the second for who is paid."""
    first = row.cap_sum
    told = (
        measure_of(first.left, first.items[0].per)
        if first is not None and row.rated and first.phrase.clause == one.phrase.clause
        else None
    )
    whole = (
        of.match(told) and (terms.LEVEL.match(one.left) or (_LAND.match(told) and _PLAINLY.match(one.left)))
        if told
        else None
    )
    return bool(whole)


def _exchange(assembly: Assembly, one: Sum, rows: list[Row]) -> None:
    """The bound for who is paid is the share's own; the one for each unit stands by itself."""
    first = rows[-1].cap_sum
    for row in rows:
        row.cap, row.cap_sum = one.items[0].fen, one
    if first is not None:
        assembly.rows.append(Row("capped", first, first.items[0], cap=first.items[0].fen))


def _bind_below_total(assembly: Assembly, one: Sum) -> bool:
    """``同一企业年度累计不超过A,单个展会最高B``: what is told last bounds each, what was told first all of them."""
    last = assembly.rows[-1] if assembly.rows else None
    first = last.cap_sum if last and (last.rated or last.kind == "per_unit") else None
    if last is None or first is None or first.phrase.clause != one.phrase.clause:
        return False
    of_all = binding(first.left)[0] == "unit" and binding(first.left)[1] is not None
    if not of_all or binding(one.left) != ("item", None) or (one.items[0].fen or 0) >= (last.cap or 0):
        return False
    whole = Row("capped", first, first.items[0], cap=last.cap, closed=True)
    whole.frequency = "annual" if _is_yearly(first) else None
    whole.selector = "累计" if "累计" in first.left or whole.frequency is None else "年度"
    last.cap, last.cap_sum = one.items[0].fen, one
    last.frequency = frequency(last.sum.left, last.sum.right, last.per)
    assembly.rows.append(whole)
    return True


def _second_level(row: Row, one: Sum) -> bool:
    """``单台设备最高A,每家企业最高B``: what a recipient may have in all for what is capped one by one."""
    first = row.cap_sum
    beside = first is not None and first.phrase.clause == one.phrase.clause
    return bool(beside and first and two_levels(first, one))


def _is_yearly(one: Sum) -> bool:
    """``每年不超过100万元``, ``不超过100万元/年``."""
    return bool(terms.YEARLY_CAP.search(one.left)) or (one.items[0].per or "").endswith("年")


def _totals(one: Sum, rows: list[Row]) -> bool:
    """Whether a cap bounds what its rows pay together: 累计, or the 总额 of a recipient told behind them or their list."""
    apart = all(row.sentence < one.phrase.sentence for row in rows)
    listed = len(rows) > 1 and len({id(row.sum) for row in rows}) == 1 and rows[0].kind == "per_unit"
    several = len(rows) > 1 and re.search("合计|总计", one.left)
    return "累计" in one.left or bool(several) or ((apart or listed) and binding(one.left) == ("unit", "total"))


# 落实贷款贴息等政策,一次性创业补贴最高5000元: another payment than the interest told before.
_PAYMENT_OF_ITS_OWN = re.compile(
    r"(?<!利息)(?<!息)(?:补[助贴]|奖励|津贴)(?:金额|标准|资金)?(?:最高|最多|不超过|不高于)+\Z"
)


def _capped(assembly: Assembly, one: Sum) -> None:
    """An upper bound that no award before it takes: an award by itself, or the cap of a group of awards."""
    yearly = bool(terms.YEARLY_CAP.search(one.left))
    own = [row for row in assembly.rows if row.sentence == one.phrase.sentence]
    fixed = [row for row in own if row.kind in ("fixed", "range")]
    named = _NOUN_OF_ITS_OWN.match(one.left) and fixed and fixed[-1].sum.phrase is not one.phrase
    if fixed and one.bracketed and fixed[-1].amount == one.items[0].fen:
        return  # 补助50万元(一个企业最高50万元): the sum once more
    other = fixed and _gives_without_sum(assembly, fixed[-1], one)
    if fixed and not (is_wide(one) or one.gives or subject_of(one) or named or other):
        return
    row = Row("capped", one, one.items[0], cap=one.items[0].fen)
    set_least(assembly, row)
    text, (_, end) = assembly.passage.text, assembly.passage.stretch(clause=one.phrase.clause)
    set_time(row, one, before=text[: one.start], after=text[one.end : end])
    row.frequency = row.frequency or frequency("", "", one.items[0].per)  # 3万元/座/年
    if yearly:
        row.frequency = "annual"
        row.closed = True
    elif row.frequency is None and GIVEN_YEARLY.search(assembly.told(one)):
        row.frequency = "annual"
    elif (other or all(r.clause != row.clause for r in own)) and _GIVEN_ONCE.search(assembly.told(one)):
        row.frequency = "once"
    start, _ = assembly.passage.stretch(sentence=one.phrase.sentence)
    told = assembly.passage.text[start : one.start]
    given = re.search(r"(?:给予|实行)[^,。;\d]{0,6}贴息", told)
    of_more = yearly and len({r.kind for r in own if r.rated}) > 1
    if of_more:
        row.kind = "capped"  # 给予2%贴息、按评估费的50%补贴,两项合计每年最高30万元
    elif yearly and len([r for r in own if r.kind == "interest" and r.clause == row.clause]) > 1:
        row.kind = "capped"  # 首贷按50%、续贷按30%贴息,每年最高30万元
    elif given or (
        re.search("贴息|利息补[贴助]", one.left + told)
        and not (any(r.rated for r in assembly.rows) or re.search("奖补|奖励", one.left))
        and not _PAYMENT_OF_ITS_OWN.search(one.left)
    ):
        row.kind = "interest"
    row.selector = of_group(assembly, row, own, told)
    if row.selector == "累计" and row.frequency == "once":
        row.frequency = None  # 一次性落户奖励与搬迁补贴合计不超过N
    assembly.rows.append(row)


def _gives_without_sum(assembly: Assembly, before: Row, one: Sum) -> bool:
    """``奖励50万元,对其他县区给予一次性奖励,最高A``: what is given last has no sum but a maximum."""
    between = assembly.passage.text[before.sum.end : one.phrase.start]
    return bool(_OTHER_GIVEN.search(between))


def _again_for_field(assembly: Assembly, one: Sum) -> None:
    """``甲类最高A,甲类每年最高B``: the second cap of a field stands by itself."""
    _capped(assembly, one)
    if assembly.rows[-1].selector is None and terms.YEARLY_CAP.search(one.left):
        assembly.rows[-1].selector = "年度"
