"""Putting a published policy's duties and goals on the board (列入看板), each with its clause and place."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from luodi.policy.pack import Pack
from luodi.policy.punctuation import widened
from luodi.service.accounts.models import User
from luodi.service.audit.actions import one_act
from luodi.service.audit.actions import record as audit
from luodi.service.duties.models import Duty, DutyRole, Goal, Measure
from luodi.service.policies.fact_lines import as_share
from luodi.service.policies.models import PolicyText, PolicyVersion
from luodi.service.policies.outline import opening
from luodi.service.policies.queries import load_pack
from luodi.service.policies.shown_text import shown_text
from luodi.service.registry.models import GovernmentUnit, UnitClass
from luodi.service.registry.queries import government_unit_as_written


def adopt_policy(*, version: PolicyVersion, by: User, organisation: str) -> None:
    """List the duties and goals of a version; those of an earlier version of the policy move on to this one.

    A role that the new version does not name ends on its first day; reports and milestones stay as they are.
    """
    pack = load_pack(version)
    with one_act():
        for order, (article, told) in enumerate(_by_article(pack.facts["duties"]).items(), 1):
            _duty(version, pack, order, article, told)
        facts = [(fact, True) for fact in pack.facts["goals"]]
        facts += [(fact, False) for fact in pack.facts["qualitative_goals"]]
        reporter = _most_leading(version)
        for order, (fact, quantified) in enumerate(facts, 1):
            _goal(version, order, fact, quantified, reporter)
        audit(
            by=by, action="duties.adopt", about=version, organisation=organisation,
            duties=len(pack.facts["duties"]), goals=len(facts),
        )  # fmt: skip


def adopt_published(*, version: PolicyVersion, by: User, organisation: str, **_: Any) -> None:
    """Follow the publication of a version (signal receiver)."""
    adopt_policy(version=version, by=by, organisation=organisation)


def deadline_day(written: str | None) -> dt.date | None:
    """The last day of a deadline written as a year, a month or a day."""
    if not written:
        return None
    parts = [int(part) for part in written.split("-")]
    if len(parts) == 3:
        return dt.date(*parts)
    year, month = (parts[0], parts[1]) if len(parts) == 2 else (parts[0], 12)
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    return following - dt.timedelta(days=1)


def _by_article(facts: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """The assignments of each article in text order: an article may have several, and is one task."""
    found: dict[str, list[dict[str, Any]]] = {}
    for fact in facts:
        found.setdefault(fact["article"], []).append(fact)
    return found


def _duty(version: PolicyVersion, pack: Pack, order: int, article: str, told: Sequence[dict[str, Any]]) -> None:
    start, end = told[0].get("span") or (None, None)
    values = {
        "policy_version": version, "order": order, "title": _title(version, pack, article, told[0]),
        "span_start": start, "span_end": end, "starts_on": pack.stands_from, "ends_on": pack.effective_to,
    }  # fmt: skip
    duty, created = Duty.objects.get_or_create(policy=version.policy, article=article, defaults=values)
    if not created and duty.policy_version_id != version.pk:
        Duty.objects.filter(pk=duty.pk).update(version=duty.version + 1, **values)
    leads = dict.fromkeys(name for fact in told for name in fact["lead"])
    others = dict.fromkeys(name for fact in told for name in fact["participants"] if name not in leads)
    named = [(DutyRole.Part.LEAD, name) for name in leads] + [(DutyRole.Part.PARTICIPANT, name) for name in others]
    for place, (part, name) in enumerate(named, 1):
        _role(duty, part, name, place, pack.effective_from)
    _end_others(duty, named, pack.effective_from)


def _title(version: PolicyVersion, pack: Pack, article: str, told: Mapping[str, Any]) -> str:
    """The heading of a clause; without one its first words where the text is loaded, or those that give the task to an office."""
    found = next((each for each in pack.data["articles"] if each["id"] == article), None)
    stored: PolicyText | None = getattr(version, "text", None)
    if found is None or (not found["heading"] and (stored is None or stored.notice)):
        return f"{article} 所列任务"
    if found["heading"] or stored is None:
        return widened(str(found["heading"]))
    own = told.get("told") == "prose" and told.get("span")
    words = shown_text(stored, pack.data["source"]["format"]).words(own or found["span"])
    return opening(words, "、".join(told["lead"]))


def _role(duty: Duty, part: str, name: str, order: int, day: dt.date | None) -> None:
    region, when = duty.policy.region, day or dt.date.min
    found = _class_named(name, region)
    unit = None if found else government_unit_as_written(name, region, when)
    DutyRole.objects.get_or_create(
        duty=duty, part=part, as_written=name, defaults={"order": order, "unit": unit, "unit_class": found}
    )


def _class_named(name: str, region: str) -> UnitClass | None:
    """The class of units that a name stands for, whatever the width of its brackets."""

    def plain(written: str) -> str:
        return written.replace("（", "(").replace("）", ")").replace(" ", "")

    found = [c for c in UnitClass.objects.filter(region=region) if plain(c.name) == plain(name)]
    return found[0] if found else None


def _end_others(duty: Duty, named: list[tuple[DutyRole.Part, str]], day: dt.date | None) -> None:
    for role in duty.roles.filter(ended_on=None):
        if (role.part, role.as_written) not in [(str(part), name) for part, name in named]:
            DutyRole.objects.filter(pk=role.pk).update(ended_on=day, version=role.version + 1)


def _most_leading(version: PolicyVersion) -> GovernmentUnit | None:
    """The unit that leads most duties: where the text names nobody, it reports the goals until another is set."""
    leads = DutyRole.objects.filter(duty__policy=version.policy, part=DutyRole.Part.LEAD, unit__isnull=False)
    counted = Counter(leads.values_list("unit", flat=True)).most_common(1)
    return GovernmentUnit.objects.get(pk=counted[0][0]) if counted else None


def _goal(
    version: PolicyVersion, order: int, fact: dict[str, Any], quantified: bool, reporter: GovernmentUnit | None
) -> None:
    start, end = fact.get("span") or (None, None)
    target, unit = as_share(fact) if quantified else (None, "")
    values = {
        "policy_version": version, "order": order, "quantified": quantified, "reporter": reporter,
        "target": target, "unit": unit, "deadline": deadline_day(fact.get("deadline")), "span_start": start, "span_end": end,
    }  # fmt: skip
    goal, created = Goal.objects.get_or_create(
        policy=version.policy, article=fact["article"], name=fact["metric"] if quantified else fact["statement"],
        operator=fact["op"] if quantified else "", defaults=values,
    )  # fmt: skip
    if not created and goal.policy_version_id != version.pk:
        values.pop("reporter")
        Goal.objects.filter(pk=goal.pk).update(version=goal.version + 1, **values)
    if quantified and created:
        Measure.objects.create(goal=goal, code="reported", order=1, label="按原文指标，由填报单位填报并注明依据")
