"""Which further facts of a paper an entry has a field for, and how each is written."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from readinglist.formats.bib import dating, numbers, persons
from readinglist.formats.bib.fields import (
    NAMES,
    NEVER,
    TYPED,
    VENUE_FIELDS,
    VERBATIM,
    venue_fields,
)
from readinglist.formats.bib.shapes import Shape, allows
from readinglist.formats.csl_fields import in_one_text
from readinglist.latex_writer import write_field
from readinglist.records import Entry
from readinglist.text import clean_line

_NAME: Final = re.compile(r"[a-z][a-z0-9_:+.-]*")
_AND: Final = re.compile(r"(?:^|\s)and(?:\s|$)", re.IGNORECASE)
_DASH: Final = re.compile(r"–|-\{\}-")
_PLAIN: Final = re.compile(r"[^{}@]*[^{}@\\\s]")
_LISTS: Final = frozenset(("publisher", "institution", "organization", "location", "language"))
_DATES: Final = frozenset(("urldate", "eventdate", "origdate"))
_BOOKS: Final = frozenset(("book", "inbook", "incollection", "inproceedings", "proceedings"))


class Details(NamedTuple):
    """Fields as they are written, by BibLaTeX's names, and facts without one, as they are."""

    dates: dict[str, str]
    fields: dict[str, str]
    stash: dict[str, str]


def sorted_out(entry: Entry, shape: Shape, *, classic: bool) -> Details:
    """Tell what becomes a field from what cannot."""
    told = ((name, clean_line(text)) for name, text in entry.details if name != "type")
    facts = {name: text for name, text in told if text}
    dates = _classic_dates(entry.year, facts) if classic else _dates(entry.year, facts)
    found = Details(dates, {}, {})
    genre = facts.pop("genre", "")
    if genre and _is_plain_type(genre, shape) and (classic or allows(shape, "genre")):
        found.fields["type"] = write_field(genre)
    elif genre:
        found.stash["genre"] = genre
    if not classic and shape.type:
        found.fields.setdefault("type", shape.type)
    for name, text in facts.items():
        free = not _clashes(name, entry, shape) if classic else allows(shape, name)
        written = _written(name, text) if free and _is_free(name, entry, shape) else ""
        if written:
            found.fields[name] = written
        else:
            found.stash[name] = text
    return found


def _dates(year: int | None, facts: dict[str, str]) -> dict[str, str]:
    return {"date": dating.iso_date(year, facts)}


def _classic_dates(year: int | None, facts: dict[str, str]) -> dict[str, str]:
    if year is None:
        state = facts.get("pubstate", "")
        if not state or re.search(r"\d", state):
            return {}
        return {"year": write_field(facts.pop("pubstate"))}
    exact = facts.get("date", "")
    dates = {"year": str(year), "month": dating.month_macro(year, facts)}
    if dating.is_iso(exact) and exact.startswith(f"{year:04}"):
        dates["date"] = facts.pop("date")
    elif not dates["month"] and "month" in facts:
        dates["month"] = write_field(facts.pop("month"))
    return dates


def _is_plain_type(genre: str, shape: Shape) -> bool:
    """Whether a text can be the field `type` and is not read as a kind."""
    return genre.strip().lower() not in {*TYPED, "thesis", "report", shape.name}


def _is_free(name: str, entry: Entry, shape: Shape) -> bool:
    """Whether a field of that name is read back as what it is."""
    if name in VENUE_FIELDS:
        order = venue_fields(shape.name)
        return bool(entry.venue and shape.venue) and order.index(name) > order.index(shape.venue)
    return name not in NEVER and _NAME.fullmatch(name) is not None


def _clashes(name: str, entry: Entry, shape: Shape) -> bool:
    """Whether a classic style complains of a field beside the others."""
    others = dict(entry.details)
    if name == "number" and shape.name in _BOOKS:
        return "volume" in others or "series" not in others
    if name == "number" and shape.name == "article":
        return "volume" not in others
    if name == "editor":
        return shape.name in ("book", "inbook") and bool(entry.authors)
    return name == "month"


def _written(name: str, text: str) -> str:
    """A fact as its field has it; "" if it cannot be written so."""
    if name in NAMES:
        people = persons.listed(text)
        written = persons.write_names(people)
        return written if in_one_text(persons.read_names(written)) == text else ""
    if name in VERBATIM:
        return text if _PLAIN.fullmatch(text) else ""
    if name in _DATES:
        return text if dating.is_iso(text) else ""
    if (name == "isbn" and not numbers.is_isbn(text)) or (
        name == "issn" and not numbers.is_issn(text)
    ):
        return ""
    written = write_field(text)
    if name == "pages":
        return _DASH.sub("--", written)
    return f"{{{written}}}" if name in _LISTS and _AND.search(text) else written
