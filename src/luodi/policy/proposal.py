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

from luodi.policy.proposal_payment import lay_payment
from luodi.quantities.money import find_money

Row = Mapping[str, Any]
Entry = dict[str, Any]
_LONGEST = 20  # characters of a phrase that a facts-only pack may carry
_FEW = 5  # characters of a heading that still say something
_BY_AUTHORITY = re.compile(
    r"经[^,。;]{0,20}(?:认定|评定|批准|核准|认可|同意|审核|审定|考核|评审|评估|验收|确认|备案)|(?:考核|评价|评审|评估|绩效|验收)[^,。;]{0,6}(?:合格|优秀|良好|通过)|失信|违法|处罚|事故"
)
"""Conditions that an authority can tell and not the unit itself."""
_ELSEWHERE = "同一事项已获其他财政资金"
_BY_INCREASE = {"ambiguity": None, "when": None, "strict": "difference", "generous": "difference", "per": ["kind"]}
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
    paying = [row for row in benefits if not _is_group_cap(row)]
    keyed = sorted(paying, key=lambda row: (benefits.index(_first_of(row["article"], benefits)), row["award"]))
    groups = [list(rows) for _, rows in groupby(keyed, key=lambda row: (row["article"], row["award"]))]
    words = _Words()
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
            for kind in ("benefits", "stackings", "payments", "deadlines")
        }
        _cap_groups(own, [row for row in said["benefits"] if _is_group_cap(row)])
        _stack(own, said["stackings"], words)
        lay_payment(own, said)
    return {"vocabulary": {"events": _events(groups), "facts": list(words.facts.values())}, "rules": rules}


def paper_of(article: str, papers: Collection[str]) -> str | None:
    """Which of a notice's papers an address lies in; None for the cover letter and where there is one paper."""
    root = article.partition(".")[0]
    return root if root in papers else None


def _first_of(article: str, benefits: Sequence[Row]) -> Row:
    return next(row for row in benefits if row["article"] == article)


def _is_group_cap(row: Row) -> bool:
    """A ceiling over several awards (同一企业年度累计不超过…): no award of its own."""
    return row["kind"] == "capped" and row["selector"] in _GROUP_CAPS


def _cap_groups(rules: Sequence[Entry], caps: Sequence[Row]) -> None:
    """A ceiling binds the awards of its own article, or all where its article has none."""
    for row in caps:
        own = [rule for rule in rules if rule["article"] == row["article"]]
        bound = [rule for rule in own or rules if "case" not in rule["amount"]]
        if bound and row["cap"]:
            yearly = row["frequency"] == "annual" or row["selector"] == "年度"
            ids = [rule["id"] for rule in bound]
            bound[0]["caps"].append({"per": "year" if yearly else "unit", "fen": row["cap"], "rules": ids})


def _stack(rules: Sequence[Entry], stackings: Sequence[Row], words: _Words) -> None:
    """Lay the text's rules of stacking over the awards that they speak of.

    就高 and 补差 of an article count repeated events of one kind by what they add; a rule of the whole paper asks what was
    received for the same matter elsewhere, and shows it.
    """
    for row in stackings:
        if row["rule"] == "cumulative":
            continue
        note = _short(row["text"])
        for rule in rules:
            if "case" in rule["amount"]:
                continue
            if row["scope"] == "document":
                rule.setdefault("elsewhere", {"fact": words.money(_ELSEWHERE), "note": note})
            elif rule["article"] == row["article"] and rule["trigger"] and row["rule"] != "exclusive":
                rule["readings"].append(_BY_INCREASE | {"note": note})


