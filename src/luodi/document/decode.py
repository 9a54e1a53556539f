"""Bytes → text: the encoding is detected, a file that is no text is refused by name.

UTF-8, UTF-16 (both orders, with or without byte order mark), GB18030 (and with it GBK, GB2312) and Big5. Where more
than one encoding could be meant, the one wins whose text holds the larger share of common Chinese characters.
"""

from __future__ import annotations

import codecs
import re

from luodi.document.formats import sniff
from luodi.document.refusals import RefusedError, refusal
from luodi.errors import ContentError

MAX_CHARACTERS = 2_000_000
MAX_BYTES = 8_000_000
_MEGABYTE = 1_000_000
_SAMPLE = 60_000
_LEAST_SHARE = 0.10
_MOST_DAMAGED = 0.01
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WITHOUT_BOM = ("gb18030", "big5", "utf-16-le", "utf-16-be")
ENCODINGS = ("utf-8", "utf-32-le", "utf-32-be", *_WITHOUT_BOM)
"""Every encoding that a text may be tried in."""
# The most frequent characters of official prose, simplified and traditional, with its punctuation.
_COMMON = frozenset(
    "的一是不在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去"
    "法学如都同现当没动面起看定天分还进好小部其些主样理心本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业"
    "外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教"
    "市区县省府企业项目资金补助奖励支持建设责单位施策办规定条款万元亿按照符申请认定评审管理督强创科技术服务据准评导领域展牵参"
    "個國為們來這時說會對於發業產學機關實與還進經將問員體見點無長門開動應當從後過項資補獎勵標單辦規條萬億據準審領"
    ",。、;:()《》“”〔〕,.0123456789"
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")


def decode(data: bytes, name: str) -> str:
    """The text of a file without its byte order mark; line ends stay as they are.

    Raises:
        ContentError: the file is empty, too large, of a known other kind, or no text in an encoding we know.
    """
    try:
        kind = sniff(data)
    except RefusedError as refused:
        raise refusal(refused.code, name, refused.found) from refused
    if kind != "text":
        raise refusal("other-kind", name, "PDF 文件" if kind == "pdf" else "压缩包类文件")
    if len(data) > MAX_BYTES:
        raise too_large(name, len(data))
    text = _decoded(data)
    if text is None:
        raise refusal("not-text", name)
    if not text.strip():
        raise refusal("blank", name)
    if len(text) > MAX_CHARACTERS:
        raise too_large(name, len(data), len(text))
    return text


def too_large(name: str, size: int, characters: int | None = None, limit: int = MAX_BYTES) -> ContentError:
    """The refusal of a file above the limit (a policy of 2 million characters has not been met)."""
    found = f"{characters} 字" if characters else f"{size / _MEGABYTE:.1f} MB"
    return refusal("too-large", name, found, limit=f"{MAX_CHARACTERS // 10_000} 万字，{limit // _MEGABYTE} MB")


def _decoded(data: bytes) -> str | None:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _readable(_strict(data[len(bom) :], encoding))
    if b"\x00" not in data:
        text = _strict(data, "utf-8")
        if text is not None:
            return _readable(text)
    encodings = _WITHOUT_BOM[2:] if b"\x00" in data else _WITHOUT_BOM
    texts = [text for encoding in encodings if (text := _readable(_strict(data, encoding))) is not None]
    best = max(texts, key=_share_of_common, default=None)
    if best is not None and _share_of_common(best) >= _LEAST_SHARE:
        return best
    return _damaged_utf8(data)


def _strict(data: bytes, encoding: str) -> str | None:
    """The text, or None; a character cut off at the very end is left out."""
    try:
        return codecs.getincrementaldecoder(encoding)("strict").decode(data, False)
    except (UnicodeDecodeError, ValueError):
        return None


def _readable(text: str | None) -> str | None:
    """A text with hardly any control characters, else None."""
    if text is None or len(_CONTROL.findall(text[:_SAMPLE])) > 0.002 * min(len(text), _SAMPLE) + 1:
        return None
    return text


def _share_of_common(text: str) -> float:
    sample = text[:_SAMPLE]
    return sum(1 for char in sample if char in _COMMON) / max(1, sum(1 for char in sample if not char.isspace()))


def _damaged_utf8(data: bytes) -> str | None:
    """UTF-8 with a few broken bytes (each becomes U+FFFD)."""
    text = _readable(data.decode("utf-8", "replace"))
    if text is None or text.count("\ufffd") > _MOST_DAMAGED * len(text):
        return None
    return text
