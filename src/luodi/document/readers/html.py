"""Web pages: markup is edited away, so that every character keeps its place in the decoded page.

A small scanner rather than a tree: official pages are often broken, and positions count more than structure.
Unclosed comments and scripts end with the page, as browsers have it. Time is linear in the page.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from luodi.document.draft import Draft, Edit
from luodi.document.html_lists import Lists
from luodi.document.html_shown import BLOCKS, unshown
from luodi.document.html_tables import Cells, data_tables
from luodi.document.lines import between_items
from luodi.document.text import Span

_CELLS = frozenset(("td", "th"))
# Elements whose content is no text of the document.
_UNSEEN = re.compile("script|style|noscript|template|svg|iframe|nav|footer|select|button|textarea|title|object")
_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9:-]*)")
_TAG_END = re.compile(r"(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+>")
_LONGEST_TAG = 4000
_SUM = 80  # characters of the source in which a sum may end a line
_MARKUP = re.compile("^[^<>]*>|<[^<>]*>")
_NEXT_LINE = re.compile(r"\s*(?:<(?:p|span|br)\b[^<>]{0,200}>\s*){0,3}", re.IGNORECASE)
_ENTITY_OR_SPACE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});?|[ \t\r\n\f]+")
_META_TITLE = re.compile(r"\bname\s*=\s*[\"']?ArticleTitle[\"']?", re.IGNORECASE)
_META_CONTENT = re.compile(r"\bcontent\s*=\s*(?:\"(?P<a>[^\"]*)\"|'(?P<b>[^']*)')", re.IGNORECASE)
_STARTS_LIKE_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,400}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_HAS_BLOCKS = re.compile(r"<(?:p|div|table|br|span)\b[^>]*>", re.IGNORECASE)


def is_page(source: str) -> bool:
    """Whether a text is a web page, or a piece of one, by its content."""
    begin = source[:4096]
    return bool(_STARTS_LIKE_PAGE.match(begin)) or (begin.lstrip().startswith("<") and bool(_HAS_BLOCKS.search(begin)))


def draft(source: str) -> Draft:
    """A draft of a page: tags gone, blocks on lines of their own, entities resolved."""
    tables = data_tables(source)
    page = Draft(source, tables)
    page.edit(_Reading(source, tables).edits())
    return page


class _Reading:
    """The edits that make a page's source into text, from its beginning to its end."""

    def __init__(self, source: str, tables: list[Span]) -> None:
        self._source, self._tables = source, tables
        self._ahead = 0  # of the tables
        self._cells, self._lists, self._closing = Cells(), Lists(source), _Closing(source)
        self._is_set = False  # the line ends of the source are those of the page

    def edits(self) -> Iterator[Edit]:
        """Tags, entities and white space, and what is not shown."""
        at = 0
        for left_out in unshown(self._source):
            if left_out.start >= at:
                for edit in self._between(at, left_out.start):
                    at = edit.end
                    yield edit
                at = max(at, left_out.start)
                if left_out.end > at:
                    name = _TAG.match(self._source, left_out.start)
                    yield Edit(at, left_out.end, "\n" if name and BLOCKS.fullmatch(name[1].lower()) else "")
                    at = left_out.end
        yield from self._between(at, len(self._source))

    def _between(self, at: int, stop: int) -> Iterator[Edit]:
        source = self._source
        while at < stop:
            opened = source.find("<", at, stop)
            if opened < 0:
                yield from _text(source, at, stop, self._is_set)
                return
            yield from _text(source, at, opened, self._is_set)
            at = opened
            tag = _TAG.match(source, opened)
            if tag is None and source[opened + 1 : opened + 2] not in ("!", "?", "/"):
                at = opened + 1
                continue
            end = _end_of_markup(source, opened, self._closing)
            name = tag[1].lower() if tag else ""
            if _UNSEEN.fullmatch(name) and source[opened + 1] != "/":
                end = self._closing.after(name, end)
            yield from self._tag(opened, end, name)
            at = end

    def _tag(self, start: int, end: int, name: str) -> Iterator[Edit]:
        source, tables = self._source, self._tables
        while self._ahead < len(tables) and tables[self._ahead].end <= start:
            self._ahead += 1
        if self._ahead < len(tables) and tables[self._ahead].start <= start:
            parts = name == "br" or source.startswith("</p", start)
            yield Edit(start, end, _parting(source, start, end) if parts else self._cells.tag(name, source[start:end]))
        else:
            self._is_set = source[start + 1] != "/" if name == "pre" else self._is_set
            yield from _markup(source, start, end, name, self._lists.label(name, start, end))


def _parting(source: str, start: int, end: int) -> str:
    """What stands for a tag between two lines of a cell."""
    at = _NEXT_LINE.match(source, end)
    after = source[at.end() : source.find("<", at.end())] if at else ""
    return between_items(_MARKUP.sub("", source[max(0, start - _SUM) : start]), after)


def _end_of_markup(source: str, opened: int, closing: _Closing) -> int:
    if source.startswith("<!--", opened):
        return closing.after("-->", opened + 4)
    found = _TAG_END.match(source, opened + 1, min(len(source), opened + _LONGEST_TAG))
    if found:
        return found.end()
    return closing.after(">", opened)


class _Closing:
    """Where an element, a comment or a tag ends; what was not found once is not searched for again."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.missing: set[str] = set()

    def after(self, what: str, start: int) -> int:
        """The offset behind the next ``what`` (an element's name: behind its end tag)."""
        if what in self.missing:
            return start if what in ("nav", "footer") else len(self.source)
        pattern = re.escape(what) if not what.isalpha() else rf"</{what}\s*>"
        found = re.compile(pattern, re.IGNORECASE).search(self.source, start)
        if found:
            return found.end()
        self.missing.add(what)
        return self.after(what, start)


def _markup(source: str, start: int, end: int, name: str, label: str) -> Iterator[Edit]:
    if name == "meta" and _META_TITLE.search(source, start, end):
        content = _META_CONTENT.search(source, start, end)
        if content and content.start(content.lastgroup or 0) < content.end(content.lastgroup or 0):
            group = content.lastgroup or "a"
            yield Edit(start, content.start(group), "\n标题:")
            yield from _text(source, content.start(group), content.end(group))
            yield Edit(content.end(group), end, "\n")
            return
    yield Edit(start, end, f"\n{label}" if BLOCKS.fullmatch(name) else "\t" if name in _CELLS else "")


def _text(source: str, start: int, end: int, is_set: bool = False) -> Iterator[Edit]:
    """Entities resolved; white space of the page's source is no line end, and nothing between Chinese characters.

    ``is_set``: the page shows its white space as it stands (pre).
    """
    for at in _ENTITY_OR_SPACE.finditer(source, start, end):
        if at[0][0] == "&":
            yield Edit(at.start(), at.end(), html.unescape(at[0]))
        elif is_set:
            continue
        elif "\n" in at[0] or "\r" in at[0]:
            before, after = source[at.start() - 1 : at.start()], source[at.end() : at.end() + 1]
            yield Edit(at.start(), at.end(), "" if before > "\u2e7f" and after > "\u2e7f" else " ")
        elif "\t" in at[0]:
            yield Edit(at.start(), at.end(), " ")
