"""What a tag may be called."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from readinglist.errors import UsageError
from readinglist.text import clean_line

LONGEST = 100


def tag_names(texts: Iterable[str]) -> list[str]:
    """Split at commas, trim, drop a leading `#`, and keep the first of names alike but for case.

    Raises `UsageError` for a name with nothing in it or longer than 100 characters.
    """
    names: dict[str, str] = {}
    for text in texts:
        parts = [_trimmed(part) for part in clean_line(text).split(",")]
        if not any(parts):
            raise UsageError("A tag needs a name.", hint="Letters, digits, spaces and / will do.")
        for name in filter(None, parts):
            if len(name) > LONGEST:
                raise UsageError(f"The tag {name[:20]}… is longer than {LONGEST} characters.")
            names.setdefault(name.casefold(), name)
    return list(names.values())


def _trimmed(name: str) -> str:
    return unicodedata.normalize("NFC", name).strip().lstrip("#").strip(" /")
