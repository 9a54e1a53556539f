"""How a rule was made known: the order that brings it (令), the notes below its title (题注), who passed it (LANGUAGE 2)."""

from __future__ import annotations

import re
from typing import NamedTuple

from luodi.document.lines import ORGANS, is_organ
from luodi.policy.dates import DAY
from luodi.policy.head.lines import LIKELY, LONGEST_HEAD, SURE, Found, HeadLine, day_found

_BODY = r"(?:已?由|经)?(?:中华人民共和国(?=第))?(?P<body>[\u4e00-\u9fff]{6,40}?)第[\u4e00-\u9fff\d]{1,6}次(?:全体)?会议"
# The note may leave out that the meeting passed it (…第六次会议 根据…修正).
_ADOPTED = re.compile(
    rf"(?P<date>{DAY}) ?{_BODY}(?:(?:修订)?(?:审议)?(?:通过|批准)|(?= ?(?:根据|\)|\n)))"
    rf"|{_BODY.replace('body', 'other')}于(?P<day>{DAY})(?:审议)?(?:通过|批准)"
)
_NOTE_BEGINS = r"(?:^|(?<=[例法定则释章])(?=\(?\d{4}年))"  # behind the title, where line ends were lost
# A rule's note of the order that made it known (2020年3月1日云州市人民政府令第4号公布).
_PROMULGATED = re.compile(
    rf"{_NOTE_BEGINS}(?P<open>\()?(?:\d[^。《》,;\n]{{0,60}}(?: |通过|批准))?(?P<date>{DAY}) ?(?:中华人民共和国(?=国务院))?"
    rf"(?P<organ>[\u4e00-\u9fff、 ]{{3,40}}?)"
    r"(?P<no>(?:令|公告) ?\(?第? ?[\d一二三四五六七八九十百]{1,5} ?号\)?)?(?:(?<=院)公告)?(?:公布|发布)"
    r"(?(open)(?=[) \n]|\Z|根据|自)|(?=[) \n]|\Z|第[一1][章条编]|\d{4}年))",
    re.MULTILINE,
)
# A department's note: 2020年3月1日经云州部第6次部务会议通过.
_BY_DEPARTMENT = re.compile(
    rf"{_NOTE_BEGINS}[( ]*(?P<date>{DAY}) ?经?(?P<body>[\u4e00-\u9fff]{{3,40}}?)第 ?\d{{1,4}} ?次[部局委署行]务会议(?:审议)?通过\)?"
    rf"(?:$|(?=第[一1][章条编]|\d{{4}}年))",
    re.MULTILINE,
)
_OWN_NUMBER = r"[\u4e00-\u9fff]{2,10}〔\d{4}〕\d{1,4}号"
# (2022年6月10日云州市人民政府以云府规〔2022〕5号公布 自…起施行), (云府规〔2022〕5号,2022年6月10日),
# (云州市人民政府规范性文件 云府规〔2022〕5号 2022年6月10日印发)
_NOTED_NUMBER = re.compile(
    rf"^\((?:[^()\n;]{{2,40}}(?:通过|同意|批准),? ?)?(?P<date>{DAY}),? ?"
    rf"(?:由?(?P<organ>[\u4e00-\u9fff、 ]{{2,40}}?(?:{ORGANS})))?以? ?(?P<no>{_OWN_NUMBER})文?(?:公布|发布|印发)?(?=[ ,)])"
    rf"|^\((?:(?P<of>[\u4e00-\u9fff]{{2,40}}?(?:{ORGANS}))(?:行政)?(?:规范性)?文件 ?)?(?P<no_first>{_OWN_NUMBER}),? ?(?P<date_behind>{DAY})(?:公布|发布|印发)?\)$",
    re.MULTILINE,
)
_ORDER = re.compile(
    r"(?:中华人民共和国(?=国务院))?(?P<organ>[\u4e00-\u9fff]{2,40}?)(?P<kind>令|公告)"
    r"(?P<no> ?\(?(?:\d{4}年)?第?[\d一二三四五六七八九十百]{1,5}号\)?)?"
    r"(?(no)(?: 《?[\u4e00-\u9fff、]{3,40}(?:办法|规定|条例|细则|决定|规则)》?)?)"  # the rule's title in one line with it
)
# 市人民政府令: which city's government it is stands elsewhere.
_UNNAMED = re.compile(r"(?:[省市县区州盟旗]|自治区)?(?:人民)?政府")
_ORDER_NUMBER = re.compile(
    r"\(?(?:〔[^〔〕]{2,6}〕|\([^()]{2,8}届\)|\d{4}年)?第 ?[\d一二三四五六七八九十百]{1,5} ?号\)?"
)
_BRACKETED = re.compile(r"\(((?:\d{4}年)?第[^()]+号)\)\Z")  # 云州市人民政府令(第4号)


