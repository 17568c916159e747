"""What every action of the main screen works with: the library, the view and the panes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from time import monotonic
from typing import NamedTuple

from textual import getters, on
from textual.content import Content
from textual.getters import query_one
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer

from readinglist.errors import ReadingListError
from readinglist.library import Library, Results
from readinglist.records import Entry, Facet, FacetCounts
from readinglist.tui import view
from readinglist.tui.aside import Aside
from readinglist.tui.looks.cells import one_line
from readinglist.tui.memory import Memory
from readinglist.tui.patience import AT_ONCE, PatientApp
from readinglist.tui.said import Said
from readinglist.tui.screens.thrift import Thrifty
from readinglist.tui.widgets.facet_pane import FacetPane
from readinglist.tui.widgets.paper_detail import PaperDetail
from readinglist.tui.widgets.paper_list import PaperList
from readinglist.tui.widgets.search_bar import SearchBar
from readinglist.tui.widgets.status_line import Chips, HintLine, Position, ViewFacts
from readinglist.tui.widgets.welcome import Welcome
from readinglist.tui.wording.facet_lines import SEARCH

_COMPLAINT = 12.0  # seconds that an error stands on the screen
_PATIENCE = 0.3  # seconds without an edit before a slower count
Show = Callable[[Results], None]
TRASH = Facet("is", "trashed")
_NOT_COUNTED = FacetCounts(0, {}, 0, 0, {}, {})


class Jump(NamedTuple):
    """A way that was taken from paper to paper, and where it began."""

    to: int
    paper: int | None
    query: str
    facets: tuple[Facet, ...]
    pane: str


class Workbench(Thrifty, Screen[None]):
    """Base of the main screen; the actions are added by concern.

    An action imports its dialog where it opens it: with what they need, all of them take 60 ms,
    for which the first rows do not wait. `MainScreen` imports them as soon as these are shown.
    """

    app = getters.app(PatientApp)

    facets = query_one("#facets", FacetPane)
    papers = query_one("#papers", PaperList)
    detail = query_one("#detail", PaperDetail)
    search = query_one("#search", SearchBar)
    welcome = query_one("#welcome", Welcome)
    position = query_one(Position)
    chips = query_one(Chips)
    view_facts = query_one(ViewFacts)
    hints = query_one(HintLine)

    aside: Aside
    pane: str
    """The pane that has the keys, or had them before the search."""

    empty: bool
    """Whether the library has no paper at all, not even in the trash."""

    class Counted(Said):
        """The papers of each kind have been counted."""

        counts: FacetCounts

    def __init_subclass__(cls, *, whole: bool = False) -> None:
        """Put the keys together in the class that is `whole`; in its parts, that takes 8 ms."""
        if whole:
            super().__init_subclass__()

    def __init__(self, library_path: Path, memory: Memory) -> None:
        super().__init__()
        self.memory = memory
        self.library = Library(library_path, patience=AT_ONCE)
        self.saved = self.library.saved_searches()
        self.view = view.View(self.library, next((s for s in self.saved if s.start), None))
        self.empty = not self.library.most
        self.counts = self.library.counts() if self.is_small else _NOT_COUNTED
        self._complaint, self._complaint_stands_until = "", 0.0
        self._counting: Timer | None = None
        self._jumps: list[Jump] = []

    # What the verbs act on

    def targets(self) -> list[int]:
        """The selection in the list's order, else the cursor's paper; in the detail, its paper."""
        if self.focused is self.detail and self.detail.entry:
            return [self.detail.entry.id]
        selection = self.papers.selection
        if selection:
            return self.view.results.sorted(selection)
        return [] if self.papers.cursor_id is None else [self.papers.cursor_id]

    @property
    def at_hand(self) -> bool:
        """Whether the verbs have a paper to act on."""
        reads = self.focused is self.detail and self.detail.entry is not None
        return reads or bool(self.papers.selection) or self.papers.cursor_id is not None

    @property
    def in_trash(self) -> bool:
        """Whether what is listed is in the trash."""
        return TRASH in self.view.facets

    def entry_at_hand(self) -> Entry | None:
        """The one paper that the cursor is on or the detail shows, as the library has it."""
        paper, shown = self.shown_paper(), self.detail.entry
        if paper is None or (shown is not None and shown.id == paper):
            return shown if paper is not None else None
        return next(iter(self.library.entries([paper])), None)

    def shown_paper(self) -> int | None:
        """The one paper that the cursor is on or the detail shows."""
        if self.focused is self.detail and self.detail.entry:
            return self.detail.entry.id
        return self.papers.cursor_id

    def wanted(self) -> list[int]:
        """The papers that the verbs act on; empty, after saying so, when there are none."""
        ids = self.targets()
        if not ids:
            self.say("There is no paper here.")
        return ids

    # Telling

    def say(self, message: str, title: str = "", *, spare: str = "") -> None:  # noqa: ARG002 (a walk through the inbox has one line for it)
        """Tell something in passing; what was told before makes room, unless it was an error.

        `spare` is what of it may be cut where it has little room.
        """
        self.hush()
        self.notify(one_line(message), title=one_line(title), markup=False)

    def hush(self) -> None:
        """Take back what was told in passing, unless it was an error."""
        self._drop_toasts()

    def _drop_toasts(self) -> None:
        if monotonic() > self._complaint_stands_until:
            self.app.clear_notifications()

    def on_screen_suspend(self) -> None:
        """What was told in passing does not stand before the dialog that opens."""
        self._drop_toasts()

    def complain(self, error: ReadingListError) -> None:
        """Tell what failed and what to try, once while it stands on the screen."""
        message = "\n".join(filter(None, (one_line(error.message), one_line(error.hint))))
        now = monotonic()
        if message == self._complaint and now < self._complaint_stands_until:
            return
        self._complaint, self._complaint_stands_until = message, now + _COMPLAINT
        self.notify(message, title=error.title, severity="error", timeout=_COMPLAINT, markup=False)

    @contextmanager
    def errors_told(self) -> Iterator[None]:
        """Do something with the library; a failure is told and nothing is pretended."""
        try:
            yield
        except ReadingListError as error:
            self.complain(error)

    def changed_elsewhere(self) -> bool:
        """Whether another program has written since this was last asked."""
        with self.errors_told():
            return self.library.changed_elsewhere()
        return False

    # Showing

    def refresh_facts(self) -> None:
        """Show counts, detail and status line as they are now."""
        if self._counting is not None:
            self._counting.stop()
        if self.is_small:
            with self.errors_told():
                self._show_counts(self.library.counts())
        else:
            self._counting = self.set_timer(_PATIENCE, self._recount)
        with self.errors_told():
            self.saved = self.library.saved_searches()
        self.show_facets()
        self._show_tag_colours()
        self.show_detail()
        self.show_status()
        self.survey()

    def _show_tag_colours(self) -> None:
        with self.errors_told():
            colours = self.library.tag_colours()
            for pane in (self.facets, self.papers, self.detail):
                if pane.tag_colours != colours:
                    pane.tag_colours = colours
                    pane.refresh()

    def show_facets(self) -> None:
        """Show what there is to filter by, and what of it is chosen."""
        shown = [Facet(SEARCH, saved.name) for saved in self.saved if self.view.is_saved(saved)]
        chosen = [*self.view.facets, *shown]
        self.facets.show(self.counts, chosen, self.view.within, self.saved)

    @property
    def counted_all(self) -> bool:
        """Whether the papers of each kind have been counted."""
        return self.counts is not _NOT_COUNTED

    @property
    def is_small(self) -> bool:
        """Whether everything can be counted while the screen waits."""
        return self.library.most <= view.AT_ONCE

    def _recount(self) -> None:
        """Count where that is slow: aside, and only once the keys have rested."""
        self.aside.ask("counts", _counted)

    @on(Counted)
    def counted(self, message: Counted) -> None:
        """Show what was counted aside."""
        self._show_counts(message.counts)
        self.show_status()

    def _show_counts(self, counts: FacetCounts) -> None:
        self.counts, self.empty = counts, counts.empty
        self.show_facets()
        self.show_welcome()

    def settle(self, ids: Sequence[int] = ()) -> None:
        """Show edits to papers, keeping the list as it is until the user moves on."""
        self.view.hold(ids)
        self.papers.reread()
        self.refresh_facts()

    def go_to(self, paper: int) -> None:
        """Put the cursor on a paper, and let go of what keeps it out of the view."""
        view = self.view
        origin = (self.shown_paper(), view.query, view.facets, self.pane)
        self._jumps.append(Jump(paper, *origin))
        if paper not in self.view.results:
            self.clear_search()
            self.clear_facets()
        self.when_listed(partial(self._go_to, paper))

    def _go_to(self, paper: int) -> None:
        with self.errors_told():
            if self.library.trashed_among([paper]):
                self.say("This paper is in the trash, or was merged into another.")
                return
        self.go_pane("papers")
        self.papers.seek(paper)

    @property
    def has_jumped(self) -> bool:
        """Whether the cursor is where a jump led; whoever has moved on since stays there."""
        if self._jumps and self._jumps[-1].to != self.papers.cursor_id:
            self._jumps.clear()
        return bool(self._jumps)

    def jump_back(self) -> None:
        """Go back to the paper, the search and the pane from where a jump led here."""
        jump = self._jumps.pop()
        self.view.query, self.view.facets = jump.query, jump.facets
        self.search.put(jump.query)
        self.refresh_view(briefly=True)
        self.when_listed(partial(self.papers.seek, jump.paper))
        self.when_listed(partial(self.go_pane, jump.pane))

    # Provided by the main screen and the concerns it is made of

    def refresh_view(
        self, *, typing: bool = False, briefly: bool = False, holding: bool = False
    ) -> None:
        """Ask the library again and show the answer around the same paper."""
        raise NotImplementedError

    def find_view(self, show: Show, *, briefly: bool = False, holding: bool = False) -> None:
        """Find the papers of the view and `show` them, now or as soon as they are found."""
        raise NotImplementedError

    def show_found(self, results: Results, *, from_top: bool = False) -> None:
        """List these papers, and find out what else there is to tell of them."""
        raise NotImplementedError

    def when_listed(self, action: Callable[[], None]) -> None:
        """Do something to the list as it was asked for, and hold further keys until then."""
        raise NotImplementedError

    def when_complete(self, action: Callable[[], None]) -> None:
        """Do something to all papers of the list, and hold further keys until it has them."""
        raise NotImplementedError

    def go_pane(self, pane: str) -> None:
        """Show a pane and give it the keys."""
        raise NotImplementedError

    def see_papers(self) -> None:
        """Go to the list where it is hidden."""
        raise NotImplementedError

    def clear_search(self) -> None:
        """Forget the query."""
        raise NotImplementedError

    def clear_facets(self) -> None:
        """Take all filters away."""
        raise NotImplementedError

    def vacancy(self) -> list[Content]:
        """What the list says when nothing is found."""
        raise NotImplementedError

    def show_detail(self) -> None:
        """Show the cursor's paper in the detail pane."""
        raise NotImplementedError

    def survey(self) -> None:
        """Ask what each clause of the query finds, and the facets within the view."""
        raise NotImplementedError

    def show_status(self) -> None:
        """Show where the cursor is and what narrows the view."""
        raise NotImplementedError

    def show_welcome(self) -> None:
        """Show the welcome instead of the panes while the library is empty."""
        raise NotImplementedError


def _counted(library: Library) -> Iterator[Message]:
    yield Workbench.Counted(library.counts())
