"""The filters: statuses, tags and documents with their counts, of which several combine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.message import Message

from readinglist.records import Facet, FacetCounts, Status
from readinglist.tui import glyphs
from readinglist.tui.cells import fill, one_line
from readinglist.tui.widgets.line_list import LineList


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the pane: a heading when it has no facet, an empty one when it has no label."""

    label: str = ""
    sign: str = " "
    count: int = 0
    facet: Facet | None = None
    quiet: bool = False


class FacetPane(LineList):
    """A list of conditions; Enter sets one or takes it away."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "facets--cursor",
        "facets--active",
        "facets--bar",
        "facets--heading",
        "facets--count",
        "facets--sign",
        "facets--none",
        *(f"facets--{status}" for status in Status),
    }

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter,space", "choose", "Filter", id="facet.toggle",
            tooltip="List only the papers of this kind, or stop doing so.",
        ),
    ]  # fmt: skip

    @dataclass
    class Toggled(Message):
        """A condition was set or taken away."""

        facet: Facet

    def __init__(self, counts: FacetCounts, *, id: str = "facets") -> None:
        super().__init__(id=id)
        self._lines = list(lines(counts))
        self._counted = not counts.empty
        self._active: frozenset[Facet] = frozenset()
        self.cursor = 1

    @property
    def count(self) -> int:
        """How many lines there are, headings included."""
        return len(self._lines)

    def stops_at(self, index: int) -> bool:
        """The cursor rests on facets only."""
        return self._lines[index].facet is not None

    def show(
        self, counts: FacetCounts, active: tuple[Facet, ...], within: FacetCounts | None = None
    ) -> None:
        """Show other counts, those `within` the view if it is narrowed; the cursor stays."""
        facet = self._lines[self.cursor].facet
        fresh = list(lines(counts, within))
        if fresh == self._lines and frozenset(active) == self._active:
            return
        self._lines, self._active = fresh, frozenset(active)
        self._counted = not counts.empty
        places = {line.facet: i for i, line in enumerate(self._lines) if line.facet}
        found = places.get(facet) if facet else None
        place = self._stop(self.cursor, -1) if found is None else found
        self.cursor = place or 0
        self.resize_lines()
        self.reveal()
        self.refresh()

    def action_choose(self) -> None:
        """Tell that the facet under the cursor was chosen."""
        if (facet := self._lines[self.cursor].facet) is not None:
            self.post_message(self.Toggled(facet))

    def clicked(self, event: object) -> None:  # noqa: ARG002 - one click is enough here
        """Choose with one click."""
        self.action_choose()

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
        active = line.facet in self._active
        strong = self.ink("facets--active", index)
        quiet = self.ink("facets--count" if line.count else "facets--none", index)
        plain = quiet if line.quiet or not line.count else base
        sign = "facets--none" if not line.count else _ink_of_sign(line.facet)
        bar = glyphs.CURSOR if index == self.cursor and self.has_focus else " "
        count = f" {line.count} " if self._counted else " "
        return [
            Segment(bar, self.ink("facets--bar", index)),
            Segment(glyphs.CHOSEN if active else " ", strong),
            Segment(line.sign, self.ink(sign, index)),
            Segment(" ", base),
            Segment(fill(line.label, max(0, width - 4 - len(count))), strong if active else plain),
            Segment(count, quiet),
        ]


def _ink_of_sign(facet: Facet) -> str:
    return f"facets--{facet.value}" if facet.field == "status" else "facets--sign"


def lines(counts: FacetCounts, within: FacetCounts | None = None) -> Iterator[Line]:
    """The lines of the pane, in order: what there is at all, with what there is of it `within`."""
    shown = within or counts
    yield Line("Status")
    for status in Status:
        facet = Facet("status", str(status))
        yield Line(str(status), glyphs.STATUS[status], shown.statuses.get(status, 0), facet)
    yield Line()
    yield Line("starred", glyphs.STAR, shown.starred, Facet("is", "starred"))
    yield Line("untagged", " ", shown.untagged, Facet("is", "untagged"))
    if counts.trash:
        yield Line("trash", " ", shown.trash, Facet("is", "trashed"), quiet=True)
    for heading, field, names, found in (
        ("Tags", "tag", counts.tags, shown.tags),
        ("Documents", "source", counts.sources, shown.sources),
    ):
        if names:
            yield Line()
            yield Line(heading)
        for name in names:
            yield Line(one_line(name), " ", found.get(name, 0), Facet(field, name))
