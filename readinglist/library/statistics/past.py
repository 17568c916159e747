"""What the journal and the papers tell of the past, read from the library with plain sqlite3."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Final, NamedTuple

from readinglist.records import Status

# What undo took back did not happen. A merge gives a paper the status of another: nobody read it.
_MOVES: Final = """
SELECT change.made, edit.paper_id, edit.field, edit.before, edit.after, EXISTS (
    SELECT 1 FROM edit AS merge WHERE merge.change_id = change.id AND merge.field = 'merged_into')
FROM edit JOIN change ON change.id = edit.change_id
WHERE edit.field IN ('status', 'trashed') AND change.state = 'done'
ORDER BY change.id, edit.paper_id, edit.field
"""
_MOVED: Final = "SELECT paper_id FROM edit WHERE field IN ('status', 'trashed')"
_MOVERS: Final = f"SELECT id, added, status FROM paper WHERE id IN ({_MOVED})"  # noqa: S608 (constants of ours)
_OTHERS: Final = f"""
SELECT added, status, count(*) FROM paper
WHERE trashed IS NULL AND id NOT IN ({_MOVED}) GROUP BY added, status
"""  # noqa: S608 (constants of ours)


_NOTHING: Final = "null"


class Move(NamedTuple):
    """A paper was given a status in place of another, or went into the trash or out of it.

    Then both statuses are None. `day` is that of the local calendar.
    """

    made: str
    day: date
    paper: int
    before: Status | None
    status: Status | None
    trashed: bool
    merging: bool


class Arrival(NamedTuple):
    """So many papers came at once with a status; `paper` if it is one that has moved since."""

    added: str
    status: Status
    papers: int
    paper: int | None = None


def moves(connection: sqlite3.Connection) -> Iterator[Move]:
    """Yield what has moved papers and was not undone, oldest first."""
    for made, paper, field, before, after, merging in connection.execute(_MOVES):
        day = local_day(made)
        if field == "status":
            yield Move(made, day, paper, _status(before), _status(after), False, bool(merging))
        else:
            yield Move(made, day, paper, None, None, after != _NOTHING, bool(merging))


def arrivals(connection: sqlite3.Connection, moved: Iterable[Move]) -> Iterator[Arrival]:
    """Yield when papers came, and with what status; those that have moved by their number."""
    for added, status, papers in connection.execute(_OTHERS):
        yield Arrival(added, _status(json.dumps(status)), papers)
    first: dict[int, Status] = {}
    for move in moved:
        if move.before is not None:
            first.setdefault(move.paper, move.before)
    for paper, added, status in connection.execute(_MOVERS):
        yield Arrival(added, first.get(paper) or _status(json.dumps(status)), 1, paper)


@lru_cache(maxsize=64)
def _status(text: str) -> Status:
    """The status that JSON text says; no other text stands there, unless it is damaged."""
    try:
        return Status(json.loads(text))
    except ValueError:
        raise sqlite3.DatabaseError("malformed row") from None


def moment(time: str) -> datetime:
    """A time of the library; one that is none, in a damaged library, is the beginning of all."""
    try:
        found = datetime.fromisoformat(time)
    except ValueError:
        return datetime(1, 1, 1, tzinfo=UTC)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def local_day(time: str) -> date:
    """The day of the local calendar that a time of the library falls on."""
    return _day_of_minute(time[:16], time[-6:])


def look_at_the_clock_again() -> None:
    """The zone may be another one since days were last reckoned."""
    _day_of_minute.cache_clear()


@lru_cache(maxsize=65536)
def _day_of_minute(minute: str, offset: str) -> date:
    """Zones differ by whole minutes, and a day has few minutes in which papers move."""
    found = moment(f"{minute}{offset}")
    try:
        return found.astimezone().date()
    except (ValueError, OverflowError):  # at either end of the calendar
        return found.date()
