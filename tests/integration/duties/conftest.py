"""A small invented city: five offices (one renamed, two merged, one off line), a class of districts, one policy."""

import datetime as dt
from types import SimpleNamespace

import pytest

from luodi import clock
from luodi.service.accounts.models import Membership, Organisation, User
from luodi.service.duties.adopt import adopt_policy
from luodi.service.duties.directory import Directory
from luodi.service.duties.models import Duty, Goal
from luodi.service.duties.rights import place_in_duty, place_in_goal
from luodi.service.duties.situations import with_all
from luodi.service.policies.models import Policy, PolicyVersion
from luodi.service.registry.models import (
    ClassMember,
    GovernmentUnit,
    GovernmentUnitName,
    Succession,
    UnitClass,
)

REGION = "990100"
START = dt.date(2026, 3, 1)
END = dt.date(2028, 12, 31)
ALL_DISTRICTS = "各区、县(市)政府"

SURE = {"confidence": 1.0}


def _limit(article: str, kind: str, act: str, end: str) -> dict:
    rest = dict.fromkeys(("start", "yearly", "length", "unit", "after"))
    return {"article": article, "kind": kind, "act": act, "end": end, "span": [70, 74], **rest, **SURE}


PACK = {
    "id": "test-town", "version": 1, "schema_version": 1, "title": "试验市实施意见", "document_number": None,
    "issuer": "试验市人民政府办公厅", "issued_on": None, "entered": [], "facts_only": True, "rules": [], "diagnostics": [],
    "source": {"name": "试验.txt", "format": "txt", "sha256": "0" * 64, "text_sha256": "0" * 64, "length": 200},
    "vocabulary": {"events": [], "facts": []}, "confirmed": [], "published": None, "rests_on": [],
    "articles": [
        {"id": "一", "heading": "目标", "level": 1, "span": [0, 50]},
        {"id": "二.(一)", "heading": "壮大骨干", "level": 2, "span": [50, 100]},
        {"id": "二.(二)", "heading": "统筹规划", "level": 2, "span": [100, 150]},
        {"id": "三.(一)", "heading": "健全机制", "level": 2, "span": [150, 200]},
    ],
    "facts": {
        "validity": {"article": "三.(一)", "effective_from": "2026-03-01", "effective_to": "2028-12-31",
                     "days_after_issue": None, "years": None, "span": [190, 199], **SURE},
        "duties": [
            {"article": "二.(一)", "lead": ["市经信委"], "participants": ["市发改委", "军分区保障处"], "span": [60, 64], **SURE},
            {"article": "二.(二)", "lead": ["市发改委"], "participants": ["市国土局", "市规划局"], "span": [110, 114], **SURE},
            {"article": "三.(一)", "lead": ["市经信委"], "participants": ["市发改委", "各区、县（市）政府", "市不存在局"],
             "span": [160, 164], **SURE},
        ],
        "goals": [
            {"article": "一", "metric": "建成基地", "op": ">=", "value": 10, "unit": "家", "deadline": "2028", "span": [3, 5],
             **SURE},
            {"article": "一", "metric": "产值", "op": "growth>=", "value": 12, "unit": "%", "deadline": "2028",
             "span": [7, 9], **SURE},
        ],
        "qualitative_goals": [{"article": "一", "statement": "形成可推广的经验", "deadline": None, "span": [10, 18], **SURE}],
        "deadlines": [
            _limit("二.(一)", "act", "建立骨干名录", "2026-06-30"), _limit("二.(一)", "window", "申报名录", "2026-07-31"),
            _limit("二.(二)", "act", "印发规划", "2026-12-31"),
        ],
        "repeals": [], "recipients": [], "references": [], "benefits": [], "sectors": [],
    },
    "ambiguities": [
        {"id": "Q1", "question": "“建成”以什么为准？", "default": "listed", "answer": None, "asked_of": "制定机关",
         "rules": [], "source": "测试",
         "options": [{"id": "listed", "label": "列入名录"}, {"id": "built", "label": "竣工"}]},
    ],
}  # fmt: skip


