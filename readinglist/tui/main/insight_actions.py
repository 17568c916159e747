"""What the library makes of its papers: those alike, and how the reading goes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.timer import Timer

from readinglist.library import Library
from readinglist.outcomes import Similar
from readinglist.records import Row
from readinglist.tui.looks import glyphs
from readinglist.tui.main.edits import Edits
from readinglist.tui.said import Said

if TYPE_CHECKING:
    from readinglist.library.statistics.figures import Statistics

_MANY, _FEW = 20, 3  # papers like one: in a list of them, and under it
_REST = 0.1  # seconds on a paper before its mentions are looked for
LONG_REST = 0.6  # and before those like it are


class InsightActions(Edits):
    """Looking at what is told by many papers together."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "m", "similar", "More like this", id="search.similar", show=False,
            tooltip="List the papers that are most like it, and the words they share.",
        ),
        Binding(
            "S", "statistics", "Statistics", id="app.statistics", show=False,
            tooltip="What was read when, and what waits.",
        ),
    ]  # fmt: skip

    pane: str
    _looking: Timer | None = None
    _relating: Timer | None = None

    class Alike(Said):
        """The papers like one have been found."""

        paper: int
        found: Sequence[tuple[Similar, Row]]

    class Reckoned(Said):
        """The figures of the reading are known."""

        figures: Statistics

    class Mentioned(Said):
        """The notes that name a paper have been found."""

        paper: int
        rows: Sequence[Row]

    def find_mentions(self, paper: int | None) -> None:
        """Look, aside, for the notes that name a paper, once the cursor rests on it."""
        self.aside.forget("mentions")
        if self._looking is not None:
            self._looking.stop()
        if paper is not None:
            ask = partial(self.aside.ask, "mentions", partial(_mentioned, paper))
            self._looking = self.set_timer(_REST, ask)

    class Related(Said):
        """The few papers most like the one that is read have been found."""

        paper: int
        found: Sequence[tuple[Similar, Row]]

    def find_related(self, paper: int | None) -> None:
        """Look, aside, for the papers most like one, at once if it is read or when it is rested on.

        In a large library that takes a moment, which nobody who moves through the list has.
        """
        self.aside.forget("related")
        if self._relating is not None:
            self._relating.stop()
        if paper is None:
            return
        ask = partial(self.aside.ask, "related", partial(_related, paper))
        if self.pane == "detail":
            ask()
        else:
            self._relating = self.set_timer(LONG_REST, ask)

    @on(Related)
    def show_related(self, message: Related) -> None:
        """Show them under the paper."""
        self.detail.show_alike(message.paper, message.found)

    @on(Mentioned)
    def show_mentions(self, message: Mentioned) -> None:
        """Show them under the paper."""
        self.detail.show_mentions(message.paper, message.rows)

    def action_similar(self) -> None:
        """List the papers most like the one at hand."""
        from readinglist.tui.screens.similar import SimilarPapers

        paper = self.shown_paper()
        if paper is None:
            self.say("There is no paper here.")
            return

        def follow(chosen: int | None) -> None:
            self.aside.forget("similar")
            if chosen is not None:
                self.go_to(chosen)

        with self.errors_told():
            for row in self.library.rows([paper]):
                self.app.push_screen(SimilarPapers(row, self._find_alike), follow)

    def _find_alike(self, paper: int) -> None:
        self.aside.ask("similar", partial(_alike, paper))

    @on(Alike)
    def show_alike(self, message: Alike) -> None:
        """Show them in the dialog that waits for them."""
        from readinglist.tui.screens.similar import SimilarPapers

        if isinstance(self.app.screen, SimilarPapers):
            self.app.screen.show(message.paper, message.found)

    def action_statistics(self) -> None:
        """Show how the reading goes."""
        from readinglist.charts.drawing import ASCII, BLOCKS
        from readinglist.tui.screens.statistics import StatisticsScreen

        def follow(chosen: int | None) -> None:
            self.aside.forget("statistics")
            if chosen is not None:
                self.go_to(chosen)

        ask = partial(self.aside.ask, "statistics", _reckoned)
        signs = ASCII if glyphs.only_ascii(self.app.settings) else BLOCKS
        self.app.push_screen(StatisticsScreen(ask, signs), follow)

    @on(Reckoned)
    def show_reckoned(self, message: Reckoned) -> None:
        """Show them on the screen that waits for them."""
        from readinglist.tui.screens.statistics import StatisticsScreen

        if isinstance(self.app.screen, StatisticsScreen):
            self.app.screen.show(message.figures)


def _mentioned(paper: int, library: Library) -> Iterator[Message]:
    yield InsightActions.Mentioned(paper, library.backlinks(paper))


def _reckoned(library: Library) -> Iterator[Message]:
    yield InsightActions.Reckoned(library.statistics())


def _alike(paper: int, library: Library) -> Iterator[Message]:
    yield InsightActions.Alike(paper, _found_alike(paper, library))


def _related(paper: int, library: Library) -> Iterator[Message]:
    yield InsightActions.Related(paper, _found_alike(paper, library, _FEW))


def _found_alike(paper: int, library: Library, most: int = _MANY) -> Sequence[tuple[Similar, Row]]:
    found = library.similar(paper, most)
    rows = {row.id: row for row in library.rows(each.id for each in found)}
    return [(each, rows[each.id]) for each in found if each.id in rows]
