"""Kinds of work. A function in an app's ``tasks.py`` becomes one by :func:`task`; :func:`.actions.queue` asks for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from luodi.service.accounts.models import User


class Run(Protocol):
    """What a running piece of work has in hand: who asked for it, for which organisation."""

    by: User | None
    organisation: str

    def progress(self, percent: int, message: str) -> None:
        """Tell how far it is; here the work also stops when the worker is asked to."""


@dataclass(frozen=True)
class Done:
    """How it ended: a sentence for people, and the page that shows the result."""

    text: str
    address: str = ""


Work = Callable[..., Done]


@dataclass(frozen=True)
class Kind:
    """A registered kind of work."""

    name: str
    title: str
    work: Work


KINDS: dict[str, Kind] = {}


def task(title: str) -> Callable[[Work], Work]:
    """Register a function ``(run, *, …) -> Done`` as a kind of work called ``title`` on pages.

    It runs in one transaction with the mark that it is done: its effect happens once or not at all, however often the
    worker dies. So it must change nothing but the database. A :class:`LuodiError` ends it with that message; any other
    error is tried again, five times in all.
    """

    def register(work: Work) -> Work:
        name = name_of(work)
        KINDS[name] = Kind(name, title, work)
        return work

    return register


def name_of(work: Work) -> str:
    """The stored name of a kind: its app and its function."""
    return f"{work.__module__.split('.')[-2]}.{work.__name__}"
