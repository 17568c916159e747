"""A query looked through: what each clause finds, and which one is to blame when nothing is."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from readinglist.library.query.clauses import Clause, clauses, without
from readinglist.library.query.parsing import All, parse
from readinglist.library.search.results import Results
from readinglist.records import Facet
from readinglist.stopping import checkpoint

# A longer query is a pasted text; nobody looks at each of its words.
_MOST: Final = 16
_TRASH: Final = Facet("is", "trashed")
_NOT_LAST: Final = " ."

# Finds what a query asks for, beside facets.
Find = Callable[[str, Sequence[Facet]], Results]


@dataclass(frozen=True, slots=True)
class Share:
    """How many papers a clause finds by itself, or how many more there were without a `-`.

    `read_as` is the clause with its misspelt words as they were read; empty if there are none.
    """

    clause: Clause
    papers: int
    read_as: str = ""


@dataclass(frozen=True, slots=True)
class Way:
    """A way out of finding nothing: what to leave out, what is left then, and what that finds."""

    left_out: tuple[str, ...]
    query: str
    where: tuple[Facet, ...]
    papers: int

    @property
    def name(self) -> str:
        """What is left out, as one says it."""
        return " and ".join(self.left_out)


@dataclass(frozen=True, slots=True)
class Xray:
    """What was seen of a query: the share of each clause, and the ways out, the best one first."""

    query: str = ""
    where: tuple[Facet, ...] = ()
    shares: tuple[Share, ...] = ()
    ways: tuple[Way, ...] = ()


def xray(
    find: Find, query: str, where: Sequence[Facet] = (), *, found: int, lenient: bool = False
) -> Xray:
    """Look through a query that finds so many papers.

    Every clause is a search of its own. Raises `QueryError`, unless `lenient`.
    """
    parts = clauses(query, lenient=lenient)
    if len(parts) + len(where) > _MOST:
        return Xray(query, tuple(where))
    seen = _Light(find, query, tuple(where), parts, found, lenient=lenient)
    shares = seen.shares()
    return Xray(query, tuple(where), shares, () if found else seen.ways(shares))


def sentence(ways: Sequence[Way]) -> str:
    """Say in one sentence what the best way out gives; empty where there is none."""
    return f"Without {ways[0].name}: {ways[0].papers:,}." if ways else ""


@dataclass(frozen=True, slots=True)
class _Light:
    find: Find
    query: str
    where: tuple[Facet, ...]
    parts: Sequence[Clause]
    found: int
    lenient: bool = field(kw_only=True)

    def shares(self) -> tuple[Share, ...]:
        """The share of each clause that is understood."""
        trees = {part: parse(part.query, lenient=self.lenient).tree for part in self.parts}
        understood = [part for part in self.parts if trees[part] != All()]
        trash = parse(f"{_TRASH.field}:{_TRASH.value}").tree
        # Where the trash is asked for, every clause is about what is in there.
        in_trash = _TRASH in self.where or trash in trees.values()
        return tuple(map(partial(self._share, (_TRASH,) if in_trash else ()), understood))

    def _share(self, world: tuple[Facet, ...], part: Clause) -> Share:
        checkpoint()
        if not self.found and part.query == self.query and world == self.where:
            return Share(part, 0)
        if part.excluding:
            rest = self.find(without(self.query, [part]) + _NOT_LAST, self.where)
            return Share(part, max(len(rest) - self.found, 0))
        results = self.find(part.query, world)
        return Share(part, len(results), as_read(part.text, results.corrections))

    def ways(self, shares: Sequence[Share]) -> tuple[Way, ...]:
        """What leaving out one thing gives, or else what finds nothing wherever it stands."""
        if len(self.parts) + len(self.where) < 2:
            return ()
        single = [self._way([share.clause]) for share in shares]
        single += [self._way([], facet) for facet in self.where]
        if not any(way.papers for way in single):
            barren = [s.clause for s in shares if not s.papers and not s.clause.excluding]
            if 1 < len(barren) < len(self.parts) + len(self.where):
                single.append(self._way(barren))
        return tuple(sorted(filter(lambda way: way.papers, single), key=lambda way: -way.papers))

    def _way(self, left_out: Sequence[Clause], facet: Facet | None = None) -> Way:
        checkpoint()
        query = without(self.query, left_out) if left_out else self.query
        where = tuple(each for each in self.where if each != facet)
        names = [part.text for part in left_out]
        names += [f"{facet.field}:{facet.value}"] if facet else []
        return Way(tuple(names), query, where, len(self.find(query, where)))


def as_read(text: str, corrections: Mapping[str, str]) -> str:
    """Return a clause with its misspelt words as they were read; empty if it has none."""
    if not corrections:
        return ""
    words = {typed.casefold(): word for typed, word in corrections.items()}
    typed = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    pattern = re.compile(rf"(?<!\w)(?:{typed})(?!\w)", re.IGNORECASE)
    read = pattern.sub(lambda found: words.get(found[0].casefold(), found[0]), text)
    return read if read != text else ", ".join(words.values())
