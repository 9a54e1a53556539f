"""The population on DuckDB, embedded: the query of :mod:`luodi.entitlement.query` printed as one SQL statement.

Integer money throughout: facts become HUGEINT (128 bits) in canonical units, rates are multiplied before they are
divided, and only the final sums are cast to BIGINT, which DuckDB checks. Input numbers are at most ``LARGEST``
(10^16) and constants as well, so products stay below 10^38.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from luodi.entitlement.query import (
    Arithmetic,
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
    RuleQuery,
    Some,
    StageQuery,
    columns_of,
    rule_query,
)
from luodi.entitlement.rule import Cap, RuleSet
from luodi.entitlement.unit import EVIDENCE_ORDER
from luodi.entitlement.vocabulary import DatedWord, FactKind, Value

_OPS = {"=": "=", "!=": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
_ORDER = ("event.grade", "event.kind", "event.action", "event.id")
EVENT_KEYS = ("event.kind", "event.grade", "event.action", "event.issuer", "event.prize", "event.id")


def printed(node: Node) -> str:
    """A node as DuckDB SQL."""
    match node:
        case Column(name):
            return quoted(name)
        case Constant(value):
            return literal(value)
        case Comparison(op, left, right):
            return f"({printed(left)} {_OPS[op]} {printed(right)})"
        case Every(parts):
            return "(" + " AND ".join(map(printed, parts)) + ")" if parts else "TRUE"
        case Some(parts):
            return "(" + " OR ".join(map(printed, parts)) + ")" if parts else "FALSE"
        case Negation(part):
            return f"(NOT {printed(part)})"
        case Is(part, verdict):
            return f"({printed(part)} IS {'NULL' if verdict is None else str(verdict).upper()})"
        case OneOf(part, values, many):
            listed = ", ".join(map(literal, values))
            return f"list_has_any({printed(part)}, [{listed}])" if many else f"({printed(part)} IN ({listed}))"
        case Choice(cases, otherwise):
            branches = " ".join(f"WHEN {printed(test)} THEN {printed(value)}" for test, value in cases)
            return f"(CASE {branches} ELSE {printed(otherwise)} END)"
        case Arithmetic(op, left, right):
            return f"({printed(left)} {op} {printed(right)})"
        case Bound(which, left, right):
            return f"{which}({printed(left)}, {printed(right)})"
        case FirstKnown(parts):
            return "coalesce(" + ", ".join(map(printed, parts)) + ")"


def literal(value: Value | None) -> str:
    """A constant as DuckDB SQL; integers are 128 bits wide from the start."""
    match value:
        case None:
            return "NULL"
        case bool():
            return str(value).upper()
        case int():
            return f"{value}::HUGEINT"
        case Decimal():
            return f"{value:f}::DECIMAL(38, 10)"
        case dt.date():
            return f"DATE '{value.isoformat()}'"
        case str():
            return text(value)
        case tuple():
            return "[" + ", ".join(map(text, value)) + "]"


def text(value: str) -> str:
    """A text constant."""
    return "'" + value.replace("'", "''") + "'"


def quoted(name: str) -> str:
    """A column name."""
    return '"' + name.replace('"', '""') + '"'


def canonical(kind: FactKind, column: str) -> str:
    """A table's column as the canonical value of a fact (money in fen)."""
    match kind.type:
        case "money" | "integer":
            number = f"CAST({quoted(column)} AS HUGEINT)"
            return number if kind.scale == 1 else f"{number} * {kind.scale}"
        case "number":
            return f"CAST({quoted(column)} AS DECIMAL(38, 10))"
        case "date" | "boolean":
            return quoted(column)
        case "codes":
            return f"CAST({quoted(column)} AS VARCHAR[])"
    return f"CAST({quoted(column)} AS VARCHAR)"


