"""How often and how long an award is paid: once, every year, every month, over N years (LANGUAGE 6.5)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from luodi.policy import award_terms as terms
from luodi.quantities.numerals import numeral

Frequency = Literal["once", "annual", "monthly"]
_N = r"(?P<n>[一二两三四五六七八九十]|\d{1,2})"
_PAID = r"(?:给予|予以|支持|补助|补贴|奖励|资助|扶持|贴息|享受|发放|返还)"
_NO_MORE = r"(?:原则上|一般|累计)?(?:最长|最高|最多|上限)?(?:不超过|不得超过|为|可达|不多于|:)?"
_WITHIN = re.compile(rf"(?:自|从)[^。;,]{{2,40}}(?:起|后|之日)的?{_N}(?:个)?年内")

ONCE_BEHIND_LIST = (
    r"(?:,[^,。;:\d]{2,20}[\d.]+[万亿]?元)*,(?:由[^,。;\d]{2,10})?"
    r"(?:一次性(?:发放|发给|给予|予以|奖励|补助|兑现|拨付)(?![^,。;]{0,6}\d)|(?:给予|予以)一次性[^,。;\d]{0,8}(?=[。;]|\Z))"
)
"""``省级中心50万元,一次性给予``: what goes on behind a sum until all of them are handed out at once."""

STAGED = re.compile(
    r"分阶段|分段(?=给予|奖|补|资助)|分步|分环节|分[一二三四五\d]个?阶段|按照?[^,。;\d]{0,4}(?:进程|阶段)(?!的|性)"
)
"""A sum that is paid by stages."""

Reach = Literal["yearly", "term", "spread", "bound"]
# The first that matches has it: (what it says, how it is said).
_FORMS: tuple[tuple[Reach, re.Pattern[str]], ...] = (
    (
        "spread",
        re.compile(
            rf"(?:(?:支持|资助|补助|扶持|实施|建设|奖励)周期|支持期)(?:原则上|一般)?(?:为|最长)?(?:不超过)?{_N}(?:个)?年(?!以上)"
        ),
    ),
    # 三年累计最高不超过500万元
    (
        "spread",
        re.compile(rf"(?<=[,、])前?{_N}(?:个)?年(?:内)?(?:给予)?累计(?=[^,。;\d]{{0,10}}(?:最高|不超过|不得超过|\d))"),
    ),
    # 三年内每户安排补助资金不超过600万元
    (
        "spread",
        re.compile(
            rf"(?<![近前后第满\d]){_N}年内(?=每[户家个](?:企业|单位|项目)?(?:安排|给予|累计)[^,。;\d]{{0,10}}(?:最高|不超过))"
        ),
    ),
    # 三年内给予500万—1000万元资助
    ("spread", re.compile(rf"(?<![近前后第满\d]){_N}年内给予(?=[\d.]+[万亿]?元?(?:[—–~-][\d.]+)?[万亿]元)")),
    # 给予三年不超过3000万元奖励
    ("spread", re.compile(rf"给予{_N}年(?:内)?(?:累计|合计|总额)?(?:最高)?不超过(?=\d)")),
    # 两年内,每年按奖励额的50%兑付
    (
        "spread",
        re.compile(
            rf"(?<![近前第满\d]){_N}年内,?每年度?按照?[^,。;\d]{{0,12}}的(?=\d[\d.]*%(?:兑[付现]|拨付|发放|支付))"
        ),
    ),
    # 按照30%、30%、40%的比例3年内兑现
    ("spread", re.compile(rf"(?<=比例){_N}年内(?=[^,。;\d]{{0,4}}(?:兑[付现]|拨付|发放|支付))")),
    ("spread", re.compile(rf"分{_N}(?:个)?年(?:度)?(?!度?纳)")),
    ("spread", re.compile(rf"按{_N}(?:个)?年(?:平均|等额|分期|逐年|均等)")),
    (
        "term",
        re.compile(
            rf"(?:支持|扶持|补贴|补助|资助|奖励|奖补)(?:期限|年限|时限|时间|期)(?:均?为|:)?(?:[前头]{_N}个?完整(?:会计|财政|自然)?年度)"
        ),
    ),
    (
        "term",
        re.compile(
            rf"(?:支持|扶持|补贴|补助|资助|奖励|奖补)(?:期限|年限|时限|时间|期)(?:均?为|:)?{_N}(?:个)?年(?!以上|内)"
        ),
    ),
    # 按30%给予补贴,期限两年
    ("term", re.compile(rf"(?<=(?:补贴|补助|奖励|资助|扶持),)(?:期限|年限|时间)为?{_N}(?:个)?年(?=[,。;]|\Z)")),
    # 每人每月1000元,发3年; 按租金的50%给予补贴,限3年
    ("term", re.compile(rf"(?<=,)(?:(?:最多|最长|共)?(?:补|发|奖|享受)|限补?){_N}(?:个)?年(?=[,。;]|\Z)")),
    # 贴息期限不超过2年
    (
        "bound",
        re.compile(
            rf"(?:(?:支持|扶持|补贴|补助|资助|奖励|贴息|发放|享受)期|为期|期限|年限|时限|时间)"
            rf"(?:自[^,。;\d]{{2,16}}之日起)?{_NO_MORE}{_N}(?:个)?年(?!以上)"
        ),
    ),
    # 按30%给予支持,连续支持不超过3年
    ("yearly", re.compile(rf"连续{_PAID}(?:时间|期限)?(?:最[长多])?不超过?{_N}(?:个)?年")),
    # 给予三年每年50万元经费
    ("bound", re.compile(rf"(?:给予|予以|补助|资助|连续){_N}(?:个)?年[,、]?每年(?=(?:最高|不超过)*[\d.])")),
    # 3万元/年,连续三年
    ("bound", re.compile(rf"(?<=,)[^,。;\d年]{{0,4}}周期为?{_N}(?:个)?年(?=[,。;]|\Z)")),
    ("yearly", re.compile(rf"(?<=,)连续(?:[^,。;\d年补奖]{{0,4}}(?:不超过|最长))?{_N}(?:个)?年(?=[,。;]|\Z)")),
    # 每年20万元运行经费(3年)
    ("bound", re.compile(rf"(?<=[费贴助励])\({_N}(?:个)?年\)")),
    # 投用后三年内每年给予
    ("yearly", re.compile(rf"(?<=[用产营成户业册立市]后){_N}年内,?每年(?=[^,。;]{{0,20}}{_PAID})")),
    # 实际支付的费用,三年内,每年给予…
    ("yearly", re.compile(rf"(?<=,){_N}年内,每年(?=[^,。;]{{0,20}}{_PAID})")),
    # 三年内给予每人每月…
    (
        "bound",
        re.compile(rf"(?<![近前后第满])(?<!\d){_N}年内(?=[^,。;]{{0,12}}每(?:[人户家名]每)?[年月])"),
    ),
    # 每年最高50万元,不超过2年
    ("bound", re.compile(rf"(?<=,)(?:原则上|一般|累计)?(?:享受|补贴|支持)?(?:最长)?不超过{_N}(?:个)?年(?=[,。;]|\Z)")),
    (
        "yearly",
        re.compile(
            rf"连续(?:{_PAID})?{_N}(?:个)?年(?:内)?(?:每年)?(?:按[^,。;]{{0,36}})?(?:{_PAID}|的?[^,。;\d的]{{0,4}}?(?:奖|补|资|支|扶))"
        ),
    ),
    # 连续三年为签订合同的员工补助20%
    ("yearly", re.compile(rf"连续{_N}(?:个)?年(?=[为对][^,。;\d]{{2,24}}{_PAID}[^,。;\d]{{0,6}}\d)")),
    ("yearly", re.compile(rf"(?:连续{_PAID}|连[补奖]){_N}(?:个)?年")),
    # 三年内逐年按60%、50%、40%补贴
    ("yearly", re.compile(rf"(?<![近前后第满\d]){_N}年内?逐年(?=[^,。;]{{0,10}}按)")),
    ("yearly", re.compile(rf"连续{_N}(?:个)?年内?,(?=按[^。;%元]{{2,60}},给予[^。;元]{{0,20}}%)")),
    ("yearly", re.compile(rf"(?<=起){_N}(?:个)?年(?:内)?,每年(?=[^,。;]{{0,40}}{_PAID})")),
    ("yearly", re.compile(rf"连续{_N}(?:个)?年[,、]每年(?=[^,。;]{{0,30}}{_PAID})")),
    (
        "yearly",
        re.compile(
            rf"{_PAID}[^,。;\d第连上前下]{{0,6}}(?:最长|最多|不超过|为期|期限?为)*(?:连续)?{_N}(?:个)?年的?(?:期的?)?"
            rf"(?=[^,。;内]{{0,8}}(?:{terms.KIND}|\d+%))"
        ),
    ),
    ("yearly", re.compile(rf"{terms.KIND}(?:的)?{_NO_MORE}(?<=[过为达于长高多]){_N}(?:个)?年")),
    (
        "yearly",
        re.compile(
            rf"(?<![限间])(?:最长(?:租期|期限|时间|年限)?|最高|最多)(?:不超过|为|可达|补[贴助]?|发放?|支持|资助|奖励|享受)?{_N}(?:个)?年"
            rf"(?!以上|的(?![^,。;]{{0,12}}{terms.KIND}))"
        ),
    ),
    # 5年内按贡献的80%奖励: a share of what falls due in those years
    (
        "yearly",
        re.compile(
            rf"(?:(?<=[,。;:起后)在])|(?<=租金)|(?<=费用)|\A){_N}个?年度?内,?"
            rf"(?=全额(?:奖励|补[助贴]|返还)|[^。;%元]{{2,60}}(?:留成|留存|所得|贡献|税收)[^。;%元]{{0,40}}%(?:奖励|返还|补助)给?"
            rf"|(?:每年)?可?(?:按|参照|根据|依据|以|由|奖励|补助|给予)[^。;%元]*%(?!及?以[上下])"
            rf"|[^,。;%元]{{2,24}}(?:留成|留存|贡献)[^,。;%元]{{0,6}}全额)"
        ),
    ),
    ("yearly", re.compile(rf"(?<=%,){_N}年内(?=奖励|补助|返还|给予|予以)")),
    ("term", re.compile(rf"(?:补贴|补助|贴息|资助|奖励|扶持|发放|给予){_N}(?:个)?年(?=[,。;]|\Z)")),
)


_STAGES = re.compile(rf"(?:{terms.STAGE.pattern})(?:[、和及](?:{terms.STAGE.pattern}))*")


@dataclass(frozen=True, slots=True)
class Term:
    """A statement on duration at ``[start, end)``.

    ``reach``: the sum falls due every year (yearly), a payment runs so long (term), a whole is paid out over the years
    (spread), or a payment that recurs runs no longer (bound).
    """

    start: int
    end: int
    years: int
    reach: Reach


@lru_cache(maxsize=16)  # several questions are asked of one paragraph
def find_terms(text: str) -> tuple[Term, ...]:
    """Every statement on how many years an award runs, in text order, none twice."""
    found: list[Term] = []
    for term in _terms(text):
        if not any(other.start < term.end and term.start < other.end for other in found):
            found.append(term)
    return tuple(sorted(found, key=lambda term: term.start))


def _terms(text: str) -> Iterator[Term]:
    if "年" not in text:
        return
    for reach, pattern in _FORMS:
        for at in pattern.finditer(text):
            # 贴息期限最长不超过3年, 不超过两年的贴息: how long interest is borne says nothing of how often it is paid
            borne = at[0].startswith("贴息") or (at[0].endswith("年的") and text.startswith("贴息", at.end()))
            own: Reach = "bound" if reach == "yearly" and borne else reach
            yield Term(at.start(), at.end(), int(numeral(at["n"]) or 0), own)
    for at in _WITHIN.finditer(text):
        if re.match(
            r"[^。;]{0,60}(?:年度(?![^,。;]{0,12}首次)|每年|逐年|年化|年(?:贴息|补助|补贴|奖励))", text[at.end() :]
        ):
            yield Term(at.start(), at.end(), int(numeral(at["n"]) or 0), "yearly")


# 的百分之九十按月计发
_BY_MONTH = re.compile(r"的?(?:标准)?按月(?:计发|发放|发给|支付|给付|享受)")


def frequency(left: str, right: str, per: str | None) -> Frequency | None:
    """How often a sum is paid by the words of its own phrase."""
    if at := re.search(r"每个?([年月])度?(?:给予|发放|享受|补贴|补助)?一次性", left):
        return "annual" if at[1] == "年" else "monthly"
    if terms.ONCE.search(left) or terms.ONCE.search(right):
        return "once"
    if terms.MONTHLY.search(left) or (per and "月" in per) or _BY_MONTH.match(right):
        return "monthly"
    if re.search(
        r"每年|(?:给予|予以)年(?:补助|补贴|津贴)\Z|(?:以后|此后|后续)各?年度|按年(?=给|予|发|补|奖|资|拨|兑|支|分|享|计|[,。;]|\Z)"
        r"|逐年|每个?年度|每学年",
        left,
    ) or (per and "年" in per):
        return "annual"
    return None


def stage(left: str) -> tuple[str, int] | None:
    """``第一年`` / ``第二、三年`` before a sum: the words and how many years they are."""
    found = terms.last_match(_STAGES, left)
    if found is None:
        return None
    words = found[0]
    numbers = [numeral(n) or 0 for n in re.findall(terms.YEAR_NUMBER, words)]
    if re.search(r"至|—|-|到", words) and len(numbers) == 2:
        return words, int(numbers[1] - numbers[0]) + 1
    return words, max(1, len(numbers))


def stages(words: str) -> list[str]:
    """``第二、三年`` as 第二年, 第三年; words of a span stay whole."""
    if re.search(r"至|—|-|到", words):
        return [words]
    return [f"第{number}年" for number in re.findall(terms.YEAR_NUMBER, words)] or [words]


# 其余人员社会保险补贴最长不超过3年: how long others have what the clause does not pay.
_OF_OTHERS = re.compile(
    r"(?:其余|其[他它])[^,。;\d]{0,8}?(?:人员|企业|单位|对象|群体)的?(?P<noun>[一-鿿]{2,6}(?:补[助贴]|津贴))"
)


def is_of_others(text: str, clause: int, phrase: int) -> bool:
    """Whether a phrase tells how long others have a payment that its clause has not named before."""
    others = _OF_OTHERS.match(text, phrase)
    return others is not None and others["noun"] not in text[clause:phrase]
