"""What was, what was expected and what is reported: numbers of the past and of forecasts are no goals (LANGUAGE 4.2)."""

from __future__ import annotations

import re

from luodi.policy.dates import year_of
from luodi.policy.goals.metrics import FROM
from luodi.policy.passages import Passage, Phrase

# The chapter that tells what was done before: 执行情况, 工作回顾, 发展基础.
_HISTORY = re.compile(
    r"(?:执行|完成|进展|基本)情况|回顾|(?:规划|发展|政策)背景|(?:发展|工作|现实)?(?:基础|现状|成就|成效|形势)\Z|取得(?:的)?(?:成就|成效)"
    r"|(?:工作|开展|推进|落实|办理)情况\Z|(?:主要|具体|工作)做法\Z|工作总结\Z"
)
# 存在的主要问题: what is wrong is told, not what is to come; 着力解决存在的问题 is work.
_TROUBLES = re.compile(
    r"\A(?:当前|目前|工作中|[和及与]|仍)*(?:存在|面临)的?(?:主要|突出|一些)*(?:问题|困难|挑战|短板|不足|风险)[^,。;]{0,8}\Z"
    r"|\A(?:主要|突出)*问题(?:[和及与、](?:困难|不足|挑战|短板|原因))?\Z"
)
# 夯实农业生产基础: a chapter of what is to be done.
_LAID = re.compile("夯[实牢]|[打筑]牢|筑[实基]|巩固|厚植|强化|建强")
# 截至2023年底,…: a sentence of what has been reached.
_UNTIL_NOW = re.compile(
    r"(?<![^。;])(?:去年|上一?年度?|过去的?[一两三五]年)(?:,|[我全]|共)(?!.*[,;](?:今年|力争|确保|计划|争取))"
    r"|(?<![^。;])近(?:几|\d|[一两二三四五])?年来,|现有[一-鿿]{2,16}\d|截[至止](?!.*[,;](?:力争)?到20)"
    r"|(?<![^。;,])(?:(?:19|20)\d\d年|[^,。;\d]{2,14})以来,|(?<![^。;])据(?:悉|了解|介绍),"
    r"(?![^。]*(?:将|要|力争|计划|到20|目标|确保|今年|明年|[达突]))(?![^。]*[到至]20)|(?:研究|数据|统计|调查)(?:显示|表明)|据统计"
    r"|(?<![^。;])(?:目前|当前)(?![^。]*(?:到20|[,;](?:力争|确保|计划|争取)))|现已"
    r"|(?<![^。;])(?:今年|去年|20\d\d年)[一二三四]季度,(?![^。]*(?:力争|确保|计划|争取))"
    r"|(?<![^。;,])(?:今年|去年|20\d\d年)?\d{1,2}(?:至|—|-|~)\d{1,2}月(?:份)?,(?![^。]*(?:力争|确保|计划|争取|要))"
    r"|(?<![^。;])[至到](?:20\d\d年)?\d{1,2}月(?:底|末|份),(?![^。]*(?:力争|确保|计划|争取|要|将))"
)
# 前三季度完成…,同比增长6%: a sentence of a report.
_REPORTED = re.compile(
    r"[前第][一二三四两](?:个)?季度|(?<!提)前\d{1,2}个?月(?![内底])|同比(?:增长|下降|提高)(?!.{0,8}(?:以上|左右))"
)
# 目前正值建设季节,力争…: what is striven for after it.
_UNTIL_YEAR = re.compile(r"截[至止]到?(20\d\d)年(?![^。;]*(?:已|现有|共有|累计有))")
_STRIVES = re.compile(r"力争|确保(?!了)|[,;]计划(?!生育)|[到至]20\d\d年(?:底|末)?[,前]")
_PAST = re.compile(
    r"已(?:经)?(?!有|.{0,2}建成后)|目前|截至|年来|近(?:[一二两三四五]|\d)年|过去|上年|去年|(?<!占)同期"
    r"|(?:未|没有)(?:能)?(?:完成|达到|实现)|曾|历年|以来|(?<!完成)现有(?![^,。;]*中(?:\d|\Z))|累计实现|(?:仍|尚)[在有为]|仅[有为占]"
    r"|不足\Z"
)
# 同口径比上年增长12%, in a passage of goals.
_THAN_BEFORE = re.compile(r"(?:同口径)?[比较](?:上一?年|去年)(?=增[长加]|提[高升]|[下降减])")
# 达产后年产值可达80亿元: what a project may bring once it runs.
# 预计到2025年,老年人口占比将突破20%: what comes by itself.
_FORESEEN = re.compile(r"预计[^。;]{0,40}(?:人口(?!城镇化)|老年人|毕业生|需求|缺口|客流|降[雨水])[^。;]*\Z")
# 今年服务业占比预计达到35.7%: how a year is going to end.
_EXPECTED_THIS_YEAR = re.compile(
    r"(?:今年|(?<![到至])20\d\d年)(?![^。;]{0,80}[到至]20\d\d年)[^。;]{2,60}预计(?:全年|年底)?(?:可|将|能)?(?:达到?|突破|完成|实现|提高|增长|超过)?[^,。;]{0,4}\Z"
)
# 新包装项目任务10个,现已完成17个; 完成市上任务的170%: a task that is told with what was done of it.
_DONE_OF_TASK = re.compile(r"[^,。;]{0,12},(?:现|目前|实际)(?:已)?(?:完成|履约|开工|到位)")
_OF_TASK = re.compile(r"(?:完成|占)[^,。;]{0,16}(?:任务|计划|目标|指标)[^,。;]{0,10}的\Z")
# 据预测,到2030年…需求总量达5000亿公斤: what comes by itself, as others foresee.
_FORECAST = re.compile(r"[^,。;]{0,12}预测,")
# 将有利于农民增收,可带动1亿多户增收致富: an effect that is hoped for.
_HOPED = re.compile(r"(?:有利于|有助于)[^。]{0,60}可(?:以)?(?:带动|吸纳|惠及|增加|新增|减少|节约)[^,。;\d]{0,8}\Z")
_EXPECTED = re.compile(r"(?:达产|投产|满产|建成|投运|运营|投用)后[^。;]{0,20}(?:可|预计|将)[^。;]*\Z")


