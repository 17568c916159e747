"""Where in a displayed text the words of a query were found."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from readinglist.library.index.folding import Spot, fold, spots
from readinglist.library.search.spelling import Demand, Variant


def marks(text: str, demands: Iterable[Demand]) -> list[tuple[int, int]]:
    """Spans of `text` to highlight, in order and apart.

    A misspelt reading is marked only where the text has the word in no better spelling.
    """
    demands = list(demands)
    if not demands:
        return []
    found = list(spots(text))
    spans = [span for demand in demands for span in _of_demand(text, found, demand)]
    return _merged(sorted(spans))


def _of_demand(text: str, found: Sequence[Spot], demand: Demand) -> list[tuple[int, int]]:
    for edits in sorted({variant.edits for variant in demand.variants}):
        variants = [variant for variant in demand.variants if variant.edits == edits]
        spans = [span for variant in variants for span in _of_variant(text, found, variant)]
        if spans:
            return spans
    return []


def _of_variant(text: str, found: Sequence[Spot], variant: Variant) -> Iterator[tuple[int, int]]:
    size = len(variant.words)
    *rest, last = variant.words
    for at in range(len(found) - size + 1):
        final = found[at + size - 1]
        if variant.begun:
            if not final.word.startswith(last):
                continue
        elif final.word != last:
            continue
        if all(spot.word == word for spot, word in zip(found[at:], rest, strict=False)):
            end = _typed_end(text, final, len(last)) if variant.begun else final.end
            yield found[at].start, end


def _typed_end(text: str, spot: Spot, letters: int) -> int:
    """Where the first so many folded letters of a word end in the text."""
    if letters == len(spot.word):
        return spot.end
    for end in range(spot.start + 1, spot.end):
        if len(fold(text[spot.start : end])) >= letters:
            while end < spot.end and unicodedata.category(text[end])[0] == "M":
                end += 1
            return end
    return spot.end


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
