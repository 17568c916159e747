"""Authors by the beginning of a name, for completing it."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Mapping
from typing import Final

from readinglist.library.index.folding import words
from readinglist.library.storage.database import explained

# So many papers, the newest, tell which authors come up often.
_LOOKED_AT: Final = 300
_NEWEST: Final = """
SELECT authors FROM paper WHERE trashed IS NULL AND authors != '[]' ORDER BY id DESC LIMIT ?
"""
_BY_NAME: Final = """
SELECT authors FROM paper_text CROSS JOIN paper ON paper.id = paper_text.rowid
WHERE paper_text MATCH ? AND trashed IS NULL ORDER BY paper_text.rowid DESC LIMIT ?
"""


@explained
def authors_like(connection: sqlite3.Connection, beginning: str) -> Mapping[str, int]:
    """Return the authors who have every typed word in their name, the last one perhaps begun.

    With each, the number of papers, among the newest ones.
    """
    typed = words(beginning)
    if typed:
        asked = " AND ".join([*(f'"{word}"' for word in typed[:-1]), f'"{typed[-1]}" *'])
        rows = connection.execute(_BY_NAME, [f"{{author}} : ({asked})", _LOOKED_AT])
    else:
        rows = connection.execute(_NEWEST, [_LOOKED_AT])
    found: Counter[str] = Counter()
    for (names,) in rows:
        found.update({name for name in map(str, json.loads(names)) if _is_meant(typed, name)})
    return dict(found.most_common())


def _is_meant(typed: list[str], name: str) -> bool:
    folded = words(name)
    begun = not typed or any(word.startswith(typed[-1]) for word in folded)
    return begun and set(typed[:-1]) <= set(folded)
