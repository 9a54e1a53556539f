import os
from pathlib import Path

import pytest

CORPUS = Path(os.environ.get("LUODI_CORPUS") or Path(__file__).parents[2] / "shared" / "corpus")


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of official texts, which stay outside the repository."""
    if not (CORPUS / "dev").is_dir():
        pytest.skip(f"not run: no corpus at {CORPUS} (set LUODI_CORPUS)")
    return CORPUS
