"""What people do to duties. Each function is one act: right, change, transition and audit row in one transaction.

``place`` says where the acting person sits (:mod:`luodi.service.duties.rights`); ``version`` is the one the form was
filled in on.
"""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError

from luodi import clock
from luodi.errors import UsageError
from luodi.service.accounts.permissions import Permission as P
from luodi.service.audit.actions import one_act
from luodi.service.duties.directory import Directory
from luodi.service.duties.locking import Conflict, save_version
from luodi.service.duties.models import (
    Cadence,
    Duty,
    Extension,
    JointReport,
    Milestone,
    Part,
    ReportingCycle,
    SlipLevel,
    SupervisionSlip,
)
from luodi.service.duties.moves import log_step, make_move
from luodi.service.duties.rights import Place, lead_carriers
from luodi.service.duties.workflow import Seat
from luodi.service.registry.models import GovernmentUnit
from luodi.service.registry.queries import name_on


def set_cycle(
    *, duty: Duty, place: Place, cadence: str, from_day: dt.date, parts_day: int, report_day: int
) -> ReportingCycle:
    """The lead sets how often the duty is reported from a day on, and the two clocks."""
    by = place.demand(P.SET_MILESTONES, Seat.LEAD)
    _still_open(duty)
    if not 1 <= parts_day < report_day <= 28:
        raise UsageError("参与单位的报送日须早于牵头单位的报送日，且都在每月 1—28 日之内。请改正后再提交。")
    with one_act():
        duty_row = Duty.objects.select_for_update().get(pk=duty.pk)
        last = duty_row.cycles.last()
        earliest = max(last.from_day + dt.timedelta(days=1), clock.today()) if last else from_day
        if from_day < earliest:
            raise UsageError(f"新的报送周期最早从 {earliest} 起，已经开始的报送期不改动。请改正起始日期后再提交。")
        cycle = ReportingCycle.objects.create(
            duty=duty, cadence=Cadence(cadence), from_day=from_day, parts_day=parts_day, report_day=report_day,
            set_by=by.user,
        )  # fmt: skip
        log_step("cycle", "set", of=cycle, about=duty, by=by, before=last.cadence if last else "", after=cadence)
    return cycle


def propose_milestone(*, duty: Duty, place: Place, title: str, due: dt.date, weight: int = 1) -> Milestone:
    """The lead sets a milestone; it counts once the supervisor accepts it."""
    by = place.demand(P.SET_MILESTONES, Seat.LEAD)
    _still_open(duty)
    if due < clock.today():
        raise UsageError(f"节点时限 {due} 早于业务日期 {clock.today()}。请填写今天或以后的日期。")
    with one_act():
        milestone = Milestone.objects.create(
            duty=duty, title=title, due=due, first_due=due, weight=weight, set_by=by.user
        )
        log_step("milestone", "propose", of=milestone, about=duty, by=by, before="", after=milestone.state)
    return milestone


def move_milestone(
    *, milestone: Milestone, move: str, place: Place, version: int, note: str = "", done_on: dt.date | None = None
) -> None:
    """Accept, drop, finish or undo a milestone; ``done_on`` is asked for when it is finished."""
    today, duty = clock.today(), milestone.duty
    changes: dict[str, object] = {}
    if move == "accept" and place.acting:
        changes = {"accepted_by": place.acting.user, "accepted_on": today}
    elif move == "finish":
        if done_on is None or done_on > today:
            raise UsageError(f"完成日期应填写，且不能晚于业务日期 {today}。")
        changes = {"done_on": done_on, "outcome": note[:300]}
    elif move == "undo":
        changes = {"done_on": None}
    make_move("milestone", move, of=milestone, about=duty, place=place, version=version, note=note, **changes)


def ask_extension(*, milestone: Milestone, place: Place, new_due: dt.date, reason: str) -> Extension:
    """The lead asks for a later date, with a reason."""
    by = place.demand(P.SET_MILESTONES, Seat.LEAD)
    if milestone.state != Milestone.State.ACCEPTED:
        raise UsageError(f"节点现在是“{milestone.get_state_display()}”，只有已认可、未完成的节点可以申请延期。")
    if new_due <= milestone.due:
        raise UsageError(f"申请延至的日期须晚于现时限 {milestone.due}，读到的是 {new_due}。")
    if not reason.strip():
        raise UsageError("申请延期须写明理由。")
    try:
        with one_act():
            extension = Extension.objects.create(
                milestone=milestone, old_due=milestone.due, new_due=new_due, reason=reason, asked_by=by.user,
                asked_on=clock.today(),
            )  # fmt: skip
            log_step(
                "extension",
                "ask",
                of=extension,
                about=milestone.duty,
                by=by,
                before="",
                after=extension.state,
                note=reason,
            )
    except IntegrityError as error:
        raise UsageError("这个节点已有一项待审批的延期申请，请等审批后再申请。") from error
    return extension


