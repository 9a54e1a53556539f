"""Rows in the making: one for each value of a list, each with its key, its frequency and what it counts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction

from luodi.policy import award_terms as terms
from luodi.policy.awards.grades import KEY_WORD, Keys
from luodi.policy.awards.numbers import Item, Sum
from luodi.policy.awards.pairing import find_keys, has_other_count, keys_of_groups
from luodi.policy.awards.periods import Frequency, frequency, stages
from luodi.policy.awards.standards import GIVEN_LAST
from luodi.policy.facts import BenefitKind
from luodi.policy.passages import Passage

# 按70%、80%分别给予甲类、乙类企业奖励: the keys stand behind the values.
_GIVEN_TO = re.compile(r"[^。;\d]{0,12}?分别(?:给予|予以|奖励|补助|补贴|资助|支持|对|用于)+(?P<list>[^,。;\d]{2,40})")


# 分别按营业收入10亿元、30亿元,给予200万元、500万元奖励: the keys stand behind 分别.
_BEHIND_EACH = re.compile(r"分别按照?(?P<list>[^。;]{4,60}),(?:给予|予以|奖励|补助|补贴|资助)[^,。;\d]{0,8}\Z")
# 给予一次性补助,其中甲级20万元,乙级10万元: said once for all that follow in the clause.
_ONCE_FOR_ALL = re.compile(
    rf"一次性[^,。;\d]{{0,6}}{terms.KIND}[^,。;\d]{{0,6}}[,:][^,。;]{{0,14}}?(?:其中|具体|标准)[^。;]*\Z"
    rf"|一次性[^,。;\d]{{0,6}}{terms.KIND}金?(?:标准|金额)?:[^。;]*\Z"
    # 给予一次性奖励,市级奖励2万元,省级奖励5万元: grades right behind it
    rf"|一次性[^,。;\d]{{0,6}}{terms.KIND},(?={KEY_WORD.pattern})[^。;]*\Z"
)
# 给予一次性资助。按…的10%给予资助: a sentence without a figure says so of the next.
_ONCE_SAID = re.compile(
    rf"一次性[^,。;\d]{{0,6}}{terms.KIND}:[^。]*\Z|(?:\A|。)[^。元%]*一次性[^,。;\d]{{0,6}}{terms.KIND}(?:资金)?。[^。]*\Z"
)
# 按租金的50%,给予一次性补贴; 每分钟A元。每部作品给予一次性奖励: said behind the sum, without a figure of its own.
_ONCE_BEHIND = re.compile(
    rf"[^,。;:]*,(?:分别|均)?(?:给予|予以|发放)[^,。;\d]{{0,6}}一次性[^,。;\d%元]{{0,8}}{terms.KIND}(?:资金)?(?=[,。;]|\Z)"
    rf"|[^。;]{{0,60}}的标准(?:给予|予以)一次性{terms.KIND}(?=[,。;]|\Z)"
    rf"|[^。;]{{0,12}}[。;](?:每[一-鿿]|上述|以上|同一)[^。;,\d元%]{{0,20}}一次性{terms.KIND}(?=[,。;]|\Z)"
)
# 可以申请一次性加发保险金,标准为…; 按月支付津贴,标准为:…: how often, told before the standard.
_STANDARD_NEXT = r"[^,。;\d]{0,16},(?:其)?标准(?:分别)?(?:为|是|按照?)[^。;]*\Z"
_ONCE_BY_STANDARD = re.compile(rf"一次性(?:领取|发给|加发|支付|给予|发放){_STANDARD_NEXT}")
_MONTHLY_BY_STANDARD = re.compile(rf"(?:按月|每月)(?:领取|发给|支付|给予|发放|计发|增发|加发){_STANDARD_NEXT}")
# 每年以上一年度贡献为基数,增量部分的50%…: measured anew every year.
_YEARLY_BASE = re.compile(r"每年度?[,]?以[^,。;]{2,30}为(?:基数|基准),[^,。;]*\Z")
# 每引进一家产值过亿元的企业奖励N: what is counted is each new one, whatever the sums that describe it.
_EACH_GAINED = re.compile(
    r"每(?:成功)?(?:新?引进|招引|吸引|培育|孵化|推荐|介绍|新?开设|新设立|再?新?(?:上|登上|跨上|迈上)一?个)"
)
# 每接收1名退役军人并签订3年以上合同
_EACH_TAKEN_ON = re.compile(r"每(?:新)?(?:接收|吸纳|招用|招录|录用|聘用|安置)")
# 第一年、第二年、第三年分别按50%、40%、30%
_YEAR_LIST = r"(?P<years>第[一二三四五六](?:年度?)?(?:[、和及]第?[一二三四五六](?:年度?)?)+)"
_YEARS_BEFORE = re.compile(rf"{_YEAR_LIST}[^,。;\d]{{0,6}}分别[^,。;\d]{{0,24}}\Z")
_YEARS_BEHIND = re.compile(rf"[^,。;\d]{{0,8}}分别(?:给予|予以|奖励|补助|补贴|资助|用于)*{_YEAR_LIST}")
# 危房改造户均补助2.8万元: so much for each, on the average.
_MEAN = re.compile(rf"([户亩村])均(?:每年)?(?:{terms.KIND})(?:标准)?(?:为|不低于)?\Z")
# 一次性50万元补贴和每年20万元: how often, told for the last sum of a phrase alone.
_OWN_TIME = re.compile(
    r"[\d.]+[万亿]?元[^,。;\d]{0,10}(?:和|及|并|与)(?P<own>[^,。;\d元]{0,6}(?:每年|每月|一次性)[^,。;\d元]{0,8})\Z"
)
# 给予每年20万元津贴和200万元补助,分五年发放: how often, told for the first sum of a phrase alone.
_TIME_OF_FIRST = re.compile(
    r"(?:给予|予以|发放|享受|提供)每[年月][\d.]+[万亿]?元[^,。;:、\d]{2,10}(?:和|及|与|、)(?P<own>[^,。;\d元]{0,6})\Z"
)
_IN_PARTS = re.compile(r"[^,。;:、\d]{2,10},(?:一次性|分[一二两三四五\d])")
_NEXT_SUM = re.compile(r"[%元]|(?:和|及|与|、)(?=一次性[^,。;\d]{0,4}\d)")  # 每年20万元经费和一次性50万元补助
# 按每空方100元标准补助: whatever it is that a standard is told for each of.
_BY_EACH = re.compile(r"按照?每([^,。;:、\d年月季周]{1,4})\Z")
_STANDARD = re.compile(r"的?标准")
# 市、区两级分别给予2万元: each of them pays.
_BOTH_PAY = re.compile(r"([省市区县镇])、?([省市区县镇])(?:两级)?(?:财政)?分别\D*\Z")


# 支持企业引进博士、硕士,按每人20万元、10万元: what is furthered, no giving.
_FURTHERS = re.compile(
    r"(?<![^,。;:])(?:支持|扶持)(?:企业|单位|机构|园区|用人单位)?(?:引进|开展|建设|购买|购置|参加|举办|申报|新建|创建)"
)
# 取前十名,平均分五档分别给予…: classes without names.
_CLASSES = re.compile(r"分(?:为)?([一二两三四五六\d])个?(?:档|等|类|级)")


@dataclass
class Row:
    """One benefit in the making; offsets are the passage's."""

    kind: BenefitKind
    sum: Sum
    item: Item
    selector: str | None = None
    keys: Keys | None = None
    keys_from: int = 0
    amount: int | None = None
    rate: Fraction | None = None
    floor: int | None = None
    cap: int | None = None
    frequency: Frequency | None = None
    years: int | None = None
    per: str | None = None
    award: int = 0
    closed: bool = False
    cap_key: str | None = None
    staged: bool = False
    cap_sum: Sum | None = None
    raises: Row | None = None
    """The row in whose place this one is paid (其中…提高至)."""

    @property
    def sentence(self) -> int:
        """The number of the sentence in its passage."""
        return self.sum.phrase.sentence

    @property
    def clause(self) -> int:
        """The number of the clause in its passage."""
        return self.sum.phrase.clause

    @property
    def of_group(self) -> bool:
        """Whether it is what several awards may come to together, in a year (年度) or in all (累计)."""
        return self.selector in ("年度", "累计")

    @property
    def rated(self) -> bool:
        """Whether a share is stated."""
        return self.kind in ("rate", "interest") and self.rate is not None


