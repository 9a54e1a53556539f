"""Web pages: site furniture, a body that stands twice, tables and tags are kept apart from the paper."""

import pytest

from luodi.document import parse


def test_cells_below_one_another_stay_where_a_site_stands_round_them():
    cells = "\n\n".join(["指标", "2020年", "2025年", "农机化水平", "60", "74", "覆盖率", "80", "96"])
    page = f"首页\n政策文件\n字号:大 中 小\n云州市农业发展规划\n\n{cells}\n\n版权所有 云州市人民政府\n"
    assert [cell in parse(page).clean.split("\n") for cell in ("60", "74", "80", "96")] == [True] * 4


def test_site_furniture_stands_outside_the_document():
    body = "云州市人民政府关于支持创新的若干意见\n各区人民政府：\n一、对企业给予奖励，促进全市经济社会的持续发展。"
    page = f"首页 > 政务公开 > 政策文件\n打印 分享\n{body}\n\n网站地图 | 联系我们\n版权所有：云州市人民政府\n云ICP备1号"
    document = parse(page)
    assert document.clean == parse(body).clean
    assert document.clean[document.articles[-1].start : document.articles[-1].end].endswith("发展。")


@pytest.mark.parametrize("compact_first", [True, False])
def test_a_body_that_stands_twice_is_read_once(compact_first: bool):
    lines = [
        f"第{n}条 本办法第{n}款规定的事项由市级主管部门会同有关单位按第{n}号标准组织实施并监督。" for n in range(1, 31)
    ]
    formatted, compact = "\n".join(lines), "".join(lines)
    page = f"{compact}\n{formatted}" if compact_first else f"{formatted}\n{compact}"
    assert parse(page).clean == parse(formatted).clean


def test_a_second_copy_goes_with_its_title():
    title = "云州市创新券管理办法"
    items = [f"第{n}条 本办法第{n}款规定的事项由市级主管部门会同有关单位按第{n}号标准组织实施。" for n in range(1, 9)]
    body = "\n".join([title, *items])
    assert parse(f"{body}\n{body}").clean == parse(body).clean


def test_a_sites_name_behind_every_paragraph_is_none_of_it():
    body = [
        "各区甲局:",
        "为发展建筑业,提出如下意见。",
        "一、指导思想",
        "坚持创新驱动。",
        "二、工作目标",
        "到2025年建成园区。",
    ]
    marked = "".join(f"{line}tHC甲乙网-建筑人都在这里!专业网站\n" for line in body)
    assert parse(marked).clean == "\n".join(body)
    same = "".join(f"{n}、支持{n}类企业,由市科技局负责落实。\n" for n in "一二三四五六")
    assert parse(same).clean == same.strip()


def test_tags_copied_into_plain_text_part_its_paragraphs():
    text = '文号 :云政发〔2018〕13号\n<p>各市甲局:</p><p style="text-align: right;"> 云省政府</p><p><strong> 一、目标</strong></p><p>坚持。</p>'
    assert parse(text).clean == "文号 :云政发〔2018〕13号\n各市甲局:\n云省政府\n一、目标\n坚持。"
    assert "<甲>" in parse("一、增速<甲>和<乙>。").clean


def test_a_short_compact_copy_with_full_stops_for_line_ends_is_a_copy_too():
    lines = [
        f"{n}、支持{name}\n企业到{name}局申报，初审后报市级主管部门会同财政部门审定。"
        for n, name in zip("一二三四", "甲乙丙丁", strict=True)
    ]
    formatted = "\n".join(["云州市关于支持服务业的通知", *lines])
    compact = "".join(line.replace("\n", "。") for line in lines)
    assert parse(f"{compact}\n{formatted}").clean == parse(formatted).clean


def test_a_long_text_on_one_line_is_no_copy_of_itself():
    text = "一、总体要求。" + "坚持创新驱动，加快产业发展。" * 120
    assert parse(text).clean.startswith("一、总体要求。坚持创新")


HTML = """<!DOCTYPE html><html><head><meta name="ArticleTitle" content="云州市关于扶持的意见"><title>网站</title>
<script>var a = "<p>一、不是条款</p>";</script></head><body><nav>首页</nav><h1>云州市关于扶持的意见</h1>
<p>一、奖励&#xff08;含补助&#65289;。对<b>企业</b>给予
50万元&nbsp;奖励。</p><table><tr><td>序号</td><td>任务</td></tr></table><!-- 二、注释 --></body></html>"""


def test_a_web_page_is_read_by_its_content_and_keeps_its_places():
    document = parse(HTML)
    assert document.format == "html"
    assert [article.id for article in document.articles] == ["一"]
    assert "注释" not in document.clean
    assert "不是条款" not in document.clean
    start = document.clean.index("(含补助)")
    span = document.text.span(start, start + 5)
    assert HTML[span.start : span.end] == "&#xff08;含补助&#65289;"
    assert "序号\t任务" in document.clean


TABLE = """<html><table><tr><td><p>任务</p></td><td>牵头<br>单位</td><td>配合单位</td></tr>
<tr><td rowspan="2">甲</td><td> 市经信局 </td><td></td></tr><tr><td></td><td>市财政局</td></tr>
<tr><td>丙</td><td colspan=2>市科技局</td></tr></table><p>一、其他。</p></html>"""


def test_the_rows_of_a_table_keep_their_columns():
    assert parse(TABLE).clean.split("\n") == [
        "任务\t牵头单位\t配合单位",
        "甲\t市经信局\t",
        "〃\t\t市财政局",
        "丙\t市科技局\t",
        "一、其他。",
    ]


def test_what_a_page_lays_out_with_tables_is_text():
    page = "<html><table><tr><td></td><td><table><tr><td>\t<p>一、甲。</p><p>二、乙。</p></td></tr></table></td></tr></table></html>"
    assert parse(page).clean == "一、甲。\n二、乙。"


@pytest.mark.parametrize(
    "broken",
    ["<p>一、甲<!-- 没有结尾", '<div><a href="没有结尾', "<html><script>", "<p>a<b", "<html><p>&#xffffffff;&nosuch;"],
)
def test_a_broken_page_is_still_read(broken: str):
    assert parse(broken).text.source == broken


def test_noise_of_a_forum_round_its_lines_is_dropped():
    noisy = "/ B9 F% F9 p% f (一)失业率控制在4.2%以内; : J8 F' X+ b/ T\" t) g: L\n; k$ ]% Z3 J a 二、各级政府∶\n"
    assert parse(noisy).text.clean.split("\n")[:2] == ["(一)失业率控制在4.2%以内;", "二、各级政府:"]
    kept = "A B C D E F 合计\n| | | | | | 云州 |\n"
    assert "ABCDEF合计" in parse(kept).text.clean


def test_a_short_paper_that_stands_twice_whole_is_read_once():
    paper = "云州市人民政府办公室关于更正有关内容的通知\n云政办函〔2026〕15号\n各县(市、区)人民政府:\n"
    paper += "经核查，《云州市健身实施计划》印发后部分内容有误，现将有关内容更正如下，请各地以本通知为准：\n"
    paper += "一、将“到2030年人均体育场地面积达到2.6平方米”更正为“达到3.2平方米”，其他指标不变。\n云州市人民政府办公室\n2026年2月13日"
    assert parse(f"{paper}\n{paper}").clean == parse(paper).clean
    other = paper.replace("15号", "16号").replace("3.2", "3.4")
    assert parse(f"{paper}\n{other}").clean.count("更正如下") == 2
