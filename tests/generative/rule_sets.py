"""Random rule sets, units and events for the agreement test: small worlds full of nulls, edges, ties and extremes."""

import datetime as dt

import pyarrow as pa
from hypothesis import assume
from hypothesis import strategies as st

from luodi.entitlement.loading import load_rules
from luodi.errors import ContentError

START, END, AS_OF = dt.date(2019, 1, 14), dt.date(2021, 12, 31), dt.date(2022, 6, 30)
EDGES = [START - dt.timedelta(1), START, START + dt.timedelta(1), END - dt.timedelta(1), END, END + dt.timedelta(1)]
KINDS = ("k1", "k2", "k3")
GRADES = ("g1", "g2", "g3")
ACTIONS = ("新办", "续办", "变更")
UNIT_KINDS = ("enterprise", "institute", "university", "park", "other")
NUMBERS = ("n1", "n2")
SUMS = st.sampled_from([0, 1, 7, 10_000, 30_000_000, 50_000_000, 10**13])
RATES = st.sampled_from([[1, 10], [1, 3], [5, 1000], [1, 1], [2, 1], [7, 9]])
AMOUNTS_OF_FACTS = st.one_of(st.none(), st.sampled_from([0, 1, 99, 100, 101, 999_999, 10**13]), st.integers(0, 10**9))
DAYS = st.one_of(st.none(), st.sampled_from(EDGES), st.dates(dt.date(2018, 1, 1), dt.date(2023, 1, 1)))
UNITS = pa.schema(
    [("unit_id", pa.string()), ("kind", pa.string()), ("legal_person", pa.string()), ("m1", pa.int64())]
    + [("m2", pa.int64()), ("n1", pa.int32()), ("r1", pa.decimal128(12, 4)), ("d1", pa.date32()), ("b1", pa.bool_())]
    + [("c1", pa.string()), ("cs", pa.list_(pa.string())), ("x1", pa.int64())]
)
EVENTS = pa.schema(
    [(name, pa.string()) for name in ("unit_id", "id", "kind", "grade", "action", "evidence", "issuer")]
    + [(name, pa.string()) for name in ("number_digest", "prize", "person")]
    + [("date", pa.date32()), ("paper_date", pa.date32()), ("rank", pa.int8()), ("ok", pa.bool_()), ("got", pa.int64())]
)


def maybe(strategy):
    return st.one_of(st.none(), strategy)


def mostly(draw, usual, strategy, of_ten=7):
    """The usual value in some of ten draws, so that sums do come about; else anything."""
    return usual if draw(st.integers(0, 9)) < of_ten else draw(strategy)


@st.composite
def packs(draw, *, events=True):
    """A rule set; without ``events`` its rules read the unit alone, and in most nothing but groups and caps is between them."""
    ambiguities = [ambiguity(draw, name) for name in ("A1", "A2", "A3")]
    count = draw(st.integers(1, 4))
    plain = events and draw(st.integers(0, 3)) == 0
    rules = [graded(draw, at, count) if plain else rule(draw, at, count, events) for at in range(count)]
    if not events and draw(st.integers(0, 3)):
        rules = [each | {"readings": [], "elsewhere": None} for each in rules]
        rules = [each | {"exclusive": draw(st.sampled_from(["X", "X", None]))} for each in rules]
    pack = {
        "id": "random",
        "version": 1,
        "title": "随机",
        "facts": {"validity": {"effective_from": START.isoformat(), "effective_to": END.isoformat()}},
        "vocabulary": vocabulary(draw),
        "rules": rules,
        "ambiguities": ambiguities,
    }
    assume(provable(pack))
    return pack


def provable(pack):
    """Whether the sums stay within 128 bits; packs beyond are refused when loaded, which has a test of its own."""
    try:
        load_rules(pack)
    except ContentError as refusal:
        if "128 位" not in str(refusal):
            raise
        return False
    return True


