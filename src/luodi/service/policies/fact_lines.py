"""The facts of a pack as people read them: one line each, with its article, its place and a name of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from luodi.policy.pack import Pack
from luodi.policy.punctuation import widened
from luodi.service.policies.provision_words import KINDS as PROVISIONS
from luodi.service.policies.provision_words import provision
from luodi.service.templatetags.luodi import wan_plain

KINDS = {
    "recipients": "主送机关", "references": "引用文件", "repeals": "废止文件", "validity": "有效期", "paper_validities": "所附文件有效期", "goals": "量化目标",
    "qualitative_goals": "定性目标", "duties": "任务分工", "benefits": "奖补", "sectors": "产业领域", "technologies": "技术",
    **PROVISIONS,
}  # fmt: skip
HEAD_FIELDS = {"title": "标题", "document_number": "发文字号", "issuer": "发文机关", "issued_on": "成文日期"}
_OPS = {">=": "不低于", "<=": "不高于", "~": "约", "growth>=": "年均增长不低于", "x": "翻番，为原来的", "=": ""}
_FREQUENCY = {"once": "一次性", "annual": "按年", "monthly": "按月"}
_TIMES = {"once": "", "annual": "每年", "monthly": "每月"}

Span = tuple[int, int]


@dataclass(frozen=True)
class FactLine:
    """One fact: ``id`` is stable within the pack, ``figure`` the value alone, ``text`` what it says."""

    id: str
    kind: str
    article: str
    span: Span | None
    figure: str
    text: str
    confidence: float = 1.0

    @property
    def label(self) -> str:
        """The kind's name."""
        return KINDS.get(self.kind) or HEAD_FIELDS.get(self.kind) or "其他"


def fact_lines(pack: Pack, facts: Mapping[str, Any] | None = None) -> list[FactLine]:
    """All facts of a pack in text order; ``facts`` gives their places in another copy of the text."""
    found = list(_lines(facts or pack.facts))
    return sorted(found, key=lambda line: (line.span is None, line.span or (0, 0)))


def _lines(facts: Mapping[str, Any]) -> Iterator[FactLine]:
    for kind, given in facts.items():
        rows = given if isinstance(given, list) else [given] if given else []
        for index, row in enumerate(rows):
            figure, text = written(kind, row)
            yield FactLine(
                f"{kind}-{index}", kind, row["article"], _span(row), figure, text, row.get("confidence", 1.0)
            )
            for place, technology in enumerate(row.get("technologies", ()) if kind == "sectors" else ()):
                yield FactLine(f"technologies-{index}-{place}", "technologies", row["article"], _span(technology),
                               technology["name"], row["name"])  # fmt: skip


def written(kind: str, row: Mapping[str, Any]) -> tuple[str, str]:
    """A fact's figure and words, with marks as papers print them."""
    write = _WRITERS.get(kind)
    figure, text = write(row) if write else provision(kind, row)
    return widened(figure), widened(text)


def _span(row: Mapping[str, Any]) -> Span | None:
    span = row.get("span")
    return (span[0], span[1]) if span else None


def _cited(row: Mapping[str, Any]) -> tuple[str, str]:
    return row.get("number") or "", f"《{row['title']}》"


def _validity(row: Mapping[str, Any]) -> tuple[str, str]:
    parts = [f"自 {row['effective_from']} 起施行"] if row.get("effective_from") else []
    if row.get("effective_to"):
        parts.append(f"有效期至 {row['effective_to']}")
    elif row.get("years"):
        parts.append(f"有效期 {row['years']} 年")
    if not row.get("effective_from") and row.get("days_after_issue") is not None:
        parts.insert(
            0, "自发布之日起施行" if not row["days_after_issue"] else f"自发布之日起 {row['days_after_issue']} 日后施行"
        )
    return "", "，".join(parts)


def goal_figure(row: Mapping[str, Any]) -> str:
    """A goal's number with its sign and unit; a measure that names its growth (…年均增长) is not told twice."""
    value, unit = as_share(row)
    unit = unit or ("倍" if row["op"] == "x" else "")
    grows = row["op"] == "growth>=" and "增" in (row["metric"] or "")[-4:]
    return f"{'不低于' if grows else _OPS.get(row['op'], '')} {value}{'' if unit == '%' else ' '}{unit}".strip()


def as_share(row: Mapping[str, Any]) -> tuple[Any, str]:
    """A goal's number and unit; a part of a whole told in words (占一半以上) is a percentage."""
    value, unit = row["value"], row.get("unit") or ""
    if not unit and row["op"] in _OPS and isinstance(value, float) and 0 < value < 1:
        return f"{value * 100:g}", "%"
    return value, unit


