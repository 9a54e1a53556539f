"""Repeals: only titles in 《》 of the sentence that ends them."""

import pytest

from luodi.document import parse
from luodi.policy.compile import compile_document
from luodi.policy.exports.exchange import exchange
from luodi.policy.facts import Repeal


def repeals(sentence: str) -> list[tuple[str, str | None]]:
    text = f"一、甲\n乙。\n二、附则\n本办法自印发之日起施行。{sentence}\n"
    found = exchange(compile_document(parse(text)))
    assert not {row["title"] for row in found["repeals"]} & {row["title"] for row in found["references"]}
    return [(row["title"], row["number"]) for row in found["repeals"]]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("《旧的创新办法》(云政发〔2015〕3号)同时废止。", [("旧的创新办法", "云政发〔2015〕3号")]),
        (
            "原《旧甲的办法》(云甲〔2015〕3号)、《旧乙的办法》同时废止。",
            [("旧甲的办法", "云甲〔2015〕3号"), ("旧乙的办法", None)],
        ),
        ("《旧的意见》(云政发〔2014〕3号)自本意见印发之日起停止执行。", [("旧的意见", "云政发〔2014〕3号")]),
        ("《旧的意见》(云政发〔2014〕3号)从即日起停止施行。", [("旧的意见", "云政发〔2014〕3号")]),
        ("原《旧的制度》同时作废。", [("旧的制度", None)]),
        ("本意见印发后,《旧的意见》(云政发〔2014〕3号)不再施行。", [("旧的意见", "云政发〔2014〕3号")]),
        ("《旧的意见》(云政发〔2014〕3号)自即日起失效。", [("旧的意见", "云政发〔2014〕3号")]),
        ("《旧的意见》自本意见施行之日起失效。", [("旧的意见", None)]),
        ("《旧甲的办法》(云甲〔2018〕1号)到期自动失效。", []),
        ("市甲局2014年印发的《旧的意见》不再适用。", [("旧的意见", None)]),
        ("自本意见印发之日起废止《旧的意见》,《新的意见》继续执行。", [("旧的意见", None)]),
        ("同时废止2014年6月20日批准的《旧的规定》。", [("旧的规定", None)]),
        (
            "以下文件停止执行:\n1.《旧甲的办法》\n2.《旧乙的办法》(云乙〔2015〕3号)\n",
            [("旧甲的办法", None), ("旧乙的办法", "云乙〔2015〕3号")],
        ),
        ("《旧的许可证》失效的,应当依照《甲的规定》重新申请。", []),
        ("依据《甲的决定》停止执行《旧的标准》第三条。", []),
        ("有下列情形之一的,许可失效:\n(一)违反《甲的规定》的。\n", []),
        ("原《旧的许可证》逾期作废。", []),
        ("《旧的意见》的优惠自本意见印发之日起停止执行。", []),
        ("《甲的标准》自印发之日起施行,违反的自发现之日起停止执行。", []),
        ("现公布《甲的标准》,自5月1日起施行,原《旧甲的标准》同时废止。", [("旧甲的标准", None)]),
        (
            "《旧甲的办法》(2003年云州市人民政府令第15号发布,2012年云州市人民政府令第45号修正)同时废止。",
            [("旧甲的办法", None)],
        ),
        (
            "现决定废止《旧甲的办法》(云甲〔2004〕2号)、《旧乙的办法》等3件文件,自公布之日起停止执行。",
            [("旧甲的办法", "云甲〔2004〕2号"), ("旧乙的办法", None)],
        ),
        ("本通知印发后,《旧甲的通知》(云甲〔2013〕9号)自行失效。", [("旧甲的通知", "云甲〔2013〕9号")]),
        ("《甲的规定》自5月1日起施行,《旧甲的规定》同时废止。", [("旧甲的规定", None)]),
        (
            "按《乙的办法》(云乙〔2022〕3号,以下简称《办法》)执行。《旧甲的办法》、《旧乙的办法》同时废止。",
            [("旧甲的办法", None), ("旧乙的办法", None)],
        ),
        ("废止《旧甲的办法》(云甲〔2015〕3号)。", [("旧甲的办法", "云甲〔2015〕3号")]),
        ("《关于印发〈旧办法〉的通知》自本办法施行之日起予以废止。", [("关于印发〈旧办法〉的通知", None)]),
    ],
)
def test_named_papers_are_repealed(sentence: str, expected: list[tuple[str, str | None]]):
    assert repeals(sentence) == expected


