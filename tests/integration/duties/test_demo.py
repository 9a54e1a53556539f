"""The demo's duties and goals: told through the actions, on purpose varied, loaded once."""

import datetime as dt
import json
from collections import Counter

import pytest
from django.conf import settings

from luodi.service.accounts.models import Organisation, User
from luodi.service.audit.queries import verify
from luodi.service.demo.duties import load_duties
from luodi.service.duties.board import board
from luodi.service.duties.goal_queries import goals_of
from luodi.service.duties.models import Duty, Extension, JointReport, Part, SupervisionSlip
from luodi.service.duties.situations import situation_of
from luodi.service.policies.models import Policy, PolicyVersion
from luodi.service.registry.models import ClassMember, GovernmentUnit, GovernmentUnitName, UnitClass

DAY = dt.date(2020, 10, 15)
REGION = "330100"
CLASSES = ("各区、县(市)政府", "管委会")


def units_of(pack):
    """A unit for every name in the pack, two members for each class, as the registry's demo would have them."""
    names = dict.fromkeys(n for duty in pack["facts"]["duties"] for n in duty["lead"] + duty["participants"])
    for number, name in enumerate(names):
        if name in CLASSES:
            unit_class = UnitClass.objects.create(region=REGION, name=name)
            for place in (1, 2):
                member = GovernmentUnit.objects.create(region=REGION, key=f"m{number}-{place}")
                GovernmentUnitName.objects.create(unit=member, name=f"{name}之{place}")
                ClassMember.objects.create(unit_class=unit_class, government_unit=member)
            continue
        organisation = Organisation.objects.create(name=name, side="government", region=REGION)
        unit = GovernmentUnit.objects.create(
            region=REGION, key=f"u{number}", organisation=organisation, reports_online="警备" not in name
        )
        GovernmentUnitName.objects.create(unit=unit, name=name)


@pytest.fixture
def told(db):
    pack = json.loads((settings.DATA / "packs/hangzhou-2018-mci/pack.json").read_text("utf-8"))
    units_of(pack)
    confirmed, published = (User.objects.create(username=name) for name in ("甲", "乙"))
    policy = Policy.objects.create(slug="hangzhou-2018-mci", region=REGION, title=pack["title"], issuer="演示")
    PolicyVersion.objects.create(
        policy=policy, number=1, pack=pack, pack_digest="0" * 64, status="published", confirmed_by=confirmed,
        published_by=published, confirmed_at=dt.date(2019, 1, 14), published_at=dt.date(2019, 1, 14),
    )  # fmt: skip
    load_duties()
    return policy


def late_or_not(duty):
    return [report for report in situation_of(duty, DAY).reports if report.submitted_on]


def test_the_demo_tells_what_an_office_meets(told):
    columns = board(told, DAY).columns
    assert len(columns) == 14
    assert {c.state.look.shape for c in columns} == {"○", "●", "▲", "■", "◆", "✓"}
    assert sum(not c.steps for c in columns) == 1
    words = Counter(c.filing.word for c in columns if c.filing)
    assert words["未报送"] == 1 and words["退回修改"] == 1
    assert JointReport.objects.filter(no_progress=True).exists()
    with_late = [c.duty.article for c in columns if any(r.submitted_on > r.due for r in late_or_not(c.duty))]
    assert set(with_late) == {"二.(三)", "二.(八)", "四.(四)"}
    assert Extension.objects.get().state == "approved" and SupervisionSlip.objects.count() == 4
    assert len({r.period for r in JointReport.objects.filter(period__contains="-")}) == 18
    assert Part.objects.filter(state="contacted").exists() and verify().reason is None
    assert all(not p.text for p in Part.objects.filter(state="contacted"))

    numbers, stated = goals_of(told, DAY, office=True)
    actual = [(p.actual.value, p.goal.target) for p in numbers]
    assert actual == [(9, 10), (23, 20), (46, 60)]
    assert all(len(p.goal.measures.all()) == 3 for p in numbers) and numbers[2].waiting is not None
    assert [p.definition.measure.code for p in numbers] == ["reported"] * 3 and not numbers[0].definition.settled
    assert len(stated) == 3 and stated[0].attested is not None and stated[1].waiting is not None

    before = (Duty.objects.count(), JointReport.objects.count(), Part.objects.count())
    load_duties()
    assert (Duty.objects.count(), JointReport.objects.count(), Part.objects.count()) == before
