"""The password asked for again: before what binds the office, and after idle time; what was sent is not lost."""

import time

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from luodi.service.accounts.actions import add_membership, add_person
from luodi.service.accounts.middleware import IdleLock
from luodi.service.accounts.models import Organisation

PASSWORD = "a-long-password"
AGAIN = reverse("account_reauthenticate")


@pytest.fixture
def clerk(client, db):
    """A clerk of two firms who has signed in and changed the password that was handed over."""
    person = add_person(by=None, username="clerk", display_name="王办事", password=PASSWORD)
    for name in ("云岚第一精工有限公司", "云岚第二精工有限公司"):
        firm = Organisation.objects.create(name=name, side="unit")
        add_membership(by=None, user=person, organisation=firm, role="claims_clerk")
    client.post(reverse("account_login"), {"login": "clerk", "password": PASSWORD})
    return person


def leave_for(client, seconds):
    """Nobody has touched the browser for so long."""
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= seconds
    session["seen"] = time.time() - seconds
    session.save()


def confirm(client, answer, password=PASSWORD):
    """The password given on the page that asked for it."""
    return client.post(answer.url, {"password": password}, follow=True)


def test_whoever_is_at_work_is_not_asked(client, clerk):
    leave_for(client, settings.IDLE_LOCK - 60)
    assert client.get(reverse("own_password")).status_code == 200
    leave_for(client, 0)
    assert client.session["seen"] == pytest.approx(time.time(), abs=5)


def test_idle_page_is_locked_until_the_password_comes(client, clerk):
    leave_for(client, settings.IDLE_LOCK + 1)
    locked = client.get(reverse("own_password"))
    asked = client.get(locked.url).content.decode()
    wrong = confirm(client, locked, "not-the-password").content.decode()
    still = client.get(reverse("own_password"))
    opened = confirm(client, locked)

    assert locked.url.startswith(AGAIN)
    assert "王办事" in asked and "没有确认成功" in wrong
    assert still.url.startswith(AGAIN)
    assert opened.redirect_chain[-1][0] == reverse("own_password") and opened.status_code == 200
    assert client.get(reverse("own_password")).status_code == 200


def test_form_sent_after_idle_time_goes_on(client, clerk):
    other = clerk.memberships.last()
    leave_for(client, settings.IDLE_LOCK + 1)
    locked = client.post(reverse("act_as"), {"membership": str(other.pk), "next": reverse("own_password")})
    assert client.session.get("membership") is None
    confirm(client, locked)
    assert client.session["membership"] == str(other.pk)


def test_no_password_waits_in_the_session(client, clerk):
    leave_for(client, settings.IDLE_LOCK + 1)
    locked = client.post(
        reverse("own_password"), {"old_password": PASSWORD, "new_password1": "x" * 12, "new_password2": "x" * 12}
    )
    assert "x" * 12 not in str(dict(client.session))
    assert confirm(client, locked).redirect_chain[-1][0] == reverse("own_password")


def test_idle_interface_says_that_nobody_is_signed_in(client, clerk):
    leave_for(client, settings.IDLE_LOCK + 1)
    assert client.get("/api/determinations").status_code == 401


@pytest.mark.parametrize(("headers", "noted"), [({"Refresh": "2"}, False), ({}, True)])
def test_page_that_reloads_itself_is_not_a_person_at_work(client, clerk, headers, noted):
    leave_for(client, 120)
    request = RequestFactory().get("/jobs/")
    request.session, request.user = client.session, clerk
    before = request.session["seen"]
    IdleLock(lambda _: HttpResponse(headers=headers))(request)
    assert (request.session["seen"] > before) is noted
