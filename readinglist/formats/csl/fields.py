"""People, pages and texts as CSL has them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from readinglist.formats import names
from readinglist.formats.markup import plain
from readinglist.formats.names import Name
from readinglist.text import clean_line, without_braces

OURS: Final = "readinglist"
"""In CSL's `custom`, the member for what has no place elsewhere."""

ORIGINALS: Final = "originals"
"""In that one, the member for what is written otherwise than it was."""

ARCHIVE: Final = "arXiv"

NOCASE, NOCASE_END = '<span class="nocase">', "</span>"
"""What stands around words of a title whose capitals no style may change."""

HAVE_ISSUES: Final = frozenset(
    ("article", "inproceedings", "incollection", "inbook", "misc", "collection", "book")
)
FROM_INSTITUTIONS: Final = frozenset(
    ("thesis", "phdthesis", "mastersthesis", "report", "techreport")
)
_AND: Final = re.compile(r"\s+and\s+(?![^{}]*\})", re.IGNORECASE)
_DASHES: Final = re.compile(r"\s*(?:-+|[\u2010-\u2015\u2212])\s*")


def line(value: object) -> str:
    """A text or number, on one line and without tags; "" if it is neither."""
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return clean_line(plain(str(value)))


# People


def csl_name(author: str) -> dict[str, str]:
    """A name as CSL has it."""
    name = names.taken_apart(author)
    if name is None:
        return {"literal": without_braces(author)}
    parts = {
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
    }
    return {part: text for part, text in parts.items() if text}


def people(value: object) -> list[str]:
    """The names in a list of CSL's; what is no name is left out."""
    if isinstance(value, str):
        return [names.usual(each) for each in listed(clean_line(value))]
    found = map(_person, value) if isinstance(value, list) else ()
    return [*filter(None, found)]


def _person(value: object) -> str:
    if not isinstance(value, dict):
        return names.usual(line(value))
    literal = line(value.get("literal")) or line(value.get("name"))
    family, given, suffix = (line(value.get(part)) for part in ("family", "given", "suffix"))
    if literal and literal != names.OTHERS:
        return names.literal(literal)
    if literal or not family:
        return literal or given
    particles = (value.get("dropping-particle"), value.get("non-dropping-particle"))
    particle = " ".join(filter(None, map(line, particles)))
    family = family.strip('"')
    if particle and not particle[0].islower():
        particle, family = "", f"{particle} {family}"
    if not given and not particle and not suffix:
        return family
    return names.usual(names.joined(Name(family, given, particle, suffix)))


def listed(text: str) -> list[str]:
    """Names in one text, as BibLaTeX has them, with `and` between."""
    return list(map(_unwrapped, _AND.split(text)))


def _unwrapped(name: str) -> str:
    """A name whose braces only hide an `and` has none."""
    bare = without_braces(name)
    return bare if _AND.search(bare) else name


def in_one_text(people: Sequence[str]) -> str:
    """Names as BibLaTeX has them."""
    return " and ".join(f"{{{name}}}" if " and " in name.lower() else name for name in people)


# Pages


def pages(text: str) -> str:
    """Pages as CSL and RIS have them: with one hyphen."""
    return _DASHES.sub("-", text)


def bib_pages(text: str) -> str:
    """Pages as BibLaTeX has them: with a dash of two hyphens between two numbers."""
    parts = _DASHES.split(text)
    return "--".join(parts) if len(parts) == 2 and all(parts) else text
