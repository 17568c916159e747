"""Pairs of papers that may be one work: offered, or told apart for ever."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from typing import Final, NamedTuple

from readinglist.library.storage.database import explained
from readinglist.outcomes import Likeness

# A pair is that of the papers that two have been merged into, so that what was found out about
# the others stays true.
_OPEN: Final = """
SELECT min(a.id, b.id) AS one, max(a.id, b.id) AS other, max(likeness), max(overlap)
FROM lookalike
JOIN paper AS first ON first.id = first_id JOIN paper AS second ON second.id = second_id
JOIN paper AS a ON a.id = coalesce(first.merged_into, first.id)
JOIN paper AS b ON b.id = coalesce(second.merged_into, second.id)
WHERE a.id <> b.id AND a.trashed IS NULL AND b.trashed IS NULL
GROUP BY one, other HAVING NOT max("distinct") AND max(likeness) > 0
ORDER BY max(likeness) + max(overlap) DESC, one, other
"""
_OFFER: Final = """
INSERT INTO lookalike (first_id, second_id, likeness, overlap, "distinct")
SELECT a.id, b.id, ?, ?, 0 FROM paper AS a JOIN paper AS b ON b.id = ? WHERE a.id = ?
ON CONFLICT DO UPDATE SET
    likeness = max(likeness, excluded.likeness), overlap = max(overlap, excluded.overlap)
"""
# A pair that was told apart without having been offered is not like anything: forgotten when
# that is taken back.
_TELL_APART: Final = """
INSERT INTO lookalike (first_id, second_id, likeness, overlap, "distinct")
SELECT min(a.id, b.id), max(a.id, b.id), 0, 0, 1 FROM paper AS a
JOIN paper AS b ON b.id IN (SELECT value FROM json_each(:others)) WHERE a.id = :paper
ON CONFLICT DO UPDATE SET "distinct" = 1
"""
_PAIRED: Final = """
:paper IN (first_id, second_id) AND "distinct"
AND NOT EXISTS (SELECT 1 FROM json_each(:others) WHERE value IN (first_id, second_id))
"""

COMPARED: Final = "compared"
"""The mark that says which papers have been compared with those before them."""


class Pair(NamedTuple):
    """Two papers, the older first, and how alike titles and abstracts are, from 0 to 1."""

    first: int
    second: int
    title: float
    abstract: float


@explained
def open_pairs(connection: sqlite3.Connection) -> list[Likeness]:
    """The pairs that nobody has decided on, most alike first; none with a paper in the trash."""
    return [Likeness(*row) for row in connection.execute(_OPEN)]


def offer(connection: sqlite3.Connection, pairs: Iterable[Pair]) -> None:
    """Remember pairs, inside the caller's transaction; those told apart stay so."""
    connection.executemany(
        _OFFER, [(pair.title, pair.abstract, pair.second, pair.first) for pair in pairs]
    )


def distinct_from(connection: sqlite3.Connection, paper: int) -> list[int]:
    """The papers that this one was told apart from."""
    found = connection.execute(
        "SELECT first_id + second_id - :paper FROM lookalike"
        ' WHERE :paper IN (first_id, second_id) AND "distinct" ORDER BY 1',
        {"paper": paper},
    )
    return [row[0] for row in found]


def tell_apart(connection: sqlite3.Connection, values: dict[int, list[int]]) -> None:
    """Let each paper be told apart from exactly these others, as far as they are there."""
    for paper, others in values.items():
        what = {"paper": paper, "others": json.dumps(others)}
        connection.execute(_TELL_APART, what)
        connection.execute(f"DELETE FROM lookalike WHERE {_PAIRED} AND likeness = 0", what)  # noqa: S608 (constants of ours)
        connection.execute(f'UPDATE lookalike SET "distinct" = 0 WHERE {_PAIRED}', what)  # noqa: S608 (constants of ours)