class Town:
    """The units, people and duties, and ways to sit down in a seat."""

    def __init__(self) -> None:
        self.units: dict[str, GovernmentUnit] = {}
        self.people: dict[str, Membership] = {}

    def unit(self, key: str, *names: tuple[str, str | None, str | None], online: bool = True) -> GovernmentUnit:
        organisation = Organisation.objects.create(name=names[-1][0], side="government", region=REGION)
        unit = GovernmentUnit.objects.create(region=REGION, key=key, organisation=organisation, reports_online=online)
        for name, start, end in names:
            GovernmentUnitName.objects.create(unit=unit, name=name, short=name, valid_from=start, valid_to=end)
        self.units[key] = unit
        return unit

    def person(self, name: str, unit: str, role: str) -> Membership:
        user = User.objects.create(username=name, password="!", display_name=name)
        membership = Membership.objects.create(user=user, organisation=self.units[unit].organisation, role=role)
        self.people[name] = membership
        return membership

    def duty(self, article: str) -> Duty:
        return with_all(Duty.objects.filter(policy__slug="test-town")).get(article=article)

    def goal(self, name: str) -> Goal:
        return Goal.objects.select_related("policy", "policy_version", "reporter").get(name=name)

    def seat(self, person: str, article: str):
        """The person's place in a duty on the business day."""
        return place_in_duty(self.people[person], self.duty(article), Directory(REGION, clock.today()))

    def goal_seat(self, person: str, name: str):
        return place_in_goal(self.people[person], self.goal(name))


@pytest.fixture(autouse=True)
def business_day(monkeypatch):
    """Stand on a day; ``set`` moves to another."""
    monkeypatch.setenv("LUODI_TODAY", "2026-04-20")
    return SimpleNamespace(set=lambda day: monkeypatch.setenv("LUODI_TODAY", day))


@pytest.fixture
def town(db) -> Town:
    found = Town()
    found.unit("jx", ("市经信委", None, "2026-05-31"), ("市经信局", "2026-06-01", None))
    found.unit("fg", ("市发改委", None, None))
    found.unit("gt", ("市国土局", None, "2026-05-31"))
    found.unit("gh", ("市规划局", None, "2026-05-31"))
    found.unit("gzj", ("市规划和自然资源局", "2026-06-01", None))
    found.unit("jfq", ("军分区保障处", None, None), online=False)
    found.unit("dc", ("市政府督查室", None, None))
    for old in ("gt", "gh"):
        Succession.objects.create(
            from_unit=found.units[old], to_unit=found.units["gzj"], kind="merge", date=dt.date(2026, 6, 1)
        )
    districts = UnitClass.objects.create(region=REGION, name=ALL_DISTRICTS)
    for key, name, ends in (("d1", "东区政府", None), ("d2", "西区政府", "2026-05-31"), ("d3", "南县政府", None)):
        ClassMember.objects.create(
            unit_class=districts, government_unit=found.unit(key, (name, None, None)), valid_to=ends
        )
    found.person("经信甲", "jx", "lead_officer")
    found.person("经信乙", "jx", "leader")
    found.person("发改甲", "fg", "liaison")
    found.person("国土甲", "gt", "liaison")
    found.person("规自甲", "gzj", "liaison")
    found.person("东区甲", "d1", "liaison")
    found.person("督查甲", "dc", "supervisor")
    found.person("督查乙", "dc", "supervisor")
    policy = Policy.objects.create(slug="test-town", region=REGION, title=PACK["title"], issuer="试验市人民政府办公厅")
    version = PolicyVersion.objects.create(
        policy=policy, number=1, pack=PACK, pack_digest="0" * 64, status="published",
        confirmed_by=found.people["经信甲"].user, confirmed_at=START, published_by=found.people["督查甲"].user,
        published_at=START,
    )  # fmt: skip
    adopt_policy(version=version, by=found.people["督查甲"].user, organisation="市政府督查室")
    return found


@pytest.fixture
def running(town) -> Town:
    """The first duty is reported monthly from March (parts by the 5th, the report by the 10th), one milestone accepted."""
    from luodi.service.duties import actions

    duty = town.duty("二.(一)")
    with clock.standing_on(dt.date(2026, 3, 2)):
        lead, supervisor = town.seat("经信甲", "二.(一)"), town.seat("督查甲", "二.(一)")
        actions.set_cycle(duty=duty, place=lead, cadence="monthly", from_day=START, parts_day=5, report_day=10)
        milestone = actions.propose_milestone(duty=duty, place=lead, title="印发方案", due=dt.date(2026, 6, 30))
        actions.move_milestone(milestone=milestone, move="accept", place=supervisor, version=milestone.version)
    return town


@pytest.fixture
def enter(client, town):
    """Sign in as a person of the town (None: nobody) and get the client."""

    def sign_in(person: str | None):
        if person:
            user = town.people[person].user
            client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        else:
            client.logout()
        return client

    return sign_in
