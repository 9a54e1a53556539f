"""The policy pack (政策包): all that the service needs to put one document in force, in one JSON file.

A pack carries the document's facts (each with its place), the vocabulary and rules that a person confirmed, the open
readings, and who confirmed and published it. Its form is ``pack.schema.json`` beside this module (JSON Schema, draft
2020-12). Money is integer fen, rates are ``[numerator, denominator]``, dates are ISO dates.

:func:`read_pack` refuses a broken pack with place and reason; :func:`write_pack` writes the canonical form, whole or
not at all. What a pack is made of and how two are compared stand in :mod:`luodi.policy.build` and
:mod:`luodi.policy.difference`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import re
import tempfile
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from luodi.errors import ContentError
from luodi.policy.pack_check import SCHEMA_VERSION, check_pack
from luodi.policy.yaml_view import shown, understood
from luodi.quantities.periods import last_in_force

if TYPE_CHECKING:
    from luodi.document.tree import Document

__all__ = [
    "SCHEMA_VERSION",
    "Pack",
    "canonical",
    "check_against_text",
    "dated",
    "pack_from",
    "read_pack",
    "read_yaml",
    "text_digest",
    "to_yaml",
    "write_pack",
]

Json = Mapping[str, Any]
_YAML = (".yaml", ".yml")


@dataclass(frozen=True)
class Pack:
    """A checked pack. ``data`` is the whole JSON object and must not be changed; the properties name its parts."""

    data: Json

    @property
    def id(self) -> str:
        """The pack's own name, such as ``yunlan-2026-mci``."""
        return str(self.data["id"])

    @property
    def version(self) -> int:
        """The pack's version, 1 and up."""
        return int(self.data["version"])

    @property
    def title(self) -> str:
        """The document's title; the pack's id where the text has none."""
        return str(self.data["title"] or self.id)

    @property
    def facts(self) -> Json:
        """Facts by kind: goals, duties, benefits, sectors and so on."""
        return self.data["facts"]  # type: ignore[no-any-return]

    @property
    def rules(self) -> Sequence[Json]:
        """Rules in pack order."""
        return self.data["rules"]  # type: ignore[no-any-return]

    @property
    def vocabulary(self) -> Json:
        """``events`` and ``facts`` that the rules name."""
        return self.data["vocabulary"]  # type: ignore[no-any-return]

    @property
    def ambiguities(self) -> Sequence[Json]:
        """The register of open readings (口径)."""
        return self.data["ambiguities"]  # type: ignore[no-any-return]

    @property
    def papers(self) -> Sequence[Json]:
        """The papers that a notice issues, where they are several: ``id``, ``title``, ``span``."""
        return self.data.get("papers", ())  # type: ignore[no-any-return]

    def paper_title(self, article: str) -> str | None:
        """The title of the paper that an address lies in; None for the notice itself and where there is one paper."""
        root = article.partition(".")[0]
        return next((str(paper["title"]) for paper in self.papers if paper["id"] == root), None)

    @property
    def effective_from(self) -> dt.date | None:
        """First day in force, where the text names it; of several papers the first of all."""
        days = [dated(row["effective_from"]) for row in self._validities]
        return min((day for day in days if day), default=None)

    @property
    def stands_from(self) -> dt.date | None:
        """Since when it stands: its first day in force, of a paper that names none the day of its issue."""
        return self.effective_from or dated(self.data["issued_on"])

    @property
    def effective_to(self) -> dt.date | None:
        """Last day in force, as the text names it or tells it in years; of several papers the last of all, None where one has no end."""
        days = [last_in_force(row, self.data["issued_on"]) for row in self._validities]
        known = [day for day in days if day]
        return max(known) if known and len(known) >= max(len(days), len(self.papers) if len(days) > 1 else 1) else None

    @property
    def _validities(self) -> Sequence[Json]:
        """What the papers of a notice say of their time in force; else what the document says."""
        whole = [self.facts["validity"]] if self.facts["validity"] else []
        return self.facts.get("paper_validities") or whole

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the canonical form: names exactly this content."""
        return hashlib.sha256(canonical(self.data).encode()).hexdigest()


def dated(value: str | None) -> dt.date | None:
    """The date of an ISO text; None stays None."""
    return dt.date.fromisoformat(value) if value else None


def canonical(data: Json) -> str:
    """The one way to write a pack: sorted keys, Chinese unescaped, one space a level, a line break at the end."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def to_yaml(pack: Pack) -> str:
    """The same content as YAML, for people to read and write: sums in rules stand with their unit (50万元, 10%).

    :func:`read_pack` takes it back.
    """
    return yaml.safe_dump(
        {**pack.data, "rules": shown(pack.data["rules"])}, allow_unicode=True, sort_keys=True, width=120
    )


