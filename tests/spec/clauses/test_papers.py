"""Several papers in one notice (印发): each with its own addresses, title, time in force, repeals, words and rules."""

import pytest

from luodi.document import parse
from luodi.policy.build import build
from luodi.policy.compile import compile_document
from luodi.policy.exports.exchange import exchange

COVER = """云州市人民政府办公室关于印发《云州市甲奖励办法》《云州市乙扶持细则》的通知
云政办发〔2024〕8号
各区人民政府:
《云州市甲奖励办法》《云州市乙扶持细则》已经市政府同意,现印发给你们,请认真执行。{said}
云州市人民政府办公室
2024年5月8日
"""
FIRST = """云州市甲奖励办法
第一章 总则
第一条 本办法所称企业,是指在本市注册的法人。
第二条 对认定为高新技术企业的,给予30万元奖励。
第三条 建设平台。(责任单位:市甲局、市乙局,列第一位的为牵头单位,下同)
第四条 本办法所列奖励与其他同类奖励就高不重复。
第五条 本办法由市甲局负责解释,自2024年6月1日起施行。《云州市旧甲办法》(云政发〔2018〕3号)同时废止。
"""
SECOND = """云州市乙扶持
细则(试行)
为扶持乙,制定本细则。
第一条 对引进的博士,给予20万元补贴。
第二条 做好服务。(责任单位:市丙局、市丁局)
第三条 本细则由市丙局负责解释,自2024年7月1日起施行,有效期至2026年12月31日。
"""


def notice(first: str = FIRST, second: str = SECOND, said: str = "") -> str:
    return f"{COVER.format(said=said)}\n{first}\n{second}"


def test_each_paper_has_addresses_of_its_own():
    document = parse(notice())
    assert [(one.id, one.title) for one in document.papers] == [
        ("文件1", "云州市甲奖励办法"),
        ("文件2", "云州市乙扶持细则(试行)"),
    ]
    ids = [article.id for article in document.articles]
    assert len(ids) == len(set(ids)) and {"文件1.第一条", "文件2.第一条", "文件1.第一章"} <= set(ids)
    assert document.article_at(document.clean.index("制定本细则")) == "文件2"


def test_the_exchange_format_keeps_plain_addresses_and_names_the_paper():
    found = exchange(compile_document(parse(notice())))
    assert [row["id"] for row in found["articles"]].count("第一条") == 2
    assert [(row["article"], row["paper"]) for row in found["benefits"]] == [("第二条", "文件1"), ("第一条", "文件2")]
    assert [paper["validity"]["effective_from"] for paper in found["papers"]] == ["2024-06-01", "2024-07-01"]


def test_what_a_paper_says_of_itself_binds_its_own_rules():
    pack = build(compile_document(parse(notice())))
    first, second = pack.rules
    assert first["window"] == {"from": "2024-06-01", "to": None}
    assert second["window"] == {"from": "2024-07-01", "to": "2026-12-31"}
    assert "elsewhere" in first and "elsewhere" not in second
    assert (str(pack.effective_from), pack.effective_to) == ("2024-06-01", None)
    assert [pack.paper_title(row["article"]) for row in pack.facts["interpretations"]] == [
        "云州市甲奖励办法",
        "云州市乙扶持细则(试行)",
    ]
    assert [row["article"] for row in pack.facts["repeals"]] == ["文件1.第五条"]
    assert [row["article"] for row in pack.facts["definitions"]] == ["文件1.第一条"]


def test_who_leads_is_ruled_within_a_paper():
    duties = exchange(compile_document(parse(notice())))["duties"]
    assert [(row["lead"], row["participants"]) for row in duties] == [
        (["市甲局"], ["市乙局"]),
        (["市丙局", "市丁局"], []),
    ]


def test_papers_under_labels_keep_their_labels():
    found = exchange(compile_document(parse(notice("附件1\n" + FIRST, "附件2\n" + SECOND))))
    assert [row["article"] for row in found["benefits"]] == ["附件1.第二条", "附件2.第一条"]
    assert [paper["id"] for paper in found["papers"]] == ["附件1", "附件2"]


def test_what_the_notice_says_holds_for_papers_that_say_nothing():
    text = notice(
        FIRST.replace(",自2024年6月1日起施行", ""),
        SECOND.replace("自2024年7月1日起施行,有效期至2026年12月31日", "有效期3年"),
        said="上述文件自2025年1月1日起施行。",
    )
    pack = build(compile_document(parse(text)))
    ends = (None, "2027-12-31")
    assert [rule["window"] for rule in pack.rules] == [{"from": "2025-01-01", "to": end} for end in ends]
    assert pack.facts["validity"]["article"] == "0"


@pytest.mark.parametrize(
    "text",
    [
        COVER.format(said="").replace("《云州市乙扶持细则》", "") + FIRST,
        COVER.format(said="") + FIRST + "附件\n乙扶持申报表\n1.单位名称\n2.金额\n",
        (
            "云州市关于支持创新的意见\n根据《云州市甲奖励办法》《云州市乙扶持细则》,提出如下意见。\n一、甲\n对乙给予10万元。\n"
            "附件1\n任务分工方案\n一、丙\n附件2\n申报工作方案\n一、丁\n"
        ),
        "云州市甲局转发通知\n现将市里的意见转发给你们。\n一、甲\n(一)乙。\n二、丙\n(一)丁。\n",
    ],
    ids=["one paper", "a form beside it", "cited papers and annexes of one's own", "a notice without papers"],
)
def test_one_paper_is_not_several(text: str):
    document = parse(text)
    assert document.papers == () and not any(article.id.startswith("文件") for article in document.articles)
    assert "papers" not in exchange(compile_document(document))