def statement(rules: RuleSet, units: set[str], events: set[str], as_of: dt.date, *, only_due: bool = False) -> str:
    """The whole query over views ``given_units`` and ``given_events`` with those columns.

    Its rows: ``unit_id, rule`` (position), ``grp, verdict, sure_fen, upto_fen``, one for each unit and rule that the
    unit has an event for (or, for rules on facts, each unit); with ``only_due`` only where something is due or may be.
    """
    asked = [(at, rule_query(rule, rules, as_of)) for at, rule in enumerate(rules.rules) if not rule.case_by_case]
    steps = [
        ("units", _units(rules, units)),
        ("kinds", _kinds(rules)),
        ("grades", _grades(rules)),
        ("actions", _actions(rules)),
        ("named_events", _named_events(rules, events)),
        ("events", _events(rules)),
    ]
    last = []
    for at, query in asked:
        found = list(_rule_steps(at, query, rules, as_of, only_due=only_due))
        steps += found
        last.append(found[-1][0])
    steps.append(("items", " UNION ALL ".join(f"SELECT * FROM {name}" for name in last) or _NO_ITEMS))
    steps += _settled(rules)
    written = ",\n".join(f"{name} AS (\n{body}\n)" for name, body in steps)
    return f"WITH {written}\n{_PLACED}"


_NO_ITEMS = (
    "SELECT NULL::VARCHAR AS unit_id, 0 AS rule, NULL::BIGINT AS year, 0::HUGEINT AS sure, 0::HUGEINT AS upto,"
    " FALSE AS ask, FALSE AS authority, FALSE AS open WHERE FALSE"
)

_PLACED = """SELECT unit_id, rule,
  CASE WHEN sure > 0 THEN 'sure'
       WHEN upto > 0 OR open THEN CASE WHEN authority AND NOT ask THEN 'authority' ELSE 'possible' END
       ELSE 'not' END AS grp,
  CASE WHEN sure > 0 THEN 'yes' WHEN upto > 0 OR open THEN 'unknown' ELSE 'no' END AS verdict,
  CAST(sure AS BIGINT) AS sure_fen, CAST(greatest(sure, upto) AS BIGINT) AS upto_fen
FROM (
  SELECT unit_id, rule, sum(sure) AS sure, sum(upto) AS upto, bool_or(ask) AS ask, bool_or(authority) AS authority,
    bool_or(open) AS open
  FROM settled GROUP BY unit_id, rule
)"""


def _units(rules: RuleSet, given: set[str]) -> str:
    columns = [f"{quoted(unit_id_column(given))} AS unit_id", _optional("kind", given, "unit.kind")]
    columns.append(_optional("legal_person", given, "legal_person"))
    for name, kind in rules.words.facts.items():
        value = canonical(kind, name) if name in given else f"NULL::{_TYPES[kind.type]}"
        columns.append(f"{value} AS {quoted(name)}")
    return f"SELECT {', '.join(columns)} FROM given_units"


_TYPES = {
    "money": "HUGEINT",
    "integer": "HUGEINT",
    "number": "DECIMAL(38, 10)",
    "date": "DATE",
    "boolean": "BOOLEAN",
    "codes": "VARCHAR[]",
    "text": "VARCHAR",
    "code": "VARCHAR",
}


def unit_id_column(given: Iterable[str]) -> str:
    """The column that names the unit: ``unit_id``, ``enterprise_id`` or ``id``; the first of them if there is none."""
    names = set(given)
    return next((name for name in ("unit_id", "enterprise_id", "id") if name in names), "unit_id")


def _optional(column: str, given: set[str], name: str) -> str:
    value = f"CAST({quoted(column)} AS VARCHAR)" if column in given else "NULL::VARCHAR"
    return f"{value} AS {quoted(name)}"


def _values(rows: Sequence[Sequence[str]], columns: Sequence[str], types: Sequence[str]) -> str:
    if not rows:
        return "SELECT " + ", ".join(f"NULL::{t} AS {c}" for c, t in zip(columns, types, strict=True)) + " WHERE FALSE"
    listed = ", ".join(f"({', '.join(row)})" for row in rows)
    typed = ", ".join(f"{column}::{kind} AS {column}" for column, kind in zip(columns, types, strict=True))
    return f"SELECT {typed} FROM (VALUES {listed}) AS listed({', '.join(columns)})"


def _dated(name: DatedWord) -> list[str]:
    return [literal(name.start), literal(name.end)]


def _kinds(rules: RuleSet) -> str:
    rows = []
    for event in rules.words.events.values():
        names = {word: DatedWord(word) for word in (event.id, *event.words)}
        names = {alias.word: alias for alias in event.aliases} | names
        rows += [[text(word), text(event.id), *_dated(name)] for word, name in names.items()]
    return _values(rows, ("word", "kind", "start", "stop"), ("VARCHAR", "VARCHAR", "DATE", "DATE"))