def read_pack(path: Path) -> Pack:
    """Read a pack from JSON, or from YAML where the name ends so.

    Raises:
        ContentError: unreadable, no JSON or YAML, of a newer schema, or broken; the message names place and reason.
    """
    try:
        written = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ContentError(f"读不到政策包 {path}：{error.strerror}。请检查路径和权限。") from error
    except UnicodeDecodeError as error:
        raise ContentError(f"政策包 {path} 不是 UTF-8 文本。请重新导出或用 luodi compile 生成。") from error
    data = _parsed(written, path)
    if path.suffix in _YAML and isinstance(data, dict) and "rules" in data:
        data = {**data, "rules": understood(data["rules"])}
    return pack_from(data, str(path))


def _parsed(written: str, path: Path) -> Any:
    try:
        if path.suffix in _YAML:
            return yaml.load(written, Loader=_PlainLoader)
        return json.loads(written)
    except json.JSONDecodeError as error:
        raise ContentError(
            f"政策包 {path} 第 {error.lineno} 行第 {error.colno} 列不是合法的 JSON。请从备份恢复或重新生成。"
        ) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"第 {mark.line + 1} 行" if mark else "某处"
        raise ContentError(f"政策包 {path} {where}不是合法的 YAML。请检查缩进和冒号。") from error


class _PlainLoader(yaml.CSafeLoader):
    """YAML whose plain words mean what they mean in JSON: no dates, and only true and false are yes and no."""


_UNWANTED = ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool")
_PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in _UNWANTED]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
_PlainLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), ["t", "f"])


def read_yaml(path: Path) -> Any:
    """Read a YAML file of a person's entries (dates stay texts).

    Raises:
        ContentError: unreadable or no YAML.
    """
    try:
        return _parsed(path.read_text(encoding="utf-8-sig"), path.with_suffix(".yaml"))
    except OSError as error:
        raise ContentError(f"读不到 {path}：{error.strerror}。请检查路径和权限。") from error


def pack_from(data: Any, name: str = "政策包") -> Pack:
    """Check plain data and wrap it.

    Raises:
        ContentError: the data is no pack; ``name`` says in the message where it came from.
    """
    check_pack(data, name)
    return Pack(data)


def write_pack(pack: Pack, path: Path) -> None:
    """Write the canonical form: the file appears whole, or the old one stays.

    Raises:
        ContentError: the folder cannot be written.
    """
    try:
        handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise ContentError(f"不能写入 {path.parent}：{error.strerror}。请检查文件夹和权限。") from error
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as out:
            out.write(canonical(pack.data))
        os.chmod(draft, 0o644)
        os.replace(draft, path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def text_digest(text: str) -> str:
    """SHA-256 of the text after NFKC without white space: equal for copies that differ in width and breaks only."""
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()


def check_against_text(pack: Pack, document: Document) -> str | None:
    """Does this text belong to the pack? None: the same bytes. A notice: another copy of the same text.

    Only with the same bytes (or an equal length) do the pack's spans fit without moving.

    Raises:
        ContentError: another text; both digests are named.
    """
    source = pack.data["source"]
    if document.sha256 == source["sha256"]:
        return None
    found = text_digest(document.text.source)
    if found == source["text_sha256"]:
        return (
            f"“{document.name}”与政策包所依据的文件字节不同（{document.sha256[:12]}… 与 {source['sha256'][:12]}…），"
            "但文字相同（只差空白或全半角），可以使用；原文定位以政策包所依据的文件为准。"
        )
    raise ContentError(
        f"“{document.name}”不是政策包“{pack.title}”所依据的文件：文字摘要为 {found}，政策包记录为 {source['text_sha256']}。"
        "请找到原文件，或用 luodi compile 为这份文件另建政策包。"
    )
