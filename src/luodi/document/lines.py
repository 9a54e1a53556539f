"""The lines of a draft, and what a line looks like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from luodi.document.draft import Draft, Edit

BETWEEN_CELLS = re.compile(r"\t|\|[^|\n]*\|")
"""A tab, or bars as copies of a page draw them: what a row of a table has between its cells."""

GROUP_OF_CELLS = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)) ?[^\n,。;:\d]{2,14}\n\s*"
    r"(?:(?!\d)[^\n。;]{2,30}\n\s*[\d.]{1,10}%?\s*\n|\d{1,3}\s*\n(?!\d))"
)
"""``一、经济增长⏎粮食产量(万吨)⏎60⏎``, ``一、平台类⏎1⏎某某中心⏎``: the name of a group of rows in a table that came with one cell a line."""
_GROUP_NAME = re.compile(r" *[^\n\t|。;:,]{2,24}(?P<empty>\t*)\n")
# 任务 | 牵头单位 | 完成时限: the names of a table of tasks.
_OF_TASKS = re.compile(r"(?:^|[\t|]) *(?:牵头|责任|配合|主办|协办|参与)(?:单位|部门)? *(?=[\t|]|$)")
_LONGEST_GROUP, _FAR = 24, 6000
_MOST_CELLS = 10
_FIGURE_IN_ROW = re.compile(r"(?:^|[\t|]) *[≥≤<>\[〔]*\d[\d.,]*(?:%|[万亿]?元)?[\]〕]? *(?:[\t|]|$)")

# 首次认定:100万元⏎复核通过:50万元: each line of a cell has its own sum; what goes on with the one above begins otherwise.
_ENDS_WITH_SUM = re.compile(r"\d[\d.,]*\s*(?:[万亿]?元|[%％‰])[)）]?\s*\Z")
_OWN_SUM_NEXT = re.compile(
    r"\s*(?![,，。;；:：、)）的且并以及和至或/·—-]|[奖补资扶支]|给予|最[高多]|不超|封顶|上限|人民币|每|\d"
    r"|[人年月户家])[^。;；]{1,24}\d[\d.,]*\s*(?:[万亿]?元|[%％‰])"
)

_SENTENCE_END = "。;:!?"
DATE = r"\d{4}年\d{1,2}月\d{1,2}日|[一二三四五六七八九〇零○O0]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
_NUMBER = r"(?:[\u4e00-\u9fff]{0,14}(?:\([\u4e00-\u9fff]{1,3}\))?[〔\[(【](?:19|20)\d{2}[〕\])】][\u4e00-\u9fff]{0,8}?第?\d{1,4}号)"
KINDS = (
    "意见|通知|办法|方案|措施|规定|细则|计划|规划|条例|决定|指南|公告|通告|批复|复函|政策|要点|纲要|清单|规则|"
    "(?<=年)工作(?:总结|安排|打算|思路)|(?:责任|任务|工作|部门)分工|章程|制度|通报|决议|规程|守则|指引|目录|标准|纪要|公报|建议"
    "|准则|规范|预案|手册|导则|修正案|基准|任务书|问答|明白[卡纸]|(?:分解|分工|任务|责任|一览|安排)表"
)
ORGANS = (
    "人民政府|办公厅|办公室|委员会|管委会|国务院|党委|残联|团委|工会|妇联|[省市区县州旗]委|联合会|工商联|总局|[局厅部署会委院办处司]|"
    "政府|领导小组|指挥部|联席会议|中心|支行|分行|银行|法院|检察院|公司|大学"
)
_TITLE = re.compile(
    rf"(?:[^。;!?|>《》]{{7,90}}(?:{KINDS})|[^。;!?|>《》 ]{{3,90}}(?:条例|办法|细则)"
    rf"|(?!其他|有关|相关|一般|特别|具体|本|国家)[^。;:!?|>《》、, ]{{4,90}}(?:规定|规则)"
    rf"|中华人民共和国[^。;!?|>《》 ]{{1,40}}(?:法|法典))(?:\([^()]{{1,24}}\))*"
)
_ISSUED = re.compile(
    r"(?=[^。;!?|>]*(?:关于|转发|印发|废止|修改))(?:[^。;!?|>]{4,120}|[^。;:!?|>,]{121,320})(?:通知|公告|通告|批复|函|决定|公示)(?:\([^()]{1,24}\))*"
    r"|(?=[^《》]*转发)[^。;!?|>]{4,60}《[^。;!?|>]{4,80}(?:通知|意见|办法)》"
)
# How one level carries out another's paper: 云省《某某规定》实施办法.
_CARRIED_OUT = re.compile(
    r"[\u4e00-\u9fff]{2,20}《[^《》。;!?]{4,60}》(?:的?(?:若干|补充|实施|执行|暂行){0,2})(?:办法|细则|规定|意见)(?:\([^()]{1,24}\))*"
)
# Work on another paper: 云市人民政府关于落实《某某报告》重点工作分工的意见.
_ON_PAPER = re.compile(
    r"(?!为|根据|按照?|依据|现|遵照|请|以)[^。;!?|>《》,:]{0,60}(?:关于|贯彻|落实|执行|实施)[^。;!?|>《》,:]{0,40}"
    rf"(?:《[^《》。;]{{2,60}}》[^。;!?|>《》,:]{{0,40}}){{1,2}}(?:{KINDS})(?:\([^()]{{1,24}}\))*"
)
# What is made of the tasks that a paper sets: 2023年区《政府工作报告》确定的重点工作任务责任分解方案.
_SET_BY_PAPER = re.compile(
    rf"[^。;!?|>《》,:]{{0,24}}《[^《》。;]{{2,40}}》(?:所?确定|提出|部署)的?[^。;!?|>《》,:]{{2,30}}(?:{KINDS}|分[工解])(?:\([^()]{{1,24}}\))*"
)
# What a court or a congress explains of a law (关于《甲法》第三条的解释) or answers.
_EXPLAINED = re.compile(
    rf"[^。;!?|>《》:]{{2,60}}(?:{ORGANS})关于[^。;!?|>]{{2,120}}的?(?:解释|批复|答复)(?:\([^()]{{1,24}}\))*"
)
# What a bureau answers to a proposal: 云市甲局对市政协某次会议第12号提案的答复, 关于市人大某次会议第3号建议答复的函.
_ANSWERED = re.compile(
    r"[^。;!?|>《》:,]{0,40}(?:对|关于)[^。;!?|>:,]{4,80}(?:提案|建议|议案)》?(?:\([^()]{1,24}\))?(?:办理情况)?的?(?:答复|回复|复函)(?:意见|的?函)?"
)
# What tells people of a paper: 《某某政策》明白卡.
_TOLD_OF = re.compile(r"《[^《》。;!?]{4,60}》(?:政策)?(?:明白[卡纸]|问答|申报(?:指南|须知))(?:\([^()]{1,24}\))*")
_CONSULTED = re.compile(r"(?:关于)?(?:公开)?(?:征求)?《[^《》。;]{4,60}》(?:公开)?征求意见(?:的?(?:公告|通知))?")
# 云州市航空产业黄金十五条, 人才新政30条: called by how many items it has.
_OF_ITEMS = re.compile(
    r"(?=[^。]*(?:政策|措施|新政|黄金|举措|支持|促进|扶持))[^。;:!?|>《》,第]{4,60}"
    r"(?:[二三四五六]?十[一二三四五六七八九]?|(?<!\d)\d{1,2})条”?(?:\([^()]{1,24}\))*"
)
_POINTED = re.compile(r"<([^<>]{4,120})>")  # 《关于印发<某某方案>的通知》
_IN_BRACKETS = r"\([\u4e00-\u9fff、]{2,16}\)"  # 中国(云州)自由贸易试验区管理委员会, 县经济局(科技局)
# 政府工作报告, 云州市2025年政府工作报告, 市政府工作报告重点工作责任分解(2023年)
_REPORT = re.compile(
    r"[\u4e00-\u9fff]{0,12}(?:20\d\d年(?:[省市县区州]|[\u4e00-\u9fff]{2,6})?)?政府工作报告"
    r"(?:[\u4e00-\u9fff]{2,12}(?:责任|任务)分解(?:\(20\d\d年度?\))?)?"
)
_ORGAN = re.compile(
    rf"(?:[\u4e00-\u9fff、, ]|“[\u4e00-\u9fff]{{1,8}}”|(?<=[\u4e00-\u9fff]){_IN_BRACKETS}){{1,300}}(?:{ORGANS})(?:{_IN_BRACKETS})?"
)
_DATE_LINE = re.compile(rf"\(?(?:{DATE})\)?(?:\(此件[^()]{{2,12}}\))?")
_NUMBER_LINE = re.compile(_NUMBER)


PAGE_FIELD = (
    r"(?:索 *引 *号|主题分类|(?:发[文布]|制[发定])(?:机[关构]|单位|部门)"
    r"|(?:成文|发文|发布|印发|制发|落款|公文|(?:公文)?生成|生效|失效|实施)(?:日期|时间)|标 *题|(?:政策|项目|事项|发文)标题"
    r"|(?:政策|项目|事项|文件|信息)?名 *称|(?:发文|文件)字号|(?:发文)?文 *号|主 *题 *词|有 *效 *性)"
)
"""The labels of a page's metadata block, before their colon."""


