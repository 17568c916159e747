"""The folder of the notes: which are there already, and each written whole or not at all."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from readinglist.errors import ExportFailed
from readinglist.export import refusal, write_atomically
from readinglist.formats.refusing import LONGEST_LINE
from readinglist.records import Entry
from readinglist.stopping import checkpoint
from readinglist.text import clean_line
from readinglist.vault import file_names, note

_NAMED: Final = 5  # notes in a sentence
_HEAD: Final = 32_768  # bytes; front matter is no longer


class Told(NamedTuple):
    """What became of the notes: how many are new, updated and as they were.

    In `kept`, words stay that their owner had put into our sections; `left` were not touched,
    and the errors say why.
    """

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    kept: tuple[str, ...] = ()
    left: tuple[ExportFailed, ...] = ()

    def numbers(self) -> str:
        """How many there are of each."""
        return f"{self.new} new, {self.updated} updated, {self.unchanged} unchanged"

    def remark(self) -> str:
        """Where words stayed, in a sentence; empty if nowhere."""
        if not self.kept:
            return ""
        more = len(self.kept) - _NAMED
        names = ", ".join(self.kept[:_NAMED]) + (f" and {more} more" if more > 0 else "")
        return f"What you changed in our sections was kept in {names}."


def write(folder: Path, entries: Iterable[Entry], *, never: Iterable[Path] = ()) -> Told:
    """Write a note per paper into a folder that is there; notes anywhere below it are updated.

    A paper's note is the one whose front matter has its citation key, or a former one. What keeps
    the notes from being written is an `ExportFailed` that says how many are.
    """
    _check(folder)
    notes = _Notes(folder, tuple(never))
    told = Told()
    for number, entry in enumerate(entries):
        checkpoint()
        try:
            told = notes.put(entry, told)
        except ExportFailed as error:
            if number == 0:
                raise
            sofar = "note before it is" if number == 1 else f"{number} notes before it are"
            raise ExportFailed(f"{error.message} The {sofar} complete.", hint=error.hint) from error
    return told


def _check(folder: Path) -> None:
    shown = clean_line(str(folder))
    try:
        mode = folder.lstat().st_mode
    except FileNotFoundError as error:
        raise ExportFailed(
            f"{shown} does not exist, so no notes were written.", hint="Create the folder first."
        ) from error
    except OSError as error:
        raise refusal(folder, error) from error
    if stat.S_ISLNK(mode):
        raise ExportFailed(
            f"{shown} is a symbolic link, so no notes were written.",
            hint="Give the folder that it leads to.",
        )
    if not stat.S_ISDIR(mode):
        raise ExportFailed(
            f"{shown} is no folder, so no notes were written.", hint="Give the folder of the notes."
        )


class _Notes:
    """The notes that are there: by their citation keys, and the names that are taken."""

    def __init__(self, folder: Path, never: tuple[Path, ...]) -> None:
        self._folder = folder
        self._never = never
        self._by_key: dict[str, Path] = {}
        self._taken = _names_in(folder)
        for path in _files(folder):
            checkpoint()
            if key := _key_in(path):
                self._by_key.setdefault(key.casefold(), path)

    def put(self, entry: Entry, told: Told) -> Told:
        """Write a paper's note, or bring it up to date."""
        path = self._claim(entry)
        if path is None:
            name = file_names.free(entry.key, self._taken)
            write_atomically(self._folder / name, [note.new(entry)], force=False)
            self._taken.add(file_names.folded(name))
            return told._replace(new=told.new + 1)
        try:
            old = _read(path)
        except ExportFailed as error:
            return told._replace(left=(*told.left, error))
        text, kept = note.updated(old, entry)
        if kept:
            shown = str(path.relative_to(self._folder))
            told = told._replace(kept=(*told.kept, shown))
        if text == old:
            return told._replace(unchanged=told.unchanged + 1)
        write_atomically(path, _unless_changed(path, old, text), force=True, never=self._never)
        return told._replace(updated=told.updated + 1)

    def _claim(self, entry: Entry) -> Path | None:
        """The note of a paper, which no other paper gets then."""
        for key in (entry.key, *entry.aliases):
            if path := self._by_key.pop(key.casefold(), None):
                return path
        return None


def _names_in(folder: Path) -> set[str]:
    try:
        return {file_names.folded(entry.name) for entry in os.scandir(folder)}
    except OSError as error:
        raise refusal(folder, error) from error


def _files(folder: Path) -> Iterator[Path]:
    """The Markdown files below a folder, those nearest to it first; no link is followed."""
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(parent, name)
            if name.endswith(file_names.SUFFIX) and name[0] != "." and not path.is_symlink():
                yield path


def _key_in(path: Path) -> str:
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError:
        return ""
    return note.key_of(head.decode("utf-8", "replace"))


def _read(path: Path) -> str:
    """The text of a note; what is no UTF-8 is not touched."""
    try:
        data = path.read_bytes() if path.stat().st_size <= LONGEST_LINE else b"\xff"
        return data.decode("utf-8")
    except OSError as error:
        raise refusal(path, error) from error
    except UnicodeDecodeError:
        raise ExportFailed(
            f"{clean_line(str(path))} is no UTF-8 text, so it was left as it is.",
            hint="Save it as UTF-8 and export again.",
        ) from None


def _unless_changed(path: Path, old: str, text: str) -> Iterator[str]:
    """The new text, as long as the file is still the one that it was made from."""
    yield text
    if _read(path) != old:
        raise ExportFailed(
            f"{clean_line(str(path))} changed meanwhile, so it was left as it is.",
            hint="Export again.",
        )
