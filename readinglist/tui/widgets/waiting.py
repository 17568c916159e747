"""The line that says why nothing seems to happen."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static


class Waiting(Static):
    """Lies over the last line of whichever screen is shown; nothing else moves."""

    DEFAULT_CSS = """
    Waiting {
        layer: _loading;
        dock: bottom;
        width: 100%;
        height: 1;
        padding: 0 1;
        background: $surface;
        color: $text-warning;
        text-wrap: nowrap;
        text-overflow: ellipsis;
    }
    """

    def __init__(self, way_out: str) -> None:
        reason = "waiting for another program that writes to the library…"
        super().__init__(Content(f"{reason}   {way_out}".rstrip()), markup=False)
