"""Loading the demo: idempotent, through the same actions that people use."""

from __future__ import annotations


def load_demo() -> None:
    """Load what is not there yet."""
