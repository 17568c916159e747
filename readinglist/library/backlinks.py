"""Notes that name papers: by key, by a former key, or by that of a paper merged into them."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Final

from readinglist.library.index.folding import words
from readinglist.library.storage.database import explained

_KEYS: Final = """
SELECT key FROM paper WHERE id = :paper OR merged_into = :paper
UNION SELECT key FROM alias WHERE paper_id = :paper
"""
# The note's own words come first from the index, which knows in which column each stands.
_NOTED: Final = """
SELECT paper.id, paper.note FROM paper_text JOIN paper ON paper.id = paper_text.rowid
WHERE paper_text MATCH ? AND paper.note IS NOT NULL AND paper.trashed IS NULL AND paper.id <> ?
"""
# A key is meant where it stands as one: [[key]], @key, or \cite{one, key}.
_BEFORE: Final = r"(?:\[\[\s*|(?<!\w)@|\\\w*cite\w*\*?(?:\[[^\]]*\])*\{[^}]*?(?<![\w:.+/-]))"
_AFTER: Final = r"(?![\w:+/-]|\.\w)"


# A key, one that a paper had before, or that of a paper merged into another: the first that fits.
_NAMED: Final = """
SELECT found.id FROM (
    SELECT id, merged_into, 1 AS rank FROM paper WHERE key = :key COLLATE NOCASE
    UNION ALL SELECT paper.id, paper.merged_into, 2 FROM alias JOIN paper ON paper.id = paper_id
    WHERE alias.key = :key COLLATE NOCASE
) AS named JOIN paper AS found ON found.id = coalesce(named.merged_into, named.id)
WHERE found.trashed IS NULL ORDER BY rank LIMIT 1
"""


@explained
def named(connection: sqlite3.Connection, keys: Iterable[str]) -> dict[str, int]:
    """The papers that have, or had, these keys; what no paper has is left out."""
    found = {key: connection.execute(_NAMED, {"key": key}).fetchone() for key in keys}
    return {key: row[0] for key, row in found.items() if row is not None}


@explained
def backlinks(connection: sqlite3.Connection, paper: int) -> list[int]:
    """The papers whose notes name this one, the newest first."""
    found: set[int] = set()
    for (key,) in connection.execute(_KEYS, {"paper": paper}).fetchall():
        parts = words(key)
        if not parts:
            continue
        meant = re.compile(f"{_BEFORE}{re.escape(key)}{_AFTER}", re.IGNORECASE)
        for number, note in connection.execute(_NOTED, [_in_notes(parts), paper]):
            if meant.search(note):
                found.add(number)
    return sorted(found, reverse=True)


def _in_notes(parts: Sequence[str]) -> str:
    phrase = " ".join(parts)
    return f'note : "{phrase}"'
