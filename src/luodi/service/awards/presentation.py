"""A determination as people read it: four groups in plain words, each figure with its clause, papers and desk.

Everything here is computed from the library's :class:`Determination` and the pack; no sum is added or changed, so page,
API and batch cannot differ.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from luodi.entitlement.result import Determination, EventResult, Group, Missing, NextTier, RuleResult
from luodi.policy.pack import Pack
from luodi.quantities.periods import yearly_words
from luodi.service.awards.wording import ShownCondition, clause_address, event_note, shown_conditions
from luodi.service.policies.calls import ShownCall, calls_now
from luodi.service.policies.fact_lines import percent
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
MOST_STEPS = 6
_NOTHING = "没有下列奖励所要求的奖项、称号或资格"


@dataclass(frozen=True)
class Part:
    """A part of a sum: what or whose it is, its share in words, fen, and when or on what condition it is paid."""

    name: str
    share: str
    fen: int
    when: str = ""


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
    calls: tuple[ShownCall, ...] = ()
    application: str = ""
    shares: frozenset[str] = frozenset()
    counts: frozenset[str] = frozenset()
    """What the sum is a share of, or paid for each of: more of it is more money, but no tier."""

    @property
    def tier(self) -> NextTier | None:
        """The tier above; spending more where a share of the costs is paid is none, and nothing to advise."""
        found = self.result.next_tier
        return None if found and found.fact in self.shares | self.counts else found

    @property
    def most(self) -> NextTier | None:
        """From where on a share of the costs is at its maximum."""
        found = self.result.next_tier
        return found if found and found.fact in self.shares else None

    @property
    def shows_note(self) -> bool:
        """Whether its reason says more than its events do: there are none, or a group or cap leaves less than they add up to."""
        return sum(each.upto_fen for each in self.events) > self.result.upto_fen or not self.result.events

    @property
    def could_be(self) -> int:
        """What answering may bring where nothing is known yet, in fen."""
        return max((each.gain_fen for each in self.missing), default=0) if not self.result.upto_fen else 0

    @property
    def payments(self) -> list[Part]:
        """The sure sum in its instalments: which, its share, when."""
        return [
            Part(f"第 {at} 期", percent(list(each.share)), each.fen, "，".join(filter(None, (each.when, str(each.due or "")))))
            for at, each in enumerate(self.result.payments, 1)
        ]  # fmt: skip

    @property
    def payers(self) -> list[Part]:
        """Who bears how much of the sure sum."""
        return [Part(each.name, percent(list(each.share)), each.fen) for each in self.result.payers]

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
class Step:
    """Something that would bring the unit more: what kind of step, in words, and how much at most."""

    title: str
    what: str
    words: str
    gain_fen: int


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
    calls: tuple[ShownCall, ...] = ()
    facts: tuple[tuple[str, str, str, str], ...] = field(default=())

    @property
    def steps(self) -> list[Step]:
        """The nearest change of each award and the tier above, the largest gain first; at most :data:`MOST_STEPS`."""
        found = []
        for group, card in self.cards:
            nearest, tier = card.result.nearest, card.tier
            if nearest and nearest.gain_fen and not card.empty:
                found.append(Step(card.result.title, "还差什么", nearest.words, nearest.gain_fen))
            if tier and group.code != "not" and tier.gain_fen:
                found.append(Step(card.result.title, "上一档", tier.label, tier.gain_fen))
        return sorted(found, key=lambda step: -step.gain_fen)[:MOST_STEPS]

    @property
    def bearers_stated(self) -> bool:
        """Whether the text says of any award who bears it."""
        return any(card.payers for _, card in self.cards)

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
    calls = tuple(calls_now(version.policy))
    cards = {result.rule: _card(result, pack, version, today, calls) for result in results}
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
        calls=calls,
        left_out=len(results) < len(determination.rules),
    )


def _in_order(cards: Iterable[Card]) -> tuple[Card, ...]:
    """Largest sums first; equal ones in the order of the text."""
    return tuple(sorted(cards, key=lambda card: (-card.result.upto_fen, -card.result.sure_fen)))


def _card(
    result: RuleResult, pack: Pack, version: PolicyVersion, today: Mapping[str, str], calls: Iterable[ShownCall]
) -> Card:
    rule = next(rule for rule in pack.rules if rule["id"] == result.rule)
    mode, mode_note = MODES[result.mode]
    slug = version.policy.slug
    return Card(
        result=result,
        clause=clause_address(slug, result.article),
        conditions=shown_conditions(result, rule, slug, pack),
        events=result.events,
        missing=tuple(each for each in result.missing if each.question),
        papers=_papers(rule, pack, result),
        mode=mode,
        mode_note=mode_note,
        desk=_desk(pack, result.article, today),
        note=result.reason or event_note(result.events),
        calls=tuple(each for each in calls if each.covers(result.item)),
        guide=tuple(rule.get("guide", {}).get("route") or ()),
        application=_application(rule.get("application") or {}),
        shares=frozenset(_within(rule["amount"], "base")),
        counts=frozenset(_within(rule["amount"], "count")),
    )


def _within(amount: Any, part: str, inside: bool = False) -> Iterator[str]:
    """The facts of which an amount pays a share (费用的30%: ``base``) or a sum for each (每人: ``count``); tiers go by others."""
    if isinstance(amount, str) and inside:
        yield amount
    elif isinstance(amount, list):
        for each in amount:
            yield from _within(each, part, inside)
    elif isinstance(amount, Mapping):
        for name, each in amount.items():
            if name not in ("tiers", "steps"):
                yield from _within(each, part, inside or name == part)


def _application(stated: Mapping[str, Any]) -> str:
    """When one may apply as the text states it: a day or month of every year, or a period."""
    if stated.get("yearly"):
        return yearly_words(stated["yearly"])
    first, last = stated.get("from"), stated.get("to")
    return f"{first} 至 {last}" if first and last else f"{first} 起" if first else f"{last} 前" if last else ""


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