@dataclass(frozen=True, slots=True)
class Unpaired:
    """Values after 分别 whose keys could not be counted out."""

    start: int
    end: int


@dataclass
class Assembly:
    """The rows of a passage as they are found, and the lists that could not be paired.

    ``beside``: what the field before says of whom or what is paid for, where a paper tells that apart from the sums.
    """

    passage: Passage
    beside: str = ""
    rows: list[Row] = field(default_factory=list)
    unpaired: list[Unpaired] = field(default_factory=list)

    def told(self, one: Sum) -> str:
        """What the clause of a sum says before it."""
        start, _ = self.passage.stretch(clause=one.phrase.clause)
        return self.passage.text[start : one.start]

    def own_words(self, one: Sum) -> str:
        """The words of its phrase before a sum, from the sum before it on."""
        ends = [row.sum.end for row in self.rows if row.sum.phrase == one.phrase and row.sum.end <= one.start]
        return self.passage.text[max([one.phrase.start, *ends]) : one.start]


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
        payers = _BOTH_PAY.search(one.left)
        shares: tuple[str | None, ...] = (payers[1], payers[2]) if payers else (None,)
        return [Row(kind, one, one.items[0], selector=word) for word in shares]
    if one.items[0].key:
        return [Row(kind, one, item, selector=item.key) for item in one.items]
    start, _ = assembly.passage.stretch(sentence=one.phrase.sentence)
    floor = max([start, *(row.sum.end for row in assembly.rows if row.sum.phrase.sentence == one.phrase.sentence)])
    keys, at = _keys(assembly, one, floor)
    told = "分别" in assembly.passage.text[floor : one.start]
    classes = terms.last_match(_CLASSES, assembly.passage.text, floor, one.start)
    if keys is None and classes and count_of(classes[1]) == len(one.items):
        told = False
    if keys is None and told and has_other_count(assembly.passage.text[floor : one.start], len(one.items)):
        assembly.unpaired.append(Unpaired(one.start, one.end))
        return []
    words = keys.words[: len(one.items)] if keys else (None,) * len(one.items)
    return [
        Row(kind, one, item, selector=word, keys=keys, keys_from=at)
        for item, word in zip(one.items, words, strict=True)
    ]


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
    for at in (_YEARS_BEFORE.search(text, floor, one.start), _YEARS_BEHIND.match(text, one.end)):
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


