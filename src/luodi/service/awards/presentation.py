"""A determination as people read it: four groups in plain words, each figure with its clause, papers and desk.

Everything here is computed from the library's :class:`Determination` and the pack; no sum is added or changed, so page,
API and batch cannot differ.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from luodi.entitlement.result import ConditionVerdict, Determination, EventResult, Group, Missing, RuleResult
from luodi.policy.pack import Pack
from luodi.service.policies.models import PolicyVersion
from luodi.service.policies.queries import Validity, validity_on
from luodi.service.registry.queries import names_as_written

GROUPS: tuple[tuple[Group, str, str, str, str], ...] = (
    ("sure", "预计可享", "●", "green", "按已知情况，这些奖励符合条件，至少可得“可确定金额”。"),
    ("possible", "补充信息后可判断", "▲", "yellow", "还差一些信息，或者政策原文有不同理解；补齐或得到答复后才能判断。"),
    ("authority", "须由主管部门确认", "◇", "blue", "这些事项本系统不判断，由主管部门核实后确认。"),
    ("not", "暂不符合（原因）", "○", "grey", "按已知情况不符合，原因写在每一项里。"),
)
MODES: Mapping[str, tuple[str, str]] = {
    "no_application": ("免申即享", "不用提交申请：主管部门按公布的名单核对，请您确认意愿和收款账户。"),
    "quick": ("快申快享", "在线提交材料，按简化程序办理。"),
    "documents": ("提交材料办理", "按申报通知的要求提交材料。"),
    "counter": ("线下受理", "材料原件到窗口核验，不在网上上传。"),
}
_PAPER_NOTES = {
    "public_list": "已有：公布名单由系统核对，免交",
    "document": "需提交：证书或批准文件",
    "attested": "线下核验：证书原件带到窗口，不上传",
    "offline": "线下核验：材料只在窗口看，不上传",
}
_NOTHING = "没有下列奖励所要求的奖项、称号或资格"
_OPERATORS = {
    "=": "",
    "!=": "不是 ",
    ">=": "不低于 ",
    ">": "高于 ",
    "<=": "不高于 ",
    "<": "低于 ",
    "in": "",
    "not_in": "不是 ",
}
_VERDICTS = {"yes": ("✓ 符合", "green"), "no": ("✕ 不符合", "grey"), "unknown": ("？ 还不知道", "yellow")}


@dataclass(frozen=True)
class ShownCondition:
    """A condition with its verdict in words, what was read, what was asked for, and where that stands."""

    text: str
    verdict: str
    colour: str
    value: str
    threshold: str
    source: str
    as_of: dt.date | None
    clause: str
    address: str
    implied: bool


@dataclass(frozen=True)
class Card:
    """One award for one unit, as shown."""

    result: RuleResult
    clause: str
    conditions: tuple[ShownCondition, ...]
    events: tuple[EventResult, ...]
    missing: tuple[Missing, ...]
    papers: tuple[str, ...]
    mode: str
    mode_note: str
    desk: str
    note: str
    guide: tuple[str, ...] = ()

    @property
    def could_be(self) -> int:
        """What answering may bring where nothing is known yet, in fen."""
        return max((each.gain_fen for each in self.missing), default=0) if not self.result.upto_fen else 0

    @property
    def empty(self) -> bool:
        """Whether the unit has nothing at all that the award looks at: such awards are listed in one line each."""
        return self.result.group == "not" and not self.result.events and not self.result.touched


@dataclass(frozen=True)
class ShownGroup:
    """One of the four groups."""

    code: str
    name: str
    shape: str
    colour: str
    meaning: str
    cards: tuple[Card, ...]

    @property
    def empty(self) -> tuple[Card, ...]:
        """Awards for which the unit has nothing."""
        return tuple(card for card in self.cards if card.empty)

    @property
    def empty_note(self) -> str:
        """Why, once for all of them."""
        notes = dict.fromkeys(card.note.replace("没有登记相关事项", _NOTHING) for card in self.empty)
        return "；".join(notes) + "："


@dataclass(frozen=True)
class Shown:
    """A whole result page."""

    determination: Determination
    version: PolicyVersion
    title: str
    validity: Validity
    groups: tuple[ShownGroup, ...]
    cases: tuple[Card, ...]
    sure_fen: int
    upto_fen: int
    desk: str
    left_out: bool = False
    facts: tuple[tuple[str, str, str, str], ...] = field(default=())

    @property
    def unasked(self) -> int:
        """Awards of which nothing is known yet, so that they stand in no sum."""
        return sum(1 for _, card in self.cards if card.could_be)

    @property
    def cards(self) -> Iterable[tuple[ShownGroup, Card]]:
        """Every award with its group, for the printed sheet."""
        return ((group, card) for group in self.groups for card in group.cards)


def show(determination: Determination, pack: Pack, version: PolicyVersion, *, without: Iterable[str] = ()) -> Shown:
    """Lay out a determination; items in ``without`` (that the reader may not see) are left out, sums included."""
    hidden = frozenset(without)
    results = [result for result in determination.rules if result.item not in hidden]
    today = _names_today(pack, version, determination.as_of)
    cards = {result.rule: _card(result, pack, version, today) for result in results}
    counted = [result for result in results if result.group != "case"]
    sure, upto = sum(result.sure_fen for result in counted), sum(result.upto_fen for result in counted)
    return Shown(
        determination=replace(determination, rules=tuple(results), sure_fen=sure, upto_fen=upto, unread=()),
        version=version,
        title=pack.title,
        validity=validity_on(version, determination.as_of),
        groups=tuple(
            ShownGroup(code, name, shape, colour, meaning, _in_order(cards[r.rule] for r in results if r.group == code))
            for code, name, shape, colour, meaning in GROUPS
        ),
        cases=tuple(cards[r.rule] for r in results if r.group == "case"),
        sure_fen=sure,
        upto_fen=upto,
        desk=_desk(pack, "", today),
        left_out=len(results) < len(determination.rules),
    )


def _in_order(cards: Iterable[Card]) -> tuple[Card, ...]:
    """Largest sums first; equal ones in the order of the text."""
    return tuple(sorted(cards, key=lambda card: (-card.result.upto_fen, -card.result.sure_fen)))


def _card(result: RuleResult, pack: Pack, version: PolicyVersion, today: Mapping[str, str]) -> Card:
    rule = next(rule for rule in pack.rules if rule["id"] == result.rule)
    mode, mode_note = MODES[result.mode]
    slug = version.policy.slug
    return Card(
        result=result,
        clause=clause_address(slug, result.article),
        conditions=tuple(_condition(each, slug, _test(rule, each.id), pack) for each in _conditions_of(result)),
        events=result.events,
        missing=tuple(each for each in result.missing if each.question),
        papers=_papers(rule, pack, result),
        mode=mode,
        mode_note=mode_note,
        desk=_desk(pack, result.article, today),
        note=result.reason or _event_note(result.events),
        guide=tuple(rule.get("guide", {}).get("route") or ()),
    )


def _conditions_of(result: RuleResult) -> Sequence[ConditionVerdict]:
    """Each condition once: the rule's own, then those that only events carry."""
    seen: dict[str, ConditionVerdict] = {each.id: each for each in result.conditions}
    for event in result.events:
        for each in event.conditions:
            seen.setdefault(each.id, each)
    return list(seen.values())


