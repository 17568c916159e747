"""The note of a paper, here or in the user's own editor."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import SuspendNotSupported
from textual.binding import Binding, BindingType

from readinglist.errors import EditorFailed
from readinglist.outcomes import Done
from readinglist.records import Row
from readinglist.tui.keyboard.names import key
from readinglist.tui.looks.cells import cut, one_line
from readinglist.tui.main.edits import Edits

if TYPE_CHECKING:
    from readinglist.tui.notes.in_hand import NoteInHand


class NoteActions(Edits):
    """Writing notes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("n", "note", "Note", id="edit.note", tooltip="Write its note in Markdown."),
        Binding(
            "E", "note_outside", "Note in $EDITOR", id="edit.note-outside", show=False,
            tooltip="Write its note in the editor that $VISUAL or $EDITOR names.",
        ),
    ]  # fmt: skip

    def action_note(self) -> None:
        """Write the note of the cursor's paper."""
        from readinglist.tui.notes.drafts import Drafts
        from readinglist.tui.notes.in_hand import NoteInHand
        from readinglist.tui.screens.note_editor import NoteEditor

        if (paper := self.editable()) is None:
            return
        with self.errors_told():
            entry = self.library.entry(paper)
            note = NoteInHand(self.library, paper)
            editor = NoteEditor(
                one_line(entry.title), note.text, save=partial(self._keep, note),
                where=self.library.path, drafts=Drafts(self.library.path, entry.key),
                find=self._papers_like,
            )  # fmt: skip
            self.app.push_screen(editor, lambda _: self._tell_saved(note))

    def _papers_like(self, typed: str) -> list[Row]:
        with self.errors_told():
            return self.library.like_typed(typed)
        return []

    def tell_of_drafts(self) -> None:
        """Say which notes have words that were not saved when the app ended."""
        from readinglist.tui.notes.drafts import waiting

        with self.errors_told():
            left = self.library.rows(self.library.named(waiting(self.library.path)).values())
            if not left:
                return
            others = f" and on {len(left) - 1} more" if len(left) > 1 else ""
            title = cut(one_line(left[0].title), 60)
            way = f"{key('edit.note', 'n')} there brings the words back."
            self.say(
                f"The note on “{title}”{others}: {way}",
                title="Not saved when the app ended",
            )

    def action_note_outside(self) -> None:
        """Write the note of the cursor's paper in the user's own editor."""
        from readinglist.editor import Draft
        from readinglist.tui.notes.in_hand import NoteInHand

        if (paper := self.editable()) is None:
            return
        with self.errors_told(), ExitStack() as until_saved:
            note = NoteInHand(self.library, paper)
            draft = until_saved.enter_context(Draft(note.text))
            text = self._with_the_terminal(draft.edit)
            what = f"write the note on {self.named([paper])}, which is kept in {draft.path} too"
            drafted = until_saved.pop_all()

            def show(done: Done | None) -> None:
                drafted.close()
                self._show_note(note, done)
                self._tell_saved(note)
                if done is None:
                    self.say("The note is as it was.")

            self.write(what, partial(note.save, text), show, words=text)

    def _keep(self, note: NoteInHand, text: str) -> None:
        """Save a note; what another program wrote in it meanwhile stays, and that is said."""
        done = note.save(text)
        with self.errors_told():
            self._show_note(note, done)

    def _tell_saved(self, note: NoteInHand) -> None:
        """Say that a note is saved, unless it was said that another's text is in it too."""
        if note.is_saved and not note.is_joined:
            name = self.named([note.paper])
            undoes = f"{key('edit.undo', 'u')} undoes."
            self.say(f"Saved the note on {name}. {undoes}", spare=name.strip("“”"))

    def _show_note(self, note: NoteInHand, done: Done | None) -> None:
        self.settle(done.ids if done else ())
        if done is not None:
            self.hush()  # an older "u undoes" would be about another edit
            self.not_again("A note belongs to its paper, so it is not repeated on another.")
        if note.news_of_others():
            self.say("The note was changed elsewhere meanwhile: both texts are kept.")

    def _with_the_terminal(self, edit: Callable[[], str]) -> str:
        """Run something that needs the terminal; `suspend` must not see an error pass through."""
        outcome: str | Exception = ""
        try:
            with self.app.suspend():
                try:
                    outcome = edit()
                except Exception as error:  # raised again once the screen is back
                    outcome = error
        except SuspendNotSupported as error:
            raise EditorFailed("An editor cannot be opened from this terminal.") from error
        if isinstance(outcome, Exception):
            raise outcome
        return outcome
