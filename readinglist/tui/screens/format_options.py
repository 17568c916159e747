"""The rows of a dialog that choose what can be chosen of a format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from textual.containers import Horizontal, Vertical

from readinglist.formats.options import OPTIONS, Option
from readinglist.tui.screens.line import Line
from readinglist.tui.screens.one_of import OneOf

_OFF_ON = ("no", "yes")


class FormatOptions(Vertical):
    """A row for every option there is; those show that the format at hand has."""

    DEFAULT_CSS = """
    FormatOptions {
        height: auto;
        & > Horizontal { height: auto; }
    }
    """

    def __init__(self, options: Sequence[Option], chosen: Mapping[str, object]) -> None:
        super().__init__()
        self._options = options
        self._first = chosen

    def compose(self) -> Iterator[Horizontal]:
        """The name of an option, and the choice."""
        for option in OPTIONS:
            row = OneOf(option.choices or _OFF_ON, self._begin(option), id=option.name)
            line = Horizontal(Line(option.label, classes="label"), row)
            line.display = option in self._options
            yield line

    def _begin(self, option: Option) -> int:
        value = self._first.get(option.name)
        if option.choices:
            return option.choices.index(str(value)) if value in option.choices else 0
        return int(value is True)

    def show(self, options: Sequence[Option]) -> None:
        """Show these."""
        self._options = options
        for option in OPTIONS:
            row = self.query_one(f"#{option.name}")
            assert row.parent is not None  # noqa: S101 - it stands in its line
            row.parent.display = option in options

    def chosen(self) -> dict[str, object]:
        """What is chosen, as the format's writer takes it."""
        found: dict[str, object] = {}
        for option in self._options:
            index = self.query_one(f"#{option.name}", OneOf).chosen
            found[option.name] = option.choices[index] if option.choices else bool(index)
        return found
