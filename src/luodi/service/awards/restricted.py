"""Items that are published as one figure only (``item_total``): the only readers of :class:`RestrictedRow`
and :class:`RestrictedPart`.

Such a figure comes from at least five recipients and differs from every figure released before by none or by at least
five of them. Where a new run may not be released, the last released figure stands, with its day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet

from luodi.service.awards.freezing import Parts
from luodi.service.awards.models import Determination, EvaluationRun, ItemRelease, RestrictedPart, RestrictedRow
from luodi.service.awards.suppression import Figure, item_figure, may_follow
from luodi.service.policies.models import Policy

Contents = dict[Any, tuple[int, int]]


def release(run: EvaluationRun, rows: Iterable[RestrictedRow]) -> list[ItemRelease]:
    """Release what may be released of a new run; called once, in the transaction of the run."""
    released = []
    for item, contents in sorted(_contents(rows).items()):
        figure = item_figure(_figure(contents))
        if figure and may_follow(contents, _earlier(run.policy_version.policy, item)):
            released.append(
                ItemRelease(run=run, item=item, recipients=figure.recipients, sure_fen=figure.sure_fen,
                            upto_fen=figure.upto_fen)
            )  # fmt: skip
    return ItemRelease.objects.bulk_create(released)


def _contents(rows: Iterable[RestrictedRow]) -> dict[str, Contents]:
    """By item: who is owed something, and how much."""
    items: dict[str, Contents] = defaultdict(dict)
    for row in rows:
        if row.upto_fen:
            sure, upto = items[row.item].get(row.unit_id, (0, 0))
            items[row.item][row.unit_id] = (sure + row.sure_fen, upto + row.upto_fen)
    return items


def _figure(contents: Mapping[Any, tuple[int, int]]) -> Figure:
    return Figure(len(contents), sum(sure for sure, _ in contents.values()), sum(upto for _, upto in contents.values()))


def _earlier(policy: Policy, item: str) -> Iterable[Contents]:
    for earlier in ItemRelease.objects.filter(run__policy_version__policy=policy, item=item):
        rows = RestrictedRow.objects.filter(run=earlier.run_id, item=item)
        yield _contents(rows).get(item, {})


def released_figure(run: EvaluationRun, item: str) -> ItemRelease | None:
    """The figure to show for an item: of this run if it was released, else the last one before it; None: withheld."""
    return (
        ItemRelease.objects.filter(
            run__policy_version__policy=run.policy_version.policy, item=item, run__recorded_at__lte=run.recorded_at
        )
        .select_related("run")
        .order_by("-run__recorded_at")
        .first()
    )


def restricted_rows(run: EvaluationRun) -> QuerySet[RestrictedRow]:
    """Single rows, for a person who may view restricted facts; the caller records the reading."""
    return RestrictedRow.objects.filter(run=run).select_related("unit").order_by("unit__name", "rule")


def whole(determination: Determination) -> tuple[Parts, Parts, RestrictedPart]:
    """Input and verdict of a determination with their restricted parts; who shows the latter records the reading."""
    part = RestrictedPart.objects.get(determination=determination)
    return Parts(determination.given, part.given), Parts(determination.verdict, part.verdict), part
