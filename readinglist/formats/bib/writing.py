"""A paper as an entry of either dialect, which all of its readers take without a warning."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import quote

from readinglist.formats import kinds, links, marks
from readinglist.formats.bib import dating, details, persons
from readinglist.formats.bib.details import Details
from readinglist.formats.bib.fields import CLASSIC, CONTAINER, MORE_LINKS, STASH, TYPED
from readinglist.formats.bib.formulas import FORMULAS, rewritten
from readinglist.formats.bib.shapes import Shape, shape_of
from readinglist.formats.bib.titles import CAPITALS, protected
from readinglist.formats.stash import stashed
from readinglist.latex.fields import read_field
from readinglist.latex.writer import write_field, write_literal
from readinglist.records import Entry
from readinglist.text import clean, clean_line, identity

# Some parsers take this for the start of an entry, even in the middle of a field.
_BLOCK_START: Final = re.compile(r"@(?=\w*[ \t]*[{(])")
# And some take this, in a text of several lines, for a field behind an end that is missing.
_FIELD_START: Final = re.compile(r"\n([^\S\n]*[^\s=]+[^\S\n]*)=")
_FORMULA_FIRST: Final = re.compile(r"[^\s=]*\$[^\s=]*\s?=")
_PARAGRAPHS: Final = re.compile(r"\n\s*\n")


def write(entries: Iterable[Entry], *, classic: bool) -> Iterator[str]:
    """Yield one entry per paper, with a blank line between two."""
    gap = ""
    for entry in entries:
        yield gap + _entry(entry, classic=classic)
        gap = "\n"


def _entry(entry: Entry, *, classic: bool) -> str:
    links_ = list(dict.fromkeys(filter(None, map(links.web_link, entry.urls))))
    written = details.writable(entry)
    told: dict[str, object] = {
        **written,
        "venue": _container(entry),
        "author": entry.authors,
        "doi": entry.doi,
        "url": links_,
    }
    told["eprint"] = told.get("eprint") or entry.arxiv_id
    kind = kinds.kind(entry)
    shape = shape_of(kind, told, classic=classic)
    rest = details.sorted_out(entry, written, shape, classic=classic)
    if _kind_told(shape, rest) != kind:
        rest.stash["type"] = kind
    also = frozenset(dict(entry.details).get(CAPITALS, "").split())
    title = write_field(clean_line(entry.title), protect=lambda text: protected(text, also))
    if identity(read_field(title)) != identity(entry.title):
        rest.stash["title"] = clean_line(entry.title)  # it has a formula that is written otherwise
    if formulas := rewritten(entry.abstract or ""):
        rest.stash[FORMULAS] = formulas
    if not classic:
        rest.stash.update(marks.told(entry))  # fields that its data model does not know
    fields = {
        "title": title,
        "author": persons.write_names(list(entry.authors)),
        **rest.dates,
        **_venue(entry, shape, rest),
        **rest.fields,
        "doi": _verbatim(links.bare_doi(entry)),
        **_arxiv(entry, rest),
        "url": links_[0] if links_ else "",
        MORE_LINKS: " ".join(links_[1:]),
        "keywords": ", ".join(filter(None, map(_keyword, entry.tags))),
        "ids": ", ".join(entry.aliases),
        "abstract": _abstract(entry.abstract or ""),
        "annotation": write_literal(clean(entry.note or "")),
        **(marks.told(entry) if classic else {}),
        STASH: write_literal(stashed(rest.stash)),
    }
    if classic:
        fields = _in_classic_words(fields, entry, shape)
    return "".join(_lines(shape.name, entry.key, fields))


def _lines(name: str, key: str, fields: dict[str, str]) -> Iterator[str]:
    yield f"@{name}{{{key}"
    for field, value in fields.items():
        if value.strip():
            bare = field == "month" and value in dating.MONTHS
            yield f",\n  {field} = " + (value if bare else f"{{{_unmistakable(value)}}}")
    yield "\n}\n"


def _kind_told(shape: Shape, rest: Details) -> str:
    """The kind that the entry will be read as."""
    return TYPED.get(rest.fields.get("type", "").lower(), shape.name) if shape.type else shape.name


def _container(entry: Entry) -> str:
    """The venue, unless it is a link, which would be read as one."""
    venue = clean_line(entry.venue or "")
    return "" if links.web_link(venue) else venue


def _venue(entry: Entry, shape: Shape, rest: Details) -> dict[str, str]:
    venue = _container(entry)
    if entry.venue and (not venue or not shape.venue):
        rest.stash[CONTAINER] = clean_line(entry.venue)
        return {}
    return {shape.venue: write_field(venue)} if venue else {}


def _arxiv(entry: Entry, rest: Details) -> dict[str, str]:
    arxiv = _verbatim(links.bare_arxiv(entry))
    if not arxiv:
        return {}
    for name in ("eprint", "eprinttype"):
        if other := rest.fields.pop(name, ""):
            rest.stash[name] = other
    return {"eprint": arxiv, "eprinttype": "arXiv"}


def _in_classic_words(fields: dict[str, str], entry: Entry, shape: Shape) -> dict[str, str]:
    """Rename the fields, and say what a style is to sort a paper without authors by."""
    if not fields["author"] or shape.name == "proceedings":
        fields.setdefault("sortkey", entry.key)
    words = {**CLASSIC, "institution": "school"} if shape.name.endswith("thesis") else CLASSIC
    return {words.get(name, name): value for name, value in fields.items()}


def _abstract(text: str) -> str:
    return "\n\n".join(map(_paragraph, _PARAGRAPHS.split(clean(text).strip())))


def _paragraph(text: str) -> str:
    """One that begins with a formula such as `$a=b$` is kept apart from the name of a field."""
    written = write_field(text)
    return f"{{}} {written}" if _FORMULA_FIRST.match(written) else written


def _keyword(tag: str) -> str:
    keyword = write_literal(clean_line(tag))
    return f"{{{keyword}}}" if re.search("[,;]", keyword) else keyword


def _unmistakable(value: str) -> str:
    return _BLOCK_START.sub("{@}", _FIELD_START.sub("\n\\1{}=", value))


def _verbatim(identifier: str | None) -> str:
    r"""Return an identifier as BibLaTeX and `\url` read it: nothing escaped, no brace, no space."""
    return re.sub(
        r"[\s{}\\]|[^!-~]", lambda m: quote(m.group(), errors="replace"), identifier or ""
    )
