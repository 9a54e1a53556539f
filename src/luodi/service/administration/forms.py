"""The forms of the security administrator's pages."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from luodi.errors import UsageError
from luodi.service.accounts.models import Organisation
from luodi.service.accounts.names import checked_username
from luodi.service.accounts.roles import ROLES
from luodi.service.accounts.separation import ADMINISTRATORS, Clash, refuse_clash_within
from luodi.service.administration.organisations import organisation_named

SIDES = (("government", "政府部门"), ("unit", "企业与单位"))
ROLE_CHOICES = [
    (name, [(r.code, f"{r.name}：{r.does}") for r in ROLES.values() if r.side == side]) for side, name in SIDES
]
_WRONG_DAY = {"invalid": "日期写成“年-月-日”，例如 2026-12-31。"}


class SeatForm(forms.Form):
    """One or several roles for one organisation, until when, and why."""

    organisation = forms.CharField(
        label="单位",
        max_length=200,
        help_text="写全称，可从名单中选。",
        widget=forms.TextInput(attrs={"list": "organisations"}),
    )
    is_new = forms.BooleanField(label="新单位：名单中没有，保存时加入", required=False)
    region = forms.RegexField(
        r"\d{6}", label="地区代码", required=False, help_text="六位数字，例如 330100；新单位和重名单位须填。",
        error_messages={"invalid": "地区代码是六位数字，例如 330100。"},
    )  # fmt: skip
    roles = forms.MultipleChoiceField(
        label="身份", choices=ROLE_CHOICES, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选一个身份。"},
    )  # fmt: skip
    valid_to = forms.DateField(
        label="截止日期", required=False, input_formats=["%Y-%m-%d"], error_messages=_WRONG_DAY,
        help_text="临时授权、代理的填写到哪一天；长期的不填。", widget=forms.TextInput(attrs={"placeholder": "年-月-日"}),
    )  # fmt: skip
    reason = forms.CharField(
        label="授予原因", max_length=200, help_text="例如：任职通知文号、单位书面申请。",
        error_messages={"required": "请填写授予原因。"},
    )  # fmt: skip
    field_order = ("display_name", "username", "organisation", "region", "is_new", "roles", "valid_to", "reason")

    def __init__(self, region: str, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.region, self.offered = region, ROLE_CHOICES
        self.clash = ""
        if region:  # the administrator's own; nothing to choose
            del self.fields["region"]

    @property
    def chosen(self) -> list[str]:
        """The roles ticked."""
        return list(self["roles"].value() or [])

    def clean_organisation(self) -> str:
        """Without the blanks that were typed."""
        return str(self.cleaned_data["organisation"]).strip()

    def clean_valid_to(self) -> dt.date | None:
        """Not over before it begins."""
        given: dt.date | None = self.cleaned_data["valid_to"]
        if given and given < dt.date.today():
            raise forms.ValidationError("截止日期已经过去。")
        return given

    def clean(self) -> dict[str, Any]:
        """Roles of one kind of organisation that do not exclude each other; a region for a new office."""
        given = super().clean() or {}
        roles = given.get("roles") or []
        if len({ROLES[role].side for role in roles}) > 1:
            self.add_error("roles", "政府部门的身份和企业、单位的身份要分开授予。")
        try:
            refuse_clash_within(roles)
        except Clash as error:
            self.clash = str(error)
            self.add_error("roles", self.clash)
        placed = self.region or given.get("region") or set(roles) <= set(ADMINISTRATORS)
        if given.get("is_new") and not placed and "region" not in self.errors:
            self.add_error("region", "新单位请填写地区代码：没有地区的单位能看到全部地区。")
        return given

    def found_organisation(self) -> Organisation:
        """The organisation meant.

        Raises:
            UsageError: there is none of that name, or several.
        """
        given = self.cleaned_data
        return organisation_named(
            given["organisation"], ROLES[given["roles"][0]].side, self.region or given.get("region", ""),
            may_be_new=given["is_new"],
        )  # fmt: skip


class PersonForm(SeatForm):
    """A new person with the first roles."""

    display_name = forms.CharField(label="姓名", max_length=100)
    username = forms.CharField(
        label="账户名", max_length=30, help_text="登录时用：小写字母、数字，例如 wangmin。",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )  # fmt: skip

    def clean_username(self) -> str:
        """One that nobody has."""
        try:
            return checked_username(self.cleaned_data["username"])
        except UsageError as error:
            raise forms.ValidationError(str(error)) from error
