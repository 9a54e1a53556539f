"""Compare compiled facts with reference facts in the exchange format, row by row."""

import json
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from luodi.document.reading import parse, read
from luodi.policy.compile import compile_document
from luodi.policy.exports.exchange import exchange

Row = dict[str, Any]
_BENEFIT = ("article", "kind", "amount", "rate", "floor", "cap", "frequency", "years")
_GOAL = ("article", "op", "value", "unit", "deadline")


def compiled(source: Path | str) -> Row:
    """The facts of a file or of a text."""
    return exchange(compile_document(read(source) if isinstance(source, Path) else parse(source)))


def reference(path: Path) -> Row:
    return json.loads(path.read_text("utf-8"))


def differences(found: Row, expected: Row, technologies: float = 1.0) -> list[str]:
    """What differs, a line each: every kind exactly; the share ``technologies`` of the named technologies both ways."""
    skipped = set(expected.get("not_annotated") or [])
    lines = [
        line for kind, rows in _ROWS.items() if kind not in skipped for line in _missing(kind, rows, found, expected)
    ]
    lines += _paired("benefits", found, expected, _BENEFIT, "selector", _selects) if "benefits" not in skipped else []
    lines += _paired("goals", found, expected, _GOAL, "metric", _measures)
    return lines + (_technologies(found, expected, technologies) if "technologies" not in skipped else [])


def _fold(value: object) -> object:
    if isinstance(value, str):
        return "".join(char for char in unicodedata.normalize("NFKC", value) if char not in "“”\"' 　")
    return round(value, 4) if isinstance(value, float) else value


def _titled(rows: Iterable[Row]) -> list[tuple[object, ...]]:
    return [(_fold(row["number"] or row["title"]),) for row in rows]


_ROWS: dict[str, Callable[[Row], list[tuple[object, ...]]]] = {
    "head": lambda doc: [(key, _fold(doc[key])) for key in ("title", "document_number", "issuer", "issued_on")],
    "recipients": lambda doc: [(_fold(name),) for name in doc["recipients"]],
    "references": lambda doc: _titled(doc["references"]),
    "repeals": lambda doc: _titled(doc["repeals"]),
    "validity": lambda doc: [
        (key, doc["validity"][key]) for key in ("effective_from", "effective_to", "years", "days_after_issue")
    ],
    "articles": lambda doc: [(_fold(row["id"]), _fold(row["heading"])) for row in doc["articles"]],
    "duties": lambda doc: [
        (_fold(row["article"]), tuple(map(_fold, row["lead"])), tuple(map(_fold, row["participants"])))
        for row in doc["duties"]
    ],
    "sectors": lambda doc: [(_fold(row["article"]), _fold(row["name"])) for row in doc["sectors"]],
}


def _missing(kind: str, rows: Callable[[Row], list[tuple[object, ...]]], found: Row, expected: Row) -> list[str]:
    here, there = Counter(rows(found)), Counter(rows(expected))
    return [f"{kind}: missing {row}" for row in (there - here).elements()] + [
        f"{kind}: extra {row}" for row in (here - there).elements()
    ]


def _paired(
    kind: str, found: Row, expected: Row, keys: tuple[str, ...], words: str, alike: Callable[[str, str], bool]
) -> list[str]:
    """Rows equal in ``keys`` and with like words are pairs; the rest is reported."""
    spare = [(tuple(_fold(row[key]) for key in keys), str(_fold(row[words] or ""))) for row in found[kind]]
    lines = []
    for row in expected[kind]:
        want = (tuple(_fold(row[key]) for key in keys), str(_fold(row[words] or "")))
        pair = next((one for one in spare if one[0] == want[0] and alike(one[1], want[1])), None)
        if pair:
            spare.remove(pair)
        else:
            lines.append(f"{kind}: missing {want}")
    return lines + [f"{kind}: extra {row}" for row in spare]


def _selects(found: str, expected: str) -> bool:
    return (
        not expected
        or bool(found)
        and (found in expected or expected in found)
        and abs(len(found) - len(expected)) < 13
    )


def _measures(found: str, expected: str) -> bool:
    pairs = {expected[at : at + 2] for at in range(len(expected) - 1)}
    return not pairs or 2 * sum(pair in found for pair in pairs) >= len(pairs)


def _technologies(found: Row, expected: Row, least: float) -> list[str]:
    here, there = (
        {(_fold(row["name"]), _fold(name)) for row in doc["sectors"] for name in row["technologies"]}
        for doc in (found, expected)
    )
    both = {pair for pair in there if pair in here or (least < 1 and _named_alike(pair, here))}
    right = {pair for pair in here if pair in there or (least < 1 and _named_alike(pair, there))}
    if len(both) >= least * len(there) and len(right) >= least * len(here):
        return []
    return [f"technologies: missing {sorted(map(str, there - both))}, extra {sorted(map(str, here - right))}"]


def _named_alike(pair: tuple[object, object], others: set[tuple[object, object]]) -> bool:
    """Whether one term holds the other and is at most twice as long."""
    name = str(pair[1])
    return any(
        other[0] == pair[0]
        and (name in str(other[1]) or str(other[1]) in name)
        and max(len(name), len(str(other[1]))) <= 2 * min(len(name), len(str(other[1])))
        for other in others
    )
