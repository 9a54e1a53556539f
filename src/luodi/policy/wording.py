"""One word for what many words say: how something is given, what bounds it, what is asked and refused (LANGUAGE 6.2, 6.4, 9).

Papers write 给予, 予以 or 给与, 不超过, 不高于 or 不得超过, 不低于 or 不得少于. The readers of awards, conditions and
provisions know one of each.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import chain

from luodi.document.labels import chinese_number
from luodi.document.tree import Document
from luodi.policy.facts import Condition
from luodi.policy.passages import Passage, passages

# 50万元, 每人3000元, 20%; 可给予50万元
_SUM = r"(?:人民币|每[^,。;:、\d]{1,8}|总额|其)?[\d.]+(?:-[\d.]+)?(?:[万亿]+元?|元|%|‰)"
_GIVES = r"可?(?:给予|予以|给与|奖励|奖补|补助|补贴|资助|支持|享受|获得|兑现|一次性){0,2}"
_AWARD = r"(?:奖[励补]|补[助贴]|资助|支持)"
_SHARE_OF = r"(?:[\d.]+%|百分之)"
_NUMBER = r"(?=(?:人民币|每[^,。;:、\d]{1,8})?[\d一二两三四五六七八九十百])"
_ASKED = r"(?=再?(?:申[报请领]|享受|重复|同时|叠加|兼得|参与|参加|推荐|列入|纳入|作为))"
_PAID = r"(?=支持|扶持|资助|奖励|补助|补贴|受理|享受|兑现|申报|安排)"
_ON_TOP = r"(?=(?:一次性)?(?:给予|予以|给与|奖励|奖补|补助|补贴|资助|发放)(?!资金|政策))"
_LISTED = r"(?=各?[项款个类]?(?:条件|情形|要求|情况|标准|行为|任[一意何]|其中|资格))"
# At the beginning of a clause
_OPENS = r"(?<![^,。;:、)\n])"
_TAKES_ON = ("招用", "吸纳", "引进", "招收", "录用")
_ONE_WHO_PAYS = r"(?=1[名人][^,。;\d]{1,14},?(?:一次性)?[将可]?(?:给[予与]|予以|奖[励补]|补[助贴]))"
READ_AS: tuple[tuple[str, str], ...] = (
    (rf"(?:一律)?不(?:给予|予以){_PAID}|不再(?:给予|予以){_PAID}|一律不予", "不予"),
    (r"一次性(?:给予|予以|给与)(?=[^\d,。;]{0,6}(?:补[贴助]|奖[励补]|资助))", "给予一次性"),
    (rf"[可将]?(?:(?<!给)予以|给与)|[可将]给予|发放(?=(?:一次性)?{_SUM}的?(?:一次性)?{_AWARD})", "给予"),
    (
        rf"(?<!最高)(?<!最高[一-鿿]{{2}})(?:最高)?(?:(?<!补[贴助])(?:上限|限额)|封顶|最高额度)[为是]?(?={_SUM})|最高为(?=\d)",
        "最高",
    ),
    (rf"{_OPENS}(?:对于|针对(?!性))", "对"),
    (
        rf"(?<![可予足所加难])以(?![上下内外及前后往来至])(?=[^,。;:、以]{{2,16}}的?{_SHARE_OF}(?:的?(?:比例|标准))?给予)",
        "按",
    ),
    (r"依照(?=[^,。;:]{0,30}(?:\d|[倍%]))", "按照"),
    (r"奖补(?!资金池|基础)", "奖励"),
    # 再奖50万元, 展位费补70%, 二孩给2万元: as leaflets say it; 文学奖50万元 is a name
    (r"(?:(?<=[的再各另级])|(?<=每[家户人名年]))奖(?=[\d.]+[万亿千百]?元)", "奖励"),
    (r"(?<![候替递增修弥填亏])补(?=[\d.]+(?:[万亿千百]?元|%))", "补助"),
    (r"(?<![供交补发送还付奖])给(?=[\d.]+[万亿千百]?元)", "给予"),
    (r"(?<=后)续(?:的|连续)?(?=[一二两三四五2-5]个?年)|[随此其](?=后[一二两三四五2-5]个?年)", ""),
    (rf"再?(?:追加|另外|另行|再行){_ON_TOP}", "再"),
    (rf"(?:至多|最多)(?={_GIVES}{_SUM})|最高可?[达至](?={_SUM}|百分之)|最多(?=不[^,。;:、\d]{{1,3}}{_SUM})", "最高"),
    (
        rf"不(?:[得能可应]|允许)超过|不[得能应]?[大高]于{_NUMBER}|不[得应]?多于(?={_SUM})|不超出|不得?突破(?={_SUM})",
        "不超过",
    ),
    (rf"不[得能应可]低于|大于(?:或者?)?等于{_NUMBER}", "不低于"),
    (rf"不[得能应]少于|不[得能应]?小于{_NUMBER}|至少(?=\d)(?!\d[项条个]条件)", "不少于"),
    (rf"(?<![不得能应])[高大多]于{_NUMBER}", "超过"),
    (rf"(?<![不得能应])[少小]于(?!或?等于){_NUMBER}", "低于"),
    # 第一年兑付60%; what a voucher is worth (按50%兑付) is given
    (r"(?<=[年期次批度后时再先行额])兑付|兑付(?=剩余|余下|其余)", "兑现"),
    (
        rf"拨给|划拨(?!用地|土地)|下达(?=(?:补[助贴]|奖励|资助|扶持|支持|资金|总额|金额|剩余|比例|的)*(?:不超过)?{_SHARE_OF})|(?<=[%后段期年])下达(?=[。;,、剩余])",
        "拨付",
    ),
    (r"(?<=\d)[比∶](?=\d)", ":"),
    (r"(?<![不赶反])超(?=\d[\d.]*(?:[万亿]+元|%))", "超过"),
    (r"初次(?!创业)|第一次|首度", "首次"),
    (r"首破(?=\d)", "首次突破"),
    (rf"最高(?:均|都)为?(?={_SUM})", "均最高"),
    (r"首超(?=\d)", "首次超过"),
    (rf"每[个一]?(?:自然|会计|财政)?年度|每一年(?!度)|逐年(?=给予|予以|{_AWARD})", "每年"),
    # 按执行额1万美元奖励3000元: for each of them
    (
        r"(?<=[额口])(?<!每[出进]口)1(?=(?:万美元|万元|美元)[将可]?(?:给[予与]|予以|奖[励补]|补[助贴])[^,。;\d]{0,6}\d)",
        "每1",
    ),
    # 招用1名脱贫人口,给予1000元: for each of them
    *((rf"(?<!每)(?<!每[新再])(?<!每成功){verb}{_ONE_WHO_PAYS}", f"每{verb}") for verb in _TAKES_ON),
    ("每一(?=[家户个项套辆人名件台条])|每住[一1](?=[晚夜])", "每"),
    (r"人均(?=[\d.]+[万千]?元(?!以[上下]|及以|\())", "每人"),
    ("第1年", "第一年"),
    ("第2年", "第二年"),
    ("第3年", "第三年"),
    (r"及(?=\(含[^()]{0,4}\)以[上下内])", ""),
    ("(?<![A-Za-z])m2(?![A-Za-z])|平米", "平方米"),
    ("每月每人", "每人每月"),
    ("每年每人", "每人每年"),
    ("每月每户", "每户每月"),
    ("每年每户", "每户每年"),
    # 50万元人民币, 人民币50万元
    (r"(?<=元)人民币|人民币(?=[\d.]+[万亿]?元)", ""),
    (rf"(?:以下|如下|下述){_LISTED}", "下列"),
    (r"(?<=条件|情形|情况|要求)中?的?(?:任[意何]?|其中)?[一1][项种个条款](?:以上)?(?=[的,。:;])|其中之一", "之一"),
    (rf"不(?:能够?|可以?|准|允许|应当?|予(?=申[报请领]|享受)){_ASKED}|不(?=享受)", "不得"),
    (r"同个|同一个|相同的?(?=企业|单位|项目|事项|产品|年度|内容|主体|性质|类型)", "同一"),
    *(
        (rf"(?:最近|过去|近)(?:{number}|{word})(?:年(?![前级])|个(?:完整)?(?:会计|自然)?年度)", f"近{word}年")
        for number, word in zip("12345", "一两三四五", strict=True)
    ),
    (r"(?:注册|登记)(?:登记|注册)?(?:成立|设立)(?!满|已|未|不|时|年|日|于|后|起|\d|[一二三四五]年)", "注册"),
    (r"(?<=工作日)(?:以|之)内", "内"),
    (r"(?<=[\d一二两三四五六七八九十])周年", "年"),
)
"""Ways of saying and the one word that each is read for."""
# 百分之二十: 20%; 百分之五一次性补偿
_SHARE = (
    r"百分之(?P<share>[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九]"
    r"|[一二两三四五六七八九]?百(?![二三四五六七八九零]|一(?!次))|\d{1,3}(?![\d.]))(?![点次零百十并同直]|[—至到](?!百分之))"
)
_READ = re.compile("|".join(word or "元" for _, word in READ_AS) + "|%")
BEGINS = (
    "(?=[百依将m不予给奖补续随此其再追另至最大小高多少第兑拨划初首每及人以如下述条情要求的中任其一1相同近过注登内之周比∶超]"
    "|(?=[对针可平发上限封逐招吸引录])(?:对于|针对|可[给予]|平米|发放|下达|上限|限额|封顶|逐年|招用|吸纳|引进|招收|录用))"
)
"""What each of those ways begins with: looked at first, it spares some two dozen tries at each character."""
_SAID = re.compile(BEGINS + f"(?:{'|'.join(f'({said})' for said, _ in READ_AS)}|{_SHARE})")

# 三十五万元: 35万元; not 数十万元
_IN_CHARACTERS = re.compile(
    r"(?<![数几近上逾多余百千万亿十一二两三四五六七八九零])(?:[一二两三四五六七八九]?十[一二三四五六七八九]?"
    r"|[一二两三四五六七八九](?:百(?:[一二三四五六七八九]十[一二三四五六七八九]?)?|千)?)(?=[万亿]元)"
)
# 100万元封顶, 以50万元为限, 控制在20万元以内: the bound behind its sums
_SUMS = r"(?<![\d.])[\d.]+[万亿]*元(?:[、和][\d.]+[万亿]*元)*"
_BOUND_BEHIND = re.compile(rf"(?:最高)?({_SUMS})封顶|以({_SUMS})为限|(?:控制|限定?)在?({_SUMS})以内")
_BOUNDS_BEHIND = ("封顶", "为限", "元以内")
# 按15%给予补助,超出100万元的部分不予补助: the bound, told by what is beyond it; 投资超过100万元的部分 bounds what a share is taken of.
_BEYOND = re.compile(
    # 超过10万元的按10万元奖励
    r"(?<=[,;])超过(?P<most>[\d.]+[万亿]?元)的,?按(?P=most)(?:给予)?(?:补[助贴]|奖励|资助|计算|发放|支持)|"
    r"(?<=[,;(])(?:但|且|其中)?(?:(?:补[助贴]|奖励|奖补|资助)(?:资金|金额|总额|额)?)?超[过出]([\d.]+[万亿]?元)的?部分"
    r"(?:一律)?不[予再](?:再?给予)?(?:补[助贴]|奖励|资助|支持|兑现|发放)"
)
# 分别给予(20万元、10万元)奖励: a list in brackets for nothing
_LIST_IN_BRACKETS = re.compile(
    r"(分别(?:给予|一次性|奖励|补助|补贴|资助){1,3})\(([\d.]+万?元?(?:[、,和][\d.]+万?元?){1,7})\)"
)
_BEGINS_CLAUSE = ("对", "按")  # for 对于, 针对, 以: a clause stands from their first character on

_Offsets = tuple[int, ...]
_Reading = Callable[[re.Match[str], _Offsets], tuple[str, _Offsets]]

# The last document's paragraphs, as in :mod:`luodi.policy.passages`.
_LAST: list[tuple[Document, tuple[Passage, ...]]] = []


def plain_passages(document: Document) -> tuple[Passage, ...]:
    """Every paragraph of the document in text order, in the one wording."""
    kept = next(iter(_LAST), None)
    if kept is None or kept[0] is not document:
        kept = (document, tuple(plainly(passage) for passage in passages(document)))
        _LAST[:] = [kept]
    return kept[1]


def plainly(passage: Passage) -> Passage:
    """A paragraph in the one wording; every character still points at where it stands, the last of a word at the end of what it is read for."""
    text, offsets = _plain(passage.text, passage.offsets)
    if text == passage.text:
        return passage
    heading, lead_in = (_plain(told, (0,) * len(told))[0] for told in (passage.heading, passage.lead_in))
    return replace(passage, text=text, offsets=offsets, heading=heading, lead_in=lead_in)


def _plain(text: str, offsets: _Offsets) -> tuple[str, _Offsets]:
    if "万元" in text or "亿元" in text:
        text, offsets = _exchanged(_IN_CHARACTERS, _in_digits, text, offsets)
    if any(bound in text for bound in _BOUNDS_BEHIND):
        text, offsets = _exchanged(_BOUND_BEHIND, _bound_before, text, offsets)
    text, offsets = _exchanged(_SAID, _one_word, text, offsets)
    if "部分" in text or "元的按" in text or "元的,按" in text:
        text, offsets = _exchanged(_BEYOND, _bound_before, text, offsets)
    if "分别" in text and "(" in text:
        text, offsets = _exchanged(_LIST_IN_BRACKETS, _without_brackets, text, offsets)
    return text, offsets


def _exchanged(pattern: re.Pattern[str], read: _Reading, text: str, offsets: _Offsets) -> tuple[str, _Offsets]:
    """The text with every word of a pattern as it is read, and where each character stands."""
    words, places, at = [], [], 0
    for said in pattern.finditer(text):
        word, stands = read(said, offsets)
        words += [text[at : said.start()], word]
        places += [offsets[at : said.start()], stands]
        at = said.end()
    if not at:
        return text, offsets
    return "".join([*words, text[at:]]), tuple(chain.from_iterable([*places, offsets[at:]]))


def _one_word(said: re.Match[str], offsets: _Offsets) -> tuple[str, _Offsets]:
    """A word in the one wording, its characters where those stand that it is read for, which may be fewer (≥)."""
    places, word = offsets[said.start() : said.end()], _word(said)
    return word, places[:1] if word in _BEGINS_CLAUSE else _places(word, places)


def _in_digits(said: re.Match[str], offsets: _Offsets) -> tuple[str, _Offsets]:
    """A number of a sum in digits."""
    word = str(chinese_number(said[0]))
    return word, _places(word, offsets[said.start() : said.end()])


def _places(word: str, places: _Offsets) -> _Offsets:
    first = (*places[:-1], *(places[-1:] * len(word)))[: len(word) - 1]
    return (*first, places[-1]) if word else ()


def _without_brackets(said: re.Match[str], offsets: _Offsets) -> tuple[str, _Offsets]:
    """A list of sums without the brackets round it."""
    return said[1] + said[2], (*offsets[said.start(1) : said.end(1)], *offsets[said.start(2) : said.end(2)])


def _bound_before(said: re.Match[str], offsets: _Offsets) -> tuple[str, _Offsets]:
    """A bound that stands behind its sums, read before them."""
    group = said.lastindex or 1
    word = "最高"
    sums = offsets[said.start(group) : said.end(group) - 1]
    return word + said[group], (*offsets[said.start() : said.start() + 1] * len(word), *sums, offsets[said.end() - 1])


def as_written(passage: Passage, words: str) -> str:
    """Words of a paragraph in the one wording, as the paper has them."""
    at = passage.text.find(words) if _READ.search(words) else -1
    if at < 0:
        return words
    written = passage.document.clean[passage.offsets[at] : passage.offsets[at + len(words) - 1] + 1]
    return re.sub(r"\s", "", written) if len(written) < 2 * len(words) + 2 else words


def _word(said: re.Match[str]) -> str:
    if share := said["share"]:
        return f"{chinese_number(share)}%"
    return READ_AS[(said.lastindex or 1) - 1][1]


class Quotes:
    """What conditions that were read in the one wording say in the paper's words."""

    def __init__(self, document: Document) -> None:
        self._passages = plain_passages(document)
        self._starts = [one.span(0, 1).start for one in self._passages]

    def condition(self, one: Condition, own: Passage | None = None) -> Condition:
        """A condition as the paper has it, its alternatives too; ``own`` is a paragraph that it may have been read from."""
        places = self._places(one, own)
        return replace(
            one,
            text=_quoted(places, one.text),
            fact=one.fact and _quoted(places, one.fact),
            alternatives=tuple(tuple(self.condition(each, own) for each in either) for either in one.alternatives),
        )

    def _places(self, one: Condition, own: Passage | None) -> Sequence[Passage]:
        if own and own.offsets and own.span(0, 1).start <= one.span.start < own.span(0, len(own.text)).end:
            return (own,)
        first, last = (bisect_right(self._starts, at) for at in (one.span.start, one.span.end - 1))
        return self._passages[max(first - 1, 0) : max(first, last)]


def _quoted(places: Sequence[Passage], words: str) -> str:
    """Words as written; each part of a text that lists what several paragraphs say stands in one of them."""
    if not _READ.search(words):
        return words
    parts = [words] if len(places) == 1 else words.split(";")
    return ";".join(next((as_written(one, part) for one in places if part in one.text), part) for part in parts)
