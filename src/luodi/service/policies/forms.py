"""Forms of policies: uploading, loading the text, office steps, recording an official answer."""

from __future__ import annotations

from typing import Any

from django import forms

from luodi.service.policies.models import Policy, PolicyVersion
from luodi.service.policies.version_page import title_of

LARGEST_TEXT = 8 * 1024 * 1024
LARGEST_FILE = 32 * 1000 * 1000  # what the readers take
OPEN = "open"  # the option that leaves a reading open: a default, never an answer


class TextForm(forms.Form):
    """The file with the official text."""

    text = forms.FileField(
        label="政策原文文件",
        error_messages={
            "required": "没有收到文件。请选择一个 8 MB 以内的文本文件（txt），再点“核对并载入”。",
            "empty": "选中的文件是空的。请检查文件是否完整下载后重试。",
        },
    )
    declared = forms.BooleanField(
        label="我已核对：该文件为公开发布的政策原文，不含涉密及内部敏感信息",
        error_messages={"required": "载入前须作保密自查承诺：请勾选后再提交。"},
    )


class PolicyField(forms.ModelChoiceField):
    """A policy by its title and newest version; where no title was read, by how its text begins, as everywhere in the workbench."""

    def label_from_instance(self, obj: Any) -> str:
        """The words of one option."""
        newest = obj.versions.exclude(status="discarded").order_by("-number").first()
        if newest is None:
            return str(obj.title)
        title = title_of(newest) if obj.title == obj.slug else obj.title
        return f"{title}　第 {newest.number} 版（{newest.get_status_display()}）"


class UploadForm(forms.Form):
    """A policy file, and whether it is a new policy or the next version of one."""

    file = forms.FileField(
        label="政策文件",
        error_messages={
            "required": "没有收到文件。请选择一个文件，再点“上传并读取”。",
            "empty": "选中的文件是空的。请检查文件是否完整下载后重试。",
        },
    )
    policy = PolicyField(
        Policy.objects.none(), label="属于哪一份政策", required=False, empty_label="新的政策", to_field_name="slug",
        error_messages={"invalid_choice": "没有这份政策，或不属于本地区。请从列表中选择。"},
    )  # fmt: skip
    recognise = forms.BooleanField(label="识别图片和扫描页", required=False)
    declared = forms.BooleanField(
        label="我已核对：该文件为公开发布或准备公开发布的政策文件，不含涉密及内部敏感信息",
        error_messages={"required": "上传前须作保密自查承诺：请勾选后再提交。"},
    )

    there: PolicyVersion | None = None
    """The version that the same file became before."""
    offers_recognition = False
    """Whether the file was refused for what recognising its pictures may mend."""

    def __init__(self, policies: Any, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.fields["policy"].queryset = policies  # type: ignore[attr-defined]


class StepForm(forms.Form):
    """What an office step asks for."""

    note = forms.CharField(
        label="意见、说明", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    paper = forms.CharField(label="文号", required=False, max_length=200)
    fair_competition = forms.CharField(label="公平竞争审查", required=False, max_length=200)


class AnswerForm(forms.Form):
    """An official answer with its paper."""

    option = forms.ChoiceField(label="答复", widget=forms.RadioSelect, error_messages={"required": "请选择一项答复。"})
    paper = forms.CharField(
        label="答复文号",
        max_length=200,
        error_messages={"required": "请填写答复文件的文号；没有文号的，写明文件名称和日期。"},
    )
    answered_by = forms.CharField(
        label="答复机关", max_length=200, error_messages={"required": "请填写作出答复的机关。"}
    )
    effective_from = forms.DateField(
        label="起始日期", input_formats=["%Y-%m-%d"],
        error_messages={"required": "请填写从哪一天起按此口径，写成“年-月-日”，例如 2026-05-01。",
                        "invalid": "日期应写成“年-月-日”，例如 2020-10-15。"},
    )  # fmt: skip
    retroactive = forms.BooleanField(label="此前发生的事项也按此口径", required=False)

    def __init__(self, ambiguity: dict[str, Any], *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.fields["option"].choices = [(o["id"], o["label"]) for o in ambiguity["options"] if o["id"] != OPEN]
