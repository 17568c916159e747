"""The facts of a record as JSON holds them, where what a lookup found is kept."""

from __future__ import annotations

import json
from typing import Any

from readinglist.records import Record
from readinglist.text import clean, clean_line


def members_of(record: Record) -> dict[str, Any]:
    """The facts of a record, without those that it lacks."""
    facts = {
        "title": record.title,
        "abstract": record.abstract,
        "authors": list(record.authors),
        "year": record.year,
        "venue": record.venue,
        "doi": record.doi,
        "arxiv_id": record.arxiv_id,
        "urls": list(record.urls),
        "details": dict(record.details),
    }
    return {name: value for name, value in facts.items() if value}


def record_of(members: dict[str, Any]) -> Record:
    """A record of such facts; `ValueError`, `TypeError` or `AttributeError` if they are none."""
    year = members.get("year")
    details = members.get("details", {})
    return Record(
        clean_line(members.get("title", "")),
        clean(members.get("abstract", "")) or None,
        tuple(map(clean_line, members.get("authors", []))),
        None if year is None else int(year),
        clean_line(members.get("venue", "")) or None,
        clean_line(members.get("doi", "")) or None,
        clean_line(members.get("arxiv_id", "")) or None,
        tuple(map(clean_line, members.get("urls", []))),
        details=tuple(sorted((clean_line(k), clean_line(v)) for k, v in details.items())),
    )


def to_text(record: Record) -> str:
    """The facts as JSON text, the same for the same facts."""
    return json.dumps(members_of(record), ensure_ascii=False, sort_keys=True)


def from_text(text: str) -> Record:
    """The record of such a text; `ValueError`, `TypeError` or `AttributeError` if it is none."""
    return record_of(json.loads(text))