def decide_extension(*, extension: Extension, approve: bool, place: Place, version: int, note: str = "") -> None:
    """The supervisor agrees or not; the new date holds from the day of the decision."""
    milestone = extension.milestone
    with one_act():
        make_move(
            "extension", "approve" if approve else "refuse", of=extension, about=milestone.duty, place=place,
            version=version, note=note, decided_by=place.acting.user if place.acting else None,
            decided_on=clock.today(), opinion=note,
        )  # fmt: skip
        if approve:
            milestone = Milestone.objects.select_for_update().get(pk=milestone.pk)
            milestone.due, milestone.version = extension.new_due, milestone.version + 1
            milestone.save(update_fields=["due", "version"])


def save_part(
    *, duty: Duty, unit: GovernmentUnit, period: str, place: Place, version: int, text: str, no_progress: bool,
    submit: bool,
) -> Part:  # fmt: skip
    """A participant keeps or sends its part of a period to the lead; ``version`` 0 means none was there."""
    by = place.demand(P.SEND_PART, Seat.PARTICIPANT)
    _still_open(duty)
    if unit.pk not in {own.pk for own in place.units}:
        raise UsageError("只能填报本单位的部分。请切换到相应单位的身份后再填报。")
    _check_text(text, no_progress, submit)
    content = {"text": text, "no_progress": no_progress}
    with one_act():
        part = _opened(Part, version, duty=duty, unit=unit, period=period, unit_name=_name(unit), **content)
        _keep_or_send("part", part, duty, place, submit, content)
        if not submit:
            log_step("part", "save", of=part, about=duty, by=by, before=part.state, after=part.state)
    return part


def return_part(*, part: Part, place: Place, version: int, note: str) -> None:
    """The lead returns a part to its unit."""
    make_move("part", "return", of=part, about=part.duty, place=place, version=version, note=note)


def note_contact(*, duty: Duty, unit: GovernmentUnit, period: str, place: Place) -> Part:
    """The lead notes "联系已办" for a unit that reports nothing on line; there is no content."""
    by = place.demand(P.FILE_JOINT_REPORT, Seat.LEAD)
    if unit.reports_online:
        raise UsageError("该单位在线报送进展，不登记“联系已办”。")
    today = clock.today()
    with one_act():
        part = _opened(Part, 0, duty=duty, unit=unit, period=period, unit_name=_name(unit))
        make_move(
            "part", "contact", of=part, about=duty, place=place, version=part.version, submitted_by=by.user,
            submitted_on=today, first_submitted_on=today,
        )  # fmt: skip
    return part


def save_report(
    *, duty: Duty, period: str, place: Place, version: int, text: str, no_progress: bool, behind: bool, submit: bool
) -> JointReport:
    """The lead keeps or sends its one report of a period; ``version`` 0 means none was there."""
    by = place.demand(P.FILE_JOINT_REPORT, Seat.LEAD)
    _still_open(duty)
    _check_text(text, no_progress, submit)
    content = {"text": text, "no_progress": no_progress, "behind": behind}
    with one_act():
        report = _opened(JointReport, version, duty=duty, period=period, unit_name=by.organisation.name, **content)
        _keep_or_send("report", report, duty, place, submit, content)
        if not submit:
            log_step("report", "save", of=report, about=duty, by=by, before=report.state, after=report.state)
    return report


def decide_report(*, report: JointReport, adopt: bool, place: Place, version: int, note: str = "") -> None:
    """The supervisor adopts the lead's report or returns it."""
    changes = {"adopted_by": place.acting.user, "adopted_on": clock.today()} if adopt and place.acting else {}
    make_move(
        "report", "adopt" if adopt else "return", of=report, about=report.duty, place=place, version=version, note=note,
        **changes,
    )  # fmt: skip


