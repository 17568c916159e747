"""Rows of words looked for in the texts themselves, where no index knows the order of words."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from readinglist.library.index.folding import LONGEST_WORD, words

# What makes folding a text more than taking its words apart, besides words longer than those kept.
_SIGNS: Final = "\\$`^_~'"
_BEFORE: Final = "(?<![0-9a-z]{0})"
_AFTER: Final = "(?![0-9a-z])"


class _Rows(NamedTuple):
    """Rows of words as they stand in a folded text, and patterns for plain small letters."""

    folded: Sequence[str]
    patterns: Sequence[re.Pattern[str]]


def says(abstract: str | None, rows: str) -> bool:
    """Whether an abstract has one of these rows of words; SQLite calls this for each abstract."""
    if abstract is None:
        return False
    wanted = _read_rows(rows)
    if wanted.patterns and abstract.isascii() and not any(map(abstract.__contains__, _SIGNS)):
        small = abstract.lower()
        return any(pattern.search(small) for pattern in wanted.patterns)
    text = f" {' '.join(words(abstract))} "
    return any(row in text for row in wanted.folded)


@lru_cache(maxsize=64)
def _read_rows(rows: str) -> _Rows:
    folded: list[str] = json.loads(rows)
    if any(len(word) >= LONGEST_WORD for row in folded for word in row.split()):
        return _Rows(folded, ())
    return _Rows(folded, [re.compile(_pattern(row)) for row in folded])


def _pattern(row: str) -> str:
    """A pattern that begins with the first word itself, for which `re` looks ten times faster."""
    first, *others = row.split()
    row_of_words = r"[^0-9a-z]+".join([first + _BEFORE.format(first), *others])
    return row_of_words + (_AFTER if row.endswith(" ") else "")
