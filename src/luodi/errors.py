"""The base error and its two branches.

A message says what was found, where, what was expected and what to do next; it never carries a traceback
to the person who gave the input. Text that is merely not understood is no error: it becomes a diagnostic
(:mod:`luodi.policy.diagnostics`).
"""


class LuodiError(Exception):
    """Anything Luodi refuses, worded for the person who asked; ``code`` names the outcome where programs tell them apart."""

    exit_code = 1

    def __init__(self, message: str = "", *, code: str | None = None) -> None:
        super().__init__(message)
        self.code = code


class ContentError(LuodiError):
    """The input is wrong: an unreadable file, a broken pack, a bad column."""


class UsageError(LuodiError):
    """The call is wrong: a missing option, two inputs of one name."""

    exit_code = 2
