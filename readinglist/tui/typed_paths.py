"""Paths as they are typed: what a text names, how it may go on, and what is there.

All of it may wait for a disk or a network, except `TypedPaths.path`: call it in a thread.
"""

from __future__ import annotations

import heapq
import os
import shlex
import stat
import time
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from readinglist.importing import find_documents

LISTED = 200  # names; nobody scrolls further, they type another letter
_LOOKED_AT = 100_000  # entries of one folder
_COUNTED = 10_000  # files below a folder
_PATIENCE = 0.25  # seconds for counting them
_SEPARATORS = tuple(filter(None, (os.sep, os.altsep, "/")))


@dataclass(frozen=True, slots=True)
class Name:
    """An entry of a folder, as it is shown and as the file system spells it."""

    shown: str
    real: str
    is_folder: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """How a typed text may go on: the folder's part of it, the first names, how many more."""

    folder: str
    names: tuple[Name, ...] = ()
    more: int = 0
    problem: str = ""

    def common(self) -> str:
        """The longest text that all of the names share; a folder alone ends in a separator."""
        if len(self.names) == 1 and not self.more:
            return self.text(self.names[0])
        names = [name.shown for name in self.names]
        return self.folder + os.path.commonprefix(names)  # noqa: RUF071 - by letters, as meant

    def text(self, name: Name) -> str:
        """The whole text with one of the names in it."""
        return f"{self.folder}{name.shown}{'/' if name.is_folder else ''}"


class Kind(Enum):
    """What is at a path."""

    FILE = "file"
    FOLDER = "folder"
    OTHER = "neither file nor folder"
    NOTHING = "nothing"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Sight:
    """What is at a path: bytes of a file, files below a folder (`files_more`: at least)."""

    path: Path
    kind: Kind
    size: int = 0
    files: int = 0
    files_more: bool = False
    reason: str = ""


def printable(name: str) -> str:
    """A file name as it can be shown and typed: what is no printable character becomes �."""
    return "".join(c if c.isprintable() else "�" for c in name)


def from_home(path: str) -> str:
    """A path with `~` for the home folder, as people write it."""
    home = str(Path.home())
    inside = path == home or path.startswith(home + os.sep)
    return "~" + path[len(home) :] if inside else path


class TypedPaths:
    """Turns what is typed into paths, relative to `base`; `~` is the home folder.

    It remembers which names cannot be typed as they are (not UTF-8, control characters), so
    that a completed text still leads to the right file.
    """

    def __init__(self, base: Path) -> None:
        self.base = base
        self._real: dict[str, str] = {}

    def shown(self, path: Path) -> str:
        """The text for a path, the home folder as `~`."""
        text = from_home(str(path))
        shown = printable(text)
        if shown != text:
            self._real[shown] = str(path)
        return shown

    def path(self, text: str) -> Path:
        """The path that a text names, whether or not it exists."""
        head, tail = text, ""
        while head and head not in self._real:
            cut = max(head.rstrip("".join(_SEPARATORS)).rfind(sep) for sep in _SEPARATORS)
            head, tail = head[: cut + 1], head[cut + 1 :] + tail
        # `Path.expanduser` raises for a user that there is not; this leaves the name as it is.
        return self.base / os.path.expanduser(self._real.get(head, head) + tail)  # noqa: PTH111 (`Path.expanduser` raises for nobody's home)

    def paths(self, text: str) -> tuple[Path, ...]:
        """The paths that a text names: one as it stands, or those that a terminal dropped there.

        Terminals paste dropped files quoted, escaped, or as file: links.
        """
        if not text.strip():
            return ()
        whole = self.path(text)
        if os.path.lexists(whole):
            return (whole,)
        whole = self.path(text.strip())
        try:
            parts = [_unlinked(part) for part in shlex.split(text)]
        except ValueError:
            return (whole,)
        found = tuple(self.path(part) for part in parts)
        return found if found and all(map(os.path.lexists, found)) else (whole,)

    def listing(self, text: str) -> Listing:
        """How a text may go on, names in order; hidden ones only after a dot."""
        if text == "~":
            return Listing("", (Name("~", "~", is_folder=True),))
        cut = max(text.rfind(sep) for sep in _SEPARATORS) + 1
        folder, start = text[:cut], text[cut:]
        try:
            found = list(self._names(folder, start))
        except (OSError, ValueError) as error:
            return Listing(folder, problem=_reason(error))
        # Not `sorted`: over a huge folder it would hold up the screen, from whichever thread.
        names = heapq.nsmallest(LISTED, found, key=lambda name: name.shown.casefold())
        for name in names:
            if name.shown != name.real:
                self._real[folder + name.shown] = str(self.path(folder) / name.real)
                self._real[f"{folder}{name.shown}/"] = str(self.path(folder) / name.real) + "/"
        return Listing(folder, tuple(names), len(found) - len(names))

    def _names(self, folder: str, start: str) -> Iterator[Name]:
        any_case = start == start.casefold()
        with os.scandir(self.path(folder)) as entries:
            for count, entry in enumerate(entries):
                if count >= _LOOKED_AT:
                    return
                shown = printable(entry.name)
                if shown.startswith(".") and not start.startswith("."):
                    continue
                if (shown.casefold() if any_case else shown).startswith(start):
                    own = shown.startswith("~") and not folder  # typed alone, it is a home folder
                    yield Name(f"./{shown}" if own else shown, entry.name, _is_folder(entry))


def sight(path: Path, *, count: bool = False) -> Sight:
    """Look at what is at a path; with `count`, at how many files an import of it would read."""
    try:
        facts = path.stat()
        if stat.S_ISDIR(facts.st_mode):
            return _folder_sight(path, count=count)
    except FileNotFoundError:
        return Sight(path, Kind.NOTHING)
    except (OSError, ValueError) as error:
        return Sight(path, Kind.UNREADABLE, reason=_reason(error))
    if not stat.S_ISREG(facts.st_mode):
        return Sight(path, Kind.OTHER)
    if not os.access(path, os.R_OK):
        return Sight(path, Kind.UNREADABLE, reason="permission denied")
    return Sight(path, Kind.FILE, size=facts.st_size)


def _folder_sight(path: Path, *, count: bool) -> Sight:
    if not os.access(path, os.R_OK | os.X_OK):
        return Sight(path, Kind.UNREADABLE, reason="permission denied")
    if not count:
        return Sight(path, Kind.FOLDER)
    files, until = 0, time.monotonic() + _PATIENCE
    try:
        for _ in find_documents(path):
            if files >= _COUNTED or time.monotonic() > until:
                return Sight(path, Kind.FOLDER, files=files, files_more=True)
            files += 1
    except OSError as error:
        return Sight(path, Kind.UNREADABLE, reason=_reason(error))
    return Sight(path, Kind.FOLDER, files=files)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _unlinked(text: str) -> str:
    if text.startswith("file://"):
        return urllib.parse.unquote(urllib.parse.urlsplit(text).path)
    return text


def _reason(error: OSError | ValueError) -> str:
    return (getattr(error, "strerror", None) or str(error)).lower()
