"""Every construct of the rule language is put in words on the workbench, whatever its caps and bases are made of."""

from pathlib import Path

import pytest

from luodi.document.reading import parse
from luodi.policy.build import build
from luodi.policy.compile import compile_document
from luodi.policy.pack import Pack, read_yaml
from luodi.policy.yaml_view import understood
from luodi.service.policies.fact_lines import benefit_figure
from luodi.service.policies.rule_words import asked_of_all, held_by_most, rule_words

LANGUAGE = Path(__file__).parents[2] / "spec" / "rules" / "language.yaml"
EXAMPLES = [each for section in understood(read_yaml(LANGUAGE)["sections"]) for each in section["examples"]]
PLAIN = {
    "id": "R1", "article": "一", "title": "奖励", "recipients": {"kinds": ["enterprise"]}, "trigger": None, "conditions": [],
    "window": {"from": None, "to": None}, "paid": "each", "paid_why": "原文", "mode": "documents", "publication": "open",
    "refusals": [], "readings": [], "amount": {"fixed": {"fen": 100, "span": None}},
}  # fmt: skip


def named(term) -> set[str]:
    """The facts and parameters of a base."""
    if isinstance(term, str):
        return {term}
    if isinstance(term, dict):
        own = {term[name] for name in ("fact", "param") if name in term}
        return own.union(*(named(part) for name, part in term.items() if name not in ("fact", "param")))
    return set().union(*map(named, term)) if isinstance(term, list) else set()


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["name"])
def test_words_name_what_a_cap_hangs_on_and_what_counts_under_it(example):
    rule = {**PLAIN, **example["rule"]}
    vocabulary = {"facts": example.get("facts", []), "events": []}
    words = rule_words(Pack({"rules": [rule], "vocabulary": vocabulary, "ambiguities": []}), rule)
    for cap, text in zip(rule.get("caps", ()), words.caps, strict=True):
        hangs_on = named(cap.get("at_most")) | named(cap.get("received"))
        assert [name for name in hangs_on if name not in text] == []
        assert (cap.get("paper") or "") in text and ("fen" not in cap or "元" in text)


def test_large_round_numbers_are_written_as_papers_write_them():
    text = "一、开拓市场。对上一年度服务出口额达到500万美元、3000万美元的企业,分别给予10万元、50万元奖励。\n"
    made = build(compile_document(parse(text)))
    words = "；".join(rule_words(made, made.rules[0]).amounts)
    assert "不低于 3000万美元：50 万元" in words and "不低于 500万美元：10 万元" in words


def test_a_maximum_for_each_square_metre_is_told_as_one():
    made = build(
        compile_document(parse("一、租房。对租赁办公用房的,按实际租金的50%给予补贴,每平方米每月最高不超过30元。\n"))
    )
    (row,), (rule,) = made.facts["benefits"], made.rules
    assert benefit_figure(row) == "按实际租金的 50%，每平方米每月最高 30 元"
    assert rule_words(made, rule).caps == ("每家累计最高 一补助面积（平方米·月） × 30 元（合并计算：一#1）",)


def test_a_maximum_for_each_square_metre_of_so_many_is_told_with_both():
    text = "一、租房。第一年按实际支付租金的50%、第二年按30%给予补贴，年度补贴面积上限3000平方米，且每平方米补贴不超过20元。每月每平方米另有规定的除外。\n"
    made = build(compile_document(parse(text)))
    caps = [cap for rule in made.rules for cap in rule_words(made, rule).caps]
    assert len(caps) == 1 and "（最多按 3000 计） × 20 元" in caps[0]


def told(text: str) -> list[tuple[str, ...]]:
    made = build(compile_document(parse(text)))
    return [rule_words(made, rule).amounts for rule in made.rules]


def test_sums_by_the_month_are_told_by_person_and_month():
    assert told("一、低保标准为每人每月1300元。\n") == [("补助人数 × 享受月数，每人每月 1,300 元",)]
    assert told("一、岗位补贴。给予每人每月1300元补贴，最长不超过36个月。\n") == [
        ("补助人数 × 享受月数（最多按 36 计），每人每月 1,300 元",)
    ]


def test_what_most_rules_say_alike_is_told_once():
    made = build(
        compile_document(parse("一、对工厂奖励10万元。\n\n二、对工厂奖励20万元。\n\n三、给予人才每人1万元。\n"))
    )
    first, second, third = (rule_words(made, rule) for rule in made.rules)
    assert first.recipients != third.recipients
    alike = held_by_most([first, second, third])
    assert alike["recipients"] == first.recipients and alike["handling"] == third.handling
    assert "recipients" not in held_by_most([first, third])
    assert held_by_most([]) == {} and held_by_most([first]) == {}


def test_what_all_rules_demand_is_told_once():
    made = build(
        compile_document(
            parse(
                "一、支持对象。在本区注册的企业。\n\n二、对建成投产的项目奖励10万元。\n\n三、对获得甲级资质的工厂奖励20万元。\n"
            )
        )
    )
    told = [rule_words(made, rule) for rule in made.rules]
    (demanded,) = asked_of_all(told)
    assert "在本区注册" in demanded[0] and any(rule.conditions != (demanded,) for rule in told)
    assert asked_of_all(told[:1]) == asked_of_all([]) == ()


def test_sums_that_are_counted_apart_are_each_told():
    (words,) = told("一、甲区、乙区的特困人员基本生活标准每人每月分别为2400元、2500元。\n")
    assert words == ("甲区补助人数 × 享受月数，每人每月 2,400 元", "乙区补助人数 × 享受月数，每人每月 2,500 元")
