"""Best first: how well a paper's own words answer what was typed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

from readinglist.library.search.cards import Card
from readinglist.library.search.spelling import Demand, Variant, beginning_worth

# What a match outside the title is worth of one in it.
BODY: Final = 0.5
_IN_A_ROW: Final = 0.12  # the title has all words side by side, as they were typed
_IN_ORDER: Final = 0.4  # of that, for words that are only in order
_ROW_IN_BODY: Final = 0.05
_WHOLE_TITLE: Final = 0.15  # the title has nothing but what was typed

# A word of a title: of which demands it is a reading, and what it is worth to each.
_Meaning = tuple[tuple[int, float], ...]


class Ranking:
    """Scores cards against the demands of one query."""

    def __init__(self, demands: Iterable[Demand]) -> None:
        from rapidfuzz import fuzz  # 18 ms, and only words need it

        self._alike = fuzz.token_sort_ratio
        self._scales = [_Scale(demand) for demand in demands]
        self._weight = sum(scale.demand.weight for scale in self._scales) or 1.0
        self._typed = " ".join(scale.demand.typed for scale in self._scales)
        self._having_rows = [n for n, scale in enumerate(self._scales) if scale.has_rows]
        self._meanings: dict[str, _Meaning] = {}

    def score(self, card: Card, favour: float = 0.0) -> float:
        """How well the paper answers; scores compare only within one query."""
        worths, places = self._in_title(card)
        total = 0.0
        for scale, worth in zip(self._scales, worths, strict=True):
            best = worth if worth >= BODY else max(worth, BODY * scale.in_body(card))
            total += best * scale.demand.weight
        score = total / self._weight
        score += _WHOLE_TITLE * self._alike(self._typed, card.title) / 100
        if len(places) > 1:
            score += _IN_A_ROW * _orderly(places)
            score += _ROW_IN_BODY * (f" {self._typed} " in card.body)
        return round(score + favour, 6)

    def meets(self, card: Card) -> bool:
        """Whether a paper has every word in some reading."""
        worths, _ = self._in_title(card)
        return all(
            worth or scale.in_body(card) for scale, worth in zip(self._scales, worths, strict=True)
        )

    def _in_title(self, card: Card) -> tuple[list[float], list[int]]:
        """For each demand the worth of its best match, and where that is (-1 if nowhere)."""
        worths, places = [0.0] * len(self._scales), [-1] * len(self._scales)
        known = self._meanings
        for at, word in enumerate(card.words):
            meaning = known.get(word)
            if meaning is None:
                meaning = known[word] = self._meaning(word)
            for number, worth in meaning:
                if worth > worths[number]:
                    worths[number], places[number] = worth, at
        for number in self._having_rows:
            worth, at = self._scales[number].row_in_title(card.words)
            if worth > worths[number]:
                worths[number], places[number] = worth, at
        return worths, places

    def _meaning(self, word: str) -> _Meaning:
        worths = ((number, scale.worth(word)) for number, scale in enumerate(self._scales))
        return tuple((number, worth) for number, worth in worths if worth)

    def corrections(self, card: Card) -> dict[str, str]:
        """Which typed words this paper has only under another spelling, and which."""
        found = ((scale.demand.typed, scale.spelt(card)) for scale in self._scales)
        return {typed: spelt for typed, spelt in found if spelt is not None}


def _orderly(places: list[int]) -> float:
    pairs = [(a, b) for a, b in pairwise(places) if a >= 0 and b >= 0]
    row = sum(1.0 if b == a + 1 else _IN_ORDER if b > a else 0.0 for a, b in pairs)
    return row / (len(places) - 1)


class _Scale:
    """One demand, laid out for asking many cards."""

    def __init__(self, demand: Demand) -> None:
        self.demand = demand
        single = [variant for variant in demand.variants if len(variant.words) == 1]
        self._whole: dict[str, float] = {}
        for variant in single:
            if not variant.begun:
                word = variant.words[0]
                self._whole[word] = max(variant.worth, self._whole.get(word, 0.0))
        self._begun = [variant for variant in single if variant.begun]
        self._rows = [variant for variant in demand.variants if len(variant.words) > 1]
        self._title = demand.column in ("", "title")
        self._body = demand.column != "title"

    @property
    def has_rows(self) -> bool:
        """Whether some reading is several words side by side."""
        return self._title and bool(self._rows)

    def worth(self, word: str) -> float:
        """The worth of a word in a title."""
        best = self._whole.get(word, 0.0) if self._title else 0.0
        for variant in self._begun if self._title else ():
            if word.startswith(variant.words[0]):
                best = max(best, beginning_worth(variant, word))
        return best

    def row_in_title(self, words: list[str]) -> tuple[float, int]:
        """The worth of the best words side by side, and where they are (-1 if nowhere)."""
        best, place = 0.0, -1
        for variant in self._rows:
            if variant.worth > best and variant.words[0] in words:
                at = row_in(words, variant)
                if at >= 0:
                    best, place = variant.worth, at
        return best, place

    def in_body(self, card: Card) -> float:
        """The worth of the best match outside the title."""
        if not self._body:
            return 0.0
        best = max(
            (self._whole[word] for word in self._whole.keys() & card.body_words), default=0.0
        )
        for variant in self._begun:
            if variant.worth > best and f" {variant.words[0]}" in card.body:
                best = variant.worth
        for variant in self._rows:
            end = "" if variant.begun else " "
            if variant.worth > best and f" {' '.join(variant.words)}{end}" in card.body:
                best = variant.worth
        return best

    def spelt(self, card: Card) -> str | None:
        """The paper's spelling of the word, if it has it only misspelt."""
        edits = {v.words[0]: v for v in self.demand.variants if v.edits}
        if not edits or any(
            _has(card, variant) for variant in self.demand.variants if not variant.edits
        ):
            return None
        having = [v for word, v in edits.items() if word in card.words or word in card.body_words]
        return max(having, key=lambda v: v.worth).words[0] if having else None


def _has(card: Card, variant: Variant) -> bool:
    end = "" if variant.begun else " "
    wanted = f" {' '.join(variant.words)}{end}"
    return wanted in f" {card.title} " or wanted in card.body


def row_in(words: Sequence[str], variant: Variant) -> int:
    """Where the words of a variant stand side by side, or -1."""
    first, *rest = variant.words
    for at, word in enumerate(words):
        if word != first:
            continue
        following = list(words[at + 1 : at + 1 + len(rest)])
        if following == rest or (
            variant.begun
            and len(following) == len(rest)
            and following[:-1] == rest[:-1]
            and following[-1].startswith(rest[-1])
        ):
            return at
    return -1
