"""A short run of the fuzzer, and every crash it ever found."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from luodi.document.clean import clean
from luodi.document.decode import decode
from luodi.document.draft import Draft
from luodi.document.readers import html, pdf
from luodi.document.refusals import RefusedError

PROGRAM = Path(__file__).with_name("readers.py")
RUNS = 2500
_OVERFLOWS = b"BT /F 12 Tf 0.7 -0 " + b"1" * 55 + b".7 10007 0 0 Tm (policy) Tj ET"
_NOWHERE = (  # a matrix of text that overflows to no number
    b"%PDF-1.7\n1 0 obj\n<</Type /Catalog /Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type /Pages /Kids [3 0 R] /Count 1>>\nendobj\n"
    b"3 0 obj\n<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources <</Font <</F 5 0 R>>>>>>\nendobj\n"
    b"4 0 obj\n<</Length " + str(len(_OVERFLOWS)).encode() + b">>\nstream\n" + _OVERFLOWS + b"\nendstream\nendobj\n"
    b"5 0 obj\n<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>\nendobj\ntrailer\n<</Size 6 /Root 1 0 R>>\n%%EOF\n"
)  # fmt: skip
# The last row of a table lacks its last cell, and no line end follows it.
_ENDS_WITH_A_ROW = (
    b"<<\x0b<<\x0b:: / O<!DOCTYPE;;;w         <<\x0b::  Oeee  +b<table>;;;;;;w         <<\x0b:\xba  On       ee"
    b"e  +      eeee  +b<table>;;;;;w         <<<w:ins>\x0b::   <<\x0b::  On       eee  8      ee\x1bee  "
    b"+b<table/ Ota<w:lvl;;;;w         <<\x0b::  On       eee  +      eeee  +b<table>;;;;;w        "
    b" <<\x0b:\xc5  On      e"
)


def _page(data: bytes) -> Draft:
    draft = html.draft(decode(data, "x"))
    clean(draft)
    return draft


# (reader, bytes) of crashes that were found; the reader must give a text or refuse by name.
FOUND = ((pdf.read, _NOWHERE), (_page, _ENDS_WITH_A_ROW))


@pytest.mark.parametrize(("reader", "data"), FOUND)
def test_what_once_crashed_a_reader_is_read_or_refused_by_name(reader: Callable[[bytes], Any], data: bytes) -> None:
    try:
        found = reader(data)
    except RefusedError as refused:
        assert refused.args
    else:
        assert isinstance(found.text, str)


def test_a_short_run_over_all_readers(tmp_path: Path) -> None:
    pytest.importorskip("atheris", reason="no atheris on this machine")
    command = [
        sys.executable,
        PROGRAM,
        "all",
        f"-runs={RUNS}",
        "-seed=1",
        "-max_len=2048",
        "-timeout=10",
        "-rss_limit_mb=1024",
    ]
    found = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr[-3000:]
    done = re.search(r"Done (\d+) runs", found.stderr)
    # At its end the fuzzer runs an input again where it suspects a leak: it may count a few more than asked.
    assert done and int(done[1]) >= RUNS, found.stderr[-3000:]
