"""RIS read, as Zotero, Mendeley, EndNote, Web of Science and Google Scholar write it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from readinglist.citekeys import is_former
from readinglist.formats import kinds, marks, names, ris
from readinglist.formats.csl import fields as csl_fields
from readinglist.formats.dates import date_in, told
from readinglist.formats.lines import Losses, shown
from readinglist.formats.markup import note_text, plain
from readinglist.formats.members import Unfit, record_of
from readinglist.formats.originals import restored
from readinglist.formats.ris import ALIASES, ARXIV, BOOKS, DOI, KEY, ORIGINAL, PEOPLE, STASH, TEXTS
from readinglist.formats.ris.lines import Lines, gather
from readinglist.formats.stash import unstashed
from readinglist.identifiers import normal_arxiv, normal_doi
from readinglist.records import Problem, Reading, Record
from readinglist.text import clean_line

_KIND: Final = "ris"
_ISSN: Final = re.compile(r"\d{4}-?\d{3}[\dXx]")
_NUMBER: Final = re.compile(r"\d+")
_SAY_NOTHING: Final = frozenset(("TY", "ER"))
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
            found.append(_record(each))
        except Unfit as error:
            lost = "\n".join(f"{field.tag}  - {field.text}" for field in each.fields)
            problems.note([Problem(each.line, str(error), shown(lost))])
    problems.sort(key=lambda problem: problem.line)
    return Reading(_KIND, found, problems)


def as_read(text: str) -> Record:
    """What one record as we write it says, without its originals."""
    found = next(gather(text))
    if isinstance(found, Problem):
        raise Unfit(found.reason)
    return _Fields(found).record()


def _record(lines: Lines) -> Record:
    fields = _Fields(lines)
    record = fields.record()
    if not fields.originals:
        return record
    return restored(record, fields.originals, lambda entry: as_read(ris.lines_of(entry, {})))


class _Fields:
    """A record's fields by their tags, and which of their texts have been told."""

    def __init__(self, lines: Lines) -> None:
        self._line = lines.line
        self._fields: dict[str, list[str]] = {}
        self._told: set[tuple[str, str]] = set()
        self.originals: dict[str, str] = {}
        for field in lines.fields:
            self._fields.setdefault(field.tag, []).append(field.text)
        self._type = self._first("TY").upper()

    def record(self) -> Record:
        """What they say; `Unfit` if that is no paper."""
        own = self._own()
        kind = own.pop("type", kinds.named(self._type))
        year, dates = self._date()
        key = self._key()
        found = {
            "key": own.pop(KEY, key),
            "aliases": own.pop(ALIASES, "").split(),
            "title": self._title("TI", "T1", "CT", "BT" if self._type in BOOKS else ""),
            "abstract": plain(self._block("AB", "N2")),
            "authors": self._people("AU", "A1"),
            "year": year,
            "venue": self._venue(),
            "doi": self._doi(),
            "arxiv_id": self._arxiv(),
            "urls": self._links(),
            "tags": self._each("KW"),
            "note": "\n\n".join(filter(None, map(note_text, self._blocks("N1", "RN")))),
            **marks.taken(own),
        }
        details = {**self._details(kind, own), **dates, **own}
        found["details"] = {**self._left(), **details}
        record = record_of({name: value for name, value in found.items() if value}, self._line)
        return kinds.with_kind(record, kind)

    # What stands under some tags, which is told then

    def _all(self, *tags: str) -> list[tuple[str, str]]:
        return [(tag, text) for tag in tags for text in self._fields.get(tag, ())]

    def _blocks(self, *tags: str) -> list[str]:
        found = self._all(*tags)
        self._told.update(found)
        return [text for _, text in found]

    def _each(self, *tags: str) -> list[str]:
        """Every line of these tags, each once: EndNote puts many keywords under one tag."""
        return list(dict.fromkeys(self._lines(*tags)))

    def _lines(self, *tags: str) -> Iterator[str]:
        lines = (line for text in self._blocks(*tags) for line in text.split("\n"))
        return filter(None, map(clean_line, lines))

    def _first(self, *tags: str) -> str:
        return clean_line(plain(self._block(*tags)))

    def _block(self, *tags: str) -> str:
        """The first text under these tags; others that say the same are told, too."""
        found = [(tag, text) for tag, text in self._all(*tags) if clean_line(plain(text))]
        same = [each for each in found if clean_line(each[1]) == clean_line(found[0][1])]
        self._told.update(same)
        return found[0][1] if found else ""

    def _people(self, *tags: str) -> list[str]:
        """The names under each of these tags that are not under one before it."""
        names: list[str] = []
        for tag in tags:
            named = filter(None, map(_name, self._lines(tag)))
            names += [name for name in named if name not in names]
        return names

    def _left(self) -> dict[str, str]:
        """What has not been told, by its tag."""
        left: dict[str, list[str]] = {}
        for tag, texts in self._fields.items():
            for text in texts:
                line = clean_line(plain(text))
                if line and tag not in _SAY_NOTHING and (tag, text) not in self._told:
                    left.setdefault(tag.lower(), []).append(line)
        return {tag: "; ".join(lines) for tag, lines in left.items()}

    # What they mean

    def _own(self) -> dict[str, str]:
        """What we have written that RIS has no tag for."""
        own = unstashed(clean_line(self._block(STASH)))
        if not own:
            self._told -= {*self._all(STASH)}
        for name in [name for name in own if name.startswith(ORIGINAL)]:
            self.originals[name.removeprefix(ORIGINAL)] = own.pop(name)
        return own

    def _title(self, *tags: str) -> str:
        return self._first(*tags) or clean_line(next((text for _, text in self._all(*tags)), ""))

    def _venue(self) -> str:
        """What it appeared in; a book appears in nothing but a series."""
        if self._type in BOOKS:
            return self._first("JO", "JF")
        return self._first("T2", "JF", "JO", "BT", "C3", "JA", "J1", "J2")

    def _date(self) -> tuple[int | None, dict[str, str]]:
        """The year, and what goes beside it; strokes at the end stand for what is not known."""
        texts = [clean_line(text).rstrip("/") for text in self._blocks("DA", "PY", "Y1")]
        for text in texts:
            found = date_in(text)
            if found.year is not None and found.month is not None:
                return told(text)
        year, beside = told(self._first("PY", "Y1", "DA").rstrip("/"))
        day = self._first("DA").rstrip("/")
        if year is None or not day or date_in(day).year == year:
            return year, beside
        # Web of Science has the year in one field and "MAY 3" in another.
        found = date_in(f"{year} {day}")
        return year, {**beside, **(found.details() or {"date": day})}

    def _links(self) -> list[str]:
        every = self._all("UR", "LK")
        self._told.update(each for each in every if _WEB.match(each[1].lstrip()))
        lines = (clean_line(line) for _, text in every for line in text.split("\n"))
        return list(dict.fromkeys(line for line in lines if _WEB.match(line)))

    def _doi(self) -> str:
        if written := self._first("DO", "DI"):
            return written
        for each in self._asides("M3", "L3"):
            if found := _doi_in(each[1]):
                self._told.add(each)
                return found
        return ""

    def _arxiv(self) -> str | None:
        for each in self._asides("AN", "M1", "C1", "JO", "JF", "T2", "UR", "LK"):
            for found in ARXIV.finditer(each[1]):
                if arxiv := normal_arxiv((found[1] or found[2]).rstrip(".,;)]")):
                    self._told.add(each)
                    return arxiv
        return None

    def _asides(self, *tags: str) -> list[tuple[str, str]]:
        """Where identifiers stand beside their own tags; a note that holds more means others."""
        return [*self._all(*tags), *(note for note in self._all("N1") if " " not in note[1])]

    def _key(self) -> str | None:
        """The citation key; a number of EndNote's or Mendeley's is none."""
        keys = [clean_line(text) for text in self._blocks("ID", "LB")]
        return next((key for key in keys if is_former(key) and not _NUMBER.fullmatch(key)), None)

    def _details(self, kind: str, own: dict[str, str]) -> dict[str, Any]:
        found = {field: self._first(tag) for tag, field in TEXTS}
        found["shortjournal"] = self._first("J2", "JA", "JO", "JF")
        found["volume"] = self._first("VL", "VO")
        found["file"] = "; ".join(self._each("L1"))
        if not any(DOI.search(text) for _, text in self._all("M3")):
            found["genre"] = self._first("M3")
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
        found["accession"] = next((t for t in self._blocks("AN") if not ARXIV.search(t)), "")
        return {field: text for field, text in found.items() if text and field not in own}

    def _pages(self) -> str:
        first, last = self._first("SP"), self._first("EP")
        if first and last and first != last and not first.endswith(f"-{last}"):
            return f"{first}--{last}"
        return csl_fields.bib_pages(first or last)


def _doi_in(text: str) -> str:
    found = DOI.search(text)
    return normal_doi(found.group()) or "" if found else ""


def _name(text: str) -> str:
    """`Family, Given, Suffix` as we have names; one that ends in a comma is not parted."""
    if text.endswith(","):
        return names.literal(text[:-1])
    parts = [part.strip() for part in text.split(",")]
    if len(parts) == 3 and all(parts) and names.is_suffix(parts[2]):
        return names.usual(f"{parts[0]}, {parts[2]}, {parts[1]}")
    return names.usual(text)
