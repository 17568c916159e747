"""The one-line text input of the search and the dialogs."""

from __future__ import annotations

from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.widgets import Input

from readinglist.text import clean_line


class Field(Input, inherit_bindings=False):
    """One line of text; Enter is whose line it is, and what is pasted is washed."""

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
        """Put text in place of what is selected, as much of it as there is room for."""
        text = clean_line(text)
        if self.max_length:
            kept = len(self.value) - len(self.selected_text)
            text = text[: max(0, self.max_length - kept)]
        self.replace(text, *self.selection)

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
