"""The verbs of triage: status, star, tags and notes, each undoable."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import ClassVar

from textual.app import SuspendNotSupported
from textual.binding import Binding, BindingType

from readinglist.editor import Draft
from readinglist.errors import EditorFailed, ReadingListError
from readinglist.records import Done, Status
from readinglist.tui.cells import one_line
from readinglist.tui.note_in_hand import NoteInHand
from readinglist.tui.screens.history import HistoryScreen
from readinglist.tui.screens.note_editor import NoteEditor
from readinglist.tui.screens.tag_editor import TagEdit, TagEditor
from readinglist.tui.screens.workbench import Workbench

STATUS = Binding.Group("status", compact=True)
_THEM = ("it", "them")
Edit = Callable[[Sequence[int]], Done | None]


class TriageActions(Workbench):
    """One key for each judgement."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "w", "mark('to-read')", "Want to read", id="edit.to-read", group=STATUS,
            tooltip="Put it on the reading list.",
        ),
        Binding(
            "r", "mark('reading')", "Reading", id="edit.reading", group=STATUS,
            tooltip="Mark it as being read.",
        ),
        Binding(
            "d", "mark('read')", "Done reading", id="edit.read", group=STATUS,
            tooltip="Mark it as read.",
        ),
        Binding(
            "s", "mark('skipped')", "Skip", id="edit.skipped", group=STATUS,
            tooltip="Set it aside for good.",
        ),
        Binding(
            "b", "mark('inbox')", "Back to inbox", id="edit.inbox", group=STATUS,
            tooltip="Put it back into the inbox.",
        ),
        Binding(
            "asterisk", "star", "Star", id="edit.star",
            tooltip="Star it, or take its star away.",
        ),
        Binding("t", "tags", "Tags", id="edit.tags", tooltip="Add and remove tags."),
        Binding("n", "note", "Note", id="edit.note", tooltip="Write its note in Markdown."),
        Binding(
            "E", "note_outside", "Note in $EDITOR", id="edit.note-outside", show=False,
            tooltip="Write its note in the editor that $VISUAL or $EDITOR names.",
        ),
        Binding(
            "full_stop", "repeat", "Repeat", id="edit.repeat", show=False,
            tooltip="Do the last edit again, here.",
        ),
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

    again: Callable[[], None] | None = None

    def action_mark(self, status: str) -> None:
        """Give the papers a status."""
        self.edit(partial(self.library.set_status, status=Status(status)))

    def action_star(self) -> None:
        """Star the papers, or unstar them when the first has a star."""
        if entries := self.entries():
            self.edit(partial(self.library.set_starred, starred=not entries[0].starred))

    def edit(self, edit: Edit) -> None:
        """Edit the papers at hand, and tell when they are several."""
        ids = self.targets()
        if not ids:
            self.say("There is no paper here.")
            return
        if self.refused(ids):
            return
        with self.writing():
            done = edit(ids)
            self.again = partial(self.edit, edit)
            self.papers.end_range()
            self.settle(done.ids if done else ())
            if len(ids) > 1:
                self.say(told(done))
            else:
                self.hush()  # an older "u undoes" would be about another edit

    def action_repeat(self) -> None:
        """Do the last edit again on the papers at hand."""
        if self.again is None:
            self.say("There is no edit to repeat yet.")
        else:
            self.again()

    def refused(self, ids: Sequence[int]) -> bool:
        """Whether papers cannot be edited, after saying why: all of them are in the trash."""
        with self.errors_told():
            if len(self.library.trashed_among(ids)) < len(ids):
                return False
            what = "It is" if len(ids) == 1 else "They are"
            self.say(f"{what} in the trash. delete takes {_THEM[len(ids) > 1]} out again.")
        return True

    # Tags and notes

    def action_tags(self) -> None:
        """Edit the tags of the papers."""
        entries = self.entries()
        if not entries or self.refused([entry.id for entry in entries]):
            return
        every = set(entries[0].tags).intersection(*(entry.tags for entry in entries))
        some = {tag for entry in entries for tag in entry.tags} - every

        def finish(change: TagEdit | None) -> None:
            if change is not None and (change.add or change.remove):
                self.edit(partial(self.library.edit_tags, add=change.add, remove=change.remove))

        editor = TagEditor(len(entries), self.counts.tags, sorted(every), sorted(some))
        self.app.push_screen(editor, finish)

    def action_note(self) -> None:
        """Write the note of the cursor's paper."""
        paper = self.shown_paper()
        if paper is None:
            self.say("There is no paper here.")
            return
        if self.refused([paper]):
            return
        with self.errors_told():
            entry = self.library.entry(paper)

            note = NoteInHand(self.library, paper)
            editor = NoteEditor(one_line(entry.title), note.text, save=partial(self._keep, note))
            self.app.push_screen(editor)

    def action_note_outside(self) -> None:
        """Write the note of the cursor's paper in the user's own editor."""
        paper = self.shown_paper()
        if paper is None:
            self.say("There is no paper here.")
            return
        if self.refused([paper]):
            return
        with self.writing():
            note = NoteInHand(self.library, paper)
            with Draft(note.text) as draft:
                self._keep(note, self._with_the_terminal(draft.edit))

    def _keep(self, note: NoteInHand, text: str) -> None:
        """Save a note; what another program wrote in it meanwhile stays, and that is said."""
        kept_before = note.kept
        done = note.save(text)
        self.settle(done.ids if done else ())
        if note.kept and not kept_before:
            self.say("The note was changed elsewhere meanwhile: both texts are kept.")

    def _with_the_terminal(self, edit: Callable[[], str]) -> str:
        """Run something that needs the terminal; `suspend` must not see an error pass through."""
        outcome: str | ReadingListError = ""
        try:
            with self.app.suspend():
                try:
                    outcome = edit()
                except ReadingListError as error:
                    outcome = error
        except SuspendNotSupported as error:
            raise EditorFailed("An editor cannot be opened from this terminal.") from error
        if isinstance(outcome, ReadingListError):
            raise outcome
        return outcome

    # Undo

    def action_undo(self) -> None:
        """Take the last edit back."""
        self._step("Undid", "U does it again.", "Nothing to undo.", self.library.undo)

    def action_redo(self) -> None:
        """Do the last undone edit again."""
        self._step("Did again", "u undoes.", "Nothing to redo.", self.library.redo)

    def action_history(self) -> None:
        """Show the journal; what is undone there shows here afterwards."""
        with self.errors_told():
            history = HistoryScreen(self.library, self.writing)
            self.app.push_screen(history, lambda _: self.refresh_view())

    def _step(
        self, verb: str, way_back: str, nothing: str, step: Callable[[], Done | None]
    ) -> None:
        with self.writing():
            done = step()
            if done is None:
                self.say(nothing)
                return
            self.show_step(done)
            self.say(f"{verb}: {done.label}. {way_back}")

    def show_step(self, done: Done) -> None:
        """Show a step of the journal: its papers, when the view has them.

        The cursor's paper stays in view until the user moves on, unless it went to the trash.
        """
        cursor = self.papers.cursor_id
        before = self.view.results
        self.view.refresh()
        if cursor is not None and cursor in done.ids and self._left_view(cursor):
            self.view.results = before
            self.settle(done.ids)
            return
        self.refresh_view()
        if cursor not in done.ids:
            places = map(self.view.results.index_of, done.ids)
            if found := [place for place in places if place is not None]:
                self.papers.go(min(found))

    def _left_view(self, paper: int) -> bool:
        gone = self.view.results.index_of(paper) is None
        return gone and not self.library.trashed_among([paper])


def told(done: Done | None) -> str:
    """An edit in a sentence, and the way back."""
    if done is None:
        return "Nothing to change: it is so already."
    return f"{done.label[:1].upper()}{done.label[1:]}. u undoes."
