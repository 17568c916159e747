"""How much room text takes on a terminal, where some characters are two cells wide or none."""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import suppress

_NO_CELL = frozenset({"Mn", "Me", "Cf"})
_TWO_CELLS = frozenset("WF")
_USUAL = 80  # columns of a terminal that does not tell


def columns() -> int:
    """How many cells a line of the terminal has, as `shutil` says after 2 ms of importing."""
    with suppress(ValueError):
        if (told := int(os.environ.get("COLUMNS", ""))) > 0:
            return told
    with suppress(ValueError, OSError):
        if sys.__stdout__ is not None:
            return os.get_terminal_size(sys.__stdout__.fileno()).columns or _USUAL
    return _USUAL


def width(text: str) -> int:
    """Count the cells that `text` takes on one line."""
    return len(text) if text.isascii() else sum(map(_cells, text))


def fit(text: str, room: int) -> str:
    """Cut `text` to `room` cells, the last of them an ellipsis if something is lost."""
    if width(text) <= room:
        return text
    taken, kept = 0, ""
    for character in text:
        taken += _cells(character)
        if taken > room - 1:
            break
        kept += character
    return f"{kept.rstrip()}…" if room > 0 else ""


def pad(text: str, room: int) -> str:
    """Fill `text` up with spaces to `room` cells; what is longer stays."""
    return text + " " * (room - width(text))


def wrap(text: str, room: int) -> Iterator[str]:
    """Break `text` into lines of at most `room` cells, between words where there are any."""
    line = ""
    for word in text.split():
        joined = f"{line} {word}" if line else word
        if width(joined) <= room:
            line = joined
            continue
        if line:
            yield line
        *full, line = _pieces(word, room)
        yield from full
    if line:
        yield line


def _pieces(word: str, room: int) -> Iterator[str]:
    piece, taken = "", 0
    for character in word:
        cells = _cells(character)
        if piece and taken + cells > room:
            yield piece
            piece, taken = "", 0
        piece, taken = piece + character, taken + cells
    yield piece


def _cells(character: str) -> int:
    if unicodedata.category(character) in _NO_CELL:
        return 0
    return 2 if unicodedata.east_asian_width(character) in _TWO_CELLS else 1
