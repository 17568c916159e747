"""The trash: one key takes papers there and back, and only emptying it is for good."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual.binding import Binding, BindingType

from readinglist.library.search.paper_set import PaperSet
from readinglist.outcomes import Done
from readinglist.tui.main.edits import told
from readinglist.tui.main.facts_actions import FactsActions
from readinglist.tui.main.journal_actions import JournalActions
from readinglist.tui.main.note_actions import NoteActions
from readinglist.tui.main.triage_actions import TriageActions
from readinglist.tui.main.workbench import TRASH


class TrashActions(JournalActions, FactsActions, NoteActions, TriageActions):
    """Moving papers to the trash, back, and out of the library."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "delete", "trash", "Trash", id="edit.trash", key_display="delete", show=False,
            tooltip="Move it to the trash; in the trash, take it out again.",
        ),
    ]  # fmt: skip

    UNBOUND: ClassVar[tuple[Binding, ...]] = (
        Binding(
            "", "empty_trash", "Empty the trash", id="edit.empty-trash",
            tooltip="Delete for good what is in the trash, after asking.",
        ),
    )  # fmt: skip

    def action_trash(self) -> None:
        """Move the papers to the trash, or take them out when the first is in it."""
        first = self.targets()[:1]
        with self.errors_told():
            self.put(trashed=not self.library.trashed_among(first))

    def put(self, *, trashed: bool) -> None:
        """Put the papers at hand into the trash or take them out, and let the selection go."""
        ids = self.targets()
        if not ids:
            self.say("There is no paper here.")
            return

        def show(done: Done | None) -> None:
            self.again = partial(self.put, trashed=trashed)
            if done is not None:
                self.last_edit = ("trash",) if trashed else ("trash", "--restore"), ids
            self.without(ids)
            self.say(told(done))

        place = "to the trash" if trashed else "out of the trash"
        what = f"move {self.named(ids)} {place}"
        act = partial(self.library.set_trashed, ids, trashed)
        self.write(what, act, show, papers=len(ids))

    def without(self, ids: list[int]) -> None:
        """Papers have left the view: the cursor goes to a neighbour, and none stays selected."""
        self.refresh_view(holding=True)
        self.papers.select(self.papers.selection - PaperSet(ids))

    def action_empty_trash(self) -> None:
        """Delete what is in the trash for good, after asking."""
        from readinglist.tui.screens.confirm import Confirm

        ids: list[int] = []
        with self.errors_told():
            ids += self.library.search(where=[TRASH]).ids
        if not ids:
            self.say("The trash is empty.")
            return
        papers = "1 paper" if len(ids) == 1 else f"{len(ids):,} papers"

        def finish(sure: bool | None) -> None:
            if sure:
                self._empty(ids)

        self.app.push_screen(
            Confirm(
                f"Delete {papers} for good, with tags and notes? This cannot be undone.",
                f"Delete {papers}",
                title="Empty the trash?",
            ),
            finish,
        )

    def _empty(self, ids: list[int]) -> None:
        def show(deleted: int) -> None:
            self.without(ids)
            self.say(f"Deleted {deleted:,} for good.")

        act = partial(self.library.empty_trash, ids)
        self.write("empty the trash", act, show, papers=len(ids))
