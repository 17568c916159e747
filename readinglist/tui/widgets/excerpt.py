"""The beginning of a file, or what would change in one, as plain lines to look at."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from textual.content import Content
from textual.geometry import Size
from textual.strip import Strip

from readinglist.tui.looks.cells import cut, plain_lines
from readinglist.tui.widgets.painting import Painting

_LONGEST: Final = 400  # characters of a line; no screen is wider
_TONES: Final = {"+": "$text-success", "-": "$text-error", "@": "$text-muted"}


class Excerpt(Painting, can_focus=False):
    """Shows lines as they are, cut where they are too long; only those in sight are painted."""

    ALLOW_SELECT = False

    DEFAULT_CSS = """
    Excerpt {
        height: 1fr;
        min-height: 3;
        padding: 0 1;
        background: $foreground 4%;
        overflow-x: hidden;
        overflow-y: scroll;
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._lines: Sequence[str] = ()
        self._tones: Mapping[str, str] = {}

    def show(self, text: str) -> None:
        """Show a text."""
        self._put(text.split("\n"), {})

    def show_difference(self, lines: Sequence[str]) -> None:
        """Show lines that begin with what becomes of them."""
        self._put(lines, _TONES)

    def _put(self, lines: Sequence[str], tones: Mapping[str, str]) -> None:
        if (lines, tones) == (self._lines, self._tones):  # it stays where it was scrolled to
            return
        self._lines, self._tones = lines, tones
        self.virtual_size = Size(0, len(lines))
        self.scroll_to(y=0, animate=False)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Render one line of the window."""
        number = y + round(self.scroll_y)
        width = self.scrollable_content_region.width
        if not 0 <= number < len(self._lines):
            return Strip.blank(width, self.rich_style)
        line = self._lines[number]
        text = cut(plain_lines(line[:_LONGEST]), width)
        shown = Content.styled(text, self._tones.get(line[:1], ""))
        strip = Strip([*shown.render_segments(self.visual_style)])
        return strip.adjust_cell_length(width, self.rich_style)
