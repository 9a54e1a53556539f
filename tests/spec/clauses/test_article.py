"""Articles: one row a numbered node, in text order; labels and annexes are no rows of their own."""

from luodi.document import parse
from luodi.policy.compile import compile_document
from luodi.policy.exchange import exchange


def rows(text: str) -> list[tuple[str, str | None]]:
    return [(row["id"], row["heading"]) for row in exchange(compile_document(parse(text)))["articles"]]


def test_every_numbered_node_is_a_row_with_its_heading():
    text = "云州市关于支持创新的意见\n一、总体要求\n(一)目标。甲。\n二、政策\n1.对乙给予10万元奖励。\n"
    assert rows(text) == [("一", "总体要求"), ("一.(一)", "目标"), ("二", "政策"), ("二.1", None)]


def test_a_row_points_at_its_whole_article():
    text = "一、甲\n（一）乙。丙。\n二、丁\n"
    found = exchange(compile_document(parse(text)))["articles"]
    assert text[slice(*found[0]["span"])].strip() == "一、甲\n（一）乙。丙。"
    assert text[slice(*found[1]["span"])].strip() == "（一）乙。丙。"


def test_a_label_without_number_and_an_annex_are_no_rows():
    assert [row[0] for row in rows("第一条 甲。\n附则 本政策由市局解释。\n附件1\n办法\n一、乙\n")] == [
        "第一条",
        "附件1.一",
    ]


def test_a_text_without_numbers_has_no_rows():
    assert rows("设立产业基金。给予支持。") == []


def test_a_table_of_contents_is_no_rows():
    text = "云州市养护条例\n目 录\n第一章 总则\n第二章 附则\n第一章 总则\n第一条 甲。\n第二章 附则\n第二条 乙。\n"
    assert [row[0] for row in rows(text)] == ["第一章", "第一条", "第二章", "第二条"]


def test_headings_in_square_brackets():
    text = "第一条【适用范围】适用于总部。\n第二条【落户奖励】给予10万元奖励。\n"
    assert rows(text) == [("第一条", "适用范围"), ("第二条", "落户奖励")]


def test_the_last_item_of_a_list_has_no_heading():
    assert rows("条件要求\n1.在园区注册;\n2.信用良好。\n材料要求\n1.甲表。\n乙。\n")[1] == ("2", None)