def vocabulary(draw):
    evidence = st.sampled_from(["public_list", "document", "attested", "offline"])
    stop = draw(st.sampled_from([None, "2020-06-30"]))
    return {
        "events": [
            {
                "id": kind,
                "words": [kind, f"{kind}词"],
                "aliases": [{"word": f"{kind}旧称", "from": None, "to": "2020-01-01"}],
                "grades": [
                    {"id": g, "words": [g, f"{g}词"], "from": None, "to": stop if g == "g3" else None} for g in GRADES
                ],
                "actions": [{"id": action, "words": [action]} for action in ACTIONS],
                "evidence": mostly(draw, "public_list", evidence),
                "attributes": [
                    {"id": "ok", "words": ["核验"], "type": "boolean", "question": "核验了吗？"},
                    {"id": "got", "words": ["已领"], "type": "money", "unit": "分", "question": "已领多少？"},
                ],
            }
            for kind in KINDS
        ],
        "facts": [
            {"id": "m1", "words": ["金额一"], "type": "money", "unit": draw(st.sampled_from(["分", "元", "万元"]))},
            {"id": "m2", "words": ["金额二"], "type": "money", "unit": "分"},
            {"id": "x1", "words": ["已得"], "type": "money", "unit": "元"},
            {"id": "n1", "words": ["人数"], "type": "integer", "unit": "人"},
            {"id": "r1", "words": ["比值"], "type": "number", "unit": None},
            {"id": "d1", "words": ["成立"], "type": "date", "unit": None},
            {"id": "b1", "words": ["本市"], "type": "boolean", "unit": None},
            {"id": "c1", "words": ["行业"], "type": "code", "unit": None},
            {"id": "cs", "words": ["标签"], "type": "codes", "unit": None},
        ],
        "parameters": [
            {"id": "p1", "words": ["参数"], "type": "money", "unit": "分", "values": editions(draw, "value", 100, 101)}
        ],
        "lists": [{"id": "l1", "words": ["目录"], "values": editions(draw, "codes", ["C1"], ["C1", "C'2"])}],
    }


def editions(draw, name, first, second):
    """Two editions, before and after a day in the window; the later may end before the day of calculation."""
    end = draw(st.sampled_from([None, "2021-12-31", "2030-12-31"]))
    start = draw(st.sampled_from([None, "2019-06-01"]))
    return [
        {"from": start, "to": "2020-06-30", name: first, "source": "甲"},
        {"from": "2020-07-01", "to": end, name: second, "source": "乙"},
    ]


def ambiguity(draw, name):
    option = draw(st.sampled_from(["open", "strict", "generous"]))
    answer = {
        "option": option,
        "paper": "答复",
        "from": draw(st.sampled_from([None, "2020-06-30", "2023-01-01"])),
        "retroactive": draw(st.booleans()),
    }
    options = [{"id": each, "label": each} for each in ("open", "strict", "generous")]
    return {
        "id": name,
        "question": f"{name}？",
        "options": options,
        "default": "open",
        "answer": draw(maybe(st.just(answer))),
    }


