"""The papers most like one paper: candidates by its most telling words, then compared in full."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from math import log
from typing import Final

from readinglist.library.similar.terms import Term, Terms, forms, terms_of
from readinglist.library.storage.database import explained
from readinglist.outcomes import Similar
from readinglist.stopping import checkpoint, with_checkpoints

_TEXT: Final = "SELECT title, abstract FROM paper WHERE id = ?"
_TEXTS: Final = """
SELECT id, title, abstract FROM paper
WHERE id IN (SELECT value FROM json_each(?)) AND trashed IS NULL
"""
_COUNTS: Final = "SELECT term, papers FROM word WHERE term IN (SELECT value FROM json_each(?))"
_PAPERS: Final = "SELECT rowid FROM paper_whole WHERE paper_whole MATCH ?"
_TOTAL: Final = "SELECT coalesce(max(id), 0) FROM paper"  # a million take long to count
# So many of a paper's words are looked up, in no more papers than that: some tenths of a second.
_LOOKED_UP: Final = 40
_LISTED: Final = 120_000
_COMPARED: Final = 120
# BM25: how soon a word said again says nothing new, and how much long texts are held back.
_AGAIN: Final = 2.5
_LENGTH: Final = 0.5
# Shared terms that are shown; each counts at least this much of what the first of them does.
_SHOWN: Final = 6
_TELLING: Final = 0.15


@explained
def similar(connection: sqlite3.Connection, paper: int, most: int) -> list[Similar]:
    """The papers most like one, most alike first, with the words that they share.

    Raises `Stopped` once it is asked to stop.
    """
    found = connection.execute(_TEXT, [paper]).fetchone()
    if found is None:
        return []
    about = _About(connection, terms_of(*found))
    candidates = json.dumps(_candidates(connection, paper, about.telling()))
    others = {
        number: terms_of(title, abstract)
        for number, title, abstract in with_checkpoints(connection.execute(_TEXTS, [candidates]))
    }
    return _ranked(about, others)[:most]


class _About:
    """What a paper is about: its terms, each with what it counts when another paper has it."""

    def __init__(self, connection: sqlite3.Connection, terms: Terms) -> None:
        self.terms = terms
        self._total = int(connection.execute(_TOTAL).fetchone()[0])
        roots = {root for term in terms.terms.values() for root in term.roots}
        words = json.dumps([form for root in roots for form in forms(root)])
        counts = dict(connection.execute(_COUNTS, [words]).fetchall())
        self._papers = {root: sum(counts.get(form, 0) for form in forms(root)) for root in roots}
        self.weights = {
            key: (1 + log(terms.counts[key])) * self._rarity(term)
            for key, term in terms.terms.items()
        }

    def _rarity(self, term: Term) -> float:
        """How telling a term is: the fewer papers have it, the more."""
        return sum(map(self._rarity_of, term.roots)) / len(term.roots)

    def _rarity_of(self, root: str) -> float:
        papers = min(self._papers[root], self._total)
        return log(1 + (self._total - papers + 0.5) / (papers + 0.5))

    def telling(self) -> Iterator[tuple[str, float]]:
        """Yield the words worth looking up, with their weights, those of the fewest papers first.

        Together they are in no more papers than can be gone through while someone waits.
        """
        shared = [
            (term.roots[0], self.weights[key])
            for key, term in self.terms.terms.items()
            if len(term.roots) == 1 and self._papers[term.roots[0]] > 1
        ]
        chosen = sorted(shared, key=lambda each: (-each[1], each[0]))[:_LOOKED_UP]
        listed = 0
        for root, weight in sorted(chosen, key=lambda each: (self._papers[each[0]], each[0])):
            listed += self._papers[root]
            if listed > _LISTED:
                return
            yield root, weight


def _candidates(
    connection: sqlite3.Connection, paper: int, telling: Iterable[tuple[str, float]]
) -> list[int]:
    """The papers that share the most telling words, as far as one can see without reading them."""
    scores: defaultdict[int, float] = defaultdict(float)
    for root, weight in telling:
        checkpoint()
        asked = " OR ".join(f'"{form}"' for form in forms(root))
        for (other,) in connection.execute(_PAPERS, [asked]):
            scores[other] += weight
    scores.pop(paper, None)
    least = sorted(scores.values())[-_COMPARED:][:1]  # of 100 000, only the best are put in order
    best = [other for other, score in scores.items() if score >= least[0]]
    return sorted(best, key=lambda other: (-scores[other], other))[:_COMPARED]


def _ranked(about: _About, others: dict[int, Terms]) -> list[Similar]:
    """The papers by how much of what the one says they say too; its own score would be 1."""
    average = sum(other.length for other in others.values()) / max(1, len(others)) or 1
    whole = sum(_shares(about, about.terms, average).values()) or 1
    found = []
    for number, other in others.items():
        shares = _shares(about, other, average)
        score = sum(shares.values()) / whole
        found.append(Similar(number, score, _told(about.terms, shares)))
    return sorted(found, key=lambda each: (-each.score, each.id))


def _shares(about: _About, other: Terms, average: float) -> dict[str, float]:
    """What each shared term counts."""
    held = _AGAIN * (1 - _LENGTH + _LENGTH * other.length / average)
    return {
        key: about.weights[key] * count * (_AGAIN + 1) / (count + held)
        for key, count in other.counts.items()
        if key in about.weights
    }


def _told(terms: Terms, shares: dict[str, float]) -> tuple[str, ...]:
    """The shared terms that count most, but no word that is part of another of them."""
    kept: list[str] = []
    least = _TELLING * max(shares.values(), default=0)
    for key in sorted(shares, key=lambda key: (-shares[key], key)):
        term = terms.terms[key].spelt
        parts = set(term.split())
        if shares[key] < least or len(kept) == _SHOWN:
            break
        if any(parts <= set(other.split()) for other in kept):
            continue
        kept = [other for other in kept if not set(other.split()) < parts] + [term]
    return tuple(kept)
