"""Which form belongs to which act of a duty's page, and performing it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, QueryDict

from luodi import clock
from luodi.errors import UsageError
from luodi.service.accounts.models import Membership
from luodi.service.duties import actions
from luodi.service.duties.directory import Directory
from luodi.service.duties.forms import CycleForm, ExtensionForm, MilestoneForm, MoveForm, Plain, SlipForm
from luodi.service.duties.locking import Conflict
from luodi.service.duties.models import Duty, Extension, JointReport, Milestone, Part, SupervisionSlip
from luodi.service.duties.offers import form_of
from luodi.service.duties.rights import Place, place_in_duty
from luodi.service.duties.workflow import LABELS, WORKFLOWS
from luodi.service.records import Record

__all__ = ["Conflict", "perform"]

Values = dict[str, Any]


def perform(duty: Duty, acting: Membership | None, data: QueryDict) -> str:
    """Do what a form of the duty's page asks; returns what was done, in words.

    Raises:
        UsageError: the form is wrong or the step is not possible; nothing was changed.
        PermissionDenied: the person may not.
        Http404: there is no such step or record.
    """
    what, move, target = data.get("what", ""), data.get("move", ""), data.get("target", "")
    place = place_in_duty(acting, duty, Directory(duty.policy.region, clock.today()))
    if (what, move) in _NEW:
        kind, create = _NEW[what, move]
        options = {"region": duty.policy.region} if kind is SlipForm else {}
        create(duty, place, target, _clean(kind(data, **options)))
    elif what in _MOVED and move in WORKFLOWS[what]:
        _move(what, move, _record(what, target, duty), place, data)
    else:
        raise Http404
    return f"已办理：{LABELS[what, move]}。"


def _move(what: str, move: str, record: Record, place: Place, data: QueryDict) -> None:
    values = _clean(form_of(what, WORKFLOWS[what][move])(data))
    _MOVED[what][1](record, move, place, values)


def _clean(form: Plain) -> Values:
    """The form's values.

    Raises:
        UsageError: what is wrong, field by field.
    """
    if form.is_valid():
        return form.cleaned_data
    wrong = [f"{form.fields[name].label}：{'；'.join(errors)}" for name, errors in form.errors.items()]
    raise UsageError("没有提交。" + "　".join(wrong))


def _record(what: str, target: str, duty: Duty) -> Record:
    model, _, path = _MOVED[what]
    try:
        return model._default_manager.get(**{"pk": target, path: duty.pk})
    except (model.DoesNotExist, ValidationError, ValueError) as error:  # type: ignore[attr-defined]
        raise Http404 from error


def _milestone(duty: Duty, target: str) -> Milestone:
    record = _record("milestone", target, duty)
    assert isinstance(record, Milestone)
    return record


def _cycle(duty: Duty, place: Place, target: str, values: Values) -> None:
    actions.set_cycle(duty=duty, place=place, **values)


def _propose(duty: Duty, place: Place, target: str, values: Values) -> None:
    actions.propose_milestone(duty=duty, place=place, **values)


def _extend(duty: Duty, place: Place, target: str, values: Values) -> None:
    actions.ask_extension(milestone=_milestone(duty, target), place=place, **values)


def _slip(duty: Duty, place: Place, target: str, values: Values) -> None:
    actions.issue_slip(duty=duty, place=place, **values)


def _release(duty: Duty, place: Place, target: str, values: Values) -> None:
    actions.set_release(duty=duty, place=place, released=True, version=values["version"])


def _withhold(duty: Duty, place: Place, target: str, values: Values) -> None:
    actions.set_release(duty=duty, place=place, released=False, version=values["version"])


_NEW: dict[tuple[str, str], tuple[type[Plain], Callable[[Duty, Place, str, Values], None]]] = {
    ("cycle", "set"): (CycleForm, _cycle),
    ("milestone", "propose"): (MilestoneForm, _propose),
    ("extension", "ask"): (ExtensionForm, _extend),
    ("slip", "issue"): (SlipForm, _slip),
    ("duty", "release"): (MoveForm, _release),
    ("duty", "withhold"): (MoveForm, _withhold),
}

_MOVED: dict[str, tuple[type[Record], Callable[[Any, str, Place, Values], None], str]] = {
    "duty": (Duty, lambda r, m, p, v: actions.move_duty(duty=r, move=m, place=p, **v), "pk"),
    "milestone": (Milestone, lambda r, m, p, v: actions.move_milestone(milestone=r, move=m, place=p, **v), "duty"),
    "slip": (SupervisionSlip, lambda r, m, p, v: actions.move_slip(slip=r, move=m, place=p, **v), "duty"),
    "part": (Part, lambda r, m, p, v: actions.return_part(part=r, place=p, **v), "duty"),
    "report": (
        JointReport,
        lambda r, m, p, v: actions.decide_report(report=r, adopt=m == "adopt", place=p, **v),
        "duty",
    ),
    "extension": (
        Extension,
        lambda r, m, p, v: actions.decide_extension(extension=r, approve=m == "approve", place=p, **v),
        "milestone__duty",
    ),
}
