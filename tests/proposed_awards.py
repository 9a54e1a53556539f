"""The rules of a pack, read as awards: each sum or share with all that it takes to be paid it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

Json = dict[str, Any]
_NO_END = 600  # months of a monthly sum that the text does not end
NOWHERE = (0, 0)  # the place of an event or a grade, which one statement may name twice


@dataclass
class Found:
    """One condition, event or case of a proposed award."""

    text: str
    test: Json
    span: tuple[int, int] = NOWHERE
    used: bool = False

    @property
    def is_asked(self) -> bool:
        return isinstance(self.test.get("value"), bool)


@dataclass
class Award:
    """One sum or share that a rule pays, with all that it takes to be paid it."""

    rule: Json
    pays: str
    conditions: list[Found]
    attributes: Json


def awards(rule: Json) -> Iterator[Award]:
    shared = [
        Found(each["text"], test, tuple(each["span"]))
        for each in rule["conditions"]
        for test in each["test"].get("all", [each["test"]])
    ]
    events = [Found(event, {"event": event}) for event in (rule["trigger"] or {}).get("events", ())]
    payers = {each["name"]: _share(each["share"]) for each in rule.get("payers") or ()}
    parts = [_share(each["share"]) for each in rule.get("instalments") or ()]
    window = rule.get("application") or {}
    own = {
        "payers": payers or None,
        "parts": parts or None,
        "apply": window and (window["yearly"] or f"{window['from']}/{window['to']}") or None,
        "elsewhere": "elsewhere" in rule or None,
        "exclusive": rule.get("exclusive") is not None or None,
    }
    for amount, cases in _leaves(rule["amount"], []):
        own_event = any(each.test.get("fact") == "event.kind" for each in cases)
        told = (*shared, *(() if own_event else events), *cases)
        conditions = [Found(each.text, each.test, each.span) for each in told]
        yield Award(rule, _pays(amount), conditions, {**own, **_limits(amount)})


def _leaves(amount: Json, cases: list[Found]) -> Iterator[tuple[Json, list[Found]]]:
    """Each sum or share of an amount and the cases in which it is paid."""
    kind, told = next(iter(amount.items()))
    if kind == "by_grade":
        for grade, each in told.items():
            yield {"fixed": each}, [*cases, Found(grade, {"event": grade})]
    elif kind == "sum":
        for each in told["parts"]:
            yield from _leaves(each, cases)
    elif kind == "choose":
        for each in told:
            tests = each["when"].get("all", [each["when"]])
            yield from _leaves(each["amount"], [*cases, *(Found(words_of(test), test) for test in tests)])
    else:
        yield amount, cases


def words_of(test: Json) -> str:
    return str(test["fact"]) if isinstance(test.get("value"), bool) else f"{test.get('fact')}{test.get('value')}"


def _pays(amount: Json) -> str:
    kind, told = next(iter(amount.items()))
    match kind:
        case "fixed":
            return yuan(told["fen"])
        case "capped":
            return f"≤{yuan(told['cap'])}"
        case "range":
            return f"{yuan(told['floor'])}—{yuan(told['cap'])}"
        case "rate":
            return f"{float(Fraction(*told['rate']) * 100):g}%"
        case "per_unit":
            return f"每{yuan(told['fen'])}"
    return "一事一议"


def _limits(amount: Json) -> Json:
    told = next(iter(amount.values()))
    told = told if isinstance(told, dict) else {}
    cap = None if "capped" in amount or "range" in amount else told.get("cap")
    bounds = re.findall(r"'least': \['([^{}']*)', (\d+)\]|（限(\d+)", str(told))
    months = [int(most) for name, most, _ in bounds if name.endswith("月数") and int(most) != _NO_END]
    most = [int(most or of_cost) for name, most, of_cost in bounds if not name.endswith("月数")]
    return {
        "cap": yuan(cap) if cap else None,
        "base": str(told.get("base") or told.get("count") or ""),
        "most": most[-1] if most else None,
        "months": months[-1] if months else None,
    }


def yuan(fen: int) -> str:
    return f"{fen / 1_000_000:g}万元" if fen >= 1_000_000 else f"{fen / 100:g}元"


def _share(ratio: list[int]) -> str:
    return f"{float(Fraction(*ratio) * 100):.4g}%"
