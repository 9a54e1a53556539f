"""The sums of rules on events, by unit: each event for itself, by kind and grade from a table, or through stages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from luodi.entitlement.engines import events as ev
from luodi.entitlement.engines.draft import NOTHING, Draft, Part, in_year, stage_nodes
from luodi.entitlement.engines.pairs import Paid, common, paid, still, written_pairs
from luodi.entitlement.query.node import KIND, ZERO, Choice, Column, Every, Node, OneOf, columns_of
from luodi.entitlement.query.ranges import Range, Ranges, range_of
from luodi.entitlement.query.rule import StageQuery
from luodi.entitlement.query.simplify import simplify, substituted


def tables(draft: Draft, parts: Sequence[Part]) -> list[Paid] | None:
    """Every rule on events as a table over kinds and grades, where the strict sums alone are asked for."""
    if draft.wanted != "strict" or "grade" not in draft.given.events or ev.doubles_possible(draft.given):
        return None
    pairs = written_pairs(draft.rules)
    found = []
    for part in parts:
        each = paid(draft.rules.rules[part.at], part.outcome.sure, draft.event_names, pairs, draft.of_events)
        if each is None or part.at in draft.years_apart or not columns_of(each.when) <= _plain(draft.of_events):
            return None
        found.append(each)
    return found


def event_steps(
    draft: Draft, parts: Sequence[Part], tabled: Sequence[Paid] | None, needed: set[str]
) -> Iterator[tuple[str, str]]:
    """The steps that lead from the events to each rule's sums by unit."""
    if tabled is not None:
        yield from _by_tables(draft, parts, tabled)
        return
    plain = [part for part in parts if not part.query.stages]
    resolved = ev.Resolved(draft.rules, draft.given, needed, draft.day, draft.dialect)
    yield from resolved.steps()
    if plain:
        yield "by_events", _summed(draft, plain, _each_event(draft, plain))
        draft.sources.append("by_events")
    for part in parts:
        if part.query.stages:
            yield from _by_stages(draft, part, resolved)


def _by_tables(draft: Draft, parts: Sequence[Part], tables: Sequence[Paid]) -> Iterator[tuple[str, str]]:
    shared = common(tables)
    columns = {
        name: sums for part, each in zip(parts, tables, strict=True) for name, sums in each.columns(part.at).items()
    }
    needed = {name for each in tables for name in columns_of(each.when)}
    days = {pair: made.days for pair, made in written_pairs(draft.rules).items()}
    where = f" WHERE {draft.dialect.printed(Every(shared), draft.of_events)}" if shared else ""
    yield from ev.paired(draft.rules, draft.given, needed, columns, days, where, draft.day, draft.dialect)
    listed = ["unit_id"]
    for part, each in zip(parts, tables, strict=True):
        (cell,) = part.cells
        largest, sums = 0, []
        for name, own in each.columns(part.at).items():
            printed = draft.dialect.printed(still(each, part.at, name, shared), draft.of_events)
            most = max(own.values(), default=0)
            times = 1 if each.once is not None else max(1, draft.given.rows)
            largest += most * times
            narrow = Range(0, most * times).narrow
            sums.append(f"max({printed})" if each.once is not None else draft.dialect.summed(printed, narrow=narrow))
        listed.append(f"{' + '.join(sums) or '0'} AS {draft.dialect.quoted(cell.column)}")
        draft.ranges[cell.column] = Range(0, largest, False)
    yield "by_events", f"SELECT {', '.join(listed)} FROM events GROUP BY unit_id"
    draft.sources.append("by_events")


def _each_event(draft: Draft, parts: Sequence[Part]) -> str:
    """What each event adds to the cells and flags of the rules that look at it."""
    columns: dict[str, Node] = {}
    for part in parts:
        looked_at = OneOf(KIND, part.query.kinds or ())
        for cell in part.cells:
            node = Choice(
                ((looked_at, in_year(cell, getattr(part.outcome, cell.side), part.at in draft.years_apart)),), ZERO
            )
            columns[cell.column] = simplify(node, draft.of_events)
        columns |= draft.flags_of(part, looked_at)
    draft.keep_ranges(columns, draft.of_events, draft.given.rows)
    return draft.select((), columns, draft.of_events, _with_units(draft, columns.values()), whole=True)


def _with_units(draft: Draft, nodes: Iterable[Node]) -> str:
    """The events with the facts of their units, where a rule reads one; called ``x``."""
    own = sorted({name for node in nodes for name in columns_of(node)} & set(draft.of_units))
    if not own:
        return "events x"
    listed = ", ".join(f"u.{draft.dialect.quoted(name)}" for name in own)
    return f"(SELECT e.*, {listed} FROM events e JOIN units u ON u.unit_id = e.unit_id) x"


def _summed(draft: Draft, parts: Sequence[Part], source: str) -> str:
    listed = ["unit_id"]
    for part in parts:
        for cell in part.cells:
            quoted = draft.dialect.quoted(cell.column)
            listed.append(f"{draft.dialect.summed(quoted, narrow=draft.ranges[cell.column].narrow)} AS {quoted}")
        listed += [f"bool_or({flag}{part.at}) AS {flag}{part.at}" for flag in draft.flags]
    return f"SELECT {', '.join(listed)} FROM ({source}) y GROUP BY unit_id"


