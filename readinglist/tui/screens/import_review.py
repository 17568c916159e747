"""What an import brought: its new, merged and changed papers, and what could not be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events, getters, on
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.widget import Widget

from readinglist.library import Library
from readinglist.outcomes import Conflict
from readinglist.tui.keyboard.names import key
from readinglist.tui.looks.cells import one_line
from readinglist.tui.main.edits import Write
from readinglist.tui.outcome import Outcome, alike_told
from readinglist.tui.said import Said
from readinglist.tui.screens.deciding import Deciding
from readinglist.tui.screens.item_list import Item, ItemList, Pages
from readinglist.tui.screens.key_hints import KeyHints
from readinglist.tui.screens.line import Line
from readinglist.tui.screens.review_contents import CONFLICTS, NEW, Contents
from readinglist.tui.screens.sections import Sections
from readinglist.tui.widgets.wrapped_text import WrappedText

_WIDE = 110  # columns from which a text has room beside the list


@dataclass(frozen=True, slots=True)
class Lead:
    """Where the user wants to go from the review: to a paper, or to the pairs that look alike."""

    paper: int | None


class Lines(ItemList):
    """A list that tells where its cursor goes."""

    class Moved(Said):
        """The cursor is on another line."""

    def said_moved(self) -> None:
        """Tell."""
        self.post_message(self.Moved())

    def list(self, lines: Sequence[Item], cursor: int) -> None:
        """List lines, of which pages are read once they show."""
        if isinstance(lines, Pages):
            self.show_pages(lines, cursor)
        else:
            self.show(lines, cursor)


class ImportReview(Deciding[Lead | None]):
    """The sections of an import; `said` is a sentence about it.

    The last is there only where documents say otherwise than papers.
    """

    HOLDS: ClassVar = (Lines, WrappedText)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "step(1)", "sections", id="review.next", tooltip="Go to the next section."),
        Binding("shift+tab", "step(-1)", "sections", id="review.previous", show=False),
        *(Binding(str(n + 1), f"section({n})", "section", show=False) for n in range(5)),
        Binding("l,right", "read", "read", show=False),
        Binding("h,left", "list", "list", show=False),
        Binding("enter", "enter", "open", id="review.open", tooltip="Go to the paper, or read."),
        Binding(
            "D", "duplicates", "duplicates", id="review.duplicates",
            tooltip="Compare the papers that look like the same one.",
        ),
        Binding("escape", "back", "close", id="review.close", tooltip="Back to the papers."),
        Binding("q,I", "cancel", "close", show=False),
    ]  # fmt: skip

    DEFAULT_CSS = """
    ImportReview {
        & > .frame { width: 120; height: 90%; }
        & Sections { margin: 1 1 1 1; }
        & #place { height: 1fr; layout: vertical; }
        & Lines { height: 1fr; width: 1fr; }
        & WrappedText {
            display: none; height: 1fr; width: 1fr; padding: 0 1;
            background: $surface; border-top: solid $foreground 20%;
            &:focus { border-top: heavy $border; }
        }
        & .-reading WrappedText { display: block; }
        & #notice { margin: 1 1 0 1; height: auto; max-height: 2; text-wrap: wrap; }
        & KeyHints { margin: 1 1 0 1; }
        &.-short Sections, &.-short #notice, &.-short KeyHints { margin: 0 1; }
        &.-wide #place { layout: horizontal; }
        &.-wide WrappedText {
            border-top: none; border-left: solid $foreground 20%;
            &:focus { border-left: heavy $border; }
        }
    }
    """

    sections = getters.query_one(Sections)
    lines = getters.query_one(Lines)
    raw = getters.query_one("#raw", WrappedText)

    def __init__(self, library: Library, outcome: Outcome, write: Write, said: str = "") -> None:
        title = f"Import of {one_line(outcome.name)}" if outcome.name else "Import"
        super().__init__(title, library, write)
        self._contents = Contents(library, outcome)
        self._pairs = outcome.pairs
        self._said = said
        self._at = NEW
        self._cursors = [0] * 5

    def body(self) -> Iterator[Widget]:
        """The sections, the lines of one of them, and the text that is behind a line."""
        yield Sections(self._contents.counts())
        with Container(id="place"):
            yield Lines(can_focus=True)
            yield WrappedText(id="raw")
        yield Line(id="notice")

    def on_mount(self) -> None:
        """Begin where something calls for a look."""
        self.action_section(self._contents.first())
        self.lines.focus()

    def on_resize(self, event: events.Resize) -> None:
        """Put the text beside the list where there is room."""
        super().on_resize(event)
        self.set_class(event.size.width >= _WIDE, "-wide")

    # What a section shows

    @property
    def conflict(self) -> Conflict | None:
        """The conflict under the cursor."""
        return self._contents.conflict(self._at, self.lines.cursor)

    @property
    def undecided(self) -> Sequence[Conflict]:
        """All of them, those of this import first."""
        return self._contents.conflicts

    @property
    def _has_text(self) -> bool:
        place = self._at, self.lines.cursor
        return bool(self._contents.trouble(*place) or self._contents.conflict(*place))

    def action_section(self, index: int) -> None:
        """Open a section where it was left."""
        if index >= self.sections.count:
            return
        self._cursors[self._at] = self.lines.cursor
        self.sections.open = self._at = index
        self.lines.list(self._contents.lines(index), self._cursors[index])
        self.query_one("#place").set_class(self._has_text, "-reading")
        self.lines.focus()
        self._show_text()
        self.refresh_bindings()
        self.call_later(self.query_one(KeyHints).update)

    @on(Lines.Moved)
    def _show_text(self) -> None:
        """Show the whole of what could not be read, and what the keys lead to."""
        self.raw.show_paragraphs(list(self._contents.text(self._at, self.lines.cursor)))
        self.say(self._notice(), tone="plain")

    def _notice(self) -> str:
        alike = alike_told(self._pairs, f"{key('review.duplicates', 'D')} compares")
        return " ".join(filter(None, (self._said, alike)))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what there is can be gone to."""
        if action == "duplicates":
            return bool(self._pairs)
        if action in ("decide", "decide_many"):
            return self._at == CONFLICTS and bool(self.undecided)
        return super().check_action(action, parameters)

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        """Why there is nothing to go to or to decide."""
        match action:
            case "duplicates" if not self._pairs:
                return "No two papers look like the same one."
            case "decide" | "decide_many" if self.undecided and self.conflict is None:
                return f"That is for the conflicts: {CONFLICTS + 1} leads to them."
            case "section" if parameters >= (self.sections.count,):
                return "There is no conflict."
            case "read" if not self._has_text:
                return "There is no text behind it: the lines are papers."
            case "list" if self.lines.has_focus:
                return "The keys go to the list already."
            case "enter" if self.lines.item is None or not self.lines.item.stop:
                return "There is nothing here to open."
        return super().why_not(action, parameters)

    # Keys

    def action_step(self, step: int) -> None:
        """Go to the next or previous section."""
        self.action_section((self._at + step) % self.sections.count)

    @on(Sections.Chosen)
    def _chosen(self, event: Sections.Chosen) -> None:
        self.action_section(event.index)

    @on(ItemList.Picked)
    def _picked(self, event: ItemList.Picked) -> None:
        if event.twice:
            self.action_enter()

    def action_enter(self) -> None:
        """Go to the paper, or into the text."""
        paper = self._contents.paper(self._at, self.lines.cursor)
        if paper is not None:
            self.finish(Lead(paper))
        else:
            self.action_read()

    def action_read(self) -> None:
        """Give the keys to the text."""
        if self._has_text:
            self.raw.focus()

    def action_list(self) -> None:
        """Give the keys back to the list."""
        self.lines.focus()

    def show_undecided(self, said: str) -> None:
        """Show what is left to decide, and say something."""
        self._contents.read_again()
        self.sections.recount(CONFLICTS, len(self.undecided))
        self.action_section(CONFLICTS)
        self.say(said, tone="success")

    def action_duplicates(self) -> None:
        """Compare the papers that look alike."""
        self.finish(Lead(None))

    def action_back(self) -> None:
        """Go back from the text to the list, then to the papers."""
        if self.raw.has_focus:
            self.lines.focus()
        else:
            self.action_cancel()
