"""Tables that pages draw, with merged cells, titles and groups inside, pay what the same table between tabs pays."""

import pytest

from luodi.document import read_bytes
from luodi.policy.compile import compile_document
from luodi.policy.exports.exchange import exchange
from papers import font
from tables import ABOVE, DRAWN, LAYOUTS, LEFT, Paper, between_tabs

HEAD = ["云泽市高质量发展若干措施", "云政发〔2024〕9号", "一、支持措施", "对平台给予奖励，标准如下："]
END = ["注：表中金额单位为万元。", "二、附则", "本措施自印发之日起施行。"]
ROWS = [
    ["序号", "平台", "首次认定", LEFT, "复核", LEFT],
    [ABOVE, ABOVE, "国家级", "省级", "国家级", "省级"],
    ["1", "实验室", "90", "50", "30", "20"],
    ["2", "技术中心", "80", "—", "20", "10"],
]
PAPERS = {
    "two lines of names": Paper(HEAD, ROWS, END, 2),
    "a title inside": Paper(HEAD, [["平台奖励标准", *[LEFT] * 5], *ROWS], END, 3),
    "groups": Paper(HEAD, [*ROWS[:2], ["一、科研", *[LEFT] * 5], ROWS[2], ["二、产业", *[LEFT] * 5], ROWS[3]], END, 2),
    "merged keys": Paper(
        HEAD,
        [
            ["平台", "级别", "奖励标准", "备注"],
            ["实验室", "国家级", "90", "一次性"],
            [ABOVE, "省级", "50", ""],
            ["技术中心", "国家级", "80", ""],
            [ABOVE, "省级", "20", ""],
        ],
        END,
    ),
    "units and tasks": Paper(
        [*HEAD[:3], "任务分工表"],
        [
            ["序号", "任务", "牵头单位", "配合单位", "完成时限"],
            ["1", "建设平台5个", "市甲局", "市乙局", "2025年底"],
            ["2", "培育企业30家", ABOVE, "市丙局", "2026年底"],
        ],
        END[1:],
    ),
}


def facts(data: bytes) -> dict[str, list[tuple[object, ...]]]:
    found = exchange(compile_document(read_bytes(data, "文件")))
    names = {
        "articles": ("id",),
        "benefits": ("article", "kind", "selector", "amount", "frequency"),
        "goals": ("article", "metric", "value", "unit", "deadline"),
        "duties": ("article", "lead", "participants"),
    }
    return {kind: [tuple(row[name] for name in keys) for row in found[kind]] for kind, keys in names.items()}


@pytest.mark.parametrize("layout", [*DRAWN, "docx", "html", "bars"])
@pytest.mark.parametrize("name", PAPERS)
def test_a_table_says_the_same_however_it_is_set(name: str, layout: str) -> None:
    if layout in DRAWN and font() is None:
        pytest.skip("no Chinese font: apt-get install fonts-noto-cjk")
    expected = facts(between_tabs(PAPERS[name]))
    assert facts({**DRAWN, **LAYOUTS}[layout](PAPERS[name])) == expected
    assert expected["benefits"] or len(expected["duties"]) == len(expected["goals"]) == 2
