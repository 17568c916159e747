"""The journal, newest change first, and the way back to any point of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from readinglist.errors import ReadingListError
from readinglist.library import Library
from readinglist.outcomes import Step
from readinglist.tui.keyboard.names import key
from readinglist.tui.looks.cells import one_line
from readinglist.tui.main.edits import Write
from readinglist.tui.said import Said
from readinglist.tui.screens.dialog import Dialog
from readinglist.tui.screens.item_list import Item, ItemList, Pages
from readinglist.tui.screens.line import Line

# Each state as a mark and a word, so that colour is not needed to tell them apart.
_STATES = {"done": ("", ""), "undone": ("u", "undone"), "dropped": ("×", "given up")}
_MEANWHILE = "Something else was done meanwhile"


class Changes(ItemList):
    """A long list that tells where its cursor goes."""

    class Moved(Said):
        """The cursor is on another line."""

    def said_moved(self) -> None:
        """Tell."""
        self.post_message(self.Moved())


class HistoryScreen(Dialog[None]):
    """Every change; `u` and `U` go to the one under the cursor, and the last line says how far.

    `write` has it done, and sees to what waits or fails.
    """

    HOLDS: ClassVar = (Changes,)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "papers", "papers", id="history.papers", tooltip="List its papers."),
        Binding("u", "undo", "undo", id="history.undo", tooltip="Undo down to this change."),
        Binding("U", "redo", "redo", id="history.redo", tooltip="Redo up to this change."),
        Binding("escape", "cancel", "close", id="history.close", tooltip="Back to the papers."),
        Binding("q,H", "cancel", "close", show=False),
    ]

    DEFAULT_CSS = """
    HistoryScreen, TouchedPapers {
        & > .frame { width: 100; height: 90%; }
        & ItemList { height: 1fr; margin-top: 1; }
        & Line { margin-top: 1; }
        &.-empty > .frame { height: auto; }
        &.-empty ItemList { display: none; }
    }
    """

    def __init__(self, library: Library, write: Write) -> None:
        self._library = library
        self._write = write
        self._timeline = library.timeline()
        super().__init__("History", aside=_changes(len(self._timeline)))

    def body(self) -> Iterator[Widget]:
        """The changes, and what the keys would do."""
        yield Changes(can_focus=True)
        yield Line(id="notice")

    def on_mount(self) -> None:
        """Show the newest change."""
        self._show(0)

    def look_again(self) -> None:
        """Show what another program has done."""
        with suppress(ReadingListError):  # the main screen tells
            self._look_again()

    def _look_again(self, said: str = "") -> None:
        """Show what another program has done, around the same change."""
        cursor = self.query_one(Changes).cursor
        here = self._timeline[cursor][0] if cursor < len(self._timeline) else 0
        timeline = self._library.timeline()
        if timeline != self._timeline:
            self._timeline = timeline
            self._show(self._line_of(here), said)

    def _line_of(self, change: int) -> int:
        return next((n for n, (each, _) in enumerate(self._timeline) if each == change), 0)

    def _show(self, cursor: int, said: str = "") -> None:
        self.query_one(".frame").border_subtitle = _changes(len(self._timeline))
        self.set_class(not self._timeline, "-empty")
        pages = Pages([change for change, _ in self._timeline], self._items)
        self.query_one(Changes).show_pages(pages, cursor, mark_width=1)
        self._foretell(said)

    def _items(self, changes: Sequence[int]) -> list[Item]:
        return [_item(step) for step in self._library.steps(changes)]

    @on(Changes.Moved)
    def _moved(self) -> None:
        self._foretell()

    # What the keys would do

    def _foretell(self, said: str = "") -> None:
        """Say how far `u` and `U` would go from here."""
        if not self._timeline:
            self.say("Nothing has been changed yet.")
            return
        undo, redo = key("history.undo", "u"), key("history.redo", "U")
        parts = [said, self._told("done", f"{undo} takes back", "", "down to this one")]
        parts.append(self._told("undone", f"{redo} does", " again", "up to this one"))
        self.say(" · ".join(filter(None, parts)), tone="plain")

    def _told(self, state: str, verb: str, after: str, reach: str) -> str:
        target = self._target(state)
        if target is None:
            return ""
        if target != self.query_one(Changes).cursor:
            return f"{verb} the {'last' if state == 'done' else 'next'} change{after}"
        steps = self._distance(state, target)
        return (
            f"{verb} this change{after}"
            if steps == 1
            else (f"{verb} {_changes(steps)}{after}, {reach}")
        )

    def _target(self, state: str) -> int | None:
        """Where a key leads: the cursor's line if it is in that state, else one step."""
        cursor = self.query_one(Changes).cursor
        if cursor < len(self._timeline) and self._timeline[cursor][1] == state:
            return cursor
        lines = [line for line, (_, each) in enumerate(self._timeline) if each == state]
        return (lines[0] if state == "done" else lines[-1]) if lines else None

    def _distance(self, state: str, target: int) -> int:
        way = self._timeline[: target + 1] if state == "done" else self._timeline[target:]
        return sum(each == state for _, each in way)

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        """What there is can be gone back to."""
        if action in ("papers", "undo", "redo") and not self._timeline:
            return "Nothing has been changed yet."
        if action == "undo" and self._target("done") is None:
            return "Nothing to undo."
        if action == "redo" and self._target("undone") is None:
            return "Nothing to redo."
        return super().why_not(action, parameters)

    def tell_why(self, reason: str) -> None:
        """Say why a key does nothing, beside what the others would do."""
        self._foretell(reason.rstrip("."))

    # The keys

    def action_undo(self) -> None:
        """Take back every change down to the one under the cursor, or the last one."""
        self._walk("done", "Took back", self._library.undo_to)

    def action_redo(self) -> None:
        """Do every undone change again up to the one under the cursor, or the next one."""
        self._walk("undone", "Did again", self._library.redo_to)

    def _walk(self, state: str, verb: str, walk: Callable[[int], int]) -> None:
        target = self._target(state)
        if target is None:
            self._foretell("Nothing to undo" if state == "done" else "Nothing to redo")
            return
        change, steps = self._timeline[target][0], self._distance(state, target)
        what = f"{'undo' if state == 'done' else 'do again'} {_changes(steps)}"
        self._write(
            what,
            partial(self._walked, walk, change),
            partial(self._show_walk, verb, change),
            papers=partial(self._library.reach, state, change),
        )

    def _walked(self, walk: Callable[[int], int], change: int) -> int:
        """Walk the journal, but not over what has come into it since it was shown."""
        return 0 if self._library.timeline() != self._timeline else walk(change)

    def _show_walk(self, verb: str, change: int, number: int) -> None:
        if not number:
            self._look_again(_MEANWHILE)
            return
        self._timeline = self._library.timeline()
        self._show(self._line_of(change), f"{verb} {number:,}")

    @on(ItemList.Picked)
    def _picked(self, event: ItemList.Picked) -> None:
        if event.twice:
            self.action_papers()

    def action_papers(self) -> None:
        """Show the papers that a change touched."""
        cursor = self.query_one(Changes).cursor
        if cursor < len(self._timeline):
            try:
                for step in self._library.steps([self._timeline[cursor][0]]):
                    self.app.push_screen(TouchedPapers(self._library, step))
            except ReadingListError as error:
                self.say(str(error), tone="error")


