"""Forms of duties and goals; each carries the version of what it was filled in on."""

from __future__ import annotations

from typing import Any

from django import forms

from luodi.service.duties.models import Cadence, Goal, SlipLevel

_DATE = {"placeholder": "年-月-日", "inputmode": "numeric", "autocomplete": "off", "maxlength": "10"}


class DayField(forms.DateField):
    """A date typed as YYYY-MM-DD."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            input_formats=["%Y-%m-%d"],
            widget=forms.TextInput(attrs=_DATE),
            error_messages={"invalid": "日期应写成“年-月-日”，例如 2020-10-15。", "required": "请填写日期。"},
            **kwargs,
        )


class Plain(forms.Form):
    """A form whose errors say what to do."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        for field in self.fields.values():
            if "required" not in field.error_messages or "请" not in str(field.error_messages["required"]):
                field.error_messages["required"] = f"请填写“{field.label}”。"


class MoveForm(Plain):
    """One move of one record; the note is asked for where the workflow asks."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(label="说明", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}))


class NoteForm(MoveForm):
    """A move that asks for a note."""

    note = forms.CharField(label="说明", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class FinishForm(NoteForm):
    """Marking a milestone done asks for the day."""

    done_on = DayField(label="完成日期")
    field_order = ["version", "done_on", "note"]


class CycleForm(Plain):
    cadence = forms.ChoiceField(label="报送周期", choices=Cadence.choices)
    from_day = DayField(label="自哪一天起", help_text="从这一天或之后的第一个整月（季）开始报送。")
    parts_day = forms.IntegerField(label="参与单位报牵头单位：次月几日前", min_value=1, max_value=27, initial=5)
    report_day = forms.IntegerField(label="牵头单位报督查：次月几日前", min_value=2, max_value=28, initial=10)


class MilestoneForm(Plain):
    title = forms.CharField(label="节点", max_length=200)
    due = DayField(label="完成时限")
    weight = forms.IntegerField(label="权重", min_value=1, max_value=100, initial=1)


class ExtensionForm(Plain):
    new_due = DayField(label="申请延至")
    reason = forms.CharField(label="延期理由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class SlipForm(Plain):
    level = forms.ModelChoiceField(label="层级", queryset=SlipLevel.objects.none(), empty_label=None)
    reason = forms.CharField(label="事由", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    due = DayField(label="回复时限", required=False)

    def __init__(self, *args: Any, region: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = SlipLevel.objects.filter(region=region)
        self.fields["level"].queryset = own if own.exists() else SlipLevel.objects.filter(region="")  # type: ignore[attr-defined]


class PartForm(Plain):
    version = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label="本单位本期进展", required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 8}),
        help_text="只报送牵头单位。写清做了什么、到什么程度、还有什么困难；无进展的写明原因。",
    )  # fmt: skip
    no_progress = forms.BooleanField(label="无进展", required=False)


class ReportForm(Plain):
    version = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label="本期进展（汇总）", required=False, max_length=20000, widget=forms.Textarea(attrs={"rows": 14}),
        help_text="已按各参与单位报送的内容预填，请核实、改写后报送督查。无进展的写明原因。",
    )  # fmt: skip
    no_progress = forms.BooleanField(label="无进展", required=False)
    behind = forms.BooleanField(label="自评：进度滞后", required=False)


class ObservationForm(Plain):
    """A number with its definition for a quantified goal, a statement for a qualitative one."""

    def __init__(self, *args: Any, goal: Goal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if goal.quantified:
            self.fields["measure"] = forms.ModelChoiceField(
                label="口径", queryset=goal.measures.all(), empty_label=None,
            )  # fmt: skip
            self.fields["measure"].label_from_instance = lambda measure: measure.label  # type: ignore[attr-defined]
            self.fields["value"] = forms.DecimalField(
                label=f"完成值（{goal.unit or '无单位'}）", max_digits=18, decimal_places=4,
                error_messages={"invalid": "完成值应为数字，例如 9。", "required": "请填写完成值；没有数据时不要填 0，先不填报。"},
            )  # fmt: skip
        else:
            self.fields["statement"] = forms.CharField(
                label="完成情况", max_length=2000, widget=forms.Textarea(attrs={"rows": 5})
            )
        self.fields["as_of"] = DayField(label="数据截至")
        self.fields["basis"] = forms.CharField(
            label="认定依据", max_length=300, help_text="名单、文件名称和文号，或统计口径。"
        )
        for field in self.fields.values():
            field.error_messages.setdefault("required", f"请填写“{field.label}”。")
