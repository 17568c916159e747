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
from readinglist.formats.bib.titles import CAPITALS
from readinglist.formats.csl.fields import in_one_text
from readinglist.latex.writer import write_field
from readinglist.records import Entry
from readinglist.text import clean_line

_NAME: Final = re.compile(r"[a-z][a-z0-9_:+.-]*")
_AND: Final = re.compile(r"(?:^|\s)and(?:\s|$)", re.IGNORECASE)
_DASH: Final = re.compile(r"–|-\{\}-")
_PLAIN: Final = re.compile(r"[^{}@]*[^{}@\\\s]")
_LISTS: Final = frozenset(("publisher", "institution", "organization", "location", "language"))
_DATES: Final = frozenset(("urldate", "eventdate", "origdate"))
# What these look like, here as elsewhere; programs complain of others.
_PAGE: Final = r"(?:[A-Za-z]*\d+(?:[.:/]\d+)*[a-z]?|[ivxlcdm]+|[IVXLCDM]+)"
_PAGES: Final = rf"{_PAGE}(?:(?:--|–){_PAGE})?"
_COUNTED: Final = re.compile(r"(?:[A-Za-z]+ ?)?\d+(?:[./-]\d+)*[A-Za-z]?|[A-Z]+", re.ASCII)
_NUMBER: Final = re.compile(r"[A-Za-z0-9]+(?:[./ -][A-Za-z0-9]+)*", re.ASCII)  # of reports too
_WORDS: Final = re.compile(r"[A-Za-z0-9\u00c0-\u017f .,:()'/-]+")
_FORMS: Final = {
    **dict.fromkeys(("genre", "language", "langid", "origlanguage", "pubstate"), _WORDS),
    "pages": re.compile(rf"{_PAGES}(?:, {_PAGES})*", re.ASCII),
    "volume": _COUNTED,
    "number": _NUMBER,
    "chapter": re.compile(r"\d+(?:-\d+)?", re.ASCII),
}
_INTEGER: Final = re.compile(r"\d+")
_BOOKS: Final = frozenset(("book", "inbook", "incollection", "inproceedings", "proceedings"))


class Details(NamedTuple):
    """Fields as they are written, by BibLaTeX's names, and facts without one, as they are."""

    dates: dict[str, str]
    fields: dict[str, str]
    stash: dict[str, str]


def writable(entry: Entry) -> dict[str, str]:
    """The facts that some entry could have a field for, each as that is written."""
    told = ((name, _written(name, clean_line(text))) for name, text in entry.details)
    return {name: text for name, text in told if text}


def sorted_out(entry: Entry, written: dict[str, str], shape: Shape, *, classic: bool) -> Details:
    """Tell what becomes a field of this entry from what cannot."""
    told = ((name, clean_line(text)) for name, text in entry.details)
    facts = {name: text for name, text in told if text and name != "type"}
    if all(word in entry.title for word in facts.get(CAPITALS, "").split()):
        facts.pop(CAPITALS, None)  # braces in the title say so
    dates = _classic_dates(entry.year, facts) if classic else _dates(entry.year, facts)
    found = Details(dates, {}, {})
    genre = facts.pop("genre", "")
    if "genre" in written and _is_plain_type(genre, shape) and (classic or allows(shape, "genre")):
        found.fields["type"] = written["genre"]
    elif genre:
        found.stash["genre"] = genre
    if not classic and shape.type:
        found.fields.setdefault("type", shape.type)
    for name, text in facts.items():
        fits = not _clashes(name, entry, written, shape) if classic else _fits(name, text, shape)
        if name in written and fits and _is_free(name, entry, shape):
            found.fields[name] = written[name]
        else:
            found.stash[name] = text
    return found


def _dates(year: int | None, facts: dict[str, str]) -> dict[str, str]:
    return {"date": dating.iso_date(year, facts)}


def _classic_dates(year: int | None, facts: dict[str, str]) -> dict[str, str]:
    if year is None:
        return {}
    exact = facts.get("date", "")
    dates = {"year": str(year), "month": dating.month_macro(year, facts)}
    if dating.is_iso(exact) and exact.startswith(f"{year:04}"):
        dates["date"] = facts.pop("date")
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


def _fits(name: str, text: str, shape: Shape) -> bool:
    """Whether BibLaTeX's data model has a place for a fact in such an entry."""
    whole = name not in ("volume", "volumes") or _INTEGER.fullmatch(text) is not None
    return whole and allows(shape, name)


def _clashes(name: str, entry: Entry, others: dict[str, str], shape: Shape) -> bool:
    """Whether a classic style complains of a field beside the others."""
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
    if name in _FORMS and not _FORMS[name].fullmatch(text):
        return ""
    written = write_field(text)
    if name == "pages":
        return _DASH.sub("--", written)
    return f"{{{written}}}" if name in _LISTS and _AND.search(text) else written
