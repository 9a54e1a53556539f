"""The form in which people set their own password."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.forms import PasswordChangeForm


class OwnPasswordForm(PasswordChangeForm):
    """The password in use, and a new one twice; the new one must be another."""

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        for name, label in (
            ("old_password", "现在的密码"),
            ("new_password1", "新密码"),
            ("new_password2", "再输一次新密码"),
        ):
            self.fields[name].label = label
        self.fields["new_password1"].help_text = "至少 10 个字符，不能是常见密码，不能和姓名、账户名相近。"

    def clean_new_password1(self) -> str:
        """Not the one in use, which somebody else may know."""
        given = str(self.cleaned_data.get("new_password1") or "")
        if given and self.user.check_password(given):
            raise forms.ValidationError("新密码不能和现在的相同。")
        return given
