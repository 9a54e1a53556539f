"""Which steps a page offers to a person: the moves that state, seat, right and four eyes allow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from luodi.service.duties.forms import FinishForm, MoveForm, NoteForm, Plain
from luodi.service.duties.rights import Place
from luodi.service.duties.workflow import WORKFLOWS, Move
from luodi.service.records import Record

_ELSEWHERE = {("part", "submit"), ("report", "submit"), ("part", "contact")}  # these have pages or buttons of their own


@dataclass(frozen=True)
class Offer:
    """One form: what it does, to what; ``plain`` is a button without fields; ``opened`` shows a refused one again."""

    what: str
    target: str
    move: str
    label: str
    form: Plain
    plain: bool = False
    opened: bool = False


@dataclass(frozen=True)
class Refused:
    """A form that was sent and refused: it is shown again with what was typed."""

    what: str
    target: str
    move: str
    data: QueryDict
    message: str

    def matches(self, what: str, target: str, move: str) -> bool:
        """Whether this is that form."""
        return (self.what, self.target, self.move) == (what, target, move)


def offers_of(flow: str, record: Record, place: Place, refused: Refused | None = None) -> list[Offer]:
    """The moves that a person may make with a record now."""
    found = []
    for move in WORKFLOWS[flow].values():
        if (flow, move.name) in _ELSEWHERE or record.state not in move.sources or not place.may(move):  # type: ignore[attr-defined]
            continue
        if move.not_by and place.acting and getattr(record, f"{move.not_by}_id") == place.acting.user_id:
            continue
        form = form_of(flow, move)
        found.append(
            offer(flow, str(record.pk), move.name, move.label, form, refused, record.version, not move.needs_note)
        )
    return found


def form_of(flow: str, move: Move) -> type[MoveForm]:
    """The form of a move: with a note where the workflow asks for one, with a day where a milestone is finished."""
    if (flow, move.name) == ("milestone", "finish"):
        return FinishForm
    return NoteForm if move.needs_note else MoveForm


def offer(
    what: str, target: str, move: str, label: str, kind: type[Plain], refused: Refused | None, version: int = 0,
    plain: bool = False, filled: Mapping[str, object] | None = None, **options: object,
) -> Offer:  # fmt: skip
    """One form, empty, ``filled`` and open, or with what was typed before it was refused."""
    ids = f"{what}-{target}-{move}-%s"
    again = refused is not None and refused.matches(what, target, move)
    if again and refused is not None:
        data = refused.data.copy()
        if version:
            data["version"] = str(version)
        form = kind(data, auto_id=ids, **options)
    else:
        form = kind(auto_id=ids, initial={"version": version, **(filled or {})}, **options)
    return Offer(what, target, move, label, form, plain, again or filled is not None)