class _Words:
    """The facts that proposed rules read, each registered once with its type, unit and question."""

    def __init__(self) -> None:
        self.facts: dict[str, Entry] = {}
        self.wordings: dict[str, list[str]] = {}

    def money(self, name: str) -> str:
        return self._add(name, "money", "元", f"{name}是多少元？")

    def count(self, name: str, unit: str) -> str:
        return self._add(name, "integer", unit, f"{name}是多少（{unit}）？")

    def number(self, name: str, unit: str) -> str:
        return self._add(name, "number", unit, f"{name}是多少（{unit}）？")

    def date(self, name: str) -> str:
        return self._add(name, "date", None, f"{name}是哪一天？")

    def boolean(self, text: str) -> str:
        """One fact for each wording: what two long wordings begin with alike does not make them one."""
        name = _short(text)
        alike = self.wordings.setdefault(name, [])
        if text not in alike:
            alike.append(text)
        at = alike.index(text)
        name = f"{name[: _LONGEST - 3]}（{at + 1}）" if at else name
        return self._add(name, "boolean", None, f"是否符合“{name}”？", [(True, "是"), (False, "否")])

    def code(self, name: str, options: Sequence[str], *, open_: bool = False) -> str:
        """``open_``: the options are only what the text names (a place, a grade), others occur too."""
        added = self._add(name, "code", None, f"{name}是哪一档？", [(each, each) for each in options])
        if open_:
            self.facts[added]["open"] = True
        return added

    def _add(
        self, name: str, type_: str, unit: str | None, question: str, options: Sequence[tuple[Any, str]] = ()
    ) -> str:
        if name in self.facts and self.facts[name]["type"] != type_:  # one phrase, read in two ways
            name = f"{name[: _LONGEST - 6]}（{unit or '是否'}）"
        entry = self.facts.setdefault(name, {
            "id": name, "words": [name], "type": type_, "unit": unit, "sensitivity": "internal", "evidence": "document",
            "question": question, "options": [{"value": value, "label": label} for value, label in options],
            "register": False,
        })  # fmt: skip
        known = [option["value"] for option in entry["options"]]
        entry["options"] += [{"value": value, "label": label} for value, label in options if value not in known]
        return str(entry["id"])


def _window(sections: Mapping[str, Any], article: str, papers: Collection[str]) -> Entry:
    """The time in force that the article's own paper states, and what it leaves to the notice."""
    paper, whole = paper_of(article, papers), sections["validity"] or {}
    own = [row for row in sections.get("paper_validities", ()) if paper and paper_of(row["article"], papers) == paper]
    stated = {**whole, **{name: value for row in own[:1] for name, value in row.items() if value is not None}}
    return {"from": stated.get("effective_from"), "to": stated.get("effective_to")}


def _rule(
    rows: Sequence[Row], window: Entry, words: _Words, headings: Mapping[str, str | None], *, alone: bool
) -> Entry:
    """The rule of one award; ``alone``: the article has no other."""
    first = rows[0]
    events = _union(row["events"] for row in rows)
    actions = _union(row["actions"] for row in rows)
    shared = [each for each in first["conditions"] if all(_holds_in(each, row) for row in rows)]
    if first["kind"] == "per_unit" and len(rows) == 1:
        counted = _counted(first)
        shared = [each for each in shared if each is not counted or not _names_counted(counted["text"], first["per"])]
    elif not events and len(rows) == 1:
        shared = [*shared, *_selected(first)]
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
        "amount": _amount(rows, bool(events), shared, words),
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


def _holds_in(condition: Row, row: Row) -> bool:
    """Whether a row states the same condition; the first row of a list often states what all share."""
    same = any(_is_same(condition, each) for each in row["conditions"])
    return same or not condition["fact"]


def _is_same(one: Row, other: Row) -> bool:
    return all(one[name] == other[name] for name in ("text", "fact", "op", "value"))


def _union(lists: Iterable[Iterable[str]]) -> list[str]:
    return list(dict.fromkeys(item for items in lists for item in items))


def _selected(row: Row) -> Iterator[Entry]:
    """What an award without event is for (儿童剧项目120万元), where no condition tells it: not every unit may have it."""
    selector = row["selector"]
    told = [each["text"] for each in row["conditions"]]
    if selector and _sum(selector) is None and not any(selector in text or text in selector for text in told):
        span = row["sentence"] or row["span"]
        yield {"text": selector, "span": span, "fact": None, "op": None, "value": None, "unit": None}


