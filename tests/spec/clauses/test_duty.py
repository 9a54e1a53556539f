"""Duties: who leads and who takes part, and which article a clause belongs to."""

import pytest

from luodi.document.reading import parse
from luodi.policy.build import build
from luodi.policy.compile import compile_document
from luodi.policy.exports.exchange import exchange
from luodi.policy.facts import Duty


def duties(text: str) -> list[tuple[str, list[str], list[str]]]:
    found = exchange(compile_document(parse(text)))
    return [(row["article"], row["lead"], row["participants"]) for row in found["duties"]]


def roles(clause: str) -> tuple[list[str], list[str]] | None:
    """Roles that a clause at the end of a sentence gives; None where it gives none."""
    found = duties(f"一、主要任务\n(一)搭建平台。建好公共平台。{clause}\n(二)做好服务。做实服务。\n")
    assert len(found) < 2
    return found[0][1:] if found else None


@pytest.mark.parametrize(
    ("clause", "lead", "participants"),
    [
        ("(责任单位:市甲局牵头,市乙委、市丙办参与)", "市甲局", "市乙委 市丙办"),
        ("（责任单位：市甲局、市乙委）", "市甲局 市乙委", ""),
        ("(责任部门:市甲局)", "市甲局", ""),
        ("(负责部门:市甲局,适用范围:全市)", "市甲局", ""),
        ("(责任单位:市甲局;完成时限:2027年底前)", "市甲局", ""),
        ("(牵头单位:市甲局,配合单位:市乙委、市丙办)", "市甲局", "市乙委 市丙办"),
        ("(牵头单位:市甲局;参与单位:市乙委)", "市甲局", "市乙委"),
        ("(牵头单位:市甲局 责任单位:市乙委,市丙办)", "市甲局", "市乙委 市丙办"),
        ("(市甲局牵头,市乙委、市丙办配合)", "市甲局", "市乙委 市丙办"),
        ("(市甲局牵头、市乙委配合)", "市甲局", "市乙委"),
        ("(市甲局牵头市乙委配合)", "市甲局", "市乙委"),
        ("(市甲局牵头负责,市乙委等按职责分工落实)", "市甲局", "市乙委"),
        ("(甲部牵头,乙部、丙部指导)", "甲部", "乙部 丙部"),
        ("(甲部、乙部负责)", "甲部 乙部", ""),
        ("(甲部、乙部牵头,年内持续推进)", "甲部 乙部", ""),
        ("(甲部牵头,乙部、丙部等按职责分工负责,6月底前完成)", "甲部", "乙部 丙部"),
        ("(省政府各部门分别负责,长期坚持、持续推进)", "省政府各部门", ""),
        ("(甲部、乙部等有关部门和单位负责)", "甲部 乙部", ""),
        ("(甲部、乙总局等和各省级人民政府负责)", "甲部 乙总局 各省级人民政府", ""),
        ("(甲部、团中央、中央军委政治工作部等负责)", "甲部 团中央 中央军委政治工作部", ""),
        ("(人民银行、证监会负责)", "人民银行 证监会", ""),
        ("(甲部指导)", "甲部", ""),
        ("(市甲局、市乙局牵头负责)", "市甲局 市乙局", ""),
        ("(市甲局会同有关部门负责)", "市甲局", "有关部门"),
        ("[ 本条政策由市甲局会同市乙局、市丙局组织实施 ]", "市甲局", "市乙局 市丙局"),
        ("〔责任单位:市甲局〕", "市甲局", ""),
        ("(责任单位:☆甲局、乙局)", "甲局", "乙局"),
        ("(责任单位:市甲局(牵头)、市乙局)", "市甲局", "市乙局"),
        ("(责任单位:市甲局 市乙局 市丙厅)", "市甲局 市乙局 市丙厅", ""),
        ("(市甲局、市乙局负责,持续推进)", "市甲局 市乙局", ""),
        ("(市甲局、市乙局,各区县(市))", "市甲局 市乙局 各区县(市)", ""),
        ("(市委甲部、市乙局)", "市委甲部 市乙局", ""),
        ("牵头单位:市甲局、市乙局(按职责分工)", "市甲局 市乙局", ""),
        ("(市甲局、市乙局,各区政府、各开发区管委会等负责)", "市甲局 市乙局 各区政府 各开发区管委会", ""),
    ],
)
def test_roles_of_a_clause(clause: str, lead: str, participants: str) -> None:
    assert roles(clause) == (lead.split(), participants.split())


