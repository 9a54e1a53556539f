"""Compiled facts → proposed vocabulary and rules, for any document: one rule for each distinct award.

A proposal is what the text alone gives. It is marked as such (``paid_why``), pays nothing that the text does not
state, and a person's entries are laid over it (:mod:`luodi.policy.overlay`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from luodi.policy.addresses import address_of, headings_of
from luodi.policy.proposals.amount import amount, as_parts
from luodi.policy.proposals.cases import apart, of_some_cases
from luodi.policy.proposals.demanded import demanded, is_first, to_persons
from luodi.policy.proposals.limits import bounded, cap_groups, is_group_cap, own_caps, raise_sums, shared_caps, stack
from luodi.policy.proposals.naming import by_grade, event_nouns, is_title, tell_apart, title, with_chapters
from luodi.policy.proposals.payment import lay_payment
from luodi.policy.proposals.times import in_one_unit
from luodi.policy.proposals.words import Entry, Row, Words
from luodi.quantities.periods import last_in_force

_RECIPIENT_KINDS = {
    "企业": ["enterprise"],
    "园区": ["park"],
    "高校": ["university"],
    "科研院所": ["institute"],
    "单位": ["enterprise", "institute", "university", "other"],
}
"""General words for payees; a word that holds several of them names several kinds."""
TO_PERSONS = "发给个人：登记的只有单位，条件由主管部门逐人确认"


def propose(
    sections: Mapping[str, Any], articles: Sequence[Mapping[str, Any]] = (), papers: Collection[str] = ()
) -> dict[str, Any]:
    """``vocabulary`` and ``rules`` proposed for the facts of one document (as the pack writes them).

    ``articles`` head the awards that are triggered by no event, and tell in which clause a condition stands. ``papers``
    are the addresses of the papers that a notice issues, where they are several: what a paper says of itself as a whole
    (its time in force, ceilings, rules of stacking) binds its own rules alone.
    """
    own_headings = headings_of(articles)
    headings = with_chapters(own_headings)
    defined = sections.get("definitions", ())
    benefits: Sequence[Row] = sections["benefits"]
    ceilings = [row for row in benefits if is_group_cap(row, benefits)]
    paying = [row for row in benefits if row not in ceilings]
    first = {row["article"]: at for at, row in reversed(list(enumerate(benefits)))}
    keyed = sorted(paying, key=lambda row: (first[row["article"]], row["award"]))
    numbered = groupby(keyed, key=lambda row: (row["article"], row["award"]))
    groups = [as_parts(by_grade(of_some_cases(rows))) for rows in apart([list(rows) for _, rows in numbered])]
    words = Words()
    awards = Counter(rows[0]["article"] for rows in groups)
    rules = [
        _rule(
            rows,
            _window(sections, rows[0]["article"], papers),
            words,
            headings,
            defined,
            alone=awards[rows[0]["article"]] == 1 and bool(own_headings.get(rows[0]["article"])),
        )
        for rows in groups
    ]
    tell_apart(rules, groups)
    shared_caps(rules, groups)
    _ask(rules, words)
    for paper in (None, *papers):
        own = [rule for rule in rules if paper is None or paper_of(rule["article"], papers) == paper]
        said = {
            kind: [row for row in sections.get(kind, ()) if paper_of(row["article"], papers) == paper]
            for kind in ("stackings", "payments", "deadlines")
        }
        cap_groups(own, [row for row in ceilings if paper_of(row["article"], papers) == paper], words, own_headings)
        raise_sums(own, paying)
        stack(own, said["stackings"], words, own_headings)
        lay_payment(own, said, headings)
    in_one_unit(rules, words)
    for rule in rules:
        for condition in rule["conditions"]:
            condition["article"] = address_of(articles, condition["span"], rule["article"])
    return {"vocabulary": {"events": event_nouns(groups), "facts": list(words.facts.values())}, "rules": rules}


def unbound_ceilings(
    sections: Mapping[str, Any], articles: Sequence[Mapping[str, Any]] = (), papers: Collection[str] = ()
) -> list[Row]:
    """What several awards may come to together, of items of which no award was read."""
    benefits: Sequence[Row] = sections["benefits"]
    headings = headings_of(articles)
    ceilings = [row for row in benefits if is_group_cap(row, benefits)]
    paying = [row for row in benefits if row not in ceilings]
    own: dict[str | None, list[Entry]] = {
        paper: [dict(row) for row in paying if paper is None or paper_of(row["article"], papers) == paper]
        for paper in (None, *papers)
    }
    return [row for row in ceilings if not bounded(row, own[paper_of(row["article"], papers)], headings)]


def paper_of(article: str, papers: Collection[str]) -> str | None:
    """Which of a notice's papers an address lies in; None for the cover letter and where there is one paper."""
    root = article.partition(".")[0]
    return root if root in papers else None


