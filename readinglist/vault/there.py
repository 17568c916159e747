"""The notes that are in a folder: each by its citation key, and the names that are taken."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from readinglist.errors import ExportFailed
from readinglist.export import refusal
from readinglist.records import Entry
from readinglist.stopping import checkpoint
from readinglist.text import clean_line
from readinglist.vault import file_names, note

_HEAD: Final = 32_768  # bytes; few front matters are longer
_LONGEST_HEAD: Final = 4 << 20
_PERMIT: Final = "Give yourself permission to read it, and export again."


class Notes:
    """Looks through a folder once, and below it; no link is followed, nothing hidden is seen.

    `unread` are the places that could not be looked into.
    """

    def __init__(self, folder: Path) -> None:
        self.unread: list[Path] = []
        self._by_key: dict[str, list[Path]] = {}
        self._taken = _names_in(folder)
        for path in self._files(folder):
            checkpoint()
            if key := self._key_in(path):
                self._by_key.setdefault(key.casefold(), []).append(path)

    def claim(self, entry: Entry) -> list[Path]:
        """The notes of a paper, its own first, which no other paper gets then.

        That is the one with its key and the name that we would give it, or else the one nearest
        to the folder; then those with former keys.
        """
        usual = file_names.folded(file_names.stem(entry.key) + file_names.SUFFIX)
        found: list[Path] = []
        for key in dict.fromkeys(map(str.casefold, (entry.key, *entry.aliases))):
            notes = self._by_key.pop(key, [])
            found += sorted(notes, key=lambda path: file_names.folded(path.name) != usual)
        return found

    def unread_of(self, entry: Entry) -> Path | None:
        """A file with the name of a paper's note that could not be looked into."""
        usual = file_names.folded(file_names.stem(entry.key) + file_names.SUFFIX)
        return next((path for path in self.unread if file_names.folded(path.name) == usual), None)

    def name_for(self, entry: Entry) -> str:
        """A name for a new note, which nothing has from now on."""
        name = file_names.free(entry.key, self._taken)
        self._taken.add(file_names.folded(name))
        return name

    def _files(self, folder: Path) -> Iterator[Path]:
        """The Markdown files, those nearest to the folder first."""
        for parent, folders, files in os.walk(folder, onerror=self._cannot_look):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(files):
                path = Path(parent, name)
                if (
                    name.lower().endswith(file_names.SUFFIX)
                    and name[0] != "."
                    and not path.is_symlink()
                ):
                    yield path

    def _cannot_look(self, error: OSError) -> None:
        self.unread.append(Path(error.filename))

    def _key_in(self, path: Path) -> str:
        try:
            with path.open("rb") as file:
                head = file.read(_HEAD)
                if len(head) == _HEAD and not note.has_whole_head(_decoded(head)):
                    head += file.read(_LONGEST_HEAD)
        except OSError:
            self.unread.append(path)
            return ""
        return note.key_of(_decoded(head))


def unreadable(path: Path) -> ExportFailed:
    """Say that a note could not be read."""
    return ExportFailed(
        f"{clean_line(str(path))} cannot be read, so it was left as it is.", hint=_PERMIT
    )


def not_looked_into(path: Path) -> ExportFailed:
    """Say that a place could not be looked into, so that a note in it was not found."""
    return ExportFailed(
        f"{clean_line(str(path))} cannot be read; if a new paper had its note there, it has two.",
        hint=_PERMIT,
    )


def _decoded(head: bytes) -> str:
    return head.decode("utf-8", "replace")


def _names_in(folder: Path) -> set[str]:
    try:
        return {file_names.folded(entry.name) for entry in os.scandir(folder)}
    except OSError as error:
        raise refusal(folder, error) from error
