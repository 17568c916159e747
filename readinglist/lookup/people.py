"""Names of authors as providers give them, in the one way in which all formats read them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from readinglist.formats.names import OTHERS, Name, joined, usual
from readinglist.lookup.facts import line

_LETTER: Final = re.compile(r"[^\W\d_]")
_SUFFIX: Final = re.compile(r"(?:[JS]r\.?|I{2,3}|IV)", re.IGNORECASE)
_REST: Final = re.compile(r"(?:and\s+)?(?:et\.?\s*al\.?|others)", re.IGNORECASE)


def flat(name: object) -> str:
    """A name that was given as one text, `Given Family` or `Family, Given`; empty for none."""
    whole = line(name).strip(" ,;")
    if not _LETTER.search(whole):
        return ""
    return OTHERS if _REST.fullmatch(whole) else usual(_suffix_in_place(whole))


def _suffix_in_place(name: str) -> str:
    """`Davis, Sammy, Jr.` as `Davis, Jr., Sammy`, and `Sammy Davis, Jr.` without its comma."""
    *before, last = (part.strip() for part in name.split(","))
    if not _SUFFIX.fullmatch(last) or len(before) not in (1, 2):
        return name
    return f"{before[0]} {last}" if len(before) == 1 else f"{before[0]}, {last}, {before[1]}"


def parts(family: object, given: object = "", *, suffix: object = "", particle: object = "") -> str:
    """A name whose parts are known; empty for none."""
    last, first, junior, before = (
        " ".join(line(part).replace(",", " ").split()) for part in (family, given, suffix, particle)
    )
    if not _LETTER.search(last):
        return flat(first)
    small = re.match(r"(?:[a-z'’]+\s+)*(?=\S*[A-Z])", last)
    if not before and small is not None:
        before, last = small.group().strip(), last[small.end() :]
    return joined(Name(last, first, before, junior))


def each_once(names: Iterable[str]) -> tuple[str, ...]:
    """The names in their order; nothing for what is none, and no name twice."""
    return tuple(dict.fromkeys(filter(None, names)))
