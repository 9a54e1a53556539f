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


Measure = Callable[[PolicyVersion, str, Mapping[str, Any]], list[Change]]
_measures: list[Measure] = []


def measured_by(measure: Measure) -> None:
    """Register who measures; done once, when the apps are ready."""
    _measures[:] = [measure]


def effect_of(version: PolicyVersion, ambiguity: str, answer: Mapping[str, Any]) -> list[Change]:
    """The changes that an answer would bring today."""
    return [change for measure in _measures for change in measure(version, ambiguity, answer)]
