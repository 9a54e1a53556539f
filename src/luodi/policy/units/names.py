"""Names of government units: splitting a list of them and telling a unit from other words (LANGUAGE 5.4)."""

from __future__ import annotations

import re
from typing import NamedTuple

# Words for a level of government that stand for all units of it (各区、县(市)政府 is one class, not two units).
_LEVEL = (
    r"(?:国家|省|自治区|直辖市|设区的?市|地|州|盟|市|县级市|县|区|旗|镇|乡镇|乡|街道|县\(市、区\)|县\(市\)|县\(区\)|市\(县\)"
    r"|市\(县、区\)|区\(县\)|区\(市\)|区\(市、县\)|\(市、区\)|\(市\)|\(区\))"
)
_LEVEL_WORD = re.compile(rf"(?:各|全市各|所有|全省各)?(?:有关|相关)?{_LEVEL}{{1,3}}")
_LEVEL_CLASS = re.compile(rf"{_LEVEL}{{1,3}}.{{0,14}}")
_OPENERS, _CLOSERS = "([〔【〈《", ")]〕】〉》"

# 等国务院相关部门, 等市直有关单位: what all of them are.
_CLASS_WORDS = r"(?:国务院|中央|国家|[省市区县]级|[省市区县]直|有关|相关|各|多个|若干|其他|责任|成员|[一二三四五六七八九十\d]++个?|方面)*+"
_TAIL = re.compile(
    rf"等(?:{_CLASS_WORDS}"
    r"(?:职能)?(?:部门|单位|机构|地区|地方|委办局|科室|处室)(?:(?:和|、|及)(?:有关|相关)?(?:部门|单位|机构|地区|地方))*"
    r"|(?!级)[\u4e00-\u9fff]{0,8}(?:公司|企业|运营商|银行|协会|商会|高校|院校|(?:银行|金融|保险)机构))?\Z"  # 甲公司、乙公司等云州分公司
)
_JOINED_AFTER_ETC = re.compile(rf"等(?:{_CLASS_WORDS}(?:部门|单位|机构))?(?:、|和|及|与|以及|,)(?=.)")
_LEAD_IN = re.compile(r"\A(?:由|及|和|与|以及|并|或|、|,|;|:|\s|[☆★*※△▲●○#])+")
_MARKED = re.compile(r"\A\s*[☆★*※△▲●]|[☆★*※△▲]\s*\Z|\((?:牵头|主办|牵头单位|主)\)\s*\Z")
_REMARK = re.compile(
    r"\((?:牵头|主办|配合|参与|协办|牵头单位|配合单位|主|列第一位[^()]*|按照?(?:各自)?职责[^()]*)\)\s*\Z|[☆★*※△▲]\s*\Z"
)

