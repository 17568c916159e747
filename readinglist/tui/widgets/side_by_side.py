"""Two papers beside each other, row by row, with the one cursor of the fields."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message

from readinglist.tui.comparison import Comparison, Row, Side, Spans
from readinglist.tui.looks import glyphs
from readinglist.tui.looks.cells import cut
from readinglist.tui.widgets.wrapped_text import WrappedText

_ROOMY = 96  # cells from which the names of the fields stand beside the texts
_LABEL = 9  # cells
_BETWEEN = " │ "
_DIFFERS = "≠"
_CHANGED = "underline $text-accent"
_TAKEN, _LEFT_OUT = "●", "○"


class SideBySide(WrappedText, inherit_bindings=False):
    """The fields of two papers; j and k walk over them, h and l choose."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "move(1)", "Down", show=False),
        Binding("k,up", "move(-1)", "Up", show=False),
        Binding("h,left", "choose(-1)", "Left", show=False),
        Binding("l,right", "choose(1)", "Right", show=False),
        Binding("g,home", "go_to(0)", "Top", show=False),
        Binding("G,end", "go_to(99)", "Bottom", show=False),
        Binding("pagedown", "scroll_page(1.0)", "Page down", show=False),
        Binding("pageup", "scroll_page(-1.0)", "Page up", show=False),
        Binding("ctrl+d", "scroll_page(0.5)", "Half page down", show=False),
        Binding("ctrl+u", "scroll_page(-0.5)", "Half page up", show=False),
    ]

    class Chosen(Message):
        """Something else is taken, or the cursor is on another field."""

    def __init__(self) -> None:
        super().__init__(id="sides")
        self.comparison: Comparison | None = None
        self.cursor = 0
        self._begins: list[int] = []

    def show(self, comparison: Comparison | None) -> None:
        """Show two papers from the top, or nothing."""
        self.comparison = comparison
        self.cursor = 0
        self.wrap()
        self.scroll_to(y=0, animate=False)

    @property
    def rows(self) -> Sequence[Row]:
        """The fields that either paper has."""
        return self.comparison.rows if self.comparison else ()

    @property
    def row(self) -> Row | None:
        """The field under the cursor."""
        return self.rows[self.cursor] if self.cursor < len(self.rows) else None

    # Walking and choosing

    def action_move(self, step: int) -> None:
        """Go to the next field, once the end of this one has been seen."""
        first, stop = self._reach(self.cursor)
        top, height = round(self.scroll_y), self.scrollable_content_region.height
        if step > 0 and stop > top + height:
            self.action_scroll_by(min(max(1, height - 2), stop - top - height))
        elif step < 0 and first < top:
            self.action_scroll_by(-min(max(1, height - 2), top - first))
        else:
            self.action_go_to(self.cursor + step)

    def action_go_to(self, index: int) -> None:
        """Go to a field."""
        self.cursor = max(0, min(index, len(self.rows) - 1))
        self.wrap()
        first, stop = self._reach(self.cursor)
        top, height = round(self.scroll_y), self.scrollable_content_region.height
        if first < top or stop - first >= height:
            self.scroll_to(y=first, animate=False)
        elif stop > top + height:
            self.scroll_to(y=stop - height, animate=False)
        self.post_message(self.Chosen())

    def action_choose(self, step: int) -> None:
        """Take this field's value from another side."""
        if self.row is not None:
            self.row.choose(step)
            self.wrap()
            self.post_message(self.Chosen())

    def on_click(self, event: events.Click) -> None:
        """Go to the field that was clicked."""
        line = event.get_content_offset_capture(self).y + round(self.scroll_y)
        for index in range(len(self.rows)):
            first, stop = self._reach(index)
            if first <= line < stop:
                self.action_go_to(index)

    def _reach(self, index: int) -> tuple[int, int]:
        """The first line of a field, and the one after its last."""
        if index >= len(self._begins):
            return 0, 0
        ends = [*self._begins[1:], len(self._lines)]
        return self._begins[index], ends[index]

    # Lines

    def lines_at(self, width: int) -> Sequence[Content]:
        """Every field in lines of `width` cells."""
        lines: list[Content] = []
        self._begins = []
        for index, row in enumerate(self.rows):
            self._begins.append(len(lines))
            lines += self._framed(row, max(40, width - 1), here=index == self.cursor)
        return lines

    def _framed(self, row: Row, width: int, *, here: bool) -> Iterator[Content]:
        """A field's lines behind cursor and name, which stands above where there is little room."""
        beside = width >= _ROOMY
        gutter = Content.styled(f"{glyphs.CURSOR} " if here else "  ", "$text-accent")
        sign = _DIFFERS if row.differs and row.field.choice else " "
        style = "bold" if here else "$foreground" if row.differs else "$quiet"
        label = cut(row.field.label, _LABEL)
        name = Content.assemble((label.ljust(_LABEL) if beside else label, style), " ")
        name += Content.assemble((sign, "$text-warning"), " ")
        room = width - gutter.cell_length - (name.cell_length if beside else 0)
        blank = Content(" " * name.cell_length)
        if not beside:
            yield gutter + name
        for number, line in enumerate(_body(row, room)):
            lead = (name if number == 0 else blank) if beside else Content("")
            yield gutter + lead + line
        yield Content("")


def _body(row: Row, room: int) -> Iterator[Content]:
    """Both values beside each other; once across, in a quiet ink, if they are the same."""
    if not row.differs:
        for line in Content.styled(row.left, "$quiet").wrap(room - 2):
            yield Content("  ") + line
        return
    column = (room - len(_BETWEEN)) // 2
    mine, theirs = row.changes()
    lefts = _column(row, Side.LEFT, row.left, mine, column)
    rights = _column(row, Side.RIGHT, row.right, theirs, column)
    nothing = Content(" " * column)
    for left, right in zip_longest(lefts, rights, fillvalue=nothing):
        yield left + Content.styled(_BETWEEN, "$groove") + right


def _column(row: Row, side: Side, text: str, changes: Spans, width: int) -> list[Content]:
    taken = row.takes(side)
    ink = "$foreground" if taken else "$quiet"
    content = Content.styled(text, ink) if text else Content.styled("none", "italic $quiet")
    for start, stop in changes:
        content = content.stylize(_CHANGED, start, stop)
    mark = (_TAKEN if taken else _LEFT_OUT) if row.sides else " "
    first = Content.styled(f"{mark} ", "$text-primary" if taken else "$quiet")
    lines = content.wrap(max(8, width - 2))
    return [
        ((first if number == 0 else Content("  ")) + line).pad_right(
            max(0, width - 2 - line.cell_length)
        )
        for number, line in enumerate(lines)
    ]
