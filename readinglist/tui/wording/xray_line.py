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

    In a narrow line stand the clause typed last, those that tell something, and the others from
    the last on, as far as there is room.
    """
    shown: tuple[int, ...] = ()
    line = Content("")
    last = len(shares) - 1
    for number in sorted(range(len(shares)), key=lambda n: (n < last, not _tells(shares[n]), -n)):
        more = tuple(sorted((*shown, number)))
        longer = _joined(shares, more)
        if shown and longer.cell_length > width:
            break
        shown, line = more, longer
    line = line.truncate(max(width, 1), ellipsis=True)
    return line.pad_left(max(0, min(start, width - line.cell_length)))


def _tells(share: Share) -> bool:
    """Whether a clause was not read as it stands, or finds nothing."""
    return bool(share.read_as) or _is_barren(share)


def _is_barren(share: Share) -> bool:
    return not share.papers and not share.clause.excluding


def _joined(shares: tuple[Share, ...], shown: tuple[int, ...]) -> Content:
    """These clauses in the order they were typed, and where others are left out."""
    line = Content("")
    for at, number in enumerate(shown):
        before = shown[at - 1] if at else -1
        if number > before + 1:
            line += _MORE if not at else Content(" ") + _MORE
        elif at:
            line += _BETWEEN
        line += _piece(shares[number])
    return line


def _piece(share: Share) -> Content:
    typed = cut(one_line(share.clause.text), _LONGEST)
    found = Content.styled(typed, "$quiet")
    if share.read_as:
        found += Content.styled(f" → {cut(one_line(share.read_as), _LONGEST)}", "$text-accent")
    papers = f"−{share.papers:,}" if share.clause.excluding else f"{share.papers:,}"
    style = "bold $text-warning" if _is_barren(share) else "$text"
    return found + Content.styled(f" {papers}", style)
