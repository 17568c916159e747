"""The detail pane: one paper to read."""

from __future__ import annotations

from collections.abc import Mapping

from readinglist.records import Entry
from readinglist.tui.paper_text import Marks, paragraphs
from readinglist.tui.widgets.wrapped_text import WrappedText


class PaperDetail(WrappedText):
    """A paper's title, facts, abstract, links, note and sightings."""

    def __init__(self, *, id: str = "detail") -> None:
        super().__init__(id=id)
        self.entry: Entry | None = None
        self.tag_colours: Mapping[str, str] = {}

    def show(self, entry: Entry | None, marks: Marks) -> None:
        """Show another paper from its top, or the same one as it is now."""
        same = entry and self.entry and entry.id == self.entry.id
        self.entry = entry
        shown = list(paragraphs(entry, marks, self.tag_colours)) if entry else []
        self.show_paragraphs(shown, from_top=not same)
