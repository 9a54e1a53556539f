"""Hard wraps joined again: a line goes on in the next when it is full, or visibly not finished (LANGUAGE 1.2)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise, takewhile

from luodi.document import markers
from luodi.document.addressees import is_recipients, wrapped_recipients
from luodi.document.cards import FIELD_NAME, is_card_label
from luodi.document.draft import Draft, Edit
from luodi.document.lines import (
    BETWEEN_CELLS,
    DATE,
    KINDS,
    Line,
    counted_cells,
    is_date,
    is_document_number,
    is_organ,
    is_title,
)
from luodi.document.page_width import INDENT, MIN_WIDTH, SLACK, Measured, counted, measured, page_of

_OPENERS = "(〔[《“"
_CLOSERS = ")〕]》”"
_SHORTEST_SENTENCE = 12
_ANY_UNIT_FIRST = re.compile(r"[万亿]{0,2}(?:元|美元|亩|家|个(?!月)|名|人|吨|平方米)|%")
_LONGEST_NUMBER = 6
_UNITS = re.compile(r"(?:单位|部门|牵头|负责|配合)[^,。;:()]{0,4}:[^。:]*\Z")
_LAST_NAME = re.compile(r"[、:]([^,。;:、()]{1,16})\Z")
# 应同时符合以下条件:, 具体如下:: what follows is a list, however full the line.
_LISTS = re.compile(r"(?:以下|下列|如下|包括|条件|要求|材料|标准|范围|情形|事项|通知)[^,。;]{0,10}:\Z")
_BEHIND_TEXT = re.compile(r"附[件表录] ?\d{0,2}:|抄送:|(?:联系|咨询)(?:人|电话|方式):")
_OF_SENTENCE_BEFORE = re.compile(r"其中[,:]")  # no paragraph begins so
_CUT_RATIO = re.compile(r"\d:\Z")  # 按3:3:⏎4, 18:⏎00
_UNIT_FIRST = re.compile(r"[万亿]{0,2}(?:元|美元)|%")
_BEFORE_NUMBER = re.compile(
    r"(?:给予|一次性|不高于|不低于|不少于|限|每|奖励|补助|补贴|资助|不超过|最高|达到|超过|[按为])\Z"
)
_REST_OF_SUM = re.compile(r"\d{1,3}[万亿]{1,2}元")  # 10⏎0万元 in a sentence
_REST_OF_NUMBER = re.compile(r"0\d{0,2}[万亿]{0,2}(?:元|%)")  # 200⏎0元
_LAST_SUM = re.compile(r"\d[\d.]*[万亿]{0,2}元[。;]")  # 最高不超过⏎500万元。
_NUMBER_ALONE = re.compile(r"\d[\d.,]*")
_CARD_BEGINS = re.compile(
    rf"(?:{FIELD_NAME}|(?:事项|政策|项目)编号):|【(?:事项|政策|项目|专题|措施)|0[1-9] ?(?![万亿元])[\u4e00-\u9fff“]{{3}}"
)  # 支持标准:, 01 上规奖励
_PAIR = re.compile(r"[^,。;:]{2,30}:[\d.]+[万亿]?元")  # 成功上市:500万元: an item of a list, however full its line
# A类人才 给予100万元安家补贴: a name and its sum; one below another is a list, though no mark ends it.
_KEY_AND_SUM = re.compile(
    r"[^,。;:\d ]{2,16} (?:给予|奖励|补助|补贴|最高|不超过|一次性|每[人户家个月年])*[\d.]+[万亿]?元[^,。;:\d]{0,10}"
)
_HEAD, _SHORT = 60, 45
_REST_OF_TITLE = re.compile(rf"的(?:{KINDS})(?:\([^()]{{1,24}}\))?")
_REST_OF_NOTICE = re.compile(r"(?!关于)[\u4e00-\u9fff“”]{4,30}的(?:通知|意见|公告|批复|决定)(?:\([^()]{1,24}\))?")
_STATED = re.compile(
    r"(?:的|实施|指导|若干|管理|暂行)(?:通知|意见|公告|批复|决定|办法|规定|细则)\Z"
)  # a title that is whole
_LEADS_IN = re.compile(r"为|根据|按照?|依据|现|遵照|经|贯彻|落实")  # 为贯彻落实《某某意见》⏎精神
_INSIDE_PROSE = re.compile(r"[^,。;:]{2,}[,。;]")
# (2020年1月2日云州市…通过): how a law was made known, below its title.
_LAW_NOTE = re.compile(rf"\(?(?:{DATE})[^。\n]{{4,160}}(?:通过|公布|发布|批准|修[正订改]|[施实]行)\)?")
# ——2025年1月8日在云州市第十六届人民代表大会第五次会议上: when a report was given, below its title.
_GIVEN = re.compile(rf"-{{0,2}}—{{0,2}}\(?(?:{DATE})在[^,。;:]{{6,60}}[上会]\)?")
# The field that says whom a card is for; a narrow cell may break its name (服务⏎对象).
_NARROW = re.compile(r"(?:(?:服务|适用|支持|扶持|申报))?对象")
_HALF_LABEL = re.compile(r"[\u4e00-\u9fff]{2}")
_CATALOGUE = re.compile(r"\d{1,3} ?[.、](?!\d)")
_VALUE_ALONE = re.compile(r"[\d.,]+(?:[万亿]?元|%)?|[-—–]+")
_UNIT_ALONE = re.compile(r"[平立]方米|[\u4e00-\u9fff]{1,2}")
_SHARED = 5  # characters that a title and its other wording have in common
_LOCAL_WIDTH, _LOCAL_SLACK, _FEWEST_WRAPS = 20.0, 1.0, 2


def join_wraps(draft: Draft) -> None:
    """Remove the line ends that stand inside a paragraph."""
    found = measured(draft)
    plain = [one.line for one in found]
    page = page_of(found, [_begins_apart(line) for line in plain])
    full = page.full if page else None
    length = counted(found)
    wrapped = set() if page else _wrapped_paragraphs(found)
    narrow = _narrow_fields(found, full)
    cells = counted_cells(plain)
    head = _wrapped_titles(plain) | wrapped_recipients(plain[:_HEAD])
    edits = []
    begins = True
    text_begun = False
    for index, (one, (after, *_)) in enumerate(pairwise(found)):
        line = one.line
        own = narrow.get(index, full)
        room = None if own is None else own - one.width
        if length:
            room = 0.0 if one.signs == length else None
        elif page and _is_heading(one) and not page.has_broken(one, after.text):
            room = None
        if not text_begun and _is_title_over_text(line.text, after.text):
            room = None
        text_begun = text_begun or line.closed
        told_again = not index and _is_told_again(line.text, after.text)
        goes_on = index in head or index in wrapped or (not told_again and _goes_on(line, after, room, begins))
        goes_on = goes_on and index not in cells
        begins = not goes_on
        if goes_on:
            edits.append(Edit(line.end, after.start, _between(line.text, after.text)))
    draft.edit(edits, "wrap")


def _narrow_fields(found: list[Measured], full: float | None) -> dict[int, float]:
    """The width of a full line, by line, in fields of a card that are set beside their names and so in a narrower column."""
    widths: dict[int, float] = {}
    for index, (line, *_) in enumerate(found):
        if full is None or not _NARROW.fullmatch(line.text):
            continue
        inside = list(takewhile(lambda at: _is_prose(found[at].line), range(index + 1, len(found))))
        longest = max((found[at].width for at in inside), default=0.0)
        if len(inside) > 1 and MIN_WIDTH <= longest < full - SLACK:
            widths |= dict.fromkeys(inside[:-1], longest)
    return widths


def _begins_apart(line: Line) -> bool:
    """Whether a line cannot go on the one before it."""
    return not _is_prose(line) or bool(_BEHIND_TEXT.match(line.text)) or is_card_label(line.text.partition(":")[0])


def _is_heading(one: Measured) -> bool:
    """Whether a line may be a heading alone on it: numbered or a title, without a mark."""
    headed = markers.at_line_start(one.line.text) or is_title(one.line.text)
    return headed and not one.line.closed and not one.is_amid


def _is_title_over_text(line: str, after: str) -> bool:
    """Whether the first line of a paper is its whole title, which fills the line by chance, and prose follows."""
    return is_title(line) and "," not in line and not _LEADS_IN.match(line) and bool(_INSIDE_PROSE.search(after))


def _is_prose(line: Line) -> bool:
    return not (_stands_alone(line.text) or markers.at_line_start(line.text) or BETWEEN_CELLS.search(line.text))


def _wrapped_paragraphs(found: Sequence[Measured]) -> set[int]:
    """The lines of a paragraph that alone is hard-wrapped: lines of one width, none of them closed, up to a closed one."""
    wrapped: set[int] = set()
    run: list[int] = []
    for index, (line, width, *_) in enumerate(found):
        apart = line.gap or markers.at_line_start(line.text) or _stands_alone(line.text)
        last = found[run[-1]].width if run else 0.0
        slack = INDENT if len(run) == 1 else _LOCAL_SLACK
        if run and not apart and not line.closed and abs(width - last) <= slack:
            run.append(index)
            continue
        if len(run) >= _FEWEST_WRAPS and not apart and line.closed and width <= last + _LOCAL_SLACK:
            wrapped.update(run)
        run = [] if line.closed or width < _LOCAL_WIDTH or BETWEEN_CELLS.search(line.text) else [index]
    return wrapped


def _goes_on(line: Line, after: Line, room: float | None, begins: bool) -> bool:
    """Whether ``after`` continues the paragraph of ``line``, which ``begins`` it or not.

    ``room`` is how much a full line would hold more, None where the text is not hard-wrapped.
    """
    if BETWEEN_CELLS.search(line.text) or BETWEEN_CELLS.search(after.text):
        return False
    if not after.gap and _CUT_RATIO.search(line.text) and after.text[0].isdigit():
        return True
    if line.closed:
        return _is_full_at_mark(line, after, room, begins)
    if after.text[0] in ",。;、)〕]》”" and not is_date(line.text):
        return True
    if _cuts_sum(line, after) or (_HALF_LABEL.fullmatch(line.text) and is_card_label(line.text + after.text)):
        return True
    if line.text[-1] == "、" and after.gap <= 4:  # a page number may have stood between
        return True
    if markers.at_line_start(after.text) or is_card_label(after.text.partition(":")[0]):
        return False
    if (
        _BEHIND_TEXT.match(after.text)
        or _CARD_BEGINS.match(after.text)
        or (_PAIR.fullmatch(line.text) and _PAIR.match(after.text))
        or (_KEY_AND_SUM.fullmatch(line.text) and _KEY_AND_SUM.fullmatch(after.text))
    ):
        return False
    if _stands_alone(after.text):
        full = room is not None and -1.5 <= room <= (INDENT if begins else 1.5)
        return full and not after.gap and _cuts_name(line.text, after.text)
    if _open_bracket(line.text) and after.gap <= 1 and not _is_cut_title(line, after) and not _is_address(line, after):
        return True
    if line.text[-1] == "," and len(line.text) >= 12 and not is_recipients(line.text):
        return True
    if _is_wrapped_title(line, after):
        return True
    slack = SLACK + INDENT if begins and not is_title(line.text) else SLACK
    titled = after.gap and is_title(line.text)
    return room is not None and room <= slack and not _stands_alone(line.text) and not titled


def _cuts_name(line: str, after: str) -> bool:
    """Whether the rest of a unit's name follows, and no signature (责任单位:市甲局、市乙有限⏎公司; 市甲局、县卫生健⏎康局)."""
    last = _LAST_NAME.search(line)
    return bool(_UNITS.search(line) or (last and not is_organ(last[1]) and is_organ(last[1] + after)))


