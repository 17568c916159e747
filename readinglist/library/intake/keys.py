"""The citation keys that documents bring, and whose they become."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from typing import Final

from readinglist.citekeys import kept
from readinglist.library.intake.meeting import Known
from readinglist.library.intake.naming import Holder, holders, waiting
from readinglist.library.intake.newcomers import busy, seats
from readinglist.library.intake.preparing import Prepared
from readinglist.records import Problem, Record

_REFUSED: Final = "has the citation key of another paper, which keeps it"


class Keys:
    """Who gets which key, while some records of a document meet their papers.

    A key that a record brings goes before one that a paper chose by itself, but not before one
    that was handed out. `displaced` are the papers that have to find another key then, and `moved`
    those that have one already; `aliases` are further keys with their papers; `refused` tells of
    the records that could not keep theirs.
    """

    def __init__(self, connection: sqlite3.Connection, records: Sequence[Prepared]) -> None:
        self._brought = {
            key.lower() for each in records if each.users for key in _brought_by(each.record)
        }
        self._holders = holders(connection, self._brought) if self._brought else {}
        known = busy(connection, (each.choice for each in records if each.choice))
        crowded = ((each.choice, each.identity) for each in records if each.choice in known)
        self._seats = seats(connection, known, crowded) if known else {}
        self._busy = {*known}
        self.displaced: list[int] = []
        self.moved: dict[int, str] = {}
        self.aliases: dict[str, int] = {}
        self.refused: list[Problem] = []

    def of_new(self, paper: Known, prepared: Prepared) -> str:
        """The key of a new paper; it is still to be found if others may want the same."""
        if prepared.users:
            self.bring(paper, prepared.record)
            if paper.key is not None:
                return paper.key
        choice = prepared.choice
        if choice in self._brought:
            return waiting(paper.id)
        if choice in self._busy:
            return self._seat(prepared) or waiting(paper.id)
        self._busy.add(choice)
        return choice

    def _seat(self, prepared: Prepared) -> str:
        """The key of a paper beside another that has chosen the same; "" if there is none yet."""
        seat = self._seats.get((prepared.choice, prepared.identity))
        if seat is None:
            return ""
        given = [seat.key] if seat.other in self.moved else seat.keys
        if not (self._busy.isdisjoint(given) and self._brought.isdisjoint(given)):
            return ""
        self._busy.update(given)
        if seat.others:
            self.moved[seat.other] = seat.others
        return seat.key

    def bring(self, paper: Known, record: Record) -> bool:
        """Give a paper the keys that a record brings; whether the first is now its own.

        If it has one that was handed out already, it will be found by the others too.
        """
        took = False
        for key in _brought_by(record):
            holder = self._holders.get(key.lower())
            if holder is not None and holder.firm and holder.leads_to != paper.id:
                if key == record.key or not key.isascii():
                    self.refused.append(Problem(record.line, _REFUSED, key))
            elif key == record.key and paper.key is None:
                took = True
                paper.key = key
                self._give(key, paper, holder, Holder(paper.id, paper.id, firm=True))
            elif holder is None or not holder.firm:
                self.aliases[key] = paper.id
                self._give(key, paper, holder, Holder(None, paper.id, firm=True))
        return took

    def _give(self, key: str, paper: Known, before: Holder | None, after: Holder) -> None:
        if before is not None and before.paper not in (None, paper.id):
            self.displaced.append(before.paper or 0)
        self._holders[key.lower()] = after


def _brought_by(record: Record) -> Iterator[str]:
    """The keys of a record, its own first."""
    key, aliases = kept(record.key or "", record.aliases)
    yield from (*([key] if key else ()), *aliases)
