"""What lookups have left in the library: origins, suggestions, and papers that wait for one."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from typing import Final

from readinglist.findings import Origin, Suggestion
from readinglist.library.found_facts import from_text
from readinglist.library.journal.facts import DETAIL, FACTS
from readinglist.library.storage.database import explained

_ORIGINS: Final = """
SELECT origin.paper_id, field, origin.value, provider, found, score, paper.* FROM origin
JOIN paper ON paper.id = paper_id
WHERE paper_id IN (SELECT value FROM json_each(?)) ORDER BY paper_id, field
"""
_OPEN: Final = """
SELECT paper_id, provider, identifier, suggestion.found, score, record
FROM suggestion JOIN paper ON paper.id = paper_id
WHERE state = 'open' AND trashed IS NULL AND merged_into IS NULL
ORDER BY paper_id, score DESC, provider, identifier
"""
_AWAITED: Final = """
SELECT paper_id FROM awaited JOIN paper ON paper.id = paper_id
WHERE provider = ? AND trashed IS NULL AND merged_into IS NULL ORDER BY paper_id
"""


@explained
def origins(connection: sqlite3.Connection, papers: Iterable[int]) -> dict[int, dict[str, Origin]]:
    """Which fields of these papers are as a lookup filled them in, and from whom they are."""
    found: dict[int, dict[str, Origin]] = {}
    cursor = connection.cursor()
    cursor.row_factory = sqlite3.Row
    for row in cursor.execute(_ORIGINS, [json.dumps([*papers])]):
        if _current(row) == json.loads(row[2]):
            origin = Origin(row["provider"], row["found"], row["score"])
            found.setdefault(row[0], {})[row["field"]] = origin
    return found


def _current(row: sqlite3.Row) -> object:
    """What the paper has in the field that an origin is about."""
    field: str = row["field"]
    if field.startswith(DETAIL):
        details: dict[str, str] = json.loads(row["details"] or "{}")
        return details.get(field.removeprefix(DETAIL))
    value: object = row[field] if field in FACTS else None
    return value


def by_source(origins: Mapping[str, Origin]) -> list[tuple[str, str, list[str]]]:
    """Provider, day and fields of each lookup that a paper has something from."""
    found: dict[tuple[str, str], list[str]] = {}
    for name, origin in origins.items():
        day = origin.found.partition("T")[0]
        found.setdefault((origin.provider, day), []).append(name.removeprefix(DETAIL))
    return [(provider, day, names) for (provider, day), names in found.items()]


@explained
def suggestions(connection: sqlite3.Connection) -> list[Suggestion]:
    """The suggestions that nobody has decided on, paper by paper, the likeliest first."""
    found: list[Suggestion] = []
    for paper, provider, identifier, time, score, record in connection.execute(_OPEN):
        try:
            suggested = Suggestion(paper, provider, identifier, time, score, from_text(record))
        except (ValueError, TypeError, AttributeError):
            raise sqlite3.DatabaseError("malformed row") from None
        found.append(suggested)
    return found


@explained
def awaited(connection: sqlite3.Connection, provider: str) -> list[int]:
    """The papers that wait for a lookup with a provider that could not be reached."""
    return [row[0] for row in connection.execute(_AWAITED, [provider])]
