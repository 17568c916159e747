"""BibTeX: entries that LaTeX prints and other programs read back as the library has them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from readinglist.formats.bib import writing
from readinglist.records import Entry, Reading

KIND: Final = "bibtex"
_HEAD: Final = 100_000  # characters
_BLOCK: Final = re.compile(
    r"^[^\S\n]*@[^\S\n]*(?:comment|preamble|string|[a-z]+\s*[{(]\s*[^\s,{}()=\"#]*\s*,)",
    re.IGNORECASE | re.MULTILINE,
)
_COMMENT: Final = re.compile(r"^[^\S\n]*%.*$", re.MULTILINE)
_OWN_FIELD: Final = re.compile(
    r"^\s*(?:date|journaltitle|eprinttype|location|annotation|langid|urldate|eventtitle)\s*=",
    re.IGNORECASE | re.MULTILINE,
)
_MOST_BEFORE: Final = 2_000  # characters; some programs greet their reader


def write(entries: Iterable[Entry]) -> Iterator[str]:
    """Yield one BibTeX entry per paper, with a blank line between two.

    The user's note goes into `annote`, which reference managers show as a note and no style
    prints, and the tags into `keywords`. A paper without authors repeats its citation key as
    `key`, by which styles sort and label it instead; without one they warn.
    """
    return writing.write(entries, classic=True)


def looks_like(text: str) -> bool:
    """Whether a document begins with an entry, and none has fields that only BibLaTeX has."""
    return is_bib(text) and not has_own_fields(text)


def is_bib(text: str) -> bool:
    """Whether a document begins with an entry, or after little else than comments."""
    head = _COMMENT.sub("", text[:_HEAD].replace("\r", "\n"))
    block = _BLOCK.search(head)
    return block is not None and len(head[: block.start()].strip()) < _MOST_BEFORE


def has_own_fields(text: str) -> bool:
    """Whether one of the first entries has a field that only BibLaTeX has."""
    return _OWN_FIELD.search(text[:_HEAD].replace("\r", "\n")) is not None


def read(text: str) -> Reading:
    """Read a whole document, in this dialect or in BibLaTeX's."""
    from readinglist.formats.bib import reading  # what only writes needs none of it

    return reading.read(text, KIND)
