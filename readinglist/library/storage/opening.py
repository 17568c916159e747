"""Opening a library to read it: made private, brought up to date and checked, or refused."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path
from typing import Final

from readinglist.errors import LibraryDamaged, LibraryError
from readinglist.library.storage import database
from readinglist.paths import is_data_folder
from readinglist.stopping import is_to_stop

_STEPS: Final = 10_000  # of SQLite's, between its looks at whether to stop: some tenths of a ms


@database.explained
def open_file(path: Path) -> sqlite3.Connection:
    """Open the library at `path` for reading; an older one is brought up to date first.

    Raises `LibraryError` for what is not a library; that file is left as it is.
    """
    try:
        version = database.inspect(path)
        _protect(path)
        if version < database.SCHEMA_VERSION:
            from readinglist.library.storage import converting  # seldom needed

            converting.bring_up_to_date(path)
        connection = database.connect(path, frozen=database.is_frozen(path.resolve()))
        with contextlib.ExitStack() as on_failure:
            on_failure.callback(connection.close)
            connection.execute("PRAGMA query_only = ON")
            connection.set_progress_handler(is_to_stop, _STEPS)
            if path.stat().st_size <= database.CHECKED:
                database.check(connection, path)
            on_failure.pop_all()
    except LibraryDamaged as error:
        raise LibraryDamaged(error.message, hint=database.way_back(path) or error.hint) from error
    except LibraryError as error:
        hint = f"{error.hint} {database.way_back(path)}".strip()
        raise type(error)(error.message, hint=hint) from error
    except OSError as error:
        raise LibraryError(f"{path} cannot be read: {error.strerror}.") from error
    return connection


def _protect(path: Path) -> None:
    """Make the library, its journals and our own data folder the user's alone."""
    with contextlib.suppress(PermissionError):  # somebody else's file: reading it still works
        for file in database.files_of(path):
            if file.exists() and file.stat().st_mode & 0o077:
                file.chmod(0o600)
        if is_data_folder(path.parent) and path.parent.stat().st_mode & 0o077:
            path.parent.chmod(0o700)
