"""A query as it is understood: its tree, and what each of its texts asks of a paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from readinglist.library.query.asking import hidden_texts
from readinglist.library.query.parsing import Text, Tree, Word
from readinglist.library.search.planning import Planner
from readinglist.library.search.spelling import Demand, Tolerance, readings, unwanted
from readinglist.library.search.stand_ins import StandIns
from readinglist.library.search.vocabulary import Vocabulary

# A longer query is a pasted text: it is taken as it is spelt.
_MOST_CORRECTED: Final = 40
# A word that weighs less is in one paper of twenty: some are soon met on the way.
_COMMON: Final = 3.1
# With so many words, the others say enough for short ones to be misspelt too.
_ENOUGH_TO_GUESS: Final = 3


@dataclass(frozen=True, slots=True)
class Understanding:
    """One reading of a query; `wanted` has its texts in the order they were typed."""

    tree: Tree
    wanted: dict[Text, tuple[Demand, ...]]
    unwanted: dict[Text, tuple[Demand, ...]]

    @classmethod
    def of(
        cls, tree: Tree, wanted: Sequence[Text], vocabulary: Vocabulary, tolerance: Tolerance
    ) -> Understanding:
        """Read a query's texts so tolerantly."""
        asked = readings(wanted, vocabulary, tolerance)
        hidden = {text: unwanted(text, vocabulary) for text in hidden_texts(tree)}
        return cls(tree, dict(zip(wanted, asked, strict=True)), hidden)

    @property
    def demands(self) -> list[Demand]:
        """What the wanted texts ask for, one after the other."""
        return [demand for demands in self.wanted.values() for demand in demands]

    def planner(
        self,
        index: str,
        *,
        few: bool = False,
        soon: bool = False,
        stand_ins: StandIns | None = None,
    ) -> Planner:
        """Plan to find every paper by one of the indexes, or a `few` of them, the newest.

        With words that stand in for beginnings, not every paper is found; `soon` is for the first
        of very many.
        """
        reading = few and all(demand.weight < _COMMON for demand in self.demands)
        hidden = (demand for demands in self.unwanted.values() for demand in demands)
        peeking = soon and any(demand.weight < _COMMON for demand in hidden)
        planner = Planner(
            index,
            self.wanted.__getitem__,
            self.unwanted.__getitem__,
            reading=reading,
            peeking=peeking,
        )
        return replace(planner, expansion=stand_ins.of) if stand_ins else planner


def tolerances(wanted: Sequence[Text]) -> Sequence[Tolerance]:
    """How words are read, one way after the other until something is found."""
    words = sum(len(text.pieces) for text in wanted if isinstance(text, Word))
    if not words or words > _MOST_CORRECTED:
        return (Tolerance.LITERAL,)
    if words < _ENOUGH_TO_GUESS:
        return (Tolerance.CORRECTING, Tolerance.FORGIVING)
    return (Tolerance.CORRECTING, Tolerance.FORGIVING, Tolerance.GENEROUS)
