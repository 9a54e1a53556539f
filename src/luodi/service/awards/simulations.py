"""The pages of simulation (模拟测算): change, see, save, share, and hold up to three scenarios side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from luodi.entitlement.simulation.change import Field
from luodi.entitlement.simulation.values import KIND_WORDS
from luodi.errors import UsageError
from luodi.service.accounts.access import requires
from luodi.service.accounts.permissions import Permission
from luodi.service.awards import wholes
from luodi.service.awards.chart import bars, sides
from luodi.service.awards.freezing import restricted_items
from luodi.service.awards.models import Scenario
from luodi.service.awards.office import chosen_policy
from luodi.service.awards.queries import Choice, smallest_shown
from luodi.service.awards.released import released
from luodi.service.awards.scenarios import OF, Seen, save_scenario, scenarios_seen, seen, share_scenario
from luodi.service.awards.simulation import AT_ONCE, READINGS, described, open_fields, read_changes, simulated
from luodi.service.awards.suppression import SIZE_LEFT_OUT, WITHHELD, Figure
from luodi.service.awards.tasks import save_simulation
from luodi.service.jobs.actions import queue
from luodi.service.policies.views import unsettled_of
from luodi.service.registry.models import Unit

SIDE_BY_SIDE = 3
_MOST_LISTED = 50


@dataclass(frozen=True)
class Entry:
    """One field of the form: what it is, what was typed, what is wrong with it."""

    field: Field
    typed: str = ""
    error: str = ""

    @property
    def name(self) -> str:
        """The name of the input."""
        return f"{self.field.rule}.{self.field.name}"


@requires(Permission.VIEW_TOTALS)
def simulation(request: HttpRequest) -> HttpResponse:
    """The form, what the changes do, and the scenarios that are kept; POST tries the changes or saves them."""
    may = request.may  # type: ignore[attr-defined]
    if request.method == "POST" and Permission.VIEW_ENTITLED not in may:
        raise PermissionDenied(f"当前身份没有“{Permission.VIEW_ENTITLED.value}”权限。")
    options, choice = chosen_policy(request)
    if choice is None:
        return render(request, "awards/no_policy.html", {"title": "模拟测算"})
    context = {
        "choices": options, "choice": choice, "makes": Permission.VIEW_ENTITLED in may,
        "scenarios": scenarios_seen(request.acting).filter(policy_version__policy=choice.version.policy)[:_MOST_LISTED],  # type: ignore[attr-defined]
        "apart": _apart(choice), "unsettled": unsettled_of(request, choice.version), **_readings(request),
    }  # fmt: skip
    typed, status = _typed(request, choice), 200
    if request.method == "POST":
        answer = _answered(request, choice, typed, context)
        if isinstance(answer, HttpResponse):
            return answer
        status = answer
    errors = context.get("errors", {})
    context["rules"] = _form(choice, typed, errors)
    context["wholes"] = [(each, typed.get(each.name, ""), errors.get(each.name, ""))
                         for each in wholes.wholes(choice.version, choice.pack)] if context["makes"] else []  # fmt: skip
    return render(request, "awards/simulation.html", context, status=status)


def _typed(request: HttpRequest, choice: Choice) -> dict[str, str]:
    """What stands in the form: what was sent, else the changes of the scenario to start from."""
    if request.method == "POST":
        names = {f"{field.rule}.{field.name}" for field in open_fields(choice.rules, choice.pack)}
        names |= {f"{item}.percent" for item in restricted_items(choice.pack)}
        return {
            name: request.POST[name].strip() for name in request.POST if name in names and request.POST[name].strip()
        }
    given = request.GET.get("from", "")
    if not given:
        return {}
    found = _scenario(request, given)
    return dict(each["text"].split("=", 1) for each in found.changes)


def _scenario(request: HttpRequest, given: str) -> Scenario:
    try:
        return get_object_or_404(scenarios_seen(request.acting), pk=UUID(given))  # type: ignore[attr-defined]
    except ValueError as error:
        raise Http404 from error


def _answered(
    request: HttpRequest, choice: Choice, typed: Mapping[str, str], context: dict[str, Any]
) -> HttpResponse | int:
    """Try or save; what is wrong goes into the context. The answer is a page to go to, or this page's status."""
    context["errors"] = errors = _wrong(choice, typed)
    texts = [f"{name}={value}" for name, value in typed.items()]
    name, note = request.POST.get("name", ""), request.POST.get("note", "")
    context |= {"name": name, "note": note}
    if errors:
        return 422
    try:
        if request.POST.get("do") == "save":
            return _saved(request, choice, texts, name, note)
        if not texts:
            raise UsageError("没有任何改动。请至少在一处填写新的值，再试算。")
        if _many(choice):
            raise UsageError(f"登记单位超过 {AT_ONCE:,} 个，试算要在后台进行。请填写方案名称后保存，完成后会给出结果。")
        plain, percents = wholes.split(texts, choice.pack)
        items = wholes.adjusted(choice.version, choice.pack, percents)
        changes = read_changes(plain, choice.rules, choice.pack)
        found = simulated(choice.version, changes).figures
    except UsageError as refusal:
        context["refusal"] = str(refusal)
        return 422
    view = seen(found, context["reading"], smallest_shown(request.may))  # type: ignore[attr-defined]
    context |= shown(view) | {"changes": described(changes, choice.rules) + wholes.described(items)}
    context["items"] = wholes.shown(items, OF[context["reading"]])
    return 200


