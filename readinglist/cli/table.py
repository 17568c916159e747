"""Papers as a person reads them in a terminal: one line each, or one in full."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from readinglist.cli.measure import columns, fit, pad, width, wrap
from readinglist.cli.output import Cell, say
from readinglist.latex import to_unicode
from readinglist.records import Entry, Row
from readinglist.text import clean, clean_line, without_braces

_SETTLED_BY = 500  # rows: the first ones decide the columns, so that output starts at once
_NARROWEST_TITLE = 12
_WIDEST_TAGS = 30
_WIDEST_PROSE = 88
_STATUS = max(map(len, ("inbox", "to-read", "reading", "read", "skipped")))
_GAP = "  "


def print_table(rows: Iterable[Row]) -> None:
    """Print a line for each paper; cut to fit a terminal, whole when piped."""
    rows = iter(rows)
    first = list(islice(rows, _SETTLED_BY))
    keys = _widest(row.key for row in first)
    titles = _widest(map(_title, first))
    tags = _widest(map(_tags, first))
    cut = sys.stdout.isatty()
    if cut:
        free = columns() - _STATUS - len(" *") - keys - 2 * len(_GAP)
        tags = max(0, min(tags, _WIDEST_TAGS, free - len(_GAP) - _NARROWEST_TITLE))
        titles = max(_NARROWEST_TITLE, free - (tags + len(_GAP) if tags else 0))
    for row in chain(first, rows):
        title, labels = _title(row), _tags(row)
        if cut:
            title, labels = fit(title, titles), fit(labels, tags)
        say(
            (pad(row.status, _STATUS), row.status),
            " ",
            ("*" if row.starred else " ", "strong"),
            _GAP,
            (pad(row.key, keys), "strong"),
            _GAP,
            pad(title, titles) if labels else title,
            _GAP,
            (labels, "quiet"),
        )


def _widest(texts: Iterable[str]) -> int:
    return max(map(width, texts), default=0)


def _title(row: Row) -> str:
    return clean_line(to_unicode(row.title))


def _tags(row: Row) -> str:
    return clean_line(", ".join(row.tags))


def print_entry(entry: Entry) -> None:
    """Print one paper: title, facts, abstract, note."""
    room = min(columns(), _WIDEST_PROSE)
    for line in wrap(clean_line(to_unicode(entry.title)), room):
        say((line, "strong"))
    for name, values in _facts(entry):
        for number, value in enumerate(values):
            say((f"  {'' if number else name:8}", "quiet"), _GAP, value)
    for heading, prose in (("Abstract", to_unicode(entry.abstract or "")), ("Note", entry.note)):
        if prose:
            say()
            say((heading, "quiet"))
            for line in _paragraphs(prose, room if heading == "Abstract" else sys.maxsize):
                say(line)


def _facts(entry: Entry) -> Iterator[tuple[str, list[Cell]]]:
    """Names and lines of what is known; what is not known is left out."""
    yield "key", [entry.key]
    yield "status", [(f"{entry.status}{' *' if entry.starred else ''}", entry.status)]
    facts = {
        "authors": ["; ".join(map(without_braces, entry.authors))],
        "year": [str(entry.year or "")],
        "venue": [entry.venue or ""],
        "doi": [entry.doi or ""],
        "arxiv": [entry.arxiv_id or ""],
        "further": [f"{name}: {clean_line(text)}" for name, text in entry.details],
        "also": [", ".join(entry.aliases)],
        "tags": [", ".join(entry.tags)],
        "links": list(entry.urls),
        "sources": list(entry.sources),
        "added": [entry.added[:10]],
    }
    for name, values in facts.items():
        if any(values):
            yield name, list(values)


def _paragraphs(text: str, room: int) -> Iterator[str]:
    for paragraph in clean(text).expandtabs(4).split("\n"):
        yield from wrap(paragraph, room) if width(paragraph) > room else [paragraph]
