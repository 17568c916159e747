"""Papers found, in order: their ids at once, anything more when it is asked for."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from readinglist.library import reading
from readinglist.library.search.orders import Order, in_order
from readinglist.library.search.paper_set import PaperSet
from readinglist.records import Row
from readinglist.stopping import with_checkpoints

if TYPE_CHECKING:
    from readinglist.library.search.gathering import Gathered, Runs
    from readinglist.library.search.spelling import Demand

# Where each of more papers stands is kept in a table of all ids, which is smaller than a `dict`.
_MANY: Final = 50_000
# So many steps apart, it is known which papers come before.
_STEPS: Final = 8
# Of so few papers each one's place is made sure of.
_FEW: Final = 2000


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


class Ends(NamedTuple):
    """How many papers there are, and the last of them."""

    papers: int
    last: array[int]


def no_ends() -> None:
    """It is not soon known how many papers there are, or which come last."""


class Others(NamedTuple):
    """How to find what does not come first, those that do among it or not; and the ends of it."""

    all: Callable[[], Gathered]
    ends: Callable[[], Ends | None] = no_ends


class Results:
    """Papers found, in order: all of them, or the first and perhaps the last.

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
        others: Others | None = None,
    ) -> None:
        self._connection = connection
        self._demands = demands
        self._others = others
        self._ids = ids
        self._runs: Runs | None = None
        self._ends: Ends | None = None
        self.corrections = corrections or {}
        self.complaint = complaint
        self.words = words

    def __len__(self) -> int:
        return len(self._ids) if self._ends is None else self._ends.papers

    @property
    def complete(self) -> bool:
        """Whether each paper found is known; if not, those that come first are."""
        return self._others is None

    @property
    def counted(self) -> bool:
        """Whether it is known how many there are, and which come last."""
        return self.complete or self._ends is not None

    @property
    def ids(self) -> array[int]:
        """The papers that are known from the first one on; of very many, this may take seconds."""
        self._put_in_order(0, len(self._ids))
        return self._ids

    # One after the other

    def at(self, index: int) -> int | None:
        """The paper at a place; none if that is not known yet."""
        self._put_in_order(index, index + 1)
        return self.near(index)

    def near(self, index: int) -> int | None:
        """The paper at a place, or one that is not far from there; none if that is not known."""
        if 0 <= index < len(self._ids):
            return self._ids[index]
        after = index - self._tail
        return self._last[after] if 0 <= after < len(self._last) else None

    def between(self, start: int, stop: int) -> list[tuple[int, int]]:
        """Places from `start` up to, without, `stop` and their papers, as far as they are known."""
        start, stop = max(start, 0), min(stop, len(self))
        self._put_in_order(start, stop)
        known = ((index, self.near(index)) for index in range(start, stop))
        return [(index, paper) for index, paper in known if paper is not None]

    def rows(self, start: int, stop: int) -> list[Row]:
        """What the list shows of the results from `start` up to, without, `stop`."""
        return reading.rows(self._connection, [paper for _, paper in self.between(start, stop)])

    def __contains__(self, paper: int) -> bool:
        return self._place(paper) is not None

    def index_of(self, paper: int) -> int | None:
        """Where in the results a paper is, if it is there."""
        place = self._place(paper)
        if place is None or self._runs is None:
            return place
        self._put_in_order(place, place + 1)
        return self._place(paper)

    def among(self, first: int, last: int) -> PaperSet:
        """The papers from one place to another, both included; all of them are known."""
        for place in (first, last):
            self._put_in_order(place, place + 1)
        return self._upto(last + 1) ^ self._upto(first)

    @property
    def every(self) -> PaperSet:
        """All papers, if they are known."""
        return self._upto(len(self._ids))

    def sorted(self, papers: PaperSet) -> list[int]:
        """These papers as they stand here, those that do not behind; very many only roughly so."""
        place = self.index_of if len(papers) < _FEW else self._place
        places = [(place(paper), paper) for paper in papers]
        here = sorted((at, paper) for at, paper in places if at is not None)
        return [*(paper for _, paper in here), *(paper for at, paper in places if at is None)]

    def marks(self, text: str) -> list[tuple[int, int]]:
        """Return the spans of a displayed text where the query's words were found."""
        if not self._demands:
            return []
        from readinglist.library.search.highlight import marks  # 15 ms, and only a query needs it

        return marks(text, self._demands)

    # Other results

    def bounded(self) -> Results:
        """These papers, how many others there are and the last ones, if that is soon known."""
        ends = None if self._others is None else self._others.ends()
        if ends is None or ends.papers < len(self._ids) + len(ends.last):
            return self
        found = self._with(self._ids)
        found._others, found._ends = self._others, ends
        return found

    def extended(self) -> Results:
        """All papers found: these, where they are, and behind them the others.

        This may take a while where there are very many, and can be stopped.
        """
        if self._others is None:
            return self._prepared()
        gathered, first = self._others.all(), self._ids
        found = self._with(gathered.ids)
        found._runs = gathered.runs
        found._put_in_order(0, len(first))
        if found._ids[: len(first)] != first:
            found = self._with(array("q", Seen(()).new(chain(first, found.ids))))
        return found._prepared()

    def reordered(self, order: Order) -> Results:
        """These papers in another order."""
        return self._with(in_order(self._connection, self.ids, order))

    def reversed(self) -> Results:
        """These papers, the last one first."""
        return self._with(self.ids[::-1])

    def read_by(self, connection: sqlite3.Connection) -> Results:
        """These papers as another connection reads them; it does not find the others."""
        found = self._with(self._ids)
        found._connection = connection
        found._others, found._ends = self._others, self._ends
        for known in {"_places", "_steps"} & {*self.__dict__}:
            found.__dict__[known] = self.__dict__[known]
        if self._runs is not None:  # each puts its own in order
            found._ids, found._runs = self._ids[:], self._runs.copy()
            if "_places" in self.__dict__:
                found.__dict__["_places"] = self._places[:]
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

    # Places

    def _prepared(self) -> Results:
        """The same, when what takes a moment has been worked out, as the screen must not wait."""
        if len(self._ids) > _MANY:
            _ = self._places, self._steps
        return self

    def _upto(self, count: int) -> PaperSet:
        """So many of the papers, from the first one on."""
        at, papers = min(self._steps, key=lambda step: abs(step[0] - count))
        between = self._ids[min(at, count) : max(at, count)]
        return papers ^ PaperSet(between) if between else papers

    @cached_property
    def _steps(self) -> list[tuple[int, PaperSet]]:
        """Numbers of papers from the first one on, and which these are: none, some and all."""
        steps = [(0, PaperSet())]
        count = len(self._ids)
        for number in with_checkpoints(range(1, _STEPS + 1 if count > _MANY else 2)):
            place = count if count <= _MANY else count * number // _STEPS
            start = place if self._runs is None else self._runs.start(place, count)
            before, papers = steps[-1]
            steps.append((start, papers ^ PaperSet(self._ids[before:start])))
        return steps

    @property
    def _last(self) -> array[int]:
        """Those that come last, where there are others in between that are not known."""
        return array("q") if self._ends is None else self._ends.last

    @property
    def _tail(self) -> int:
        """Where these begin."""
        return len(self) - len(self._last)

    def _put_in_order(self, start: int, stop: int) -> None:
        if self._runs is None:
            return
        moved = self._runs.order(self._connection, self._ids, start, stop)
        if "_places" in self.__dict__:
            for index in (index for span in moved for index in span):
                self._places[self._ids[index]] = index
        elif moved:
            self.__dict__.pop("_indexes", None)

    def _place(self, paper: int) -> int | None:
        if len(self._ids) <= _MANY:
            return self._indexes.get(paper)
        index = self._places[paper] if 0 <= paper < len(self._places) else -1
        return None if index < 0 else index

    @cached_property
    def _indexes(self) -> dict[int, int]:
        found = {paper: index for index, paper in enumerate(self._last, start=self._tail)}
        found.update({paper: index for index, paper in enumerate(self._ids)})
        return found

    @cached_property
    def _places(self) -> array[int]:
        places: array[int] = array("i")
        for start in with_checkpoints(range(0, len(self._ids), _MANY)):
            for index, paper in enumerate(self._ids[start : start + _MANY], start):
                if paper >= len(places):
                    places.extend(array("i", [-1]) * (2 * paper + 1 - len(places)))
                places[paper] = index
        return places
