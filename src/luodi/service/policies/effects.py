"""What an official answer (官方答复) would change, before it is recorded. The app of awards knows how to measure it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from luodi.service.policies.models import PolicyVersion


@dataclass(frozen=True)
class Change:
    """One rule: units with a result today (None: not listed), sums (sure, up to) in fen before and after, units changed."""

    rule: str
    title: str
    units: int | None
    before: tuple[int, int]
    after: tuple[int, int]
    changed: int


@dataclass(frozen=True)
class Case:
    """One unit that a question touches: sums (sure, up to) in fen under the strict and under the generous reading."""

    unit: Any
    name: str
    strict: tuple[int, int]
    generous: tuple[int, int]


@dataclass(frozen=True)
class Touched:
    """One rule with the units whose sums depend on the question; ``number`` None: too few to be told.

    ``restricted``: published as one figure only, so ``cases`` is empty whoever looks.
    """

    rule: str
    title: str
    restricted: bool
    number: int | None
    cases: list[Case]
    strict: tuple[int, int]
    generous: tuple[int, int]


Measure = Callable[[PolicyVersion, str, Mapping[str, Any]], list[Change]]
Cases = Callable[[PolicyVersion, str], list[Touched]]
_measures: list[Measure] = []
_cases: list[Cases] = []


def measured_by(measure: Measure, cases: Cases) -> None:
    """Register who measures effects and cases; done once, when the apps are ready."""
    _measures[:], _cases[:] = [measure], [cases]


def effect_of(version: PolicyVersion, ambiguity: str, answer: Mapping[str, Any]) -> list[Change]:
    """The changes that an answer would bring today."""
    return [change for measure in _measures for change in measure(version, ambiguity, answer)]


def cases_of(version: PolicyVersion, ambiguity: str) -> list[Touched]:
    """Who is touched by a question today, and by how much under either reading."""
    return [touched for cases in _cases for touched in cases(version, ambiguity)]
