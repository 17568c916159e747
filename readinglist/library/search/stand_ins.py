"""The commonest words that begin as was typed, for answers that cannot wait for all of them.

SQLite gathers the papers of every word that begins so before it tells of the first one, and
nothing stops it meanwhile: half a second for a single letter at a million papers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from readinglist.library.search.planning import FRONT, WHOLE, WIDE
from readinglist.library.search.spelling import Demand
from readinglist.library.search.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class StandIns:
    """At most `most` words for a beginning that papers have more than `costly` times in all."""

    vocabulary: Vocabulary
    costly: int = 200_000
    most: int = 40

    def of(self, index: str, beginning: str) -> Sequence[str] | None:
        """What stands for a beginning in one of the indexes; None where all of it can."""
        counts = self.vocabulary.beginning_with(beginning)
        if (counts.front if index == FRONT else counts.papers) < self.costly:
            return None
        return self.vocabulary.commonest(beginning, self.most, front=index == FRONT)

    def are_for(self, demands: Iterable[Demand], index: str = WHOLE) -> bool:
        """Whether there are any for what is asked."""
        return any(
            variant.begun and self.of(index, variant.words[-1]) is not None
            for demand in demands
            if demand.column in WIDE
            for variant in demand.variants
        )
