"""The full-text index: derived from the tables, rewritten in the transaction that changes them.

`paper_text` holds the words of titles, authors, tags and notes, which searches look at first and
rank by; `paper_whole` finds those words and the abstract's together, and keeps none of them.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from operator import itemgetter
from typing import Final

from readinglist.library.index.index_rows import STORED, IndexRow, indexed, to_index
from readinglist.library.index.tally import Tally, recount
from readinglist.stopping import with_checkpoints

# The words arrive folded and separated by single spaces, so the tokenizer has nothing left to
# decide: "ascii" splits at those spaces and takes every other character as it is.
_SCHEMA: Final = (
    """CREATE VIRTUAL TABLE paper_text USING fts5(
        title, author, tag, note, columnsize = 0, tokenize = 'ascii')""",
    # Where in an abstract a word stands would take more room than all titles do.
    """CREATE VIRTUAL TABLE paper_whole USING fts5(
        words, content = '', detail = none, tokenize = 'ascii')""",
    "CREATE VIRTUAL TABLE front_word USING fts5vocab(paper_text, 'row')",
    "CREATE VIRTUAL TABLE whole_word USING fts5vocab(paper_whole, 'row')",
    # Every word there is or was, with the number of papers that have it, and of those that have
    # it in front of the abstract.
    """CREATE TABLE word (
        term TEXT PRIMARY KEY, front INTEGER NOT NULL, papers INTEGER NOT NULL) WITHOUT ROWID""",
    # The few words that are new since many came at once, for readers who know the others.
    "CREATE TABLE new_word (generation INTEGER NOT NULL, term TEXT NOT NULL)",
    # A table that keeps no text must be told what to forget: abstracts that have changed since.
    "CREATE TABLE abstract_before (paper_id INTEGER PRIMARY KEY, abstract TEXT)",
    """CREATE TRIGGER abstract_changed AFTER UPDATE OF abstract ON paper
        WHEN OLD.abstract IS NOT NEW.abstract BEGIN
        INSERT OR IGNORE INTO abstract_before VALUES (OLD.id, OLD.abstract); END""",
    """CREATE TRIGGER abstract_deleted AFTER DELETE ON paper BEGIN
        INSERT OR IGNORE INTO abstract_before VALUES (OLD.id, OLD.abstract); END""",
    # One row: how often the index has been written, so that readers know when to look again, and
    # how often it had been when so much changed that they forget what they know of its words.
    "CREATE TABLE paper_text_state (generation INTEGER NOT NULL, anew INTEGER NOT NULL)",
    "INSERT INTO paper_text_state VALUES (0, 0)",
    # The few papers of some kinds are read from here, not from between the abstracts.
    "CREATE INDEX paper_trashed ON paper (trashed) WHERE trashed IS NOT NULL",
    "CREATE INDEX paper_starred ON paper (starred) WHERE starred",
    "CREATE INDEX paper_noted ON paper (id) WHERE note IS NOT NULL",
    # A list by title goes down the folded titles that the index keeps.
    "CREATE INDEX paper_title ON paper_text_content (substr(c0, 1, 12))",
    # Pieces of the index of this size leave little room over in pages of any size.
    "INSERT INTO paper_text (paper_text, rank) VALUES ('pgsz', 4030)",
    "INSERT INTO paper_whole (paper_whole, rank) VALUES ('pgsz', 4030)",
    # So many bytes are gathered before they are written: large imports take a fraction of the time.
    "INSERT INTO paper_text (paper_text, rank) VALUES ('hashsize', 8388608)",
    "INSERT INTO paper_whole (paper_whole, rank) VALUES ('hashsize', 8388608)",
)
# What belongs to the index, in this form and in older ones.
_NAMES: Final = (
    *("paper_word", "front_word", "whole_word", "paper_text", "paper_whole", "word", "new_word"),
    *(
        "paper_text_state",
        "abstract_before",
        "abstract_changed",
        "abstract_deleted",
        "paper_trashed",
        "paper_starred",
        "paper_noted",
    ),
)
_PARTS: Final = """
SELECT type, name FROM sqlite_master WHERE name IN (SELECT value FROM json_each(?))
ORDER BY type = 'table'
"""
_in_front: Final = itemgetter(*range(5))
_as_whole: Final = itemgetter(0, 5)
_BATCH: Final = 500
# From so many papers on, and of so many times more in all, words are counted all at once.
_MANY: Final = 1000
_OF_ALL: Final = 8


def create(connection: sqlite3.Connection) -> None:
    """Create the empty index, inside the caller's transaction."""
    for statement in _SCHEMA:
        connection.execute(statement)


def recreate(connection: sqlite3.Connection) -> None:
    """Replace an index of any older form by one of this form, inside the caller's transaction."""
    known = generation(connection)
    parts = connection.execute(_PARTS, [json.dumps(_NAMES)]).fetchall()
    for kind, name in parts:
        connection.execute(f"DROP {kind} IF EXISTS {name}")
    create(connection)
    rebuild(connection)
    outdate(connection, known)


