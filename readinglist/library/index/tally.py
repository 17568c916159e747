"""How many papers have each word: counted while the index is written, and kept beside it."""

from __future__ import annotations

import sqlite3
from collections import Counter
from typing import Final

from readinglist.library.index.folding import ITEM_BREAK

_COUNT: Final = "UPDATE word SET front = front + ?, papers = papers + ? WHERE term = ?"
_ADD: Final = "INSERT INTO word (front, papers, term) VALUES (?, ?, ?)"
_WHOLE: Final = "INSERT INTO word SELECT term, 0, doc FROM whole_word"
_IN_FRONT: Final = "SELECT doc, term FROM front_word WHERE term <> ?"
_FRONT: Final = "UPDATE word SET front = ? WHERE term = ?"
# Of more new words than this, readers are not told one by one: they read all words again.
_FEW: Final = 1000


Counts = tuple[dict[str, int], dict[str, int]]
"""How many papers have each word in front of their abstract, and anywhere."""


class Tally:
    """What one writing of the index changes in the counts of words."""

    def __init__(self) -> None:
        self._front: Counter[str] = Counter()
        self._papers: Counter[str] = Counter()

    def put_in(self, front: str, whole: str) -> None:
        """Count the folded words of one paper."""
        in_front, anywhere = _different(front, whole)
        self._front.update(in_front)
        self._papers.update(anywhere)

    def add(self, counts: Counts) -> None:
        """Count what has been counted elsewhere."""
        front, papers = counts
        self._front.update(front)
        self._papers.update(papers)

    @property
    def counts(self) -> Counts:
        """What has been counted, for `add`."""
        return dict(self._front), dict(self._papers)

    def take_out(self, front: str, whole: str) -> None:
        """Count them no more."""
        in_front, anywhere = _different(front, whole)
        self._front.subtract(in_front)
        self._papers.subtract(anywhere)

    def write(self, connection: sqlite3.Connection, generation: int) -> None:
        """Add what was counted to the counts in the library, in this generation of the index."""
        added = []
        for term, papers in sorted(self._papers.items()):
            row = (self._front[term], papers, term)
            if any(row[:2]) and not connection.execute(_COUNT, row).rowcount:
                added.append(row)
        connection.executemany(_ADD, added)
        (told,) = connection.execute("SELECT count(*) FROM new_word").fetchone()
        if told + len(added) <= _FEW:
            connection.executemany(
                "INSERT INTO new_word VALUES (?, ?)", [(generation, row[2]) for row in added]
            )
        else:
            connection.execute("DELETE FROM new_word")
            connection.execute("UPDATE paper_text_state SET anew = ?", [generation])


def recount(connection: sqlite3.Connection) -> None:
    """Count all words anew: faster than one by one if most papers are new."""
    connection.execute("DELETE FROM word")
    connection.execute(_WHOLE)
    connection.executemany(_FRONT, connection.execute(_IN_FRONT, [ITEM_BREAK]))
    connection.execute("DELETE FROM new_word")
    connection.execute("UPDATE paper_text_state SET anew = generation")


def _different(front: str, whole: str) -> tuple[set[str], set[str]]:
    in_front = set(front.split())
    in_front.discard(ITEM_BREAK)
    return in_front, set(whole.split())
