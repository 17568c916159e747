"""The way back: undo, redo, and the history."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual.binding import Binding, BindingType

from readinglist.errors import LibraryBusy, ReadingListError
from readinglist.library import Library, Results
from readinglist.outcomes import Done
from readinglist.tui.keyboard.names import key
from readinglist.tui.main.edits import Edits


class JournalActions(Edits):
    """Walking the journal."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "u", "undo", "Undo", id="edit.undo",
            tooltip="Take the last edit back, of any day.",
        ),
        Binding(
            "U", "redo", "Redo", id="edit.redo", show=False,
            tooltip="Do what was undone again.",
        ),
        Binding(
            "H", "history", "History", id="edit.history", show=False,
            tooltip="What was done and when, and the way back to any point of it.",
        ),
    ]  # fmt: skip

    def action_undo(self) -> None:
        """Take the last edit back."""
        self._step(
            "undo the last edit",
            f"Undid: {{}}. {key('edit.redo', 'U')} does it again.",
            "Nothing to undo.",
            self.library.undo,
            "done",
        )

    def action_redo(self) -> None:
        """Do the last undone edit again."""
        self._step(
            "do again what was undone",
            f"Did again: {{}}. {key('edit.undo', 'u')} undoes.",
            "Nothing to redo.",
            self.library.redo,
            "undone",
        )

    def action_history(self) -> None:
        """Show the journal; what is undone there shows here afterwards."""
        from readinglist.tui.screens.history import HistoryScreen

        with self.errors_told():
            history = HistoryScreen(self.library, self.write)
            self.app.push_screen(history, lambda _: self.refresh_view())

    def _step(
        self, what: str, saying: str, nothing: str, step: Callable[[], Done | None], state: str
    ) -> None:
        def show(done: Done | None) -> None:
            if done is None:
                self.say(nothing)
                return
            self.show_step(done)
            self.say(saying.format(done.label), spare=done.label)

        reach = partial(self.library.reach, state)
        self.write(what, _Next(self.library, step), show, papers=reach)

    def show_step(self, done: Done) -> None:
        """Show a step of the journal: its papers, when the view has them.

        The cursor's paper stays in view until the user moves on, unless it went to the trash.
        """
        self.papers.reread()
        self.find_view(partial(self._show_step, done))

    def _show_step(self, done: Done, results: Results) -> None:
        cursor = self.papers.cursor_id
        if cursor is not None and cursor in done.ids and self._left(results, cursor):
            self.settle(done.ids)
            return
        self.show_found(results)
        if cursor not in done.ids:
            places = map(results.index_of, done.ids)
            if found := [place for place in places if place is not None]:
                self.papers.go(min(found))

    def _left(self, results: Results, paper: int) -> bool:
        return results.index_of(paper) is None and not self.library.trashed_among([paper])


class _Next:
    """A step of the journal from where it stood when the user asked for it."""

    def __init__(self, library: Library, step: Callable[[], Done | None]) -> None:
        self._library = library
        self._step = step
        self._stood: list[tuple[int, str]] | None = None

    def __call__(self) -> Done | None:
        if self._stood is not None and self._stood != self._library.timeline():
            self._stood = None
            raise ReadingListError(
                "Another program wrote meanwhile, so nothing was changed.",
                hint=f"{key('edit.history', 'H')} shows what it did.",
            )
        try:
            return self._step()
        except LibraryBusy:
            self._stood = self._stood or self._library.timeline()
            raise
