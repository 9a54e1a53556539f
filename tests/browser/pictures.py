"""Pictures of the documentation: taken by the browser tests, kept in ``docs/images`` when LUODI_PICTURES is set."""

from __future__ import annotations

import os
from pathlib import Path

IMAGES = Path(__file__).parents[2] / "docs" / "images"


def keep(page, name: str, otherwise: Path) -> Path:
    """Take a picture of the window; it must show something."""
    folder = IMAGES if os.environ.get("LUODI_PICTURES") else otherwise
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{name}.png"
    page.screenshot(path=str(file))
    assert file.stat().st_size > 10_000, f"{name}: an empty picture"
    return file