@st.composite
def tests(draw, on_event, depth=2):
    if depth and draw(st.integers(0, 3)) == 0:
        inner = tests(on_event, depth - 1)
        if draw(st.booleans()):
            return {draw(st.sampled_from(["all", "any"])): draw(st.lists(inner, min_size=1, max_size=2))}
        return {"not": draw(inner)}
    order = st.sampled_from([">=", "<=", ">", "<", "=", "!="])
    same = st.sampled_from(["=", "!="])
    leaves = [
        st.fixed_dictionaries(
            {"fact": st.sampled_from(["m1", "m2"]), "op": order, "value": st.sampled_from([0, 100, 1_000_000])}
        ),
        st.fixed_dictionaries({"fact": st.just("n1"), "op": order, "value": st.integers(0, 5)}),
        st.fixed_dictionaries({"fact": st.just("r1"), "op": order, "value": st.sampled_from([0.1, 1, "0.3333"])}),
        st.fixed_dictionaries({"fact": st.just("d1"), "op": order, "value": st.just("2020-01-01")}),
        st.fixed_dictionaries({"fact": st.just("b1"), "op": same, "value": st.booleans()}),
        st.fixed_dictionaries(
            {"fact": st.just("c1"), "op": st.sampled_from(["in", "not_in"]), "value": st.just(["C1", "C'2"])}
        ),
        st.fixed_dictionaries({"fact": st.just("cs"), "op": same, "value": st.just("t1")}),
        st.fixed_dictionaries(
            {"fact": st.just("cs"), "op": st.sampled_from(["in", "not_in"]), "value": st.just(["t1", "t2"])}
        ),
        st.fixed_dictionaries(
            {
                "fact": st.just("m1"),
                "op": order,
                "value": st.fixed_dictionaries({"fact": st.just("m2"), "times": RATES}),
            }
        ),
        st.fixed_dictionaries({"fact": st.just("m1"), "op": order, "value": st.just({"param": "p1", "times": [3, 1]})}),
        st.fixed_dictionaries(
            {"fact": st.just("c1"), "op": st.sampled_from(["in", "not_in"]), "value": st.just({"list": "l1"})}
        ),
        st.fixed_dictionaries({"fact": st.just("unit.kind"), "op": same, "value": st.sampled_from(UNIT_KINDS)}),
    ]
    if on_event:
        leaves += [
            st.fixed_dictionaries({"fact": st.just("event.rank"), "op": order, "value": st.integers(1, 3)}),
            st.fixed_dictionaries({"fact": st.just("event.action"), "op": same, "value": st.sampled_from(ACTIONS)}),
            st.fixed_dictionaries(
                {"fact": st.just("event.grade"), "op": st.just("in"), "value": st.just(["g1", "g2"])}
            ),
            st.fixed_dictionaries({"fact": st.just("event.ok"), "op": same, "value": st.booleans()}),
            st.fixed_dictionaries({"fact": st.just("event.date"), "op": order, "value": st.just({"fact": "d1"})}),
        ]
    return draw(st.one_of(leaves))


@st.composite
def terms(draw):
    fact = draw(st.sampled_from(["m1", "m2"]))
    share = {"fact": fact, "times": draw(RATES), "rounding_fen": draw(st.sampled_from([1, 100]))}
    inner = [fact, share, {"minus": [fact, "m2"]}, {"minus": [share, fact]}, {"minus": ["m1", 2]}]
    one, other = draw(st.sampled_from(inner)), draw(st.sampled_from(inner))
    made = [
        {draw(st.sampled_from(["plus", "least", "most"])): [one, other]},
        {"product": ["n1", draw(st.sampled_from(["m1", 3, {"param": "p1"}]))]},
        {"of": one, "times": draw(RATES), "rounding_fen": draw(st.sampled_from([1, 1000]))},
        {"param": "p1"},
        {"minus": [one, {"param": "p1"}]},
    ]
    return draw(st.sampled_from([*inner, *made, "n1", {"minus": ["n1", 2]}]))