def _test(rule: Mapping[str, Any], condition: str) -> Mapping[str, Any]:
    """The condition's test where it is one comparison; compound ones are described by the engine."""
    found = next((each.get("test") for each in rule["conditions"] if each["id"] == condition), None) or {}
    return found if "fact" in found else {}


def _condition(each: ConditionVerdict, slug: str, test: Mapping[str, Any], pack: Pack) -> ShownCondition:
    word, colour = _VERDICTS[each.verdict]
    fact = str(test.get("fact", ""))
    return ShownCondition(
        text=each.text,
        verdict=word,
        colour=colour,
        value=labelled(fact, each.value, pack, each.unit),
        threshold=_OPERATORS.get(str(test.get("op")), "") + labelled(fact, each.threshold, pack, each.unit),
        source=each.source or "",
        as_of=each.as_of,
        clause=each.article,
        address=clause_address(slug, each.article) if each.article else "",
        implied=each.implied,
    )


def labelled(fact: str, value: Any, pack: Pack, unit: str | None = None) -> str:
    """A fact's value in the words of its options where it has any."""
    if fact == "event.evidence":
        return _EVIDENCE.get(str(value), worded(value))
    kinds = [
        *pack.vocabulary["facts"],
        *(a for event in pack.vocabulary["events"] for a in event.get("attributes") or ()),
    ]
    kind = next((kind for kind in kinds if kind["id"] == fact.removeprefix("event.")), None)
    if isinstance(value, list):
        return "、".join(labelled(fact, each, pack, unit) for each in value)
    for option in (kind or {}).get("options") or ():
        if option["value"] == value and type(option["value"]) is type(value):
            return str(option["label"])
    return worded(value, unit)


