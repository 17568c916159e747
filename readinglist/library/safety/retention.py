"""Which backups are worth keeping: many of today, fewer of the past."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from datetime import datetime, timedelta
from typing import Final

# The newest of each such span is kept for so long; for ever where there is no limit.
_RULES: Final[tuple[tuple[Callable[[datetime], Hashable], timedelta | None], ...]] = (
    (lambda time: time, timedelta(days=1)),
    (lambda time: time.date(), timedelta(days=7)),
    (lambda time: time.isocalendar()[:2], timedelta(weeks=5)),
    (lambda time: (time.year, time.month), None),
)


def kept(times: Iterable[datetime], now: datetime) -> set[datetime]:
    """Those of the backups made at `times` that are kept at `now`.

    All of the last day, the newest of each day for a week, of each week for five weeks, of each
    month for ever. A time that is still to come was noted while the clock was wrong: it is kept.
    """
    ordered = sorted(times)
    keep: set[datetime] = set()
    for span, limit in _RULES:
        newest = {span(time): time for time in ordered}
        keep |= {time for time in newest.values() if limit is None or now - time < limit}
    return keep
