"""Government units by the day: names as written, successors, clause by clause, classes by their dated list."""

import datetime as dt

import pytest

from luodi.service.registry.models import ClassMember, GovernmentUnit, GovernmentUnitName, Succession, UnitClass
from luodi.service.registry.queries import (
    expand_class,
    government_unit_as_written,
    name_on,
    names_as_written,
    successor_on,
)

REGION = "990100"
BEFORE, REFORM, AFTER = dt.date(2018, 12, 1), dt.date(2019, 2, 1), dt.date(2020, 10, 15)
EVE = REFORM - dt.timedelta(1)


def office(key: str, *names: tuple[str, dt.date | None, dt.date | None]) -> GovernmentUnit:
    unit = GovernmentUnit.objects.create(region=REGION, key=key)
    for name, start, end in names:
        GovernmentUnitName.objects.create(unit=unit, name=f"云岚{name}", short=name, valid_from=start, valid_to=end)
    return unit


@pytest.fixture
def town(db):
    units = {
        "industry": office("industry", ("市经信委", None, EVE), ("市经信局", REFORM, None)),
        "land": office("land", ("市国土局", None, EVE)),
        "planning": office("planning", ("市规划局", None, EVE)),
        "space": office("space", ("市规划和自然资源局", REFORM, None)),
        "party": office("party", ("市委融合办", REFORM, None)),
        "west": office("west", ("西区政府", None, None)),
        "new": office("new", ("新区政府", dt.date(2021, 4, 9), None)),
    }
    for key in ("land", "planning"):
        Succession.objects.create(from_unit=units[key], to_unit=units["space"], kind="merge", date=REFORM)
    Succession.objects.create(
        from_unit=units["industry"],
        to_unit=units["party"],
        kind="transfer",
        date=REFORM,
        policy_slug="p",
        article="四.(一)",
    )
    Succession.objects.create(from_unit=units["west"], to_unit=units["new"], kind="split", date=dt.date(2021, 4, 9))
    districts = UnitClass.objects.create(region=REGION, name="各区、县(市)政府")
    ClassMember.objects.create(unit_class=districts, government_unit=units["west"])
    ClassMember.objects.create(unit_class=districts, government_unit=units["new"], valid_from=dt.date(2021, 4, 9))
    return units


def test_a_name_leads_to_its_bearer_whenever_it_is_read(town):
    for day in (BEFORE, AFTER):
        assert government_unit_as_written("市经信委", REGION, day) == town["industry"]
        assert government_unit_as_written("云岚市经信局", REGION, day) == town["industry"]
    assert government_unit_as_written("市经信委", "330100", BEFORE) is None
    assert government_unit_as_written("市不存在局", REGION, BEFORE) is None


def test_a_name_that_two_bore_at_different_times_is_told_by_the_day(town):
    other = office("other", ("市经信局", None, dt.date(2010, 1, 1)))
    assert government_unit_as_written("市经信局", REGION, AFTER) == town["industry"]
    assert government_unit_as_written("市经信局", REGION, dt.date(2009, 1, 1)) == other
    assert government_unit_as_written("市经信局", REGION, dt.date(2015, 1, 1)) is None


def test_names_by_the_day_both_ends_included(town):
    assert name_on(town["industry"], EVE).short == "市经信委"
    assert name_on(town["industry"], REFORM).short == "市经信局"
    assert name_on(town["land"], AFTER).short == "市国土局", "a unit that ceased keeps its last name"


def test_successors_by_the_day_and_by_the_clause(town):
    assert successor_on(town["land"], BEFORE) == town["land"]
    assert successor_on(town["land"], AFTER) == successor_on(town["planning"], AFTER) == town["space"]
    assert successor_on(town["industry"], AFTER) == town["industry"]
    assert successor_on(town["industry"], AFTER, "p", "四.(一)") == town["party"]
    assert successor_on(town["industry"], AFTER, "p", "四.(二)") == town["industry"]
    assert successor_on(town["industry"], AFTER, "another", "四.(一)") == town["industry"]


def test_a_split_takes_nothing_from_the_unit_that_goes_on(town):
    assert successor_on(town["west"], dt.date(2022, 1, 1)) == town["west"]


def test_a_circle_of_successions_ends(town):
    Succession.objects.create(from_unit=town["space"], to_unit=town["land"], kind="merge", date=REFORM)
    assert successor_on(town["land"], AFTER) in (town["land"], town["space"])


def test_a_class_grows_with_its_list(town):
    written = "各区、县（市）政府"
    assert expand_class(written, REGION, AFTER) == [town["west"]]
    assert set(expand_class(written, REGION, dt.date(2021, 4, 9))) == {town["west"], town["new"]}
    assert expand_class("各街道", REGION, AFTER) == []


def test_todays_names_only_where_they_differ(town, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        found = names_as_written(["市经信委", "市国土局", "市委融合办", "某单位"], REGION, BEFORE, AFTER)
    assert found == {"市经信委": "市经信局", "市国土局": "市规划和自然资源局"}
    assert names_as_written(["市经信委"], REGION, BEFORE, BEFORE) == {}
