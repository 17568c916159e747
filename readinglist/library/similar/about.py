"""What a paper is about: its terms, each with what it counts when another paper has it."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from math import log
from typing import Final

from readinglist.library.similar.rarity import Rarity
from readinglist.library.similar.terms import IN_TITLE, Terms

# So many of a paper's words are looked up, in no more papers than that: some tenths of a second.
_LOOKED_UP: Final = 40
_LISTED: Final = 120_000
# Of what so many of the papers most like it have in common, so many terms count too.
MOST_LIKE: Final = 10
_ADDED: Final = 12
_SHARE: Final = 0.35  # of what the paper's own terms count together
_TITLED: Final = 1.5  # what its title says, or it says as often, counts so much more

Weights = Mapping[str, float]


class About:
    """The terms of one paper, and their weights."""

    def __init__(self, connection: sqlite3.Connection, terms: Terms) -> None:
        self.terms = terms
        self._rarity = Rarity(connection)
        self.weights: Weights = {
            key: weight * (_TITLED if terms.counts[key] >= IN_TITLE else 1)
            for key, weight in self._weights_of(terms).items()
        }

    def _weights_of(self, terms: Terms) -> Weights:
        self._rarity.meet(terms.terms.values())
        return {
            key: (1 + log(terms.counts[key])) * self._rarity.of(term)
            for key, term in terms.terms.items()
        }

    def telling(self) -> Iterator[tuple[str, float]]:
        """Yield the words worth looking up, with their weights, those of the fewest papers first.

        Together they are in no more papers than can be gone through while someone waits.
        """
        papers = self._rarity.papers
        shared = [
            (term.roots[0], self.weights[key])
            for key, term in self.terms.terms.items()
            if len(term.roots) == 1 and papers(term.roots[0]) > 1
        ]
        chosen = sorted(shared, key=lambda each: (-each[1], each[0]))[:_LOOKED_UP]
        listed = 0
        for root, weight in sorted(chosen, key=lambda each: (papers(each[0]), each[0])):
            listed += papers(root)
            if listed > _LISTED:
                return
            yield root, weight

    def widened(self, alike: Sequence[tuple[float, Terms]]) -> Weights:
        """The weights, when what the papers most like it have in common counts too.

        A paper on clinical models is nearer to medicine than to other models then, whatever
        other words they share. `alike` are the scores and the terms of those papers.
        """
        said = Counter(key for _, terms in alike for key in terms.counts)
        added: defaultdict[str, float] = defaultdict(float)
        for score, terms in alike:
            weights = self._weights_of(terms)
            whole = sum(weights.values()) or 1
            for key, weight in weights.items():
                if said[key] > 1:
                    added[key] += score * weight / whole
        best = sorted(added.items(), key=lambda each: (-each[1], each[0]))[:_ADDED]
        scale = _SHARE * sum(self.weights.values()) / (sum(weight for _, weight in best) or 1)
        wide = dict(self.weights)
        for key, weight in best:
            wide[key] = wide.get(key, 0) + scale * weight
        return wide
