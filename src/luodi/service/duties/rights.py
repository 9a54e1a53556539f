"""Where a person sits towards a duty or a goal, and what they may read of its reports."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied

from luodi.service.accounts.models import Membership, Organisation
from luodi.service.accounts.permissions import Permission
from luodi.service.duties.directory import Carrier, Directory
from luodi.service.duties.models import Duty, Goal, JointReport, Part
from luodi.service.duties.workflow import Move, Seat
from luodi.service.registry.models import GovernmentUnit


@dataclass(frozen=True)
class Place:
    """The seats of one person towards one duty; ``units`` are the units they send parts for."""

    acting: Membership | None
    seats: frozenset[Seat]
    units: tuple[GovernmentUnit, ...] = ()

    def may(self, move: Move) -> bool:
        """Whether the person holds the move's permission and seat."""
        return self.holds(move.permission, move.seat)

    def holds(self, permission: Permission, seat: Seat) -> bool:
        """Whether the person holds a permission and sits in a seat."""
        return self.acting is not None and permission in self.acting.permissions and seat in self.seats

    def demand(self, permission: Permission, seat: Seat) -> Membership:
        """The membership acted in.

        Raises:
            PermissionDenied: the person may not.
        """
        if self.acting is None or not self.holds(permission, seat):
            raise PermissionDenied(f"办理这一步需要以“{seat.value}”身份并有“{permission.value}”权限。")
        return self.acting


def place_in_duty(acting: Membership | None, duty: Duty, directory: Directory) -> Place:
    """Seats follow from the unit acted for and who stands for the document's units on the day."""
    if acting is None or acting.organisation.side != Organisation.Side.GOVERNMENT:
        return Place(acting, frozenset())
    mine = [c for c in directory.carriers(duty) if c.today.organisation_id == acting.organisation_id]
    seats = {Seat.LEAD if carrier.lead else Seat.PARTICIPANT for carrier in mine}
    if Permission.SUPERVISE in acting.permissions and _of_region(acting, duty.policy.region):
        seats.add(Seat.SUPERVISOR)
    units = {c.today.pk: c.today for c in mine if not c.lead and c.today.reports_online}
    return Place(acting, frozenset(seats), tuple(units.values()))


def place_in_goal(acting: Membership | None, goal: Goal) -> Place:
    """A goal is reported by its reporting unit and attested by a person of the same region who may attest."""
    if acting is None or acting.organisation.side != Organisation.Side.GOVERNMENT:
        return Place(acting, frozenset())
    seats = set()
    if goal.reporter and goal.reporter.organisation_id == acting.organisation_id:
        seats.add(Seat.REPORTER)
    if _of_region(acting, goal.policy.region):
        seats.add(Seat.ATTESTER)
    return Place(acting, frozenset(seats))


def _of_region(acting: Membership, region: str) -> bool:
    return acting.organisation.region in ("", region)


def of_government(acting: Membership | None, region: str) -> bool:
    """Whether a person acts for a government unit of the region."""
    return (
        acting is not None and acting.organisation.side == Organisation.Side.GOVERNMENT and _of_region(acting, region)
    )


def reads_report(place: Place, report: JointReport) -> bool:
    """The lead reads its own report always, the supervisor once it is sent, participants once it is adopted."""
    if Seat.LEAD in place.seats:
        return True
    if Seat.SUPERVISOR in place.seats:
        return report.state != JointReport.State.DRAFT
    return Seat.PARTICIPANT in place.seats and report.state == JointReport.State.ADOPTED


def reads_part(place: Place, part: Part) -> bool:
    """A part's text goes to the lead only; its sender reads it too."""
    if part.unit_id in {unit.pk for unit in place.units}:
        return True
    return Seat.LEAD in place.seats and part.state in (Part.State.SUBMITTED, Part.State.RETURNED)


def lead_carriers(carriers: list[Carrier]) -> list[Carrier]:
    """The carriers that lead."""
    return [carrier for carrier in carriers if carrier.lead]
