"""Word files: what people see on the page is what is read."""

import io
import zipfile

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from luodi.document import read_bytes
from luodi.document.word_numbering import numeral
from malformed import W, word
from papers import numbered, saved, zipped

NUMBERS = {
    "chineseCountingThousand": {
        1: "一",
        10: "十",
        11: "十一",
        20: "二十",
        101: "一百零一",
        110: "一百一十",
        1010: "一千零一十",
    },
    "ideographDigital": {10: "一〇", 23: "二三"},
    "chineseLegalSimplified": {1: "壹", 12: "壹拾贰"},
    "decimalEnclosedCircleChinese": {1: "①", 20: "⑳", 21: "21"},
    "decimalZero": {7: "07"},
    "ideographTraditional": {3: "丙", 11: "11"},
    "ideographZodiac": {12: "亥"},
    "upperRoman": {4: "IV", 1999: "MCMXCIX"},
    "lowerLetter": {1: "a", 26: "z", 27: "aa"},
    "decimal": {12: "12"},
    "nosuchformat": {12: "12"},
}


@pytest.mark.parametrize(
    ("format_", "count", "seen"), [(f, n, s) for f, rows in NUMBERS.items() for n, s in rows.items()]
)
def test_numbers_are_written_as_word_shows_them(format_: str, count: int, seen: str) -> None:
    assert numeral(count, format_) == seen


def lines(data: bytes) -> list[str]:
    return read_bytes(data, "政策.docx").text.source.splitlines()


def numbering(levels: str, instances: str = "", abstract: str = "") -> str:
    return (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="1">{abstract}{levels}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>{instances}</w:numbering>'
    )


