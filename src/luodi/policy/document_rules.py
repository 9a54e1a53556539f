"""Rules that a document states once and that change the reading of its other clauses (LANGUAGE 5.2, 6.4, 8.3)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from luodi.document.tree import Document

# Who stands first in a list: 排在第一位的部门, 列首位者, 第一家, 排序第一的.
FIRST = (
    r"(?:[排列居位名][在于列名序]{0,2})?(?:第[一1](?:[位个家名]|(?=[的者为]|(?:责任)?(?:单位|部门)))|首[位个]|最前面?|前者(?=为))(?:的|者)?"
    r"(?:责任|有关|相关)?(?:单位|部门|[处科股]室|机构)?"
)
FIRST_IS_LEAD = re.compile(
    rf"{FIRST}(?:(?:即|作)?为|是)(?:总?牵头|主办|主责|主要责任)(?!人)|"
    rf"{FIRST}(?:负责)?(?:总?牵头|主办|负总责|负主责)(?:负责)?(?=[,。;)\]〕\n]|\Z)"
)
ABBREVIATION = re.compile(
    r"(?:\(|(?<=号),)(?:(?:以下|下)(?:统一?|合)?(?:简称|称)|简称)(?:为)?[:“‘\"《]*([^”’\"》(),]{1,20})[”’\"》]*(?:,[^()]{1,16})?\)"
)
INCLUSIVE = re.compile(
    r"(?:以上|以下|以内|不超过|不低于|最高)[^。;\n\d]{0,40}?(?:包括|包含|含)本(?:数|级)|(?:上述|以上|所列|所称)(?:数值|数据|数字|金额|标准)(?:均|都)?(?:包括|包含|含)本数"
)
CATCH_ALL = re.compile(
    r"以下[^。;)\]〕]{0,10}?均需(?:由)?((?:[^。;()\]〕]|\([^()]{1,8}\)){2,24}?)(?:负责|配合|共同|分别|抓好|贯彻)*(?:落实|负责)[^。;)\]〕]{0,6}?不再"
)
# 除注明的外,各区政府和甲园区都是配合单位: units that take part in every task.
_IN_EVERY = re.compile(
    r"(?:外,|(?<=[。;\n]))\s*(?P<units>[^,。;\n]{3,80}?)(?:都|均)(?:是|为|作为)(?:配合|参与|协同|协办)(?:责任)?单位"
)

_QUOTED_NAME = re.compile(r"“([^“”]{2,60})”\Z")  # 由“云州市定点机构”(以下简称…)

# What a sentence says before it names: 设立…专项资金, 委托…局, 为加强…公司.
_LEAD_IN = re.compile(
    r"\A.*(?:是指|(?<=评审)认定为|被认定为|所称|启动|注册在|成立统一的|成立|设立|设置|组成|组建|委托|适用于|更多通过|列入|纳入|开展"
    r"|提供|称为|位于|指定)(?=.{3})|"
    r"\A(?:由|对|在|经|向|与|将|从(?!事|业)|给|会同|根据|依据|按照|凡)(?=.{4})|"
    r"\A为(?:了)?(?:进一步)?(?:加强|规范|推动|推进|促进|支持|鼓励|做好|落实|加快|实施|完善|保障|和)+(?=.{4})"
)
_NUMBERED = re.compile(
    r"\A(?:第[一二三四五六七八九十百\d]+条|[一二三四五六七八九十]+、|\([一二三四五六七八九十\d]+\)|\d+[.、])\s*"
)
# What leads up to a list: 注册在甲区、乙区, 经认定的基地、园区.
_LIST_LEAD = re.compile(r"\A.*[在于由对向的](?=[^、]*、)", re.DOTALL)
_BRACKETED = re.compile(r"\([^()]{1,20}\)")


@dataclass(frozen=True)
class DocumentRules:
    """Rules that a document states once and that change the reading of its other clauses (LANGUAGE 5.2, 8.3).

    ``first_is_lead``, ``catch_all`` and ``in_every`` are the clean ranges where they hold: a notice may issue several papers.
    """

    first_is_lead: tuple[tuple[int, int], ...] = ()
    catch_all_leads: tuple[str, ...] = ()
    catch_all: tuple[int, int] | None = None
    in_every_units: str = ""
    in_every: tuple[int, int] | None = None
    abbreviations: dict[str, str] = field(default_factory=dict)
    bounds_inclusive: bool = False


def document_rules(document: Document) -> DocumentRules:
    """Find the document's own reading rules."""
    text = document.clean
    catch_all, in_every = CATCH_ALL.search(text), _IN_EVERY.search(text)
    return DocumentRules(
        first_is_lead=tuple(scope for scope in document.scopes if FIRST_IS_LEAD.search(text, *scope)),
        catch_all_leads=(catch_all[1],) if catch_all else (),
        catch_all=(catch_all.start(), _end(document, catch_all.start())) if catch_all else None,
        in_every_units=in_every["units"] if in_every else "",
        in_every=(in_every.start(), _end(document, in_every.start())) if in_every else None,
        abbreviations={at[1]: named_before(text, at.start()) for at in ABBREVIATION.finditer(text)},
        bounds_inclusive=bool(INCLUSIVE.search(text)),
    )


def _end(document: Document, offset: int) -> int:
    """Where the paper ends that a clean offset lies in."""
    return next(end for start, end in document.scopes[::-1] if start <= offset)


def holds(ranges: Iterable[tuple[int, int]], offset: int) -> bool:
    """Whether a rule that holds in these ranges holds at a clean offset."""
    return any(start <= offset < end for start, end in ranges)


def _of_list(before: str, short: re.Match[str] | None) -> bool:
    """Whether a short name stands for a whole list: a name is shortened to some of its own characters, a list to others."""
    last = re.split(r"[、,。;:《》\n]", before)[-1]
    rest = iter(last)
    return short is not None and last != before and not all(character in rest for character in short[1].strip())


def named_before(text: str, end: int) -> str:
    """What stands before an abbreviation: the last 《title》, or the name that ends there without what leads up to it.

    Behind 统称 the name is a list; brackets that are closed again are parts of a name (建设(集团)有限公司).
    """
    before = text[max(0, end - 120) : end]
    title = re.search(r"《([^《》]{2,80})》(?:\([^()]{2,40})?\)?\Z", before)
    if title:
        return title[1]
    short, quoted = ABBREVIATION.match(text, end), _QUOTED_NAME.search(before)
    if quoted and "统称" not in text[end : end + 5] and not _of_list(before, short):
        return quoted[1]
    earlier = list(ABBREVIATION.finditer(before))
    before = re.sub(r"\A(?:和|及|与|以及|、)", "", before[earlier[-1].end() :]) if earlier else before
    if _of_list(before, short):
        before = _LIST_LEAD.sub("", before)
    stops = "[,。;:《》\n]" if "统称" in text[end : end + 5] or _of_list(before, short) else "[,。;:、《》\n]"
    shielded = _BRACKETED.sub(lambda at: "口" * len(at[0]), before)
    cut = max((at.end() for at in re.finditer(rf"{stops}|[()]", shielded)), default=0)
    name = _NUMBERED.sub("", before[cut:])
    while (shorter := _LEAD_IN.sub("", name)) != name:
        name = shorter
    return name
