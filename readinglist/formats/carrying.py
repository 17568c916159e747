"""What a format has a place for, and what an export therefore leaves out of its papers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple

from readinglist.formats import links
from readinglist.records import Entry, Status

LISTED_AUTHORS: Final = 20
"""More authors than these are counted, where a list is for people."""

_NAMED: Final = 6  # in a sentence
_LONGEST: Final = 30  # characters of a fact's name there
_FACT: Final = "details."


class Part(NamedTuple):
    """Something that a paper may have: what people call it, and whether this one has it."""

    label: str
    has: Callable[[Entry], object]


# What the user wrote comes first, for nothing brings it back.
PARTS: Final = {
    "note": Part("note", lambda entry: entry.note),
    "tags": Part("tags", lambda entry: entry.tags),
    "status": Part("status", lambda entry: entry.status != Status.INBOX),
    "starred": Part("star", lambda entry: entry.starred),
    "aliases": Part("former keys", lambda entry: entry.aliases),
    "abstract": Part("abstract", lambda entry: entry.abstract),
    "authors": Part("authors", lambda entry: entry.authors),
    "more_authors": Part("further authors", lambda entry: len(entry.authors) > LISTED_AUTHORS),
    "year": Part("year", lambda entry: entry.year is not None),
    "venue": Part("venue", lambda entry: entry.venue),
    "doi": Part("DOI", lambda entry: entry.doi),
    "arxiv_id": Part("arXiv id", lambda entry: entry.arxiv_id),
    "urls": Part("link", lambda entry: entry.urls),
    "more_links": Part("further links", lambda entry: len(links.web_links(entry)) > 1),
}
"""By name, all that a paper may have beside key, title and further facts."""


class Place(NamedTuple):
    """What a format has no place for: some `PARTS`, and facts but for those of these names.

    `facts` is None where every fact has its place. What an option leaves out was chosen, and is
    not told.
    """

    lacks: frozenset[str] = frozenset()
    facts: frozenset[str] | None = None

    def left_out(self, entry: Entry) -> Iterator[str]:
        """What it leaves out of a paper: names of parts, and those of facts after `details.`."""
        yield from (name for name in self.lacks if PARTS[name].has(entry))
        if self.facts is not None:
            names = (name for name, text in entry.details if text)
            yield from (f"{_FACT}{name}" for name in names if name not in self.facts)


EVERYTHING: Final = Place()


def place(*lacks: str, facts: Iterable[str] | None = None) -> Place:
    """What a format that `lacks` some parts has a place for, and the `facts` that it has."""
    return Place(frozenset(lacks), None if facts is None else frozenset(facts))


class Shortfall:
    """Watches papers on their way into an export, and says what they lack and what is left out."""

    def __init__(self, label: str, place: Place, *, cites: bool) -> None:
        self._label = label
        self._place = place
        self._cites = cites
        self._total = 0
        self._bare = 0
        self._left: Counter[str] = Counter()

    def watched(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """Pass papers on."""
        for entry in entries:
            self._total += 1
            self._bare += not entry.authors or entry.year is None
            self._left.update(self._place.left_out(entry))
            yield entry

    def sentences(self) -> list[str]:
        """What is to be said of the papers that have passed."""
        return [*self._lacking(), *self._leaving()]

    def _lacking(self) -> Iterator[str]:
        """What the papers lack that the target wants."""
        if not self._cites or not self._bare:
            return
        if self._total == 1:
            yield "It has no author or no year."
        elif self._bare == self._total:
            yield f"All {self._total:,} have no author or no year."
        else:
            have = "have" if self._bare > 1 else "has"
            yield f"{self._bare:,} of {self._total:,} {have} no author or no year."

    def _leaving(self) -> Iterator[str]:
        """What the papers have that the target has no place for."""
        if not self._left:
            return
        parts = [name for name in PARTS if name in self._left]
        facts = sorted(self._left.keys() - {*parts}, key=lambda name: (-self._left[name], name))
        shown = [self._counted(name) for name in (*parts, *facts)]
        if (more := len(shown) - _NAMED) > 0:
            shown[_NAMED:] = [f"{more} more"]
        yield f"{self._label} leaves out: {', '.join(shown)}."

    def _counted(self, name: str) -> str:
        label = PARTS[name].label if name in PARTS else name.removeprefix(_FACT)[:_LONGEST]
        return label if self._total == 1 else f"{label} ({self._left[name]:,})"
