"""Every word the library holds, for finding what a misspelt or half-typed one may have been."""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from functools import cached_property, lru_cache
from typing import Final, NamedTuple

# Enough for every real misspelling; what is cut off is the least alike and the rarest.
_MOST_GUESSES: Final = 48


class Guess(NamedTuple):
    """A word of the vocabulary that a typed one may stand for.

    `edits` counts inserted, deleted, changed and swapped letters; `whole` is False if only its
    first `length` letters were typed.
    """

    word: str
    edits: int
    whole: bool
    length: int


class Vocabulary:
    """The folded words of the index, in order, and how many papers have each."""

    def __init__(self, papers: dict[str, int], total: int) -> None:
        self.papers = papers
        self.total = total
        self.guesses = lru_cache(maxsize=512)(self._guesses)
        self.beginning_with = lru_cache(maxsize=512)(self._beginning_with)

    @classmethod
    def read(cls, connection: sqlite3.Connection) -> Vocabulary:
        """Read the vocabulary of the full-text index."""
        papers = dict(connection.execute("SELECT term, doc FROM paper_word"))
        total = connection.execute("SELECT count(*) FROM paper").fetchone()[0]
        return cls(papers, total)

    def __contains__(self, word: str) -> bool:
        return word in self.papers

    def _beginning_with(self, beginning: str) -> int:
        """How many papers have a word that begins so, at most: repeats are counted."""
        return sum(self.papers[word] for word in self._range(beginning))

    def begins(self, beginning: str) -> bool:
        """Whether any word begins so."""
        at = bisect_left(self._sorted, beginning)
        return at < len(self._sorted) and self._sorted[at].startswith(beginning)

    def _guesses(self, word: str, edits: int, *, beginnings: bool) -> tuple[Guess, ...]:
        """Words at most `edits` from the typed one, and those that begin like that, best first.

        A beginning as long as what was typed, or longer, and with the same last letter is
        believed; other beginnings only when there is nothing else.
        """
        found = {guess.word: guess for guess in self._misspelt(word, edits)}
        if beginnings:
            lengths = range(len(word), len(word) + edits + 1)
            started = [g for g in self._started(word, edits, lengths) if _ends_alike(g, word)]
            if not found and not started:
                lengths = range(max(len(word) - edits, 2), len(word) + edits + 1)
                started = self._started(word, edits, lengths)
            for guess in started:
                best = found.setdefault(guess.word, guess)
                if guess.edits < best.edits:
                    found[guess.word] = guess
        found.pop(word, None)
        kept = [guess for guess in found.values() if _same_digits(guess.word, word)]
        kept.sort(key=lambda g: (g.edits, not g.whole, -self.papers[g.word], g.word))
        return tuple(kept[:_MOST_GUESSES])

    def _misspelt(self, word: str, edits: int) -> list[Guess]:
        lengths = range(max(len(word) - edits, 1), len(word) + edits + 1)
        choices = [term for length in lengths for term in self._by_length.get(length, ())]
        return [Guess(term, cost, True, len(term)) for term, cost in _within(word, choices, edits)]

    def _started(self, word: str, edits: int, lengths: range) -> list[Guess]:
        """Words of which the first so many letters are what was typed, give or take edits."""
        return [
            Guess(term, cost, False, length)
            for length in lengths
            for beginning, cost in _within(word, self._beginnings(length), edits)
            for term in self._range(beginning)
            if len(term) > length
        ]

    def _range(self, beginning: str) -> list[str]:
        start = bisect_left(self._sorted, beginning)
        return self._sorted[start : bisect_left(self._sorted, beginning + "\U0010ffff", start)]

    def _beginnings(self, length: int) -> list[str]:
        """All different first `length` letters of longer words."""
        if length not in self._by_beginning:
            cut = {word[:length]: None for word in self._sorted if len(word) > length}
            self._by_beginning[length] = list(cut)
        return self._by_beginning[length]

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self.papers)

    @cached_property
    def _by_length(self) -> dict[int, list[str]]:
        lengths: dict[int, list[str]] = {}
        for word in self._sorted:
            lengths.setdefault(len(word), []).append(word)
        return lengths

    @cached_property
    def _by_beginning(self) -> dict[int, list[str]]:
        return {}


def _within(word: str, choices: list[str], edits: int) -> list[tuple[str, int]]:
    from rapidfuzz import process  # 18 ms, and only words need it
    from rapidfuzz.distance import OSA

    found = process.extract(
        word, choices, scorer=OSA.distance, score_cutoff=edits, limit=None, processor=None
    )
    return [(choice, int(cost)) for choice, cost, _ in found]


def _ends_alike(guess: Guess, typed: str) -> bool:
    beginning = guess.word[: guess.length]
    return beginning[-1] == typed[-1] or beginning[-2:] == typed[:-3:-1]


def _same_digits(candidate: str, typed: str) -> bool:
    """Whether no digit differs: 2023 is no misspelling of 2024, nor gpt3 of gpt4."""
    return list(filter(str.isdigit, candidate)) == list(filter(str.isdigit, typed))
