"""Every word the library has had, in memory: found by its beginning, or by what it resembles."""

from __future__ import annotations

import sqlite3
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from typing import Final

_STATE: Final = "SELECT generation, anew FROM paper_text_state"
_ALL: Final = "SELECT term FROM word ORDER BY term"
_NEW: Final = "SELECT term FROM new_word WHERE generation > ?"
# How a word begins and ends, told by so many letters; of longer ones more letters are alike.
_LONG: Final = 8
_TOP: Final = "\U0010ffff"
# So many letters are taken to be right of a word that is still being typed, and one more once
# it has so many.
_SURE: Final = 2
_SURER: Final = 6
_MOST_KEPT: Final = 64


class Lexicon:
    """The folded words of the index, in order; those that no paper has any more are still here."""

    def __init__(self) -> None:
        self._known = -1  # how often the index had been written when it was last read
        self._sorted: list[str] = []
        # Of one length each: words by their first letters, by their last and by two inside. Of
        # two edits in a long word, one of these is spared; of one edit in a short one, either end.
        self._alike: dict[int, dict[str, list[str]]] = {}
        self._started: dict[tuple[str, int], set[str]] = {}

    def catch_up(self, connection: sqlite3.Connection) -> None:
        """Read the words that are new."""
        written, anew = connection.execute(_STATE).fetchone()
        if self._known < anew:
            self._forget()
            self._sorted = [row[0] for row in connection.execute(_ALL)]
        elif self._known < written:
            self._add([row[0] for row in connection.execute(_NEW, [self._known])])
        self._known = written

    def _forget(self) -> None:
        self._alike.clear()
        self._started.clear()

    def _add(self, terms: list[str]) -> None:
        for term in terms:
            insort(self._sorted, term)
            if len(term) in self._alike:
                _file(self._alike[len(term)], term)
        if terms:
            self._started.clear()

    def warm_up(self) -> None:
        """File all words, as looking for what resembles a word of any length would."""
        for length in {len(term) for term in self._sorted}:
            self._of_length(length)

    def beginning_with(self, beginning: str) -> list[str]:
        """Every word that begins so."""
        start = bisect_left(self._sorted, beginning)
        return self._sorted[start : bisect_left(self._sorted, beginning + _TOP, start)]

    def misspelt(self, word: str, edits: int) -> Iterator[tuple[str, int]]:
        """Yield words at most so many edits away, and how many; the word itself is one."""
        choices: dict[str, None] = {}
        for length in range(max(len(word) - edits, 1), len(word) + edits + 1):
            filed = self._of_length(length)
            for sign in _signs(word, length, edits):
                choices.update(dict.fromkeys(filed.get(sign, ())))
        yield from _within(word, choices, edits)

    def begun(self, word: str, edits: int, lengths: range) -> Iterator[tuple[str, int, int]]:
        """Yield longer words whose first letters, so many of them, are the word give or take edits.

        With each, the edits and the number of letters.
        """
        start = word[: _SURE if len(word) < _SURER else _SURE + 1]
        for length in lengths:
            for beginning, cost in _within(word, self._beginnings(start, length), edits):
                for term in self.beginning_with(beginning):
                    if len(term) > length:
                        yield term, cost, length

    def _beginnings(self, start: str, length: int) -> set[str]:
        """The different first so many letters of longer words that start so."""
        if (start, length) not in self._started:
            if len(self._started) > _MOST_KEPT:
                self._started.clear()
            terms = self.beginning_with(start)
            self._started[start, length] = {t[:length] for t in terms if len(t) > length}
        return self._started[start, length]

    def _of_length(self, length: int) -> dict[str, list[str]]:
        if length not in self._alike:
            filed: dict[str, list[str]] = {}
            for term in self._sorted:
                if len(term) == length:
                    _file(filed, term)
            self._alike[length] = filed
        return self._alike[length]


def _file(filed: dict[str, list[str]], term: str) -> None:
    size = 2 if len(term) >= _LONG else 1
    for sign in (f"^{term[:size]}", f"{term[-size:]}$", term[2:4]):
        filed.setdefault(sign, []).append(term)


def _signs(word: str, length: int, edits: int) -> Iterable[str]:
    """What words of this length are filed under that may be the word with edits."""
    size = 2 if length >= _LONG else 1
    signs = {f"^{word[:size]}", f"{word[-size:]}$"}
    if edits > 1:
        signs.update(word[at : at + 2] for at in (1, 2, 3))
    return signs


def _within(word: str, choices: Iterable[str], edits: int) -> Iterator[tuple[str, int]]:
    from rapidfuzz import process  # 18 ms, and only words need it
    from rapidfuzz.distance import OSA

    found = process.extract(
        word, list(choices), scorer=OSA.distance, score_cutoff=edits, limit=None, processor=None
    )
    for choice, cost, _ in found:
        yield choice, int(cost)
