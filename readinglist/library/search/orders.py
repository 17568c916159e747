"""The orders that a list can have: as SQL over `paper`, and down an index that is in that order."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from readinglist.library.query.conditions import Condition
from readinglist.records import Sort, Status

_AT: Final = ("paper.document_id DESC", "paper.position")
_AT_REVERSED: Final = ("paper.document_id", "paper.position DESC")
_PLACE: Final = ", ".join(_AT)
_PLACE_REVERSED: Final = ", ".join(_AT_REVERSED)
_TITLE: Final = "(SELECT title FROM paper_text WHERE rowid = paper.id)"
_STATUS: Final = "CASE paper.status {} END".format(
    " ".join(f"WHEN '{status}' THEN {number}" for number, status in enumerate(Status))
)
# A title's first letters, as the index of titles has them; the rest of it orders the few alike.
_BEGINNING: Final = "substr({}.c0, 1, 12)"
_TITLES: Final = "paper_text_content AS {} INDEXED BY paper_title"
_BY_TITLE: Final = f"{_TITLES.format('words')} CROSS JOIN paper ON paper.id = words.id"
_DESCENDING: Final = " DESC"
# Every year that a paper has, one look at the index each, and at the end none.
_YEARS: Final = """
WITH RECURSIVE the (year) AS (
    SELECT {0}(year) FROM paper
    UNION ALL SELECT (SELECT {0}(year) FROM paper WHERE year {1} the.year) FROM the
    WHERE the.year IS NOT NULL)
