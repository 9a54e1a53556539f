"""The packs that the demo puts in force: facts-only ones as they stand, example documents compiled live."""

from __future__ import annotations

from pathlib import Path

from luodi.document.reading import read
from luodi.policy.build import build
from luodi.policy.compile import compile_document
from luodi.policy.pack import Pack, read_pack, read_yaml


def demo_pack(folder: Path) -> Pack:
    """The pack of a folder: built from its own text where there is one, else read."""
    document = folder / "document.txt"
    if not document.exists():
        return read_pack(folder / "pack.json")
    confirmed = folder / "confirmed.yaml"
    given = read_yaml(confirmed) if confirmed.exists() else {"id": folder.name}
    return build(compile_document(read(document)), given)
