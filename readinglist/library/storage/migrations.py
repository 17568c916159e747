"""Libraries of older versions brought up to date: one transaction, after a checked backup."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from readinglist.errors import LibraryError
from readinglist.library.index import fulltext
from readinglist.library.storage import database
from readinglist.text import fingerprint

FINGERPRINTED: Final = 3
"""The schema from which on a paper keeps only a fingerprint of its identity."""


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
    """Further facts, former keys, lookups, saved searches, coloured tags; less room for all."""
    for statement in _TABLES_OF_3:
        connection.execute(statement)
    for table, columns, index in _BY_KEY_IN_3:
        connection.execute(f"CREATE TABLE anew ({columns}) WITHOUT ROWID")
        connection.execute(f"INSERT INTO anew SELECT * FROM {table}")  # noqa: S608 (ours)
        connection.execute(f"DROP TABLE {table}")
        connection.execute(f"ALTER TABLE anew RENAME TO {table}")
        if index:
            connection.execute(f"CREATE INDEX ix_{table}_{index} ON {table} ({index})")
    connection.create_function("fingerprint", 1, _fingerprint)
    connection.create_function("fingerprint_in_json", 1, _fingerprint_in_json)
    connection.execute(
        "UPDATE paper SET identity = fingerprint(identity), retitled = fingerprint(retitled)"
    )
    connection.execute(
        "UPDATE edit SET before = fingerprint_in_json(before), after = fingerprint_in_json(after)"
        " WHERE field = 'retitled'"
    )
    fulltext.recreate(connection)  # without what stands between authors, where nobody looks for it


def of_3(table: str, row: dict[str, Any]) -> dict[str, Any]:
    """A row of an older library's dump as `_to_3` would have made it."""
    if table == "paper":
        return row | {name: _fingerprint(row.get(name)) for name in ("identity", "retitled")}
    if table == "edit" and row["field"] == "retitled":
        return row | {name: _fingerprint_in_json(row[name]) for name in ("before", "after")}
    return row


def _fingerprint(identity: str | None) -> str | None:
    return None if identity is None else fingerprint(identity)


def _fingerprint_in_json(identity: str) -> str:
    return json.dumps(_fingerprint(json.loads(identity)), ensure_ascii=False)


_TABLES_OF_3: Final = (
    "ALTER TABLE paper ADD COLUMN details VARCHAR",
    "ALTER TABLE tag ADD COLUMN colour VARCHAR",
    "DROP INDEX ix_paper_status",
    "CREATE INDEX paper_status ON paper (status, document_id DESC, position)",
    "CREATE INDEX paper_year ON paper (year, document_id DESC, position)",
    "CREATE INDEX IF NOT EXISTS paper_title ON paper_text_content (substr(c0, 1, 12))",
    """CREATE TABLE alias (
        key VARCHAR COLLATE NOCASE NOT NULL,
        paper_id INTEGER NOT NULL REFERENCES paper (id) ON DELETE CASCADE,
        PRIMARY KEY (key)) WITHOUT ROWID""",
    "CREATE INDEX ix_alias_paper_id ON alias (paper_id)",
    """CREATE TABLE dispute (
        document_id INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,
        paper_id INTEGER NOT NULL REFERENCES paper (id) ON DELETE CASCADE,
        field VARCHAR NOT NULL,
        value VARCHAR NOT NULL,
        state VARCHAR NOT NULL,
        PRIMARY KEY (document_id, paper_id, field)) WITHOUT ROWID""",
    """CREATE TABLE origin (
        paper_id INTEGER NOT NULL REFERENCES paper (id) ON DELETE CASCADE,
        field VARCHAR NOT NULL,
        provider VARCHAR NOT NULL,
        found VARCHAR NOT NULL,
        score FLOAT NOT NULL,
        value VARCHAR NOT NULL,
        PRIMARY KEY (paper_id, field)) WITHOUT ROWID""",
    """CREATE TABLE suggestion (
        paper_id INTEGER NOT NULL REFERENCES paper (id) ON DELETE CASCADE,
        provider VARCHAR NOT NULL,
        identifier VARCHAR NOT NULL,
        found VARCHAR NOT NULL,
        score FLOAT NOT NULL,
        record VARCHAR NOT NULL,
        state VARCHAR NOT NULL,
        PRIMARY KEY (paper_id, provider, identifier)) WITHOUT ROWID""",
    """CREATE TABLE awaited (
        paper_id INTEGER NOT NULL REFERENCES paper (id) ON DELETE CASCADE,
        provider VARCHAR NOT NULL,
        asked VARCHAR NOT NULL,
        PRIMARY KEY (paper_id, provider)) WITHOUT ROWID""",
    """CREATE TABLE saved_search (
        id INTEGER NOT NULL PRIMARY KEY,
        name VARCHAR NOT NULL,
        query VARCHAR NOT NULL,
        sort VARCHAR,
        reverse BOOLEAN NOT NULL,
        start BOOLEAN NOT NULL)""",
    "CREATE UNIQUE INDEX saved_search_name ON saved_search (name COLLATE NOCASE)",
)
# Tables whose rows are kept by their key from then on: the columns, and what is indexed besides.
_BY_KEY_IN_3: Final = (
    (
        "paper_tag",
        """paper_id INTEGER NOT NULL REFERENCES paper (id) ON DELETE CASCADE,
        tag_id INTEGER NOT NULL REFERENCES tag (id) ON DELETE CASCADE,
        PRIMARY KEY (paper_id, tag_id)""",
        "tag_id",
    ),
    (
        "sighting",
        """document_id INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        paper_id INTEGER NOT NULL REFERENCES paper (id) ON DELETE CASCADE,
        line INTEGER NOT NULL,
        title VARCHAR,
        abstract VARCHAR,
        filled VARCHAR,
        PRIMARY KEY (document_id, position)""",
        "paper_id",
    ),
    (
        "lookalike",
        """first_id INTEGER NOT NULL REFERENCES paper (id) ON DELETE CASCADE,
        second_id INTEGER NOT NULL REFERENCES paper (id) ON DELETE CASCADE,
        likeness FLOAT NOT NULL,
        overlap FLOAT NOT NULL,
        "distinct" BOOLEAN NOT NULL,
        PRIMARY KEY (first_id, second_id)""",
        "second_id",
    ),
    ("mark", "name VARCHAR NOT NULL, value INTEGER NOT NULL, PRIMARY KEY (name)", ""),
    (
        "edit",
        """change_id INTEGER NOT NULL REFERENCES change (id) ON DELETE CASCADE,
        paper_id INTEGER NOT NULL REFERENCES paper (id) ON DELETE CASCADE,
        field VARCHAR NOT NULL,
        before VARCHAR NOT NULL,
        after VARCHAR NOT NULL,
        PRIMARY KEY (change_id, paper_id, field)""",
        "paper_id",
    ),
)

MIGRATIONS: Final[dict[int, Callable[[sqlite3.Connection], None]]] = {2: _to_2, 3: _to_3}
"""What makes a library of the version before into one of this version."""


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
