"""The beginning of a file, or what would change in one, as plain lines to look at."""

from __future__ import annotations

from collections.abc import Sequence

from textual.containers import ScrollableContainer
from textual.content import Content
from textual.widgets import Static

from readinglist.tui.cells import plain_lines

_LONGEST = 400  # characters of a line; no screen is wider
_TONES = {"+": "$text-success", "-": "$text-error", "@": "$text-muted"}


class Excerpt(ScrollableContainer, can_focus=False):
    """Shows lines as they are, none of them wrapped."""

    ALLOW_SELECT = False

    DEFAULT_CSS = """
    Excerpt {
        height: 1fr;
        min-height: 3;
        padding: 0 1;
        background: $foreground 4%;
        overflow-x: hidden;
        & Static { width: auto; height: auto; text-wrap: nowrap; }
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[Content] = []

    def compose(self) -> Sequence[Static]:
        """One text, however many lines it has."""
        return [Static(Content(""), markup=False)]

    def show(self, text: str) -> None:
        """Show a text."""
        self._put([Content(plain_lines(line[:_LONGEST])) for line in text.split("\n")])

    def show_difference(self, lines: Sequence[str]) -> None:
        """Show lines that begin with what becomes of them."""
        self._put(
            [
                Content.styled(plain_lines(line[:_LONGEST]), _TONES.get(line[:1], ""))
                for line in lines
            ]
        )

    def _put(self, lines: list[Content]) -> None:
        if lines == self._lines:  # it stays where it was scrolled to
            return
        self._lines = lines
        self.query_one(Static).update(Content("\n").join(lines))
        self.scroll_home(animate=False)
