"""The papers worth comparing word by word: those of which the best ones will be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from readinglist.library.search.cards import Cards
from readinglist.library.search.planning import FRONT, Plan, Planner, in_title
from readinglist.library.search.ranking import Ranking
from readinglist.library.search.reach import Reach
from readinglist.library.search.spelling import Demand, Variant
from readinglist.library.search.stand_ins import StandIns
from readinglist.library.search.understanding import Understanding
from readinglist.library.search.vocabulary import Vocabulary

# So many papers are compared; of more that match, those whose titles have all words and the
# newest ones.
MOST: Final = 160
_IN_A_ROW: Final = 48
_IN_TITLES: Final = 96
# A beginning that so many papers have is too long a list to go through while someone types; its
# commonest words stand for it.
_COSTLY: Final = 2_000
# Words that so many papers have are seldom all in a row, and it takes long to find that out.
_COMMON: Final = 20_000
_FEW_WORDS: Final = 3


class Candidates:
    """Finds the candidates in what stands in front of abstracts, while someone types."""

    def __init__(
        self,
        reach: Reach,
        vocabulary: Vocabulary,
        cards: Cards,
        asked: Understanding,
    ) -> None:
        self._reach = reach
        self._vocabulary = vocabulary
        self._cards = cards
        self._asked = asked
        self._stand_ins = StandIns(vocabulary, _COSTLY)
        self._costly = [
            text
            for text, demands in asked.wanted.items()
            if self._stand_ins.are_for(demands, FRONT)
        ]

    def found(self) -> tuple[Sequence[int], bool]:
        """At most `MOST` papers, the likeliest if there are more, and whether these are all."""
        if self._costly and len(self._asked.wanted) > 1:
            rest = self._find_rest()
            if len(rest) <= MOST:
                return self._having(rest), True
        plan = self._planner().plan(self._asked.tree)
        newest = self._reach.find(plan.newest(MOST + 1))
        if len(newest) <= MOST:
            return newest, not self._costly
        return self._likeliest(plan, newest), False

    def _planner(self) -> Planner:
        return self._asked.planner(
            FRONT, few=True, soon=self._reach.is_limited, stand_ins=self._stand_ins
        )

    def _find_rest(self) -> Sequence[int]:
        """What is found without the costly texts, if that is little enough."""
        wanted = {t: () if t in self._costly else d for t, d in self._asked.wanted.items()}
        plan = replace(self._planner(), wanted=wanted.__getitem__).plan(self._asked.tree)
        return self._reach.find(plan.newest(MOST + 1))

    def _having(self, ids: Sequence[int]) -> list[int]:
        """Those of these papers that have what the costly texts ask for."""
        demands = [demand for text in self._costly for demand in self._asked.wanted[text]]
        ranking = Ranking(demands)
        cards = self._cards.of(ids)
        return [paper for paper, card in zip(ids, cards, strict=True) if ranking.meets(card)]

    def _likeliest(self, plan: Plan, newest: Sequence[int]) -> list[int]:
        """Titles with all words in a row first, then those with all words, then the newest."""
        exact = [
            _as_typed(demand)
            for text, demands in self._asked.wanted.items()
            if text not in self._costly
            for demand in demands
        ]
        row = _in_a_row(exact) if self._is_quick(exact) else None
        found: dict[int, None] = {}
        for expression, most in ((row, _IN_A_ROW), (in_title(exact), _IN_TITLES)):
            if expression:
                both = filter(None, (plan.expression, expression))
                titles = replace(plan, expression=" AND ".join(both))
                found.update(dict.fromkeys(self._reach.find(titles.newest(most))))
        found.update(dict.fromkeys(newest[: max(MOST - len(found), 0)]))
        return list(found)

    def _is_quick(self, demands: Sequence[Demand]) -> bool:
        """Whether it does not take long to find out that no title has so many words in a row."""
        typed = [word for demand in demands for word in demand.typed.split()]
        rarest = min((self._vocabulary.counts(word).front for word in typed), default=0)
        return len(typed) <= _FEW_WORDS or rarest < _COMMON


def _as_typed(demand: Demand) -> Demand:
    typed = tuple(demand.typed.split())
    begun = any(variant.begun and variant.words == typed for variant in demand.variants)
    return replace(demand, variants=(Variant(typed, 1.0, begun),))


def _in_a_row(demands: Sequence[Demand]) -> str | None:
    typed = tuple(word for demand in demands for word in demand.typed.split())
    if len(typed) < 2 or any(demand.column not in ("", "title") for demand in demands):
        return None
    begun = demands[-1].variants[0].begun
    return in_title([Demand("", "", (Variant(typed, 1.0, begun),))])
