"""What each imported document brought, as far as the library still knows of it."""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime, timedelta
from typing import Final

from readinglist.errors import LibraryError
from readinglist.library.storage.database import explained
from readinglist.outcomes import Imported
from readinglist.records import Problem

_APART: Final = timedelta(minutes=1)  # at most, between two documents of one import

_MENTIONED: Final = """
SELECT paper_id, filled, paper.document_id = sighting.document_id
FROM sighting JOIN paper ON paper.id = paper_id
WHERE sighting.document_id = ? ORDER BY sighting.position
"""


@explained
def imported(connection: sqlite3.Connection, document: int) -> Imported:
    """What a document brought; `LibraryError` if there is none of that number."""
    found = connection.execute(
        "SELECT name, path, kind, imported FROM document WHERE id = ?", [document]
    ).fetchone()
    if found is None:
        raise LibraryError("No such document has been imported.")
    name, path, kind, time = found
    new: dict[int, None] = {}
    merged: dict[int, None] = {}
    changed: dict[int, dict[str, None]] = {}
    for paper, filled, first in connection.execute(_MENTIONED, [document]):
        (new if first else merged)[paper] = None
        if filled and not first:
            changed.setdefault(paper, {}).update(dict.fromkeys(json.loads(filled)))
    problems = connection.execute(
        "SELECT line, reason, text FROM problem WHERE document_id = ? ORDER BY id", [document]
    )
    return Imported(
        document=document,
        name=name,
        path=path,
        kind=kind,
        time=time,
        new=tuple(new),
        merged=tuple(merged),
        changed=tuple((paper, tuple(fields)) for paper, fields in changed.items()),
        problems=tuple(Problem(*row) for row in problems),
    )


@explained
def latest(connection: sqlite3.Connection) -> list[int]:
    """The documents of the newest import, in their order: those that came right after another."""
    run: list[int] = []
    after: datetime | None = None
    for document, imported in connection.execute(
        "SELECT id, imported FROM document ORDER BY id DESC"
    ):
        time = datetime.fromisoformat(imported)
        if after is not None and abs(after - time) > _APART:
            break
        run.append(document)
        after = time
    return run[::-1]
