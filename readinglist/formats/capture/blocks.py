"""The stretches of text that a capture's roles are given to: lines, with broken ones rejoined."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from readinglist.formats.capture.lines import Line
from readinglist.stopping import checkpoint, with_checkpoints

_NARROWEST, _WIDEST = 34, 200
"""The widths, in characters, at which text is taken to have been wrapped."""

_STOP = re.compile(r"[.!?…。！？।؟۔][\"'’”»)\]}*]*$")
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
_WIDE_GAP = re.compile(rf"{_WIDE.pattern} {_WIDE.pattern}")
_MUCH, _MOSTLY = 0.12, 0.6
"""Two breaks show a wrapped stretch only on a page of which they are so large a share; most
breaks of a stretch are in mid-sentence."""

_UNBROKEN = 30
"""A longer word in a script without spaces was broken where the line was full."""


@dataclass(frozen=True, slots=True)
class Block:
    """Some lines that certainly belong together.

    `gap` counts the blank lines above it; `folded` says that the line above was full for
    the width at which the text is wrapped, `flows` that it stopped in mid-sentence, and
    `fits` that it could have been full for some width.
    """

    lines: tuple[Line, ...]
    text: str
    gap: int
    folded: bool
    flows: bool
    fits: bool

    @property
    def number(self) -> int:
        """The number of the first line."""
        return self.lines[0].number

    @property
    def mid_sentence(self) -> bool:
        """Whether wrapping broke it off the line above in mid-sentence."""
        return self.folded and self.flows

    @property
    def section(self) -> int:
        """How many banners there are above."""
        return self.lines[0].section


def stops(text: str) -> bool:
    """Whether a sentence ends here."""
    return not text[-1].isalnum() and _STOP.search(text[-8:]) is not None


def starts_small(text: str) -> bool:
    """Whether this begins as the middle of a sentence does."""
    return text[0].islower() or text[0] in ",;)]"


def join(parts: Sequence[str]) -> str:
    """Undo line breaks: a space each, but none inside a script that is written without."""
    if not any(_WIDE.match(part[0]) for part in parts[1:]):
        return " ".join(parts)
    spaced = any(_WIDE_GAP.search(part) for part in parts)
    whole = parts[0]
    for part in parts[1:]:
        tight = not spaced and _WIDE.match(part[0]) and _WIDE.match(whole[-1])
        whole += part if tight else f" {part}"
    return whole


def blocks_of(lines: Sequence[Line]) -> list[Block]:
    """Join every line to the one above that was plainly broken in the middle of a sentence.

    The first and the last break of a wrapped stretch are left alone: a title as long as the
    text is wide can stand there.
    """
    lows, highs = _widths(lines)
    folds = [*_folds(lines, lows, highs), False]
    blocks: list[Block] = []
    start, flows_here = 0, False
    for at in with_checkpoints(range(1, len(lines) + 1)):
        flows = at < len(lines) and _flows(lines, at)
        inside = folds[at] and folds[at - 1] and at + 1 < len(folds) and folds[at + 1]
        if not (flows and inside and not lines[at].gap):
            held = tuple(lines[start:at])
            fits = _is_width(lows[start], highs[start])
            text = join([line.text for line in held])
            blocks.append(Block(held, text, held[0].gap, folds[start], flows_here, fits))
            start, flows_here = at, flows
    return blocks if lines else []


def _flows(lines: Sequence[Line], at: int) -> bool:
    """Whether this line goes on with the sentence of the one above."""
    return starts_small(lines[at].text) and not stops(lines[at - 1].text)


def _widths(lines: Sequence[Line]) -> tuple[list[int], list[int]]:
    """For each line, the least and greatest width at which a wrapper would break before it.

    The least is that of the longer of the two lines; at the greatest, the first word of the
    second just did not fit on the first.
    """
    pairs = list(pairwise(lines))
    lows = [max(len(above.text), len(line.text)) for above, line in with_checkpoints(pairs)]
    highs = [
        len(above.text) + _first_word(line.text) if above.section == line.section else 0
        for above, line in with_checkpoints(pairs)
    ]
    return [0, *lows], [0, *highs]


def _folds(lines: Sequence[Line], lows: Sequence[int], highs: Sequence[int]) -> list[bool]:
    """For each line, whether it was broken off the one above by wrapping.

    Three lines in a row that fit one width show a wrapped stretch. The width that most
    stretches share, or that single breaks in mid-sentence share on a page of such lines, is
    then trusted for every break.
    """
    folds = [False] * len(lines)
    widths: Counter[int] = Counter()
    singles: Counter[int] = Counter()
    start = 1
    while start < len(lines):
        checkpoint()
        low, high, end = lows[start], highs[start], start + 1
        if not _is_width(low, high):
            start += 1
            continue
        while end < len(lines) and _is_width(max(low, lows[end]), min(high, highs[end])):
            low, high, end = max(low, lows[end]), min(high, highs[end]), end + 1
        inside = sum(not stops(lines[at - 1].text) for at in range(start, end))
        long = end - start > 2 or end - start > _MUCH * len(lines)
        runs_on = any(not line.text[:1].isupper() for line in lines[start:end])
        if end - start > 1 and long and runs_on and inside > _MOSTLY * (end - start):
            folds[start:end] = [True] * (end - start)
            widths.update(range(low, high + 1))
        elif inside == end - start and starts_small(lines[start].text):
            singles.update(range(low, high + 1))
        start = end
    if not widths:
        widths = +Counter({width: n for width, n in singles.items() if _holds(lines, width)})
    for width, stretches in widths.most_common(1):
        if stretches > 1:
            for at in with_checkpoints(range(1, len(lines))):
                folds[at] = folds[at] or lows[at] <= width <= highs[at]
    return folds


def _holds(lines: Sequence[Line], width: int) -> bool:
    return all(len(line.text) <= width for line in lines)


def _is_width(low: int, high: int) -> bool:
    return _NARROWEST <= low <= high and low <= _WIDEST


def _first_word(text: str) -> int:
    word = text.split(" ", 1)[0]
    return 1 if len(word) > _UNBROKEN and _WIDE.match(word) else len(word)
