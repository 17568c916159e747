"""RIS: the tagged lines that reference managers and publishers' pages exchange."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from readinglist import latex
from readinglist.formats import kinds, links, marks, names
from readinglist.formats.csl import fields as csl_fields
from readinglist.formats.dates import date_in, date_of
from readinglist.formats.originals import differing, line_shown
from readinglist.formats.stash import stashed
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
    ("C7", "eid"),
    ("L1", "file"),
    ("CN", "call-number"),
    ("DP", "source"),
    ("AD", "affiliation"),
)
PEOPLE: Final = (("ED", "editor"), ("TA", "translator"))
STASH: Final = "U1"
"""A tag that everybody may use as they like; it holds, by name, what has no other."""

ALIASES: Final = "ids"
KEY: Final = "key"
ORIGINAL: Final = "original:"
"""Stands there before the name of what is written otherwise than it was."""
BOOKS: Final = frozenset(("BOOK", "EDBOOK", "EBOOK"))
"""The types whose T2 is a series, for they appear in nothing."""

ARXIV: Final = re.compile(r"arxiv\s*:\s*(\S+)|arxiv\.org/(?:abs|pdf)/(\S+)", re.IGNORECASE)
DOI: Final = re.compile(r"\b10\.\d{4,9}/\S+")
IDENTIFIER: Final = re.compile(f"{ARXIV.pattern}|{DOI.pattern}", re.IGNORECASE)
_START: Final = re.compile(r"\s*TY {1,4}-[ \t]?[A-Z]{2,8}\s*$", re.MULTILINE)
_HEAD: Final = 4_000  # characters: before the first record stands no more than who wrote them
# Tags without a meaning of their own that others have written, which are written again.
_FREE: Final = re.compile(r"av|c[124-68]|l[24]|m[12]|op|r[ip]|tt|u[2-5]")
# A line of a longer text that would be read as a tag's.
_LIKE_A_TAG: Final = re.compile(r"^(\s*[A-Z][A-Z0-9]) (?= {0,3}-)", re.MULTILINE)


def write(entries: Iterable[Entry]) -> Iterator[str]:
    """Yield one record per paper, with a blank line between two.

    The user's note goes into N1 and the tags into KW. Abstract and note keep their lines. U1 holds
    what RIS has no tag for, so that it is read back whole.
    """
    gap = ""
    for entry in entries:
        yield gap + _whole(entry)
        gap = "\n"


def _whole(entry: Entry) -> str:
    """A record that is read back as the paper is."""
    from readinglist.formats.ris.reading import as_read  # what only reads needs none of it

    written = lines_of(entry, {})
    if originals := differing(entry, lambda: as_read(written)):
        return lines_of(entry, {f"{ORIGINAL}{name}": text for name, text in originals.items()})
    return written


def lines_of(entry: Entry, also: dict[str, str]) -> str:
    """A record as people and programs read it, with further texts in U1."""
    lines = [f"{tag}  - {value}" for tag, value in _tags(entry, also) if value]
    return "\n".join([*lines, "ER  - "]) + "\n"


def looks_like(text: str) -> bool:
    """Whether a record begins among the first lines."""
    return _START.search(text[:_HEAD].replace("\r", "\n")) is not None


def read(text: str) -> Reading:
    """Read a whole document."""
    from readinglist.formats.ris.reading import records  # what only writes needs none of it

    return records(text)


def _tags(entry: Entry, also: dict[str, str]) -> Iterator[tuple[str, str]]:
    rest = {name: clean_line(text) for name, text in entry.details}
    kind = kinds.ris_type(entry)
    venue, series = ("JO", "T2") if kind in BOOKS else ("T2", "T3")
    arxiv = links.bare_arxiv(entry)
    if kinds.named(kind) == kinds.kind(entry):
        rest.pop("type", None)
    yield "TY", kind
    yield "ID", entry.key
    yield "TI", line_shown(entry.title)
    yield from (("AU", _name(line_shown(author))) for author in entry.authors)
    yield "PY", str(entry.year) if entry.year is not None else ""
    yield "DA", _date(entry.year, rest)
    yield venue, line_shown(entry.venue)
    yield series, line_shown(rest.pop("series", ""))
    yield from _from_details(rest, kinds.kind(entry))
    yield "DO", links.bare_doi(entry) or ""
    yield "AN", f"arXiv:{arxiv}" if arxiv else ""
    yield from (("UR", url) for url in entry.urls)
    yield from (("KW", clean_line(tag)) for tag in entry.tags)
    yield "AB", _block(latex.to_unicode(entry.abstract or ""))
    yield "N1", _block(entry.note or "")
    yield STASH, stashed(_others(entry, rest) | also)


def _date(year: int | None, rest: dict[str, str]) -> str:
    """The date down to the month or day, which is taken out of the rest."""
    date = date_of(year, rest)
    if date.year is None or date.month is None:
        return ""
    for name in date.details():
        del rest[name]
    return date.iso().replace("-", "/")


def _others(entry: Entry, rest: dict[str, str]) -> dict[str, str]:
    """What has no tag: facts, former keys, status and star, and a key that looks like a number."""
    others = {
        **{name: text for name, text in rest.items() if text},
        **marks.told(entry),
        ALIASES: " ".join(entry.aliases),
        KEY: entry.key if entry.key.isdigit() else "",
    }
    return {name: text for name, text in others.items() if text}


def _from_details(rest: dict[str, str], kind: str) -> Iterator[tuple[str, str]]:
    """Take out of the facts what has a tag."""
    if kind in csl_fields.FROM_INSTITUTIONS and "institution" in rest:
        yield "PB", line_shown(rest.pop("institution"))
    else:
        yield "PB", line_shown(rest.pop("publisher", ""))
    yield from ((tag, line_shown(rest.pop(field, ""))) for tag, field in TEXTS if tag != "PB")
    if not IDENTIFIER.search(rest.get("genre", "")):
        yield "M3", line_shown(rest.pop("genre", ""))
    first, _, last = csl_fields.pages(line_shown(rest.pop("pages", ""))).partition("-")
    yield from (("SP", first), ("EP", last))
    yield from (("SN", rest.pop(field, "")) for field in ("isbn", "issn"))
    for tag, field in PEOPLE:
        for name in csl_fields.listed(line_shown(rest.pop(field, ""))):
            yield tag, _name(name)
    accessed = date_in(rest.get("urldate", "")).iso()
    if accessed and accessed == rest["urldate"]:
        yield "Y2", rest.pop("urldate").replace("-", "/")
    for name in filter(_FREE.fullmatch, list(rest)):
        if not IDENTIFIER.search(rest[name]):
            yield name.upper(), rest.pop(name)


def _name(author: str) -> str:
    """A name as RIS has it: the family's first; a comma behind one that is not to be parted."""
    name = names.taken_apart(author)
    if name is None:
        bare = without_braces(author)
        return f"{bare}," if "," in bare or bare != author else bare
    return names.inverted(name) if name.given else names.joined(name)


def _block(text: str) -> str:
    """A text on its own lines, none of which another program can take for a tag."""
    return _LIKE_A_TAG.sub("\\1\u00a0", clean(text).strip("\n"))
