"""From paper to paper: the way there, and back to where it began."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import NamedTuple

from readinglist.records import Facet
from readinglist.tui.main.workbench import Workbench
from readinglist.tui.memory import Memory


class _Jump(NamedTuple):
    """A way that was taken from paper to paper, and where it began."""

    to: int
    paper: int | None
    query: str
    facets: tuple[Facet, ...]
    pane: str


class Jumps(Workbench):
    """Base of the actions that lead to another paper."""

    def __init__(self, library_path: Path, memory: Memory) -> None:
        super().__init__(library_path, memory)
        self._jumps: list[_Jump] = []

    def go_to(self, paper: int) -> None:
        """Put the cursor on a paper, and let go of what keeps it out of the view."""
        view = self.view
        origin = (self.shown_paper(), view.query, view.facets, self.pane)
        self._jumps.append(_Jump(paper, *origin))
        if paper not in self.view.results:
            self.clear_search()
            self.clear_facets()
        self.when_listed(partial(self._go_to, paper))

    def _go_to(self, paper: int) -> None:
        with self.errors_told():
            if self.library.trashed_among([paper]):
                self.say("This paper is in the trash, or was merged into another.")
                return
        self.go_pane("papers")
        self.papers.seek(paper)

    @property
    def has_jumped(self) -> bool:
        """Whether the cursor is where a jump led; whoever has moved on since stays there."""
        if self._jumps and self._jumps[-1].to != self.papers.cursor_id:
            self._jumps.clear()
        return bool(self._jumps)

    def jump_back(self) -> None:
        """Go back to the paper, the search and the pane from where a jump led here."""
        jump = self._jumps.pop()
        self.view.query, self.view.facets = jump.query, jump.facets
        self.search.put(jump.query)
        self.refresh_view(briefly=True)
        self.when_listed(partial(self.papers.seek, jump.paper))
        self.when_listed(partial(self.go_pane, jump.pane))