def _window(sections: Mapping[str, Any], article: str, papers: Collection[str]) -> Entry:
    """The time in force that the article's own paper states, and what it leaves to the notice."""
    paper, whole = paper_of(article, papers), sections["validity"] or {}
    own = [row for row in sections.get("paper_validities", ()) if paper and paper_of(row["article"], papers) == paper]
    stated = {**whole, **{name: value for row in own[:1] for name, value in row.items() if value is not None}}
    return window(stated)


def window(said: Mapping[str, Any]) -> Entry:
    """The days between which an event counts, where a time in force tells them."""
    end = last_in_force(said)
    return {"from": said.get("effective_from"), "to": end.isoformat() if end else None}


def _rule(
    rows: Sequence[Row],
    window: Entry,
    words: Words,
    headings: Mapping[str, str | None],
    defined: Sequence[Row],
    *,
    alone: bool,
) -> Entry:
    """The rule of one award; ``alone``: the article has a heading of its own and no other award."""
    first = rows[0]
    events = _union(row["events"] for row in rows)
    actions = _union(row["actions"] for row in rows)
    shared, conditions = demanded(rows, words, headings, defined)
    return {
        "id": f"{first['article']}#{first['award']}",
        "article": first["article"],
        "span": first["sentence"] or [min(r["span"][0] for r in rows), max(r["span"][1] for r in rows)],
        "item": first["article"],
        "title": title(rows, events, headings, alone=alone),
        "mode": "documents",
        "attest": None,
        "publication": "open",
        "recipients": _recipients(first, defined),
        "trigger": {"events": events, "actions": actions or None} if events else None,
        "window": dict(window),
        "conditions": conditions,
        "amount": amount(rows, bool(events), shared, words),
        "paid": _paid(first, events, shared),
        "paid_why": "按文本拟定，待人工确认",
        "caps": own_caps(rows, bool(events), words),
        "refusals": [],
        "readings": [],
    }


def _paid(row: Row, events: Sequence[str], demanded: Sequence[Row]) -> str:
    """How often an award is paid: every year; of events for the first alone (首次认定, a title that one is given), else for each."""
    if row["frequency"] == "annual":
        return "per_year"
    first = all(map(is_title, events)) or any(is_first(each) for each in demanded)
    return "once" if events and first else "each"


def _ask(rules: Sequence[Row], words: Words) -> None:
    """What sums are reckoned from is asked by the award's title; of what is paid to persons, and to no unit, so that one may answer."""
    of_persons, of_units = set[str](), set[str]()
    for rule in rules:
        read = {name for name in _texts(rule["amount"]) if name in words.facts}
        (of_persons if rule["recipients"].get("note") == TO_PERSONS else of_units).update(read)
        for name in read:
            words.ask_of(name, rule["article"], rule["title"])
    words.ask_persons(name for name in words.facts if name in of_persons - of_units)


def _texts(here: Any) -> Iterator[str]:
    if isinstance(here, str):
        yield here
    for each in here.values() if isinstance(here, dict) else here if isinstance(here, list) else ():
        yield from _texts(each)


def _union(lists: Iterable[Iterable[str]]) -> list[str]:
    return list(dict.fromkeys(item for items in lists for item in items))


def _recipients(row: Row, defined: Sequence[Row]) -> Entry:
    """The kinds of units that may be paid; of an award to persons the note says that units only stand for them."""
    named = [kind for word, kinds in _RECIPIENT_KINDS.items() if word in (row["recipient"] or "") for kind in kinds]
    kinds = list(dict.fromkeys(named)) or ["enterprise", "institute", "university", "park", "other"]
    return {"kinds": kinds, "otherwise": "no", **({"note": TO_PERSONS} if to_persons(row, defined) else {})}
