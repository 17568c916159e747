"""The whole library in an order: what shows before anything is asked of it.

The query language takes as long to import as Python takes to start, so this stands beside it.
"""

from __future__ import annotations

import sqlite3
from array import array
from typing import TYPE_CHECKING, Final

from readinglist.library.query.fields import PRESENT
from readinglist.library.search.orders import order_of, walked
from readinglist.library.search.results import Ends, Others, Results
from readinglist.library.storage.database import explained
from readinglist.records import Sort

if TYPE_CHECKING:
    from readinglist.library.search.gathering import Gathered

# So much of a long list is enough for what shows at first.
_FIRST: Final = 500
_COUNT: Final = """SELECT (SELECT count(*) FROM paper)
    - (SELECT count(*) FROM paper WHERE trashed IS NOT NULL)"""


@explained
def everything(connection: sqlite3.Connection, sort: Sort | None, reverse: bool) -> Results:
    """The papers that are not in the trash, the first of them when they are many."""
    order = order_of(sort, reverse)
    ids = array("q", walked(connection, PRESENT, order, _FIRST + 1))
    if len(ids) <= _FIRST:
        return Results(connection, ids)

    @explained
    def ends() -> Ends:
        (count,) = connection.execute(_COUNT).fetchone()
        last = array("q", walked(connection, PRESENT, order, _FIRST, backwards=True))
        return Ends(count, last[::-1])

    @explained
    def others() -> Gathered:
        from readinglist.library.search import gathering  # the first rows do not wait for it

        return gathering.everything(connection, PRESENT, order)

    return Results(connection, ids[:_FIRST], others=Others(others, ends))
