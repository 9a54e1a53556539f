"""An announcement with attachments (公告及附件) in a zip: each file is named and read as a part of one document.

The announcement comes first, then its attachments under ``附件N`` in their order; a paper that the announcement issues
by name (印发《…》) follows without such a line. The same paper in two formats is read once.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from typing import NamedTuple

from luodi.document.decode import decode
from luodi.document.extract import Extract, Note, Part, Place
from luodi.document.formats import sniff
from luodi.document.packed import Packed
from luodi.document.plain_layout import laid_out
from luodi.document.readers import html
from luodi.document.refusals import RefusedError
from luodi.document.scan import IN_FILE, Recognised, of_file
from luodi.errors import ContentError

MAX_FILES = 100
MAX_DEPTH = 2
_DROSS = re.compile(r"(?:^|/)(?:__MACOSX/|\._|\.|Thumbs\.db|desktop\.ini)", re.IGNORECASE)
_ANNEX = re.compile(r"附[件表录]\s*(?P<n>\d{1,2}|[一二三四五六七八九十]{1,3})?")
_MAIN_WORDS = re.compile(r"关于|通知|公告|意见|印发|通告")
_LABELLED = re.compile(r"\s*附[件表录]\s*[\d一二三四五六七八九十]{0,3}\s*[:：]?\s*(?:\n|$)")
# 印发《…》; 《…》已经市政府同意,现印发给你们; 关于印发…的通知.
_ISSUED = re.compile(
    r"(?:印发|制定|发布|公布)[^《。]{0,10}《([^《》]{4,60})》|《([^《》]{4,60})》[^《。]{0,60}(?:印发|发布|公布)给你们"
    r"|关于(?:印发|发布|公布)([^《》。\n]{6,60})的(?:通知|公告|通告)"
)
_CN = "一二三四五六七八九十"
_SHEET = re.compile(r"(?P<base>.*?)[\s_.（(-]*第?(?<!\d)(?P<n>\d{1,3})页?[)）]?")
_BEST = ("docx", "ofd", "html", "txt", "pdf")
# One file of these kinds is told of and left out; everything else (bombs, passwords, tricks) refuses the whole.
_SKIPPED = frozenset(
    [
        "empty",
        "blank",
        "not-text",
        "legacy-office",
        "macro",
        "other-kind",
        "image",
        "damaged",
        "scanned",
        "unmapped",
        "pictures-only",
        "no-text",
        "too-large",
    ]
)

Reader = Callable[[str, bytes, str, Recognised], Extract]


class _Found(NamedTuple):
    name: str
    extract: Extract

    @property
    def stem(self) -> str:
        return _stem(self.name)


def files(packed: Packed) -> list[str]:
    """The files of a zip that people put there."""
    return [entry for entry in packed.entries if not _DROSS.search(entry)]


def read(packed: Packed, name: str, reader: Reader, recognised: Recognised) -> Extract:
    """The announcement and its attachments as one extract with parts; ``recognised``: what pictures in its files say.

    Raises:
        RefusedError: nothing in it can be read, too many files, packed too deep, or a file that refuses the whole.
    """
    if name.count("/") >= MAX_DEPTH:
        raise RefusedError("zip-depth", f"{name.count('/') + 1} 层，上限 {MAX_DEPTH} 层")
    names = files(packed)
    if len(names) > MAX_FILES:
        raise RefusedError("zip-bomb", f"{len(names)} 个文件，上限 {MAX_FILES}")
    found, skipped = [], []
    sheets = _sheets(recognised)
    for entry in names:
        data = packed.read(entry)
        of_entry = sheets[entry] if entry in sheets else of_file(recognised, entry)
        if entry in sheets and not of_entry:
            continue  # it stands with the first sheet of its paper
        try:
            found.append(_Found(entry, _entry(data, entry, name, reader, of_entry)))
        except RefusedError as refused:
            if refused.code not in _SKIPPED:
                raise RefusedError(
                    refused.code, f"其中 {entry}：{refused.found}" if refused.found else f"其中 {entry}"
                ) from refused
            skipped.append(entry)
    if not found:
        raise RefusedError("nothing-readable", "、".join(skipped[:5]) or "没有文件")
    return _joined(_ordered(_best_of_each(found, skipped)), skipped)


def _stem(name: str) -> str:
    return posixpath.splitext(posixpath.basename(name))[0]


def _sheets(recognised: Recognised) -> dict[str, Recognised]:
    """Pictures whose names differ by running numbers are sheets of one paper: the first has all of them, the others none."""
    papers: dict[tuple[str, str], list[tuple[int, str]]] = {}
    for entry in (key.removesuffix(IN_FILE) for key in recognised if key.count(IN_FILE) == 1 and key.endswith(IN_FILE)):
        at = _SHEET.fullmatch(_stem(entry))
        if at and not _ANNEX.fullmatch(_stem(entry)):
            papers.setdefault((posixpath.dirname(entry), at["base"]), []).append((int(at["n"]), entry))
    kept: dict[str, Recognised] = {}
    for sheets in map(sorted, papers.values()):
        if [number - sheets[0][0] for number, _ in sheets] == list(range(len(sheets))):
            whole = [scan for _, entry in sheets for scan in recognised[f"{entry}{IN_FILE}"]]
            kept |= {entry: {} for _, entry in sheets} | {sheets[0][1]: {"": whole}}
    return kept


def _entry(data: bytes, entry: str, name: str, reader: Reader, recognised: Recognised) -> Extract:
    kind = sniff(data, recognise="" in recognised)
    if kind != "text":
        return reader(kind, data, f"{name}/{entry.replace('/', '_')}", recognised)
    try:
        text = decode(data, entry)
    except ContentError as error:
        raise RefusedError(error.code or "not-text") from error
    if html.is_page(text):
        return Extract("html", html.draft(text).text, unread=text)
    return Extract("txt", laid_out(text))


def _best_of_each(found: list[_Found], skipped: list[str]) -> list[_Found]:
    """One of several files that differ in format alone."""
    best: dict[str, _Found] = {}
    for one in sorted(
        found, key=lambda one: _BEST.index(one.extract.format) if one.extract.format in _BEST else len(_BEST)
    ):
        if best.setdefault(one.stem, one) is not one:
            skipped.append(one.name)
    return [one for one in found if best[one.stem] is one]


def _ordered(found: list[_Found]) -> list[_Found]:
    """The announcement first, then what it issues by name, then attachments by number, then by name."""
    main = min(
        found,
        key=lambda one: (bool(_ANNEX.match(one.stem)), not _MAIN_WORDS.search(one.stem), one.name.count("/"), one.name),
    )
    rest = [one for one in found if one is not main]
    text = main.extract.text
    return [main, *sorted(rest, key=lambda one: (not _is_issued(one, text), _number(one.stem) or 99, one.name))]


def _number(stem: str) -> int | None:
    at = _ANNEX.search(stem)
    if at is None or not at["n"]:
        return None
    return int(at["n"]) if at["n"].isdecimal() else sum(10 if char == "十" else _CN.index(char) + 1 for char in at["n"])


def _joined(found: list[_Found], skipped: list[str]) -> Extract:
    whole = Extract("zip")
    main = found[0].extract.text
    annexes = 0
    for at, one in enumerate(found):
        begin = len(whole.text)
        if at and not _is_issued(one, main) and not _LABELLED.match(one.extract.text):
            annexes = _number(one.stem) or annexes + 1
            whole.text += f"附件{annexes}\n"
        _append(whole, one)
        whole.parts.append(Part(one.name, begin, len(whole.text)))
    if skipped:
        whole.notes.append(Note("skipped-files", 0, 0, len(skipped), 1.0, "、".join(skipped[:20])))
    return whole


def _is_issued(one: _Found, main: str) -> bool:
    """Whether the announcement issues this paper by name."""
    if _ANNEX.search(one.stem):
        return False
    titles = [at[1] or at[2] or at[3] for at in _ISSUED.finditer(main[:3000])]
    opening = re.sub(r"\s+", "", one.extract.text[:300])
    return any(re.sub(r"\s+", "", title) in opening for title in titles)


def _append(whole: Extract, one: _Found) -> None:
    shift = len(whole.text)
    part = one.extract
    whole.text += part.text if part.text.endswith("\n") else f"{part.text}\n"
    whole.places += [Place(place.start + shift, place.page, place.paragraph) for place in part.places]
    if not part.places:
        whole.places.append(Place(shift, None, None))
    whole.notes += [_moved(note, shift) for note in part.notes]
    whole.parts += [Part(f"{one.name}/{inner.name}", inner.start + shift, inner.end + shift) for inner in part.parts]
    whole.unread += f"{one.name}\n{part.unread}\n"


def _moved(note: Note, shift: int) -> Note:
    """A note moved along with its part."""
    return note._replace(start=note.start + shift, end=note.end + shift)
