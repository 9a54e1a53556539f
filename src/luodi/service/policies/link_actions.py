"""Recording and ending links between clauses of papers; an ended link stays with its reason."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from luodi import clock
from luodi.errors import UsageError
from luodi.service.audit.actions import record
from luodi.service.policies.models import ClauseLink, Policy


@transaction.atomic
def add_link(
    *, by: Any, policy: Policy, article: str, relation: str, other: Policy | None, title: str, number: str, clause: str,
    taken: str, organisation: str = "",
) -> ClauseLink:  # fmt: skip
    """Record that a clause of a policy rests on, details, amends or executes a clause of another paper.

    Raises:
        UsageError: the other paper is the policy itself, or the link is there already.
    """
    if other == policy:
        raise UsageError("两边是同一份文件。请选择另一份文件。")
    same = ClauseLink.objects.filter(
        policy=policy,
        article=article,
        relation=relation,
        other=other,
        other_title=title,
        other_article=clause,
        ended_on=None,
    )
    if same.exists():
        raise UsageError("这条关联已经登记，不需要再登记。")
    link = ClauseLink.objects.create(
        policy=policy, article=article, relation=relation, other=other, other_title=title, other_number=number,
        other_article=clause, taken=taken, by=by,
    )  # fmt: skip
    record(by=by, action="policy.link_added", about=link, organisation=organisation, slug=policy.slug, article=article,
           relation=relation, title=other.title if other else title)  # fmt: skip
    return link


@transaction.atomic
def end_link(*, by: Any, link: ClauseLink, reason: str, organisation: str = "") -> None:
    """End a link that was recorded by mistake or no longer holds.

    Raises:
        UsageError: no reason, or ended already.
    """
    if not reason.strip():
        raise UsageError("撤下关联要写明原因。")
    locked = ClauseLink.objects.select_for_update().get(pk=link.pk)
    if locked.ended_on is not None:
        raise UsageError("这条关联已经撤下。")
    locked.ended_on, locked.ended_by, locked.ended_why = clock.today(), by, reason.strip()
    locked.save(update_fields=["ended_on", "ended_by", "ended_why"])
    record(
        by=by,
        action="policy.link_ended",
        about=locked,
        organisation=organisation,
        slug=locked.policy.slug,
        reason=reason.strip(),
    )
