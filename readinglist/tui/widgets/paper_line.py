"""One line of the paper list: cursor, selection, status, star, title, and the quiet facts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from readinglist.records import Row, Status
from readinglist.tui import glyphs
from readinglist.tui.cells import cut, one_line

_ROOM_FOR_FACTS = 48  # cells; a narrower list shows titles alone
_MARGIN = 6  # cells before the title

Marks = Callable[[str], Sequence[tuple[int, int]]]
"""Where in a text the words stand that were looked for."""


class Look(NamedTuple):
    """How a line looks: its own style, and that of each part by name."""

    base: Style
    ink: Callable[[str], Style]
    is_cursor: bool
    is_chosen: bool
    colours: Mapping[str, str]
    """The colours of the tags that have one."""


def painted(row: Row, width: int, look: Look, marks: Marks) -> list[Segment]:
    """The line of a paper, in exactly `width` cells."""
    facts = _facts(row, width, look) if width >= _ROOM_FOR_FACTS else []
    room = width - _MARGIN - sum(cell_len(segment.text) for segment in facts)
    return [*_margin(row, look), *_title(row, room, look, marks), *facts]


def _margin(row: Row, look: Look) -> list[Segment]:
    return [
        Segment(glyphs.CURSOR if look.is_cursor else " ", look.ink("bar")),
        Segment(glyphs.CHOSEN if look.is_chosen else " ", look.ink("chosen")),
        Segment(glyphs.STATUS[row.status], look.ink(row.status)),
        Segment(" ", look.base),
        Segment(glyphs.STAR if row.starred else " ", look.ink("star")),
        Segment(" ", look.base),
    ]


def _title(row: Row, room: int, look: Look, marks: Marks) -> list[Segment]:
    """The title in exactly `room` cells, cut at its end, with what matched marked."""
    base = look.ink("muted") if row.status is Status.SKIPPED else look.base
    match = look.ink("match")
    title = one_line(row.title)
    shown = cut(title, room)
    kept = len(shown) - (shown != title)
    segments, done = [], 0
    for start, stop in marks(title):
        first, last = max(start, done), min(stop, kept)
        if first < last:
            segments += [Segment(shown[done:first], base), Segment(shown[first:last], match)]
            done = last
    padding = " " * max(0, room - cell_len(shown))
    return [*segments, Segment(shown[done:] + padding, base)]


def _facts(row: Row, width: int, look: Look) -> list[Segment]:
    """Tags, whether there is a note, and in how many documents the paper was seen."""
    seen = f"{row.seen}×" if row.seen > 1 else ""
    note = glyphs.NOTE if row.has_note else " "
    return [
        *_tags(row, width // 4, look),
        Segment(f" {note}{seen:>3} ", look.ink("muted")),
    ]


def _tags(row: Row, room: int, look: Look) -> Iterator[Segment]:
    """The tags, each in its colour, in no more than so many cells."""
    shown = cut(" ".join(map(one_line, row.tags)), room)
    if not shown:
        return
    yield Segment("  ", look.base)
    for tag in row.tags:
        colour = look.colours.get(tag)
        size = len(one_line(tag)) + 1
        yield Segment(shown[:size], look.ink(f"tag-{colour}" if colour else "tag"))
        shown = shown[size:]