@st.composite
def amounts(draw, on_event, depth=1):
    span = None
    choices = ["fixed", "rate", "tiers", "per_unit", "steps", "capped", "range"] + ["by_grade"] * (3 if on_event else 0)
    kind = draw(st.sampled_from(choices + (["choose", "sum", "less"] if depth else [])))
    rounding = {
        "rounding_fen": draw(st.sampled_from([1, 100])),
        "rounding": draw(st.sampled_from(["down", "half", "up"])),
    }
    cap = draw(maybe(st.sampled_from([0, 5_000, 10**12])))
    if kind == "by_grade":
        return {"by_grade": {g: {"fen": draw(SUMS), "span": span} for g in draw(st.sampled_from([GRADES, GRADES[:2]]))}}
    if kind == "fixed":
        return {"fixed": {"fen": draw(SUMS), "span": span}}
    if kind == "rate":
        floor = draw(st.sampled_from([None, 0])) if cap is not None else draw(st.sampled_from([None, 777]))
        return {
            "rate": {"rate": draw(RATES), "base": draw(terms()), "cap": cap, "floor": floor},
            **rounding,
        }
    if kind == "per_unit":
        return {
            "per_unit": {"count": draw(st.sampled_from(["n1", {"minus": ["n1", 2]}])), "fen": draw(SUMS), "cap": cap}
        }
    if kind == "steps":
        every = draw(st.sampled_from([1, 3, 100]))
        return {
            "steps": {
                "base": draw(terms()),
                "from": draw(st.sampled_from([0, 2, 100])),
                "every": every,
                "fen": 7,
                "cap": cap,
            }
        }
    if kind == "sum":
        parts = draw(st.lists(amounts(on_event, depth - 1), min_size=1, max_size=2))
        return {"sum": {"parts": parts, "cap": cap, "at_most": draw(maybe(limits_of_facts(on_event)))}}
    if kind == "less":
        received = draw(st.sampled_from(["m1", "event.got", {"plus": ["m1", 1]}] if on_event else ["m1", "m2"]))
        return {"less": {"amount": draw(amounts(on_event, depth - 1)), "received": received}}
    if kind == "tiers" and draw(st.booleans()):
        steps = [
            {"from": None, "to": 100, "rate": draw(RATES)},
            {"from": 100, "to": 10**6, "rate": draw(RATES), "cap": cap},
        ]
        tiers = [*steps, {"from": 10**6, "to": None, "rate": draw(RATES), "cap": 10**12}]
        return {"tiers": {"base": draw(terms()), "marginal": True, "tiers": tiers}, **rounding}
    if kind == "capped":
        return {"capped": {"cap": draw(SUMS), "span": span}}
    if kind == "range":
        return {"range": {"floor": 1_000, "cap": draw(st.sampled_from([None, 1_000, 9_000_000])), "span": span}}
    if kind == "choose":
        return {
            "choose": [
                {"when": draw(tests(on_event)), "amount": draw(amounts(on_event, depth - 1))}
                for _ in range(draw(st.integers(1, 3)))
            ]
        }
    tiers = [
        {"from": draw(st.sampled_from([None, 0])), "to": 1_000, "fen": draw(SUMS)},
        {"from": 1_000, "to": 10**6, "rate": draw(RATES), "cap": cap},
    ]
    tiers.append({"from": 10**6, "to": draw(maybe(st.just(10**12))), "cap": draw(SUMS)})
    return {"tiers": {"base": draw(terms()), "tiers": tiers}, **rounding}


def rule(draw, at, count, events=True):
    on_event = events and draw(st.integers(0, 4)) > 0
    kinds = mostly(draw, ["k1"], st.lists(st.sampled_from(KINDS), min_size=1, max_size=2, unique=True), 5)
    trigger = {
        "events": kinds,
        "actions": mostly(draw, None, st.just(list(ACTIONS[:2])), 5),
        "requires": mostly(draw, [], st.sampled_from([["rank"], ["ok"], ["person"], ["person", "ok"]]), 5),
    }
    required = trigger["requires"]
    refusals = [
        {"id": "f1", "match": {"event": ["k3"]}, "reason": "相似"},
        {"id": "f2", "match": {"action": ["变更"]}, "reason": "变更"},
    ]
    refusals.append({"id": "f3", "match": {"event": kinds[:1], "grade": ["g2"]}, "reason": "等级"})
    return {
        "id": f"R{at}",
        "article": f"第{at + 1}条",
        "item": f"第{at + 1}条",
        "title": f"规则{at}",
        "recipients": {
            "kinds": mostly(draw, list(UNIT_KINDS), st.sampled_from([["enterprise"], ["park", "institute"]])),
            "otherwise": draw(st.sampled_from(["no", "A1"])),
        },
        "trigger": trigger if on_event else None,
        "window": draw(
            st.sampled_from(
                [
                    {"from": START.isoformat(), "to": END.isoformat()},
                    {"from": None, "to": None},
                    {"from": START.isoformat(), "to": None},
                ]
            )
        ),
        "conditions": [condition(draw, on_event, kinds, k) for k in range(mostly(draw, 0, st.integers(1, 2), 6))],
        "amount": draw(amounts(on_event)),
        "paid": draw(st.sampled_from(["each", "once", "per_year", "per_side"])),
        "paid_why": "随机",
        "refusals": mostly(draw, [], st.just(refusals), 8) if on_event else [],
        "readings": [reading(draw, on_event) for _ in range(draw(st.integers(0, 3)))],
        "limits": [limit(draw) for _ in range(draw(st.integers(0, 1)))] if on_event and "person" in required else [],
        "caps": [cap(draw, count) for _ in range(draw(st.integers(0, 2)))],
        "exclusive": draw(st.sampled_from([None, None, "X", "Y"])),
        "elsewhere": mostly(draw, None, elsewhere()),
    }