SELECT year FROM the
"""


class Walk(NamedTuple):
    """A way down an index: the tables, and the order that they are in.

    With a `column`, that is so for each of its values, of which `values` is the query. An index
    `by_title` has the beginnings of titles; this is the direction that they are in.
    """

    tables: str
    order: tuple[str, ...]
    column: str = ""
    values: str = ""
    by_title: str | None = None


class Order(NamedTuple):
    """What stands after ORDER BY, and the way there without sorting."""

    sql: str
    walk: Walk


def _statuses(direction: str) -> str:
    rows = ", ".join(f"({n}, '{status}')" for n, status in enumerate(Status))
    return f"WITH the (place, status) AS (VALUES {rows}) SELECT status FROM the ORDER BY place {direction}"  # noqa: S608, E501 (constants of ours)


def _grouped(column: str, values: str, order: tuple[str, ...] = _AT, index: str = "") -> Walk:
    return Walk(f"paper INDEXED BY {index or f'paper_{column}'}", order, column, values)


def _titled(direction: str = "") -> Order:
    title = (f"{_BEGINNING.format('words')}{direction}", f"words.c0{direction}")
    walk = Walk(_BY_TITLE, (*title, *_AT), by_title=direction)
    return Order(f"{_TITLE}{direction}, {_PLACE}", walk)


_BY_PLACE: Final = Order(_PLACE, Walk("paper INDEXED BY paper_place", _AT))
_BY_PLACE_REVERSED: Final = Order(
    _PLACE_REVERSED, Walk("paper INDEXED BY paper_place", _AT_REVERSED)
)
# Each order as it is naturally and reversed; ties always fall to the place in the list.
_ORDERS: Final[dict[Sort, tuple[Order, Order]]] = {
    Sort.RELEVANCE: (_BY_PLACE, _BY_PLACE_REVERSED),
    # Papers were added when the document was imported that brought them.
    Sort.ADDED: (
        Order(
            f"paper.added DESC, {_PLACE}",
            _grouped(
                "document_id",
                "SELECT id FROM document ORDER BY imported DESC, id DESC",
                index="paper_place",
            ),
        ),
        Order(
            f"paper.added, {_PLACE_REVERSED}",
            _grouped(
                "document_id",
                "SELECT id FROM document ORDER BY imported, id",
                _AT_REVERSED,
                "paper_place",
            ),
        ),
    ),
    Sort.TITLE: (_titled(), _titled(_DESCENDING)),
    Sort.YEAR: (
        Order(
            f"paper.year IS NULL, paper.year DESC, {_PLACE}",
            _grouped("year", _YEARS.format("max", "<")),
        ),
        Order(
            f"paper.year IS NULL, paper.year, {_PLACE}",
            _grouped("year", _YEARS.format("min", ">")),
        ),
    ),
    Sort.STATUS: (
        Order(f"{_STATUS}, {_PLACE}", _grouped("status", _statuses(""))),
        Order(f"{_STATUS} DESC, {_PLACE}", _grouped("status", _statuses("DESC"))),
    ),
    Sort.KEY: (
        Order(
            f"paper.key COLLATE NOCASE, {_PLACE}",
            Walk("paper INDEXED BY paper_key", ("paper.key COLLATE NOCASE",)),
        ),
        Order(
            f"paper.key COLLATE NOCASE DESC, {_PLACE}",
            Walk("paper INDEXED BY paper_key", ("paper.key COLLATE NOCASE DESC",)),
        ),
    ),
}


def order_of(sort: Sort | None, reverse: bool) -> Order:
    """The order of a list."""
    return _ORDERS[sort or Sort.RELEVANCE][reverse]


def listed(
    connection: sqlite3.Connection, asks: Condition, order: Order, most: int = -1
) -> Iterator[int]:
    """Yield the ids of the papers that meet a condition, at most so many, in order."""
    return _ids(connection, "paper", asks, order.sql, most)


def walked(
    connection: sqlite3.Connection,
    asks: Condition,
    order: Order,
    most: int = -1,
    *,
    backwards: bool = False,
) -> Iterator[int]:
    """Yield these ids, at most so many, looking at one paper after the other in that order.

    That is soon done, unless only few papers meet the condition. `backwards`, the last one comes
    first.
    """
    walk = order.walk
    by = ", ".join(map(_turned, walk.order) if backwards else walk.order)
    if not walk.column:
        yield from _ids(connection, walk.tables, asks, by, most)
        return
    values = connection.execute(walk.values).fetchall()
    for (value,) in reversed(values) if backwards else values:
        of_it = Condition(f"paper.{walk.column} IS ? AND ({asks.sql})", (value, *asks.parameters))
        for paper in _ids(connection, walk.tables, of_it, by, most):
            yield paper
            most -= 1
        if not most:
            return


def by_beginnings(
    connection: sqlite3.Connection, asks: Condition, direction: str
) -> Iterator[tuple[str, int]]:
    """Yield beginnings of titles, in this direction, and the papers: as fast as an index is read.

    Of a paper, the condition may know its id.
    """
    beginning = _BEGINNING.format("paper")
    sql = f"SELECT {beginning}, paper.id FROM {_TITLES.format('paper')} WHERE {asks.sql} ORDER BY {beginning}{direction}"  # noqa: S608, E501 (our SQL; what the user wrote is bound)
    yield from connection.execute(sql, asks.parameters)


def _turned(term: str) -> str:
    is_descending = term.endswith(_DESCENDING)
    return term.removesuffix(_DESCENDING) if is_descending else f"{term}{_DESCENDING}"


def _ids(
    connection: sqlite3.Connection, tables: str, asks: Condition, order: str, most: int
) -> Iterator[int]:
    sql = f"SELECT paper.id FROM {tables} WHERE {asks.sql} ORDER BY {order} LIMIT ?"  # noqa: S608 (our SQL; what the user wrote is bound)
    for (paper,) in connection.execute(sql, (*asks.parameters, most)):
        yield paper


def in_order(connection: sqlite3.Connection, ids: Sequence[int], order: Order) -> array[int]:
    """These papers in order."""
    among = Condition("paper.id IN (SELECT value FROM json_each(?))", (json.dumps(list(ids)),))
    return array("q", listed(connection, among, order))
