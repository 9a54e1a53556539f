"""The events of a population with their names resolved: words to kinds, grades and actions, branches to their head.

One record stands for each paper: of those with one kind, issuer, number and date, the most reliable.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

from luodi.entitlement.engines.dialect import Dialect
from luodi.entitlement.engines.names import RESOLVED
from luodi.entitlement.engines.pairs import Pair
from luodi.entitlement.query.ranges import Given
from luodi.entitlement.rule import RuleSet
from luodi.entitlement.vocabulary import EVIDENCE_ORDER, DatedWord

Days = tuple[dt.date | None, dt.date | None]
IDENTITY = ("event.kind", "event.issuer", "event.number_digest", "event.date")
_RELIABLE = ("event.grade", "event.action", "event.id")


def doubles_possible(given: Given) -> bool:
    """Whether the table has all that makes two records one paper."""
    return {name.removeprefix("event.") for name in IDENTITY} <= set(given.events)


def head(given: Given, dialect: Dialect) -> tuple[str, str]:
    """The unit that an event counts for, and the join that finds it."""
    if "legal_person" not in given.units:
        return "e.unit_id", ""
    units = f"(SELECT unit_id, legal_person FROM ({branches(given, dialect)}) b WHERE legal_person IS NOT NULL)"
    return "coalesce(u.legal_person, e.unit_id)", f"\nLEFT JOIN {units} u ON u.unit_id = e.unit_id"


def branches(given: Given, dialect: Dialect) -> str:
    """Unit and legal person, as text."""
    columns = {"unit_id": given.unit_column, "legal_person": "legal_person"}
    listed = ", ".join(
        f"{dialect.cast(dialect.quoted(column), dialect.text_type)} AS {name}" for name, column in columns.items()
    )
    return f"SELECT {listed} FROM given_units"


def written(rules: RuleSet, given: Given, needed: set[str], dialect: Dialect) -> str:
    """The events as given: unit, written words, and the attributes that are needed, each in its type."""
    named = {"unit_id": given.event_unit_column, "written_kind": "kind"}
    named |= {f"written_{name}": name for name in ("grade", "action") if name in given.events}
    columns = [f"{dialect.cast(dialect.quoted(c), dialect.text_type)} AS {name}" for name, c in named.items()]
    for name, kind in rules.words.attributes.items():
        column = name.removeprefix("event.")
        if name in needed and name not in RESOLVED and column in given.events:
            columns.append(
                f"{dialect.cast(dialect.quoted(column), dialect.type_of(kind.type))} AS {dialect.quoted(name)}"
            )
    return f"SELECT {', '.join(columns)} FROM given_events"


def paired(
    rules: RuleSet,
    given: Given,
    needed: set[str],
    columns: Mapping[str, Mapping[Pair, int]],
    days: Mapping[Pair, Days],
    where: str,
    day: str,
    dialect: Dialect,
) -> Iterator[tuple[str, str]]:
    """The events that pay, each with the columns of what its pair of words pays on its day."""
    pairs = list(dict.fromkeys(pair for column in columns.values() for pair in column))
    dated = any(days[pair] != (None, None) for pair in pairs)
    rows = []
    for pair in pairs:
        rows.append([*map(dialect.text, pair), *(str(column.get(pair, 0)) for column in columns.values())])
        rows[-1] += map(dialect.literal, days[pair]) if dated else ()
    types = [("kind", dialect.text_type), ("grade", dialect.text_type), *((name, dialect.whole) for name in columns)]
    types += [("start_day", "DATE"), ("stop_day", "DATE")] if dated else []
    yield "pairs", dialect.values(rows, types)
    unit, join = head(given, dialect)
    kept = [dialect.quoted(name) for name in sorted(needed) if name.removeprefix("event.") in given.events]
    listed = ", ".join([f"{unit} AS unit_id", *(f"e.{name}" for name in kept), *(f"p.{name}" for name in columns)])
    needed = needed | {"event.date", "event.paper_date"} if dated else needed
    day = f", {day} AS day" if dated else ""
    source = f"(SELECT w.*{day} FROM ({written(rules, given, needed, dialect)}) w{where})"
    on = "p.kind = e.written_kind AND p.grade = e.written_grade" + (f" AND {_holds('p')}" if dated else "")
    yield "events", f"SELECT {listed}\nFROM {source} e\nJOIN pairs p ON {on}{join}"


class Resolved:
    """The steps that resolve every word of the events, for rules that need verdicts or stages."""

    def __init__(self, rules: RuleSet, given: Given, needed: set[str], day: str, dialect: Dialect) -> None:
        self.rules, self.given, self.dialect = rules, given, dialect
        self.doubles = doubles_possible(given)
        identity = {*IDENTITY, *_RELIABLE, "event.evidence"} if self.doubles else set()
        self.needed = {*needed, *identity, "event.date", "event.paper_date"}
        self.day = day

    def steps(self) -> Iterator[tuple[str, str]]:
        """The steps, of which the last is ``events``."""
        yield "kinds", self._kinds()
        yield "grades", self._grades()
        if self._acted:
            yield "actions", self._actions()
        yield "named_events", self._named()
        if self.doubles:
            yield "ranked_events", self._ranked()
            yield "events", "SELECT * FROM ranked_events WHERE place = 1"
        else:
            yield "events", "SELECT * FROM named_events"

    @property
    def _acted(self) -> bool:
        return "action" in self.given.events

    def _dated(self, name: DatedWord) -> list[str]:
        return [self.dialect.literal(name.start), self.dialect.literal(name.end)]

    def _typed(self, *names: str, dated: bool = True) -> list[tuple[str, str]]:
        days = [("start_day", "DATE"), ("stop_day", "DATE")] if dated else []
        return [(name, self.dialect.text_type) for name in names] + days

    def _kinds(self) -> str:
        text, rows = self.dialect.text, []
        for event in self.rules.words.events.values():
            names = {word: DatedWord(word) for word in (event.id, *event.words)}
            names = {alias.word: alias for alias in event.aliases} | names
            rows += [[text(word), text(event.id), *self._dated(name)] for word, name in names.items()]
        return self.dialect.values(rows, self._typed("word", "kind"))

    def _grades(self) -> str:
        text = self.dialect.text
        rows = [
            [text(event.id), text(word), text(grade.id), *self._dated(grade.dated)]
            for event in self.rules.words.events.values()
            for grade in event.grades
            for word in dict.fromkeys([grade.id, *grade.words])
        ]
        return self.dialect.values(rows, self._typed("kind", "word", "grade"))

    def _actions(self) -> str:
        text, rows = self.dialect.text, []
        for event in self.rules.words.events.values():
            known: dict[str, str] = {}
            for action, words in event.actions:
                for word in (action, *words):
                    known.setdefault(word, action)
            rows += [[text(event.id), text(word), text(action)] for word, action in known.items()]
        return self.dialect.values(rows, self._typed("kind", "word", "action", dated=False))

    def _named(self) -> str:
        """Words resolved, the day and its year, under the legal person where a branch holds the paper."""
        quoted, given = self.dialect.quoted, self.given
        own = [name for name in self.rules.words.attributes if name in self.needed and name not in RESOLVED]
        own = [quoted(name) for name in own if name.removeprefix("event.") in given.events]
        ungraded = [event.id for event in self.rules.words.events.values() if not event.grades]
        is_ungraded = f"k.kind IN ({', '.join(map(self.dialect.text, ungraded))})" if ungraded else "FALSE"
        grade = "written_grade" if "grade" in given.events else f"CAST(NULL AS {self.dialect.text_type})"
        action = "coalesce(a.action, written_action)" if self._acted else f"CAST(NULL AS {self.dialect.text_type})"
        unit, join = head(given, self.dialect)
        acted = "\nLEFT JOIN actions a ON a.kind = k.kind AND a.word = e.written_action" if self._acted else ""
        listed = ", ".join([f"{unit} AS unit_id", *(f"e.{name}" for name in own)])
        return f"""SELECT {listed}, day, CAST(EXTRACT(YEAR FROM day) AS {self.dialect.whole}) AS year,
  k.kind AS {quoted("event.kind")}, {_holds("k")} AS named,
  CASE WHEN {is_ungraded} THEN {grade} ELSE g.grade END AS {quoted("event.grade")},
  CASE WHEN {is_ungraded} THEN CASE WHEN {grade} IS NOT NULL THEN TRUE END
       WHEN g.grade IS NOT NULL THEN {_holds("g")} END AS grade_dated,
  {action} AS {quoted("event.action")}
