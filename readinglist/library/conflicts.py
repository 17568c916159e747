"""What documents say otherwise than the papers, as far as nobody has decided on it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import Any, Final

from readinglist.library.storage.database import explained
from readinglist.outcomes import Conflict

_OPEN: Final = """
SELECT paper_id, field, value, dispute.document_id, name,
    paper.title, authors, year, venue, doi, arxiv_id, note, details
FROM dispute JOIN paper ON paper.id = paper_id JOIN document ON document.id = dispute.document_id
WHERE state = 'open' AND trashed IS NULL AND {}
ORDER BY document.id DESC, paper_id, field
"""
_FIELDS: Final = ("title", "authors", "year", "venue", "doi", "arxiv_id", "note")
_EVERY: Final = _OPEN.format("1")
_OF_DOCUMENT: Final = _OPEN.format("document.id = ?")
_DETAIL: Final = "details."


@explained
def conflicts(connection: sqlite3.Connection, document: int | None = None) -> list[Conflict]:
    """Everything in conflict, or what one document brought, the newest first and each once."""
    rows = (
        connection.execute(_EVERY)
        if document is None
        else connection.execute(_OF_DOCUMENT, [document])
    )
    found: dict[tuple[int, str], list[Conflict]] = {}
    for row in rows:
        each = _conflict(*row)
        others = found.setdefault((each.paper, each.field), [])
        if not _is_settled(each) and not any(_same(each, other) for other in others):
            others.append(each)
    return [each for others in found.values() for each in others]


def _is_settled(each: Conflict) -> bool:
    """Whether the paper has come to say the same."""
    if each.field == "note":
        return str(each.theirs).strip() in str(each.ours or "")
    return bool(each.ours == each.theirs)


def _same(one: Conflict, other: Conflict) -> bool:
    """Whether two documents say the same."""
    from readinglist.library.intake.agreement import agree  # 10 ms, and few papers need it

    return agree(one.field, one.theirs, other.theirs)


def _conflict(
    paper: int, field: str, value: str, document: int, source: str, *facts: Any
) -> Conflict:
    *shown, details = facts
    known = dict(zip(_FIELDS, shown, strict=True)) | dict(_named(details))
    ours = json.loads(known["authors"]) if field == "authors" else known.get(field)
    return Conflict(paper, field, ours, json.loads(value), document, source)


def _named(details: str | None) -> Iterator[tuple[str, str]]:
    for name, text in json.loads(details or "{}").items():
        yield f"{_DETAIL}{name}", text