def level(at: int, format_: str, text: str, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{format_}"/>{more}<w:suff w:val="nothing"/><w:lvlText w:val="{text}"/></w:lvl>'


def item(text: str, at: int = 0, instance: int = 1) -> str:
    return f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{instance}"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>'


THREE = (
    level(0, "chineseCounting", "%1、")
    + level(1, "chineseCounting", "（%2）")
    + level(2, "decimal", "%1.%2.%3 ", '<w:isLgl/>')
)  # fmt: skip


def test_levels_count_and_begin_anew_under_the_next_higher_number() -> None:
    body = item("甲") + item("子", 1) + item("丑", 1) + item("细", 2) + item("乙") + item("寅", 1) + item("目", 2)
    assert lines(word(body, word__numbering_xml=numbering(THREE))) == [
        "一、甲", "（一）子", "（二）丑", "1.2.1 细", "二、乙", "（一）寅", "2.1.1 目",
    ]  # fmt: skip


def test_articles_run_on_through_chapters() -> None:
    law = level(0, "chineseCounting", "第%1章 ") + level(1, "chineseCounting", "第%2条 ", '<w:lvlRestart w:val="0"/>')
    body = item("总则") + item("甲", 1) + item("乙", 1) + item("分则") + item("丙", 1)
    assert lines(word(body, word__numbering_xml=numbering(law)))[-2:] == ["第二章 分则", "第三条 丙"]


def test_a_second_instance_goes_on_or_begins_where_it_says() -> None:
    more = (
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="1"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
    body = item("甲") + item("乙", 0, 2) + item("丙", 0, 3) + item("丁", 0, 3)
    assert lines(word(body, word__numbering_xml=numbering(THREE, more))) == ["一、甲", "二、乙", "一、丙", "二、丁"]


def test_numbers_of_a_style_and_of_a_list_style() -> None:
    styles = (
        f'<w:styles {W}><w:style w:type="paragraph" w:styleId="Base"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Sub"><w:basedOn w:val="Base"/></w:style></w:styles>'
    )
    linked = level(0, "chineseCounting", "%1、", '<w:pStyle w:val="Base"/>')
    both = (
        f'<w:numbering {W}><w:abstractNum w:abstractNumId="1"><w:styleLink w:val="L"/>{linked}</w:abstractNum>'
        '<w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="L"/></w:abstractNum><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num></w:numbering>'
    )
    body = "".join(f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{more}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>' for style, text, more in (
        ("Base", "甲", ""), ("Sub", "乙", ""), ("Sub", "无号", '<w:numPr><w:numId w:val="0"/></w:numPr>'), ("Base", "丙", "")))  # fmt: skip
    assert lines(word(body, word__styles_xml=styles, word__numbering_xml=both)) == [
        "一、甲",
        "二、乙",
        "无号",
        "三、丙",
    ]


def test_tracked_changes_are_accepted() -> None:
    body = (
        "<w:p><w:r><w:t>奖励</w:t></w:r><w:del><w:r><w:delText>50</w:delText></w:r></w:del><w:ins><w:r><w:t>20</w:t></w:r></w:ins><w:r><w:t>万元</w:t></w:r></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>两段</w:t></w:r></w:p><w:p><w:r><w:t>成一段。</w:t></w:r></w:p>"
        "<w:p><w:moveFrom><w:r><w:t>旧处</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>新处</w:t></w:r></w:moveTo></w:p>"
    )
    document = read_bytes(word(body), "政策.docx")
    assert document.text.source.splitlines() == ["奖励20万元", "两段成一段。", "新处"]
    assert {note.code for note in document.notes} == {"tracked-changes"}
    assert "50" in document.unread


def test_text_boxes_follow_their_paragraph_once() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>框中文字</w:t></w:r></w:p></w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    body = (
        f"<w:p><w:r><w:t>正文</w:t></w:r><w:r><mc:AlternateContent {mc}><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>继续。</w:t></w:r></w:p>"
    )
    assert lines(word(body)) == ["正文继续。", "框中文字"]


def test_what_is_not_seen_is_left_out_and_told() -> None:
    body = (
        '<w:p><w:r><w:t>第一</w:t></w:r><w:r><w:footnoteReference w:id="1"/></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r>'
        "<w:r><w:ruby><w:rt><w:r><w:t>chǎn</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>产</w:t></w:r></w:rubyBase></w:ruby></w:r>"
        "<w:r><w:fldChar/><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>业</w:t></w:r><w:r><w:br/></w:r><w:r><w:t>第二行</w:t></w:r></w:p>"
    )
    document = read_bytes(word(body), "政策.docx")
    assert document.text.source == "第一产业\n第二行\n"
    assert {note.code for note in document.notes} == {"footnotes", "hidden-text"}


def test_tables_keep_their_columns_through_merged_and_empty_cells() -> None:
    paper = docx.Document()
    table = paper.add_table(4, 3)
    for row, cells in zip(
        table.rows,
        (
            ("任务", "牵头单位", "配合单位"),
            ("甲", "市经信局", ""),
            ("乙", "", "市财政局"),
            ("丙", "市科技局", "市教育局"),
        ),
        strict=True,
    ):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    table.cell(1, 1).merge(table.cell(2, 1))
    table.cell(3, 1).merge(table.cell(3, 2))
    document = read_bytes(saved(paper), "分工表.docx")
    assert document.text.source.splitlines() == [
        "任务\t牵头单位\t配合单位", "甲\t市经信局\t", "乙\t〃\t市财政局", "丙\t市科技局 市教育局\t",
    ]  # fmt: skip
    assert document.clean.splitlines()[2] == "乙\t〃\t市财政局"


def test_what_a_table_only_frames_is_read_as_the_page_is() -> None:
    paper = docx.Document()
    paper.add_paragraph("标准见下表。")
    for frame in (paper.add_table(1, 1), paper.add_table(1, 2)):
        cell = frame.rows[0].cells[-1]
        cell.paragraphs[0].text = "奖励标准表"
        inner = cell.add_table(2, 2)
        for row, words in zip(inner.rows, (("级别", "标准"), ("国家级", "500万元")), strict=True):
            for each, text in zip(row.cells, words, strict=True):
                each.text = text
        cell.add_paragraph("以上均为一次性奖励。")
    framed = ["奖励标准表", "级别\t标准", "国家级\t500万元", "以上均为一次性奖励。"]
    assert [line for line in lines(saved(paper)) if line] == ["标准见下表。", *framed, *framed]


def test_each_place_names_its_paragraph() -> None:
    paper = docx.Document()
    for text in ("云州市关于扶持的意见", "", "一、奖励企业。"):
        paper.add_paragraph(text)
    document = read_bytes(saved(paper), "意见.docx")
    at = document.text.source.index("奖励")
    place = document.place(at)
    assert place is not None and (place.page, place.paragraph) == (None, 3)


def test_numbers_made_by_the_library_itself() -> None:
    paper = docx.Document()
    paper.part.numbering_part.element.append(
        parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="chineseCounting"/>'
            '<w:lvlText w:val="第%1条"/></w:lvl></w:abstractNum>'
        )  # fmt: skip
    )
    paper.part.numbering_part.element.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>')
    )
    for text in ("甲", "乙"):
        numbered(paper.add_paragraph(text), 77, 0)
    assert [article.id for article in read_bytes(saved(paper), "x").articles] == ["第三条", "第四条"]


def test_a_file_in_the_strict_form_is_read_as_any_other() -> None:
    data = word(item("甲") + item("乙"), word__numbering_xml=numbering(THREE))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    usual, strict = (
        b"http://schemas.openxmlformats.org/wordprocessingml/2006",
        b"http://purl.oclc.org/ooxml/wordprocessingml",
    )
    assert lines(zipped({name: part.replace(usual, strict) for name, part in parts.items()})) == ["一、甲", "二、乙"]


