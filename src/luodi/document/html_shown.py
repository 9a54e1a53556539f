"""What the source of a web page holds and a reader of the page does not take for the paper's words.

Words hidden by their style or by a class of the page's own style sheet (set against copying, or for another screen), and lists of
links to other papers (相关推荐) wherever they stand. What would hide more than half of the page is shown by a script: it is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from luodi.document.text import Span

BLOCKS = re.compile(
    "address|article|aside|blockquote|body|br|caption|center|dd|div|dl|dt|fieldset|fig(?:caption|ure)|form|h[1-6r]|header|"
    "html|legend|li|main|ol|option|p|pre|section|table|t(?:body|foot|head|itle|r)|ul"
)
_TOKENS = re.compile(
    r"<!--(?:[^-]++|-(?!->))*+(?:-->|\Z)"
    r"|<(?P<raw>script|style)\b[^>]*>(?:[^<]++|<(?!/(?P=raw)))*+"
    r"|<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9:-]*)(?P<given>(?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+)>",
    re.IGNORECASE,
)
_STYLES = re.compile(r"<style\b[^>]*>(?P<rules>[^<]*)", re.IGNORECASE)
_OF_MEDIUM = re.compile(r"@[^{}]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_RULE = re.compile(r"(?:^|(?<=[},/]))\s*\.(?P<name>[\w-]+)\s*\{(?P<set>[^{}]*)\}")
_STYLE = re.compile(r"\bstyle\s*=\s*(?:\"(?P<a>[^\"]*)\"|'(?P<b>[^']*)')", re.IGNORECASE)
_CLASS = re.compile(r"\bclass\s*=\s*[\"']?(?P<names>[^\"'>]*)", re.IGNORECASE)
_LINKED = re.compile(r"\bhref\s*=\s*[\"']?\s*(?P<to>[^\"'\s>]*)", re.IGNORECASE)
_HIDES = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|(?:font-size|opacity)\s*:\s*0(?:\.0+)?(?:px|pt|r?em|%)?\s*(?:[;!]|\Z)",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_HIDDEN = re.compile(r"(?:^|\s)hidden(?=[\s=/]|$)", re.IGNORECASE)
_MAY_HIDE = re.compile(r"display\s*:\s*none|hidden|(?:font-size|opacity)\s*:\s*0|<a\s", re.IGNORECASE)
_EMPTY = frozenset(("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"))
_WORDS = re.compile(r"\S")
_A_FILE = re.compile(r"\.(?:docx?|xlsx?|pdf|ofd|wps|et|zip|rar|pptx?)\b|^#|^javascript", re.IGNORECASE)
_BESIDE_LINK = re.compile(r"(?:[\s\d./:·•>|【】\[\]()（）年月日-]|&nbsp;|&#\d+;)*")
_ATTACHED = re.compile(r"\s*附[件表录]")
_SHORTEST_LINK = 8
_FEWEST_LINKS = 2


class _Open(NamedTuple):
    start: int
    hidden: bool
    words: int  # of the page before it


@dataclass
class _Line:
    """What stands between two blocks: where it begins, its words inside and outside of links to other pages."""

    start: int = 0
    inside: str = ""
    outside: str = ""
    plain: bool = True  # a link of another kind stands in it

    def is_link(self) -> bool:
        return (
            self.plain
            and len(self.inside.strip()) >= _SHORTEST_LINK
            and not _ATTACHED.match(self.inside)
            and _BESIDE_LINK.fullmatch(self.outside) is not None
        )


@dataclass
class _Scan:
    source: str
    hiding: frozenset[str]
    words: int = 0
    opened: dict[str, list[_Open]] = field(default_factory=dict)
    hidden: list[tuple[Span, int]] = field(default_factory=list)  # with how many words
    links: list[Span] = field(default_factory=list)
    line: _Line = field(default_factory=_Line)
    run: list[Span] = field(default_factory=list)
    link: bool = False

    def text(self, start: int, end: int) -> None:
        """Words between two tags."""
        words = self.source[start:end]
        self.words += len(_WORDS.findall(words))
        if self.link:
            self.line.inside += words
        else:
            self.line.outside += words

    def tag(self, at: re.Match[str]) -> None:
        """A tag that opens or closes an element."""
        name = at["name"].lower()
        if BLOCKS.fullmatch(name):
            self._end_line(at.start(), at.end())
        if name == "a":
            to = None if at["end"] else _LINKED.search(at["given"])
            self.link = to is not None and not _A_FILE.search(to["to"])
            self.line.plain &= bool(at["end"]) or self.link
        if name in _EMPTY or at["given"].endswith("/"):
            return
        opened = self.opened.setdefault(name, [])
        if opened and (at["end"] or name == "p"):
            one = opened.pop()
            if one.hidden:
                end = at.end() if at["end"] else at.start()
                self.hidden.append((Span(one.start, end), self.words - one.words))
        if not at["end"]:
            opened.append(_Open(at.start(), self._hides(at["given"]), self.words))

    def _hides(self, given: str) -> bool:
        style, names = _STYLE.search(given), _CLASS.search(given)
        return (
            bool(style and _HIDES.search(style["a"] or style["b"] or ""))
            or bool(names and self.hiding and not self.hiding.isdisjoint(names["names"].split()))
            or bool(_HIDDEN.search(_QUOTED.sub("", given)))
        )

    def _end_line(self, start: int, end: int) -> None:
        line, self.line = self.line, _Line(start)
        if line.is_link():
            self.run.append(Span(line.start, start))
        elif (line.inside + line.outside).strip():
            self.end_run()

    def end_run(self) -> None:
        """The links one below another, if they are a list."""
        if len(self.run) >= _FEWEST_LINKS:
            self.links.append(Span(self.run[0].start, self.run[-1].end))
        self.run = []


def unshown(source: str) -> list[Span]:
    """The parts of a page's source that are not shown or only lead to other papers, in order, none in another."""
    if not _MAY_HIDE.search(source):
        return []
    scan = _Scan(source, frozenset(_hiding_classes(source)))
    last = 0
    for at in _TOKENS.finditer(source):
        scan.text(last, at.start())
        last = at.end()
        if at["name"]:
            scan.tag(at)
    scan.end_run()
    hidden = [span for span, words in scan.hidden if 2 * words < scan.words]
    found: list[Span] = []
    for span in sorted([*hidden, *scan.links]):
        if not found or span.start >= found[-1].end:
            found.append(span)
    return found


def _hiding_classes(source: str) -> Iterator[str]:
    """The classes that the page's own style sheets hide on every screen."""
    for style in _STYLES.finditer(source):
        for rule in _RULE.finditer(_OF_MEDIUM.sub("}", style["rules"])):
            if _HIDES.search(rule["set"]):
                yield rule["name"]
