"""A small population made from a pack's own vocabulary: values at, below and above every threshold, nulls, every event."""

import datetime as dt
from random import Random

import pyarrow as pa

from luodi.entitlement.rule import RuleSet
from luodi.policy.pack import Pack

KINDS = ("enterprise", "institute", "university", "park", "other")
TYPES = {
    "money": pa.int64(),
    "integer": pa.int64(),
    "number": pa.decimal128(18, 4),
    "boolean": pa.bool_(),
    "code": pa.string(),
    "date": pa.date32(),
    "codes": pa.list_(pa.string()),
}
EVENT = pa.schema(
    [(name, pa.string()) for name in ("unit_id", "id", "kind", "grade", "action")] + [("date", pa.date32())]
)


def population(pack: Pack, rules: RuleSet, seed: int, size: int = 6) -> tuple[pa.Table, pa.Table]:
    """Units with a column for each fact that a rule reads, and events of every kind with every grade."""
    random = Random(seed)
    facts = [fact for fact in pack.vocabulary["facts"] if not fact["id"].startswith(("event.", "unit."))]
    edges = _edges(pack)
    units = [
        {"unit_id": f"u{at}", "kind": random.choice(KINDS) if at else "enterprise", "legal_person": None}
        | {fact["id"]: None if at == 1 else _value(fact, edges, random) for fact in facts}
        for at in range(size)
    ]
    columns = [("unit_id", pa.string()), ("kind", pa.string()), ("legal_person", pa.string())]
    columns += [(fact["id"], TYPES[fact["type"]]) for fact in facts]
    return pa.Table.from_pylist(units, pa.schema(columns)), pa.Table.from_pylist(_events(pack, random, size), EVENT)


def _edges(pack: Pack) -> dict[str, list[int]]:
    """The numbers that each fact is compared with."""
    found: dict[str, list[int]] = {}

    def walk(here: object) -> None:
        if isinstance(here, dict):
            if isinstance(here.get("fact"), str) and isinstance(here.get("value"), int):
                found.setdefault(here["fact"], []).append(here["value"])
            for value in here.values():
                walk(value)
        elif isinstance(here, list):
            for value in here:
                walk(value)

    walk(list(pack.rules))
    return found


def _value(fact: dict, edges: dict[str, list[int]], random: Random) -> object:
    if random.random() < 0.15:
        return None
    match fact["type"]:
        case "boolean":
            return random.random() < 0.8
        case "code":
            return random.choice([option["value"] for option in fact["options"]] or ["别的"])
        case "date":
            return dt.date(2015 + random.randrange(12), 1 + random.randrange(12), 1)
        case "codes":
            return [option["value"] for option in fact["options"] if random.random() < 0.5]
    edge = random.choice(edges.get(fact["id"]) or [random.choice([0, 7, 1_000, 123_456_789])])
    return max(0, edge + random.choice([-1, 0, 0, 1, 10**7]))


def _events(pack: Pack, random: Random, size: int) -> list[dict]:
    rows = []
    for kind in pack.vocabulary["events"]:
        for grade in [*(each["id"] for each in kind["grades"]), None][: size + 2]:
            rows.append({
                "unit_id": f"u{random.randrange(size)}", "id": f"e{len(rows)}", "kind": kind["id"], "grade": grade,
                "action": random.choice([*(each["id"] for each in kind["actions"]), None]),
                "date": random.choice([dt.date(2019, 5, 1), dt.date(2023, 5, 1), None]),
            })  # fmt: skip
    return rows