def with_chunk(data: bytes, name: str) -> bytes:
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r7" Type="{office}/aFChunk" Target="{name}"/></Relationships>'
    )
    body = f'<w:p><w:r><w:t>前文</w:t></w:r></w:p><w:altChunk xmlns:r="{office}" r:id="r7"/><w:p><w:r><w:t>后文</w:t></w:r></w:p>'
    with zipfile.ZipFile(io.BytesIO(word(body))) as archive:
        parts: dict[str, bytes | str] = {one: archive.read(one) for one in archive.namelist()}
    return zipped(parts | {"word/_rels/document.xml.rels": relations, f"word/{name}": data})


def test_a_page_that_word_takes_in_when_it_opens_the_file_is_read_in_its_place() -> None:
    page = "<html><body><p>一、奖励企业50万元。</p><table><tr><td>级别</td><td>标准</td></tr><tr><td>省级</td><td>20万元</td></tr></table></body></html>"
    assert lines(with_chunk(page.encode("gb18030"), "a.html")) == [
        "前文", "一、奖励企业50万元。", "级别\t标准", "省级\t20万元", "后文",
    ]  # fmt: skip
    assert lines(with_chunk("二、补助。\n三、附则。".encode(), "a.txt")) == ["前文", "二、补助。", "三、附则。", "后文"]


def test_a_file_of_another_kind_inside_is_told() -> None:
    document = read_bytes(with_chunk(b"MIME-Version: 1.0\r\n\r\nx", "a.mht"), "政策.docx")
    assert document.text.source.splitlines() == ["前文", "后文"]
    assert {note.code for note in document.notes} == {"inserted"}


def test_a_table_of_contents_is_left_out() -> None:
    entry = '<w:p><w:pPr><w:pStyle w:val="{}"/></w:pPr><w:r><w:t>一、总则</w:t></w:r><w:r><w:tab/></w:r><w:r><w:t>3</w:t></w:r></w:p>'
    made = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent><w:p><w:r><w:t>目录</w:t></w:r></w:p>{entry.format('x')}</w:sdtContent></w:sdt>"
    )
    styles = (
        f'<w:styles {W}><w:style w:type="paragraph" w:styleId="11"><w:name w:val="toc 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="12"><w:name w:val="heading 1"/></w:style></w:styles>'
    )
    text = "<w:p><w:r><w:t>一、总则</w:t></w:r></w:p>"
    assert lines(word(made + entry.format("11") + entry.format("TOC1") + text, word__styles_xml=styles)) == ["一、总则"]
    assert lines(word(entry.format("12") + text, word__styles_xml=styles)) == ["一、总则 3", "一、总则"]


def test_struck_words_are_left_out_and_told() -> None:
    run = "<w:r><w:rPr>{}</w:rPr><w:t>{}</w:t></w:r>"
    body = "".join((run.format("<w:u/>", "奖励"), run.format("<w:strike/>", "50"), run.format("<w:dstrike/>", "（旧）"),
                    run.format('<w:strike w:val="0"/>', "20"), run.format("<w:b/>", "万元")))  # fmt: skip
    document = read_bytes(word(f"<w:p>{body}</w:p>"), "政策.docx")
    assert document.text.source == "奖励20万元\n"
    assert {note.code for note in document.notes} == {"struck"}
    assert "50" in document.unread


@pytest.mark.parametrize(
    ("broken", "seen"),
    [
        (["云岭市养老服务高质量发展", "三年行动方案（2026—2028年）"], 1),
        (["云岭市人民政府办公室", "关于印发云岭市养老服务", "行动方案的通知"], 1),
        (["云岭市人民政府文件", "云岭市养老服务管理办法"], 2),
        (["附件1", "养老机构补贴标准表"], 2),
        (["云岭市养老服务管理办法", "实施细则"], 2),
        (["一、总则", "云岭市养老服务管理办法"], 2),
        (["对养老机构给予补贴，", "具体按云岭市养老服务管理办法"], 2),
    ],
)
def test_a_title_over_several_lines_of_one_paragraph_is_one(broken: list[str], seen: int) -> None:
    runs = "<w:r><w:br/></w:r>".join(f"<w:r><w:t>{line}</w:t></w:r>" for line in broken)
    assert len(lines(word(f"<w:p>{runs}</w:p>"))) == seen


def test_rows_that_word_numbers_have_their_numbers() -> None:
    numbers = level(0, "decimal", "%1")
    row = "<w:tr><w:tc>{}</w:tc><w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc></w:tr>"
    table = row.format("<w:p><w:r><w:t>序号</w:t></w:r></w:p>", "任务") + "".join(
        row.format(item(""), one) for one in "甲乙"
    )
    data = word(f"<w:tbl>{table}</w:tbl>{item('')}", word__numbering_xml=numbering(numbers))
    assert [line for line in lines(data) if line] == ["序号\t任务", "1\t甲", "2\t乙"]
