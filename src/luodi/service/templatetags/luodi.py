"""How figures are written on pages: money in 万元 with yuan on demand, dates with digits."""

from __future__ import annotations

import re

from django import template
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.utils.html import format_html, strip_tags
from django.utils.safestring import SafeString, mark_safe

from luodi.document import ocr
from luodi.document.refusals import RECOGNISING
from luodi.policy.punctuation import widened

register = template.Library()
register.filter("widened", widened)


@register.filter
def on_page(words: str, page: str = "upload") -> str:
    """What a reader says, with the way in which a person at a page has pictures recognised; nothing of the command line."""
    return str(words).replace(RECOGNISING, _RECOGNISED_BY[page if ocr.is_available() else "missing"])


_RECOGNISED_BY = {
    "upload": "重新上传时勾选“识别图片和扫描页”", "load": "在政策工作台上传时可以勾选，载入原文不识别",
    "missing": "本机还没有安装识别程序，见政策工作台的上传页",
}  # fmt: skip


@register.filter
def address(article: str) -> str:
    """A clause's address as pages show it: what stands before the first clause has none."""
    return "文首" if article == "0" else article


_HEADING = re.compile(r'<th scope="col"[^>]*>(.*?)</th>', re.S)
_ROW_OR_CELL = re.compile(r"<(tr|th|td)\b([^>]*)>")
_SPAN = re.compile(r'colspan="(\d+)"')
_WAN_AND_MORE = re.compile(r"(?<![\d.,])([1-9]\d{4,}|[1-9]\d{0,2}(?:,\d{3})+) ?元")
_YI = 10_000_000_000
"""100 million yuan in fen."""


@register.filter
def wan(fen: int | None) -> SafeString | str:
    """Integer fen as 万元 (two decimals at most), the exact yuan in the title."""
    if fen is None:
        return "—"
    words = f"{wan_plain(fen)} 万元" if fen % 10_000 == 0 else f"{yuan(fen)} 元"
    return format_html('<data class="money" value="{}" title="{} 元">{}</data>', fen, yuan(fen), words)


@register.filter
def wan_plain(fen: int) -> str:
    """Integer fen as a number of 万元 without unit, at most six decimals, exact."""
    whole, rest = divmod(abs(fen), 1_000_000)
    text = f"{whole:,}" + (f".{rest:06d}".rstrip("0") if rest else "")
    return f"-{text}" if fen < 0 else text


@register.filter
def in_wan(words: str) -> str:
    """Words of a verdict with sums of ten thousand yuan and more as pages write money; the frozen words stay as they are.

    Whole hundreds of millions are told in 亿元; a sum that would need more than two decimals stays in yuan.
    """

    def told(found: re.Match[str]) -> str:
        fen = 100 * int(found[1].replace(",", ""))
        if fen >= _YI and fen % _YI == 0:
            return f"{fen // _YI:,} 亿元"
        exact = fen >= 1_000_000 and fen % 10_000 == 0
        return f"{wan_plain(fen)} 万元" if exact else found[0]

    return _WAN_AND_MORE.sub(told, str(words))


@register.filter
def counted(number: int | None) -> str:
    """A count with its thousands set apart."""
    return "—" if number is None else f"{number:,}"


@register.filter
def yuan(fen: int) -> str:
    """Integer fen as yuan with thousands separators; fen only where there are any."""
    whole, rest = divmod(abs(fen), 100)
    text = f"{whole:,}" + (f".{rest:02d}" if rest else "")
    return f"-{text}" if fen < 0 else text


@register.filter
def get(mapping: dict[object, object], key: object) -> object:
    """A value of a dictionary by a variable key."""
    return mapping.get(key)


class Stacked(template.Node):
    """A table that a narrow screen shows row by row; see :func:`stacked`."""

    def __init__(self, table: NodeList) -> None:
        self.table = table

    def render(self, context: Context) -> SafeString:
        html = self.table.render(context)
        head, mark, body = html.partition("</thead>")
        if not mark:
            return html
        names = [strip_tags(heading).strip() for heading in _HEADING.findall(head)]
        column = 0

        def named(found: re.Match[str]) -> str:
            nonlocal column
            tag, attributes = found.groups()
            if tag == "tr":
                column = 0
                return found[0]
            name, span = names[column : column + 1], _SPAN.search(attributes)
            column += int(span[1]) if span else 1
            return f'<{tag}{attributes} data-label="{name[0]}">' if name and not span else found[0]

        head = head.replace('<table class="', '<table class="stacked ').replace("<table>", '<table class="stacked">')
        return mark_safe(head + mark + _ROW_OR_CELL.sub(named, body))


@register.tag
def stacked(parser: Parser, _: Token) -> Stacked:
    """``{% stacked %}<table>…</table>{% endstacked %}``: on a narrow screen each row is a block of its own.

    Its first cell is the title, every other cell stands behind the name of its column, which this tag writes to it.
    """
    table = parser.parse(("endstacked",))
    parser.delete_first_token()
    return Stacked(table)
