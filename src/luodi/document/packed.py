"""Zip files and the XML inside them, opened with guards: sizes, ratios, paths, entities.

Every format that is a zip (docx, ofd, an announcement with attachments) is opened here and nowhere else.
"""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
import zlib

from lxml import etree

from luodi.document.refusals import RefusedError

MAX_ENTRIES = 2_000
MAX_TOTAL = 200_000_000  # bytes, all entries unpacked
MAX_ENTRY = 64_000_000
MAX_RATIO = 200  # a text of one repeated clause packs to a hundredth
MAX_XML = 48_000_000
_SMALL = 1_000_000  # below it a ratio says nothing
_END = b"PK\x05\x06"
_END_SIZE = 22
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"\A[^<]{0,4}<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)", re.DOTALL)
_XML_ENCODINGS = frozenset((b"UTF-8", b"UTF8", b"UTF-16", b"UTF-16LE", b"UTF-16BE", b"GB18030", b"GBK", b"GB2312"))
_UNPACKED = (zipfile.BadZipFile, zlib.error, EOFError, struct.error, ValueError, OSError, NotImplementedError)


class Packed:
    """A zip whose entries have been checked as a whole.

    Raises:
        RefusedError: damaged, encrypted, too large unpacked, paths that lead outside, other data around it.
    """

    def __init__(self, data: bytes) -> None:
        _refuse_surroundings(data)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except _UNPACKED as error:
            raise RefusedError("damaged", "压缩包目录不完整") from error
        _refuse_dangerous(entries)
        self.entries = {_name(entry): entry for entry in entries if not entry.filename.endswith("/")}

    def read(self, name: str) -> bytes:
        """One entry, unpacked within the limits.

        Raises:
            RefusedError: it is not there, encrypted, damaged or larger than it says.
        """
        entry = self.entries.get(name)
        if entry is None:
            raise RefusedError("damaged", f"缺少 {name}")
        if entry.flag_bits & 0x1:
            raise RefusedError("encrypted", "压缩包密码")
        try:
            with self._zip.open(entry) as stream:
                data = stream.read(min(entry.file_size, MAX_ENTRY) + 1)
        except _UNPACKED as error:
            raise RefusedError("damaged", f"{name} 解不开") from error
        except RuntimeError as error:
            raise RefusedError("encrypted", "压缩包密码") from error
        if len(data) > entry.file_size or len(data) > MAX_ENTRY:
            raise RefusedError("zip-bomb", f"{name} 比标称的大")
        if len(data) < entry.file_size:
            raise RefusedError("damaged", f"{name} 不完整")
        return data

    def xml(self, name: str) -> etree._Element:
        """The root of an XML entry."""
        return parse_xml(self.read(name), name)


def _refuse_surroundings(data: bytes) -> None:
    """Nothing may stand before the first entry or behind the directory's end."""
    end = data.rfind(_END)
    if end < 0 or len(data) < end + _END_SIZE:
        raise RefusedError("damaged", "压缩包被截断，没有目录")
    size, offset, comment = struct.unpack("<IIH", data[end + 12 : end + _END_SIZE])
    zip64 = offset == 0xFFFFFFFF or size == 0xFFFFFFFF
    if not zip64 and offset + size > end:
        raise RefusedError("damaged", "压缩包目录不完整")
    if not zip64 and offset + size < end and data[end - 20 : end - 16] != b"PK\x06\x07":
        raise RefusedError("polyglot", "压缩包之前另有内容")
    if len(data) > end + _END_SIZE + comment:
        raise RefusedError("polyglot", "压缩包之后另有内容")
    if b"%PDF-" in data[: min(1024, len(data))] and b"%%EOF" in data:
        raise RefusedError("polyglot", "压缩包兼 PDF")


def _refuse_dangerous(entries: list[zipfile.ZipInfo]) -> None:
    if not entries:
        raise RefusedError("nothing-readable", "压缩包是空的")
    if len(entries) > MAX_ENTRIES:
        raise RefusedError("zip-bomb", f"{len(entries)} 个文件，上限 {MAX_ENTRIES}")
    total = 0
    for entry in entries:
        _refuse_path(entry)
        total += entry.file_size
        if entry.file_size > MAX_ENTRY or total > MAX_TOTAL:
            raise RefusedError("zip-bomb", f"解开后超过 {MAX_TOTAL // 1_000_000} MB")
        if entry.file_size > _SMALL and entry.file_size > MAX_RATIO * max(1, entry.compress_size):
            raise RefusedError("zip-bomb", f"压缩比超过 {MAX_RATIO}")
    offsets = sorted((entry.header_offset, entry.compress_size) for entry in entries)
    if any(start + size > after for (start, size), (after, _) in zip(offsets, offsets[1:], strict=False)):
        raise RefusedError("zip-bomb", "各文件互相重叠")


def _refuse_path(entry: zipfile.ZipInfo) -> None:
    name = _name(entry)
    parts = name.replace("\\", "/").split("/")
    if not name:
        raise RefusedError("damaged", "压缩包里有没有名字的文件")
    if name.startswith(("/", "\\")) or ".." in parts or re.match(r"[A-Za-z]:", name) or "\x00" in name:
        raise RefusedError("zip-path", "路径")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise RefusedError("zip-path", "符号链接")


def _name(entry: zipfile.ZipInfo) -> str:
    """The entry's name; one that is not marked as UTF-8 is GB18030 where it can be."""
    name = entry.orig_filename.replace("\\", "/")
    if entry.flag_bits & 0x800:
        return name
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name


def parse_xml(data: bytes, name: str) -> etree._Element:
    """Parse XML that defines nothing of its own: no document type, no entities, no network.

    Raises:
        RefusedError: a document type or entity, an unusual encoding, too large or deep, not well formed.
    """
    if len(data) > MAX_XML:
        raise RefusedError("zip-bomb", f"{name} 超过 {MAX_XML // 1_000_000} MB")
    declared = _XML_ENCODING.match(data)
    if declared and declared[1].upper() not in _XML_ENCODINGS:
        raise RefusedError("damaged", f"{name} 的编码不常见")
    if _DOCTYPE.search(data) or (b"\x00" in data[:200] and _DOCTYPE.search(data.replace(b"\x00", b""))):
        raise RefusedError("xml-entities", name)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, remove_comments=True,
        remove_pis=True, collect_ids=False, huge_tree=False,
    )  # fmt: skip
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise RefusedError("damaged", f"{name} 不是完整的 XML") from error
    if root is None or root.getroottree().docinfo.internalDTD is not None:
        raise RefusedError("xml-entities", name)
    return root
