"""Give tags another name, one name together, or several names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar, NamedTuple

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from readinglist.errors import UsageError
from readinglist.library.journal.tags import below, tag_names
from readinglist.tui.looks.cells import one_line
from readinglist.tui.screens.dialog import Dialog
from readinglist.tui.screens.line import Line
from readinglist.tui.widgets.field import Field


class Naming(NamedTuple):
    """The names that take the place of the tags; `branch` takes along those below."""

    names: tuple[str, ...]
    branch: bool = False


class TagNaming(Dialog[Naming | None]):
    """Rename one tag, merge several into one, or with `split` put several in the place of one.

    What will happen is said while a name is typed.
    """

    HOLDS: ClassVar = (Field,)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "take", "do it", id="naming.take", tooltip="Take this name."),
        Binding(
            "tab", "branch", "with or without those below", id="naming.branch",
            tooltip="Rename the tags below it too, or leave them.",
        ),
    ]  # fmt: skip

    DEFAULT_CSS = """
    TagNaming {
        & > .frame { width: 72; }
        & Line { margin: 1 1 0 1; height: auto; text-wrap: wrap; }
        & Field { margin-top: 1; }
    }
    """

    def __init__(
        self, tags: Sequence[str], counts: Mapping[str, int], *, split: bool = False
    ) -> None:
        shown = one_line(tags[0]) if len(tags) == 1 else f"{len(tags)} tags"
        super().__init__(f"{'Split' if split else 'Rename' if len(tags) == 1 else 'Merge'} {shown}")
        self._tags = tags
        self._counts = counts
        self._split = split
        one = len(tags) == 1 and not split
        self._below = below(tags[0], counts) if one else []
        self._branch = bool(self._below)
        self._given = "" if split else max(tags, key=lambda tag: counts.get(tag, 0))

    def body(self) -> Iterator[Widget]:
        """The name, and what it will do."""
        yield Field(self._given, placeholder="names, with commas between", id="name")
        yield Line(id="notice")

    def on_mount(self) -> None:
        """Say what will happen."""
        self._foretell()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only a tag with others below it has a choice."""
        if action == "branch":
            return bool(self._below)
        return super().check_action(action, parameters)

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        """Only a tag with others below it has a choice."""
        if action == "branch" and not self._below:
            return "No tag hangs below it." if len(self._tags) == 1 else "Several become one here."
        return super().why_not(action, parameters)

    @on(Field.Changed)
    def _foretell(self) -> None:
        """Say what the name does, or what is wrong with it."""
        try:
            names = self._names()
        except UsageError as error:
            typed = bool(self.query_one(Field).value.strip())
            self.say(str(error) if typed else self._asked(), tone="error" if typed else "")
            return
        self.say(self._told(names), tone="plain")

    def _asked(self) -> str:
        return "Which tags shall take its place?" if self._split else "What shall it be called?"

    def _names(self) -> list[str]:
        names = tag_names([self.query_one(Field).value])
        if len(names) > 1 and not self._split:
            raise UsageError("That is more than one tag: a comma separates tags.")
        return names

    def _told(self, names: Sequence[str]) -> str:
        old = ", ".join(map(one_line, self._tags))
        new = ", ".join(map(one_line, names))
        told = f"{old} → {new}"
        known = {tag.casefold(): tag for tag in self._counts}
        ours = {tag.casefold() for tag in self._tags}
        joined = [n for n in names if n.casefold() in known and n.casefold() not in ours]
        if joined:
            told += f"\n{', '.join(map(one_line, joined))} is there already: they become one."
        if self._below:
            shown = ", ".join(map(one_line, self._below[:3]))
            more = ", …" if len(self._below) > 3 else ""
            what = "With" if self._branch else "Without"
            told += f"\n{what} the {len(self._below)} below it: {shown}{more}"
        return told

    def action_branch(self) -> None:
        """Take those below along, or not."""
        self._branch = not self._branch
        self._foretell()

    def action_take(self) -> None:
        """Close with the name, if it can be one."""
        try:
            names = self._names()
        except UsageError as error:
            self.say(str(error), tone="error")
            return
        self.finish(Naming(tuple(names), self._branch))
