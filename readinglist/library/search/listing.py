"""The whole library in an order: what shows before anything is asked of it.

The query language takes as long to import as Python takes to start, so this stands beside it.
"""

from __future__ import annotations

import sqlite3
from array import array
from typing import Final

from readinglist.library.query.fields import PRESENT
from readinglist.library.search.orders import order_of, walked
from readinglist.library.search.results import Results
from readinglist.library.storage.database import explained
from readinglist.records import Sort

# So much of a long list is enough for what shows at first.
_FIRST: Final = 500


@explained
def everything(connection: sqlite3.Connection, sort: Sort | None, reverse: bool) -> Results:
    """The papers that are not in the trash, the first of them when they are many."""
    order = order_of(sort, reverse)
    ids = array("q", walked(connection, PRESENT, order, _FIRST + 1))
    if len(ids) <= _FIRST:
        return Results(connection, ids)

    @explained
    def others() -> array[int]:
        return array("q", walked(connection, PRESENT, order))

    return Results(connection, ids[:_FIRST], others=others)
