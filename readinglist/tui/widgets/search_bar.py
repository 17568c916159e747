"""The search line: every keystroke is a search."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.message import Message

from readinglist.tui.widgets.field import Field


class SearchBar(Field):
    """An input that says when it is left, and which way."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter", "submit", "To the list", id="search.submit",
            tooltip="Go to the papers found.",
        ),
        Binding(
            "escape", "leave", "Back", id="search.leave",
            tooltip="Go back to the list; the search stays.",
        ),
        Binding(
            "down", "step(1)", "Next", id="search.next", show=False,
            tooltip="Move down in the papers found, and keep typing.",
        ),
        Binding(
            "up", "step(-1)", "Previous", id="search.previous", show=False,
            tooltip="Move up in the papers found, and keep typing.",
        ),
        Binding(
            "backspace", "erase", "Delete", id="search.erase", show=False,
            tooltip="Delete a character; with none left, take the last filter away.",
        ),
    ]  # fmt: skip

    @dataclass
    class Left(Message):
        """The user wants to go back to the list."""

    @dataclass
    class Stepped(Message):
        """The user wants the next or previous paper without leaving."""

        step: int

    @dataclass
    class Widened(Message):
        """The user deletes although nothing is typed: the last filter goes."""

    def __init__(self, *, id: str = "search") -> None:
        super().__init__(
            id=id, compact=True, select_on_focus=False, placeholder="search", max_length=1000
        )

    def action_leave(self) -> None:
        """Go back to the list."""
        self.post_message(self.Left())

    def action_step(self, step: int) -> None:
        """Move the list's cursor."""
        self.post_message(self.Stepped(step))

    def action_erase(self) -> None:
        """Delete a character, or the last filter when there is none."""
        if self.value:
            self.action_delete_left()
        else:
            self.post_message(self.Widened())

    def cell_at(self, position: int) -> int:
        """The screen column of a character of the search."""
        column = cell_len(self.value[:position]) - round(self.scroll_x)
        return self.content_region.x + min(max(0, column), max(0, self.size.width - 1))
