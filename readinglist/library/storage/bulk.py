"""Many rows into one table: the statement is SQLAlchemy's, and SQLite takes it without it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from sqlalchemy.dialects import sqlite
from sqlmodel import SQLModel, insert


def put(
    connection: sqlite3.Connection,
    model: type[SQLModel],
    columns: tuple[str, ...],
    rows: Iterable[Sequence[Any]],
) -> None:
    """Insert rows of values for these columns, inside the caller's transaction.

    The other columns become NULL: a model's own defaults are not looked at.
    """
    connection.executemany(_insertion(model, columns), rows)


@cache
def _insertion(model: type[SQLModel], columns: tuple[str, ...]) -> str:
    compiled = insert(model).compile(
        dialect=sqlite.dialect(paramstyle="qmark"), column_keys=list(columns)
    )
    places = {name: place for place, name in enumerate(compiled.positiontup or ())}
    if [places[name] for name in columns] != list(range(len(columns))):
        raise ValueError(f"name the columns of {model.__name__} in their own order")
    return str(compiled)
