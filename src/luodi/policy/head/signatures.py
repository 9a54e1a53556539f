"""Who signed a paper and when (落款): below the cover letter, below the title, at the end of the text (LANGUAGE 2)."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from luodi.document.lines import DATE, ORGANS, is_date, is_organ
from luodi.policy.citations import document_number
from luodi.policy.dates import DAY
from luodi.policy.head.lines import LIKELY, LONGEST_HEAD, Found, HeadLine, bodies_found, day_found
from luodi.policy.head.orders import adopted, promulgated

_LONGEST_SIGNATURE = 80
# A date that lost its year or its last sign: no day, but the bodies above it have signed.
_BROKEN_DATE = re.compile(
    r"年?\d{1,2}月\d{1,2}日?|\d{4}年\d{1,2}月(?:\d{1,2})?|\d{6,8}日?|[一二三四五六七八九〇○零O]{4}年[一二三四五六七八九十]{1,2}月"
)
_SIGNED = re.compile(rf"(?P<organs>[\u4e00-\u9fff“”、 ]{{3,80}}?) ?(?P<date>{DATE})")
_BYLINE = re.compile(rf"(?P<date>{DAY})[, ] ?(?P<organ>[\u4e00-\u9fff]{{2,30}})(?:发布|公布|印发|颁布)?")
# Who signs an order: 市长 or 自治区主席 with or without the name.
_OFFICE = re.compile(
    r"[\u4e00-\u9fff]{0,8}(?:[省市区县州盟署行部厅局]长|主席|主任|总理)[: ]{0,2}[\u4e00-\u9fff· ]{0,8}"
)
_CLOSED = re.compile(r"(?:。|[执施]行|落实|实施)\Z")  # the cover letter's last sentence, its stop lost or not
_ITEM = re.compile(r"\d{1,2} ?[.、]")
_ATTACHED = re.compile(r"附(?:件 ?\d?)?:")
_NOTE = re.compile(r"主题词|共印|抄[送报]|联系|附件|\(此件|\(信息公开|印发\Z")
_ISO = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")
_IN_FIGURES = re.compile(r"\d{4}([-./])\d{1,2}\1\d{1,2}")
_TAIL = 3  # lines at the end of a text, where a day in figures alone (2023.3.1) is that of a signature

# The bodies of a letterhead whose line end was lost (云州市甲局 云州市乙局文件云甲〔2025〕9号).
_LETTERHEAD = re.compile(r"\A(?P<organs>[\u4e00-\u9fff、 ]{4,80}?)文件(?=[\u4e00-\u9fff ]{2,12}〔)")
# A body and its day behind the last sentence of a paper without line ends (…支持!云州市甲局2024年7月5日).
_AT_END = re.compile(rf"(?<=[。!])(?P<organs>[\u4e00-\u9fff、]{{4,40}}(?:{ORGANS})) ?(?P<date>{DATE})(?!印发|起|前|至)")
# The same behind the last of a list of attachments (附件:1.申报书2.汇总表云州市甲局2024年7月5日).
_BEHIND_LIST = re.compile(
    rf"附件:[^。\n]{{2,300}}?[表书单料图案则法划明录件](?P<organs>[\u4e00-\u9fff]{{2,8}}?[省市县区州][\u4e00-\u9fff、]{{0,40}}"
    rf"(?:{ORGANS})) ?(?P<date>{DATE})(?!印发|起|前|至)"
)

_Signed = tuple[Found | None, Found | None]


def signed(lines: list[HeadLine], whole: list[HeadLine], head: str) -> _Signed:
    """Issuer and date: of the cover letter, the adoption note, the line below the title, the end of the text."""
    made_known = promulgated(head)
    body = made_known.issuer if made_known else None
    by_order = (body, made_known.date) if made_known and body and is_organ(body.value) else None
    return (
        _signature(lines, broken=True)
        or by_order
        or adopted(head)
        or _byline(lines)
        or _signature(whole)
        or _signature(whole[-_TAIL:], is_day=_IN_FIGURES.fullmatch)
        or (None, None)
    )


def signed_in_line(clean: str, titled: str | None) -> _Signed:
    """Issuer and date where line ends were lost: the bodies of the title or the letterhead before a day, else those at the end."""
    head = _LETTERHEAD.match(clean)
    known = titled or (head["organs"] if head and is_organ(head["organs"]) else "")
    forms = [re.compile(rf"(?P<organs>{' ?'.join(known.replace(' ', ''))}) ?(?P<date>{DATE})(?!印发)")] if known else []
    for form in (*forms, _AT_END, _BEHIND_LIST):
        for at in form.finditer(clean):
            if (day := day_found(at.start("date"), at["date"])) and is_organ(at["organs"]):
                organs = known or at["organs"]
                return Found(organs, at.start("organs"), at.end("organs"), LIKELY), day
    return None, None


def _signature(
    lines: list[HeadLine], *, broken: bool = False, is_day: Callable[[str], object] = is_date
) -> _Signed | None:
    """The issuers' lines with the date below them; ``broken``: also one that is not whole (in a table it is a deadline)."""
    for index, line in enumerate(lines):
        together = _SIGNED.fullmatch(line.text)
        if together and is_organ(together["organs"].strip()):
            date = day_found(line.start + together.start("date"), together["date"])
            return (bodies_found([HeadLine(together["organs"].strip(), line.start, line.end)]), date) if date else None
        if index and (is_day(line.text) or (broken and _BROKEN_DATE.fullmatch(line.text))):
            first = index
            while first and is_organ(lines[first - 1].text) and len(lines[first - 1].text) <= _LONGEST_SIGNATURE:
                first -= 1
            date = day_found(line.start, line.text)
            if first < index and (date or not is_day(line.text)):
                return bodies_found(lines[first:index]), date
    return None


