"""What a person selected in the text, as a first guess of the fact it states: a form to correct, never a fact.

The compiler reads the selected words by themselves; where it finds nothing of the kind, the plain words go into the
field that carries them, and a sum or rate into its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from luodi.document.reading import parse
from luodi.policy.build import fact_sections
from luodi.policy.compile import compile_document
from luodi.quantities.counts import find_counts
from luodi.quantities.money import find_money
from luodi.quantities.rates import find_rates

_PLAIN: Mapping[str, str] = {
    "recipients": "name", "references": "title", "repeals": "title", "goals": "metric", "qualitative_goals": "statement",
    "sectors": "name", "contacts": "value", "definitions": "meaning", "abbreviations": "full",
}  # fmt: skip
_MOST = ("最高", "不超过", "上限", "封顶", "以内")


def guess(kind: str, words: str) -> dict[str, Any]:
    """Field values for a form of ``kind``, read from the selected words."""
    words = words.strip()
    found = fact_sections(compile_document(parse(words)).facts)[kind]
    first = found[0] if isinstance(found, list) and found else found
    if first:
        return {name: value for name, value in first.items() if name not in ("article", "span", "confidence")}
    if kind == "benefits":
        return _benefit(words)
    if kind in ("duties", "interpretations"):
        return {"lead" if kind == "duties" else "units": words.split("、")}
    plain = {_PLAIN[kind]: words.strip("《》。；")} if kind in _PLAIN else {}
    counts = find_counts(words) if kind == "goals" else []
    return plain | ({"value": float(counts[-1].value), "unit": counts[-1].unit} if counts else {})


def _benefit(words: str) -> dict[str, Any]:
    """A sum as a fixed one or a ceiling, a rate with its ceiling; else case by case."""
    sums = [each.fen for each in find_money(words) if each.fen is not None]
    rates, most = find_rates(words), any(word in words for word in _MOST)
    if rates:
        value = rates[0].value
        return {
            "kind": "rate",
            "rate": [value.numerator, value.denominator],
            "cap": sums[-1] if sums and most else None,
        }
    if not sums:
        return {"kind": "case"}
    return {"kind": "capped", "cap": sums[-1]} if most else {"kind": "fixed", "amount": sums[0]}
