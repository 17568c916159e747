"""The list as the library finds it: at once where that takes milliseconds, else without waiting."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from operator import attrgetter
from pathlib import Path
from time import monotonic

from textual import getters, on
from textual.message import Message
from textual.timer import Timer

from readinglist.errors import ReadingListError
from readinglist.library import Library, Results
from readinglist.stopping import Stopped, checkpoint, stoppable
from readinglist.tui.aside import Aside
from readinglist.tui.main.workbench import Show, Workbench
from readinglist.tui.memory import Memory
from readinglist.tui.patience import PatientApp
from readinglist.tui.said import Said

_QUIET = 0.15  # seconds before anything is said of a search that takes its time

Find = Callable[[Library], Results]


class _Asked:
    """What has been asked for and is not found yet; whether keys are held until it is."""

    def __init__(self, show: Show) -> None:
        self.show = show
        self.after: list[Callable[[], None]] = []
        self.holding = False


class Listing(Workbench):
    """Base of what changes the list.

    In a large library the papers are found by a reader of their own, in a thread, and the list
    stays as it is until then. A newer question stops an older one. Keys that mean a paper of the
    list wait for it; those that go on with the query do not.
    """

    app = getters.app(PatientApp)

    class Listed(Said):
        """The papers are found, the first of them at least."""

        asked: object
        results: Results | ReadingListError

    class Found(Said):
        """More is known than the papers that were listed first: which come last, or all of them."""

        first: Results
        results: Results | ReadingListError

    slow = False
    """Whether what is being found takes so long that it is told."""

    def __init__(self, library_path: Path, memory: Memory) -> None:
        super().__init__(library_path, memory)
        self.aside = Aside(self, library_path)
        self._finder = Aside(self, library_path)
        self._awaited: _Asked | None = None
        self._first = self.view.results
        self._found: tuple[Results, Results] | None = (
            None  # as it is read here, and as it was found
        )
        self._once: list[tuple[Callable[[Results], bool], Callable[[], None]]] = []
        self._telling: Timer | None = None

    def on_unmount(self) -> None:
        """Stop."""
        self._finder.close()
        self.aside.close()

    @on(Aside.Failed)
    def aside_failed(self, message: Aside.Failed) -> None:
        """Tell why."""
        self.complain(message.error)

    # Finding

    def refresh_view(
        self, *, typing: bool = False, briefly: bool = False, holding: bool = False
    ) -> None:
        """Ask the library again and show the answer around the same paper.

        While `typing` words, the best match is looked at. `briefly` leaves what does not show at
        first to a moment later, where there is very much, and begins at the top then. `holding`
        is for a list that must not be acted on as it was.
        """
        holding = holding or (briefly and not typing)
        self.find_view(partial(self._show_found, typing), briefly=briefly, holding=holding)
        if self._awaited is not None:
            self.papers.reread()
            self.show_detail()
            self.show_status()

    @property
    def finding(self) -> bool:
        """Whether the list is still the one before, because another is being found."""
        return self._awaited is not None

    def find_view(self, show: Show, *, briefly: bool = False, holding: bool = False) -> None:
        """Find the papers of the view and `show` them, now or as soon as they are found."""
        self.aside.forget("survey")
        self._finder.forget("everything")
        self.view.held = False
        if self.is_small:
            with self.errors_told():
                show(self.view.search()(self.library))
            return
        before, self._awaited = self._awaited, _Asked(show)
        if before is not None:
            self._awaited.after, self._awaited.holding = before.after, before.holding
        if holding:
            self._hold()
        self._tell_soon()
        self._finder.ask("view", partial(_listed, self._awaited, self.view.search(brief=briefly)))

    def _hold(self) -> None:
        if self._awaited is not None and not self._awaited.holding:
            self._awaited.holding = True
            self.app.hold_keys()

    def _tell_soon(self) -> None:
        if self._telling is None:
            self._telling = self.set_timer(_QUIET, self._tell)

    def _tell(self) -> None:
        self.slow = True
        self.show_status()

    def _tell_no_more(self) -> None:
        if self._telling is not None:
            self._telling.stop()
            self._telling = None
        self.slow = False
        self.papers.entitle("")

    @on(Listed)
    def listed(self, message: Listed) -> None:
        """Show what was asked for last."""
        asked = self._awaited
        if asked is None or message.asked is not asked:
            return
        self._awaited = None
        self._tell_no_more()
        try:
            with self.errors_told():
                if isinstance(message.results, ReadingListError):
                    raise message.results
                found = self.library.adopted(message.results)
                self._found = found, message.results
                asked.show(found)
                if self._first is not found:  # what was listed stays, and was not complete perhaps
                    self.complete_view()
            for action in asked.after:
                action()
        finally:
            if asked.holding:
                self.app.release_keys()

    def _show_found(self, typing: bool, results: Results) -> None:
        self.show_found(results, from_top=typing and results.words)

    def show_found(self, results: Results, *, from_top: bool = False) -> None:
        """List these papers, and find out what else there is to tell of them."""
        self._first = results
        self.view.answer(results)
        self.papers.vacancy = self.vacancy()
        self.papers.show(results, from_top=from_top or not results.complete)
        self.call_after_refresh(self.complete_view)
        self.refresh_facts()

    # What waits for the list

    def when_listed(self, action: Callable[[], None]) -> None:
        """Do something to the list as it was asked for, and hold further keys until then."""
        if self._awaited is None:
            action()
        else:
            self._awaited.after.append(action)
            self._hold()

    def when_complete(self, action: Callable[[], None]) -> None:
        """Do something to all papers of the list, and hold further keys until it has them."""
        self._when(attrgetter("complete"), action)

    def when_counted(self, action: Callable[[], None]) -> None:
        """Do something with the end of the list, and hold further keys until it is known."""
        self._when(attrgetter("counted"), action)

    def _when(self, ready: Callable[[Results], bool], action: Callable[[], None]) -> None:
        if self._awaited is not None:
            self.when_listed(partial(self._when, ready, action))
        elif ready(self.view.results):
            action()
        else:
            if not self._once:
                self.app.hold_keys()
                self._tell_soon()
            self._once.append((ready, action))

    def on_descendant_blur(self) -> None:
        """Keys after those of the query mean the list that it finds."""
        if self.focused is not self.search:
            self._hold()

    # The papers that do not show at first

    def complete_view(self) -> None:
        """Find out which papers were not listed at first, where there are very many."""
        if not self.view.results.complete and self._awaited is None:
            search = self.view.search(brief=True)
            if self._found is not None and self._found[0] is self._first:
                search = partial(_again, self._found[1])
            self._finder.ask("everything", partial(_found, self._first, search))
        self._go_on()

    @on(Found)
    def found_more(self, message: Found) -> None:
        """List them, unless something else has been asked for meanwhile."""
        if message.first is not self._first:
            return
        if isinstance(message.results, ReadingListError):
            self.complain(message.results)
            self._go_on(give_up=True)
            return
        self.view.results = self.library.adopted(message.results)
        self.papers.vacancy = self.vacancy()
        self.papers.fill(self.view.results)
        self.show_status()
        self._go_on()

    def _go_on(self, *, give_up: bool = False) -> None:
        """Do what was waiting for what is known now, or `give_up`, and let keys have their effect.

        An action may wait for more in its turn, which holds them again.
        """
        results, waiting = self.view.results, self._once
        going = [action for is_ready, action in waiting if is_ready(results)]
        left = [each for each in waiting if not (give_up or each[0](results))]
        self._once = left
        for action in going:
            action()
        if waiting and not left:
            if self._awaited is None:
                self._tell_no_more()
            self.app.release_keys()


def _listed(asked: object, find: Find, library: Library) -> Iterator[Message]:
    try:
        yield Listing.Listed(asked, _pursued(find(library)))
    except ReadingListError as error:
        yield Listing.Listed(asked, error)


def _pursued(found: Results) -> Results:
    """These papers; where none came at once, all of them if they come before anything is said."""
    if found or found.complete:
        return found
    until = monotonic() + _QUIET
    try:
        with stoppable(lambda: monotonic() > until):
            return found.extended()
    except Stopped:
        checkpoint()
        return found


def _again(found: Results, _library: Library) -> Results:
    return found


def _found(first: Results, find: Find, library: Library) -> Iterator[Message]:
    try:
        bounded = find(library).bounded()
        if bounded.counted:
            yield Listing.Found(first, bounded)
        if not bounded.complete:
            yield Listing.Found(first, bounded.extended())
    except ReadingListError as error:
        yield Listing.Found(first, error)
