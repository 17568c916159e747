"""What is wrong with the settings, as it is found and as it is told."""

from __future__ import annotations

from pathlib import Path as File
from typing import NamedTuple

from readinglist.settings.table import Path


class Fault(NamedTuple):
    """A key of the file that says what cannot be, and what to say of it."""

    path: Path
    message: str


class Complaint(NamedTuple):
    """What is wrong with the settings; `line` is 0 where it is about no line of the file."""

    line: int
    key: str
    message: str

    def told(self, file: File) -> str:
        """The whole sentence, with the file's name."""
        where = f"{file.name}, line {self.line}" if self.line else file.name
        return ": ".join(filter(None, (where, self.key, self.message)))
