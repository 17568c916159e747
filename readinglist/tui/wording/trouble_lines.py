"""Places of a document that could not be read, as lines of a list and as a text to read."""

from __future__ import annotations

from collections.abc import Iterator

from textual.content import Content

from readinglist.tui.looks.cells import one_line, plain_lines
from readinglist.tui.outcome import Trouble
from readinglist.tui.screens.item_list import Item
from readinglist.tui.typed_paths import from_home
from readinglist.tui.wording.paragraph import GAP, Paragraph

_SHOWN = 50_000  # characters; a longer text is no longer read on a screen


def trouble_item(trouble: Trouble) -> Item:
    """Where and why, on one line."""
    place = f"{one_line(trouble.document)}:{trouble.line}  " if trouble.line else ""
    return Item(f"{place}{one_line(trouble.reason)}")


def trouble_told(trouble: Trouble) -> Iterator[Paragraph]:
    """Where, why, and the text as it stands there."""
    place = f", line {trouble.line:,}" if trouble.line else ""
    yield Paragraph(Content.styled(f"{one_line(from_home(trouble.path))}{place}", "bold"))
    yield Paragraph(Content.styled(one_line(trouble.reason), "$text-warning"))
    text = plain_lines(trouble.text[:_SHOWN])
    if text.strip():
        yield GAP
        yield from (Paragraph(Content(line)) for line in text.split("\n"))
    left = len(trouble.text) - _SHOWN
    if left > 0:
        yield Paragraph(Content.styled(f"… and {left:,} more characters", "$text-muted"))