def _grades(rules: RuleSet) -> str:
    rows = [
        [text(event.id), text(word), text(grade.id), *_dated(grade.dated)]
        for event in rules.words.events.values()
        for grade in event.grades
        for word in dict.fromkeys([grade.id, *grade.words])
    ]
    names = ("kind", "word", "grade", "start", "stop")
    return _values(rows, names, ("VARCHAR", "VARCHAR", "VARCHAR", "DATE", "DATE"))


def _actions(rules: RuleSet) -> str:
    rows = []
    for event in rules.words.events.values():
        known: dict[str, str] = {}
        for action, words in event.actions:
            for word in (action, *words):
                known.setdefault(word, action)
        rows += [[text(event.id), text(word), text(action)] for word, action in known.items()]
    return _values(rows, ("kind", "word", "action"), ("VARCHAR", "VARCHAR", "VARCHAR"))


def _named_events(rules: RuleSet, given: set[str]) -> str:
    """Events with their names resolved, under the legal person where a branch holds the paper."""
    plain = {"event.kind", "event.grade", "event.action"}
    columns = []
    for name, kind in rules.words.attributes.items():
        if name in plain:
            continue
        column = name.removeprefix("event.")
        value = canonical(kind, column) if column in given else f"NULL::{_TYPES[kind.type]}"
        columns.append(f"{value} AS {quoted(name)}")
    ungraded = ", ".join(text(event.id) for event in rules.words.events.values() if not event.grades) or "''"
    holds = "({0}.start IS NULL OR day >= {0}.start) AND ({0}.stop IS NULL OR day <= {0}.stop)"
    id_column, grade, action = (
        quoted(unit_id_column(given)),
        _text_column("grade", given),
        _text_column("action", given),
    )
    return f"""SELECT coalesce(u.legal_person, e.unit_id) AS unit_id, e.* EXCLUDE (unit_id, written_kind, written_grade,
    written_action), k.kind AS "event.kind", {holds.format("k")} AS named,
  CASE WHEN k.kind IN ({ungraded}) THEN written_grade ELSE g.grade END AS "event.grade",
  CASE WHEN k.kind IN ({ungraded}) THEN CASE WHEN written_grade IS NOT NULL THEN TRUE END
       WHEN g.grade IS NOT NULL THEN {holds.format("g")} END AS grade_dated,
  coalesce(a.action, written_action) AS "event.action", year(day) AS year
FROM (
  SELECT *, coalesce("event.date", "event.paper_date") AS day FROM (
    SELECT CAST({id_column} AS VARCHAR) AS unit_id, CAST("kind" AS VARCHAR) AS written_kind, {grade} AS written_grade,
      {action} AS written_action, {", ".join(columns)}
    FROM given_events)
) e
JOIN kinds k ON k.word = e.written_kind
LEFT JOIN grades g ON g.kind = k.kind AND g.word = e.written_grade
LEFT JOIN actions a ON a.kind = k.kind AND a.word = e.written_action
LEFT JOIN units u ON u.unit_id = e.unit_id"""


def _text_column(column: str, given: set[str]) -> str:
    return f"CAST({quoted(column)} AS VARCHAR)" if column in given else "NULL::VARCHAR"


def _events(rules: RuleSet) -> str:
    """One record for each paper: the most reliable of those with one kind, issuer, number and date."""
    places = " ".join(f"WHEN {text(evidence)} THEN {place}" for place, evidence in enumerate(EVIDENCE_ORDER))
    identity = ("event.kind", "event.issuer", "event.number_digest", "event.date")
    known = " AND ".join(f"{quoted(name)} IS NOT NULL" for name in identity)
    order = ", ".join(f"{quoted(name)} NULLS LAST" for name in ("event.grade", "event.action", "event.id"))
    return f"""SELECT * FROM named_events
QUALIFY NOT ({known}) OR row_number() OVER (
  PARTITION BY unit_id, {", ".join(map(quoted, identity))}
  ORDER BY CASE "event.evidence" {places} ELSE {len(EVIDENCE_ORDER)} END, {order}) = 1"""


