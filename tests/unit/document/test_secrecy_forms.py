"""2,000 ways to write a mark and its look-alikes: seed, words and places make them; a share of them goes through every format."""

import random
from itertools import product

import docx
import pytest

from luodi.document import read_bytes
from luodi.document.secrecy import document_marks, marks
from papers import as_html, as_ofd, ofd_entries, printed, saved, typeset, zipped

FORMS = 2000
ROUNDS = 6  # of each format
HEAD, BODY = "云州市人民政府文件", "一、支持企业。对新认定的企业，给予20万元奖励。"
OLDER = {"绝密": "絕密", "机密": "機密", "秘密": "祕密", "资料": "資料", "长期": "長期", "严禁": "嚴禁"}
LEVELS = ("绝密", "机密", "秘密")
FILES = ("绝密件", "机密件", "秘密件", "密件", "涉密件")
TERMS = ("10年", "长期", "二十年", "6个月", "启用前", "2030年12月31日前", "30 年")
LABELS = ("密级", "密 级", "保密等级", "涉密等级", "密级标识")
GAPS = ("", "", " ", "　", "\u00a0", "\u200b", "  ")
BRACKETS = ("", "", "[]", "【】", "（）", "〔〕")
INTERNAL = ("内部★", "内部资料", "内部文件", "内部传阅", "仅供内部使用", "只限内部传阅", "工作秘密", "供领导参阅")
CLOSED = (
    "此件不公开",
    "本文件不公开",
    "不宜公开",
    "公开方式：不公开",
    "公开属性：依申请公开",
    "请勿外传",
    "严禁上网",
    "阅后收回",
    "不得翻印",
    "不公开",
    "不登报",
    "是否公开：否",
    "公开选项：不公开",
    "该信息不予公开",
    "本通知不对外公开",
    "此件发至县团级",
    "未经批准不得公开",
    "征求意见稿，不得对外发布",
    "会后请交回",
)
PLACES = (
    "{mark}\n{head}\n{body}\n", "{head}\n云政发〔2024〕8号\n{mark}\n{body}\n", "{head}\n{body}\n{mark}", "{head}\r\n  {mark} \r\n{body}",
    "{head}\n编号\t{mark}\n{body}\n", "{head}\n{mark}\t000123\n{body}\n", "{head}\n{body}\x0c{mark}\x0c{body}",
)  # fmt: skip
SUBJECTS = (
    "保密协议",
    "《中华人民共和国保守国家秘密法》",
    "密级管理制度",
    "保密期限",
    "保密资格",
    "国家秘密和工作纪律",
    "密级确定和变更程序",
    "商业秘密",
)
SAID = (
    "加强{}的宣传教育。", "企业应当遵守{}。", "关于{}的规定另行制定。", "（{}由市甲局负责解释）", "签订{}，约定双方责任。",
    "第八条 违反{}的，依法处理。", "{}相关内容见附件。", "建立健全{}，明确责任人", "{}培训\t20人\t市甲局", "二、{}",
)  # fmt: skip
ORDINARY = (
    "绝密级、机密级、秘密级的确定按规定执行。", "内部控制评价\t合格", "培训方式\t内部\t外部", "公开方式：主动公开", "内部管理、内部审计制度健全。",
    "属于国家秘密的，不得申报。", "严禁弄虚作假。", "不得重复申报。", "机密计算、秘密共享等技术。", "公司内部研发机构", "未经许可不得公开他人数据。",
    "评审过程不公开，结果公开。", "该信息不予公开的，应当说明理由。", "申报材料以密件邮寄。", "本件发至各县（区）。", "依申请公开",
)  # fmt: skip


def written(mark: str, dice: random.Random) -> str:
    """The mark as somebody may write it: older forms, other width, gaps between the characters, brackets."""
    for word, older in OLDER.items():
        mark = mark.replace(word, older) if dice.random() < 0.2 else mark
    if dice.random() < 0.15:
        mark = "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in mark)
    bracket = dice.choice(BRACKETS)
    return f"{bracket[:1]}{mark}{bracket[1:]}"


def mark_of(dice: random.Random) -> str:
    level, gap = dice.choice(GAPS).join(dice.choice(LEVELS)), dice.choice(GAPS)
    forms = (
        f"{level}{gap}{dice.choice('★☆✮*')}{gap}{dice.choice((*TERMS, ''))}", level, f"{level}{gap}{dice.choice(TERMS)}",
        f"{dice.choice(LABELS)}{dice.choice('：: ')}{level}", dice.choice(INTERNAL), dice.choice(CLOSED), dice.choice(FILES),
    )  # fmt: skip
    return written(dice.choice(forms), dice)


def test_every_form_of_a_mark_is_seen() -> None:
    dice = random.Random(7)
    papers = [dice.choice(PLACES).format(mark=mark_of(dice), head=HEAD, body=BODY) for _ in range(FORMS)]
    assert [text for text in papers if not marks(text)] == []


def test_what_only_speaks_of_secrecy_bears_no_mark() -> None:
    lines = [*(said.format(subject) for said, subject in product(SAID, SUBJECTS)), *ORDINARY]
    papers = [place.format(mark=line, head=HEAD, body=BODY) for place, line in product(PLACES, lines)]
    assert [text for text in papers if marks(text)] == []


def in_word(mark: str, dice: random.Random) -> bytes:
    """In a paragraph cut into runs, a header, a footer, a cell or a text's hidden words."""
    paper = docx.Document()
    paper.add_paragraph(HEAD)
    place = dice.randrange(4)
    if place == 0:
        runs = paper.add_paragraph()
        for char in mark:
            runs.add_run(char).bold = dice.random() < 0.5
    elif place == 1:
        paper.sections[0].header.paragraphs[0].text = mark
    elif place == 2:
        paper.sections[0].footer.paragraphs[0].text = mark
    else:
        paper.add_table(2, 2).cell(0, 1).text = mark
    paper.add_paragraph(BODY)
    return saved(paper)


def in_page(mark: str, dice: random.Random) -> bytes:
    cut = dice.randrange(1, len(mark))
    line = f"{mark[:cut]}<b>{mark[cut:]}</b>"
    line = f"<table><tr><td>{line}</td><td>000123</td></tr></table>" if dice.random() < 0.4 else f"<p>{line}</p>"
    return as_html(f"{HEAD}\n{BODY}\n").replace(b"<nav>", f"{line}<nav>".encode())


FORMATS = {
    "txt": lambda mark, dice: f"{HEAD}\n{mark}\n{BODY}\n".encode(dice.choice(("utf-8", "gb18030", "utf-16"))),
    "html": in_page,
    "docx": in_word,
    "ofd": lambda mark, dice: as_ofd(ofd_entries(typeset(f"{mark}\n{HEAD}\n{BODY}\n", indent=False))),
    "zip": lambda mark, dice: zipped({"通知.txt": f"{HEAD}\n{BODY}\n", "附件1.docx": in_word(mark, dice)}),
    "pdf": lambda mark, dice: printed(f"{mark}\n{HEAD}\n{BODY}\n"),
}


@pytest.mark.parametrize("kind", FORMATS)
def test_marks_are_seen_in_every_format(kind: str) -> None:
    dice = random.Random(11)
    for _ in range(2 if kind == "pdf" else ROUNDS):
        mark = mark_of(dice)
        assert document_marks(read_bytes(FORMATS[kind](mark, dice), "意见")), (kind, mark)
