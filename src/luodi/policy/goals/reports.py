"""Where a text without a title, news or a part of a report, tells what was done, and where it turns to what is to come (LANGUAGE 4.2)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

_DONE = (
    r"(?:去年|年初|今年|一年|近年|五年|20\d\d年|“?十[一二三四]五”?|改革开放[^,。;\n]{0,6})(?:以来|来),"
    r"|(?:\d{1,2}|[一两三四五十])年(?:以)?来,|去年(?!同期)|过去的?[一五]年"
    r"|取得了(?:新的?|显著|明显|积极|较大|一定|阶段性)(?:成效|成绩|成就|进展|突破)"
    r"|截[至止]到?(?:20\d\d年)?|(?:统计|核算|监测)(?:数据)?(?:局(?=[^,。;、\n]{0,14}(?:显示|发布|公布|消息|数据|核[算定]|介绍|统计|获悉|通报))|显示|表明)|初步核算|据统计|数据显示|介绍[^,。;\n]{0,20}情况"
    r"|同比均?(?:增|下降|提高|净增|激增|猛增)|[比较](?:上年|去年)(?:同期)?(?:[增提]|下降)"
    r"|(?<![到至])20\d\d年[底末],(?=[^。\n]{0,90}[。\n]\s{0,4}(?:[^。\n]{0,90}[。\n]\s{0,4})?今年)"
    r"|(?<![到至])(?P<told>20\d\d)年,(?=[^。\n]{4,160}。\s{0,4}(?P=told)年,[^。\n]{0,80}同比)"
    # 2025年,我国产值增长8%。…今年发展目标是
    r"|(?<![到至])20\d\d年,(?=[我全本][国省市县区州][^。\n]{4,120}。(?:[^。\n]{0,120}。){0,12}?[^。\n]{0,60}今年[^。\n]{0,12}目标)"
    r"|回顾(?:总结)?了?(?:过去的?)?20\d\d年|超额完成|如期(?:实现|完成)|(?:实现|完成|达到|建成|新增|突破|形成|增长|培育)了|共完成|已累计|累计已|已达"
)
_TO_COME = (
    r"下一?步|(?:方案|规划|计划|纲要)(?:中,)?(?:明确)?提出|下一?阶段|接下来|明年|今后|未来|力争|争取(?!到|了)|确保(?!了)|[到至]20\d\d年(?!的)|打算|拟"
    r"|(?<!全年)(?<!年度)(?<!完成)(?<!”)(?<!确定的)(?<!下达的)(?<!制定的)目标(?!任务?(?:将)?(?:如期|圆满|顺利)|完成)"
    r"|(?<!年度)(?<!完成)(?<!”)计划(?!生育|的\d|完成|总?投资)|安排(?!了)"
    r"|(?<![重主需必简摘])要(?!求|素|点|道|闻)|(?<![即正])将(?!近|如期)|(?<![供反效响适相对])应(?![用急对])|(?P<weak>加快(?=[建推]))"
)
# 一、, (二), 3.: what is numbered anew is no part of a report of the lines before.
_NUMBERED = (
    r"(?<=\n)[ \t]*(?:[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[.、](?!\d)"
    r"|第[一二三四五六七八九十]{1,3}[章节条])"
)
# 治理取得明显成效 may be an aim; where a text begins with it, it tells what was done.
_DONE_AT_FIRST = r"取得(?:新的?|显著|明显|积极|较大|一定|阶段性)?(?:成效|实效|成绩|成就|进展|突破)"
_SIGNS = re.compile(rf"(?P<done>{_DONE})|(?P<first>{_DONE_AT_FIRST})|(?P<come>{_TO_COME})|(?P<numbered>{_NUMBERED})")
_SENTENCE = re.compile(r"[。!?\n]")
# 全面完成了“十五”计划确定的主要发展目标: an aim that was reached.
_REACHED = re.compile(r"(?:完成|实现)了[^,。;\n]*\Z")
_NEAR = 40
_OPENING = 200
"""So far from its beginning a text is told as a report from its first word."""


def reported(text: str) -> tuple[tuple[int, int], ...]:
    """The stretches that report: from the sentence of a sign of the past to the next word of what is to come.

    A report that begins with the text goes on over its numbered parts.
    """
    spans: list[tuple[int, int]] = []
    since, turned, marked = -1, -1, -1
    for at in _SIGNS.finditer(text):
        opens = at.start() < _OPENING and turned < 0
        if at["first"] and not opens:
            continue
        if at["done"] or at["first"]:
            begun = 0 if opens else _sentence_start(text, at.start())
            if since < 0 and turned < begun:
                since = begun
            marked = at.end()
            continue
        if at["come"] and _REACHED.search(text, max(0, at.start() - _NEAR), at.start()):
            continue
        if at["weak"] and since >= 0 and not _SENTENCE.search(text, marked, at.start()):
            continue  # 10年来,我国加快推进: what was done so
        if since >= 0 and (at["come"] or since > 0):
            spans.append((since, at.start()))
            since = -1
        turned = at.start()
    return (*spans, (since, len(text))) if since >= 0 else tuple(spans)


def is_reported(spans: Sequence[tuple[int, int]], place: int) -> bool:
    """Whether a place lies in one of the stretches."""
    before = bisect_right(spans, place, key=lambda span: span[0])
    return before > 0 and place < spans[before - 1][1]


def _sentence_start(text: str, place: int) -> int:
    """Where the sentence begins that holds a place."""
    ends = [at.end() for at in _SENTENCE.finditer(text, max(0, place - 300), place)]
    return ends[-1] if ends else max(0, place - 300)
