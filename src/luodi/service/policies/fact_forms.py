"""Forms for facts, one table a kind: what a person types, how it is checked, and how it stands in the pack.

Money is typed with its unit (100万元), rates as per cent, dates as YYYY-MM-DD, lists with 、 or one a line.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from fractions import Fraction
from typing import Any

from django import forms

from luodi.quantities.periods import last_day
from luodi.service.policies.fact_fields import (
    DayField,
    LinesField,
    ListField,
    MoneyField,
    NumberField,
    PartsField,
    RateField,
)
from luodi.service.policies.fact_lines import HEAD_FIELDS
from luodi.service.policies.provision_words import (
    CONTACTS,
    DOCUMENT_RULES,
    PAYMENTS,
    PERIODS,
    RELATIONS,
    SCOPES,
    STACKING,
    UNITS,
    part_words,
)
from luodi.service.policies.shown_text import ShownText

Maker = Callable[[], forms.Field]


def _text(label: str, required: bool = True, hint: str = "", most: int = 300) -> forms.CharField:
    wanted = {"required": f"请填写{label}。"}
    return forms.CharField(label=label, required=required, help_text=hint, max_length=most, error_messages=wanted)


def _choice(label: str, options: Sequence[tuple[str, str]], required: bool = True) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=options, required=required)


def _number(label: str, required: bool = False) -> NumberField:
    return NumberField(label=label, required=required, error_messages={"required": f"请填写{label}。"})


BENEFIT_KINDS = (
    ("fixed", "定额"), ("capped", "最高不超过"), ("rate", "按比例"), ("interest", "贴息"), ("per_unit", "按数量"), ("range", "区间"),
    ("case", "一事一议"),
)  # fmt: skip
_NEEDS = {
    "fixed": ("amount",), "capped": ("cap",), "rate": ("rate",), "interest": (), "per_unit": ("amount", "per"),
    "range": ("floor", "cap"), "case": (),
}  # fmt: skip
_MAYBE = {
    "fixed": (), "capped": (), "rate": ("floor", "cap"), "interest": ("rate", "floor", "cap"), "per_unit": ("cap",), "range": (),
    "case": (),
}  # fmt: skip
_OPERATORS = (
    (">=", "不低于、以上"),
    ("<=", "不高于、以内"),
    ("~", "约、左右"),
    ("growth>=", "年均增长不低于"),
    ("x", "翻番（原来的几倍）"),
)
_DEADLINE = "年写 2028，月写 2028-06，日写 2028-06-30；没有的留空。"

_VALIDITY: Mapping[str, Maker] = {
    "effective_from": lambda: DayField(label="施行日期", required=False),
    "effective_to": lambda: DayField(
        label="有效期届满日", required=False, help_text="只写年限的可以空着：按施行日期推算，到满年的前一日。"
    ),
    "years": lambda: _number("有效期（年）"),
}

_FACTS: Mapping[str, Mapping[str, Maker]] = {
    "head": {"value": lambda: _text("内容")},
    "recipients": {"name": lambda: _text("名称")},
    "references": {
        "title": lambda: _text("文件名称", hint="不带书名号"),
        "number": lambda: _text("文号", required=False),
        "relation": lambda: _choice("关系", (("basis", "上位依据"), ("cites", "引用"))),
    },
    "repeals": {"title": lambda: _text("被废止的文件", hint="不带书名号"), "number": lambda: _text("文号", required=False)},
    "validity": _VALIDITY,
    "paper_validities": _VALIDITY,
    "goals": {
        "metric": lambda: _text("指标"), "op": lambda: _choice("要求", _OPERATORS), "value": lambda: _number("数值", True),
        "unit": lambda: _text("单位", required=False, hint="家、个、亿元、% …"),
        "deadline": lambda: _text("期限", required=False, hint=_DEADLINE),
    },
    "qualitative_goals": {
        "statement": lambda: _text("目标"), "deadline": lambda: _text("期限", required=False, hint=_DEADLINE),
    },
    "duties": {
        "lead": lambda: ListField(label="牵头单位", help_text="按原文写法，多个用顿号隔开", error_messages={"required": "请填写牵头单位。"}),
        "participants": lambda: ListField(label="参与单位", required=False, help_text="按原文写法，多个用顿号隔开"),
    },
    "benefits": {
        "kind": lambda: _choice("方式", BENEFIT_KINDS),
        "amount": lambda: MoneyField(label="金额", required=False, help_text="写明单位，例如 100万元、3500元"),
        "per": lambda: _text("每（单位）", required=False, hint="按数量的：人、平方米、台 …"),
        "rate": lambda: RateField(label="比例", required=False, help_text="例如 20%"),
        "base": lambda: _text("比例的基数", required=False, hint="例如 上年度研发费用"),
        "floor": lambda: MoneyField(label="最低", required=False),
        "cap": lambda: MoneyField(label="最高", required=False),
        "recipient": lambda: _text("给谁", required=False, hint="例如 企业、单位、园区"),
        "selector": lambda: _text("等级、情形", required=False, hint="例如 国家级、一等奖"),
        "events": lambda: ListField(label="触发事项", required=False, help_text="奖励因什么而给：某奖项、称号、证书"),
        "actions": lambda: ListField(label="办理情形", required=False, help_text="例如 新认定、首次认定"),
        "conditions": lambda: LinesField(label="条件", required=False, help_text="一行一个，按原文写法；新加的条件由申报人说明、经办人核对"),
        "cap_per": lambda: _choice("封顶按", (("", "未写明"), ("item", "每个项目"), ("unit", "每家单位"), ("person", "每人")), False),
        "cap_period": lambda: _choice("封顶期间", (("", "未写明"), ("year", "每年"), ("total", "累计")), False),
        "cap_of": lambda: _text("封顶的计量单位", required=False, hint="最高按每平方米、每台写明的才填，例如 平方米/月"),
        "measure_cap": lambda: _number("最多补贴的数量"),
        "measure": lambda: _text("数量的计量单位", required=False, hint="例如 平方米、亩"),
        "months": lambda: _number("最长几个月"),
        "frequency": lambda: _choice("频次", (("", "未写明"), ("once", "一次性"), ("annual", "按年"), ("monthly", "按月")), False),
        "years": lambda: _number("连续几年"),
    },
    "sectors": {
        "name": lambda: _text("产业领域"),
        "technologies": lambda: LinesField(label="技术、产品", required=False, help_text="一行一个，须是条款里的原词"),
    },
}  # fmt: skip
_PROVISIONS: Mapping[str, Mapping[str, Maker]] = {
    "definitions": {"term": lambda: _text("用语"), "meaning": lambda: _text("含义", most=1000)},
    "abbreviations": {"short": lambda: _text("简称"), "full": lambda: _text("全称")},
    "interpretations": {"units": lambda: ListField(label="解释机关", error_messages={"required": "请填写解释机关。"})},
    "contacts": {
        "kind": lambda: _choice("种类", tuple(CONTACTS.items())), "value": lambda: _text("内容"),
        "unit": lambda: _text("单位", required=False),
    },
    "deadlines": {
        "kind": lambda: _choice("种类", tuple(PERIODS.items())), "act": lambda: _text("事项", hint="例如 提出申请、兑现"),
        "start": lambda: DayField(label="起", required=False), "end": lambda: DayField(label="止", required=False),
        "yearly": lambda: _text("每年的哪一天", required=False, hint="写成 MM-DD，只写月份的写 MM，起止写 03-01/03-31"),
        "length": lambda: _number("多长"), "unit": lambda: _choice("单位", (("", "—"), *UNITS.items()), False),
        "after": lambda: _text("从什么时候起算", required=False, hint="例如 受理之日"),
    },
    "document_rules": {
        "name": lambda: _choice("规则", tuple(DOCUMENT_RULES.items())), "text": lambda: _text("原文", most=1000),
    },
    "stackings": {
        "rule": lambda: _choice("规则", tuple(STACKING.items())), "scope": lambda: _choice("管到哪里", tuple(SCOPES.items())),
        "keys": lambda: ListField(label="同一什么", required=False, help_text="项目、企业、事项、年度 …，多个用顿号隔开"),
        "text": lambda: _text("原文", most=1000),
    },
    "payments": {
        "kind": lambda: _choice("种类", tuple(PAYMENTS.items())),
        "parts": lambda: PartsField(label="各方或各期", help_text="一行一个：名称，空一格，比例或金额，例如“市财政 50%”“验收合格后 20万元”；没有写明的只写名称",
                                    error_messages={"required": "请至少写一方或一期。"}),
        "years": lambda: _number("分几年"),
    },
    "links": {
        "relation": lambda: _choice("关系", tuple((k, v) for k, v in RELATIONS.items() if k != "cites")),
        "title": lambda: _text("文件名称", hint="不带书名号"), "number": lambda: _text("文号", required=False),
        "clause": lambda: _text("对方条款", required=False),
        "was": lambda: _text("原为", required=False, hint="修改前的文字", most=1000),
        "becomes": lambda: _text("改为", required=False, hint="修改后的文字", most=1000),
        "prevails": lambda: _choice("不一致时", (("", "未写明"), ("this", "以本文为准"), ("other", "以对方为准")), False),
    },
}  # fmt: skip
FIELDS = {**_FACTS, **_PROVISIONS}
_SELDOM: Mapping[str, Collection[str]] = {
    "benefits": ("base", "floor", "per", "actions", "cap_per", "cap_period", "cap_of", "measure_cap", "measure", "frequency", "years", "months"),
    "deadlines": ("yearly", "length", "unit", "after"), "links": ("clause", "was", "becomes", "prevails"),
}  # fmt: skip
KIND_CHOICES = (
    ("benefits", "奖补"), ("duties", "任务分工"), ("goals", "量化目标"), ("qualitative_goals", "定性目标"), ("validity", "有效期"), ("paper_validities", "所附文件有效期"),
    ("sectors", "产业领域"), ("references", "引用文件"), ("repeals", "废止文件"), ("recipients", "主送机关"),
    ("deadlines", "时限、申报期"), ("payments", "分担、分期"), ("stackings", "叠加规则"), ("document_rules", "通用规则"), ("links", "文件关系"),
    ("interpretations", "解释机关"), ("contacts", "联系方式"), ("definitions", "用语定义"), ("abbreviations", "简称"),
)  # fmt: skip
_EMPTY: Mapping[str, Mapping[str, Any]] = {
    "validity": {"effective_from": None, "effective_to": None, "years": None, "days_after_issue": None},
    "paper_validities": {"effective_from": None, "effective_to": None, "years": None, "days_after_issue": None},
    "benefits": {"award": 1, "sentence": None, "cap_span": None},
    "qualitative_goals": {},
}


class FactForm(forms.Form):
    """One fact of a kind. ``fact`` is what stands now (None: a new one); ``place`` gives words a span in the clause."""

    def __init__(
        self, kind: str, data: Any = None, *, fact: Mapping[str, Any] | None = None, field: str = "",
        initial_fact: Mapping[str, Any] | None = None,
    ) -> None:  # fmt: skip
        initial = {name: typed(name, value) for name, value in (fact or initial_fact or {}).items()}
        super().__init__(data, initial=initial)
        self.kind, self.fact = kind, fact
        for name, maker in FIELDS[kind].items():
            self.fields[name] = maker()
        if field:
            self.fields["value"].label = HEAD_FIELDS[field]
            if field == "issued_on":
                self.fields["value"] = DayField(label="成文日期")

    def _is_seldom(self, field: forms.BoundField) -> bool:
        return field.name in _SELDOM.get(self.kind, ()) and not field.errors and field.value() in (None, "", [])

    def usual(self) -> list[forms.BoundField]:
        """The fields that are asked of most facts of the kind, and those that say something now."""
        return [field for field in self if not self._is_seldom(field)]

    def seldom(self) -> list[forms.BoundField]:
        """The other fields."""
        return [field for field in self if self._is_seldom(field)]

    def stated(self) -> list[tuple[str, str]]:
        """What the fact says now, field by field, as (label, words)."""
        said = ((str(field.label), _words(field)) for field in self if field.name in self.initial)
        return [(label, words) for label, words in said if words]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        check = getattr(self, f"_check_{self.kind}", None)
        if check is not None and not self.errors:
            check(given)
        return given

    def _check_benefits(self, given: dict[str, Any]) -> None:
        kind = given["kind"]
        for name in _NEEDS[kind]:
            if given[name] in (None, ""):
                self.add_error(name, f"“{dict(BENEFIT_KINDS)[kind]}”要填写{self.fields[name].label}。")
        for name in ("amount", "rate", "floor", "cap"):
            if name not in (*_NEEDS[kind], *_MAYBE[kind]):
                given[name] = None
        if given["cap"] is None:
            given["cap_per"] = given["cap_period"] = given["cap_of"] = ""
        if bool(given["measure_cap"]) != bool(given["measure"]):
            self.add_error("measure", "最多补贴的数量和计量单位要一起填。")
        if given["floor"] and given["cap"] and given["floor"] > given["cap"]:
            self.add_error("floor", "最低不能高于最高。")

    def _check_validity(self, given: dict[str, Any]) -> None:
        if not any((given["effective_from"], given["effective_to"], given["years"])):
            self.add_error("effective_from", "施行日期、届满日、年限至少填一项；文本都没有写的，请点“本文未规定”。")
        if given["effective_from"] and given["effective_to"] and given["effective_from"] > given["effective_to"]:
            self.add_error("effective_to", "届满日早于施行日期。")
        if given["effective_from"] and isinstance(given["years"], int) and not given["effective_to"]:
            given["effective_to"] = last_day(dt.date.fromisoformat(given["effective_from"]), given["years"]).isoformat()

    _check_paper_validities = _check_validity

    def _check_deadlines(self, given: dict[str, Any]) -> None:
        if given["start"] and given["end"] and given["start"] > given["end"]:
            self.add_error("end", "止日早于起日。")
        day = r"(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?"
        if given["yearly"] and not re.fullmatch(rf"{day}(?:/(?:{day})?)?", given["yearly"]):
            self.add_error("yearly", "写成 MM-DD，例如 03-31；只写月份的写 MM；从哪天到哪天写 03-01/03-31。")
        if bool(given["length"]) != bool(given["unit"]):
            self.add_error("unit" if given["length"] else "length", "多长和单位要一起填，例如 20 个工作日。")
        elif isinstance(given["length"], float):
            self.add_error("length", "请填整数。")
        if not any(given[name] for name in ("start", "end", "yearly", "length")):
            self.add_error("length", "起止日、每年的哪一天、多长，至少填一项。")

    def _check_payments(self, given: dict[str, Any]) -> None:
        shares = [Fraction(*part["share"]) for part in given["parts"] if part["share"]]
        if given["kind"] == "payers" and sum(shares) > 1:
            self.add_error("parts", f"各方比例合计 {float(sum(shares) * 100):g}%，超过 100%。")

    def _check_goals(self, given: dict[str, Any]) -> None:
        self._check_deadline(given)

    def _check_qualitative_goals(self, given: dict[str, Any]) -> None:
        self._check_deadline(given)

    def _check_deadline(self, given: dict[str, Any]) -> None:
        if given["deadline"] and not re.fullmatch(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-[0-3]\d)?)?", given["deadline"]):
            self.add_error("deadline", f"期限写法不对。{_DEADLINE}")

    def after(self, shown: ShownText, place: Mapping[str, Any]) -> dict[str, Any]:
        """What the fact says now, as the pack carries it; ``place``: ``article``, ``span`` and the ``clause``'s span.

        Raises:
            forms.ValidationError: a technology does not stand in the clause.
        """
        said: dict[str, Any] = {
            name: (value or None) if value == "" else value for name, value in self.cleaned_data.items()
        }
        old = self.fact or {}
        if self.kind == "benefits":
            said["conditions"] = [_condition(text, old, shown, place) for text in said["conditions"]]
        if self.kind == "payments":
            said["parts"] = [_part(part, old, shown, place) for part in said["parts"]]
        if self.kind == "sectors":
            said["technologies"] = [_technology(name, old, shown, place) for name in said["technologies"]]
        if self.fact is None and self.kind != "head":
            said = {"article": place["article"], "span": list(place["span"]), **_EMPTY.get(self.kind, {}), **said}
        return said


def _words(field: forms.BoundField) -> str:
    """A field's first value as people read it."""
    value = field.field.prepare_value(field.initial)
    if isinstance(field.field, forms.ChoiceField):
        return str(dict(field.field.choices).get(value, "")) if value else ""
    return "" if value is None else str(value)


