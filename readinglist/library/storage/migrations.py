"""Libraries of older versions brought up to date: one transaction, after a checked backup."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from readinglist.errors import LibraryError
from readinglist.library.index import fulltext
from readinglist.library.storage import database


def _to_2(connection: sqlite3.Connection) -> None:
    """Duplicates: looked for, merged, or told apart; titles and facts that the user gave."""
    for statement in (
        """ALTER TABLE paper ADD COLUMN merged_into INTEGER
            REFERENCES paper (id) ON DELETE CASCADE""",
        "ALTER TABLE paper ADD COLUMN retitled VARCHAR",
        "DROP INDEX ix_paper_doi",
        "DROP INDEX ix_paper_arxiv_id",
        *(
            f"CREATE INDEX ix_paper_{name} ON paper ({name}) WHERE {name} IS NOT NULL"
            for name in ("doi", "arxiv_id", "merged_into", "retitled")
        ),
        "ALTER TABLE sighting ADD COLUMN filled VARCHAR",
        """CREATE TABLE lookalike (
            first_id INTEGER NOT NULL REFERENCES paper (id) ON DELETE CASCADE,
            second_id INTEGER NOT NULL REFERENCES paper (id) ON DELETE CASCADE,
            likeness FLOAT NOT NULL,
            overlap FLOAT NOT NULL,
            "distinct" BOOLEAN NOT NULL,
            PRIMARY KEY (first_id, second_id))""",
        "CREATE INDEX ix_lookalike_second_id ON lookalike (second_id)",
        "CREATE TABLE mark (name VARCHAR NOT NULL, value INTEGER NOT NULL, PRIMARY KEY (name))",
    ):
        connection.execute(statement)
    fulltext.recreate(connection)


def _to_3(connection: sqlite3.Connection) -> None:
    """Further bibliographic facts, former keys, lookups, saved searches, and colours of tags."""
    for statement in (
        "ALTER TABLE paper ADD COLUMN details VARCHAR",
        "ALTER TABLE tag ADD COLUMN colour VARCHAR",
        """CREATE TABLE alias (
            key VARCHAR NOT NULL,
            paper_id INTEGER NOT NULL REFERENCES paper (id) ON DELETE CASCADE,
            PRIMARY KEY (key))""",
        "CREATE UNIQUE INDEX alias_key ON alias (key COLLATE NOCASE)",
        "CREATE INDEX ix_alias_paper_id ON alias (paper_id)",
        """CREATE TABLE dispute (
            document_id INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,
            paper_id INTEGER NOT NULL REFERENCES paper (id) ON DELETE CASCADE,
            field VARCHAR NOT NULL,
            value VARCHAR NOT NULL,
            state VARCHAR NOT NULL,
            PRIMARY KEY (document_id, paper_id, field))""",
        "CREATE INDEX ix_dispute_paper_id ON dispute (paper_id)",
        """CREATE TABLE origin (
            paper_id INTEGER NOT NULL REFERENCES paper (id) ON DELETE CASCADE,
            field VARCHAR NOT NULL,
            provider VARCHAR NOT NULL,
            found VARCHAR NOT NULL,
            score FLOAT NOT NULL,
            value VARCHAR NOT NULL,
            PRIMARY KEY (paper_id, field))""",
        """CREATE TABLE suggestion (
            paper_id INTEGER NOT NULL REFERENCES paper (id) ON DELETE CASCADE,
            provider VARCHAR NOT NULL,
            identifier VARCHAR NOT NULL,
            found VARCHAR NOT NULL,
            score FLOAT NOT NULL,
            record VARCHAR NOT NULL,
            state VARCHAR NOT NULL,
            PRIMARY KEY (paper_id, provider, identifier))""",
        """CREATE TABLE awaited (
            paper_id INTEGER NOT NULL REFERENCES paper (id) ON DELETE CASCADE,
            provider VARCHAR NOT NULL,
            asked VARCHAR NOT NULL,
            PRIMARY KEY (paper_id, provider))""",
        """CREATE TABLE saved_search (
            id INTEGER NOT NULL PRIMARY KEY,
            name VARCHAR NOT NULL,
            query VARCHAR NOT NULL,
            sort VARCHAR,
            reverse BOOLEAN NOT NULL,
            start BOOLEAN NOT NULL)""",
        "CREATE UNIQUE INDEX saved_search_name ON saved_search (name COLLATE NOCASE)",
    ):
        connection.execute(statement)


MIGRATIONS: Final[dict[int, Callable[[sqlite3.Connection], None]]] = {2: _to_2, 3: _to_3}
"""What makes a library of the version before into one of this version."""


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
    backup = _back_up(path, version)
    try:
        migrate(path)
    except (LibraryError, sqlite3.Error) as error:
        backup.unlink(missing_ok=True)
        raise _failed(path, error) from error


def _back_up(path: Path, version: int) -> Path:
    """Keep a checked copy under the number of its schema."""
    from readinglist.library.safety import (  # which open files with what stands here
        backup,
        backup_files,
    )

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
        return _version(connection)


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(path: Path) -> None:
    """Take every step that is missing, all or none; another process may have taken them."""
    with contextlib.closing(database.connect(path)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        try:
            steps = range(_version(connection) + 1, database.SCHEMA_VERSION + 1)
            for version in steps:
                MIGRATIONS[version](connection)
            if steps:
                _check(connection)
                connection.execute(f"PRAGMA user_version = {database.SCHEMA_VERSION}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise


def _check(connection: sqlite3.Connection) -> None:
    broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    if broken is not None:
        raise LibraryError(f"A row of {broken[0]} refers to one that is not there.")
