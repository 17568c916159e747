"""Which known tags a half-typed one may mean, likeliest first."""

from __future__ import annotations

from collections.abc import Mapping

from rapidfuzz import fuzz, process

_ALIKE = 75  # of 100; below it people no longer see why a tag is offered
_SHORTEST_TO_GUESS = 3  # letters; fewer are alike to everything


def matching_tags(typed: str, counts: Mapping[str, int]) -> list[str]:
    """Tags that begin with `typed`, then those that hold it, then those that look like it.

    Equals are ordered by use, then by name. Nothing typed is every tag.
    """
    typed = typed.casefold()
    ranks = {tag: rank for tag in counts if (rank := _rank(typed, tag.casefold())) is not None}
    if len(typed) >= _SHORTEST_TO_GUESS:
        alike = process.extract(
            typed,
            {tag: tag.casefold() for tag in counts if tag not in ranks},
            scorer=fuzz.partial_ratio,
            score_cutoff=_ALIKE,
            limit=None,
        )
        ranks |= {tag: 100 + (100 - score) for _, score, tag in alike}
    return sorted(ranks, key=lambda tag: (ranks[tag], -counts[tag], tag.casefold()))


def _rank(typed: str, tag: str) -> float | None:
    if not typed:
        return 0
    if tag == typed:
        return 0
    place = tag.find(typed)
    if place < 0:
        return None
    if place == 0:
        return 1
    return 3 if tag[place - 1].isalnum() else 2
