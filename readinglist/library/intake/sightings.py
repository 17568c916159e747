"""Mentions of papers by documents: whose they are, with the documents' own words in them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Final

Place = Sequence[int]
"""A document and a position in it."""

# A document's words stand in a sighting only where they differ from its paper's. An empty text
# stands for a document that has no abstract, of a paper that has one.
_RETELL: Final = """
UPDATE sighting SET
    title = nullif(coalesce(title, (SELECT title FROM paper WHERE id = paper_id)), :title),
    abstract = nullif(
        coalesce(abstract, (SELECT abstract FROM paper WHERE id = paper_id), ''), :abstract),
    paper_id = :paper
WHERE {}
"""
_ALL_OF_IT: Final = "paper_id = :owner"
_AT_PLACES: Final = """(document_id, position) IN (
    SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(:places))"""


def own_words(words: str | None, papers: str | None) -> str | None:
    """What a sighting holds of a document's words, given those of its paper."""
    return None if (words or "") == (papers or "") else words or ""


def owned(connection: sqlite3.Connection, paper: int) -> list[Place]:
    """Where a paper is mentioned."""
    return connection.execute(
        "SELECT document_id, position FROM sighting WHERE paper_id = ? ORDER BY 1, 2", [paper]
    ).fetchall()


def retell(connection: sqlite3.Connection, paper: int, field: str, words: str | None) -> None:
    """Keep the documents' own words, before a paper's title or abstract becomes another."""
    title, abstract = _words(connection, paper)
    title, abstract = (words or "", abstract) if field == "title" else (title, words or "")
    connection.execute(
        _RETELL.format(_ALL_OF_IT),
        {"paper": paper, "title": title, "abstract": abstract, "owner": paper},
    )


def give(connection: sqlite3.Connection, values: dict[int, list[Place] | int]) -> None:
    """Give each paper the sightings at these places, or all of its own to that other paper."""
    for paper, value in values.items():
        target, what, where = (
            (value, {"owner": paper}, _ALL_OF_IT)
            if isinstance(value, int)
            else (paper, {"places": json.dumps(value)}, _AT_PLACES)
        )
        title, abstract = _words(connection, target)
        connection.execute(
            _RETELL.format(where), {"paper": target, "title": title, "abstract": abstract, **what}
        )


def _words(connection: sqlite3.Connection, paper: int) -> tuple[str, str]:
    found = connection.execute("SELECT title, abstract FROM paper WHERE id = ?", [paper]).fetchone()
    title, abstract = found or ("", "")
    return title, abstract or ""
