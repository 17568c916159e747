"""How the reading goes, in pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget

from readinglist.charts.drawing import BLOCKS, Signs
from readinglist.charts.drawing import Line as Drawn
from readinglist.charts.page import OPEN, page
from readinglist.library.statistics.figures import Statistics
from readinglist.tui.keyboard.names import key
from readinglist.tui.looks.cells import fill, one_line
from readinglist.tui.said import Said
from readinglist.tui.screens.dialog import Dialog
from readinglist.tui.screens.key_hints import KeyHints
from readinglist.tui.screens.line import Line
from readinglist.tui.widgets.wrapped_text import WrappedText
from readinglist.tui.wording.paper_text import STATUS_STYLES
from readinglist.tui.wording.paragraph import MUTED

_QUIET = 0.15  # seconds before it is worth a word that something takes long
_NARROWEST = 52  # cells, of the 60 columns that the app needs
_WIDEST, _BESIDE = 122, 6  # cells of the frame, and of what is beside the pictures in it
_AROUND, _NOTICE = 4, 2  # lines of the frame and the keys, and of what is told above
_STYLES = {"strong": "bold", "quiet": MUTED} | {str(s): ink for s, ink in STATUS_STYLES.items()}


class Pictures(WrappedText):
    """The pictures for the width there is."""

    class Measured(Said):
        """The pictures are on so many lines now."""

        lines: int

    figures: Statistics | None = None
    signs = BLOCKS

    def show(self, figures: Statistics) -> None:
        """Draw these figures, where the page is scrolled to."""
        self.figures = figures
        self.wrap()

    def on_resize(self) -> None:
        """Tell how high they are at another width."""
        if self.figures is not None:
            self.post_message(self.Measured(len(self.lines_at(self.size.width))))

    def lines_at(self, width: int) -> Sequence[Content]:
        """The page, line by line."""
        if self.figures is None:
            return []
        return [
            _content(line)
            for line in page(self.figures, max(_NARROWEST, width - 2), _cut, self.signs)
        ]


class StatisticsScreen(Dialog[int | None]):
    """Returns the paper to go to. `ask` has the figures reckoned; see `show`."""

    HOLDS: ClassVar = (Pictures,)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down", "scroll(1)", "scroll", key_display="j k", id="statistics.scroll",
                priority=True, tooltip="Scroll through the pictures."),
        Binding("k,up", "scroll(-1)", "scroll", priority=True, show=False),
        *(Binding(str(n), f"open({n})", f"open paper {n}", show=False) for n in range(2, OPEN + 1)),
        Binding("1", "open(1)", "go to an open paper", key_display=f"1-{OPEN}",
                id="statistics.open", tooltip="Go to one of the papers that are open in reading."),
        Binding("escape", "cancel", "close", id="statistics.close", tooltip="Back to the papers."),
        Binding("q,S", "cancel", "close", show=False),
    ]  # fmt: skip

    DEFAULT_CSS = """
    StatisticsScreen {
        & > .frame { width: 122; height: 95%; }
        & Pictures { height: 1fr; margin: 0 0 0 1; }
        & #notice { height: 1; margin: 0 1 1 1; display: none; }
        & #notice.-told { display: block; }
        &.-waiting > .frame { visibility: hidden; }
    }
    """

    def __init__(self, ask: Callable[[], None], signs: Signs = BLOCKS) -> None:
        super().__init__("Statistics", aside="from the journal")
        self._ask = ask
        self._signs = signs

    def body(self) -> Iterator[Widget]:
        """The pictures, and how it is going."""
        yield Line(id="notice")
        yield Pictures(id="pictures")

    @property
    def _pictures(self) -> Pictures:
        return self.query_one(Pictures)

    def on_mount(self) -> None:
        """Have the figures reckoned."""
        self._pictures.signs = self._signs
        self.add_class("-waiting")  # the frame shows once it is known how high it is
        self._ask()
        self.set_timer(_QUIET, self._say_waiting)

    def look_again(self) -> None:
        """Reckon anew what another program has written."""
        self._ask()

    def _say_waiting(self) -> None:
        if self._pictures.figures is None:
            self.remove_class("-waiting")
            self._tell("Reading the journal…")
            self._fit(1)

    def _tell(self, text: str) -> None:
        self.say(text)
        self.query_one("#notice").set_class(bool(text), "-told")

    def show(self, figures: Statistics) -> None:
        """Show what was reckoned, on no more lines than it takes."""
        self._pictures.show(figures)
        self._tell("" if figures.finished or figures.reading else _nothing())
        self._fit(len(self._pictures.lines_at(min(_WIDEST, self.size.width) - _BESIDE)))
        self.remove_class("-waiting")  # only now, at its height; what is hidden has no size
        self.query_one(KeyHints).update()

    def on_pictures_measured(self, event: Pictures.Measured) -> None:
        """Be no higher than it takes."""
        self._fit(event.lines)

    def _fit(self, lines: int) -> None:
        told = self.query_one("#notice").has_class("-told")
        self.query_one(".frame").styles.max_height = lines + _AROUND + (_NOTICE if told else 0)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without an open paper there is none to go to."""
        if action == "open":
            figures = self._pictures.figures if self.is_mounted else None
            return figures is not None and bool(figures.reading)
        return super().check_action(action, parameters)

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        """Only an open paper can be gone to."""
        if action == "open":
            figures = self._pictures.figures
            count = len(figures.reading[:OPEN]) if figures is not None else 0
            if not count:
                return "No paper is open in reading."
            if parameters > (count,):
                return f"Only {count} {'is' if count == 1 else 'are'} open in reading."
        return super().why_not(action, parameters)

    def action_scroll(self, lines: int) -> None:
        """Scroll, wherever the focus is."""
        self._pictures.action_scroll_by(lines)

    def action_open(self, number: int) -> None:
        """Go to one of the open papers."""
        figures = self._pictures.figures
        if figures is not None and number <= len(figures.reading):
            self.finish(figures.reading[number - 1].id)


def _nothing() -> str:
    wants, opens = key("edit.to-read", "w"), key("edit.reading", "r")
    done = key("edit.read", "d")
    return f"Nothing is read yet: {wants} wants to read a paper, {opens} opens it, {done} is done."


def _content(line: Drawn) -> Content:
    return Content.assemble(*((text, _STYLES.get(tone, "")) for text, tone in line))


def _cut(text: str, width: int) -> str:
    return fill(one_line(text), width)