def _goal(row: Mapping[str, Any]) -> tuple[str, str]:
    until = f"（到 {row['deadline']} 年）" if str(row.get("deadline") or "").isdigit() else _until(row.get("deadline"))
    return goal_figure(row), f"{row['metric']}{until}"


def _until(deadline: str | None) -> str:
    return f"（到 {deadline}）" if deadline else ""


def _statement(row: Mapping[str, Any]) -> tuple[str, str]:
    return "", row["statement"]


def _duty(row: Mapping[str, Any]) -> tuple[str, str]:
    joined = f"；参与：{'、'.join(row['participants'])}" if row["participants"] else ""
    prose = "（正文叙述）" if row.get("told") == "prose" else ""
    return "", f"牵头：{'、'.join(row['lead'])}{joined}{prose}"


def benefit_figure(row: Mapping[str, Any]) -> str:
    """The sum, rate or range of a benefit in words; a promise without a sum says so."""
    each = _TIMES.get(row.get("frequency") or "", "")
    most = f"{_for_each(row.get('cap_of'))}最高 {wan(row['cap'])}" if row.get("cap") is not None else ""
    months = f"，最长 {row['months']} 个月" if row.get("months") else ""
    lasts = f"，期限 {row['years']} 年" if row.get("years") else ""
    limit = f"，限 {row['measure_cap']} {row['measure']}" if row.get("measure_cap") else ""
    cap = (f"，{most}" if most else "") + limit + months + lasts
    match row["kind"]:
        case "case":
            return "一事一议（另行研究，本文未定金额）"
        case "fixed":
            return f"{each} {wan(row['amount'])}{months}{lasts}".lstrip()
        case "capped":
            return f"{each}{most}{limit}{months}{lasts}"
        case "rate" | "interest":
            base = f"按{row['base']}的 " if row.get("base") else ""
            rate = percent(row["rate"]) if row["rate"] else "比例由主管部门核定"
            return f"{each}{base}{rate}{cap}"
        case "per_unit":
            return f"{each}每{row.get('per') or '单位'} {wan(row['amount'])}{cap}"
        case "range":
            return f"{each} {wan(row['floor'])} 至 {wan(row['cap'])}{months}{lasts}".lstrip()
    return ""


def _for_each(measure: str | None) -> str:
    """``平方米/月`` as a maximum says it: 每平方米每月."""
    return "".join(f"每{part}" for part in measure.split("/")) if measure else ""


def _benefit(row: Mapping[str, Any]) -> tuple[str, str]:
    parts = ["、".join(row.get("events") or ()), row.get("selector") or "", "、".join(row.get("actions") or ())]
    subject = " · ".join(dict.fromkeys(part for part in parts if part)) or row.get("recipient") or _first_condition(row)
    frequency, figure = row.get("frequency") or "", benefit_figure(row)
    extra = "" if _TIMES.get(frequency) and figure.startswith(_TIMES[frequency]) else _FREQUENCY.get(frequency, "")
    return figure, f"{subject}{f' · {extra}' if extra else ''}"


def _first_condition(row: Mapping[str, Any]) -> str:
    """What a sum is given for, where no class, event or recipient is told: the first thing that is demanded."""
    return next((str(each["text"]) for each in row.get("conditions") or () if each["value"] is not False), "奖补")


def wan(fen: int) -> str:
    """Integer fen as text in 万元; sums under 万元/100 in yuan."""
    if abs(fen) < 1_000_000 and fen % 10_000:
        return f"{fen / 100:,.2f} 元".replace(".00 ", " ")
    return f"{fen // 100:,} 元" if abs(fen) < 1_000_000 else f"{wan_plain(fen)} 万元"


def percent(rate: list[int]) -> str:
    """A rate ``[numerator, denominator]`` as a percentage."""
    value = Fraction(rate[0], rate[1]) * 100
    return f"{value.numerator}%" if value.denominator == 1 else f"{float(value):g}%"


def _named(row: Mapping[str, Any]) -> tuple[str, str]:
    return "", row["name"]


def _sector(row: Mapping[str, Any]) -> tuple[str, str]:
    listed = len(row["technologies"])
    return row["name"], f"列有 {listed} 项技术、产品" if listed else ""


_WRITERS = {
    "recipients": _named, "references": _cited, "repeals": _cited, "validity": _validity,
    "paper_validities": _validity, "goals": _goal,
    "qualitative_goals": _statement, "duties": _duty, "benefits": _benefit, "sectors": _sector,
}  # fmt: skip
