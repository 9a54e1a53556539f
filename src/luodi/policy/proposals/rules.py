"""Compiled facts → proposed vocabulary and rules, for any document: one rule for each distinct award.

A proposal is what the text alone gives. It is marked as such (``paid_why``), pays nothing that the text does not
state, and a person's entries are laid over it (:mod:`luodi.policy.overlay`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from luodi.policy.conditions.phrases import says
from luodi.policy.proposals.amount import amount, counted_by, counts_itself, grades, is_same, names_counted
from luodi.policy.proposals.payment import lay_payment
from luodi.policy.proposals.words import LONGEST, Entry, Row, Words, compared, is_computed, short, written

_FEW = 5  # characters of a heading that still say something
_ANY = "符合其一："
_BY_AUTHORITY = re.compile(
    r"经[^,。;]{0,20}(?:认定|评定|批准|核准|认可|同意|审核|审定|考核|评审|评估|验收|确认|备案)|(?:考核|评价|评审|评估|绩效|验收)[^,。;]{0,6}(?:合格|优秀|良好|通过)|失信|违法|处罚|事故"
)
"""Conditions that an authority can tell and not the unit itself."""
_ELSEWHERE = "同一事项已获其他财政资金"
_BY_INCREASE = {"ambiguity": None, "when": None, "strict": "difference", "generous": "difference", "per": ["kind"]}
_CEILING = re.compile(r"(?:上限|限额)\Z")
_GROUP_CAPS = ("累计", "年度", "合计", "总额")
_RECIPIENT_KINDS = {
    "企业": ["enterprise"],
    "园区": ["park"],
    "高校": ["university"],
    "科研院所": ["institute"],
    "单位": ["enterprise", "institute", "university", "other"],
}
"""General words for payees; a word that holds several of them names several kinds."""


def propose(
    sections: Mapping[str, Any], headings: Mapping[str, str | None] | None = None, papers: Collection[str] = ()
) -> dict[str, Any]:
    """``vocabulary`` and ``rules`` proposed for the facts of one document (as the pack writes them).

    ``headings`` are the articles' headings by address: the titles of awards that are triggered by no event. ``papers``
    are the addresses of the papers that a notice issues, where they are several: what a paper says of itself as a whole
    (its time in force, ceilings, rules of stacking) binds its own rules alone.
    """
    benefits: Sequence[Row] = sections["benefits"]
    ceilings = [row for row in benefits if _is_group_cap(row, benefits)]
    paying = [row for row in benefits if row not in ceilings]
    keyed = sorted(paying, key=lambda row: (benefits.index(_first_of(row["article"], benefits)), row["award"]))
    groups = [list(rows) for _, rows in groupby(keyed, key=lambda row: (row["article"], row["award"]))]
    words = Words()
    awards = Counter(rows[0]["article"] for rows in groups)
    rules = [
        _rule(
            rows,
            _window(sections, rows[0]["article"], papers),
            words,
            headings or {},
            alone=awards[rows[0]["article"]] == 1,
        )
        for rows in groups
    ]
    for paper in (None, *papers):
        own = [rule for rule in rules if paper is None or paper_of(rule["article"], papers) == paper]
        said = {
            kind: [row for row in sections.get(kind, ()) if paper_of(row["article"], papers) == paper]
            for kind in ("stackings", "payments", "deadlines")
        }
        _cap_groups(own, [row for row in ceilings if paper_of(row["article"], papers) == paper])
        _raise(own, paying)
        _stack(own, said["stackings"], words)
        lay_payment(own, said)
    return {"vocabulary": {"events": _events(groups), "facts": list(words.facts.values())}, "rules": rules}


def paper_of(article: str, papers: Collection[str]) -> str | None:
    """Which of a notice's papers an address lies in; None for the cover letter and where there is one paper."""
    root = article.partition(".")[0]
    return root if root in papers else None


def _first_of(article: str, benefits: Sequence[Row]) -> Row:
    return next(row for row in benefits if row["article"] == article)


def _is_group_cap(row: Row, benefits: Sequence[Row]) -> bool:
    """A ceiling over several awards (同一企业年度累计不超过…, 每家企业每年限额…): no award of its own."""
    if row["kind"] != "capped":
        return False
    own = [each for each in row["conditions"] if row["sentence"] and _overlap(each["span"], row["sentence"])]
    nothing_of_its_own = not (row["selector"] or row["events"] or own) and row["cap_per"] == "unit"
    ceiling = row["selector"] is not None and _CEILING.search(row["selector"]) is not None
    beside = any(one["article"] == row["article"] and one["kind"] != "capped" for one in benefits)
    return row["selector"] in _GROUP_CAPS or ((nothing_of_its_own or ceiling) and beside)


