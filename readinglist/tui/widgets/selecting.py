"""Selecting papers in the list: one, a range of them, all or the others."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType

from readinglist.library import Results
from readinglist.library.search.paper_set import PaperSet
from readinglist.tui.said import Said
from readinglist.tui.widgets.line_list import LineList


class Selecting(LineList, inherit_bindings=True):
    """Base of the paper list: the papers that the next verb is for, if that is not the cursor's."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "space", "choose", "Select", id="select.one", show=False,
            tooltip="Select this paper, or let it go, and move on.",
        ),
        Binding(
            "v", "choose_range", "Range", id="select.range", show=False,
            tooltip="Start a range here: moving the cursor selects up to it. Again ends it.",
        ),
        Binding(
            "A", "choose_all", "All or none", id="select.all", show=False,
            tooltip="Select every paper in view, or none.",
        ),
        Binding(
            "V", "choose_others", "Invert", id="select.invert", show=False,
            tooltip="Select the papers in view that are not selected, and let the others go.",
        ),
    ]  # fmt: skip

    class SelectionChanged(Said):
        """Papers were selected or let go."""

    class AllWanted(Said):
        """Something is to be done with every paper, and not all have been found yet."""

        action: Callable[[], None]

    def __init__(self, results: Results, *, id: str) -> None:
        super().__init__(id=id)
        self.results = results
        self.selection = PaperSet()
        self._anchor: int | None = None
        self._before_range = PaperSet()

    @property
    def count(self) -> int:
        """How many papers are listed."""
        return len(self.results)

    @property
    def cursor_id(self) -> int | None:
        """The paper under the cursor, if it is known already."""
        return self.results.at(self.cursor)

    @property
    def ranging(self) -> bool:
        """Whether moving the cursor selects."""
        return self._anchor is not None

    def select(self, papers: PaperSet) -> None:
        """Replace the selection."""
        self.selection = papers
        self.refresh()
        self.post_message(self.SelectionChanged())

    def clear_selection(self) -> None:
        """Let every paper go."""
        self._anchor = None
        self.select(PaperSet())

    def action_choose(self) -> None:
        """Select the paper under the cursor, or let it go, and move on."""
        if (paper := self.cursor_id) is None:
            return
        self._anchor = None
        self.select(self.selection ^ PaperSet([paper]))
        self.action_move(1)

    def action_choose_range(self) -> None:
        """Start a range, or end it and keep what it holds."""
        if self.ranging:
            self.end_range()
        elif (paper := self.cursor_id) is not None:
            self._anchor, self._before_range = paper, self.selection
            self.stretch()

    def end_range(self) -> None:
        """Keep what a range holds; moving the cursor no longer stretches it."""
        if self.ranging:
            self._anchor = None
            self.post_message(self.SelectionChanged())

    def action_choose_all(self) -> None:
        """Select every paper in view, or none if they are all selected."""
        self._anchor = None
        if not self.results.complete:
            self.post_message(self.AllWanted(self.action_choose_all))
            return
        every = self.results.every
        self.select(self.selection - every if every <= self.selection else self.selection | every)

    def action_choose_others(self) -> None:
        """Select in view what is not selected, and nothing else there."""
        self._anchor = None
        if not self.results.complete:
            self.post_message(self.AllWanted(self.action_choose_others))
            return
        self.select(self.selection ^ self.results.every)

    def stretch(self) -> None:
        """Have a range end at the cursor."""
        anchor = None if self._anchor is None else self.results.index_of(self._anchor)
        if anchor is None:
            self._anchor = None
            return
        first, last = sorted((anchor, self.cursor))
        if not self.results.complete and last >= len(self.results.ids):
            self.post_message(self.AllWanted(self.stretch))
        else:
            self.select(self._before_range | self.results.among(first, last))

    def clicked(self, event: events.Click) -> None:
        """Select in the margin, open by a double click."""
        if event.get_content_offset_capture(self).x == 1 and self.cursor_id is not None:
            self.select(self.selection ^ PaperSet([self.cursor_id]))
        else:
            super().clicked(event)
