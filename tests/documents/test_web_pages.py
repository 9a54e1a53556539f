"""Pages as the sites of public bodies make them: only what a reader of the page sees of the paper is read."""

import time

import pytest

from luodi.document import read_bytes

TITLE = "云岭市支持企业发展若干措施"
CLAUSE = "一、对首次认定的企业，给予50万元奖励。"
OTHER = "二、对复评通过的企业，给予30万元奖励。"


def lines(body: str, head: str = "") -> list[str]:
    page = f"<!DOCTYPE html><html><head>{head}</head><body><h1>{TITLE}</h1>{body}</body></html>"
    return read_bytes(page.encode(), "页面.html").clean.splitlines()[1:]


@pytest.mark.parametrize(
    "hidden",
    [
        '<span style="display:none">云州</span>',
        "<span style='font-size: 0px; color:red'>云州</span>",
        '<i style="VISIBILITY:HIDDEN">云州</i>',
        "<b hidden>云州</b>",
        '<em class="x noise">云州<em>府</em></em>',
        '<span style="opacity:0">云州</span>',
    ],
)
def test_hidden_words_are_not_read(hidden: str) -> None:
    style = "<style>.y{color:red} .noise { display : none }</style>"
    assert lines(f"<p>{CLAUSE[:9]}{hidden}{CLAUSE[9:]}</p><p>{OTHER}</p>", style) == [
        CLAUSE.replace("，", ","), OTHER.replace("，", ","),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "shown",
    [
        '<span style="font-size:0.9em">{}</span>',
        '<span style="overflow:hidden">{}</span>',
        '<span class="hidden">{}</span>',
        '<span title="display:none">{}</span>',
        '<span class="print">{}</span>',
        '<div class="tab"><span>{}</span></div>',
    ],
)
def test_what_is_shown_on_some_screen_is_read(shown: str) -> None:
    style = "<style>@media print { .a{color:red} .print{display:none} } .menu .tab{display:none}</style>"
    assert CLAUSE.replace("，", ",") in lines(f"{shown.format(CLAUSE)}<p>{OTHER}</p>", style)


def test_a_paper_that_a_script_will_show_is_read() -> None:
    body = f'<div>首页</div><div id="text" style="display:none"><p>{CLAUSE}</p><p>{OTHER}</p></div>'
    assert lines(body)[-2:] == [CLAUSE.replace("，", ","), OTHER.replace("，", ",")]


def test_links_to_other_papers_are_not_read_wherever_they_stand() -> None:
    links = "".join(
        f'<li><a href="/art/{n}.html">云岭市对首次上云的企业给予{n}00万元奖励</a><span>2026-05-0{n}</span></li>'
        for n in (1, 2, 3)
    )
    assert lines(f"<p>{CLAUSE}</p><ul>{links}</ul><p>{OTHER}</p>") == [
        CLAUSE.replace("，", ","),
        OTHER.replace("，", ","),
    ]


@pytest.mark.parametrize(
    "kept",
    [
        '<p>附件：</p><p><a href="/p/1.docx">1.云岭市奖励申请表</a></p><p><a href="/p/2.docx">2.云岭市奖励汇总表</a></p>',
        '<p><a href="#a">第一部分 奖励的对象和标准</a></p><p><a href="#b">第二部分 奖励的申报和拨付</a></p>',
        '<p>依据<a href="/l/1.html">《云州省中小企业促进条例》</a>等制定。</p><p>参照<a href="/l/2.html">《云州省工业发展条例》</a>执行。</p>',
        '<p><a href="/l/1.html">《云州省中小企业促进条例》解读</a></p><p>以上为依据。</p>',
    ],
)  # fmt: skip
def test_links_of_the_paper_itself_are_read(kept: str) -> None:
    assert any("奖励" in line or "条例" in line for line in lines(f"<p>{CLAUSE}</p>{kept}<p>{OTHER}</p>")[1:-1])


def test_the_numbers_that_a_browser_sets_are_read() -> None:
    items = "<li>企业在本市注册；</li><li><p>企业纳税信用良好。</p></li>"
    assert lines(f"<p>{CLAUSE}条件是：</p><ol>{items}</ol>")[1:] == ["1.企业在本市注册;", "2.企业纳税信用良好。"]
    assert lines(f'<p>{CLAUSE}条件是：</p><ol start="3">{items}</ol>')[1][:2] == "3."
    assert lines(f'<p>{CLAUSE}条件是：</p><ol style="list-style:cjk-ideographic">{items}</ol>')[2][:2] == "二、"


@pytest.mark.parametrize(
    ("opening", "style"),
    [("<ul>", ""), ('<ol style="list-style-type: none">', ""), ("<ol>", "ul,ol,li{margin:0;list-style:none}"), ("<ol type=A>", "")],
)  # fmt: skip
def test_lists_without_numbers_get_none(opening: str, style: str) -> None:
    found = lines(f"<p>{CLAUSE}条件是：</p>{opening}<li>企业在本市注册；</li></ol>", f"<style>{style}</style>")
    assert found[1] == "企业在本市注册;"


def test_an_item_that_has_a_number_gets_no_other() -> None:
    items = "<li>（一）企业在本市注册；</li><li>&nbsp;<b>2</b>.企业纳税信用良好。</li>"
    assert lines(f"<p>{CLAUSE}条件是：</p><ol>{items}</ol>")[1] == "(一)企业在本市注册;"


def test_text_that_is_set_as_it_stands_keeps_its_lines_and_columns() -> None:
    rows = "级别\t标准\t次数\n国家级\t500万元\t一次\n省级\t100万元\t一次"
    assert lines(f"<pre>{CLAUSE}\n{rows}</pre>") == [CLAUSE.replace("，", ","), *rows.split("\n")]


@pytest.mark.parametrize(
    "piece", ['<a "', "<p hidden>", "<!--", "<span style='display:none'><p>", "<li><a href=x>云岭市对企业的奖励"]
)
def test_broken_markup_takes_time_in_proportion(piece: str) -> None:
    began = time.process_time()
    read_bytes(f"<html><p>{CLAUSE}</p>{piece * 20_000}".encode(), "页面.html")
    assert time.process_time() - began < 5
