"""The SQLite file: connected to, looked through for damage, and its complaints put in sentences."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import wraps
from pathlib import Path
from typing import Final, ParamSpec, TypeVar

from readinglist.errors import LibraryBusy, LibraryDamaged, LibraryError
from readinglist.library.storage import shape
from readinglist.stopping import checkpoint
from readinglist.text import clean_line

APPLICATION_ID = 0x52444C53  # "RDLS", in the header so that `file` and we can tell it is ours
SCHEMA_VERSION = 3
PATIENCE = 15.0  # seconds for which an edit waits while another connection is writing
CHECKED: Final = 8 << 20  # bytes up to which a file is checked whole at every opening: some 10 ms
_HEADER_SIZE = 100  # bytes: sqlite.org/fileformat2.html, 1.3
_ANOTHER = "Name another with --library; this one was not touched."
_RESTORE = "Leave it as it is and restore a copy of it."
_JOURNALS = ("-journal", "-wal", "-shm")
# Words of SQLite's, what they mean and what to try. Damage first: that complaint quotes the
# library's text, in which any word may stand.
_DAMAGE = ("Could not decode", "malformed", "not a database")
_BUSY = ("locked", "busy")
_COMPLAINTS = (
    (_DAMAGE, "The library file is damaged.", _RESTORE),
    (
        _BUSY,
        "The library is busy: another program or an import is writing to it.",
        "Nothing was changed; try again.",
    ),
    (
        ("full",),
        "The disk is full, so nothing was saved.",
        "Free some space and try again.",
    ),
    (
        ("disk I/O error",),
        "The disk did not take or give what it should: it may be full or failing.",
        "Nothing was changed; look at the disk and try again.",
    ),
    (
        ("readonly", "read-only"),
        "The library may not be written to, so nothing was saved.",
        "Check the permissions of the file and its folder.",
    ),
)
_KINDS = {_DAMAGE: LibraryDamaged, _BUSY: LibraryBusy}

_Arguments = ParamSpec("_Arguments")
_Returned = TypeVar("_Returned")


def explained(action: Callable[_Arguments, _Returned]) -> Callable[_Arguments, _Returned]:
    """Turn SQLite's complaints into a `LibraryError` that says what to try.

    That it was interrupted because the work is to stop becomes `Stopped`.
    """

    @wraps(action)
    def wrapper(*args: _Arguments.args, **kwargs: _Arguments.kwargs) -> _Returned:
        try:
            return action(*args, **kwargs)
        except sqlite3.Error as error:
            checkpoint()
            raise explanation(error, *args[:1]) from error

    return wrapper


def explanation(error: BaseException, subject: object = None) -> LibraryError:
    """Say in one sentence what SQLite could not do.

    `subject` is the library's path, its connection or what holds that, so that the way back from
    damage can be told.
    """
    said = str(error)
    for signs, message, hint in _COMPLAINTS:
        if any(sign in said for sign in signs):
            kind = _KINDS.get(signs, LibraryError)
            back = _way_back_of(subject) if kind is LibraryDamaged else ""
            return kind(message, hint=back or hint)
    # SQLite's own words name parts of the library; those of others could quote what is in it.
    known = said if getattr(error, "sqlite_errorname", None) else type(error).__name__
    hint = f"Nothing was changed. {_way_back_of(subject)}".strip()
    return LibraryError(f"The library could not be used: {known}.", hint=hint)


def _way_back_of(subject: object) -> str:
    path = _path_of(subject)
    return way_back(path) if path is not None else ""


def _path_of(subject: object) -> Path | None:
    if isinstance(subject, Path):
        return subject
    connection = getattr(subject, "_connection", subject)
    if not isinstance(connection, sqlite3.Connection):
        return None
    with contextlib.suppress(sqlite3.Error):  # it may be closed
        for _, name, file in connection.execute("PRAGMA database_list"):
            if name == "main" and file:
                return Path(file)
    return None


@explained
def check(connection: sqlite3.Connection, path: Path) -> None:
    """Raise `LibraryDamaged` unless SQLite finds the content sound and the papers are there."""
    found = [row[0] for row in connection.execute(f"PRAGMA {_thoroughly(connection)}(20)")]
    # Newer versions check the search index too; it can be made again from the papers.
    complaints = [text for text in found if text != "ok" and "FTS5 table" not in text]
    complaints = complaints or _lacking(connection)
    if complaints:
        raise LibraryDamaged(f"{path} is damaged: {clean_line(complaints[0])}.", hint=_RESTORE)


def _thoroughly(connection: sqlite3.Connection) -> str:
    """How to look for damage: with the indexes too, unless that would take long."""
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    (size,) = connection.execute("PRAGMA page_size").fetchone()
    return "integrity_check" if pages * size <= CHECKED else "quick_check"


def _lacking(connection: sqlite3.Connection) -> list[str]:
    """What a library has to have and this one has not; of an older one, the papers are enough."""
    missing = shape.missing(connection)
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version == SCHEMA_VERSION:
        return missing
    return [sentence for sentence in missing if sentence == shape.NO_PAPERS]


def way_back(path: Path) -> str:
    """Offer the newest good backup of a damaged library, if there is one."""
    from readinglist.library.storage.backup_files import restore_command  # seldom needed

    found = newest_backup(path)
    if found is None:
        return ""
    return f"To go back to its newest good backup: {restore_command(path, found)}"


def newest_backup(path: Path) -> Path | None:
    """The newest sound backup of the library at `path`, one made before a conversion too."""
    from readinglist.library.storage import backup_files

    folder = backup_files.folder_of(path)
    before = backup_files.before_conversions(folder, path)
    return newest_sound({**before, **backup_files.dated(folder, path)})


def newest_sound(backups: Mapping[datetime, Path]) -> Path | None:
    """The newest of these files that is a library without damage."""
    newest_first = (backups[time] for time in sorted(backups, reverse=True))
    return next((file for file in newest_first if is_sound(file)), None)


def is_there(path: Path) -> bool:
    """Whether anything has that path; `LibraryError` where that cannot be known."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise LibraryError(f"{path} cannot be read: {error.strerror}.") from error
    return True


