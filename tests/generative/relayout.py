"""Set a document's text otherwise without changing a word: wrapped as pages are, without line ends, with blank lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

Layout = Callable[[str], str]
_NEVER_FIRST = "，。；：、！？）〕】》”,.;:!?)]%"
_LINES_A_PAGE = 22
_FOUR_FIGURES = re.compile(r"(?<![\d.A-Za-z])(\d)(\d{3})(?=[万亿元家人户个平])")
_YEAR_OF_NUMBER = re.compile(r"〔(20\d\d)〕(?=\d+号)")


def wrapped(width: int, indent: str = "", paged: bool = False) -> Layout:
    """Lines of one width, words and numbers cut where they end; with the number of each page where ``paged``."""

    def layout(text: str) -> str:
        lines = (indent + line if len(line) > width or line.endswith("。") else line for line in text.split("\n"))
        rows = [row for line in lines for row in _rows(line, width)]
        return "\n".join(_paged(rows) if paged else rows)

    return layout


def _rows(line: str, width: int) -> Iterator[str]:
    if "\t" in line or "|" in line:
        yield line  # a row of a table stays one
        return
    row, used = "", 0.0
    for char in line:
        room = 1.0 if char > "\u2000" else 0.5
        if used + room > width and char not in _NEVER_FIRST:
            # Nobody can tell a sentence that ends where its line does from the last one of a paragraph.
            keep = 2 if row[-1] in "。；：;:" else 0
            yield row[: len(row) - keep]
            row = row[len(row) - keep :]
            used = float(keep)
        row, used = row + char, used + room
    yield row


def _paged(rows: list[str]) -> Iterator[str]:
    for at, row in enumerate(rows, 1):
        yield row
        if at % _LINES_A_PAGE == 0 and at < len(rows):
            yield from ("", f"- {at // _LINES_A_PAGE} -", "")


def one_line(text: str) -> str:
    """Without any line end, as previews and copies from readers have it."""
    return "".join(line.strip() for line in text.split("\n"))


def blank_lines(text: str) -> str:
    """A blank line behind every line, some of them of spaces, as copied pages have them."""
    return "\n\u3000\n".join(line for line in text.split("\n") if line.strip())


def double_ends(text: str) -> str:
    """Line ends of another system, set twice."""
    return "\r\n\r\n".join(text.split("\n"))


def on_a_site(text: str) -> str:
    """Between the menus of a site, as people copy a page."""
    above = "首页\n政务公开\n当前位置：首页 > 政务公开 > 政策文件\n字号：大 中 小 打印\n"
    return f"{above}{text}\n分享到：\n上一篇：关于某事的通知\n版权所有 云州市人民政府 ICP备12345678号"


def thousands_apart(text: str) -> str:
    """Numbers of four figures with their thousands set apart (1 000万元), as the standard on figures in texts allows."""
    return _FOUR_FIGURES.sub(r"\1 \2", text)


def a_bracket_lost(text: str) -> str:
    """Document numbers without the second bracket of their year, as copies lose it."""
    return _YEAR_OF_NUMBER.sub(r"〔\1", text)
