"""The folder of the notes: which are there already, and each written whole or not at all."""

from __future__ import annotations

import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from readinglist.errors import ExportFailed
from readinglist.export import refusal, write_atomically, write_protection
from readinglist.records import Entry
from readinglist.stopping import checkpoint
from readinglist.text import clean_line
from readinglist.vault import note, there

_NAMED: Final = 5  # notes in a sentence
_LARGEST: Final = 32 << 20  # bytes; nobody wrote that by hand


class Told(NamedTuple):
    """What became of the notes: how many are new, updated and as they were.

    In `kept`, words stay that their owner had put into our sections; `left` were not touched,
    and the errors say why. `doubled` says which note it was of several with one citation key.
    """

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    kept: tuple[str, ...] = ()
    left: tuple[ExportFailed, ...] = ()
    doubled: tuple[str, ...] = ()

    def numbers(self) -> str:
        """How many there are of each."""
        return f"{self.new} new, {self.updated} updated, {self.unchanged} unchanged"

    def remark(self) -> str:
        """Where words stayed and which note was taken, in sentences; empty if that is plain."""
        kept = f"What you changed in our sections was kept in {_listed(self.kept, ', ')}."
        doubled = f"Of notes with one citekey, this was taken: {_listed(self.doubled, '; ')}."
        told = ((self.kept, kept), (self.doubled, doubled))
        return " ".join(sentence for names, sentence in told if names)


def _listed(names: tuple[str, ...], gap: str) -> str:
    more = len(names) - _NAMED
    return gap.join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")


def write(folder: Path, entries: Iterable[Entry], *, never: Iterable[Path] = ()) -> Told:
    """Write a note per paper into a folder that is there; notes anywhere below it are updated.

    A paper's note is the one whose front matter has its citation key, or a former one. What keeps
    the notes from being written is an `ExportFailed` that says how many are.
    """
    _check(folder)
    notes = _Writing(folder, tuple(never))
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
    return notes.doubts(told)


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


class _Writing:
    """Writes notes one after the other among those that are there."""

    def __init__(self, folder: Path, never: tuple[Path, ...]) -> None:
        self._folder = folder
        self._never = never
        self._notes = there.Notes(folder)

    def put(self, entry: Entry, told: Told) -> Told:
        """Write a paper's note, or bring it up to date."""
        found = self._notes.claim(entry)
        if not found:
            return self._begin(entry, told)
        path, *others = found
        if others:
            names = ", ".join(map(self._shown, others[:_NAMED]))
            told = told._replace(doubled=(*told.doubled, f"{self._shown(path)}, not {names}"))
        try:
            old = _read(path)
        except ExportFailed as error:
            return told._replace(left=(*told.left, error))
        text, kept = note.updated(old, entry)
        if text != old and (protection := write_protection(path)):
            return told._replace(left=(*told.left, protection))
        if kept:
            told = told._replace(kept=(*told.kept, self._shown(path)))
        if text == old:
            return told._replace(unchanged=told.unchanged + 1)
        write_atomically(path, _unless_changed(path, old, text), force=True, never=self._never)
        return told._replace(updated=told.updated + 1)

    def _begin(self, entry: Entry, told: Told) -> Told:
        """Write the first note of a paper, unless it may be one that cannot be read."""
        if unread := self._notes.unread_of(entry):
            return told._replace(left=(*told.left, there.unreadable(unread)))
        path = self._folder / self._notes.name_for(entry)
        write_atomically(path, [note.new(entry)], force=False)
        return told._replace(new=told.new + 1)

    def doubts(self, told: Told) -> Told:
        """Say where notes may be of which there is a second one now."""
        places = self._notes.unread if told.new else ()
        doubts = map(there.not_looked_into, [*places][:_NAMED])
        return told._replace(left=(*told.left, *doubts))

    def _shown(self, path: Path) -> str:
        return clean_line(str(path.relative_to(self._folder)))


def _read(path: Path) -> str:
    """The text of a note; what is too large, or no UTF-8, is not touched."""
    try:
        if path.stat().st_size > _LARGEST:
            raise ExportFailed(
                f"{clean_line(str(path))} is larger than {_LARGEST >> 20} MB, so it was left as "
                "it is.",
                hint="Move what is not of the note to another file.",
            )
        return path.read_bytes().decode("utf-8")
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
