"""Formulas that are written in a form that every document knows, and brought back from it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from readinglist.latex import to_unicode
from readinglist.latex.fields import read_field
from readinglist.latex.reader import MATHS
from readinglist.latex.writer import write_field
from readinglist.text import clean_line

FORMULAS: Final = "formulas"
"""What they are called among the facts that an entry has no field for."""

_MOST_MISSED: Final = 20  # for each, the whole text is looked through in vain
_ONE: Final = re.compile(r"(\d{0,3})(\$[^$]+\$)")


def rewritten(text: str) -> str:
    """The formulas of a text that would be read back as others, with spaces between.

    Before one stands how often what it is written as comes before it, since the one before.
    """
    found: list[str] = []
    at = 0
    for match in MATHS.finditer(text) if "$" in text else ():
        formula = clean_line(match.group())
        written = _again(formula)
        if to_unicode(written) != to_unicode(formula):
            before = _again(text[at : match.start()]).count(written)
            found.append(f"{before or ''}{formula}")
            at = match.end()
    return " ".join(found)


def restored(text: str, formulas: str) -> str:
    """A text with these formulas in the place of what they are written as, as far as that is there.

    What somebody has changed there since stays as it is now.
    """
    pieces: list[str] = []
    at = missed = 0
    for before, formula in _ONE.findall(formulas):
        if missed == _MOST_MISSED:
            break
        written = _again(formula)
        place = text.find(written, at)
        for _ in range(int(before or 0)):
            place = text.find(written, place + len(written)) if place >= 0 else place
        if place >= 0:
            pieces += (text[at:place], formula)
            at = place + len(written)
        else:
            missed += 1
    return "".join([*pieces, text[at:]])


@lru_cache(maxsize=1024)
def _again(formula: str) -> str:
    """A formula once it has been written and read."""
    return clean_line(read_field(write_field(formula)))
