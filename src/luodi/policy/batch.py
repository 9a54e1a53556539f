"""Compiling many files: inputs and outputs are settled first, then each file stands for itself.

Outputs appear whole or not at all (written beside their place, then renamed). An unreadable file is named and the
rest is done. Many files are compiled in parallel, with progress on a terminal.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import NamedTuple

from luodi.document import read
from luodi.document.secrecy import screen
from luodi.errors import ContentError, UsageError
from luodi.policy.compile import compile_document
from luodi.policy.exports.exchange import exchange_json

SUFFIXES = {"facts": ".json", "pack": ".pack.json", "akn": ".xml"}
# A folder is searched for these; a file that is named is read whatever its name.
_IN_FOLDERS = frozenset((".txt", ".text", ".md", ".html", ".htm", ".shtml", ".xhtml", ".docx", ".pdf", ".ofd", ".zip"))
_PARALLEL_FROM = 2_000_000  # bytes; below it one process is done before others have started
_IN_TWO_FROM = 100_000  # characters; a shorter document is done before a second process has started
_PROGRESS_AFTER = 1.0  # seconds


class Outcome(NamedTuple):
    """What became of one input: the text to write, or why there is none."""

    path: Path
    text: str | None
    refusal: str | None


def compile_files(
    inputs: Sequence[Path], out: Path | None, kind: str, confirmed: Path | None = None, *, recognise: bool = False
) -> int:
    """Compile files and folders to ``facts``, ``pack`` or ``akn``; the exit code (0 done, 1 some unreadable or marked as secret).

    ``confirmed`` is a person's entries for the pack of one file; ``recognise``: scanned pages are recognised.

    Raises:
        UsageError: nothing to compile, an unknown format, two inputs of one stem, several results for standard output.
    """
    paths = settled(inputs, out, kind)
    if confirmed is not None and (kind == "facts" or len(paths) > 1):
        raise UsageError("--confirmed 只用于一份文件的 --format pack 或 akn。请分开编译。")
    failed = 0
    for outcome in _with_progress(_outcomes(paths, kind, confirmed, recognise), len(paths)):
        if outcome.text is None:
            sys.stderr.write(f"错误：{outcome.refusal}\n")
            failed += 1
        elif out is None:
            sys.stdout.write(outcome.text)
        else:
            write_whole(out / f"{outcome.path.stem}{SUFFIXES[kind]}", outcome.text)
    if len(paths) > 1:
        sys.stderr.write(f"完成 {len(paths) - failed} 份，没有完成 {failed} 份。\n")
    return 1 if failed else 0


def settled(inputs: Sequence[Path], out: Path | None, kind: str) -> list[Path]:
    """The files to compile, checked as a whole before anything is written."""
    if kind not in SUFFIXES:
        raise UsageError(f"--format 不认识“{kind}”，可用的是 {'、'.join(SUFFIXES)}。")
    paths = [path for one in inputs for path in _files(one)]
    if not paths:
        raise UsageError(
            f"{'、'.join(map(str, inputs))} 里没有可编译的文件（txt、html、docx、pdf、ofd、zip）。请检查路径。"
        )
    by_stem: dict[str, Path] = {}
    for path in paths:
        other = by_stem.setdefault(path.stem, path)
        if other is not path:
            raise UsageError(
                f"{other} 与 {path} 的文件名（不计扩展名）相同，结果会互相覆盖。请改名或分开编译；尚未写出任何结果。"
            )
    if out is None and len(paths) > 1:
        raise UsageError(f"有 {len(paths)} 份文件，标准输出只能写一份。请用 -o 指定结果文件夹。")
    if out is not None and out.exists() and not out.is_dir():
        raise UsageError(f"-o 应为文件夹，{out} 是文件。请换一个位置。")
    return paths


def _files(one: Path) -> list[Path]:
    if not one.is_dir():
        return [one]
    return sorted(path for path in one.iterdir() if path.is_file() and path.suffix.lower() in _IN_FOLDERS)


def _outcomes(paths: Sequence[Path], kind: str, confirmed: Path | None, recognise: bool) -> Iterator[Outcome]:
    work = partial(compile_one, kind=kind, confirmed=confirmed, recognise=recognise)
    workers = min(len(paths), os.cpu_count() or 1)
    size = sum(path.stat().st_size for path in paths if path.is_file())
    if workers < 2 or size < _PARALLEL_FROM:
        yield from map(work, paths)
        return
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("fork")) as pool:
        yield from pool.map(work, paths)


def compile_one(path: Path, kind: str, confirmed: Path | None = None, *, recognise: bool = False) -> Outcome:
    """Compile one file to the text of its result."""
    try:
        return Outcome(path, _compiled(path, kind, confirmed, recognise), None)
    except ContentError as error:
        return Outcome(path, None, str(error) if path.name in str(error) else f"{path.name}：{error}")
    except Exception as error:  # a defect of ours must not cost the person the other files
        reason = f"{type(error).__name__}：{error}"
        return Outcome(
            path, None, f"编译 {path.name} 时程序出错（{reason}）。其余文件照常完成；请把这份文件报告给维护者。"
        )


def _compiled(path: Path, kind: str, confirmed: Path | None, recognise: bool) -> str:
    document = read(path, recognise=recognise)
    screen(document)
    compiled = compile_document(document, in_two=len(document.clean) >= _IN_TWO_FROM)
    if kind != "facts":
        from luodi.policy.build import build  # noqa: PLC0415  (the schema check is slow to import)
        from luodi.policy.pack import canonical, read_yaml  # noqa: PLC0415

        pack = build(compiled, read_yaml(confirmed) if confirmed else None)
        if kind == "pack":
            return canonical(pack.data)
        from luodi.policy.exports.akoma_ntoso import akoma_ntoso  # noqa: PLC0415

        return akoma_ntoso(pack, None if pack.data["facts_only"] else compiled.document.text)
    return exchange_json(compiled)


def write_whole(path: Path, text: str) -> None:
    """Write a file so that it is there whole or not at all.

    Raises:
        ContentError: the place cannot be written to.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise ContentError(f"写不了 {path}（{error.strerror}）。请检查文件夹的权限和剩余空间后重试。") from error


def _with_progress(outcomes: Iterator[Outcome], total: int) -> Iterator[Outcome]:
    """Tell a person at a terminal how far it is, once it takes longer than a second."""
    begin = time.monotonic()
    shown = False
    for done, outcome in enumerate(outcomes, 1):
        if sys.stderr.isatty() and total > 1 and time.monotonic() - begin > _PROGRESS_AFTER:
            sys.stderr.write(f"\r已编译 {done}/{total}")
            sys.stderr.flush()
            shown = True
        yield outcome
    if shown:
        sys.stderr.write("\n")
