"""What proposed rules are called and what triggers them: titles, event nouns with their grades and actions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from luodi.policy.awards.words.grades import GRADE_WORDS, KEY_WORD
from luodi.policy.conditions.phrases import ONCE_ONLY, says
from luodi.policy.proposals.amount import grades
from luodi.policy.proposals.words import LONGEST, Entry, Row, short
from luodi.policy.punctuation import widened

_TITLE = re.compile(
    r"(?:称号|企业|小巨人|冠军|工厂|车间|平台|中心|基地|园区|孵化器|众创空间|实验室|工作站|示范(?:区|点|项目|单位|社)?|合作社|农场"
    r"|景区|民宿|品牌|字号)[”)]?\Z"
)
_NO_EVENT = re.compile(r".?|[、和及与].*|验收|认定|评审|评定|立项")
# 近三年内未发生安全事故: demanded of everybody, the name of no award.
_CLEAN_RECORD = re.compile(r"(?:近?[一二两三\d]年内?|申报前)?(?:未|无(?!人|线|偿|形)|没有)")
_FEW = 5  # characters of a heading that still say something
# 企业通过担保获得贷款并, 其高管(: what goes on behind the words.
_DANGLING = re.compile(r"(?:并且?|且|以及|[和及与或、的,(])+\Z")
# 一等奖, 贴息: an award by its own name, however short.
_IS_AWARD = re.compile(r"[奖补贴助励]\Z|奖|第[一二三四五六]名|前[二三四五六十]名|军\Z")
_SAYS_ENOUGH = 6  # 首件辅助器具, 国家级企业技术中心: known without the heading
# 辅助器具补贴标准和补贴方式: where a heading that is too long may end.
_PAUSE = re.compile(r"[,、:]|(?<![参普涉共总])[和与及](?![谐平时睦])")
_SAYS_LITTLE = 3  # 租金, 企业, 本科, no word at all: nobody would know that for an award
_PAID = dict.fromkeys(("fixed", "capped", "range", "rate", "per_unit"), "奖补") | {
    "interest": "贴息",
    "case": "一事一议",
}


def title(rows: Sequence[Row], events: Sequence[str], headings: Mapping[str, str | None], *, alone: bool) -> str:
    """The events, else the heading; what the sum is for where that tells several awards of an article apart.

    Words that say nothing by themselves (a bound, 企业, an address) give way to what the award demands first. What picks
    one of several sums (小升规10万元、规改股20万元) names none of them.
    """
    row, *others = rows
    heading = headings.get(row["article"])
    of_all = [each for each in row["conditions"] if all(each in one["conditions"] for one in others)]
    positive = [each for each in of_all if each["value"] is not False and not each.get("alternatives")]
    start, end = row["sentence"] or row["span"]
    above = heading or _heading_above(row["article"], headings)
    own = [each for each in positive if start <= each["span"][0] < end]  # 具有独立法人资格 of all is no name
    if not own and not above:
        own = [each for each in positive if not each["fact"]]
    demanded = [each for each in own if says(each["text"]) and not _names_nothing(each["text"])]
    told = min(demanded, key=lambda each: each["fact"] is not None)["text"] if demanded else row["per"]
    told = told if says(told) and told != heading else None
    picked = row["selector"] if len({one["selector"] for one in rows}) == 1 else None
    selector = picked if says(picked) else None
    apart = selector or told
    if not events and apart and not (heading and alone):
        words = _below(heading, apart) if heading else apart
    else:
        measured = any(each["fact"] == row["base"] for each in row["conditions"])  # 设备投资500万元以上,补助8%
        base = None if measured else row["base"]
        words = "、".join(events) or heading or base or row["recipient"] or picked or above or ""
    address = "" if row["article"] == "0" else f"{row['article']}所列"
    return _award(_DANGLING.sub("", words) or address, row["kind"])


def _names_nothing(demanded: str) -> bool:
    """Whether what is demanded is the name of no award: a clean record, or how often it may be had."""
    return bool(_CLEAN_RECORD.match(demanded) or ONCE_ONLY.match(demanded))


def _below(heading: str, apart: str) -> str:
    """What tells the awards of a heading apart, behind it: whole, or up to a pause, or cut where the words say little alone."""
    room = LONGEST - 1 - len(apart)
    pauses = [at.start() for at in _PAUSE.finditer(heading[: room + 1]) if at.start() >= _FEW] if room > 0 else []
    if len(heading) <= room or pauses:
        return f"{heading if len(heading) <= room else heading[: pauses[-1]]}：{apart}"
    known = len(apart) >= _SAYS_ENOUGH and not re.search(r"\d", apart)  # 年营业额增速达15%以上: of what?
    return apart if known or room < _FEW else f"{short(heading, room)}：{apart}"


def _award(words: str, kind: str) -> str:
    """Words as the name of an award: 租金补助 rather than 租金, which nobody would know for one."""
    little = len(words) <= _SAYS_LITTLE or words.endswith("所列")
    return widened(f"{words}{_PAID[kind]}" if little and not _IS_AWARD.search(words) else short(words))


def tell_apart(rules: Sequence[Entry], groups: Sequence[Sequence[Row]]) -> None:
    """Awards of one article with one name get what picks each of them, else their place among them."""
    alike: dict[tuple[str, str], list[tuple[Entry, Row]]] = {}
    for rule, (first, *_) in zip(rules, groups, strict=True):
        alike.setdefault((rule["article"], rule["title"]), []).append((rule, first))
    for (_, name), several in alike.items():
        picks = [first["selector"] for _, first in several]
        for place, (rule, first) in enumerate(several, 1):
            selector = first["selector"]
            if len(several) > 1 and selector and picks.count(selector) == 1 and selector != name:
                whole = widened(f"{name}：{selector}")
                keeps = len(selector) <= _SAYS_LITTLE and len(whole) <= LONGEST and name != _PAID[first["kind"]]
                rule["title"] = whole if keeps else _award(selector, first["kind"])
            elif len(several) > 1:
                rule["title"] = short(f"{short(name, LONGEST - 4)}（{place}）")


_CHAPTER = re.compile(r"第[一二三四五六七八九十百\d]+[章节]")
# 支持标准, 申报与管理: chapters that every such paper has.
_GENERAL = re.compile(
    r"总则|附则|(?:支持|扶持|奖励|补[助贴]|奖补|资助|政策|申报|管理|[与和及、]|内容|范围|标准|措施|方式|对象|条件|程序|流程|监督"
    r"|保障|实施|职责|分工|要求|附件|其他)+"
)


def with_chapters(headings: Mapping[str, str | None]) -> dict[str, str | None]:
    """The headings of articles by address, in text order; an article without one takes that of its chapter (第三章 研发补助)."""
    found: dict[str, str | None] = {}
    chapter: str | None = None
    for article, heading in headings.items():
        if _CHAPTER.fullmatch(article):
            chapter = heading if heading and not _GENERAL.fullmatch(heading) else None
        found[article] = heading or (chapter if article.startswith("第") and "." not in article else None)
    return found


def _heading_above(article: str, headings: Mapping[str, str | None]) -> str | None:
    """The nearest heading above an article that has none (第三条 影视动漫 above 第三条.(一)): rather than a bare address."""
    while "." in article:
        article = article.rpartition(".")[0]
        if heading := headings.get(article):
            return heading
    return None


_GRADE_BEHIND = re.compile(rf"(?P<of>.{{2,}}?)(?P<grade>{GRADE_WORDS})")


def by_grade(rows: Sequence[Row]) -> list[Row]:
    """``国家级技术中心A,省级B``, ``某资格A类C,B类D``: the event is what all of them are, its level or grade as that of the others."""
    first, *others = rows
    event = first["events"][0] if len(first["events"]) == 1 else ""
    at, behind = KEY_WORD.match(event), _GRADE_BEHIND.fullmatch(event)
    grade, of_all = (at[0], event[at.end() :]) if at else (behind["grade"], behind["of"]) if behind else ("", "")
    alike = others and all(KEY_WORD.fullmatch(row["selector"] or "") for row in others)
    if not alike or _NO_EVENT.fullmatch(of_all) or first["selector"] not in (event, grade):
        return list(rows)
    kept = [
        {**row, "events": [of_all if each in (event, row["selector"]) else each for each in row["events"]]}
        for row in rows
    ]
    return [{**kept[0], "selector": grade}, *kept[1:]]


def is_title(event: str) -> bool:
    """Whether an event is a title (称号) that one bears from then on; a prize or a certificate may come again."""
    return _TITLE.search(event) is not None


def event_nouns(groups: Sequence[Sequence[Row]]) -> list[Entry]:
    """One entry for each event noun, with the grades and actions of every row that names it."""
    found: dict[str, Entry] = {}
    for rows in groups:
        paid = grades(rows)
        for row in rows:
            for word in row["events"]:
                entry = found.setdefault(word, _event(word))
                _extend(entry["grades"], paid, {"from": None, "to": None})
                _extend(entry["actions"], row["actions"], {})
    return list(found.values())


def _event(word: str) -> Entry:
    return {
        "id": word,
        "words": [word],
        "aliases": [],
        "grades": [],
        "actions": [],
        "sensitivity": "public",
        "evidence": "document",
    }


def _extend(entries: list[Entry], words: Iterable[str], more: Entry) -> None:
    known = {entry["id"] for entry in entries}
    for word in words:
        if word not in known:
            known.add(word)
            entries.append({"id": word, "words": [word], **more})
