"""What two runs of a policy have different: which unit, by how much, and why (登记信息, 规则, 业务日期)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from luodi.service.accounts.access import requires
from luodi.service.accounts.permissions import Permission
from luodi.service.awards.models import EvaluationRow, EvaluationRun
from luodi.service.awards.office import chosen_policy
from luodi.service.awards.queries import Choice, runs_of
from luodi.service.policies.models import AmbiguityAnswer
from luodi.service.registry.models import Event, Fact, Unit

PAGE = 50
_DECIDES_NOTHING = ("title", "mode", "guide", "paid_why", "instalments", "payers", "application", "span", "publication")
"""Parts of a rule that change neither a sum nor a verdict."""
FACTS, RULES, DAY, UNKNOWN = "登记信息有变动", "规则或口径有变动", "业务日期不同", "原因不明，请核对"


@dataclass(frozen=True)
class Difference:
    """One unit under one rule: sums of the earlier and the later run in fen, and what can have caused it."""

    unit: Unit
    rule: str
    before: tuple[int, int]
    after: tuple[int, int]
    why: tuple[str, ...]

    @property
    def more_fen(self) -> int:
        """How much the sum at most has grown, in fen."""
        return self.after[1] - self.before[1]


def differences(earlier: EvaluationRun, later: EvaluationRun) -> list[Difference]:
    """Rows that may be listed and differ, the largest change first; a row that is absent counts as nothing."""
    before, after = _sums(earlier), _sums(later)
    keys = [key for key in {**before, **after} if before.get(key, (0, 0)) != after.get(key, (0, 0))]
    units = Unit.objects.in_bulk({unit for unit, _ in keys})
    moved, rules = _moved(earlier, later), _changed_rules(earlier, later)
    found = [
        Difference(
            units[unit], rule, before.get((unit, rule), (0, 0)), after.get((unit, rule), (0, 0)),
            _why(unit in moved, rule in rules, earlier.business_date != later.business_date),
        )
        for unit, rule in keys
    ]  # fmt: skip
    return sorted(found, key=lambda each: (-abs(each.more_fen), -abs(each.after[0] - each.before[0]), each.unit.name))


def _sums(run: EvaluationRun) -> dict[tuple[Any, str], tuple[int, int]]:
    rows = EvaluationRow.objects.filter(run=run, upto_fen__gt=0)
    return {
        (unit, rule): (sure, upto)
        for unit, rule, sure, upto in rows.values_list("unit_id", "rule", "sure_fen", "upto_fen")
    }


def _why(facts: bool, rules: bool, day: bool) -> tuple[str, ...]:
    found = tuple(word for word, holds in ((FACTS, facts), (RULES, rules), (DAY, day)) if holds)
    return found or (UNKNOWN,)


def _moved(earlier: EvaluationRun, later: EvaluationRun) -> set[Any]:
    """Units of which a statement was recorded or corrected between the two runs, a branch's under its legal person."""
    between = {"pgh_created_at__gt": earlier.recorded_at, "pgh_created_at__lte": later.recorded_at}
    units = set(Unit.history.rel.related_model.objects.filter(**between).values_list("pgh_obj_id", flat=True))
    for model in (Fact, Event):
        new = model.objects.filter(recorded_at__gt=earlier.recorded_at, recorded_at__lte=later.recorded_at)
        units |= set(new.values_list("unit_id", flat=True))
        units |= set(model.history.rel.related_model.objects.filter(**between).values_list("unit_id", flat=True))
    heads = Unit.objects.filter(pk__in=units, head_unit__isnull=False).values_list("head_unit_id", flat=True)
    return units | set(heads)


def _changed_rules(earlier: EvaluationRun, later: EvaluationRun) -> set[str]:
    """Rules that decide otherwise in the later run's version, or whose question was answered between the two."""
    one, other = (
        {rule["id"]: {name: part for name, part in rule.items() if name not in _DECIDES_NOTHING}
         for rule in run.policy_version.pack["rules"]}
        for run in (earlier, later)
    )  # fmt: skip
    changed = {rule for rule in {*one, *other} if one.get(rule) != other.get(rule)}
    answered = AmbiguityAnswer.objects.filter(
        policy_version=later.policy_version, recorded_at__gt=earlier.recorded_at, recorded_at__lte=later.recorded_at
    ).values_list("ambiguity", flat=True)
    for entry in later.policy_version.pack["ambiguities"]:
        if entry["id"] in set(answered):
            changed |= set(entry["rules"])
    return changed


@require_safe
@requires(Permission.VIEW_ENTITLED)
def page(request: HttpRequest) -> HttpResponse:
    """Two runs of one policy side by side: counts by reason, and every unit that differs."""
    options, choice = chosen_policy(request)
    if choice is None:
        return render(request, "awards/no_policy.html", {"title": "两次测算的不同"})
    runs = list(runs_of(choice)[:20])
    context: dict[str, Any] = {"choices": options, "choice": choice, "runs": runs}
    pair = _pair(request, choice, runs)
    if pair:
        found = differences(*pair)
        more = sum(each.more_fen for each in found)
        context |= {
            "earlier": pair[0], "later": pair[1], "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
            "reasons": Counter("、".join(each.why) for each in found).most_common(),
            "more_fen": more, "less_fen": -more, "units": len({each.unit for each in found}),
            "titles": {rule["id"]: rule["title"] for rule in choice.pack.rules},
        }  # fmt: skip
    return render(request, "awards/differences.html", context)


def _pair(
    request: HttpRequest, choice: Choice, runs: list[EvaluationRun]
) -> tuple[EvaluationRun, EvaluationRun] | None:
    """The two runs asked for, else the last two; the one recorded first is the earlier."""
    given = [request.GET.get(name, "") for name in ("a", "b")]
    if not any(given):
        return (runs[1], runs[0]) if len(runs) > 1 else None
    try:
        one, other = (get_object_or_404(runs_of(choice), pk=UUID(each)) for each in given)
    except ValueError as error:
        raise Http404 from error
    return (one, other) if one.recorded_at <= other.recorded_at else (other, one)