def _title(row: Row, events: Sequence[str], headings: Mapping[str, str | None], *, alone: bool) -> str:
    """The events, else the heading; what the sum is for where that tells several awards of an article apart."""
    heading, selector = headings.get(row["article"]), row["selector"] or ""
    if not events and selector and not (heading and alone):
        room = _LONGEST - 1 - len(selector)  # the heading gives way to what tells the awards apart
        words = f"{_short(heading, room)}：{selector}" if heading and room >= _FEW else selector
    else:
        words = "、".join(events) or heading or row["base"] or row["recipient"] or row["article"]
    return _short(words)


def _kinds(recipient: str | None) -> list[str]:
    named = [kind for word, kinds in _RECIPIENT_KINDS.items() if word in (recipient or "") for kind in kinds]
    return list(dict.fromkeys(named)) or ["enterprise", "institute", "university", "park", "other"]


def _condition(condition: Row, article: str, k: int, words: _Words) -> Entry:
    """A condition that names a fact with a comparison is computed; any other waits for somebody's word."""
    test = _compared(condition, words)
    return {
        "id": f"c{k}",
        "text": condition["text"],
        "article": article,
        "span": condition["span"],
        "implied": False,
        "mode": "compute"
        if test and not isinstance(condition["value"], bool)
        else "attest"
        if _BY_AUTHORITY.search(condition["text"])
        else "ask",
        "test": test or {"fact": words.boolean(condition["text"]), "op": "=", "value": True},
    }


def _compared(condition: Row, words: _Words) -> Entry | None:
    """The test of a condition with a number: money in fen, a date, a place or grade, any other number in its unit."""
    name, value, unit = condition["fact"], condition["value"], condition["unit"]
    if not name or not condition["op"]:
        return None
    if isinstance(value, bool):
        return {"fact": words.boolean(name), "op": "=", "value": value}
    if unit is None:
        return {"fact": words.code(_short(name), [str(value)], open_=True), "op": "=", "value": value}
    if unit == "日":
        return {"fact": words.date(_short(name)), "op": condition["op"], "value": value}
    if unit == "fen":
        fact = words.money(_short(name)) if isinstance(value, int) else None
    else:
        fact = words.number(_short(name), unit)
    return {"fact": fact, "op": condition["op"], "value": value} if fact else None


def _short(text: str, longest: int = _LONGEST) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _amount(rows: Sequence[Row], triggered: bool, shared: Sequence[Row], words: _Words) -> Entry:
    """One row is its own amount; grades of an event are a list; any other rows are cases, the first that holds."""
    first = rows[0]
    if len(rows) == 1 and not (triggered and first["kind"] == "fixed" and _grades(rows)):
        return _single(first, words)
    if triggered and _one_event_each(rows):
        return {"choose": [
            {"when": {"fact": "event.kind", "op": "=", "value": row["events"][0]}, "amount": _single(row, words)}
            for row in rows
        ]}  # fmt: skip
    if triggered and all(row["kind"] == "fixed" for row in rows):
        return {"by_grade": {_grade(row, k): {"fen": row["amount"], "span": row["span"]} for k, row in enumerate(rows)}}
    steps = _thresholds(rows, words)
    if steps is not None:
        return {"choose": steps}
    tests = [_case_test(row, shared, words) for row in rows]
    if None in tests or len({repr(test) for test in tests}) < len(tests):
        options = [_grade(row, k) for k, row in enumerate(rows)]
        name = words.code(_short(f"{first['article']}适用档次"), options)
        tests = [{"fact": name, "op": "=", "value": option} for option in options]
    return {"choose": [
        {"when": test, "amount": _single(row, words)} for test, row in zip(tests, rows, strict=True)
    ]}  # fmt: skip


def _one_event_each(rows: Sequence[Row]) -> bool:
    """Whether each row is told by an event of its own (甲证书、乙证书分别给予): then the event is the selector."""
    named = [tuple(row["events"]) for row in rows]
    return len(rows) > 1 and all(len(events) == 1 for events in named) and len(set(named)) == len(named)