class Line(NamedTuple):
    """A line that is not blank: its place in the draft, its text, and how many blank lines stand before it."""

    start: int
    end: int
    text: str
    gap: int

    @property
    def closed(self) -> bool:
        """Whether a sentence or a lead-in ends here."""
        return self.text[-1] in _SENTENCE_END


def between_items(before: str, after: str) -> str:
    """What stands between two lines of a cell: a semicolon where each tells a sum of its own."""
    return "；" if _ENDS_WITH_SUM.search(before[-16:]) and _OWN_SUM_NEXT.match(after) else ""


def is_group_of_rows(text: str, start: int) -> bool:
    """Whether the line between two rows of as many cells names a group of them (一、平台类).

    It has their empty cells, or the row below it holds a figure, or the table is one of tasks.
    """
    above = text[text.rfind("\n", 0, max(start - 1, 0)) + 1 : start]
    group = _GROUP_NAME.match(text, start) if BETWEEN_CELLS.search(above) else None
    if group is None:
        return False
    end = text.find("\n", group.end())
    below = text[group.end() : end if end >= 0 else len(text)]
    if not _bars(above) == _bars(below) > 0:
        return False
    if len(group["empty"]) == _bars(below) or _FIGURE_IN_ROW.search(below):
        return True
    return not _OF_TASKS.search(below) and _names_tasks(text[max(0, start - _FAR) : start])


