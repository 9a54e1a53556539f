"""One word for what many words say: how something is given, what bounds it, what is asked and refused (LANGUAGE 6.2, 6.4, 9).

Papers write 给予, 予以 or 给与, 不超过, 不高于 or 不得超过, 不低于 or 不得少于. The readers of awards, conditions and
provisions know one of each.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from luodi.document.labels import chinese_number
from luodi.document.tree import Document
from luodi.policy.facts import Condition
from luodi.policy.passages import Passage, passages

# 50万元, 每人3000元, 20%; 可给予50万元
_SUM = r"(?:人民币|每[^,。;:、\d]{1,8}|总额|其)?[\d.]+(?:-[\d.]+)?(?:[万亿]+元?|元|%|‰)"
_GIVES = r"可?(?:给予|予以|给与|奖励|奖补|补助|补贴|资助|支持|享受|获得|一次性){0,2}"
_NUMBER = r"(?=(?:人民币|每[^,。;:、\d]{1,8})?[\d一二两三四五六七八九十百])"
_ASKED = r"(?=再?(?:申[报请领]|享受|重复|同时|叠加|兼得|参与|参加|推荐|列入|纳入|作为))"
_PAID = r"(?=支持|扶持|资助|奖励|补助|补贴|受理|享受|兑现|申报|安排)"
_ON_TOP = r"(?=(?:一次性)?(?:给予|予以|给与|奖励|奖补|补助|补贴|资助|发放)(?!资金|政策))"
_LISTED = r"(?=各?[项款个类]?(?:条件|情形|要求|情况|标准|行为|任[一意何]|其中|资格))"
READ_AS: tuple[tuple[str, str], ...] = (
    (rf"不给予{_PAID}|不予以{_PAID}", "不予"),
    (r"一次性(?:给予|予以|给与)(?=[^\d,。;]{0,6}(?:补[贴助]|奖[励补]|资助))", "给予一次性"),
    (r"将?(?:(?<!给)予以|给与)|将给予", "给予"),
    (r"依照(?=[^,。;:]{0,30}(?:\d|[倍%]))", "按照"),
    (r"奖补(?!资金池|基础)", "奖励"),
    (rf"再?(?:追加|另外|另行|再行){_ON_TOP}", "再"),
    (rf"(?:至多|最多)(?={_GIVES}{_SUM})|最高可[达至](?={_SUM})|最多(?=不[^,。;:、\d]{{1,3}}{_SUM})", "最高"),
    (rf"不(?:[得能可应]|允许)超过|不[得能应]?[大高]于{_NUMBER}|不[得应]?多于(?={_SUM})|不超出", "不超过"),
    (rf"不[得能应可]低于|大于(?:或者?)?等于{_NUMBER}", "不低于"),
    (rf"不[得能应]少于|不[得能应]?小于{_NUMBER}|至少(?=\d)(?!\d[项条个]条件)", "不少于"),
    (rf"(?<![不得能应])[高大多]于{_NUMBER}", "超过"),
    (rf"(?<![不得能应])[少小]于(?!或?等于){_NUMBER}", "低于"),
    # 第一年兑付60%; what a voucher is worth (按50%兑付) is given
    (r"(?<=[年期次批度后时再先行额])兑付|兑付(?=剩余|余下|其余)", "兑现"),
    (r"拨给|划拨(?!用地|土地)", "拨付"),
    (r"初次(?!创业)|第一次|首度", "首次"),
    (r"每[个一]?(?:自然|会计|财政)?年度|每一年(?!度)", "每年"),
    (r"及(?=\(含[^()]{0,4}\)以[上下内])", ""),
    ("(?<![A-Za-z])m2(?![A-Za-z])", "平方米"),
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
BEGINS = "(?=[百依将m不予给奖再追另至最大小高多少第兑拨划初首每及人以如下述条情要求的中任其一1相同近过注登内之周])"
"""What each of those ways begins with: looked at first, it spares some two dozen tries at each character."""
_SAID = re.compile(BEGINS + f"(?:{'|'.join(f'({said})' for said, _ in READ_AS)}|{_SHARE})")

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
    text, offsets, at = [], [], 0
    for said in _SAID.finditer(passage.text):
        word = _word(said)
        places = passage.offsets[said.start() : said.end()]
        text += [passage.text[at : said.start()], word]
        offsets += [passage.offsets[at : said.start()], _places(word, places)]
        at = said.end()
    if not at:
        return passage
    return replace(
        passage,
        text="".join([*text, passage.text[at:]]),
        offsets=tuple(place for some in [*offsets, passage.offsets[at:]] for place in some),
        heading=_SAID.sub(_word, passage.heading),
        lead_in=_SAID.sub(_word, passage.lead_in),
    )


def _places(word: str, places: tuple[int, ...]) -> tuple[int, ...]:
    """Where each character of a word stands that is read for the characters at ``places``, which may be fewer (≥)."""
    first = (*places[:-1], *(places[-1:] * len(word)))[: len(word) - 1]
    return (*first, places[-1]) if word else ()


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
