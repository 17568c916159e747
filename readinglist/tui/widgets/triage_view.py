"""One paper large, how far the walk through the inbox is, and what was just done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from readinglist.records import Entry, Status
from readinglist.tui.looks import glyphs
from readinglist.tui.looks.cells import cut, one_line
from readinglist.tui.round import TRASHED
from readinglist.tui.widgets.wrapped_text import WrappedText
from readinglist.tui.wording.paper_text import STATUS_STYLES, Marks, paragraphs
from readinglist.tui.wording.paragraph import Paragraph

_TITLE_LINES = 2  # room for a title, so that most abstracts begin on the same line
_LONGEST_BAR = 60  # cells
_SHORTEST_BAR = 8


class TriageBar(Widget):
    """How many papers are judged and how many are left, as a bar and in words."""

    done: reactive[int] = reactive(0)
    left: reactive[int | None] = reactive[int | None](0)
    scope: reactive[str] = reactive("")

    def render(self) -> Content:
        """As in "Triage ━━━━━──────── 12 done, 352 left", or "…" as long as unknown."""
        left = "…" if self.left is None else f"{self.left:,}"
        words = Content.styled(f"{self.done:,} done, ", "$quiet") + Content.styled(
            f"{left} left", "bold"
        )
        head = Content.styled("Triage", "bold $text-accent")
        room = self.size.width - head.cell_length - words.cell_length - 4
        if self.scope and room > 3 * _SHORTEST_BAR:
            scope = cut(one_line(self.scope), room - 2 * _SHORTEST_BAR)
            head += Content.styled(f"  {scope}", "$quiet")
            room = self.size.width - head.cell_length - words.cell_length - 4
        bar = _bar(self.done, self.left, max(0, min(room, _LONGEST_BAR)))
        gap = Content("  ")
        return head + gap + bar + gap + words


def _bar(done: int, left: int | None, width: int) -> Content:
    whole = done + (left or 0)
    full = width * done // whole if whole else width
    return Content.styled(glyphs.BAR_DONE * full, "$text-accent") + Content.styled(
        glyphs.BAR_LEFT * (width - full), "$groove"
    )


class TriageText(WrappedText):
    """The paper at hand; the keys that judge it are the screen's."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "j,down,l,right", "step(1)", "Next", id="triage.next",
            tooltip="Pass over this paper: it stays in the inbox.",
        ),
        Binding(
            "k,up,h,left", "step(-1)", "Back", id="triage.back",
            tooltip="Go back to the paper before, judged or not.",
        ),
        Binding(
            "space", "read_on", "Read on", id="triage.read-on", show=False,
            tooltip="Scroll a long text; at its end, go to the next paper.",
        ),
        Binding(
            "enter", "screen.open_link", "Open link", id="triage.link", show=False,
            tooltip="Open its link; several can be chosen from.",
        ),
        Binding(
            "g,home", "restart", "First still to judge", id="triage.first", show=False,
            tooltip="Go to the first paper that is still to be judged.",
        ),
    ]  # fmt: skip

    class Stepped(Message):
        """The user wants the next paper, or the one before."""

        def __init__(self, step: int) -> None:
            super().__init__()
            self.step = step

    class Restarted(Message):
        """The user wants the first paper that is still to be judged."""

    def lines_at(self, width: int) -> Sequence[Content]:
        """The text in lines; a short title has the room of a longer one."""
        lines = list(super().lines_at(width))
        title = len(list(self._paragraphs[0].lines(self.measure(width)))) if lines else 0
        return [Content("")] * max(0, _TITLE_LINES - title) + lines

    def action_step(self, step: int) -> None:
        """Tell."""
        self.post_message(self.Stepped(step))

    def action_restart(self) -> None:
        """Tell."""
        self.post_message(self.Restarted())

    def action_read_on(self) -> None:
        """Scroll, or tell."""
        if round(self.scroll_y) < self.max_scroll_y:
            self.action_scroll_page(0.9)
        else:
            self.action_step(1)


class TriageLine(Widget):
    """What was just done, and at the right what came of the papers so far."""

    told: reactive[str] = reactive("")
    spare = ""
    """What of it is cut first, such as a title, so that the way back stays."""

    tally: reactive[Counter[str]] = reactive[Counter[str]](Counter)

    def render(self) -> Content:
        """As in "Skipped “…”. u undoes.      w 12  s 30"."""
        counts = Content("  ").join(_tallied(self.tally))
        room = max(0, self.size.width - counts.cell_length - 2)
        told = cut(self._within(room), room)
        return Content(told).pad_right(room + 2 - cell_len(told)) + counts

    def _within(self, room: int) -> str:
        """What is told, with as much of what can be spared as fits."""
        over = cell_len(self.told) - room
        if over <= 0 or not self.spare:
            return self.told
        shorter = cut(self.spare, max(1, cell_len(self.spare) - over))
        return self.told.replace(self.spare, shorter, 1)


def _tallied(tally: Counter[str]) -> list[Content]:
    signs = {str(status): glyphs.STATUS[status] for status in Status} | {TRASHED: TRASHED}
    styles = {str(status): STATUS_STYLES[status] for status in Status} | {TRASHED: "$text-error"}
    return [
        Content.styled(signs[name], f"bold {styles[name]}") + Content(f" {tally[name]:,}")
        for name in signs
        if tally[name]
    ]


class TriageView(Vertical):
    """The whole of it, in place of the panes."""

    DEFAULT_CSS = """
    TriageView {
        height: 1fr;
        Horizontal { height: 1fr; align-horizontal: center; }
        .page { width: 1fr; max-width: 84; height: 1fr; }
        TriageBar { height: 1; margin: 1 4 1 1; }
        TriageText { height: 1fr; padding: 0 1; }
        TriageLine { height: 1; padding: 0 1; background: $surface; color: $quiet; }
    }
    MainScreen.-short TriageView TriageBar { margin: 0 4 0 1; }
    """

    def __init__(self) -> None:
        super().__init__(id="triage")
        self.bar = TriageBar()
        self.text = TriageText(id="at-hand")
        self.line = TriageLine()

    def compose(self) -> ComposeResult:
        """The bar over the text over the line."""
        with Horizontal(), Vertical(classes="page"):
            yield self.bar
            yield self.text
        yield self.line

    def show(self, entry: Entry, marks: Marks, colours: Mapping[str, str], *, same: bool) -> None:
        """Show a paper from its top, or the `same` one as it is now."""
        self.text.show_paragraphs(list(paragraphs(entry, marks, colours)), from_top=not same)

    def show_end(self, lines: Sequence[Content]) -> None:
        """Show that there is no paper left to show."""
        self.text.show_paragraphs([Paragraph(line) for line in lines])

    def tell(self, words: str, spare: str = "") -> None:
        """Say what was done; `spare` is what of it may be cut."""
        self.line.spare = one_line(spare)
        self.line.told = one_line(words)
