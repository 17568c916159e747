"""The papers that a link in a note may mean, while it is typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from readinglist.records import Row
from readinglist.tui.looks.cells import one_line
from readinglist.tui.notes.links import begun
from readinglist.tui.screens.item_list import Item, ItemList
from readinglist.tui.screens.note_area import NoteArea

_MOST_LINES = 6
Find = Callable[[str], Sequence[Row]]


class LinkChoice:
    """Shows a list under the note after `[[`; what is taken is written as `[[key]]`."""

    def __init__(self, area: NoteArea, find: Find | None) -> None:
        self.list = ItemList(id="choice")
        self._area = area
        self._find = find
        self._typed: str | None = None
        self._left: str | None = None  # what was typed when the list was sent away
        self._rows: Sequence[Row] = ()

    def look(self) -> None:
        """Offer what the link that the cursor is in may mean."""
        typed = begun(self._area.before_cursor) if self._find else None
        if typed is not None and typed == self._typed:
            return
        self._typed = typed
        if typed != self._left:
            self._left = None
        offered = typed is not None and self._left is None
        self._rows = self._find(typed) if self._find and typed is not None and offered else ()
        self._show()

    def _show(self) -> None:
        items = [Item(one_line(row.title), aside=one_line(row.key)) for row in self._rows]
        self.list.styles.height = min(_MOST_LINES, len(items))
        self.list.show(items, 0)
        self.list.set_class(bool(items), "-shown")
        self._area.choosing = bool(items)

    def step(self, step: int) -> None:
        """Choose another."""
        self.list.action_move(step)

    def dismiss(self) -> None:
        """Offer nothing for what is typed now."""
        self._left = self._typed
        self._rows = ()
        self._show()

    def take(self) -> None:
        """Write the link to the paper that is chosen."""
        place = self.list.cursor
        if self._typed is None or not 0 <= place < len(self._rows):
            return
        area, key = self._area, self._rows[place].key
        row, column = area.cursor_location
        after = area.document.get_line(row)[column:]
        end = column + (2 if after.startswith("]]") else 0)
        self._rows = ()
        self._show()
        area.replace(f"{key}]]", (row, column - len(self._typed)), (row, end))
        area.move_cursor((row, column - len(self._typed) + len(key) + 2))
