"""A rule set that does not hold together is refused at once, with rule, article, fault and mend."""

import pytest
from world import AS_OF, WAN, condition, on, pack, prize, rule

from luodi.entitlement.explain import explain
from luodi.entitlement.loading import load_rules
from luodi.errors import ContentError


def refusal(*rules, **changes):
    with pytest.raises(ContentError) as caught:
        load_rules(pack(*rules) | changes)
    return str(caught.value)


def tiers(*steps):
    listed = [{"from": start, "to": end, "fen": 1} for start, end in steps]
    return rule(amount={"tiers": {"base": "营业收入", "tiers": listed}})


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (rule(conditions=[condition({"fact": "没有", "op": "=", "value": 1})]), "事实“没有”不在词表中"),
        (rule(conditions=[condition({"fact": "行业", "op": ">", "value": "C"})]), "不能比较大小"),
        (rule(conditions=[condition({"fact": "人数", "op": "~", "value": 1})]), "比较符“~”不认识"),
        (rule(conditions=[condition({"fact": "成立日期", "op": ">", "value": 3})]), "应为YYYY-MM-DD 日期"),
        (rule(conditions=[condition({"fact": "人数", "op": "in", "value": []})]), "非空列表"),
        (rule(conditions=[condition({"fact": "人数", "op": ">", "value": {"fact": "营业收入"}})]), "不能与营业收入"),
        (rule(conditions=[condition({"fact": "人数", "op": "=", "value": 1})] * 2), "条件 c 出现 2 次"),
        (prize(trigger=on("没有")), "事项“没有”不在词表中"),
        (prize(trigger=on("奖项") | {"actions": ["续办"]}), "办理情形“续办”不在"),
        (prize(amount={"by_grade": {"四等": {"fen": 1, "span": None}}}), "等级“四等”不在所触发事项的等级之中"),
        (rule(amount={"by_grade": {"一等": {"fen": 1, "span": None}}}), "没有触发事项，却按等级"),
        (rule(conditions=[condition({"fact": "event.rank", "op": "=", "value": 1})]), "没有触发事项，却读取"),
        (rule(window={"from": "2021-01-01", "to": "2020-01-01"}), "晚于"),
        (rule(readings=[{"ambiguity": "Q9", "strict": "none", "generous": "full"}]), "口径“Q9”不在登记簿"),
        (rule(readings=[{"ambiguity": "Q1", "strict": "full", "generous": "none"}]), "从严大于从宽"),
        (rule(readings=[{"ambiguity": "Q1", "strict": "once", "generous": "full", "per": ["月"]}]), "分组“月”不认识"),
        (rule(caps=[{"per": "unit", "fen": 1, "rules": ["R7"]}]), "规则“R7”不存在"),
        (rule(amount={"rate": {"rate": [1, 2], "base": "行业"}}), "金额的基数“行业”是code"),
        (rule(amount={"rate": {"rate": [1, 2], "base": "研发费用", "cap": 1, "floor": 2}}), "下限 2 分高于上限 1 分"),
        (rule(amount={"fixed": {"fen": 10**16, "span": None}}), "过大"),
        (rule(amount={"什么": 1}), "金额“什么”不认识"),
        (tiers((0, 100), (50, 200)), "档次在 50 处重叠"),
        (tiers((0, 100), (150, 200)), "档次在 100 与 150 之间有空缺"),
        (tiers((100, 100)), "是空的"),
        (rule(amount={"sum": {"parts": [{"case": True}]}}), "一事一议（case）不能作为"),
        (rule(amount={"rate": {"rate": [1, 2], "base": {"param": "没有"}}}), "参数“没有”不在词表"),
        (rule(conditions=[condition({"fact": "人数", "op": ">", "value": {"param": "没有"}})]), "参数“没有”不在词表"),
        (rule(conditions=[condition({"fact": "行业", "op": "in", "value": {"list": "没有"}})]), "代码表“没有”不在词表"),
        (prize(limits=[{"per": ["person"], "fen": 1}]), "须在 trigger.requires 中写明 person"),
        (rule(caps=[{"per": "unit", "fen": 1, "rules": ["R1"], "paper": "文"}]), "只能写在全市合计的限额"),
        (rule(caps=[{"per": "unit", "rules": ["R1"]}]), "限额没有写明金额"),
        (rule(caps=[{"per": "total", "fen": 1, "rules": ["R1"], "received": "研发费用"}]), "不能随单位而变"),
        (rule(caps=[{"per": "year", "fen": 1, "rules": ["R1"], "received": "研发费用"}]), "不能与 received 同用"),
        (prize(caps=[{"per": "unit", "at_most": "event.rank", "rules": ["R1"]}]), "限额只能读取单位的事实"),
        (rule(caps=[{"per": "unit", "at_most": {"plus": ["研发费用", "人数"]}, "rules": ["R1"]}]), "不能相加减"),
        (
            rule(caps=[{"per": "unit", "at_most": {"product": ["人数", "人数", "人数"]}, "rules": ["R1"]}]),
            "超出 128 位整数",
        ),
        (rule(elsewhere={"fact": "没有", "takes": "none"}), "事实“没有”不在词表中"),
        (rule(elsewhere={"fact": "人数", "takes": "none"}), "“人数”是integer，不能扣减"),
        (rule(elsewhere={"fact": "研发费用", "takes": "none", "ambiguity": "Q9"}), "口径“Q9”不在登记簿"),
        (rule(amount={"sum": {"parts": [{"fixed": {"fen": 1}}], "at_most": "行业"}}), "金额的基数“行业”是code"),
        (rule(amount={"rate": {"rate": [1, 2], "base": {"minus": ["研发费用", "人数"]}}}), "金额与数量不能相加减"),
        (rule(amount={"rate": {"rate": [1, 2], "base": {"product": ["研发费用", "营业收入"]}}}), "两项金额不能相乘"),
        (rule(amount={"per_unit": {"count": "研发费用", "fen": 1}}), "“研发费用”是金额"),
        (rule(amount={"rate": {"rate": [10**22, 1], "base": "研发费用"}}), "超出 128 位整数"),
        (rule(amount={"rate": {"rate": [1, 2], "base": {"product": ["人数", "人数", "人数"]}}}), "超出 128 位整数"),
        (rule(instalments=[{"share": [1, 2]}, {"share": [1, 3]}]), "比例之和不是 1"),
        (
            rule(amount={"tiers": {"base": "人数", "marginal": True, "tiers": [{"from": 0, "to": None, "fen": 1}]}}),
            "应只写 rate",
        ),
    ],
)
def test_a_fault_names_rule_and_article(wrong, said):
    message = refusal(wrong)
    assert said in message and "规则 R1（一）" in message and message.endswith("。")


