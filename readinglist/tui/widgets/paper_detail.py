"""The detail pane: one paper to read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from readinglist.findings import Origin
from readinglist.outcomes import Similar
from readinglist.records import Entry, Row
from readinglist.tui.widgets.wrapped_text import WrappedText
from readinglist.tui.wording.paper_text import Marks, alike, looked_up, mentions, paragraphs
from readinglist.tui.wording.paragraph import Paragraph

_NONE: Mapping[str, Origin] = {}


class PaperDetail(WrappedText):
    """A paper's title, facts, abstract, links, note, sightings, and what is tied to it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter", "screen.open_link", "Open link", id="detail.link", show=False,
            tooltip="Open its link, or go to a paper that its note names; several can be chosen.",
        ),
    ]  # fmt: skip

    def __init__(self, *, id: str = "detail") -> None:
        super().__init__(id=id)
        self.entry: Entry | None = None
        self.tag_colours: Mapping[str, str] = {}
        self.mentions: tuple[Row, ...] = ()
        self._alike: tuple[tuple[Similar, Row], ...] = ()
        self._text: list[Paragraph] = []
        self._shown: tuple[object, ...] = ()

    def show(
        self, entry: Entry | None, marks: Marks, origins: Mapping[str, Origin] = _NONE
    ) -> None:
        """Show another paper from its top, or the same one as it is now.

        `origins` are those of its fields that a lookup has filled in.
        """
        asked = (entry, marks, origins, self.tag_colours)
        if asked == self._shown:
            return
        self._shown = asked
        same = entry is not None and self.entry is not None and entry.id == self.entry.id
        self.entry = entry
        if not same:
            self.mentions, self._alike = (), ()
        self._text = list(paragraphs(entry, marks, self.tag_colours)) if entry else []
        self._text += looked_up(origins)
        self._show(from_top=not same)

    def _show(self, *, from_top: bool) -> None:
        around = [*mentions(self.mentions), *alike(self._alike)]
        self.show_paragraphs([*self._text, *around], from_top=from_top)

    def show_mentions(self, paper: int, rows: Sequence[Row]) -> None:
        """Show which notes name the paper, if it is the one that is shown."""
        if self.entry is not None and self.entry.id == paper and tuple(rows) != self.mentions:
            self.mentions = tuple(rows)
            self._show(from_top=False)

    def show_alike(self, paper: int, found: Sequence[tuple[Similar, Row]]) -> None:
        """Show which papers are most like it, if it is the one that is shown."""
        if self.entry is not None and self.entry.id == paper and tuple(found) != self._alike:
            self._alike = tuple(found)
            self._show(from_top=False)
