"""Ask for a name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from readinglist.tui.looks.cells import plain_lines
from readinglist.tui.screens.dialog import Dialog
from readinglist.tui.screens.line import Line
from readinglist.tui.widgets.field import Field


class NameDialog(Dialog[str | None]):
    """`about` says what is named; a `taken` name is replaced if one may, which is said."""

    HOLDS: ClassVar = (Field,)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "save", "save", id="name.save", tooltip="Take this name."),
    ]

    DEFAULT_CSS = """
    NameDialog {
        & #about { margin: 1 1 0 1; color: $text-muted; }
        & Field { margin: 1 1 0 1; }
        & #notice { margin: 0 1; }
    }
    """

    AUTO_FOCUS = "Field"

    def __init__(
        self,
        title: str,
        about: str,
        *,
        name: str = "",
        taken: Sequence[str] = (),
        may_replace: bool = True,
    ) -> None:
        super().__init__(title)
        self._may_replace = may_replace
        self._about = about
        self._name_before = name
        self._taken = {each.casefold(): each for each in taken}

    def body(self) -> Iterator[Widget]:
        """What is named, its name, and what that would replace."""
        yield Line(plain_lines(self._about), id="about")
        yield Field(self._name_before, placeholder="a name", max_length=100)
        yield Line(id="notice")

    @on(Field.Changed)
    def look(self) -> None:
        """Say what the name would replace, or that another search has it."""
        other = self._other
        if other and self._may_replace:
            self.say(f"It takes the place of the search “{other}”.", tone="warning")
        else:
            self.say(f"There is a search “{other}” already." if other else "", tone="error")

    @property
    def _typed(self) -> str:
        return self.query_one(Field).value.strip()

    @property
    def _other(self) -> str | None:
        """The search that has the name already."""
        return self._taken.get(self._typed.casefold())

    def action_save(self) -> None:
        """Take the name, once there is one that it can have."""
        if not self._typed:
            self.say("It needs a name.", tone="error")
        elif self._may_replace or not self._other:
            self.finish(self._typed)
