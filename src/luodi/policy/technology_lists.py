"""Technologies, products and devices named in the text of a sector (LANGUAGE 7).

A clause is read where its verb governs a list: 突破/攻克/研发 … 等关键技术, 发展/生产 … 等产品. Projects (建设…基地), slogans
(完善…体系) and institutions (依托…大学) are not technologies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_ADVERB = (
    r"(?:同时|并|以及|还|率先|优先|自主|积极|大力|加快|着力|重点|着重|深入|主动|前瞻|超前|引导|鼓励|支持|推动|推进|加强|加大|企业|我市"
    r"|开展|聚力|集中|力量|继续|逐步|稳步|全面|有序|适度|,|、){0,8}?"
)
# Verbs whose object is a technology or a product by themselves, and verbs that need a class noun after the list.
_STRONG = r"(?:突破|攻克|攻关|研发|研制|研究|开发|发展|主攻|生产|制造|布局|谋划|包括|涵盖|覆盖)"
_WEAK = (
    r"(?:加快|推动|推进|加强|促进|提升|提高|引导|培育|培植|引进|打造|壮大|做强|做大|扩大|推广|应用|建设|围绕|聚焦|瞄准|抢占|以"
    r"|(?<=重点)支持(?!企业|单位|高校|院所|开展|建设|研|发展|引进|承担|符合))"
)
_CLAUSE = re.compile(rf"(?P<adverb>{_ADVERB})(?P<verb>{_STRONG}|{_WEAK})(?:和|与|、|并)?(?P<second>{_STRONG}|{_WEAK})?")
_FIRMS_BUILD = re.compile(r"(?:鼓励|支持|引导)[^,]{0,6}?企业(?:建设|搭建)")

_ETC = re.compile(r"等(?!级|离子|效|温|压|静压|距|值|候|速|角|长|轴|规模化|同)")
_CLASS = (
    r"(?:技术|产品|装备|设备|器件|元器件|部件|零部件|材料|系统|领域|产业|行业|方向|环节|软件|工艺|药物|制品|仪器|装置|平台|芯片"
    r"|服务|业态|应用|赛道|细分领域)"
)
_AFTER_ETC = re.compile(rf"[^,;。]*?{_CLASS}")
_TAIL = re.compile(
    r"(?:的)?(?:(?:关键|核心|共性|前沿|重点|基础)*(?:技术)?(?:研发|研制|研究|攻关|突破)(?:及|和|与)?"
    r"|(?:推广|工程化|规模化|产业化|示范|创新)(?:应用|发展)?(?:及|和|与)?|(?:推广)?应用|产业化|(?:产业)?发展|(?:加工)?制造能力|加工制造"
    r"|(?<=服务)能力|(?<=防护)能力|供给能力|能力|输出|水平|为重点|为主攻方向|为核心|为主)++\Z"
)
_ACTED_ON = re.compile(r"(?:研发|研制|研究|攻关|应用|产业化|能力|输出|为重点|为主攻方向)\Z")
_NOT_A_LIST = re.compile(
    r"与[^、]{2,}(?:、[^、]{2,})*的(?:合作|交流|对接|联系)|\A与|向.{2,8}转化|提供配套|在[^、]{2,}、.*应用\Z"
)

_QUALIFIED = re.compile(r"(?:融合|集成|基于|具有|具备|面向|用于|适用于|应用于|满足|围绕|服务于|符合|采用)")
_OF = re.compile(r".*?的(?=[^的]{2,}\Z)")
_FIGURE_HEAD = re.compile(
    r"\A\d[\d.]*(?:[—~\-–至]\d[\d.]*)?\s*(?:[A-Za-z%℃]{1,6}|[万亿千百]?(?:千瓦|瓦|吨|立方米|平方米|米|公里|英寸|纳米|微米|升|度|兆瓦))?"
    r"(?:功率|容量|规模)?(?:等级|级|及以上|以上|以下)+(?=.{4,})"
)
_SUPPLIES = re.compile(r".*配套(?=[^的]{3,}\Z)(?!设备|设施|产品|服务|能力)")
_LEADING = re.compile(r"\A(?:现有|一批|各类|多种|若干|重点|包括|以及|及|和|与|或|,|、|:|\s)+(?=.{2})")
_REMARK = re.compile(r"\([^()A-Za-z0-9]*\)")

_GENERIC = re.compile(
    r"(?:关键|核心|配套|重要|基础|相关|上游|下游|通用|专用|共性)*(?:零部件|部件|元器件|技术|产品|设备|装备|材料|服务|系统|配套|工艺)\Z"
    r"|.*(?:通用|民用|军用|新型|高端|先进|重点|业务|运营|产业链|供应链|价值链|体系|生态|集群|基地|园区|产业园|小镇|集聚区|先导区|示范区|示范点"
    r"|水平|竞争力|优势|规模|能力|企业|品牌|人才|团队|项目|创新|建设|合作|发展"
    r"|(?:规模|产业|一体|体系|集群|市场|国际|品牌|高端|智能|数字|绿色|网络|信息|集聚|多元|专业|标准)化|融合|联盟|工程|计划|行动"
    r"|中心|生产线|试飞场|特色|模式|政策"
    r"|需求|机遇|协同|转型|升级|布局|环境|链条|渠道|标准|资源|市场|经济)\Z"
    r"|.*(?:研究院|研究所|研究中心|大学|学院|实验室|集团|公司|工程师|科学家|我市|全市|本市|省内|国内外|企业)"
)
_HEADED = r"(?:装备|设备|系统|平台|技术|芯片|产品|服务|材料|器件|工具|软件)"
_ACT = r"(?:测试|封装|检测|制造|加工|设计|处理|控制|存储|分析|监测|维修|安装|生产|研发|管理|回收|维护|试验|验证|运输|储运|储存)"
_MODIFIERS = re.compile(
    r"(?:专用|通用|民用|军用|特种|高端|中高端|智能|绿色|新型|先进|关键|核心|大型|中型|小型|微型|重型|轻型|高压|低压|高速|低速|高性能|高可靠|商用|家用"
    r"|车用|船用|机载|舰载|车载)\Z"
)


_LONGEST_PART = 1500  # no list of technologies is longer; keeps reading quick on any text
_LONGEST_NAME = 120
_NAME = 4  # characters
_FIELDS = ("围绕", "聚焦", "瞄准")
_RAISED = ("提升", "提高")


class Named(NamedTuple):
    """A name and where it stands in the text that was read."""

    name: str
    start: int
    end: int


def technologies(text: str) -> list[Named]:
    """Technologies, products and devices that a sector's text names, in order, each once."""
    found: dict[str, Named] = {}
    for start, sentence in _pieces(text, "。\n"):
        for named in _of_sentence(sentence):
            found.setdefault(named.name, Named(named.name, named.start + start, named.end + start))
    return list(found.values())


