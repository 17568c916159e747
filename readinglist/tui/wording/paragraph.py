"""A paragraph of styled text that wraps to any width."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rich.cells import cell_len
from textual.content import Content

MUTED = "$quiet"


class Paragraph(NamedTuple):
    """Text that wraps: `lead` stands before its first line, and the others hang below the text."""

    text: Content
    lead: str = ""
    lead_style: str = MUTED

    def lines(self, width: int) -> Iterator[Content]:
        """The paragraph in lines of at most `width` cells."""
        indent = cell_len(self.lead)
        for number, line in enumerate(self.text.wrap(max(8, width - indent))):
            if number == 0:
                yield Content.styled(self.lead, self.lead_style) + line
            else:
                yield Content(" " * indent) + line


GAP = Paragraph(Content(""))
