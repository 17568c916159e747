"""The writing connection: SQLModel sessions that lock at once and commit whole or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Engine, create_engine, event, pool
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from readinglist import crash
from readinglist.library.storage import database

_Value = TypeVar("_Value")
_CHUNK = 500  # values bound in one statement; SQLite's oldest limit is 999


class Writer:
    """The one connection that writes, with foreign keys on; without a path, in memory."""

    def __init__(self, path: Path | None, *, patience: float = database.PATIENCE) -> None:
        crash.guard_logging()  # SQLAlchemy logs, and would quote what it was given
        self._connection = (
            database.connect(path, patience=patience) if path else database.connect_to_memory()
        )
        self._engine: Engine = create_engine(
            "sqlite://",
            creator=lambda: self._connection,
            poolclass=pool.StaticPool,
            hide_parameters=True,  # an error must not quote the user's notes
        )
        event.listen(self._engine, "begin", _begin_immediate)
        self._outer: Session | None = None
        self._data_version = self._read_data_version()

    @database.explained
    def changed_elsewhere(self) -> bool:
        """Whether another connection has committed since this was last asked."""
        before, self._data_version = self._data_version, self._read_data_version()
        return before != self._data_version

    def _read_data_version(self) -> int:
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    @contextmanager
    def rehearsal(self) -> Iterator[None]:
        """Roll back, at the end, every transaction made inside; they do see each other."""
        with self.together():
            yield
            assert self._outer is not None  # noqa: S101 (tells the type checker)
            self._outer.rollback()

    @contextmanager
    def together(self) -> Iterator[None]:
        """Make one transaction of all that are made inside."""
        if self._outer is not None:
            yield
            return
        with self.transaction() as session:
            self._outer = session
            try:
                yield
            finally:
                self._outer = None

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Commit what is done inside, or nothing; SQLite's complaints become `LibraryError`."""
        try:
            if self._outer is not None:
                with self._outer.begin_nested():
                    yield self._outer
                return
            with Session(self._engine, expire_on_commit=False) as session, session.begin():
                yield session
        except DBAPIError as error:
            raise database.explanation(error.orig or error, self) from error
        except sqlite3.Error as error:
            raise database.explanation(error, self) from error

    def close(self) -> None:
        """Close the connection."""
        self._engine.dispose()
        self._connection.close()


def _begin_immediate(connection: Any) -> None:
    # `connection` is SQLAlchemy's; the lock is taken before anything is read, so that what an
    # edit saw is still true when it writes.
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def dbapi(session: Session) -> sqlite3.Connection:
    """The connection under a session, for the full-text index."""
    raw = session.connection().connection.driver_connection
    assert isinstance(raw, sqlite3.Connection)  # noqa: S101 (tells the type checker)
    return raw


def now() -> str:
    """The time as the library stores it: ISO 8601, UTC, microseconds."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def chunks(values: Iterable[_Value]) -> Iterator[list[_Value]]:
    """Cut values into lists short enough to be bound in one statement."""
    whole = list(values)
    for start in range(0, len(whole), _CHUNK):
        yield whole[start : start + _CHUNK]
