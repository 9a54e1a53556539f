"""References: what the document cites or rests on; not itself, no forms, nothing still to be written."""

import pytest

from luodi.document import parse
from luodi.policy.compile import compile_document
from luodi.policy.exports.exchange import exchange


def references(body: str) -> list[tuple[str, str | None]]:
    text = f"云州市人民政府关于支持创新的意见\n各区人民政府:\n{body}\n一、甲\n乙。\n"
    return [(row["title"], row["number"]) for row in exchange(compile_document(parse(text)))["references"]]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("根据《云省创新条例》,提出如下意见。", [("云省创新条例", None)]),
        (
            "根据《云省关于创新的意见》(云政发〔2020〕3号)精神,制定本意见。",
            [("云省关于创新的意见", "云政发〔2020〕3号")],
        ),
        (
            "《云州市健身实施计划》好。见《云州市人民政府关于印发云州市健身实施计划的通知》(云政办发〔2026〕9号)。",
            [("云州市人民政府关于印发云州市健身实施计划的通知", "云政办发〔2026〕9号")],
        ),
        (
            "《云州市健身实施计划》好。见《云州市人民政府关于印发云州市健身实施方案的通知》(云政办发〔2026〕9号)。",
            [
                ("云州市健身实施计划", None),
                ("云州市人民政府关于印发云州市健身实施方案的通知", "云政办发〔2026〕9号"),
            ],
        ),
        ("按照《甲办法》《乙规定》和《丙计划纲要》执行。", [("丙计划纲要", None)]),
        ("参考《残疾分类和分级》(GB/T26341-2010)标准。", [("残疾分类和分级", "GB/T26341-2010")]),
        (
            "按《云州市甲局关于印发〈云州市补助办法〉的通知》(云甲规字〔2019〕1号)执行。",
            [("云州市甲局关于印发〈云州市补助办法〉的通知", "云甲规字〔2019〕1号")],
        ),
        ("根据《公租房管理办法》(云州市人民政府令第11号),制定。", [("公租房管理办法", "云州市人民政府令第11号")]),
        ("按照《贷款管理办法》(甲监会令2009年第2号)执行。", [("贷款管理办法", "甲监会令2009年第2号")]),
        (
            "按《云州市甲局关于印发&lt;补助办法&gt;的通知》&nbsp;(云甲〔2019〕1号)执行。",
            [("云州市甲局关于印发<补助办法>的通知", "云甲〔2019〕1号")],
        ),
        ("根据《关于创新的意见》(云政发〔2020〕3号文件),制定。", [("关于创新的意见", "云政发〔2020〕3号")]),
        ("依据《云省预算条例》【已废止,最新为:《云省新预算条例》】制定。", [("云省预算条例", None)]),
        ("根据《关于就业的通知》(国甲发„2009‟3号)精神,制定。", [("关于就业的通知", "国甲发〔2009〕3号")]),
        ("根据新修订的《云省预算条例》,制定。", [("云省预算条例", None)]),
        ("根据《关于开展行动的意见》(云税发〔2023〕1号印发),制定。", [("关于开展行动的意见", "云税发〔2023〕1号")]),
        ("依据《云省创新条例》实施,落实《云省创新条例》。", [("云省创新条例", None)]),
        (
            "根据《甲补助管理办法》云甲社[2019]1号、《乙工作通知》的规定,制定。",
            [("甲补助管理办法", "云甲社〔2019〕1号"), ("乙工作通知", None)],
        ),
        ("省政府制定并发布《云省甲政策》、《云省乙措施》等一系列政策。", [("云省甲政策", None), ("云省乙措施", None)]),
        ("根据国务院《信访条例》和《云省信访条例》,制定本办法。", [("信访条例", None), ("云省信访条例", None)]),
        ("依照《管理条例》和《实施条例》的规定办理。", []),
        ("根据《廉租住房办法》(建设部〔2007〕第162号令)制定。", [("廉租住房办法", "建设部〔2007〕162号令")]),
        ("市甲局要制定并发布《云州市甲政策》。", []),
        ("现将《数据提供办法》印发给你们。各单位要按照《数据提供办法》按时通报数据。", []),
        ("先后出台《甲行动方案》,制定了《乙培育细则》。", [("甲行动方案", None), ("乙培育细则", None)]),
        ("1998年我部制定下发了《甲基金暂行规定》。", [("甲基金暂行规定", None)]),
        (
            "修改《道路占用规定》(市政府令第44号,根据市政府令第62号修订)第九条。",
            [("道路占用规定", "市政府令第44号")],
        ),
        ("依照《城市供水办法》(云州市人民政府令第8号公布)执行。", [("城市供水办法", "云州市人民政府令第8号")]),
        ("根据《甲保险条例》(国务院令375号),制定。", [("甲保险条例", "国务院令375号")]),
    ],
)
def test_what_is_cited(body: str, expected: list[tuple[str, str | None]]):
    assert references(body) == expected


