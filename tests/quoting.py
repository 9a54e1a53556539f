"""Facts with the words that they quote in place of their places: the same in every copy of one paper."""

import re
import unicodedata


def plain(words: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", re.sub(r"<[^>]*>", "", words)))


def told(found: dict, source: str) -> dict:
    """The facts with the words they quote in place of their places."""

    def bare(here: object) -> object:
        if isinstance(here, dict):
            return {
                key: quoted(value) if "span" in key else bare(value) for key, value in here.items() if key != "sentence"
            }
        return [bare(one) for one in here] if isinstance(here, list) else here

    def quoted(here: object) -> object:
        if isinstance(here, list) and here and isinstance(here[0], int):
            return plain(source[slice(*here)])
        return [quoted(one) for one in here] if isinstance(here, list) else here

    return {kind: bare(rows) for kind, rows in found.items() if kind not in ("diagnostics", "source")}
