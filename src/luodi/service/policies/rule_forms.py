"""Forms for what the text leaves to a person: how a rule is handled, and questions for the register (口径登记)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from luodi.service.policies.fact_fields import DayField
from luodi.service.policies.rule_words import CONDITION_MODES, KINDS, MODES, PAID, PUBLICATION, READINGS

Json = Mapping[str, Any]


class WindowForm(forms.Form):
    """From when to when events count, both ends included."""

    window_from = DayField(
        label="事项日期从", required=False, help_text="写成“年-月-日”，例如 2026-05-01；空着的不限或不变"
    )
    window_to = DayField(label="到", required=False)

    def clean(self) -> dict[str, Any]:
        """Both days, the first not behind the last."""
        given: dict[str, Any] = super().clean() or {}
        first, last = given.get("window_from"), given.get("window_to")
        if first and last and first > last:
            self.add_error("window_to", "结束日早于开始日。请改正其中一个。")
        return given


class RuleForm(WindowForm):
    """How one rule is handled; what stays as proposed is not kept."""

    title = forms.CharField(label="名称", max_length=60, error_messages={"required": "请填写名称。"})
    kinds = forms.MultipleChoiceField(
        label="给哪类单位", choices=list(KINDS.items()), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选一类单位。"},
    )  # fmt: skip
    mode = forms.ChoiceField(label="办理方式", choices=list(MODES.items()))
    paid = forms.ChoiceField(label="给几次", choices=list(PAID.items()))
    paid_why = forms.CharField(
        label="为什么这样给",
        max_length=200,
        help_text="依据哪一句，或由谁确定",
        error_messages={"required": "请写明依据。"},
    )
    publication = forms.ChoiceField(label="公示", choices=list(PUBLICATION.items()))
    field_order = ("title", "kinds", "window_from", "window_to")

    def __init__(self, rule: Json, data: Any = None) -> None:
        window = rule["window"]
        initial = {name: rule[name] for name in ("title", "mode", "paid", "paid_why", "publication")}
        initial |= {"kinds": rule["recipients"]["kinds"], "window_from": window["from"], "window_to": window["to"]}
        super().__init__(data, initial=initial)
        self.rule = rule
        self.asked = _asked(rule)
        for each in self.asked:
            choices = [(name, CONDITION_MODES[name]) for name in ("ask", "attest")]
            self.fields[f"condition-{each['id']}"] = forms.ChoiceField(
                label=f"条件“{each['text']}”由谁说明", choices=choices, initial=each["mode"]
            )

    def after(self) -> dict[str, Any]:
        """What differs from the rule as it stands, as an entry over it."""
        given = self.cleaned_data
        fields = {name: given[name] for name in ("title", "mode", "paid", "paid_why", "publication")}
        window = {"from": given["window_from"], "to": given["window_to"]}
        modes = {each["text"]: given[f"condition-{each['id']}"] for each in self.asked}
        return _differing(self.rule, fields, given["kinds"], window, modes)


def _differing(
    rule: Json, fields: Mapping[str, Any], kinds: list[str], window: Mapping[str, str | None], modes: Mapping[str, str]
) -> dict[str, Any]:
    """What differs from a rule as it stands, as an entry over it; ``modes`` by the words of its conditions."""
    said: dict[str, Any] = {name: value for name, value in fields.items() if value != rule[name]}
    if kinds != rule["recipients"]["kinds"]:
        said["recipients"] = {"kinds": kinds}
    if window != dict(rule["window"]):
        said["window"] = window
    if any(modes[each["text"]] != each["mode"] for each in _asked(rule)):
        said["modes"] = modes
    return said


def _asked(rule: Json) -> list[Json]:
    """The conditions that somebody has to speak for."""
    return [each for each in rule["conditions"] if each["mode"] != "compute"]


_AS_IS = ("", "不改，各按现在的")


class RulesForm(WindowForm):
    """What several rules have in common in how they are handled; what is left empty stays as each rule has it."""

    mode = forms.ChoiceField(label="办理方式", choices=[_AS_IS, *MODES.items()], required=False)
    paid = forms.ChoiceField(label="给几次", choices=[_AS_IS, *PAID.items()], required=False)
    paid_why = forms.CharField(label="为什么这样给", max_length=200, required=False, help_text="依据哪一句，或由谁确定")
    publication = forms.ChoiceField(label="公示", choices=[_AS_IS, *PUBLICATION.items()], required=False)
    asked = forms.ChoiceField(
        label="系统不能比对的条件由谁说明", required=False,
        choices=[_AS_IS, *((name, CONDITION_MODES[name]) for name in ("ask", "attest"))],
    )  # fmt: skip
    kinds = forms.MultipleChoiceField(
        label="给哪类单位", choices=list(KINDS.items()), widget=forms.CheckboxSelectMultiple, required=False
    )
    note = forms.CharField(label="说明", max_length=1000, required=False)
    field_order = ("mode", "paid", "paid_why", "publication", "asked", "kinds", "window_from", "window_to", "note")

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if not self.errors and not any(value for name, value in given.items() if name != "note"):
            raise forms.ValidationError("还没有填任何一项。请至少填一项要一起设定的。")
        if given.get("paid") and not given.get("paid_why"):
            self.add_error("paid_why", "定了给几次，请写明依据。")
        return given

    def after(self, rule: Json) -> dict[str, Any]:
        """What it makes different of one rule, as an entry over it; empty where the rule is so already."""
        given = self.cleaned_data
        fields = {name: given[name] or rule[name] for name in ("mode", "paid", "paid_why", "publication")}
        window = {end: given[f"window_{end}"] or rule["window"][end] for end in ("from", "to")}
        modes = {each["text"]: given["asked"] or each["mode"] for each in _asked(rule)}
        return _differing(rule, fields, given["kinds"] or rule["recipients"]["kinds"], window, modes)


class QuestionForm(forms.Form):
    """One question to the issuer: two readings, what each pays, who may answer, which rules it touches."""

    question = forms.CharField(
        label="问题",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "请写明问题。"},
    )
    asked_of = forms.CharField(
        label="应由谁答复",
        max_length=100,
        help_text="制定机关或负责解释的单位",
        error_messages={"required": "请写明应由谁答复。"},
    )
    strict_label = forms.CharField(
        label="从严的读法", max_length=200, error_messages={"required": "请写明从严的读法。"}
    )
    strict = forms.ChoiceField(label="从严时", choices=list(READINGS.items()), initial="none")
    generous_label = forms.CharField(
        label="从宽的读法", max_length=200, error_messages={"required": "请写明从宽的读法。"}
    )
    generous = forms.ChoiceField(label="从宽时", choices=list(READINGS.items()), initial="full")
    default = forms.ChoiceField(
        label="没有答复时", choices=[("open", "两种金额并列"), ("strict", "按从严"), ("generous", "按从宽")]
    )
    rules = forms.MultipleChoiceField(label="影响哪些规则", required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, rules: list[tuple[str, str]], data: Any = None, *, entry: Json | None = None) -> None:
        super().__init__(data, initial=_typed(entry) if entry else None)
        self.kept = entry
        self.fields["rules"].choices = rules  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("rules") and given.get("strict") == given.get("generous"):
            self.add_error("generous", "从严和从宽的给法相同，这个问题就不影响金额；请改一项，或不选规则。")
        return given

    def after(self, number: str) -> dict[str, Any]:
        """The register's entry and what the touched rules pay under either reading."""
        given = self.cleaned_data
        options = [
            {"id": "open", "label": "口径待定，两种金额并列"},
            {"id": "strict", "label": given["strict_label"], "takes": "strict"},
            {"id": "generous", "label": given["generous_label"], "takes": "generous"},
        ]
        entry = {
            "id": number, "question": given["question"], "options": options, "default": given["default"],
            "asked_of": given["asked_of"], "answer": None, "rules": given["rules"], "source": "工作台登记",
        }  # fmt: skip
        earlier = (self.kept or {}).get("reading") or {}
        reading = {**earlier, "strict": given["strict"], "generous": given["generous"], "note": given["question"][:120]}
        return {"entry": entry, "reading": reading if given["rules"] else None}


def _typed(kept: Json) -> dict[str, Any]:
    entry, reading = kept["entry"], kept["reading"] or {}
    labels = {option["id"]: option["label"] for option in entry["options"]}
    return {
        "question": entry["question"], "asked_of": entry["asked_of"], "strict_label": labels.get("strict"),
        "generous_label": labels.get("generous"), "default": entry["default"], "rules": entry["rules"],
        "strict": reading.get("strict", "none"), "generous": reading.get("generous", "full"),
    }  # fmt: skip