class Order(NamedTuple):
    """What an order (令, 公告) says in its own two lines."""

    issuer: Found | None
    number: Found | None


def order(lines: list[HeadLine]) -> Order:
    """Issuer and number of an order: 云州市人民政府令 with 第4号 behind it or on the next line."""
    for index, line in enumerate(lines[:LONGEST_HEAD]):
        found = _ORDER.fullmatch(line.text)
        if not found:
            continue
        below = lines[index + 1] if index + 1 < len(lines) else line
        behind = found["no"] or (below.text if _ORDER_NUMBER.fullmatch(below.text) else None)
        if not behind:
            continue
        told = _BRACKETED.sub(r"\1", "".join(f"{found['organ']}{found['kind']}{behind}".split()))
        number = Found(told, line.start, below.end, SURE)
        named = is_organ(found["organ"]) and not _UNNAMED.fullmatch(found["organ"])
        return Order(
            Found(found["organ"], line.start + found.start("organ"), line.start + found.end("organ"), SURE)
            if named
            else None,
            number,
        )
    return Order(None, None)


class Promulgated(NamedTuple):
    """What the note below a rule's title says of the order or the paper that made it known."""

    issuer: Found | None
    number: Found | None
    date: Found | None


def promulgated(head: str) -> Promulgated | None:
    """The first order in the note below a title that made the rule known (题注); later ones amended it.

    A president's order (主席令) numbers a law that a congress issued.
    """
    signed_by = ((at["organ"].strip(), at) for at in _PROMULGATED.finditer(head))
    found = next((at for organ, at in signed_by if is_organ(organ) or organ.endswith("主席")), None)
    if not found:
        return _noted_number(head)
    organ = Found(found["organ"].strip(), found.start("organ"), found.end("organ"), LIKELY)
    number = f"{organ.value}{''.join(found['no'].split())}" if found["no"] else None
    return Promulgated(
        organ,
        Found(number, found.start("organ"), found.end("no"), LIKELY) if number else None,
        day_found(found.start("date"), found["date"]),
    )


def _noted_number(head: str) -> Promulgated | None:
    """The day and the number of its paper in the note below a title."""
    at = _NOTED_NUMBER.search(head) if "〔" in head else None
    if not at:
        return None
    number, date, organ = ("no", "date", "organ") if at["no"] else ("no_first", "date_behind", "of")
    return Promulgated(
        Found(at[organ], at.start(organ), at.end(organ), LIKELY) if at[organ] else None,
        Found(at[number], at.start(number), at.end(number), LIKELY),
        day_found(at.start(date), at[date]),
    )


def adopted(text: str) -> tuple[Found, Found] | None:
    """A law's adoption note: which body passed it, and when."""
    found = _BY_DEPARTMENT.search(text) or _ADOPTED.search(text)
    if not found:
        return None
    body, day = ("body", "date") if found["body"] else ("other", "day")
    date = day_found(found.start(day), found[day])
    return (Found(found[body], found.start(body), found.end(body), LIKELY), date) if date else None
