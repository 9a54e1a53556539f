"""Of what a share is taken: beside it, before it, as the part that a tier measures, announced, or as of the share before it."""

import pytest

from luodi.document.reading import parse
from luodi.policy.compile import compile_document
from luodi.policy.facts import Benefit

BASES = {
    # beside the share
    "按上年度研发费用的10%给予补助。": ["上年度研发费用"],
    "按到账外资的2‰或实缴注册资本的1‰给予奖励。": ["到账外资", "实缴注册资本"],
    "保费按3%的费率上限及实际投保年度保费的80%给予补贴。": ["实际投保年度保费"],
    "返还上年度实际缴纳失业保险费的50%。": ["上年度实际缴纳失业保险费"],
    "按其年薪的5%奖励。": ["年薪"],
    "大型企业按企业及其职工上年度实际缴费的30%返还。": ["企业及其职工上年度实际缴费"],
    "年度评估为优秀的,再给予资助额10%的运行补助。": ["资助额"],
    "按设备投资额的8%补助,其中采购国产设备部分按12%补助。": ["设备投资额", "采购国产设备部分"],
    "按照固定资产投资(不含土地购置费)的5%给予补助,其中:\n1.总投资1亿元以下的,最高补助300万元。": [
        "固定资产投资(不含土地购置费)"
    ],
    "对在园区实际发生的场地租金总额的50%予以租金补贴。": ["场地租金总额"],
    # before the giving
    "对企业缴纳的检测费给予50%补助。": ["缴纳的检测费"],
    "给予参展企业50%的展位费补贴。": ["展位费"],
    "冷链企业电费补贴10%,每家最高30万元。": ["冷链企业电费"],
    "参加专业展会的,展位费分别补助80%、60%。": ["展位费", "展位费"],
    "前3年租金全额补贴、后2年减半补贴。": ["租金", "租金"],
    "小微企业(上年出口额300万美元以下)保费全额补助,其他企业补助60%。": ["小微企业保费", "小微企业保费"],
    "可按该企业区级经济贡献额前2年给予80%奖励,后3年给予40%奖励。": ["区级经济贡献额", "区级经济贡献额"],
    "从认定之年起3年内比照其区级贡献额增量部分,按50%给予扶持。": ["区级贡献额增量部分"],
    "补贴标准为当地最低工资标准的70%,其中留用率50%以上的单位,补贴标准提高到当地最低工资标准的110%。": [
        "当地最低工资标准",
        "当地最低工资标准",
    ],
    # the part that a tier measures
    "企业研发费用500万元以下部分补助3%,500万元—2000万元部分补助4%。": [
        "研发费用500万元以下部分",
        "500万元—2000万元部分",
    ],
    "外资首个1000万美元部分按5‰、超过1000万美元部分按8‰给予奖励。": ["外资首个1000万美元部分", "超过1000万美元部分"],
    "租赁面积1000平方米以下部分,按实际租金的90%补贴;1000平方米(含)-5000平方米部分,按实际租金的50%补贴。": [
        "租赁面积1000平方米以下部分",
        "1000平方米(含)-5000平方米部分",
    ],
    # behind the share
    "租赁办公用房的,三年内每年给予不超过30%的租金补贴。": ["租金"],
    "租用厂房的,三年内按第一年100%、第二年80%的比例给予租金补贴。": ["租金", "租金"],
    # announced
    "按实际租金给予补助,第一年全额补助,第二年补助70%。": ["实际租金", "实际租金"],
    "按年度地方贡献额给予五年奖励,其中前三年给予80%,后两年给予50%的奖励。": ["年度地方贡献额", "年度地方贡献额"],
    "年度自负费用5000元以上部分,甲类对象按90%、乙类对象按80%救助。": ["年度自负费用5000元以上部分"] * 2,
    "支持内容为展位费,包括场地和搭建。其中传统市场按照50%给予支持,新兴市场按照70%给予支持。": ["展位费", "展位费"],
    # of the share before it
    "按设备投资额的8%补助,其中列入甲计划的按10%补助。": ["设备投资额", "设备投资额"],
    "保费补助:甲险按实缴保费的50%,乙险30%。": ["实缴保费", "实缴保费"],
    # not named: what another authority pays is none of the share before, a rate of interest is no base
    "按投资额的8%补助;列入甲名单的,在上级补助基础上按1:0.2叠加补助。": ["投资额", None],
    "对企业贷款按年利率2%给予贴息。": [None],
    "给予项目建设单位不超过1.5个百分点的利息补贴。": [None],
    "对入驻企业给予10%的补助,低收入按80%补助。": [None, None],
}


@pytest.mark.parametrize("words", BASES)
def test_of_what_a_share_is_taken(words):
    facts = compile_document(parse(f"一、奖补\n(一)内容。{words}\n")).facts
    assert [one.base for one in facts if isinstance(one, Benefit) and one.rate is not None] == BASES[words]


def test_the_list_above_announces_the_base_and_what_its_tiers_compare():
    text = "一、奖励\n对新引进的项目,按固定资产投资(不含土地)分档给予奖励:\n(一)1亿元至5亿元的,按3%奖励;\n(二)5亿元以上的,按4%奖励。\n"
    found = [one for one in compile_document(parse(text)).facts if isinstance(one, Benefit)]
    assert [one.base for one in found] == ["固定资产投资", "固定资产投资"]
    compared = [[(each.fact, each.op, each.value) for each in one.conditions if each.fact] for one in found]
    assert compared[1] == [("固定资产投资", ">=", 50_000_000_000)]
    assert ("固定资产投资", ">=", 10_000_000_000) in compared[0]
