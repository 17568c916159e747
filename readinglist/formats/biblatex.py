"""BibLaTeX: entries in its own dialect, which keep to its data model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from readinglist.formats import bibtex
from readinglist.formats.bib import writing
from readinglist.records import Entry, Reading

KIND: Final = "biblatex"


def write(entries: Iterable[Entry]) -> Iterator[str]:
    """Yield one entry per paper, with a blank line between two.

    What the data model has no field for in an entry of its kind stands in `userf`.
    """
    return writing.write(entries, classic=False)


def looks_like(text: str) -> bool:
    """Whether a document begins with entries that only BibLaTeX has such fields for."""
    return bibtex.is_bib(text) and bibtex.has_own_fields(text)


def read(text: str) -> Reading:
    """Read a whole document, in this dialect or in the classic one."""
    from readinglist.formats.bib import reading  # what only writes needs none of it

    return reading.read(text, KIND)
