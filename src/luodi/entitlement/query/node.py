"""The words of the population query: small typed nodes over columns, three-valued as SQL is (null is unknown)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from luodi.entitlement.vocabulary import Value


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the event or the unit, in canonical units."""

    name: str


@dataclass(frozen=True, slots=True)
class Constant:
    """A constant; null is unknown."""

    value: Value | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two values of one type compared."""

    op: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Every:
    """And: no when one is no, else unknown when one is."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """Or: yes when one is yes, else unknown when one is."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Negation:
    """Not; unknown stays unknown."""

    part: Node


@dataclass(frozen=True, slots=True)
class Is:
    """Whether a verdict is exactly yes, no or unknown; itself never unknown."""

    part: Node
    verdict: bool | None


@dataclass(frozen=True, slots=True)
class OneOf:
    """Membership; ``many``: the column is a list, and any of it counts."""

    part: Node
    values: tuple[Value, ...]
    many: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """The value of the first case that is yes."""

    cases: tuple[tuple[Node, Node], ...]
    otherwise: Node


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """Integer arithmetic in 128 bits; ``//`` drops the remainder towards zero."""

    op: Literal["+", "-", "*", "//"]
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Bound:
    """The smaller or larger of two known numbers."""

    which: Literal["least", "greatest"]
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class FirstKnown:
    """The first value that is not unknown."""

    parts: tuple[Node, ...]


Node = Column | Constant | Comparison | Every | Some | Negation | Is | OneOf | Choice | Arithmetic | Bound | FirstKnown
YES, NO, UNKNOWN, ZERO = Constant(True), Constant(False), Constant(None), Constant(0)
DAY, KIND, GRADE = Column("day"), Column("event.kind"), Column("event.grade")


def columns_of(node: Node | None) -> set[str]:
    """The columns that a node reads."""
    match node:
        case None:
            return set()
        case Column(name):
            return {name}
    return {name for part in parts_of(node) for name in columns_of(part)}


def parts_of(node: Node) -> Iterator[Node]:
    """The nodes directly under one."""
    match node:
        case Comparison(_, left, right) | Arithmetic(_, left, right) | Bound(_, left, right):
            yield from (left, right)
        case Every(parts) | Some(parts) | FirstKnown(parts):
            yield from parts
        case Negation(part) | Is(part) | OneOf(part):
            yield part
        case Choice(cases, otherwise):
            for test, value in cases:
                yield from (test, value)
            yield otherwise
