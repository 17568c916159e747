"""All papers of a long list: their order by title is rough until somebody looks at it.

An index has the beginnings of titles, so that papers come out of it in runs of equal beginnings.
Reading a million titles to order each run takes seconds; a run that shows takes a millisecond.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from readinglist.library.query.conditions import Condition
from readinglist.library.search.orders import Order, by_beginnings, in_order, listed, walked
from readinglist.stopping import checkpoint

# So few papers are sorted sooner than all are walked past.
_FEW: Final = 3000
# A longer run is ordered at once: whoever looks at it does not wait for that.
_LONG: Final = 1000
_ANY: Final = Condition("1")


class Gathered:
    """Papers in order, except for what `runs` has yet to put in order."""

    def __init__(self, ids: array[int], runs: Runs | None = None) -> None:
        self.ids = ids
        self.runs = runs


class Runs:
    """Where in a list runs of papers start whose order among each other is not known yet."""

    def __init__(self, starts: array[int], order: Order) -> None:
        self._starts = starts
        self._order = order
        self._is_ordered = bytearray(len(starts))

    def order(
        self, connection: sqlite3.Connection, ids: array[int], start: int, stop: int
    ) -> list[range]:
        """Put what is from `start` up to, without, `stop` in order; return where papers moved."""
        moved = []
        for first, end in self._parts(start, stop, len(ids)):
            ids[first:end] = _by_title(connection, ids[first:end], self._order)
            moved.append(range(first, end))
        return moved

    def _parts(self, start: int, stop: int, count: int) -> Iterator[tuple[int, int]]:
        """Yield where runs are that are not in order, short ones together with their neighbours."""
        begun: int | None = None
        for run in self._between(start, stop):
            first, end = self._span(run, count)
            is_ordered = self._is_ordered[run] or end - first < 2
            if begun is not None and (is_ordered or end - begun > _LONG):
                yield begun, first
                begun = None
            if begun is None and not is_ordered:
                begun = first
            self._is_ordered[run] = 1
        if begun is not None:
            yield begun, end

    def start(self, place: int, count: int) -> int:
        """Where the run at a place begins; the end of so many papers is where it is."""
        return place if place >= count else self._starts[bisect_right(self._starts, place) - 1]

    def copy(self) -> Runs:
        """The same, for a list of its own."""
        copied = Runs(self._starts, self._order)
        copied._is_ordered = self._is_ordered[:]
        return copied

    def long(self, count: int) -> Iterator[tuple[int, int]]:
        """Yield where the long ones of them begin and end, in a list of so many papers."""
        for run in range(len(self._starts)):
            first, end = self._span(run, count)
            if end - first > _LONG:
                yield first, end

    def _between(self, start: int, stop: int) -> range:
        first = bisect_right(self._starts, start) - 1
        return range(max(first, 0), bisect_right(self._starts, stop - 1))

    def _span(self, run: int, count: int) -> tuple[int, int]:
        following = self._starts[run + 1 : run + 2]
        return self._starts[run], following[0] if following else count


def everything(connection: sqlite3.Connection, asks: Condition, order: Order) -> Gathered:
    """All papers that meet a condition on their id, in this order."""
    return _walked(connection, asks, order, None)


def matching(connection: sqlite3.Connection, asks: Condition, order: Order) -> Gathered:
    """All papers that meet a condition, in this order: found first, and put in order then."""
    sql = f"SELECT paper.id FROM paper WHERE {asks.sql}"  # noqa: S608 (our SQL; what the user wrote is bound)
    found = array("q", (paper for (paper,) in connection.execute(sql, asks.parameters)))
    if len(found) <= _FEW:
        return Gathered(in_order(connection, found, order))
    marks = bytearray(max(found) + 1)
    for paper in found:
        marks[paper] = 1
    checkpoint()
    gathered = _walked(connection, _ANY, order, marks)
    if len(gathered.ids) != len(found):  # another program wrote meanwhile
        return Gathered(array("q", listed(connection, asks, order)))
    return gathered


def _walked(
    connection: sqlite3.Connection, asks: Condition, order: Order, marks: bytearray | None
) -> Gathered:
    """These papers on the way down the index of the order, the marked ones if `marks` are given."""
    direction = order.walk.by_title
    if direction is None:
        return Gathered(array("q", _marked(walked(connection, asks, order), marks)))
    ids: array[int] = array("q")
    starts: array[int] = array("i")
    before = None
    for beginning, paper in by_beginnings(connection, asks, direction):
        if marks is None or (paper < len(marks) and marks[paper]):
            if beginning != before:
                starts.append(len(ids))
                before = beginning
            ids.append(paper)
    runs = Runs(starts, order)
    for first, end in runs.long(len(ids)):
        checkpoint()
        runs.order(connection, ids, first, end)
    return Gathered(ids, runs)


def _marked(papers: Iterator[int], marks: bytearray | None) -> Iterator[int]:
    if marks is None:
        return papers
    return (paper for paper in papers if paper < len(marks) and marks[paper])


def _by_title(connection: sqlite3.Connection, ids: Sequence[int], order: Order) -> array[int]:
    """A run of papers in this order, which is by title; those that are gone come first."""
    sql = "SELECT id, c0 FROM paper_text_content WHERE id IN (SELECT value FROM json_each(?))"
    titles = dict(connection.execute(sql, [json.dumps(list(ids))]).fetchall())

    def title(paper: int) -> str:
        return titles.get(paper) or ""

    ordered: array[int] = array("q")
    by_title = sorted(ids, key=title, reverse=bool(order.walk.by_title))
    for _, alike in groupby(by_title, key=title):
        same = array("q", alike)
        there = in_order(connection, same, order) if len(same) > 1 else same
        ordered.extend(there if len(there) == len(same) else same)
    return ordered
