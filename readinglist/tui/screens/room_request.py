"""What shows in a terminal that is too small: nothing behind it takes a key."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widgets import Static

from readinglist.tui.main.pane_actions import SMALLEST, is_too_small


class RoomRequest(ModalScreen[None]):
    """Stays until there is room; whatever was open before is then as it was."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "app.quit", "quit", id="room.quit", tooltip="Quit."),
    ]

    DEFAULT_CSS = """
    RoomRequest {
        align: center middle;
        background: $background;
        & > Static { width: auto; max-width: 100%; text-align: center; color: $text; }
    }
    """

    def compose(self) -> ComposeResult:
        """One sentence."""
        yield Static(
            f"A little more room, please: {SMALLEST.width} columns, {SMALLEST.height} lines."
        )

    def on_resize(self) -> None:
        """Go as soon as there is room."""
        self._go()

    def on_screen_resume(self) -> None:
        """Go, if there has been room since something else came before it."""
        self._go()

    def _go(self) -> None:
        if self.is_current and not is_too_small(self.app.size):
            self.dismiss()
