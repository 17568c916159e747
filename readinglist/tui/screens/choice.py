"""The menu of one-letter continuations behind a prefix key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from readinglist.tui.looks.cells import plain_lines
from readinglist.tui.screens.dialog import Dialog
from readinglist.tui.screens.item_list import NOWHERE, Item, ItemList

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class ChoiceOption(Generic[Value]):
    """One continuation: the key to press, what it does, and the value it stands for."""

    key: str
    label: str
    value: Value


class ChoiceList(ItemList, inherit_bindings=False):
    """The continuations; letters are theirs, so only arrow keys move."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "move(1)", "Down", show=False),
        Binding("up", "move(-1)", "Up", show=False),
        Binding("home", "top", "First", show=False),
        Binding("end", "bottom", "Last", show=False),
    ]


class Choice(Dialog[Value | None]):
    """Shows the continuations; a letter picks one, any key that means nothing here closes."""

    HOLDS: ClassVar = (ChoiceList,)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "pick", "choose", id="choice.pick", show=False),
    ]

    DEFAULT_CSS = """
    Choice {
        align: center bottom;
        background: $background 20%;
        & > .frame { width: 44; margin-bottom: 2; }
    }
    """

    def __init__(self, title: str, options: Sequence[ChoiceOption[Value]]) -> None:
        super().__init__(plain_lines(title))
        self._options = tuple(options)

    def body(self) -> Iterator[Widget]:
        """One line for each continuation."""
        items = [
            Item(plain_lines(option.label), mark=option.key, tone="accent")
            for option in self._options
        ]
        menu = ChoiceList(items, can_focus=True, fit=True)
        menu.cursor = NOWHERE
        yield menu

    def on_key(self, event: events.Key) -> None:
        """A letter of the menu picks; keys that move stay with the list; the rest closes."""
        for option in self._options:
            if option.key in (event.character, event.key):
                event.stop()
                self.finish(option.value)
                return
        means = self.active_bindings.get(event.key)
        if means is None or not (means.binding.id or isinstance(means.node, ChoiceList)):
            event.stop()
            self.action_cancel()

    def on_click(self, event: events.Click) -> None:
        """A click beside the menu closes it."""
        if event.widget is self:
            self.action_cancel()

    @on(ItemList.Picked)
    def action_pick(self) -> None:
        """Pick the line under the cursor."""
        cursor = self.query_one(ChoiceList).cursor
        if cursor == NOWHERE:
            self.action_cancel()
        else:
            self.finish(self._options[cursor].value)
