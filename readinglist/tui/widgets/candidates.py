"""The menu over the search line: what the word before its cursor may become."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.geometry import Offset
from textual.widget import Widget

from readinglist.tui.looks.cells import fill, one_line
from readinglist.tui.said import Said

if TYPE_CHECKING:
    from readinglist.library.search.completion import Candidate, Completion

_WIDEST = 48  # cells


class CandidateMenu(Widget):
    """Candidates, the best one nearest to the line; it has no keys, the search line has them."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"candidates--chosen", "candidates--count"}

    DEFAULT_CSS = """
    CandidateMenu {
        layer: over;
        display: none;
        background: $panel;
        color: $text;
        & > .candidates--chosen { background: $primary 35%; text-style: bold; }
        & > .candidates--count { color: $quiet; }
        &:ansi > .candidates--chosen { text-style: reverse; }
    }
    """

    class Picked(Said):
        """A candidate was clicked."""

        index: int

    def __init__(self, *, id: str = "candidates") -> None:
        super().__init__(id=id)
        self._candidates: tuple[Candidate, ...] = ()
        self._chosen = 0

    def offer(self, completion: Completion, chosen: int, at: Offset) -> None:
        """Show candidates over a place on the screen, that of the word they are for."""
        self._candidates, self._chosen = completion.candidates, chosen
        labels = [one_line(each.label) for each in self._candidates]
        width = max(map(cell_len, labels)) + self._room_for_counts + 2
        width = min(width, _WIDEST, self.screen.size.width)
        height = min(len(labels), at.y)
        left = max(0, min(at.x - 1, self.screen.size.width - width))
        self.styles.width, self.styles.height = width, height
        self.styles.offset = (left, at.y - height)
        self.display = True
        self.refresh()

    def withdraw(self) -> None:
        """Show nothing."""
        self.display = False

    @property
    def _room_for_counts(self) -> int:
        return max((cell_len(_count(each)) for each in self._candidates), default=0)

    def render(self) -> Content:
        """One line each."""
        return Content("\n").join(reversed([self._line(i) for i in range(self._shown)]))

    @property
    def _shown(self) -> int:
        return min(len(self._candidates), self.size.height)

    def _line(self, index: int) -> Content:
        candidate = self._candidates[index]
        room = self._room_for_counts
        label = fill(one_line(candidate.label), max(0, self.size.width - room - 2))
        count = self.get_visual_style("candidates--count")
        line = Content(f" {label}") + Content.styled(f"{_count(candidate):>{room}} ", count)
        if index == self._chosen:
            line = line.stylize(self.get_visual_style("candidates--chosen"))
        return line

    def on_click(self, event: events.Click) -> None:
        """Tell which candidate was clicked."""
        index = self._shown - 1 - event.get_content_offset_capture(self).y
        if 0 <= index < len(self._candidates):
            self.post_message(self.Picked(index))


def _count(candidate: Candidate) -> str:
    return "" if candidate.papers is None else f"  {candidate.papers:,}"