def _by_stages(draft: Draft, part: Part, resolved: ev.Resolved) -> Iterator[tuple[str, str]]:
    """A rule of its own steps: each event's sums, its stages, its cells by unit."""
    own, name = part.outcome, f"rule{part.at}"
    stages = [_made_stage(draft, stage) for stage in part.query.stages]
    columns = {f"{side}_0": getattr(own, side) for side in ("sure", "upto")}
    columns |= {flag: getattr(own, flag) for flag in ("ask", "authority", "open")}
    read = [*columns.values(), *(node for stage in stages for node in stage_nodes(stage))]
    looked_at = draft.dialect.printed(OneOf(KIND, part.query.kinds or ()), draft.of_events)
    printed = ", ".join(f"{draft.whole(node, draft.of_events)} AS {name}" for name, node in columns.items())
    yield name, f"SELECT x.*, {printed} FROM {_with_units(draft, read)} WHERE {looked_at}"
    for number, stage in enumerate(stages):
        yield (
            f"{name}_{number}",
            _staged(draft, number, stage, f"{name}{f'_{number - 1}' if number else ''}", resolved),
        )
    yield f"{name}_sums", _stage_sums(draft, part, f"{name}_{len(stages) - 1}", len(stages))
    draft.sources.append(f"{name}_sums")


def _made_stage(draft: Draft, stage: StageQuery) -> StageQuery:
    made = [draft.made(node, draft.event_names, draft.of_events) for node in stage_nodes(stage)]
    within, certain, spares, cuts, *keys = made
    return StageQuery(tuple(keys), within, certain, spares, cuts, stage.most)


def _staged(draft: Draft, number: int, stage: StageQuery, source: str, resolved: ev.Resolved) -> str:
    """Each event of a group less the largest before it, or what is left for it, in the order of :meth:`Item.place`."""
    within, certain, spares, cuts, *keys = (draft.dialect.printed(node, draft.of_events) for node in stage_nodes(stage))
    order = ["day NULLS LAST", f"upto_{number}", f"sure_{number}", *resolved.ordered(draft.rules.ties)]
    over = f"PARTITION BY {', '.join(['unit_id', within, *keys])} ORDER BY {', '.join(order)}"
    before = f"OVER ({over} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)"
    counted = {"sure": f"sure_{number}", "upto": f"CASE WHEN {certain} THEN upto_{number} END"}
    less = {
        side: f"greatest({side}_{number} - coalesce(max({each}) {before}, 0), 0)"
        if stage.most is None
        else f"least({side}_{number}, greatest({stage.most} - coalesce(sum({each}) {before}, 0), 0))"
        for side, each in counted.items()
    }
    return f"""SELECT s.*,
  CASE WHEN {within} AND NOT {spares} THEN {less["sure"]} ELSE sure_{number} END AS sure_{number + 1},
  CASE WHEN {within} AND {cuts} THEN {less["upto"]} ELSE upto_{number} END AS upto_{number + 1}
FROM {source} s"""


def _stage_sums(draft: Draft, part: Part, source: str, stages: int) -> str:
    listed = ["unit_id"]
    for cell in part.cells:
        most = range_of(getattr(part.outcome, cell.side), draft.of_events)
        draft.ranges[cell.column] = Range(0, max(0, most.high) * max(1, draft.given.rows), False)
        own = in_year(cell, Column(f"{cell.side}_{stages}"), part.at in draft.years_apart)
        printed = draft.dialect.printed(own, {**draft.of_events, f"{cell.side}_{stages}": Range(0, most.high, False)})
        summed = draft.dialect.summed(printed, narrow=draft.ranges[cell.column].narrow)
        listed.append(f"{summed} AS {draft.dialect.quoted(cell.column)}")
    if draft.flags:
        found = f"(sure_{stages} > 0 OR upto_{stages} > 0 OR open)"
        made = {"ask": f"ask AND {found}", "authority": f"authority AND {found}", "open": "open", "seen": "TRUE"}
        listed += [f"bool_or({made[flag]}) AS {flag}{part.at}" for flag in draft.flags]
    return f"SELECT {', '.join(listed)} FROM {source} GROUP BY unit_id"


def columns_needed(draft: Draft, parts: Sequence[Part]) -> set[str]:
    """The columns of events and units that rules on events read, where they are no tables."""
    nodes = [getattr(part.outcome, name) for part in parts for name in NOTHING]
    for part in parts:
        for stage in part.query.stages:
            nodes += [substituted(node, draft.event_names) for node in stage_nodes(stage)]
    order = set(draft.rules.ties) if any(part.query.stages for part in parts) else set()
    return order | {name for node in nodes for name in columns_of(node)}


def _plain(ranges: Ranges) -> set[str]:
    """Columns that stand in the event table itself."""
    return {name for name in ranges if name.startswith("event.")} - {"event.kind", "event.grade", "event.action"}
