"""What a typed word may stand for in this library: itself, a longer word, a misspelling."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import pairwise
from math import sqrt
from typing import Final

from readinglist.library.index.folding import is_unspaced
from readinglist.library.query.parsing import Phrase, Text, Word
from readinglist.library.search.other_forms import other_forms
from readinglist.library.search.vocabulary import Guess, Vocabulary

# How much a reading is worth, of 1 for the word as typed; a misspelt title word counts less
# than the word as typed in an abstract (ranking.BODY).
_EXACT: Final = 1.0
_OTHER_FORM: Final = 0.9
_OTHER_SPACING: Final = 0.9
_BEGINNING: Final = 0.55
_REST_OF_BEGINNING: Final = 0.3
_MISSPELT: Final = (0.45, 0.42, 0.3)  # by edits
_MISSPELT_BEGINNING: Final = 0.06  # taken off

# A shorter word stands for longer ones only while it is still being typed.
_SHORTEST_BEGINNING: Final = 3
# A typed word that papers do have is also read as one so many times more frequent.
_OVERSHADOWED: Final = 20
# A digit that is read as the word that sounds like it.
_TWO: Final = re.compile("([a-z]{2,})2([a-z]{2,})")
# In a compound of so many letters, short pieces may be misspelt as well.
_LONG_COMPOUND: Final = 8
# With so many longer words, words no longer than this may be misspelt beyond recognition.
_ENOUGH: Final = 3
_SHORT: Final = 3


class Tolerance(IntEnum):
    """How far readings go; the next is tried when nothing was found."""

    LITERAL = 0
    CORRECTING = 1
    FORGIVING = 2
    GENEROUS = 3


@dataclass(frozen=True, slots=True)
class Variant:
    """One reading: words in a row, the last of them only begun if `begun`."""

    words: tuple[str, ...]
    worth: float
    begun: bool = False
    edits: int = 0


@dataclass(frozen=True, slots=True)
class Demand:
    """What one typed word asks of a paper: any of these readings, perhaps in one column.

    `weight` says how telling the word is: rare ones tell more. An `optional` demand bears on
    the rank only.
    """

    typed: str
    column: str
    variants: tuple[Variant, ...]
    weight: float = 1.0
    optional: bool = False


def readings(
    texts: Sequence[Text], vocabulary: Vocabulary, tolerance: Tolerance
) -> list[tuple[Demand, ...]]:
    """Return what each text asks; words that stand side by side may also be one word."""
    spelling = _Spelling(vocabulary, tolerance)
    found = [spelling.demands(text) for text in texts]
    for at, (left, right) in enumerate(pairwise(texts)):
        if joined := spelling.joined(left, right):
            found[at] = tuple(_with(demand, joined) for demand in found[at])
            found[at + 1] = tuple(_with(demand, joined) for demand in found[at + 1])
    return _sparing(found) if tolerance is Tolerance.GENEROUS else found


def _sparing(found: list[tuple[Demand, ...]]) -> list[tuple[Demand, ...]]:
    """Let papers do without short words, too short to recognise misspelt, if others say enough."""
    long = sum(len(demand.typed) > _SHORT for demands in found for demand in demands)
    if long < _ENOUGH:
        return found
    return [
        tuple(replace(demand, optional=len(demand.typed) <= _SHORT) for demand in demands)
        for demands in found
    ]


def unwanted(text: Text, vocabulary: Vocabulary) -> tuple[Demand, ...]:
    """Return what a paper is not to have: finished words only, or a `-` would hide too much."""
    return _Spelling(vocabulary, Tolerance.CORRECTING, beginnings=False).demands(text)


def _with(demand: Demand, variant: Variant) -> Demand:
    return replace(demand, variants=(*demand.variants, variant))


class _Spelling:
    """Readings under one vocabulary and tolerance."""

    def __init__(
        self, vocabulary: Vocabulary, tolerance: Tolerance, *, beginnings: bool = True
    ) -> None:
        self._vocabulary = vocabulary
        self._tolerance = tolerance
        self._beginnings = beginnings

    def demands(self, text: Text) -> tuple[Demand, ...]:
        """Return what a text asks: one demand, or several for a compound nobody spells so."""
        begun = text.unfinished and self._beginnings
        if isinstance(text, Phrase) or self._tolerance is Tolerance.LITERAL:
            return (self._demand(text, text.pieces, [Variant(text.pieces, _EXACT, begun)]),)
        if len(text.pieces) == 1:
            word = text.pieces[0]
            return (self._demand(text, text.pieces, list(self._word(word, begun=begun))),)
        if self._tolerance >= Tolerance.FORGIVING or not self._known(text, begun=begun):
            return tuple(self._apart(text, begun=begun))
        variants = [Variant(text.pieces, _EXACT, begun), *self._together(text.pieces, begun=begun)]
        return (self._demand(text, text.pieces, variants),)

    def joined(self, left: Text, right: Text) -> Variant | None:
        """Return the one word that two single ones make, if the library knows it."""
        if not (isinstance(left, Word) and isinstance(right, Word)):
            return None
        if len(left.pieces) > 1 or left.column != right.column:
            return None
        first, *rest = right.pieces
        whole = f"{left.pieces[0]}{first}"
        if rest:  # internlm 2.5, internlm2.5
            known = first.isdigit() and whole in self._vocabulary
            return Variant((whole, *rest), _OTHER_SPACING, right.unfinished) if known else None
        for variant in self._together((whole,), begun=right.unfinished):
            return variant
        return None

    def _demand(self, text: Text, pieces: tuple[str, ...], variants: list[Variant]) -> Demand:
        return Demand(" ".join(pieces), text.column, tuple(variants), self._weight(variants))

    def _weight(self, variants: list[Variant]) -> float:
        papers = max((self._papers(variant) for variant in variants[:3]), default=0)
        return 1.0 + sqrt(sqrt(max(self._vocabulary.total, 1) / (papers + 1)))

    def _papers(self, variant: Variant) -> int:
        first, last = variant.words[0], variant.words[-1]
        if variant.begun and first == last:
            return min(self._vocabulary.beginning_with(last).papers, self._vocabulary.total)
        return min(self._vocabulary.papers(first), self._vocabulary.papers(last))

    def _word(
        self, word: str, *, begun: bool, tolerance: Tolerance | None = None
    ) -> Iterator[Variant]:
        papers = self._vocabulary.papers
        known = papers(word)
        if known:
            yield Variant((word,), _EXACT)
        if self._beginnings and (begun or len(word) >= _SHORTEST_BEGINNING):
            beginning = self._vocabulary.beginning_with(word).papers
            if beginning > known:
                yield Variant((word,), _BEGINNING, begun=True)
                known = beginning
        for other in other_forms(word):
            if others := papers(other):
                yield Variant((other,), _OTHER_FORM)
                known = max(known, others)
        yield from self._cut(word, begun=begun)
        for guess in self._misspelt(word, known, tolerance or self._tolerance):
            yield Variant((guess.word,), _worth(guess), edits=guess.edits)

    def _misspelt(self, word: str, known: int, tolerance: Tolerance) -> Sequence[Guess]:
        """Return what a word may be a misspelling of; while correcting, only the likeliest."""
        edits = _edits(word, tolerance)
        correcting = self._tolerance is Tolerance.CORRECTING
        if not edits or (correcting and known * _OVERSHADOWED > self._vocabulary.total):
            return ()
        guesses = self._vocabulary.guesses(word, edits, beginnings=self._beginnings)
        if not correcting:
            return guesses
        if known:
            frequent = known * _OVERSHADOWED if len(word) > 4 else self._vocabulary.total + 1
            papers = self._vocabulary.papers
            guesses = tuple(g for g in guesses if g.whole and papers(g.word) >= frequent)
        return [guess for guess in guesses if guess.edits == guesses[0].edits]

    def _cut(self, word: str, *, begun: bool) -> Iterator[Variant]:
        """Yield a word read as several in a row: finetuning, fine tuning; end2end, end to end."""
        known = self._vocabulary
        if (two := _TWO.fullmatch(word)) and two[1] in known and two[2] in known:
            yield Variant((two[1], "to", two[2]), _OTHER_SPACING)
        shortest = 3 if word in known else 2
        for at in range(1, len(word)):
            left, right = word[:at], word[at:]
            if min(at, len(right)) < shortest and not (right.isdigit() or left.isdigit()):
                continue
            if left in known and right in known:
                yield Variant((left, right), _OTHER_SPACING)
            elif left in known and begun and at > 2 and self._vocabulary.begins(right):
                yield Variant((left, right), _OTHER_SPACING - 0.1, begun=True)

    def _together(self, pieces: tuple[str, ...], *, begun: bool) -> Iterator[Variant]:
        """Yield pieces read as one word: mind bridge, mindbridge."""
        whole = "".join(pieces)
        if whole in self._vocabulary:
            yield Variant((whole,), _OTHER_SPACING)
        elif begun and self._vocabulary.begins(whole):
            yield Variant((whole,), _OTHER_SPACING - 0.1, begun=True)

    def _known(self, word: Text, *, begun: bool) -> bool:
        """Whether every piece of a compound is spelt as some paper spells it."""
        *rest, last = word.pieces
        whole = last in self._vocabulary or (begun and self._vocabulary.begins(last))
        return whole and all(piece in self._vocabulary for piece in rest)

    def _apart(self, word: Text, *, begun: bool) -> Iterator[Demand]:
        """Yield a demand for each piece of a compound; characters without spaces stay together."""
        runs: list[list[str]] = []
        for piece in word.pieces:
            if runs and is_unspaced(piece) and is_unspaced(runs[-1][-1]):
                runs[-1].append(piece)
            else:
                runs.append([piece])
        long = sum(map(len, word.pieces)) >= _LONG_COMPOUND
        tolerance = Tolerance.GENEROUS if long else None
        for number, run in enumerate(runs, 1):
            last = begun and number == len(runs)
            if len(run) > 1:
                variants = [Variant(tuple(run), _EXACT, last)]
            else:
                variants = list(self._word(run[0], begun=last, tolerance=tolerance))
                variants += self._together(word.pieces, begun=begun)
            yield self._demand(word, tuple(run), variants)


def _worth(guess: Guess) -> float:
    worth = _MISSPELT[min(guess.edits, len(_MISSPELT) - 1)]
    return worth if guess.whole else worth - _MISSPELT_BEGINNING


def beginning_worth(variant: Variant, word: str) -> float:
    """How much a word is worth of which only the beginning was typed: more, the less is missing."""
    return variant.worth + _REST_OF_BEGINNING * len(variant.words[-1]) / len(word)


def _edits(word: str, tolerance: Tolerance) -> int:
    """How many edits a word of this length may be away."""
    if word.isdigit() or is_unspaced(word) or tolerance is Tolerance.LITERAL:
        return 0
    one, two = (2, 5) if tolerance is Tolerance.GENEROUS else (4, 8)
    return int(len(word) >= one) + int(len(word) >= two)
