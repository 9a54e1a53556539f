"""Accounts and rights as the security administrator gives and takes them, and what is refused."""

import datetime as dt
import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.urls import reverse

from luodi.errors import UsageError
from luodi.service.accounts.actions import add_membership, add_person
from luodi.service.accounts.first import make_first_administrator
from luodi.service.accounts.models import Membership, Organisation, User
from luodi.service.accounts.roles import ROLES
from luodi.service.accounts.separation import ADMINISTRATORS, Clash
from luodi.service.audit.models import AuditEvent
from luodi.service.audit.queries import verify
from luodi.service.registry.models import GovernmentUnit, GovernmentUnitName

REGION, ELSEWHERE = "990100", "330100"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
CHOSEN = "my-own-long-password"


def administrator(username: str, region: str) -> Client:
    office, _ = Organisation.objects.get_or_create(name=f"{region}数据局", side="government", region=region)
    user = add_person(by=None, username=username, display_name=username, password="x" * 12)
    add_membership(by=None, user=user, organisation=office, role="security_admin")
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


@pytest.fixture
def admin(db) -> Client:
    return administrator("sec", REGION)


@pytest.fixture
def office(db) -> Organisation:
    return Organisation.objects.create(name="云州市经济和信息化局", side="government", region=REGION)


def given(**more) -> dict:
    fields = {
        "display_name": "王敏",
        "username": "wangmin",
        "organisation": "云州市经济和信息化局",
        "roles": ["intake"],
        "reason": "任职通知〔2026〕3 号",
    }
    return fields | more


def make(admin: Client, **more) -> tuple[User, str]:
    """A person made on the page, with the initial password told there."""
    answer = admin.post(reverse("people:new"), given(**more))
    assert answer.status_code == 200, answer.content.decode()
    told = re.search(r'id="initial-password">([^<]+)<', answer.content.decode())
    return User.objects.get(username=more.get("username", "wangmin")), told[1]


def last_event() -> AuditEvent:
    return AuditEvent.objects.latest("sequence")


def test_a_person_is_made_and_sets_a_password_of_her_own_before_anything_else(admin, office):
    user, initial = make(admin, roles=["lead_officer", "leader"])
    client = Client()
    client.post(reverse("account_login"), {"login": "wangmin", "password": initial})
    for address in ("/", "/workbench/", "/people/"):
        assert client.get(address)["Location"] == reverse("own_password")
    assert client.post("/api/simulate", {}, "application/json").status_code in (401, 403)
    change = {"old_password": initial, "new_password1": CHOSEN, "new_password2": CHOSEN}
    same = change | {"new_password1": initial, "new_password2": initial}
    assert "不能和现在的相同" in client.post(reverse("own_password"), same).content.decode()
    assert client.post(reverse("own_password"), change)["Location"] == "/"
    assert client.get("/workbench/").status_code == 200  # still signed in
    user.refresh_from_db()
    assert user.check_password(CHOSEN) and {m.role for m in user.memberships.all()} == {"lead_officer", "leader"}
    assert initial not in str(list(AuditEvent.objects.values_list("data", flat=True)))
    assert "可登录" in admin.get(reverse("people:list")).content.decode()


def test_a_unit_that_is_not_listed_must_be_said_to_be_new_and_is_tied_to_the_registry(admin):
    entry = GovernmentUnit.objects.create(region=REGION, key="keji")
    GovernmentUnitName.objects.create(unit=entry, name="云州市科学技术局", short="市科技局")
    refused = admin.post(reverse("people:new"), given(organisation="云州市科学技术局"))
    assert refused.status_code == 422 and "单位名单中没有“云州市科学技术局”" in refused.content.decode()
    assert not User.objects.filter(username="wangmin").exists()
    user, _ = make(admin, organisation="云州市科学技术局", is_new="on")
    entry.refresh_from_db()
    assert entry.organisation == user.memberships.get().organisation and entry.organisation.region == REGION


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"username": "Wang Min"}, "账户名用 3 至 30 个"),
        ({"username": "SEC"}, "已有人使用"),
        ({"roles": []}, "请至少选一个身份"),
        ({"roles": ["intake", "claims_clerk"]}, "要分开授予"),
        ({"valid_to": "2020-01-01"}, "已经过去"),
        ({"valid_to": "明年"}, "年-月-日"),
        ({"reason": ""}, "请填写授予原因"),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_is_made(admin, office, wrong, words):
    answer = admin.post(reverse("people:new"), given(**wrong))
    assert answer.status_code == 422 and words in answer.content.decode()
    assert User.objects.count() == 1


