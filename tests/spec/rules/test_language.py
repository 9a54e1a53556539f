"""Every example of the rule language holds, for one unit and for the population; the reference is made from them."""

import datetime as dt
from pathlib import Path

import pytest
from reference import reference
from world import AS_OF, EVENTS, FACTS, judged, pack, rule

from luodi.entitlement.loading import load_rules
from luodi.entitlement.result import GROUP_WORDS
from luodi.entitlement.show import both_sums
from luodi.entitlement.simulation.change import changeable, changed, parse_change
from luodi.policy.pack import read_yaml
from luodi.policy.yaml_view import understood

HERE = Path(__file__).parent
SECTIONS = understood(read_yaml(HERE / "language.yaml")["sections"])
EXAMPLES = [example for section in SECTIONS for example in section["examples"]]


def said(result):
    sums = "" if result.group == "not" else f" {both_sums(result.sure_fen, result.upto_fen)}"
    return f"{GROUP_WORDS[result.group]}{sums}"


def _pack(example):
    vocabulary = {"events": EVENTS, "facts": FACTS + example.get("facts", [])}
    vocabulary |= {name: example[name] for name in ("parameters", "lists") if name in example}
    return pack(rule(**example["rule"])) | {"vocabulary": vocabulary}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["name"])
def test_what_can_be_changed_reads_back_and_every_dated_value_is_among_it(example):
    rules = load_rules(_pack(example))
    fields = changeable(rules)
    for field in fields:
        change = parse_change(f"{field.rule}.{field.name}={field.shown}", rules)
        same = [(each.name, each.label) for each in changeable(changed(rules, [change]))]
        assert same == [(each.name, each.label) for each in fields], field.name
    for parameter in example.get("parameters", ()):
        labels = [field.label for field in fields if parameter["words"][0] in field.label]
        used = f"'param': '{parameter['id']}'" in str(example["rule"])
        assert used and len(labels) == len(parameter["values"]), (parameter["id"], labels)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["name"])
def test_example(example):
    written = _pack(example)
    for case in example["cases"]:
        as_of = dt.date.fromisoformat(case["as_of"]) if "as_of" in case else AS_OF
        found = judged(written, case.get("facts"), case.get("events", ()), as_of=as_of, paid=case.get("paid")).rules[0]
        assert said(found) == case["gives"], case
        more = {
            "reason": "；".join([found.reason, *(each.reason for each in found.events)]),
            "asks": "；".join(each.question for each in found.missing),
            "nearest": found.nearest.words if found.nearest else "",
            "next": found.next_tier.label if found.next_tier else "",
            "caution": "；".join(caution.message for caution in found.cautions),
            "payers": "、".join(f"{payer.name} {payer.fen}" for payer in found.payers),
            "applies": found.application,
            "reading": "；".join(note.ambiguity or "" for note in found.readings),
        }
        for name in more:
            assert (case.get(name) or "") in more[name], (case, more)
        payments = [f"{payment.fen} {payment.due}" for payment in found.payments]
        assert payments == case.get("payments", []), case


def test_the_reference_is_made_from_the_examples():
    written = (HERE.parents[2] / "docs" / "reference" / "rules.md").read_text(encoding="utf-8")
    assert written == reference(), "python tests/spec/rules/reference.py > docs/reference/rules.md"
