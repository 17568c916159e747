"""RIS read, as Zotero, Mendeley, EndNote, Web of Science and Google Scholar write it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from readinglist.citekeys import is_key
from readinglist.formats import csl_fields, kinds, names
from readinglist.formats.dates import Date, date_in
from readinglist.formats.lines import Losses, shown
from readinglist.formats.markup import note_text, plain
from readinglist.formats.members import Unfit, record_of
from readinglist.formats.ris import BOOKS, PEOPLE, TEXTS
from readinglist.formats.ris_lines import Lines, gather
from readinglist.identifiers import normal_arxiv, normal_doi
from readinglist.records import Problem, Reading, Record
from readinglist.text import clean_line

_KIND: Final = "ris"
_DOI: Final = re.compile(r"\b10\.\d{4,9}/\S+")
_ARXIV: Final = re.compile(r"arxiv\s*:\s*(\S+)|arxiv\.org/(?:abs|pdf)/(\S+)", re.IGNORECASE)
_ISSN: Final = re.compile(r"\d{4}-?\d{3}[\dXx]")
_NUMBER: Final = re.compile(r"\d+")
_YEAR: Final = re.compile(r"[12]\d{3}")
_WEB: Final = re.compile(r"https?://", re.IGNORECASE)


def records(text: str) -> Reading:
    """Read a whole document; a record that is no paper is a problem with its line."""
    found: list[Record] = []
    problems = Losses()
    for each in gather(text):
        if isinstance(each, Problem):
            problems.note([each])
            continue
        try:
            found.append(_Fields(each).record())
        except Unfit as error:
            lost = "\n".join(f"{field.tag}  - {field.text}" for field in each.fields)
            problems.note([Problem(each.line, str(error), shown(lost))])
    problems.sort(key=lambda problem: problem.line)
    return Reading(_KIND, found, problems)


class _Fields:
    """A record's fields by their tags."""

    def __init__(self, lines: Lines) -> None:
        self._line = lines.line
        self._fields: dict[str, list[str]] = {}
        for field in lines.fields:
            self._fields.setdefault(field.tag, []).append(field.text)
        self._type = self._first("TY").upper()

    def record(self) -> Record:
        """What they say; `Unfit` if that is no paper."""
        kind = kinds.named(self._type)
        date = self._date()
        told = {
            "title": self._first("TI", "T1", "CT", "BT" if self._type in BOOKS else ""),
            "abstract": plain(self._block("AB", "N2")),
            "authors": self._people("AU", "A1"),
            "year": date.year,
            "venue": self._venue(),
            "doi": self._doi(),
            "arxiv_id": self._arxiv(),
            "urls": [url for url in self._each("UR", "LK") if _WEB.match(url)],
            "key": self._key(),
            "tags": self._each("KW"),
            "note": "\n\n".join(filter(None, map(note_text, self._all("N1", "RN")))),
            "details": {**self._details(kind), **date.details()},
        }
        record = record_of({name: value for name, value in told.items() if value}, self._line)
        return kinds.with_kind(record, kind)

    def _all(self, *tags: str) -> list[str]:
        return [text for tag in tags for text in self._fields.get(tag, ())]

    def _each(self, *tags: str) -> list[str]:
        """Every line of these tags, each once: EndNote puts many keywords under one tag."""
        return list(dict.fromkeys(self._lines(*tags)))

    def _lines(self, *tags: str) -> Iterator[str]:
        lines = (line for text in self._all(*tags) for line in text.split("\n"))
        return filter(None, map(clean_line, lines))

    def _first(self, *tags: str) -> str:
        return next(filter(None, (clean_line(plain(text)) for text in self._all(*tags))), "")

    def _block(self, *tags: str) -> str:
        return next((text for text in self._all(*tags) if text.strip()), "")

    def _people(self, *tags: str) -> list[str]:
        """The names under each of these tags that are not under one before it."""
        names: list[str] = []
        for tag in tags:
            named = filter(None, map(_name, self._lines(tag)))
            names += [name for name in named if name not in names]
        return names

    def _venue(self) -> str:
        """What it appeared in; a book appears in nothing but a series."""
        if self._type in BOOKS:
            return self._first("JO", "JF")
        return self._first("T2", "JF", "JO", "BT", "C3", "JA", "J1", "J2")

    def _date(self) -> Date:
        for text in (*self._all("DA"), *self._all("PY", "Y1")):
            found = date_in(clean_line(text))
            if found.year is not None and found.month is not None:
                return found
        year = date_in(self._first("PY", "Y1", "DA")).year
        # Web of Science has the year in one field and "MAY 3" in another.
        return date_in(f"{year} {self._first('DA')}") if year is not None else Date()

    def _doi(self) -> str:
        if written := self._first("DO", "DI"):
            return written
        return next((found for text in self._asides("M3", "L3") if (found := _doi_in(text))), "")

    def _arxiv(self) -> str | None:
        for text in self._asides("AN", "M1", "C1", "JO", "JF", "T2", "UR", "LK"):
            for found in _ARXIV.finditer(text):
                if arxiv := normal_arxiv((found[1] or found[2]).rstrip(".,;)]")):
                    return arxiv
        return None

    def _asides(self, *tags: str) -> list[str]:
        """Where identifiers stand beside their own tags; a note that holds more means others."""
        return [*self._all(*tags), *(note for note in self._all("N1") if " " not in note)]

    def _key(self) -> str | None:
        """The citation key; a number of EndNote's or Mendeley's is none."""
        key = self._first("ID", "LB")
        return key if is_key(key) and not _NUMBER.fullmatch(key) else None

    def _details(self, kind: str) -> dict[str, Any]:
        found = {field: self._first(tag) for tag, field in TEXTS}
        if self._venue() == found["shortjournal"]:
            del found["shortjournal"]
        if kind in csl_fields.FROM_INSTITUTIONS:
            found["institution"] = found.pop("publisher")
        found["series"] = self._first("T2" if self._type in BOOKS else "T3", "T3")
        found["pages"] = self._pages()
        for number in self._each("SN"):
            found["issn" if _ISSN.fullmatch(number) else "isbn"] = number
        people: Callable[..., list[str]] = self._people
        for tag, field in PEOPLE:
            found[field] = csl_fields.in_one_text(people(tag, "A2" if field == "editor" else "A4"))
        found["urldate"] = date_in(self._first("Y2")).iso()
        return {field: text for field, text in found.items() if text}

    def _pages(self) -> str:
        first, last = self._first("SP"), self._first("EP")
        if first and last and first != last and not first.endswith(f"-{last}"):
            return f"{first}--{last}"
        return csl_fields.bib_pages(first or last)


def _doi_in(text: str) -> str:
    found = _DOI.search(text)
    return normal_doi(found.group()) or "" if found else ""


def _name(text: str) -> str:
    """`Family, Given, Suffix` as we have names; one that ends in a comma is not parted."""
    if text.endswith(","):
        return names.literal(text[:-1])
    parts = [part.strip() for part in text.split(",")]
    if len(parts) == 3 and all(parts) and names.is_suffix(parts[2]):
        return names.usual(f"{parts[0]}, {parts[2]}, {parts[1]}")
    return names.usual(text)
