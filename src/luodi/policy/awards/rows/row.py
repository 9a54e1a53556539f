"""Rows in the making: what each is made of, what it counts and how often it is paid."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction

from luodi.policy import award_terms as terms
from luodi.policy.awards.numbers.number_groups import Item, Sum
from luodi.policy.awards.roles.standards import GIVEN_LAST
from luodi.policy.awards.words.grades import KEY_WORD, Keys
from luodi.policy.awards.words.periods import Frequency, frequency
from luodi.policy.facts import BenefitKind
from luodi.policy.passages import Passage

# 给予一次性补助,其中甲级20万元,乙级10万元: said once for all that follow in the clause.
_ONCE_FOR_ALL = re.compile(
    rf"一次性[^,。;\d]{{0,6}}{terms.KIND}[^,。;\d]{{0,6}}[,:][^,。;]{{0,14}}?(?:其中|具体|标准)[^。;]*\Z"
    rf"|一次性[^,。;\d]{{0,6}}(?:{terms.KIND}金?|[一-鿿]金)(?:标准|金额)?:[^。;]*\Z"
    # 给予一次性奖励,奖励额度为二级20万元、三级30万元
    rf"|一次性[^,。;\d]{{0,6}}{terms.KIND},(?:{terms.KIND})?(?:额度|金额|标准)(?:分别)?[为是][^,。;]*\Z"
    # 给予一次性奖励,市级奖励2万元,省级奖励5万元: grades right behind it
    rf"|一次性[^,。;\d]{{0,6}}{terms.KIND},(?={KEY_WORD.pattern})[^。;]*\Z"
)
# 给予一次性资助。按…的10%给予资助: a sentence without a figure says so of the next.
_ONCE_SAID = re.compile(
    rf"一次性[^,。;\d]{{0,6}}(?:{terms.KIND}|[一-鿿]金):[^。]*\Z|(?:\A|。)[^。元%]*一次性[^,。;\d]{{0,6}}{terms.KIND}(?:资金)?。[^。]*\Z"
    # 一次性开办补助按用房权属分类补助,自建的A;租赁的B
    rf"|一次性[^,。;\d]{{0,6}}{terms.KIND}(?:资金|金)?(?:按照?|根据|区分)[^,。;\d]{{2,16}}(?:分类|分档|分级|分别)[^,。;\d]{{0,6}}[,:][^。]*\Z"
)
# 按租金的50%,给予一次性补贴; 每分钟A元。每部作品给予一次性奖励: said behind the sum, without a figure of its own.
_ONCE_BEHIND = re.compile(
    rf"[^,。;:]*,(?:分别|均)?(?:给予|发放)[^,。;\d]{{0,6}}一次性[^,。;\d%元]{{0,8}}{terms.KIND}(?:资金)?(?=[,。;]|\Z)"
    rf"|[^。;]{{0,60}}的标准(?:给予)一次性{terms.KIND}(?=[,。;]|\Z)"
    # 按购房总价5%、最高不超过160万元给予一次性购房补贴
    rf"|、(?:最高|不超过)[^,。;%\d]{{0,6}}[\d.]+[万亿]?元(?:的?标准)?(?:给予)[^,。;\d]{{0,4}}一次性"
    # 按每平方米500元的标准、最高不超过费用的50%给予一次性补贴
    rf"|的?标准[、,](?:最高)?不超过[^,。;\d]{{2,14}}[\d.]+%(?:的?标准)?(?:给予)[^,。;\d]{{0,4}}一次性"
    # 内资按到位资金的2%、外资按到位外资的3%给予一次性奖励
    rf"|(?:[、和][^,。;%‰\d]{{2,20}}[\d.]+[%‰])+的?(?:比例|标准)?(?:分别)?(?:给予)[^,。;\d]{{0,6}}一次性"
    rf"|[^。;]{{0,60}}[。;](?:每[一-鿿]|上述|以上|同一)[^。;,\d元%]{{0,20}}一次性{terms.KIND}(?=[,。;]|\Z)"
)
# 可以申请一次性加发保险金,标准为…; 按月支付津贴,标准为:…: how often, told before the standard.
_STANDARD_NEXT = r"[^,。;\d]{0,16},(?:其)?标准(?:分别)?(?:为|是|按照?)[^。;]*\Z"
_ONCE_BY_STANDARD = re.compile(rf"一次性(?:领取|发给|加发|支付|给予|发放){_STANDARD_NEXT}")
_MONTHLY_BY_STANDARD = re.compile(rf"(?:按月|每月)(?:领取|发给|支付|给予|发放|计发|增发|加发){_STANDARD_NEXT}")
# 每年以上一年度贡献为基数,增量部分的50%…: measured anew every year.
_YEARLY_BASE = re.compile(r"每年度?[,]?以[^,。;]{2,30}为(?:基数|基准),[^,。;]*\Z")
# 每引进一家产值过亿元的企业奖励N: what is counted is each new one, whatever the sums that describe it.
_EACH_GAINED = re.compile(
    r"每(?:成功)?(?:新?引进|招引|吸引|培育|孵化|推荐|介绍|新?开设|新设立|组织(?=[一1])|再?新?(?:上|登上|跨上|迈上)一?个)"
)
_ANOTHER = re.compile(r"元,[^,。;]{2,16}的,?[再另]")  # 每孵化1家补贴2万元,考核优秀的另奖励10万元
# 每接收1名退役军人并签订3年以上合同
_EACH_TAKEN_ON = re.compile(r"每(?:新)?(?:接收|吸纳|招用|招录|录用|聘用|安置)")
# 危房改造户均补助2.8万元: so much for each, on the average.
_MEAN = re.compile(rf"([户亩村])均(?:每年)?(?:{terms.KIND})(?:标准)?(?:为|不低于)?\Z")
# 一次性50万元补贴和每年20万元: how often, told for the last sum of a phrase alone.
_OWN_TIME = re.compile(
    r"[\d.]+[万亿]?元[^,。;\d]{0,10}(?:、|和|及|并|与)(?P<own>[^,。;\d元]{0,6}(?:每年|每月|一次性)[^,。;\d元]{0,8})\Z"
)
# 给予每年20万元津贴和200万元补助,分五年发放: how often, told for the first sum of a phrase alone.
_TIME_OF_FIRST = re.compile(
    r"(?:给予|发放|享受|提供)每[年月][\d.]+[万亿]?元[^,。;:、\d]{2,10}(?:和|及|与|、)(?P<own>[^,。;\d元]{0,6})\Z"
)
_IN_PARTS = re.compile(r"[^,。;:、\d]{2,10},(?:一次性|分[一二两三四五\d])")
_NEXT_SUM = re.compile(r"[%元]|(?:和|及|与|、)(?=一次性[^,。;\d]{0,4}\d)")  # 每年20万元经费和一次性50万元补助
# 单个品种(不同规格视为同一品种)分别给予: a remark behind what is counted; 台(套) is none.
_REMARK = re.compile(r"\([^()]{4,}\)")
# 按每空方100元标准补助: whatever it is that a standard is told for each of.
_BY_EACH = re.compile(r"按照?每([^,。;:、\d年月季周]{1,4})\Z")
# 按每航时3万元对单程单架给予奖励
_COUNTED_BY = re.compile(rf"的?标准|(?:\([^()]{{1,6}}\))?(?:对[^,。;\d]{{2,10}})?(?:给予)[^,。;\d]{{0,6}}{terms.KIND}")


_STEPS = ("每增加", "每新增", "每多")  # 每增加4人以上的,给予
# 支持企业引进博士、硕士,按每人20万元、10万元: what is furthered, no giving.
_FURTHERS = re.compile(
    r"(?<![^,。;:])(?:支持|扶持)(?:企业|单位|机构|园区|用人单位)?(?:引进|开展|建设|购买|购置|参加|举办|申报|新建|创建)"
)


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
    cap_in: Passage | None = None
    """The paragraph of the maximum, where that is another."""
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


def before_give(text: str) -> str:
    """The words before the verb that hands out the values; a title in 【】 hands out nothing."""
    text = re.sub(r"【[^【】]*】", lambda at: "·" * len(at[0]), text)
    at = text.rfind("分别")
    if at >= 0 and len(text) - at < 60:
        return text[:at]
    last = terms.last_match(terms.GIVE, text)
    near = last and len(text) - last.end() < 30 and not _FURTHERS.match(text, last.start())
    near = near and last and not text.startswith(":", last.end())  # 技能补贴:取得初级、中级证书的
    return text[: last.start()] if last and near else text


_DAYS = ("天", "日", "晚", "夜")
_BESIDE_DAYS = re.compile(r"每((?:平方米|平米|立方米|床位|[一-鿿]))\Z")


def counted_per(passage: Passage, one: Sum) -> str | None:
    """What a plain sum is counted for (每家, 每新增1台); None where it is one sum."""
    start, _ = passage.stretch(clause=one.phrase.clause)
    told = _REMARK.sub("", passage.text[start : one.start])
    last = terms.last_match(terms.UNIT_AFTER_PER, told)
    if last is None and (by := _BY_EACH.search(one.left)) and _COUNTED_BY.match(one.right):
        return by[1]
    if last is None:
        mean = _MEAN.search(one.left)
        return mean[1] if mean else None
    between = re.sub(r"\([^()]*\)", "", told[last.end() :])
    if _EACH_GAINED.match(last[0]) and not _ANOTHER.search(between):
        return last[0].removeprefix("每")
    if _EACH_TAKEN_ON.match(last[0]) and "元" not in between:
        return last[0].removeprefix("每")
    between = re.sub(r"\A[^元]*元(?:/[月年])?(?:提高|提升|上调|调整|增加|调高)(?:到|至|为)", "", between)
    between = re.sub(r"[一二两三\d]+(?:年|个月)以上", "", between)  # 每新增一家营业一年以上的门店
    between = re.sub(r"(?:不低于|不少于)\Z|不足[\d.]+元的?,?(?=按)", "", between)
    between = re.sub(r"\A以上(?=[^,。;\d]{0,10},)", "", between) if last[0].startswith(_STEPS) else between
    if "元" in between or re.search(r"不低于|不少于|达到|超过|以上|以下", between):
        return None
    counted = re.sub(r"\A[每单]|(?<=.)(?:一次|分别|一次性|再|额外再?)\Z", "", last[0])
    return _with_days(told, last, counted)


def _with_days(told: str, last: re.Match[str], counted: str) -> str:
    """``每平方米每天0.2元``, ``每天每人50元``: counted by both."""
    beside = _BESIDE_DAYS.search(told, 0, last.start())
    if beside is None or (counted in _DAYS) == (beside[1] in _DAYS):
        return counted
    return f"{beside[1]}/{counted}" if counted in _DAYS else f"{counted}/{beside[1]}"


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
