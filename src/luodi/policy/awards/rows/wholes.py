"""A whole and its parts are one award: sums announced before they are told, stages of a headline, sums paid out in parts (LANGUAGE 6.5)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from luodi.policy import award_terms as terms
from luodi.policy.awards.numbers.number_groups import Item, Sum
from luodi.policy.awards.rows.row import Assembly, Row
from luodi.policy.awards.words.periods import STAGED, stage
from luodi.policy.passages import Passage
from luodi.quantities.money import find_money

_SPREAD_PARTS = re.compile(
    r"分[一二两三四五\d]+(?:个)?(?:年|次|批|期|学期)|分期|分年|[分按](?:[上下春秋](?:半年)?[、和]?)*(?:学期|季度?|半年)"
)
_WHOLE_OF_STAGES = re.compile(r"累计|合计|总计|总额|分阶段|分步|分环节")
_PART_OF_SUM = re.compile(
    r"(?:第[一二三四五1-5](?:、第?[一二三四五1-5])*年|首年|首次|首期|每年|次年|每学期|每季度?|每半年|每次)[^,。;]{0,12}\Z"
)
_EACH_PART = re.compile(r"每(?:次|期|年度?)(?:发放|兑现|拨付|支付)(?:金额|额度|标准)?(?:分别)?为?")
_FOR_OTHERS = re.compile(r"(?:对于?|针对)[^,。;]{2,},")
_EACH_YEARLY = re.compile(r"每[人名户家]每年")
# What a part is used for, and when it is paid: one award in parts.
_USE = re.compile(r"用于|团队|设备|其中|个人|企业|第[一二三四五\d]+[年期批]|[首次][年期批]")
_PAYER = re.compile(r"(?:由)?(?:中央|省|市|区|县|镇|市本)级?(?:财政)?(?:承担|负担|补助|补贴|安排|配套)?")
# 奖励1000万元,其中…; 奖励1000万元,按备案、受理、上市三个阶段分别给予…: the parts of a sum are told behind it.
_PARTS_BEHIND = re.compile(
    r"[^,。;]{0,8}。(?:其中|(?:奖励|奖金|补助)(?:金额|标准)?分别为)"
    r"|[^,。;]{0,16}[,;(](?:其中|按照?[^。;\d]{2,40}(?:阶段|环节|步骤)[^,。;\d]{0,4}分别)"
)
_PARTS_TOLD = re.compile(
    r"[^,。;\d]{0,12}[,(](?:其中|分[一二两三四五\d]个?[次期批年]|[^,。;\d]{0,10}(?:首[批期次付]|先行?|拨付|兑现|支付)[^,。;\d]{0,6}\d)"
)
_OPENS_MAXIMA = re.compile(r"(?:其中|具体(?:如下|为)?|上限(?:如下|为)?|限额(?:如下|为)?|(?:分档|分类)[^,。;:]{0,8}):\Z")
# The fields of a card that tell the policy in words, and then its sums.
_FIELD_OF_WORDS = re.compile(r"(?:政策|支持|扶持|奖励|补助|补贴|资助|奖补|服务)?(?:内容|条款|要点|摘要|原文):")
_FIELD_OF_SUMS = re.compile(r"(?:支持|扶持|奖励|补助|补贴|资助|奖补|兑[现付])(?:标准|金额|额度)(?:如下|为)?:")
_FIELDS_BETWEEN = 3
# 政策依据:《某某办法》第六条:对首次认定的企业给予20万元奖励: the field that quotes what the card told in its own words.
_FIELD_OF_BASIS = re.compile(r"(?:政策|文件|制定)?依据(?:文件)?[】\]]?:")
_FIELDS_OF_CARD = 8


def drop_told_again(told: Sequence[tuple[Passage, list[Row]]]) -> None:
    """``政策内容:…奖励20万元`` and ``兑现标准:首次20万元`` of one card: the field of sums tells no others, so they are paid once.

    So is what the field of its basis quotes.
    """
    for index, (passage, rows) in enumerate(told):
        if rows and _FIELD_OF_BASIS.match(passage.text):
            card = told[max(0, index - _FIELDS_OF_CARD) : index]
            values = [(row.amount, row.rate, row.cap) for _, rows_above in card for row in rows_above]
            rows[:] = [row for row in rows if (row.amount, row.rate, row.cap) not in values]
        if not rows or not _FIELD_OF_SUMS.match(passage.text):
            continue
        for above, rows_above in told[max(0, index - _FIELDS_BETWEEN) : index]:
            values = [(row.amount, row.rate, row.cap) for row in rows_above]
            if _FIELD_OF_WORDS.match(above.text) and all((row.amount, row.rate, row.cap) in values for row in rows):
                rows.clear()


def drop_told_in_parts(told: Sequence[tuple[Passage, list[Row]]]) -> None:
    """``分阶段给予累计800万元奖励:`` with its stages in the lines below: the stages are the awards, the whole is none."""
    for index, (passage, rows) in enumerate(told):
        head = rows[-1] if rows else None
        if head is None or head.rate is not None or not _opens_stages(passage, head):
            continue
        parts, whole = 0, head.amount or head.cap or 0
        for _, rows_of_line in told[index + 1 :]:
            parts += sum(row.amount or row.cap or 0 for row in rows_of_line if row.rate is None)
            if parts >= whole:
                break
        if 0 < parts == whole or _most_in_stages(passage, head, told[index + 1 :]):
            rows.remove(head)


def share_with_list(told: Sequence[tuple[Passage, list[Row]]]) -> None:
    """``按固定资产投资的5%给予补助,其中:`` with a maximum in each item below: the share with each maximum, in its item."""
    for index, (passage, rows) in enumerate(told):
        head = rows[-1] if rows else None
        if head is None or head.rate is None or head.cap is not None or not _OPENS_MAXIMA.search(passage.text):
            continue
        paid = _paid_in_items(told[index + 1 :], f"{passage.article}.")
        if len(paid) < 2 or not all(
            row.kind == "capped" and not row.of_group and len(row.sum.items) == 1 for row in paid
        ):
            continue
        for row in paid:
            row.kind, row.rate, row.cap_sum = head.kind, head.rate, row.sum
            row.frequency, row.years = row.frequency or head.frequency, row.years or head.years
        rows.remove(head)


def _most_in_stages(passage: Passage, head: Row, later: Sequence[tuple[Passage, list[Row]]]) -> bool:
    """``分阶段最高给予600万元奖补。`` with lines of stages, some of which shut each other out: no stage reaches the most, all together do."""
    most = head.cap or 0 if head.kind == "capped" and not head.of_group else 0
    inside = takewhile(lambda one: f"{one[0].article}.".startswith(f"{passage.article}."), later)
    paid = [row.amount or row.cap or 0 for _, rows in inside for row in rows if row.rate is None]
    start, _ = passage.stretch(clause=head.clause)
    staged = STAGED.search(passage.text[start : head.sum.start])
    return bool(staged and len(paid) > 1 and max(paid) < most <= sum(paid))


def drop_told_in_grades(told: Sequence[tuple[Passage, list[Row]]]) -> None:
    """``给予最高50万元奖励。`` and on the next line ``奖励标准:`` with grades, the highest of which is paid the maximum: said twice."""
    for (_, rows), (below, graded) in pairwise(told):
        head = rows[-1] if rows else None
        plain = head is not None and head.kind == "capped" and head.frequency is None and not head.of_group
        paid = [row.amount or row.cap for row in graded if row.rate is None and not row.of_group]
        if (
            head
            and plain
            and len(paid) > 1
            and _FIELD_OF_SUMS.match(below.text)
            and head.cap == max(map(int, filter(None, paid)))
        ):
            rows.remove(head)


def _paid_in_items(told: Sequence[tuple[Passage, list[Row]]], above: str) -> list[Row]:
    items = takewhile(lambda one: one[0].article.startswith(above), told)
    return [row for _, rows in items for row in rows]


def _opens_stages(passage: Passage, head: Row) -> bool:
    """Whether the sum is a whole whose stages the next lines tell."""
    start, end = passage.stretch(clause=head.clause)
    staged = STAGED.search(passage.text[start:end]) and _WHOLE_OF_STAGES.search(passage.text[start:end])
    return bool(staged and head.sum.phrase.sentence == passage.phrases[-1].sentence)


def drop_headlines(assembly: Assembly) -> None:
    """A maximum or a sum that is the sum of its stages is no award; the shares of those who pay it are none either."""
    for head in [row for row in assembly.rows if row.kind == "capped" or _introduces_parts(assembly.passage, row)]:
        if _told_by_stages(assembly, head):
            assembly.rows.remove(head)
            continue
        last = head.sentence + (1 if _told_next(assembly.passage, head) else 0)
        own = [
            row
            for row in assembly.rows
            if head.sentence <= row.sentence <= last
            and (row.kind == "fixed" or row.staged or _bounds_part(assembly.passage, head, row))
            and row is not head
        ]
        parts = [row for row in own if row.sum.start > head.sum.start or head.kind == "capped"]
        if _told_next_list(parts, head):
            parts = [row for row in parts if row.sum is parts[0].sum]
        if sum(_in_all(row) for row in parts) != (head.amount or head.cap):
            parts = [row for row in parts if row.clause == head.clause]  # the next clause pays for something else
        by_year = any(row.staged for row in parts)
        if len(parts) < 2 or sum(_in_all(row) for row in parts) != (head.amount or head.cap):
            continue
        if head.kind != "capped" and all(_PAYER.fullmatch(row.selector or _before(assembly, row)) for row in parts):
            assembly.rows = [row for row in assembly.rows if row not in parts]
        elif head.kind != "per_unit" or by_year:
            assembly.rows.remove(head)
            _plain_parts(assembly.passage, head, parts)


def _before(assembly: Assembly, row: Row) -> str:
    """``其中:市级财政补助20万元``: the words of its phrase before a part."""
    return re.sub(r"\A其中[:,]?", "", assembly.own_words(row.sum))


_STAGE_LABEL = re.compile(r"第[一二三四五]阶段:")
# 奖励800万元,分股改(100万元)、受理(700万元)两个阶段兑现; 奖励1000万元(辅导300万元、受理300万元、上市400万元)
_STAGE = r"[^,。;:、()\d元]{2,12}"
_IN_BRACKETS = re.compile(rf",?分(?P<list>{_STAGE}\([\d.]+[万亿]?元\)(?:[、和及]{_STAGE}\([\d.]+[万亿]?元\))+)")
_AS_REMARK = re.compile(rf"[^,。;\d()]{{0,6}}\((?P<list>{_STAGE}[\d.]+[万亿]?元(?:[、,]{_STAGE}[\d.]+[万亿]?元)+)\)")
_ONE_STAGE = re.compile(rf"(?P<key>{_STAGE})\(?(?P<sum>[\d.]+[万亿]?元)")


def name_stages(assembly: Assembly) -> None:
    """The stages told in brackets behind a plain sum that they make up are the awards; who pays how much of it is none."""
    for head in [row for row in assembly.rows if row.kind == "fixed" and row.keys is None]:
        at = _IN_BRACKETS.match(assembly.passage.text, head.sum.end) or _AS_REMARK.match(
            assembly.passage.text, head.sum.end
        )
        told = [(one, find_money(one["sum"])) for one in _ONE_STAGE.finditer(at["list"])] if at else []
        if at is None or sum(money[0].fen or 0 for _, money in told) != head.amount:
            continue
        if any(_PAYER.match(one["key"]) or _USE.search(one["key"]) for one, _ in told):
            continue
        start, place = at.start("list"), next(n for n, row in enumerate(assembly.rows) if row is head)
        assembly.rows[place : place + 1] = [
            replace(
                head,
                selector=one["key"],
                amount=money[0].fen,
                item=Item(start + one.start("sum"), start + one.end("sum"), money[0].fen),
            )
            for one, money in told
        ]


def _told_by_stages(assembly: Assembly, head: Row) -> bool:
    """``分阶段给予不超过500万元。第一阶段:…,奖励50万元;第二阶段:…``: stages with names of their own, whatever they come to."""
    text, (start, _) = assembly.passage.text, assembly.passage.stretch(clause=head.clause)
    named = len(_STAGE_LABEL.findall(text, head.sum.end)) if head.kind == "capped" else 0
    plain = [row for row in assembly.rows if row.kind == "fixed" and row.sum.start > head.sum.start]
    return named > 1 and len(plain) >= named and bool(STAGED.search(text, start, head.sum.start))


def _plain_parts(passage: Passage, head: Row, parts: Sequence[Row]) -> None:
    """``最高1500万元,其中甲证1000万元、乙证500万元``: a part that has no word of a maximum is paid as told."""
    for row in parts:
        before = max([head.sum.end, *(other.sum.end for other in parts if other.sum.end <= row.sum.start)])
        if _bounds_part(passage, head, row) and not terms.CAP_WORD.search(passage.text, before, row.sum.start):
            row.kind, row.amount, row.cap = "fixed", row.cap, None


def _bounds_part(passage: Passage, head: Row, row: Row) -> bool:
    """``最高500万元资助,其中启动资金100万元,项目资金最高400万元``: the maxima of the parts, behind 其中."""
    plain = row.kind == "capped" and not row.of_group and row.sum.start > head.sum.end
    return plain and bool(re.match(r"[^,。;\d]{0,12}[,;(]其中", passage.text[head.sum.end : row.sum.start]))


def _in_all(row: Row) -> int:
    """What a part comes to: 第二、三年每年不超过180万元 twice."""
    return (row.cap or 0) * (row.years or 1) if row.staged else row.amount or row.cap or 0


def _told_next_list(parts: Sequence[Row], head: Row) -> bool:
    """Whether the sum behind the head is a list in its clause that makes it up, whatever else the sentence pays."""
    first = [row for row in parts if row.sum is parts[0].sum]
    return bool(first) and first[0].clause == head.clause and sum(row.amount or 0 for row in first) == head.amount


def _told_next(passage: Passage, head: Row) -> bool:
    """``分阶段给予累计不超过600万元支持。其中,…``: the next sentence names the stages."""
    _, end = passage.stretch(sentence=head.sentence)
    after = passage.text[end:].lstrip("。;").partition("。")[0]
    whole = _WHOLE_OF_STAGES.search(head.sum.left) and re.match(
        "其中|具体为|即|(?:奖励|奖金|补助)(?:金额|标准)?分别为", after
    )
    parted = head.kind == "fixed" and after.startswith("其中")
    return bool(whole or parted or re.search(r"[两二三四五]个?(?:阶段|环节|步骤)[^,。;]{0,4}分别", after))


def _introduces_parts(passage: Passage, row: Row) -> bool:
    return row.kind in ("fixed", "per_unit") and bool(_PARTS_BEHIND.match(passage.text, row.sum.end))


# 分别给予30万元、10万元,其中博士第1年发15万元,第2年发10万元,…,硕士第1年发5万元: the years of each sum of a list.
_PART_OF_YEAR = re.compile(r"(?P<year>第[一二三四五1-5]年)(?:发放?|拨付?|兑现|支付)(?P<sum>[\d.]+[万亿]?元)")
_YEARS_BEHIND = re.compile(r"[^,。;\d]{0,12}[,(]其中")


def is_part_of_year(assembly: Assembly, one: Sum) -> bool:
    """``其中博士第1年发15万元,…``: what is paid in each year, where the years of all sums of the list before make them up."""
    head = [row for row in assembly.rows if row.clause == one.phrase.clause]
    text, (_, end) = assembly.passage.text, assembly.passage.stretch(clause=one.phrase.clause)
    if not head or not _YEARS_BEHIND.match(text, head[-1].sum.end):
        return False
    told = [(at["year"], find_money(at["sum"])) for at in _PART_OF_YEAR.finditer(text, head[-1].sum.end, end)]
    if not told or sum(money[0].fen or 0 for _, money in told) != sum(row.amount or 0 for row in head):
        return False
    for row in head:
        row.years = len({year for year, _ in told})
    return True


def is_part(assembly: Assembly, one: Sum) -> bool:
    """``30万元,分三年兑现,每年10万元``: the parts of a sum already named are no awards."""
    before = [row for row in assembly.rows if row.sentence == one.phrase.sentence]
    if assembly.rows and _EACH_PART.fullmatch(one.left) and any(row.years for row in assembly.rows):
        return True  # 分5年等额发放。每次发放金额分别为…
    if assembly.rows and _EACH_PART.fullmatch(one.left):
        return bool(_SPREAD_PARTS.search(assembly.passage.text, assembly.rows[-1].sum.end, one.start))
    if not before or not _PART_OF_SUM.search(one.left) or before[-1].kind not in ("fixed", "capped", "per_unit"):
        return False
    start, _ = assembly.passage.stretch(clause=one.phrase.clause)
    if before[-1].clause != one.phrase.clause and (
        _FOR_OTHERS.match(assembly.passage.text, start) or _EACH_YEARLY.search(one.left)
    ):
        return False  # 甲类补贴100万元,分5年发放;对乙类,每年补贴10万元: another award
    if before[-1].item.per:
        return False  # 每平方米最高A,分3年给予,每年最高B: a bound of another kind
    between = assembly.passage.text[before[-1].sum.phrase.start : one.start]
    return bool(_SPREAD_PARTS.search(between))


# 奖励10万元,其中5万元用于奖励法定代表人: what a part of the sum is for.
_OF_IT = re.compile(r"其中(?:的|有)?\Z")
# 给予1000万元,其中当年给予500万元,余款在验收后给予
_REST_BEHIND = re.compile(r"[^,。;\d]{0,10}[,;、](?:余款|(?:剩余|其余|余下)的?(?:部分|资金|款项?|\d[\d.]*[万亿]?元))")
# 奖励企业20万元,其中企业负责人5万元
_OF_THEM = re.compile(
    r"其中,?(?:奖励|给予)?[^,。;\d]{0,6}(?:负责人|法定代表人|经办人|管理层|管理人员|高管|核心团队|研发团队)(?:奖励)?(?:不超过)?"
)
_FOR_A_USE = re.compile(r"(?:以上|以内)?(?:可|应当?|须|必须|专项)?(?:用于|用作|作为)")


def is_part_of_whole(assembly: Assembly, one: Sum) -> bool:
    """``奖补20万元,其中当年10万元、次年…再兑现10万元``, ``支持500万元,首批拨付300万元,…再拨付200万元``: the parts told behind it make up the sum.

    So is what a part is to be used for (``其中5万元用于…``).
    """
    if assembly.rows and _OF_IT.search(one.left) and _FOR_A_USE.match(one.right):
        return True
    head = next((row for row in reversed(assembly.rows) if row.clause == one.phrase.clause), None)
    if head is None or head.kind not in ("fixed", "per_unit") or head.sum is one:
        return False
    if _OF_THEM.fullmatch(one.left) or (
        one.left.startswith("其中") and _REST_BEHIND.match(assembly.passage.text, one.end)
    ):
        return (head.amount or 0) > (one.items[0].fen or 0)
    _, end = assembly.passage.stretch(clause=one.phrase.clause)
    rest = assembly.passage.text[head.sum.end : end]
    told = _PARTS_TOLD.match(rest) and (head.kind == "per_unit" or re.search(r"兑现|拨付|发放|支付", rest))
    parts = [at.fen for at in find_money(rest)] if told else []
    return len(parts) > 1 and sum(fen or 0 for fen in parts) == head.amount


def is_stage(assembly: Assembly, one: Sum) -> bool:
    """``分三年给予累计不超过500万元,其中第一年不超过200万元``: the maxima of the years are the awards, the whole is none."""
    before = [row for row in assembly.rows if row.sentence == one.phrase.sentence]
    whole = next((row for row in before if not row.staged), None)
    return bool(
        before and whole and whole.kind == "capped" and terms.TOTAL.search(whole.sum.left) and stage(one.left)
    ) or bool(before and all(row.staged for row in before) and stage(one.left))
