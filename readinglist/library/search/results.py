"""Papers found, in order: their ids at once, anything more when it is asked for."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Final

from readinglist.library import reading
from readinglist.library.search.orders import Order, in_order
from readinglist.records import Row

if TYPE_CHECKING:
    from readinglist.library.search.spelling import Demand

# Where each of more papers stands is kept in a table of all ids, which is smaller than a `dict`.
_MANY: Final = 50_000


class Seen:
    """Which papers have come up, a byte for each; there may be a million.

    Making a `set` of so many is one step of Python's, for which the screen would wait.
    """

    def __init__(self, ids: Iterable[int]) -> None:
        self._marks = bytearray()
        for _ in self.new(ids):
            pass

    def new(self, ids: Iterable[int]) -> Iterator[int]:
        """Yield those of these papers that come up for the first time."""
        marks = self._marks
        for paper in ids:
            if paper >= len(marks):
                marks.extend(bytes(2 * paper + 1 - len(marks)))
            if not marks[paper]:
                marks[paper] = 1
                yield paper


class Results:
    """Papers found, in order.

    `corrections` says which typed words were read as which; `complaint` what a lenient search
    left out; `words` whether the query has fuzzy words, so that relevance means something.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        ids: array[int],
        demands: Sequence[Demand] = (),
        *,
        corrections: dict[str, str] | None = None,
        complaint: str = "",
        words: bool = False,
        others: Callable[[], Iterable[int]] | None = None,
    ) -> None:
        self._connection = connection
        self._demands = demands
        self._others = others
        self.ids = ids
        self.corrections = corrections or {}
        self.complaint = complaint
        self.words = words

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def complete(self) -> bool:
        """Whether these are all papers found; if not, they are those that come first."""
        return self._others is None

    def extended(self) -> Results:
        """All papers found: these, where they are, and behind them the others.

        This may take seconds where there are very many, and can be stopped.
        """
        if self._others is None:
            return self
        ids = self.ids[:]
        known = frozenset(ids)
        ids.extend(paper for paper in self._others() if paper not in known)
        found = self._with(ids)
        if len(ids) > _MANY:
            _ = found._places  # here, because the screen must not wait for it
        return found

    def reordered(self, order: Order) -> Results:
        """These papers in another order."""
        return self._with(in_order(self._connection, self.ids, order))

    def reversed(self) -> Results:
        """These papers, the last one first."""
        return self._with(self.ids[::-1])

    def behind(self, first: Results) -> Results:
        """The first papers of another reader where they are, and behind them the others of these.

        They are read as the other reader's are; nothing here waits for its connection.
        """
        ids = self.ids
        if ids[: len(first)] != first.ids:
            known = frozenset(first.ids)
            ids = first.ids[:]
            ids.extend(paper for paper in self.ids if paper not in known)
        found = first._with(ids)
        if len(ids) > _MANY:
            _ = found._places
        return found

    def read_by(
        self, connection: sqlite3.Connection, others: Callable[[], Iterable[int]] | None
    ) -> Results:
        """These papers as another connection reads them; what else there is, `others` finds."""
        found = self._with(self.ids)
        found._connection = connection
        found._others = None if self._others is None else others
        if len(found) > _MANY:
            found.__dict__["_places"] = self._places
        return found

    def _with(self, ids: array[int]) -> Results:
        return Results(
            self._connection,
            ids,
            self._demands,
            corrections=self.corrections,
            complaint=self.complaint,
            words=self.words,
        )

    def rows(self, start: int, stop: int) -> list[Row]:
        """What the list shows of the results from `start` up to, without, `stop`."""
        return reading.rows(self._connection, list(self.ids[max(start, 0) : max(stop, 0)]))

    def index_of(self, paper_id: int) -> int | None:
        """Where in the results a paper is, if it is there."""
        if len(self.ids) <= _MANY:
            return self._indexes.get(paper_id)
        index = self._places[paper_id] if 0 <= paper_id < len(self._places) else -1
        return None if index < 0 else index

    def marks(self, text: str) -> list[tuple[int, int]]:
        """Return the spans of a displayed text where the query's words were found."""
        if not self._demands:
            return []
        from readinglist.library.search.highlight import marks  # 15 ms, and only a query needs it

        return marks(text, self._demands)

    @cached_property
    def _indexes(self) -> dict[int, int]:
        return {paper_id: index for index, paper_id in enumerate(self.ids)}

    @cached_property
    def _places(self) -> array[int]:
        places: array[int] = array("i")
        for index, paper_id in enumerate(self.ids):
            if paper_id >= len(places):
                places.extend(array("i", [-1]) * (2 * paper_id + 1 - len(places)))
            places[paper_id] = index
        return places
