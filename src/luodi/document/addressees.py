"""The addressees (主送机关) of a paper: what their line looks like, whole, without its colon, over several lines (LANGUAGE 8.4)."""

from __future__ import annotations

import re

from luodi.document.lines import ORGANS, Line, is_date, is_document_number, is_organ, is_title

# A letter of reply is addressed to those who asked: 张某某代表, 李某某委员、王某委员, 赵某某等3位委员.
_PERSON = re.compile(
    r"(?!各位)(?:尊敬的)?(?:[\u4e00-\u9fff·]{2,4}[、和,])*[\u4e00-\u9fff·]{2,4}?(?:等\d{0,2}[位名]?)?"
    r"(?:(?:副)?主席|代表|委员|参事|院士|先生|女士|同志):"
)
_ADDRESSEE = re.compile(
    rf"(?:{ORGANS}|部门|单位|部委|机构|团体|组织|企业|集团|省|县|区|市|州|行|党?工?委|院校|高校|[大中小]?学[校院]?|幼儿园|总站"
    rf"|工作站|[总支大]队|[究计察]所|联社|医院|院所|处室|[科股]室|街道|[乡镇]|村|社区|党[组委]|"
    r"[公分行]署|特派办|海关|站所|商会|协会|园区|科学城|兵团|军区|商户|用户|专家|办事处(?:\(政府\))?)\)? ?\Z"
)
_FIRST_ADDRESSEE = re.compile(
    "[各市省县区国]|中央(?:和国家)?(?:机关|各)|[\u4e00-\u9fff]{2,8}(?:省|市|区|县|各)"
    "|(?:[\u4e00-\u9fff]{2,4}、){1,40}[\u4e00-\u9fff]{2,4}[省市县区][(\u4e00-\u9fff]"
)
_LED_IN = re.compile(r"主送(?:机关|单位)? ?:|尊敬的")
_REMARK = re.compile(r"\([^()]*\) ?\Z")  # 财政局(不含某市)
_CLASS = re.compile("各|有关")
_SENTENCE = re.compile(r"[《》]|如下|下列|以下|应当|包括|关于")
_LONGEST = 300
_MOST_LINES = 4
_LEAST_PROSE = 25
_BRINGS = re.compile("关于|[印下转]发|。(?!\\Z)")


def is_recipients(text: str) -> bool:
    """Whether a line names addressees: it ends in a colon and names nothing but bodies, or one person."""
    return bool(_PERSON.fullmatch(text)) or (text.endswith(":") and _is_list(text[:-1]))


def is_labelled(text: str) -> bool:
    """Whether a line names addressees behind a label, as older papers do at their end (主送:各区人民政府。)."""
    return bool(_LED_IN.match(text)) and _is_list(text.rstrip(":,。;、 "))


def may_be_recipients(text: str, after: str) -> bool:
    """Whether a line that lost its colon, or ends in a stop, names classes of bodies (各…, 有关…) above the first sentence."""
    names = text.rstrip(",。;、 ")
    return _is_prose(after) and bool(_CLASS.search(names)) and not is_title(names) and _is_list(names)


def names_start(text: str) -> int:
    """Where the first name begins in a line of addressees: behind a label (主送:)."""
    label = _LED_IN.match(text)
    return label.end() if label else 0


def _is_list(text: str) -> bool:
    text = text[names_start(text) :]
    if not text or len(text) >= _LONGEST or _SENTENCE.search(text):
        return False
    if "。" in text and not all(map(_names_body, re.split("[,;。]", text))):
        return False
    if not _names_body(text):
        return False
    return bool(_FIRST_ADDRESSEE.match(text)) or any(
        len(names := re.split(marks, text)) > 1 and all(map(_names_body, names)) for marks in ("[,;。]", "[,、;。]")
    )


def _names_body(text: str) -> bool:
    return bool(_ADDRESSEE.search(text) or _ADDRESSEE.search(_REMARK.sub("", text)))


def _is_prose(text: str) -> bool:
    """Whether a line below the addressees is the text that is written to them."""
    return not is_recipients(text) and (
        text.endswith("。") or (len(text) >= _LEAST_PROSE and bool(re.search("[,。]", text)))
    )


def wrapped_recipients(found: list[Line]) -> set[int]:
    """Of the lines of a head those that go on in the next one because the addressees stand over two to four lines."""
    for last, line in enumerate(found):
        after = found[last + 1].text if last + 1 < len(found) else ""
        for first in range(max(0, last - _MOST_LINES + 1), last):
            parts = found[first : last + 1]
            joined = "".join(part.text for part in parts)
            if _may_wrap(parts) and (is_recipients(joined) or may_be_recipients(joined, after)):
                return set(range(first, last))
        if is_recipients(line.text):
            return set()
    return set()


def _may_wrap(parts: list[Line]) -> bool:
    listed = _CLASS.match(parts[0].text) or re.search("[,、]", parts[0].text)
    return (
        bool(listed)
        and all(part.gap <= 1 for part in parts[1:])
        and not any(part.text.endswith(":") for part in parts[:-1])
        and not any(_BRINGS.search(part.text) or _is_head_line(part.text) for part in parts)
    )


def _is_head_line(text: str) -> bool:
    """Whether a line of the head is something else than addressees, or a letterhead of one body."""
    named = is_organ(text) and not re.search("[,、]|各|有关", text)
    return is_date(text) or is_document_number(text) or is_title(text) or named
