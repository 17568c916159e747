"""The main screen: it decides what a key or a message means, and shows what came of it."""

from __future__ import annotations

import gc
from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Static

from readinglist.errors import ReadingListError
from readinglist.records import Facet
from readinglist.tui import screens
from readinglist.tui.explaining import why_not
from readinglist.tui.keyboard.actions import ActionsProvider, LiveKey, live_keys
from readinglist.tui.main.command_actions import CommandActions
from readinglist.tui.main.exchange_actions import ExchangeActions
from readinglist.tui.main.export_actions import ExportActions
from readinglist.tui.main.finding_actions import FindingActions, corrections
from readinglist.tui.main.found_actions import FoundActions
from readinglist.tui.main.import_actions import ImportActions
from readinglist.tui.main.inbox_actions import InboxActions
from readinglist.tui.main.insight_actions import InsightActions
from readinglist.tui.main.saved_actions import SavedActions
from readinglist.tui.main.tag_actions import TagActions
from readinglist.tui.main.trash_actions import TrashActions
from readinglist.tui.saved_provider import SavedProvider
from readinglist.tui.screens.dialog import Dialog
from readinglist.tui.widgets.facet_pane import FacetPane
from readinglist.tui.widgets.paper_detail import PaperDetail
from readinglist.tui.widgets.paper_list import PaperList
from readinglist.tui.widgets.search_bar import SearchBar
from readinglist.tui.widgets.status_line import (
    Chips,
    Hint,
    HintLine,
    Position,
    ViewFacts,
    grouped,
    picked,
)
from readinglist.tui.widgets.welcome import Welcome
from readinglist.tui.widgets.wrapped_text import WrappedText
from readinglist.tui.wording.leads import Kind
from readinglist.tui.wording.triage_words import HINTS

_PAUSE = 30.0  # seconds without a key
_PAINTING = 0.02  # seconds that the thread which writes to the terminal has for the first rows
_POLL = 0.5  # seconds between looks at what another process has written


