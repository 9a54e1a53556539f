"""A row for each value of a list, with its key: the nth key takes the nth value (LANGUAGE 6.3)."""

from __future__ import annotations

import re

from luodi.policy import award_terms as terms
from luodi.policy.awards.numbers.number_groups import Sum
from luodi.policy.awards.numbers.pairing import find_keys, has_other_count, keys_of_groups
from luodi.policy.awards.rows.row import Assembly, Row, Unpaired, before_give, count_of
from luodi.policy.awards.words.grades import Keys, told_in_one
from luodi.policy.awards.words.periods import stages
from luodi.policy.facts import BenefitKind

# 按70%、80%分别给予甲类、乙类企业奖励: the keys stand behind the values.
_GIVEN_TO = re.compile(r"[^。;\d]{0,12}?分别(?:给予|奖励|补助|补贴|资助|支持|对|用于)+(?P<list>[^,。;\d]{2,40})")
# 分别按营业收入10亿元、30亿元,给予200万元、500万元奖励: the keys stand behind 分别.
_BEHIND_EACH = re.compile(r"分别按照?(?P<list>[^。;]{4,60}),(?:给予|奖励|补助|补贴|资助)[^,。;\d]{0,8}\Z")
# 第一年、第二年、第三年分别按50%、40%、30%
_YEAR_LIST = r"(?P<years>第[一二三四五六](?:年度?)?(?:[、和及]第?[一二三四五六](?:年度?)?)+)"
# 落户后第一、二、三个完整会计年度增长20%以上的,在对应年度分别给予贡献100%、50%、50%的奖励
_YEARS_OF_WHO = re.compile(
    r"(?P<years>第[一二三四五六](?:个)?(?:[、和及]第?[一二三四五六])+个?(?:完整)?(?:会计|财政|自然|经营|纳税)?年度)[^。;]{0,40}"
    r"(?:对应|相应|当|该)年度?[^,。;\d]{0,4}分别[^,。;\d]{0,24}\Z"
)
# 分别给予前三名证券机构50万元、30万元、20万元
_RANKS_GIVEN = re.compile(r"(?:给予|奖励|补助|资助)(?P<ranks>(?:排名)?前[^,。;\d]{2,20})\Z")
# 分别给予农户、经营主体以及村集体每亩50元、80元和100元
_WHO_EACH = re.compile(
    r"分别(?:一次性)?(?:给予|奖励|补助|补贴|资助)(?P<list>[^,。;、\d]{2,30}、[^,。;\d]{2,40}?[^,。;\d元])(?:每[一-鿿]{1,3})?\Z"
)
_YEARS_BEFORE = re.compile(rf"{_YEAR_LIST}[^,。;\d]{{0,32}}\Z")
_YEARS_BEHIND = re.compile(rf"[^,。;\d]{{0,8}}分别(?:给予|奖励|补助|补贴|资助|用于)*{_YEAR_LIST}")
# 三年过渡期内分别按, 连续三年分别按
_WITHIN_YEARS = re.compile(r"(?<![近前后第满])([一二两三四五\d])年(?:(?:[^,。;\d]{0,3}期)?内|(?<=连续.年)(?=分别))")
# 第1—3年分别按100%、70%、50%
_FROM_FIRST = re.compile(r"第[一1]年?(?:至|到|—|–|-|~)第?(?P<last>[二三四五2-5])年")
# 市、区两级分别给予2万元: each of them pays.
_BOTH_PAY = re.compile(r"([省市区县镇])、?([省市区县镇])(?:两级)?(?:财政)?分别\D*\Z")
# 分别给予企业和个人1000元: each of them is paid.
_BOTH_PAID = re.compile(
    rf"分别(?:给予|奖励|补助|补贴|资助)([^,。;、\d]{{0,8}}?{terms.PAYEE})(?:和|及|与|、)([^,。;、\d]{{0,8}}?{terms.PAYEE})"
    rf"(?:各|一次性|{terms.KIND})*\Z"
)
# 取前十名,平均分五档分别给予…: classes without names.
_CLASSES = re.compile(r"分(?:为)?([一二两三四五六\d])个?(?:档|等|类|级)")


