"""Pairs of papers that look like one, to be merged field by field or told apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import ClassVar

from textual import getters, on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget

from readinglist.errors import ReadingListError
from readinglist.library import Library
from readinglist.records import Done, Likeness
from readinglist.tui.cells import one_line
from readinglist.tui.comparison import Comparison, Row, Side
from readinglist.tui.screens.dialog import Dialog
from readinglist.tui.screens.edits import Write
from readinglist.tui.screens.line import Line
from readinglist.tui.widgets.side_by_side import SideBySide

_NONE_LEFT = "No other two papers look like the same one."
_ALIKE = 0.5  # titles that are less alike are not why they are asked
_TAKEN = {
    Side.LEFT: "the left one is",
    Side.RIGHT: "the right one is",
    Side.BOTH: "both are",
}


@dataclass(frozen=True, slots=True)
class _Decision:
    """What was decided of which pair, and the change of the journal that it is."""

    pair: tuple[int, int]
    change: int
    label: str


class DuplicatesReview(Dialog[None]):
    """One pair after the other; `write` has the decisions written."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "h", "side(-1)", "left or right", id="duplicates.left", key_display="h l",
            tooltip="Take this field from the left or from the right.",
        ),
        Binding(
            "m,enter", "merge", "merge", id="duplicates.merge", key_display="m",
            tooltip="Make them one paper, with what is marked ●.",
        ),
        Binding(
            "x", "tell_apart", "not duplicates", id="duplicates.distinct",
            tooltip="Remember that these are two papers.",
        ),
        Binding(
            "n,right_square_bracket", "pair(1)", "next", id="duplicates.next", key_display="n p",
            tooltip="Go to the next pair, and leave this one open.",
        ),
        Binding("p,left_square_bracket", "pair(-1)", "previous", show=False),
        Binding(
            "u", "undo", "undo", id="duplicates.undo", tooltip="Take the last decision back."
        ),
        Binding(
            "escape", "cancel", "close", id="duplicates.close", tooltip="Back to the papers."
        ),
        Binding("q,D", "cancel", "close", show=False),
    ]  # fmt: skip

    DEFAULT_CSS = """
    DuplicatesReview {
        & > .frame { width: 150; height: 95%; }
        & #heads { margin: 0 1 1 1; height: auto; max-height: 2; text-wrap: wrap; }
        & SideBySide { height: 1fr; margin: 0 0 0 1; background: $surface; }
        & #notice { margin: 1 1 0 1; height: auto; max-height: 2; text-wrap: wrap; }
        & KeyHints { margin: 1 1 0 1; }
        &.-short #heads, &.-short #notice, &.-short KeyHints { margin: 0 1; }
    }
    """

    sides = getters.query_one(SideBySide)

    def __init__(self, library: Library, pairs: Sequence[Likeness], write: Write) -> None:
        super().__init__("Duplicates")
        self._library = library
        self._pairs = list(pairs)
        self._write = write
        self._at = 0
        self._decisions: list[_Decision] = []

    def body(self) -> Iterator[Widget]:
        """How alike they are, the two papers, and what would come of it."""
        yield Line(id="heads")
        yield SideBySide()
        yield Line(id="notice")

    def on_mount(self) -> None:
        """Show the pair that is most alike."""
        self.sides.focus()
        self._show(0)

    # Showing

    @property
    def _pair(self) -> Likeness | None:
        return self._pairs[self._at] if self._at < len(self._pairs) else None

    def _show(self, at: int, said: str = "") -> None:
        """Show a pair, or that there is none left."""
        self._at = max(0, min(at, len(self._pairs) - 1))
        pair, count = self._pair, len(self._pairs)
        comparison = None
        if pair is not None:
            entries = self._library.entries([pair.first, pair.second])
            comparison = Comparison(*entries) if len(entries) == 2 else None
        self.query_one(".frame").border_subtitle = Content(
            f"{self._at + 1} of {count:,}" if pair else ""
        )
        self.query_one("#heads", Line).say(_alike(pair) if pair else _NONE_LEFT)
        self.sides.show(comparison)
        self._tell(said)

    def _tell(self, said: str = "") -> None:
        """Say what was done, or what the cursor's field would be."""
        if said:
            self.say(said, tone="success")
        elif self._pair is None:
            self.say("")
        else:
            self.say(_foretold(self.sides.row))

    @on(SideBySide.Chosen)
    def _chosen(self) -> None:
        self._tell()

    def look_again(self) -> None:
        """Show what another program has left of the pairs, around the same one."""
        with suppress(ReadingListError):  # the main screen tells
            pairs = self._library.lookalikes()
            if pairs != self._pairs:
                self._reread(self._pair)

    def _reread(self, near: Likeness | None, said: str = "") -> None:
        """Read the open pairs again; show this one, or what stands in its place."""
        at = self._at
        self._pairs = self._library.lookalikes()
        for place, pair in enumerate(self._pairs):
            if near and (pair.first, pair.second) == (near.first, near.second):
                at = place
        self._show(at, said)

    # Keys

    def action_side(self, step: int) -> None:
        """Take this field from another side."""
        self.sides.action_choose(step)

    def action_pair(self, step: int) -> None:
        """Go to another pair, round the ends."""
        if self._pairs:
            self._show((self._at + step) % len(self._pairs))

    def action_merge(self) -> None:
        """Make the two papers one."""
        if self.sides.comparison is not None:
            kept, gone, values = self.sides.comparison.decision()
            self._decide("merge two papers", lambda: self._library.merge(kept, gone, values))

    def action_tell_apart(self) -> None:
        """Remember that they are two papers."""
        pair = self._pair
        if pair is not None:
            self._decide(
                "tell two papers apart",
                lambda: self._library.set_distinct(pair.first, pair.second),
            )

    def _decide(self, what: str, act: Callable[[], Done | None]) -> None:
        pair = self._pair
        if pair is None:
            return

        def done() -> _Decision | None:
            result = act()
            newest = self._newest()
            if result is None or newest is None:
                return None
            return _Decision((pair.first, pair.second), newest, result.label)

        def show(decision: _Decision | None) -> None:
            if decision is None:
                self._reread(None, "Somebody has decided that already.")
                return
            self._decisions.append(decision)
            self._reread(None, f"{_sentence(decision.label)} u takes it back.")

        self._write(what, done, show)

    @property
    def decided(self) -> bool:
        """Whether anything was decided here and stands."""
        return bool(self._decisions)

    def _newest(self) -> int | None:
        """The last change of the journal that stands."""
        standing = (change for change, state in self._library.timeline() if state == "done")
        return next(standing, None)

    def action_undo(self) -> None:
        """Take back the last decision that was made here."""
        if not self._decisions:
            self.say("Nothing has been decided here yet.", tone="plain")
            return
        last = self._decisions[-1]

        def undone() -> Done | None:
            return self._library.undo() if self._newest() == last.change else None

        def show(done: Done | None) -> None:
            self._decisions.pop()
            if done is None:
                self._reread(self._pair, "Something else was done since: H in the list shows it.")
            else:
                pair = Likeness(*last.pair, 0, 0)
                self._reread(pair, f"Took back: {one_line(last.label)}.")

        self._write("take the last decision back", undone, show)


def _alike(pair: Likeness) -> str:
    """How alike two papers are, for whoever wonders why they are asked."""
    parts = ["One paper or two? The older one is on the left"]
    if pair.title >= _ALIKE:
        parts.append(f"titles {pair.title:.0%} alike")
    if pair.abstract:
        parts.append(f"abstracts overlap by {pair.abstract:.0%}")
    return " · ".join(parts)


def _foretold(row: Row | None) -> str:
    """What the cursor's field would be in the merged paper."""
    if row is None:
        return ""
    label = row.field.label
    if not row.field.choice:
        return f"{label}: all of it stays."
    if not row.differs:
        return f"{label}: the same in both."
    return f"{label}: {_TAKEN[row.side]} taken."


def _sentence(label: str) -> str:
    text = one_line(label)
    return f"{text[:1].upper()}{text[1:]}."
