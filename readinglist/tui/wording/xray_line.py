"""What the clauses of a query find, in one line under the search."""

from __future__ import annotations

from typing import Final

from textual.content import Content

from readinglist.library.search.xray import Share
from readinglist.tui.looks.cells import cut, one_line

_LONGEST: Final = 28  # cells of a clause
_BETWEEN: Final = Content.styled(" · ", "$faint")
_MORE: Final = Content.styled("… ", "$faint")


def xray_line(shares: tuple[Share, ...], start: int, width: int) -> Content:
    """As in "difusion → diffusion 41 · tag:rl 12", from a cell on if there is room for it.

    In a narrow line the clauses typed last are shown.
    """
    line = Content("")
    for number, share in enumerate(reversed(shares)):
        piece = _piece(share)
        longer = piece + _BETWEEN + line if number else piece
        if number and longer.cell_length + _MORE.cell_length > width:
            line = _MORE + line
            break
        line = longer
    line = line.truncate(max(width, 1), ellipsis=True)
    return line.pad_left(max(0, min(start, width - line.cell_length)))


def _piece(share: Share) -> Content:
    typed = cut(one_line(share.clause.text), _LONGEST)
    found = Content.styled(typed, "$quiet")
    if share.read_as:
        found += Content.styled(f" → {cut(one_line(share.read_as), _LONGEST)}", "$text-accent")
    papers = f"−{share.papers:,}" if share.clause.excluding else f"{share.papers:,}"
    barren = not share.papers and not share.clause.excluding
    return found + Content.styled(f" {papers}", "bold $text-warning" if barren else "$text")