def test_a_heading_ends_the_papers_listed_below_it():
    lists = "附件\n一、废止的文件(2件)\n1.《旧甲的办法》(云甲〔2013〕9号)\n2.《旧乙的办法》(云乙〔2012〕7号)\n二、宣布失效的文件(1件)\n1.《旧丙的规划》(云政发〔2016〕4号)\n"
    lists += "三、继续有效的文件\n1.《丁的办法》(云丁〔2020〕1号)\n四、拟修改的文件\n1.《戊的办法》(云戊〔2020〕1号)\n"
    assert [number for _, number in repeals(f"\n{lists}")] == [
        "云甲〔2013〕9号",
        "云乙〔2012〕7号",
        "云政发〔2016〕4号",
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "此前出台的奖励政策同时废止。",
        "建议废止《旧的创新办法》。",
        "证书未按《甲的规定》年检的自行失效。",
        "对外商企业不再执行《外商企业管理规定》的限制。",
        "市甲局按照《规章清理办法》及时废止不相适应的文件。",
        "本办法与《甲的规定》不一致的,以本办法为准。",
        "《旧的创新办法》第四条同时废止。",
        "依据《旧的创新办法》【已废止】制定。",
        "依据《旧的创新办法》【已废止,最新为:《新的创新办法》】制定。",
    ],
)
def test_what_is_no_repeal(sentence: str):
    text = f"一、甲\n{sentence}\n"
    assert exchange(compile_document(parse(text)))["repeals"] == []


def test_what_a_decision_ends_is_listed_below_it():
    text = (
        "市政府决定对以下2件规章予以废止:\n一、《云州市甲办法》(2011年5月6日云州市人民政府令第7号发布)\n"
        "二、《云州市乙办法》(云政发〔2018〕8号)\n本决定自公布之日起施行。\n三、《云州市丙办法》继续有效。\n"
    )
    found = exchange(compile_document(parse(text)))
    assert [row["number"] or row["title"] for row in found["repeals"]] == ["云州市甲办法", "云政发〔2018〕8号"]
    assert [row["title"] for row in found["references"]] == ["云州市丙办法"]


def test_what_is_issued_before_the_verb_is_not_what_it_ends():
    text = "经研究,印发《关于公布清理结果的通知》(云城管〔2020〕143号),废止《关于养护工程的通知》(云市政〔2011〕12号)等6件文件。"
    assert [one.number for one in compile_document(parse(text)).facts if isinstance(one, Repeal)] == [
        "云市政〔2011〕12号"
    ]


def test_by_what_an_ended_paper_was_changed_is_not_ended():
    text = "决定废止《饭盒管理办法》(2000年6月14日云州市人民政府令第84号公布,根据《关于修改〈甲规定〉的决定》修正并重新公布)。"
    ended = [one.title for one in compile_document(parse(text)).facts if isinstance(one, Repeal)]
    assert ended == ["饭盒管理办法"]


def test_what_a_decision_changes_behind_what_it_ends_is_not_ended():
    text = "市政府决定:\n一、对下列2件文件予以废止:\n1.《云州市甲办法》(云政发〔2009〕14号)\n2.《云州市关于修改乙办法的决定》(云政发〔2013〕7号)\n"
    text += "二、对《云州市丙办法》(云政发〔2019〕25号)作出修改:\n(一)删去第十五条。\n本决定自2026年3月1日起施行。\n"
    found = exchange(compile_document(parse(text)))
    assert [row["number"] for row in found["repeals"]] == ["云政发〔2009〕14号", "云政发〔2013〕7号"]
    assert [row["number"] for row in found["references"]] == ["云政发〔2019〕25号"]


@pytest.mark.parametrize(
    "clause",
    [
        "此前发布的《云州甲意见》等文件与本意见不符的,一律废止。",
        "《云州甲意见》中与本办法不一致的规定同时废止。",
    ],
)
def test_what_of_an_older_paper_says_otherwise_ends_the_paper_not(clause: str):
    text = f"云州市某某办法\n第一条 为加强管理,制定本办法。\n第二条 {clause}\n"
    assert exchange(compile_document(parse(text)))["repeals"] == []
