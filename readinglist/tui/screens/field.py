"""The text input of the dialogs."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widgets import Input

from readinglist.text import clean_line


class Field(Input, inherit_bindings=False):
    """One line of text; Enter is the dialog's, and what is pasted is washed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        binding
        for binding in Input.BINDINGS
        if isinstance(binding, Binding) and binding.key != "enter"
    ]

    DEFAULT_CSS = """
    Field {
        height: 1;
        padding: 0 1;
        border: none;
        background: $foreground 8%;
        &:focus { border: none; background: $foreground 12%; background-tint: $foreground 0%; }
    }
    """

    def paste(self, text: str) -> None:
        """Put text in place of what is selected."""
        self.replace(clean_line(text), *self.selection)

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        self.paste(event.text)

    def action_paste(self) -> None:
        """Paste what was copied inside the app."""
        self.paste(self.app.clipboard)

    def put(self, text: str) -> None:
        """Replace the whole text, the cursor behind it."""
        self.value = text
        self.cursor_position = len(text)
