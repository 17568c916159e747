"""Papers in an order that words have no part in: met on the way down the list, or looked up."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from readinglist.library.query.conditions import Condition, combined
from readinglist.library.search import gathering
from readinglist.library.search.gathering import Gathered
from readinglist.library.search.orders import Order, listed, walked
from readinglist.library.search.planning import WHOLE, Planner
from readinglist.library.search.reach import Reach, interruptible
from readinglist.library.search.results import Ends, Others, Results, no_ends
from readinglist.library.search.stand_ins import StandIns
from readinglist.library.search.understanding import Understanding
from readinglist.library.search.vocabulary import Vocabulary
from readinglist.library.storage.database import explained

# So much of a long list is enough for what shows at first.
_FIRST: Final = 500
# For so many seconds, papers are looked for on the way down the list.
_WALK: Final = 0.02
# For so many seconds they are counted before all of them are found.
_COUNT: Final = 0.3


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
        ends = partial(self._ends, on_the_way) if complete else no_ends
        others = Others(self._all, ends)
        return Results(self.connection, ids[:_FIRST], self.asked.demands, others=others)

    @explained
    @interruptible
    def _all(self) -> Gathered:
        return gathering.matching(self.connection, self._asks(), self.order)

    @explained
    @interruptible
    def _ends(self, on_the_way: Condition) -> Ends | None:
        """How many papers there are and the last of them, if a moment is enough to know it."""
        asks, counting = self._asks(), Reach(self.connection, _COUNT)
        sql = f"SELECT count(*) FROM paper WHERE {asks.sql}"  # noqa: S608 (our SQL; what the user wrote is bound)
        counted = counting.find(Condition(sql, asks.parameters))
        met = Reach(self.connection, _WALK)
        last = met.take(walked(self.connection, on_the_way, self.order, _FIRST, backwards=True))
        if counting.fell_short or met.fell_short:
            return None
        return Ends(counted[0], last[::-1])

    def _asks(self, stand_ins: StandIns | None = None, *, walking: bool = False) -> Condition:
        return combined("OR", map(partial(self._asked_of, stand_ins, walking), self.indexes))

    def _asked_of(self, stand_ins: StandIns | None, walking: bool, index: str) -> Condition:
        planner: Planner = self.asked.planner(index, stand_ins=stand_ins)
        if walking:
            planner = replace(planner, reading=True, walking=True)
        return planner.condition(self.asked.tree)