def test_a_grade_that_can_never_be_reached_is_named():
    late = prize(amount={"by_grade": {"三等": {"fen": 1, "span": None}}}, window={"from": "2021-01-01", "to": None})
    assert "这一档永远不会触发" in refusal(late)


def test_all_faults_are_named_at_once():
    message = refusal(tiers((0, 100), (150, 200)), rule(id="R2", trigger=on("没有")))
    assert "2 处问题" in message and "R1" in message and "R2" in message


def test_doubled_rules_and_ambiguous_words_are_refused():
    assert "规则 R1 出现 2 次" in refusal(rule(), rule())
    words = {
        "facts": [],
        "events": [{"id": name, "words": ["同名"], "grades": [], "actions": []} for name in ("甲", "乙")],
    }
    assert "“同名”同时指 甲 和 乙" in refusal(rule(), vocabulary=words)


def test_a_refusal_that_hides_a_paying_action_is_named():
    hidden = prize(
        trigger=on("奖项") | {"actions": ["新办"]},
        refusals=[{"id": "f", "match": {"action": ["新办"]}, "reason": "否"}],
    )
    assert "既在触发之列又被 f 排除" in refusal(hidden)


def test_money_facts_need_a_unit():
    fact = {"id": "钱", "words": ["钱"], "type": "money", "unit": "块", "question": "？"}
    assert "请写明 分、元、万元 或 亿元" in refusal(rule(), vocabulary={"events": [], "facts": [fact]})


def test_a_pack_is_loaded_once():
    data = pack(rule())
    assert load_rules(data) is load_rules(data)
    assert explain(data, {"id": "甲"}, AS_OF).sure_fen == 10 * WAN


@pytest.mark.parametrize(
    ("spans", "said"),
    [
        ([("2020-01-01", "2020-06-30"), ("2020-06-30", None)], "在 2020-06-30 有两个取值"),
        ([("2020-01-01", "2020-06-30"), ("2020-07-02", None)], "在 2020-06-30 与 2020-07-02 之间没有取值"),
        ([("2020-07-01", "2020-06-30")], "是空的"),
    ],
)
def test_editions_of_parameters_and_lists_follow_one_another(spans, said):
    values = [{"from": start, "to": end, "source": "文"} for start, end in spans]
    words = {"events": [], "facts": []}
    parameter = {"id": "甲", "words": ["甲"], "type": "money", "values": [each | {"value": 1} for each in values]}
    listed = {"id": "乙", "words": ["乙"], "values": [each | {"codes": ["A"]} for each in values]}
    message = refusal(rule(), vocabulary=words | {"parameters": [parameter], "lists": [listed]})
    assert f"参数“甲”的一段从 2020-07-01 到 2020-06-30，{said}" in message or f"参数“甲”{said}" in message
    assert "代码表“乙”" in message
    assert load_rules(
        pack(rule())
        | {
            "vocabulary": words
            | {
                "parameters": [
                    parameter
                    | {
                        "values": [
                            {"from": "2020-01-01", "to": "2020-06-30", "value": 1, "source": "文"},
                            {"from": "2020-07-01", "to": None, "value": 2, "source": "文"},
                        ]
                    }
                ]
            }
        }
    )


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"paid": {"rules": ["R7"]}}, "规则“R7”不存在"),
        ({"paid": {}, "type": "integer", "unit": "次"}, "是integer。请登记为 money"),
    ],
)
def test_a_fact_of_payment_records_names_money_and_rules_that_there_are(changes, said):
    fact = {"id": "已付", "words": ["已付"], "type": "money", "unit": "元", "question": "？"}
    words = {"events": [], "facts": [fact | changes]}
    assert said in refusal(rule(), vocabulary=words)
    other = fact | {"paid": {"policy": "另一政策", "rules": ["R7"]}}
    assert load_rules(pack(rule()) | {"vocabulary": words | {"facts": [other]}})