FROM (SELECT w.*, {self.day} AS day FROM ({written(self.rules, given, self.needed, self.dialect)}) w) e
JOIN kinds k ON k.word = e.written_kind
LEFT JOIN grades g ON g.kind = k.kind AND g.word = {grade}{acted}{join}"""

    def _ranked(self) -> str:
        quoted = self.dialect.quoted
        places = " ".join(
            f"WHEN {self.dialect.text(evidence)} THEN {place}" for place, evidence in enumerate(EVIDENCE_ORDER)
        )
        seen = f"CASE {quoted('event.evidence')} {places} ELSE {len(EVIDENCE_ORDER)} END"
        order = ", ".join([seen if "evidence" in self.given.events else "0", *self.ordered(_RELIABLE)])
        keys = ", ".join(map(quoted, IDENTITY))
        known = " AND ".join(f"{quoted(name)} IS NOT NULL" for name in IDENTITY)
        ranked = f"row_number() OVER (PARTITION BY unit_id, {keys} ORDER BY {order})"
        return f"SELECT n.*, CASE WHEN {known} THEN {ranked} ELSE 1 END AS place FROM named_events n"

    def ordered(self, names: Sequence[str]) -> list[str]:
        """Columns to order by, unknown last; what the table has not is left out."""
        own = [name for name in names if name in RESOLVED or name.removeprefix("event.") in self.given.events]
        return [f"{self.dialect.ordered(self.dialect.quoted(name))} NULLS LAST" for name in own]


def _holds(alias: str) -> str:
    day = f"day >= {alias}.start_day", f"day <= {alias}.stop_day"
    return f"(({alias}.start_day IS NULL OR {day[0]}) AND ({alias}.stop_day IS NULL OR {day[1]}))"
