"""What is said of a unit's results when somebody reads them: verdicts, reasons, questions, the next tier."""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Any

from luodi.entitlement.amount import ceiling, reads
from luodi.entitlement.assess import Judge
from luodi.entitlement.condition import facts_of
from luodi.entitlement.nearest import Search, named
from luodi.entitlement.ready import Ready
from luodi.entitlement.result import (
    Bearer,
    Caution,
    ConditionVerdict,
    EventResult,
    Group,
    Missing,
    Nearest,
    NextTier,
    Payment,
    ReadingNote,
    RuleResult,
    Verdict,
)
from luodi.entitlement.rule import Elsewhere, Reading, Stage
from luodi.entitlement.show import yuan
from luodi.entitlement.specialised import Verdicts
from luodi.entitlement.stacking import Item, Sums, binding, deducted
from luodi.entitlement.term import reads_of
from luodi.entitlement.unit import Event, Unit
from luodi.entitlement.vocabulary import FactKind, Value
from luodi.quantities.periods import yearly_words


class Telling:
    """Tells the results of one unit; every method takes one of them."""

    def __init__(
        self,
        prepared: Ready,
        unit: Unit,
        facts: Mapping[str, Value | None],
        sums: Sequence[Sums],
        verdicts: Verdicts | None,
    ) -> None:
        self.prepared, self.unit, self.facts, self._sums, self._verdicts = prepared, unit, facts, sums, verdicts

    @cached_property
    def judged(self) -> Sequence[Sequence[Item]]:
        """The unit's items under each rule, for the words."""
        as_of: Any = self.facts["as_of"]
        return self.prepared.items(self.unit, self.facts, as_of)

    @cached_property
    def _shown(self) -> Sequence[tuple[ConditionVerdict, ...] | None]:
        """The verdicts of the rules spelled out, all at once."""
        if self._verdicts is None:
            return [None] * len(self._sums)
        return self.prepared.specialised.shown(self.facts.get, self.unit.sources, self._verdicts)

    @property
    def _search(self) -> Search:
        return Search(self.prepared, self.unit, self.facts, self._sums)

    def touched(self, result: RuleResult) -> bool:
        """Whether the unit has something that the rule looks at."""
        return bool(self.judged[result.at])

    def paid_fen(self, result: RuleResult) -> int:
        """What was already paid under the rule, in fen."""
        return self.unit.paid.get(result.rule, 0)

    def group(self, result: RuleResult) -> Group:
        """Where pages list it."""
        return self._placed(result)[0]

    def verdict(self, result: RuleResult) -> Verdict:
        """Whether anything is due."""
        return self._placed(result)[1]

    def _placed(self, result: RuleResult) -> tuple[Group, Verdict]:
        items, judge = self.judged[result.at], self._judge(result)
        if judge.rule.case_by_case:
            return "case", "unknown"
        if result.sure_fen > 0:
            return "sure", "yes"
        if result.upto_fen > 0 or any(item.open for item in items):
            waiting = {item.needs for item in items if item.counts}
            waiting |= {"ask"} if any(self._unknown_outside(judge)) else set()
            return ("authority" if "authority" in waiting and "ask" not in waiting else "possible"), "unknown"
        return ("possible", "unknown") if not items and self._unasked(judge) else ("not", "no")

    def conditions(self, result: RuleResult) -> tuple[ConditionVerdict, ...]:
        """The conditions on the unit itself; those that read the event stand with the event."""
        if (shown := self._shown[result.at]) is not None:
            return shown
        judge, items = self._judge(result), self.judged[result.at]
        lookup, sources = self.facts.get, self.unit.sources
        if judge.rule.trigger is None and items:
            verdicts = items[0].verdicts
            return tuple([asked.shown(verdicts[at], lookup, sources) for at, asked in judge.asked])
        own = [each for _, each in judge.asked if each.condition.events is None and not each.about_event]
        return tuple(each.shown(each.verdict(lookup), lookup, sources) for each in own)

    def events(self, result: RuleResult) -> tuple[EventResult, ...]:
        """The events that the rule looks at, doubles last."""
        judge = self._judge(result)
        found = [self._event(judge, item) for item in self.judged[result.at] if item.event]
        return (*found, *(_double(result, event) for event in self._doubles(judge)))

    def readings(self, result: RuleResult) -> tuple[ReadingNote, ...]:
        """The readings and stages that touched the rule, with the sums of the events they touched."""
        touched: dict[int, tuple[Reading | Stage, list[Item]]] = {}
        for item in self.judged[result.at]:
            for part in item.touched:
                if isinstance(part, Reading) or part.open:
                    touched.setdefault(id(part), (part, []))[1].append(item)
        notes = []
        for part, items in touched.values():
            strict, generous = sum(item.sure for item in items), sum(max(item.sure, item.upto) for item in items)
            question = self._question(part.ambiguity, "须由人工判断")
            notes.append(ReadingNote(part.ambiguity, question, part.note, strict, generous))
        return (*notes, *self._elsewhere(result))

    def missing(self, result: RuleResult) -> tuple[Missing, ...]:
        """What nobody gave yet, and what an answer can gain."""
        judge, items = self._judge(result), self.judged[result.at]
        gains: dict[tuple[str, str | None], tuple[str, int]] = {}
        for item in items:
            gain = max(0, item.upto - item.sure)
            for name, question in dict(self._asked(judge, item)).items() if item.counts else ():
                event_id = item.event.id if item.event and name.startswith("event.") else None
                before = gains.get((name, event_id), (question, 0))[1]
                gains[name, event_id] = (question, before + gain)
        if items and self._replaced(result):
            rest = result.upto_fen - result.sure_fen
            gains = {key: (question, min(gain, rest)) for key, (question, gain) in gains.items()}
        for fact in self._unknown_outside(judge) if result.upto_fen else ():
            gains.setdefault((fact.id, None), (fact.question, result.upto_fen - result.sure_fen))
        if not items and not judge.rule.case_by_case and self.unit.legal_person is None:
            for kind in self._unasked(judge):
                question = self.prepared.rules.words.events[kind].question
                gains[kind, None] = (question, ceiling(judge.rule.amount) or 0)
        return tuple(Missing(name, question, gain, event) for (name, event), (question, gain) in gains.items())

    def nearest(self, result: RuleResult) -> Nearest | None:
        """The nearest change that would grant what is refused or unknown."""
        if result.group not in ("not", "possible") or self.unit.legal_person is not None:
            return None
        return self._search.grants(self._judge(result), tuple(self.judged[result.at]))

    def next_tier(self, result: RuleResult) -> NextTier | None:
        """The tier above and its gain."""
        if not result.upto_fen:
            return None
        return self._search.raises(self._judge(result), tuple(self.judged[result.at]))

    def payments(self, result: RuleResult) -> tuple[Payment, ...]:
        """The sure sum in the rule's instalments."""
        instalments = self._judge(result).rule.instalments if result.sure_fen else ()
        days = {item.day for item in self.judged[result.at] if item.sure}
        day = next(iter(days)) if len(days) == 1 else None
        payments = []
        for each, fen in zip(instalments, _parts(result.sure_fen, [each.share for each in instalments]), strict=True):
            due = _months_after(day, each.months) if day and each.months is not None else None
            payments.append(Payment(fen, each.share, due, each.when))
        return tuple(payments)

    def payers(self, result: RuleResult) -> tuple[Bearer, ...]:
        """Who bears the sure sum, in the shares that the text states."""
        payers = self._judge(result).rule.payers
        parts = _parts(result.sure_fen, [each.share for each in payers])
        return tuple(Bearer(each.name, each.share, fen) for each, fen in zip(payers, parts, strict=True))

    def application(self, result: RuleResult) -> str:
        """When one may apply, in words."""
        stated = self._judge(result).rule.application
        if stated is None:
            return ""
        return yearly_words(stated.yearly) if stated.yearly else f"{stated.start or '…'} 至 {stated.end or '…'}"

    def reason(self, result: RuleResult) -> str:
        """Why the sum is what it is; empty where all of it is due."""
        judge, items = self._judge(result), self.judged[result.at]
        if judge.rule.case_by_case:
            return getattr(judge.rule.amount, "note", "") or "一事一议，没有固定金额，不计入合计"
        if self.unit.legal_person is not None:
            return f"分支机构不是独立法人，由其所属法人单位（{self.unit.legal_person}）申报"
        if not items:
            return "没有登记相关事项" if result.verdict == "no" else "尚未了解是否有相关事项"
        if sum(item.upto for item in items) > result.upto_fen or sum(item.sure for item in items) > result.sure_fen:
            return "；".join(self._cut(result))
        return "" if result.verdict == "yes" else "；".join(dict.fromkeys(self._reason(judge, item) for item in items))

    def cautions(self, result: RuleResult) -> tuple[Caution, ...]:
        """What a person has to look at."""
        judge, found = self._judge(result), []
        for stage in judge.rule.stages:
            touched = [each for each in self.judged[result.at] if each.event and stage in each.touched]
            if stage.caution and touched:
                found.append(Caution("repeat", stage.caution, _ids(each.event for each in touched)))
        for budget in self.prepared.rules.budgets():
            if result.rule in budget.rules and result.upto_fen:
                what = (
                    f"所列条款全市合计超过 {yuan(budget.fen or 0)} 时按比例核减（{budget.paper}），此处为核减前的金额"
                )
                found.append(Caution("budget", what))
        if doubles := self._doubles(judge):
            found.append(Caution("duplicate", "同一份证书登记了不止一次，请人工核对", _ids(doubles)))
        return tuple(found)

    def _cut(self, result: RuleResult) -> Iterator[str]:
        """What may have cut a rule's sum: money from elsewhere, its exclusive group, its caps."""
        judge = self._judge(result)
        rule, elsewhere = judge.rule, deducted(judge.rule)
        unknown = [kind.label for kind in self._unknown_outside(judge)]
        if unknown:
            yield f"尚不知{'、'.join(unknown)}是多少，从严不计"
        received = self.facts.get(elsewhere.fact) if elsewhere else None
        if elsewhere and isinstance(received, int) and received > 0:
            yield f"同一事项已从别处得 {yuan(received)}，{_TAKES[elsewhere.takes]}"
        capped = any(rule.id in cap.rules for cap in self.prepared.rules.caps())
        if result.upto_fen > result.sure_fen and (replaced := self._replaced(result)):
            yield f"同组就高：如符合，以本条代替同组已可确定的 {yuan(replaced)}，最高可能只列多得的部分"
            waiting = [item for item in self.judged[result.at] if item.counts and not item.event]
            yield from (self._reason(judge, item) for item in waiting)
        elif rule.exclusive or capped or not elsewhere:
            yield f"与其他条款合并计算：{'同组就高或限额' if rule.exclusive else '限额'}后的金额"

    def _replaced(self, result: RuleResult) -> int:
        """What is sure of others of the rule's group and would fall away if this one turned out to be due."""
        return sum(self._sums[other][0] for other in self.prepared.rules.rivals.get(result.at, ()))

    def _unknown_outside(self, judge: Judge) -> Iterator[FactKind]:
        """The facts nobody gave that say what was received elsewhere, or on which a cap of the rule hangs."""
        rules, rule, elsewhere = self.prepared.rules, judge.rule, deducted(judge.rule)
        as_of: Any = self.facts["as_of"]
        named = [elsewhere.fact] if elsewhere and binding(elsewhere, rules, as_of) != "generous" else []
        for cap in rules.caps():
            if rule.id in cap.rules:
                named += [name for term in (cap.at_most, cap.received) if term is not None for name in reads_of(term)]
        for name in dict.fromkeys(named):
            if self.facts.get(name) is None and (kind := rules.words.fact(name)):
                yield kind

    def _judge(self, result: RuleResult) -> Judge:
        return self.prepared.judges[result.at]

    def _unasked(self, judge: Judge) -> list[str]:
        """Event kinds of the rule that nobody has asked the unit for."""
        asked, trigger = self.unit.asked, judge.rule.trigger
        return [] if asked is None or trigger is None else [kind for kind in trigger.events if kind not in asked]

    def _doubles(self, judge: Judge) -> list[Event]:
        return [event for event in self.unit.doubles if event.kind.id in judge.kinds]

    def _question(self, ambiguity: str | None, otherwise: str) -> str:
        found = self.prepared.rules.ambiguities.get(ambiguity or "")
        return found.question if found else otherwise

    def _event(self, judge: Judge, item: Item) -> EventResult:
        event = item.event
        assert event is not None
        upto = max(item.sure, item.upto)
        failed = judge.failed(item)
        return EventResult(
            event_id=event.id,
            kind=event.kind.id,
            kind_words=event.kind.label,
            grade=event.grade,
            date=event.day,
            verdict="yes" if item.sure else "unknown" if item.counts else "no",
            sure_fen=item.sure,
            upto_fen=upto,
            reason=self._reason(judge, item),
            conditions=tuple(self._event_conditions(judge, item)),
            needs=None if not item.counts or item.sure == upto else item.needs or "reading",
            refusal=failed.refusal if failed else None,
            article=judge.rule.article,
            span=judge.due(item.lookup).span,
        )

    def _event_conditions(self, judge: Judge, item: Item) -> Iterator[ConditionVerdict]:
        kind = item.event.kind.id if item.event else None
        for at, asked in judge.asked:
            if asked.condition.events is None or kind in asked.condition.events:
                yield asked.shown(item.verdicts[at], item.lookup, self.unit.sources)

    def _elsewhere(self, result: RuleResult) -> tuple[ReadingNote, ...]:
        """What would remain if money from another level were counted; where the text is silent it is not deducted."""
        elsewhere = self._judge(result).rule.elsewhere
        if elsewhere and elsewhere.takes != "shown":
            return self._deduction(elsewhere, result)
        received = self.facts.get(elsewhere.fact) if elsewhere else None
        if elsewhere is None or not result.upto_fen or not isinstance(received, int) or received <= 0:
            return ()
        question, upto = self._question(elsewhere.ambiguity, elsewhere.note), result.upto_fen
        return (ReadingNote(elsewhere.ambiguity, question, elsewhere.note, max(0, upto - received), upto),)

    def _deduction(self, elsewhere: Elsewhere, result: RuleResult) -> tuple[ReadingNote, ...]:
        """Both sums where it is open whether money from elsewhere is to be deducted."""
        rules, as_of = self.prepared.rules, self.facts["as_of"]
        assert isinstance(as_of, dt.date)
        if binding(elsewhere, rules, as_of) != "both" or result.sure_fen == result.upto_fen:
            return ()
        question = self._question(elsewhere.ambiguity, elsewhere.note)
        return (ReadingNote(elsewhere.ambiguity, question, elsewhere.note, result.sure_fen, result.upto_fen),)

    def _asked(self, judge: Judge, item: Item) -> Iterable[tuple[str, str]]:
        for waits, told in judge.waiting(item):
            if waits == "ask":
                yield from told.asks
        read = [] if judge.due(item.lookup).known else [*reads(judge.rule.amount)]
        if item.sure < item.upto or item.open:
            read += [name for part in item.hangs_on for name in facts_of(part.when)]
        words = self.prepared.rules.words
        unread = [name for name in dict.fromkeys(read) if item.lookup(name) is None]
        yield from ((name, kind.question) for name in unread if (kind := words.fact(name)))

    def _reason(self, judge: Judge, item: Item) -> str:
        """Why one award is not simply due; 符合 where it is."""
        failed = judge.failed(item)
        if failed:
            return failed.reason
        payable = judge.due(item.lookup)
        if payable.known and payable.decided and not item.counts and not item.touched:
            return self._zero(judge, item)  # whatever is still to be confirmed, nothing comes of it
        parts = [told.reason for _, told in judge.waiting(item)]
        if not payable.decided:
            parts.append("文本只定了限额，金额由主管部门核定")
        elif not payable.known and not parts:
            parts.append("计算金额所需的事实未知")
        parts += [f"尚不知是否属于“{each.note}”" for each in item.hangs_on if each.note]
        parts += [each.note or "按口径计算" for each in item.touched if each not in item.hangs_on]
        if not parts and not item.counts:
            parts.append(self._zero(judge, item))
        return "；".join(dict.fromkeys(parts)) or "符合"

    def _zero(self, judge: Judge, item: Item) -> str:
        """That a sum comes to nothing, and of what there is none."""
        words = self.prepared.rules.words
        values = [(words.fact(name), item.lookup(name)) for name in dict.fromkeys(reads(judge.rule.amount))]
        none = [kind.label for kind, value in values if kind and value == 0 and value is not False]
        if none:
            return f"按现有事实计算的金额为零：{'、'.join(none)}为 0"
        told = [f"{kind.label}为{named(kind, value)}" for kind, value in values if kind and value is not None]
        return "按现有事实计算的金额为零" + (f"：{'、'.join(told)}，不在给付的任何一档" if told else "")


_TAKES = {"difference": "只补差额", "highest": "就高不重复", "none": "不重复享受"}
"""What money from elsewhere does to a sum, in words."""


def _parts(fen: int, shares: Sequence[tuple[int, int]]) -> Iterator[int]:
    """A sum in shares; the fen that do not divide go to the later ones."""
    share, given = Fraction(0), 0
    for each in shares:
        share += Fraction(*each)
        part = int(fen * share) - given
        given += part
        yield part


def _months_after(day: dt.date, months: int) -> dt.date:
    """So many months later, the last day of the month where that has no such day."""
    year, month = divmod(day.month - 1 + months, 12)
    return day.replace(
        year=day.year + year, month=month + 1, day=min(day.day, monthrange(day.year + year, month + 1)[1])
    )


def _ids(events: Iterable[Event | None]) -> tuple[str, ...]:
    return tuple((event.id if event else None) or "" for event in events)


def _double(result: RuleResult, event: Event) -> EventResult:
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
        article=result.article,
    )
