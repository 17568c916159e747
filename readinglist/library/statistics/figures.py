"""The figures of a reading life; days are those of the local calendar."""

from __future__ import annotations

from datetime import date
from typing import Any, Final, NamedTuple

from readinglist.records import Status

STALE: Final = 14
"""Days after which a paper in `reading` has been forgotten there."""


class Day(NamedTuple):
    """A day on which something changed: how many papers came, and how many of each status it left.

    What is in the trash has no status.
    """

    date: date
    added: int
    statuses: dict[Status, int]


class Wait(NamedTuple):
    """How many days papers waited from to-read to read: the quartiles, and each of the waits."""

    first_quartile: float
    median: float
    third_quartile: float
    days: tuple[float, ...]


class TagUse(NamedTuple):
    """A tag, how many papers carry it, and how many of those are read."""

    name: str
    papers: int
    read: int


class Open(NamedTuple):
    """A paper in `reading`, and since when it is."""

    id: int
    key: str
    title: str
    since: str
    days: int

    @property
    def stale(self) -> bool:
        """Whether it may have been forgotten."""
        return self.days >= STALE


class Statistics(NamedTuple):
    """All figures. `reading` has the longest open first, `tags` the most used first."""

    today: date
    finished: dict[date, int]
    days: tuple[Day, ...]
    wait: Wait | None
    tags: tuple[TagUse, ...]
    reading: tuple[Open, ...]

    @property
    def statuses(self) -> dict[Status, int]:
        """How many papers of each status there are now."""
        return self.days[-1].statuses if self.days else dict.fromkeys(Status, 0)

    def finished_within(self, days: int) -> int:
        """How many papers were finished on the last so many days, today included."""
        return sum(n for day, n in self.finished.items() if 0 <= (self.today - day).days < days)

    def to_json(self) -> dict[str, Any]:
        """The figures as the command line's JSON shows them."""
        return {
            "today": self.today.isoformat(),
            "statuses": {str(status): n for status, n in self.statuses.items()},
            "finished": {day.isoformat(): n for day, n in self.finished.items()},
            "over_time": [
                {"date": day.date.isoformat(), "added": day.added}
                | {str(status): n for status, n in day.statuses.items()}
                for day in self.days
            ],
            "to_read_to_read": self.wait and _wait_json(self.wait),
            "tags": [tag._asdict() for tag in self.tags],
            "reading": [
                {
                    "key": paper.key,
                    "title": paper.title,
                    "since": paper.since,
                    "days": paper.days,
                    "stale": paper.stale,
                }
                for paper in self.reading
            ],
        }


def _wait_json(wait: Wait) -> dict[str, Any]:
    return {
        "papers": len(wait.days),
        "first_quartile_days": round(wait.first_quartile, 2),
        "median_days": round(wait.median, 2),
        "third_quartile_days": round(wait.third_quartile, 2),
    }