def is_past(passage: Passage, phrase: Phrase, place: int, before: str, *, section: bool, planned: bool) -> bool:
    """Whether a number at a place is of the past, of a report or of a forecast; ``before`` are the words before it.

    ``section``: the passage is one of goals; ``planned``: its paper is a plan, which reports nothing.
    """
    sentence = passage.stretch(sentence=phrase.sentence)
    sentence_before = passage.text[sentence[0] : place]
    if before.startswith("截") and is_to_come(passage, passage.text.rfind("截", phrase.start, place)):
        before = before[2:]
    return bool(
        _PAST.search(_THAN_BEFORE.sub("", FROM.sub("", before)) if section else FROM.sub("", before))
        or any(_tells_history(name) for name in (passage.heading, *passage.above.split()))
        or tells_the_past(passage, phrase, place)
        or (_EXPECTED.search(passage.text[:place][-60:]) and not section)
        or ("有" in sentence_before and _HOPED.search(sentence_before))
        or _FORESEEN.search(passage.text[:place][-60:])
        or _FORECAST.match(passage.text, sentence[0])
        or _EXPECTED_THIS_YEAR.search(passage.text, sentence[0], place)
        or (_OF_TASK.search(before) and not (section or planned))
        or _DONE_OF_TASK.match(passage.text, place)
        or (not (section or planned) and _REPORTED.search(passage.text, *sentence))
    )


def tells_the_past(passage: Passage, phrase: Phrase, place: int) -> bool:
    """Whether the sentence of a phrase says before a place that it tells what was reached (``截至…``, ``近5年来,``)."""
    marks = list(_UNTIL_NOW.finditer(passage.text, passage.stretch(sentence=phrase.sentence)[0], place))
    if not marks or _STRIVES.search(passage.text, marks[-1].end(), place):
        return False
    return not is_to_come(passage, marks[-1].start())


def is_to_come(passage: Passage, place: int) -> bool:
    """``截至2026年底,…达到80家`` in a paper of 2024: until when, as 到 says it; not what there is already."""
    until = _UNTIL_YEAR.match(passage.text, place)
    told = year_of(passage.document) if until else None
    return bool(until and told and int(until[1]) > told)


def _tells_history(heading: str) -> bool:
    return bool(_TROUBLES.search(heading) or (_HISTORY.search(heading) and not _LAID.search(heading)))
