"""Recipients (主送机关): the line before the text that ends in a colon (LANGUAGE 8.4)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from luodi.document import Document
from luodi.document.addressees import is_labelled, is_recipients, may_be_recipients, names_start
from luodi.policy.clauses import clause
from luodi.policy.document_rules import DocumentRules
from luodi.policy.facts import Recipient
from luodi.policy.head.lines import HeadLine, head_lines

# A 、 parts two addressees only behind a finished name; in 各区、县(市)人民政府 it stands inside one.
_FINISHED = re.compile(
    r"(?:人民政府|政府|部门|部委|委员会|管委会|单位|机构|公司|银行|[分支]行|企业|院校|高校|大学|[小中]学|幼儿园|总站|工作站"
    r"|[总支大]队|[究计察]所|联社|[处科]室|院所|[局厅办委部署院处会])\Z"
)
_SHARES = re.compile("管委会|党委|政府|办事处|(?:人民)?(?:法院|检察院)")
_EACH = re.compile("各|[市县区旗州]口")  # 各县(区), 县(市、区)
_OF_EACH = re.compile("各|盟行政公署")
# 各市(区)委、人民政府: neither half stands alone.
_COMMITTEE = re.compile(r"\A各[市县区旗州、口]+党?委\Z")
# 各盟行政公署、市人民政府: those of each kind of region; 委、办厅、局: kinds of offices, no names.
_OF_REGIONS = re.compile(r"[省市县区州旗盟]人民政府")
_OF_OFFICES = re.compile(r"[部委办厅局署处室]{1,3}(?:(?:和|及|与)各.*)?")
# 市政府各部门、单位: those of the same house.
_OF_THE_SAME = ("单位", "机构")
# 甲经济技术开发区、乙新港区、丙学院: zones and schools that have a name of their own each.
_ZONES = re.compile(
    r"(?!各)[\u4e00-\u9fff]{2,}(?:开发区|[新高港校]区|[经高]开区|学院|管理区|风景(?:名胜)?区|旅游区|工业区|园区|度假区|示范区|保税区|试验区)(?:、|\Z)"
)
_OF_ALL = re.compile("(?:[省市县区]?政府|[省市县区]直)?各")
_CLASS = re.compile(r"(?:各|有关|[省市县区州旗]直)[^、]+")
_BRACKET = re.compile(r"\([^()]*\)")


@clause("recipient")
def recipients(document: Document, rules: DocumentRules) -> Iterator[Recipient]:
    """The addressees of the document, one fact each, as written."""
    clean = document.clean
    line = _addressed(head_lines(clean, document.head_end)) or next(
        (line for line in head_lines(clean, len(clean)) if is_labelled(line.text)), None
    )
    if line is None:
        return
    for start, end in _parts(line.text.rstrip(":,。;、 "), names_start(line.text)):
        span = document.text.span(line.start + start, line.start + end)
        yield Recipient(name=line.text[start:end], article="0", span=span)


def _addressed(lines: list[HeadLine]) -> HeadLine | None:
    """The line of addressees; where its colon is lost, the line of classes above the first sentence."""
    whole = (line for line in lines if is_recipients(line.text))
    return next(whole, None) or next(
        (line for line, after in pairwise(lines) if may_be_recipients(line.text, after.text)), None
    )


def _parts(line: str, start: int) -> Iterator[tuple[int, int]]:
    """The ranges of the single addressees in a line, the first one at ``start``."""
    shielded = _BRACKET.sub(lambda at: "口" * len(at[0]), line)
    for at in re.compile("[,、;。 ]").finditer(shielded, start):
        if at[0] not in "、 " or _is_finished(shielded[start : at.start()], shielded[at.end() :]):
            yield from _trimmed(line, start, at.start())
            start = at.end()
    yield from _trimmed(line, start, len(line))


def _is_finished(left: str, rest: str) -> bool:
    right = re.split("[,、;。 ]", rest, maxsplit=1)[0].strip("口 ")
    if _SHARES.fullmatch(right) and _EACH.match(left):
        return False  # 各县(区)人民政府、管委会: those of each county
    if right in _OF_THE_SAME or (right == "人民政府" and _COMMITTEE.match(left)):
        return False
    if _OF_OFFICES.fullmatch(right) or (_OF_REGIONS.fullmatch(right) and _OF_EACH.match(left)):
        return False
    if left.startswith("各") and _OF_ALL.match(right):
        return True
    others = re.split("[,;。]", rest, maxsplit=1)[0].split("、")
    if _ZONES.fullmatch(left) and all(_ZONES.fullmatch(one) or _CLASS.fullmatch(one) for one in others):
        return True
    return bool(_FINISHED.search(left.rstrip("口"))) and len(right) > 1


def _trimmed(line: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    text = line[start:end]
    start += len(text) - len(text.lstrip())
    if text.strip():
        yield start, start + len(text.strip())
