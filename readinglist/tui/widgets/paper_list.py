"""The paper list: one line for each result, only the visible ones asked of the library."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.strip import Strip

from readinglist.errors import ReadingListError
from readinglist.library import Results
from readinglist.library.journal.tags import COLOURS
from readinglist.records import Row, Status
from readinglist.tui.said import Said
from readinglist.tui.view import nearest
from readinglist.tui.widgets.paper_line import Look, painted, painted_below
from readinglist.tui.widgets.selecting import Selecting

_NOT_READ = "    …"  # in place of a paper that is not read yet
_WINDOWS_KEPT = 2000  # rows; a few screens of any size


class PaperList(Selecting):
    """The results, one paper on each line, with a cursor and a selection."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "papers--cursor",
        "papers--cursor-quiet",
        "papers--bar",
        "papers--chosen",
        "papers--match",
        "papers--muted",
        "papers--star",
        "papers--tag",
        *(f"papers--tag-{colour}" for colour in COLOURS),
        *(f"papers--{status}" for status in Status),
    }

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter", "open", "Open", id="paper.open", show=False,
            tooltip="Read the paper under the cursor.",
        ),
    ]  # fmt: skip

    class Moved(Said):
        """The cursor is on another paper, or on none."""

        paper_id: int | None

    class Opened(Said):
        """The paper under the cursor should be shown."""

    class EndWanted(Said):
        """Something is to be done at the end, and it is not known yet where that is."""

        action: Callable[[], None]

    class Unreadable(Said):
        """Rows could not be read; they are blank until the list is painted again."""

        error: ReadingListError

    def __init__(
        self, results: Results, columns: Sequence[str], *, wrap: bool, id: str = "papers"
    ) -> None:
        super().__init__(results, id=id)
        self.columns = tuple(columns)
        self.deep = 2 if wrap else 1
        self.vacancy: list[Content] = []
        self.tag_colours: Mapping[str, str] = {}
        self._remark: str | None = None
        self._rows: dict[int, Row] = {}
        self._unreadable = False
        self._sought: int | None = None

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:  # noqa: ARG002 (see `Explains`)
        """There may be no paper to go to, to select or to read."""
        return "" if self.count else "There is no paper here."

    # What is listed

    def show(self, results: Results, *, from_top: bool = False) -> None:
        """List other results; the cursor keeps its paper and its place on the screen."""
        screen_row = self.cursor * self.deep - round(self.scroll_y)
        paper = self.cursor_id
        self.cursor = 0 if from_top else nearest(self.results, self.cursor, results)
        self._sought = None
        self.results = results
        self.resize_lines()
        y = 0 if from_top else self.cursor * self.deep - screen_row
        self.scroll_to(y=y, animate=False, force=True)
        self.reveal()
        self.reread()
        if self.cursor_id != paper:
            self.said_moved()

    def fill(self, results: Results) -> None:
        """List the same results, of which more papers are known now; nothing that shows moves."""
        paper, before, sought = self.cursor_id, self.cursor, self._sought
        self.results = results
        self.cursor = min(before, max(len(results) - 1, 0))
        self.resize_lines()
        if sought is not None and not self.cursor and results.complete:
            self._sought = None
            self.go(results.index_of(sought) or 0)
        elif paper is not None and results.at(before) != paper:  # there were edits meanwhile
            place = results.index_of(paper)
            self.cursor = self.cursor if place is None else place
            by = (self.cursor - before) * self.deep
            self.scroll_to(y=round(self.scroll_y) + by, animate=False, force=True)
        self.reread()
        if self.cursor_id != paper:
            self.said_moved()

    def entitle(self, remark: str) -> None:
        """Name the pane, with a remark on what is listed; a title paints the whole list anew."""
        if remark != self._remark:
            self._remark = remark
            said = Content(f"   {remark}" if remark else "").stylize("not bold")
            self.border_title = Content("2 Papers") + said

    def seek(self, paper: int | None) -> None:
        """Go to a paper; to one that is still being found, unless the cursor is moved before."""
        place = None if paper is None else self.results.index_of(paper)
        if place is not None:
            self.go(place)
        elif not self.results.complete:
            self._sought = paper

    def reread(self) -> None:
        """Paint the same papers as the library has them now."""
        self._rows.clear()
        self._unreadable = False
        self.refresh()

    def row(self, index: int) -> Row | None:
        """The row at an index, read with its neighbours."""
        if index in self._rows or self.results.near(index) is None:
            return self._rows.get(index)
        if not self._unreadable:
            try:
                self._read_window(index)
            except ReadingListError as error:
                self._unreadable = True
                self.post_message(self.Unreadable(error))
        return self._rows.get(index)

    def _read_window(self, index: int) -> None:
        if len(self._rows) > _WINDOWS_KEPT:
            self._rows.clear()
        height = max(self.size.height, 1)
        start = max(0, index - height)
        stop = min(self.count, index + 2 * height)
        places = {paper: place for place, paper in self.results.between(start, stop)}
        for row in self.results.rows(start, stop):
            self._rows[places[row.id]] = row

    def action_bottom(self) -> None:
        """Go to the last line, once it is known which that is."""
        if self.results.counted:
            super().action_bottom()
        else:
            self.post_message(self.EndWanted(self.action_bottom))

    # What the user did

    def said_moved(self) -> None:
        """Stretch a range to the cursor, and tell, as soon as it is known which paper is there."""
        if self.count and self.cursor_id is None and not self.results.complete:
            self.post_message(self.AllWanted(self.said_moved))
            return
        if self.ranging:
            self.stretch()
        self.post_message(self.Moved(self.cursor_id))

    def said_chosen(self) -> None:
        """Tell that the paper was clicked twice."""
        self.action_open()

    def action_open(self) -> None:
        """Tell that the paper should be shown."""
        if self.cursor_id is not None:
            self.post_message(self.Opened())

    # Rendering

    def render_line(self, y: int) -> Strip:
        """One line of the window, or of what is said when nothing is listed."""
        if self.count:
            return super().render_line(y)
        top = max(0, (self.size.height - len(self.vacancy)) // 3)
        if not 0 <= y - top < len(self.vacancy):
            return Strip.blank(self.size.width, self.rich_style)
        text = self.vacancy[y - top].truncate(max(1, self.size.width - 2), ellipsis=True)
        segments = text.pad_left(2).render_segments(self.visual_style)
        return Strip(segments).adjust_cell_length(self.size.width, self.rich_style)

    def line_style(self, index: int) -> Style:
        """The cursor's line stands out, more so where the keys go."""
        if index != self.cursor:
            return self.rich_style
        name = "papers--cursor" if self.has_focus else "papers--cursor-quiet"
        return self.get_component_rich_style(name)

    def line(self, index: int, width: int) -> list[Segment]:
        """Cursor and selection, then the columns that are set."""
        row = self.row(index)
        if row is None:
            return [Segment(_NOT_READ, self._ink(index, "muted"))]
        return painted(row, width, self.columns, self._look(index, row))

    def part(self, index: int, part: int, width: int) -> list[Segment]:
        """The second of two lines has what the title's first has no room for."""
        if not part:
            return self.line(index, width)
        row = self.row(index)
        if row is None:
            return []
        return painted_below(row, width, self.columns, self._look(index, row))

    def _look(self, index: int, row: Row) -> Look:
        return Look(
            base=self.line_style(index),
            ink=partial(self._ink, index),
            is_cursor=index == self.cursor,
            is_chosen=row.id in self.selection,
            marks=self.results.marks,
            colours=self.tag_colours,
            wrap=self.deep > 1,
        )

    def set_look(self, columns: Sequence[str], *, wrap: bool) -> None:
        """Show other columns, or titles on another number of lines, around the same paper."""
        row = self.cursor * self.deep - round(self.scroll_y)
        self.columns, self.deep = tuple(columns), 2 if wrap else 1
        self.resize_lines()
        self.scroll_to(y=self.cursor * self.deep - row, animate=False, force=True)
        self.reveal()
        self.refresh()

    def _ink(self, index: int, name: str) -> Style:
        return self.ink(f"papers--{name}", index)
