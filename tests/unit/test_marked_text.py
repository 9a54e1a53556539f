"""The official text as a page shows it: what of a line is a heading."""

import re

import pytest

from luodi.service.policies.marked_text import paragraphs
from luodi.service.policies.outline import opening


@pytest.mark.parametrize(
    ("line", "heading", "shown"),
    [
        ("一、工作目标", "工作目标", "<b>一、工作目标</b>"),
        ("一、工作目标以消除隐患为目标。", "工作目标", "<b>一、工作目标</b>以消除隐患为目标。"),
        ("（一）摸底 排查（2022年）。由甲局牵头", "摸底排查(2022年)", "<b>（一）摸底 排查（2022年）</b>。"),
        ("第一条 对企业给予奖励。", None, "第一条 对企业给予奖励。"),
        ("第一条 对企业给予奖励。", "总则", "第一条 对企业给予奖励。"),
    ],
)
def test_a_heading_is_bold_and_what_follows_it_is_not(line: str, heading: str | None, shown: str) -> None:
    article = {"id": "一", "level": 1, "heading": heading, "span": [0, len(line)]}
    (made,) = paragraphs(f"{line}\n", [article], [], {})
    assert f'id="s-0">{shown}</span>' in made.html


def test_cells_of_a_table_are_told_apart_and_the_text_stays_what_it_is():
    (made,) = paragraphs("20000（含）—30000\t30\t5\n", [], [], {})
    assert made.html.count('<span class="cell">\t</span>') == 2
    assert re.sub(r"<[^>]*>", "", made.html) == "20000（含）—30000\t30\t5"


def test_a_clause_is_told_by_its_words_behind_a_number_set_with_spaces():
    assert opening("第 2 0 条 成立领导小组。") == opening("第20条　成立领导小组。") == "成立领导小组"
    assert opening("第三方机构服务费。") == "第三方机构服务费"