def files_of(path: Path) -> list[Path]:
    """The library at `path` and the journals that SQLite keeps beside it."""
    return [path, *(Path(f"{path}{suffix}") for suffix in _JOURNALS)]


def is_frozen(path: Path) -> bool:
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


def opened(path: Path) -> sqlite3.Connection:
    """Open any library for reading, and leave it as it is, permissions too."""
    inspect(path)
    connection = connect(path, frozen=is_frozen(path.resolve()))
    connection.execute("PRAGMA query_only = ON")
    return connection


@explained
def is_sound(path: Path) -> bool:
    """Whether this file is a library without damage."""
    try:
        with contextlib.closing(opened(path)) as connection:
            check(connection, path)
    except (LibraryError, OSError):
        return False
    return True


@explained
def data_version(connection: sqlite3.Connection) -> int:
    """A number that is another one once another connection has committed."""
    return int(connection.execute("PRAGMA data_version").fetchone()[0])


def connect_to_memory() -> sqlite3.Connection:
    """Return a connection to a new database that has no file."""
    return sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)


def inspect(path: Path) -> int:
    """Refuse what is not a library of ours, without changing a byte of it; return its version.

    SQLite reads the header, because a process that opens and closes the file beside SQLite loses
    all its locks on it (sqlite.org/howtocorrupt.html, 2.2). The next program to finish would then
    take the journal away from under us, and with it every edit that we make after that.
    """
    if not path.is_file():
        raise LibraryError(f"{path} is not a file, so it cannot be a library.")
    size = path.stat().st_size
    if size < _HEADER_SIZE:
        kind = "too short" if size else "empty"
        raise LibraryDamaged(f"{path} is {kind}, not a library.", hint=_ANOTHER)
    application, version, whole = _read_header(path)
    if application != APPLICATION_ID:
        raise LibraryError(f"{path} is another program's database.", hint=_ANOTHER)
    if version > SCHEMA_VERSION:
        raise LibraryError(
            f"{path} was written by a newer readinglist (schema {version}; this one knows "
            f"{SCHEMA_VERSION}).",
            hint="Upgrade readinglist; the file was not touched.",
        )
    if version < 1:
        raise LibraryDamaged(f"{path} is damaged: it does not say what wrote it.", hint=_RESTORE)
    # With a write-ahead log, a checkpoint may be under way or was killed: SQLite completes it.
    # If the log has gone since the file was read, that has just been done: read again.
    if not whole and not Path(f"{path}-wal").exists() and not _read_header(path)[2]:
        raise LibraryDamaged(f"{path} is cut short: it has only {size} bytes.", hint=_RESTORE)
    return version


def _read_header(path: Path) -> tuple[int, int, bool]:
    """Whose file it is, its schema version, and whether it has all of its pages."""
    uri = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    with contextlib.closing(sqlite3.connect(uri, uri=True)) as connection:
        whole = True
        try:
            connection.execute("PRAGMA schema_version").fetchone()
        except sqlite3.DatabaseError as error:
            if "not a database" in str(error):
                reason = f"{path} is not a readinglist library."
                raise LibraryDamaged(reason, hint=_ANOTHER) from error
            whole = False
            connection.execute("PRAGMA writable_schema = ON")  # missing pages now do not matter
        (page,) = connection.execute("PRAGMA page_size").fetchone()
        whole = whole and path.stat().st_size % page == 0  # SQLite takes part of a page for one
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
    return application, version, whole
