"""Names out of a library that is only looked at: what a shell offers while a command is typed.

The file is neither converted nor locked, and one that is not as this program left it has no names.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from readinglist.library.storage.database import SCHEMA_VERSION

MOST: Final = 300  # names; a shell that asked before showing more would not help

_TAGS: Final = """
SELECT name, count(paper_id) FROM tag JOIN paper_tag ON tag_id = tag.id
GROUP BY tag.id ORDER BY count(paper_id) DESC, name COLLATE NOCASE
"""
_KEYS: Final = """
SELECT key, title FROM paper
WHERE key LIKE ? ESCAPE '\\' AND merged_into IS NULL
ORDER BY key COLLATE NOCASE LIMIT ?
"""
_DOCUMENTS: Final = """
SELECT name, count(DISTINCT paper_id) FROM document
JOIN sighting ON document_id = document.id GROUP BY name ORDER BY name
"""


def tags(library: Path) -> dict[str, int]:
    """The tags, the most used first, with how many papers carry each."""
    return dict(_read(library, _TAGS))


def documents(library: Path) -> dict[str, int]:
    """The documents, with how many papers each mentions."""
    return dict(_read(library, _DOCUMENTS))


def keys(library: Path, beginning: str) -> dict[str, str]:
    """Citation keys that begin so, with the titles of their papers."""
    literal = "".join(f"\\{c}" if c in "\\%_" else c for c in beginning)
    return dict(_read(library, _KEYS, f"{literal}%", MOST))


# What SQLite holds is not known to types.
def _read(library: Path, statement: str, *values: object) -> list[tuple[str, Any]]:
    if not library.is_file():
        return []
    try:
        address = f"file:{quote(str(library.absolute()))}?mode=ro"
        with closing(sqlite3.connect(address, uri=True, timeout=0.2)) as connection:
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if version != SCHEMA_VERSION:
                return []
            return connection.execute(statement, values).fetchall()
    except sqlite3.Error:
        return []
