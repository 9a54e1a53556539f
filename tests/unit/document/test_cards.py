"""Policy cards in one piece: their fields are parted, whatever marks them; what only looks like a field is left alone."""

import pytest

from luodi.document.reading import parse
from luodi.policy.compile import compile_document
from luodi.policy.exports.exchange import exchange

FIELDS = [
    ("政策名称", "云泽区数字化改造补贴"),
    ("发布日期", "2024年3月5日"),
    ("支持对象", "中小工业企业"),
    ("支持标准", "按合同额的20%给予补助,最高50万元;国家级示范奖励30万元,省级示范奖励10万元。"),
    ("申报条件", "合同额不低于25万元,单笔不超过900万元。"),
    ("办理流程", "申报、审核、公示、拨付"),
]
STYLES = ["【{}】{}", "▪ {} {}\n", "{}:{} ", "{} {}\n", "[{}]{}", "{}:{}\n", "{}\t{}\n"]


def card(style: str, fields: list[tuple[str, str]] = FIELDS) -> str:
    return "".join(style.format(name, value) for name, value in fields)


@pytest.mark.parametrize("style", STYLES)
def test_a_card_reads_the_same_however_its_fields_are_marked(style: str):
    found = exchange(compile_document(parse(card(style))))
    assert (found["title"], found["issued_on"]) == ("云泽区数字化改造补贴", "2024-03-05")
    rows = [(row["kind"], row["selector"], row["amount"] or row["rate"], row["cap"]) for row in found["benefits"]]
    assert rows == [
        ("rate", "合同额", 0.2, 500000),
        ("fixed", "国家级示范", 300000, None),
        ("fixed", "省级示范", 100000, None),
    ]


@pytest.mark.parametrize("style", STYLES)
def test_every_character_keeps_its_place(style: str):
    text = card(style)
    for row in exchange(compile_document(parse(text)))["benefits"]:
        assert text[slice(*row["span"])] in ("20%", "30万元", "10万元")


def test_cards_of_several_policies_have_no_title_of_the_whole():
    text = card("【{}】{}") + card("【{}】{}", [("政策名称", "云泽区上规奖励"), ("支持标准", "奖励8万元")])
    found = exchange(compile_document(parse(text)))
    assert found["title"] is None and len(found["benefits"]) == 4


ITEMS = (
    ("上规奖励", "支持标准:首次上规的奖励8万元;"),
    ("技改补助", "支持标准:\n(1)按设备投资的10%补助。\n(2)数字化改造的,按15%补助。"),
    ("用工补贴", "支持标准:每新招1人补贴500元。"),
)


@pytest.mark.parametrize("head", ["{:02} {}\n", "事项编号:{:02}\n事项名称:{}\n", "【事项{}】{}\n"])
def test_numbered_cards_of_a_list_are_articles_and_a_single_number_is_none(head: str):
    def articles(*items: tuple[str, str]) -> list[tuple[str, str]]:
        text = "云泽区惠企政策一本通\n" + "".join(
            head.format(number, name) + f"适用对象:在本区注册的企业\n{words}\n办理部门:区甲局\n"
            for number, (name, words) in enumerate(items, 1)
        )
        document = parse(text)
        return [(one.id.removeprefix("事项").lstrip("0"), one.heading) for one in document.articles]

    assert articles(*ITEMS) == [
        ("1", "上规奖励"),
        ("2", "技改补助"),
        ("2.(1)", None),
        ("2.(2)", None),
        ("3", "用工补贴"),
    ]
    assert articles(*ITEMS[:1]) == []


def test_the_parts_of_a_guide_are_articles_of_their_own():
    text = "云泽区2025年项目申报指南\n" + "".join(
        f"专题{number} {name}\n一、支持标准\n按投资额的10%给予补助。\n二、申报条件\n{who}。\n"
        for number, name, who in (("一", "产业化项目", "投资500万元以上"), ("二", "平台项目", "投资900万元以上"))
    )
    found = exchange(compile_document(parse(text)))
    assert [row["id"] for row in found["articles"]][:4] == ["专题一", "专题一.一", "专题一.二", "专题二"]
    assert [[one["text"][2:5] for one in row["conditions"]] for row in found["benefits"]] == [["500"], ["900"]]
    one = "云泽区申报指南\n专题一 产业化项目\n一、支持标准\n按投资额的10%给予补助。\n"
    assert exchange(compile_document(parse(one)))["articles"][0]["id"] == "一"


