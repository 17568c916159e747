"""All pictures on a page of any width."""

from __future__ import annotations

from typing import Final

from readinglist.charts import bars
from readinglist.charts.bars import Cut
from readinglist.charts.calendar import calendar
from readinglist.charts.drawing import BLOCKS, Line, Signs, beside
from readinglist.charts.trends import trends
from readinglist.library.statistics.figures import Statistics

OPEN: Final = 9
"""How many of the open papers are shown: as many as there are digits to choose them by."""
_TWO_COLUMNS: Final = 100  # cells
_GAP: Final = 4
_EMPTY: Line = ()


def page(figures: Statistics, width: int, cut: Cut, signs: Signs = BLOCKS) -> list[Line]:
    """The calendar, and under it the other pictures, two beside each other where there is room."""
    pictures = [calendar(figures, width, signs)]
    if width < _TWO_COLUMNS:
        pictures += [
            trends(figures, width, signs),
            bars.opened(figures, width, cut, OPEN),
            bars.waits(figures, width, signs),
            bars.tags(figures, width, signs, cut),
        ]
    else:
        half = (width - _GAP) // 2
        left = trends(figures, half, signs), bars.waits(figures, half, signs)
        right = bars.tags(figures, half, signs, cut), bars.opened(figures, half, cut, OPEN)
        pictures += [beside(*pair, half + _GAP) for pair in zip(left, right, strict=True)]
    lines: list[Line] = []
    for picture in pictures:
        lines += [_EMPTY, *picture] if lines else picture
    return lines
