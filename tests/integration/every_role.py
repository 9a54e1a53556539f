"""A region with one policy, its duties, goals and list, and a person for every role in every place."""

from __future__ import annotations

import copy
import datetime as dt
import json
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from luodi.codes.credit_code import make_credit_code
from luodi.policy.pack import pack_from
from luodi.service.accounts.models import Membership, Organisation, User
from luodi.service.accounts.roles import ROLES

SLUG = "hangzhou-2018-mci"
REGION, ELSEWHERE = "990100", "330100"
DAY = dt.date(2020, 10, 15)
ARTICLE, PERIOD = "二.(一)", "2020-09"
ITEM = "四.(三).2"
PROBE = "=1+1<script>alert('x')</script>\"'><img src=x onerror=alert(1)>{{ 7|add:7 }}"
PART_TEXT, REPORT_TEXT, SLIP_TEXT, BASIS_TEXT = "部分甲七三九一", "汇总乙八二四六", "督办丙五一七三", "依据丁六九二八"
CALL = {
    "title": "关于申报奖励的通知", "document_number": "", "items": [ITEM], "opens": DAY, "closes": dt.date(2020, 10, 22), "channel": "网上",
    "materials": "申报表", "desk": "市经信局", "address": "", "phone": "0571-00000001", "note": "",
}  # fmt: skip
TABLE = yaml.safe_load((Path(__file__).parent / "access.yaml").read_text())
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def decisions(row: dict, method: str) -> list[dict]:
    """The decisions of a row for a method, each whole."""
    given = row[method]
    listed = given if isinstance(given, list) else [given]
    same = ("holder", "elsewhere", "signed_in", "anonymous")
    return [
        {"send": row.get("send", {}), **(dict.fromkeys(same, each) if isinstance(each, int) else each)}
        for each in listed
    ]


def filled(given: dict, world: World) -> dict:
    """What a row gives, with the world's records put in for their names."""
    return {k: world.records[v[1:]] if isinstance(v, str) and v.startswith("$") else v for k, v in given.items()}


@dataclass(frozen=True)
class Actor:
    """A way of coming to a page: the role in use (empty: none) and where its organisation stands."""

    name: str
    role: str
    place: str  # lead, participant, uninvolved, far, own_unit, other_unit; empty without a role
    user: User | None

    @property
    def signed_in(self) -> bool:
        """A person whose account is closed is nobody."""
        return self.user is not None and self.user.is_active

    def holds(self, names: list[str]) -> bool:
        return bool(self.role) and set(names) <= {p.name for p in ROLES[self.role].permissions}


MOVED = {  # roles that the other offices have too
    "lead_officer",
    "liaison",
    "leader",
    "supervisor",
    "competent_authority",
}


def places_of(role) -> tuple[str, ...]:
    """Every role at home and abroad; those that take steps in a duty or goal in the other offices too."""
    if role.side == "unit":
        return ("own_unit", "other_unit")
    return ("lead", "far", "participant", "uninvolved") if role.code in MOVED else ("lead", "far")


class World:
    """The records by short names, as the table of decisions names them."""

    def __init__(self) -> None:
        self.records: dict[str, str] = {"slug": SLUG, "period": PERIOD, "article": ARTICLE, "item": ITEM}
        self.organisations: dict[str, Organisation] = {}
        self.actors: list[Actor] = []
        self.objects: dict[str, object] = {}

    def keep(self, name: str, record):
        self.objects[name], self.records[name] = record, str(record.pk)
        self.records[f"{name}_version"] = str(getattr(record, "version", ""))
        return record

    def office(self, place: str, name: str, region: str = REGION, side: str = "government") -> Organisation:
        self.organisations[place] = Organisation.objects.create(name=name, side=side, region=region)
        return self.organisations[place]

    def actor(self, role: str, place: str) -> Actor:
        return next(a for a in self.actors if (a.role, a.place) == (role, place))


def _people(world: World) -> None:
    world.actors.append(Actor("anonymous", "", "", None))
    for role in ROLES.values():
        for place in places_of(role):
            user = User.objects.create(username=f"{role.code}-{place}", password="!", display_name=role.name)
            Membership.objects.create(user=user, organisation=world.organisations[place], role=role.code)
            world.actors.append(Actor(user.username, role.code, place, user))
    one = dt.timedelta(1)
    for name, seat in (
        ("ended", {"valid_to": dt.date.today() - one}), ("not-begun", {"valid_from": dt.date.today() + one}), ("closed", {}),
    ):  # fmt: skip
        user = User.objects.create(username=name, password="!", is_active=name != "closed")
        for role in ("lead_officer", "supervisor", "audit_admin", "competent_authority"):
            Membership.objects.create(user=user, organisation=world.organisations["lead"], role=role, **seat)
        world.actors.append(Actor(name, "", "", user))


