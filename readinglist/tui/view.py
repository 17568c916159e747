"""The current view: which papers are listed, in what order, and which are selected."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import islice, zip_longest
from typing import TYPE_CHECKING

from readinglist.errors import QueryError
from readinglist.library import Library, Results
from readinglist.library.search.narrowing import ONE_AT_A_TIME
from readinglist.library.search.paper_set import PaperSet
from readinglist.records import Facet, FacetCounts, Saved, Sort

if TYPE_CHECKING:
    from readinglist.library.search.xray import Way, Xray


_EVERYTHING = Saved("", "")
INBOX = Facet("status", "inbox")
_NEIGHBOURS = 4000  # papers; those farther away are not where the cursor was
SOON = 0.05  # seconds after which some of the first papers are better than all of them
AT_ONCE = 2000  # papers that are listed and counted within some milliseconds


class View:
    """What is asked of the library, and the answer.

    `held` means that an edit may have moved papers out of the results: they are kept as they
    are until the user moves on, so that nothing vanishes from under the cursor. `within` has the
    facets of what is found and `xray` what each clause finds; both are known a moment later.
    """

    def __init__(self, library: Library, start: Saved | None = None) -> None:
        self._library = library
        self.query = ""
        self.facets: tuple[Facet, ...] = ()
        self.sort: Sort | None = None
        self.reverse = False
        self.held = False
        self.within: FacetCounts | None = None
        self.xray: Xray | None = None
        self._checked = ""
        self._problem: QueryError | None = None
        self.take(start or _EVERYTHING)
        self.results: Results = self.search(brief=library.most > AT_ONCE)(library)

    def take(self, saved: Saved) -> None:
        """Ask for what a saved search asks for; the answer comes with `refresh`."""
        self.query, self.facets = saved.query, ()
        self.sort, self.reverse = saved.sort, saved.reverse

    def is_saved(self, saved: Saved) -> bool:
        """Whether this is what a saved search asks for."""
        asked = (self.written if self.facets else self.query.strip(), self.sort, self.reverse)
        return asked == (saved.query, saved.sort, saved.reverse)

    @property
    def written(self) -> str:
        """Query and facets as one query."""
        from readinglist.library.query.writing import written  # with the query language behind it

        return written(self.query, self.facets)

    @property
    def narrowed(self) -> bool:
        """Whether the view leaves papers out."""
        return bool(self.query.strip() or self.facets)

    @property
    def order(self) -> Sort:
        """What the list is really ordered by."""
        return self.sort or (Sort.RELEVANCE if self.results.words else Sort.ADDED)

    def search(self, *, brief: bool = False) -> Callable[..., Results]:
        """Return what finds the papers of this view in a library; the first of them if `brief`."""
        return partial(
            Library.search, query=self.query, where=self.facets, sort=self.sort,
            reverse=self.reverse, lenient=True, brief=brief, within=SOON if brief else None,
        )  # fmt: skip

    def inbox(self, library: Library, *, brief: bool = False) -> Results:
        """The papers of the view that are in the inbox now, in its order."""
        where = tuple(dict.fromkeys((*self.facets, INBOX)))
        return self.search(brief=brief)(library, where=where)

    def answer(self, results: Results) -> None:
        """Have these papers, which were asked for, as the answer."""
        self.results = results
        self.held = False
        if not self.narrowed:
            self.within = self.xray = None

    def hold(self, ids: Iterable[int]) -> None:
        """Papers were edited: keep listing them as they are until the user moves on."""
        self.held = self.held or (any(True for _ in ids) and self._may_move())

    def _may_move(self) -> bool:
        return self.narrowed or self.sort is Sort.STATUS

    def problem(self) -> QueryError | None:
        """What is wrong with the query as it stands, and at which character."""
        if self._checked != self.query:
            self._checked, self._problem = self.query, None
            from readinglist.library.query.parsing import parse  # 20 ms, and only a query needs it

            try:
                parse(self.query)
            except QueryError as error:
                self._problem = error
        return self._problem

    def is_about(self, query: str, where: tuple[Facet, ...]) -> bool:
        """Whether an answer to this is about what is asked now."""
        return (query, where) == (self.query, self.facets)

    @property
    def ways(self) -> tuple[Way, ...]:
        """The ways out when nothing is found, the best one first, once they are known."""
        seen = self.xray
        if seen is None or self.results or not self.results.complete:
            return ()
        if not self.is_about(seen.query, seen.where):
            return ()
        return seen.ways

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

    def hidden(self, papers: PaperSet) -> int:
        """How many of these papers the view leaves out, as far as that is known."""
        if not papers or not self.results.complete:
            return 0
        return len(papers - self.results.every)


def _rivals(one: Facet, other: Facet) -> bool:
    return one.field == other.field and one.field in ONE_AT_A_TIME


def nearest(before: Results, index: int, after: Results) -> int:
    """Where the cursor goes in `after`: to its paper, else to a neighbour, else to the top."""
    for place in islice(_outward(index, len(before)), _NEIGHBOURS):
        paper = before.at(place) if place == index else before.near(place)
        found = None if paper is None else after.index_of(paper)
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
