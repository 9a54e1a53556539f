"""The population query as one SQL statement in wide form: one row a unit, a column for each rule's sum.

Rules on facts alone and rules on events without stages are columns of one pass; a rule whose events count by groups
(差额, 只计一次) has steps of its own and joins by unit. Then groups and caps, then the columns become rows. What is
not asked for is not computed: the strict sums need no verdicts, and rules by kind and grade become a table.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from luodi.entitlement.engines import events as ev
from luodi.entitlement.engines.dialect import Dialect
from luodi.entitlement.engines.names import event_names, event_ranges, fact_names, unit_ranges
from luodi.entitlement.engines.pairs import Paid, common, paid, still, written_pairs
from luodi.entitlement.query.node import (
    NO,
    YES,
    ZERO,
    Bound,
    Choice,
    Column,
    Comparison,
    Constant,
    Every,
    FirstKnown,
    Is,
    Negation,
    Node,
    OneOf,
    Some,
    columns_of,
)
from luodi.entitlement.query.ranges import BEYOND, Given, Range, Ranges, range_of
from luodi.entitlement.query.rule import Outcome, RuleQuery, StageQuery, outcome, rule_query
from luodi.entitlement.query.simplify import simplify, substituted
from luodi.entitlement.query.wide import Cell, by_year, outside, outside_facts, settling, total, waits
from luodi.entitlement.rule import RuleSet

Wanted = Literal["strict", "generous", "verdicts"]
FLAGS = ("ask", "authority", "open", "seen")
_NOTHING: dict[str, Node] = {"sure": ZERO, "upto": ZERO, "ask": NO, "authority": NO, "open": NO}
"""What stands for a part of an outcome that nobody asked for."""
_KIND = Column("event.kind")


@dataclass(frozen=True, slots=True)
class Part:
    """One rule as it is computed: its outcome over columns of the tables, its cells, its flags."""

    at: int
    query: RuleQuery
    outcome: Outcome
    cells: tuple[Cell, ...]


def statement(dialect: Dialect, rules: RuleSet, given: Given, as_of: dt.date, wanted: Wanted) -> str:
    """The whole query over tables ``given_units`` and ``given_events``.

    Its rows are ``unit_id, rule`` (position) and, for ``strict`` and ``generous``, ``fen`` above zero; for
    ``verdicts`` ``grp, verdict, sure_fen, upto_fen`` of every rule that looks at something of the unit.
    """
    return _Statement(dialect, rules, given, as_of, wanted).written()


class _Statement:
    def __init__(self, dialect: Dialect, rules: RuleSet, given: Given, as_of: dt.date, wanted: Wanted) -> None:
        self.dialect, self.rules, self.given, self.as_of, self.wanted = dialect, rules, given, as_of, wanted
        self.sides = ("sure",) if wanted == "strict" else ("sure", "upto")
        self.flags = FLAGS if wanted == "verdicts" else ()
        self.of_units, self.of_events = unit_ranges(rules, given), event_ranges(rules, given)
        self.event_names = event_names(rules, given)
        self.years_apart = by_year(rules)
        self.ranges: dict[str, Range] = {}
        self.sources: list[str] = []

    def written(self) -> str:
        """The statement."""
        parts = [self._part(at) for at, rule in enumerate(self.rules.rules) if not rule.case_by_case]
        steps = list(self._raw(parts))
        if not self.sources:
            return self._nothing()
        source, cells, carried = "raw", [cell for part in parts for cell in part.cells], self._flag_columns(parts)
        if bounds := self._outside(cells):
            steps.append(("outside", self._select((), bounds, self.of_units, "units", whole=True)))
            self.sources.append("outside")
            self.ranges |= {name: range_of(node, self.of_units) for name, node in bounds.items()}
            carried += bounds
        steps.append((source, self._joined([*(cell.column for cell in cells), *carried])))
        for side in self.sides:
            own = [cell for cell in cells if cell.side == side]
            for step in settling(self.rules, own, self.ranges):
                name = f"settled{len(steps)}"
                kept = [column for column in [cell.column for cell in cells] + carried if column not in step.columns]
                steps.append((name, self._select(kept, step.columns, self.ranges, source)))
                source = name
                self.ranges |= step.ranges
        steps.append(("totals", self._totals(parts, source)))
        text = ",\n".join(self.dialect.step(name, body) for name, body in steps)
        return f"WITH {text}\n{self._rows(parts)}"

    # the sums of each rule

    def _part(self, at: int) -> Part:
        query = rule_query(self.rules.rules[at], self.rules, self.as_of)
        on_events = query.kinds is not None
        names = self.event_names if on_events else fact_names(self.rules, self.given, self.as_of)
        ranges = self.of_events if on_events else self.of_units
        found = outcome(query)
        asked = {"sure"} if self.wanted == "strict" and not self.rules.rules[at].stages else set(_NOTHING)
        made = {
            part: self._made(getattr(found, part), names, ranges) if part in asked else nothing
            for part, nothing in _NOTHING.items()
        }
        years: tuple[int | None, ...] = (None,)
        if at in self.years_apart:
            years = self._years() if on_events else (self.as_of.year,)
        cells = tuple(Cell(at, year, side) for side in self.sides for year in years)
        return Part(at, query, Outcome(**made), cells)

    def _made(self, node: Node, names: Mapping[str, Node], ranges: Ranges) -> Node:
        return simplify(substituted(node, names), ranges)

    def _outside(self, cells: Sequence[Cell]) -> dict[str, Node]:
        """What binds sums from outside the rules, and where verdicts are asked for, whether it is unknown."""
        found = outside(self.rules, self.as_of, cells, self.ranges)
        if self.flags:
            found |= {f"waits{at}": node for at, node in waits(self.rules, self.as_of).items()}
        names = fact_names(self.rules, self.given, self.as_of)
        return {name: self._made(node, names, self.of_units) for name, node in found.items()}

    def _years(self) -> tuple[int | None, ...]:
        first, last = self.given.years or (self.as_of.year, self.as_of.year)
        return (*range(first, min(last, self.as_of.year) + 1), None)

    def _raw(self, parts: Sequence[Part]) -> Iterator[tuple[str, str]]:
        facts = [part for part in parts if part.query.kinds is None]
        events = [part for part in parts if part.query.kinds is not None]
        plain = [part for part in events if not self.rules.rules[part.at].stages]
        staged = [part for part in events if self.rules.rules[part.at].stages]
        tables = self._tables(events)
        needed = self._needed(events if tables is None else ())
        tabled = [] if tables is None else events
        yield "units", self._units(self._needed(facts) | needed | outside_facts(self.rules))
        if facts:
            yield "by_facts", self._by_facts(facts)
        if tables is not None and tabled:
            yield from self._by_tables(tabled, tables)
        elif events:
            resolved = ev.Resolved(self.rules, self.given, needed, self._day, self.dialect)
            yield from resolved.steps()
            if plain:
                yield "by_events", self._summed(plain, self._each_event(plain))
                self.sources.append("by_events")
            for part in staged:
                yield from self._by_stages(part, resolved)

    def _units(self, needed: set[str]) -> str:
        """The units that are no branches, with the facts that rules read."""
        cast, quoted = self.dialect.cast, self.dialect.quoted
        columns = [f"{cast(quoted(self.given.unit_column), self.dialect.text_type)} AS unit_id"]
        for name in sorted(needed & set(self.of_units)):
            kind = self.rules.words.fact(name)
            column = "kind" if name == "unit.kind" else name
            assert kind is not None
            columns.append(f"{cast(quoted(column), self.dialect.type_of(kind.type))} AS {quoted(name)}")
        heads = " WHERE legal_person IS NULL" if "legal_person" in self.given.units else ""
        return f"SELECT {', '.join(columns)} FROM given_units{heads}"

    def _needed(self, parts: Sequence[Part]) -> set[str]:
        nodes = [getattr(part.outcome, name) for part in parts for name in _NOTHING]
        for part in parts:
            for stage in part.query.stages:
                nodes += [substituted(node, self.event_names) for node in _stage_nodes(stage)]
        order = set(ev.PLACE) if any(part.query.stages for part in parts) else set()
        return order | {name for node in nodes for name in columns_of(node)}

    def _by_facts(self, parts: Sequence[Part]) -> str:
        columns: dict[str, Node] = {}
        for part in parts:
            columns |= {cell.column: getattr(part.outcome, cell.side) for cell in part.cells}
            columns |= self._flags(part, YES)
        self._keep_ranges(columns, self.of_units, 1)
        self.sources.append("by_facts")
        return self._select((), columns, self.of_units, "units", whole=True)

    def _flags(self, part: Part, seen: Node) -> dict[str, Node]:
        if not self.flags:
            return {}
        own = part.outcome
        found = Some((Comparison(">", own.sure, ZERO), Comparison(">", own.upto, ZERO), own.open))
        made: dict[str, Node] = {"ask": Every((seen, own.ask, found)), "authority": Every((seen, own.authority, found))}
        made |= {"open": Every((seen, own.open)), "seen": seen}
        return {f"{name}{part.at}": simplify(node, self.of_events) for name, node in made.items()}

    def _keep_ranges(self, columns: Mapping[str, Node], ranges: Ranges, rows: int) -> None:
        """A sum over at most ``rows`` events lies within as many times the largest."""
        for name, node in columns.items():
            found = range_of(node, ranges)
            self.ranges[name] = Range(0, min(BEYOND, max(0, found.high) * max(rows, 1)), False)

    # rules on events

    @property
    def _day(self) -> str:
        """The day of an event, as SQL over the table as given."""
        return self.dialect.printed(simplify(self.event_names["day"], self.of_events), self.of_events)

    def _tables(self, parts: Sequence[Part]) -> list[Paid] | None:
        """Every rule on events as a table over kinds and grades, where the strict sums alone are asked for."""
        if self.wanted != "strict" or "grade" not in self.given.events or ev.doubles_possible(self.given):
            return None
        pairs = written_pairs(self.rules)
        found = []
        for part in parts:
            each = paid(self.rules.rules[part.at], part.outcome.sure, self.event_names, pairs, self.of_events)
            if each is None or part.at in self.years_apart or not columns_of(each.when) <= _plain(self.of_events):
                return None
            found.append(each)
        return found

    def _by_tables(self, parts: Sequence[Part], tables: Sequence[Paid]) -> Iterator[tuple[str, str]]:
        shared = common(tables)
        columns = {
            name: sums for part, each in zip(parts, tables, strict=True) for name, sums in each.columns(part.at).items()
        }
        needed = {name for each in tables for name in columns_of(each.when)}
        days = {pair: made.days for pair, made in written_pairs(self.rules).items()}
        where = f" WHERE {self.dialect.printed(Every(shared), self.of_events)}" if shared else ""
        yield from ev.paired(self.rules, self.given, needed, columns, days, where, self._day, self.dialect)
        listed = ["unit_id"]
        for part, each in zip(parts, tables, strict=True):
            (cell,) = part.cells
            largest, sums = 0, []
            for name, own in each.columns(part.at).items():
                printed = self.dialect.printed(still(each, part.at, name, shared), self.of_events)
                most = max(own.values(), default=0)
                times = 1 if each.once is not None else max(1, self.given.rows)
                largest += most * times
                narrow = Range(0, most * times).narrow
                sums.append(f"max({printed})" if each.once is not None else self.dialect.summed(printed, narrow=narrow))
            listed.append(f"{' + '.join(sums) or '0'} AS {self.dialect.quoted(cell.column)}")
            self.ranges[cell.column] = Range(0, largest, False)
        yield "by_events", f"SELECT {', '.join(listed)} FROM events GROUP BY unit_id"
        self.sources.append("by_events")

    def _each_event(self, parts: Sequence[Part]) -> str:
        """What each event adds to the cells and flags of the rules that look at it."""
        columns: dict[str, Node] = {}
        for part in parts:
            looked_at = OneOf(_KIND, part.query.kinds or ())
            for cell in part.cells:
                node = Choice(
                    ((looked_at, _in_year(cell, getattr(part.outcome, cell.side), part.at in self.years_apart)),), ZERO
                )
                columns[cell.column] = simplify(node, self.of_events)
            columns |= self._flags(part, looked_at)
        self._keep_ranges(columns, self.of_events, self.given.rows)
        return self._select((), columns, self.of_events, self._with_units(columns.values()), whole=True)

    def _with_units(self, nodes: Iterable[Node]) -> str:
        """The events with the facts of their units, where a rule reads one; called ``x``."""
        own = sorted({name for node in nodes for name in columns_of(node)} & set(self.of_units))
        if not own:
            return "events x"
        listed = ", ".join(f"u.{self.dialect.quoted(name)}" for name in own)
        return f"(SELECT e.*, {listed} FROM events e JOIN units u ON u.unit_id = e.unit_id) x"

    def _summed(self, parts: Sequence[Part], source: str) -> str:
        listed = ["unit_id"]
        for part in parts:
            for cell in part.cells:
                quoted = self.dialect.quoted(cell.column)
                listed.append(f"{self.dialect.summed(quoted, narrow=self.ranges[cell.column].narrow)} AS {quoted}")
            listed += [f"bool_or({flag}{part.at}) AS {flag}{part.at}" for flag in self.flags]
        return f"SELECT {', '.join(listed)} FROM ({source}) y GROUP BY unit_id"

    def _by_stages(self, part: Part, resolved: ev.Resolved) -> Iterator[tuple[str, str]]:
        """A rule of its own steps: each event's sums, its stages, its cells by unit."""
        own, name = part.outcome, f"rule{part.at}"
        stages = [self._made_stage(stage) for stage in part.query.stages]
        columns = {f"{side}_0": getattr(own, side) for side in ("sure", "upto")}
        columns |= {flag: getattr(own, flag) for flag in ("ask", "authority", "open")}
        read = [*columns.values(), *(node for stage in stages for node in _stage_nodes(stage))]
        looked_at = self.dialect.printed(OneOf(_KIND, part.query.kinds or ()), self.of_events)
        printed = ", ".join(f"{self._whole(node, self.of_events)} AS {name}" for name, node in columns.items())
        yield name, f"SELECT x.*, {printed} FROM {self._with_units(read)} WHERE {looked_at}"
        for number, stage in enumerate(stages):
            yield (
                f"{name}_{number}",
                self._staged(number, stage, f"{name}{f'_{number - 1}' if number else ''}", resolved),
            )
        yield f"{name}_sums", self._stage_sums(part, f"{name}_{len(stages) - 1}", len(stages))
        self.sources.append(f"{name}_sums")

    def _made_stage(self, stage: StageQuery) -> StageQuery:
        made = [self._made(node, self.event_names, self.of_events) for node in _stage_nodes(stage)]
        within, spares, cuts, *keys = made
        return StageQuery(tuple(keys), within, spares, cuts, stage.most)

    def _staged(self, number: int, stage: StageQuery, source: str, resolved: ev.Resolved) -> str:
        """Each event of a group less the largest before it, or what is left for it, in the order of :meth:`Item.place`."""
        within, spares, cuts, *keys = (self.dialect.printed(node, self.of_events) for node in _stage_nodes(stage))
        order = ["day NULLS LAST", f"upto_{number}", f"sure_{number}", *resolved.ordered(ev.PLACE)]
        over = f"PARTITION BY {', '.join(['unit_id', within, *keys])} ORDER BY {', '.join(order)}"
        before = f"OVER ({over} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)"
        less = {
            side: f"greatest({side}_{number} - coalesce(max({side}_{number}) {before}, 0), 0)"
            if stage.most is None
            else f"least({side}_{number}, greatest({stage.most} - coalesce(sum({side}_{number}) {before}, 0), 0))"
            for side in ("sure", "upto")
        }
        return f"""SELECT s.*,
  CASE WHEN {within} AND NOT {spares} THEN {less["sure"]} ELSE sure_{number} END AS sure_{number + 1},
  CASE WHEN {within} AND {cuts} THEN {less["upto"]} ELSE upto_{number} END AS upto_{number + 1}
FROM {source} s"""

    def _stage_sums(self, part: Part, source: str, stages: int) -> str:
        listed = ["unit_id"]
        for cell in part.cells:
            most = range_of(getattr(part.outcome, cell.side), self.of_events)
            self.ranges[cell.column] = Range(0, max(0, most.high) * max(1, self.given.rows), False)
            in_year = _in_year(cell, Column(f"{cell.side}_{stages}"), part.at in self.years_apart)
            printed = self.dialect.printed(
                in_year, {**self.of_events, f"{cell.side}_{stages}": Range(0, most.high, False)}
            )
            summed = self.dialect.summed(printed, narrow=self.ranges[cell.column].narrow)
            listed.append(f"{summed} AS {self.dialect.quoted(cell.column)}")
        if self.flags:
            found = f"(sure_{stages} > 0 OR upto_{stages} > 0 OR open)"
            made = {"ask": f"ask AND {found}", "authority": f"authority AND {found}", "open": "open", "seen": "TRUE"}
            listed += [f"bool_or({made[flag]}) AS {flag}{part.at}" for flag in self.flags]
        return f"SELECT {', '.join(listed)} FROM {source} GROUP BY unit_id"

    # from raw sums to rows

    def _joined(self, columns: Sequence[str]) -> str:
        """All rules of a unit side by side; what a unit has nothing of is zero, and no flag is up."""
        if len(self.sources) == 1:
            return f"SELECT * FROM {self.sources[0]}"
        flags = {f"{flag}{at}" for flag in (*self.flags, "waits") for at in range(len(self.rules.rules))}
        listed = ["u.unit_id"]
        for name in columns:
            quoted = self.dialect.quoted(name)
            listed.append(f"coalesce({quoted}, {'FALSE' if name in flags else '0'}) AS {quoted}")
        joins = "".join(f"\nLEFT JOIN {name} ON {name}.unit_id = u.unit_id" for name in self.sources)
        return f"SELECT {', '.join(listed)} FROM units u{joins}"

    def _totals(self, parts: Sequence[Part], source: str) -> str:
        """Each rule's sums over its years."""
        columns: dict[str, Node] = {}
        for part in parts:
            sums: dict[str, Node] = {
                side: total(cell for cell in part.cells if cell.side == side) for side in self.sides
            }
            if "upto" in sums:
                sums["upto"] = Bound("greatest", sums["sure"], sums["upto"])
            columns |= {f"total_{side}{part.at}": node for side, node in sums.items()}
        flags = self._flag_columns(parts)
        waiting = waits(self.rules, self.as_of) if self.flags else {}
        for at in (part.at for part in parts if part.at in waiting):
            flags.remove(f"ask{at}")
            columns[f"ask{at}"] = Some((Column(f"ask{at}"), Column(f"waits{at}")))
        return self._select(flags, columns, self.ranges, source, whole=True, fits=True)

    def _rows(self, parts: Sequence[Part]) -> str:
        lists = {"rule": [str(part.at) for part in parts]}
        lists |= {f"{side}_fen": [f"total_{side}{part.at}" for part in parts] for side in self.sides}
        lists |= {flag: [f"{flag}{part.at}" for part in parts] for flag in self.flags}
        turned = f"({self.dialect.turned('totals', lists)}) t"
        if self.wanted != "verdicts":
            fen = f"{self.sides[-1]}_fen"
            return f"SELECT unit_id, rule, {fen} AS fen FROM {turned} WHERE {fen} > 0"
        return f"""SELECT unit_id, rule,
  CASE WHEN sure_fen > 0 THEN 'sure'
       WHEN upto_fen > 0 OR open THEN CASE WHEN authority AND NOT ask THEN 'authority' ELSE 'possible' END
       ELSE 'not' END AS grp,
  CASE WHEN sure_fen > 0 THEN 'yes' WHEN upto_fen > 0 OR open THEN 'unknown' ELSE 'no' END AS verdict,
  sure_fen, upto_fen
FROM {turned} WHERE seen"""

    def _nothing(self) -> str:
        fen = ["fen"] if self.wanted != "verdicts" else ["sure_fen", "upto_fen"]
        words = ["unit_id", *(() if self.wanted != "verdicts" else ("grp", "verdict"))]
        columns = [(name, self.dialect.text_type) for name in words]
        columns += [(name, self.dialect.whole) for name in ("rule", *fen)]
        return self.dialect.values([], columns)

    def _flag_columns(self, parts: Sequence[Part]) -> list[str]:
        return [f"{flag}{part.at}" for part in parts for flag in self.flags]

    def _select(
        self,
        kept: Sequence[str],
        columns: Mapping[str, Node],
        ranges: Ranges,
        source: str,
        *,
        whole: bool = False,
        fits: bool = False,
    ) -> str:
        """Columns kept and columns computed; ``whole``: numbers as 64 bits where they fit, ``fits``: or else refused."""
        listed = ["unit_id", *map(self.dialect.quoted, kept)]
        for name, node in columns.items():
            printed = self._whole(node, ranges, fits=fits) if whole else self.dialect.printed(node, ranges)
            listed.append(f"{printed} AS {self.dialect.quoted(name)}")
        return f"SELECT {', '.join(listed)} FROM {source}"

    def _whole(self, node: Node, ranges: Ranges, *, fits: bool = False) -> str:
        printed, found = self.dialect.printed(node, ranges), range_of(node, ranges)
        return (
            printed if _is_truth(node) or not (found.narrow or fits) else self.dialect.cast(printed, self.dialect.whole)
        )


def _in_year(cell: Cell, node: Node, apart: bool) -> Node:
    if not apart:
        return node
    year = Column("year")
    test = Is(year, None) if cell.year is None else Comparison("=", year, Constant(cell.year))
    return Choice(((test, node),), ZERO)


def _is_truth(node: Node) -> bool:
    """Whether a node is a verdict rather than a number."""
    match node:
        case Constant(value):
            return isinstance(value, bool)
        case Choice(cases, otherwise):
            return _is_truth(otherwise) or any(_is_truth(value) for _, value in cases)
        case FirstKnown(parts):
            return any(map(_is_truth, parts))
    return isinstance(node, Every | Some | Is | OneOf | Comparison | Negation)


def _stage_nodes(stage: StageQuery) -> tuple[Node, ...]:
    return (stage.within, stage.spares_sure, stage.cuts_upto, *stage.keys)


def _plain(ranges: Ranges) -> set[str]:
    """Columns that stand in the event table itself."""
    return {name for name in ranges if name.startswith("event.")} - {"event.kind", "event.grade", "event.action"}
