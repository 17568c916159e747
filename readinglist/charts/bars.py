"""How long papers waited, the tags most used, and what has been open for long."""

from __future__ import annotations

from collections.abc import Callable
from math import inf
from typing import Final

from readinglist.charts.drawing import Line, Signs, bar, heading
from readinglist.library.statistics.figures import STALE, Statistics
from readinglist.text import clean_line

_NAME, _COUNT = 14, 7  # cells
_WIDEST: Final = 40
_WAITS: Final = (
    ("within a day", 1.0), ("3 days", 3.0), ("a week", 7.0), ("2 weeks", 14.0), ("a month", 30.5),
    ("3 months", 91.5), ("longer", inf),
)  # fmt: skip
# Until so many days, a span is told in this unit.
_UNITS: Final = ((1 / 24, 1 / 1440, "minute"), (2.0, 1 / 24, "hour"), (21.0, 1.0, "day"),
                 (91.0, 7.0, "week"), (730.0, 30.44, "month"), (inf, 365.25, "year"))  # fmt: skip
_TAGS: Final = 8

Cut = Callable[[str, int], str]
"""How a text is cut or filled to so many cells."""


def waits(figures: Statistics, width: int, signs: Signs) -> list[Line]:
    """The waits from to-read to read: the quartiles in words, and a bar for each length."""
    lines = [heading("From to-read to read")]
    if figures.wait is None:
        return [*lines, (("No paper has gone all the way yet.", "quiet"),)]
    wait = figures.wait
    lines.append(
        (
            ("half within ", ""), (span(wait.median), "strong"),
            (f", a quarter within {span(wait.first_quartile)},", ""),
        )
    )  # fmt: skip
    lines.append(((f"three quarters within {span(wait.third_quartile)}", ""),))
    counts, before = [], -1.0
    for _, limit in _WAITS:
        counts.append(sum(before < days <= limit for days in wait.days))
        before = limit
    most, room = max(counts), _room(width)
    for (name, _), count in zip(_WAITS, counts, strict=True):
        lines.append(
            (
                (f"{name:{_NAME}}", "quiet"), (f"{bar(count / most, room, signs):{room}}", "read"),
                (f"{count:>{_COUNT},}", ""),
            )
        )  # fmt: skip
    return lines


def span(days: float) -> str:
    """A length of time in the unit that suits it."""
    unit, name = next((unit, name) for limit, unit, name in _UNITS if days < limit)
    number = max(1, round(days / unit))
    return f"{number} {name}" if number == 1 else f"{number} {name}s"


def tags(figures: Statistics, width: int, signs: Signs, cut: Cut) -> list[Line]:
    """The tags of most papers, each bar with the part that is read."""
    lines = [heading("Tags, and how much of them is read")]
    if not figures.tags:
        return [*lines, (("No paper has a tag yet.", "quiet"),)]
    most, room = figures.tags[0].papers, _room(width)
    for tag in figures.tags[:_TAGS]:
        whole = len(bar(tag.papers / most, room, signs))
        read = min(whole, len(bar(tag.read / most, room, signs)))
        lines.append(
            (
                (cut(clean_line(tag.name), _NAME - 1) + " ", ""),
                (signs.bar * read, "read"), (signs.rest * (whole - read), "quiet"),
                (" " * (room - whole), ""),
                (f"{f'{tag.read:,}/{tag.papers:,}':>{_COUNT}}", ""),
            )
        )  # fmt: skip
    return lines


def opened(figures: Statistics, width: int, cut: Cut, most: int) -> list[Line]:
    """The papers in `reading`, the longest open first, with a mark at those that went stale."""
    stale = sum(paper.stale for paper in figures.reading)
    told = f": {stale:,} for {STALE} days or more" if stale else ""
    lines = [heading(f"Open in reading{told}")]
    if not figures.reading:
        return [*lines, (("Nothing is open: r opens a paper.", "quiet"),)]
    for number, paper in enumerate(figures.reading[:most], 1):
        age = f"{'!' if paper.stale else ' '}{paper.days:>4} d"
        title = cut(clean_line(paper.title), max(8, width - 11))
        tone = "reading" if paper.stale else "quiet"
        lines.append(((f"{number} ", "strong"), (age, tone), (f"  {title}", "")))
    if (hidden := len(figures.reading) - most) > 0:
        lines.append(((f"  and {hidden:,} more", "quiet"),))
    return lines


def _room(width: int) -> int:
    return max(4, min(_WIDEST, width - _NAME - _COUNT))