_SUFFIX = (
    r"(?:局|委|办|厅|部|署|院|府|会|处|室|组|科|股|中心|公司|集团|银行|支行|分行|总行|大学|学院|学校|党校|支?队|所|站|馆|台|社"
    r"|联|团|工会|海关|专班|专组|机关|机构|商|军区|警备区|军分区|高新区|开发区|新区|园区|示范区|功能区|度假区|办事处|街道"
    r"|委员会|联席会议|指挥部|法庭|企业|单位|部门|地区|地方|行|港|乡镇|镇|乡|县|区|市)"
)
_UNIT = re.compile(rf".*{_SUFFIX}(?:\([^()]*\))?\Z")
# What a bare list (without label or verb) must end in, to be taken for units at all.
_OFFICE = re.compile(
    r"(?:.+(?:局|委|办|厅|部|署|院|领导小组|政府|委员会|管委会|办公室|中心|海关|总工会|监会|贸促会|红十字会|团市委|妇联|工商联|科协"
    r"|残联|处|[科股]|(?:督查|研究|调研)室|[分支]行|公司|军分区|(?:调查|[总支])队)|办公室)\Z"
)
_CLASS = re.compile(
    r"(?:各|全市|全省|有关|相关|市级|省级|区级|县级|市直|区直).*"
    r"(?:部门|单位|地区|地方|政府|管委会|乡镇|街道|[街村]?镇街?|乡街|区|县|市|园区)(?:\([市区县旗、]+\))?\Z"
)
_NOT_A_UNIT = re.compile(
    r"(?:项目|申报|申请|建设|用人|责任|牵头|实施|承担|参与|配合|推荐|依托|所在|法人|事业|受助|获奖|投资|运营|中标|业主|招标"
    r"|采购|施工|见习|培养|引进|接收|派出|产权)(?:单位|企业|部门|机构)\Z|.*(?:须|应当|应为|可以|必须|不得|具有|具备|是指|根据|按照)"
    r"|(?:年内|年底|全年|上半年|下半年|每年).*|(?:持续|长期|共同|同步|逐步|抓紧|尽快|积极|稳步|加快|全面|有序|常态化)\Z"
    r"|.*(?:情况|工作(?!部|委|局|办|处|站|组|队|领导|专班)|进行|及时|审核|认定|解释)|.*[\d《》:;?!]"
    r"|(?!.{0,6}“[^“”]{1,8}”[^“”]{2,10}\Z).*[“”]"
)
_ANYBODY = re.compile(r"(?:所在|本|各自|其)|.{0,2}(?:学校|企业|公司|机构|村|社区|家长|单位|小区|工厂|园区)\Z")
_CLASS_FIRST = re.compile(r"各[^、]*(?:政府|管委会|办事处|部门|单位)、")
_BELOW = re.compile(r"各|.*(?:管委会|办事处|[区县]政府|人民政府)\Z")
_RIGHT_IS_CLASS_WORD = re.compile(r"(?:有关|相关)?(?:部门|单位|地区|地方|机构|企业|人员|政府|人民政府)\Z")


_ZONES = re.compile(r"[一-鿿]{2,}(?:开发区|园区|新区)管委会\Z")
_SEAM = re.compile(r"(?<=[局厅委办])[\s/]*(?=[省市县区州](?![分直属])|各(?:[省市县区州乡镇街]|有关|相关))")
_SHORT_NAME = re.compile(r"\([^()]{0,4}简称[^()]*\)")
_LONGEST = 120  # a longer piece names no unit


class Unit(NamedTuple):
    """One unit as written; ``marked`` where a sign or a bracket marks it as the lead (☆, (牵头))."""

    name: str
    marked: bool = False


def is_public_body(name: str) -> bool:
    """Whether a name that a verb calls responsible reads as a public body and not as anybody's school or firm."""
    return is_unit(name) and len(name) <= 14 and not _ANYBODY.match(name)


def split_units(text: str) -> list[Unit]:
    """The units of a list, in order, a trailing 等 with its class noun dropped.

    ``、`` inside brackets and inside a class (各区、县(市)政府) does not split. In a list whose groups are separated by
    commas ``、`` stays inside one unit.
    """
    text = _JOINED_AFTER_ETC.sub("、", _TAIL.sub("", text.strip(" 。;,、")))
    groups = [group for group in split_outside(text, ",;") if group.strip()]
    pieces = groups if _comma_list(groups) else [piece for group in groups for piece in _enumerated(group)]
    units: list[Unit] = []
    for piece in pieces:
        units += [_unit(name) for part in _conjoined(piece) for name in _run_together(part)]
    return [unit for unit in units if unit.name]


def without_short_names(text: str) -> str:
    """A list without the remarks that shorten its names (``甲公司、乙公司(以下简称“各公司”)``)."""
    return _SHORT_NAME.sub("", text)


def is_unit(name: str) -> bool:
    """Whether a name reads as a unit or a class of units."""
    return 2 <= len(name) <= 40 and not _NOT_A_UNIT.match(name) and bool(_UNIT.match(name))


def may_be_unit(name: str) -> bool:
    """Whether a name may stand for a unit in a list that is known to be one (共青团中央 has no telling ending)."""
    return 2 <= len(name) <= 40 and not _NOT_A_UNIT.match(name) and bool(re.search("[\u4e00-\u9fff]{2}", name))


