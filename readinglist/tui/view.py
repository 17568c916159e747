"""The current view: which papers are listed, in what order, and which are selected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import zip_longest

from readinglist.errors import QueryError
from readinglist.library import Library, Results
from readinglist.records import Facet, Sort

# A paper has one of each of these, so choosing another replaces the first.
_ONE_AT_A_TIME = frozenset({"status"})


class View:
    """What is asked of the library, and the answer.

    `held` means that an edit may have moved papers out of the results: they are kept as they
    are until the user moves on, so that nothing vanishes from under the cursor.
    """

    def __init__(self, library: Library) -> None:
        self._library = library
        self.query = ""
        self.facets: tuple[Facet, ...] = ()
        self.sort: Sort | None = None
        self.reverse = False
        self.held = False
        self._checked = ""
        self._problem: QueryError | None = None
        self.results: Results = library.search()

    @property
    def narrowed(self) -> bool:
        """Whether the view leaves papers out."""
        return bool(self.query.strip() or self.facets)

    @property
    def order(self) -> Sort:
        """What the list is really ordered by."""
        return self.sort or (Sort.RELEVANCE if self.results.words else Sort.ADDED)

    def refresh(self) -> None:
        """Ask the library again."""
        self.results = self._library.search(
            self.query, where=self.facets, sort=self.sort, reverse=self.reverse, lenient=True
        )
        self.held = False

    def hold(self, ids: Iterable[int]) -> None:
        """Papers were edited: keep listing them as they are until the user moves on."""
        self.held = self.held or (any(True for _ in ids) and self._may_move())

    def _may_move(self) -> bool:
        return self.narrowed or self.sort is Sort.STATUS

    def problem(self) -> QueryError | None:
        """What is wrong with the query as it stands, and at which character."""
        if self._checked != self.query:
            self._checked, self._problem = self.query, None
            try:
                self._library.search(self.query)
            except QueryError as error:
                self._problem = error
        return self._problem

    def toggle(self, facet: Facet) -> None:
        """Add a facet to the conditions, or take it away."""
        if facet in self.facets:
            self.facets = tuple(f for f in self.facets if f != facet)
            return
        kept = (f for f in self.facets if not _rivals(f, facet))
        self.facets = (*kept, facet)

    def sort_by(self, sort: Sort) -> None:
        """Order by a field; the same again turns the order round."""
        self.reverse = not self.reverse if sort == self.order else False
        self.sort = sort

    def hidden(self, ids: Iterable[int]) -> int:
        """How many of these papers the view leaves out."""
        return sum(self.results.index_of(paper_id) is None for paper_id in ids)


def _rivals(one: Facet, other: Facet) -> bool:
    return one.field == other.field and one.field in _ONE_AT_A_TIME


def nearest(before: Results, index: int, after: Results) -> int:
    """Where the cursor goes in `after`: to its paper, else to that paper's nearest neighbour."""
    for place in _outward(index, len(before.ids)):
        found: int | None = after.index_of(before.ids[place])
        if found is not None:
            return found
    return 0


def _outward(index: int, count: int) -> Iterator[int]:
    """`index`, then its neighbours by distance, the next one before the previous one."""
    later, earlier = range(index + 1, count), range(min(index, count) - 1, -1, -1)
    if 0 <= index < count:
        yield index
    for pair in zip_longest(later, earlier):
        yield from (place for place in pair if place is not None)
