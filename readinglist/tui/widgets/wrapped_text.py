"""Text that is wrapped to a comfortable measure and scrolled, on the line API."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.selection import Selection
from textual.strip import Strip

from readinglist.tui.said import Said
from readinglist.tui.widgets.painting import Painting
from readinglist.tui.wording.leads import Lead, lead_of
from readinglist.tui.wording.paragraph import Paragraph

_MEASURE = 90  # cells; longer lines are hard to follow


class WrappedText(Painting, can_focus=True, inherit_bindings=False):
    """Paragraphs to read; only the lines that show are painted."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "j,down", "scroll_by(1)", "Down", id="detail.down", show=False,
            tooltip="Scroll one line down.",
        ),
        Binding(
            "k,up", "scroll_by(-1)", "Up", id="detail.up", show=False,
            tooltip="Scroll one line up.",
        ),
        Binding(
            "g,home", "scroll_top", "Top", id="detail.top", show=False,
            tooltip="Scroll to the top.",
        ),
        Binding(
            "G,end", "scroll_bottom", "Bottom", id="detail.bottom", show=False,
            tooltip="Scroll to the end.",
        ),
        Binding(
            "pagedown", "scroll_page(1.0)", "Page down", id="detail.page-down", show=False,
            tooltip="Scroll one page down.",
        ),
        Binding(
            "pageup", "scroll_page(-1.0)", "Page up", id="detail.page-up", show=False,
            tooltip="Scroll one page up.",
        ),
        Binding(
            "ctrl+d", "scroll_page(0.5)", "Half page down", id="detail.half-down", show=False,
            tooltip="Scroll half a page down.",
        ),
        Binding(
            "ctrl+u", "scroll_page(-0.5)", "Half page up", id="detail.half-up", show=False,
            tooltip="Scroll half a page up.",
        ),
    ]  # fmt: skip

    class Followed(Said):
        """A place that leads somewhere was clicked."""

        lead: Lead

    DEFAULT_CSS = """
    WrappedText {
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
    }
    """

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._paragraphs: Sequence[Paragraph] = ()
        self._lines: Sequence[Content] = ()
        self._wrapped_to = 0

    def show_paragraphs(self, paragraphs: Sequence[Paragraph], *, from_top: bool = True) -> None:
        """Show other paragraphs."""
        self._paragraphs = paragraphs
        self.wrap()
        if from_top:
            self.scroll_to(y=0, animate=False)

    def lines_at(self, width: int) -> Sequence[Content]:
        """The text in lines of at most `width` cells."""
        measure = self.measure(width)
        return [line for paragraph in self._paragraphs for line in paragraph.lines(measure)]

    def measure(self, width: int) -> int:
        """How long lines are, where there are `width` cells."""
        return max(8, min(_MEASURE, width - 2))

    def wrap(self) -> None:
        """Make lines of the text as it is now."""
        self._wrap()
        self.take_room(len(self._lines))
        self.refresh()

    def _wrap(self) -> None:
        self._wrapped_to = self.size.width
        self._lines = self.lines_at(self.size.width) if self.size.width else ()

    def on_resize(self) -> None:
        """Wrap again when the width has changed."""
        if self.size.width == self._wrapped_to:
            self.take_room(len(self._lines))
        else:
            self.wrap()

    def action_scroll_by(self, lines: int) -> None:
        """Scroll by lines."""
        self.scroll_to(y=round(self.scroll_y) + lines, animate=False)

    def action_scroll_page(self, pages: float) -> None:
        """Scroll by pages."""
        self.action_scroll_by(int(pages * self.size.height))

    def action_scroll_top(self) -> None:
        """Scroll to the top."""
        self.scroll_to(y=0, animate=False)

    def action_scroll_bottom(self) -> None:
        """Scroll to the end."""
        self.scroll_to(y=self.max_scroll_y, animate=False)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The text that the mouse has selected."""
        return selection.extract("\n".join(line.plain for line in self._lines)), "\n"

    def on_click(self, event: events.Click) -> None:
        """Tell where the place under the mouse leads; a second click selects a word."""
        if event.chain == 1 and (lead := lead_of(event.style.meta)):
            self.post_message(self.Followed(lead))

    def render_line(self, y: int) -> Strip:
        """Render one line of the window."""
        number = y + round(self.scroll_y)
        width = self.size.width
        if width != self._wrapped_to:  # the first painting does not wait to be told of the size
            self._wrap()
        if not 0 <= number < len(self._lines):
            return Strip.blank(width, self.rich_style)
        line = self._lines[number]
        if (chosen := self.text_selection) and (span := chosen.get_span(number)):
            start, stop = span
            style = self.screen.get_visual_style("screen--selection")
            line = line.stylize(style, start, None if stop == -1 else stop)
        strip = Strip([*line.render_segments(self.visual_style)])
        return strip.apply_offsets(0, number).adjust_cell_length(width, self.rich_style)
