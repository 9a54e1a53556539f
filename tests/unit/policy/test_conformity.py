"""The quick check of a pack's form: it says yes to packs, and never where the validator of JSON Schema says no."""

import copy
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from luodi.policy import pack_check
from luodi.policy.conformity import conforms

ROOT = Path(__file__).parents[3]
SCHEMA = json.loads(Path(pack_check.__file__).with_name("pack.schema.json").read_text(encoding="utf-8"))
PACKS = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(ROOT.glob("packs/*/pack.json"))]
VALIDATOR = Draft202012Validator(SCHEMA)
ODD = st.sampled_from(
    [None, True, 0, -1, 1, 1.0, 0.5, 2**70, "", "甲", "2019-01-01", [], [1, 2], [2, 1, 0], {}, {"id": "甲"}]
)


def places(here, place=()):
    yield place
    for key, value in here.items() if isinstance(here, dict) else enumerate(here) if isinstance(here, list) else ():
        yield from places(value, (*place, key))


PLACES = [(at, place) for at, pack in enumerate(PACKS) for place in places(pack) if place]


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack["id"])
def test_whole_packs_conform(pack):
    assert conforms(pack, SCHEMA, SCHEMA)


@settings(deadline=None)
@given(st.sampled_from(PLACES), st.sampled_from(["put", "drop", "add"]), ODD)
def test_what_the_validator_refuses_never_conforms(at_place, how, value):
    at, (*way, last) = at_place
    broken = copy.deepcopy(PACKS[at])
    here = broken
    for step in way:
        here = here[step]
    if how == "put":
        here[last] = value
    elif how == "drop":
        del here[last]
    elif isinstance(here, dict):
        here["未知"] = value
    else:
        here.append(value)
    if conforms(broken, SCHEMA, SCHEMA):
        assert VALIDATOR.is_valid(broken)


@pytest.mark.parametrize(
    ("schema", "right", "wrong"),
    [
        ({"type": ["integer", "null"]}, [1, None, 2**70], [True, "1", 0.5]),
        ({"enum": [0, "甲", None]}, [0, "甲", None], [False, "乙", 1]),
        ({"const": 1}, [1], [2]),
        ({"prefixItems": [{"type": "integer"}], "items": False}, [[1], [], "甲"], [[1, 2], ["甲"]]),
        ({"properties": {"a": {}}, "additionalProperties": {"minimum": 3}}, [{"a": 1, "b": 3}, {}], [{"b": 2}]),
        ({"properties": {"a": {}}, "additionalProperties": False}, [{"a": 1}, 1], [{"b": 2}]),
        ({"required": ["a"], "minProperties": 2}, [{"a": 1, "b": 1}, []], [{"a": 1}, {"b": 1, "c": 1}]),
        ({"minLength": 1, "pattern": "^甲"}, ["甲乙", 0], ["", "乙"]),
        ({"minItems": 1, "maxItems": 2}, [[1], [1, 2]], [[], [1, 2, 3]]),
        ({"minimum": 1, "maximum": 2}, [1, 2, True, "甲"], [0, 3, 2.5]),
        ({"anyOf": [{"type": "string"}, {"$ref": "#/$defs/a"}], "$defs": {"a": {"const": 3}}}, ["甲", 3], [4]),
    ],
)
def test_keywords_mean_what_the_validator_says(schema, right, wrong):
    for expected, values in ((True, right), (False, wrong)):
        for value in values:
            assert conforms(value, schema, schema) is Draft202012Validator(schema).is_valid(value) is expected


def test_a_keyword_that_is_not_known_leaves_the_decision_to_the_validator():
    assert not conforms([1, 2], {"uniqueItems": True}, {})
