"""Reporting and attesting how far a goal is: two people, always with a basis and a day."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from luodi import clock
from luodi.errors import UsageError
from luodi.service.accounts.models import User
from luodi.service.accounts.permissions import Permission as P
from luodi.service.audit.actions import one_act
from luodi.service.audit.actions import record as audit
from luodi.service.duties.models import Goal, Measure, Observation
from luodi.service.duties.moves import log_step, make_move
from luodi.service.duties.rights import Place
from luodi.service.duties.workflow import Seat
from luodi.service.registry.models import GovernmentUnit


def report_observation(
    *, goal: Goal, place: Place, as_of: dt.date, basis: str, measure: Measure | None = None,
    value: Decimal | None = None, statement: str = "",
) -> Observation:  # fmt: skip
    """The reporting unit states a number (or, for a qualitative goal, a statement) as of a day, with its basis."""
    by = place.demand(P.REPORT_GOAL, Seat.REPORTER)
    if as_of > clock.today():
        raise UsageError(f"数据截至日 {as_of} 晚于业务日期 {clock.today()}。请填写已经过去的日期。")
    if not basis.strip():
        raise UsageError("须写明认定依据（名单、文件或统计口径），否则无法确认。")
    if goal.quantified and (value is None or measure is None):
        raise UsageError("量化目标须填写完成值和所用口径。没有数据时请不要填 0。")
    if goal.quantified and value is not None and value < 0 and goal.operator in (">=", "<=", "="):
        raise UsageError(f"完成值不能为负，读到的是 {value}。")
    if not goal.quantified and not statement.strip():
        raise UsageError("须写明完成情况。")
    with one_act():
        observation = Observation.objects.create(
            goal=goal, measure=measure, value=value, statement=statement, as_of=as_of, basis=basis,
            unit_name=by.organisation.name, reported_by=by.user, reported_on=clock.today(),
        )  # fmt: skip
        log_step("observation", "report", of=observation, about=goal, by=by, before="", after=observation.state)
    return observation


def decide_observation(*, observation: Observation, attest: bool, place: Place, version: int, note: str = "") -> None:
    """Another person attests what was reported, or returns it with a reason."""
    changes = {"attested_by": place.acting.user, "attested_on": clock.today()} if attest and place.acting else {}
    make_move(
        "observation", "attest" if attest else "return", of=observation, about=observation.goal, place=place,
        version=version, note=note, opinion=note, **changes,
    )  # fmt: skip


def set_measures(
    *, goal: Goal, by: User, organisation: str, ambiguity: str, measures: list[dict[str, object]],
    reporter: GovernmentUnit | None = None,
) -> None:  # fmt: skip
    """Enter the candidate definitions of a goal with their bases, and the question of the register that decides."""
    with one_act():
        Goal.objects.filter(pk=goal.pk).update(
            ambiguity=ambiguity, reporter=reporter or goal.reporter, version=goal.version + 1
        )
        for order, measure in enumerate(measures, 1):
            Measure.objects.update_or_create(goal=goal, code=measure["code"], defaults={**measure, "order": order})
        audit(
            by=by, action="duties.goal.measures", about=goal, organisation=organisation, ambiguity=ambiguity,
            measures=[measure["code"] for measure in measures],
        )  # fmt: skip
