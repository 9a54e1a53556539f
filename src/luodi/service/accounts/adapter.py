"""How allauth signs people in: accounts are given, locked and opened by the security administrator alone."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect


class ClosedSignup(DefaultAccountAdapter):
    """No self-registration; whoever is locked out is told whom to ask."""

    error_messages = {**DefaultAccountAdapter.error_messages, "incorrect_password": "密码不对，请重新输入。"}

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        """Back to signing in: the account is locked."""
        messages.error(request, "账户已停用，没有登录成功。请联系本单位的安全管理员。")
        return redirect("account_login")
