"""Write the note of one paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import getters, on, work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static, TextArea

from readinglist.errors import ReadingListError
from readinglist.records import Row
from readinglist.text import clean
from readinglist.tui import last_words
from readinglist.tui.keyboard.names import key
from readinglist.tui.leaving import clipboard
from readinglist.tui.looks.cells import one_line, plain_lines
from readinglist.tui.notes.draft_keeping import DraftKeeping
from readinglist.tui.notes.drafts import Drafts
from readinglist.tui.notes.link_choice import LinkChoice
from readinglist.tui.patience import Attempt, PatientApp, explained, insist
from readinglist.tui.screens.confirm import Confirm
from readinglist.tui.screens.dialog import Dialog
from readinglist.tui.screens.item_list import ItemList
from readinglist.tui.screens.key_hints import KeyHints
from readinglist.tui.screens.line import Line
from readinglist.tui.screens.note_area import NoteArea
from readinglist.tui.widgets.wrapped_text import WrappedText
from readinglist.tui.wording.paragraph import Paragraph

_BROUGHT_BACK = "This was not saved when the app ended:"
_LOSE = "The note could not be saved. Close, and lose what you typed since it last was?"


class NoteEditor(Dialog[None]):
    """A note in Markdown; `save` commits it or raises `ReadingListError`.

    The words are kept as typed, to the last line break. Closing saves what has changed; when
    saving fails the editor stays open with the words in it. `where` is the library. What is
    typed is kept in `drafts` until it is saved. `find` has the papers that `[[` may mean.
    """

    app = getters.app(PatientApp)

    HOLDS: ClassVar = (NoteArea, WrappedText)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape", "cancel", "save and close", id="note.close",
            tooltip="Save what has changed, and close.",
        ),
        Binding("ctrl+s", "save", "save", id="note.save", tooltip="Save, and go on writing."),
        Binding(
            "f3", "preview", "preview", id="note.preview",
            tooltip="Show the note as it will be read, or go on writing.",
        ),
        Binding(
            "f2", "copy", "copy note", id="note.copy", tooltip="Copy the whole note.",
        ),
        Binding(
            "f8", "abandon", "close without saving", id="note.abandon",
            tooltip="Close although the note could not be saved.",
        ),
    ]  # fmt: skip

    DEFAULT_CSS = """
    NoteEditor {
        & > .frame { width: 92; height: 85%; max-height: 34; }
        & .title { width: 1fr; height: auto; max-height: 2; margin: 0 1 1 1; text-style: bold; }
        & #notice { height: auto; max-height: 6; margin: 1 1 0 1; text-wrap: wrap; }
        & KeyHints { margin: 0 1; }
        & ItemList { display: none; background: $panel; }
        & ItemList.-shown { display: block; }
        & #preview { height: 1fr; display: none; padding: 0 1; }
        &.-preview NoteArea { display: none; }
        &.-preview #preview { display: block; }
    }
    """

    def __init__(
        self,
        title: str,
        note: str,
        *,
        save: Callable[[str], None],
        where: Path | None = None,
        drafts: Drafts | None = None,
        find: Callable[[str], Sequence[Row]] | None = None,
    ) -> None:
        super().__init__("Note", aside="Markdown")
        self._paper = one_line(title)
        self._note = clean(note)
        self._commit = save
        self._where = where
        self._keeping = DraftKeeping(self, self._draft, drafts)
        self._attempt: Attempt[str] | None = None
        self._area = NoteArea(self._note)  # outlives its place on the screen: see on_unmount
        self._links = LinkChoice(self._area, find)
        self._saved: str | None = None  # what the library has; known once the area has the note
        self._failed = False

    def body(self) -> Iterator[Widget]:
        """The paper's title, the words, and whether they are saved."""
        yield Static(Content(self._paper), markup=False, classes="title")
        yield self._area
        yield WrappedText(id="preview")
        yield self._links.list
        yield Line("unchanged", id="notice")

    def on_mount(self) -> None:
        """Go on where the note ends."""
        self._saved = self._area.text
        self._area.move_cursor(self._area.document.end)
        if (left := self._keeping.left(self._note)) is not None:
            self._area.replace(left, (0, 0), self._area.document.end)
            self._area.move_cursor(self._area.document.end)
            saves = f"{key('note.close', 'esc')} saves it, ctrl+z takes it away."
            self.say(f"{_BROUGHT_BACK} {saves}", tone="warning")

    @property
    def _changed(self) -> bool:
        return self._saved is not None and self._area.text != self._saved

    @on(TextArea.Changed)
    def _typed(self) -> None:
        self._keeping.changed()
        self._links.look()
        if not self._keeping.brought_back:
            self._say_state()

    @on(TextArea.SelectionChanged)
    def _moved(self) -> None:
        self._links.look()

    @on(NoteArea.Stepped)
    def _stepped(self, event: NoteArea.Stepped) -> None:
        self._links.step(event.step)

    @on(NoteArea.Taken)
    def _taken(self) -> None:
        self._links.take()

    @on(ItemList.Picked)
    def _picked(self, event: ItemList.Picked) -> None:
        event.stop()
        self._links.take()
        self._area.focus()

    def _draft(self) -> tuple[str, str] | None:
        """The note as the library has it, and as it is; None when they are the same."""
        return (self._saved or "", self._area.text) if self._changed else None

    def _say_state(self) -> None:
        if self._saved is None or self._failed:
            return
        if self._changed:
            self.say("not saved yet", tone="warning")
        else:
            self.say("saved" if self._saved != self._note else "unchanged")

    # Saving

    def _save(self, then: Callable[[], None], *, holding: bool = True) -> None:
        """Save what has changed, now or after a wait, and go on; a failure is told and stays."""
        if self._attempt is not None:
            self._attempt.cancel()
            self._attempt = None
        if not self._changed:
            then()
            return

        def act() -> str:
            text = self._area.text
            self._commit(text)
            return text

        def done(text: str) -> None:
            self._saved = text
            self._set_failed(False)
            self._keeping.changed()
            then()

        self._attempt = self.app.attempt(act, done, self._fail, holding=holding)

    def _fail(self, error: ReadingListError) -> None:
        self._set_failed(True)
        where = f" in {self._where}" if self._where else ""
        self.say(
            f"The note was not saved{where}: {error} Your words are still here: "
            f"{key('note.save', 'ctrl+s')} tries again, {key('note.copy', 'f2')} copies them.",
            tone="error",
        )

    def _set_failed(self, failed: bool) -> None:
        if failed != self._failed:
            self._failed = failed
            self.query_one(KeyHints).update()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leaving without saving is offered only when saving failed."""
        if action == "abandon":
            return self._failed
        return super().check_action(action, parameters)

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        """Leaving without saving is for when saving failed."""
        if action == "abandon" and not self._failed:
            return f"Nothing is lost here: {key('note.close', 'esc')} saves and closes."
        if action == "save" and not self._changed:
            return "Nothing to save: it is all saved."
        return super().why_not(action, parameters)

    def action_save(self) -> None:
        """Save, and stay; writing goes on also while the library is waited for."""
        changed = self._changed
        self._save(partial(self._say_saved, changed), holding=False)

    def _say_saved(self, changed: bool) -> None:
        if self._changed:  # words have been typed during a wait
            self._say_state()
        else:
            news = changed or self._saved != self._note
            self.say("saved" if news else "unchanged", tone="success")

    def action_cancel(self) -> None:
        """Choose nothing, end the preview, or save, and close once it is saved."""
        if self._area.choosing:
            self._links.dismiss()
        elif self.has_class("-preview"):
            self.action_preview()
        elif self.is_current:
            self._save(partial(self.finish, None))

    def may_quit(self) -> bool:
        """Save before the app quits; after a wait, it is asked to quit again."""
        self._save(self._quit_after_waiting)
        return not self._changed

    def _quit_after_waiting(self) -> None:
        if self._attempt is not None and self._attempt.waited:
            self.call_later(self.app.action_quit)

    def on_unmount(self) -> None:
        """Save also when the app is closed over the editor's head, if need be to a file."""
        if self._attempt is not None:
            self._attempt.cancel()
        if not self._changed:
            self._keeping.drop()
            return
        text = self._area.text
        try:
            insist(partial(self._commit, text))
            self._keeping.drop()
        except (ReadingListError, OSError) as error:
            last_words.keep(self.app, f"The note was not saved: {explained(error)}", text)

    # Reading it

    def action_preview(self) -> None:
        """Show the note as it will be read, or go on writing."""
        from readinglist.tui.wording.markdown import (
            rendered,  # markdown-it, and only a preview needs it
        )

        shown = not self.has_class("-preview")
        self.set_class(shown, "-preview")
        if shown:
            text = plain_lines(self._area.text)
            preview = self.query_one("#preview", WrappedText)
            preview.show_paragraphs([*rendered(text)] or [Paragraph(Content("Nothing yet."))])
            preview.focus()
        else:
            self._area.focus()

    # When saving fails

    @work
    async def action_copy(self) -> None:
        """Copy the whole note."""
        way = await clipboard.copy(self.app, self._area.text)
        self.notify(f"The note is in the {way}.", title="Copied", markup=False)

    @work
    async def action_abandon(self) -> None:
        """Close although the note could not be saved, if that is what the user wants."""
        if await self.app.push_screen_wait(Confirm(_LOSE, "Lose it", title="Not saved")):
            self._saved = self._area.text
            self.finish(None)
