"""The fields of a metadata block or of a policy card (发文机构, 发文字号, 成文日期 …; LANGUAGE 1.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from luodi.document.cards import FIELD_NAME, TITLE_FIELD, is_card_label
from luodi.document.lines import PAGE_FIELD, is_organ
from luodi.policy.citations import document_number
from luodi.policy.dates import find_date
from luodi.policy.head.lines import CARD_FIELDS, Found, HeadLine

_FROM_FIELD = 0.7
_NEXT_FIELD = re.compile(r" *[\u4e00-\u9fff]{2,6}:")  # of a row with several fields
# Fields in one row: bars or tabs part them, or the next label does (索引号: K1 文 号: 云政发〔2016〕9号).
_LABELS = rf"{PAGE_FIELD} *:"
_CELL = re.compile(rf"[^|\t](?:(?!(?<![\u4e00-\u9fff]){_LABELS})[^|\t])*")
_LABEL_ALONE = re.compile(rf"{PAGE_FIELD} *(?::|\Z)")
_REGISTER = re.compile(r"索 *引 *号(?=[ \dA-Z])")
_LEAST_COLUMNS = 3
# When a page went online, to the minute, and the site itself: nothing of the paper.
_TIME_OF_DAY = re.compile(r"\d{1,2}:\d{2}")
_SITE = re.compile(r"网站?\Z")
_LEVEL = re.compile("[省市县区州盟旗]")
_CARD_NAME = re.compile(FIELD_NAME)
_FIELDS = {
    name: re.compile(rf"\[? *(?:{words}) *(?:[:\]]|\Z| (?=[\u4e00-\u9fff]{{2,10}}[〔\[]\d{{4}}))")
    for name, words in {
        "title": "(?:发文)?标 *题|名 *称(?!\\Z)|文章标题|信息名称",
        "document_number": "(?:发文|文件)字号|文件号|(?:法规|发文|发布|备注/)?文 *号",
        "issuer": "(?:发[文布]|制发|制定)(?:机[关构]|单位|部门)|实施主体",
        "issued_on": "(?:成文|颁布|(?:公文)?生成|发文|制发|落款|公文)(?:日期|时间)",
        "issued_at_last": "印发(?:日期|时间)",
        "card_title": f"{TITLE_FIELD}|文件名称",
        "card_date": "(?:发布|印发|成文)日期",
    }.items()
}


def is_card(lines: list[HeadLine]) -> bool:
    """Whether the lines are fields of a card: each label alone on its line, or a named policy and labels with a colon.

    Labels with a colon alone are the fields that a reposting site sets above a paper.
    """
    named = field(lines, "card_title") is not None
    cells = (cell.text for line in lines for cell in _cells(line))
    labels = (cell.partition(":")[0] if named else cell for cell in cells)
    known = [label for label in labels if is_card_label(label.strip()) or (named and _CARD_NAME.fullmatch(label))]
    return len(known) >= CARD_FIELDS


def names_several(lines: list[HeadLine]) -> bool:
    """Whether there are cards of several policies: none of their names is the name of the whole."""
    return sum(1 for line in lines for cell in _cells(line) if _FIELDS["card_title"].match(cell.text)) > 1


def labels_title(text: str) -> bool:
    """Whether a line is the label of a title alone (标题:)."""
    return bool(_FIELDS["title"].fullmatch(text))


def labels_any(text: str) -> bool:
    """Whether a line begins with the label of a metadata block."""
    return bool(_LABEL_ALONE.match(text))


def labels_register(text: str) -> bool:
    """Whether a line is a row of a site's register, whose labels lost their colons (索 引 号 15-00 组配分类 规划计划)."""
    return bool(_REGISTER.match(text))


def field(lines: list[HeadLine], name: str) -> Found | None:
    """The value of a metadata field or card field: behind its colon, or on the next line."""
    lines = list(_rows(lines))
    for index, line in enumerate(lines):
        label = _FIELDS[name].match(line.text)
        if not label:
            continue
        if label.end() < len(line.text) and label[0].endswith((":", "]", " ")):
            value = _NEXT_FIELD.split(line.text[label.end() :])[0].strip()
            return Found(value, line.start + label.end(), line.end, _FROM_FIELD)
        if label.end() == len(line.text) and index + 1 < len(lines):
            value = lines[index + 1]
            named = _LABEL_ALONE.match(value.text) or _CARD_NAME.fullmatch(
                value.text
            )  # the next name of a row of names
            if len(value.text) > 1 and not value.text.endswith(":") and not named:
                return Found(value.text, value.start, value.end, _FROM_FIELD)
    return None


def _rows(lines: list[HeadLine]) -> Iterator[HeadLine]:
    """The cells of all lines; where one row holds the labels and the next their values, each value behind its label."""
    rows = [row for line in lines if (row := list(_cells(line)))]
    names: list[HeadLine] = []
    for row in rows:
        if len(row) >= _LEAST_COLUMNS and all(_LABEL_ALONE.match(cell.text) for cell in row):
            names = row
        elif names and len(row) == len(names):
            yield from (cell for pair in zip(names, row, strict=True) for cell in pair)
            names = []
        else:
            yield from [*names, *row]
            names = []
    yield from names


def _cells(line: HeadLine) -> Iterator[HeadLine]:
    """The cells of a row that a site's table was flattened to (文号: | 云政发〔2023〕8号 | 成文日期: | …)."""
    for at in _CELL.finditer(line.text):
        text = at[0].strip()
        if text.strip("-: "):
            start = line.start + at.start() + len(at[0]) - len(at[0].lstrip())
            yield HeadLine(text, start, start + len(text))


def number_field(lines: list[HeadLine]) -> Found | None:
    """The document number (文号) that a field gives."""
    found = field(lines, "document_number")
    value = document_number(found.value) if found else None
    return found._replace(value=value) if found and value else None


def issuer_field(lines: list[HeadLine]) -> Found | None:
    """The body that a field names; the site that carries the page is none."""
    found = field(lines, "issuer")
    return found if found and not _SITE.search(found.value) else None


def in_full(issuer: Found | None, lines: list[HeadLine]) -> Found | None:
    """An issuer that a title calls by its level alone (县人民政府办公室), with its region where a field names it whole."""
    told = issuer_field(lines) if issuer and _LEVEL.match(issuer.value) else None
    whole = (
        told and issuer and told.value != issuer.value and told.value.endswith(issuer.value) and is_organ(told.value)
    )
    return told if whole else issuer


def date_field(lines: list[HeadLine]) -> Found | None:
    """The date of a field 成文日期, of a card also that of its publication."""
    found = field(lines, "issued_on") or field(lines, "card_date" if is_card(lines) else "issued_at_last")
    date = find_date(found.value) if found and not _TIME_OF_DAY.search(found.value) else None
    return found._replace(value=date.isoformat()) if found and date else None