def limits_of_facts(on_event):
    """Caps that hang on facts: a share of a base, less what was received elsewhere."""
    shares = [{"fact": "m1", "times": [3, 10]}, {"minus": [{"fact": "m2", "times": [1, 3]}, "x1"]}, 5_000, "x1"]
    return st.sampled_from([*shares, *([{"minus": [40_000_000, "event.got"]}] if on_event else [])])


@st.composite
def elsewhere(draw):
    """Money from elsewhere, shown or deducted, at once or once the issuer has answered."""
    takes = draw(st.sampled_from(["shown", "difference", "highest", "none"]))
    named = {"ambiguity": draw(st.sampled_from(["A1", "A2"]))} if draw(st.booleans()) else {}
    return {"fact": draw(st.sampled_from(["x1", "x1", "m2"])), "takes": takes, **named}


def graded(draw, at, count):
    """A rule that pays by grade and little else, as most awards do."""
    found = rule(draw, at, count)
    kinds = draw(st.lists(st.sampled_from(KINDS), min_size=1, max_size=3, unique=True))
    table = {grade: {"fen": draw(SUMS), "span": None} for grade in draw(st.sampled_from([GRADES, GRADES[:2]]))}
    condition_ = {"id": "c", "text": "条件", "mode": "ask", "assume": False, "fails": "no", "events": None}
    test = {"fact": "event.rank", "op": "=", "value": 1}
    return found | {
        "trigger": {"events": kinds, "actions": None, "requires": []},
        "limits": [],
        "conditions": mostly(draw, [], st.just([condition_ | {"test": test}])),
        "amount": {"by_grade": table},
        "recipients": {"kinds": list(UNIT_KINDS), "otherwise": "no"},
        "paid": draw(st.sampled_from(["each", "once", "per_side"])),
        "readings": [],
        "refusals": mostly(
            draw, [], st.just([{"id": "f", "match": {"event": kinds[:1], "grade": ["g2"]}, "reason": "等级"}])
        ),
        "caps": [each for each in found["caps"] if each["per"] == "unit"],
        "elsewhere": mostly(draw, None, elsewhere(), 8),
    }


def condition(draw, on_event, kinds, number):
    return {
        "id": f"c{number}",
        "text": f"条件{number}",
        "mode": draw(st.sampled_from(["compute", "ask", "attest"])),
        "test": draw(st.one_of(tests(on_event), st.none())) if draw(st.integers(0, 5)) == 0 else draw(tests(on_event)),
        "assume": draw(st.integers(0, 3)) == 0,
        "fails": draw(st.sampled_from(["no", "no", "authority"])),
        "events": kinds[:1] if on_event and draw(st.booleans()) else None,
    }


def reading(draw, on_event):
    found = {
        "ambiguity": draw(st.sampled_from(["A1", "A2", "A3"])),
        "when": mostly(draw, None, tests(on_event), 3),
        "note": "口径",
        "assume": draw(st.integers(0, 3)) == 0,
        "needs": draw(st.sampled_from([None, "authority"])),
    }
    if draw(st.integers(0, 3)) == 0:
        strict, generous = draw(st.sampled_from([("none", "full"), ("none", "none"), ("full", "full")]))
        return {**found, "strict": strict, "generous": generous}
    keys = draw(
        st.lists(
            st.sampled_from(["kind", "grade", "action", "year", "issuer", "prize"]), min_size=1, max_size=2, unique=True
        )
    )
    return {
        **found,
        "strict": draw(st.sampled_from(["difference", "once"])),
        "generous": draw(st.sampled_from(["full", "once"])),
        "per": keys,
    }