def before_give(text: str) -> str:
    """The words before the verb that hands out the values; a title in 【】 hands out nothing."""
    text = re.sub(r"【[^【】]*】", lambda at: "·" * len(at[0]), text)
    at = text.rfind("分别")
    if at >= 0 and len(text) - at < 60:
        return text[:at]
    last = terms.last_match(terms.GIVE, text)
    near = last and len(text) - last.end() < 30 and not _FURTHERS.match(text, last.start())
    return text[: last.start()] if last and near else text


def counted_per(passage: Passage, one: Sum) -> str | None:
    """What a plain sum is counted for (每家, 每新增1台); None where it is one sum."""
    start, _ = passage.stretch(clause=one.phrase.clause)
    last = terms.last_match(terms.UNIT_AFTER_PER, passage.text, start, one.start)
    if last is None and (by := _BY_EACH.search(one.left)) and _STANDARD.match(one.right):
        return by[1]
    if last is None:
        mean = _MEAN.search(one.left)
        return mean[1] if mean else None
    if _EACH_GAINED.match(last[0]):
        return last[0].removeprefix("每")
    between = re.sub(r"\([^()]*\)", "", passage.text[last.end() : one.start])
    if _EACH_TAKEN_ON.match(last[0]) and "元" not in between:
        return last[0].removeprefix("每")
    between = re.sub(r"\A[^元]*元(?:提高|提升|上调|调整|增加|调高)(?:到|至|为)", "", between)
    between = re.sub(r"(?:不低于|不少于)\Z|不足[\d.]+元的?,?(?=按)", "", between)
    if "元" in between or re.search(r"不低于|达到|超过|以上|以下", between):
        return None
    return re.sub(r"\A[每单]|(?<=.)(?:一次|分别|一次性)\Z", "", last[0])


def count_of(word: str) -> int:
    """The number of years that a word names."""
    return {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6}.get(word) or (
        int(word) if word.isdigit() else 10
    )


def set_time(row: Row, one: Sum, told: str = "", before: str = "", after: str = "") -> None:
    """Read how often a sum is paid from its own phrase, its clause (``told``) and all that stands ``before`` and ``after`` it."""
    last = re.split(r"的(?=企业|单位|项目)", one.left)[-1] if len(one.left) > 40 else one.left
    own = _OWN_TIME.search(one.left) or (_IN_PARTS.match(after) and _TIME_OF_FIRST.search(one.left))
    last = own["own"] if own else last
    right = _NEXT_SUM.split(one.right)[0]
    row.frequency = frequency(last, right, row.per)
    if row.frequency is None and _MONTHLY_BY_STANDARD.search(told):
        row.frequency = "monthly"
    last_gives = GIVEN_LAST.match(after)
    said = (
        (last_gives and "一次性" in last_gives[0])
        or _ONCE_FOR_ALL.search(told)
        or _ONCE_BY_STANDARD.search(told)
        or _ONCE_SAID.search(before)
        or _ONCE_BEHIND.match(after)
    )
    if row.frequency is None and said:
        row.frequency = "once"
    if row.frequency is None and one.role == "rate" and _YEARLY_BASE.search(told):
        row.frequency = "annual"
    if one.role == "cap" and row.frequency is None and terms.YEARLY_CAP.search(one.left):
        row.frequency = "annual"
    spread = terms.SPREAD.search(one.left + one.right)
    if spread and (row.keys or count_of(spread[1]) != len(one.items)):  # as many values as years: one value a year
        row.years = count_of(spread[1])
        row.frequency = row.frequency if row.frequency == "once" else None
