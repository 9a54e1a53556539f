"""Marks of secrecy are seen however they are written, ordinary sentences are not; what is marked is never compiled."""

from pathlib import Path

import docx
import pytest
from typer.testing import CliRunner

from luodi.cli import app
from luodi.document import read_bytes
from luodi.document.secrecy import MarkedError, marks, screen
from papers import as_html, as_ofd, ofd_entries, saved, typeset, zipped

TEXT = "云州市人民政府关于支持创新的意见\n一、支持企业。对新认定的企业，一次性给予20万元奖励。\n"
MARKED = """机密★10年|秘 密 ★ 长期|绝密|密级：内部|密级: 秘密|内部资料|此件不公开|（不予公开）|内部|公开属性：依申请公开|注意保密，阅后收回|请勿外传
绝密★启用前|機密★十年|绝　密|机 密☆5年|秘密✮1年|秘密＊长期|机密·10年|【机密】|（秘密）|〔内部〕|密级标识：机密|保密等级 秘密|保密期限：10年|此件属于国家秘密
机\u200b密★|秘\u00ad密 ★|宻级：机密|绝密 2030年12月31日前|ＳＥＣＲＥＴ|TOP SECRET|内部文件，注意保存|内 部 资 料|内部参考|内部印发|仅供内部使用|只限内部传阅|本文件为内部使用的文件|本件系内部使用的资料，妥善保管|内部使用，注意保存|限于内部
工作秘密|供领导参阅|此件暂不公开|本文件不对外公开|不宜公开|暂不公开|公开方式：不公开|公开类别：依申请公开|严禁上网|不得擅自外传|切勿转发|禁止翻印|此件暫不公開
不得上传互联网|阅后销毁|会后收回|妥善保管，不得遗失|机密★20年6月|秘密★6个月|敏感信息，不得公开|閱後銷毀|内部明电|内部刊物
本件为工作秘密|本材料涉及工作秘密，请妥善处置|内部工作秘密|（工作秘密）|属工作秘密，注意保管|本通知内容不予公开|此材料请妥善保管，严禁复印|不得在互联网上传播|此件不得转载|版权所有。内部资料|版权所有 严禁外传"""
ORDINARY = """加强保密工作，健全保密资格认证。|严守国家秘密和商业秘密。|推进政务公开，完善内部控制制度。|依法不予公开的除外。|依法公开相关信息。|（此件公开发布）
专用通信是指单位自行建设，专供内部使用的电信通信。|依申请公开|对取得二级保密资格的单位给予奖励。|泄露国家秘密、商业秘密的，依法处理。|公开方式：主动公开|此件主动公开|建立内部管理制度。|加强内部审计和内部监督。|涉密人员依法管理。
武器装备科研生产单位保密资格分为一级、二级、三级。|军工单位内部协作配套。|依申请公开的政府信息按规定办理。|属于不予公开范围的政府信息|研究机密计算、可信执行环境。|本市内部分区域试行。
（二）泄露国家秘密、警务工作秘密；|保守国家秘密和审判工作秘密，|对知悉的工作秘密、商业秘密予以保密。|工作秘密管理办法另行规定。|（四）申请政府信息公开，行政机关不予公开；
公开后可能危及社会稳定的信息，不予公开。|必要时可以暂不公开有关议程。|不宜公开审理的案件|扣押的财物应当妥善保管，不得使用或者损毁。|除声明不得转载、摘编的外，可以转载。|禁止在互联网上销售剧毒化学品。|（版权所有 不得转载）|版权所有，未经授权请勿转载"""


@pytest.mark.parametrize("line", MARKED.replace("\n", "|").split("|"))
def test_marks_are_seen_wherever_they_stand(line: str) -> None:
    assert [mark.line for mark in marks(f"某市文件\n正文第一段。\n{line}\n正文第二段。\n")] == [3]


def test_a_mark_over_two_lines_is_seen() -> None:
    assert [mark.line for mark in marks("某市文件\n机\n密\n★10年\n正文。")] == [2]


@pytest.mark.parametrize("line", ORDINARY.replace("\n", "|").split("|"))
def test_ordinary_sentences_bear_no_mark(line: str) -> None:
    assert marks(f"某市文件\n{line}\n") == ()


@pytest.mark.corpus
def test_no_public_paper_of_the_corpus_bears_a_mark(corpus: Path) -> None:
    for file in sorted(corpus.glob("*/*.txt")):
        assert marks(file.read_text("utf-8", errors="replace")) == (), file.name


def in_word(place: str) -> bytes:
    paper = docx.Document()
    body = paper.add_paragraph(TEXT)
    if place == "header":
        paper.sections[0].header.paragraphs[0].text = "机密★10年"
    elif place == "hidden":
        body.add_run("内部资料").font.hidden = True
    elif place == "cell":
        paper.add_table(1, 2).cell(0, 1).text = "密级：秘密"
    return saved(paper)


PLACES = {
    "header of a Word file": in_word("header"),
    "hidden words of a Word file": in_word("hidden"),
    "cell of a Word file": in_word("cell"),
    "running head of an OFD file": as_ofd(ofd_entries(typeset(TEXT * 40, head="内部资料"))),
    "template of an OFD file": as_ofd(ofd_entries(typeset(TEXT), template="机密★10年")),
    "page with tags inside the mark": as_html(TEXT).replace(b"<nav>", "<p>机<b>密</b>★长期</p><nav>".encode()),
    "hidden part of a page": as_html(TEXT).replace(b"<nav>", "<style>/*\n秘密★1年\n*/</style><nav>".encode()),
    "attachment in a zip": zipped({"通知.txt": TEXT, "附件1.txt": f"内部资料\n{TEXT}"}),
}


@pytest.mark.parametrize("data", PLACES.values(), ids=PLACES)
def test_a_mark_is_seen_in_every_corner_of_a_file(data: bytes) -> None:
    document = read_bytes(data, "意见")
    with pytest.raises(MarkedError) as refusal:
        screen(document)
    assert refusal.value.code == "marked" and "保密审查员" in str(refusal.value)


def test_the_command_line_refuses_a_marked_paper_and_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "一.txt").write_text(f"秘密★1年\n{TEXT}", "utf-8")
    (tmp_path / "二.txt").write_text(TEXT, "utf-8")
    result = CliRunner().invoke(app, ["compile", str(tmp_path), "-o", str(tmp_path / "o")])
    assert result.exit_code == 1
    assert [path.name for path in (tmp_path / "o").iterdir()] == ["二.json"]
    assert "一.txt" in result.output and "密级标志（第 1 行" in result.output
    assert "20万元" not in result.output and "秘密" not in result.output.replace("保密", "")
