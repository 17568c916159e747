"""Ask before something that cannot be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from readinglist.tui.looks.cells import plain_lines
from readinglist.tui.screens.dialog import Dialog
from readinglist.tui.screens.item_list import Item, ItemList


class Confirm(Dialog[bool]):
    """`question` in one sentence; `action` is the verb of going on. The cursor is on Cancel."""

    HOLDS: ClassVar = (ItemList,)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "tab,shift+tab", "other", "choose", id="confirm.other", key_display="↑↓",
            tooltip="Go to the other answer.",
        ),
        Binding("enter", "answer", "answer", id="confirm.answer", tooltip="Take this answer."),
    ]  # fmt: skip

    DEFAULT_CSS = """
    Confirm {
        & > .frame { width: 56; border: round $warning; border-title-color: $text-warning; }
        & .question { width: 1fr; height: auto; max-height: 8; margin: 1; }
    }
    """

    def __init__(self, question: str, action: str, *, title: str = "Are you sure?") -> None:
        super().__init__(title)
        self._question = plain_lines(question)
        self._action = plain_lines(action)

    def body(self) -> Iterator[Widget]:
        """The question, then its two answers."""
        yield Static(Content(self._question), markup=False, classes="question")
        yield ItemList([Item("Cancel"), Item(self._action)], can_focus=True, fit=True)

    def action_other(self) -> None:
        """Go to the other answer."""
        answers = self.query_one(ItemList)
        answers.action_move(-1 if answers.cursor else 1)

    @on(ItemList.Picked)
    def action_answer(self) -> None:
        """Take the answer under the cursor."""
        self.finish(self.query_one(ItemList).cursor == 1)

    def action_cancel(self) -> None:
        """Esc is no."""
        self.finish(False)
