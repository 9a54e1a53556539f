"""What is looked for in the audit log."""

from __future__ import annotations

from django import forms

from luodi.service.audit.words import AREAS


def _day(label: str) -> forms.DateField:
    wrong = {"invalid": "日期写成“年-月-日”，例如 2026-05-01。"}
    return forms.DateField(label=label, required=False, input_formats=["%Y-%m-%d"], error_messages=wrong,
                           widget=forms.TextInput(attrs={"placeholder": "年-月-日", "size": 11}))  # fmt: skip


class SearchForm(forms.Form):
    """Who did something, about what, on which days; everything may be left open."""

    who = forms.CharField(label="操作人或单位", required=False, max_length=100)
    area = forms.ChoiceField(label="哪一类", required=False, choices=(("", "全部"), *AREAS.items()))
    since = _day("从哪天")
    until = _day("到哪天")
