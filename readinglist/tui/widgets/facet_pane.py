"""The filters: statuses, saved searches, tags and documents, of which several combine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType

from readinglist.library.journal.tags import COLOURS
from readinglist.records import Facet, FacetCounts, Saved, Status
from readinglist.tui.keyboard.names import key
from readinglist.tui.looks import glyphs
from readinglist.tui.looks.cells import fill, one_line
from readinglist.tui.said import Said
from readinglist.tui.widgets.line_list import LineList
from readinglist.tui.wording.facet_lines import SEARCH, Line, lines, papers

_SIGN = 2  # the cell of a line's sign


class FacetPane(LineList):
    """A list of conditions; Enter sets one or takes it away.

    A line's papers are looked up when it is painted: there may be thousands of tags, and their
    counts change with every key while the tags do not.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "facets--cursor",
        "facets--active",
        "facets--bar",
        "facets--heading",
        "facets--count",
        "facets--sign",
        "facets--none",
        *(f"facets--{status}" for status in Status),
        *(f"facets--tag-{colour}" for colour in COLOURS),
    }

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter", "choose(True)", "Filter", id="facet.toggle",
            tooltip="List only the papers of this kind, or stop doing so; open a saved search.",
        ),
        Binding(
            "space", "choose(False)", "Filter and stay", id="facet.also", show=False,
            tooltip="The same, and stay among the filters where they hide the list.",
        ),
        Binding(
            "right", "open(True)", "Open branch", id="facet.open", show=False,
            tooltip="Show the tags that hang from this one.",
        ),
        Binding(
            "left", "open(False)", "Close branch", id="facet.close", show=False,
            tooltip="Hide the tags that hang from this one, or go to the one that it hangs from.",
        ),
        Binding(
            "e", "rename", "Rename saved search", id="facet.rename", show=False,
            tooltip="Give the saved search under the cursor another name.",
        ),
        Binding(
            "delete", "forget", "Delete saved search", id="facet.forget", show=False,
            tooltip="Forget the saved search under the cursor, after asking.",
        ),
    ]  # fmt: skip

    class Toggled(Said):
        """A condition was set or taken away; whoever `goes_in` wants to see what it lists."""

        facet: Facet
        goes_in: bool

    class SearchChosen(Said):
        """A saved search was chosen."""

        name: str
        goes_in: bool

    def __init__(self, counts: FacetCounts, *, id: str = "facets") -> None:
        super().__init__(id=id)
        self.tag_colours: Mapping[str, str] = {}
        self._all, self._shown = counts, counts
        self._saved: tuple[Saved, ...] = ()
        self._searches: Mapping[str, int] = {}
        self._opened: dict[str, bool] = {}
        self._active: frozenset[Facet] = frozenset()
        self._lines = list(lines(counts))
        self.cursor = 1

    @property
    def count(self) -> int:
        """How many lines there are, headings included."""
        return len(self._lines)

    @property
    def saved_search(self) -> str | None:
        """The saved search under the cursor."""
        facet = self._lines[self.cursor].facet
        return facet.value if facet and facet.field == SEARCH else None

    def stops_at(self, index: int) -> bool:
        """The cursor rests on facets only."""
        return self._lines[index].facet is not None

    def show(
        self,
        counts: FacetCounts,
        active: Sequence[Facet],
        within: FacetCounts | None = None,
        saved: Sequence[Saved] = (),
    ) -> None:
        """Show other counts, those `within` the view if it is narrowed; the cursor stays."""
        same = (
            list(counts.tags) == list(self._all.tags)
            and list(counts.sources) == list(self._all.sources)
            and bool(counts.trash) == bool(self._all.trash)
            and tuple(saved) == self._saved
        )
        self._all, self._shown = counts, within or counts
        self._active, self._saved = frozenset(active), tuple(saved)
        if not same:
            self._lay_out()
        self.refresh()

    def show_searches(self, counts: Mapping[str, int]) -> None:
        """Show how many papers each saved search finds."""
        if counts != self._searches:
            self._searches = counts
            self.refresh()

    def _lay_out(self) -> None:
        """Make the lines again; the cursor stays with its facet, or near where that was."""
        facet = self._lines[self.cursor].facet
        self._lines = list(lines(self._all, self._saved, self._opened))
        places = (i for i, line in enumerate(self._lines) if line.facet == facet)
        place = self._stop(self.cursor, -1) if facet is None else next(places, None)
        if place is None:
            place = self._stop(self.cursor, -1)
        self.cursor = place or 0
        self.resize_lines()
        self.reveal()

    # Choosing

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        """What is done with a saved search needs one, and only a branch can be opened."""
        if action in ("rename", "forget") and self.saved_search is None:
            manage = key("edit.manage-tags", "M")
            return f"That is for saved searches; {manage} renames and merges tags."
        line = self._lines[self.cursor]
        if action == "open":
            if parameters == (True,) and not (line.stem and not line.open):
                return "It is open already." if line.stem else "No tag hangs from this one."
            if parameters == (False,) and not (line.stem and line.open) and not line.depth:
                return "It hangs from no other." if line.stem else "There is no branch to close."
        return ""

    async def action_rename(self) -> None:
        """Leave it to the screen."""
        await self.screen.run_action("rename_search")

    async def action_forget(self) -> None:
        """Leave it to the screen."""
        await self.screen.run_action("delete_search")

    def action_choose(self, goes_in: bool) -> None:
        """Tell that the line under the cursor was chosen."""
        facet = self._lines[self.cursor].facet
        if facet is None:
            return
        if facet.field == SEARCH:
            self.post_message(self.SearchChosen(facet.value, goes_in))
        else:
            self.post_message(self.Toggled(facet, goes_in))

    def action_open(self, open: bool) -> None:
        """Open or close the branch under the cursor; from within one, go to where it hangs."""
        line = self._lines[self.cursor]
        if line.stem and line.open != open:
            self._opened[line.stem] = open
            self._lay_out()
            self.refresh()
        elif line.depth and not open:
            above = range(self.cursor - 1, -1, -1)
            self.go(next(i for i in above if self._lines[i].depth < line.depth), step=-1)

    def clicked(self, event: events.Click) -> None:
        """Choose with one click; on a branch's sign, open or close it."""
        line = self._lines[self.cursor]
        x = event.get_content_offset_capture(self).x
        if line.stem and x == _SIGN + 2 * line.depth:
            self.action_open(not line.open)
        else:
            self.action_choose(True)

    # Rendering

    def line_style(self, index: int) -> Style:
        """The cursor's line stands out, more so where the keys go."""
        if index != self.cursor or not self.has_focus:
            return self.rich_style
        return self.get_component_rich_style("facets--cursor")

    def line(self, index: int, width: int) -> list[Segment]:
        """Cursor, whether it is active, its sign, its name and how many papers."""
        line, base = self._lines[index], self.line_style(index)
        if line.facet is None:
            return [Segment(f"  {line.label}", self.ink("facets--heading", index))]
        number = papers(line, self._shown, self._searches)
        active = line.facet in self._active
        strong = self.ink("facets--active", index)
        quiet = self.ink("facets--none" if number == 0 else "facets--count", index)
        plain = quiet if line.quiet or number == 0 else self._ink_of_label(line, index)
        sign = "facets--none" if number == 0 else _ink_of_sign(line)
        bar = glyphs.CURSOR if index == self.cursor and self.has_focus else " "
        count = f" {number} " if number is not None and not self._all.empty else " "
        room = max(0, width - 4 - 2 * line.depth - len(count))
        return [
            Segment(bar, self.ink("facets--bar", index)),
            Segment(glyphs.CHOSEN if active else " ", strong),
            Segment("  " * line.depth, base),
            Segment(line.sign, self.ink(sign, index)),
            Segment(" ", base),
            Segment(fill(one_line(line.label), room), strong if active else plain),
            Segment(count, quiet),
        ]

    def _ink_of_label(self, line: Line, index: int) -> Style:
        """A tag's own colour, or none."""
        tag = line.facet.value.removesuffix("/*") if line.facet else ""
        colour = self.tag_colours.get(tag) if line.facet and line.facet.field == "tag" else None
        return self.ink(f"facets--tag-{colour}", index) if colour else self.line_style(index)


def _ink_of_sign(line: Line) -> str:
    facet = line.facet
    if facet is not None and facet.field == "status":
        return f"facets--{facet.value}"
    return "facets--count" if line.stem else "facets--sign"
