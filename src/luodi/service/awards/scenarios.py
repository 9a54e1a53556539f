"""Saving and sharing simulated changes, and what of a saved outcome one reader may see."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.db.models import F, Max, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from luodi import clock
from luodi.entitlement.loading import load_rules
from luodi.errors import UsageError
from luodi.service.accounts.models import Membership, Organisation, User
from luodi.service.accounts.permissions import Permission
from luodi.service.audit.actions import record
from luodi.service.awards import wholes
from luodi.service.awards.models import Scenario
from luodi.service.awards.simulation import GROUPS, behind, described, read_changes, simulated
from luodi.service.awards.suppression import TOTAL, Figure, left_out, together
from luodi.service.policies.models import PolicyVersion
from luodi.service.policies.queries import load_pack

LONGEST_NAME = 100
OF = {"strict": "sure", "generous": "upto"}


@transaction.atomic
def save_scenario(
    *, by: User, organisation: Organisation, version: PolicyVersion, name: str, note: str, texts: Collection[str]
) -> Scenario:
    """Simulate changes (``RULE.FIELD=VALUE``) and keep them under a name, as its next version.

    Raises:
        UsageError: no name, nothing changed, or a change that cannot be made.
    """
    name = name.strip()
    if not name or len(name) > LONGEST_NAME:
        raise UsageError(f"方案要有名称，最多 {LONGEST_NAME} 个字。请填写后再保存。")
    if not texts:
        raise UsageError("没有任何改动，不能保存成方案。请至少改一处。")
    pack = load_pack(version)
    rules = load_rules(pack)
    plain, percents = wholes.split(texts, pack)
    changes, items = read_changes(plain, rules, pack), wholes.adjusted(version, pack, percents)
    found = simulated(version, changes)
    told = [{"text": text, **words} for text, words in zip(plain, described(changes, rules), strict=True)]
    same = Scenario.objects.filter(policy_version=version, organisation=organisation, name=name)
    made = Scenario.objects.create(
        policy_version=version, name=name, number=1 + (same.aggregate(last=Max("number"))["last"] or 0), note=note.strip(),
        changes=told + wholes.described(items), figures={**found.figures, "items": items}, behind=behind(found.outcome), business_date=clock.today(),
        rules_digest=found.digest, by=by, organisation=organisation,
    )  # fmt: skip
    record(
        by=by, action="awards.scenario_saved", about=made, organisation=str(organisation), policy=version.policy.slug,
        name=name, number=made.number, changes=list(texts), business_date=made.business_date,
    )  # fmt: skip
    return made


@transaction.atomic
def share_scenario(*, by: User, organisation: str, scenario: Scenario, shared: bool) -> None:
    """Show a scenario to those who read the region's totals, or to its own office alone again."""
    now = timezone.now()
    first = Coalesce("first_shared_at", Value(now)) if shared else F("first_shared_at")
    Scenario.objects.filter(pk=scenario.pk).update(shared=shared, first_shared_at=first)
    record(by=by, action="awards.scenario_shared", about=scenario, organisation=organisation, name=scenario.name,
           number=scenario.number, shared=shared)  # fmt: skip


def scenarios_seen(acting: Membership | None) -> QuerySet[Scenario]:
    """Those of one's own office, and those that another office of the region shares."""
    found = Scenario.objects.select_related("policy_version__policy", "by", "organisation").defer("behind")
    if acting is None or Permission.VIEW_TOTALS not in acting.permissions:
        return found.none()
    shared = Q(shared=True)
    if acting.organisation.region:
        shared &= Q(policy_version__policy__region=acting.organisation.region)
    own = Q(organisation=acting.organisation) if Permission.VIEW_ENTITLED in acting.permissions else Q(pk=None)
    return found.filter(own | shared)


@dataclass(frozen=True)
class Line:
    """A line of an outcome as it may be shown.

    ``withheld``: too few units, or it would tell another line's. ``unsplit``: what all get more or less may be shown,
    how many gain and how many lose may not.
    """

    key: str | None
    name: str
    article: str
    before: Sums
    after: Sums
    gaining: int
    gain_fen: int
    losing: int
    loss_fen: int
    withheld: bool = False
    unsplit: bool = False

    @property
    def more_fen(self) -> int:
        """What the change costs, in fen (negative: saves)."""
        return self.gain_fen - self.loss_fen

    @property
    def same(self) -> bool:
        """Whether nothing changes in this line, and that may be told."""
        return not (self.withheld or self.unsplit or self.gaining or self.losing)


