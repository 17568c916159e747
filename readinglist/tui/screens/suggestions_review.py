"""What a lookup found and was not sure of, beside the paper: taken field by field, or rejected."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from readinglist.findings import Suggestion
from readinglist.library import Library
from readinglist.lookup import NAMES, get_provider
from readinglist.records import Entry
from readinglist.tui.comparison import SUGGESTED, Comparison, Row, Side
from readinglist.tui.looks.cells import one_line
from readinglist.tui.main.edits import Write
from readinglist.tui.screens.pair_review import PairReview

_TAKEN = {
    Side.LEFT: "stays as it is.",
    Side.RIGHT: "what was found is taken.",
    Side.BOTH: "both are taken.",
}


class SuggestionsReview(PairReview[Suggestion]):
    """One suggestion after the other: the paper on the left, what was found on the right."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "a,enter", "accept", "accept", id="suggestions.accept", key_display="a",
            tooltip="It is this work: take what is marked ●.",
        ),
        Binding(
            "x", "reject", "reject", id="suggestions.reject",
            tooltip="Remember that it is another work; it is never offered again.",
        ),
        Binding("R", "cancel", "close", show=False),
    ]  # fmt: skip

    deciding = ("accept", "reject")
    none_left = "There is nothing left to review."

    def __init__(self, library: Library, suggestions: Sequence[Suggestion], write: Write) -> None:
        super().__init__("Found, but not surely", library, suggestions, write)

    def open_questions(self) -> list[Suggestion]:
        """The suggestions that nobody has decided on."""
        return self.library.suggestions()

    def compared(self, question: Suggestion) -> Comparison | None:
        """The paper, and a paper that says what was found."""
        found = self.library.entries([question.paper])
        return Comparison(found[0], _as_entry(found[0], question), SUGGESTED) if found else None

    def head(self, question: Suggestion) -> str:
        """Who found it, under what name, and how alike the titles are."""
        known = question.provider in NAMES
        label = get_provider(question.provider).label if known else one_line(question.provider)
        name = f"{label} has {one_line(question.identifier)} on the right"
        return f"Is it this work? {name} · titles {question.score:.0%} alike"

    def foretold(self, row: Row) -> str:
        """What would become of the cursor's field."""
        label = row.field.label
        if not row.differs:
            return f"{label}: the same in both."
        return f"{label}: {_TAKEN[row.side]}"

    def same(self, one: Suggestion, other: Suggestion) -> bool:
        """Whether they are the same work for the same paper."""
        return one[:3] == other[:3]

    def action_accept(self) -> None:
        """Take what is chosen of it."""
        suggestion, comparison = self.question, self.sides.comparison
        if suggestion is not None and comparison is not None:
            values = comparison.taken()
            self.decide(
                "take a suggestion",
                lambda: self.library.accept(*suggestion[:3], values),
            )

    def action_reject(self) -> None:
        """Remember that it is another work."""
        suggestion = self.question
        if suggestion is not None:
            name = (suggestion.provider, suggestion.identifier)
            self.decide(
                "reject a suggestion", lambda: self.library.reject(suggestion.paper, [name])
            )


def _as_entry(paper: Entry, suggestion: Suggestion) -> Entry:
    """The paper as the suggestion describes it."""
    record = suggestion.record
    return paper._replace(
        title=record.title or paper.title,
        abstract=record.abstract,
        authors=record.authors,
        year=record.year,
        venue=record.venue,
        doi=record.doi,
        arxiv_id=record.arxiv_id,
        urls=record.urls,
    )
