"""One line of the paper list: cursor and selection, then the columns in the order that is set."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from readinglist.records import Row, Status
from readinglist.tui.looks import glyphs
from readinglist.tui.looks.cells import cut, fill, one_line, split

_ROOM_FOR_FACTS = 48  # cells; a narrower list shows only what `_ALWAYS` has
_ALWAYS = ("status", "star", "title")
_FRONT = 2  # cells for the cursor and the selection

_Piece = list[Segment] | None

Marks = Callable[[str], Sequence[tuple[int, int]]]
"""Where in a text the words stand that were looked for."""


class Look(NamedTuple):
    """How a line looks: its own style, and that of each part by name; titles may `wrap`."""

    base: Style
    ink: Callable[[str], Style]
    is_cursor: bool
    is_chosen: bool
    marks: Marks
    colours: Mapping[str, str]
    """The colours of the tags that have one."""
    wrap: bool = False


class Column(NamedTuple):
    """One thing that is shown of a paper; `width` is a share of the list's or cells."""

    text: Callable[[Row], str]
    width: Callable[[int], int]
    ink: Callable[[Row], str]
    right: bool = False


def _cells(width: int) -> Callable[[int], int]:
    return lambda _: width


def _inked(name: str) -> Callable[[Row], str]:
    return lambda _: name


# Beside the title, which takes all the room that the others leave, and the tags in their colours.
COLUMNS: Final[Mapping[str, Column]] = {
    "status": Column(lambda row: glyphs.STATUS[row.status], _cells(1), lambda row: row.status),
    "star": Column(lambda row: glyphs.STAR if row.starred else "", _cells(1), _inked("star")),
    "note": Column(lambda row: glyphs.NOTE if row.has_note else "", _cells(1), _inked("muted")),
    "year": Column(lambda row: str(row.year or ""), _cells(4), _inked("muted"), right=True),
    "seen": Column(
        lambda row: f"{row.seen}×" if row.seen > 1 else "", _cells(3), _inked("muted"), right=True
    ),
    "added": Column(lambda row: row.added[:10], _cells(10), _inked("muted")),
    "key": Column(lambda row: one_line(row.key), lambda w: min(28, w // 4), _inked("muted")),
}


def painted(row: Row, width: int, columns: Sequence[str], look: Look) -> list[Segment]:
    """The line of a paper, in `width` cells."""
    pieces = _pieces(row, width, columns, look)
    room = _room(pieces, width)
    line = [
        Segment(glyphs.CURSOR if look.is_cursor else " ", look.ink("bar")),
        Segment(glyphs.CHOSEN if look.is_chosen else " ", look.ink("chosen")),
    ]
    for piece in pieces:
        line += _title(row, room, look) if piece is None else piece
    return line


def painted_below(row: Row, width: int, columns: Sequence[str], look: Look) -> list[Segment]:
    """What has no room on the first line of a title, on all of the line under it."""
    pieces = _pieces(row, width, columns, look)
    if None not in pieces:
        return []
    indent = _FRONT + _taken(pieces[: pieces.index(None)])
    bar = Segment(glyphs.CURSOR if look.is_cursor else " ", look.ink("bar"))
    title = one_line(row.title)
    rest = split(title, _room(pieces, width))[1]
    shown = _marked(row, rest, len(title) - len(rest), max(0, width - indent - 1), look)
    return [bar, Segment(" " * (indent - 1), look.base), *shown]


def _pieces(row: Row, width: int, columns: Sequence[str], look: Look) -> list[_Piece]:
    """Each column with the gap that belongs to it; None is where the title goes."""
    shown = [name for name in columns if width >= _ROOM_FOR_FACTS or name in _ALWAYS]
    pieces: list[_Piece] = []
    gap = Segment(" ", look.base)
    for name in shown:
        if name == "title":
            pieces.append(None)
        elif name == "tags" and pieces and pieces[-1] is None:
            tags = _tags(row, width // 4, look)
            pieces.append([gap, gap, *tags] if tags else [])  # the title has the rest of their room
        elif name == "tags":
            tags = _tags(row, width // 4, look)
            rest = Segment(" " * (width // 4 - _taken([tags])), look.base)
            pieces.append(_parted([*tags, rest], gap, after=None in pieces))
        else:
            column = COLUMNS[name]
            cell = Segment(_fitted(column, row, column.width(width)), look.ink(column.ink(row)))
            if name == "seen" and None in pieces:
                pieces.append([cell])  # its number nearly always has a space before it
            else:
                pieces.append(_parted([cell], gap, after=None in pieces))
    return pieces


def _parted(cell: list[Segment], gap: Segment, *, after: bool) -> list[Segment]:
    """A column with a space between it and the title, which it stands before or `after`."""
    return [gap, *cell] if after else [*cell, gap]


def _fitted(column: Column, row: Row, width: int) -> str:
    text = cut(column.text(row), width)
    return text.rjust(width) if column.right else fill(text, width)


def _taken(pieces: Sequence[_Piece]) -> int:
    return sum(cell_len(segment.text) for piece in pieces if piece for segment in piece)


def _room(pieces: Sequence[_Piece], width: int) -> int:
    """Cells for the title; the last one of the line stays free."""
    return max(0, width - _FRONT - _taken(pieces) - 1)


def _tags(row: Row, room: int, look: Look) -> list[Segment]:
    """As many tags as fit into so many cells, each in its colour, and how many more there are."""
    names = [one_line(tag) for tag in row.tags]
    kept = max(1, _whole(names, room))
    more = f"+{len(names) - kept}" if kept < len(names) else ""
    longest = room - len(more) - bool(more)  # of the first, when not even that one fits
    pieces = []
    for tag, name in zip(row.tags, names[:kept], strict=False):
        colour = look.colours.get(tag)
        pieces.append(Segment(cut(name, longest), look.ink(f"tag-{colour}" if colour else "tag")))
    pieces += [Segment(more, look.ink("muted"))] if more else []
    gap = Segment(" ", look.base)
    return [part for piece in pieces for part in (gap, piece)][1:]


def _whole(names: Sequence[str], room: int) -> int:
    """How many of the first names fit with spaces between, and a number behind if more follow."""
    kept = taken = 0
    for number, name in enumerate(names, start=1):
        taken += cell_len(name) + (number > 1)
        rest = len(names) - number
        if taken + (len(f" +{rest}") if rest else 0) <= room:
            kept = number
    return kept


def _title(row: Row, room: int, look: Look) -> Iterator[Segment]:
    title = one_line(row.title)
    return _marked(row, split(title, room)[0] if look.wrap else title, 0, room, look)


def _marked(row: Row, text: str, start: int, room: int, look: Look) -> Iterator[Segment]:
    """The title from a character on, in exactly `room` cells, with what matched marked."""
    base = look.ink("muted") if row.status is Status.SKIPPED else look.base
    match = look.ink("match")
    shown = cut(text, room)
    done, kept = 0, len(shown) - (shown != text)
    for begin, end in look.marks(one_line(row.title)):
        left, right = max(begin - start, done), min(end - start, kept)
        if left < right:
            yield Segment(shown[done:left], base)
            yield Segment(shown[left:right], match)
            done = right
    yield Segment(shown[done:] + " " * max(0, room - cell_len(shown)), base)
