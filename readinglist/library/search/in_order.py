"""Papers in an order that words have no part in: met on the way down the list, or looked up."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from readinglist.library.query.conditions import Condition, combined
from readinglist.library.search.orders import Order, listed, walked
from readinglist.library.search.planning import WHOLE, Planner
from readinglist.library.search.reach import Reach, interruptible
from readinglist.library.search.results import Results
from readinglist.library.search.stand_ins import StandIns
from readinglist.library.search.understanding import Understanding
from readinglist.library.search.vocabulary import Vocabulary
from readinglist.library.storage.database import explained

# So much of a long list is enough for what shows at first.
_FIRST: Final = 500
# For so many seconds, papers are looked for on the way down the list.
_WALK: Final = 0.02


@dataclass(frozen=True, slots=True)
class InOrder:
    """Lists what any of these indexes find, in an order; the first of it may come first."""

    connection: sqlite3.Connection
    vocabulary: Vocabulary
    asked: Understanding
    order: Order
    indexes: Sequence[str] = (WHOLE,)

    def first(self, within: float | None) -> Results:
        """The papers at the top; with little time, perhaps only some of them."""
        stand_ins = StandIns(self.vocabulary)
        stood_in = within is not None and stand_ins.are_for(self.asked.demands)
        met = Reach(self.connection, _WALK)
        on_the_way = self._asks(replace(stand_ins, most=1) if stood_in else None, walking=True)
        ids = met.take(walked(self.connection, on_the_way, self.order, _FIRST + 1))
        complete = not stood_in
        if met.fell_short:
            looked_up = Reach(self.connection, within)
            asks = self._asks(stand_ins if stood_in else None)
            found = looked_up.take(listed(self.connection, asks, self.order, _FIRST + 1))
            complete = complete and not looked_up.fell_short
            ids = ids if looked_up.fell_short else found
        if complete and len(ids) <= _FIRST:
            return Results(self.connection, ids, self.asked.demands)
        others = partial(self._all, self._asks())
        return Results(self.connection, ids[:_FIRST], self.asked.demands, others=others)

    @explained
    @interruptible
    def _all(self, asks: Condition) -> array[int]:
        return array("q", listed(self.connection, asks, self.order))

    def _asks(self, stand_ins: StandIns | None = None, *, walking: bool = False) -> Condition:
        return combined("OR", map(partial(self._asked_of, stand_ins, walking), self.indexes))

    def _asked_of(self, stand_ins: StandIns | None, walking: bool, index: str) -> Condition:
        planner: Planner = self.asked.planner(index, stand_ins=stand_ins)
        if walking:
            planner = replace(planner, reading=True, walking=True)
        return planner.condition(self.asked.tree)
