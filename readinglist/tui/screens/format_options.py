"""The rows of a dialog that choose what can be chosen of a format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from textual.containers import Horizontal, Vertical

from readinglist.formats.options import Option
from readinglist.tui.screens.line import Line
from readinglist.tui.screens.one_of import OneOf

_OFF_ON = ("no", "yes")


class FormatOptions(Vertical):
    """A row for every option of the format at hand; it is made when that first needs it."""

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
        self._rows: dict[Option, OneOf] = {}
        self._lines: dict[Option, Horizontal] = {}

    def compose(self) -> Iterator[Horizontal]:
        """The name of an option, and the choice."""
        yield from map(self._line, self._options)

    def _line(self, option: Option) -> Horizontal:
        row = OneOf(option.choices or _OFF_ON, self._begin(option), id=option.name)
        self._rows[option] = row
        self._lines[option] = Horizontal(Line(option.label, classes="label"), row)
        return self._lines[option]

    def _begin(self, option: Option) -> int:
        value = self._first.get(option.name)
        if option.choices:
            return option.choices.index(str(value)) if value in option.choices else 0
        return int(value is True)

    def show(self, options: Sequence[Option]) -> None:
        """Show these."""
        self._options = options
        self.mount(*(self._line(option) for option in options if option not in self._lines))
        for option, line in self._lines.items():
            line.display = option in options

    def chosen(self) -> dict[str, object]:
        """What is chosen, as the format's writer takes it."""
        found: dict[str, object] = {}
        for option in self._options:
            index = self._rows[option].chosen
            found[option.name] = option.choices[index] if option.choices else bool(index)
        return found
