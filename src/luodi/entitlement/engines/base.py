"""What an engine must do: hold two tables, say what columns they have, run the query, write its rows.

Which engines there are stands in :mod:`luodi.entitlement.engines`; each is chosen by name and imported only then.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from luodi.entitlement.engines.dialect import Dialect
from luodi.errors import ContentError
from luodi.record import record

if TYPE_CHECKING:
    import pyarrow as pa

Progress = Callable[[float], None]
TypeWord = Literal["integer", "decimal", "float", "date", "boolean", "text", "texts", "nothing", "other"]
UNITS, EVENTS = "given_units", "given_events"


@record
class ColumnType:
    """A column's type: what it holds, and how its database calls it."""

    word: TypeWord
    written: str


@record
class Kept:
    """A table that the engine holds already."""

    name: str


class Engine(ABC):
    """One opened population; tables are named ``given_units`` and ``given_events``."""

    dialect: Dialect

    @abstractmethod
    def load(self, name: str, table: Path | str | pa.Table | Kept) -> None:
        """Take a table under that name.

        Raises:
            Unreadable: the file is not whole.
        """

    @abstractmethod
    def keep(self, name: str, source: Path | str) -> Kept:
        """Hold the rows of a file or a query in memory under that name; :meth:`load` takes what it returns."""

    @abstractmethod
    def columns(self, name: str) -> dict[str, ColumnType]:
        """The columns of a table."""

    @abstractmethod
    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """The rows of a query."""

    def different(self, query: str) -> int:
        """How many different rows a query has."""
        ((count,),) = self.rows(f"SELECT count(*) FROM (SELECT DISTINCT * FROM ({query}) t) t")
        return int(count)

    @abstractmethod
    def fetch(self, query: str) -> pa.Table:
        """The rows of a query as a table."""

    @abstractmethod
    def write(self, query: str, out: Path | str, progress: Progress | None = None) -> int:
        """Write the rows of a query to a parquet file; returns their number."""


class Unreadable(Exception):
    """A file that is not whole; the caller knows what to say about it."""


def damaged(*files: str) -> ContentError:
    """What to say of files that open and cannot be read to their end."""
    return ContentError(f"{'、'.join(files)} 已损坏，内容读不出来。请重新导出。")


def listed_rules(dialect: Dialect, rows: Sequence[tuple[int, str, str, str]], *, written: bool = False) -> str:
    """Place, id, item and article of each rule as a table of constants; ``written``: for a file and nothing else."""
    columns = [("place", dialect.whole)]
    for name, words in zip(("id", "item", "article"), list(zip(*rows, strict=True))[1:] or [()] * 3, strict=True):
        columns.append((name, dialect.word_type(words) if written else dialect.text_type))
    return dialect.values([[str(place), *map(dialect.text, words)] for place, *words in rows], columns)
