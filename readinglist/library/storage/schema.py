"""A library where none was: every table, written to a new file whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
from pathlib import Path
from tempfile import mkstemp
from typing import Final

from sqlmodel import Session, SQLModel

from readinglist import models as _tables  # noqa: F401 (declares the tables)
from readinglist.errors import LibraryError
from readinglist.library.index.fulltext import create
from readinglist.library.storage.database import (
    APPLICATION_ID,
    SCHEMA_VERSION,
    connect,
    explained,
    files_of,
)
from readinglist.library.storage.writer import Writer, dbapi

# Bytes of a page: with the usual 4096, the pages of small tables would take half as much room as
# the text of some hundred papers. Where much text comes at once, larger ones take less room still,
# and a third less time.
_PAGE: Final = 1024
_LARGE_PAGE: Final = 16_384
_MUCH: Final = 16 << 20  # bytes of text
_NO_HARD_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EMLINK, errno.ENOSYS)


def blank(path: Path) -> sqlite3.Connection:
    """An empty library in memory, for reading until the one at `path` is made.

    Raises `LibraryError` if none can be made there, because part of the path is not a folder.
    """
    ancestor = next((folder for folder in path.absolute().parents if os.path.lexists(folder)), None)
    if ancestor is not None and not ancestor.is_dir():
        raise LibraryError(
            f"No library can be made at {path}: {ancestor} is not a folder.",
            hint="Name another place with --library.",
        )
    writer = Writer(None)
    with writer.transaction() as session:
        connection = _write_tables(session)
    connection.execute("PRAGMA query_only = ON")
    return connection


def make(path: Path, expected: int = 0) -> None:
    """Write a new, empty library at `path`; one that is made there meanwhile is left as it is.

    `expected` is about how many bytes of text come into it at once.
    """
    folder = path.parent
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = mkstemp(prefix=f".{path.name}.", dir=folder)
        os.close(handle)  # mkstemp has made it 0600, and SQLite's journals copy its mode
        temporary = Path(name)
        try:
            _write_file(temporary, _PAGE if expected < _MUCH else _LARGE_PAGE)
            _publish(temporary, path)
        finally:
            for leftover in files_of(temporary):
                leftover.unlink(missing_ok=True)
    except OSError as error:
        raise LibraryError(
            f"No library can be made at {path}: {error.strerror}.",
            hint="Name another place with --library.",
        ) from error


def _publish(temporary: Path, path: Path) -> None:
    """Give a finished file its name, unless another process has just used it."""
    try:
        with contextlib.suppress(FileExistsError):
            os.link(temporary, path)
    except OSError as error:
        if error.errno not in _NO_HARD_LINKS:
            raise
        if not path.exists():
            temporary.rename(path)


@explained
def _write_file(path: Path, page: int) -> None:
    """Create the tables, then switch to write-ahead logging."""
    with contextlib.closing(connect(path)) as connection:
        connection.execute(f"PRAGMA page_size = {page}")
        connection.execute("VACUUM")
    writer = Writer(path)
    try:
        with writer.transaction() as session:
            connection = _write_tables(session)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        connection.execute("PRAGMA journal_mode = WAL")
    finally:
        writer.close()


def _write_tables(session: Session) -> sqlite3.Connection:
    SQLModel.metadata.create_all(session.connection())
    connection = dbapi(session)
    create(connection)
    return connection
