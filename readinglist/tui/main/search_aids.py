"""What is told about a search once its first papers show: the others, its clauses, its facets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.timer import Timer

from readinglist.errors import QueryError
from readinglist.library import Library
from readinglist.records import Facet, FacetCounts, Saved
from readinglist.tui.keyboard.names import key
from readinglist.tui.looks.cells import cut, one_line
from readinglist.tui.main.listing import Listing
from readinglist.tui.said import Said

if TYPE_CHECKING:
    from readinglist.library.search.xray import Way, Xray

_STALE = 0.15  # seconds that counts of an older query may stand
_MOST_WAYS = 2
_LONGEST = 40  # cells


class SearchAids(Listing):
    """Answers about the query that come a moment after the papers, and move nothing."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+o", "leave_out", "Leave out", id="search.leave-out", show=False,
            tooltip="Where nothing is found, leave out the part of the search that is to blame.",
        ),
    ]  # fmt: skip

    class LookedThrough(Said):
        """What each clause of the query finds."""

        xray: Xray

    class Narrowed(Said):
        """What the facets are within the view."""

        query: str
        where: tuple[Facet, ...]
        counts: FacetCounts

    class SearchesCounted(Said):
        """What the saved searches find among the papers of a view."""

        query: str
        where: tuple[Facet, ...]
        counts: Mapping[str, int]

    _stale: Timer | None = None

    def on_descendant_focus(self) -> None:
        """What the clauses find is shown to who types them."""
        self.show_finding()

    # What each clause finds, and the facets of it all

    def survey(self) -> None:
        """Ask about the view, once its papers are on the screen."""
        view = self.view
        self._hold_stale()
        self.show_finding()
        self._count_searches()
        if not view.narrowed or not self.library.exists:
            self.aside.forget("survey")
            return
        self._stale = self.set_timer(_STALE, self._forget_stale)
        question = partial(_survey, view.query, view.facets)
        self.call_after_refresh(self.aside.ask, "survey", question)

    def _count_searches(self) -> None:
        if self.saved and self.library.exists:
            question = partial(_counted, self.view.query, self.view.facets, self.saved)
            self.call_after_refresh(self.aside.ask, "searches", question)

    @on(SearchesCounted)
    def searches_counted(self, message: SearchesCounted) -> None:
        """Show in the filters how many papers of the view each saved search finds."""
        if self.view.is_about(message.query, message.where):
            self.facets.show_searches(message.counts)

    def _hold_stale(self) -> None:
        if self._stale is not None:
            self._stale.stop()

    def _forget_stale(self) -> None:
        """Where counting takes a while, show only what is still true of the query."""
        seen = self.view.xray
        if seen is not None:
            from readinglist.library.query.clauses import clauses

            typed = {clause.text for clause in clauses(self.view.query, lenient=True)}
            kept = tuple(share for share in seen.shares if share.clause.text in typed)
            self.view.xray = replace(seen, shares=kept)
            self.show_finding()

    @on(LookedThrough)
    def looked_through(self, message: LookedThrough) -> None:
        """Show it under the search, and where nothing is found, the way out."""
        if not self.view.is_about(message.xray.query, message.xray.where):
            return
        self._hold_stale()
        self.view.xray = message.xray
        if not len(self.view.results):
            self.papers.vacancy = self.vacancy()
            self.papers.refresh()
        self.show_finding()

    @on(Narrowed)
    def narrowed(self, message: Narrowed) -> None:
        """Count in the filters what is in the view."""
        if self.view.is_about(message.query, message.where):
            self.view.within = message.counts
            self.show_facets()

    def show_finding(self) -> None:
        """Show under the search what its clauses find, while someone types it."""
        seen = self.view.xray
        if self.focused is not self.search or not self.view.query.strip() or seen is None:
            self.hints.finding = None
            return
        from readinglist.tui.wording.xray_line import xray_line

        start = self.search.content_region.x - self.hints.content_region.x
        self.hints.finding = xray_line(seen.shares, start, self.hints.size.width) or None

    # The way out of nothing

    def action_leave_out(self) -> None:
        """Leave out what keeps everything from being found."""
        if not self.view.ways:
            self.say("There is no part of the search to leave out.")
            return
        best = self.view.ways[0]
        self.view.facets = best.where
        if best.query == self.view.query:
            self.refresh_view()
        else:
            self.search.put(best.query)  # and what is typed is searched for

    def ways_out(self) -> list[Content]:
        """What leaving something out gives; as many lines before that is known as after."""
        from readinglist.library.query.clauses import clauses  # only a search needs it

        parts = len(clauses(self.view.query, lenient=True)) + len(self.view.facets)
        ways = self.view.ways[:_MOST_WAYS] if parts > 1 else ()
        lines = [_way(way, best=not number) for number, way in enumerate(ways)]
        return lines + [Content("")] * (_MOST_WAYS - len(lines) if parts > 1 else 0)


def _survey(query: str, where: tuple[Facet, ...], library: Library) -> Iterator[Message]:
    found = library.search(query, where=where, lenient=True)
    if query.strip():
        seen = library.xray(query, len(found), where=where, lenient=True)
        yield SearchAids.LookedThrough(seen)
    counts = library.counts_within(query, found, where=where, lenient=True)
    yield SearchAids.Narrowed(query, where, counts)


def _counted(
    query: str, where: tuple[Facet, ...], saved: Sequence[Saved], library: Library
) -> Iterator[Message]:
    narrowed = bool(query.strip() or where)
    view = set(library.search(query, where=where, lenient=True).ids) if narrowed else None
    counts: dict[str, int] = {}
    for each in saved:
        with suppress(QueryError):  # of a version that knew other fields
            found = library.search(each.query)
            counts[each.name] = len(found) if view is None else len(view.intersection(found.ids))
    yield SearchAids.SearchesCounted(query, where, counts)


def _way(way: Way, *, best: bool) -> Content:
    name = cut(one_line(way.name), _LONGEST)
    if not best:
        return Content.styled(f"without {name}: {way.papers:,}", "$quiet")
    said = Content(f"Without {name}: {way.papers:,}")
    way_out = Content.styled(key("search.leave-out", "ctrl+o"), "bold $text-accent")
    return said + Content("   ") + way_out + Content.styled(" leaves it out", "$quiet")
