"""Sectors and the technologies named under them."""

import pytest

from luodi.document.reading import parse
from luodi.policy.compile import compile_document
from luodi.policy.exports.exchange import exchange


def sectors(text: str) -> dict[str, list[str]]:
    return {row["name"]: row["technologies"] for row in exchange(compile_document(parse(text)))["sectors"]}


def technologies(sentence: str) -> list[str]:
    text = (
        f"一、任务\n(一)做好服务。抓好落实。\n二、重点领域\n(一)智能装备领域。{sentence}\n(二)新材料领域。做强做大。\n"
    )
    return sectors(text)["智能装备"]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("重点突破视觉检测、力控抓取及路径规划等关键技术。", "视觉检测 力控抓取 路径规划"),
        ("发展焊接机器人、搬运机器人和无人叉车等产品。", "焊接机器人 搬运机器人 无人叉车"),
        ("研发伺服电机、谐波减速器等核心器件。", "伺服电机 谐波减速器"),
        ("推动数字孪生、边缘计算等技术的工程化应用。", "数字孪生 边缘计算"),
        ("加强图像识别、语音合成等领域的应用技术研究。", "图像识别 语音合成"),
        ("发展芯片封装和测试装备。", "芯片封装和测试装备"),
        ("突破近场通信(NFC)芯片、板上芯片(COB)等技术。", "近场通信(NFC)芯片 板上芯片(COB)"),
        ("重点发展8—12万千瓦功率等级的海上风电机组、储能电池等装备。", "海上风电机组 储能电池"),
        ("发展锅炉等设备;离心压缩机、换热器等节能装备。", "锅炉 离心压缩机 换热器"),
        ("发展基于激光雷达的环境感知系统、车载终端等产品。", "环境感知系统 车载终端"),
        ("发展等离子切割机、数控冲床等产品。", "等离子切割机 数控冲床"),
        ("突破数据备份与恢复、智能控制与决策等技术。", "数据备份与恢复 智能控制与决策"),
    ],
)
def test_technologies_of_a_sentence(sentence: str, expected: str) -> None:
    assert technologies(sentence) == expected.split()


@pytest.mark.parametrize(
    "sentence",
    [
        "依托省机器人研究院、云岚大学等机构,加快产业全面发展。",
        "加强与甲集团、乙集团的合作。",
        "高标准建设机器人产业园和检测中心。",
        "构建完整产业链,提升国际竞争力。",
        "在总装方面实现零的突破。",
        "推动产业体系化发展与规模化应用。",
    ],
)
def test_projects_institutions_and_slogans_are_no_technologies(sentence: str) -> None:
    assert technologies(sentence) == []


def test_names_lose_verb_and_class_noun() -> None:
    text = "一、重点产业\n(一)做强高端装备产业。重点发展数控机床。\n(二)应急产品与服务领域。做好储备。\n"
    assert list(sectors(text)) == ["高端装备", "应急产品与服务"]


def test_a_run_in_label_names_a_sector() -> None:
    text = "一、发展重点\n1.生物制造:重点发展酶制剂、氨基酸等产品。\n2.新材料:重点发展碳纤维、芳纶等产品。\n"
    assert sectors(text) == {"生物制造": ["酶制剂", "氨基酸"], "新材料": ["碳纤维", "芳纶"]}


def test_tasks_are_no_sectors() -> None:
    text = "一、主要任务\n(一)加强人才引进。引进甲、乙、丙等人才。\n(二)完善公共服务。建设平台。\n"
    assert sectors(text) == {}


def test_fields_listed_in_a_sentence_where_no_chapter_names_them() -> None:
    text = "为做强工业,重点支持高端装备、生物医药、新材料三大产业,制定本政策。\n一、奖励\n给予奖励。\n"
    assert list(sectors(text)) == ["高端装备", "生物医药", "新材料"]


def test_a_verb_alone_in_a_list_or_a_heading_is_no_field_without_a_name() -> None:
    text = "为做强工业,重点支持高端装备、发展壮大、新材料三大产业,制定本政策。\n一、奖励\n给予奖励。\n"
    assert list(sectors(text)) == ["高端装备", "新材料"]
    dashed = "一、重点产业\n——培育。突破甲技术、乙器件、丙材料。\n——新材料。突破丁合金、戊纤维、己薄膜。\n"
    assert "" not in sectors(dashed)


def test_the_number_of_the_fields_and_their_class_are_no_part_of_the_last() -> None:
    text = "(一)重点产业。重点发展航空装备、卫星应用、新材料五大军民融合产业。\n"
    assert list(sectors(text)) == ["航空装备", "卫星应用", "新材料"]


def test_lists_of_what_is_to_grow() -> None:
    text = "(一)产业。促进云州地区海洋装备、工程机械等装备产业,民用航空、新材料等战略性新兴产业加快发展。\n"
    assert list(sectors(text)) == ["海洋装备", "工程机械", "民用航空", "新材料"]
    assert sectors("(一)产业。促进科技、金融等产业要素集聚发展,推动甲园、乙园等产业园加快发展。\n") == {}


def test_a_heading_of_clusters_names_no_field() -> None:
    text = "(一)培育产业集群。聚焦智能装备、生物医药、新材料等主导产业,推进招商。\n"
    assert list(sectors(text)) == ["智能装备", "生物医药", "新材料"]


def test_processes_that_are_supported() -> None:
    assert technologies("重点支持增材制造、精密铸造等工艺。") == ["增材制造", "精密铸造"]
    assert technologies("重点支持企业引进铸造、焊接等人才。") == []


def test_a_list_behind_its_verb_and_a_power_that_is_raised() -> None:
    assert technologies("围绕焊接机器人、无人叉车,提升系统集成能力。") == ["焊接机器人", "无人叉车"]
    assert technologies("围绕人才、场地,做强产业。") == []
    assert technologies("推动遥感数据在农业、应急领域应用。") == []


def test_fields_of_a_class_or_a_direction() -> None:
    text = "(一)产业。重点发展智能装备、特种材料等军民融合产业。\n"
    assert list(sectors(text)) == ["智能装备", "特种材料"]
    assert list(sectors(text.replace("军民融合产业", "重点方向"))) == ["智能装备", "特种材料"]


def test_spans_open_the_words() -> None:
    text = "一、重点领域\n(一)智能装备领域。重点发展焊接机器人（含软件）、无人叉车等产品。\n(二)新材料领域。研究。\n"
    row = exchange(compile_document(parse(text)))["sectors"][0]
    assert text[slice(*row["span"])] == "智能装备"
    assert [text[slice(*span)] for span in row["technology_spans"]] == ["焊接机器人", "无人叉车"]


def test_items_with_nothing_but_a_name_and_a_colon() -> None:
    text = (
        "一、发展重点\n传感器:重点发展光纤传感器、气体传感器。\n激光装备:重点发展光纤激光器、激光切割机。\n二、保障\n"
    )
    assert sectors(text) == {"传感器": ["光纤传感器", "气体传感器"], "激光装备": ["光纤激光器", "激光切割机"]}
    assert sectors("一、发展重点\n责任单位:市甲局、市乙局\n完成时限:2025年底\n二、保障\n") == {}