def _rule_steps(
    at: int, query: RuleQuery, rules: RuleSet, as_of: dt.date, *, only_due: bool
) -> Iterable[tuple[str, str]]:
    """The steps of one rule: its checks and sums, its readings, its stages, its rows for the sum."""
    yield f"r{at}", _judged(at, query, rules, as_of)
    name = f"r{at}"
    for number, stage in enumerate(query.stages, 1):
        yield f"r{at}_s{number}", _staged(stage, name)
        name = f"r{at}_s{number}"
    counts = "(sure > 0 OR upto > 0 OR open)"
    yield (
        f"r{at}_items",
        f"""SELECT unit_id, rule, CAST(year AS BIGINT) AS year, sure, upto,
  ask AND {counts} AS ask, authority AND {counts} AS authority, open FROM {name}{f" WHERE {counts}" if only_due else ""}""",
    )


def _judged(at: int, query: RuleQuery, rules: RuleSet, as_of: dt.date) -> str:
    needed = set.union(*(columns_of(node) for node in _nodes_of(query)), set())
    own = [quoted(name) for name in sorted(needed & {*rules.words.facts, "unit.kind"})]
    if query.kinds is None:
        columns = ", ".join(["unit_id", *own])
        source = (
            f"SELECT {columns}, {literal(as_of)} AS day, {as_of.year} AS year, "
            + ", ".join(f"NULL::VARCHAR AS {quoted(name)}" for name in EVENT_KEYS)
            + " FROM units WHERE legal_person IS NULL"
        )
    else:
        kinds = ", ".join(map(text, query.kinds))
        events = sorted({"day", "year", "named", "grade_dated", *EVENT_KEYS} | {n for n in needed if "event." in n})
        columns = ", ".join(["e.unit_id", *(f"e.{quoted(name)}" for name in events), *(f"u.{name}" for name in own)])
        source = f'SELECT {columns} FROM events e JOIN units u USING (unit_id) WHERE e."event.kind" IN ({kinds})'
    return _with_effects(at, query, source)


def _nodes_of(query: RuleQuery) -> Iterable[Node]:
    yield from (query.failed, query.ask, query.authority, query.due.low, query.due.high, query.due.decided)
    for effect in query.effects:
        yield from (effect.no_sure, effect.no_upto, effect.authority)
    for stage in query.stages:
        yield from (*stage.keys, stage.within, stage.spares_sure, stage.cuts_upto)


def _with_effects(at: int, query: RuleQuery, source: str) -> str:
    """Checks → the event's two sums → the readings of single events."""
    open_ceiling = str(query.ceiling is None).upper()
    checked = f"""SELECT *, {printed(query.failed)} AS failed, {printed(query.ask)} AS ask,
  {printed(query.authority)} AS waits, {printed(Is(query.due.decided, True))} AS decided,
  CAST({printed(query.due.low)} AS HUGEINT) AS low, CAST({printed(query.due.high)} AS HUGEINT) AS high
FROM ({source})"""
    no_sure, no_upto, handed = (
        " OR ".join(printed(getattr(effect, part)) for effect in query.effects) or "FALSE"
        for part in ("no_sure", "no_upto", "authority")
    )
    return f"""SELECT * EXCLUDE (failed, waits, decided, low, high, ask), {at} AS rule, ask,
  waits OR NOT decided OR ({handed}) AS authority,
  CASE WHEN failed OR ask OR waits OR ({no_sure}) THEN 0::HUGEINT ELSE coalesce(low, 0::HUGEINT) END AS sure,
  CASE WHEN failed OR ({no_upto}) THEN 0::HUGEINT
       WHEN low IS NULL THEN {literal(query.ceiling or 0)} ELSE coalesce(high, 0::HUGEINT) END AS upto,
  NOT failed AND NOT ({no_upto}) AND CASE WHEN low IS NULL THEN {open_ceiling} ELSE high IS NULL END AS open
FROM ({checked})"""


