"""What could not be saved: why, where, and the user's words until they are safe."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Generic, TypeVar

from textual import getters, on, work
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from readinglist.errors import ReadingListError
from readinglist.tui import last_words
from readinglist.tui.leaving import clipboard
from readinglist.tui.looks.cells import one_line, plain_lines
from readinglist.tui.patience import PatientApp, explained, insist
from readinglist.tui.screens.dialog import Dialog
from readinglist.tui.screens.item_list import Item, ItemList
from readinglist.tui.screens.line import Line

Result = TypeVar("Result")

_CHOICES = (("retry", "Retry"), ("copy", "Copy my words"), ("cancel", "Let it go"))


@dataclass(frozen=True, slots=True)
class Unsaved(Generic[Result]):
    """What could not be written: what it was, how to try again, and the user's words in it."""

    what: str
    where: Path
    act: Callable[[], Result]
    words: str = ""


@dataclass(frozen=True, slots=True)
class Saved(Generic[Result]):
    """That it went at last, and what came of it."""

    result: Result


class FailedWrite(Dialog[Saved[Result] | None]):
    """Stays until the edit is saved or let go; the cursor is on Retry."""

    app = getters.app(PatientApp)

    HOLDS: ClassVar = (ItemList, VerticalScroll)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "choose", show=False),
        Binding("r", "retry", "retry", id="failed.retry", tooltip="Try to save it again."),
        Binding("c", "copy", "copy", id="failed.copy", tooltip="Copy your words."),
        Binding(
            "escape", "cancel", "let it go", id="failed.close",
            tooltip="Close; nothing is changed, and your words are gone.",
        ),
    ]  # fmt: skip

    DEFAULT_CSS = """
    FailedWrite {
        & > .frame { width: 72; border: round $error; border-title-color: $text-error; }
        & .what { width: 1fr; height: auto; max-height: 3; margin: 0 1; text-style: bold; }
        & .where { width: 1fr; height: auto; max-height: 3; margin: 0 1; color: $text-muted; }
        & #notice { height: auto; max-height: 5; margin: 1; text-wrap: wrap; }
        & .words {
            height: auto; max-height: 8; margin: 0 0 1 0; padding: 0 1;
            background: $foreground 5%;
        }
        & .words Static { width: 1fr; height: auto; }
        &.-short .words { max-height: 3; }
    }
    """

    choices = getters.query_one(ItemList)

    def __init__(self, unsaved: Unsaved[Result], error: ReadingListError) -> None:
        super().__init__("Not saved")
        self._unsaved = unsaved
        self._error = error
        self._failures = 1
        self._settled = False
        self._asked = False

    def body(self) -> Iterator[Widget]:
        """What, where, why, the user's words, and what can be done."""
        what = one_line(self._unsaved.what)
        yield Static(Content(what[:1].upper() + what[1:]), markup=False, classes="what")
        yield Static(
            Content(f"in {one_line(str(self._unsaved.where))}"), markup=False, classes="where"
        )
        yield Line(self._reason(), tone="error", id="notice")
        if self._unsaved.words:
            with VerticalScroll(classes="words", can_focus=True):
                yield Static(Content(plain_lines(self._unsaved.words)), markup=False)
        rows = [Item(label) for action, label in _CHOICES if self.check_action(action, ())]
        yield ItemList(rows, can_focus=True, fit=True)

    def on_mount(self) -> None:
        """Retry comes first."""
        self.choices.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only words can be copied."""
        if action == "copy":
            return bool(self._unsaved.words)
        return super().check_action(action, parameters)

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        """Only words can be copied."""
        if action == "copy" and not self._unsaved.words:
            return "There are no words of yours in it to copy."
        return super().why_not(action, parameters)

    def _reason(self) -> str:
        again = f" ({self._failures} tries)" if self._failures > 1 else ""
        return f"{self._error}{again}"

    # What can be done

    @on(ItemList.Picked)
    async def action_choose(self) -> None:
        """Do what the cursor is on."""
        rows = [action for action, _ in _CHOICES if self.check_action(action, ())]
        await self.run_action(rows[self.choices.cursor])

    def action_retry(self) -> None:
        """Try again; what fails again stays here."""
        self.say("Trying again…", tone="plain")
        self.app.attempt(self._unsaved.act, self._saved, self._failed_again)

    def _saved(self, result: Result) -> None:
        self._settled = True
        self.finish(Saved(result))

    def _failed_again(self, error: ReadingListError) -> None:
        self._error = error
        self._failures += 1
        self.say(self._reason(), tone="error")

    @work(exclusive=True)
    async def action_copy(self) -> None:
        """Copy the user's words, and say which way they went."""
        way = await clipboard.copy(self.app, self._unsaved.words)
        self.notify(f"Your words are in the {way}.", title="Copied", markup=False)

    def action_cancel(self) -> None:
        """Let it go."""
        self._settled = True
        super().action_cancel()

    # When the app closes

    def may_quit(self) -> bool:
        """Quit at the second wish: the words on the screen are nowhere else."""
        if self._unsaved.words and not self._asked:
            self._asked = True
            self.say(
                f"{self._reason()} Your words are not saved: quit again to lose them.", tone="error"
            )
            return False
        self._settled = True
        return True

    def on_unmount(self) -> None:
        """Keep the words in a file when the app is closed over them."""
        if self._settled or not self._unsaved.words:
            return
        try:
            insist(self._unsaved.act)
        except (ReadingListError, OSError) as error:
            last_words.keep(self.app, explained(error), self._unsaved.words)
