"""The headings over a dialog's sections, one of which is open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import RenderResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from readinglist.tui.said import Said

_GAP = 3  # cells


class Sections(Widget):
    """Numbered headings with how much there is under each; a click opens one."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "sections--open",
        "sections--shut",
        "sections--empty",
        "sections--number",
    }

    DEFAULT_CSS = """
    Sections {
        height: 1;
        width: 1fr;
        margin: 0 1;
        & > .sections--open { text-style: bold underline; color: $text-primary; }
        & > .sections--shut { color: $foreground; }
        & > .sections--empty { color: $text-disabled; }
        & > .sections--number { color: $text-accent; text-style: bold; }
    }
    """

    open: reactive[int] = reactive(0)

    class Chosen(Said):
        """A heading was clicked."""

        index: int

    def __init__(self, headings: Sequence[tuple[str, int]]) -> None:
        super().__init__()
        self._headings = list(headings)

    def recount(self, index: int, count: int) -> None:
        """Tell how much there is under a heading now."""
        self._headings[index] = (self._headings[index][0], count)
        self.refresh()

    def render(self) -> RenderResult:
        """As in "1 New 12   2 Merged 3"."""
        return Content(" " * _GAP).join(self._heading(index) for index in range(self.count))

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self._headings)

    def _heading(self, index: int) -> Content:
        label, count = self._headings[index]
        state = "open" if index == self.open else "shut" if count else "empty"
        style = self.get_visual_style(f"sections--{state}")
        number = self.get_visual_style("sections--number")
        return Content.assemble((f"{index + 1}", number), " ", (f"{label} {count:,}", style))

    def on_click(self, event: events.Click) -> None:
        """Tell which heading is under the mouse."""
        x = event.get_content_offset_capture(self).x
        for index in range(self.count):
            width = self._heading(index).cell_length
            if 0 <= x < width:
                self.post_message(self.Chosen(index))
            x -= width + _GAP
