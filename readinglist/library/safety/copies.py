"""Copies of a library: complete, checked, private, and named only once they are all that."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import mkstemp

from readinglist.library.storage import database

TEMPORARY = ".readinglist-"
_NO_HARD_LINKS = {errno.EPERM, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP, errno.EMLINK}

Progress = Callable[[int, int, int], None]
"""What `sqlite3.Connection.backup` tells after each step: status, pages left, pages in all."""


@contextmanager
def verified_copy(source: Path, folder: Path) -> Iterator[Path]:
    """A checked copy of the library `source`, on disk in `folder` until the block ends.

    It is one file without journals, so it can be read where nothing can be written. Raises
    `LibraryDamaged` if the source is not sound, `LibraryError` if it is no library of ours.
    """
    handle, name = mkstemp(prefix=TEMPORARY, suffix=".tmp", dir=folder)  # 0600
    os.close(handle)
    temporary = Path(name)
    try:
        with (
            closing(database.opened(source)) as origin,
            closing(database.connect(temporary)) as copy,
        ):
            pour(origin, copy, patient())
            copy.execute("PRAGMA journal_mode = DELETE")
            database.check(copy, source)
        sync(temporary)
        yield temporary
    finally:
        for leftover in database.files_of(temporary):
            leftover.unlink(missing_ok=True)


@database.explained
def pour(
    origin: sqlite3.Connection, copy: sqlite3.Connection, progress: Progress, *, pages: int = -1
) -> None:
    """Replace all that is in `copy` by what is in `origin`, in one transaction."""
    origin.backup(copy, pages=pages, progress=progress, sleep=0.05)


def patient() -> Progress:
    """Wait for whoever is writing, but not for ever: Python's own loop would."""
    end = time.monotonic() + database.PATIENCE

    def wait(status: int, _left: int, _pages: int) -> None:
        if status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) and time.monotonic() > end:
            raise sqlite3.OperationalError("database is locked")

    return wait


def place(temporary: Path, target: Path) -> None:
    """Give a finished file its name; `FileExistsError` if something has it already."""
    try:
        target.hardlink_to(temporary)
    except OSError as error:
        if error.errno not in _NO_HARD_LINKS:
            raise
        target.touch(0o600, exist_ok=False)  # reserves the name where there are no hard links
        temporary.replace(target)
    sync(target.parent)


def sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on disk."""
    with suppress(PermissionError):  # a folder that cannot be opened cannot be synced either
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def abandoned(folder: Path, now: datetime) -> list[Path]:
    """Unfinished copies in `folder` of programs that were killed: none was touched for a day."""
    found = []
    for file in folder.glob(f"{TEMPORARY}*"):
        with suppress(OSError):
            if now - datetime.fromtimestamp(file.lstat().st_mtime, UTC) > timedelta(days=1):
                found.append(file)
    return found


def remove(files: Iterable[Path]) -> None:
    """Remove files, and folders with what is in them, as far as the system lets us."""
    for file in files:
        if file.is_dir() and not file.is_symlink():
            shutil.rmtree(file, ignore_errors=True)
        else:
            with suppress(OSError):
                file.unlink()
