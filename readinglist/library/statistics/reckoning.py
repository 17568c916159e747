"""The figures, reckoned by walking over the past once."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from datetime import date, datetime
from statistics import quantiles
from typing import Final

from readinglist.library.statistics import past
from readinglist.library.statistics.figures import Day, Open, Statistics, TagUse, Wait
from readinglist.library.statistics.past import Move, local_day, moment
from readinglist.library.storage.database import explained
from readinglist.records import Status
from readinglist.stopping import with_checkpoints

_TAGS: Final = """
SELECT name, count(*) AS papers, sum(status = 'read') FROM tag
JOIN paper_tag ON tag_id = tag.id JOIN paper ON paper.id = paper_id
WHERE trashed IS NULL GROUP BY tag.id ORDER BY papers DESC, name COLLATE NOCASE LIMIT ?
"""
_READING: Final = "SELECT id, key, title, added FROM paper WHERE status = ? AND trashed IS NULL"
_MOST_TAGS: Final = 20
_SECONDS: Final = 86_400


def this_day() -> date:
    """The day that the local calendar shows."""
    return datetime.now().astimezone().date()


@explained
def statistics(connection: sqlite3.Connection, today: date | None = None) -> Statistics:
    """Reckon all figures as of a day, which is today; `Stopped` once it is asked to stop."""
    past.look_at_the_clock_again()
    today = today or this_day()
    counts, reading = _Counts(), _Readings()
    moves = list(with_checkpoints(past.moves(connection)))
    for arrival in past.arrivals(connection, moves):
        counts.arrive(arrival)
    for move in moves:
        counts.move(move)
        reading.move(move)
    return Statistics(
        today,
        reading.finished(),
        counts.days(),
        reading.wait(),
        tuple(TagUse(*row) for row in connection.execute(_TAGS, [_MOST_TAGS])),
        _open(connection, reading.opened, today),
    )


def _open(connection: sqlite3.Connection, opened: dict[int, str], today: date) -> tuple[Open, ...]:
    found = []
    for paper, key, title, added in connection.execute(_READING, [Status.READING]):
        since = opened.get(paper, added)
        found.append(Open(paper, key, title, since, max(0, (today - local_day(since)).days)))
    return tuple(sorted(found, key=lambda each: (each.since, each.id)))


class _Counts:
    """How many papers of each status there were at the end of each day."""

    def __init__(self) -> None:
        self._added: Counter[date] = Counter()
        self._changed: defaultdict[date, Counter[Status]] = defaultdict(Counter)
        self._status: dict[int, Status] = {}
        self._trashed: set[int] = set()

    def arrive(self, arrival: past.Arrival) -> None:
        """Papers came."""
        day = local_day(arrival.added)
        self._added[day] += arrival.papers
        self._changed[day][arrival.status] += arrival.papers
        if arrival.paper is not None:
            self._status[arrival.paper] = arrival.status

    def move(self, move: Move) -> None:
        """A paper has another status, or none while it is in the trash."""
        if move.paper not in self._status:  # only in a damaged library
            return
        changed = self._changed[move.day]
        if move.paper not in self._trashed:
            changed[self._status[move.paper]] -= 1
        self._trashed.discard(move.paper)
        if move.trashed:
            self._trashed.add(move.paper)
        elif move.status is not None:
            self._status[move.paper] = move.status
        if not move.trashed:
            changed[self._status[move.paper]] += 1

    def days(self) -> tuple[Day, ...]:
        """The days on which something changed, in order."""
        now = dict.fromkeys(Status, 0)
        found = []
        for day in sorted(self._changed):
            now = {status: now[status] + self._changed[day][status] for status in Status}
            found.append(Day(day, self._added[day], now))
        return tuple(found)


class _Readings:
    """Which papers were finished when, how long they had waited, and which are open."""

    def __init__(self) -> None:
        self.opened: dict[int, str] = {}
        self._wanted: dict[int, str] = {}
        self._read: dict[int, tuple[date, float | None, str | None]] = {}
        self._finished: Counter[date] = Counter()
        self._waits: Counter[float] = Counter()

    def move(self, move: Move) -> None:
        """A paper has another status."""
        if move.status is None or move.merging:
            return
        self._leave(move)
        if move.status is Status.READING:
            self.opened[move.paper] = move.made
        elif move.status is Status.TO_READ:
            self._wanted.setdefault(move.paper, move.made)
        elif move.status is Status.READ:
            self._finish(move)
        else:
            self._wanted.pop(move.paper, None)

    def _finish(self, move: Move) -> None:
        wanted = self._wanted.pop(move.paper, None)
        wait = None
        if wanted is not None:
            wait = max(0.0, (moment(move.made) - moment(wanted)).total_seconds() / _SECONDS)
            self._waits[wait] += 1
        self._finished[move.day] += 1
        self._read[move.paper] = move.day, wait, wanted

    def _leave(self, move: Move) -> None:
        """What was read and put back on the same day was a slip."""
        self.opened.pop(move.paper, None)
        day, wait, wanted = self._read.pop(move.paper, (None, None, None))
        if day is None or day != move.day:
            return
        self._finished[day] -= 1
        if wait is not None and wanted is not None:
            self._waits[wait] -= 1
            self._wanted[move.paper] = wanted

    def finished(self) -> dict[date, int]:
        """How many papers were finished on each day on which any was."""
        return {day: count for day, count in sorted(self._finished.items()) if count}

    def wait(self) -> Wait | None:
        """How long the finished papers had waited."""
        days = sorted(self._waits.elements())
        if not days:
            return None
        first, half, third = quantiles(days * (2 if len(days) == 1 else 1), method="inclusive")
        return Wait(first, half, third, tuple(days))