class MainScreen(
    ImportActions,
    ExportActions,
    ExchangeActions,
    FoundActions,
    InsightActions,
    TagActions,
    SavedActions,
    CommandActions,
    InboxActions,
    whole=True,
):
    """Filters, papers and detail over a status line and the hints."""

    _is_tidy = True
    _hinted: tuple[Hint, ...] = ()
    _live: Mapping[str, LiveKey] = {}

    COMMANDS: ClassVar = {ActionsProvider, SavedProvider}
    AUTO_FOCUS = ""  # the list has the keys from the start

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "colon", "app.command_palette", "All actions", id="app.actions", key_display=":",
            show=False, tooltip="Find any action by its name.",
        ),
        Binding("q", "leave", "Quit", id="app.leave", tooltip="Go back, or quit."),
        Binding(
            "question_mark,f1", "help", "Help", id="app.help",
            tooltip="Every key and what it does.",
        ),
    ]  # fmt: skip

    UNBOUND: ClassVar[tuple[Binding, ...]] = (
        *FindingActions.UNBOUND,
        *ExchangeActions.UNBOUND,
        *SavedActions.UNBOUND,
        *CommandActions.UNBOUND,
        *FoundActions.UNBOUND,
        *TrashActions.UNBOUND,
    )

    def compose(self) -> ComposeResult:
        """Lay the panes out."""
        self.take_measure(self.app.size)
        yield Welcome(self.library.path)
        with Horizontal(id="panes"):
            yield FacetPane(self.counts)
            yield PaperList(
                self.view.results,
                self.app.settings.names("list.columns"),
                wrap=self.app.settings.text("list.long-titles") == "wrap",
            )
            yield PaperDetail()
        with Horizontal(id="line"):
            yield Position()
            yield Static("/", id="slash")
            yield SearchBar()
            yield Chips()
            yield ViewFacts()
        yield HintLine()

    def on_mount(self) -> None:
        """Show the library, and prepare for the first edit."""
        self.facets.border_title = "1 Filters"
        self.detail.border_title = "3 Detail"
        self.search.put(self.view.query)
        self.show_facets()
        self.fit(self.size)
        self.papers.resize_lines()
        if self.empty:
            self.show_welcome()
        else:
            self.open_pane("papers")
        self.show_status()
        self.call_after_refresh(self.set_timer, _PAINTING, self._begin)

    def _begin(self) -> None:
        """Show and begin what the first rows did not wait for."""
        if not gc.isenabled():  # the program's start needed none
            gc.freeze()
            gc.enable()
        self.refresh_facts()
        self.complete_view()
        self.bindings_updated_signal.subscribe(self, lambda _: self.show_hints())
        self.show_hints()
        self.set_interval(_POLL, self._look_elsewhere)
        self._warm_up()
        self.tell_of_drafts()

    @work(thread=True, group="warm-up")
    def _warm_up(self) -> None:
        for module in iter_modules(screens.__path__, f"{screens.__name__}."):
            import_module(module.name)
        try:
            self.library.warm_up()
        except ReadingListError as error:
            self.app.call_from_thread(self.complain, error)
        gc.freeze()  # what is loaded stays: looking through it for garbage takes 0.1 s each time

    def on_unmount(self) -> None:
        """Write what still waits, and close the library."""
        self.keep_place()
        for attempt in list(self.app.waiting):
            attempt.finish()
        self.library.close()

    def _look_elsewhere(self) -> None:
        """Show what another process has written, around the same paper."""
        self._tidy()
        if not self.changed_elsewhere():
            return
        if self.view.held:
            self.settle()
        else:
            self.refresh_view()
        for screen in self.app.screen_stack:
            if isinstance(screen, Dialog):
                screen.look_again()

    def _tidy(self) -> None:
        """Look for garbage among everything once in a long pause, as that takes a moment."""
        if self.app.rested < _PAUSE:
            self._is_tidy = False
        elif not self._is_tidy:
            self._is_tidy = True
            gc.collect()

    # What widgets said

    @on(PaperList.Moved)
    def paper_moved(self) -> None:
        """Show the paper; edits that were held back settle now."""
        if self.view.held:
            self.refresh_view()
        else:
            self.show_detail()
            self.show_status()

    @on(PaperList.Opened)
    def paper_opened(self) -> None:
        """Go in."""
        self.go_pane("detail")

    @on(PaperList.SelectionChanged)
    def selection_changed(self) -> None:
        """Show how many."""
        self.show_status()

    @on(PaperList.AllWanted)
    def all_wanted(self, message: PaperList.AllWanted) -> None:
        """Find the others first."""
        self.when_complete(message.action)

    @on(PaperList.EndWanted)
    def end_wanted(self, message: PaperList.EndWanted) -> None:
        """Find out where the end is first."""
        self.when_counted(message.action)

    @on(PaperList.Unreadable)
    def papers_unreadable(self, message: PaperList.Unreadable) -> None:
        """Tell why."""
        self.complain(message.error)

    @on(WrappedText.Followed)
    def lead_followed(self, message: WrappedText.Followed) -> None:
        """Go where the place in a paper's text leads that was clicked."""
        kind, to = message.lead
        with self.errors_told():
            if kind is Kind.TAG:
                self._list_tagged(str(to))
            elif kind is not Kind.KEY:
                self.follow(to)
            elif found := self.library.named([str(to)]):
                self.follow(next(iter(found.values())))
            else:
                self.say(f"No paper has the key “{to}”.")

    def _list_tagged(self, tag: str) -> None:
        facet = Facet("tag", tag)
        if self.round is not None or self.alone:
            self.go_pane("papers")
        if facet not in self.view.facets:
            self.toggle_facet(facet)

    # What shows

    def show_detail(self) -> None:
        """Show the cursor's paper, unless its pane is hidden."""
        if self.round is not None:
            with self.errors_told():
                self.show_triage()
            return
        if not self.detail.display:
            return
        paper = self.papers.cursor_id
        with self.errors_told():
            ids = [] if paper is None else [paper]
            found = self.library.entries(ids)
            origins = self.library.origins(ids).get(paper or 0, {})
            self.detail.show(found[0] if found else None, self.view.results.marks, origins)
            self.find_mentions(paper)
            self.find_related(paper)

    def show_status(self) -> None:
        """Show position, filters, selection, order, and what is to be said about the search."""
        view, papers = self.view, self.papers
        self.position.here = min(papers.cursor + 1, papers.count)
        self.position.of = papers.count if view.results.counted else None
        self.position.total = self.counts.total or self.library.most
        self.chips.facets = view.facets
        facts = self.view_facts
        facts.selected = len(papers.selection)
        facts.hidden = view.hidden(papers.selection) if view.narrowed else 0
        facts.ranging = papers.ranging
        facts.order = f"{view.order}{', reversed' if view.reverse else ''}"
        read_as = view.results.corrections
        told = self.focused is self.search  # under it, while it is typed
        remark = corrections(read_as) if read_as and not told else ""
        papers.entitle("searching…" if self.slow else remark)
        self.hints.advice = self.advice()
        self.dim_hints()

    def show_welcome(self) -> None:
        """Show the welcome instead of the panes while the library is empty."""
        empty = self.empty
        if self.welcome.display == empty:
            return
        self.welcome.display = empty
        self.query_one("#panes").display = not empty
        self.query_one("#line").display = not empty
        self.refresh_bindings()
        if empty:
            self.welcome.focus()
        else:
            self.go_pane("papers")

    def show_hints(self) -> None:
        """Derive the hints from the live bindings, the way back last."""
        live = list(live_keys(self))
        if self.round is None:
            hints = grouped([(k.binding, k.shown) for k in live if k.binding.show])
        else:
            hints = picked([(k.binding, k.shown) for k in live], HINTS)
        self._hinted, self._live = hints, {key.binding.key: key for key in live}
        self.dim_hints()

    def dim_hints(self) -> None:
        """Dim what can do nothing now; of an empty library, only what begins one is shown."""
        hints = [hint._replace(dim=self._can_do_nothing(hint)) for hint in self._hinted]
        self.hints.hints = tuple(hint for hint in hints if not (hint.dim and self.empty))

    def _can_do_nothing(self, hint: Hint) -> bool:
        keys = (self._live[key] for key in hint.keys)
        return all(why_not(self.app, key.binding.action, key.node) for key in keys)

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        """Why an action can do nothing now; empty if it can."""
        from readinglist.tui.main import reasons  # asked only once the first rows show

        return reasons.why_not(self, action, parameters) if self.is_mounted else ""

    def tell_why(self, reason: str) -> None:
        """Say why a key does nothing."""
        self.say(reason)

    # The app

    def action_help(self) -> None:
        """Show every live key."""
        from readinglist.tui.screens.help import help_on

        self.app.push_screen(help_on(self))

    async def action_leave(self) -> None:
        """Go back to the list when one pane shows; from there, quit."""
        if self.round is not None:
            self.end_triage()
        elif self.alone and self.pane != "papers":
            self.go_pane("papers")
        else:
            await self.app.action_quit()
