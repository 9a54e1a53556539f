"""Provisions (definitions, contacts, deadlines, stacking, shares, links …) as people read them: figure and words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

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
STACKING = {"highest": "就高不重复", "difference": "晋级补差", "cumulative": "可叠加", "exclusive": "不重复享受"}
CONTACTS = {"phone": "电话", "email": "邮箱", "address": "地址", "person": "联系人"}
_UNITS = {"day": "日", "working_day": "个工作日", "month": "个月", "year": "年"}


def provision(kind: str, row: Row) -> tuple[str, str]:
    """A provision's figure and words; of a kind not known here, whatever words it carries."""
    write = _WRITERS.get(kind)
    if write is not None:
        return write(row)
    return "", "，".join(str(value) for value in row.values() if isinstance(value, str))


def _deadline(row: Row) -> tuple[str, str]:
    if row["length"]:
        when = f"{row['length']}{_UNITS[row['unit']]}内"
        return when, f"{row['after'] + '起，' if row['after'] else ''}{row['act']}"
    days = [day for day in (row["start"], row["end"]) if day]
    return " 至 ".join(days) or f"每年 {row['yearly']}", row["act"]


def _payment(row: Row) -> tuple[str, str]:
    return "", "；".join(f"{part['name']} {_share(part)}".strip() for part in row["parts"])


def _share(part: Row) -> str:
    if part["share"]:
        return f"{float(Fraction(*part['share']) * 100):g}%"
    return f"{part['fen'] / 100:,.2f} 元" if part["fen"] else ""


def _link(row: Row) -> tuple[str, str]:
    return RELATIONS[row["relation"]], f"《{row['title']}》{row['clause'] or ''}"


_WRITERS: Mapping[str, Callable[[Row], tuple[str, str]]] = {
    "definitions": lambda row: (row["term"], row["meaning"]),
    "abbreviations": lambda row: (row["short"], row["full"]),
    "interpretations": lambda row: ("", "、".join(row["units"])),
    "contacts": lambda row: (row["value"], f"{row['unit'] or ''}{CONTACTS[row['kind']]}"),
    "deadlines": _deadline,
    "document_rules": lambda row: ("", row["text"]),
    "stackings": lambda row: (STACKING[row["rule"]], row["text"]),
    "payments": _payment,
    "links": _link,
}
