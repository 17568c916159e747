"""How telling words are: the fewer papers have one, the more."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from math import log
from typing import Final

from readinglist.library.similar.terms import Term, forms

_COUNTS: Final = "SELECT term, papers FROM word WHERE term IN (SELECT value FROM json_each(?))"
_TOTAL: Final = "SELECT coalesce(max(id), 0) FROM paper"  # a million take long to count
# How much more a rare word counts than many common ones, and two words beside each of them.
_STEEP: Final = 1.5
_PAIR: Final = 0.5


class Rarity:
    """Knows in how many papers the words are that it has met."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._total = int(connection.execute(_TOTAL).fetchone()[0])
        self._papers: dict[str, int] = {}

    def meet(self, terms: Iterable[Term]) -> None:
        """Look up the words of some terms, all at once."""
        roots = {root for term in terms for root in term.roots} - self._papers.keys()
        words = json.dumps([form for root in roots for form in forms(root)])
        counts = dict(self._connection.execute(_COUNTS, [words]).fetchall())
        for root in roots:
            self._papers[root] = sum(counts.get(form, 0) for form in forms(root))

    def papers(self, root: str) -> int:
        """In how many papers a word is that was met."""
        return self._papers[root]

    def of(self, term: Term) -> float:
        """How telling a term is that was met."""
        mean = sum(map(self._of_root, term.roots)) / len(term.roots)
        return float(mean**_STEEP) * (1 if len(term.roots) == 1 else _PAIR)

    def _of_root(self, root: str) -> float:
        papers = min(self._papers[root], self._total)
        return log(1 + (self._total - papers + 0.5) / (papers + 0.5))
