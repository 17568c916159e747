"""The list inside a dialog: a mark, a text, and a quiet fact at the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, overload

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events

from readinglist.errors import ReadingListError
from readinglist.library.journal.tags import COLOURS
from readinglist.tui.looks import glyphs
from readinglist.tui.looks.cells import cut, one_line
from readinglist.tui.looks.legibility import on_paper
from readinglist.tui.said import Said
from readinglist.tui.widgets.line_list import LineList

NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Item:
    """One line; its strings are already safe to show. `here` is said at the right on the cursor."""

    text: str
    mark: str = ""
    aside: str = ""
    here: str = ""
    tone: str = ""
    stop: bool = True
    quiet: bool = False


class Pages(Sequence[Item]):
    """Lines of a long list, read from the library a page at a time, once they show."""

    SIZE = 64  # more lines than most screens have

    def __init__(self, ids: Sequence[int], read: Callable[[Sequence[int]], list[Item]]) -> None:
        self._ids = ids
        self._read = read
        self._pages: dict[int, list[Item]] = {}

    def __len__(self) -> int:
        return len(self._ids)

    @overload
    def __getitem__(self, index: int) -> Item: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Item]: ...
    def __getitem__(self, index: int | slice) -> Item | Sequence[Item]:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self)))]
        if not 0 <= index < len(self):
            raise IndexError(index)
        page, place = divmod(index, self.SIZE)
        if page not in self._pages:
            self._pages[page] = self._lines(page * self.SIZE)
        lines = self._pages[page]
        return lines[place] if place < len(lines) else Item("")

    def _lines(self, start: int) -> list[Item]:
        try:
            return self._read(self._ids[start : start + self.SIZE])
        except ReadingListError as error:
            return [Item(one_line(str(error)), quiet=True)]


class ItemList(LineList):
    """Lines to choose from; without `can_focus` an input beside it keeps the keys."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "items--cursor",
        "items--mark",
        "items--muted",
        "items--success",
        "items--warning",
        "items--error",
        "items--accent",
        *(f"items--tag-{colour}" for colour in COLOURS),
    }

    DEFAULT_CSS = """
    ItemList {
        background: $surface;
        & > .items--cursor { background: $primary 35%; text-style: bold; }
        & > .items--mark { color: $text-primary; }
        & > .items--muted { color: $text-muted; }
        & > .items--success { color: $text-success; }
        & > .items--warning { color: $text-warning; }
        & > .items--error { color: $text-error; }
        & > .items--accent { color: $text-accent; text-style: bold; }
    }
    """

    class Picked(Said):
        """A line was clicked; `twice` when for the second time."""

        index: int
        twice: bool

    def __init__(
        self,
        items: Sequence[Item] = (),
        *,
        id: str = "items",
        can_focus: bool = False,
        fit: bool = False,
    ) -> None:
        super().__init__(id=id)
        self.can_focus = can_focus
        if fit:
            self.styles.height = max(1, len(items))
        self.items: Sequence[Item] = tuple(items)
        self._mark_width = max((cell_len(item.mark) for item in items), default=0)

    def on_mount(self) -> None:
        """Tell the scroll bar how many lines there are."""
        self.resize_lines()

    @property
    def count(self) -> int:
        """How many lines there are."""
        return len(self.items)

    @property
    def item(self) -> Item | None:
        """The line under the cursor."""
        return self.items[self.cursor] if 0 <= self.cursor < self.count else None

    def show(self, items: Sequence[Item], cursor: int = NOWHERE) -> None:
        """List other lines, the cursor on one of them or nowhere."""
        self.items = tuple(items)
        self._mark_width = max((cell_len(item.mark) for item in items), default=0)
        self._place(cursor)

    def show_pages(self, pages: Pages, cursor: int, *, mark_width: int = 0) -> None:
        """List lines that are read once they show, the cursor on one of them."""
        self.items = pages
        self._mark_width = mark_width
        self._place(cursor)

    def _place(self, cursor: int) -> None:
        self.cursor = cursor
        self.resize_lines()
        if cursor == NOWHERE:
            self.scroll_to(y=0, animate=False)
        else:
            self.reveal()
        self.refresh()

    def stops_at(self, index: int) -> bool:
        """The cursor passes over lines that only say something."""
        return self.items[index].stop

    def clicked(self, event: events.Click) -> None:
        """Tell which line was clicked."""
        self.post_message(self.Picked(self.cursor, twice=event.chain == 2))

    def line_style(self, index: int) -> Style:
        """The cursor's line stands out."""
        if index == self.cursor:
            return self.get_component_rich_style("items--cursor")
        return self.rich_style

    def line(self, index: int, width: int) -> list[Segment]:
        """Cursor, mark, text, and the fact at the right edge."""
        item, base = self.items[index], self.line_style(index)
        here = index == self.cursor
        aside = item.here if here and item.here else item.aside
        aside = cut(aside, max(0, width // 2 - 2))
        room = max(0, width - 4 - (cell_len(aside) + 2 if aside else 0) - self._mark_space)
        text = cut(item.text, room)
        gap = max(0, width - 3 - self._mark_space - cell_len(text) - cell_len(aside))
        return [
            Segment(glyphs.CURSOR if here else " ", self.ink("accent", index)),
            Segment(" ", base),
            Segment(self._before(item), self.ink(item.tone or "mark", index)),
            Segment(text, base if item.stop and not item.quiet else self.ink("muted", index)),
            Segment(" " * gap, base),
            Segment(aside, base if here else self.ink(item.tone or "muted", index)),
            Segment(" ", base),
        ]

    @property
    def _mark_space(self) -> int:
        return self._mark_width + 1 if self._mark_width else 0

    def _before(self, item: Item) -> str:
        padding = " " * max(0, self._mark_space - cell_len(item.mark))
        return item.mark + padding

    def ink(self, name: str, index: int) -> Style:
        """A tone's colour and weight on a line's own background."""
        # Only a whole style has its automatic colours worked out; its background is the line's.
        whole = self.get_component_rich_style(f"items--{name}")
        plain = index == self.cursor and self.app.native_ansi_color
        color = None if plain else whole.color  # sixteen colours cannot promise any contrast there
        line = self.line_style(index)
        return line + on_paper(Style(color=color, bold=whole.bold, dim=whole.dim), line)