def issue_slip(
    *, duty: Duty, place: Place, level: SlipLevel, reason: str, due: dt.date | None, number: str = ""
) -> SupervisionSlip:
    """The supervisor sends a slip to the lead; the number counts up by level and year unless one is given."""
    by = place.demand(P.SUPERVISE, Seat.SUPERVISOR)
    today = clock.today()
    if not reason.strip():
        raise UsageError("签发督办单须写明事由。")
    if due and due < today:
        raise UsageError(f"回复时限 {due} 早于业务日期 {today}。")
    leads = lead_carriers(Directory(duty.policy.region, today).carriers(duty))
    if not leads:
        raise UsageError("这项任务的牵头单位还没有对应到今日的单位，不能签发。请先在单位名册中登记对应关系。")
    with one_act():
        SlipLevel.objects.select_for_update().get(pk=level.pk)
        slip = SupervisionSlip.objects.create(
            duty=duty, level=level, number=number or _next_number(level, today, duty.policy.region), reason=reason,
            to_unit=leads[0].today, issued_by=by.user, issued_on=today, due=due,
        )  # fmt: skip
        log_step("slip", "issue", of=slip, about=duty, by=by, before="", after=slip.state, note=reason)
    return slip


def move_slip(*, slip: SupervisionSlip, move: str, place: Place, version: int, note: str = "") -> None:
    """The lead replies; the supervisor sends back or closes."""
    changes: dict[str, object] = {}
    if move == "reply" and place.acting:
        changes = {"reply": note, "replied_by": place.acting.user, "replied_on": clock.today()}
    make_move("slip", move, of=slip, about=slip.duty, place=place, version=version, note=note[:500], **changes)


def set_release(*, duty: Duty, place: Place, released: bool, version: int) -> None:
    """The lead decides whether the public sees the duty's state and milestones."""
    by = place.demand(P.SET_MILESTONES, Seat.LEAD)
    if duty.released == released:
        raise UsageError(f"进展现在已经是“{'公开' if released else '不公开'}”。请刷新页面。")
    with one_act():
        save_version(duty, version, released=released)
        step = "release" if released else "withhold"
        log_step("duty", step, of=duty, about=duty, by=by, before=duty.state, after=duty.state)


def move_duty(*, duty: Duty, move: str, place: Place, version: int, note: str) -> None:
    """Ask for closing, close (办结销号), refuse or reopen a duty."""
    today = clock.today()
    changes: dict[str, object] = {}
    if move == "close" and place.acting:
        changes = {"closed_by": place.acting.user, "closed_on": today}
    elif move == "reopen":
        changes = {"closed_by": None, "closed_on": None}
    make_move("duty", move, of=duty, about=duty, place=place, version=version, note=note, **changes)


def _opened(model: type[Part] | type[JointReport], version: int, **fields: object) -> Part | JointReport:
    """The record of this period at ``version``; a new one for version 0.

    Raises:
        Conflict: another person created it meanwhile, or saved a later version.
    """
    identity = {name: fields[name] for name in ("duty", "unit", "period") if name in fields}
    if version == 0:
        try:
            with one_act():
                return model.objects.create(**fields)
        except IntegrityError as error:
            raise Conflict(model.objects.get(**identity)) from error
    record = model.objects.get(**identity)
    if record.version != version:
        raise Conflict(record)
    return record


def _keep_or_send(
    flow: str, record: Part | JointReport, duty: Duty, place: Place, submit: bool, content: dict[str, object]
) -> None:
    today = clock.today()
    if submit and place.acting:
        first = record.first_submitted_on or today
        make_move(
            flow, "submit", of=record, about=duty, place=place, version=record.version, submitted_by=place.acting.user,
            submitted_on=today, first_submitted_on=first, **content,
        )  # fmt: skip
        return
    if record.state not in ("draft", "returned"):
        raise UsageError(f"现在的状态是“{record.get_state_display()}”，不能再修改。需要修改请联系接收方退回。")
    save_version(record, record.version, **content)


def _check_text(text: str, no_progress: bool, submit: bool) -> None:
    if submit and not text.strip():
        raise UsageError(
            "无进展也要写明原因。" if no_progress else "请填写本期进展；确无进展的，请勾选“无进展”并写明原因。"
        )


def _name(unit: GovernmentUnit) -> str:
    """The unit's short name today; a report keeps the name under which it was sent."""
    row = name_on(unit, clock.today())
    return (row.short or row.name) if row else unit.key


def _still_open(duty: Duty) -> None:
    if duty.state == Duty.State.CLOSED:
        raise UsageError("这项任务已销号，不能再报送或设定节点。需要继续办理的，请督查员先恢复办理。")


def _next_number(level: SlipLevel, today: dt.date, region: str) -> str:
    """Such as ``督办单〔2020〕990100-3号``; the level's row is locked, so numbers do not repeat."""
    stem = f"{level.name}〔{today.year}〕{region}-"
    used = SupervisionSlip.objects.filter(number__startswith=stem).count()
    return f"{stem}{used + 1}号"