def paired_rows(assembly: Assembly, one: Sum, kind: BenefitKind) -> list[Row]:
    """A row for each value of a list, each with its key; none where 分别 cannot be counted out."""
    if (ended := _ending_list(assembly, one)) is not None:
        return [
            Row(
                kind,
                one,
                one.items[0],
                selector=ended,
                keys=assembly.rows[-1].keys,
                keys_from=assembly.rows[-1].keys_from,
            )
        ]
    if len(one.items) == 1:
        both = _BOTH_PAY.search(one.left) or (_BOTH_PAID.search(one.left) if one.role == "amount" else None)
        shares: tuple[str | None, ...] = (both[1], both[2]) if both else (None,)
        return [Row(kind, one, one.items[0], selector=word) for word in shares]
    if one.items[0].key:
        return [Row(kind, one, item, selector=item.key) for item in one.items]
    start, _ = assembly.passage.stretch(sentence=one.phrase.sentence)
    floor = max([start, *(row.sum.end for row in assembly.rows if row.sum.phrase.sentence == one.phrase.sentence)])
    keys, at = _keys(assembly, one, floor)
    told = "分别" in assembly.passage.text[floor : one.start] and years_told(assembly, one) != len(one.items)
    classes = terms.last_match(_CLASSES, assembly.passage.text, floor, one.start)
    if keys is None and classes and count_of(classes[1]) == len(one.items):
        told = False
    if keys is None and told and has_other_count(assembly.passage.text[floor : one.start], len(one.items)):
        assembly.unpaired.append(Unpaired(one.start, one.end))
        return []
    words = keys.words[: len(one.items)] if keys else _keys_again(assembly, one) or (None,) * len(one.items)
    return [
        Row(kind, one, item, selector=word, keys=keys, keys_from=at)
        for item, word in zip(one.items, words, strict=True)
    ]


def years_told(assembly: Assembly, one: Sum) -> int | None:
    """``三年过渡期内分别按100%、60%、30%``: how many years the clause tells before a list of shares."""
    if "分别" not in one.left:
        return None
    if years := _FROM_FIRST.search(assembly.told(one)):
        return count_of(years["last"])
    at = _WITHIN_YEARS.search(assembly.told(one))
    return count_of(at[1]) if at else None


def _keys_again(assembly: Assembly, one: Sum) -> tuple[str | None, ...] | None:
    """``按博士30万元、硕士10万元标准给予安家补助,按每月3000元、1500元标准给予津贴``: a second list by the keys of the first."""
    last = assembly.rows[-1] if assembly.rows else None
    if last is None or last.clause != one.phrase.clause or not last.item.key or "、" in one.left:
        return None
    items = last.sum.items
    return tuple(item.key for item in items) if len(items) == len(one.items) and all(one.key for one in items) else None


def _share_follows(assembly: Assembly, one: Sum) -> bool:
    """Whether a share ends the list of sums: it takes the last key."""
    return one.items[0].fen is not None and bool(terms.SHARE_NEXT.match(assembly.passage.text, one.end))


def _ending_list(assembly: Assembly, one: Sum) -> str | None:
    """``A、B、C的,分别给予30万元、50万元、到账外资的8‰``: the key of the share that ends a list of sums."""
    last = assembly.rows[-1] if assembly.rows else None
    if last is None or last.keys is None or one.items[0].rate is None or last.sum.phrase != one.phrase:
        return None
    one_more = len(last.keys.words) == len(last.sum.items) + 1
    return last.keys.words[-1] if one_more and _share_follows(assembly, last.sum) else None


