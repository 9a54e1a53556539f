"""What the rules of a paper are expected to demand and pay, written beside it as yaml, against the rules proposed for it.

An expectation names each award (``article``, ``pays``, where two pay alike ``which``: words of its own) and what it demands::

    groups:                     # what several awards have in common: their articles, or all (but: …)
      - of: all
        demands: [注册地 = 云州市]
    awards:
      - {article: 第五条, pays: 8%, base: 固定资产投资, cap: 500万元, demands: [固定资产投资 >= 3000万元, {attest: 已开工}]}
    bounds: [{of: all, sum: 2000万元, per: year}]
    exceptions: [{of: 第五条, lost: 军品占比 >= 30%, why: …}]

A demand is a comparison (``fact op value``), words that must be asked (``attest``), that must not hold (``not``), or sides of
which one is enough (``any``, each side a demand or a list of them). Beside demands an award may have ``base``, ``cap``, ``most`` (so many are
counted), ``months`` (that a monthly sum is paid), ``payers``, ``parts`` (instalments, by their shares), ``apply`` (when), ``elsewhere`` (other money is asked) and ``exclusive``.

``python tests/expected_rules.py FOLDER`` prints the figures and deviations of the papers in a folder.
"""

import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from luodi.document.reading import parse
from luodi.policy.build import build
from luodi.policy.compile import compile_document
from luodi.quantities.money import find_money
from proposed_awards import NOWHERE, Award, Found, awards, words_of, yuan

Json = dict[str, Any]
_COMPARISON = re.compile(r"(?P<fact>\S+) (?P<op>>=|<=|!=|=|>|<|in) (?P<value>.+)")
_NUMBER = re.compile(r"(?P<number>\d+(?:\.\d+)?)(?P<scale>[万亿]?)(?P<unit>[^\d-]{0,4})")
_SCALES = {"": 1, "万": 10_000, "亿": 100_000_000}
_ATTRIBUTES = ("cap", "base", "most", "months", "payers", "parts", "apply", "elsewhere", "exclusive")
_ONLY_WHERE_TOLD = ("base",)
"""An expectation that says nothing of it leaves it open; of the others it says that there is none."""


class Deviation(NamedTuple):
    """What an award lost (``asked``: somebody must tell it, where it was to be compared) or has wrongly."""

    award: str
    kind: str
    what: str


@dataclass
class Figures:
    """How many of the expected statements are right, and what differs."""

    right: int = 0
    deviations: list[Deviation] = field(default_factory=list)

    def __str__(self) -> str:
        kinds = Counter(each.kind for each in self.deviations)
        return f"right {self.right}, lost {kinds['lost'] + kinds['asked']} ({kinds['asked']} asked), wrong {kinds['wrong']}"


def figures(paper: Path) -> Figures:
    """The rules proposed for a paper against what stands beside it."""
    expected = yaml.safe_load(paper.with_suffix(".yaml").read_text("utf-8"))
    pack = build(compile_document(parse(paper.read_text("utf-8"))))
    units = {each["id"]: each["unit"] for each in pack.vocabulary["facts"]}
    spare = [award for rule in pack.rules for award in awards(rule)]
    told = Figures()
    for row in expected["awards"]:
        name = f"{row['article']} {row['pays']}" + (f" {row['which']}" if "which" in row else "")
        if (award := _take(spare, row)) is None:
            told.deviations.append(Deviation(name, "lost", "award"))
            continue
        told.right += 1
        demands, attributes = _with_groups(row, expected.get("groups", ()))
        for kind, what in (*_compare(demands, award.conditions, units), *_attributes(attributes, award.attributes)):
            if kind == "right":
                told.right += 1
            else:
                told.deviations.append(Deviation(name, kind, what))
    told.deviations += [Deviation(f"{one.rule['article']} {one.pays}", "wrong", "award") for one in spare]
    for kind, what in _bounds(expected.get("bounds", ()), pack.rules):
        if kind == "right":
            told.right += 1
        else:
            told.deviations.append(Deviation("bounds", kind, what))
    return told


