"""Many rows of one table: the statement is SQLAlchemy's, and SQLite takes it without it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Insert, Update, bindparam
from sqlalchemy.dialects import sqlite
from sqlmodel import SQLModel, insert, update

_ID = "id"


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


def change(
    connection: sqlite3.Connection,
    model: type[SQLModel],
    columns: tuple[str, ...],
    rows: Iterable[Sequence[Any]],
) -> None:
    """Write these columns of rows that are there: their values, then the row's id."""
    connection.executemany(_alteration(model, columns), rows)


@cache
def _insertion(model: type[SQLModel], columns: tuple[str, ...]) -> str:
    return _compiled(insert(model), model, columns)


@cache
def _alteration(model: type[SQLModel], columns: tuple[str, ...]) -> str:
    table = SQLModel.metadata.tables[str(model.__tablename__)]
    statement = update(model).where(table.c[_ID] == bindparam(f"{_ID}_"))
    return _compiled(statement, model, columns, f"{_ID}_")


def _compiled(
    statement: Insert | Update, model: type[SQLModel], columns: tuple[str, ...], *more: str
) -> str:
    """The statement as SQLite takes it, with these values in their order."""
    compiled = statement.compile(
        dialect=sqlite.dialect(paramstyle="qmark"), column_keys=list(columns)
    )
    if [*(compiled.positiontup or ())] != [*columns, *more]:
        raise ValueError(f"name the columns of {model.__name__} in their own order")
    return str(compiled)
