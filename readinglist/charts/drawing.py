"""What pictures are made of: lines of pieces, and the signs to draw with."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Final, NamedTuple

Piece = tuple[str, str]
"""A text, and the name of its tone: `strong`, `quiet`, a status, or nothing."""
Line = tuple[Piece, ...]


class Signs(NamedTuple):
    """The signs of a picture: from none to most, from low to high, a bar and what it lacks."""

    shades: str
    heights: str
    bar: str
    rest: str


BLOCKS: Final = Signs("·░▒▓█", "▁▂▃▄▅▆▇█", "█", "░")
ASCII: Final = Signs(".-+*#", "_.:-=+*#", "#", "-")


def width_of(line: Line) -> int:
    """How many cells a line takes; its letters are single ones."""
    return sum(len(text) for text, _ in line)


def beside(left: Sequence[Line], right: Sequence[Line], width: int) -> list[Line]:
    """Two pictures side by side, the first of them `width` cells wide."""
    return [
        (*one, (" " * (width - width_of(one)), ""), *other)
        for one, other in zip_longest(left, right, fillvalue=())
    ]


def bar(share: float, width: int, signs: Signs) -> str:
    """A bar of so much of the width; anything at all shows."""
    return signs.bar * (max(1, round(share * width)) if share > 0 else 0)


def heading(text: str) -> Line:
    """The line over a picture."""
    return ((text, "strong"),)