def _policy(world: World):
    from luodi.service.policies.actions import add_version, confirm, publish

    data = json.loads((Path(__file__).parents[2] / "packs" / SLUG / "pack.json").read_text())
    data = copy.deepcopy(data)
    for kind, kept in (
        ("duties", 1),
        ("goals", 1),
        ("qualitative_goals", 1),
        ("sectors", 2),
        ("references", 2),
        ("recipients", 2),
    ):
        data["facts"][kind] = data["facts"][kind][:kept]
    drafter, publisher = (User.objects.create(username=name) for name in ("drafter", "publisher"))
    version = add_version(by=drafter, slug=SLUG, region=REGION, pack=pack_from(data))
    confirm(by=drafter, version=version, on=DAY)
    publish(by=publisher, version=version, on=DAY)
    world.records["ambiguity"] = data["ambiguities"][0]["id"]
    return world.keep("version", version), data


def _draft(world: World) -> None:
    """A draft in the workbench, uploaded by an officer of the lead office."""
    from integration.town_policy import TEXT
    from luodi.service.policies.call_actions import draft_call, release_call
    from luodi.service.policies.drafting import decide, upload
    from luodi.service.policies.models import ClauseLink

    by = world.actor("lead_officer", "lead").user
    draft = upload(by=by, data=TEXT.encode(), name="a.txt", region=REGION, policy=None, organisation="某局")
    entry = {"id": "Q1", "question": "问", "options": [{"id": "open", "label": "待定"}], "default": "open", "asked_of": "某局",
             "answer": None, "rules": [], "source": "测试"}  # fmt: skip
    decide(by=by, version=draft, key="ambiguity-Q1", verdict="add", after={"entry": entry, "reading": None})
    world.keep("draft", draft)
    policy = world.objects["version"].policy
    world.keep("link", ClauseLink.objects.create(policy=policy, relation="basis", other_title="某省规定", by=by))
    call = world.keep("call", draft_call(by=by, policy=policy, given=CALL))
    release_call(by=world.actor("intake", "lead").user, call=call, reviewed=True)
    world.records["draft_rule"] = draft.pack["rules"][0]["id"]


def _offices(world: World, duty: dict) -> None:
    from luodi.service.registry.models import GovernmentUnit, GovernmentUnitName

    named = {"lead": duty["lead"][0], "participant": duty["participants"][0], "uninvolved": "市无关局"}
    for place, name in named.items():
        unit = GovernmentUnit.objects.create(region=REGION, key=place, organisation=world.office(place, name),
                                             reports_online=True)  # fmt: skip
        GovernmentUnitName.objects.create(unit=unit, name=name, short=name)
        world.keep(f"{place}_office", unit)
    world.office("far", "外市经信局", ELSEWHERE)


def _units(world: World, vocabulary: dict) -> None:
    from luodi.service.registry.models import District, Fact, FactType, Unit

    District.objects.create(region=REGION, code="990102", name="甲区")
    for each in vocabulary["facts"]:
        FactType.objects.create(
            code=each["id"], name=each["words"][0], data_type=each["type"], unit=each["unit"] or "",
            sensitivity=each["sensitivity"], evidence=each["evidence"], register=each["register"],
        )  # fmt: skip
    for number, place in enumerate(("own_unit", "other_unit"), 1):
        organisation = world.office(place, f"第{number}公司", side="unit")
        unit = Unit.objects.create(
            credit_code=make_credit_code("91", REGION, f"MA{number:06d}"), name=organisation.name, kind="enterprise",
            region=REGION, district="990102", organisation=organisation, source="登记", as_of=DAY,
        )  # fmt: skip
        registered = FactType.objects.get(code="本市登记纳税")
        Fact.objects.create(unit=unit, type=registered, value=True, source="公开登记", as_of=DAY,
                            sensitivity="public", evidence=registered.evidence)  # fmt: skip
        world.keep(place, unit)


def _duties(world: World) -> None:
    from luodi import clock
    from luodi.service.duties import actions
    from luodi.service.duties.adopt import adopt_policy
    from luodi.service.duties.directory import Directory
    from luodi.service.duties.models import Duty, Goal
    from luodi.service.duties.rights import place_in_duty
    from luodi.service.duties.situations import with_all

    supervisor = world.actor("supervisor", "uninvolved")
    adopt_policy(version=world.objects["version"], by=supervisor.user, organisation="督查室")
    duty = world.keep("duty", with_all(Duty.objects.all()).get())
    world.keep("goal", Goal.objects.get(quantified=True))
    world.keep("stated_goal", Goal.objects.get(quantified=False))
    with clock.standing_on(dt.date(2020, 9, 1)):
        member = world.actor("lead_officer", "lead").user.memberships.get()
        seat = place_in_duty(member, duty, Directory(REGION, clock.today()))
        actions.set_cycle(
            duty=duty, place=seat, cadence="monthly", from_day=dt.date(2020, 9, 1), parts_day=5, report_day=10
        )


def _account(world: World) -> None:
    """A person of the lead office whom a security administrator looks after."""
    user = world.keep("person", User.objects.create(username="looked-after", display_name="某人"))
    office = world.organisations["lead"]
    world.keep("membership", Membership.objects.create(user=user, organisation=office, role="liaison"))
    world.records["lead_name"] = office.name


