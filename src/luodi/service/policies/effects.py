"""What an official answer (官方答复) would change, before it is recorded. The app of awards knows how to measure it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from luodi.service.policies.models import PolicyVersion
from luodi.service.registry.models import Unit


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
    """One rule with the units whose sums depend on the question.

    ``restricted``: of an item that is published as one figure only. How many a question touches and what it moves would be a
    second figure of it, and the difference of two tells what few are owed: ``number`` is None, ``cases`` is empty, whoever looks.
    """

    rule: str
    title: str
    restricted: bool
    number: int | None
    cases: list[Case]
    strict: tuple[int, int]
    generous: tuple[int, int]


AT_ONCE = 50_000
"""Units of a region up to which a page measures while it is waited for; more are measured by a job."""

Measure = Callable[[PolicyVersion, str, Mapping[str, Any]], list[Change]]
Cases = Callable[[PolicyVersion, str], list[Touched]]
_measures: list[Measure] = []
_cases: list[Cases] = []


def measured_by(measure: Measure, cases: Cases) -> None:
    """Register who measures effects and cases; done once, when the apps are ready."""
    _measures[:], _cases[:] = [measure], [cases]


def is_large(version: PolicyVersion) -> bool:
    """Whether the region of a policy has too many units for a page to wait."""
    return Unit.objects.filter(region=version.policy.region).count() > AT_ONCE


def touched_from(rows: Sequence[Mapping[str, Any]]) -> list[Touched]:
    """What :func:`cases_of` gave, out of plain data."""
    return [Touched(**{**row, "cases": [Case(**case) for case in row["cases"]]}) for row in rows]


def effect_of(version: PolicyVersion, ambiguity: str, answer: Mapping[str, Any]) -> list[Change]:
    """The changes that an answer would bring today."""
    return [change for measure in _measures for change in measure(version, ambiguity, answer)]


def cases_of(version: PolicyVersion, ambiguity: str) -> list[Touched]:
    """Who is touched by a question today, and by how much under either reading."""
    return [touched for cases in _cases for touched in cases(version, ambiguity)]
