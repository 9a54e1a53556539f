"""Files that pages give (附件下载): named as officials name them, by paper, policy and version, not by an address."""

from __future__ import annotations

import re
from urllib.parse import quote

from django.http import HttpResponse

_NO_NAME = re.compile(r'[\\/:*?"<>|\s\x00-\x1f]+')
_LONGEST = 40


def attached(content: bytes, kind: str, form: str, *parts: str) -> HttpResponse:
    """An answer that is kept as a file whose name has these parts, each without what no file name takes and not too long."""
    written = [_NO_NAME.sub("", part)[:_LONGEST] for part in parts]
    name = quote(f"{'-'.join(filter(None, written))}.{form}")
    return HttpResponse(
        content, content_type=kind, headers={"Content-Disposition": f"attachment; filename*=UTF-8''{name}"}
    )
