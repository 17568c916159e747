"""An older library converted when it is opened: after a checked backup, wholly or not at all."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from readinglist.errors import LibraryError
from readinglist.library.safety import backup
from readinglist.library.storage import backup_files, database, migrations


def bring_up_to_date(path: Path) -> None:
    """Convert the older library at `path`; if that fails, it stays as it was.

    A backup of it, named after its version, is kept beside the others and never thinned out.
    Raises `LibraryError`.
    """
    path = path.resolve()
    version = _version_of(path)
    if version == database.SCHEMA_VERSION:  # it is in the journal, and not in the file yet
        return
    if not all(os.access(place, os.W_OK) for place in (path, path.parent)):
        raise LibraryError(
            f"{path} was written by an older readinglist and has to be converted, which needs "
            "permission to write it and its folder.",
            hint="Change the permissions, or copy it to a folder of your own.",
        )
    copy = _back_up(path, version)
    try:
        migrations.migrate(path)
    except (LibraryError, sqlite3.Error) as error:
        copy.unlink(missing_ok=True)
        raise _failed(path, error) from error


def _back_up(path: Path, version: int) -> Path:
    """Keep a checked copy under the number of its schema."""
    name = backup_files.name_for(path, datetime.now(UTC), f"schema-{version}-")
    try:
        return backup.back_up(path, backup_files.own_folder(path) / name)
    except LibraryError as error:
        raise _failed(path, error) from error


def _failed(path: Path, error: LibraryError | sqlite3.Error) -> LibraryError:
    known = error if isinstance(error, LibraryError) else database.explanation(error)
    return type(known)(
        f"{path} was written by an older readinglist and was not converted; it stays as it was. "
        f"{known.message}",
        hint=known.hint,
    )


def _version_of(path: Path) -> int:
    frozen = database.is_frozen(path)
    with contextlib.closing(database.connect(path, frozen=frozen)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])
