"""Papers found by their citation keys: those they have, had, or would have by their titles."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Sequence
from typing import Final

from readinglist.errors import UnknownKey
from readinglist.library.storage.database import explained
from readinglist.nearest import nearest
from readinglist.text import clean_line

_RESOLVED: Final = """
SELECT paper.id, paper.trashed IS NOT NULL FROM paper AS named
JOIN paper ON paper.id = coalesce(named.merged_into, named.id)
WHERE named.key = ?1 COLLATE NOCASE
OR named.id = (SELECT paper_id FROM alias WHERE alias.key = ?1 COLLATE NOCASE)
ORDER BY named.key <> ?1 COLLATE NOCASE
"""
_IN_OTHER_LETTERS: Final = """
SELECT alias.key, kept.id, kept.trashed IS NOT NULL FROM alias
JOIN paper ON paper.id = alias.paper_id
JOIN paper AS kept ON kept.id = coalesce(paper.merged_into, paper.id)
WHERE alias.key GLOB '*[^ -~]*'
"""
_OF_A_TITLE: Final = re.compile(r"(?P<words>[a-z0-9-]+)-[0-9a-f]{6}", re.IGNORECASE)
# The words of a key stand in its title, unless that has none, or signs that keys spell otherwise.
_TITLED: Final = """
SELECT paper.title, kept.id, kept.trashed IS NOT NULL FROM paper
JOIN paper AS kept ON kept.id = coalesce(paper.merged_into, paper.id)
WHERE {} OR paper.title GLOB '*[^ !-&(-Z^_a-z|]*' OR paper.title NOT GLOB '*[0-9A-Za-z]*'
ORDER BY paper.id
"""


@explained
def resolve(
    connection: sqlite3.Connection, keys: Sequence[str], *, trashed: bool = False
) -> list[int]:
    """Ids of the papers with these citation keys, repeats left out; case does not matter.

    A key that a paper had before leads to it, and so does the one that its title alone makes. The
    key of a paper that was merged into another leads to that one. With `trashed`, they are those
    in the trash, otherwise the others.
    """
    ids: dict[int, None] = {}
    for key in map(clean_line, keys):
        found = connection.execute(_RESOLVED, [key]).fetchone() or _by_title(connection, key)
        if found is None and not key.isascii():
            found = _in_other_letters(connection, key)
        if found is None:
            raise _unknown_key(connection, key, trashed)
        if found[1] != trashed:
            raise _elsewhere(key, trashed)
        ids[found[0]] = None
    return list(ids)


def _in_other_letters(connection: sqlite3.Connection, key: str) -> tuple[int, bool] | None:
    """The paper that had such a key, whose case SQLite does not know."""
    wanted = unicodedata.normalize("NFC", key).lower()
    for former, paper, trashed in connection.execute(_IN_OTHER_LETTERS):
        if former.lower() == wanted:
            return paper, trashed
    return None


def _by_title(connection: sqlite3.Connection, key: str) -> tuple[int, bool] | None:
    """The paper whose title alone makes this key: it had it until more was known of it."""
    parts = _OF_A_TITLE.fullmatch(key)
    if parts is None:
        return None
    from readinglist.citekeys import make_key  # 5 ms, and most keys are known

    words = [f"%{word}%" for word in parts["words"].split("-")]
    sql = _TITLED.format(" AND ".join("paper.title LIKE ?" for _ in words))
    for title, paper, trashed in connection.execute(sql, words):
        if make_key(title) == key.lower():
            return paper, trashed
    return None


def _unknown_key(connection: sqlite3.Connection, key: str, trashed: bool) -> UnknownKey:
    keys = connection.execute(
        "SELECT key FROM paper WHERE (trashed IS NOT NULL) = ? AND merged_into IS NULL", [trashed]
    )
    near = nearest(key, [row[0] for row in keys])
    listing = "list is:trashed" if trashed else "list"
    hint = f"Did you mean {near}?" if near else f"`readinglist {listing}` shows the keys."
    return UnknownKey(f"No paper has the key {key!r}.", hint=hint)


def _elsewhere(key: str, trashed: bool) -> UnknownKey:
    """The paper is there, but not where it was looked for."""
    if trashed:
        return UnknownKey(f"The paper {key!r} is not in the trash.")
    hint = f"`readinglist trash --restore {key}` takes it out."
    return UnknownKey(f"The paper {key!r} is in the trash.", hint=hint)