def typed(name: str, value: Any) -> Any:
    """A value as the form shows it: conditions by their words, technologies by their names."""
    if name == "conditions":
        return [each["text"] for each in value or ()]
    if name == "technologies":
        return [each["name"] for each in value or ()]
    if name == "parts":
        return [part_words(each) for each in value or ()]
    return value


def _condition(text: str, old: Mapping[str, Any], shown: ShownText, place: Mapping[str, Any]) -> dict[str, Any]:
    for each in old.get("conditions", ()):
        if each["text"] == text:
            return dict(each)
    span = _found(text, shown, place) or list(place["span"])
    return {"text": text, "span": span, "fact": None, "op": None, "value": None, "unit": None}


def _part(
    part: Mapping[str, Any], old: Mapping[str, Any], shown: ShownText, place: Mapping[str, Any]
) -> dict[str, Any]:
    for each in old.get("parts", ()):
        if each["name"] == part["name"]:
            return {**each, **part}
    return {**part, "span": _found(part["name"], shown, place) or list(place["span"])}


def _technology(name: str, old: Mapping[str, Any], shown: ShownText, place: Mapping[str, Any]) -> dict[str, Any]:
    for each in old.get("technologies", ()):
        if each["name"] == name:
            return dict(each)
    span = _found(name, shown, place)
    if span is None:
        raise forms.ValidationError(f"本条里没有“{name}”。请照原文的写法填写。")
    return {"name": name, "span": span}


def _found(words: str, shown: ShownText, place: Mapping[str, Any]) -> list[int] | None:
    """Where words stand in the clause, as a span of the source."""
    first, last = shown.shown(place["clause"])
    at = shown.text.find(words, first, last)
    return list(shown.source((at, at + len(words)))) if at >= 0 else None
