"""Papers that a note names in double brackets: found in its text, and while one is typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from readinglist.text import clean_line

_LINK: Final = re.compile(r"\[\[([^\[\]\n]{1,200})\]\]")
_BEGUN: Final = re.compile(r"\[\[([^\[\]\n]{0,80})$")


def links(note: str) -> Iterator[tuple[int, int, str]]:
    """Yield where each link stands in a note, brackets included, and the key it names."""
    for found in _LINK.finditer(note):
        if key := clean_line(found[1]):
            yield found.start(), found.end(), key


def linked_keys(note: str | None) -> list[str]:
    """The keys that a note links to, each once, in its order."""
    keys: dict[str, str] = {}
    for _, _, key in links(note or ""):
        keys.setdefault(key.casefold(), key)
    return list(keys.values())


def begun(before: str) -> str | None:
    """What is typed of a link that is not closed yet; None outside of one."""
    found = _BEGUN.search(before)
    return None if found is None else found[1]
