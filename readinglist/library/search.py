"""Finding papers: a query and chosen facets to ranked results that are read window by window."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import Final

from readinglist.library import reading
from readinglist.library.conditions import Condition
from readinglist.library.database import explained
from readinglist.library.fields import condition_of
from readinglist.library.fulltext import create, generation, rebuild, reindex
from readinglist.library.highlight import marks
from readinglist.library.names import matches
from readinglist.library.planning import condition, matching
from readinglist.library.query import All, Text, Tree, Word, guarded, has_text, parse, texts
from readinglist.library.ranking import Cards, Ranking, favours
from readinglist.library.spelling import Demand, Tolerance, readings, unwanted
from readinglist.library.vocabulary import Vocabulary
from readinglist.records import Facet, Row, Sort, Status

__all__ = ["Results", "Searcher", "create", "rebuild", "reindex"]

# So many papers are compared word by word; where more match, those whose titles have every
# word come first, newest first.
_COMPARED: Final = 400
# Many words make each comparison longer, so fewer papers are compared.
_COMPARISONS: Final = 5000
# A longer query is a pasted text: it is taken as it is spelt.
_MOST_CORRECTED: Final = 40
# With so many words, the others say enough for short ones to be misspelt too.
_ENOUGH_TO_GUESS: Final = 3

_PLACE: Final = "paper.document_id DESC, paper.position"
_PLACE_REVERSED: Final = "paper.document_id, paper.position DESC"
_TITLE: Final = "(SELECT title FROM paper_text WHERE rowid = paper.id)"
_STATUS_ORDER: Final = "CASE paper.status {} END".format(
    " ".join(f"WHEN '{status}' THEN {number}" for number, status in enumerate(Status))
)
# Each order as it is naturally and reversed; ties always fall to the place in the list.
_ORDERS: Final[dict[Sort, tuple[str, str]]] = {
    Sort.RELEVANCE: (_PLACE, _PLACE_REVERSED),
    Sort.ADDED: (f"paper.added DESC, {_PLACE}", f"paper.added, {_PLACE_REVERSED}"),
    Sort.TITLE: (f"{_TITLE}, {_PLACE}", f"{_TITLE} DESC, {_PLACE}"),
    Sort.YEAR: (
        f"paper.year IS NULL, paper.year DESC, {_PLACE}",
        f"paper.year IS NULL, paper.year, {_PLACE}",
    ),
    Sort.STATUS: (f"{_STATUS_ORDER}, {_PLACE}", f"{_STATUS_ORDER} DESC, {_PLACE}"),
    Sort.KEY: (
        f"paper.key COLLATE NOCASE, {_PLACE}",
        f"paper.key COLLATE NOCASE DESC, {_PLACE}",
    ),
}


class Results:
    """Papers found, in order: their ids at once, anything more when it is asked for.

    `corrections` says which typed words were read as which; `complaint` what a lenient search
    left out; `words` whether the query has fuzzy words, so that relevance means something.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        ids: array[int],
        demands: Sequence[Demand] = (),
        *,
        corrections: dict[str, str] | None = None,
        complaint: str = "",
        words: bool = False,
    ) -> None:
        self._connection = connection
        self._demands = demands
        self.ids: Sequence[int] = ids
        self.corrections = corrections or {}
        self.complaint = complaint
        self.words = words

    def __len__(self) -> int:
        return len(self.ids)

    def rows(self, start: int, stop: int) -> list[Row]:
        """What the list shows of the results from `start` up to, without, `stop`."""
        return reading.rows(self._connection, list(self.ids[max(start, 0) : max(stop, 0)]))

    def index_of(self, paper_id: int) -> int | None:
        """Where in the results a paper is, if it is there."""
        return self._indexes.get(paper_id)

    def marks(self, text: str) -> list[tuple[int, int]]:
        """Return the spans of a displayed text where the query's words were found."""
        return marks(text, self._demands)

    @cached_property
    def _indexes(self) -> dict[int, int]:
        return {paper_id: index for index, paper_id in enumerate(self.ids)}


