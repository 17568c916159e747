"""Text made ready for a grid of cells: nothing a terminal could obey, no width it could doubt."""

from __future__ import annotations

import re
from functools import lru_cache

from rich.cells import cell_len, set_cell_size

from readinglist import latex
from readinglist.text import clean, clean_line

# Terminals disagree about the width of sequences spelt with these, so a grid shows the parts.
_DOUBTFUL = re.compile("[\u200c\u200d\ufe00-\ufe0f]")


@lru_cache(maxsize=4096)
def one_line(text: str) -> str:
    """The Unicode reading of a title, tag or name, on one line and safe to show."""
    return _DOUBTFUL.sub("", clean_line(latex.to_unicode(text)))


def many_lines(text: str) -> str:
    """The Unicode reading of an abstract, its line breaks kept, safe to show."""
    return plain_lines(latex.to_unicode(text))


def plain_lines(text: str) -> str:
    """A note as it was written, safe to show."""
    return _DOUBTFUL.sub("", clean(text)).expandtabs(4)


def cut(text: str, width: int) -> str:
    """`text` in at most `width` cells, ending in … when something was left out."""
    if cell_len(text) <= width:
        return text
    if width <= 1:
        return "…"[:width]
    return set_cell_size(text, width - 1).rstrip() + "…"


def fill(text: str, width: int) -> str:
    """`text` in exactly `width` cells."""
    return set_cell_size(cut(text, width), width)


def split(text: str, width: int) -> tuple[str, str]:
    """What fits on a line of `width` cells, broken between words if it can be, and the rest."""
    if cell_len(text) <= width:
        return text, ""
    fits = len(set_cell_size(text, max(0, width)).rstrip(" "))
    space = text.rfind(" ", 0, fits + 1)
    first = text[: space if space > 0 else fits]
    return first, text[len(first) :].lstrip(" ")