def reindex(connection: sqlite3.Connection, ids: Iterable[int]) -> None:
    """Bring the index rows of these papers up to date, inside the caller's transaction."""
    begin(connection)
    chosen = list(ids)
    tally = None if are_most(len(chosen), papers_in(connection)) else Tally()
    for start in with_checkpoints(range(0, len(chosen), _BATCH)):
        batch = json.dumps(chosen[start : start + _BATCH])
        _take_out(connection, batch, tally)
        put_in(connection, list(to_index(connection, batch)), tally)
        connection.execute(
            "DELETE FROM abstract_before WHERE paper_id IN (SELECT value FROM json_each(?))",
            [batch],
        )
    if tally is None:
        recount(connection)
    else:
        tally.write(connection, generation(connection))


def begin(connection: sqlite3.Connection) -> None:
    """Let readers know that the index is another one once the transaction is over."""
    connection.execute("UPDATE paper_text_state SET generation = generation + 1")


def rebuild(connection: sqlite3.Connection) -> None:
    """Write the whole index anew, inside the caller's transaction, whatever its state."""
    connection.execute("INSERT INTO paper_text (paper_text) VALUES ('rebuild')")
    connection.execute("DELETE FROM paper_text")
    connection.execute("INSERT INTO paper_whole (paper_whole) VALUES ('delete-all')")
    connection.execute("DELETE FROM word")
    connection.execute("DELETE FROM abstract_before")
    outdate(connection, 0)
    reindex(connection, [row[0] for row in connection.execute("SELECT id FROM paper")])


def generation(connection: sqlite3.Connection) -> int:
    """How often the index has been written."""
    return int(connection.execute("SELECT generation FROM paper_text_state").fetchone()[0])


def outdate(connection: sqlite3.Connection, known: int) -> None:
    """Tell readers who know the index of another content, written so often, to look again."""
    connection.execute(
        "UPDATE paper_text_state SET generation = max(generation, ?) + 1,"
        " anew = max(generation, ?) + 1",
        [known, known],
    )


def disagreements(connection: sqlite3.Connection) -> list[int]:
    """Papers whose words in the index are not theirs, and index rows without a paper."""
    ids = [row[0] for row in connection.execute("SELECT id FROM paper")]
    wrong = [
        row[0]
        for row in connection.execute(
            "SELECT rowid FROM paper_text WHERE rowid NOT IN (SELECT id FROM paper) UNION"
            " SELECT id FROM paper_whole_docsize WHERE id NOT IN (SELECT id FROM paper)"
        )
    ]
    for start in range(0, len(ids), _BATCH):
        batch = json.dumps(ids[start : start + _BATCH])
        wanted = {row.id: row for row in to_index(connection, batch)}
        stored = {row[0]: row for row in connection.execute(STORED, [batch])}
        sizes = dict(
            connection.execute(
                "SELECT id, sz FROM paper_whole_docsize"
                " WHERE id IN (SELECT value FROM json_each(?))",
                [batch],
            )
        )
        wrong += [
            number
            for number, row in wanted.items()
            if stored.get(number) != row[:5] or sizes.get(number) != _size(row)
        ]
    return wrong


def papers_in(connection: sqlite3.Connection) -> int:
    """How many papers there are: at a million, counting them takes 30 ms."""
    return int(connection.execute("SELECT count(*) FROM paper").fetchone()[0])


def are_most(number: int, papers: int) -> bool:
    """Whether so many of all papers are enough for counting the words of all of them."""
    return number >= _MANY and number * _OF_ALL > papers


def _take_out(connection: sqlite3.Connection, chosen: str, tally: Tally | None) -> None:
    for row in indexed(connection, chosen):
        if tally is not None:
            tally.take_out(row.front, row.whole)
        connection.execute(
            "INSERT INTO paper_whole (paper_whole, rowid, words) VALUES ('delete', ?, ?)",
            (row.id, row.whole),
        )
        connection.execute("DELETE FROM paper_text WHERE rowid = ?", [row.id])


def put_in(connection: sqlite3.Connection, rows: list[IndexRow], tally: Tally | None) -> None:
    """Enter papers that the index has not, inside the caller's transaction."""
    if tally is not None:
        for row in rows:
            tally.put_in(row.front, row.whole)
    connection.executemany(
        "INSERT INTO paper_text (rowid, title, author, tag, note) VALUES (?, ?, ?, ?, ?)",
        map(_in_front, rows),
    )
    connection.executemany(
        "INSERT INTO paper_whole (rowid, words) VALUES (?, ?)",
        map(_as_whole, rows),
    )


def _size(row: IndexRow) -> bytes:
    """How FTS5 keeps the number of words: as an integer of variable length."""
    number = len(row.whole.split())
    found = [number & 0x7F]
    while number := number >> 7:
        found.insert(0, number & 0x7F | 0x80)
    return bytes(found)
