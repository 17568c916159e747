"""Write the note of one paper."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar

from rich.text import Text
from textual import on, work
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static, TextArea

from readinglist.editor import Draft
from readinglist.errors import ReadingListError
from readinglist.text import clean
from readinglist.tui import clipboard
from readinglist.tui.cells import one_line
from readinglist.tui.screens.confirm import Confirm
from readinglist.tui.screens.dialog import Dialog
from readinglist.tui.screens.key_hints import KeyHints
from readinglist.tui.screens.line import Line
from readinglist.tui.screens.note_area import NoteArea

_LOSE = "The note could not be saved. Close, and lose what you typed since it last was?"


class NoteEditor(Dialog[None]):
    """A note in Markdown; `save` commits it or raises `ReadingListError`.

    The words are kept as typed, to the last line break. Closing saves what has changed; when
    saving fails the editor stays open with the words in it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape", "cancel", "save and close", id="note.close",
            tooltip="Save what has changed, and close.",
        ),
        Binding("ctrl+s", "save", "save", id="note.save", tooltip="Save, and go on writing."),
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
        & #notice { height: auto; max-height: 3; margin: 1 1 0 1; text-wrap: wrap; }
        & KeyHints { margin: 0 1; }
    }
    """

    def __init__(self, title: str, note: str, *, save: Callable[[str], None]) -> None:
        super().__init__("Note", aside="Markdown")
        self._paper = one_line(title)
        self._note = clean(note)
        self._commit = save
        self._area = NoteArea(self._note)  # outlives its place on the screen: see on_unmount
        self._saved: str | None = None  # what the library has; known once the area has the note
        self._failed = False

    def body(self) -> Iterator[Widget]:
        """The paper's title, the words, and whether they are saved."""
        yield Static(Content(self._paper), markup=False, classes="title")
        yield self._area
        yield Line("unchanged", id="notice")

    def on_mount(self) -> None:
        """Go on where the note ends."""
        self._saved = self._area.text
        self._area.move_cursor(self._area.document.end)

    @property
    def _changed(self) -> bool:
        return self._saved is not None and self._area.text != self._saved

    @on(TextArea.Changed)
    def _say_state(self) -> None:
        if self._saved is None or self._failed:
            return
        if self._changed:
            self.say("not saved yet", tone="warning")
        else:
            self.say("saved" if self._saved != self._note else "unchanged")

    # Saving

    def _save(self) -> bool:
        """Save what has changed; False when it could not be saved, which is then said."""
        if not self._changed:
            return True
        text = self._area.text
        try:
            self._commit(text)
        except (ReadingListError, OSError) as error:
            self._fail(str(error))
            return False
        self._saved = text
        self._set_failed(False)
        return True

    def _fail(self, reason: str) -> None:
        self._set_failed(True)
        self.say(f"Not saved: {reason} Your words are still here.", tone="error")

    def _set_failed(self, failed: bool) -> None:
        if failed != self._failed:
            self._failed = failed
            self.run_worker(self.query_one(KeyHints).update())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leaving without saving is offered only when saving failed."""
        if action == "abandon":
            return self._failed
        return super().check_action(action, parameters)

    def action_save(self) -> None:
        """Save, and stay."""
        changed = self._changed
        if self._save():
            self.say(
                "saved" if changed or self._saved != self._note else "unchanged", tone="success"
            )

    def action_cancel(self) -> None:
        """Save, and close once it is saved."""
        if self.is_current and self._save():
            self.finish(None)

    def may_quit(self) -> bool:
        """Save before the app quits."""
        return self._save()

    def on_unmount(self) -> None:
        """Save also when the app is closed over the editor's head, if need be to a file."""
        if not self._changed:
            return
        text = self._area.text
        try:
            self._commit(text)
        except (ReadingListError, OSError) as error:
            kept = f"The note was not saved: {error} Your text is kept in {Draft(text).path}."
            self.app.exit(return_code=1, message=Text(kept))

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
