"""Papers that may be one work, found by their rare words and measured by titles and abstracts."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import islice, takewhile
from typing import Final

from readinglist.library.index.folding import words
from readinglist.library.intake.pairs import COMPARED, Pair
from readinglist.library.storage.database import explained

# What is said of two papers by how alike their titles are at least, and how much of the shorter
# abstract stands in the longer one at least. Tuned on real listings and on their own titles and
# abstracts with a version, a subtitle, typos, other words and shorter abstracts.
_ALIKE: Final = ((0.94, 0.3), (0.84, 0.5), (0.65, 0.75))
_SAME_TITLE: Final = 0.95  # where there are no two abstracts to compare
_BEGINS_ALIKE: Final = 0.9  # the likeness of a title and the same with a subtitle
_FEWEST_RUNS: Final = 5  # a shorter abstract says nothing
_RUN: Final = 3  # words

_WORDS_TRIED: Final = 16
_RARE_WORDS: Final = 5
_RARE: Final = 60  # papers that have a word which is still rare
_OPENING: Final = 100  # words of an abstract that is cut off perhaps
_CANDIDATES: Final = 12
_MOST_REMEMBERED: Final = 50_000  # words
_BATCH: Final = 250  # papers
_MOST_PAIRS: Final = 4  # of one new paper with older ones

_NEW: Final = """
SELECT id, id, title, abstract FROM paper
WHERE id > ? AND id <= ? AND merged_into IS NULL ORDER BY id LIMIT ?
"""
_OLDER: Final = """
SELECT id, coalesce(merged_into, id), title, abstract FROM paper
WHERE id IN (SELECT value FROM json_each(?))
"""


class Text:
    """The folded words of a paper; `paper` is the one that it has been merged into, if it was."""

    def __init__(self, number: int, paper: int, title: str, abstract: str | None) -> None:
        self.number = number
        self.paper = paper
        self.title = " ".join(_folded(title))
        self._abstract = abstract

    @cached_property
    def abstract(self) -> list[str]:
        """The words of the abstract."""
        return words(self._abstract or "")

    @cached_property
    def runs(self) -> frozenset[tuple[str, ...]]:
        """Every few words in a row of the abstract."""
        return frozenset(zip(*(self.abstract[start:] for start in range(_RUN)), strict=False))


@lru_cache(maxsize=4096)
def _folded(title: str) -> tuple[str, ...]:
    return tuple(words(title))


def measure(one: Text, other: Text) -> Pair | None:
    """How alike two papers are, if enough to ask whether they are one work."""
    title = title_likeness(one.title, other.title)
    if title < _ALIKE[-1][0] or one.paper == other.paper:
        return None
    fewer = min(len(one.runs), len(other.runs))
    overlap = len(one.runs & other.runs) / fewer if fewer >= _FEWEST_RUNS else 0.0
    alike = any(title >= titles and overlap >= abstracts for titles, abstracts in _ALIKE)
    if alike or (fewer < _FEWEST_RUNS and _same_title(one.title, other.title, title)):
        first, second = sorted((one.paper, other.paper))
        return Pair(first, second, round(title, 4), round(overlap, 4))
    return None


def title_likeness(one: str, other: str) -> float:
    """How alike two folded titles are, from 0 to 1; a subtitle more takes little away."""
    from rapidfuzz import fuzz  # 18 ms

    if not one or not other:
        return 0.0
    if one.replace(" ", "") == other.replace(" ", ""):
        return 1.0
    shorter, longer = sorted((one, other), key=len)
    begun = _BEGINS_ALIKE if longer.startswith(f"{shorter} ") else 0.0
    return max(begun, fuzz.ratio(one, other) / 100)


def _same_title(one: str, other: str, likeness: float) -> bool:
    """Whether titles differ by no more than a slip: another number makes another paper."""
    if likeness == 1.0:
        return True
    return (
        likeness >= _SAME_TITLE
        and one.count(" ") == other.count(" ")
        and _digits(one) == _digits(other)
    )


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


class Comparison:
    """Compares papers with those that were there before them, a batch at a time.

    It knows the library as it was when it began: papers that came since are for another one.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._having: dict[str, array[int]] = {}

    @explained
    def since(self) -> int:
        """The last paper that has been compared."""
        found = self._connection.execute("SELECT value FROM mark WHERE name = ?", [COMPARED])
        return int((found.fetchone() or [0])[0])

    @explained
    def last(self) -> int:
        """The newest paper."""
        return int(self._connection.execute("SELECT max(id) FROM paper").fetchone()[0] or 0)

    @explained
    def batch(self, since: int, until: int) -> tuple[int, list[Pair]]:
        """Compare some of the papers after `since`, up to `until`: the last one, and the pairs."""
        rows = self._connection.execute(_NEW, [since, until, _BATCH]).fetchall()
        found: dict[tuple[int, int], Pair] = {}
        for row in rows:
            for pair in self._pairs(Text(*row)):
                found[pair[:2]] = pair
        return (rows[-1][0] if rows else until), list(found.values())

    def _pairs(self, paper: Text) -> Iterable[Pair]:
        older = self._connection.execute(_OLDER, [json.dumps(self._candidates(paper))])
        found = filter(None, (measure(paper, Text(*row)) for row in older))
        return sorted(found, key=lambda pair: -pair.title - pair.abstract)[:_MOST_PAIRS]

    def _candidates(self, paper: Text) -> list[int]:
        """The older papers that share most of this one's rare words, the rarest counting most."""
        shared: Counter[int] = Counter()
        for having in islice(self._rare_words(paper), _RARE_WORDS):
            for other in takewhile(lambda other: other < paper.number, having):
                shared[other] += _RARE + _RARE // len(having)
        return [other for other, _ in shared.most_common(_CANDIDATES)]

    def _rare_words(self, paper: Text) -> Iterator[Sequence[int]]:
        """Who has words that few have: of the title first, and long ones first."""
        for text in (paper.title.split(), paper.abstract[:_OPENING]):
            longest = sorted(dict.fromkeys(text), key=len, reverse=True)
            for word in longest[:_WORDS_TRIED]:
                having = self._papers_with(word)
                if having and having[0] < paper.number and len(having) <= _RARE:
                    yield having

    def _papers_with(self, word: str) -> Sequence[int]:
        """The first papers that have a word anywhere, in the order of their ids."""
        having = self._having.get(word)
        if having is None:
            if len(self._having) > _MOST_REMEMBERED:
                self._having.clear()
            rows = self._connection.execute(
                "SELECT rowid FROM paper_whole WHERE paper_whole MATCH ? LIMIT ?",
                [f'"{word}"', _RARE + 1],
            )
            having = self._having[word] = array("q", [row[0] for row in rows])
        return having