def _many(choice: Choice) -> bool:
    return Unit.objects.filter(region=choice.version.policy.region).count() > AT_ONCE


def _saved(request: HttpRequest, choice: Choice, texts: list[str], name: str, note: str) -> HttpResponse:
    office = request.acting.organisation  # type: ignore[attr-defined]
    if _many(choice) and name.strip():
        return redirect(queue(
            save_simulation, by=request.user, organisation=office, about=name.strip(),  # type: ignore[arg-type]
            version=str(choice.version.pk), office=str(office.pk), name=name, note=note, texts=texts,
        ))  # fmt: skip
    return redirect(save_scenario(
        by=request.user, organisation=office, version=choice.version, name=name, note=note, texts=texts,  # type: ignore[arg-type]
    ))  # fmt: skip


def _wrong(choice: Choice, typed: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with single values."""
    errors, fields = {}, {f"{field.rule}.{field.name}": field for field in open_fields(choice.rules, choice.pack)}
    for name, value in typed.items():
        try:
            plain, _ = wholes.split([f"{name}={value}"], choice.pack)
            read_changes(plain, choice.rules, choice.pack)
        except UsageError as refusal:
            if name not in fields:
                errors[name] = str(refusal)
                continue
            wanted = KIND_WORDS[fields[name].kind]
            errors[name] = f"应为{wanted}，读到的是“{value}”。现行是 {fields[name].shown}。请改正，或清空不改。"
    return errors


def _form(choice: Choice, typed: Mapping[str, str], errors: Mapping[str, str]) -> list[dict[str, Any]]:
    """The fields by rule; a rule with something typed stands open."""
    titles = {rule.id: rule.title for rule in choice.rules.rules}
    found: dict[str, list[Entry]] = {}
    for field in open_fields(choice.rules, choice.pack):
        name = f"{field.rule}.{field.name}"
        found.setdefault(field.rule, []).append(Entry(field, typed.get(name, ""), errors.get(name, "")))
    return [
        {"id": rule, "title": titles[rule], "article": entries[0].field.article, "entries": sorted(entries, key=_largest),
         "open": any(entry.typed for entry in entries)}
        for rule, entries in found.items()
    ]  # fmt: skip


def _largest(entry: Entry) -> tuple[bool, int]:
    """Sums by grade first, the largest leading; everything else in the order of the rule."""
    amount = entry.field.name.startswith("amount.")
    return not amount, -entry.field.value if amount and isinstance(entry.field.value, int) else 0


def _apart(choice: Choice) -> list[str]:
    """The awards that take no part, by title."""
    apart = restricted_items(choice.pack)
    return [rule["title"] for rule in choice.pack.rules if rule["item"] in apart]


def _readings(request: HttpRequest) -> dict[str, Any]:
    given = request.POST.get("reading", "") or request.GET.get("reading", "")
    return {"reading": given if given in READINGS else "strict", "readings": READINGS}


def shown(found: Seen) -> dict[str, Any]:
    """An outcome for a page: figures, charts and tables as the reader may see them."""
    return {
        "seen": found, "withheld": WITHHELD, "size_left_out": SIZE_LEFT_OUT, "budget": _budget(found),
        "sides": [(group, label, lines, sides([(line.name, None if line.withheld or line.unsplit else (line.gaining, line.losing))
                                               for line in lines])) for group, label, lines in found.groups],
    }  # fmt: skip


def _budget(found: Seen) -> Any:
    """Bars of each changed award and the total, as it is and with the changes."""
    lines = [line for line in (*found.rules, found.total) if not line.withheld and not line.same]
    return bars([
        (f"{line.name} · {word}", Figure(sums.units, sums.fen, sums.fen))
        for line in lines
        for word, sums in (("现行", line.before), ("改动后", line.after))
    ])  # fmt: skip


@require_safe
@requires(Permission.VIEW_TOTALS)
def scenario(request: HttpRequest, scenario_id: UUID) -> HttpResponse:
    """A saved scenario with its outcome."""
    found = _scenario(request, str(scenario_id))
    context = {
        "scenario": found,
        "own": _own(request, found),
        "versions": _versions(request, found),
        **_readings(request),
    }
    view = released(found, str(context["reading"]), smallest_shown(request.may))  # type: ignore[attr-defined]
    context |= shown(view) | {"changes": found.changes}
    context["items"] = wholes.shown(found.figures.get("items", ()), OF[str(context["reading"])])
    return render(request, "awards/scenario.html", context)


def _own(request: HttpRequest, found: Scenario) -> bool:
    acting = request.acting  # type: ignore[attr-defined]
    return found.organisation_id == acting.organisation_id and Permission.VIEW_ENTITLED in request.may  # type: ignore[attr-defined]


def _versions(request: HttpRequest, found: Scenario) -> Any:
    same = {"policy_version": found.policy_version, "organisation": found.organisation, "name": found.name}
    return scenarios_seen(request.acting).filter(**same).exclude(pk=found.pk).order_by("-number")  # type: ignore[attr-defined]


@require_POST
@requires(Permission.VIEW_ENTITLED)
def share(request: HttpRequest, scenario_id: UUID) -> HttpResponse:
    """Share a scenario of one's own office with those who read the region's totals, or take it back."""
    found = _scenario(request, str(scenario_id))
    if not _own(request, found):
        raise Http404
    share_scenario(
        by=request.user, organisation=str(request.acting.organisation), scenario=found,  # type: ignore[attr-defined,arg-type]
        shared=request.POST.get("shared") == "yes",
    )  # fmt: skip
    return redirect(found)


@require_safe
@requires(Permission.VIEW_TOTALS)
def compare(request: HttpRequest) -> HttpResponse:
    """Up to three scenarios side by side: what each changes, its budget by award, who gains and loses."""
    chosen = list(dict.fromkeys(request.GET.getlist("s")))
    context: dict[str, Any] = {"most": SIDE_BY_SIDE, "count": len(chosen), **_readings(request)}
    if not 2 <= len(chosen) <= SIDE_BY_SIDE:
        return render(request, "awards/compare.html", context, status=422 if chosen else 200)
    found = [_scenario(request, each) for each in chosen]
    views = [released(each, context["reading"], smallest_shown(request.may)) for each in found]  # type: ignore[attr-defined]
    names = dict.fromkeys(line.name for view in views for line in view.rules if line.withheld or not line.same)
    context |= {
        "columns": list(zip(found, views, strict=True)), "withheld": WITHHELD,
        "lines": [(name, [next((line for line in view.rules if line.name == name), None) for view in views]) for name in names],
        "bars": bars([(f"{each.name}（第 {each.number} 版）", _total(view)) for each, view in zip(found, views, strict=True)]),
        "items": _items(found, OF[context["reading"]]),
        "something_withheld": any(view.withheld for view in views),
        "one_policy": len({each.policy_version_id for each in found}) == 1,
    }  # fmt: skip
    return render(request, "awards/compare.html", context)


def _items(scenarios: Sequence[Scenario], side: str) -> list[tuple[str, list[Any]]]:
    """Items published as one figure by name, with what each scenario makes of them."""
    found = [{line["name"]: line for line in wholes.shown(each.figures.get("items", ()), side)} for each in scenarios]
    return [(name, [own.get(name) for own in found]) for name in dict.fromkeys(name for own in found for name in own)]


def _total(view: Seen) -> Figure | None:
    total = view.total
    return None if total.withheld else Figure(total.after.units, total.after.fen, total.after.fen)
