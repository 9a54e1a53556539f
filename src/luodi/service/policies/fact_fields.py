"""Fields of forms in people's words: 100万元, 20%, names with 、 between them, days; each clean value stands as in a pack."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from django import forms

from luodi.service.policies.fact_lines import percent, wan

_MONEY = re.compile(r"([\d,，]+(?:\.\d+)?)\s*(元|万元|亿元|万|亿)")
_FEN = {"元": 100, "万元": 1_000_000, "万": 1_000_000, "亿元": 10_000_000_000, "亿": 10_000_000_000}
_BETWEEN = re.compile(r"[、\n;；]+")


class MoneyField(forms.CharField):
    """A sum with its unit, as integer fen."""

    def clean(self, value: Any) -> int | None:
        text = super().clean(value).strip()
        if not text:
            return None
        found = _MONEY.fullmatch(text)
        if found is None:
            raise forms.ValidationError(f"金额要写明单位，例如 100万元、3500元；读到的是“{text[:20]}”。")
        fen = Fraction(re.sub("[,，]", "", found[1])) * _FEN[found[2]]
        if fen.denominator != 1:
            raise forms.ValidationError("金额最小到分。")
        return int(fen)

    def prepare_value(self, value: Any) -> Any:
        return wan(value).replace(",", "").replace(" ", "") if isinstance(value, int) else value


class RateField(forms.CharField):
    """A rate in per cent, as ``[numerator, denominator]``."""

    def clean(self, value: Any) -> list[int] | None:
        text = super().clean(value).strip()
        if not text:
            return None
        found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*[%％]", text)
        if found is None:
            raise forms.ValidationError(f"比例写成百分数，例如 20%、0.5%；读到的是“{text[:20]}”。")
        rate = Fraction(found[1]) / 100
        return [rate.numerator, rate.denominator]

    def prepare_value(self, value: Any) -> Any:
        return percent(value) if isinstance(value, list) else value


class ListField(forms.CharField):
    """Names with 、 between them or one a line."""

    widget = forms.Textarea(attrs={"rows": 2})

    def clean(self, value: Any) -> list[str]:
        return [part.strip() for part in _BETWEEN.split(super().clean(value)) if part.strip()]

    def prepare_value(self, value: Any) -> Any:
        return "、".join(value) if isinstance(value, list | tuple) else value


class LinesField(ListField):
    """Longer entries, one a line."""

    widget = forms.Textarea(attrs={"rows": 4})

    def clean(self, value: Any) -> list[str]:
        return [line.strip() for line in forms.CharField.clean(self, value).splitlines() if line.strip()]

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list | tuple) else value


class PartsField(LinesField):
    """Payers or instalments, one a line: a name, then a share (50%) or a sum (20万元) as far as stated."""

    def clean(self, value: Any) -> list[dict[str, Any]]:  # type: ignore[override]
        return [self._part(line) for line in super().clean(value)]

    def _part(self, line: str) -> dict[str, Any]:
        name, _, size = (part.strip() for part in re.sub(r"[：:\t]", " ", line).rpartition(" "))
        if not name:  # no size: the whole line is the name
            return {"name": size, "share": None, "fen": None}
        if re.search(r"[%％]$", size):
            return {"name": name, "share": RateField().clean(size), "fen": None}
        return {"name": name, "share": None, "fen": MoneyField().clean(size)}


class DayField(forms.DateField):
    """A day, kept as an ISO text."""

    def __init__(self, **more: Any) -> None:
        more.setdefault("error_messages", {})["invalid"] = "日期写成“年-月-日”，例如 2026-05-01。"
        super().__init__(input_formats=["%Y-%m-%d", "%Y年%m月%d日"], widget=forms.TextInput(), **more)

    def clean(self, value: Any) -> str | None:
        day = super().clean(value)
        return day.isoformat() if day else None


class NumberField(forms.DecimalField):
    """A number as a pack carries it: whole where it is whole."""

    def __init__(self, **more: Any) -> None:
        more.setdefault("error_messages", {})["invalid"] = "请填写数字，例如 300 或 8.5。"
        super().__init__(widget=forms.TextInput(attrs={"inputmode": "decimal"}), **more)

    def clean(self, value: Any) -> int | float | None:
        found = super().clean(value)
        if found is None:
            return None
        return int(found) if found == found.to_integral_value() else float(found)
