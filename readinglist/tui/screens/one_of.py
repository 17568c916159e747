"""A row of alternatives, one of which is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from readinglist.tui.looks.cells import cut, one_line
from readinglist.tui.said import Said

_GAP = 3


class OneOf(Widget, can_focus=True):
    """Arrow keys, a space or the mouse choose; the row flows over as many lines as it needs."""

    ALLOW_SELECT = False

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,l,space", "step(1)", "Next", show=False),
        Binding("left,h", "step(-1)", "Previous", show=False),
    ]

    DEFAULT_CSS = """
    OneOf {
        height: auto;
        width: 1fr;
        padding: 0 1;
        &:focus { background: $foreground 12%; }
    }
    """

    chosen: reactive[int] = reactive(0)

    class Chosen(Said):
        """Another alternative is chosen."""

        row: OneOf
        index: int

        @property
        def control(self) -> OneOf:
            """The row, for `on` to match."""
            return self.row

    def __init__(self, labels: Sequence[str], chosen: int = 0, *, id: str) -> None:
        super().__init__(id=id)
        self._labels = [one_line(label) for label in labels]
        self.set_reactive(OneOf.chosen, chosen)

    def watch_chosen(self, chosen: int) -> None:
        """Tell which one is chosen now."""
        self.post_message(self.Chosen(self, chosen))

    def action_step(self, step: int) -> None:
        """Choose a neighbour, round the ends."""
        self.chosen = (self.chosen + step) % len(self._labels)

    def on_click(self, event: events.Click) -> None:
        """Choose what was clicked."""
        place = event.get_content_offset(self)
        if place is None:
            return
        for index, (x, y, width) in enumerate(self._places(self.content_size.width)):
            if y == place.y and x <= place.x < x + width:
                self.chosen = index

    # Layout

    def _places(self, width: int) -> list[tuple[int, int, int]]:
        """Where each alternative stands: column, line, and cells."""
        places, x, y = [], 0, 0
        for label in self._labels:
            cells = min(cell_len(label) + 2, width)
            if x and x + cells > width:
                x, y = 0, y + 1
            places.append((x, y, cells))
            x += cells + _GAP
        return places

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 (Textual's signature)
        """As many lines as the row flows over."""
        return self._places(width)[-1][1] + 1

    def render(self) -> Content:
        """The chosen one is filled and bold, and underlined where the keys go."""
        lines: list[Content] = []
        for index, (x, y, cells) in enumerate(self._places(self.content_size.width)):
            if y == len(lines):
                lines.append(Content(""))
            chosen = index == self.chosen
            text = cut(f"{'●' if chosen else '○'} {self._labels[index]}", cells)
            here = " underline" * self.has_focus
            style = f"bold $text-primary{here}" if chosen else "$foreground"
            gap = " " * (x - lines[y].cell_length)
            lines[y] = Content.assemble(lines[y], gap, (text, style))
        return Content("\n").join(lines)
