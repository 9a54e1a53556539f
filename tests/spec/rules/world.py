"""A small world for rule examples: one rule with defaults, one unit; both engines must answer alike."""

import datetime as dt

import pyarrow as pa

from luodi.entitlement.explain import explain
from luodi.entitlement.loading import load_rules
from luodi.entitlement.population import evaluate
from luodi.entitlement.unit import read_unit

AS_OF = dt.date(2021, 6, 30)
YUAN = 100
WAN = 1_000_000

FACTS = [
    {"id": "营业收入", "words": ["营业收入"], "type": "money", "unit": "万元", "question": "营业收入是多少万元？"},
    {"id": "研发费用", "words": ["研发费用"], "type": "money", "unit": "元", "question": "研发费用是多少元？"},
    {"id": "人数", "words": ["从业人数"], "type": "integer", "unit": "人", "question": "有多少人？"},
    {"id": "成立日期", "words": ["成立日期"], "type": "date", "unit": None, "question": "哪天成立？"},
    {"id": "本市", "words": ["在本市"], "type": "boolean", "unit": None, "question": "是否在本市？"},
    {"id": "行业", "words": ["行业"], "type": "code", "unit": None, "question": "什么行业？"},
    {"id": "标签", "words": ["标签"], "type": "codes", "unit": None, "question": "有哪些标签？"},
    {"id": "比值", "words": ["比值"], "type": "number", "unit": "%", "question": "比值是多少？"},
]
EVENTS = [
    {
        "id": "奖项",
        "words": ["奖项"],
        "aliases": [{"word": "旧奖", "from": None, "to": "2019-12-31"}],
        "grades": [
            {"id": "一等", "words": ["一等奖"]},
            {"id": "二等", "words": []},
            {"id": "三等", "words": [], "to": "2020-12-31"},
        ],
        "actions": [{"id": "新办", "words": ["首次"]}, {"id": "变更", "words": []}],
        "evidence": "public_list",
    },
    {"id": "相似奖", "words": ["相似奖"], "grades": [], "actions": [], "evidence": "public_list"},
    {"id": "资质", "words": ["资质"], "grades": [], "actions": [], "evidence": "attested"},
]
AMBIGUITY = {
    "id": "Q1",
    "question": "怎样计发？",
    "options": [
        {"id": "open", "label": "待定"},
        {"id": "strict", "label": "从严"},
        {"id": "generous", "label": "从宽"},
    ],
    "default": "open",
    "answer": None,
}
GRADES = {"一等": {"fen": 100 * WAN, "span": [5, 8]}, "二等": {"fen": 40 * WAN, "span": [9, 12]}}
_TYPES = {
    "money": pa.int64(),
    "integer": pa.int64(),
    "date": pa.date32(),
    "boolean": pa.bool_(),
    "number": pa.float64(),
}


def rule(**changes):
    """A rule that pays 10万元 to everyone, with changes."""
    base = {
        "id": "R1",
        "article": "一",
        "item": "一",
        "title": "规则",
        "recipients": {"kinds": ["enterprise", "institute", "university", "park", "other"], "otherwise": "no"},
        "trigger": None,
        "window": {"from": "2019-01-01", "to": "2020-12-31"},
        "conditions": [],
        "amount": {"fixed": {"fen": 10 * WAN, "span": None}},
        "paid": "each",
        "paid_why": "逐项一笔",
        "refusals": [],
        "readings": [],
    }
    return base | changes


def on(*kinds, **more):
    return {"events": list(kinds), "actions": None, **more}


def prize(**changes):
    """A rule that pays by the grade of a prize."""
    return rule(**({"trigger": on("奖项"), "amount": {"by_grade": GRADES}} | changes))


def condition(test, **more):
    return {
        "id": "c",
        "text": "条件",
        "article": None,
        "span": None,
        "implied": False,
        "mode": "compute",
        "test": test,
        **more,
    }


def pack(*rules, ambiguity=None):
    return {
        "id": "example",
        "version": 1,
        "title": "示例",
        "facts": {"validity": {"effective_from": "2019-01-01", "effective_to": "2020-12-31"}},
        "vocabulary": {"events": EVENTS, "facts": FACTS},
        "rules": list(rules),
        "ambiguities": [AMBIGUITY | (ambiguity or {})],
    }


def event(grade=None, date="2020-03-01", kind="奖项", **more):
    return {"kind": kind, "grade": grade, "date": date, **more}


def judged(rules, facts=None, events=(), kind="enterprise", as_of=AS_OF, paid=None):
    """The determination of one unit, after making sure that the population says the same."""
    loaded = load_rules(rules if isinstance(rules, dict) else pack(*rules))
    unit = {
        "id": "甲",
        "kind": kind,
        "facts": {k: {"value": v} for k, v in (facts or {}).items()},
        "events": list(events),
        "paid": paid,
    }
    found = explain(loaded, unit, as_of)
    known = read_unit(unit, loaded).values
    filled = {name: loaded.words.facts[name].shown(known.get(name)) for name in loaded.words.paid} | (facts or {})
    rows = evaluate(loaded, units_table(loaded, filled, kind), events_table(events), as_of).to_pylist()
    said = {row["rule"]: (row["group"], row["verdict"], row["sure_fen"], row["upto_fen"]) for row in rows}
    assert said == {
        each.rule: (each.group, each.verdict, each.sure_fen, each.upto_fen) for each in found.rules if each.touched
    }
    return found


def result(rules, *args, **more):
    return judged([rules] if "amount" in rules else rules, *args, **more).rules[0]


def sums(rules, *args, **more):
    """Group, sure and possible sum in fen of the first rule."""
    found = result(rules, *args, **more)
    return found.group, found.sure_fen, found.upto_fen


def units_table(rules, facts, kind):
    columns = {"unit_id": pa.array(["甲"]), "kind": pa.array([kind], pa.string())}
    for fact in rules.words.facts.values():
        if fact.type == "codes":
            column = pa.array([facts.get(fact.id)], pa.list_(pa.string()))
        else:
            value = facts.get(fact.id)
            day = dt.date.fromisoformat(value) if fact.type == "date" and value else value
            column = pa.array([day]).cast(_TYPES.get(fact.type, pa.string()))
        columns[fact.id] = column
    return pa.table(columns)


def events_table(events):
    names = (
        "id",
        "kind",
        "grade",
        "action",
        "evidence",
        "issuer",
        "number_digest",
        "prize",
        "person",
        "date",
        "paper_date",
        "rank",
    )
    columns = {"unit_id": pa.array(["甲"] * len(events), pa.string())}
    for name in names:
        given = [each.get(name) for each in events]
        days = [dt.date.fromisoformat(each) if each else None for each in given] if "date" in name else given
        columns[name] = pa.array(days, pa.date32() if "date" in name else pa.int64() if name == "rank" else pa.string())
    return pa.table(columns)