@pytest.mark.parametrize(
    ("units", "expected"),
    [
        ("市甲局、各区、县(市)政府、管委会", ["市甲局", "各区、县(市)政府", "管委会"]),
        ("市甲局,各县(市、区)政府", ["市甲局", "各县(市、区)政府"]),
        ("各省、自治区、直辖市人民政府", ["各省、自治区、直辖市人民政府"]),
        ("市文化和旅游局、市规划和自然资源局", ["市文化和旅游局", "市规划和自然资源局"]),
        ("市委组织部和市人力社保局", ["市委组织部", "市人力社保局"]),
        ("各有关部门和单位", ["各有关部门和单位"]),
        ("市商务委、市商务局", ["市商务委", "市商务局"]),
        ("市甲委,市乙委、丙园区管委会,市丁局,戊区政府", ["市甲委", "市乙委、丙园区管委会", "市丁局", "戊区政府"]),
    ],
)
def test_a_list_of_units(units: str, expected: list[str]) -> None:
    assert roles(f"(责任单位:{units})") == (expected, [])


@pytest.mark.parametrize(
    "clause",
    [
        "(责任编辑:张三)",
        "(记者李四)",
        "(以下简称市甲局)",
        "(项目单位负责)",
        "(由企业负责)",
        "(所在学校负责)",
        "(公司负责)",
        "(含初审和续审)",
        "各责任单位要抓好落实。",
        "由市甲局牵头建立联席会议。",
        "对牵头制定国际标准的企业(单位)给予支持。",
        "财政部门要加强监督。",
    ],
)
def test_not_a_duty(clause: str) -> None:
    assert roles(clause) is None


def test_brackets_inside_a_bracket_match_by_nesting() -> None:
    assert roles("[责任单位:市甲局牵头,市乙局,各区、县(市)政府参与]") == (["市甲局"], ["市乙局", "各区、县(市)政府"])


def test_several_clauses_in_one_article_are_several_rows() -> None:
    found = duties("一、任务\n(一)做事。先做甲事。(甲部负责)再做乙事。(乙部、丙部负责)\n(二)别的。\n")
    assert found == [("一.(一)", ["甲部"], []), ("一.(一)", ["乙部", "丙部"], [])]


def test_one_office_alone_is_responsible_where_others_name_it() -> None:
    tasks = "一、任务\n(一)做甲。做好甲。(甲乙局牵头,丙丁局配合)\n(二)做乙。做好乙。({})\n(三)做丙。做好丙。\n"
    assert duties(tasks.format("丙丁局"))[1:] == [("一.(二)", ["丙丁局"], [])]
    assert duties(tasks.format("戊己局"))[1:] == []


def test_first_is_lead_holds_for_every_clause() -> None:
    text = (
        "一、任务\n(一)甲。做甲。(责任单位:市甲局、市乙局。列第一位的为牵头单位,下同)\n"
        "(二)乙。做乙。(市丙局、市丁局按职责分工负责)\n(三)丙。做丙。(市甲局、市丙局牵头,市丁局配合)\n"
    )
    assert duties(text) == [
        ("一.(一)", ["市甲局"], ["市乙局"]),
        ("一.(二)", ["市丙局"], ["市丁局"]),
        ("一.(三)", ["市甲局", "市丙局"], ["市丁局"]),
    ]


def test_a_catch_all_adds_its_unit_to_every_later_clause() -> None:
    text = (
        "一、任务\n(一)甲。做甲。(责任单位:市甲局。以下均需各县区政府落实,不再列出)\n(二)乙。做乙。(责任单位:市乙局)\n"
    )
    assert duties(text) == [("一.(一)", ["市甲局"], []), ("一.(二)", ["市乙局", "各县区政府"], [])]


def test_units_that_label_the_items_of_a_chapter_on_who_does_what() -> None:
    items = "二、职责分工\n(一)市甲局:制定方案;会同市丙局开会。\n(二)市委乙办(丁办):督促检查。\n(三)甲公司、乙公司(以下简称“各公司”):施工。\n(四)甲公司、乙网络等云州分公司:拆线。\n"
    assert duties(f"一、目标\n做好。\n{items}三、要求\n抓好。\n") == [
        ("二.(一)", ["市甲局"], []),
        ("二.(二)", ["市委乙办(丁办)"], []),
        ("二.(三)", ["甲公司", "乙公司"], []),
        ("二.(四)", ["甲公司", "乙网络"], []),
    ]
    lines = "一、部门职责\n市甲局:负责甲。\n市乙局、市丙局:负责乙。\n综合组:写材料。\n二、要求\n市丁局:抓好。\n市戊局:抓好。\n"
    assert duties(lines) == [("一", ["市甲局"], []), ("一", ["市乙局", "市丙局"], [])]


