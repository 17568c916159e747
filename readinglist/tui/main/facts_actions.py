"""What is known of a paper, corrected by hand."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from readinglist.outcomes import Done
from readinglist.tui.main.edits import Edits, told

if TYPE_CHECKING:
    from readinglist.tui.screens.failed_write import Saved


class FactsActions(Edits):
    """Editing a paper's facts."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "e", "facts", "Edit facts", id="edit.facts", show=False,
            tooltip="Correct its title, authors, year, venue, links, key and other facts.",
        ),
        Binding(
            "K", "rekey", "New citation key", id="edit.rekey", show=False,
            tooltip="Give it the key that follows from what is known; the old one still finds it.",
        ),
    ]  # fmt: skip

    def action_rekey(self) -> None:
        """Give the papers at hand the keys that they would have today."""
        ids = self.targets()
        if not ids:
            self.say("There is no paper here.")
            return
        if self.refused(ids):
            return

        def show(done: Done | None) -> None:
            self.again = self.action_rekey
            self.settle(done.ids if done else ())
            self.say(told(done) if done else "Nothing to change: that is the key it would have.")

        what = f"give {self.named(ids)} a new citation key"
        self.write(what, partial(self.library.rekey, ids), show, papers=len(ids))

    def action_facts(self) -> None:
        """Edit the facts of the cursor's paper."""
        from readinglist.tui.screens.facts_form import FactsForm

        if (paper := self.editable()) is None:
            return

        def finish(saved: Saved[Done | None] | None) -> None:
            if saved is not None and (done := saved.result) is not None:
                self.settle(done.ids)
                self.not_again("Facts belong to their paper, so they are not repeated on another.")
                self.say(told(done))

        with self.errors_told():
            entry = self.library.entry(paper)
            save = partial(self.library.set_facts, paper)
            self.app.push_screen(FactsForm(entry, save, self.library.path), finish)
