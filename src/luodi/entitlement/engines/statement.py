"""The population query as one SQL statement in wide form: one row a unit, a column for each rule's sum.

Rules on facts alone and rules on events without stages are columns of one pass; a rule whose events count by groups
(差额, 只计一次) has steps of its own and joins by unit. Then groups and caps, then the columns become rows. What is
not asked for is not computed: the strict sums need no verdicts, and rules by kind and grade become a table.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import count

from luodi.entitlement.engines.dialect import Dialect
from luodi.entitlement.engines.draft import Draft, Part, Wanted
from luodi.entitlement.engines.event_sums import columns_needed, event_steps, tables
from luodi.entitlement.engines.names import fact_names
from luodi.entitlement.query.node import YES, Arithmetic, Bound, Column, Node, Some
from luodi.entitlement.query.ranges import Given, range_of
from luodi.entitlement.query.wide import Cell, outside, outside_facts, settling, total, waits
from luodi.entitlement.rule import RuleSet


def statement(dialect: Dialect, rules: RuleSet, given: Given, as_of: dt.date, wanted: Wanted) -> str:
    """The whole query over tables ``given_units`` and ``given_events``.

    Its rows are ``unit_id, rule`` (position) and, for ``strict`` and ``generous``, ``fen`` above zero; for
    ``verdicts`` ``grp, verdict, sure_fen, upto_fen`` of every rule that looks at something of the unit.
    """
    draft = Draft(dialect, rules, given, as_of, wanted)
    parts = [draft.part(at) for at, rule in enumerate(draft.rules.rules) if not rule.case_by_case]
    steps = list(_raw(draft, parts))
    if not draft.sources:
        return _nothing(draft)
    cells, carried = [cell for part in parts for cell in part.cells], draft.flag_columns(parts)
    if bounds := _outside(draft, cells):
        steps.append(("outside", draft.select((), bounds, draft.of_units, "units", whole=True)))
        draft.sources.append("outside")
        draft.ranges |= {name: range_of(node, draft.of_units) for name, node in bounds.items()}
        carried += bounds
    steps.append(("raw", _joined(draft, [*(cell.column for cell in cells), *carried])))
    steps += _settled(draft, cells, carried)
    steps.append(("totals", _totals(draft, parts, steps[-1][0])))
    text = ",\n".join(draft.dialect.step(name, body) for name, body in steps)
    return f"WITH {text}\n{_rows(draft, parts)}"


def _settled(draft: Draft, cells: Sequence[Cell], carried: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The steps from raw sums to those that exclusive groups and caps leave."""
    number, source, columns = count(1), "raw", [*(cell.column for cell in cells), *carried]
    for side in draft.sides:
        own = [cell for cell in cells if cell.side == side]
        for step in settling(draft.rules, own, draft.ranges):
            name = f"settled{next(number)}"
            kept = [column for column in columns if column not in step.columns]
            yield name, draft.select(kept, step.columns, draft.ranges, source)
            source = name
            draft.ranges |= step.ranges


def _raw(draft: Draft, parts: Sequence[Part]) -> Iterator[tuple[str, str]]:
    """The steps that lead to each rule's sums by unit."""
    facts = [part for part in parts if part.query.kinds is None]
    events = [part for part in parts if part.query.kinds is not None]
    tabled = tables(draft, events)
    needed = columns_needed(draft, events) if tabled is None else set()
    yield "units", _units(draft, columns_needed(draft, facts) | needed | outside_facts(draft.rules))
    if facts:
        yield "by_facts", _by_facts(draft, facts)
    if events:
        yield from event_steps(draft, events, tabled, needed)


def _outside(draft: Draft, cells: Sequence[Cell]) -> dict[str, Node]:
    """What binds sums from outside the rules, and where verdicts are asked for, whether it is unknown."""
    found = outside(draft.rules, draft.as_of, cells, draft.ranges)
    if draft.flags:
        found |= {f"waits{at}": node for at, node in waits(draft.rules, draft.as_of).items()}
    names = fact_names(draft.rules, draft.given, draft.as_of)
    return {name: draft.made(node, names, draft.of_units) for name, node in found.items()}