def test_the_parts_of_a_leaflet_are_articles():
    text = "云泽区惠企政策要点\n01 开办有补助\n▶ 新注册企业补助20万元\n02 资质有奖励\n▶ 甲证:30万元\n▶ 乙证:10万元\n"
    found = exchange(compile_document(parse(text)))
    assert [(row["id"], row["heading"]) for row in found["articles"]] == [("01", "开办有补助"), ("02", "资质有奖励")]
    assert [(row["article"], row["selector"], row["amount"]) for row in found["benefits"]] == [
        ("01", None, 200_000),
        ("02", "甲证", 300_000),
        ("02", "乙证", 100_000),
    ]


def test_what_a_numbered_card_demands_binds_that_card_alone():
    text = "".join(
        f"0{number} {name}\n支持对象:{who}\n{words}\n受理部门:区甲局\n"
        for number, (name, words), who in zip((1, 2, 3), ITEMS, ("甲类企业", "乙类企业", "丙类企业"), strict=True)
    )
    rows = exchange(compile_document(parse("云泽区惠企政策一本通\n" + text)))["benefits"]
    told = [{one["text"][:2] for one in row["conditions"]} & {"甲类", "乙类", "丙类"} for row in rows]
    assert told == [{"甲类"}, {"乙类"}, {"乙类"}, {"丙类"}]


GUIDE = [
    ("事项名称", "云泽区高企认定奖励"),
    ("实施主体", "云泽区科技局"),
    ("事项类型", "行政奖励"),
    ("服务对象", "企业法人"),
    ("承诺办结时限", "10个工作日"),
    ("受理条件", "(一)在本区注册;\n(二)通过认定。"),
    ("奖励标准", "(一)首次认定的,奖励20万元。\n(二)重新认定的,奖励10万元。"),
    ("申请材料", "1.申请表\n2.证书"),
    ("办理流程", "1.申请:提交材料;\n2.审核:审核材料。"),
]


@pytest.mark.parametrize("style", ["{}\n{}\n", "{}:{}\n", "{}:\n{}\n", "{}\t{}\n", "【{}】\n{}\n"])
def test_the_lists_of_a_guide_begin_anew_below_each_of_its_fields(style: str):
    found = exchange(compile_document(parse("高企认定奖励\n办事指南\n" + card(style, GUIDE))))
    assert (found["title"], found["issuer"]) == ("云泽区高企认定奖励", "云泽区科技局")
    assert [row["id"] for row in found["articles"]] == ["(一)", "(二)", "(一)", "(二)", "1", "2", "1", "2"]
    assert [(row["article"], row["amount"]) for row in found["benefits"]] == [("(一)", 200000), ("(二)", 100000)]


def test_a_table_whose_columns_are_called_as_fields_stays_a_table():
    text = "支持对象\t支持标准\n甲企业\t奖励10万元\n政策内容\t政策依据\n申报条件\t申报材料\n"
    assert parse(text).clean.startswith("支持对象\t支持标准\n")


@pytest.mark.parametrize(
    "text",
    [
        "按照支持标准给予奖励,支持对象见附件,申报条件另行公布。",
        "本办法明确支持对象、支持标准和申报条件:符合条件的,给予20万元奖励。",
        "(责任单位:市甲局)申报时间:5月。",
    ],
)
def test_names_of_fields_in_a_sentence_part_nothing(text: str):
    assert parse(text).clean == text


WIDE = "".join(
    f"{number}.对通过第{number}次评价并在本市登记注册的各类创新企业和机构,按照实际\n投入的20%给予补贴。\n"
    for number in range(1, 5)
)


def test_a_field_in_a_narrower_column_is_joined_and_its_broken_name_too():
    narrow = "注册在云州示范区范围内的高新技术企业和示\n范企业,以及高等学校、医疗卫生机构等主体\n"
    for label in ("服务对象", "服务\n对象"):
        clean = parse(f"依据文件\n《云州市甲办法》\n{label}\n{narrow}服务内容\n{WIDE}").clean
        assert (
            "服务对象\n注册在云州示范区范围内的高新技术企业和示范企业,以及高等学校、医疗卫生机构等主体\n服务内容"
            in clean
        )
    listed = parse(f"依据文件\n《云州市甲办法》\n服务对象\n企业\n个体工商户\n服务内容\n{WIDE}").clean
    assert "服务对象\n企业\n个体工商户\n服务内容" in listed


def test_a_ratio_or_a_time_cut_at_its_colon_goes_on():
    assert "按3:3:4的比例" in parse(f"{WIDE}给予启动资金,按3:3:\n4的比例拨付。\n").clean
    assert "支持对象:\n4家企业" in parse(f"{WIDE}支持对象:\n4家企业。\n").clean