def limit(draw):
    keys = draw(st.sampled_from([["person"], ["person", "year"], ["kind"], ["issuer", "prize"]]))
    return {"per": keys, "fen": draw(st.sampled_from([0, 1, 40_000_000]))}


def cap(draw, count):
    rules = draw(st.lists(st.sampled_from([f"R{k}" for k in range(count)]), min_size=1, max_size=count, unique=True))
    found = {
        "per": draw(st.sampled_from(["unit", "year", "total"])),
        "fen": draw(st.sampled_from([0, 1, 40_000_000, 10**14])),
        "rules": rules,
        "step": draw(st.integers(1, 2)),
    }
    if found["per"] == "total" or draw(st.integers(0, 2)):
        return found
    if found["per"] == "unit" and draw(st.booleans()):
        found["received"] = draw(st.sampled_from(["x1", {"plus": ["x1", "m2"]}, {"minus": ["m1", "m2"]}]))
    if draw(st.booleans()):
        found["at_most"] = draw(
            st.sampled_from([{"fact": "m1", "times": [3, 10]}, {"minus": ["m1", "m2"]}, {"param": "p1"}])
        )
        found.pop("fen") if draw(st.booleans()) else None
    return found


@st.composite
def populations(draw):
    ids = ["甲", "乙", "丙", "丁"][: mostly(draw, 2, st.integers(0, 4), 8)]
    units = [unit(draw, each, ids) for each in ids]
    heads = {each["unit_id"] for each in units if each["legal_person"] is None}
    for each in units:
        if each["legal_person"] not in heads or each["legal_person"] == each["unit_id"]:
            each["legal_person"] = None
    events = [event(draw, ids) for _ in range(mostly(draw, 4, st.integers(0, 7)))] if ids else []
    return units, events


def unit(draw, unit_id, ids):
    return {
        "unit_id": unit_id,
        "kind": mostly(draw, "enterprise", maybe(st.sampled_from(UNIT_KINDS))),
        "legal_person": mostly(draw, None, st.sampled_from(ids)),
        "m1": draw(st.sampled_from([None, 0, 1, 99, 100, 101, 12_345, 10**6, 10**9])),
        "m2": mostly(draw, 5_000, AMOUNTS_OF_FACTS, 4),
        "x1": draw(st.sampled_from([None, 0, 0, 1, 100, 99_999, 300_000, 10**9])),
        "n1": mostly(draw, 6, maybe(st.integers(-3, 8)), 4),
        "r1": draw(maybe(st.decimals(-2, 2, places=4))),
        "d1": draw(DAYS),
        "b1": mostly(draw, True, maybe(st.booleans())),
        "c1": draw(maybe(st.sampled_from(["C1", "C'2", "C3"]))),
        "cs": draw(maybe(st.lists(st.sampled_from(["t1", "t2", "t3"]), max_size=2))),
    }


def event(draw, ids):
    return {
        "unit_id": draw(st.sampled_from(ids)),
        "id": draw(maybe(st.sampled_from(["e1", "e2", "e3"]))),
        "kind": mostly(draw, "k1", st.sampled_from([*KINDS, "k1词", "k1旧称", "无此事项"]), 4),
        "grade": mostly(draw, "g1", maybe(st.sampled_from([*GRADES, "g1词", "无此等级"])), 4),
        "date": mostly(draw, END, DAYS, 5),
        "paper_date": mostly(draw, None, DAYS, 8),
        "action": mostly(draw, "新办", maybe(st.sampled_from([*ACTIONS, "别的"]))),
        "rank": draw(maybe(st.integers(1, 4))),
        "evidence": mostly(draw, "attested", maybe(st.sampled_from(["document", "self_reported", "public_list"])), 6),
        "issuer": draw(maybe(st.sampled_from(["甲委", "乙委"]))),
        "number_digest": mostly(draw, None, st.sampled_from(NUMBERS), 6),
        "prize": draw(maybe(st.sampled_from(["p1", "p2"]))),
        "person": mostly(draw, "甲", maybe(st.sampled_from(["甲", "乙"]))),
        "ok": draw(maybe(st.booleans())),
        "got": draw(st.sampled_from([None, 0, 0, 1, 40_000_000])),
    }