def _units(draft: Draft, needed: set[str]) -> str:
    """The units that are no branches, with the facts that rules read."""
    cast, quoted = draft.dialect.cast, draft.dialect.quoted
    columns = [f"{cast(quoted(draft.given.unit_column), draft.dialect.text_type)} AS unit_id"]
    for name in sorted(needed & set(draft.of_units)):
        kind = draft.rules.words.fact(name)
        column = "kind" if name == "unit.kind" else name
        assert kind is not None
        columns.append(f"{cast(quoted(column), draft.dialect.type_of(kind.type))} AS {quoted(name)}")
    heads = " WHERE legal_person IS NULL" if "legal_person" in draft.given.units else ""
    return f"SELECT {', '.join(columns)} FROM given_units{heads}"


def _by_facts(draft: Draft, parts: Sequence[Part]) -> str:
    columns: dict[str, Node] = {}
    for part in parts:
        columns |= {cell.column: getattr(part.outcome, cell.side) for cell in part.cells}
        columns |= draft.flags_of(part, YES)
    draft.keep_ranges(columns, draft.of_units, 1)
    draft.sources.append("by_facts")
    return draft.select((), columns, draft.of_units, "units", whole=True)


def _joined(draft: Draft, columns: Sequence[str]) -> str:
    """All rules of a unit side by side; what a unit has nothing of is zero, and no flag is up."""
    if len(draft.sources) == 1:
        return f"SELECT * FROM {draft.sources[0]}"
    flags = {f"{flag}{at}" for flag in (*draft.flags, "waits") for at in range(len(draft.rules.rules))}
    listed = ["u.unit_id"]
    for name in columns:
        quoted = draft.dialect.quoted(name)
        listed.append(f"coalesce({quoted}, {'FALSE' if name in flags else '0'}) AS {quoted}")
    joins = "".join(f"\nLEFT JOIN {name} ON {name}.unit_id = u.unit_id" for name in draft.sources)
    return f"SELECT {', '.join(listed)} FROM units u{joins}"


def _totals(draft: Draft, parts: Sequence[Part], source: str) -> str:
    """Each rule's sums over its years."""
    columns: dict[str, Node] = {}
    for part in parts:
        sums: dict[str, Node] = {side: total(cell for cell in part.cells if cell.side == side) for side in draft.sides}
        if "upto" in sums:
            others = [cell for each in parts if each.at in draft.rules.rivals.get(part.at, ()) for cell in each.cells]
            gone = [cell for cell in others if cell.side == "sure"]
            upto = Arithmetic("-", sums["upto"], total(gone)) if gone else sums["upto"]
            sums["upto"] = Bound("greatest", sums["sure"], upto)
        columns |= {f"total_{side}{part.at}": node for side, node in sums.items()}
    flags = draft.flag_columns(parts)
    waiting = waits(draft.rules, draft.as_of) if draft.flags else {}
    for at in (part.at for part in parts if part.at in waiting):
        flags.remove(f"ask{at}")
        columns[f"ask{at}"] = Some((Column(f"ask{at}"), Column(f"waits{at}")))
    return draft.select(flags, columns, draft.ranges, source, whole=True, fits=True)


def _rows(draft: Draft, parts: Sequence[Part]) -> str:
    lists = {"rule": [str(part.at) for part in parts]}
    lists |= {f"{side}_fen": [f"total_{side}{part.at}" for part in parts] for side in draft.sides}
    lists |= {flag: [f"{flag}{part.at}" for part in parts] for flag in draft.flags}
    turned = f"({draft.dialect.turned('totals', lists)}) t"
    if draft.wanted != "verdicts":
        fen = f"{draft.sides[-1]}_fen"
        return f"SELECT unit_id, rule, {fen} AS fen FROM {turned} WHERE {fen} > 0"
    return f"""SELECT unit_id, rule,
  CASE WHEN sure_fen > 0 THEN 'sure'
       WHEN upto_fen > 0 OR open THEN CASE WHEN authority AND NOT ask THEN 'authority' ELSE 'possible' END
       ELSE 'not' END AS grp,
  CASE WHEN sure_fen > 0 THEN 'yes' WHEN upto_fen > 0 OR open THEN 'unknown' ELSE 'no' END AS verdict,
  sure_fen, upto_fen
FROM {turned} WHERE seen"""


def _nothing(draft: Draft) -> str:
    fen = ["fen"] if draft.wanted != "verdicts" else ["sure_fen", "upto_fen"]
    words = ["unit_id", *(() if draft.wanted != "verdicts" else ("grp", "verdict"))]
    columns = [(name, draft.dialect.text_type) for name in words]
    columns += [(name, draft.dialect.whole) for name in ("rule", *fen)]
    return draft.dialect.values([], columns)
