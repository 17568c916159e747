"""An entry of a .bib file as a record: the facts that have a column, and all others by name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from readinglist.citekeys import is_former, is_key, kept
from readinglist.formats import kinds, marks
from readinglist.formats.bib import addresses, blocks, dating, inheritance, persons
from readinglist.formats.bib.blocks import Source
from readinglist.formats.bib.capitals import braced, unforeseen
from readinglist.formats.bib.escaped_maths import as_formulas
from readinglist.formats.bib.fields import (
    COMMENT_OF,
    CONTAINER,
    KINDS,
    NAMES,
    NOTES,
    RENAMED,
    STASH,
    TAGS,
    TYPED,
    VERBATIM,
    venue_fields,
)
from readinglist.formats.bib.formulas import FORMULAS, restored
from readinglist.formats.bib.journals import journal_named
from readinglist.formats.bib.titles import CAPITALS
from readinglist.formats.csl.fields import bib_pages, in_one_text
from readinglist.formats.lines import Losses, shown
from readinglist.formats.markup import note_text, without_publishers_tags
from readinglist.formats.stash import unstashed
from readinglist.latex.fields import read_field, read_literal
from readinglist.latex.writer import write_field
from readinglist.records import Problem, Reading, Record
from readinglist.text import clean, clean_line

_TAG_MARK: Final = re.compile(r"(?<!\\)[{},;]")
_PARAGRAPHS: Final = re.compile(r"\n\s*\n")
_TITLES: Final = ("title", "subtitle")
_CONTAINERS: Final = ("booktitle", "maintitle", "shorttitle")
_HTML: Final = r"\textless"  # which we write otherwise
_NAME: Final = re.compile(r"[a-z][a-z0-9_:+.-]{0,39}")
_FURTHER: Final = "has a key in other letters than a to z; it is kept as a further one"


def read(text: str, kind: str) -> Reading:
    """Read a whole document; what is no entry, or has no title, is a problem with its line."""
    records: list[Record] = []
    problems = Losses()
    keys: dict[str, int] = {}
    for found in inheritance.resolved(text, blocks.sources(text)):
        if isinstance(found, Problem):
            problems.note([found])
            continue
        if found.kind == "set":
            continue
        record = record_of(found)
        if record is None:
            problems.note([Problem(found.line, "has no title", shown(found.text))])
            continue
        problems.note(_of_key(found, keys))
        records.append(record)
    records.sort(key=lambda record: record.line)
    return Reading(kind, records, sorted(problems, key=lambda problem: problem.line))


def _of_key(source: Source, keys: dict[str, int]) -> Iterator[Problem]:
    """What is wrong with a citation key, which its user will miss."""
    key = clean_line(source.key)
    first = keys.setdefault(key.lower(), source.line)
    if key and not is_key(key) and is_former(key):
        yield Problem(source.line, _FURTHER, shown(key))
    elif key and not is_key(key):
        yield Problem(source.line, "has a key that cannot be kept; it gets another", shown(key))
    elif key and first != source.line:
        yield Problem(source.line, f"has the key of line {first}; it gets another", shown(key))


def record_of(source: Source) -> Record | None:
    """What an entry says; None if it has no title."""
    fields = _by_our_names(source)
    own = unstashed(clean_line(read_literal(fields.get(STASH, ""))))
    if own:
        del fields[STASH]
    kind = _kind(source.kind, fields)
    kind = own.pop("type", kind)
    capitals = [word for name in _TITLES for word in braced(fields.get(name, ""))]
    title = _as_written(own.pop("title", ""), _title(fields))
    if not title:
        return None
    found = addresses.taken(fields)
    venue = _venue(fields, kind) or own.pop(CONTAINER, None)
    year, dates = dating.taken(fields)
    if fields.get("sortkey") == source.key:
        del fields["sortkey"]
    key, aliases = kept(clean_line(source.key), re.split(r"[\s,]+", fields.pop("ids", "")))
    told: dict[str, Any] = {  # members of a record
        "abstract": _abstract(fields.pop("abstract", ""), own.pop(FORMULAS, "")),
        "authors": tuple(persons.read_names(fields.pop("author", ""))),
        "tags": tuple(dict.fromkeys(tag for name in TAGS for tag in _tags(fields.pop(name, "")))),
        "note": _note(fields),
        "aliases": aliases,
    }
    facts = {**dict(_facts(fields)), **dates, **own}
    if capitals:
        facts.setdefault(CAPITALS, " ".join(unforeseen(title, capitals)))
    record = Record(
        title,
        year=year,
        venue=venue,
        doi=found.doi,
        arxiv_id=found.arxiv_id or addresses.arxiv_in(venue or "", fields.get("volume", "")),
        urls=found.urls,
        line=source.line,
        key=key,
        **told,
        **marks.taken(facts),
    )
    details = tuple((name, text) for name, text in sorted(facts.items()) if text)
    return kinds.with_kind(record._replace(details=details), kind)


def _by_our_names(source: Source) -> dict[str, str]:
    """The fields that say something, BibLaTeX's names before those of others."""
    told = {name: text for name, text in source.fields.items() if text.strip()}
    fields = {name: text for name, text in told.items() if name not in RENAMED}
    for name, text in told.items():
        if name in RENAMED and not _same(fields.setdefault(RENAMED[name], text), text):
            fields[name] = text  # as ACM has the publisher's `address` beside a `location`
    return fields


