"""Signing in, acting for one of several units, and rights that end."""

import datetime as dt

import pytest
from django.urls import reverse

from luodi.service.accounts.actions import add_membership, add_person
from luodi.service.accounts.models import Organisation
from luodi.service.accounts.permissions import Permission
from luodi.service.accounts.roles import ROLES
from luodi.service.audit.models import AuditEvent

PASSWORD = "a-long-password"


@pytest.fixture
def clerk(db):
    """A clerk who acts for two firms; for the second only until yesterday."""
    person = add_person(by=None, username="clerk", display_name="王办事", password=PASSWORD)
    firms = [Organisation.objects.create(name=f"云岚第{n}精工有限公司", side="unit") for n in "一二三"]
    add_membership(by=None, user=person, organisation=firms[0], role="claims_clerk")
    add_membership(by=None, user=person, organisation=firms[1], role="claims_clerk")
    yesterday = dt.date.today() - dt.timedelta(days=1)
    add_membership(by=None, user=person, organisation=firms[2], role="claims_clerk", valid_to=yesterday)
    return person


def sign_in(client, password=PASSWORD):
    return client.post(reverse("account_login"), {"login": "clerk", "password": password}, follow=True)


def test_clerk_signs_in_and_switches_between_units(client, clerk):
    first = sign_in(client)
    names = [m.organisation.name for m in first.wsgi_request.memberships]
    other = next(m for m in first.wsgi_request.memberships if m != first.wsgi_request.acting)

    switched = client.post(reverse("act_as"), {"membership": other.pk}, follow=True)

    assert names == ["云岚第一精工有限公司", "云岚第二精工有限公司"]  # the third right has ended
    assert switched.wsgi_request.acting == other
    assert Permission.VIEW_OWN_UNIT in switched.wsgi_request.may


def test_ended_right_cannot_be_chosen(client, clerk):
    sign_in(client)
    ended = clerk.memberships.get(valid_to__isnull=False)
    assert client.post(reverse("act_as"), {"membership": ended.pk}).status_code == 404


def test_wrong_password_says_so_and_signs_nobody_in(client, clerk):
    answer = sign_in(client, "wrong")
    assert "没有登录成功" in answer.content.decode()
    assert not answer.wsgi_request.user.is_authenticated


def test_nobody_signs_up_alone(client, db):
    answer = client.get(reverse("account_signup"))
    assert "不开放自行注册" in answer.content.decode()


def test_business_date_can_be_stood_on_in_the_demo_and_refuses_nonsense(client, db):
    client.post(reverse("business_date"), {"business_date": "2021-12-31", "next": "/"})
    assert "2021-12-31" in client.get("/").content.decode()
    answer = client.post(reverse("business_date"), {"business_date": "昨天", "next": "/"}, follow=True)
    assert "日期没有改变" in answer.content.decode()
    assert "2021-12-31" in answer.content.decode()


def test_business_date_form_never_leads_to_another_site(client, db):
    answer = client.post(reverse("business_date"), {"business_date": "2021-12-31", "next": "//elsewhere.example/"})
    assert answer["Location"] == "/"


def test_business_date_stays_fixed_outside_the_demo(client, db, settings):
    settings.DEMO = False
    assert client.post(reverse("business_date"), {"business_date": "2021-12-31"}).status_code == 404


def test_each_account_and_right_leaves_an_audit_row(clerk):
    assert list(AuditEvent.objects.values_list("action", flat=True)) == ["account.added"] + ["membership.added"] * 3


def test_every_role_describes_itself_and_holds_permissions():
    assert all(role.name and role.does and role.permissions for role in ROLES.values())
    three = [ROLES[code].permissions for code in ("system_admin", "security_admin", "audit_admin")]
    assert not three[0] & three[1] | three[0] & three[2] | three[1] & three[2]  # 三员分立: no right in common
