"""The amounts and bases of a pack's rules, read from their JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from luodi.entitlement.amount import (
    Amount,
    Between,
    ByGrade,
    CaseByCase,
    FirstCase,
    Fixed,
    Less,
    PerUnit,
    Rate,
    Rounding,
    Sum,
    Tier,
    Tiers,
)
from luodi.entitlement.condition import read_test
from luodi.entitlement.term import Combined, Constant, Dated, FactTerm, Minus, Scaled, Term
from luodi.entitlement.vocabulary import Vocabulary
from luodi.errors import ContentError

if TYPE_CHECKING:
    from luodi.entitlement.result import Span


Json = Mapping[str, Any]


def read_amount(item: Json, words: Vocabulary, where: str) -> Amount:
    """An amount.

    Raises:
        ContentError: it is none that is known, or rests on what the vocabulary does not have.
    """
    for name, read in _AMOUNTS.items():
        if name in item:
            return read(item, words, where)
    known = "、".join(_AMOUNTS)
    raise ContentError(f"{where}：金额“{'、'.join(item)}”不认识。请改用 {known} 之一。")


def _by_grade(item: Json, words: Vocabulary, where: str) -> Amount:
    return ByGrade(tuple((grade, _fixed(each, words, where)) for grade, each in item["by_grade"].items()))


def _fixed(item: Json, words: Vocabulary, where: str) -> Fixed:
    given = item.get("fixed", item)
    return Fixed(given["fen"], read_span(given))


def _choose(item: Json, words: Vocabulary, where: str) -> Amount:
    return FirstCase(
        tuple(
            (read_test(each["when"], words, where), read_amount(each["amount"], words, where))
            for each in item["choose"]
        )
    )


def _sum(item: Json, words: Vocabulary, where: str) -> Amount:
    given = item["sum"]
    parts = tuple(read_amount(each, words, where) for each in given["parts"])
    return Sum(parts, given.get("cap"), read_term_if_given(given.get("at_most"), words, where))


def _less(item: Json, words: Vocabulary, where: str) -> Amount:
    return Less(read_amount(item["less"]["amount"], words, where), read_term(item["less"]["received"], words, where))


def _rate(item: Json, words: Vocabulary, where: str) -> Amount:
    given, (rounding, how) = item["rate"], _rounding(item, "rate")
    if given.get("rate") is None:
        return Between(given.get("floor") or 0, given.get("cap"), read_span(given))
    base, (n, d) = read_term(given["base"], words, where), given["rate"]
    return Rate((n, d), base, given.get("floor"), given.get("cap"), rounding, read_span(given), how)


def _tiers(item: Json, words: Vocabulary, where: str) -> Amount:
    given, (rounding, how) = item["tiers"], _rounding(item, "tiers")
    tiers = tuple(
        Tier(
            each.get("from"),
            each.get("to"),
            each.get("fen"),
            tuple(each["rate"]) if each.get("rate") else None,
            each.get("cap"),
            read_span(each),
        )
        for each in given["tiers"]
    )
    return Tiers(read_term(given["base"], words, where), tiers, rounding, how, bool(given.get("marginal")))


def _per_unit(item: Json, words: Vocabulary, where: str) -> Amount:
    given = item["per_unit"]
    return PerUnit(read_term(given["count"], words, where), given["fen"], given.get("cap"), read_span(given))


def _steps(item: Json, words: Vocabulary, where: str) -> Amount:
    """每超过起点 N 再给 M: a sum for each whole step of the base beyond its start."""
    given = item["steps"]
    beyond = Minus(read_term(given["base"], words, where), Constant(given.get("from") or 0))
    return PerUnit(Scaled(beyond, (1, given["every"])), given["fen"], given.get("cap"), read_span(given))


def _between(item: Json, words: Vocabulary, where: str) -> Amount:
    given = item.get("capped") or item["range"]
    return Between(given.get("floor") or 0, given.get("cap"), read_span(given))


def _case(item: Json, words: Vocabulary, where: str) -> Amount:
    return CaseByCase(item.get("guidance") or item.get("note") or "")


_AMOUNTS: dict[str, Callable[[Json, Vocabulary, str], Amount]] = {
    "by_grade": _by_grade, "fixed": _fixed, "choose": _choose, "sum": _sum, "less": _less, "rate": _rate,
    "tiers": _tiers, "per_unit": _per_unit, "steps": _steps, "capped": _between, "range": _between,
    "case": _case, "guidance": _case,
}  # fmt: skip


def _rounding(item: Json, name: str) -> tuple[int, Rounding]:
    """To what multiple of fen a result is rounded, and which way; stated by the amount or by the part."""
    return item[name].get("rounding_fen", item.get("rounding_fen", 1)), item.get("rounding", "down")


def read_term_if_given(item: Any, words: Vocabulary, where: str) -> Term | None:
    """A base, or null where there is none."""
    return None if item is None else read_term(item, words, where)


def read_term(item: Any, words: Vocabulary, where: str) -> Term:
    """A base: a fact's name, a number, or an object that names what is done with others."""
    if isinstance(item, int):
        return Constant(item)
    if isinstance(item, str):
        item = {"fact": item}
    times, rounding = item.get("times") or (1, 1), item.get("rounding_fen", 1)
    if "minus" in item:
        left, right = item["minus"]
        return Minus(read_term(left, words, where), read_term(right, words, where))
    if "of" in item:
        return Scaled(read_term(item["of"], words, where), (times[0], times[1]), rounding)
    if "param" in item:
        return _parameter(item, words, where)
    for op in ("plus", "product", "least", "most"):
        if op in item:
            return Combined(op, tuple(read_term(each, words, where) for each in item[op]))
    kind = words.fact(item["fact"])
    if kind is None or kind.type not in ("money", "integer"):
        found = "不在词表中" if kind is None else f"是{kind.type}"
        raise ContentError(f"{where}：金额的基数“{item['fact']}”{found}。请在词表 facts 中登记为 money 或 integer。")
    return FactTerm(kind.id, (times[0], times[1]), rounding)


def _parameter(item: Json, words: Vocabulary, where: str) -> Term:
    parameter = words.parameters.get(item["param"])
    if parameter is None:
        raise ContentError(f"{where}：参数“{item['param']}”不在词表 parameters 中。请登记它或改正名称。")
    return Dated(parameter.label, parameter.values)


def read_span(item: Json) -> Span | None:
    """Where the text says it."""
    span = item.get("span")
    return (span[0], span[1]) if span else None
