"""Accounts given in a browser at both widths: made, refused, signed in with the initial password, locked."""

from __future__ import annotations

import pytest

from browser.conftest import press, press_button
from browser.test_walk import accessibility, assert_fits
from phone import shown_by_phone


def check(page, name: str) -> None:
    assert_fits(name, page)
    assert accessibility(name, page) == []


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_the_security_administrator_makes_an_account_that_its_owner_takes_over(visit, width):
    admin = visit("secadmin", width)
    page = admin.open("/")
    press(page, page.locator("main").get_by_role("link", name="开立账户，授予、撤销身份，停用账户"))
    check(page, "people")
    press(page, page.get_by_role("link", name="开立账户", exact=True))
    check(page, "new person")
    page.fill("#id_display_name", "王敏")
    page.fill("#id_username", f"wangmin-{width}")
    page.fill("#id_organisation", "市数据运维组")
    page.fill("#id_reason", "任职通知")
    page.check("input[value=system_admin]")
    page.check("input[value=audit_admin]")
    press_button(page, "开立账户")
    assert "系统管理员和审计管理员不能是同一人（三员分立" in page.inner_text(".error-summary")
    check(page, "new person refused")
    page.uncheck("input[value=audit_admin]")
    press_button(page, "开立账户")
    initial = page.inner_text("#initial-password")
    check(page, "initial password")
    press(page, page.get_by_role("link", name="看这个账户"))
    check(page, "person")
    person = page.url

    owner = visit(None, width)
    theirs = owner.open("/accounts/login/")
    theirs.fill("#id_login", f"wangmin-{width}")
    theirs.fill("#id_password", initial)
    press(theirs, theirs.locator("main button[type=submit]"))
    assert "请先设定自己的密码" in theirs.inner_text("h1")
    check(theirs, "own password")
    theirs.fill("#id_old_password", initial)
    for field in ("#id_new_password1", "#id_new_password2"):
        theirs.fill(field, "a-password-of-my-own")
    press_button(theirs, "保存新密码")
    assert "系统管理员可以先做" in theirs.inner_text("main")

    page.goto(person)
    page.fill("#why-lock", "离岗")
    press_button(page, "停用账户")
    check(page, "person locked")
    theirs.reload()
    assert theirs.get_by_role("link", name="登录").first.is_visible() or width == "phone"
    assert "系统管理员可以先做" not in theirs.inner_text("main")
    page.goto(f"{admin.site.address}/people/")
    assert "三员分立" in page.inner_text("section[aria-labelledby=refused-h]")
    check(page, "people with refusals")
    assert admin.complaints == [each for each in admin.complaints if "422" in each]


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_a_second_factor_is_turned_on_and_asked_for(visit, width):
    username = {"desktop": "liaison-shangwu", "phone": "liaison-jiaoyu"}[width]
    mine = visit(username, width)
    page = mine.open("/accounts/password/")
    press(page, page.get_by_role("link", name="第二重验证"))
    check(page, "second factor off")
    press(page, page.get_by_role("link", name="开启第二重验证"))
    page.fill("#id_password", mine.site.account(username).password)
    press_button(page, "确认，继续办理")
    check(page, "second factor, turning on")
    secret = page.inner_text("main code")
    page.fill("#id_code", shown_by_phone(secret))
    press_button(page, "开启")
    check(page, "recovery codes")
    first = page.locator(".codes code").first.inner_text()
    other = visit(None, width)
    page = other.open("/accounts/login/")
    page.fill("#id_login", username)
    page.fill("#id_password", mine.site.account(username).password)
    press_button(page, "登录")
    check(page, "code asked for")
    page.fill("#id_code", first)
    press_button(page, "登录")
    assert page.url.rstrip("/") == other.site.address and not page.locator(".sign-in").count()
    page = mine.open("/accounts/second-factor/off/")  # the password was given a moment ago
    press_button(page, "关闭第二重验证")
    assert "未开启" in page.inner_text("main")
