"""The heading of an article: a short title after its number, never a sentence that carries the rule itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from luodi.document.cards import is_card_label

_LONGEST = 40
_LONGEST_RUN_IN_CLAUSE = 22
_LONGEST_RARE = 12
_LAW = 4  # so many articles without titles show that the paper gives none
_FIRST_PART = re.compile(r"[ \t]*(?P<title>[^。\n]{1,90})(?P<stop>。|\n|\Z)")
# A label of a call whose line end was lost (一、申报条件 申报单位应…, 二、申报材料1.申请表).
_LABELS = (
    "条件|措施|要求|原则|范围|对象|时间|方式|程序|流程|材料|内容|标准|事项|依据|方向|安排|目标|期限|电话|步骤|职责|重点|思想|分工"
    "|情况|打算|机构"
)
_RUN_IN_LABEL = re.compile(
    rf"[ \t]*(?P<title>(?:申报|申请|支持|扶持|奖励|补助|补贴|工作|组织|项目|报送|推荐|认定|评审|受理|资金|有关|其他|相关|总体|具体"
    rf"|基本|主要|联系|保障|激励|整治|治理|实施|行动|考核|监督|检查|监察|创建|建设|指导|职责|下一步|开展|执行|适用)+"
    rf"(?:{_LABELS}))(?:(?=1[.、][^、\d]{{4}})| (?=[\u4e00-\u9fff《“(])|(?=[\u4e00-\u9fff]{{1,12}}局:)"
    rf"|(?=(?:本|各|请|以|确保|力争|通过|近年来|下一步|成立|除|围绕|聚焦|符合|凡|根据|按照|坚持|申[报请])[\u4e00-\u9fff])"
    rf"|(?<=对象|条件|范围)(?=在[\u4e00-\u9fff])|(?=到?20\d\d年|第一阶段|分[一二三四\d]个?阶段))"
)
# 一、加强组织领导 市政府各部门要…: a title with its line end lost to a space.
_SPACED_TITLE = re.compile(
    r"[ \t]*(?P<title>(?:20\d\d年)?[\u4e00-\u9fff“”、]{4,16})(?<![、“]) (?=[\u4e00-\u9fff《“][^ \n]{9,})"
)
_BRACKETED = re.compile(r"[ \t]*[(【〔\[](?!删[去除]|已?废止|略[)】〕\]])(?P<title>[^()【】〔〕\[\]\n]{2,20})[)】〕\]]")
# (一)信用贷款。按照利息的40%给予补助;: the title of an award, however its sentence ends.
_TITLE_OF_AWARD = re.compile(
    r"[ \t]*[^。,;:\d]{2,12}。(?=[^\n]*(?:给予|予以|补助|补贴|奖励|资助|贴息|支持))[^\n]*\d[\d.]*(?:[万亿]?元|%)"
)
_BRACKETS = re.compile(r"[(〔\[][^()〔〕\[\]]*[)〕\]]")
_RULE_WORDS = re.compile(
    r"应当|(?:政府|部门|单位|委员会)要(?!求|素|点)|应(?:属于|具有|具备|为|在|按|满足|符合|包括|是)|不得|必须|是指|给予"
    r"|本(?:办法|条例|规定|意见|措施|政策|通知|细则|方案)|负责(?!制|人)|可以|可享受|予以|须|(?<!实)施行(?!日期|时间)|不予|"
    r"\d+(?:\.\d+)?(?:万|亿|元|%|个工作日|家|人|平方米)|按照?.*执行|最高不超过|宣布|就高|不重复|不得?重复"
    r"|(?:政府|会议|委员会|部门|单位|企业|合同)(?:实行|按照?)"
)
# 5亿元以上企业奖励: whom an award is for, no sum.
_CLASS_REWARDED = re.compile(
    r"\d+(?:\.\d+)?(?:万|亿)?(?:元|家|人|平方米)?以[上下](?=[\u4e00-\u9fff]{2,8}(?:奖励?|补助|补贴|扶持|资助|支持)\Z)"
)
# 九、给予融资支持。设立…: what a chapter is about, told behind it.
_SUPPORT_GIVEN = re.compile(r"\A(?:给予|予以)[\u4e00-\u9fff]{2,6}(?:支持|扶持|保障|优惠|补助|补贴|奖励)\Z")
# A count at the end of a clause, a month by which, who does it, what has not happened: a sentence however short.
_STATES = re.compile(
    r"\d(?:万|亿)?[\u4e00-\u9fff]{1,2}(?:,|\Z)|\d月(?:底|\d+日)?前|,[由并且]|之日起"
    r"|由[^,]{2,14}(?:统筹|牵头|组织|安排|承担|解释|确定)|\A未|\A(?:删[去除]第|将第|增加一[条款项])"
)


# 自治州设立自治机关。某地是某某的地方。: an article of a law that says what is.
_TELLS = re.compile(r"[\u4e00-\u9fff]{2,}(?:是(?![否非])|设立(?![与和及、的条原方程标])|享有|行使)[\u4e00-\u9fff]{2,}")
# 二、哪些人可以申请?: what an answer page asks.
_QUESTION = re.compile(
    r"[^。;:,]{0,40}(?:什么|哪[些个里种类]|谁|吗|呢|如何|怎[么样]|多少|几|是否|何时|能否|有无)[^。;:,]{0,30}\?"
)
_A_PAPER = re.compile(r"(?:废止|修改)?《[^《》]*》(?:\(.*\))?")  # cited with its number: no title of the article


class Opening(NamedTuple):
    """How an article's own text opens.

    ``title`` is the candidate; ``stopped``: it ends in a full stop; ``alone``: nothing else stands on its line;
    ``item``: the line ends as an item of a list does.
    """

    title: str | None
    stopped: bool
    alone: bool
    item: bool
    kind: str


def opening(own: str, has_children: bool, kind: str) -> Opening:
    """Judge the own text of one article (after its number)."""
    if kind in ("annex", "part", "chapter"):
        own = own.lstrip()  # its title may stand on the next line
    first_line = own.lstrip().partition("\n")[0]
    item = first_line.endswith((";", ",", "、")) and not _TITLE_OF_AWARD.match(first_line)
    if kind == "clause" and (named := _BRACKETED.match(own)):
        runs_on = own[named.end() :].partition("\n")[0].strip() != ""
        return Opening(named["title"], runs_on, not runs_on, item, kind)
    if kind in ("cn", "pcn", "num") and (named := _RUN_IN_LABEL.match(own)):
        return Opening(named["title"], False, True, item, kind)
    if kind == "cn" and (named := _SPACED_TITLE.match(own)) and not _is_sentence(named["title"], kind, stopped=False):
        return Opening(named["title"], False, True, item, kind)
    if kind == "word":
        own = own.lstrip().removeprefix(":")  # 政策一:设备更新
        if is_card_label(own.partition("\n")[0].partition(":")[0]):
            return Opening(None, False, True, False, kind)  # 政策一⏎政策名称⏎…
    found = _FIRST_PART.match(own)
    if not found or own.lstrip().startswith(":"):
        return Opening(None, False, False, item, kind)
    title = found["title"].strip()
    stopped = found["stop"] == "。"
    line_rest, _, after = own[found.end() :].partition("\n") if stopped else ("", "", own[found.end() :])
    alone = not _BRACKETS.sub("", line_rest).strip(" 。")
    followed = has_children or not alone or bool(after.strip())
    if not title or _is_sentence(title, kind, stopped) or (stopped and not followed):
        return Opening(None, stopped, alone, item, kind)
    return Opening(title, stopped, alone, item, kind)


def _is_sentence(title: str, kind: str, stopped: bool) -> bool:
    bare = _CLASS_REWARDED.sub("", _BRACKETS.sub("", title))
    if kind in ("cn", "pcn") and _QUESTION.fullmatch(bare):
        return False
    if kind == "cn" and _SUPPORT_GIVEN.match(bare) and "一定" not in bare:
        return False
    if len(bare) > _LONGEST or title[-1] in ":;,、" or ";" in title or ":" in bare:
        return True
    if _A_PAPER.fullmatch(bare):
        return True
    return bool(_RULE_WORDS.search(bare) or _STATES.search(bare)) or (
        kind == "clause" and stopped and (len(bare) > _LONGEST_RUN_IN_CLAUSE or bool(_TELLS.search(bare)))
    )


def settle(openings: Sequence[Opening], parents: Sequence[int | None]) -> list[str | None]:
    """The headings of all articles, judged by the company they keep."""
    titles = [one.title for one in openings]
    groups: dict[tuple[int | None, str], list[int]] = {}
    kinds: dict[str, list[int]] = {}
    for index, parent in enumerate(parents):
        groups.setdefault((parent, openings[index].kind), []).append(index)
        kinds.setdefault(openings[index].kind, []).append(index)
    for group in groups.values():
        _settle_list(openings, titles, group)
    if openings and openings[-1].kind == "clause" and not openings[-1].stopped:
        _settle_last(titles, kinds["clause"])
    for kind, members in kinds.items():
        _settle_kind(openings, titles, members, 0.25 if kind == "clause" else 0)
    return titles


def _settle_list(openings: Sequence[Opening], titles: list[str | None], group: Sequence[int]) -> None:
    """Items that end in semicolons have no titles, nor has the last one behind them; one long first sentence among items without titles is none."""
    if 2 * sum(openings[index].item for index in group) >= len(group):
        _clear(titles, group)
    listed = [one.item and not one.stopped for one in openings]
    _clear(titles, [after for before, after in pairwise(group) if listed[before] and openings[after].stopped])
    titled = [index for index in group if titles[index]]
    if 2 * len(titled) < len(group):
        _clear(titles, [index for index in titled if openings[index].stopped and _is_long(titles[index] or "")])


def _settle_last(titles: list[str | None], members: Sequence[int]) -> None:
    """Where no other article of a law has a title, the words at the end of a text are a sentence that breaks off."""
    if len(members) >= _LAW and not any(titles[index] for index in members[:-1]):
        titles[members[-1]] = None


def _is_long(title: str) -> bool:
    return len(title) > _LONGEST_RARE or "," in title


def _is_clausal(title: str) -> bool:
    return len(title) > _LONGEST_RUN_IN_CLAUSE or "," in title


def _settle_kind(openings: Sequence[Opening], titles: list[str | None], members: Sequence[int], least: float) -> None:
    """A short sentence alone on its line is a title where its kind is mostly so; in a law, where enough run in."""
    alone = [index for index in members if titles[index] and openings[index].alone]
    if 2 * len(alone) < len(members):
        _clear(titles, [index for index in alone if openings[index].stopped and _is_clausal(titles[index] or "")])
    run_in = [index for index in members if titles[index] and openings[index].stopped]
    if len(run_in) < least * len(members):
        _clear(titles, run_in)


def _clear(titles: list[str | None], group: Sequence[int]) -> None:
    for index in group:
        titles[index] = None