@pytest.mark.parametrize(
    "chapter",
    [
        "一、职责分工\n组长:李某\n成员:市甲局、市乙局\n",
        "一、职责分工\n市甲局:负责甲。\n其他单位做好配合。\n",
        "一、联系方式\n市甲局:12345678\n市乙局:12345679\n",
        "一、职责分工\n市甲局负责甲。\n市乙局负责乙。\n",
    ],
)
def test_labels_that_divide_no_work(chapter: str) -> None:
    assert duties(chapter) == []


def test_a_heading_that_names_its_unit() -> None:
    assert duties("一、强化创新(区甲局牵头)\n(一)做事。做甲。\n(二)做事。做乙。\n") == [("一", ["区甲局"], [])]
    assert duties("一、云江新区管委会牵头工作\n1.做甲。\n2.做乙。\n二、张某副市长牵头重点工作\n1.做丙。\n") == [
        ("一", ["云江新区管委会"], [])
    ]


ITEMS = "一、措施\n(一)奖励。\n1.给予奖励。\n2.给予补助。\n3.给予支持。{clause}\n(二)服务。做好服务。\n"


@pytest.mark.parametrize("clause", ["[责任单位:市甲局]", "\n(责任单位:市甲局)", "\n责任单位:市甲局"])
def test_a_clause_that_stands_for_all_items_belongs_above_them(clause: str) -> None:
    assert duties(ITEMS.format(clause=clause)) == [("一.(一)", ["市甲局"], [])]


def test_a_clause_at_the_end_of_an_item_belongs_to_the_item() -> None:
    assert duties(ITEMS.format(clause="(责任单位:市甲局)")) == [("一.(一).3", ["市甲局"], [])]


def test_a_clause_is_not_lifted_where_other_items_have_their_own() -> None:
    text = "一、措施\n(一)甲。做甲。[责任单位:市甲局]\n(二)乙。做乙。[责任单位:市乙局]\n"
    assert duties(text) == [("一.(一)", ["市甲局"], []), ("一.(二)", ["市乙局"], [])]


def test_own_lines_of_two_roles_are_one_row() -> None:
    text = "一、任务\n(一)甲。做甲。\n牵头单位:市甲局\n责任单位:市乙局,市丙局\n(二)乙。做乙。\n牵头单位:市丁局\n"
    assert duties(text) == [("一.(一)", ["市甲局"], ["市乙局", "市丙局"]), ("一.(二)", ["市丁局"], [])]


def test_rows_of_a_task_table() -> None:
    text = (
        "一、总体要求\n抓好落实。\n附件1\n任务分工表\n序号\t任务\t牵头单位\t责任单位\t完成时限\n"
        "1\t建平台\t市甲局\t市乙局、市丙局\t2027年底\n2\t引人才\t〃\t各区、县(市)政府\t每年\n"
    )
    assert duties(text) == [
        ("附件1", ["市甲局"], ["市乙局", "市丙局"]),
        ("附件1", ["市甲局"], ["各区、县(市)政府"]),
    ]


def test_labels_end_where_the_next_article_begins_on_the_same_line() -> None:
    work = "推进改造,完善制度,强化措施。" * 10
    text = f"一、重点工作1.{work}责任单位:市甲局、市乙局 2.降低成本。责任单位:市丙局 二、其他工作1.{work}责任单位:市丁局 2.{work}"
    paper = f"云州市重点工作责任分解\n云政办发〔2024〕3号\n{text}\n"
    assert duties(paper) == [("一.1", ["市甲局", "市乙局"], []), ("一.2", ["市丙局"], []), ("二.1", ["市丁局"], [])]


def test_a_label_without_readable_units_is_reported() -> None:
    found = exchange(compile_document(parse("一、任务\n(一)甲。做甲。(责任单位:××)\n(二)乙。做乙。\n")))
    assert found["duties"] == []
    assert [one["code"] for one in found["diagnostics"]].count("duty-unread") == 1


