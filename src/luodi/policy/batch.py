"""Compiling many files: inputs and outputs are settled first, then each file stands for itself."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from luodi.document import read
from luodi.errors import ContentError
from luodi.policy.compile import compile_document
from luodi.policy.exchange import exchange_json


def compile_files(inputs: Sequence[Path], out: Path | None, kind: str) -> int:
    """Compile files and folders; the exit code."""
    paths = [path for one in inputs for path in (sorted(one.iterdir()) if one.is_dir() else [one])]
    failed = 0
    for path in paths:
        try:
            text = exchange_json(compile_document(read(path)))
        except ContentError as error:
            sys.stderr.write(f"错误：{error}\n")
            failed = 1
            continue
        if out is None:
            sys.stdout.write(text)
        else:
            out.mkdir(parents=True, exist_ok=True)
            (out / f"{path.stem}.json").write_text(text, encoding="utf-8")
    return failed
