"""The full-text index: derived from the tables, rewritten in the transaction that changes them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from readinglist.library.folding import ITEM_BREAK, words

# The words arrive folded and separated by single spaces, so the tokenizer has nothing left to
# decide: "ascii" splits at those spaces and takes every other character as it is.
_SCHEMA: Final = (
    """CREATE VIRTUAL TABLE paper_text USING fts5(
        title, abstract, author, tag, note, tokenize = 'ascii')""",
    "CREATE VIRTUAL TABLE paper_word USING fts5vocab(paper_text, 'row')",
    # One row: how often the index has been written, so that readers know when to look again.
    "CREATE TABLE paper_text_state (generation INTEGER NOT NULL)",
    "INSERT INTO paper_text_state VALUES (0)",
)
_PAPERS: Final = """
SELECT id, title, abstract, authors, note, (
    SELECT json_group_array(name) FROM (
        SELECT name FROM paper_tag JOIN tag ON tag.id = tag_id WHERE paper_id = paper.id
        ORDER BY name COLLATE NOCASE)
) FROM paper WHERE id IN (SELECT value FROM json_each(?))
"""
_BATCH: Final = 500


def create(connection: sqlite3.Connection) -> None:
    """Create the empty index, inside the caller's transaction."""
    for statement in _SCHEMA:
        connection.execute(statement)


def reindex(connection: sqlite3.Connection, ids: Iterable[int]) -> None:
    """Bring the index rows of these papers up to date, inside the caller's transaction."""
    remaining = iter(ids)
    while batch := json.dumps(list(islice(remaining, _BATCH))).strip("[]"):
        chosen = f"[{batch}]"
        connection.execute(
            "DELETE FROM paper_text WHERE rowid IN (SELECT value FROM json_each(?))", [chosen]
        )
        connection.executemany(
            "INSERT INTO paper_text (rowid, title, abstract, author, tag, note)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            _index_rows(connection, chosen),
        )
    connection.execute("UPDATE paper_text_state SET generation = generation + 1")


def rebuild(connection: sqlite3.Connection) -> None:
    """Write the whole index anew, inside the caller's transaction, whatever its state."""
    connection.execute("INSERT INTO paper_text (paper_text) VALUES ('rebuild')")
    connection.execute("DELETE FROM paper_text")
    reindex(connection, [row[0] for row in connection.execute("SELECT id FROM paper")])


def generation(connection: sqlite3.Connection) -> int:
    """How often the index has been written."""
    return int(connection.execute("SELECT generation FROM paper_text_state").fetchone()[0])


def outdate(connection: sqlite3.Connection, known: int) -> None:
    """Tell readers who know the index of another content, written so often, to look again."""
    connection.execute("UPDATE paper_text_state SET generation = max(generation, ?) + 1", [known])


def disagreements(connection: sqlite3.Connection) -> list[int]:
    """Papers whose words in the index are not theirs, and index rows without a paper."""
    ids = [row[0] for row in connection.execute("SELECT id FROM paper")]
    wrong = [
        row[0]
        for row in connection.execute(
            "SELECT rowid FROM paper_text WHERE rowid NOT IN (SELECT id FROM paper)"
        )
    ]
    for start in range(0, len(ids), _BATCH):
        batch = json.dumps(ids[start : start + _BATCH])
        wanted = {row[0]: row for row in _index_rows(connection, batch)}
        stored = {
            row[0]: row
            for row in connection.execute(
                "SELECT rowid, title, abstract, author, tag, note FROM paper_text"
                " WHERE rowid IN (SELECT value FROM json_each(?))",
                [batch],
            )
        }
        wrong += [number for number, row in wanted.items() if stored.get(number) != row]
    return wrong


def _index_rows(
    connection: sqlite3.Connection, chosen: str
) -> Iterator[tuple[int, str, str, str, str, str]]:
    for paper_id, title, abstract, authors, note, tags in connection.execute(_PAPERS, [chosen]):
        yield (
            paper_id,
            " ".join(words(title)),
            " ".join(words(abstract or "")),
            _list_words(authors),
            _list_words(tags),
            " ".join(words(note or "")),
        )


def _list_words(items: str) -> str:
    return f" {ITEM_BREAK} ".join(" ".join(words(str(item))) for item in json.loads(items))
