"""Provisions (definitions, contacts, deadlines, stacking, shares, links …) as people read them: figure and words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from luodi.quantities.periods import yearly_words

Row = Mapping[str, Any]
KINDS = {
    "definitions": "用语定义", "abbreviations": "简称", "interpretations": "解释机关", "contacts": "联系方式", "deadlines": "时限、申报期",
    "document_rules": "通用规则", "stackings": "叠加规则", "payments": "分担、分期", "links": "文件关系",
}  # fmt: skip
RELATIONS = {
    "basis": "依据",
    "details": "细化",
    "amends": "修订",
    "executes": "执行",
    "repeals": "废止",
    "cites": "引用",
}
DOCUMENT_RULES = {
    "first_is_lead": "列第一位的为牵头单位", "catch_all": "兜底规定", "bounds_inclusive": "以上、以下等含本数", "higher_law_prevails": "上位规定优先",
    "this_paper_prevails": "以本文为准", "no_double": "同类政策不重复享受", "pro_rata": "超出预算按比例兑现", "within_budget": "在预算内兑现",
}  # fmt: skip
SCOPES = {"sentence": "本句", "article": "本条", "document": "全文"}
PAYMENTS = {"payers": "谁分担", "instalments": "分几期付"}
PERIODS = {"act": "办理时限", "window": "申报期", "consultation": "征求意见期", "period": "适用期间"}
STACKING = {"highest": "就高不重复", "difference": "晋级补差", "cumulative": "可叠加", "exclusive": "不重复享受"}
CONTACTS = {"phone": "电话", "email": "邮箱", "address": "地址", "person": "联系人"}
UNITS = {"day": "日", "working_day": "个工作日", "month": "个月", "year": "年"}


def provision(kind: str, row: Row) -> tuple[str, str]:
    """A provision's figure and words; of a kind not known here, whatever words it carries."""
    write = _WRITERS.get(kind)
    if write is not None:
        return write(row)
    return "", "，".join(str(value) for value in row.values() if isinstance(value, str))


def _deadline(row: Row) -> tuple[str, str]:
    if row["length"]:
        when = f"{row['length']}{UNITS[row['unit']]}内"
        return when, f"{_from(row['after'])}{row['act']}"
    start, end = row["start"], row["end"]
    if start and end:
        return (start if start == end else f"{start} 至 {end}"), row["act"]
    return (f"{start} 起" if start else f"截至 {end}" if end else yearly_words(row["yearly"])), row["act"]


def _from(event: str | None) -> str:
    """From when a time runs: 自受理之日起."""
    if not event:
        return ""
    return f"{'' if event.startswith('自') else '自'}{event}{'起' if event.endswith('日') else '之日起'}，"


def _payment(row: Row) -> tuple[str, str]:
    years = [f"分 {row['years']} 年"] if row["years"] else []
    return PAYMENTS[row["kind"]], "，".join(["；".join(map(part_words, row["parts"])), *years]).strip("，")


def part_words(part: Row) -> str:
    """One payer or instalment as a person reads and writes it: name, then its share or sum where stated."""
    size = ""
    if part["share"]:
        size = f"{float(Fraction(*part['share']) * 100):g}%"
    elif part["fen"]:
        yuan = Fraction(part["fen"], 100)
        size = f"{float(yuan / 10000):g}万元" if yuan >= 10000 else f"{float(yuan):g}元"
    return f"{part['name']} {size}".strip()


def _link(row: Row) -> tuple[str, str]:
    return RELATIONS[row["relation"]], f"《{row['title']}》{row['clause'] or ''}"


_WRITERS: Mapping[str, Callable[[Row], tuple[str, str]]] = {
    "definitions": lambda row: (row["term"], row["meaning"]),
    "abbreviations": lambda row: (row["short"], row["full"]),
    "interpretations": lambda row: ("", "、".join(row["units"])),
    "contacts": lambda row: (row["value"], f"{row['unit'] or ''}{CONTACTS[row['kind']]}"),
    "deadlines": _deadline,
    "document_rules": lambda row: (DOCUMENT_RULES.get(row["name"], ""), row["text"]),
    "stackings": lambda row: (STACKING[row["rule"]], row["text"]),
    "payments": _payment,
    "links": _link,
}