@pytest.mark.parametrize(
    "body",
    [
        "提交《创新项目申请表》和《单位承诺书》。",
        "提交《专项资金申报书》。",
        "下一步将出台《甲行动方案》。",
        "我局制定了《甲监察计划》,现印发给你们。",
        "详见《2019年创新专项申报指南》(附件1)。",
        "《云州市外贸政策》《云州市会展政策》已经市政府同意,现印发给你们。",
        "依法取得《食品经营许可证》后开业。",
        "由市甲局制定《创新项目管理办法》。",
        "《云州市人民政府关于支持创新的意见》已经市政府同意。",
        "现将《云州市专项资金管理办法》印发给你们。",
        "现将《云省甲厅关于申报的通知》(云甲〔2015〕15号)转发给你们。",
        "《云州市外贸若干措施》、《云州市会展若干措施》2个文件,已经市政府同意,现印发给你们。",
        "依据《云省旧创新办法》废止。",
        "现公布《云州市甲标准》,自公布之日起施行。",
        "现将《办法(草案)》全文公布。",
        "我局制定了有关规程,现予印发。\n附件:1.操作规程\n2.《甲局扶持计划操作规程》政策解读",
        "各单位要按照《意见》要求抓好落实。",
        "《云州市甲细则及表样.docx(9页)》请在网上查询。",
        "现将修改完善后的《云州市甲办法》印发给你们。",
    ],
)
def test_what_is_no_reference(body: str):
    assert references(body) == []


def test_a_plan_in_the_papers_own_title_is_cited():
    text = "云州市人民政府关于推进“智造2030”试点建设的意见\n为贯彻落实《智造2030》,提出如下意见。\n一、甲\n乙。\n"
    assert [row["title"] for row in exchange(compile_document(parse(text)))["references"]] == ["智造2030"]
    text = "云州市甲局关于印发《智造管理办法》的通知\n各区:\n请按《智造管理办法》执行。\n一、甲\n乙。\n"
    assert exchange(compile_document(parse(text)))["references"] == []


def test_a_paper_cited_with_its_issuer_and_without_is_one():
    body = "按照《云省甲局关于扩大创新的通知》(云甲〔2020〕3号)办理。《关于扩大创新的通知》另有规定的除外。"
    assert references(body) == [("云省甲局关于扩大创新的通知", "云甲〔2020〕3号")]
    both = "执行《云省甲局关于扩大创新的通知》和《云省乙局关于扩大创新的通知》。"
    assert len(references(both)) == 2


def test_an_explanation_cites_what_it_explains():
    text = "云州市人民代表大会常务委员会关于《云州市泉水法》第三条的解释\n对《云州市泉水法》第三条解释如下:\n甲。\n"
    found = exchange(compile_document(parse(text)))
    assert [row["title"] for row in found["references"]] == ["云州市泉水法"]


def test_an_amendment_cites_what_it_amends():
    text = "云州市甲奖励办法修正案\n对《云州市甲奖励办法》作如下修改:\n一、将第三条修改为:“甲。”\n"
    assert [row["title"] for row in exchange(compile_document(parse(text)))["references"]] == ["云州市甲奖励办法"]


def test_the_preamble_names_the_basis_and_the_articles_cite():
    text = "云州市关于创新的意见\n根据《云省创新条例》,制定本意见。\n一、甲\n二、乙\n按《云州市补助办法》发放补助。\n"
    found = exchange(compile_document(parse(text)))["references"]
    assert [(row["title"], row["relation"], row["article"]) for row in found] == [
        ("云省创新条例", "basis", "0"),
        ("云州市补助办法", "cites", "二"),
    ]


def test_the_first_article_names_the_basis_also_below_a_chapter():
    text = (
        "云州市奖励办法\n第一章 总则\n第一条 根据《云省创新条例》、《云省创新奖励管理办法》(云政发〔2020〕8号)精神,结合实际,制定本办法。\n"
        "第二条 按照《云州市补助办法》发放。\n第二章 附则\n第三条 依据《云州市信用惩戒办法》惩戒。\n"
    )
    found = exchange(compile_document(parse(text)))["references"]
    assert [(row["title"], row["relation"]) for row in found] == [
        ("云省创新条例", "basis"), ("云省创新奖励管理办法", "basis"), ("云州市补助办法", "cites"), ("云州市信用惩戒办法", "cites"),
    ]  # fmt: skip


def test_a_short_law_is_a_reference_and_a_short_word_for_a_paper_none():
    assert references("按照《劳动法》第五条和《贷款通则》,依《办法》执行。") == [("劳动法", None), ("贷款通则", None)]


