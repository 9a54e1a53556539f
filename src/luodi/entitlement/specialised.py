"""A rule set as one plain Python function: every verdict and both sums of one unit, without a call for each test.

The text is made when the rules are first used and kept (:attr:`Specialised.text`); people may read it. Rules on events
and rules with readings are left to their :class:`~luodi.entitlement.assess.Judge`, which is the meaning of all of
them. Where every rule reads the unit alone, exclusive groups and caps are spelled out too: with one day and one cell a
rule they are comparisons of local names. Otherwise :class:`~luodi.entitlement.stacking.Settlement` does it.
"""

from __future__ import annotations

import datetime as dt
import linecache
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from luodi.entitlement.asking import Asking
from luodi.entitlement.assess import Judge
from luodi.entitlement.condition import Lookup
from luodi.entitlement.result import ConditionVerdict
from luodi.entitlement.rule import UNIT_KINDS, Cap, Condition, Rule, RuleSet
from luodi.entitlement.spelling import Lines, Spelling, indented
from luodi.entitlement.stacking import Cell, Settlement, Sums, cells_of, deducted, room_of
from luodi.entitlement.unit import Source, Unit
from luodi.entitlement.vocabulary import Value

Verdicts = tuple[bool | None, ...]
Judged = Callable[[Unit, Mapping[str, Value | None], dt.date], tuple[list[Sums], Verdicts]]
Shown = Callable[[Lookup, Mapping[str, Source], Verdicts], Sequence[tuple[ConditionVerdict, ...] | None]]
_NOT_GIVEN = Source(None, None)


class Specialised:
    """``judge`` gives the sums of all rules and the verdicts of those spelled out; ``shown`` says these verdicts.

    ``shown`` takes the facts, their sources and the verdicts; a rule that is not spelled out has null there.
    """

    def __init__(self, rules: RuleSet, judges: Sequence[Judge], settlement: Settlement) -> None:
        spelled = [_Spelled(at, judge) if _reads_the_unit(judge.rule) else None for at, judge in enumerate(judges)]
        judge, shown = _JudgeText(rules, judges, spelled, settlement), _ShownText(rules, spelled)
        self.text = "\n".join([*judge.lines(), "", "", *shown.lines(), ""])
        space = judge.names | shown.names
        where = f"<{rules.pack_id} {rules.version} {id(rules):x}>"
        linecache.cache[where] = (len(self.text), None, self.text.splitlines(keepends=True), where)
        exec(compile(self.text, where, "exec"), space)  # made from checked rules; what they write stands in literals
        self.judge: Judged = space["judge"]
        self.shown: Shown = space["shown"]


def _reads_the_unit(rule: Rule) -> bool:
    return rule.trigger is None and not rule.readings and not rule.case_by_case


class _Spelled:
    """A rule that is spelled out, and the local names of its verdicts and sums."""

    def __init__(self, at: int, judge: Judge) -> None:
        self.at, self.rule, self.judge = at, judge.rule, judge
        self.verdicts = [f"v{at}_{place}" for place in range(len(judge.checks))]
        self.sure, self.upto = f"sure{at}", f"upto{at}"


