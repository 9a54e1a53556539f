"""Papers rest on papers: which clause of which other paper this one details, executes, amends, repeals or rests on."""

from luodi.document.reading import parse
from luodi.policy.build import build
from luodi.policy.compile import compile_document
from luodi.policy.exports.exchange import exchange

DETAIL = """云泽市专项资金实施细则
第一条 根据《云泽市促进创新若干政策》(云政规〔2023〕5号)第三条、第五条和《云岭省创新促进条例》,制定本细则。
第二条 对示范企业给予10万元奖励。《云泽市奖励办法》第四条同时废止。
"""
CALL = """关于组织开展2024年度示范企业申报工作的通知
各有关单位:
根据《云泽市促进创新若干政策》(云政规〔2023〕5号)第三条的规定,现将有关事项通知如下:
一、申报条件
在本市注册。
二、申报时间
2024年6月1日至2024年6月30日。
"""
CHANGE = """云泽市人民政府关于修改《云泽市促进创新若干政策》的决定
经研究,决定对《云泽市促进创新若干政策》(云政规〔2023〕5号)作如下修改:
一、将第三条中的“50万元”修改为“80万元”。
二、第六条修改为:“对示范企业给予20万元奖励。”
三、删去第七条。
"""


def links(text: str) -> list[tuple]:
    rows = exchange(compile_document(parse(text)))["links"]
    return [(row["relation"], row["title"], row["number"], row["clause"]) for row in rows]


def test_a_detail_rule_details_a_measure_and_rests_on_a_law():
    assert links(DETAIL) == [
        ("details", "云泽市促进创新若干政策", "云政规〔2023〕5号", "第三条、第五条"),
        ("basis", "云岭省创新促进条例", None, None),
        ("repeals", "云泽市奖励办法", None, "第四条"),
    ]


def test_a_call_executes_the_clause_it_names():
    assert links(CALL) == [("executes", "云泽市促进创新若干政策", "云政规〔2023〕5号", "第三条")]


def test_a_decision_to_change_gives_what_was_and_what_becomes():
    rows = exchange(compile_document(parse(CHANGE)))["links"]
    changed = {row["clause"]: (row["was"], row["becomes"]) for row in rows if row["clause"]}
    assert changed == {
        "第三条": ("50万元", "80万元"),
        "第六条": (None, "对示范企业给予20万元奖励。"),
        "第七条": (None, None),
    }
    assert {row["relation"] for row in rows} == {"amends"} and {row["prevails"] for row in rows} == {"this"}
    assert {row["number"] for row in rows} == {"云政规〔2023〕5号"}


def test_a_paper_that_is_only_cited_is_no_link():
    assert (
        links(
            "云泽市若干措施\n第一条 做好宣传。\n第二条 按照《云泽市资金管理办法》拨付资金。\n第三条 按照《云泽市档案办法》归档。\n"
        )
        == []
    )


def test_a_pack_rests_on_its_papers_by_the_closest_relation():
    rests = build(compile_document(parse(DETAIL))).data["rests_on"]
    assert [(paper["title"], paper["relation"], paper["clauses"]) for paper in rests] == [
        ("云泽市促进创新若干政策", "details", ["第三条、第五条"]),
        ("云岭省创新促进条例", "basis", []),
    ]