def _of_sentence(sentence: str) -> Iterator[Named]:
    """Names in one sentence; a part after a semicolon without a verb of its own goes on with the verb before."""
    governed = False
    for start, part in _pieces(sentence, ",;"):
        verb = _CLAUSE.match(part) if len(part) <= _LONGEST_PART else None
        continues = governed and sentence[start - 1 : start] == ";" and _ends_in_class(part[-_LONGEST_PART:])
        if not verb and not continues:
            governed = governed and sentence[start - 1 : start] == ","
            continue
        strong = continues if verb is None else bool(re.match(_STRONG, verb["second"] or verb["verb"]))
        begin = verb.end() if verb else 0
        builds = bool(_FIRMS_BUILD.match(part))
        names = list(_of_object(part[begin:], strong, builds, verb["verb"] if verb else ""))
        governed = bool(names)
        for named in names:
            yield Named(named.name, start + begin + named.start, start + begin + named.end)


def _of_object(words: str, strong: bool, builds: bool, verb: str) -> Iterator[Named]:
    """The names of one verb's object."""
    if _NOT_A_LIST.search(words) or (verb == "建设" and not builds):
        return
    body, closed = _body(words)
    listed = len(_split(body, "、")) > 1 or bool(re.search(".{3,}(?:和|及).{2,}", body))
    acted = bool(_ACTED_ON.search(words))
    if listed and verb in _FIELDS and not closed:  # 围绕无人系统、特种机器人,提升能力: each a name of its own
        closed = all(len(part) >= _NAME for _, part in _split(body, "、"))
    if verb in _RAISED and not listed:  # 提升系统集成能力: a power, no thing
        return
    if not strong and not builds and not ((closed and listed) or (acted and (listed or len(body) <= 14))):
        return
    if strong and not closed and not listed and (acted or len(body) > 24):
        return
    yield from _items(_untailed(body, closed))