def _event_note(events: Sequence[EventResult]) -> str:
    return "；".join(dict.fromkeys(event.reason for event in events if event.reason and event.verdict != "yes"))


def worded(value: Any, unit: str | None = None) -> str:
    """A value as people write it; unknown is said, never left blank."""
    match value:
        case None:
            return "未知"
        case bool():
            return "是" if value else "否"
        case dict():
            return "，".join(f"{name} {worded(each)}" for name, each in value.items())
        case list() | tuple():
            return "、".join(map(worded, value))
        case int() | Decimal():
            return f"{value:,f}{unit or ''}" if isinstance(value, Decimal) else f"{value:,}{unit or ''}"
    return f"{value}{unit or ''}"


def _papers(rule: Mapping[str, Any], pack: Pack, result: RuleResult) -> tuple[str, ...]:
    """What to bring for the events the unit has, else for all that the rule pays on."""
    kinds = (
        [event.kind for event in result.events if event.verdict != "no"]
        or (rule.get("trigger") or {}).get("events")
        or []
    )
    papers: list[str] = []
    for kind in pack.vocabulary["events"]:
        if kind["id"] in kinds:
            papers += kind.get("papers") or [_PAPER_NOTES[kind["evidence"]]]
    return tuple(dict.fromkeys(papers))


def clause_address(slug: str, article: str) -> str:
    """Where a clause is opened (依据原文)."""
    return f"/policies/{slug}/clause/{quote(article)}/"


def _names_today(pack: Pack, version: PolicyVersion, day: dt.date) -> dict[str, str]:
    """Lead units as written, to what they are called on the day where that changed; read once for all cards."""
    leads = {name for duty in pack.facts["duties"] for name in duty["lead"]}
    return names_as_written(sorted(leads), version.policy.region, pack.effective_from or day, day)


def _desk(pack: Pack, article: str, today: Mapping[str, str]) -> str:
    """The unit that leads the clause, as written and, where it changed, as it is called on the day."""
    names = _leads(pack, article) or _leads(pack, "")
    return "、".join(f"{name}（现 {today[name]}）" if name in today else name for name in names)


def _leads(pack: Pack, article: str) -> list[str]:
    """Lead units of the nearest clause above an article that has any; without one, of the most clauses."""
    duties = pack.facts["duties"]
    if not article:
        counts: dict[str, int] = {}
        for duty in duties:
            for name in duty["lead"]:
                counts[name] = counts.get(name, 0) + 1
        return [max(counts, key=lambda name: counts[name])] if counts else []
    parts = article.split(".")
    for depth in range(len(parts), 0, -1):
        above = ".".join(parts[:depth])
        for duty in duties:
            if duty["article"] == above:
                return list(duty["lead"])
    return []


def used_facts(unit: Mapping[str, Any], pack: Pack) -> tuple[tuple[str, str, str, str], ...]:
    """The facts and events that went in: what, value, source, as of which day."""
    units = {kind["id"]: kind["unit"] for kind in pack.vocabulary["facts"]}
    facts = [
        (name, labelled(name, entry["value"], pack, entry.get("unit") or units.get(name)), entry.get("source") or "",
         str(entry.get("as_of") or ""))
        for name, entry in unit["facts"].items()
    ]  # fmt: skip
    return (*facts, *(_used_event(event, pack) for event in unit["events"]))


_EVIDENCE = {
    "public_list": "公布名单", "document": "书面材料", "attested": "主管部门确认", "offline": "线下核验",
    "self_reported": "单位填报",
}  # fmt: skip


def _used_event(event: Mapping[str, Any], pack: Pack) -> tuple[str, str, str, str]:
    words = {kind["id"]: kind["words"][0] for kind in pack.vocabulary["events"]}
    parts = [event.get("grade"), event.get("action"), f"单位排名第 {event['rank']}" if event.get("rank") else None]
    value = "，".join(str(part) for part in parts if part) or "已登记"
    source = event.get("issuer") or _EVIDENCE.get(str(event.get("evidence")), "")
    return words.get(event["kind"], str(event["kind"])), value, str(source), str(event.get("date") or "日期未知")