def _staged(stage: StageQuery, source: str) -> str:
    """Each event of a group less the largest before it, in the order of :meth:`Item.place`."""
    keys = ", ".join(["unit_id", "taking_part", *map(printed, stage.keys)])
    order = ", ".join(["day NULLS LAST", "upto", "sure", *(f"{quoted(name)} NULLS LAST" for name in _ORDER)])
    before = f"OVER (PARTITION BY {keys} ORDER BY {order} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)"
    less = "greatest(0::HUGEINT, {0} - coalesce({0}_before, 0::HUGEINT))"
    return f"""SELECT * EXCLUDE (taking_part, sure_before, upto_before, sure, upto),
  CASE WHEN taking_part AND NOT {printed(stage.spares_sure)} THEN {less.format("sure")} ELSE sure END AS sure,
  CASE WHEN taking_part AND {printed(stage.cuts_upto)} THEN {less.format("upto")} ELSE upto END AS upto
FROM (
  SELECT *, max(sure) {before} AS sure_before, max(upto) {before} AS upto_before
  FROM (SELECT *, {printed(stage.within)} AS taking_part FROM {source})
)"""


def _settled(rules: RuleSet) -> list[tuple[str, str]]:
    """Exclusive groups, then caps in their order, over the sums by unit, rule and year."""
    steps = [
        (
            "cells",
            """SELECT unit_id, rule, year, sum(sure) AS sure, sum(upto) AS upto, bool_or(ask) AS ask,
  bool_or(authority) AS authority, bool_or(open) AS open FROM items GROUP BY unit_id, rule, year""",
        )
    ]
    names = list(dict.fromkeys(rule.exclusive for rule in rules.rules if rule.exclusive))
    for number, name in enumerate(names):
        members = [at for at, rule in enumerate(rules.rules) if rule.exclusive == name]
        steps += _exclusive(number, members, steps[-1][0])
    for number, cap in enumerate(rules.caps()):
        members = [at for at, rule in enumerate(rules.rules) if rule.id in cap.rules]
        steps.append((f"cap{number}", _cut(cap, members, steps[-1][0])))
    return [*steps, ("settled", f"SELECT * FROM {steps[-1][0]}")]


def _exclusive(number: int, members: Sequence[int], source: str) -> list[tuple[str, str]]:
    listed = ", ".join(map(str, members))
    best = " , ".join(f"first(rule ORDER BY {side} DESC, rule) AS best_{side}" for side in ("sure", "upto"))
    totals = f"SELECT unit_id, rule, sum(sure) AS sure, sum(upto) AS upto FROM {source} GROUP BY unit_id, rule"
    kept = ", ".join(
        f"CASE WHEN s.rule IN ({listed}) AND s.rule <> b.best_{side} THEN 0::HUGEINT ELSE s.{side} END AS {side}"
        for side in ("sure", "upto")
    )
    return [
        (f"best{number}", f"SELECT unit_id, {best} FROM ({totals}) WHERE rule IN ({listed}) GROUP BY unit_id"),
        (
            f"exclusive{number}",
            f"SELECT s.* EXCLUDE (sure, upto), {kept} FROM {source} s LEFT JOIN best{number} b USING (unit_id)",
        ),
    ]


def _cut(cap: Cap, members: Sequence[int], source: str) -> str:
    """Each sum cut to what the cap leaves after the rules before it."""
    listed = ", ".join(map(str, members))
    keys = "unit_id, year" if cap.per == "year" else "unit_id"
    over = f"OVER (PARTITION BY {keys}, capped ORDER BY rule, year NULLS LAST ROWS UNBOUNDED PRECEDING)"
    left = "least({0}, greatest(0::HUGEINT, " + f"{cap.fen}::HUGEINT - ({{0}}_run - {{0}})))"
    return f"""SELECT * EXCLUDE (capped, sure, upto, sure_run, upto_run),
  CASE WHEN capped THEN {left.format("sure")} ELSE sure END AS sure,
  CASE WHEN capped THEN {left.format("upto")} ELSE upto END AS upto
FROM (SELECT *, sum(sure) {over} AS sure_run, sum(upto) {over} AS upto_run
      FROM (SELECT *, rule IN ({listed}) AS capped FROM {source}))"""


def settings(con: Any, folder: str) -> None:
    """Bound the memory, spill to ``folder``, keep the order of nothing."""
    con.execute("SET memory_limit = '2GB'")
    con.execute(f"SET temp_directory = {text(folder)}")
    con.execute("SET preserve_insertion_order = false")
