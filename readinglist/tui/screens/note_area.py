"""The text area in which a note is written."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.document._document_navigator import DocumentNavigator
from textual.document._wrapped_document import WrappedDocument
from textual.message import Message
from textual.widgets import TextArea
from textual.widgets.text_area import Selection

from readinglist.text import clean
from readinglist.tui.notes.document import NoteDocument
from readinglist.tui.said import Said


class NoteArea(TextArea):
    """Every printable key types, Tab indents, Esc is the dialog's, what is pasted is washed.

    While there is something to choose from, the arrow keys, Tab and Enter are for that.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+z,super+z", "undo", "Undo typing", id="note.undo", show=False,
            tooltip="Take back what was typed last, and again what was typed before.",
        ),
        Binding(
            "ctrl+y,super+y", "redo", "Redo typing", id="note.redo", show=False,
            tooltip="Type again what was taken back.",
        ),
        Binding(
            "ctrl+w,ctrl+backspace", "delete_word_left", "Delete word", id="note.delete-word",
            show=False, tooltip="Delete the word before the cursor.",
        ),
        Binding(
            "f7", "select_all", "Select all", id="note.select-all", show=False,
            tooltip="Select the whole note, to be replaced by what is typed next.",
        ),
    ]  # fmt: skip

    choosing = False

    class Stepped(Said):
        """The choice goes up or down."""

        step: int

    class Taken(Message):
        """What is chosen is to be written."""

    DEFAULT_CSS = """
    NoteArea {
        height: 1fr;
        padding: 0 1;
        border: none;
        background: $foreground 5%;
        &:focus { border: none; }
    }
    """

    def __init__(self, text: str) -> None:
        super().__init__(
            text, soft_wrap=True, tab_behavior="indent", highlight_cursor_line=False, id="note"
        )

    document: NoteDocument

    def _set_document(self, text: str, language: str | None) -> None:  # noqa: ARG002 (Textual's signature)
        """Write in a document of ours."""
        self.document = NoteDocument(text)
        self.wrapped_document = WrappedDocument(self.document, tab_width=self.indent_width)
        self.navigator = DocumentNavigator(self.wrapped_document)
        self.move_cursor((0, 0))
        self._rewrap_and_refresh_virtual_size()

    def get_cursor_left_location(self) -> tuple[int, int]:
        """The sign to the left."""
        row, column = super().get_cursor_left_location()
        return row, self.document.after_sign(row, column, -1)

    def get_cursor_right_location(self) -> tuple[int, int]:
        """The sign to the right."""
        row, column = super().get_cursor_right_location()
        return row, self.document.after_sign(row, column, 1)

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "escape":
            event.prevent_default()  # or it would move the focus
        elif self.choosing and event.key in ("tab", "enter"):
            event.stop()
            event.prevent_default()
            self.post_message(self.Taken())

    def action_cursor_up(self, select: bool = False) -> None:
        """Go up a line, or in what there is to choose from."""
        if self.choosing:
            self.post_message(self.Stepped(-1))
        else:
            super().action_cursor_up(select)

    def action_cursor_down(self, select: bool = False) -> None:
        """Go down a line, or in what there is to choose from."""
        if self.choosing:
            self.post_message(self.Stepped(1))
        else:
            super().action_cursor_down(select)

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:  # noqa: ARG002 (as of every widget that explains itself)
        """Why a key of its own can do nothing now; empty if it can."""
        if action == "undo" and not self.history.undo_stack:
            return "Nothing has been typed here that could be taken back."
        if action == "redo" and not self.history.redo_stack:
            return "Nothing was taken back that could be typed again."
        if action == "select_all" and not self.text:
            return "There is nothing to select yet."
        if action == "delete_word_left" and self.selection == Selection((0, 0), (0, 0)):
            return "There is no word before the cursor."
        return ""

    @property
    def before_cursor(self) -> str:
        """The line up to the cursor."""
        row, column = self.cursor_location
        return self.document.get_line(row)[:column]

    async def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.paste(event.text)

    def action_paste(self) -> None:
        """Paste what was copied inside the app."""
        self.paste(self.app.clipboard)

    def paste(self, text: str) -> None:
        """Put text in place of what is selected."""
        start, end = sorted(self.selection)
        result = self.replace(clean(text), start, end, maintain_selection_offset=False)
        self.move_cursor(result.end_location)
