"""What a tag may be called, and what colours there are."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Final

from readinglist.errors import UsageError
from readinglist.text import clean_line

LONGEST = 100
COLOURS: Final = ("red", "orange", "yellow", "green", "cyan", "blue", "violet")
"""The names of the colours that a tag may have; the app mixes each to suit its theme."""


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


def below(branch: str, names: Iterable[str]) -> list[str]:
    """Those of the tags that stand below one, such as `rl/offline` below `rl`."""
    beginning = f"{branch.casefold()}/"
    return [name for name in names if name.casefold().startswith(beginning)]