def _is_told_again(line: str, after: str) -> bool:
    """Whether a card's second line is its title in other words (5. 中关村支持甲事项 / 支持开展甲事项), not the rest of the first."""
    shared = (line[at : at + _SHARED] for at in range(len(line) - _SHARED + 1))
    return bool(_CATALOGUE.match(line)) and any(words in after for words in shared)


def _is_cut_title(line: Line, after: Line) -> bool:
    """Whether a site cut off a title in 《 that nothing below closes."""
    return bool(after.gap) and line.text.startswith("《") and "》" not in after.text


def _is_address(line: Line, after: Line) -> bool:
    """Whether the addressees end here, their last mark and a bracket lost."""
    return bool(after.gap) and line.text.startswith("各") and is_recipients(line.text + ":")


def _cuts_sum(line: Line, after: Line) -> bool:
    """A break before or behind the number of a sum (``给予奖励⏎20⏎万元``); a page number may have stood behind it."""
    if "/" in (line.text, after.text):  # 160⏎元⏎/⏎亩; in a table it may be a cell of its own
        after_stroke = line.text == "/" and not (after.closed or _UNIT_ALONE.fullmatch(after.text))
        if after_stroke or _VALUE_ALONE.fullmatch(line.text):
            return False
        return not after.gap and not is_card_label(line.text) and not is_card_label(after.text)
    if line.text[-1].isdigit() and _REST_OF_SUM.match(after.text) and "," in line.text and not after.gap:
        return True
    if line.text[-1].isdigit() and _REST_OF_NUMBER.match(after.text) and not after.gap:
        return True
    if line.text[-1].isdigit():
        unit = _UNIT_FIRST if len(line.text) > _LONGEST_NUMBER else _ANY_UNIT_FIRST
        return bool(unit.match(after.text))
    if after.gap:
        return False
    whole = (len(line.text) > _SHORTEST_SENTENCE or "," in line.text) and _BEFORE_NUMBER.search(line.text)
    ends = _NUMBER_ALONE.fullmatch(after.text) or ("," in line.text and _LAST_SUM.match(after.text))
    return bool(whole and ends)


