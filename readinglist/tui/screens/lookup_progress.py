"""How far a lookup is, on demand: it runs in the background, and goes on when this is closed."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from readinglist.tui.screens.progress import ProgressDialog


class LookupProgress(ProgressDialog):
    """Stays until it is closed or the lookup has ended."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter,L", "leave", "in the background", id="lookup.leave", key_display="enter",
            tooltip="Close this; the lookup goes on.",
        ),
    ]  # fmt: skip

    def on_mount(self) -> None:
        """Show at once how far it is."""
        self.show_stage()

    def action_leave(self) -> None:
        """Let it go on without being looked at."""
        self.finish(None)
