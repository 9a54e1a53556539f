"""A small policy in force, made from a document of an invented town, and people to act on it."""

import datetime as dt
from types import SimpleNamespace

import pytest

from luodi.document.reading import parse
from luodi.policy.build import build
from luodi.policy.compile import compile_document
from luodi.service.accounts.models import Membership, Organisation, User
from luodi.service.policies.actions import add_version, confirm, publish

SLUG = "town-2026"
REGION = "990100"
TEXT = """试验市人民政府关于支持新材料产业发展的实施意见

试政发〔2026〕3号

各区、县（市）人民政府，市政府各部门：

为支持新材料产业发展，根据《江岭省新材料产业条例》，提出如下意见。

一、发展目标

到2028年，建成新材料产业基地5家以上。

二、重点任务

（一）壮大企业。支持企业做大做强。（责任单位：市经信局牵头，市财政局参与）

三、支持政策

（一）对获得国家级、省级新材料产业基地称号的园区，分别一次性给予100万元、50万元的奖励。

（二）对重大项目，采取“一事一议”方式予以支持。

本意见自2026年3月1日起施行，有效期至2028年12月31日。

试验市人民政府

2026年2月10日
"""
QUESTION = {
    "id": "Q1", "question": "先省级后国家级，补差还是全额？", "default": "difference", "answer": None, "asked_of": "制定机关",
    "rules": [], "source": "测试",
    "options": [{"id": "difference", "label": "补差额"}, {"id": "full", "label": "发全额"}],
}  # fmt: skip


def town_pack(**given):
    return build(compile_document(parse(TEXT, SLUG)), {"id": SLUG, "version": 1, "ambiguities": [QUESTION]} | given)


@pytest.fixture
def people(db) -> SimpleNamespace:
    office = Organisation.objects.create(name="试验市经济和信息化局", side="government", region=REGION)
    made = SimpleNamespace()
    for name, role in (("lead", "lead_officer"), ("other", "lead_officer"), ("supervisor", "supervisor"),
                       ("audit", "audit_admin"), ("intake", "intake"), ("clerk", "claims_clerk")):  # fmt: skip
        user = User.objects.create(username=name, password="!", display_name=name)
        Membership.objects.create(user=user, organisation=office, role=role)
        setattr(made, name, user)
    return made


@pytest.fixture
def draft(people):
    return add_version(by=people.lead, slug=SLUG, region=REGION, pack=town_pack())


@pytest.fixture
def version(people, draft):
    confirm(by=people.lead, version=draft, on=dt.date(2026, 2, 20))
    publish(by=people.other, version=draft, on=dt.date(2026, 2, 21))
    return draft


@pytest.fixture
def on(monkeypatch):
    """Stand on another business date."""
    return lambda day: monkeypatch.setenv("LUODI_TODAY", day)


@pytest.fixture(autouse=True)
def in_force(on):
    on("2026-06-01")
