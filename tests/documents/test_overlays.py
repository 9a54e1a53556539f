"""What lies over or beside the text of a page: watermarks, lines that strike words, numbers of lines, wide gaps behind a number."""

import pytest

from luodi.document import read_bytes
from luodi.document.layout import blocks
from luodi.document.page_lines import Glyph, Page
from papers import HEIGHT, SIZE, WIDTH, Sheet, advance, as_pdf, font

WORDS = (
    "云岭市支持企业发展若干措施", "一、对首次认定的企业，给予50万元奖励。", "二、对复评通过的企业，给予30万元奖励。",
    "三、对省级认定的平台，给予20万元补助。", "四、对市级认定的平台，给予10万元补助。", "五、同一项目不重复享受。",
    "六、本措施自2026年7月1日起施行。", "七、本措施有效期至2028年12月31日。",
)  # fmt: skip


def line(text: str, x: float, y: float, size: float = 12.0) -> list[Glyph]:
    placed = []
    for char in text:
        wide = size if char > "\u2e7f" else 0.5 * size
        placed.append(Glyph(char, x, y, x + wide, y + size))
        x += wide
    return placed


def page(*more: list[Glyph], number: int = 1, words: tuple[str, ...] = WORDS) -> Page:
    glyphs = [glyph for at, text in enumerate(words) for glyph in line(text, 90, 120 + 24 * at)]
    return Page(number, WIDTH, HEIGHT, [*glyphs, *(glyph for text in more for glyph in text)], [])


def texts(*pages: Page) -> list[str]:
    return [
        "\t".join(block.cells) if block.cells else "".join(text for text, _ in block.pieces)
        for block in blocks(list(pages))[0]
    ]


@pytest.mark.parametrize("step", [1, 5])
@pytest.mark.parametrize("lower", [0.0, 2.0])
def test_the_numbers_of_the_lines_of_a_draft_are_no_text(step: int, lower: float) -> None:
    many = tuple(f"第{at}项{'奖励企业' * (at % 3 + 1)}。" for at in range(32 if step > 1 else 8))
    numbers = [line(str(at), 60, 120 + 24 * (at - 1) + lower, 9) for at in range(step, len(many) + 1, step)]
    assert "".join(texts(page(*numbers, words=many))) == "".join(many)


def test_the_numbers_of_rows_and_clauses_are_text() -> None:
    items = tuple(f"{at}.对第{at}类企业给予奖励。" for at in range(1, 9))
    assert texts(page(words=items)) == list(items)
    rows = [line("序号", 60, 96), *(line(str(at), 66, 120 + 24 * at) for at in range(8))]
    assert any("3" in text for text in texts(page(*rows, words=("单位名称", *"甲乙丙丁戊己庚"))))


def test_a_level_watermark_over_the_text_of_one_page_is_text_of_none() -> None:
    mark = line("云岭政策平台", 150, 150, 40)
    aside = line("云岭政策平台", 150, 500, 40)
    found = texts(page(mark), page(aside, number=2, words=WORDS[1:]))
    assert found == [*WORDS, *WORDS[1:]]


def test_a_large_head_above_the_text_is_text() -> None:
    assert texts(page(line("云岭市人民政府文件", 110, 60, 40)))[0] == "云岭市人民政府文件"


@pytest.mark.parametrize(("height", "seen"), [(0.35, "给予奖励20万元。"), (-0.15, "给予奖励50万20万元。")])
def test_words_that_a_line_strikes_through_are_not_read(height: float, seen: str) -> None:
    if font() is None:
        pytest.skip("no Chinese font: apt-get install fonts-noto-cjk")
    text = "给予奖励50万20万元。"
    start = 90 + sum(map(advance, text[:4]))
    y = 200 - height * SIZE
    sheet = Sheet([(90.0, 200.0, text)], [(start, y, start + sum(map(advance, text[4:7])), y)])
    document = read_bytes(as_pdf([sheet]), "办法.pdf")
    assert document.text.source.strip() == seen
    assert ("struck" in {note.code for note in document.notes}) == (height > 0)


def test_words_far_behind_the_number_of_their_clause_are_no_cell() -> None:
    clauses = {
        "第一条": "对新引进的高层次人才，按照下列标准给予安家补贴：第一类人才给予一百万元，第二类人才给予五十万元，第三类人才给予二十万元，第四类人才给予十万元。",
        "第二条": "用人单位为引进人才支付的猎头费用，按照实际支付金额的一半给予补助，同一单位每年最高不超过五十万元。",
        "第三条": "本办法自印发之日起施行。",
    }
    lines, y = [], 120
    for label, text in clauses.items():
        lines += [line(label, 114, y), line(text[:22], 174, y)]
        rest = [text[at : at + 29] for at in range(22, len(text), 29)]
        lines += [line(part, 90, y + 24 * at) for at, part in enumerate(rest, 1)]
        y += 24 * (1 + len(rest))
    assert texts(page(*lines, words=())) == [f"{label} {text}" for label, text in clauses.items()]
