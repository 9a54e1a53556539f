"""The lines of a document's head with their places; a text without line ends is cut where it would have had them."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from luodi.document.addressees import is_recipients
from luodi.document.cards import ALONE_FIELD
from luodi.document.lines import DATE, KINDS, ORGANS, PAGE_FIELD
from luodi.document.markers import is_unbroken
from luodi.policy.dates import find_date

_BEHIND_TITLE = (
    rf" ?(?:\(?(?:{DATE})|[\u4e00-\u9fff]{{2,20}}(?:{ORGANS}) ?(?:{DATE})|\(?(?!的)[\u4e00-\u9fff]{{2,8}}〔\d{{4}}〕"
    rf"|为(?:了|深入|认真|切实|全面|推[动进]|进一步|规范|加[强快]|贯彻|落实|促进|充分)|根据|按照|一、|第一[条章]"
    rf"|20\d\d年[,\u4e00-\u9fff])"
)
# Where a line of the head ends that lost its line end: behind a number, a title, addressees, a sentence, a date.
_WOULD_BREAK = re.compile(
    r"〔\d{4}〕\d{1,4}号(?![)）])|"
    rf"[省市县区州]长 ?[\u4e00-\u9fff·]{{2,4}}(?= ?(?:{DATE}))|"
    r"令第[\d一二三四五六七八九十百]{1,5}号(?=《)|"
    r"(?:通知|意见|办法|方案|规定|细则|措施|政策|公告|计划|条例|文件|批复|决定|通告|通报|公示|要点)》?(?!的)"
    r"(?=[\u4e00-\u9fff]{2,8}〔\d{4}〕\d{1,4}号|各[市县区省有级])|"
    r"(?:公示|公告|通告|通知|批复|(?:提案|建议)》?的答复)(?=根据《|按照《|尊敬的|类别:|[\u4e00-\u9fff]{2,8}〔)"
    r"|(?:主动|依申请)公开(?=[\u4e00-\u9fff]{2,8}〔)|"
    r"(?:办法|规定|细则|措施|意见|方案|条例|政策|计划|规划|要点)(?:\([^()\n]{1,16}\))?"
    r"(?=为(?:了|进一步|规范|加强|贯彻|落实|加快|促进|充分|深入|全面|认真|切实|推[动进])|第一章 ?总 ?则)|"
    r"\((?:此件|信息公开)[^()\n]{2,12}\)(?=[\u4e00-\u9fff])|"
    # a law's title before its notes or its first article, each of its notes (2020年1月2日 云州市…通过)
    rf"\A[^。\n《》]{{4,80}}?(?:条例|办法|规定|细则|规则|决定|解释|国[\u4e00-\u9fff]{{1,30}}法)(?:\([^()\n]{{1,8}}\))?"
    rf"(?= ?\(?(?:{DATE})| ?第[一1][章条编] ?)|"
    # a title before its number, its day, its purpose, its first part, and what of these follows it
    rf"\A(?!为|根据|按|依)[^。,;:\n《》〔]{{4,80}}?(?:{KINDS})(?:\((?!(?:{DATE}))[^()〔\n]{{1,24}}\))*(?={_BEHIND_TITLE})|"
    rf"(?:\((?:{DATE})|〔\d{{4}}〕\d{{1,4}}号)\)(?=为|根据|按照|依据|一、|第一[条章])|"
    rf"\A[^。\n]{{2,30}}关于(?:修改|废止)[^。\n]{{4,120}}?的决定(?= ?\((?:{DATE}))|"
    rf"(?:通过|公布|发布|修[正订改]|批准|[施实]行)\)?(?= ?(?:{DATE}| ?第[一1][章条编]| ?目 ?录 ?第))|"
    r"。(?=[\u4e00-\u9fff“” ]{4,80}?\d{4}年\d{1,2}月\d{1,2}日)|"
    r"(?<=\d日)(?=[\u4e00-\u9fff“]|\d{4}年度?[\u4e00-\u9fff《“]|\((?:此件|信息公开|主动公开))(?![起至前后止内,、])|"
    r"(?:通知|意见|办法|方案|公告)(?= ?(?:发布)?(?:时间|日期):)|(?:时间|日期): ?\d{4}-\d{1,2}-\d{1,2}(?= ?[\u4e00-\u9fff])"
)
# The fields of a metadata block or a card; each opened a line, and the label of a card's field stood alone on it.
_FIELD = re.compile(rf"{PAGE_FIELD} *:")
_CARD_FIELD = re.compile(rf"(?<![\n《])(?:{ALONE_FIELD})(?![\n:》])")
CARD_FIELDS = 3
"""So many different labels make a card."""
# Addressees that the text follows on their own line (各有关单位:根据…).
_ADDRESSED = re.compile(r"[^\n:。;《》]{2,120}:(?=[^\n])")
# A title whose addressees went on in its line (…的通知各区人民政府:).
_TITLED = re.compile(
    rf"(?:^|(?<=正文))[^\n:。;]{{8,120}}?(?:{KINDS})(?:\([^()\n]{{1,24}}\)){{0,2}}(?= ?(?:各|有关)[^\n:。;]{{2,200}}:)",
    re.MULTILINE,
)
# A number before its title or its day, a day before its number, a label that lost its colon.
_NUMBERED = re.compile(
    r"^[\u4e00-\u9fff]{2,12}[〔\[【]\d{4}[〕\]】]\d{1,4}号(?=《| ?[\u4e00-\u9fff、 ]{2,60}关于| ?\d{4}-"
    r"| *\d{4}年\d{1,2}月\d{1,2}日$| ?各[^\n:。]{2,100}:| *(?:为[\u4e00-\u9fff“”、]{4,60},|根据《|按照《))|"
    r"^(?:\d{4}-\d{1,2}-\d{1,2}|\d{4}年\d{1,2}月\d{1,2}日)(?= ?[\u4e00-\u9fff]+(?:\d{4}年第|[〔\[]\d{4}[〕\]])\d{1,4}号$)|"
    r"^[•·\s]*(?:文章标题|制发机关|发文机关|文件字号|发文字号|成文日期|发文日期)(?=[^\n:])",
    re.MULTILINE,
)
# A title with its number in one line, which stands below it once more.
_WITH_NUMBER = re.compile(
    rf"(?:{KINDS}) (?P<number>[\u4e00-\u9fff]{{2,10}}[〔\[]\d{{4}}[〕\]]\d{{1,4}}号)(?=$|[\u4e00-\u9fff]{{2,40}}关于)",
    re.MULTILINE,
)
_OWN_NUMBER = r"[\u4e00-\u9fff]{2,10}[〔\[]\d{4}[〕\]]\d{1,4}号"
# (2003年6月19日 云府发[2003]19号): a day and a number in one bracket.
_DAY_AND_NUMBER = re.compile(
    rf"^\((?:(?:{DATE}|[一二][0O〇零○一二三四五六七八九]{{3}}年[一二三四五六七八九十]{{1,2}}月[一二三四五六七八九十]{{1,3}}日) ?(?={_OWN_NUMBER}\)$)"
    rf"|{_OWN_NUMBER} ?(?=(?:{DATE})\)$))",
    re.MULTILINE,
)
# What a database copied in one line sets between a title and the text that bears it again.
_DATABASE = re.compile(r"(?=文章属性[•∙·]【)|(?=[•∙·]【)|正文(?=[\u4e00-\u9fff])")
# A signature at the end of the last paragraph's line.
_SIGNED = re.compile(rf"。(?= ?[\u4e00-\u9fff“”、 ]{{4,60}}?(?:{DATE})\)?$)", re.MULTILINE)
# What a site sets before a title: bullets, bars of a table, a tag in heavy brackets.
_DECORATION = re.compile(
    r"(?:[-*] +)?[\s|•·●◆■►▪★]*(?:【[^【】\n]{1,12}】(?=[^\n])|\[标 *题\] ?|信息名称 +(?=[\u4e00-\u9fff]{4})|标 *题[\t|]+ ?"
    r"|标 +题 +(?=[\u4e00-\u9fff]{4})|[\u4e00-\u9fff]{2,6}丨)?(?:[\u4e00-\u9fff]{2,16}(?:门户网站|政务网|信息网|网站|公众网)[ -]+"
    r"(?=[^\n]*(?:关于|[办细]法?则?|规定|通知)))?"
)
_STATE = re.compile(
    r" ?(?:\[(?:失效|现行有效|已失效|部分失效|已修[订改])\]|\(已?(?:全文)?(?:废止|失效)\))\Z"
)  # as databases mark a title
_OF_DATABASE = re.compile(
    r"\(\d{4}(?:年(?:修[正订改]本?|\d{1,2}号)?|修[正订改]本?)\)\Z"
)  # a database tells two papers of one name apart by their years
_UNBROKEN_HEAD = 3000


SURE, LIKELY = 1.0, 0.9
LONGEST_HEAD = 60  # lines


class HeadLine(NamedTuple):
    """A line of the head and its place in the clean text."""

    text: str
    start: int
    end: int


class Found(NamedTuple):
    """A field of the head with its place in the clean text."""

    value: str
    start: int
    end: int
    confidence: float


def head_lines(clean: str, end: int) -> list[HeadLine]:
    """The lines of ``clean[:end]``; where a text came without line ends, the pieces that would have been lines."""
    cuts = [at.start() for at in re.finditer("\n", clean[:end])]
    if is_unbroken(clean):
        cuts += [at.end() for at in _WOULD_BREAK.finditer(clean, 0, min(end, _UNBROKEN_HEAD))]
        cuts += [at.start() for at in _FIELD.finditer(clean, 0, min(end, _UNBROKEN_HEAD))]
        fields = list(_CARD_FIELD.finditer(clean, 0, min(end, _UNBROKEN_HEAD)))
        is_card = len({field[0] for field in fields}) >= CARD_FIELDS
        cuts += [at for field in fields for at in field.span() if is_card]
    cuts += [at.end() for at in _SIGNED.finditer(clean, 0, end)]
    if "属性" in clean[:end]:
        cuts += [at.end() for at in _DATABASE.finditer(clean, 0, min(end, _UNBROKEN_HEAD))]
    cuts += [at.end() for at in _NUMBERED.finditer(clean, 0, min(end, _UNBROKEN_HEAD))]
    cuts += [at.end() for at in _TITLED.finditer(clean, 0, min(end, _UNBROKEN_HEAD))]
    cuts += [cut for at in _WITH_NUMBER.finditer(clean, 0, min(end, _UNBROKEN_HEAD)) for cut in at.span("number")]
    cuts += [at.end() for at in _DAY_AND_NUMBER.finditer(clean, 0, min(end, _UNBROKEN_HEAD))]
    begun = (
        _ADDRESSED.match(clean, cut + (clean[cut] == "\n"), end) for cut in [0, *cuts] if cut < min(end, _UNBROKEN_HEAD)
    )
    cuts += [at.end() for at in begun if at and is_recipients(at[0])]
    bounds = [0, *sorted(set(cuts)), end]
    pieces = (_stripped(clean, start, stop) for start, stop in pairwise(bounds))
    return [piece for piece in pieces if piece.text]


def _stripped(clean: str, start: int, end: int) -> HeadLine:
    before = _DECORATION.match(clean, start, end)
    start = before.end() if before else start
    text = _STATE.sub("", clean[start:end].rstrip(" \t\n|"))
    return HeadLine(text, start, start + len(text))


_SEALED = re.compile(r" ?\((?:盖章|公章|印章|签章|代章|印|章)\)")


def bodies_found(lines: list[HeadLine]) -> Found:
    """The bodies named on some lines, as one field."""
    value = " ".join(_SEALED.sub("", line.text) for line in lines)
    return Found(value, lines[0].start, lines[-1].end, SURE)


def own_title(title: str) -> str:
    """A title without the year that a database adds to it."""
    return _OF_DATABASE.sub("", title)


def day_found(start: int, text: str) -> Found | None:
    """The date that a text at ``start`` names."""
    date = find_date(text)
    return Found(date.isoformat(), start, start + len(text), SURE) if date else None
