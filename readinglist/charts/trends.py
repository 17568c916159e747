"""How many papers came, and how many of each status there were, from the first day to now."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from readinglist.charts.drawing import Line, Signs, heading
from readinglist.library.statistics.figures import Day, Statistics
from readinglist.records import Status

_NAME, _COUNT = 9, 10  # cells; a million has a space before it
_WIDEST: Final = 60
# A column is the shortest of these numbers of days with which there is room for all of them.
_SPANS: Final = (1, 2, 7, 14, 28, 91, 182, 365)


def trends(figures: Statistics, width: int, signs: Signs) -> list[Line]:
    """A line for each status, and one for the papers that came."""
    lines = [heading("Papers by status")]
    if not figures.days:
        return [*lines, (("No paper has come yet.", "quiet"),)]
    columns = _columns(figures.days[0].date, figures.today, min(_WIDEST, width - _NAME - _COUNT))
    dates = [day.date for day in figures.days]
    for status in Status:
        values = [_at(figures.days, dates, column, status) for column in columns]
        lines.append(_line(str(status), values, figures.statuses[status], signs, str(status)))
    added = [day.added for day in figures.days]
    sums = [sum(added[: bisect_right(dates, column)]) for column in columns]
    came = [later - before for before, later in zip([0, *sums], sums, strict=False)]
    lines.append(_line("added", came, sums[-1], signs, ""))
    return [*lines, _axis(figures.days[0].date, columns)]


def _columns(first: date, today: date, room: int) -> list[date]:
    """The last day of each column, today in the last one."""
    last = max(first, today)
    days = (last - first).days + 1
    room = max(1, room)
    span = next((span for span in _SPANS if days <= span * room), _SPANS[-1])
    number = min(room, -(-days // span))
    return [last - timedelta(days=span * back) for back in reversed(range(number))]


def _at(days: Sequence[Day], dates: Sequence[date], column: date, status: Status) -> int:
    place = bisect_right(dates, column)
    return days[place - 1].statuses[status] if place else 0


def _line(name: str, values: Sequence[int], now: int, signs: Signs, tone: str) -> Line:
    most = max(values)
    picture = "".join(_height(value, most, signs.heights) for value in values)
    return (f"{name:{_NAME}}", ""), (picture, tone), (f"{now:>{_COUNT},}", "strong")


def _height(value: int, most: int, heights: str) -> str:
    if value <= 0:
        return " "
    return heights[max(0, -(-value * len(heights) // most) - 1)]


def _axis(first: date, columns: Sequence[date]) -> Line:
    """From when to when."""
    start, end = f"{first:%Y-%m-%d}", "now"
    gap = max(1, len(columns) - len(start) - len(end))
    return (" " * _NAME, ""), (f"{start}{' ' * gap}{end}", "quiet")