def _job(world: World):
    """Work that the lead office asked for."""
    from luodi.service.jobs.models import Job

    by, office = world.actor("lead_officer", "lead").user, world.organisations["lead"]
    return Job.objects.create(kind="jobs.none", title="测算全部单位", business_date=DAY, by=by, organisation=office)


def _scenario(world: World, version):
    """A simulated change that the lead office shares."""
    from luodi.service.awards.models import Scenario
    from luodi.service.awards.simulation import GROUPS

    sums = {"sure_fen": 0, "upto_fen": 0, "sure_units": 0, "upto_units": 0}
    still = {"gaining": 0, "gain_fen": 0, "losing": 0, "loss_fen": 0}
    moves = {"strict": still, "generous": still}
    figures = {
        "units": 2,
        "before": sums,
        "after": sums,
        "moves": moves,
        "rules": [],
        "groups": dict.fromkeys(GROUPS, []),
    }
    return Scenario.objects.create(
        policy_version=version, name="方案", number=1, changes=[], figures=figures, business_date=DAY, shared=True,
        by=world.actor("lead_officer", "lead").user, organisation=world.organisations["lead"],
    )  # fmt: skip


@pytest.fixture
def world(db, monkeypatch) -> World:
    """Everything a page can be asked about, on a fixed day."""
    from luodi.service.awards.actions import determine, evaluate_region

    monkeypatch.setenv("LUODI_TODAY", DAY.isoformat())
    built = World()
    version, data = _policy(built)
    _offices(built, data["facts"]["duties"][0])
    _units(built, data["vocabulary"])
    _people(built)
    _duties(built)
    _draft(built)
    _account(built)
    built.keep("run", evaluate_region(by=None, version=version))
    built.keep("job", _job(built))
    built.keep("scenario", _scenario(built, version))
    own = built.actor("claims_clerk", "own_unit")
    office = built.organisations["own_unit"]
    built.keep(
        "determination", determine(by=own.user, organisation=office, unit=built.objects["own_unit"], version=version)
    )
    return built


@pytest.fixture
def come():
    """A client that comes as an actor."""
    from django.test import Client

    def enter(actor: Actor, **options) -> Client:
        client = Client(raise_request_exception=False, **options)
        if actor.user is not None:
            client.force_login(actor.user, backend=BACKEND)
        return client

    return enter


def _reported(world: World) -> None:
    """A milestone proposed, a part and the joint report sent, a slip issued, a goal reported."""
    from decimal import Decimal

    from luodi import clock
    from luodi.service.duties import actions
    from luodi.service.duties.directory import Directory
    from luodi.service.duties.goal_actions import report_observation
    from luodi.service.duties.models import SlipLevel
    from luodi.service.duties.rights import place_in_duty, place_in_goal

    duty, goal = world.objects["duty"], world.objects["goal"]

    def seat(role: str, place: str):
        member = world.actor(role, place).user.memberships.get()
        return place_in_duty(member, duty, Directory(REGION, clock.today()))

    lead, sender, supervisor = (
        seat("lead_officer", "lead"),
        seat("liaison", "participant"),
        seat("supervisor", "uninvolved"),
    )
    world.keep(
        "milestone", actions.propose_milestone(duty=duty, place=lead, title=f"{PROBE}节点", due=dt.date(2020, 12, 1))
    )
    world.keep("part", actions.save_part(
        duty=duty, unit=world.objects["participant_office"], period=PERIOD, place=sender, version=0,
        text=f"{PROBE}{PART_TEXT}", no_progress=False, submit=True,
    ))  # fmt: skip
    world.keep("report", actions.save_report(
        duty=duty, period=PERIOD, place=lead, version=0, text=f"{PROBE}{REPORT_TEXT}", no_progress=False, behind=False,
        submit=True,
    ))  # fmt: skip
    world.keep("level", SlipLevel.objects.filter(region="").first())
    world.keep("slip", actions.issue_slip(
        duty=duty, place=supervisor, level=world.objects["level"], reason=f"{PROBE}{SLIP_TEXT}", due=None,
    ))  # fmt: skip
    world.keep("measure", goal.measures.first())
    place = place_in_goal(world.actor("lead_officer", "lead").user.memberships.get(), goal)
    world.keep("observation", report_observation(
        goal=goal, place=place, as_of=dt.date(2020, 9, 30), basis=f"{PROBE}{BASIS_TEXT}", measure=world.objects["measure"],
        value=Decimal("6.5137"),
    ))  # fmt: skip
    world.records["foreign_membership"] = str(
        Membership.objects.create(
            user=User.objects.create(username="foreign"),
            organisation=world.organisations["uninvolved"],
            role="audit_admin",
        ).pk
    )


@pytest.fixture
def records(world) -> World:
    """The world with one record of every kind that people make."""
    _reported(world)
    return world
