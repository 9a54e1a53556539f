"""A file that is a picture (PNG, JPEG, TIFF, BMP): the pages that were recognised of it, laid out as those of a PDF."""

from __future__ import annotations

from collections.abc import Sequence

from luodi.document.extract import Extract, Writer
from luodi.document.layout import blocks
from luodi.document.refusals import RefusedError
from luodi.document.scan import Scan


def read(scans: Sequence[Scan]) -> Extract:
    """The text of a picture, from what was recognised.

    Raises:
        RefusedError: no character was recognised.
    """
    writer = Writer("image")
    found, left_out = blocks([scan.page(number) for number, scan in enumerate(scans, 1)])
    writer.blocks(found)
    for text in left_out:
        writer.leave_out(text)
    extract = writer.finish()
    if not extract.text.strip():
        raise RefusedError("no-text", f"{len(scans)} 页图片")
    return extract
