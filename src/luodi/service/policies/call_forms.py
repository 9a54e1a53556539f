"""The form of a call for claims."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms

from luodi import clock
from luodi.document.secrecy import Mark, marks
from luodi.policy.pack import Pack
from luodi.quantities.periods import yearly_words
from luodi.service.policies.calls import item_names

_DAY = {"inputmode": "numeric", "placeholder": "年-月-日"}
_WRONG_DAY = {"invalid": "日期写成“年-月-日”，例如 2026-11-30。"}


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs=_DAY, format="%Y-%m-%d"), error_messages=_WRONG_DAY
    )


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
        for name, (value, article, words) in stated(pack, clock.today()).items():
            self.fields[name].initial = value
            place = "文首、文末" if article == "0" else f"条款 {article} "
            self.fields[name].help_text = f"按原文{place}填好，请核对：{words}"
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


def stated(pack: Pack, today: dt.date) -> dict[str, tuple[str, str, str]]:
    """What the paper itself says of its calls: field, value, clause and words; nothing where it says several things."""
    found: dict[str, tuple[str, str, str]] = {}
    windows = [row for row in pack.facts.get("deadlines") or () if row["kind"] == "window"]
    if len(windows) == 1 and (days := next_window(windows[0], today)):
        words = yearly_words(windows[0]["yearly"]) if windows[0]["yearly"] else f"{days[0]} 至 {days[1]}"
        found |= {
            name: (day, windows[0]["article"], words) for name, day in zip(("opens", "closes"), days, strict=True)
        }
    for name, kind in (("phone", "phone"), ("address", "address")):
        rows = [row for row in pack.facts.get("contacts") or () if row["kind"] == kind]
        if len(rows) == 1:
            found[name] = (rows[0]["value"], rows[0]["article"], f"{rows[0]['unit'] or ''}{rows[0]['value']}")
    return found


def next_window(row: Mapping[str, Any], today: dt.date) -> tuple[dt.date, dt.date] | None:
    """The days of a window that is open or still to come; None where it is over or has no two ends."""
    if row["start"] and row["end"]:
        first, last = dt.date.fromisoformat(row["start"]), dt.date.fromisoformat(row["end"])
        return (first, last) if last >= today else None
    ends = [part.split("-") for part in (row["yearly"] or "").split("/")]
    if [len(end) for end in ends] != [2, 2] or ["02", "29"] in ends:
        return None
    (month, day), (last_month, last_day) = ([int(part) for part in end] for end in ends)
    over = (last_month, last_day) < (month, day)  # 11 月 1 日至次年 2 月 28 日
    for year in range(today.year - 1, today.year + 2):
        last = dt.date(year + over, last_month, last_day)
        if last >= today:
            return dt.date(year, month, day), last
    return None
