"""The form of a call for claims."""

from __future__ import annotations

from typing import Any

from django import forms

from luodi import clock
from luodi.document.secrecy import Mark, marks
from luodi.policy.pack import Pack
from luodi.service.policies.calls import item_names

_DAY = {"inputmode": "numeric", "placeholder": "YYYY-MM-DD"}
_WRONG_DAY = {"invalid": "日期写作 YYYY-MM-DD，例如 2026-11-30。"}


def _day(label: str) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs=_DAY), error_messages=_WRONG_DAY)


class CallForm(forms.Form):
    """What a call says; no item chosen means all items of the policy."""

    title = forms.CharField(label="标题", max_length=300)
    document_number = forms.CharField(label="文号（没有的不填）", required=False, max_length=100)
    items = forms.MultipleChoiceField(
        label="申报事项（不选即本政策全部事项）", required=False, widget=forms.CheckboxSelectMultiple
    )
    opens = _day("开始日期")
    closes = _day("截止日期（当天仍受理）")
    channel = forms.CharField(label="申报方式（网址或窗口）", max_length=300)
    materials = forms.CharField(label="申报材料（一行一项）", max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))
    desk = forms.CharField(label="受理单位", max_length=200)
    address = forms.CharField(label="受理地址（只在网上办理的不填）", required=False, max_length=300)
    phone = forms.CharField(label="咨询电话", max_length=100)
    note = forms.CharField(label="其他事项", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, pack: Pack, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.marks: list[Mark] = []
        names = [(item, f"{item} {name}") for item, name in item_names(pack).items()]
        self.fields["items"].choices = names  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A window that has a future, and no mark of secrecy in any text; what bears one is not repeated."""
        given = super().clean() or {}
        found = {name: marks(value) for name, value in given.items() if isinstance(value, str)}
        self.marks = [mark for each in found.values() for mark in each]
        for name in [name for name, each in found.items() if each]:
            self.add_error(
                name, "这里带有密级或限制公开的标志，不能公开发布，也没有保存。请删去；要办的事项请线下办理。"
            )
        opens, closes = given.get("opens"), given.get("closes")
        if opens and closes and closes < opens:
            self.add_error("closes", f"截止日期 {closes} 早于开始日期 {opens}。请核对两个日期。")
        elif closes and closes < clock.today():
            self.add_error("closes", f"截止日期 {closes} 已经过去（业务日期 {clock.today()}）。请核对年份。")
        return given
