"""Goals whose number is a word (翻一番, 一半以上) and goals without a number (走在前列, 零的突破) (LANGUAGE 4)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from luodi.policy.facts import Goal, QualitativeGoal
from luodi.policy.goals.deadlines import Deadlines
from luodi.policy.goals.exclusions import Where
from luodi.policy.goals.metrics import VERB, parted, subject, with_measure
from luodi.policy.goals.papers import Paper
from luodi.policy.goals.past import tells_the_past
from luodi.policy.goals.sections import LABEL
from luodi.policy.passages import Passage, Phrase
from luodi.quantities.numerals import numeral

_PART = re.compile(
    r"(?:一半|(?P<whole>[三四五六七八九十])分之(?P<of>[一二三四五六七八九])"
    r"|(?P<tenths>[一两二三四五六七八九])成(?=以上|左右|[,。;、]|\Z))(?P<about>左右)?"
)
DOUBLED = re.compile(
    r"翻(?:(?P<n>[一两二三])?番)(?![名计半])|(?<![年双])倍增(?!计划|行动|工程|、[^,。;]{2,24}[\d一二三四五六七八九十]个?方面)|(?P<both>(?<!“)双倍增)(?!计划|行动|工程)"
)
_WITHOUT_NUMBER = re.compile(
    r"打造成?为?|建设成?为|建成|成为|基本形成|形成|率先|基本建成|全覆盖|零的突破|走在|迈上|迈进|显著|明显|大幅"
    r"|进一步(?:提升|增强|完善)|全面(?:建成|形成|提[升高]|增强|实现)|基本实现|更加(?=[\u4e00-\u9fff]{2}\Z)"
    r"|(?:不断|持续|稳步|有效)(?:提[升高]|增强|完善|优化|改善|扩大)\Z"
)
FIGURE = re.compile(
    r"\d[\d.]*(?:[—–~-]\d[\d.]*)?(?=[万亿千百余多]|以上|[%家个项期名人所件元亩座条处户张套台辆栋场部列班公吨])"
)
_AGAINST = re.compile(r"(?:同口径)?[较比](?:20\d\d年|上年|去年)")
_LONGEST_STATEMENT = 80
_BASE = re.compile(r"(?:在|比|较|与)20\d\d年(?:底|末)?(?:的?(?:基础上?|水平)上?|相比)?")
_OWN_NAME = 4
# 占…一半, 周期缩短三分之一
_REACHED = re.compile(r"占|达|超|(?:缩短|压缩|压减|减少|降低|下降|提高|提升)\Z")
# 实现产值、企业数、税收“三个倍增”
_SO_MANY_TIMES = re.compile(r"(?:实现|推动|力争)?(?P<names>[^“”,。;]+)“?(?P<n>[两二三四五六])个\Z")
_SHORTEST_NAME = 2
# 甲集群、乙集群产值均翻一番
_OF_EACH = re.compile(r"(?:(?<![年人户亩地日月平])均|分别|都)(?:力争|要|将)?(?:实现)?“?\Z")
_ONLY_VERB = re.compile(rf"(?:{VERB}|累计|基本|全部)+")  # 2024年新建8处: names nothing by itself
_HEADS_ITEM = re.compile(r"[—-]{1,2}[^,。;]{2,16}。(?=[^\n])")  # ——网络更加完善。新增…: what an item is about
_SHORT_HEADING = 16


def parts_of_whole(passage: Passage) -> list[re.Match[str]]:
    """Where 一半 or 三分之一 stands outside brackets."""
    return [at for at in _PART.finditer(passage.text) if not passage.depths[at.start()]]


def part_goals(passage: Passage, phrase: Phrase, parts: list[re.Match[str]], where: Where) -> Iterator[Goal]:
    """``占…一半以上``: value 1/2 without a unit; ``三分之一``: 1/3."""
    for at in parts:
        before = passage.text[phrase.start : at.start()]
        if not (where.section or where.aimed or where.listed) or not _REACHED.search(before):
            continue
        yield Goal(
            article=passage.article,
            span=passage.span(at.start(), min(phrase.end, at.end() + 2)),
            metric=subject(before),
            op="~" if at["about"] else ">=",
            value=_share(at),
            unit=None,
            deadline=where.deadline,
        )


def _share(at: re.Match[str]) -> Fraction:
    of, whole = (at["tenths"], "十") if at["tenths"] else (at["of"] or "一", at["whole"] or "二")
    return Fraction(numeral(of) or 1) / (numeral(whole) or 1)


def doubled_goals(passage: Passage, phrase: Phrase, where: Where) -> Iterator[Goal]:
    """``翻一番``: two times the base, a goal for each thing that is listed; in the name of a programme it is no goal."""
    floor = phrase.start
    for at in DOUBLED.finditer(passage.text, phrase.start, phrase.end):
        before, after = passage.text[floor : at.start()].lstrip("、和及与"), passage.text[at.end() : phrase.end]
        floor = at.end()  # 产值倍增、数量倍增: each with its own name
        many = _SO_MANY_TIMES.search(before)
        listed = parted(subject(many["names"]), int(numeral(many["n"]) or 0)) if many else None
        if at["both"]:  # 企业数量、产业产值双倍增
            listed = parted(subject(before), 2)
        if (
            not (listed or not at["both"])
            or not (where.section or where.aimed or where.deadline or (where.planned and where.listed))
            or (_is_named(before, after) and not listed)
            or passage.depths[at.start()]
        ):
            continue
        if tells_the_past(passage, phrase, at.start()) or (not before.strip("实现“") and _is_said(passage, phrase)):
            continue
        times = int(numeral(at["n"] or "一") or 1)
        name = subject(_BASE.sub("", before.rstrip("“")))
        for metric in (
            listed or _each(name, told=bool(_OF_EACH.search(before))) or [name or shared_subject(passage, phrase)]
        ):
            yield Goal(
                article=passage.article,
                span=passage.span(at.start(), at.end()),
                metric=metric,
                op="x",
                value=Fraction(2**times),
                unit=None,
                deadline=where.deadline,
            )


def _is_said(passage: Passage, phrase: Phrase) -> bool:
    """``翻一番,实现倍增``: the same in another word."""
    return bool(DOUBLED.search(passage.text, passage.stretch(sentence=phrase.sentence)[0], phrase.start))


def _is_named(before: str, after: str) -> bool:
    """Whether quotation marks hold more than the word itself (``“营收倍增”行动``)."""
    alone = before.endswith("“") and after.startswith("”") and not re.match("”(?:计划|行动|工程|专项)", after)
    return before.count("“") > before.count("”") and not alone


def _each(name: str, *, told: bool) -> list[str]:
    """``甲产业产值、乙产业产值``: those listed, where each is a name of its own or the text says that each is meant; else none."""
    parts = re.split("、|以及|和", name)
    least = _SHORTEST_NAME if told else _OWN_NAME
    if len(parts) < 2 or min(map(len, parts)) < least:
        return []
    return with_measure(parts) if told else parts


def unnumbered(passage: Passage, numbered: list[int], paper: Paper) -> Iterator[QualitativeGoal]:
    """Goals to be stated with evidence: 打造成为…, 率先突破…, 基本形成…."""
    deadlines = Deadlines(passage, paper, section=True)
    heading_end = passage.phrases[0].end if passage.phrases and LABEL.match(passage.text) else 0
    for phrase in passage.phrases:
        words = passage.phrase_text(phrase)
        span = passage.span(phrase.start, phrase.end)
        if (
            phrase.end <= heading_end
            or _HEADS_ITEM.match(passage.text, phrase.start)
            or any(span.start <= at < span.end for at in numbered)
        ):
            continue
        if _WITHOUT_NUMBER.search(words) and not words.startswith(("以", "坚持", "为")) and len(words) >= 6:
            yield QualitativeGoal(
                article=passage.article,
                span=span,
                confidence=0.8,
                statement=words[:_LONGEST_STATEMENT],
                deadline=deadlines.at(phrase.end, 0),
            )


def shared_subject(passage: Passage, phrase: Phrase, default: str | None = None) -> str:
    """``A达到N,年均增长M``: the head noun stands in the phrase before; else ``default``, or a short heading or the phrase's own words."""
    earlier = [p for p in passage.phrases if p.sentence == phrase.sentence and p.start < phrase.start]
    for other in reversed(earlier):
        words = FIGURE.split(DOUBLED.split(passage.phrase_text(other))[0])[0]
        name = "" if _AGAINST.match(words) else subject(_BASE.sub("", words))
        if name and not _ONLY_VERB.fullmatch(name):
            return name
    named = passage.heading if 1 < len(passage.heading) <= _SHORT_HEADING else passage.phrase_text(phrase)
    return named if default is None else default