def _is_full_at_mark(line: Line, after: Line, room: float | None, begins: bool) -> bool:
    """Whether a semicolon or a colon stands at the edge of a full line by chance: what follows is no item of a list."""
    if room is not None and room <= SLACK and not after.gap and _OF_SENTENCE_BEFORE.match(after.text):
        return True
    if room is None or line.text[-1] not in ";:" or after.gap or markers.at_line_start(after.text):
        return False
    if line.text[-1] == ":" and (_LISTS.search(line.text) or after.closed):
        return False
    indent = INDENT - 1 if begins and line.text[-1] == ":" else 0
    return -1.5 <= room <= 1.5 + indent and not (_stands_alone(after.text) or is_recipients(line.text))


def _stands_alone(text: str) -> bool:
    return (
        is_card_label(text)
        or is_date(text)
        or is_document_number(text)
        or is_recipients(text)
        or bool(_LAW_NOTE.fullmatch(text) or _GIVEN.fullmatch(text))
        or (is_organ(text) and len(text) < 20)
    )


def _open_bracket(text: str) -> bool:
    depth = 0
    for char in text:
        if char in _OPENERS:
            depth += 1
        elif char in _CLOSERS:
            depth = max(0, depth - 1)
    return depth > 0


def _wrapped_titles(found: list[Line]) -> set[int]:
    """The lines that go on in the next one because a title stands over three or four short lines."""
    wrapped: set[int] = set()
    for index, line in enumerate(found[:_HEAD]):
        if "关于" not in line.text or not 8 <= len(line.text) <= _SHORT or is_title(line.text):
            continue
        for count in (3, 4):
            parts = found[index : index + count]
            joined = "".join(part.text for part in parts)
            plain = all(len(part.text) <= _SHORT and (part is line or part.gap <= 1) for part in parts)
            if (
                plain
                and not re.search(r"[。;:,\t|]", joined)
                and is_title(joined)
                and not any(is_title(part.text) for part in parts[:-1])
                and not any(is_date(part.text) for part in parts)
            ):
                wrapped |= set(range(index, index + count - 1))
                break
    return wrapped