def test_what_a_decision_amends_is_cited_and_the_decision_is_not():
    text = (
        "云州市人民政府关于修改《云州市雇工办法》的决定\n《云州市人民政府关于修改〈云州市雇工办法〉的决定》已经通过,现予公布。\n"
        "市政府决定对《云州市雇工办法》作如下修改:\n一、删去第五条。\n"
    )
    found = exchange(compile_document(parse(text)))["references"]
    assert [row["title"] for row in found] == ["云州市雇工办法"]


def test_rules_that_carry_out_another_paper_are_not_cited_by_their_own_order():
    text = (
        "云州市《地方志条例》实施办法\n《云州市〈地方志条例〉实施办法》已经通过,现予以公布。\n"
        "第一条 根据《地方志条例》,制定本办法。\n"
    )
    found = exchange(compile_document(parse(text)))["references"]
    assert [row["title"] for row in found] == ["地方志条例"]


def test_a_report_whose_tasks_a_notice_divides_is_cited_by_it():
    text = "云州市人民政府办公室关于印发《政府工作报告》重点工作分工的通知\n各区人民政府:\n《政府工作报告》重点工作分工已经市政府同意,现印发给你们。\n一、甲\n乙。\n"
    assert [row["title"] for row in exchange(compile_document(parse(text)))["references"]] == ["政府工作报告"]


def test_a_report_cited_with_its_year_and_without_is_one() -> None:
    text = "云州市重点任务分工方案\n根据《2024年市政府工作报告》,制定本方案。《政府工作报告》确定的任务如下。\n一、甲\n乙。\n"
    assert [row["title"] for row in exchange(compile_document(parse(text)))["references"]] == ["2024年市政府工作报告"]


def test_a_draft_that_is_put_to_the_public_is_no_reference() -> None:
    text = (
        "关于公开征求《制造业三年行动计划(2023-2025年)(征求意见稿)》意见的公告\n我局起草了《制造业三年行动计划(2023-2025年)(征求意见稿)》,现公开征求意见。\n"
        "云州市甲局\n2022年12月12日\n制造业三年行动计划(2023-2025年)\n(征求意见稿)\n一、甲\n按照《制造业管理办法》工作。\n"
    )
    assert [row["title"] for row in exchange(compile_document(parse(text)))["references"]] == ["制造业管理办法"]


def test_papers_that_a_notice_makes_and_issues_under_short_names() -> None:
    text = (
        "各乡镇党委:\n为做好工作,制定《云县职责清单(试行)》(以下简称《清单》)和《云县职责目录(试行)》(以下简称《目录》),现印发给你们,请遵照执行。\n"
        "一、甲\n根据《云省条例》制定《乙规划》,现报送上级。\n"
    )
    assert [row["title"] for row in exchange(compile_document(parse(text)))["references"]] == ["云省条例"]


def test_rules_that_an_order_makes_known_are_no_references_and_a_forwarded_paper_is_none() -> None:
    order = (
        "云州市人民政府令第5号\n《云州市货车通行规定》、《云州市摩托车通行规定》经市政府第3次常务会议同意,现予公布,自2011年2月1日起施行。\n"
        "云州市货车通行规定\n第一条 根据《道路条例》,制定本规定。\n第二条 甲。\n"
    )
    assert [row["title"] for row in exchange(compile_document(parse(order)))["references"]] == ["道路条例"]
    letter = "云银行云州分行转发总行《云银行贷款管理办法》的通知\n各支行:\n现将总行印发的《云银行贷款管理办法》(云银字〔1998〕10号)转发给你们。\n第一条 参照《贷款通则》,制定本办法。\n第二条 乙。\n"
    assert [row["title"] for row in exchange(compile_document(parse(letter)))["references"]] == ["贷款通则"]


def test_a_rule_that_others_made_known_is_a_reference() -> None:
    text = "云州市通行方案\n各区人民政府:\n《云省货车通行规定》经省政府同意已于去年施行,现提出方案。\n一、甲\n乙。\n"
    assert [row["title"] for row in exchange(compile_document(parse(text)))["references"]] == ["云省货车通行规定"]


def test_the_end_of_the_title_of_what_a_notice_brings_names_it_too() -> None:
    text = (
        "云州市政府办公室关于印发《市报告主要工作目标分解落实意见》的通知\n各区人民政府:\n现将《市报告主要工作目标分解落实意见》印发给你们。\n"
        "一、在《分解落实意见》的责任单位中,第一的为牵头单位。\n二、按照《工作目标考核办法》考核。\n"
    )
    assert [row["title"] for row in exchange(compile_document(parse(text)))["references"]] == ["工作目标考核办法"]
