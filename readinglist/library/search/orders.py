"""The orders that a list can have, as SQL over `paper`."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Sequence
from typing import Final

from readinglist.library.query.conditions import Condition
from readinglist.records import Sort, Status

_PLACE: Final = "paper.document_id DESC, paper.position"
_PLACE_REVERSED: Final = "paper.document_id, paper.position DESC"
_TITLE: Final = "(SELECT title FROM paper_text WHERE rowid = paper.id)"
_STATUS: Final = "CASE paper.status {} END".format(
    " ".join(f"WHEN '{status}' THEN {number}" for number, status in enumerate(Status))
)
# Each order as it is naturally and reversed; ties always fall to the place in the list.
_ORDERS: Final[dict[Sort, tuple[str, str]]] = {
    Sort.RELEVANCE: (_PLACE, _PLACE_REVERSED),
    Sort.ADDED: (f"paper.added DESC, {_PLACE}", f"paper.added, {_PLACE_REVERSED}"),
    Sort.TITLE: (f"{_TITLE}, {_PLACE}", f"{_TITLE} DESC, {_PLACE}"),
    Sort.YEAR: (
        f"paper.year IS NULL, paper.year DESC, {_PLACE}",
        f"paper.year IS NULL, paper.year, {_PLACE}",
    ),
    Sort.STATUS: (f"{_STATUS}, {_PLACE}", f"{_STATUS} DESC, {_PLACE}"),
    Sort.KEY: (
        f"paper.key COLLATE NOCASE, {_PLACE}",
        f"paper.key COLLATE NOCASE DESC, {_PLACE}",
    ),
}


def order_of(sort: Sort | None, reverse: bool) -> str:
    """What stands after ORDER BY."""
    return _ORDERS[sort or Sort.RELEVANCE][reverse]


def is_by_place(order: str) -> bool:
    """Whether an order is that in which an index has the papers, or its reverse."""
    return order in _ORDERS[Sort.RELEVANCE]


def listed(
    connection: sqlite3.Connection,
    asks: Condition,
    order: str,
    most: int = -1,
    *,
    walking: bool = False,
) -> array[int]:
    """The ids of the papers that meet a condition, at most so many, in order.

    `walking` looks at one paper after the other in that order, which must be by place.
    """
    papers = "paper INDEXED BY paper_place" if walking else "paper"
    rows = connection.execute(
        # A condition's SQL and an order's are ours, and what the user wrote is bound.
        f"SELECT id FROM {papers} WHERE {asks.sql} ORDER BY {order} LIMIT ?",  # noqa: S608 (our SQL; its values are bound)
        (*asks.parameters, most),
    )
    return array("q", (row[0] for row in rows))


def in_order(connection: sqlite3.Connection, ids: Sequence[int], order: str) -> array[int]:
    """These papers in order."""
    among = Condition("id IN (SELECT value FROM json_each(?))", (json.dumps(list(ids)),))
    return listed(connection, among, order)
