"""A list on the line API with one cursor: it renders only the lines that show."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.strip import Strip

from readinglist.tui.looks.legibility import on_paper
from readinglist.tui.widgets.painting import Painting

MOVE = Binding.Group("move", compact=True)


class LineList(Painting, can_focus=True, inherit_bindings=False):
    """Base of the paper list and the facets: `count`, `line` and the two `said_…` are theirs."""

    ALLOW_SELECT = False

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "j,down", "move(1)", "Down", id="move.down", group=MOVE, show=False,
            tooltip="Move the cursor one line down.",
        ),
        Binding(
            "k,up", "move(-1)", "Up", id="move.up", group=MOVE, show=False,
            tooltip="Move the cursor one line up.",
        ),
        Binding(
            "g,home", "top", "Top", id="move.top", show=False,
            tooltip="Go to the first line.",
        ),
        Binding(
            "G,end", "bottom", "Bottom", id="move.bottom", show=False,
            tooltip="Go to the last line.",
        ),
        Binding(
            "pagedown", "page(1.0)", "Page down", id="move.page-down", show=False,
            tooltip="Move one page down.",
        ),
        Binding(
            "pageup", "page(-1.0)", "Page up", id="move.page-up", show=False,
            tooltip="Move one page up.",
        ),
        Binding(
            "ctrl+d", "page(0.5)", "Half page down", id="move.half-down", show=False,
            tooltip="Move half a page down.",
        ),
        Binding(
            "ctrl+u", "page(-0.5)", "Half page up", id="move.half-up", show=False,
            tooltip="Move half a page up.",
        ),
    ]  # fmt: skip

    DEFAULT_CSS = """
    LineList {
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
    }
    """

    deep = 1
    """How many lines of the screen each takes."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self.cursor = 0

    # What a list is made of

    @property
    def count(self) -> int:
        """How many lines there are."""
        raise NotImplementedError

    def line(self, index: int, width: int) -> list[Segment]:
        """One line as segments; they are cut or filled to `width` cells."""
        raise NotImplementedError

    def part(self, index: int, part: int, width: int) -> list[Segment]:
        """What a line that takes several shows on one of these."""
        return [] if part else self.line(index, width)

    def stops_at(self, index: int) -> bool:  # noqa: ARG002 - headings override it
        """Whether the cursor may rest on a line."""
        return True

    def said_moved(self) -> None:
        """Tell that the cursor is on another line."""

    def said_chosen(self) -> None:
        """Tell that the line under the cursor was opened with the mouse."""

    # Moving

    def go(self, index: int, *, step: int = 1) -> None:
        """Put the cursor on a line, or on the nearest one in the direction of `step`."""
        target = self._stop(index, step)
        if target is None or target == self.cursor:
            return
        before, self.cursor = self.cursor, target
        self._repaint(before)
        self._repaint(target)
        self.reveal()
        self.said_moved()

    def _stop(self, index: int, step: int) -> int | None:
        last = self.count - 1
        if last < 0:
            return None
        index = min(max(index, 0), last)
        for way in (step, -step):
            place = index
            while 0 <= place <= last:
                if self.stops_at(place):
                    return place
                place += way
        return None

    def reveal(self) -> None:
        """Scroll no more than is needed to show the cursor."""
        height = self.scrollable_content_region.height
        top, first = round(self.scroll_y), self.cursor * self.deep
        last = first + self.deep - 1
        if height <= 0 or (top <= first and last < top + height):
            return
        y = first if first < top else last - height + 1
        if not any(self.stops_at(i) for i in range(-(-y // self.deep))):
            y = 0  # a heading above the first line stays in sight
        self.scroll_to(y=y, animate=False, force=True)

    def resize_lines(self) -> None:
        """Tell the scroll bar how many lines there are now."""
        self.take_room(self.count * self.deep)

    def action_move(self, step: int) -> None:
        """Move by lines."""
        self.go(self.cursor + step, step=1 if step > 0 else -1)

    def action_page(self, pages: float) -> None:
        """Move by pages, keeping the cursor's place on the screen."""
        height = max(1, self.scrollable_content_region.height // self.deep)
        step = max(1, int(abs(pages) * height)) * (1 if pages > 0 else -1)
        target = min(max(self.cursor + step, 0), max(0, self.count - 1))
        if target != self.cursor:
            y = (target - self.cursor) * self.deep + round(self.scroll_y)
            self.scroll_to(y=y, animate=False, force=True)
        self.go(target, step=1 if pages > 0 else -1)

    def action_top(self) -> None:
        """Go to the first line."""
        self.go(0)

    def action_bottom(self) -> None:
        """Go to the last line."""
        self.go(self.count - 1, step=-1)

    # The mouse

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse is."""
        index = (event.get_content_offset_capture(self).y + round(self.scroll_y)) // self.deep
        if not 0 <= index < self.count or not self.stops_at(index):
            return
        self.go(index)
        self.clicked(event)

    def clicked(self, event: events.Click) -> None:
        """React to a click on the line where the cursor is now; twice opens it."""
        if event.chain == 2:
            self.said_chosen()

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self.reveal()

    # Rendering

    def refresh_cursor(self) -> None:
        """Repaint the cursor's line."""
        self._repaint(self.cursor)

    def _repaint(self, index: int) -> None:
        self.refresh_lines(index * self.deep, self.deep)

    def on_focus(self) -> None:
        """The cursor is stronger where the keys go."""
        self.refresh_cursor()

    def on_blur(self) -> None:
        """The cursor is quieter where the keys do not go."""
        self.refresh_cursor()

    def render_line(self, y: int) -> Strip:
        """Render one line of the window."""
        index, part = divmod(y + round(self.scroll_y), self.deep)
        width = self.size.width
        base = self.rich_style
        if not 0 <= index < self.count:
            return Strip.blank(width, base)
        line = Strip(self.part(index, part, width))
        return line.adjust_cell_length(width, self.line_style(index))

    def ink(self, name: str, index: int) -> Style:
        """A component's colour and weight on a line's own background."""
        style, line = self.get_component_rich_style(name, partial=True), self.line_style(index)
        if index == self.cursor and self.has_focus and not name.endswith("--bar"):
            # Sixteen colours cannot promise any contrast there.
            plain = self.app.native_ansi_color
            style = style.without_color if plain else on_paper(style, line)
        return line + style

    def line_style(self, index: int) -> Style:  # noqa: ARG002 - the cursor's line overrides it
        """The style behind a line."""
        return self.rich_style