class TouchedPapers(Dialog[None]):
    """The papers that one change touched."""

    HOLDS: ClassVar = (ItemList,)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "back", id="touched.close", tooltip="Back to the history."),
        Binding("q,enter", "cancel", "back", show=False),
    ]

    DEFAULT_CSS = """
    TouchedPapers {
        & > .frame { width: 92; }
        & ItemList { max-height: 70vh; }
    }
    """

    def __init__(self, library: Library, step: Step) -> None:
        super().__init__(one_line(step.label), aside=_papers(step.papers))
        self._library = library
        self._ids = library.touched(step.id)

    def body(self) -> Iterator[Widget]:
        """Title and key of each."""
        yield ItemList(can_focus=True)
        if not self._ids:
            yield Line("Its papers have been deleted for good.")

    def on_mount(self) -> None:
        """Show the first, in no more room than they take."""
        self.query_one(ItemList).styles.height = max(1, len(self._ids))
        self.query_one(ItemList).show_pages(Pages(self._ids, self._items), 0)

    def _items(self, ids: Sequence[int]) -> list[Item]:
        return [
            Item(one_line(row.title), aside=one_line(row.key)) for row in self._library.rows(ids)
        ]


def when(made: str) -> str:
    """A time in few letters: the hour of today, the day of this year, or the date."""
    try:
        time, now = datetime.fromisoformat(made).astimezone(), datetime.now().astimezone()
    except (ValueError, OverflowError):  # a damaged library, or one that another program wrote
        return one_line(made)[:10]
    if time.date() == now.date():
        return f"{time:%H:%M}"
    return f"{time.day} {time:%b %H:%M}" if time.year == now.year else f"{time:%Y-%m-%d}"


def _item(step: Step) -> Item:
    mark, word = _STATES[step.state]
    aside = " · ".join(filter(None, (word, _papers(step.papers))))
    text = f"{when(step.made):>12}  {one_line(step.label)}"
    return Item(text, mark=mark, aside=aside, tone="muted", quiet=step.state != "done")


def _changes(number: int) -> str:
    return "1 change" if number == 1 else f"{number:,} changes"


def _papers(number: int) -> str:
    return "1 paper" if number == 1 else f"{number:,} papers"