def _is_wrapped_title(line: Line, after: Line) -> bool:
    if not after.gap and _REST_OF_TITLE.fullmatch(after.text):
        return True
    if _is_title_cut_at_kind(line, after):
        return True
    if after.gap > 1 or is_title(line.text) or markers.at_line_start(line.text) or len(line.text) < 4:
        return False
    if is_organ(line.text) and after.text.startswith("关于"):
        return False  # the issuers' line above a title
    joined = line.text + after.text
    both_short = len(line.text) <= 45 and len(after.text) <= 45 and not re.search(r"[。;:,]", joined)
    return both_short and "关于" in line.text and is_title(joined)


def _is_title_cut_at_kind(line: Line, after: Line) -> bool:
    """Whether a title's first line ends by chance in a kind of paper (关于优化稳就业政策措施 / 全力促发展惠民生的通知)."""
    issuer, about, _ = line.text.partition("关于")
    begun = bool(about) and is_organ(issuer) and not _STATED.search(line.text) and not after.gap
    return begun and bool(_REST_OF_NOTICE.fullmatch(after.text)) and is_title(line.text + after.text)


def _between(left: str, right: str) -> str:
    """A space where two words of Latin letters would run together."""
    if left[-1].isascii() and right[0].isascii() and left[-1].isalpha() and right[0].isalpha():
        return " "
    return ""
