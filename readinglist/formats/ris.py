"""RIS: the tagged lines that reference managers and publishers' pages exchange."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from readinglist import latex
from readinglist.formats import csl_fields, kinds, links, names
from readinglist.formats.carrying import place
from readinglist.formats.dates import date_in, date_of
from readinglist.records import Entry, Reading
from readinglist.text import clean, clean_line, without_braces

# RIS's tag and BibLaTeX's field for the same text.
TEXTS: Final = (
    ("VL", "volume"),
    ("IS", "number"),
    ("PB", "publisher"),
    ("CY", "location"),
    ("ET", "edition"),
    ("NV", "volumes"),
    ("ST", "shorttitle"),
    ("J2", "shortjournal"),
    ("LA", "language"),
    ("SE", "chapter"),
)
PEOPLE: Final = (("ED", "editor"), ("TA", "translator"))
PLACE: Final = place(
    *("status", "starred", "aliases"),
    facts=(
        *(field for _, field in (*TEXTS, *PEOPLE)),
        *("type", "institution", "series", "pages", "isbn", "issn", "month", "day", "urldate"),
    ),
)
BOOKS: Final = frozenset(("BOOK", "EDBOOK", "EBOOK"))
"""The types whose T2 is a series, for they appear in nothing."""

_START: Final = re.compile(r"\s*TY {1,4}-[ \t]?[A-Z]{2,8}\s*$", re.MULTILINE)
_HEAD: Final = 4_000  # characters: before the first record stands no more than who wrote them
# A line of a longer text that would be read as a tag's.
_LIKE_A_TAG: Final = re.compile(r"^(\s*[A-Z][A-Z0-9]) (?= {0,3}-)", re.MULTILINE)


def write(entries: Iterable[Entry]) -> Iterator[str]:
    """Yield one record per paper, with a blank line between two.

    The user's note goes into N1 and the tags into KW. Abstract and note keep their lines.
    """
    gap = ""
    for entry in entries:
        lines = [f"{tag}  - {value}" for tag, value in _tags(entry) if value]
        yield gap + "\n".join([*lines, "ER  - "]) + "\n"
        gap = "\n"


def looks_like(text: str) -> bool:
    """Whether a record begins among the first lines."""
    return _START.search(text[:_HEAD]) is not None


def read(text: str) -> Reading:
    """Read a whole document."""
    from readinglist.formats.ris_reading import records  # what only writes needs none of it

    return records(text)


def _tags(entry: Entry) -> Iterator[tuple[str, str]]:
    details = dict(entry.details)
    kind = kinds.ris_type(entry)
    venue, series = ("JO", "T2") if kind in BOOKS else ("T2", "T3")
    date = date_of(entry.year, details)
    arxiv = links.bare_arxiv(entry)
    yield "TY", kind
    yield "ID", entry.key
    yield "TI", _line(entry.title)
    yield from (("AU", _name(_line(author))) for author in entry.authors)
    yield "PY", str(entry.year) if entry.year is not None else ""
    yield "DA", date.iso().replace("-", "/") if date.month else ""
    yield venue, _line(entry.venue)
    yield series, _line(details.get("series"))
    yield from _from_details(details)
    yield "DO", links.bare_doi(entry) or ""
    yield "AN", f"arXiv:{arxiv}" if arxiv else ""
    yield from (("UR", url) for url in entry.urls)
    yield from (("KW", clean_line(tag)) for tag in entry.tags)
    yield "AB", _block(latex.to_unicode(entry.abstract or ""))
    yield "N1", _block(entry.note or "")


def _from_details(details: dict[str, str]) -> Iterator[tuple[str, str]]:
    if "institution" in details:
        details.setdefault("publisher", details["institution"])
    yield from ((tag, _line(details.get(field))) for tag, field in TEXTS)
    first, _, last = csl_fields.pages(_line(details.get("pages"))).partition("-")
    yield from (("SP", first), ("EP", last))
    yield from (("SN", details.get(field, "")) for field in ("isbn", "issn"))
    for tag, field in PEOPLE:
        for name in csl_fields.listed(_line(details.get(field))):
            yield tag, _name(name)
    accessed = date_in(details.get("urldate", ""))
    yield "Y2", accessed.iso().replace("-", "/")


def _name(author: str) -> str:
    """A name as RIS has it: the family's first; a comma behind one that is not to be parted."""
    name = names.taken_apart(author)
    if name is None:
        bare = without_braces(author)
        return f"{bare}," if "," in bare or bare != author else bare
    return names.inverted(name) if name.given else names.joined(name)


def _line(text: str | None) -> str:
    return clean_line(latex.to_unicode(clean_line(text or "")))


def _block(text: str) -> str:
    """A text on its own lines, none of which another program can take for a tag."""
    return _LIKE_A_TAG.sub("\\1\u00a0", clean(text).strip("\n"))
