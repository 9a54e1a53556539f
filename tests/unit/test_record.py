"""Records behave as frozen dataclasses do, whatever their fields hold."""

import copy
import pickle
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luodi.record import record


@record
class Place:
    """A record with a default and a factory."""

    name: str
    at: tuple[int, ...] = ()
    notes: dict[str, int] = field(default_factory=dict)


@record
class Same:
    """Other fields of the same names."""

    name: str
    at: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Standard:
    """What the standard library makes of the same fields."""

    name: str
    at: tuple[int, ...] = ()


values = st.tuples(st.text(max_size=3), st.lists(st.integers(0, 2), max_size=2).map(tuple))


@given(values, values)
def test_values_decide(one, other):
    assert (Same(*one) == Same(*other)) == (Standard(*one) == Standard(*other))
    assert hash(Same(*one)) == hash(Same(name=one[0], at=one[1]))
    assert asdict(Same(*one)) == asdict(Standard(*one))
    assert repr(Same(*one)) == repr(Standard(*one)).replace("Standard", "Same")
    assert replace(Same(*one), at=other[1]) == Same(one[0], other[1])
    assert pickle.loads(pickle.dumps(Same(*one))) == copy.deepcopy(Same(*one)) == Same(*one)


def test_two_classes_are_never_equal():
    assert Place("a") != Same("a")
    assert [each.name for each in fields(Place)] == ["name", "at", "notes"]


def test_factories_make_a_new_value_each_time():
    assert Place("a").notes == {}
    assert Place("a").notes is not Place("a").notes


def test_nothing_changes():
    for change in (lambda: setattr(Place("a"), "name", "b"), lambda: delattr(Place("a"), "name")):
        with pytest.raises(FrozenInstanceError):
            change()


@pytest.mark.parametrize("made", [{}, {"name": "a", "what": 1}])
def test_missing_and_unknown_fields_are_refused(made):
    with pytest.raises(TypeError, match="Place"):
        Place(**made)


def test_too_many_values_are_refused():
    with pytest.raises(TypeError, match="Place"):
        Place("a", (), {}, 4)
    with pytest.raises(TypeError, match="name"):
        Place("a", name="b")
