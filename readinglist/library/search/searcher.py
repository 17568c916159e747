"""Finding papers: a query and chosen facets to ranked results that are read window by window.

What stands in front of abstracts is searched first. While someone types, the best of that is all
they are shown at once; the other papers follow, and move nothing that is shown.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from readinglist.library.index.fulltext import generation
from readinglist.library.query.asking import conditions, guarded, has_text, texts
from readinglist.library.query.conditions import Condition, combined
from readinglist.library.query.fields import condition_of
from readinglist.library.query.names import matches
from readinglist.library.query.parsing import All, Text, Tree, Word, parse
from readinglist.library.search.candidates import MOST, Candidates
from readinglist.library.search.cards import Cards, signals_of
from readinglist.library.search.gathering import Gathered
from readinglist.library.search.in_order import InOrder
from readinglist.library.search.lexicon import Lexicon
from readinglist.library.search.orders import Order, order_of
from readinglist.library.search.planning import FRONT, WHOLE
from readinglist.library.search.ranking import Ranking
from readinglist.library.search.reach import STEPS, Reach, interruptible, is_to_stop
from readinglist.library.search.results import Others, Results, Seen
from readinglist.library.search.sayings import says
from readinglist.library.search.spelling import Demand, Tolerance
from readinglist.library.search.stand_ins import StandIns
from readinglist.library.search.understanding import Understanding, tolerances
from readinglist.library.search.vocabulary import Vocabulary
from readinglist.library.storage.database import explained
from readinglist.records import Facet, Sort
from readinglist.stopping import checkpoint

# Many words make each comparison longer, so fewer papers are compared.
_COMPARISONS: Final = 4000


@dataclass(frozen=True, slots=True)
class _Best:
    """The best papers, best first; which index has them, and whether it has no others."""

    ids: list[int]
    index: str
    alone: bool
    understanding: Understanding


class Searcher:
    """Answers queries on one connection, and remembers what the next keystroke will need again."""

    @explained
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        connection.create_function("matches", 2, matches, deterministic=True)
        connection.create_function("says", 2, says, deterministic=True)
        connection.set_progress_handler(is_to_stop, STEPS)
        self._generation = -1
        self._lexicon = Lexicon()
        self._vocabulary = Vocabulary(connection, self._lexicon)
        self._cards = Cards(connection)

    @explained
    @interruptible
    def run(
        self,
        query: str,
        *,
        where: Sequence[Facet] = (),
        sort: Sort | None = None,
        reverse: bool = False,
        lenient: bool = False,
        brief: bool = False,
        within: float | None = None,
    ) -> Results:
        """Find papers, the first of them only if `brief`; see `Library.search`.

        Raises `Stopped` once it is asked to stop.
        """
        parsed = parse(query, lenient=lenient)
        tree = guarded(All((parsed.tree, *(condition_of(facet) for facet in where))))
        wanted = list(dict.fromkeys(texts(parsed.tree)))
        if has_text(parsed.tree):
            self._refresh()
        if not any(isinstance(text, Word) for text in wanted):
            found = self._list(tree, wanted, order_of(sort, reverse), within)
        elif sort in (None, Sort.RELEVANCE) and not reverse:
            found = self._rank(tree, wanted, within)
        elif sort in (None, Sort.RELEVANCE):
            found = self._rank_reversed(tree, wanted, within)
        elif brief:
            found = self._sort(tree, wanted, order_of(sort, reverse), within)
        else:
            found = self._rank(tree, wanted).extended().reordered(order_of(sort, reverse))
        found.complaint = parsed.complaint
        return found if brief else found.extended()

    @explained
    @interruptible
    def warm_up(self) -> None:
        """Read what the first misspelt word needs; for another thread than the screen's."""
        self._refresh()
        self._vocabulary.warm_up()

    def _list(self, tree: Tree, wanted: list[Text], order: Order, within: float | None) -> Results:
        """List papers in an order that words have no part in."""
        asked = Understanding.of(tree, wanted, self._vocabulary, Tolerance.LITERAL)
        return InOrder(self._connection, self._vocabulary, asked, order).first(within)

    def _sort(self, tree: Tree, wanted: list[Text], order: Order, within: float | None) -> Results:
        """List the papers that words find in another order than theirs."""
        reach = Reach(self._connection, within)
        best = self._best(tree, wanted, reach)
        if reach.fell_short and not best.ids:
            return self._later(lambda: self._rank(tree, wanted).extended().reordered(order))
        found = InOrder(
            self._connection, self._vocabulary, best.understanding, order, (WHOLE, FRONT)
        ).first(within)
        found.corrections, found.words = self._corrections(best), True
        return found

    def _rank(self, tree: Tree, wanted: list[Text], within: float | None = None) -> Results:
        reach = Reach(self._connection, within)
        best = self._best(tree, wanted, reach)
        if reach.fell_short and not best.ids:
            return self._later(lambda: self._rank(tree, wanted).extended())
        return Results(
            self._connection,
            array("q", best.ids),
            best.understanding.demands,
            corrections=self._corrections(best),
            words=True,
            others=None
            if best.alone and best.index == WHOLE
            else Others(partial(self._others, best)),
        )

    def _rank_reversed(self, tree: Tree, wanted: list[Text], within: float | None) -> Results:
        """The papers, best last; the first of them are known only with all."""
        found = self._rank(tree, wanted, within)
        if within is None or found.complete:
            return found.extended().reversed()
        return self._later(lambda: self._rank(tree, wanted).extended().reversed())

    def _later(self, find: Callable[[], Results]) -> Results:
        """None yet of the papers that words find, of which none was found in time."""

        @explained
        @interruptible
        def others() -> Gathered:
            return Gathered(find().ids)

        return Results(self._connection, array("q"), words=True, others=Others(others))

    def _best(self, tree: Tree, wanted: list[Text], reach: Reach) -> _Best:
        """Find the best papers, reading words as tolerantly as it takes."""
        before: dict[Text, tuple[Demand, ...]] | None = None
        for tolerance in tolerances(wanted):
            checkpoint()
            asked = Understanding.of(tree, wanted, self._vocabulary, tolerance)
            if asked.wanted == before:
                continue
            before = asked.wanted
            candidates = Candidates(reach, self._vocabulary, self._cards, asked)
            ids, alone = candidates.found()
            if ids:
                alone = alone and not reach.fell_short
                return _Best(self._ranked(ids, asked.demands), FRONT, alone, asked)
            if not self._is_possible(asked, reach):
                break
            ids, alone = self._anywhere(asked, reach)
            if ids or reach.fell_short:
                ids = self._ranked(ids[:MOST], asked.demands, whole=True)
                return _Best(ids, WHOLE, alone, asked)
        return _Best([], WHOLE, True, asked)

    def _is_possible(self, asked: Understanding, reach: Reach) -> bool:
        """Whether any paper meets what is asked beside the words, as far as time allows."""
        planner = asked.planner(WHOLE)
        asks = combined("AND", map(planner.condition, conditions(asked.tree)))
        sql = f"SELECT id FROM paper WHERE {asks.sql} LIMIT 1"  # noqa: S608 (our SQL; its values are bound)
        return bool(reach.find(Condition(sql, asks.parameters))) or reach.fell_short

    def _anywhere(self, asked: Understanding, reach: Reach) -> tuple[Sequence[int], bool]:
        """More than `MOST` papers, or those with the words anywhere; and whether these are all."""
        stand_ins = StandIns(self._vocabulary)
        planner = asked.planner(WHOLE, few=True, soon=reach.is_limited, stand_ins=stand_ins)
        ids = reach.find(planner.plan(asked.tree).newest(MOST + 1))
        if not stand_ins.are_for(asked.demands):
            return ids, len(ids) <= MOST and not reach.fell_short
        if not ids and reach.is_limited:
            reach.fell_short = True
        elif not ids:
            ids = reach.find(asked.planner(WHOLE, few=True).plan(asked.tree).newest(MOST + 1))
            return ids, len(ids) <= MOST
        return ids, False

    @explained
    @interruptible
    def _others(self, best: _Best) -> Gathered:
        """The papers that are not among the best: first those with the words in front."""
        asked, everywhere = best.understanding, Reach(self._connection)
        seen = Seen(best.ids)
        others: array[int] = array("q")
        if not best.alone:
            front = everywhere.find(asked.planner(FRONT).plan(asked.tree).newest())
            others.extend(seen.new(front))
        whole = everywhere.find(asked.planner(WHOLE).plan(asked.tree).newest())
        rest = array("q", seen.new(whole))
        if len(rest) <= MOST:
            rest = array("q", self._ranked(rest, asked.demands, whole=True))
        others.extend(rest)
        return Gathered(others)

    def _ranked(
        self, ids: Sequence[int], demands: Sequence[Demand], *, whole: bool = False
    ) -> list[int]:
        """The papers, best first; `whole` if they may have the words in their abstracts only."""
        ranking = Ranking(demands)
        most = min(MOST, _COMPARISONS // len(demands) + 1)
        signals = signals_of(self._connection, ids[:most])
        compared = sorted(signals, key=lambda paper: signals[paper].place)
        scores = {
            paper: ranking.score(card, signals[paper].favour)
            for paper, card in zip(compared, self._cards.of(compared, whole=whole), strict=True)
        }
        return [*sorted(compared, key=lambda paper: -scores[paper]), *ids[most:]]

    def _corrections(self, best: _Best) -> dict[str, str]:
        if not best.ids:
            return {}
        (card,) = self._cards.of(best.ids[:1], whole=True)
        return Ranking(best.understanding.demands).corrections(card)

    def _refresh(self) -> None:
        """Look again at what was read of the index, if it was written since."""
        current = generation(self._connection)
        if current != self._generation:
            self._vocabulary = Vocabulary(self._connection, self._lexicon)
            self._cards = Cards(self._connection)
            self._generation = current
