"""Compiled facts → proposed vocabulary and rules, for any document: one rule for each distinct award.

A proposal is what the text alone gives. It is marked as such (``paid_why``), pays nothing that the text does not
state, and a person's entries are laid over it (:mod:`luodi.policy.overlay`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

Row = Mapping[str, Any]
Entry = dict[str, Any]
_MONEY_UNITS = {"元", "万元", "亿元", "千元"}
_RECIPIENT_KINDS = {
    "企业": ["enterprise"],
    "园区": ["park"],
    "高校": ["university"],
    "科研院所": ["institute"],
    "单位": ["enterprise", "institute", "university", "other"],
}
"""General words for payees; a word that holds several of them names several kinds."""


def propose(sections: Mapping[str, Any]) -> dict[str, Any]:
    """``vocabulary`` and ``rules`` proposed for the facts of one document (as the pack writes them)."""
    benefits: Sequence[Row] = sections["benefits"]
    window = _window(sections["validity"])
    groups = [list(rows) for _, rows in groupby(benefits, key=lambda row: (row["article"], row["award"]))]
    rules = [_rule(rows, window) for rows in groups]
    return {"vocabulary": {"events": _events(groups), "facts": _facts(rules)}, "rules": rules}


def _window(validity: Row | None) -> Entry:
    stated = validity or {}
    return {"from": stated.get("effective_from"), "to": stated.get("effective_to")}


def _rule(rows: Sequence[Row], window: Entry) -> Entry:
    first = rows[0]
    events = _union(row["events"] for row in rows)
    actions = _union(row["actions"] for row in rows)
    return {
        "id": f"{first['article']}#{first['award']}",
        "article": first["article"],
        "span": first["sentence"] or [min(r["span"][0] for r in rows), max(r["span"][1] for r in rows)],
        "item": first["article"],
        "title": _title(first, events),
        "mode": "documents",
        "attest": None,
        "publication": "open",
        "recipients": {"kinds": _kinds(first["recipient"]), "otherwise": "no"},
        "trigger": {"events": events, "actions": actions or None} if events else None,
        "window": dict(window),
        "conditions": _conditions(first),
        "amount": _amount(rows),
        "paid": "per_year" if first["frequency"] == "annual" else "each",
        "paid_why": "按文本拟定，待人工确认",
        "caps": [],
        "refusals": [],
        "readings": [],
    }


def _union(lists: Iterable[Iterable[str]]) -> list[str]:
    return list(dict.fromkeys(item for items in lists for item in items))


def _title(row: Row, events: Sequence[str]) -> str:
    words = "、".join(events) or row["base"] or row["per"] or row["recipient"] or row["article"]
    return words if len(words) <= 20 else words[:19] + "…"


def _kinds(recipient: str | None) -> list[str]:
    named = [kind for word, kinds in _RECIPIENT_KINDS.items() if word in (recipient or "") for kind in kinds]
    return list(dict.fromkeys(named)) or ["enterprise", "institute", "university", "park", "other"]


def _conditions(row: Row) -> list[Entry]:
    """A condition that names a fact with a comparison is computed; any other waits for the authority's word."""
    return [
        {
            "id": f"c{k}",
            "text": condition["text"],
            "article": row["article"],
            "span": condition["span"],
            "implied": False,
            **_test(condition),
        }
        for k, condition in enumerate(row["conditions"], 1)
    ]


def _test(condition: Row) -> Entry:
    if condition["fact"] and condition["op"] and condition["value"] is not None:
        test = {"fact": condition["fact"], "op": condition["op"], "value": condition["value"]}
        return {"mode": "compute", "test": test}
    return {"mode": "attest", "test": {"fact": condition["text"], "op": "=", "value": True}}


def _amount(rows: Sequence[Row]) -> Entry:
    first = rows[0]
    if first["kind"] == "case":
        return {"case": True}
    if all(row["kind"] == "fixed" for row in rows):
        if len(rows) == 1 and not first["selector"]:
            return {"fixed": {"fen": first["amount"], "span": first["span"]}}
        return {"by_grade": {_grade(row, k): {"fen": row["amount"], "span": row["span"]} for k, row in enumerate(rows)}}
    return _other_amount(first)


def _grade(row: Row, k: int) -> str:
    return row["selector"] or f"第{k + 1}档"


def _other_amount(row: Row) -> Entry:
    span = row["span"]
    if row["kind"] in ("rate", "interest"):
        return {
            "rate": {"rate": row["rate"], "base": row["base"], "cap": row["cap"], "floor": row["floor"], "span": span}
        }
    if row["kind"] == "per_unit":
        return {"per_unit": {"count": row["per"], "fen": row["amount"], "cap": row["cap"], "span": span}}
    if row["kind"] == "range":
        return {"range": {"floor": row["floor"], "cap": row["cap"], "span": span}}
    return {"capped": {"cap": row["cap"], "span": span}}


def _events(groups: Sequence[Sequence[Row]]) -> list[Entry]:
    """One entry for each event noun, with the grades and actions of every award that names it."""
    found: dict[str, Entry] = {}
    for rows in groups:
        for word in _union(row["events"] for row in rows):
            entry = found.setdefault(word, _event(word))
            _extend(entry["grades"], (row["selector"] for row in rows if row["selector"]), {"from": None, "to": None})
            _extend(entry["actions"], (action for row in rows for action in row["actions"]), {})
    return list(found.values())


def _event(word: str) -> Entry:
    return {
        "id": word,
        "words": [word],
        "aliases": [],
        "grades": [],
        "actions": [],
        "sensitivity": "public",
        "evidence": "document",
    }


def _extend(entries: list[Entry], words: Iterable[str], more: Entry) -> None:
    known = {entry["id"] for entry in entries}
    for word in words:
        if word not in known:
            known.add(word)
            entries.append({"id": word, "words": [word], **more})


def _facts(rules: Sequence[Row]) -> list[Entry]:
    """One entry for each fact that a condition or an amount reads."""
    return []
