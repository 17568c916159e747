"""The papers most like one, each with the words that both say."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from readinglist.outcomes import Similar
from readinglist.records import Row
from readinglist.tui.looks import glyphs
from readinglist.tui.looks.cells import one_line
from readinglist.tui.screens.dialog import Dialog
from readinglist.tui.screens.item_list import Item, ItemList
from readinglist.tui.screens.key_hints import KeyHints
from readinglist.tui.screens.line import Line

_QUIET = 0.15  # seconds before it is worth a word that something takes long
_LINES = 2  # for each paper: its title, and what it shares
_DOTS = 5
_ALIKE = 0.45  # the score from which all dots are full; few papers are more alike


class SimilarPapers(Dialog[int | None]):
    """Returns the paper to go to. `ask` has the papers found that are like one; see `show`."""

    HOLDS: ClassVar = (ItemList,)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "go", "go to it", id="similar.go", tooltip="Go to this paper."),
        Binding(
            "m", "like_this", "more like it", id="similar.again",
            tooltip="List the papers that are most like this one.",
        ),
        Binding(
            "backspace", "back", "back", id="similar.back",
            tooltip="Back to the paper that this list was reached from.",
        ),
        Binding("escape", "cancel", "close", id="similar.close", tooltip="Back to the papers."),
        Binding("q", "cancel", "close", show=False),
    ]  # fmt: skip

    DEFAULT_CSS = """
    SimilarPapers {
        & > .frame { width: 110; height: 90%; }
        & .title { width: 1fr; height: auto; max-height: 2; margin: 0 1; text-style: bold; }
        & ItemList { height: 1fr; margin-top: 1; }
        & Line { margin: 1 1 0 1; }
    }
    """

    def __init__(self, row: Row, ask: Callable[[int], None]) -> None:
        super().__init__("More like this", aside="by their words")
        self._ask = ask
        self._trail = [row]
        self._rows: Sequence[Row] = ()
        self._waiting = True

    def body(self) -> Iterator[Widget]:
        """The paper at hand, those like it, and how it is going."""
        yield Static(markup=False, classes="title")
        yield ItemList(can_focus=True)
        yield Line(id="notice")

    def on_mount(self) -> None:
        """Ask for the papers like the first one."""
        self._look_for()

    def _look_for(self) -> None:
        self.query_one(".title", Static).update(Content(one_line(self._trail[-1].title)))
        self._waiting = True
        self._ask(self._trail[-1].id)
        self.set_timer(_QUIET, self._say_waiting)

    def _say_waiting(self) -> None:
        if self._waiting:
            self.say("Comparing the words of all papers…")

    def show(self, paper: int, found: Sequence[tuple[Similar, Row]]) -> None:
        """List what was found, if it is about the paper that is at hand."""
        if paper != self._trail[-1].id:
            return
        self._waiting = False
        self._rows = [row for _, row in found]
        items = [item for each, row in found for item in _items(each, row)]
        self.query_one(ItemList).show(items, 0)
        self.say(
            "The more of the rarer words two papers share, the more alike they are."
            if found
            else "No other paper shares a word that says something."
        )
        self.query_one(KeyHints).update()

    @property
    def _row(self) -> Row | None:
        """The paper under the cursor."""
        place = self.query_one(ItemList).cursor // _LINES
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Back leads somewhere only after going on."""
        if action == "back":
            return len(self._trail) > 1
        return super().check_action(action, parameters)

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        """A paper to go to, or one that this list was reached from."""
        if action == "back" and len(self._trail) < 2:
            return "This is where it began."
        if action in ("go", "like_this") and self._row is None:
            return "There is no paper here."
        return super().why_not(action, parameters)

    def action_go(self) -> None:
        """Go to the paper under the cursor."""
        if (row := self._row) is not None:
            self.finish(row.id)

    def action_like_this(self) -> None:
        """List the papers like the one under the cursor."""
        if (row := self._row) is not None:
            self._trail.append(row)
            self._look_for()

    def action_back(self) -> None:
        """List again what this list was reached from."""
        if len(self._trail) > 1:
            self._trail.pop()
            self._look_for()

    def on_item_list_picked(self, event: ItemList.Picked) -> None:
        """A second click goes to the paper."""
        event.stop()
        if event.twice:
            self.action_go()


def _items(each: Similar, row: Row) -> Iterator[Item]:
    """A paper in two lines."""
    star = glyphs.STAR if row.starred else " "
    mark = f"{glyphs.STATUS[row.status]}{star}"
    yield Item(one_line(row.title), mark=mark, aside=_dots(each.score))
    yield Item(f"  {' · '.join(map(one_line, each.terms))}", mark="  ", stop=False)


def _dots(score: float) -> str:
    """How alike, at a glance."""
    full = min(_DOTS, 1 + int(score / _ALIKE * _DOTS))
    return "●" * full + "○" * (_DOTS - full)
