"""The same table in all layouts gives the same rows: those that were written, or, one cell a line, none and a word of it."""

from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luodi.document import read_bytes
from luodi.policy.compile import compile_document
from luodi.policy.exports.exchange import exchange
from tables import ABOVE, LAYOUTS, LEFT, Paper, one_a_line

HEAD = ["云泽市高质量发展若干措施", "云政发〔2024〕9号", "一、支持措施"]
END = ["二、附则", "本措施自印发之日起施行。"]
THINGS = ("重点实验室", "技术中心", "孵化器", "示范园区", "工业设计机构")
LEVELS = ("国家级", "省级", "市级")
TIERS = ("1（含）—5", "5（含）—10", "10（含）以上")
EVENTS = ("首次认定", "复核通过", "升级")


class Written(NamedTuple):
    """A paper and the rows that it was written with: the words that pick each, and its sum in yuan."""

    paper: Paper
    rows: list[tuple[tuple[str, ...], int]]


@st.composite
def written(draw: st.DrawFn) -> Written:
    """Grids of sums in 万元: one key or two of which the first may be merged, one column of sums or several, the unit in one of four places."""
    kind = draw(st.sampled_from(["one key", "two keys", "tiers"]))
    events = draw(st.sampled_from([("",), EVENTS[:2], EVENTS]))
    unit = draw(st.sampled_from(["name", "line", "title", "note"]))
    counted, remarks, told = draw(st.booleans()), draw(st.booleans()), "（万元）" if unit == "name" else ""
    things = draw(st.lists(st.sampled_from(THINGS), min_size=2, max_size=4, unique=True))
    keys = {
        "one key": [(thing,) for thing in things],
        "two keys": [(thing, level) for thing in things for level in LEVELS[: draw(st.integers(1, 3))]],
        "tiers": [(tier,) for tier in TIERS],
    }[kind]
    names = {"one key": ["平台类型"], "two keys": ["平台类型", "级别"], "tiers": ["营业收入（亿元）"]}[kind]
    top = [*["序号"] * counted, *names, *(f"{event}奖励{told}" for event in events), *["备注"] * remarks]
    rows, found = [top], []
    for number, key in enumerate(keys, 1):
        sums = draw(st.lists(st.integers(1, 400), min_size=len(events), max_size=len(events)))
        none = draw(st.integers(0, len(events))) if len(events) > 1 else len(events)
        cells = ["—" if at == none else str(one) for at, one in enumerate(sums)]
        merged = kind == "two keys" and number > 1 and keys[number - 2][0] == key[0]
        shown = [ABOVE, *key[1:]] if merged else list(key)
        rows.append([*[str(number)] * counted, *shown, *cells, *[""] * remarks])
        found += [
            ((*key, event), one * 10_000) for event, one, cell in zip(events, sums, cells, strict=True) if cell != "—"
        ]
    lead = "对获得认定的单位给予奖励，标准如下："
    before = {"line": [lead, "单位：万元"], "title": [lead, "平台奖励标准（单位：万元）"]}.get(unit, [lead])
    after = ["注：表中金额单位为万元。"] if unit == "note" else []
    return Written(Paper([*HEAD, *before], rows, [*after, *END]), found)


def told(data: bytes, name: str) -> tuple[list[tuple[str, int]], set[str], list[str]]:
    result = exchange(compile_document(read_bytes(data, name)))
    rows = [(row["selector"] or "", row["amount"]) for row in result["benefits"]]
    return rows, {one["code"] for one in result["diagnostics"]}, [one["id"] for one in result["articles"]]


def agree(rows: list[tuple[str, int]], expected: list[tuple[tuple[str, ...], int]]) -> bool:
    """Whether the rows have these sums in this order, and each is called by its last key and its column."""
    return [one for _, one in rows] == [one for _, one in expected] and all(
        all(word.replace("（", "(").replace("）", ")") in selector for word in words[-2:])
        for (selector, _), (words, _) in zip(rows, expected, strict=True)
    )


QUICK = settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize("layout", LAYOUTS)
@QUICK
@given(one=written())
def test_a_table_of_awards_gives_its_rows_in_every_layout(layout: str, one: Written) -> None:
    rows, _, articles = told(LAYOUTS[layout](one.paper), "文件")
    assert agree(rows, one.rows) and articles == ["一", "二"], rows


@QUICK
@given(one=written())
def test_one_cell_a_line_gives_its_rows_or_none_and_says_so(one: Written) -> None:
    rows, codes, _ = told(one_a_line(one.paper), "文件.txt")
    assert agree(rows, one.rows) or (not rows and codes & {"table-cells", "table-unread"}), rows


@pytest.mark.parametrize("layout", LAYOUTS)
def test_titles_groups_and_two_lines_of_names_inside_a_table(layout: str) -> None:
    rows = [
        ["序号", "平台", "首次认定", LEFT, "复核", LEFT],
        [ABOVE, ABOVE, "国家级", "省级", "国家级", "省级"],
        ["1", "重点实验室", "90", "50", "30", "20"],
        ["2", "技术中心", "80", "40", "20", "10"],
    ]
    grouped = [*rows[:2], ["一、科研类", *[LEFT] * 5], rows[2], ["二、产业类", *[LEFT] * 5], rows[3]]
    titled = [["平台奖励标准（单位：万元）", *[LEFT] * 5], *rows]
    lead = ["对平台给予奖励，标准如下："]
    for before, table in (([*lead, "单位：万元"], rows), ([*lead, "单位：万元"], grouped), (lead, titled)):
        if layout == "aligned":  # two lines of names without their marks cannot be put together again
            continue
        found, _, articles = told(LAYOUTS[layout](Paper([*HEAD, *before], table, END, 2)), "文件")
        assert [one for _, one in found] == [n * 10_000 for n in (90, 50, 30, 20, 80, 40, 20, 10)], table
        assert [name for name, _ in found][:4] == [
            "重点实验室首次认定国家级",
            "重点实验室首次认定省级",
            "重点实验室复核国家级",
            "重点实验室复核省级",
        ]
        assert articles == ["一", "二"]