def test_the_span_opens_the_clause() -> None:
    text = "一、任务\n(一)甲。做甲。（责任单位：市甲局）\n(二)乙。做乙。\n"
    start, end = exchange(compile_document(parse(text)))["duties"][0]["span"]
    assert text[start:end] == "（责任单位：市甲局）"


def test_a_catch_all_may_speak_of_answering_for_the_tasks() -> None:
    text = "一、任务\n(一)甲。做甲。(甲委、乙局和相关地方人民政府分别负责,以下均需地方人民政府负责,不再列出)\n(二)乙。做乙。(乙局牵头,丙局参与)\n"
    assert duties(text) == [
        ("一.(一)", ["甲委", "乙局", "相关地方人民政府"], []),
        ("一.(二)", ["乙局", "地方人民政府"], ["丙局"]),
    ]


def test_what_prose_says_where_a_bracket_assigns_is_no_second_duty() -> None:
    text = (
        "一、任务\n(一)甲。市甲局负责受理。(责任单位:市甲局牵头,市乙局参与)\n(二)乙。市丙局负责审核,市丁局负责拨付。\n"
    )
    compiled = compile_document(parse(text))
    rows = [(one.article, one.lead, one.told) for one in compiled.facts if isinstance(one, Duty)]
    assert rows == [
        ("一.(一)", ("市甲局",), "assigned"),
        ("一.(二)", ("市丙局",), "prose"),
        ("一.(二)", ("市丁局",), "prose"),
    ]
    spans = [
        compiled.document.text.source[one.span.start : one.span.end] for one in compiled.facts if isinstance(one, Duty)
    ]
    assert spans[1:] == ["市丙局负责审核", "市丁局负责拨付"]
    packed = build(compiled).data["facts"]["duties"]
    assert [row.get("told") for row in packed] == [None, "prose", "prose"]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("序号\t任务\t责任单位\n1\t建园区\t牵头:市甲委;配合:市乙局、市丙局\n2\t引企业\t市丁局(牵头)、市戊局\n", ["市甲委 ; 市乙局 市丙局", "市丁局 ; 市戊局"]),
        ("序号\t任务\t责任分工\t\t时限\n\t\t牵头\t配合\t\n1\t建园区\t市甲委\t市乙局\t6月底\n2\t引企业\t市丁局\t市戊局\t12月底\n", ["市甲委 ; 市乙局", "市丁局 ; 市戊局"]),
        ("序号\t任务\t责任单位(标★为牵头)\n1\t建园区\t★市甲委、市乙局\n2\t引企业\t市戊局、★市丁局\n", ["市甲委 ; 市乙局", "市丁局 ; 市戊局"]),
        ("序号\t任务\t责任单位(排第一位的为牵头单位)\n1\t建园区\t市甲委、市乙局\n2\t引企业\t市丁局\n", ["市甲委 ; 市乙局", "市丁局 ; "]),
        ("序号\t任务\t责任主体\n1\t建园区\t市甲委/市乙局\n2\t引企业\t各县(市、区)政府\n", ["市甲委 市乙局 ; ", "各县(市、区)政府 ; "]),
        ("序号\t任务\t责任限额(万元)\n1\t建园区\t市甲委\n2\t引企业\t市丁局\n", []),
        ("序号\t任务\t牵头人\n1\t建园区\t王某\n2\t引企业\t李某\n", []),
    ],
    ids=["labels in a cell", "two lines of names", "a sign told in a name", "the first leads", "the body that answers", "sums", "persons"],
)  # fmt: skip
def test_who_has_a_task_in_odd_tables(rows: str, expected: list[str]) -> None:
    found = duties(f"云州市重点任务分工方案\n一、总体要求\n抓好落实。\n二、重点任务\n{rows}")
    assert [f"{' '.join(lead)} ; {' '.join(others)}" for _, lead, others in found] == expected


@pytest.mark.parametrize(
    "bracket",
    [
        "(牵头单位:市甲局;完成时限:2024年6月底前)",
        "(完成时限:2024年6月底前;牵头单位:市甲局)",
        "(市甲局牵头;2024年6月底前完成)",
    ],
)
def test_a_day_beside_the_units_is_that_of_the_task_before_the_bracket(bracket: str) -> None:
    text = f"云岭市方案\n一、总体要求\n落实。\n二、任务\n1.建设平台。{bracket}\n2.引进。加快。\n"
    found = exchange(compile_document(parse(text)))["deadlines"]
    assert [(row["act"], row["end"]) for row in found] == [("建设平台", "2024-06-30")]
