"""The citation keys that new papers get at once, where that concerns one other paper at most."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from readinglist.citekeys import forms
from readinglist.library.intake.naming import LIKE

_FIRST: Final = f"""
SELECT wish.value, paper.id, paper.key, key_pinned, identity, merged_into IS NOT NULL
FROM json_each(?) AS wish JOIN paper ON paper.id = (
    SELECT id FROM paper WHERE {LIKE} ORDER BY key COLLATE NOCASE LIMIT 1)
"""  # noqa: S608 (nothing in it comes from outside)
_FORMER: Final = """
SELECT lower(key) FROM alias WHERE key COLLATE NOCASE IN (SELECT value FROM json_each(?))
"""
# A longer form goes on with digits of base 16, or a dash and a number.
_BEGINNING: Final = """
SELECT value FROM json_each(?) AS wish WHERE EXISTS (
    SELECT 1 FROM paper
    WHERE key COLLATE NOCASE >= wish.value AND key COLLATE NOCASE < wish.value || 'g')
"""


class Neighbour(NamedTuple):
    """A paper that has a choice as its key, or else the first of those with a longer form of it."""

    id: int
    key: str
    firm: bool
    identity: str
    merged: bool

    def stays(self, choice: str) -> bool:
        """Whether nothing changes for any paper there when one more chooses the same."""
        if self.key.lower() == choice:
            return self.firm
        return not self.merged and self.key.lower() in forms(choice, self.identity)[1:]

    def gives_way(self, choice: str) -> bool:
        """Whether only this one changes: it has the choice alone, and not as a longer form."""
        mine = forms("", self.identity)[1]
        return self.key == choice and mine not in choice and not self.firm and not self.merged


Newcomer = tuple[str, str]
"""A new paper's choice and its identity."""


class Seat(NamedTuple):
    """The key of a new paper; the other one gets a longer form of its own, if that is not empty."""

    key: str
    other: int
    others: str = ""

    @property
    def keys(self) -> list[str]:
        """Every key that this gives to a paper."""
        return [self.key, self.others] if self.others else [self.key]


def busy(connection: sqlite3.Connection, choices: Iterable[str]) -> dict[str, Neighbour | None]:
    """Those of these choices that a paper has, perhaps in a longer form, or had at some time."""
    wishes = json.dumps([*dict.fromkeys(choices)])
    found: dict[str, Neighbour | None] = {
        choice: None for (choice,) in connection.execute(_FORMER, [wishes])
    }
    for choice, number, key, firm, identity, merged in connection.execute(_FIRST, [wishes]):
        found[choice] = Neighbour(number, key, bool(firm), identity, bool(merged))
    return found


def seats(
    connection: sqlite3.Connection,
    known: Mapping[str, Neighbour | None],
    papers: Iterable[Newcomer],
) -> dict[Newcomer, Seat]:
    """Where new papers find room beside others that have chosen the same.

    Left out is who has to wait until all others are in, for `naming.settle` to find the keys of
    all that chose the same.
    """
    found = {
        (choice, identity): seat
        for choice, identity in papers
        if (other := known.get(choice)) and (seat := _beside(other, choice, identity))
    }
    wanted = Counter(seat.key for seat in found.values())
    wanted.update({seat.others for seat in found.values()})
    held = _held(connection, wanted)
    return {
        paper: seat
        for paper, seat in found.items()
        if all(wanted[key] == 1 and key not in held for key in seat.keys)
    }


def _beside(other: Neighbour, choice: str, identity: str) -> Seat | None:
    mine, others = (forms(choice, each)[1] for each in (identity, other.identity))
    if mine == others:
        return None
    if other.gives_way(choice):
        return Seat(mine, other.id, others)
    return Seat(mine, other.id) if other.stays(choice) else None


def _held(connection: sqlite3.Connection, keys: Iterable[str]) -> set[str]:
    """Those of these keys that are there, or that longer ones begin with."""
    wishes = json.dumps([*keys])
    return {
        row[0] for query in (_BEGINNING, _FORMER) for row in connection.execute(query, [wishes])
    }