def _byline(lines: list[HeadLine]) -> _Signed | None:
    """The line below a title that says when and by whom (1990年3月10日,铁道部)."""
    for line in lines[:LONGEST_HEAD]:
        found = _BYLINE.fullmatch(line.text)
        if found and is_organ(found["organ"]):
            date = day_found(line.start, found["date"])
            organ = HeadLine(found["organ"], line.start + found.start("organ"), line.start + found.end("organ"))
            return (bodies_found([organ]), date) if date else None
    return None


def _lists_attachments(lines: list[HeadLine], at: int) -> bool:
    """Whether a line names what is attached, or is an item of the list of it (附件:, 1.某某名单, 2.某某方案)."""
    while at and _ITEM.match(lines[at].text):
        at -= 1
    return bool(_ATTACHED.match(lines[at].text))


def lone_date(lines: list[HeadLine], whole: list[HeadLine]) -> Found | None:
    """A date without a body: in brackets, below the cover letter, an office or the number; else at the end of all."""
    for line in lines:
        if line.text.startswith("(") and is_date(line.text):
            return day_found(line.start, line.text)
    for at, (before, line) in enumerate(pairwise(lines)):
        if is_date(line.text) and (
            _CLOSED.search(before.text)
            or _lists_attachments(lines, at)
            or _OFFICE.fullmatch(before.text.replace(" ", ""))
        ):
            return day_found(line.start, line.text)
        for day, beside in ((line, before), (before, line)):
            if (_ISO.fullmatch(day.text) or is_date(day.text)) and document_number(beside.text.strip("()")):
                return day_found(day.start, day.text)
    for number, body, day in zip(lines, lines[1:], lines[2:], strict=False):
        if _IN_FIGURES.fullmatch(day.text) and is_organ(body.text) and document_number(number.text):
            return day_found(day.start, day.text)  # below the number and the body of a database's paper
    for at, (_, line) in enumerate(pairwise(whole)):
        if is_date(line.text) and _lists_attachments(whole, at):
            return day_found(line.start, line.text)  # below the list of attachments at the letter's end
    last = next((line for line in reversed(whole) if not _NOTE.search(line.text)), None)
    return day_found(last.start, last.text) if last and is_date(last.text) else None
