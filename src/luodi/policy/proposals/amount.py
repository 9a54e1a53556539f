"""Proposed amounts: what the rows of one award pay, and in which case."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction

from luodi.policy.award_terms import YEAR_STEP
from luodi.policy.awards.words.grades import KEY_WORD
from luodi.policy.conditions.phrases import says
from luodi.policy.proposals.counting import (
    counted_each,
    counts_itself,
    limit_of,
    months_paid,
    multiplier,
    names_counted,
)
from luodi.policy.proposals.words import LONGEST, UNTOLD_BASE, Entry, Row, Words, compared, short, written
from luodi.quantities.money import find_money


def amount(rows: Sequence[Row], triggered: bool, shared: Sequence[Row], words: Words) -> Entry:
    """One row is its own amount; grades of an event are a list; any other rows are cases, the first that holds."""
    first = rows[0]
    if len(rows) == 1 and not (triggered and first["kind"] == "fixed" and grades(rows)):
        return _single(first, words)
    if of_parts(rows):
        return {"sum": {"parts": [_single({**row, "cap": None}, words) for row in rows]}}
    if len(rows) > 1 and all(is_year_step(row) for row in rows):
        return {"sum": {"parts": [_single(row, words) for row in rows]}}
    if triggered and _one_event_each(rows):
        return {"choose": [
            {"when": {"fact": "event.kind", "op": "=", "value": row["events"][0]}, "amount": _single(row, words)}
            for row in rows
        ]}  # fmt: skip
    if triggered and all(row["kind"] == "fixed" for row in rows) and not _each_measures(rows, shared):
        return {
            "by_grade": {
                name: {"fen": row["amount"], "span": row["span"]} for name, row in zip(_grades(rows), rows, strict=True)
            }
        }
    if not triggered and _counts_apart(rows, shared):
        return {"sum": {"parts": [_single(row, words) for row in counted_each(rows)]}}
    steps = _thresholds(rows, shared, words)
    if steps is not None:
        return {"choose": steps}
    tests = [_case_test(row, shared, words) for row in rows]
    if None in tests or len({repr(test) for test in tests}) < len(tests):
        options = _grades(rows)
        name = words.code(short(f"{first['article']}适用档次"), options)
        tests = [{"fact": name, "op": "=", "value": option} for option in options]
    cases = _strictest_first(_greatest_first((test or {}, row) for test, row in zip(tests, rows, strict=True)))
    return {"choose": [{"when": test, "amount": _single(row, words)} for test, row in cases]}


def _greatest_first(cases: Iterable[tuple[Entry, Row]]) -> list[tuple[Entry, Row]]:
    """Tiers by sums, the greatest first: 50亿元且增长10% before 10亿元且增长20%, for who has both."""
    told = list(cases)
    sums = [sum_of(row["selector"]) for _, row in told]
    if None in sums:
        return told
    return [told[at] for at in sorted(range(len(told)), key=lambda at: -(sums[at] or 0))]


def _each_measures(rows: Sequence[Row], shared: Sequence[Row]) -> bool:
    """Whether each row of an event bounds a fact of its own (产值增长15%至30%、30%以上): then no grade of the event tells."""
    return all(
        any(each["unit"] and not any(is_same(each, one) for one in shared) for each in row["conditions"])
        for row in rows
    )


def _strictest_first(cases: Iterable[tuple[Entry, Row]]) -> list[tuple[Entry, Row]]:
    """A case before every other that holds wherever it does: the first that holds pays (1,000 亩以上 before 200 亩以上)."""
    found: list[tuple[Entry, Row]] = []
    for case in cases:
        one_word = "all" not in case[0] and case[0].get("op") not in _SIDES  # a grade or a class: no other is wider
        others = () if one_word else found
        at = next((k for k, other in enumerate(others) if _implies(case[0], other[0])), len(found))
        found.insert(at, case)
    return found


def _implies(one: Entry, other: Entry) -> bool:
    """Whether each bound of the other is met where the first holds; tests that do not bound imply nothing."""
    bounds = one.get("all", [one])
    return all(any(_within(bound, wider) for bound in bounds) for wider in other.get("all", [other]))


def _within(bound: Entry, wider: Entry) -> bool:
    if bound == wider:
        return True
    if bound.get("fact") != wider.get("fact") or "fact" not in bound or not {bound["op"], wider["op"]} <= _SIDES.keys():
        return False
    if _SIDES[bound["op"]] != _SIDES[wider["op"]]:
        return False
    inner, outer = _number(bound["value"]), _number(wider["value"])
    if inner is None or outer is None:
        return False
    further = (inner - outer) * _SIDES[wider["op"]]
    return further > 0 or (further == 0 and (bound["op"] == wider["op"] or wider["op"].endswith("=")))


_SIDES = {">=": 1, ">": 1, "<=": -1, "<": -1}


def _number(value: object) -> Fraction | None:
    """A bound as a number, a day by its order; None for words."""
    try:
        return Fraction(str(value).replace("-", "")) if isinstance(value, (int, str)) else None
    except ValueError:
        return None


def _one_event_each(rows: Sequence[Row]) -> bool:
    """Whether each row is told by an event of its own (甲证书、乙证书分别给予): then the event is the selector."""
    named = [tuple(row["events"]) for row in rows]
    return len(rows) > 1 and all(len(events) == 1 for events in named) and len(set(named)) == len(named)


def grades(rows: Sequence[Row]) -> list[str]:
    """The grades that the rows of a triggered award pay; none where a selector only repeats the event."""
    if _one_event_each(rows):
        return []
    alone = len(rows) == 1
    return [
        name
        for name, row in zip(_grades(rows), rows, strict=True)
        if not alone or KEY_WORD.match(row["selector"] or "")
    ]


def _thresholds(rows: Sequence[Row], shared: Sequence[Row], words: Words) -> list[Entry] | None:
    """Rows whose selectors are themselves sums of one fact (首次突破10亿元、50亿元): the highest reached pays.

    Not where one of them demands more than the others (突破50亿元且通过甲认证).
    """
    facts = {each["fact"] for row in rows for each in row["conditions"] if each["fact"] and each["unit"] == "fen"}
    sums = [sum_of(row["selector"]) for row in rows]
    if len(facts) != 1 or None in sums or len(rows) < 2:
        return None
    own = [[each for each in row["conditions"] if not any(is_same(each, one) for one in shared)] for row in rows]
    if all(own) and any(each["fact"] not in facts for some in own for each in some):
        return None
    name = words.money(facts.pop())
    ordered = sorted(zip(sums, rows, strict=True), key=lambda pair: -(pair[0] or 0))
    return [{"when": {"fact": name, "op": ">=", "value": fen}, "amount": _single(row, words)} for fen, row in ordered]


def _counts_apart(rows: Sequence[Row], shared: Sequence[Row]) -> bool:
    """Kinds that are counted each by itself (甲产品、乙产品每个分别…): one who has both is paid for both."""
    kinds = {row["selector"] for row in rows}
    alike = all(any(is_same(each, one) for one in shared) for row in rows for each in row["conditions"])
    return (
        alike
        and all(row["kind"] == "per_unit" and _is_counted_kind(row) and not counts_itself(row) for row in rows)
        and len(kinds) == len(rows)
    )


def _is_counted_kind(row: Row) -> bool:
    """Whether a selector is a kind of what is counted; who is paid for his square metres (大型企业) is one or the other."""
    selector, whose = row["selector"], _PAID_FOR.search(row["selector"] or "")
    return says(selector) and (whose is None or bool(names_counted(selector, row["per"])))


_PAID_FOR = re.compile(r"(?:企业|单位|机构)\Z")


def of_parts(rows: Sequence[Row]) -> bool:
    """Shares of the parts of one thing (500万元以下部分按3%,以上部分按2%): each part is paid by its own share."""
    parts = [row["base"] or "" for row in rows]
    return len(rows) > 1 and all(part.endswith("部分") for part in parts) and len(set(parts)) == len(parts)


def as_parts(rows: Sequence[Row]) -> list[Row]:
    """A whole and what is paid beyond a bound of it (每人A,超过50人的部分每人B) as parts: who has more is paid for each by its own sum."""
    first, *later = rows
    beyond = [(row["base"] or "").endswith("部分") and row["kind"] == first["kind"] for row in later]
    if not later or not all(beyond) or (first["base"] or "").endswith("部分"):
        return list(rows)
    whole = "" if first["kind"] == "per_unit" else first["base"] or first["article"]
    shared = {"conditions": [one for one in first["conditions"] if one["op"] not in ("<=", "<")], "selector": None}
    return [{**first, **shared, "base": f"{whole}其余部分"}, *({**row, **shared} for row in later)]


def is_year_step(row: Row) -> bool:
    """Whether a row is what an award pays in some of its years (第一年, 前三年)."""
    return YEAR_STEP.fullmatch(row["selector"] or "") is not None


def sum_of(selector: str | None) -> int | None:
    """The sum that a selector is, in fen; None where it says anything else."""
    found = find_money(selector or "")
    return found[0].fen if len(found) == 1 and len(selector or "") == found[0].end - found[0].start else None


def is_same(one: Row, other: Row) -> bool:
    """Whether two rows state one condition: what is compared is the same in other words too (年产值首次突破, 首次突破 again)."""
    told = ("fact", "op", "value") if one["fact"] and one["value"] is not False else ("text", "fact", "op", "value")
    return all(one[name] == other[name] for name in told)


def _case_test(row: Row, shared: Sequence[Row], words: Words) -> Entry | None:
    own = [each for each in row["conditions"] if not any(is_same(each, one) for one in shared)]
    tests = [test for each in own if (test := compared(each, words))]
    if not tests:
        return None
    tests += [written(each, words) for each in own if not compared(each, words)]
    return tests[0] if len(tests) == 1 else {"all": tests}


def _grades(rows: Sequence[Row]) -> list[str]:
    """A name for each row; of rows with one selector nobody could get but the first, so each bears its number too."""
    named = [row["selector"] or f"第{k}档" for k, row in enumerate(rows, 1)]
    times = Counter(named)
    return [name if times[name] == 1 else f"{name}（第{k}档）" for k, name in enumerate(named, 1)]


def _base(row: Row) -> str:
    """What the share is taken of; of support of interest the text often tells only the rate by which it is reckoned."""
    told = row["base"] or ""
    if row["kind"] == "interest" and not told:
        return "贷款利息" if Fraction(*row["rate"]) > _A_RATE_OF_INTEREST else "贷款金额"
    return f"按{told}计算的利息" if told.endswith(("利率", "LPR")) else told or f"{row['article']}{UNTOLD_BASE}"


_A_RATE_OF_INTEREST = Fraction(1, 10)  # 按年利率2%贴息 is of the loan, 按50%贴息 of its interest


def _single(row: Row, words: Words) -> Entry:
    span = row["span"]
    match row["kind"]:
        case "case":
            return {"case": True}
        case "fixed" if row["frequency"] == "monthly":
            return {"per_unit": {"count": months_paid(row, words), "fen": row["amount"], "cap": None, "span": span}}
        case "fixed":
            return {"fixed": {"fen": row["amount"], "span": span}}
        case "per_unit" if counts_itself(row):
            return {"fixed": {"fen": row["amount"], "span": span}}
        case "rate" | "interest" if row["rate"] is not None:
            base = _base(row)
            base = short(f"{row['selector']}{base}" if is_year_step(row) else base)
            if limit := limit_of(row):
                bound = f"（限{limit[0]}{limit[1]}）"
                base = f"{short(base, LONGEST - len(bound))}{bound}"
            base = words.money(base)
            cap = None if row.get("cap_of") else row["cap"]
            return {"rate": {"rate": row["rate"], "base": base, "cap": cap, "floor": row["floor"], "span": span}}
        case "per_unit":
            return {
                "per_unit": {"count": multiplier(row, words), "fen": row["amount"], "cap": row["cap"], "span": span}
            }
        case "range":
            return {"range": {"floor": row["floor"], "cap": row["cap"], "span": span}}
    return {"capped": {"cap": row["cap"], "span": span}}
