"""Rows of words looked for in the texts themselves, where no index knows the order of words."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from typing import Final

from readinglist.library.index.folding import LONGEST_WORD, words

# What makes folding a text more than taking its words apart: LaTeX, apostrophes, very long words.
_NOT_PLAIN: Final = re.compile(rf"[\\$`^_~']|[0-9A-Za-z]{{{LONGEST_WORD + 1}}}")


def says(abstract: str | None, rows: str) -> bool:
    """Whether an abstract has one of these rows of words; SQLite calls this for each abstract."""
    if abstract is None:
        return False
    folded, plain = _read_rows(rows)
    if abstract.isascii() and not _NOT_PLAIN.search(abstract):
        return plain.search(abstract.lower()) is not None
    text = f" {' '.join(words(abstract))} "
    return any(row in text for row in folded)


@lru_cache(maxsize=64)
def _read_rows(rows: str) -> tuple[list[str], re.Pattern[str]]:
    """Rows of words as they stand in a folded text, and a pattern for plain small letters."""
    folded: list[str] = json.loads(rows)
    gaps = ("(?<![0-9a-z])" + r"[^0-9a-z]+".join(row.split()) for row in folded)
    ends = ("(?![0-9a-z])" if row.endswith(" ") else "" for row in folded)
    return folded, re.compile("|".join(map("".join, zip(gaps, ends, strict=True))))
