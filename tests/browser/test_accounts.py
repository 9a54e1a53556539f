"""A security administrator gives an account on the pages, at both widths; its owner sets a password first."""

from __future__ import annotations

import pytest

from browser.conftest import press_button
from browser.test_walk import accessibility, assert_fits


def check(page, name: str) -> None:
    assert_fits(name, page)
    assert accessibility(name, page) == []


@pytest.mark.parametrize(("width", "account"), [("desktop", "newcomer"), ("phone", "newcomer-two")])
def test_an_account_is_made_and_its_owner_sets_a_password(visit, width, account):
    page = visit("secadmin", width).open("/people/new/")
    check(page, "new account")
    page.fill("#id_display_name", "林知远")
    page.fill("#id_username", account)
    page.fill("#id_organisation", "杭州市科学技术局")
    page.check("input[name=roles][value=liaison]")
    page.fill("#id_reason", "任职")
    press_button(page, "开立账户")
    password = page.inner_text("#initial-password")
    check(page, "initial password")
    owner = visit(None, width).open("/accounts/login/")
    owner.fill("#id_login", account)
    owner.fill("#id_password", password)
    press_button(owner, "登录")
    owner.wait_for_url("**/password/")
    check(owner, "own password")
    owner.fill("#id_old_password", password)
    for field in ("#id_new_password1", "#id_new_password2"):
        owner.fill(field, "山高水长-2026-春")
    press_button(owner, "保存新密码")
    assert "密码已改" in owner.inner_text("main") or "密码已改" in owner.content()