def _body(words: str) -> tuple[str, bool]:
    """The list before its closing 等, and whether a class noun closes it."""
    etc = [at for at in _ETC.finditer(words) if "、" not in words[at.end() :] or at is None]
    if etc:
        return words[: etc[0].start()], bool(_AFTER_ETC.match(words[etc[0].end() :])) or etc[0].end() == len(words)
    return words, False


def _untailed(body: str, closed: bool) -> str:
    return body if closed else _TAIL.sub("", body)


def _ends_in_class(part: str) -> bool:
    return "、" in part and bool(re.search(rf"等[^,;。、]*{_CLASS}\Z", part))


def _items(body: str) -> Iterator[Named]:
    """Single names of a list, each trimmed to its noun."""
    held = False
    for start, piece in _split(body, "、"):
        if held and "的" not in piece:
            continue
        if (
            _QUALIFIED.match(piece)
            and "的" not in piece
            and "、" in body[start:]
            and "的" in body[start + len(piece) :]
        ):
            held = True
            continue
        held = False
        for offset, part in _conjoined(piece):
            name = _trimmed(part)
            if name and not _GENERIC.match(name):
                yield _placed(body, name, start + offset, part)


def _conjoined(piece: str) -> list[tuple[int, str]]:
    """Split at 以及, 及 and 和 where both halves can stand alone (芯片封装和测试装备 stays; 与 never splits)."""
    if len(piece) > _LONGEST_NAME:
        return []
    for at in re.finditer("以及|及(?!其|时)|和(?!谐)", piece):
        left, right = piece[: at.start()], piece[at.end() :]
        if _inside_brackets(left) or len(left) < 3 or len(right) < 2 or _MODIFIERS.search(left):
            continue
        if re.fullmatch(r".{1,2}\([A-Za-z]+\)", right):
            continue
        if re.fullmatch(f"{_ACT}{_HEADED}", right) and not re.search(f"(?:{_HEADED}|机|器|仪|库)\\Z", left):
            continue
        return [(0, left), *((at.end() + start, part) for start, part in _conjoined(right))]
    return [(0, piece)]


def _trimmed(part: str) -> str:
    name = _LEADING.sub("", part.strip())
    name = _OF.sub("", name) if "的" in name else name
    name = _FIGURE_HEAD.sub("", name)
    name = _SUPPLIES.sub("", name)
    if not re.fullmatch(r"\([^()]*\)", name):
        name = _REMARK.sub("", name)
    name = re.sub(r"(?<=.{4})(?:加工制造|技术输出|输出|建设)\Z", "", name)
    name = re.sub(r"(?<=.{3})(?:和|与|及)\Z", "", name).strip(" “”\"'")
    return name if 2 <= len(name) <= 30 else ""


def _placed(body: str, name: str, start: int, part: str) -> Named:
    at = body.find(name, start)
    if 0 <= at <= start + len(part):
        return Named(name, at, at + len(name))
    return Named(name, start, start + len(part))


def _pieces(text: str, separators: str) -> Iterator[tuple[int, str]]:
    yield from _split(text, separators)


def _split(text: str, separators: str) -> list[tuple[int, str]]:
    """Pieces with their places, split at separators outside brackets and quotation marks."""
    pieces, depth, start = [], 0, 0
    for index, char in enumerate(text):
        if char in "([〔【“《":
            depth += 1
        elif char in ")]〕】”》":
            depth = max(0, depth - 1)
        elif char in separators and depth == 0:
            pieces.append((start, text[start:index]))
            start = index + 1
    return [*pieces, (start, text[start:])]


def _inside_brackets(left: str) -> bool:
    return left.count("(") > left.count(")")
