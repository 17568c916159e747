"""The keys that decide on what documents say otherwise than papers: one, or all of a kind."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar, NamedTuple, TypeVar

from textual.binding import Binding, BindingType

from readinglist.library import Library
from readinglist.outcomes import Conflict, Done
from readinglist.tui.keyboard.names import key
from readinglist.tui.looks.cells import one_line
from readinglist.tui.main.edits import Write
from readinglist.tui.screens.choice import Choice, ChoiceOption
from readinglist.tui.screens.dialog import Dialog
from readinglist.tui.wording.conflict_lines import field_name

Result = TypeVar("Result")


class Lot(NamedTuple):
    """Conflicts that are decided at once, and which way."""

    conflicts: Sequence[Conflict]
    take: bool


class ManyAtOnce(Choice[Lot]):
    """Each line says what it will do to how many."""

    DEFAULT_CSS = "ManyAtOnce > .frame { width: 76; }"


class Deciding(Dialog[Result]):
    """Base of a screen that shows conflicts; what is decided is saved by `write`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "t", "decide(True)", "take theirs", id="review.take",
            tooltip="Let the paper take what the document says.",
        ),
        Binding(
            "x", "decide(False)", "keep ours", id="review.keep",
            tooltip="Keep what the paper has, and do not ask again.",
        ),
        Binding(
            "A", "decide_many", "all", id="review.all",
            tooltip="Take theirs, or keep yours, in all conflicts of this kind.",
        ),
        Binding(
            "u", "undo", "undo", id="review.undo", tooltip="Take the last decision back.",
        ),
    ]  # fmt: skip

    decided = 0
    """How many decisions made here can be taken back."""

    def __init__(self, title: str, library: Library, write: Write) -> None:
        super().__init__(title)
        self._library = library
        self._write = write

    # What it shows

    @property
    def conflict(self) -> Conflict | None:
        """The conflict at hand."""
        raise NotImplementedError

    @property
    def undecided(self) -> Sequence[Conflict]:
        """All of them."""
        raise NotImplementedError

    def show_undecided(self, said: str) -> None:
        """Show what is left to decide, and say something."""
        raise NotImplementedError

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what was decided here can be taken back here."""
        if action == "undo":
            return bool(self.decided)
        return super().check_action(action, parameters)

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        """Why there is nothing to decide, or to take back."""
        match action:
            case "decide" | "decide_many" if not self.undecided:
                return "No document says otherwise than a paper."
            case "undo" if not self.decided:
                return "Nothing has been decided here yet."
        return super().why_not(action, parameters)

    def action_decide(self, take: bool) -> None:
        """Take what the document says, or keep what the paper has; then show the next."""
        if self.conflict is not None:
            name = field_name(self.conflict.field)
            self._decide(Lot([self.conflict], take), f"decide on the {name}")

    def action_decide_many(self) -> None:
        """Ask which of them, and which way."""
        if self.conflict is None:
            return

        def decide(lot: Lot | None) -> None:
            if lot is not None:
                self._decide(lot, f"decide on {len(lot.conflicts):,} conflicts")

        options = ways(self.conflict, self.undecided)
        self.app.push_screen(
            ManyAtOnce(f"All at once; {key('review.undo', 'u')} takes it back", options), decide
        )

    def _decide(self, lot: Lot, what: str) -> None:
        def show(done: Done | None) -> None:
            self.decided += done is not None
            said = "Somebody has decided that already." if done is None else _saved(done)
            self.show_undecided(said)

        self._write(
            what,
            lambda: self._library.decide(lot.conflicts, take=lot.take),
            show,
            papers=len(lot.conflicts),
        )

    def action_undo(self) -> None:
        """Take back the last decision that was made here."""

        def show(done: Done | None) -> None:
            self.decided -= 1
            self.show_undecided(one_line(f"Undid: {done.label}.") if done else "")

        reach = partial(self._library.reach, "done")
        self._write("undo the last decision", self._library.undo, show, papers=reach)


def ways(here: Conflict, conflicts: Sequence[Conflict]) -> list[ChoiceOption[Lot]]:
    """To decide on all that are about the same as the one at hand, and on all there are."""
    kind = [each for each in conflicts if each.field == here.field]
    many = f"all {len(kind):,}" if len(kind) > 1 else "the one"
    about = f"{many} about the {field_name(here.field)}"
    below = ": each goes below yours" if here.field == "note" else ""
    options = [
        ChoiceOption("t", f"take theirs in {about}{below}", Lot(kind, take=True)),
        ChoiceOption("x", f"keep yours in {about}, and ask no more", Lot(kind, take=False)),
    ]
    if len(kind) < len(conflicts):
        every = f"all {len(conflicts):,}, whatever they are about"
        options += [
            ChoiceOption("T", f"take theirs in {every}", Lot(conflicts, take=True)),
            ChoiceOption("X", f"keep yours in {every}", Lot(conflicts, take=False)),
        ]
    return options


def _saved(done: Done) -> str:
    way = key("review.undo", "u")
    return one_line(f"{done.label[:1].upper()}{done.label[1:]}. {way} takes it back.")