def _cap_groups(rules: Sequence[Entry], caps: Sequence[Row]) -> None:
    """A ceiling binds the awards of its own clause, else of its article, or all where its article has none."""
    for row in caps:
        own = [rule for rule in rules if rule["article"] == row["article"]]
        beside = [rule for rule in own if row["sentence"] and _overlap(rule["span"], row["sentence"])]
        bound = [rule for rule in beside or own or rules if "case" not in rule["amount"]]
        if bound and row["cap"]:
            yearly = row["frequency"] == "annual" or row["selector"] == "年度" or row["cap_period"] == "year"
            ids = [rule["id"] for rule in bound]
            cap = {"per": "year" if yearly else "unit", "fen": row["cap"], "rules": ids}
            if cap not in bound[0]["caps"]:
                bound[0]["caps"].append(cap)


def _overlap(one: Sequence[int], other: Sequence[int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _raise(rules: Sequence[Entry], benefits: Sequence[Row]) -> None:
    """A raised sum is paid in place of the usual one, and while nobody knows who gets it the usual one is sure.

    Plain sums come to the raised one together at most; of others the higher is paid. A maximum that is told of the usual
    share holds for the raised one too, unless that has its own.
    """
    known = {rule["id"]: rule for rule in rules}
    for row in benefits:
        usual = f"{row['article']}#{row.get('instead_of')}"
        raised = f"{row['article']}#{row['award']}"
        if usual not in known or raised not in known:
            continue
        if row["kind"] == "fixed" and not known[usual]["trigger"] and "fixed" in known[usual]["amount"]:
            known[raised]["caps"].append({"per": "unit", "fen": row["amount"], "rules": [usual, raised]})
        else:
            known[usual]["exclusive"] = known[raised]["exclusive"] = usual
        first, second = (known[name]["amount"].get("rate") for name in (usual, raised))
        if first and second and second["cap"] is None:
            second["cap"] = first["cap"]


def _stack(rules: Sequence[Entry], stackings: Sequence[Row], words: Words) -> None:
    """Lay the text's rules of stacking over the awards that they speak of.

    就高 and 补差 of an article count repeated events of one kind by what they add; a rule of the whole paper asks what was
    received for the same matter elsewhere, and shows it.
    """
    for row in stackings:
        if row["rule"] == "cumulative":
            continue
        note = short(row["text"])
        for rule in rules:
            if "case" in rule["amount"]:
                continue
            if row["scope"] == "document":
                rule.setdefault("elsewhere", {"fact": words.money(_ELSEWHERE), "note": note})
            elif rule["article"] == row["article"] and rule["trigger"] and row["rule"] != "exclusive":
                rule["readings"].append(_BY_INCREASE | {"note": note})


def _window(sections: Mapping[str, Any], article: str, papers: Collection[str]) -> Entry:
    """The time in force that the article's own paper states, and what it leaves to the notice."""
    paper, whole = paper_of(article, papers), sections["validity"] or {}
    own = [row for row in sections.get("paper_validities", ()) if paper and paper_of(row["article"], papers) == paper]
    stated = {**whole, **{name: value for row in own[:1] for name, value in row.items() if value is not None}}
    return {"from": stated.get("effective_from"), "to": stated.get("effective_to")}


def _rule(
    rows: Sequence[Row], window: Entry, words: Words, headings: Mapping[str, str | None], *, alone: bool
) -> Entry:
    """The rule of one award; ``alone``: the article has no other."""
    first = rows[0]
    events = _union(row["events"] for row in rows)
    actions = _union(row["actions"] for row in rows)
    shared = [each for each in first["conditions"] if all(_holds_in(each, row, rows) for row in rows)]
    if first["kind"] == "per_unit" and len(rows) == 1 and not counts_itself(first):
        counted = counted_by(first)
        shared = [each for each in shared if each is not counted or not names_counted(counted["text"], first["per"])]
    elif not events and len(rows) == 1:
        shared = [*shared, *_selected(first)] or _whoever(first, headings)
    return {
        "id": f"{first['article']}#{first['award']}",
        "article": first["article"],
        "span": first["sentence"] or [min(r["span"][0] for r in rows), max(r["span"][1] for r in rows)],
        "item": first["article"],
        "title": _title(first, events, headings, alone=alone),
        "mode": "documents",
        "attest": None,
        "publication": "open",
        "recipients": {"kinds": _kinds(first["recipient"]), "otherwise": "no"},
        "trigger": {"events": events, "actions": actions or None} if events else None,
        "window": dict(window),
        "conditions": [_condition(each, first["article"], k, words) for k, each in enumerate(shared, 1)],
        "amount": amount(rows, bool(events), shared, words),
        "paid": "per_year" if first["frequency"] == "annual" and events else "each",
        "paid_why": "按文本拟定，待人工确认",
        "caps": _own_caps(rows, bool(events)),
        "refusals": [],
        "readings": [],
    }


def _own_caps(rows: Sequence[Row], triggered: bool) -> list[Entry]:
    """A cap that binds a unit (同一企业) holds for all its events together, not for each."""
    first = rows[0]
    if not triggered or first.get("cap_per") != "unit" or first["cap"] is None:
        return []
    per = "year" if first["cap_period"] == "year" else "unit"
    rule = f"{first['article']}#{first['award']}"
    return [{"per": per, "fen": first["cap"], "rules": [rule], "span": first["cap_span"]}]


def _holds_in(condition: Row, row: Row, rows: Sequence[Row]) -> bool:
    """Whether a row states the same condition; the first row of a list often states what all share.

    Not where each compares for itself and says whom it is for (…以上的原种猪场,每场A;…以上的祖代种猪场,每场B).
    """
    if condition["fact"] or any(is_same(condition, each) for each in row["conditions"]):
        return any(is_same(condition, each) for each in row["conditions"])
    known = rows[0]["conditions"]
    each_compares = all(any(each["fact"] for each in one["conditions"]) for one in rows)
    more = any(not each["fact"] and not any(is_same(each, one) for one in known) for each in row["conditions"])
    return not (each_compares and more)


def _union(lists: Iterable[Iterable[str]]) -> list[str]:
    return list(dict.fromkeys(item for items in lists for item in items))


def _selected(row: Row) -> Iterator[Entry]:
    """What an award without event is for (儿童剧项目120万元), where no condition tells it: not every unit may have it."""
    selector = row["selector"]
    told = [each["text"] for each in row["conditions"]]
    of_base = (selector or "").removeprefix("企业") == row["base"]
    if says(selector) and not of_base and not any(selector in text or text in selector for text in told):
        span = row["sentence"] or row["span"]
        yield {"text": selector, "span": span, "fact": None, "op": None, "value": None, "unit": None}


def _whoever(row: Row, headings: Mapping[str, str | None]) -> list[Entry]:
    """A plain sum that the text gives without saying to whom is paid to nobody until somebody says that it is for him."""
    if row["kind"] in ("case", "per_unit"):
        return []
    article, heading = row["article"], headings.get(row["article"])
    told = heading if heading and says(heading) else f"{'本文' if article == '0' else article}所列对象"
    return [
        {
            "text": short(told),
            "span": row["sentence"] or row["span"],
            "fact": None,
            "op": None,
            "value": None,
            "unit": None,
        }
    ]


def _title(row: Row, events: Sequence[str], headings: Mapping[str, str | None], *, alone: bool) -> str:
    """The events, else the heading; what the sum is for where that tells several awards of an article apart.

    Words that say nothing by themselves (a bound, 企业, an address) give way to what the award demands first.
    """
    heading = headings.get(row["article"])
    demanded = [each for each in row["conditions"] if each["value"] is not False and says(each["text"])]
    told = min(demanded, key=lambda each: each["fact"] is not None)["text"] if demanded else row["per"]
    told = told if says(told) and told != heading else None
    selector = row["selector"] if says(row["selector"]) else None
    apart = selector or told
    if not events and apart and not (heading and alone):
        room = LONGEST - 1 - len(apart)  # the heading gives way to what tells the awards apart
        words = f"{short(heading, room)}：{apart}" if heading and room >= _FEW else apart
    else:
        words = "、".join(events) or heading or row["base"] or row["recipient"] or row["selector"] or row["article"]
    return short(words)


def _kinds(recipient: str | None) -> list[str]:
    named = [kind for word, kinds in _RECIPIENT_KINDS.items() if word in (recipient or "") for kind in kinds]
    return list(dict.fromkeys(named)) or ["enterprise", "institute", "university", "park", "other"]


def _condition(condition: Row, article: str, k: int, words: Words) -> Entry:
    """A condition that names a fact with a comparison is computed; any other waits for somebody's word."""
    test = compared(condition, words)
    return {
        "id": f"c{k}",
        "text": f"{_ANY}{condition['text']}"
        if condition.get("alternatives") and ";" in condition["text"]
        else condition["text"],
        "article": article,
        "span": condition["span"],
        "implied": False,
        "mode": "compute"
        if test and is_computed(condition)
        else "attest"
        if _BY_AUTHORITY.search(condition["text"])
        else "ask",
        "test": test or written(condition, words),
    }


def _events(groups: Sequence[Sequence[Row]]) -> list[Entry]:
    """One entry for each event noun, with the grades and actions of every row that names it."""
    found: dict[str, Entry] = {}
    for rows in groups:
        paid = grades(rows)
        for row in rows:
            for word in row["events"]:
                entry = found.setdefault(word, _event(word))
                _extend(entry["grades"], paid, {"from": None, "to": None})
                _extend(entry["actions"], row["actions"], {})
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
