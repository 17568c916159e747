"""What a format shows otherwise than the library has it, carried along as it was."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Final

from readinglist import latex
from readinglist.formats.members import Unfit, record_of
from readinglist.formats.names import usual
from readinglist.records import Entry, Record
from readinglist.text import clean_line

ADDED: Final = "added"
"""Stands for the names of what the paper has not, and would be read of it nevertheless."""

_TEXTS: Final = ("title", "abstract", "venue", "doi", "arxiv_id", "note")
_LISTS: Final = ("authors", "urls", "tags", "aliases")
_FACT: Final = "details."
_SIGNS: Final = re.compile(r"[\\$<^_~`{}&\n\t]")
_IN_LISTS: Final = re.compile(r"[\\$<^_~`{}&,;:/]")


def line_shown(text: str | None) -> str:
    """A text as people read it, on one line: formulas and LaTeX in their Unicode reading."""
    line = clean_line(text or "")
    return clean_line(latex.to_unicode(line)) or line


def differing(entry: Entry, read_again: Callable[[], Record]) -> dict[str, str]:
    """By name, what a paper has otherwise than what would be read of it again."""
    if _is_plain(entry):
        return {}  # which is faster to see than to try
    try:
        again = read_again()
    except Unfit:
        return {}  # it has a text that is longer than any that is read
    had, has = _texts(entry), _texts(again)
    found = {name: text for name, text in had.items() if text != has.get(name)}
    added = " ".join(name for name in has if name not in had)
    return {**found, **({ADDED: added} if added else {})}


def _texts(paper: Entry | Record) -> dict[str, str]:
    """All that a paper has which can be written otherwise, by name."""
    found = {name: getattr(paper, name) or "" for name in _TEXTS}
    found |= {name: "\n".join(getattr(paper, name)) for name in _LISTS}
    found |= {f"{_FACT}{name}": text for name, text in paper.details}
    return {name: text for name, text in found.items() if text}


def _is_plain(entry: Entry) -> bool:
    """Whether nothing in a paper can be written in another way than it is."""
    if entry.details or entry.doi or entry.arxiv_id or entry.aliases:
        return False
    words = [*filter(None, (entry.title, entry.abstract, entry.venue, entry.note))]
    if any("  " in text or text != text.strip() or _SIGNS.search(text) for text in words):
        return False
    if any(map(_IN_LISTS.search, (*entry.authors, *entry.urls, *entry.tags))):
        return False
    return all(usual(author) == author for author in entry.authors)


def restored(
    record: Record, originals: Mapping[str, str], again: Callable[[Entry], Record]
) -> Record:
    """A record with these originals, as far as it still says what is read of them `again`.

    What somebody has changed in the file since stays as it is now.
    """
    try:
        told = record_of(_members(record, originals), record.line)
        seen = again(_entry(told))
    except Unfit:
        return record
    whole = {
        name: getattr(told, name)
        for name in (*_TEXTS, *_LISTS)
        if getattr(seen, name) == getattr(record, name)
    }
    return record._replace(**whole, details=_details(record, told, seen))


def _details(record: Record, told: Record, seen: Record) -> tuple[tuple[str, str], ...]:
    facts, originals, read = dict(record.details), dict(told.details), dict(seen.details)
    for name in facts.keys() | originals.keys():
        if facts.get(name) == read.get(name):
            facts[name] = originals.get(name, "")
    return tuple((name, text) for name, text in sorted(facts.items()) if text)


def _members(record: Record, originals: Mapping[str, str]) -> dict[str, Any]:
    """What the record says with the originals in their places, to be checked like any other."""
    added = originals.get(ADDED, "").split()
    texts = {**_texts(record), **originals, **dict.fromkeys(added, "")}
    facts = {
        name.removeprefix(_FACT): text
        for name, text in texts.items()
        if name.startswith(_FACT) and text
    }
    members: dict[str, Any] = {name: texts.get(name, "") for name in _TEXTS}
    members |= {name: [*filter(None, texts.get(name, "").split("\n"))] for name in _LISTS}
    kept = {name: getattr(record, name) for name in ("year", "key", "status", "starred")}
    return {**members, **kept, "details": facts}


def _entry(record: Record) -> Entry:
    members = {name: value for name, value in record._asdict().items() if name != "line"}
    return Entry(**{"id": 0, **members, "key": record.key or "x"})
