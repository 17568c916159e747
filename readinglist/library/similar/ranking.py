"""The papers most like one paper: candidates by its most telling words, then compared in full."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from readinglist.library.similar.about import MOST_LIKE, About, Weights
from readinglist.library.similar.empty_words import is_plain
from readinglist.library.similar.terms import Terms, forms, terms_of
from readinglist.library.storage.database import explained
from readinglist.outcomes import Similar
from readinglist.stopping import checkpoint, with_checkpoints

_TEXT: Final = "SELECT title, abstract FROM paper WHERE id = ?"
_TEXTS: Final = """
SELECT id, title, abstract FROM paper
WHERE id IN (SELECT value FROM json_each(?)) AND trashed IS NULL
"""
_PAPERS: Final = "SELECT rowid FROM paper_whole WHERE paper_whole MATCH ?"
_COMPARED: Final = 120
# BM25: how soon a word said again says nothing new, and how much long texts are held back.
_AGAIN: Final = 4
_LENGTH: Final = 0.8
# How often they are put in order anew.
_ROUNDS: Final = 2
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
    about = About(connection, terms_of(*found))
    candidates = json.dumps(_candidates(connection, paper, about.telling()))
    others = {
        number: terms_of(title, abstract)
        for number, title, abstract in with_checkpoints(connection.execute(_TEXTS, [candidates]))
    }
    return _ranked(about, others)[:most]


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


def _ranked(about: About, others: dict[int, Terms]) -> list[Similar]:
    """The papers by how much of what the one says they say too; its own score would be near 1.

    They are put in order by its own words, and anew by those that the best of them share with it.
    """
    average = sum(other.length for other in others.values()) / max(1, len(others)) or 1
    said = {number: _saturated(other, average) for number, other in others.items()}
    own = _saturated(about.terms, average)
    weights, scores = about.weights, dict[int, float]()
    for again in range(_ROUNDS + 1):
        if again:
            best = sorted(scores, key=lambda number: (-scores[number], number))[:MOST_LIKE]
            weights = about.widened([(scores[number], others[number]) for number in best])
        whole = sum(weight * own.get(key, 1) for key, weight in weights.items()) or 1
        scores = {number: _sum(weights, counts) / whole for number, counts in said.items()}
    found = [
        Similar(number, score, _told(about.terms, weights, said[number]))
        for number, score in scores.items()
    ]
    return sorted(found, key=lambda each: (-each.score, each.id))


def _saturated(terms: Terms, average: float) -> dict[str, float]:
    """How often each term is said, where again says less and less, and a long text less too."""
    held = _AGAIN * (1 - _LENGTH + _LENGTH * terms.length / average)
    return {key: count * (_AGAIN + 1) / (count + held) for key, count in terms.counts.items()}


def _sum(weights: Weights, counts: dict[str, float]) -> float:
    return sum([weights[key] * count for key, count in counts.items() if key in weights])


def _told(terms: Terms, weights: Weights, counts: dict[str, float]) -> tuple[str, ...]:
    """The shared terms that count most, but no word that is part of another of them.

    Nor one that says little by itself, where there is another.
    """
    shared = terms.terms.keys() & counts.keys()
    shares = {key: weights[key] * counts[key] for key in shared}
    telling = {key: share for key, share in shares.items() if not is_plain(terms.terms[key].spelt)}
    shares = telling or shares
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