def unexplained(paper: Path, deviations: Iterable[Deviation]) -> list[str]:
    """Deviations that no exception names, and exceptions that deviate no more."""
    expected = yaml.safe_load(paper.with_suffix(".yaml").read_text("utf-8"))
    there = Counter(deviations)
    lines = []
    for each in expected.get("exceptions", ()):
        kind = next(kind for kind in ("lost", "asked", "wrong") if kind in each)
        named = [one for one in there if (one.kind, one.what) == (kind, each[kind]) and _is_of(one.award, each["of"])]
        if not each.get("why") or not named:
            lines.append(f"no longer: {each['of']} {kind} {each[kind]}")
        for one in named:
            del there[one]
    return lines + [f"{one.award}: {one.kind} {one.what}" for one in there.elements()]


def _is_of(name: str, of: str | list[str]) -> bool:
    return of == "all" or any(
        name == each or name.startswith(f"{each} ") for each in ([of] if isinstance(of, str) else of)
    )


def _with_groups(row: Json, groups: Iterable[Json]) -> tuple[list[Any], Json]:
    """The demands and attributes of an award with those of its groups."""
    demands = list(row.get("demands", ()))
    attributes = {name: row[name] for name in _ATTRIBUTES if name in row}
    for group in groups:
        name = f"{row['article']} {row['pays']}"
        if _is_of(name, group["of"]) and not _is_of(name, group.get("but", [])):
            demands += group.get("demands", ())
            attributes = {name: group[name] for name in _ATTRIBUTES if name in group} | attributes
    return demands, attributes


def _take(spare: list[Award], row: Json) -> Award | None:
    which = _fold(str(row.get("which", "")))
    for award in spare:
        words = [_fold(each.text) for each in award.conditions] + [_fold(award.rule["title"]), str(award.attributes)]
        if (award.rule["article"], award.pays) == (row["article"], str(row["pays"])) and any(
            which in each for each in words
        ):
            spare.remove(award)
            return award
    return None


# expectations against what is found


def _compare(demands: list[Any], found: list[Found], units: Json) -> Iterator[tuple[str, str]]:
    """Each demand right, lost or asked, then what nobody demands."""
    open_ = []
    for demand in demands:
        hits = [each for each in found if not (each.used and isinstance(demand, str)) and _is_met(demand, each, units)]
        hits.sort(key=lambda one: one.used)
        for each in (*hits[:1], *(one for one in hits if one.span == NOWHERE)):
            each.used = True
        if hits:
            yield "right", _named(demand)
        if not hits:
            open_.append(demand)
    for demand in open_:
        asked = next((each for each in found if each.is_asked and _holds_words(demand, each)), None)
        if asked:
            asked.used = True
        yield "asked" if asked else "lost", _named(demand)
    computed = [each.span for each in found if each.used and not each.is_asked and each.span != NOWHERE]
    for each in found:
        low, high = each.span
        if not each.used:
            yield "wrong", each.text
        elif (
            each.is_asked
            and not _is_written_out(each, demands)
            and any(low <= one[0] and one[1] <= high for one in computed)
        ):
            yield "wrong", f"again: {each.text}"


def _is_written_out(found: Found, demands: list[Any]) -> bool:
    """Whether an expectation gives the whole question, with what it compares."""
    return any(isinstance(one, dict) and _fold(found.text) in map(_fold, map(str, one.values())) for one in demands)


def _is_met(demand: Any, found: Found, units: Json) -> bool:
    test = found.test
    if isinstance(demand, str):
        return _is_compared(demand, test, units)
    if "any" in demand:
        return "any" in test and _sides(demand["any"], test["any"], units)
    kind, words = next(iter(demand.items()))
    polarity = test.get("value", True) is not False
    if "any" in test or (not found.is_asked and "event" not in test and test.get("op") != "="):
        return False
    return polarity == (kind == "attest") and _fold(str(words)) in _fold(found.text)


def _sides(expected: list[Any], sides: list[Json], units: Json) -> bool:
    if len(expected) != len(sides):
        return False
    for want, side in zip(expected, sides, strict=True):
        wanted = want if isinstance(want, list) else [want]
        parts = [Found(words_of(part), part) for part in side.get("all", [side])]
        if len(parts) != len(wanted) or not all(any(_is_met(one, part, units) for part in parts) for one in wanted):
            return False
    return True