def _names_tasks(above: str) -> bool:
    """Whether the table whose rows stand right above, with names of groups between them, is one of tasks."""
    for line in reversed(above.rstrip("\n").split("\n")):
        if not BETWEEN_CELLS.search(line):
            if len(line) > _LONGEST_GROUP:
                return False
        elif _OF_TASKS.search(line):
            return True
    return False


def _bars(row: str) -> int:
    return row.count("\t") + row.count("|")


def lines(text: str) -> list[Line]:
    """The lines that are not blank."""
    found = []
    at = gap = 0
    for line in text.split("\n"):
        if line:
            found.append(Line(at, at + len(line), line, gap))
            gap = 0
        else:
            gap += 1
        at += len(line) + 1
    return found


def drop(draft: Draft, gone: list[Line], code: str) -> None:
    """Remove whole lines."""
    draft.edit((Edit(line.start, line.end) for line in gone), code)


def is_title(text: str) -> bool:
    """Whether a line may be the title of a document (ends in the name of a kind of document)."""
    text = _POINTED.sub(r"〈\1〉", text)
    forms = (
        _TITLE,
        _ISSUED,
        _CARRIED_OUT,
        _ON_PAPER,
        _SET_BY_PAPER,
        _EXPLAINED,
        _ANSWERED,
        _TOLD_OF,
        _CONSULTED,
        _REPORT,
        _OF_ITEMS,
    )
    return any(form.fullmatch(text) for form in forms) and not re.search(r"切换|解读|图读懂|当前位置|下载|点击|:", text)


def is_called_by_items(text: str) -> bool:
    """Whether a title ends in how many items the paper has (人才新政30条); the name of its kind may stand on the next line."""
    return bool(_OF_ITEMS.fullmatch(text))


def is_organ(text: str) -> bool:
    """Whether a line is nothing but the names of public bodies."""
    return bool(_ORGAN.fullmatch(text))


def is_date(text: str) -> bool:
    """Whether a line is nothing but a date (成文日期)."""
    return bool(_DATE_LINE.fullmatch(text.replace(" ", "")))


def is_document_number(text: str) -> bool:
    """Whether a line is nothing but a document number (文号)."""
    return bool(_NUMBER_LINE.fullmatch(text.replace(" ", "")))


def counted_cells(found: Sequence[Line]) -> set[int]:
    """The lines of tables with one cell a line whose rows count themselves below 序号 and are all as long as the line of names."""
    inside: set[int] = set()
    for first, line in enumerate(found):
        if line.text.replace(" ", "") != "序号":
            continue
        width = next((n for n, one in enumerate(found[first : first + _MOST_CELLS]) if one.text == "1"), 0)
        rows = 0
        while (
            width > 1
            and first + width * (rows + 1) < len(found)
            and found[first + width * (rows + 1)].text == str(rows + 1)
        ):
            rows += 1
        if rows > 1:
            inside.update(range(first, min(first + width * (rows + 1), len(found))))
    return inside