class Searcher:
    """Answers queries on one connection, and remembers what the next keystroke will need again."""

    @explained
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        connection.create_function("matches", 2, matches, deterministic=True)
        self._data_version = self._read_data_version()
        self._generation = -1
        self._vocabulary = Vocabulary({}, 0)
        self._cards = Cards(connection)

    @explained
    def changed_elsewhere(self) -> bool:
        """Whether another connection has committed since this was last asked."""
        before, self._data_version = self._data_version, self._read_data_version()
        return before != self._data_version

    @explained
    def run(
        self,
        query: str,
        *,
        where: Sequence[Facet] = (),
        sort: Sort | None = None,
        reverse: bool = False,
        lenient: bool = False,
    ) -> Results:
        """Find papers; see `Library.search`."""
        parsed = parse(query, lenient=lenient)
        asked = guarded(All((parsed.tree, *(condition_of(facet) for facet in where))))
        wanted = list(texts(parsed.tree))
        fuzzy = any(isinstance(text, Word) for text in wanted)
        ranked = fuzzy and sort in (None, Sort.RELEVANCE)
        order = _ORDERS[sort or Sort.RELEVANCE][reverse and not ranked]
        if has_text(parsed.tree):
            self._refresh()
        found, demands = self._find(asked, wanted, order)
        if ranked:
            found = self._best_first(found, demands)
            if reverse:
                found.reverse()
        return Results(
            self._connection,
            found,
            demands,
            corrections=self._corrections(found, demands) if fuzzy else {},
            complaint=parsed.complaint,
            words=fuzzy,
        )

    def _find(self, tree: Tree, wanted: list[Text], order: str) -> tuple[array[int], list[Demand]]:
        """Return what matches, in the list's order, reading words as tolerantly as it takes."""
        found = array("q")
        asked: list[tuple[Demand, ...]] = []
        for tolerance in _tolerances(wanted):
            asked = readings(wanted, self._vocabulary, tolerance)
            by_text = dict(zip(wanted, asked, strict=True))
            asks = condition(
                tree, by_text.__getitem__, lambda text: unwanted(text, self._vocabulary)
            )
            found = self._ids(asks, order)
            if found:
                break
        return found, [demand for demands in asked for demand in demands]

    def _ids(self, asks: Condition, order: str) -> array[int]:
        rows = self._connection.execute(
            # A condition's SQL is ours, and what the user wrote is bound.
            f"SELECT id FROM paper WHERE {asks.sql} ORDER BY {order}",  # noqa: S608
            asks.parameters,
        )
        return array("q", [row[0] for row in rows])

    def _best_first(self, found: array[int], demands: list[Demand]) -> array[int]:
        most = min(_COMPARED, _COMPARISONS // len(demands) + 1)
        if len(found) > most:
            found = self._titles_first(found, demands)
        compared = list(found[:most])
        ranking = Ranking(demands)
        favour = favours(self._connection, compared)
        scores = {
            paper_id: ranking.score(card, favour.get(paper_id, 0.0))
            for paper_id, card in zip(compared, self._cards.of(compared), strict=True)
        }
        compared.sort(key=lambda paper_id: -scores[paper_id])
        return array("q", compared) + found[most:]

    def _titles_first(self, found: array[int], demands: list[Demand]) -> array[int]:
        """Put first what has every word as typed in the title, then what has it in any reading."""
        titled = [demand for demand in demands if demand.column in ("", "title")]
        exactly = [
            replace(demand, variants=tuple(v for v in demand.variants if v.worth == 1.0))
            for demand in titled
        ]
        first: list[int] = []
        rest: Sequence[int] = found
        for asks in (matching(exactly, "title"), matching(titled, "title")):
            titles = self._matching_ids(asks)
            first += [paper_id for paper_id in rest if paper_id in titles]
            rest = [paper_id for paper_id in rest if paper_id not in titles]
        return array("q", [*first, *rest])

    def _matching_ids(self, asks: Condition) -> set[int]:
        sql = f"SELECT id FROM paper WHERE {asks.sql}"  # noqa: S608 (ours; values are bound)
        return {row[0] for row in self._connection.execute(sql, asks.parameters)}

    def _corrections(self, found: array[int], demands: list[Demand]) -> dict[str, str]:
        if not found:
            return {}
        (card,) = self._cards.of(found[:1])
        return Ranking(demands).corrections(card)

    def _refresh(self) -> None:
        """Read the vocabulary again if the index was written since."""
        current = generation(self._connection)
        if current != self._generation:
            self._vocabulary = Vocabulary.read(self._connection)
            self._cards = Cards(self._connection)
            self._generation = current

    def _read_data_version(self) -> int:
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])


def _tolerances(wanted: Sequence[Text]) -> Sequence[Tolerance]:
    """How words are read, one way after the other until something is found."""
    words = sum(len(text.pieces) for text in wanted if isinstance(text, Word))
    if not words or words > _MOST_CORRECTED:
        return (Tolerance.LITERAL,)
    if words < _ENOUGH_TO_GUESS:
        return (Tolerance.CORRECTING, Tolerance.FORGIVING)
    return (Tolerance.CORRECTING, Tolerance.FORGIVING, Tolerance.GENEROUS)