def test_a_membership_is_granted_and_withdrawn_with_a_reason_at_once(admin, office):
    user, _ = make(admin)
    page = reverse("people:person", args=[user.pk])
    again = {"organisation": office.name, "roles": ["legal_reviewer"], "reason": "借调", "valid_to": "2099-12-31"}
    assert admin.post(page, again).status_code == 302
    granted = user.memberships.get(role="legal_reviewer")
    assert granted.valid_from == dt.date.today() and granted.valid_to == dt.date(2099, 12, 31)
    withdrawal = reverse("people:withdraw", args=[granted.pk])
    admin.post(withdrawal, {"reason": " "})
    assert "请填写撤销的原因" in admin.get(page).content.decode()
    admin.post(withdrawal, {"reason": "借调期满"})
    assert last_event().action == "membership.withdrawn" and last_event().data["reason"] == "借调期满"
    assert granted not in Membership.objects.valid_on(dt.date.today())
    assert "借调期满" in admin.get(page).content.decode()
    assert admin.post(page, again).status_code == 302  # may be granted anew, the same day too
    assert user.memberships.filter(role="legal_reviewer").count() == 2


def test_a_locked_account_is_out_at_once_and_comes_back_when_opened(admin, office):
    user, initial = make(admin)
    client, lock = Client(), reverse("people:lock", args=[user.pk])
    client.post(reverse("account_login"), {"login": "wangmin", "password": initial})
    client.post(reverse("own_password"), {"old_password": initial, "new_password1": CHOSEN, "new_password2": CHOSEN})
    assert client.get("/calls/").wsgi_request.user == user
    admin.post(lock, {"lock": "1", "reason": "离岗"})
    assert not client.get("/calls/").wsgi_request.user.is_authenticated
    answer = client.post(reverse("account_login"), {"login": "wangmin", "password": CHOSEN}, follow=True)
    assert "账户已停用，没有登录成功" in answer.content.decode()
    assert not client.get("/").wsgi_request.user.is_authenticated
    assert "已停用" in admin.get(reverse("people:list")).content.decode()
    admin.post(lock, {"lock": "0", "reason": "返岗"})
    assert Client().post(reverse("account_login"), {"login": "wangmin", "password": CHOSEN})["Location"] == "/"
    actions = list(AuditEvent.objects.filter(action__startswith="account.").values_list("action", flat=True))
    assert actions[-2:] == ["account.locked", "account.unlocked"] and verify().reason is None


def test_a_new_initial_password_ends_the_old_one(admin, office):
    user, initial = make(admin)
    client = Client()
    client.post(reverse("account_login"), {"login": "wangmin", "password": initial})
    answer = admin.post(reverse("people:password", args=[user.pk]), {"reason": "遗失"}).content.decode()
    told = re.search(r'id="initial-password">([^<]+)<', answer)[1]
    assert told != initial and not client.get("/").wsgi_request.user.is_authenticated
    user.refresh_from_db()
    assert user.check_password(told) and user.password_is_initial


@pytest.mark.parametrize(
    ("held", "asked"),
    [(a, b) for a in ADMINISTRATORS for b in ADMINISTRATORS if a != b]
    + [
        ("intake", "audit_admin"),
        ("system_admin", "leader"),
        ("first_review", "second_review"),
        ("payment", "final_approval"),
    ],
)
def test_roles_that_exclude_each_other_are_refused_and_the_refusal_is_kept(admin, office, held, asked):
    user, _ = make(admin, roles=[held])
    page = reverse("people:person", args=[user.pk])
    answer = admin.post(page, {"organisation": office.name, "roles": [asked], "reason": "兼任"})
    words = f"王敏是{office}的{ROLES[held].name}，不能再任{ROLES[asked].name}"
    assert answer.status_code == 422 and words in answer.content.decode()
    assert last_event().action == "membership.refused" and words in last_event().data["reason"]
    assert words in admin.get(reverse("people:list")).content.decode()
    assert user.memberships.count() == 1 and verify().reason is None
    both = admin.post(reverse("people:new"), given(username="another", roles=[held, asked]))
    assert both.status_code == 422 and "不能是同一人" in both.content.decode()
    assert last_event().data["name"] == "王敏" and not User.objects.filter(username="another").exists()


def test_roles_that_go_together_are_granted_and_a_withdrawn_one_excludes_nothing(admin, office):
    user, _ = make(admin, roles=["lead_officer", "legal_reviewer", "leader", "intake", "first_review"])
    assert user.memberships.count() == 5  # whose papers they are is looked at step by step
    for membership in user.memberships.all():
        admin.post(reverse("people:withdraw", args=[membership.pk]), {"reason": "转岗"})
    page = reverse("people:person", args=[user.pk])
    assert (
        admin.post(page, {"organisation": office.name, "roles": ["audit_admin"], "reason": "转岗"}).status_code == 302
    )


