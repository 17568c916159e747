"""Every write of the main screen: now, after a wait, or kept on the screen until it goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Protocol, TypeVar

from textual import work

from readinglist.errors import GivenUp, LibraryError, ReadingListError
from readinglist.outcomes import Done
from readinglist.tui.keyboard.names import key
from readinglist.tui.looks.cells import cut, one_line
from readinglist.tui.main.workbench import Workbench
from readinglist.tui.typing_ahead import Typed

if TYPE_CHECKING:
    from readinglist.tui.screens.failed_write import Saved, Unsaved

_THEM = ("it", "them")
_LONGEST_TITLE = 60  # cells
_AT_ONCE = 300  # papers for whose tags the screen may wait: some 50 ms

Number = int | Callable[[], int]
Result = TypeVar("Result")


class Write(Protocol):
    """How a screen has something written; see `Edits.write`."""

    def __call__(
        self,
        what: str,
        act: Callable[[], Result],
        show: Callable[[Result], None],
        *,
        words: str = "",
        papers: Number = 1,
    ) -> None:
        """Write, and then show what came of it."""


class Edits(Workbench):
    """Base of the actions that write."""

    again: Callable[[], None] | None = None
    """The last edit, to be done to the papers at hand."""

    def write(
        self,
        what: str,
        act: Callable[[], Result],
        show: Callable[[Result], None],
        *,
        words: str = "",
        papers: Number = 1,
    ) -> None:
        """Edit the library by `act`, and `show` its result once that is saved.

        While another program writes, the edit waits with all that is typed after it. What fails is
        told as `what` ("mark 3 papers as read") and stays on the screen with the user's `words`.
        Very many `papers` are written in a thread, which Esc stops; then none of them is.
        """
        from readinglist.tui.screens.failed_write import Unsaved

        unsaved = Unsaved(what, self.library.path, act, words)
        failed = partial(self._failed, unsaved, show)
        if self._are_many(papers):
            self.app.hold_keys()
            self._write_aside(what, act, show, failed)
        else:
            self.app.attempt(act, partial(self._show, show), failed, words=words)

    def _are_many(self, papers: Number) -> bool:
        try:
            return (papers() if callable(papers) else papers) > _AT_ONCE
        except ReadingListError:
            return False  # the edit itself will meet with it, and tell

    @work(group="write")
    async def _write_aside(
        self,
        what: str,
        act: Callable[[], Result],
        show: Callable[[Result], None],
        failed: Callable[[ReadingListError], None],
    ) -> None:
        from readinglist.tui.long_work import Writing
        from readinglist.tui.screens.progress import see_through

        self.app.writing = writing = Writing(what, act)
        try:
            await see_through(writing, self.app.screen)
            self.app.writing = None
            for result in writing.results:
                self._show(show, result)
            if not writing.results:
                failed(writing.error or GivenUp("It was stopped.", hint="Nothing was changed."))
        finally:
            self.app.writing = None
            self.app.release_keys()

    def _show(self, show: Callable[[Result], None], result: Result) -> None:
        with self.errors_told():
            show(result)

    def _failed(
        self, unsaved: Unsaved[Result], show: Callable[[Result], None], error: ReadingListError
    ) -> None:
        given_up = isinstance(error, GivenUp)
        if not unsaved.words and (given_up or not isinstance(error, LibraryError)):
            if given_up:
                self._let_go(unsaved.what, self.app.take_typed())
            else:
                self.complain(error)
            return
        from readinglist.tui.screens.failed_write import FailedWrite

        typed = self.app.take_typed()  # for the list as it would have been, not for a dialog

        def finish(saved: Saved[Result] | None) -> None:
            if saved is None:
                self._let_go(unsaved.what, typed)
            else:
                self._show(show, saved.result)
                self.app.type_again(typed)

        self.app.push_screen(FailedWrite(unsaved, error), finish)

    def _let_go(self, what: str, typed: Sequence[Typed]) -> None:
        keys = "1 key" if len(typed) == 1 else f"{len(typed)} keys"
        left = f" {keys} typed since then had no effect." if typed else ""
        self.say(f"Given up: {what}.{left}")

    # Words for edits

    def named(self, ids: Sequence[int]) -> str:
        """One paper by its title, several by their number."""
        if len(ids) != 1:
            return f"{len(ids):,} papers"
        with self.errors_told():
            for row in self.library.rows(ids):
                return f"“{cut(one_line(row.title), _LONGEST_TITLE)}”"
        return "1 paper"

    def not_again(self, why: str) -> None:
        """Say why, when the edit that was just made is to be repeated; not the one before it is."""
        self.again = partial(self.say, why)

    def refused(self, ids: Sequence[int]) -> bool:
        """Whether papers cannot be edited, after saying why: all of them are in the trash."""
        with self.errors_told():
            if len(self.library.trashed_among(ids)) < len(ids):
                return False
            what = "It is" if len(ids) == 1 else "They are"
            way = key("edit.trash", "delete")
            self.say(f"{what} in the trash. {way} takes {_THEM[len(ids) > 1]} out again.")
        return True

    def editable(self) -> int | None:
        """The paper at hand, unless there is none or it is in the trash, which is then said."""
        paper = self.shown_paper()
        if paper is None:
            self.say("There is no paper here.")
            return None
        return None if self.refused([paper]) else paper


def told(done: Done | None) -> str:
    """An edit in a sentence, and the way back."""
    if done is None:
        return "Nothing to change: it is so already."
    return f"{done.label[:1].upper()}{done.label[1:]}. {key('edit.undo', 'u')} undoes."
