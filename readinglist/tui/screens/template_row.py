"""The row of the export dialog that names a template."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from textual.containers import Horizontal
from textual.widget import Widget

from readinglist.tui.screens.line import Line
from readinglist.tui.screens.path_field import PathField
from readinglist.tui.typed_paths import TypedPaths


class TemplateRow(Horizontal):
    """A path to be typed or completed; `first` is where the template was the last time."""

    def __init__(self, paths: TypedPaths, first: Path | None) -> None:
        super().__init__(classes="row")
        self._paths = paths
        self._first = paths.shown(first) if first else ""

    def compose(self) -> Iterator[Widget]:
        """Its name and the path."""
        yield Line("Template", classes="label")
        yield PathField(self._paths, self._first, id="template")

    @property
    def text(self) -> str:
        """What is typed; what was there first, until it can be."""
        found = self.query(PathField)
        return found.first().value.strip() if found else self._first

    @property
    def changed(self) -> bool:
        """Whether another template is named than the last time."""
        return self.text != self._first
