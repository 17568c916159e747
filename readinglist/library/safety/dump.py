"""The whole library as JSON Lines, and back: everything that is stored, and nothing derived."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from readinglist.errors import LibraryError
from readinglist.library.storage import database
from readinglist.library.storage.opening import open_file

# Parents before what refers to them, which is the order in which they can be read in again.
TABLES: Final = (
    "document",
    "paper",
    "tag",
    "paper_tag",
    "sighting",
    "problem",
    "lookalike",
    "mark",
    "change",
    "edit",
    "alias",
    "dispute",
    "origin",
    "suggestion",
    "awaited",
    "saved_search",
)
# Papers that were merged into others come behind those.
_IN_TURN: Final = {"paper": ("merged_into IS NULL", "merged_into IS NOT NULL")}
# JSON allows these as they are; terminals obey some, and some programs take others for line ends.
_UNSAFE: Final = re.compile("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


def dump(path: Path) -> Iterator[str]:
    """Yield the library at `path` line by line: a header, then every row, in an order of its own.

    Each row is an object with one member, named after its table. All of it is read in one
    transaction, so it is the library of one moment, and never held in memory together.
    """
    if not database.is_there(path):
        raise LibraryError(f"There is no library at {path}, so there is nothing to write out.")
    try:
        with closing(open_file(path)) as connection:
            connection.execute("BEGIN")
            counts = {name: _count(connection, name) for name in TABLES}
            yield _line({"readinglist": database.SCHEMA_VERSION, "rows": counts})
            for name in TABLES:
                for row in _rows(connection, name):
                    yield _line({name: row})
    except sqlite3.Error as error:
        raise database.explanation(error, path) from error


def _count(connection: sqlite3.Connection, table: str) -> int:
    sql = f"SELECT count(*) FROM {table}"  # noqa: S608 (the name of one of our tables)
    return int(connection.execute(sql).fetchone()[0])


def _rows(connection: sqlite3.Connection, table: str) -> Iterator[dict[str, Any]]:
    """Each row of a table by the names of its columns, parents before what refers to them."""
    columns = connection.execute(f"PRAGMA table_info({table})").fetchall()
    key = ", ".join(name for _, name, _, _, _, part in columns if part)
    truths = {name for _, name, kind, *_ in columns if kind == "BOOLEAN"}
    names = [name for _, name, *_ in columns]
    for condition in _IN_TURN.get(table, ("1",)):
        sql = f"SELECT * FROM {table} WHERE {condition} ORDER BY {key}"  # noqa: S608 (all ours)
        for values in connection.execute(sql):
            row = dict(zip(names, values, strict=True))
            yield row | {name: bool(row[name]) for name in truths if row[name] is not None}


def _line(value: dict[str, Any]) -> str:
    try:
        text = json.dumps(value, ensure_ascii=False)
    except TypeError:  # bytes, where nothing but text is ever written
        raise sqlite3.DatabaseError("malformed row") from None
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


def load(path: Path, lines: Iterable[str | bytes]) -> dict[str, int]:
    """Read a dump into the library at `path`, which has to be empty or not there yet.

    Returns how many rows each table got. Raises `LibraryError` with the number of the first line
    that cannot be taken, or if lines are missing; then nothing was changed.
    """
    from readinglist.library.safety.loading import fill, make_full  # with SQLModel behind them

    if not database.is_there(path):
        return make_full(path, lines)
    open_file(path).close()  # refused if it is no library, converted if it is an old one
    return fill(path, lines)
