"""Pairs of papers that look like one, to be merged field by field or told apart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from readinglist.library import Library
from readinglist.outcomes import Likeness
from readinglist.tui.comparison import Comparison, Row, Side
from readinglist.tui.main.edits import Write
from readinglist.tui.screens.pair_review import PairReview

_ALIKE = 0.5  # titles that are less alike are not why they are asked
_TAKEN = {
    Side.LEFT: "the left one is",
    Side.RIGHT: "the right one is",
    Side.BOTH: "both are",
}


class DuplicatesReview(PairReview[Likeness]):
    """One pair after the other."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "m,enter", "merge", "merge", id="duplicates.merge", key_display="m",
            tooltip="Make them one paper, with what is marked ●.",
        ),
        Binding(
            "x", "tell_apart", "not duplicates", id="duplicates.distinct",
            tooltip="Remember that these are two papers.",
        ),
        Binding("D", "cancel", "close", show=False),
    ]  # fmt: skip

    deciding = ("merge", "tell_apart")
    none_left = "No other two papers look like the same one."

    def __init__(self, library: Library, pairs: Sequence[Likeness], write: Write) -> None:
        super().__init__("Duplicates", library, pairs, write)

    def open_questions(self) -> list[Likeness]:
        """The pairs that nobody has decided on."""
        return self.library.lookalikes()

    def compared(self, question: Likeness) -> Comparison | None:
        """The two papers."""
        entries = self.library.entries([question.first, question.second])
        return Comparison(entries[0], entries[1]) if len(entries) == 2 else None

    def head(self, question: Likeness) -> str:
        """How alike two papers are, for whoever wonders why they are asked."""
        parts = ["One paper or two? The older one is on the left"]
        if question.title >= _ALIKE:
            parts.append(f"titles {question.title:.0%} alike")
        if question.abstract:
            parts.append(f"abstracts overlap by {question.abstract:.0%}")
        return " · ".join(parts)

    def foretold(self, row: Row) -> str:
        """What the cursor's field would be in the merged paper."""
        label = row.field.label
        if not row.field.choice:
            return f"{label}: all of it stays."
        if not row.differs:
            return f"{label}: the same in both."
        return f"{label}: {_TAKEN[row.side]} taken."

    def same(self, one: Likeness, other: Likeness) -> bool:
        """Whether they are about the same two papers."""
        return (one.first, one.second) == (other.first, other.second)

    def action_merge(self) -> None:
        """Make the two papers one."""
        if self.sides.comparison is not None:
            kept, gone, values = self.sides.comparison.decision()
            self.decide("merge two papers", lambda: self.library.merge(kept, gone, values))

    def action_tell_apart(self) -> None:
        """Remember that they are two papers."""
        pair = self.question
        if pair is not None:
            self.decide(
                "tell two papers apart",
                lambda: self.library.set_distinct(pair.first, pair.second),
            )