@dataclass(frozen=True)
class Sums:
    """Money in fen and units under one reading."""

    fen: int
    units: int


@dataclass(frozen=True)
class Seen:
    """An outcome as one reader may see it, under one reading of the text."""

    units: int
    total: Line
    rules: tuple[Line, ...]
    groups: tuple[tuple[str, str, tuple[Line, ...]], ...]
    size_left_out: bool = False

    @property
    def withheld(self) -> bool:
        """Whether anything is withheld, so that the page explains the mark."""
        lines = [self.total, *self.rules, *(line for *_, lines in self.groups for line in lines)]
        return any(line.withheld or line.unsplit for line in lines)


@dataclass(frozen=True)
class Hidden:
    """Lines of a list to be withheld, or not split, for what they would tell beside figures shown elsewhere."""

    withheld: frozenset[Any] = frozenset()
    unsplit: frozenset[Any] = frozenset()


def seen(figures: Mapping[str, Any], reading: str, minimum: int, hidden: Mapping[str, Hidden] | None = None) -> Seen:
    """Apply the one suppression rule to an outcome: by rule, and by each group of units that tells any apart.

    ``hidden`` says by list (``rules`` and the groups) what :mod:`.released` withholds besides.
    """
    total, given = _line({"name": "合计", **figures}, reading), hidden or {}
    rules, hides = _shown([_line(row, reading) for row in figures["rules"]], minimum, given.get("rules", Hidden()))
    groups = []
    for group, label in GROUPS.items():
        rows = figures["groups"][group]
        if len(rows) > 1:
            lines, more = _shown([_line(row, reading) for row in rows], minimum, given.get(group, Hidden()))
            groups.append((group, label, lines))
            hides |= more
    gone = left_out({group: any(line.withheld or line.unsplit for line in lines) for group, _, lines in groups})
    groups = [each for each in groups if each[0] not in gone]
    few = {name for name, count in (("withheld", total.gaining + total.losing), ("unsplit", total.gaining),
                                    ("unsplit", total.losing)) if 0 < count < minimum}  # fmt: skip
    whole = replace(total, **dict.fromkeys(hides | few, True))
    return Seen(figures["units"], whole, rules, tuple(groups), size_left_out="size" in gone)


def _shown(lines: Sequence[Line], minimum: int, hidden: Hidden) -> tuple[tuple[Line, ...], set[str]]:
    """The lines with those to be withheld, or not split, marked; and what of their total must be."""
    places = range(len(lines))

    def measure(read: Callable[[Line], tuple[int, int]]) -> dict[Any, Figure]:
        found = {place: read(lines[place]) for place in places}
        return {place: Figure(count, fen, fen) for place, (count, fen) in found.items()}

    def placed(keys: Collection[Any]) -> set[Any]:
        return {place for place in places if lines[place].key in keys} | ({TOTAL} & set(keys))

    sums = [
        measure(lambda line: (line.before.units, line.before.fen)),
        measure(lambda line: (line.after.units, line.after.fen)),
        measure(lambda line: (line.gaining + line.losing, line.gain_fen + line.loss_fen)),
    ]
    split = [
        measure(lambda line: (line.gaining, line.gain_fen)), measure(lambda line: (line.losing, line.loss_fen)),
    ]  # fmt: skip
    withheld = together(sums, places, minimum, placed(hidden.withheld))
    unsplit = together(split, places, minimum, withheld | placed(hidden.unsplit))
    marked = tuple(
        replace(line, withheld=place in withheld, unsplit=place in unsplit) for place, line in enumerate(lines)
    )
    return marked, {name for name, hides in (("withheld", withheld), ("unsplit", unsplit)) if TOTAL in hides}


def _line(row: Mapping[str, Any], reading: str) -> Line:
    side = OF[reading]
    before, after = (Sums(row[name][f"{side}_fen"], row[name][f"{side}_units"]) for name in ("before", "after"))
    return Line(
        row.get("rule", row.get("value")), row["name"], row.get("article", ""), before, after, **row["moves"][reading]
    )