def _grades(rows: Sequence[Row]) -> list[str]:
    """The grades that the rows of a triggered award pay; none where a selector only repeats the event."""
    if _one_event_each(rows):
        return []
    alone = len(rows) == 1
    return [
        _grade(row, k)
        for k, row in enumerate(rows)
        if not alone or (row["selector"] and not any(word in row["selector"] for word in row["events"]))
    ]


def _thresholds(rows: Sequence[Row], words: _Words) -> list[Entry] | None:
    """Rows whose selectors are themselves sums of one fact (首次突破10亿元、50亿元): the highest reached pays."""
    facts = {each["fact"] for row in rows for each in row["conditions"] if each["fact"] and each["unit"] == "fen"}
    sums = [_sum(row["selector"]) for row in rows]
    if len(facts) != 1 or None in sums or len(rows) < 2:
        return None
    name = words.money(facts.pop())
    ordered = sorted(zip(sums, rows, strict=True), key=lambda pair: -(pair[0] or 0))
    return [{"when": {"fact": name, "op": ">=", "value": fen}, "amount": _single(row, words)} for fen, row in ordered]


def _sum(selector: str | None) -> int | None:
    found = find_money(selector or "")
    return found[0].fen if len(found) == 1 and len(selector or "") == found[0].end - found[0].start else None


def _case_test(row: Row, shared: Sequence[Row], words: _Words) -> Entry | None:
    own = [each for each in row["conditions"] if not any(_is_same(each, one) for one in shared)]
    tests = [test for each in own if (test := _compared(each, words))]
    if not tests:
        return None
    return tests[0] if len(tests) == 1 else {"all": tests}


def _grade(row: Row, k: int) -> str:
    return row["selector"] or f"第{k + 1}档"


_COUNTED_NOUNS = {
    "人": "人|生|员|士|才",
    "名": "人|生|员|士|才",
    "家": "企业|机构|单位|店|基地",
    "项": "项目|产品|标准|专利",
    "件": "专利|产品|商标",
    "台": "设备|机器人|车",
}


def _names_counted(words: str, per: str | None) -> bool:
    """Whether a condition is what is counted (企业引进的博士研究生, 每人) and not what the applicant must be."""
    nouns = _COUNTED_NOUNS.get((per or "")[-1:])
    return nouns is not None and re.search(rf"(?:{nouns})\Z", words) is not None


def _counted(row: Row) -> Row | None:
    """The condition that names what a per-unit sum counts (企业全职引进的博士研究生, 每人)."""
    start, end = row["sentence"] or row["span"]
    return next((each for each in row["conditions"] if not each["fact"] and start <= each["span"][0] < end), None)


def _single(row: Row, words: _Words) -> Entry:
    span = row["span"]
    match row["kind"]:
        case "case":
            return {"case": True}
        case "fixed":
            return {"fixed": {"fen": row["amount"], "span": span}}
        case "rate" | "interest" if row["rate"] is not None:
            base = words.money(_short(row["base"] or f"{row['article']}补助基数"))
            return {"rate": {"rate": row["rate"], "base": base, "cap": row["cap"], "floor": row["floor"], "span": span}}
        case "per_unit":
            counted = _counted(row)
            name = counted["text"] if counted else row["selector"] or f"{row['article']}计数"
            count = words.count(_short(f"{name}（{row['per'] or '个'}）"), row["per"] or "个")
            return {"per_unit": {"count": count, "fen": row["amount"], "cap": row["cap"], "span": span}}
        case "range":
            return {"range": {"floor": row["floor"], "cap": row["cap"], "span": span}}
    return {"capped": {"cap": row["cap"], "span": span}}


def _events(groups: Sequence[Sequence[Row]]) -> list[Entry]:
    """One entry for each event noun, with the grades and actions of every row that names it."""
    found: dict[str, Entry] = {}
    for rows in groups:
        grades = _grades(rows)
        for row in rows:
            for word in row["events"]:
                entry = found.setdefault(word, _event(word))
                _extend(entry["grades"], grades, {"from": None, "to": None})
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