def _same(one: str, other: str) -> bool:
    return one.casefold().split() == other.casefold().split()


def _kind(written: str, fields: dict[str, str]) -> str:
    """The kind of an entry, told by its name and, of a thesis or report, by its type."""
    kind = KINDS.get(written, written)
    said = fields.pop("type", "")
    if kind in ("thesis", "report") and said.strip().lower() in TYPED:
        kind = TYPED[said.strip().lower()]
    elif said and said.strip().lower() != kind:
        fields["genre"] = said
    return kind


def _line(raw: str) -> str:
    return clean_line(read_field(raw))


def _words(raw: str) -> str:
    """The words of a title or an abstract, in which publishers' programs leave their marks."""
    return _line(as_formulas(without_publishers_tags(raw)))


def _title(fields: dict[str, str]) -> str:
    """The title, with what stands under it; that of a whole book may be told as such."""
    title, subtitle = (_words(fields.pop(name, "")) for name in _TITLES)
    if not title:
        return next(filter(None, (_line(fields.pop(name, "")) for name in _CONTAINERS)), "")
    colon = "" if title[-1] in ":?!.–—" else ":"
    return f"{title}{colon} {subtitle}" if subtitle else title


def _as_written(kept: str, title: str) -> str:
    """A title with the formula that we have written otherwise, unless it was edited since then."""
    same = kept and clean_line(read_field(write_field(kept))) == title
    return kept if same else title


def _venue(fields: dict[str, str], kind: str) -> str | None:
    for name in venue_fields(kind):
        raw = fields.get(name, "")
        if venue := journal_named(raw) or _line(raw):
            del fields[name]
            return venue
    return None


def _abstract(raw: str, formulas: str) -> str | None:
    """An abstract in its paragraphs; other line breaks are those of a program that wraps lines."""
    paragraphs = filter(None, map(_words, _PARAGRAPHS.split(raw)))
    return restored("\n\n".join(paragraphs), formulas) or None


def _note(fields: dict[str, str]) -> str | None:
    """The user's notes, line by line as they are."""
    names = [*NOTES, *(name for name in fields if name.startswith(COMMENT_OF))]
    notes = list(dict.fromkeys(_note_text(fields.pop(name, "")) for name in names))
    return "\n\n".join(note for note in notes if note.strip()) or None


def _note_text(raw: str) -> str:
    """A note as it is; of Zotero's, which are HTML in LaTeX, the text."""
    return (
        "\n\n".join(map(_of_html, raw.split("\n\n"))) if _HTML in raw else clean(read_literal(raw))
    )


def _of_html(raw: str) -> str:
    return note_text(clean(read_literal(raw)))


def _tags(raw: str) -> Iterator[str]:
    """Tags, which commas or semicolons part unless braces are around them."""
    start = depth = 0
    for mark in _TAG_MARK.finditer(raw):
        if mark.group() == "{":
            depth += 1
        elif mark.group() == "}":
            depth -= 1
        elif depth == 0:
            yield from _tag(raw[start : mark.start()])
            start = mark.end()
    yield from _tag(raw[start:])


def _tag(raw: str) -> Iterator[str]:
    if tag := clean_line(read_literal(raw)):
        yield tag


def _facts(fields: dict[str, str]) -> Iterator[tuple[str, str]]:
    """All other fields whose names can be kept."""
    for name, raw in fields.items():
        if name in ("crossref", "xdata") or not _NAME.fullmatch(name):
            continue
        if name in NAMES:
            yield name, in_one_text(persons.read_names(raw))
        elif name in VERBATIM:
            yield name, clean_line(raw)
        elif name == "pages":
            yield name, bib_pages(_line(raw))
        else:
            yield name, _line(raw)
