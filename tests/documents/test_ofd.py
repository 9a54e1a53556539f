"""OFD files: what a page shows, wherever its objects stand."""

import re

import pytest

from luodi.document import read_bytes
from luodi.errors import ContentError
from papers import as_ofd, ofd_entries, typeset

TEXT = "云岭市奖励办法\n第一条　对首次认定的企业，给予50万元奖励。\n第二条　本办法自2026年7月1日起施行。"
LINES = [line.replace("　", " ") for line in TEXT.split("\n")]
PAGE = "Doc_0/Pages/Page_0/Content.xml"


def lines(entries: dict[str, str]) -> list[str]:
    return read_bytes(as_ofd(entries), "办法.ofd").text.source.splitlines()


def hidden(value: str, within: str = "") -> dict[str, str]:
    text = '<ofd:TextObject {}Boundary="30 80 100 6" Size="4"><ofd:TextCode X="0" Y="4">对企业给予900万元奖励。</ofd:TextCode></ofd:TextObject>'
    object_ = text.format("" if within else f'Visible="{value}" ')
    if within:
        object_ = f'<ofd:PageBlock Visible="{value}">{object_}</ofd:PageBlock>'
    entries = ofd_entries(typeset(TEXT, head=""))
    return entries | {PAGE: entries[PAGE].replace("</ofd:Layer>", f"{object_}</ofd:Layer>")}


@pytest.mark.parametrize(("value", "within"), [("false", ""), ("0", ""), ("false", "block")])
def test_what_is_not_visible_is_not_read(value: str, within: str) -> None:
    assert lines(hidden(value, within)) == LINES


def test_what_is_said_to_be_visible_is_read() -> None:
    assert any("900" in line for line in lines(hidden("true")))


def test_a_page_without_text_of_its_own_shows_that_of_its_template() -> None:
    entries = ofd_entries(typeset(TEXT, head=""), template="模板")
    template = "Doc_0/Tpls/Tpl_0/Content.xml"
    body, empty = entries[PAGE], re.sub(r"<ofd:Layer .*</ofd:Layer>", "<ofd:Layer/>", entries[PAGE])
    assert "模板" not in "".join(lines(entries))
    assert lines(entries | {template: body, PAGE: empty}) == LINES
    with pytest.raises(ContentError, match="没有文字"):
        lines(entries | {template: body, PAGE: empty.replace("ofd:Template ", "ofd:Other ")})


def turned(at: re.Match[str], matrix: str) -> str:
    x, y, wide, high = (float(number) for number in at[2].split())
    if matrix == "0 1 -1 0":
        return f'{at[1]}Boundary="{297 - y - high:.3f} {x:.3f} {high:.3f} {wide:.3f}" CTM="{matrix} {high:.3f} 0"'
    return f'{at[1]}Boundary="{y:.3f} {210 - x - wide:.3f} {high:.3f} {wide:.3f}" CTM="{matrix} 0 {wide:.3f}"'


@pytest.mark.parametrize("matrix", ["0 1 -1 0", "0 -1 1 0"])
def test_a_page_set_sideways_is_turned(matrix: str) -> None:
    table = f"{TEXT}\n级别\t标准\n省级\t20万元\n国家级\t80万元"
    entries = ofd_entries(typeset(table, head=""))
    sideways = re.sub(
        r'(<ofd:(?:Text|Path)Object ID="\d+" )Boundary="([^"]*)"', lambda at: turned(at, matrix), entries[PAGE]
    )
    assert lines(entries | {PAGE: sideways}) == [*LINES, "级别\t标准", "省级\t20万元", "国家级\t80万元"]


def test_a_stamp_that_stands_otherwise_is_not_read() -> None:
    stamp = '<ofd:TextObject Boundary="30 80 100 6" CTM="0.7 -0.7 0.7 0.7 0 0" Size="9"><ofd:TextCode X="0" Y="4">仅供参考</ofd:TextCode></ofd:TextObject>'
    entries = ofd_entries(typeset(TEXT, head=""))
    assert lines(entries | {PAGE: entries[PAGE].replace("</ofd:Layer>", f"{stamp}</ofd:Layer>")}) == LINES
