"""Questions one after the other, each about two things side by side, decided field by field."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from textual import getters, on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget

from readinglist.errors import ReadingListError
from readinglist.library import Library
from readinglist.outcomes import Done
from readinglist.tui.comparison import Comparison, Row
from readinglist.tui.keyboard.names import key
from readinglist.tui.looks.cells import one_line
from readinglist.tui.main.edits import Write
from readinglist.tui.screens.dialog import Dialog
from readinglist.tui.screens.line import Line
from readinglist.tui.widgets.side_by_side import SideBySide

Question = TypeVar("Question")


@dataclass(frozen=True, slots=True)
class _Decision(Generic[Question]):
    """What was decided of which question, and the change of the journal that it is."""

    question: Question
    change: int
    label: str


class PairReview(Dialog[None], Generic[Question]):
    """One question after the other; `write` has the decisions written."""

    HOLDS: ClassVar = (SideBySide,)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "h", "side(-1)", "left or right", id="review.side", key_display="h l",
            tooltip="Take this field from the left or from the right.",
        ),
        Binding(
            "n,right_square_bracket", "step(1)", "next", id="review.next", key_display="n p",
            tooltip="Go to the next question, and leave this one open.",
        ),
        Binding("p,left_square_bracket", "step(-1)", "previous", show=False),
        Binding("u", "undo", "undo", id="review.undo", tooltip="Take the last decision back."),
        Binding("escape", "cancel", "close", id="review.close", tooltip="Back to the papers."),
        Binding("q", "cancel", "close", show=False),
    ]  # fmt: skip

    DEFAULT_CSS = """
    PairReview {
        & > .frame { width: 150; height: 95%; }
        & #heads { margin: 0 1 1 1; height: auto; max-height: 2; text-wrap: wrap; }
        & SideBySide { height: 1fr; margin: 0 0 0 1; background: $surface; }
        & #notice { margin: 1 1 0 1; height: auto; max-height: 2; text-wrap: wrap; }
        & KeyHints { margin: 1 1 0 1; }
        &.-short #heads, &.-short #notice, &.-short KeyHints { margin: 0 1; }
    }
    """

    none_left: ClassVar[str]
    """What is said when every question has been decided."""

    deciding: ClassVar[tuple[str, ...]]
    """The actions that decide the question that is shown."""

    sides = getters.query_one(SideBySide)

    def __init__(
        self, title: str, library: Library, questions: Sequence[Question], write: Write
    ) -> None:
        super().__init__(title)
        self.library = library
        self._questions = list(questions)
        self._write = write
        self._at = 0
        self._decisions: list[_Decision[Question]] = []

    # What each review is about

    @abstractmethod
    def open_questions(self) -> list[Question]:
        """Those that nobody has decided, in their order."""

    @abstractmethod
    def compared(self, question: Question) -> Comparison | None:
        """The two things; None if they are not there any more."""

    @abstractmethod
    def head(self, question: Question) -> str:
        """What stands above the two."""

    @abstractmethod
    def foretold(self, row: Row) -> str:
        """What would come of the cursor's field."""

    @abstractmethod
    def same(self, one: Question, other: Question) -> bool:
        """Whether two questions are the same."""

    # Showing

    def body(self) -> Iterator[Widget]:
        """What they are, the two beside each other, and what would come of it."""
        yield Line(id="heads")
        yield SideBySide()
        yield Line(id="notice")

    def on_mount(self) -> None:
        """Show the first one."""
        self.sides.focus()
        self._show(0)

    @property
    def question(self) -> Question | None:
        """The one that is shown."""
        return self._questions[self._at] if self._at < len(self._questions) else None

    def _show(self, at: int, said: str = "") -> None:
        """Show a question, or that there is none left."""
        self._at = max(0, min(at, len(self._questions) - 1))
        question, count = self.question, len(self._questions)
        comparison = None if question is None else self.compared(question)
        place = f"{self._at + 1} of {count:,}" if question else ""
        self.query_one(".frame").border_subtitle = Content(place)
        heads = self.none_left if question is None else self.head(question)
        self.query_one("#heads", Line).say(heads)
        self.sides.show(comparison)
        self._tell(said)

    def _tell(self, said: str = "") -> None:
        """Say what was done, or what the cursor's field would be."""
        row = self.sides.row
        if said:
            self.say(said, tone="success")
        else:
            self.say("" if self.question is None or row is None else self.foretold(row))

    @on(SideBySide.Chosen)
    def _chosen(self) -> None:
        self._tell()

    def look_again(self) -> None:
        """Show what another program has left of the questions, around the same one."""
        with suppress(ReadingListError):  # the main screen tells
            if self.open_questions() != self._questions:
                self._reread(self.question)

    def _reread(self, near: Question | None, said: str = "") -> None:
        """Read the open questions again; show this one, or what stands in its place."""
        at = self._at
        self._questions = self.open_questions()
        for place, question in enumerate(self._questions):
            if near is not None and self.same(question, near):
                at = place
        self._show(at, said)

    # Keys

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        """A decision needs a question, and a field may have no side to choose."""
        if action == "undo":
            return "" if self._decisions else "Nothing has been decided here yet."
        if action in self.deciding and self.question is None:
            return self.none_left
        if action == "step" and len(self._questions) < 2:
            return "There is no other one."
        row = self.sides.row
        if action == "side" and (row is None or not row.differs):
            return self.foretold(row) if row is not None else self.none_left
        return super().why_not(action, parameters)

    def action_side(self, step: int) -> None:
        """Take this field from another side."""
        self.sides.action_choose(step)

    def action_step(self, step: int) -> None:
        """Go to another question, round the ends."""
        if self._questions:
            self._show((self._at + step) % len(self._questions))

    def decide(self, what: str, act: Callable[[], Done | None]) -> None:
        """Have a decision on the question that is shown written, and go on."""
        question = self.question
        if question is None:
            return

        def done() -> _Decision[Question] | None:
            result = act()
            newest = self._newest()
            if result is None or newest is None:
                return None
            return _Decision(question, newest, result.label)

        def show(decision: _Decision[Question] | None) -> None:
            if decision is None:
                self._reread(None, "Somebody has decided that already.")
                return
            self._decisions.append(decision)
            way = key("review.undo", "u")
            self._reread(None, f"{_sentence(decision.label)} {way} takes it back.")

        self._write(what, done, show)

    @property
    def decided(self) -> bool:
        """Whether anything was decided here and stands."""
        return bool(self._decisions)

    def _newest(self) -> int | None:
        """The last change of the journal that stands."""
        standing = (change for change, state in self.library.timeline() if state == "done")
        return next(standing, None)

    def action_undo(self) -> None:
        """Take back the last decision that was made here."""
        last = self._decisions[-1]

        def undone() -> Done | None:
            return self.library.undo() if self._newest() == last.change else None

        def show(done: Done | None) -> None:
            self._decisions.pop()
            if done is None:
                way = key("edit.history", "H")
                said = f"Something else was done since: {way} in the list shows it."
                self._reread(self.question, said)
            else:
                self._reread(last.question, f"Took back: {one_line(last.label)}.")

        self._write("take the last decision back", undone, show)


def _sentence(label: str) -> str:
    text = one_line(label)
    return f"{text[:1].upper()}{text[1:]}."
