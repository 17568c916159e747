"""What a document says otherwise than a paper, as lines of a list and as both sides in full."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual.content import Content

from readinglist.library import Library
from readinglist.outcomes import Conflict, values_shown
from readinglist.tui.looks.cells import cut, one_line, plain_lines
from readinglist.tui.screens.item_list import Item
from readinglist.tui.wording.paragraph import GAP, MUTED, Paragraph

_ROOM = 22  # cells for each of two values beside the title
# What a field is called in a sentence.
_FIELDS = {"urls": "links", "arxiv_id": "arXiv id", "doi": "DOI", "key": "citation key"}
_NOTHING = "nothing"


def field_name(field: str) -> str:
    """What a field is called in a sentence."""
    name = field.removeprefix("details.")
    return _FIELDS.get(name, name)


def conflict_items(library: Library, conflicts: Sequence[Conflict]) -> list[Item]:
    """A line for each: the paper, and both values beside it."""
    rows = {row.id: row for row in library.rows([each.paper for each in conflicts])}
    return [
        Item(one_line(rows[each.paper].title) if each.paper in rows else "", aside=_aside(each))
        for each in conflicts
    ]


def _aside(conflict: Conflict) -> str:
    ours, theirs = (cut(_side(value), _ROOM) for value in (conflict.ours, conflict.theirs))
    return f"{field_name(conflict.field)}: {ours} → {theirs}"


def _side(value: object) -> str:
    return one_line(values_shown(value)) or _NOTHING


def both_sides(conflict: Conflict) -> Iterator[Paragraph]:
    """What the paper has, and what the document says."""
    if conflict.field == "note":
        yield from _notes(conflict)
        return
    yield Paragraph(Content(_side(conflict.ours)), "here   ", MUTED)
    yield Paragraph(Content.styled(_side(conflict.theirs), "$text-warning"), "there  ", MUTED)
    yield Paragraph(Content.styled(f"in {one_line(conflict.source)}", MUTED), "       ")


def _notes(conflict: Conflict) -> Iterator[Paragraph]:
    """Two notes in their lines; what is taken goes below what is here."""
    for where, text, style in (
        ("here", conflict.ours, ""),
        (f"in {one_line(conflict.source)}, to go below it", conflict.theirs, "$text-warning"),
    ):
        yield Paragraph(Content.styled(where, MUTED))
        for line in plain_lines(str(text or "")).split("\n"):
            yield Paragraph(Content.styled(line, style))
        yield GAP