class _JudgeText:
    """The text of ``judge`` and the values it names."""

    def __init__(
        self, rules: RuleSet, judges: Sequence[Judge], spelled: Sequence[_Spelled | None], settlement: Settlement
    ) -> None:
        self._rules, self._judges, self._spelled, self._settlement = rules, judges, spelled, settlement
        self._say = Spelling(rules.words)
        outside = [at for at, each in enumerate(spelled) if each is None and not rules.rules[at].case_by_case]
        self._wide = not outside and not any(deducted(rule) for rule in rules.rules)

    @property
    def names(self) -> dict[str, Any]:
        """What the text names, by name."""
        return self._say.values

    def lines(self) -> Lines:
        """The function; after the rules, how they meet."""
        rules = [line for at, each in enumerate(self._spelled) for line in self._rule(at, each)]
        end = self._meet() if self._wide else ["sums = settle(cells, facts)"]
        if not self._wide:
            self.names.update({"settle": self._settlement.settled, "Cell": Cell, "cells_of": cells_of})
        facts = [f"{local} = get({name!r})" for name, local in self._say.facts.items()]
        verdicts = "".join(f"{name}, " for each in self._spelled if each for name in each.verdicts)
        begin = ["get, day = facts.get, as_of", *facts, *([] if self._wide else ["cells = []"])]
        body = [*begin, *rules, *end, f"return sums, ({verdicts})"]
        return ["def judge(unit, facts, as_of):", *indented(body)]

    def _rule(self, at: int, spelled: _Spelled | None) -> Iterator[str]:
        rule = self._rules.rules[at]
        yield " ".join(f"# {rule.id} {rule.title}".split())
        if spelled is not None:
            yield from self._sums(spelled)
            if not self._wide:
                yield f"if {spelled.sure} or {spelled.upto}:"
                yield f"    cells.append(Cell({at}, day.year, {spelled.sure}, {spelled.upto}))"
        elif not rule.case_by_case:
            self.names[f"items{at}"] = self._judges[at].items
            yield f"cells += cells_of({at}, items{at}(unit, facts, as_of))"

    def _sums(self, spelled: _Spelled) -> Iterator[str]:
        """The verdicts; nothing where one refuses, nothing sure where one waits or the sum hangs on what is missing."""
        tests = [self._recipient(spelled.rule), *map(self._condition, spelled.rule.conditions)]
        yield from (f"{name} = {test}" for name, test in zip(spelled.verdicts, filter(None, tests), strict=True))
        yield f"{spelled.sure} = {spelled.upto} = 0"
        refused = " and ".join(f"{name} is not False" for name in spelled.verdicts)
        yield f"if {refused or True}:"
        yield from indented(self._say.amount(spelled.rule.amount, "low", "high"))
        yield f"    {spelled.upto} = high or 0"
        yield f"    if {' and '.join([*spelled.verdicts, 'low is not None'])}:"
        yield f"        {spelled.sure} = low"

    def _recipient(self, rule: Rule) -> str | None:
        if set(rule.kinds) == set(UNIT_KINDS):
            return None
        kind = self._say.fact("unit.kind")
        return f"None if {kind} is None else {rule.otherwise is not None or f'{kind} in {tuple(rule.kinds)!r}'}"

    def _condition(self, condition: Condition) -> str:
        """What is assumed holds until somebody says otherwise; what goes to the authority is never refused here."""
        if condition.events is not None:
            return "True"
        test = self._say.test(condition.test) if condition.test else "None"
        if condition.assume:
            return f"{test} is not False" + (" or None" if condition.fails == "authority" else "")
        return f"{test} or None" if condition.fails == "authority" else test

    def _meet(self) -> Lines:
        """Exclusive groups, then caps, over the local names."""
        sums = [self._both(each) if each else "(0, 0)" for each in self._spelled]
        groups: dict[str, list[_Spelled]] = {}
        for each in filter(None, self._spelled):
            if each.rule.exclusive:
                groups.setdefault(each.rule.exclusive, []).append(each)
        lines = [line for members in groups.values() if len(members) > 1 for line in _highest(members)]
        for at, cap in enumerate(self._rules.caps()):
            lines += self._capped(f"room{at}", cap)
        return [*lines, f"sums = [{', '.join(sums)}]"]

    def _both(self, spelled: _Spelled) -> str:
        """Both sums of a rule: the possible one is its own sure one and what it may add to those of its rivals."""
        rivals = [each.sure for at in self._rules.rivals.get(spelled.at, ()) if (each := self._spelled[at])]
        return f"({spelled.sure}, max({spelled.sure}, {' - '.join([spelled.upto, *rivals])}))"

    def _capped(self, room: str, cap: Cap) -> Iterator[str]:
        members = [each for each in self._spelled if each and each.rule.id in cap.rules]
        if not members:
            return
        sure, upto = [each.sure for each in members], [each.upto for each in members]
        if cap.fixed and cap.fen is not None:
            yield from [*_cut(sure, str(cap.fen)), *_cut(upto, str(cap.fen))]
            return
        self.names[room] = room_of(cap)
        yield f"most, open_most = {room}(get)"
        yield from [*_cut(sure, "most"), "if open_most is not None:", *indented(_cut(upto, "open_most"))]


