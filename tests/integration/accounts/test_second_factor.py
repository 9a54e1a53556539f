"""The second factor: turned on with a phone, asked for at sign-in, demanded of officials, withdrawn when the phone is lost."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from luodi.errors import UsageError
from luodi.service.accounts.actions import add_membership, add_person
from luodi.service.accounts.models import Organisation
from luodi.service.audit.models import AuditEvent
from phone import shown_by_phone

PASSWORD = "a-long-password"
ON, OFF, CODES = (reverse(name) for name in ("mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes"))


@pytest.fixture
def officer(db):
    person = add_person(by=None, username="officer", display_name="王办事", password=PASSWORD)
    office = Organisation.objects.create(name="云岚市审计局", side="government")
    add_membership(by=None, user=person, organisation=office, role="leader")
    return person


def sign_in(client):
    return client.post(reverse("account_login"), {"login": "officer", "password": PASSWORD})


def turn_on(client) -> tuple[str, list[str]]:
    """The secret that went to the phone, and the recovery codes."""
    asked = client.get(ON)
    client.post(asked["Location"], {"password": PASSWORD})
    page = client.get(ON).content.decode()
    secret = re.search(r"<code>([A-Z2-7]+)</code>", page)[1]
    assert "data:image/svg+xml" in page
    wrong = client.post(ON, {"code": "000000"})
    assert "验证码不对或已过期" in wrong.content.decode() and not Authenticator.objects.exists()
    done = client.post(ON, {"code": shown_by_phone(secret)})
    assert done["Location"] == CODES
    return secret, re.findall(r"<li><code>(\d{8})</code></li>", client.get(CODES).content.decode())


def test_password_alone_signs_nobody_in_once_it_is_on(client, officer):
    sign_in(client)
    secret, codes = turn_on(client)
    client.post(reverse("account_logout"))
    asked = sign_in(client)
    assert asked["Location"] == reverse("mfa_authenticate") and len(codes) == 10
    assert "验证码或恢复码" in client.get(asked["Location"]).content.decode()
    refused = client.post(asked["Location"], {"code": "000000"})
    assert "没有登录成功" in refused.content.decode() and not refused.wsgi_request.user.is_authenticated
    done = client.post(asked["Location"], {"code": shown_by_phone(secret, 1)}, follow=True)
    assert done.wsgi_request.user == officer
    assert [e.action for e in AuditEvent.objects.filter(action__startswith="account.second_factor")] == [
        "account.second_factor_on"
    ]


def test_recovery_code_serves_once(client, officer):
    sign_in(client)
    _, codes = turn_on(client)
    for serves in (True, False):
        client.post(reverse("account_logout"))
        answer = client.post(sign_in(client)["Location"], {"code": codes[0]}, follow=True)
        assert answer.wsgi_request.user.is_authenticated is serves


def test_secret_is_kept_sealed(client, officer, settings):
    sign_in(client)
    secret, _ = turn_on(client)
    assert secret not in str(list(Authenticator.objects.values()))
    client.post(reverse("account_logout"))
    asked = sign_in(client)
    settings.SECRET_KEY = "another"
    # the session is signed with the key too, so that only what reads the secret is asked here
    with pytest.raises(UsageError, match="系统密钥已更换"):
        Authenticator.objects.get(type="totp").wrap().validate_code("000000")
    assert asked.status_code == 302


def test_official_turns_it_on_first_where_it_is_demanded(client, officer, settings):
    settings.SECOND_FACTOR = True
    sign_in(client)
    assert client.get("/")["Location"] == ON
    assert not client.get(reverse("own_password")).wsgi_request.may
    turn_on(client)
    opened = client.get("/")
    assert opened.status_code == 200 and opened.wsgi_request.may
    refused = client.post(OFF, {}).content.decode()
    assert "不能关闭" in refused and Authenticator.objects.filter(type="totp").exists()


def test_unit_is_free_to_have_it(client, officer, settings):
    settings.SECOND_FACTOR = True
    officer.memberships.all().delete()
    firm = Organisation.objects.create(name="云岚第一精工有限公司", side="unit")
    add_membership(by=None, user=officer, organisation=firm, role="claims_clerk")
    sign_in(client)
    assert client.get("/").status_code == 200
    turn_on(client)
    page = client.get(reverse("mfa_index")).content.decode()
    assert "已开启" in page and "10 个" in page
    assert client.post(OFF, {})["Location"] == reverse("mfa_index")
    assert not Authenticator.objects.exists()


def test_who_has_it_may_confirm_a_step_by_the_phone_too(client, officer):
    sign_in(client)
    secret, _ = turn_on(client)
    page = client.get(f"{reverse('account_reauthenticate')}?next=/workbench/").content.decode()
    other = f"{reverse('mfa_reauthenticate')}?next=%2Fworkbench%2F"
    assert "改用手机验证码或恢复码确认" in page and other in page
    assert "改用密码确认" in client.get(other).content.decode()
    assert "没有确认成功" in client.post(other, {"code": "000000"}).content.decode()
    assert client.post(other, {"code": shown_by_phone(secret, 1)})["Location"] == "/workbench/"


def test_whoever_has_just_set_a_password_is_not_asked_for_it_again(client, officer):
    sign_in(client)
    changed = {"old_password": PASSWORD, "new_password1": "another-long-one", "new_password2": "another-long-one"}
    assert client.post(reverse("own_password"), changed)["Location"] == "/"
    assert client.get(ON).status_code == 200
