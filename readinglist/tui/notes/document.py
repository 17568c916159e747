"""A note as its editor measures and paints it: sign by sign, as wide as the terminal makes it."""

from __future__ import annotations

from typing import overload

from rich.cells import cell_len
from textual.document._document import Document

_JOINTS = str.maketrans(dict.fromkeys("\u200c\u200d\ufe0e\ufe0f", "\u200b"))


class NoteDocument(Document):
    """Keeps a text as it is written, and shows emoji that are joined to one sign in their parts.

    Terminals disagree about the width of such a sign, and the cursor divides it; of its parts,
    everybody knows the width. What shows has as many letters as what is kept.
    """

    @property
    def lines(self) -> list[str]:
        """The lines as they show."""
        return [line.translate(_JOINTS) for line in self._lines]

    @overload
    def __getitem__(self, line_index: int) -> str: ...

    @overload
    def __getitem__(self, line_index: slice) -> list[str]: ...

    def __getitem__(self, line_index: int | slice) -> str | list[str]:
        """A line as it shows, or several; it is what `get_line` gives too."""
        if isinstance(line_index, slice):
            return self.lines[line_index]
        return self._lines[line_index].translate(_JOINTS)

    def after_sign(self, row: int, column: int, step: int) -> int:
        """The column, or the next one in this direction that is not within a letter.

        Accents and joints stand in no cell of their own, so no cursor would show on them.
        """
        line = self.get_line(row)
        while 0 < column < len(line) and line[column] != "\t" and not cell_len(line[column]):
            column += step
        return column
