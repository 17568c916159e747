"""What the library knows of words: how many papers have one, and what a typed one may have been."""

from __future__ import annotations

import sqlite3
from functools import lru_cache
from typing import Final, NamedTuple

from readinglist.library.search.lexicon import Lexicon

# Enough for every real misspelling; what is cut off is the least alike and the rarest.
_MOST_GUESSES: Final = 48
# Of this many guesses the papers are counted; there are more only for short words.
_MOST_COUNTED: Final = 400
_COUNTS: Final = "SELECT front, papers FROM word WHERE term = ?"
_BEGINNING: Final = """
SELECT coalesce(sum(front), 0), coalesce(sum(papers), 0) FROM word WHERE term >= ? AND term < ?
"""
_COMMONEST: Final = """
SELECT term FROM word WHERE term >= ? AND term < ? AND {0} > 0 ORDER BY {0} DESC, term LIMIT ?
"""
_TOP: Final = "\U0010ffff"


class Guess(NamedTuple):
    """A word of the vocabulary that a typed one may stand for.

    `edits` counts inserted, deleted, changed and swapped letters; `whole` is False if only its
    first `length` letters were typed.
    """

    word: str
    edits: int
    whole: bool
    length: int


class Counts(NamedTuple):
    """How many papers have a word in front of the abstract, and how many anywhere."""

    front: int
    papers: int


class Vocabulary:
    """The words of the index as it stands now, asked for one at a time."""

    def __init__(self, connection: sqlite3.Connection, lexicon: Lexicon) -> None:
        self._connection = connection
        self._lexicon = lexicon
        # How many papers there are or were: a million take long to count, and it need not be exact.
        self.total: int = connection.execute("SELECT max(id) FROM paper").fetchone()[0] or 0
        self.guesses = lru_cache(maxsize=1024)(self._guesses)
        self.counts = lru_cache(maxsize=16384)(self._counts)
        self.beginning_with = lru_cache(maxsize=1024)(self._beginning_with)
        self.commonest = lru_cache(maxsize=256)(self._commonest)

    def papers(self, word: str) -> int:
        """How many papers have a word."""
        return self.counts(word).papers

    def __contains__(self, word: str) -> bool:
        return self.papers(word) > 0

    def begins(self, beginning: str) -> bool:
        """Whether any word of any paper begins so."""
        return self.beginning_with(beginning).papers > 0

    def warm_up(self) -> None:
        """Read all words, as the first misspelt one would."""
        self._known().warm_up()

    def _counts(self, word: str) -> Counts:
        return Counts(*(self._connection.execute(_COUNTS, [word]).fetchone() or (0, 0)))

    def _beginning_with(self, beginning: str) -> Counts:
        """How many papers have a word that begins so, at most: repeats are counted."""
        span = (beginning, beginning + _TOP)
        return Counts(*self._connection.execute(_BEGINNING, span).fetchone())

    def _commonest(self, beginning: str, most: int, *, front: bool) -> tuple[str, ...]:
        """The words that begin so, the most frequent ones in front of abstracts or anywhere."""
        span = (beginning, beginning + _TOP, most)
        sql = _COMMONEST.format("front" if front else "papers")
        return tuple(row[0] for row in self._connection.execute(sql, span))

    def _guesses(self, word: str, edits: int, *, beginnings: bool) -> tuple[Guess, ...]:
        """Words at most `edits` from the typed one, and those that begin like that, best first.

        A beginning as long as what was typed, or longer, and with the same last letter is
        believed; other beginnings only when there is nothing else.
        """
        found = {
            term: Guess(term, cost, True, len(term))
            for term, cost in self._known().misspelt(word, edits)
        }
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
        alike = [guess for guess in found.values() if _same_digits(guess.word, word)]
        alike.sort(key=lambda g: (g.edits, not g.whole, g.word))
        kept = [guess for guess in alike[:_MOST_COUNTED] if guess.word in self]
        kept.sort(key=lambda g: (g.edits, not g.whole, -self.papers(g.word), g.word))
        return tuple(kept[:_MOST_GUESSES])

    def _started(self, word: str, edits: int, lengths: range) -> list[Guess]:
        """Words of which the first so many letters are what was typed, give or take edits."""
        return [
            Guess(term, cost, False, length)
            for term, cost, length in self._known().begun(word, edits, lengths)
        ]

    def _known(self) -> Lexicon:
        self._lexicon.catch_up(self._connection)
        return self._lexicon


def _ends_alike(guess: Guess, typed: str) -> bool:
    beginning = guess.word[: guess.length]
    return beginning[-1] == typed[-1] or beginning[-2:] == typed[:-3:-1]


def _same_digits(candidate: str, typed: str) -> bool:
    """Whether no digit differs: 2023 is no misspelling of 2024, nor gpt3 of gpt4."""
    return list(filter(str.isdigit, candidate)) == list(filter(str.isdigit, typed))
