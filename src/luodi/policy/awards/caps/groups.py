"""What a cap bounds that no award takes: an award of its own, or all of a recipient's together (年度, 累计; LANGUAGE 6.6)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from luodi.policy import award_terms as terms
from luodi.policy.awards.caps.reach import WHOLE_SUM, over_several, own_award, own_recipient
from luodi.policy.awards.numbers.number_groups import Sum
from luodi.policy.awards.roles.cap_words import binding, is_handed_out, is_wide, measure_of, speaks_of, subject_of
from luodi.policy.awards.rows.row import Assembly, Row
from luodi.policy.passages import Passage

# 每年给予最高200万元的运营补助: a payment with a noun of its own, no bound of the share before.
_OWN_NOUN_BEHIND = re.compile(
    rf"的(?!资金|财政|专项|一次性|综合|政策|相应|配套|经费|定额)[一-鿿]{{2,4}}{terms.KIND}(?=[,。;]|\Z)"
)
# 同一人才奖励(补贴)期内累计不超过N: a noun, and what one may have of all
_GIVEN_IN_ALL = re.compile(
    # 同一主体每年奖补总额不超过N
    rf"(?:同一|单[个家户]|每[家个户])[^,。;\d]{{1,12}}(?:每年|全年)[^,。;\d]{{0,6}}{terms.KIND}(?:资金)?总额[^,。;\d]{{0,6}}(?:不超过|最高)|"
    rf"(?:同一|单[个家户]|每[家个户])[^,。;\d]{{1,16}}{terms.KIND}(?:\([^()]*\))?(?:资金|金额)?(?:期内)?(?:累计|合计)[^,。;\d]{{0,6}}(?:不超过|最高)"
    rf"|(?:同一|单[个家户]|每[家个户])[^,。;\d]{{1,12}}(?:获得?|享受)[^,。;\d]{{0,8}}{terms.KIND}(?:资金)?"
    rf"(?:累计|合计)[^,。;\d]{{0,6}}(?:不超过|最高)"
    # 同一企业每年获得本办法第四章奖励总额不超过N
    r"|(?:同一|单个|单家|单户|每[家个户])[^,。;\d]{1,12}?(?:获得?|享受)?(?:依据|根据|按照?)?"
    r"(?:本[^,。;\d第]{0,4})?第[一二三四五六七八九十百\d]+[章节条][^,。;]{0,20}?(?:总额|累计|合计|总计)[^,。;\d]{0,6}"
    r"(?:不超过|最高)"
    # 同一企业年度内享受产业资金支持总额不超过N
    r"|(?:同一|单个|单家|单户|每[家个户])[^,。;\d]{1,12}?(?:年度|当年|每年|一年)内?(?:累计)?(?:获得?|享受)[^,。;\d]{0,16}"
    r"(?:总额|累计|合计|总计)[^,。;\d]{0,4}(?:不超过|最高)"
    # 同一企业当年享受本政策支持总额不超过N
    r"|(?:同一|单个|单家|单户|每[家个户])[^,。;\d]{1,12}(?:获得?|享受)(?:本|上述|以上|各[类项]|全部|所有)[^,。;\d第]{0,12}"
    r"(?:总额|累计|合计|总计)[^,。;\d]{0,6}(?:不超过|最高)"
)

# 每新增1个门店,给予不超过A; 每家不超过A
_COUNTED = re.compile(r"每(?:新?增加?|引进|开设)?[1一]?[个家项件场次]")
_AT_MOST = re.compile(rf"(?:累计)?(?:最高|最多)(?:{terms.KIND})?(?:不超过)?")
# 落户奖励与搬迁补贴合计不超过N: two payments together
_TWO_TOGETHER = re.compile(rf"{terms.KIND}金?(?:[与和及、]|以及)[^,。;\d]{{2,12}}{terms.KIND}金?(?:合计|总计|之和)")

# 上市各阶段奖励累计不超过N, alone in its sentence: what the stages told before come to
_OF_STAGES = re.compile(
    rf"[^,。;\d]{{0,8}}各(?:个)?(?:阶段|环节)[^,。;\d]{{0,4}}{terms.KIND}(?:资金)?(?:累计|合计|总[额计])"
)


def of_group(assembly: Assembly, row: Row, own: Sequence[Row], told: str) -> str | None:
    """年度 or 累计 where a cap is what all awards of its sentence (``own``) may come to; ``told`` is what the sentence says before it."""
    one, left = row.sum, row.sum.left
    yearly = bool(terms.YEARLY_CAP.search(left))
    if over_several(assembly, one) or (
        yearly
        and len(
            [
                r
                for r in own
                if (r.rated or (r.per and r.sum.phrase == own[-1].sum.phrase and "累计" not in left))
                and r.clause == row.clause
            ]
        )
        > 1
    ):
        return "年度" if yearly and "累计" not in left else "累计"
    if _of_what_is_measured(assembly, own or assembly.rows, one):
        return "年度" if yearly and "累计" not in left else "累计"
    if not assembly.rows and _OF_STAGES.match(left):
        return "累计"
    if yearly and "累计" not in left and not assembly.rows and speaks_of(assembly.passage, one):
        return "年度"
    of_its_own = one.gives and _OWN_NOUN_BEHIND.match(one.right)
    handed_out = (
        of_its_own
        or is_handed_out(one)
        and not (
            _GIVEN_IN_ALL.match(left)
            or (is_wide(one) and assembly.rows and (not own or own[-1].cap is not None or _of_recipient(one)))
        )
    )
    if row.kind != "capped" or subject_of(one) or handed_out:
        return None
    if yearly and "累计" not in left and _GIVEN_IN_ALL.match(left):
        return "年度"
    in_all = (
        "累计" in left
        or _TWO_TOGETHER.search(left)
        or re.match(rf"(?:[一-鿿]{{0,6}}{terms.KIND})?(?:合计|总计)", left)
        or (own and re.match(WHOLE_SUM, left))
    )
    told_in_all = not assembly.rows and binding(left) == ("item", "total") and _pays_before(assembly.passage)
    if in_all or told_in_all or (not own and binding(left) == ("unit", "total")):
        return "累计"
    names_year = bool(assembly.rows) or re.search("年度|当年", left)
    of_somebody = one.gives and not own and _told_of(told) and not terms.LEVEL.search(left)
    return "年度" if yearly and names_year and not _only_cap(assembly, row) and not of_somebody else None


def _pays_before(passage: Passage) -> bool:
    """``1.按设备投资的8%补助。2.通过认定的奖励10万元。3.单个项目补助总额不超过A``: whether an item before one that only bounds gives."""
    articles = passage.document.articles
    at = next((one for one in articles if one.body <= passage.start < one.own_end), None)
    if at is None or at.parent is None or passage.document.clean[at.body : passage.start].strip():
        return False
    return _GIVES.search(passage.document.clean, articles[at.parent].start, at.start) is not None


_GIVES = re.compile(r"(?:按|给予|奖励|补[助贴]|资助)[^。;\n]{0,20}?\d[\d.]*(?:%|[万亿]?元)")


def _of_recipient(one: Sum) -> bool:
    """``同一主办单位每年最高补助200万元``: what one recipient may have in a year, though it is handed out in the same words."""
    return bool(re.match(r"(?:同一|单[个家户一]|每[家户])", one.left) and terms.YEARLY_CAP.search(one.left))


def _of_what_is_measured(assembly: Assembly, told: Sequence[Row], one: Sum) -> bool:
    """``每千瓦时最高补助A,单家企业最高B``, ``每家不超过A,最高B``: what one may have in all of what is paid one by one."""
    last = told[-1] if told and told[-1].kind == "capped" else None
    if last is None:
        return False
    of_unit = terms.LEVEL.match(one.left) and binding(one.left)[0] == "unit"
    if measure_of(last.sum.left, last.item.per):
        return bool(of_unit)
    start, _ = assembly.passage.stretch(clause=last.clause)
    counted = last.clause == one.phrase.clause and _COUNTED.search(assembly.passage.text, start, last.sum.start)
    return bool(counted and (of_unit or _AT_MOST.fullmatch(one.left)) and (one.items[0].fen or 0) > (last.cap or 0))


def _only_cap(assembly: Assembly, row: Row) -> bool:
    """``在园区租房的,连续3年租金补贴,每家每年不超过A``: the yearly maximum is all that is told of what its clause gives."""
    alone = all(other.clause != row.clause for other in assembly.rows) and not terms.TOTAL.search(row.sum.left)
    beside = any(
        other.sentence == row.sentence and other.kind == "capped" and other.frequency == "annual"
        for other in assembly.rows
    )  # 在甲地的,每年最高A;在乙地的,每年最高B
    return alone and own_recipient(assembly.passage, row.sum) and (beside or own_award(assembly.passage, row.sum))


def _told_of(told: str) -> bool:
    """``年薪A以上的高管,每年最高奖励B``: the sentence says of whom it speaks; 同一企业 only says what a cap is counted for."""
    told = re.sub(r"\A除[^,。;]*外,", "", told)  # 除第一条外,单户企业每年总额不超过N
    return bool(re.match(r"(?!同一|单[个一家项户]|每|上述|以上|对?(?:上述|同一))[^,。;]{3,},", told))
