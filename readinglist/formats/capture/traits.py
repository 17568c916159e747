"""What tells a title from an abstract: traits of the text, and how a page's own habits weigh them.

The weights are log-odds. They start from the table below and are then learnt from the page,
because one page's titles all end in a full stop and another's abstracts never do.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from statistics import median
from typing import NamedTuple

from readinglist.formats.capture.blocks import stops


class Trait(NamedTuple):
    """How often titles, whole abstracts and pieces of abstracts show something."""

    name: str
    titles: float
    abstracts: float
    pieces: float


TRAITS = (
    Trait("ends a sentence", 0.04, 0.93, 0.90),
    Trait("has several sentences", 0.04, 0.95, 0.50),
    Trait("capitalises most words", 0.75, 0.02, 0.03),
    Trait("talks in full sentences", 0.14, 0.97, 0.75),
    Trait("opens as talk does", 0.02, 0.40, 0.40),
)
_BLANK_ABOVE = {False: (0.05, 0.05, 0.90), True: (0.93, 0.93, 0.93)}
"""How often a blank line stands above titles, abstracts and their further paragraphs, on a
page without and with blank lines between its lines."""

_TRUST, _TRUST_SIZES = 8.0, 3.0
"""How many papers weigh as much as the expectations."""

_TITLE_SIZE, _ABSTRACT_SIZE, _SPREAD, _LEAST_SPREAD = math.log(70), math.log(700), 0.75, 0.35
_SIZE_BOUNDS, _BOUND = (-5.0, 6.0), 12.0
_SMALL_PIECE = -0.7
"""Sizes are log-normal, in Latin letters. Their weight is bounded, and the sum of all weights
too, so that no single odd line outweighs the breaks in the alternation that it would take; a
piece of an abstract may well be as small as a title."""

_RARE_PARAGRAPH, _COMMON_PARAGRAPH = 4.5, 0.7
_RARE, _SURE = 0.03, 0.97

_LOOKED_AT = 400
_WIDE = "\u2e80"
_LETTERS_PER_WIDE = 3
_WORD = re.compile(r"[^\W\d_][\w'’-]{3,}")
_SENTENCE = re.compile(r"[.!?][\"'’”)\]}]*(?= |$)|[。！？।۔]")
_LINK_END = re.compile(r"(?:https?:|www\.|[\w-]+\.(?:com|org|io|ai|net|edu)\b)\S*$", re.IGNORECASE)
_VERBS = re.compile(
    r"\b(?:we|our|this|these|propos(?:e|es|ed)|is|are|was|were|has|have|been|be|it|its|they"
    r"|their|however|which|that|can|show|shows)\b",
    re.IGNORECASE,
)

_OPENING = re.compile(
    r"(?:We|Our|This|These|It|Its|They|There|Here|In this|However|Moreover|Furthermore|Finally"
    r"|Additionally|Specifically|Experiments|Experimental|Extensive|Results|The results|Recent"
    r"|Recently|To (?:address|this|tackle)|Code|The code|While|Although|Despite|Lorem ipsum)\b"
)


@dataclass(frozen=True, slots=True)
class Traits:
    """What is seen of a stretch of text.

    `ends` is None where the last character cannot tell, `verbs` where the language cannot.
    """

    size: float
    sentences: int
    capitals: int
    words: int
    verbs: bool | None
    ends: bool | None
    opens: bool | None

    @property
    def capitalised(self) -> bool | None:
        """Whether most words are capitalised; None where there are none that could be."""
        return self.capitals > 0.6 * self.words if self.words else None

    def rows(self) -> tuple[bool | None, ...]:
        """What is seen of each row of `TRAITS`."""
        return self.ends, self.sentences > 1, self.capitalised, self.verbs, self.opens

    def plus(self, later: Traits) -> Traits:
        """The traits of this stretch with the next one joined to it."""
        return Traits(
            self.size + later.size,
            self.sentences + later.sentences,
            self.capitals + later.capitals,
            self.words + later.words,
            later.verbs if self.verbs is None else self.verbs or bool(later.verbs),
            later.ends,
            self.opens,
        )

    def open_ended(self) -> Traits:
        """The traits of a stretch that a line break cut off, so that its end says nothing."""
        return replace(self, ends=None)


def traits_of(text: str) -> Traits:
    """Look at one stretch of text; the beginning of a long one tells enough."""
    start = text[:_LOOKED_AT]
    words = [word[0] for word in _WORD.findall(start)]
    capitals = sum(map(str.isupper, words))
    cased = capitals + sum(map(str.islower, words))
    latin = start.isascii() or sum(map(str.isascii, words)) * 2 > len(words)
    return Traits(
        size=size_of(text),
        sentences=len(_SENTENCE.findall(text[: 2 * _LOOKED_AT])),
        capitals=capitals,
        words=cased,
        verbs=_VERBS.search(text) is not None if latin else None,
        ends=ends(text),
        opens=_OPENING.match(text) is not None if latin else None,
    )


def ends(text: str) -> bool | None:
    """Whether the text is finished, by a full stop or a link; a question mark says nothing."""
    return (
        None
        if text.endswith(("?", "？"))
        else stops(text) or _LINK_END.search(text[-120:]) is not None
    )


def size_of(text: str) -> float:
    """The length in Latin letters: a Chinese character says as much as a few of them."""
    if text.isascii():
        return len(text)
    start = text[:_LOOKED_AT]
    wide = sum(character > _WIDE for character in start) / max(1, len(start))
    return len(text) * (1 + (_LETTERS_PER_WIDE - 1) * wide)


@dataclass(slots=True)
class Seen:
    """What a reading of the page took for titles, abstracts and pieces of abstracts.

    `blanks` says, for titles, abstracts and further paragraphs, which have a blank line above.
    """

    spaced: bool
    titles: list[Traits] = field(default_factory=list)
    abstracts: list[Traits] = field(default_factory=list)
    pieces: list[Traits] = field(default_factory=list)
    blanks: tuple[list[bool], list[bool], list[bool]] = field(default_factory=lambda: ([], [], []))


@dataclass(frozen=True, slots=True)
class Habits:
    """How a page writes, as weights.

    `whole` and `piece` weigh each trait's absence and presence against a title; `blanks`
    is the cost of no blank line and of a blank line above a title, an abstract and a further
    paragraph; `paragraph` is the cost of having a further paragraph at all, and `unfinished`
    of an abstract that does not end as its last sentence does.
    """

    whole: list[tuple[float, float]]
    piece: list[tuple[float, float]]
    middle: float
    slope: float
    blanks: list[tuple[float, float]]
    paragraph: float
    unfinished: float

    def evidence(self, traits: Traits) -> tuple[float, float]:
        """Log-odds against a title: of a whole abstract, and of a piece of one."""
        least, most = _SIZE_BOUNDS
        whole = max(least, min(most, (math.log(traits.size + 1) - self.middle) * self.slope))
        piece = max(_SMALL_PIECE, whole)
        for seen, as_whole, as_piece in zip(traits.rows(), self.whole, self.piece, strict=True):
            if seen is not None:
                whole += as_whole[seen]
                piece += as_piece[seen]
        return max(-_BOUND, min(_BOUND, whole)), max(-_BOUND, min(_BOUND, piece))


def learn(seen: Seen) -> Habits:
    """The habits of a page, from a reading of it (which may be empty) and the expectations."""
    whole, piece = [], []
    for row, trait in enumerate(TRAITS):
        titles, abstracts, pieces = (
            _share(expected, [one.rows()[row] for one in stretches])
            for expected, stretches in (
                (trait.titles, seen.titles),
                (trait.abstracts, seen.abstracts),
                (trait.pieces, seen.pieces),
            )
        )
        whole.append((math.log((1 - abstracts) / (1 - titles)), math.log(abstracts / titles)))
        piece.append((math.log((1 - pieces) / (1 - titles)), math.log(pieces / titles)))
    finished = _share(TRAITS[0].abstracts, [one.ends for one in seen.abstracts])
    small, small_spread = _sizes(seen.titles, _TITLE_SIZE)
    large, large_spread = _sizes(seen.abstracts, _ABSTRACT_SIZE)
    spread = max(_LEAST_SPREAD, (small_spread + large_spread) / 2)
    blanks = [
        _share(expected, found)
        for expected, found in zip(_BLANK_ABOVE[seen.spaced], seen.blanks, strict=True)
    ]
    further = len(seen.blanks[2])
    paragraph = -math.log((further + 0.4) / (further + len(seen.abstracts) + _TRUST))
    return Habits(
        whole,
        piece,
        middle=(small + large) / 2,
        slope=(large - small) / spread**2,
        blanks=[(-math.log(1 - share), -math.log(share)) for share in blanks],
        paragraph=max(_COMMON_PARAGRAPH, min(_RARE_PARAGRAPH, paragraph)),
        unfinished=-math.log(1 - finished),
    )


def _share(expected: float, seen: Sequence[bool | None]) -> float:
    shown = [one for one in seen if one is not None]
    share = (expected * _TRUST + sum(shown)) / (_TRUST + len(shown))
    return max(_RARE, min(_SURE, share))


def _sizes(seen: Sequence[Traits], expected: float) -> tuple[float, float]:
    """Middle and spread of the logarithms of sizes, drawn towards the expected ones."""
    if not seen:
        return expected, _SPREAD
    logs = [math.log(one.size + 1) for one in seen]
    middle = median(logs)
    spread = 1.48 * median(abs(log - middle) for log in logs)
    weight = len(logs) / (len(logs) + _TRUST_SIZES)
    return weight * middle + (1 - weight) * expected, weight * spread + (1 - weight) * _SPREAD
