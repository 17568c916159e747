"""The three panes: which show at this size, which has the keys, and the way between them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.widget import Widget

from readinglist.tui.main.workbench import Workbench
from readinglist.tui.memory import Memory

ORDER = ("facets", "papers", "detail")
SMALLEST = Size(60, 15)
_TWO_PANES, _THREE_PANES = 100, 140  # columns from which that many show
_FACETS = "facets"  # in cells; the detail's size is a percentage of the width
_FILTERS = 27  # cells of the filters and their margin, as long as nobody chose
_NARROWEST, _ROOM_FOR_PAPERS = 16, 32  # cells
_LEAST = 20  # percent
_STEP = 2
_ROOMY = 20  # lines from which there are margins


def is_too_small(size: Size) -> bool:
    """Whether less fits than the panes need to be of use."""
    return size.width < SMALLEST.width or size.height < SMALLEST.height


class PaneActions(Workbench):
    """Walking between the panes, and zooming one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "tab", "step_pane(1)", "Next pane", id="pane.next", show=False,
            tooltip="Go to the next pane.",
        ),
        Binding(
            "shift+tab", "step_pane(-1)", "Previous pane", id="pane.previous", show=False,
            tooltip="Go to the previous pane.",
        ),
        Binding(
            "l", "side_pane(1)", "Pane to the right", id="pane.right", show=False,
            tooltip="Go to the pane on the right.",
        ),
        Binding(
            "h", "side_pane(-1)", "Pane to the left", id="pane.left", show=False,
            tooltip="Go to the pane on the left.",
        ),
        Binding(
            "1", "pane('facets')", "Filters", id="pane.facets", show=False,
            tooltip="Go to the filters.",
        ),
        Binding(
            "2", "pane('papers')", "Papers", id="pane.papers", show=False,
            tooltip="Go to the list of papers.",
        ),
        Binding(
            "3", "pane('detail')", "Detail", id="pane.detail", show=False,
            tooltip="Go to the paper's text.",
        ),
        Binding(
            "plus", "zoom(True)", "Zoom", id="pane.zoom", show=False,
            tooltip="Give this pane the whole screen; again gives it back.",
        ),
        Binding(
            "underscore", "zoom(False)", "Zoom out", id="pane.unzoom", show=False,
            tooltip="Show the other panes again.",
        ),
        Binding(
            "less_than_sign", "resize_pane(-1)", "Narrower", id="pane.narrower", show=False,
            tooltip="Make this pane narrower.",
        ),
        Binding(
            "greater_than_sign", "resize_pane(1)", "Wider", id="pane.wider", show=False,
            tooltip="Make this pane wider; its size is remembered.",
        ),
        Binding(
            "escape", "back", "Back", id="pane.back", show=False,
            tooltip="Go back the way you came, then clear search, filters and selection.",
        ),
    ]  # fmt: skip

    pane = "papers"
    _fits = 3
    _width = 0
    _sizes: tuple[int | None, str | None] = (None, None)

    def __init__(self, library_path: Path, memory: Memory) -> None:
        super().__init__(library_path, memory)
        self.zoomed = memory.zoomed

    def fit(self, size: Size) -> None:
        """Show as many panes as fit."""
        self.take_measure(size)
        self._show_panes()

    def take_measure(self, size: Size) -> None:
        """Be styled for this size; what is composed afterwards need not be styled again."""
        self._width = size.width
        self._fits = 1 + (size.width >= _TWO_PANES) + (size.width >= _THREE_PANES)
        self.set_class(size.height < _ROOMY, "-short")
        self._mark_panes()

    @property
    def alone(self) -> bool:
        """Whether one pane has the whole screen."""
        return self.zoomed or self._fits == 1

    def _show_panes(self) -> None:
        for name in ORDER:
            shown = name == self.pane if self.alone else name != "facets" or self._shows_facets()
            self._pane(name).display = shown
        self._mark_panes()
        self._size_panes()

    def _mark_panes(self) -> None:
        self.set_class(self.alone, "-one")
        self.set_class(not self.alone and self._fits == 2, "-two")
        self.set_class(not self.alone and self._fits == 3, "-three")

    def _size_panes(self) -> None:
        """Give the panes the sizes that the user chose, as far as the others keep some room."""
        facets, detail = self.memory.sizes.get(_FACETS), self.memory.sizes.get(self._detail_size)
        if facets is not None:
            facets = _between(_NARROWEST, facets, self._widest_facets)
        if detail is not None:
            detail = _between(_LEAST, detail, self._widest_detail)
        sizes = (None, None) if self.alone else (facets, f"{detail}%" if detail else None)
        if sizes != self._sizes:  # giving one lays everything out, also the one it has
            self._sizes = sizes
            self.facets.styles.width, self.detail.styles.width = sizes

    @property
    def _widest_facets(self) -> int:
        """How many cells leave the others some."""
        return (self._width - _ROOM_FOR_PAPERS) // 3

    @property
    def _widest_detail(self) -> int:
        """How many percent leave the list its room."""
        facets = self.memory.sizes.get(_FACETS, _FILTERS) if self._shows_facets() else 0
        room = self._width - _ROOM_FOR_PAPERS - min(facets, self._widest_facets)
        return 100 * room // self._width

    @property
    def _detail_size(self) -> str:
        """What the detail's share of the width is remembered as: it is another beside filters."""
        return f"detail-{self._fits}"

    def action_resize_pane(self, step: int) -> None:
        """Make the pane narrower or wider, at the expense of the list, or of the detail."""
        name, _, after = self.resized(step)
        self.memory.resize(name, after)
        self._size_panes()

    def resized(self, step: int) -> tuple[str, int, int]:
        """What the pane's size is remembered as, its size now, and after a step."""
        if self.pane == "facets":
            name, now, most = _FACETS, self.facets.outer_size.width, self._widest_facets
        else:
            step = step if self.pane == "detail" else -step
            shown = round(100 * (self.detail.outer_size.width + 1) / self._width)
            name, now, most = self._detail_size, shown, self._widest_detail
        least = _NARROWEST if name == _FACETS else _LEAST
        now = min(self.memory.sizes.get(name, now), most)
        return name, now, _between(least, now + step * _STEP, most)

    def _shows_facets(self) -> bool:
        return self._fits == 3 or self.pane == "facets"

    def _pane(self, name: str) -> Widget:
        return self.query_one(f"#{name}")

    def go_pane(self, pane: str) -> None:
        """Show a pane and give it the keys."""
        if self.empty:
            return
        self.open_pane(pane)
        self.show_detail()

    def see_papers(self) -> None:
        """Go to the list where it is hidden."""
        if self.alone and self.pane != "papers":
            self.go_pane("papers")

    def open_pane(self, pane: str) -> None:
        """Show a pane, empty as it may be, and give it the keys."""
        self.pane = pane
        self._show_panes()
        self._pane(pane).focus()

    def action_pane(self, pane: str) -> None:
        """Go to a pane by number."""
        self.go_pane(pane)

    def action_step_pane(self, step: int) -> None:
        """Go round the panes."""
        self.go_pane(ORDER[(ORDER.index(self.pane) + step) % len(ORDER)])

    def action_side_pane(self, step: int) -> None:
        """Go to the pane beside this one, if there is one."""
        if (pane := self.pane_beside(step)) is not None:
            self.go_pane(pane)

    def pane_beside(self, step: int) -> str | None:
        """The pane beside this one."""
        place = ORDER.index(self.pane) + step
        return ORDER[place] if 0 <= place < len(ORDER) else None

    def action_zoom(self, zoom: bool) -> None:
        """Give the pane the whole screen, or show the others again."""
        self.zoomed = zoom and not self.zoomed
        self.memory.zoom(self.zoomed)
        self.go_pane(self.pane)

    def on_descendant_focus(self) -> None:
        """A click into a pane makes it the current one."""
        if self.focused is not None and self.focused.id in ORDER and self.focused.id != self.pane:
            self.go_pane(str(self.focused.id))
        self.show_status()

    # Back, one step at a time

    def action_back(self) -> None:
        """Undo one step of where the user has gone."""
        if (step := self.way_back()) is not None:
            step()

    def way_back(self) -> Callable[[], None] | None:
        """One step back from where the user has gone; None from where all begins."""
        for applies, step in (
            (self.pane != "papers", partial(self.go_pane, "papers")),
            (self.has_jumped, self.jump_back),
            (self.papers.ranging, self.papers.action_choose_range),
            (bool(self.view.query), self.clear_search),
            (bool(self.view.facets), self.clear_facets),
            (bool(self.papers.selection), self.papers.clear_selection),
            (self.zoomed, partial(self.action_zoom, False)),
        ):
            if applies:
                return step
        return None


def _between(least: int, size: int, most: int) -> int:
    return max(least, min(size, most))
