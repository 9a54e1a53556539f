"""Records: classes of typed fields that do not change, compared by value.

What ``dataclass(frozen=True, slots=True)`` makes, and :mod:`dataclasses` works on them as on those; but that writes and
compiles six methods for each class at every start (0.4 ms a class, a tenth of the CPU of a command), while records
share theirs. Making a record takes twice as long: classes of which each unit makes some stay dataclasses.
"""

from __future__ import annotations

from dataclasses import MISSING, FrozenInstanceError, dataclass, field
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(cls: type[T]) -> type[T]:
    """A class with annotated fields as a record."""
    made = dataclass(init=False, repr=False, eq=False, slots=True)(cls)
    for name in _SHARED:
        setattr(made, name, vars(_Record)[name])
    return made


class _Record:
    """The methods of all records."""

    __match_args__: tuple[str, ...]
    __dataclass_fields__: dict[str, Any]

    def __init__(self, *given: Any, **named: Any) -> None:
        names, put = self.__match_args__, object.__setattr__
        for name, value in zip(names, given, strict=False):
            put(self, name, value)
        for name in names[len(given) :]:
            put(self, name, named.pop(name) if name in named else _default(self, name))
        if named or len(given) > len(names):
            raise TypeError(f"{type(self).__name__} has the fields {', '.join(names)}: {len(given)} given and {named}")

    def __repr__(self) -> str:
        shown = (f"{name}={getattr(self, name)!r}" for name in self.__match_args__)
        return f"{type(self).__qualname__}({', '.join(shown)})"

    def __eq__(self, other: object) -> bool:
        return _values(self) == _values(other) if isinstance(other, type(self)) else NotImplemented

    def __hash__(self) -> int:
        return hash(_values(self))

    def __setattr__(self, name: str, value: Any) -> None:
        raise FrozenInstanceError(f"{type(self).__name__}.{name} does not change")

    def __delattr__(self, name: str) -> None:
        raise FrozenInstanceError(f"{type(self).__name__}.{name} does not change")

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), _values(self)


_SHARED = ("__init__", "__repr__", "__eq__", "__hash__", "__setattr__", "__delattr__", "__reduce__")


def _default(self: _Record, name: str) -> Any:
    its = self.__dataclass_fields__[name]
    if its.default_factory is not MISSING:
        return its.default_factory()
    if its.default is MISSING:
        raise TypeError(f"{type(self).__name__} needs {name}")
    return its.default


def _values(self: _Record) -> tuple[Any, ...]:
    return tuple([getattr(self, name) for name in self.__match_args__])
