"""Opening the SQLite file: made private and whole, or refused without changing a byte of it."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import struct
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from tempfile import mkstemp
from typing import ParamSpec, TypeVar

from readinglist.errors import LibraryError
from readinglist.paths import data_folder

APPLICATION_ID = 0x52444C53  # "RDLS", in the header so that `file` and we can tell it is ours
SCHEMA_VERSION = 1
PATIENCE = 10.0  # seconds for which an edit waits while another connection is writing
# Magic, page size, pages, user_version, application_id: sqlite.org/fileformat2.html, 1.3
_HEADER = struct.Struct(">16sH10xI28xI4xI28x")
_JOURNALS = ("-journal", "-wal", "-shm")
# Words of SQLite's, what they mean and what to try. Damage first: that complaint quotes the
# library's text, in which any word may stand.
_COMPLAINTS = (
    (
        ("Could not decode", "malformed", "not a database"),
        "The library file is damaged.",
        "Leave it as it is and restore a copy of it.",
    ),
    (
        ("locked", "busy"),
        "The library is busy: another program or an import is writing to it.",
        "Nothing was changed; try again.",
    ),
    (
        ("full",),
        "The disk is full, so nothing was saved.",
        "Free some space and try again.",
    ),
    (
        ("readonly", "read-only"),
        "The library may not be written to, so nothing was saved.",
        "Check the permissions of the file and its folder.",
    ),
)

_Arguments = ParamSpec("_Arguments")
_Returned = TypeVar("_Returned")


def explained(action: Callable[_Arguments, _Returned]) -> Callable[_Arguments, _Returned]:
    """Turn SQLite's complaints into a `LibraryError` that says what to try."""

    @wraps(action)
    def wrapper(*args: _Arguments.args, **kwargs: _Arguments.kwargs) -> _Returned:
        try:
            return action(*args, **kwargs)
        except sqlite3.Error as error:
            raise explanation(error) from error

    return wrapper


def explanation(error: BaseException) -> LibraryError:
    """Say in one sentence what SQLite could not do."""
    said = str(error)
    for signs, message, hint in _COMPLAINTS:
        if any(sign in said for sign in signs):
            return LibraryError(message, hint=hint)
    return LibraryError(f"The library could not be used: {said}.", hint="Nothing was changed.")


@explained
def open_file(path: Path) -> sqlite3.Connection:
    """Open the library at `path` for reading, making a new one if nothing is there.

    Raises `LibraryError` for a path that cannot be a library; that file is left as it is.
    """
    try:
        if not path.exists():
            _make(path)
        _inspect(path)
    except OSError as error:
        raise LibraryError(f"{path} cannot be read: {error.strerror}.") from error
    _protect(path)
    connection = connect(path, frozen=_is_frozen(path.resolve()))
    connection.execute("PRAGMA query_only = ON")
    return connection


def files_of(path: Path) -> list[Path]:
    """The library at `path` and the journals that SQLite keeps beside it."""
    return [path, *(Path(f"{path}{suffix}") for suffix in _JOURNALS)]


def _is_frozen(path: Path) -> bool:
    """Whether nobody is writing, and SQLite could not make the journals that it reads beside."""
    return not os.access(path.parent, os.W_OK) and not any(
        file.exists() for file in files_of(path)[1:]
    )


@explained
def connect(path: Path, *, frozen: bool = False, patience: float = PATIENCE) -> sqlite3.Connection:
    """Return a connection with foreign keys on and transactions left to us; it makes no file."""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw&immutable={int(frozen)}",
        uri=True,
        isolation_level=None,
        timeout=patience,
        check_same_thread=False,
    )
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    return connection


def _inspect(path: Path) -> None:
    """Refuse what is not a library of ours, by reading its first 100 bytes."""
    if not path.is_file():
        raise LibraryError(f"{path} is not a file, so it cannot be a library.")
    with path.open("rb") as file:
        header = file.read(_HEADER.size)
    another = "Name another with --library; this one was not touched."
    if len(header) < _HEADER.size:
        kind = "empty" if not header else "too short"
        raise LibraryError(f"{path} is {kind}, not a library.", hint=another)
    magic, page_size, pages, version, application = _HEADER.unpack(header)
    if magic != b"SQLite format 3\0":
        raise LibraryError(f"{path} is not a readinglist library.", hint=another)
    if application != APPLICATION_ID:
        raise LibraryError(f"{path} is another program's database.", hint=another)
    if version > SCHEMA_VERSION:
        raise LibraryError(
            f"{path} was written by a newer readinglist (schema {version}; this one knows "
            f"{SCHEMA_VERSION}).",
            hint="Upgrade readinglist; the file was not touched.",
        )
    whole = pages * (page_size if page_size > 1 else 65536)
    size = path.stat().st_size
    if size < whole:
        raise LibraryError(
            f"{path} is cut short: it has {size} of {whole} bytes.",
            hint="Leave it as it is and restore a copy of it.",
        )


def _make(path: Path) -> None:
    """Write a new, empty library at `path`, whole or not at all; never over another file."""
    folder = path.parent
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = mkstemp(prefix=f".{path.name}.", dir=folder)
    except OSError as error:
        raise LibraryError(
            f"No library can be made at {path}: {error.strerror}.",
            hint="Name another place with --library.",
        ) from error
    os.close(handle)  # mkstemp has made it 0600, and SQLite's journals copy its mode
    temporary = Path(name)
    try:
        _write_schema(temporary)
        with contextlib.suppress(FileExistsError):  # another process was first; use its file
            os.link(temporary, path)
    except sqlite3.Error as error:
        raise explanation(error) from error
    except OSError as error:
        raise LibraryError(f"No library can be made at {path}: {error.strerror}.") from error
    finally:
        for leftover in files_of(temporary):
            leftover.unlink(missing_ok=True)


def _write_schema(path: Path) -> None:
    """Create every table in one transaction, then switch to write-ahead logging."""
    from sqlmodel import SQLModel  # only a library that is new needs SQLModel to open

    from readinglist import models as _tables  # noqa: F401 (declares the tables)
    from readinglist.library.search import create
    from readinglist.library.writer import Writer, dbapi

    writer = Writer(path)
    try:
        with writer.transaction() as session:
            SQLModel.metadata.create_all(session.connection())
            connection = dbapi(session)
            create(connection)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        connection.execute("PRAGMA journal_mode = WAL")
    finally:
        writer.close()


def _protect(path: Path) -> None:
    """Make the library, its journals and our own data folder the user's alone."""
    with contextlib.suppress(PermissionError):  # somebody else's file: reading it still works
        for file in files_of(path):
            if file.exists() and file.stat().st_mode & 0o077:
                file.chmod(0o600)
        if path.parent == data_folder() and path.parent.stat().st_mode & 0o077:
            path.parent.chmod(0o700)