def _keys(assembly: Assembly, one: Sum, floor: int) -> tuple[Keys | None, int]:
    """The keys of a list of values: in its clause, its sentence, then what the passage says just before."""
    text = terms.STAGE.sub(lambda at: "·" * len(at[0]), assembly.passage.text)
    count = len(one.items) + _share_follows(assembly, one)
    if (of_who := _YEARS_OF_WHO.search(assembly.passage.text, floor, one.start)) and len(
        stages(of_who["years"])
    ) == count:
        return Keys(tuple(stages(of_who["years"])), of_who.start("years"), of_who.end("years")), 0
    ranked = _RANKS_GIVEN.search(text, floor, one.start)
    if ranked and (keys := told_in_one(ranked["ranks"], count)):
        return Keys(keys.words, ranked.start("ranks"), ranked.end("ranks")), 0
    whom = _WHO_EACH.search(text, floor, one.start)
    if whom and (keys := find_keys(whom["list"], count)):
        return keys, whom.start("list")
    clause, _ = assembly.passage.stretch(clause=one.phrase.clause)
    after = re.match(r"[^,。;]{0,40}", text[one.end :])
    for start in dict.fromkeys((max(clause, floor), floor)):
        keys = find_keys(before_give(text[start : one.start]), count)
        if keys is not None and not any("·" in word for word in keys.words):
            return keys, start
    if grouped := _grouped(assembly.passage.text, one, floor):
        return grouped, floor
    if (years := _years_of(assembly.passage.text, one, floor)) is not None:
        return years
    told = _BEHIND_EACH.search(text[floor : one.start])
    if told and (keys := find_keys(told["list"], count)):
        return keys, floor + told.start("list")
    if after and (keys := _after_sums(after[0], count)):
        return keys, one.end
    behind = _GIVEN_TO.match(text, one.end)
    if behind and (keys := find_keys(re.split(rf"最高|不超过|{terms.KIND}", behind["list"])[0], count)):
        return keys, behind.start("list")
    earlier = [row for row in assembly.rows if row.keys and len(row.keys.words) == count]
    if "分别" in one.left and clause < floor and not any(row.clause == one.phrase.clause for row in earlier):
        keys = find_keys(before_give(text[clause:floor]), count)  # 硕士、博士每人每年租房补贴1万元,并分别给予…
        if keys is not None:
            return keys, clause
    if earlier and ("分别" in one.left or earlier[-1].sentence == one.phrase.sentence):
        return earlier[-1].keys, earlier[-1].keys_from
    if "分别" not in one.left:
        return None, 0
    start = text[:floor].rstrip("。;").rfind("。") + 1
    if start < floor and (keys := find_keys(before_give(text[start:floor]), count)):
        at = start + keys.start
        if not any(row.sum.start <= at < row.sum.end for row in assembly.rows):  # the shares before are no keys
            return keys, start
    return find_keys(assembly.beside.rstrip("。;"), count), -len(assembly.beside) - 1


def _grouped(text: str, one: Sum, floor: int) -> Keys | None:
    """``甲级、乙级作坊、工坊,分别给予5万元、3万元和4万元、2万元``: the values of each thing stand together."""
    groups = re.split(r"和|以及|与|及|,", text[one.start : one.end])
    sizes = {group.count("、") + 1 for group in groups}
    if len(groups) < 2 or len(sizes) > 1 or sizes == {1} or sizes.pop() * len(groups) != len(one.items):
        return None
    return keys_of_groups(before_give(text[floor : one.start]), len(groups), len(one.items) // len(groups))


def _years_of(text: str, one: Sum, floor: int) -> tuple[Keys, int] | None:
    """``第一年、第二年、第三年分别按50%、40%、30%``, ``按50%、40%分别给予第一年、第二年``: years that are keys, on either side of the values."""
    for at in (
        _YEARS_BEFORE.search(text, floor, one.start),
        _YEARS_BEHIND.match(text, one.end),
    ):
        words = stages(at["years"]) if at else []
        if at and len(words) == len(one.items):
            return Keys(tuple(words), at.start("years"), at.end("years")), 0
    return None


def _after_sums(text: str, count: int) -> Keys | None:
    """``(省级、市级)`` behind the sums, where it repeats the keys."""
    remark = re.match(r"\(([^()]*)\)", text)
    if remark is None:
        return None
    return find_keys(remark[1], count) or find_keys(text, count)
