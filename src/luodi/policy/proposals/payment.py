"""What the text says of paying an award, laid over proposed rules: instalments, payers, periods, when one may apply.

Which awards a statement is about says :mod:`luodi.policy.proposals.reach`; one that stands apart from all awards is about all of the paper, if
it is the only one of its kind that does. What does not come out whole (shares that are not one) is left to a person: the fact stays, the rule says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from luodi.policy.proposals.reach import Reach, overlap, spoken_of_rules
from luodi.policy.proposals.words import Entry, Row, short

_YEARS = {f"第{numeral}年": 12 * at for at, numeral in enumerate("一二三四五")}


def lay_payment(rules: Sequence[Entry], sections: Mapping[str, Any], headings: Mapping[str, str | None]) -> None:
    """Give each rule what the facts ``payments`` and ``deadlines`` say of it; ``headings`` name its articles."""
    payments, deadlines = sections.get("payments", ()), sections.get("deadlines", ())
    for row, rule in _bound("payers", payments, rules, headings):
        _lay(rule, "payers", _payers(row))
    for row, rule in _bound("instalments", payments, rules, headings):
        if "case" not in rule["amount"]:
            _lay(rule, "instalments", _instalments(row, rule))
    claims = [{**row, "kind": "window"} if _is_claim(row) else row for row in deadlines]
    for row, rule in _bound("window", claims, rules, headings):
        _lay(rule, "application", _application(row))
    for row in deadlines:
        for rule in rules if row["kind"] == "period" and row["start"] and row["end"] else ():
            if rule["article"] == row["article"] and overlap(rule["span"], row["span"]):
                _narrow(rule["window"], row)


def _lay(rule: Entry, name: str, value: Any) -> None:
    """The first statement holds; a second one is for a person to weigh."""
    if value:
        rule.setdefault(name, value)


def _bound(
    kind: str, rows: Sequence[Row], rules: Sequence[Entry], headings: Mapping[str, str | None]
) -> Iterator[tuple[Row, Entry]]:
    """Each statement of a kind with the rules that it is about."""
    stated = [row for row in rows if row["kind"] == kind]
    reaches = [Reach(row, rules, row.get("of") or "", headings) for row in stated]
    # What is said of an award that no rule is called by may except one of them from what is said of all.
    known = all(spoken_of_rules(at) for at in reaches if at.row.get("of"))
    apart = [at for at in reaches if not (at.row.get("of") or at.row.get("unsummed") or spoken_of_rules(at))]
    if known and len(apart) == 1:
        reaches = [replace(at, whole=at in apart) for at in reaches]
    # what is said of one award, before what is said of all
    for at in sorted(reaches, key=lambda at: not at.row.get("of")):
        yield from ((at.row, rule) for rule in spoken_of_rules(at))


def _payers(row: Row) -> list[Entry]:
    if sum(Fraction(*part["share"]) for part in row["parts"] if part["share"]) > 1:
        return []
    return [
        {"name": short(part["name"]), "share": part["share"], "span": part["span"]}
        for part in row["parts"]
        if part["share"]
    ]


def _instalments(row: Row, rule: Row) -> list[Entry]:
    whole = rule["amount"].get("fixed", {}).get("fen")
    shares = [_share(part, whole) for part in row["parts"]]
    if not shares or None in shares or sum(each or 0 for each in shares) != 1:
        return []
    return [
        {
            "share": list((share or Fraction(0)).as_integer_ratio()),
            "when": short(part["name"]),
            "span": part["span"],
            **({"months": _YEARS[part["name"]]} if part["name"] in _YEARS else {}),
        }
        for part, share in zip(row["parts"], shares, strict=True)
    ]


def _share(part: Row, whole: int | None) -> Fraction | None:
    """A part's share as written, or as its sum makes it of the whole."""
    if part["share"]:
        return Fraction(*part["share"])
    return Fraction(part["fen"], whole) if part["fen"] and whole else None


# 企业申报, 第二条的奖励申请; not 主管部门发布申报指南
_CLAIM = re.compile(
    r"(?:(?:企业|单位|主体|机构|个人|人员|奖励|奖补|补[助贴]|资金|政策)的?|\A)(?:提出)?申[请报领](?:[^,。;]{0,12}(?:奖励|奖补|补[助贴]|资金|扶持|政策))?\Z"
    # 企业应于每年3月底前向市工信局提出申请
    r"|\A(?:申[请报]|建设|用人|实施|项目)?(?:企业|单位|主体|机构|个人|人员)?必?向[^,。;、]{2,24}(?:提出|提交|递交)申[请报](?:材料)?\Z"
)
_TO_OFFICE = re.compile(r"向[^,。;]*?(?=提出|提交|递交)")
_BY_OFFICE = re.compile(r"部门|局|委员会|中心|政府|组织|发布|审核|汇总|上报")


def _is_claim(row: Row) -> bool:
    """``企业应于每年3月底前申报``: an act by which one claims every year, which is a time to apply."""
    act = row["act"] or ""
    return bool(
        row["kind"] == "act" and row["yearly"] and _CLAIM.search(act) and not _BY_OFFICE.search(_TO_OFFICE.sub("", act))
    )


def _application(row: Row) -> Entry:
    return {"from": row["start"], "to": row["end"], "yearly": row["yearly"], "span": row["span"]}


def _narrow(window: Entry, row: Row) -> None:
    """The period of an award within the paper's own term."""
    start, end = (row[name] for name in ("start", "end"))
    start = max(start, window["from"] or start)
    end = min(end, window["to"] or end)
    if start <= end:
        window |= {"from": start, "to": end}
