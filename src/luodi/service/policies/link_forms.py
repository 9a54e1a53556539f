"""The form that records a link between two papers."""

from __future__ import annotations

from typing import Any

from django import forms

from luodi.policy.pack import Pack
from luodi.service.policies.links import clauses_of
from luodi.service.policies.models import ClauseLink, Policy
from luodi.service.policies.queries import current_version, load_pack


class LinkForm(forms.Form):
    """Own clause, relation, the other paper (published here, or by title and number), its clause, what is taken."""

    article = forms.ChoiceField(label="本文条款", required=False)
    relation = forms.ChoiceField(label="关系", choices=ClauseLink.Relation.choices)
    other = forms.ModelChoiceField(
        Policy.objects.none(),
        label="政策库中的另一份文件",
        required=False,
        to_field_name="slug",
        empty_label="不在政策库中（填写下面的标题）",
    )
    title = forms.CharField(label="文件标题", required=False, max_length=300)
    number = forms.CharField(label="发文字号", required=False, max_length=100)
    clause = forms.CharField(label="对方条款", required=False, max_length=100)
    taken = forms.CharField(label="取用内容", required=False, max_length=300)

    def __init__(self, policy: Policy, pack: Pack, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.fields["article"].choices = [("", "全文"), *clauses_of(pack)]  # type: ignore[attr-defined]
        others = Policy.objects.filter(versions__status="published").exclude(pk=policy.pk).distinct()
        self.fields["other"].queryset = others  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One way of naming the other paper, and a clause that it has."""
        given = super().clean() or {}
        other, title = given.get("other"), given.get("title", "").strip("《》 ")
        if not other and not title:
            self.add_error("title", "请选择政策库中的文件，或填写对方文件的标题。")
        if other and given.get("clause"):
            known = [name for name, _ in clauses_of(load_pack(current_version(other.slug)))]
            if given["clause"] not in known:
                self.add_error(
                    "clause",
                    f"《{other.title}》没有条款“{given['clause']}”。写法如：{'、'.join(known[:4])}；不写指全文。",
                )
        given["title"] = "" if other else title
        return given