def _is_compared(demand: str, test: Json, units: Json) -> bool:
    said = _COMPARISON.fullmatch(demand)
    if said is None:
        raise ValueError(f"not a comparison: {demand}")
    fact, value = test.get("fact"), test.get("value")
    if fact is None or test["op"] != said["op"] or not _alike(str(fact), said["fact"]):
        return False
    if said["op"] == "in":
        return list(value or ()) == re.split("、", said["value"])
    number = _NUMBER.fullmatch(said["value"])
    if number is None:
        return str(value) == said["value"]
    money = find_money(said["value"])
    if money and money[0].fen is not None:
        return bool(units.get(fact) == "元" and value == money[0].fen)
    same = not isinstance(value, bool) and str(value) == _plain(Fraction(number["number"]) * _SCALES[number["scale"]])
    return same and units.get(fact) == number["unit"]


def _holds_words(demand: Any, found: Found) -> bool:
    """Whether a question holds the words of a demand that was to be compared or is asked of the wrong sign."""
    if isinstance(demand, dict):
        parts = [part for side in demand.get("any", ()) for part in (side if isinstance(side, list) else [side])]
        return bool(parts) and all(_holds_words(part, found) or _is_met(part, found, {}) for part in parts)
    said = _COMPARISON.fullmatch(demand)
    text = _fold(found.text)
    return (
        said is not None
        and any(_fold(one) in text for one in re.split("、", said["value"]))
        and _shares_words(said["fact"], text)
    )


def _shares_words(fact: str, text: str) -> bool:
    return any(fact[at : at + 2] in text for at in range(len(fact) - 1))


def _plain(value: Fraction) -> str:
    """As rules write a number: whole ones as they are, others as exact decimals."""
    return str(int(value) if value.denominator == 1 else float(value))


def _alike(found: str, expected: str) -> bool:
    """Whether two names are of one fact: one holds the other, or they share half of the pairs of characters."""
    found, expected = _fold(found), _fold(expected)
    pairs = {expected[at : at + 2] for at in range(len(expected) - 1)}
    return found in expected or expected in found or 2 * sum(pair in found for pair in pairs) >= len(pairs)


def _named(demand: Any) -> str:
    if isinstance(demand, str):
        return demand
    if isinstance(demand, list):
        return " & ".join(map(_named, demand))
    kind, words = next(iter(demand.items()))
    return " | ".join(map(_named, words)) if kind == "any" else f"{kind} {words}"


def _attributes(expected: Json, found: Json) -> Iterator[tuple[str, str]]:
    for name in _ATTRIBUTES:
        want, have = expected.get(name), found[name]
        if want is None:
            if have is not None and name not in _ONLY_WHERE_TOLD:
                yield "wrong", f"{name} {have}"
        elif want == have or (name == "base" and _alike(have, want)):
            yield "right", name
        else:
            yield "lost", f"{name} {want}, not {have}"


def _bounds(expected: Iterable[Json], rules: list[Json]) -> Iterator[tuple[str, str]]:
    """What binds several awards together, or all that one gets by one award: sum, period and articles."""
    articles = {rule["id"]: rule["article"] for rule in rules}
    have = Counter(
        (
            yuan(cap["fen"]) if "fen" in cap else "of a measure",
            cap["per"],
            tuple(dict.fromkeys(articles[one] for one in cap["rules"])),
        )
        for rule in rules
        for cap in rule["caps"]
    )
    whole = tuple(dict.fromkeys(rule["article"] for rule in rules if "case" not in rule["amount"]))
    for each in expected:
        key = (each["sum"], each["per"], whole if each["of"] == "all" else tuple(each["of"]))
        yield ("right" if have[key] else "lost"), f"{key[0]} {key[1]}"
        have[key] -= 1
    for key, number in have.items():
        yield from [("wrong", f"{key[0]} {key[1]} of {'、'.join(key[2])}")] * number


def _fold(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKC", text) if char not in "“”\"' 　")


if __name__ == "__main__":
    for paper in sorted(Path(sys.argv[1]).glob("*.txt")):
        told = figures(paper)
        print(f"{paper.stem}: {told}", *(f"  {one.award}: {one.kind} {one.what}" for one in told.deviations), sep="\n")