def _highest(members: Sequence[_Spelled]) -> Iterator[str]:
    """Of a group only the largest remains, of equals the first; the sums of either reading for themselves."""
    for names in ([each.sure for each in members], [each.upto for each in members]):
        yield f"best = max({', '.join(names)})"
        for at, name in enumerate(names):
            others = " = ".join(each for each in names if each != name)
            yield f"{'elif' if at else 'if'} {name} == best:"
            yield f"    {others} = 0"


def _cut(names: Sequence[str], most: str) -> Iterator[str]:
    """The running total stops at a bound."""
    yield f"if {' + '.join(names)} > {most}:"
    yield f"    left = {most}"
    for name in names:
        yield f"    {name} = min({name}, left)"
        yield f"    left -= {name}"


class _ShownText:
    """The text of ``shown`` and the values it names: what varies with the unit is looked up once for each fact."""

    def __init__(self, rules: RuleSet, spelled: Sequence[_Spelled | None]) -> None:
        self._spelled = spelled
        self._say = Spelling(rules.words)
        self._sources: dict[str, str] = {}
        self._before: Lines = []
        self.names: dict[str, Any] = self._say.values | {"new": tuple.__new__, "ConditionVerdict": ConditionVerdict}
        self.names["not_given"] = _NOT_GIVEN

    def lines(self) -> Lines:
        """The function: one tuple of verdicts for each rule."""
        made = [self._rule(each) if each else ["None,"] for each in self._spelled]
        verdicts = "".join(f"{name}, " for each in self._spelled if each for name in each.verdicts)
        unpacked = [f"({verdicts}) = verdicts"] if verdicts else []
        body = [*unpacked, *self._before, "return (", *indented(chain.from_iterable(made)), ")"]
        return ["def shown(get, sources, verdicts):", *indented(body)]

    def _rule(self, spelled: _Spelled) -> Lines:
        each = [self._verdict(asked, spelled.verdicts[at]) for at, asked in spelled.judge.asked]
        return ["(", *indented(each), "),"]

    def _verdict(self, asked: Asking, name: str) -> str:
        stated, (source, as_of) = asked.condition, self._source(asked)
        verdict = f"'yes' if {name} else 'unknown' if {name} is None else 'no'"
        unit = asked.single.unit if asked.single else None
        source = f"{source} or {stated.source!r}" if stated.source else source
        threshold = self._named(asked.threshold)
        fields = (
            f"{stated.id!r}, {stated.text!r}, {verdict}, {self._value(asked)}, {threshold}, {unit!r}, {source}, {as_of}"
        )
        return f"new(ConditionVerdict, ({fields}, {stated.article!r}, {stated.span!r}, {stated.implied}, {stated.mode!r})),"

    def _named(self, value: Any) -> str:
        if value is None or isinstance(value, bool | int | str):
            return repr(value)
        name = f"threshold{len(self.names)}"
        self.names[name] = value
        return name

    def _value(self, asked: Asking) -> str:
        values = {label: self._fact(name, shower) for name, label, shower in asked.labelled}
        if asked.single:
            return next(iter(values.values()))
        return f"{{{', '.join(f'{label!r}: {name}' for label, name in values.items())}}}" if values else "None"

    def _fact(self, name: str, shower: Callable[[Any], Any]) -> str:
        """The local name of a fact's value as people read it."""
        if name not in self._say.facts:
            local = self._say.fact(name)
            self.names[f"show_{local}"] = shower
            self._before.append(f"{local} = show_{local}(get({name!r}))")
        return self._say.fact(name)

    def _source(self, asked: Asking) -> tuple[str, str]:
        """The local names of source and day, of one fact or of several together."""
        key = " ".join(asked.names) + (" assumed" if asked.condition.assume else "")
        if key not in self._sources:
            place = f"{len(self._sources)}"
            self._sources[key] = place
            self.names[f"source{place}"] = asked.source
            looked = f"source{place}(get, sources)"
            if not asked.condition.assume:
                single = f"sources.get({asked.names[0]!r}, not_given)" if len(asked.names) == 1 else looked
                looked = f"{single} if sources else not_given"
            self._before.append(f"from{place}, since{place} = {looked}")
        return f"from{self._sources[key]}", f"since{self._sources[key]}"
