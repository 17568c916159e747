"""The text area in which a note is written."""

from __future__ import annotations

from textual import events
from textual.widgets import TextArea

from readinglist.text import clean


class NoteArea(TextArea):
    """Every printable key types, Tab indents, Esc is the dialog's, what is pasted is washed."""

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

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "escape":
            event.prevent_default()  # or it would move the focus

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
