"""New papers on their way into the search index: entered as they come, counted at the end."""

from __future__ import annotations

import sqlite3

from readinglist.library.index.fulltext import are_most, begin, generation, papers_in, put_in
from readinglist.library.index.index_rows import IndexRow
from readinglist.library.index.tally import Counts, Tally, recount


class Additions:
    """What one transaction adds to the index; `finish` belongs to it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._before = papers_in(connection)
        self._number = 0
        self._tally: Tally | None = Tally()  # as long as that pays

    @property
    def are_counted(self) -> bool:
        """Whether the words of the next papers are counted one by one."""
        return self._tally is not None

    def add(self, rows: list[IndexRow], counts: Counts | None = None) -> None:
        """Enter papers that the index has not; `counts` are those of their words, if known."""
        self._number += len(rows)
        if self._tally is not None and are_most(self._number, self._before + self._number):
            self._tally = None
        put_in(self._connection, rows, self._tally if counts is None else None)
        if self._tally is not None and counts is not None:
            self._tally.add(counts)

    def finish(self) -> None:
        """Bring the counts of words up to date."""
        if not self._number:
            return
        begin(self._connection)
        if self._tally is None:
            recount(self._connection)
        else:
            self._tally.write(self._connection, generation(self._connection))