def is_office(name: str) -> bool:
    """Whether a name is a unit beyond doubt (needed where neither a label nor a verb says so)."""
    return is_unit(name) and bool(_OFFICE.match(name) or _CLASS.match(name))


def _run_together(piece: str) -> list[str]:
    """Offices whose separating blanks were lost (市甲局市乙局), or that a stroke parts; else the piece."""
    parts = _SEAM.split(piece)
    return parts if len(parts) > 1 and all(len(part) > 2 and is_office(part) for part in parts) else [piece]


def _comma_list(groups: list[str]) -> bool:
    """Whether commas separate the units: three groups or more, few of them with a single ``、`` inside.

    Not so where ``、`` follows a class (``各区政府、开发区管委会``), which is a unit by itself.
    """
    if any(_CLASS_FIRST.match(group) and len(_enumerated(group)) > 1 for group in groups):
        return False
    inner = [group.count("、") for group in groups if "、" in group and len(_enumerated(group)) > 1]
    if len(groups) < 3 or max(inner, default=0) != 1 or 2 * len(inner) >= len(groups):
        return False
    return "、" not in groups[0] or not all(
        _BELOW.match(group) for group in groups[1:]
    )  # not: offices, districts, zones


def _enumerated(text: str) -> list[str]:
    """Split at ``、``, keeping classes of several levels in one piece."""
    pieces = split_outside(text, "、")
    joined: list[str] = []
    for piece in pieces:
        while joined and _is_place_before(joined[-1], piece):
            piece = f"{joined.pop()}、{piece}"
        if joined and _continues_class(joined[-1], piece):
            joined[-1] += "、" + piece
        else:
            joined.append(piece)
    return joined


def _is_place_before(left: str, right: str) -> bool:
    """``甲州、乙江经济开发区管委会``: names of places that share the last one's office are one entry, as written."""
    return 1 < len(left) < 4 and not is_unit(left) and bool(_ZONES.search(right))


def _continues_class(left: str, right: str) -> bool:
    last = left.split("、")[-1] if not left.endswith(")") else left
    if left.startswith("各") and left.endswith("党委") and right in ("政府", "人民政府"):
        return True  # 各县(市、区)党委、政府
    if right in ("单位", "机构") and left.endswith("部门"):
        return True  # 市直有关部门、单位
    return bool(
        (_LEVEL_WORD.fullmatch(left) or _LEVEL_WORD.fullmatch(last))
        and _LEVEL_CLASS.match(right)
        and (
            _LEVEL_WORD.fullmatch(right)
            or re.search(r"(?:政府|党委|管委会|部门|单位|办事处|党工委)(?:\([^()]{1,8}\))?\Z", right)
        )
    )


def _conjoined(piece: str) -> list[str]:
    """Split at 和/及/与 where both sides are units by themselves (文化和旅游局 stays, 市委和市政府 splits)."""
    if len(piece) > _LONGEST:
        return []
    for at in re.finditer("以及|和|及|与", piece):
        left, right = piece[: at.start()], piece[at.end() :]
        whole = is_unit(left) and is_unit(right) and not _RIGHT_IS_CLASS_WORD.fullmatch(right)
        if whole and _depth(left) == 0 and not re.search(r"(?:行业|系统)\Z", left):
            return [left, *_conjoined(right)]
    return [piece]


def _unit(piece: str) -> Unit:
    marked = bool(_MARKED.search(piece))
    name = _REMARK.sub("", _LEAD_IN.sub("", piece)).strip(" 。;,、:")
    return Unit(_TAIL.sub("", name) if len(name) > 3 else name, marked)


def split_outside(text: str, separators: str) -> list[str]:
    """Split at separators that stand outside brackets."""
    parts, depth, start = [], 0, 0
    for index, char in enumerate(text):
        if char in _OPENERS:
            depth += 1
        elif char in _CLOSERS:
            depth = max(0, depth - 1)
        elif char in separators and depth == 0:
            parts.append(text[start:index])
            start = index + 1
    return [*parts, text[start:]]


def _depth(text: str) -> int:
    return sum((char in _OPENERS) - (char in _CLOSERS) for char in text)
