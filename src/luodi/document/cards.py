"""Policy cards (政策卡片) that came in one piece: every field on a line of its own, its name before a colon (LANGUAGE 2).

Sites set the names of fields in brackets (【支持标准】), behind a bullet (▪ 支持标准) or with a blank behind, and copies run
the fields together. Where several names stand so, each opens a line; a name alone on its line stays as it is.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from luodi.document.draft import Draft, Edit

TITLE_FIELD = r"(?:政策|项目|事项)(?:名称|标题)"
"""The field that names what a card is of."""
TERM_FIELD = r"时间/?频度|(?:政策)?(?:执行|实施|有效)期限?|政策期限"
"""The fields of a card that tell how long its policy holds."""
ALONE_FIELD = (
    r"依据文件|发文机构|发文字号|发布日期|工具分类|服务对象|服务内容|条件要求|服务流程|联络方式|适用对象|政策内容|咨询部门|政策依据|政策名称|政策标题"
    rf"|{TERM_FIELD}"
    r"|事项(?:名称|类型|编码)|实施主体|办件类型|(?:法定|承诺)(?:办结|办理)?时限|设定依据|行使层级|是否收费|(?:监督)?投诉方式"  # of a guide
)
"""The fields that are known for a card's where they stand alone on their line: no paper has a heading of that name."""
FIELD_NAME = (
    rf"(?:{ALONE_FIELD}"
    r"|(?:项目|事项|奖补|补贴|专项)名称|事项标题"
    r"|(?:支持|补贴|奖励|资助|申报|扶持|受理|救助|补助|发放|保障|兑现)对象"
    r"|(?:支持|补贴|奖励|补助|资助|扶持|奖补|救助|发放|保障|兑现)(?:标准|内容|方式|方向|政策)"
    r"|申报内容|(?:申报|申请|支持|享受|办理|认定|基本|补贴|救助)条件"
    r"|(?:申报|申请|办理|服务)(?:材料|资料|流程|程序|时间|时限|方式|渠道|地点)|(?:受理|申领|执行|政策)(?:时间|期限|部门|单位|条件)"
    r"|(?:主管|咨询|经办|承办|发布)(?:部门|单位|机构)|(?:发布|制发)机[构关]|发文机关|(?:印发|成文)日期"
    r"|文件依据|(?:政策|对应|依据|适用)条款|(?:咨询|联系|服务)(?:电话|方式|人))"
)
"""What the fields of a card are called."""
_ALONE = re.compile(ALONE_FIELD)
_MARKED = re.compile(
    rf"(?:[▪◆◇■□●○•·►★☆✦*>]+ ?|[【\[〔])?(?P<name>{FIELD_NAME})(?P<end>[】\]〕] ?:?|:| +(?=[^\s|])|\t(?=[^\t\n]{{2,}}(?:\n|\Z)))"
)
_NAME = re.compile(FIELD_NAME)
_OPENS = re.compile(r"(?:\A|(?<=[\n\t。;;】 ,]))")
_TELLING = re.compile(r"名称|标题|对象|标准|内容|条件|要求")
_LABEL_LINE = re.compile(rf"^{FIELD_NAME}(?=:|$)", re.MULTILINE)
FIELD_LINE = re.compile(rf"^[【\[〔]?(?P<name>{FIELD_NAME})[】\]〕]?:?$", re.MULTILINE)
"""The name of a field on its line by itself."""
_ALONE_LINE = re.compile(rf"^(?:{ALONE_FIELD})(?=:|$)", re.MULTILINE)
_FEWEST, _FEWEST_TELLING = 3, 2


def part_fields(draft: Draft) -> None:
    """Set each field of a card on a line of its own, behind its name and a colon."""
    if not _NAME.search(draft.text):
        return
    found = [at for at in _MARKED.finditer(draft.text) if _is_label(draft.text, at)]
    names = {at["name"] for at in found}
    if len(names) >= _FEWEST and sum(1 for name in names if _TELLING.search(name)) >= _FEWEST_TELLING:
        draft.edit(Edit(at.start(), at.end(), _opened(draft.text, at)) for at in found)


def _is_label(text: str, at: re.Match[str]) -> bool:
    """A name in brackets, behind a bullet, or at the head of a line or a sentence."""
    if at["end"] == "\t":  # a row of two cells, the first of a field
        return text[at.start() - 1 : at.start()] in ("", "\n") and not _NAME.match(text, at.end())
    marked = at.start("name") > at.start()
    if marked and at[0][0] in "【[〔" and at["end"][0] not in "】]〕":
        return False
    return marked or bool(_OPENS.match(text, at.start())) or text[at.start() - 1 : at.start()] in ")》"


def _opened(text: str, at: re.Match[str]) -> str:
    opening = "" if at.start() == 0 or text[at.start() - 1] == "\n" else "\n"
    return f"{opening}{at['name']}:"


def label_places(clean: str) -> list[int]:
    """Where the names of a card's fields open a line, alone or before a colon; none where they make no card."""
    places = [at.start() for at in _LABEL_LINE.finditer(clean)]
    return places if len({at[0] for at in _ALONE_LINE.finditer(clean)}) >= _FEWEST else []


def field_lines(clean: str) -> list[int]:
    """Where the name of a field stands on its line by itself, with or without a colon, also below a numbered article."""
    return [at.start() for at in FIELD_LINE.finditer(clean)]


def closed_from(fields: list[int], starts: list[int], firsts: list[int], here: int) -> int:
    """Which of the levels that began at ``starts`` are over at a new count, as a field ends where the next is named.

    So in 一、… 条件: 1. 2. 标准: (1): a field of the article itself leads its first item (``firsts``), and another one comes behind.
    """
    for depth, first in enumerate(firsts, 1):
        own = bisect_right(fields, first)
        if bisect_right(fields, starts[depth - 1]) < own and bisect_right(fields, starts[depth]) < bisect_right(
            fields, here
        ):
            return depth
    return len(starts)


def before_fields(line: str) -> str:
    """The words of a card that came without line ends before the name of its first field; all of them where it is no card."""
    names = [at for at in _ALONE.finditer(line) if line[at.start() - 1 : at.start()] != "《"]
    return line[: names[0].start()] if len({at[0] for at in names}) >= _FEWEST else line


def is_card_label(text: str) -> bool:
    """Whether a line is the name of a field that only a card has."""
    return bool(_ALONE.fullmatch(text))
