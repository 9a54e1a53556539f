"""One unit under one pack, explained: the reference that every other engine must equal.

Plain Python, one event at a time; see :mod:`luodi.entitlement.rule` for the order of things.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from luodi.entitlement.amount import ByGrade, Tiers, ceiling, payable, reads, term
from luodi.entitlement.assess import Assessed, assess, judge, lookup_for
from luodi.entitlement.condition import facts_of
from luodi.entitlement.loading import load_rules
from luodi.entitlement.result import (
    Caution,
    ConditionVerdict,
    Determination,
    EventResult,
    Group,
    Missing,
    NextTier,
    ReadingNote,
    RuleResult,
    Verdict,
)
from luodi.entitlement.rule import Reading, Rule, RuleSet, Stage
from luodi.entitlement.stacking import Cell, Item, apply_stage, settle
from luodi.entitlement.unit import Event, Unit, read_unit
from luodi.policy.pack import Pack


def explain(pack: Pack | Mapping[str, Any] | RuleSet, unit: Mapping[str, Any] | Unit, as_of: dt.date) -> Determination:
    """Who is owed what and why, for one unit as of one day.

    Args:
        pack: the pack, its JSON, or rules already loaded.
        unit: ``{"id","kind","facts":{NAME:{"value","unit","source","as_of"}},"events":[…],"paid":[…]}``; with
            ``"asked": [kinds]`` the list of events is complete for those kinds only, and others stay unknown.
        as_of: the day of the calculation (业务日期); later events do not count yet.

    Raises:
        ContentError: the pack's rules or the unit's values are wrong; the message names them.
    """
    rules = load_rules(pack)
    given = unit if isinstance(unit, Unit) else read_unit(unit, rules)
    judged = [_judged(rule, rules, given, as_of) for rule in rules.rules]
    sums = _settled(judged, rules)
    results = tuple(
        _result(rule, rules, given, found, sums[at], as_of)
        for at, (rule, found) in enumerate(zip(rules.rules, judged, strict=True))
    )
    counted = [result for result in results if result.group != "case"]
    return Determination(
        unit_id=given.id,
        pack_id=rules.pack_id,
        pack_version=rules.version,
        as_of=as_of,
        lapsed=rules.effective_to is not None and as_of > rules.effective_to,
        pending=rules.effective_from is not None and as_of < rules.effective_from,
        rules=results,
        sure_fen=sum(result.sure_fen for result in counted),
        upto_fen=sum(result.upto_fen for result in counted),
        unread=given.unread,
    )


def _judged(rule: Rule, rules: RuleSet, unit: Unit, as_of: dt.date) -> list[Assessed]:
    if rule.case_by_case or unit.legal_person is not None:
        return []
    events: Sequence[Event | None] = [None]
    if rule.trigger is not None:
        relevant = set(rule.relevant)
        events = [event for event in unit.events if event.kind.id in relevant]
    found = [assess(rule, rules, unit, event, as_of) for event in events]
    for stage in rule.stages:
        apply_stage(stage, [each.item for each in found], rules, as_of)
    return found


def _settled(judged: Sequence[Sequence[Assessed]], rules: RuleSet) -> list[tuple[int, int]]:
    cells: dict[tuple[int, int | None], Cell] = {}
    for at, found in enumerate(judged):
        for each in found:
            year = each.item.day.year if each.item.day else None
            cell = cells.setdefault((at, year), Cell(at, year, 0, 0))
            cell.sure += each.item.sure
            cell.upto += each.item.upto
    totals = [(0, 0)] * len(judged)
    for cell in settle(cells.values(), rules):
        sure, upto = totals[cell.rule]
        totals[cell.rule] = (sure + cell.sure, upto + cell.upto)
    return [(sure, max(sure, upto)) for sure, upto in totals]


def _result(
    rule: Rule, rules: RuleSet, unit: Unit, found: Sequence[Assessed], sums: tuple[int, int], as_of: dt.date
) -> RuleResult:
    doubles = [event for event in unit.doubles if event.kind.id in rule.relevant]
    group, verdict = _placed(rule, unit, [each.item for each in found], sums)
    events = tuple(_event_result(rule, each) for each in found if each.event is not None)
    return RuleResult(
        rule=rule.id,
        article=rule.article,
        item=rule.item,
        title=rule.title,
        group=group,
        verdict=verdict,
        sure_fen=sums[0],
        upto_fen=sums[1],
        conditions=_conditions(rule, rules, unit, found),
        events=(*events, *(_double_result(rule, event) for event in doubles)),
        readings=(*_notes(found, rules), *_elsewhere(rule, rules, unit, sums[1])),
        missing=_missing(rule, rules, unit, found),
        next_tier=_next_tier(rule, rules, found),
        mode=rule.mode,
        attest=dict(rule.attest) if rule.attest else None,
        publication=rule.publication,
        paid_why=rule.paid_why,
        reason=_reason(rule, unit, found, sums, verdict),
        cautions=tuple(_cautions(rule, found, doubles)),
        paid_fen=unit.paid.get(rule.id, 0),
        span=rule.span,
        touched=bool(found),
    )


def _placed(rule: Rule, unit: Unit, items: Sequence[Item], sums: tuple[int, int]) -> tuple[Group, Verdict]:
    if rule.case_by_case:
        return "case", "unknown"
    if sums[0] > 0:
        return "sure", "yes"
    waiting = {item.needs for item in items if item.counts}
    if sums[1] > 0 or any(item.open for item in items):
        return ("authority" if "authority" in waiting and "ask" not in waiting else "possible"), "unknown"
    return ("possible", "unknown") if _unasked(rule, unit) and not items else ("not", "no")


def _unasked(rule: Rule, unit: Unit) -> list[str]:
    """Event kinds of the rule that nobody has asked the unit for."""
    if unit.asked is None or rule.trigger is None:
        return []
    return [kind for kind in rule.trigger.events if kind not in unit.asked]


def _event_result(rule: Rule, found: Assessed) -> EventResult:
    event, item = found.event, found.item
    assert event is not None
    upto = max(item.sure, item.upto)
    verdict: Verdict = "yes" if item.sure else "unknown" if item.counts else "no"
    needs = None if not item.counts or item.sure == upto else item.needs or "reading"
    failed = found.failed
    return EventResult(
        event_id=event.id,
        kind=event.kind.id,
        kind_words=event.kind.label,
        grade=event.grade,
        date=event.day,
        verdict=verdict,
        sure_fen=item.sure,
        upto_fen=upto,
        reason=_event_reason(found),
        conditions=found.conditions,
        needs=needs,
        refusal=failed.refusal if failed else None,
        article=rule.article,
        span=found.payable.span,
    )


def _event_reason(found: Assessed) -> str:
    if found.failed:
        return found.failed.reason
    parts = [check.reason for check in found.waiting]
    if not found.payable.decided:
        parts.append("文本只定了限额，金额由主管部门核定")
    elif not found.payable.known and not found.waiting:
        parts.append("计算金额所需的事实未知")
    parts += [each.note or "按口径计算" for each in found.item.touched]
    if not parts and not found.item.counts:
        parts.append("按现有事实计算的金额为零")
    return "；".join(dict.fromkeys(parts)) or "符合"


def _double_result(rule: Rule, event: Event) -> EventResult:
    return EventResult(
        event_id=event.id,
        kind=event.kind.id,
        kind_words=event.kind.label,
        grade=event.grade,
        date=event.day,
        verdict="no",
        sure_fen=0,
        upto_fen=0,
        reason="与另一条记录是同一份证书（事项、颁发单位、编号、日期相同），不重复计算，转人工核对",
        refusal="重复登记",
        article=rule.article,
    )


def _conditions(rule: Rule, rules: RuleSet, unit: Unit, found: Sequence[Assessed]) -> tuple[ConditionVerdict, ...]:
    """The conditions on the unit itself; those that read the event stand with the event."""
    lookup = lookup_for(unit, None)
    shown = []
    for condition in rule.conditions:
        about_event = any(name.startswith("event.") for name in facts_of(condition.test))
        if condition.events is None and not about_event:
            verdict = judge(condition, rules, unit, lookup).condition
            if verdict is not None:
                shown.append(verdict)
    return tuple(shown)


def _notes(found: Sequence[Assessed], rules: RuleSet) -> tuple[ReadingNote, ...]:
    """The readings and stages that touched the rule, with the sums of the events they touched."""
    touched: dict[int, tuple[Reading | Stage, list[Item]]] = {}
    for each in found:
        for part in each.item.touched:
            if isinstance(part, Reading) or part.open:
                touched.setdefault(id(part), (part, []))[1].append(each.item)
    notes = []
    for part, items in touched.values():
        ambiguity = rules.ambiguities.get(part.ambiguity or "")
        question = ambiguity.question if ambiguity else "须由人工判断"
        strict, generous = sum(item.sure for item in items), sum(max(item.sure, item.upto) for item in items)
        notes.append(ReadingNote(part.ambiguity, question, part.note, strict, generous))
    return tuple(notes)


def _elsewhere(rule: Rule, rules: RuleSet, unit: Unit, upto: int) -> tuple[ReadingNote, ...]:
    """What would remain if money from another level were counted; shown, never deducted."""
    if rule.elsewhere is None or not upto:
        return ()
    received = unit.fact(rule.elsewhere.fact)
    if not isinstance(received, int) or received <= 0:
        return ()
    ambiguity = rules.ambiguities.get(rule.elsewhere.ambiguity or "")
    question = ambiguity.question if ambiguity else rule.elsewhere.note
    return (ReadingNote(rule.elsewhere.ambiguity, question, rule.elsewhere.note, max(0, upto - received), upto),)


def _missing(rule: Rule, rules: RuleSet, unit: Unit, found: Sequence[Assessed]) -> tuple[Missing, ...]:
    gains: dict[tuple[str, str | None], tuple[str, int]] = {}
    for each in found:
        if not each.item.counts:
            continue
        gain = max(0, each.item.upto - each.item.sure)
        for name, question in dict(_asked(rule, rules, each)).items():
            event_id = each.event.id if each.event and name.startswith("event.") else None
            before = gains.get((name, event_id), (question, 0))[1]
            gains[name, event_id] = (question, before + gain)
    if not found and not rule.case_by_case and unit.legal_person is None:
        for kind in _unasked(rule, unit):
            gains[kind, None] = (rules.words.events[kind].question, ceiling(rule.amount) or 0)
    return tuple(Missing(name, question, gain, event) for (name, event), (question, gain) in gains.items())


def _asked(rule: Rule, rules: RuleSet, found: Assessed) -> Iterable[tuple[str, str]]:
    for check in found.waiting:
        if check.waits == "ask":
            yield from check.asks
    if not found.payable.known:
        lookup = found.item.lookup
        unread = [name for name in dict.fromkeys(reads(rule.amount)) if lookup(name) is None]
        yield from ((name, kind.question) for name in unread if (kind := rules.words.fact(name)))


def _next_tier(rule: Rule, rules: RuleSet, found: Sequence[Assessed]) -> NextTier | None:
    if isinstance(rule.amount, ByGrade):
        return _next_grade(rule.amount, found)
    if isinstance(rule.amount, Tiers) and found and found[0].failed is None:
        return _next_step(rule.amount, rules, found[0])
    return None


def _next_grade(amount: ByGrade, found: Sequence[Assessed]) -> NextTier | None:
    counted = [fixed.fen for each in found if each.item.counts and (fixed := amount.of(_grade(each)))]
    if not counted:
        return None
    above = sorted((fixed.fen, grade) for grade, fixed in amount.sums if fixed.fen > max(counted))
    return NextTier(above[0][1], above[0][0] - max(counted), "event.grade", above[0][1]) if above else None


def _grade(found: Assessed) -> str | None:
    return found.event.grade if found.event else None


def _next_step(amount: Tiers, rules: RuleSet, found: Assessed) -> NextTier | None:
    base = term(amount.base, found.item.lookup)
    if base is None:
        return None
    start = min((tier.start for tier in amount.tiers if tier.start is not None and tier.start > base), default=None)
    if start is None:
        return None
    fact = next(iter(reads(amount)), None)
    kind = rules.words.fact(fact or "")
    there = payable(amount, lambda name: start if name == fact else found.item.lookup(name), None)
    gain = (there.high or 0) - (found.payable.high or 0)
    shown = kind.shown(start) if kind else start
    return NextTier(
        f"{kind.label if kind else '基数'}达到{shown}{(kind.unit if kind else '') or ''}", gain, fact, shown
    )


def _reason(rule: Rule, unit: Unit, found: Sequence[Assessed], sums: tuple[int, int], verdict: Verdict) -> str:
    if rule.case_by_case:
        return getattr(rule.amount, "note", "") or "一事一议，没有固定金额，不计入合计"
    if unit.legal_person is not None:
        return f"分支机构不是独立法人，由其所属法人单位（{unit.legal_person}）申报"
    if not found:
        return "没有登记相关事项" if verdict == "no" else "尚未了解是否有相关事项"
    before = sum(each.item.sure for each in found), sum(each.item.upto for each in found)
    if before[1] > sums[1] or before[0] > sums[0]:
        return f"与其他条款合并计算：{'同组就高' if rule.exclusive else ''}{'限额' if not rule.exclusive else '或限额'}后的金额"
    return "" if verdict == "yes" else "；".join(dict.fromkeys(_event_reason(each) for each in found))


def _cautions(rule: Rule, found: Sequence[Assessed], doubles: Sequence[Event]) -> Iterable[Caution]:
    stages = [stage for stage in rule.stages if stage.caution]
    for stage in stages:
        ids = [each.event.id or "" for each in found if each.event and stage in each.item.touched]
        if ids:
            yield Caution("repeat", stage.caution, tuple(ids))
    if doubles:
        yield Caution("duplicate", "同一份证书登记了不止一次，请人工核对", tuple(event.id or "" for event in doubles))
