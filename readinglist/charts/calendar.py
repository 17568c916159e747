"""A calendar of a year, a column for each week, darker where more papers were finished."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from math import ceil
from typing import Final

from readinglist.charts.drawing import Line, Signs, heading
from readinglist.library.statistics.figures import Statistics

_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov",
                  "Dec")  # fmt: skip
_DAYS: Final = ("Mon", "", "Wed", "", "Fri", "", "Sun")
_LABEL: Final = 4  # cells
_WEEKS: Final = 53
_TONE: Final = "read"


def calendar(figures: Statistics, width: int, signs: Signs) -> list[Line]:
    """The papers finished on each day of the last year, or of the weeks there is room for."""
    step = 2 if width >= _LABEL + 2 * _WEEKS else 1
    weeks = max(1, min(_WEEKS, (width - _LABEL) // step))
    monday = figures.today - timedelta(days=figures.today.weekday())
    first = monday - timedelta(weeks=weeks - 1)
    levels = _Levels(figures.finished, first, len(signs.shades) - 1)
    lines = [heading("Papers finished"), _months(first, weeks, step)]
    for weekday, name in enumerate(_DAYS):
        days = [first + timedelta(weeks=week, days=weekday) for week in range(weeks)]
        shades = [" " if day > figures.today else signs.shades[levels.of(day)] for day in days]
        cells = [shade.ljust(step) for shade in shades]
        lines.append(((f"{name:{_LABEL}}", "quiet"), *_toned(cells, signs.shades[0])))
    return [*lines, levels.legend(signs), _summary(figures, width)]


def _toned(cells: list[str], none: str) -> Iterator[tuple[str, str]]:
    for cell in cells:
        yield cell, "quiet" if cell[0] in (none, " ") else _TONE


def _months(first: date, weeks: int, step: int) -> Line:
    """The names of the months over the weeks in which they begin, where there is room."""
    text = ""
    for week in range(weeks):
        monday = first + timedelta(weeks=week)
        begins = [day for day in _week(monday) if day.day == 1]
        place = week * step
        if begins and len(text) <= place and place + len(_MONTHS[0]) <= weeks * step:
            text = f"{text:{place}}{_MONTHS[begins[0].month - 1]} "
    return (" " * _LABEL, ""), (text, "quiet")


def _week(monday: date) -> list[date]:
    return [monday + timedelta(days=day) for day in range(7)]


class _Levels:
    """How dark a day is: equal steps up to the day on which most was finished."""

    def __init__(self, finished: Mapping[date, int], since: date, steps: int) -> None:
        self._finished = finished
        self._most = max((n for day, n in finished.items() if day >= since), default=0)
        self._steps = steps

    def of(self, day: date) -> int:
        """The level of a day, 0 if nothing was finished."""
        number = self._finished.get(day, 0)
        return 0 if not number else self._level(number)

    def _level(self, number: int) -> int:
        return min(self._steps, ceil(number * self._steps / self._most))

    def legend(self, signs: Signs) -> Line:
        """What each shade means."""
        pieces = [(f"{signs.shades[0]} none", "quiet")]
        numbers = range(1, self._most + 1)
        for level in range(1, self._steps + 1):
            if meant := [n for n in numbers if self._level(n) == level]:
                span = str(meant[0]) if len(meant) == 1 else f"{meant[0]}-{meant[-1]}"
                pieces += [(f"  {signs.shades[level]}", _TONE), (f" {span}", "quiet")]
        return tuple(pieces)


def _summary(figures: Statistics, width: int) -> Line:
    """How many lately; the shortest span goes first where there is no room for all."""
    spans = (("in 7 days", 7), ("in 30 days", 30), ("in a year", 365))
    told = [f"{figures.finished_within(days):,} {name}" for name, days in spans]
    told.append(f"{sum(figures.finished.values()):,} ever")
    while len(", ".join(told)) > width:
        told.pop(0)
    return ((", ".join(told), ""),)