def test_periods_that_do_not_meet_do_not_clash(office):
    user = add_person(by=None, username="u", display_name="", password=None)
    today = dt.date.today()
    add_membership(by=None, user=user, organisation=office, role="first_review", valid_to=today)
    add_membership(by=None, user=user, organisation=office, role="payment", valid_from=today + dt.timedelta(1))
    with pytest.raises(Clash, match="审核与拨付分开"):
        add_membership(by=None, user=user, organisation=office, role="second_review", valid_from=today)


def test_nobody_gives_or_takes_anything_of_his_own(admin, office):
    own = User.objects.get(username="sec")
    page = reverse("people:person", args=[own.pk])
    assert "由另一位安全管理员办理" in admin.get(page).content.decode()
    assert (
        admin.post(page, {"organisation": office.name, "roles": ["security_admin"], "reason": "x"}).status_code == 422
    )
    for address, sent in (("people:lock", {"lock": "1"}), ("people:password", {})):
        admin.post(reverse(address, args=[own.pk]), sent | {"reason": "x"})
    admin.post(reverse("people:withdraw", args=[own.memberships.get().pk]), {"reason": "x"})
    own.refresh_from_db()
    assert own.is_active and not own.password_is_initial and own.memberships.get().withdrawn_at is None


def test_an_administrator_looks_after_the_own_region_alone(admin, office):
    user, _ = make(admin)
    far = administrator("far", ELSEWHERE)
    assert far.get(reverse("people:person", args=[user.pk])).status_code == 404
    assert "王敏" not in far.get(reverse("people:list")).content.decode()
    assert "单位名单中没有" in far.post(reverse("people:new"), given(username="other")).content.decode()
    there = Organisation.objects.create(name="外市经信局", side="government", region=ELSEWHERE)
    add_membership(by=None, user=user, organisation=there, role="liaison")
    admin.post(reverse("people:lock", args=[user.pk]), {"lock": "1", "reason": "x"})
    user.refresh_from_db()
    assert (
        user.is_active
        and "此人在其他地区也有身份" in admin.get(reverse("people:person", args=[user.pk])).content.decode()
    )
    everywhere = administrator("all", "")
    everywhere.post(reverse("people:lock", args=[user.pk]), {"lock": "1", "reason": "x"})
    user.refresh_from_db()
    assert not user.is_active


def test_an_administrator_of_all_regions_names_the_region_of_a_new_office(office):
    everywhere = administrator("all", "")
    sent = given(organisation="云州市商务局", is_new="on")
    assert "请填写地区代码" in everywhere.post(reverse("people:new"), sent).content.decode()
    user, _ = make(everywhere, organisation="云州市商务局", is_new="on", region=REGION)
    assert user.memberships.get().organisation.region == REGION
    Organisation.objects.create(name=office.name, side="government", region=ELSEWHERE)
    assert "有 2 个单位叫" in everywhere.post(reverse("people:new"), given(username="two")).content.decode()


def test_the_first_administrator_is_made_once(db):
    password = make_first_administrator(username="secadmin", display_name="尤佳", office="市数据局")
    user = User.objects.get(username="secadmin")
    assert (
        user.check_password(password) and user.password_is_initial and user.memberships.get().role == "security_admin"
    )
    with pytest.raises(UsageError, match=r"已有安全管理员：尤佳（secadmin）"):
        make_first_administrator(username="second", display_name="某", office="市数据局")
    User.objects.update(is_active=False)
    make_first_administrator(username="second", display_name="某", office="市数据局")  # nobody else could
    with pytest.raises(UsageError, match="姓名和单位"):
        User.objects.update(is_active=False)
        make_first_administrator(username="third", display_name=" ", office="市数据局")


def test_the_second_factor_of_a_lost_phone_is_withdrawn_with_a_reason(admin, office):
    user, _ = make(admin)
    page, address = reverse("people:person", args=[user.pk]), reverse("people:second_factor", args=[user.pk])
    assert "撤销第二重验证" not in admin.get(page).content.decode()
    Authenticator.objects.create(user=user, type="totp", data={"secret": "sealed"})
    assert "已开启" in admin.get(page).content.decode()
    admin.post(address, {"reason": " "})
    assert Authenticator.objects.exists()
    assert "请填写撤销的原因" in admin.get(page).content.decode()
    admin.post(address, {"reason": "手机丢失，已当面核实"})
    assert not Authenticator.objects.exists()
    assert last_event().action == "account.second_factor_withdrawn"
    assert last_event().data["reason"] == "手机丢失，已当面核实"
