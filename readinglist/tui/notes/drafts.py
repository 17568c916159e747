"""Drafts of notes: what is typed and not saved yet lies in a private file, should the app die."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Final, NamedTuple

from readinglist.text import clean

_FOLDER: Final = "drafts"
_numbers: Final = count()
_in_hand: Final[set[Path]] = set()


class Left(NamedTuple):
    """What a draft holds: the note as it was, and as it was to become."""

    base: str
    text: str


class Drafts:
    """The drafts of one paper's note, beside the library: one for each app that writes it."""

    def __init__(self, library: Path, key: str) -> None:
        self._folder = library.parent / _FOLDER
        digest = hashlib.sha256(f"{library.name}\0{key}".encode("utf-8", "replace")).hexdigest()
        self._name = digest[:24]
        self._own = self._folder / f"{self._name}.{os.getpid()}-{next(_numbers)}.json"
        self._key = key
        self._library = library.name

    def keep(self, base: str, text: str) -> None:
        """Keep what has been typed so far; `OSError` if it cannot be."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        words = {"library": self._library, "key": self._key, "base": base, "text": text}
        unfinished = self._own.with_suffix(".unfinished")
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as file:
            json.dump(words, file)
        unfinished.replace(self._own)
        _in_hand.add(self._own)

    def left(self) -> Left | None:
        """What an app that is gone had not saved, the newest of it."""
        for path in sorted(self._orphans(), key=_age, reverse=True):
            if (words := _read(path)) is not None and words.text != words.base:
                return words
        return None

    def drop(self) -> None:
        """Forget what was kept: it is saved, or not wanted."""
        _in_hand.discard(self._own)
        for path in (self._own, self._own.with_suffix(".unfinished"), *self._orphans()):
            with suppress(OSError):
                path.unlink()
        with suppress(OSError):
            self._folder.rmdir()  # unless others are in it

    def _orphans(self) -> Iterator[Path]:
        """Yield the drafts whose app does not run any more."""
        for path in self._folder.glob(f"{self._name}.*.json"):
            if not _is_in_hand(path):
                yield path


def waiting(library: Path) -> list[str]:
    """The keys of the papers of a library whose notes have a draft that was left."""
    found = []
    for path in sorted((library.parent / _FOLDER).glob("*.json"), key=_age):
        with suppress(OSError, ValueError, KeyError, TypeError):
            words = json.loads(path.read_text(encoding="utf-8"))
            left = not _is_in_hand(path)
            if words["library"] == library.name and words["text"] != words["base"] and left:
                found.append(clean(str(words["key"])))
    return list(dict.fromkeys(found))


def _read(path: Path) -> Left | None:
    try:
        words = json.loads(path.read_text(encoding="utf-8"))
        return Left(clean(str(words["base"])), clean(str(words["text"])))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _age(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _is_in_hand(path: Path) -> bool:
    """Whether an app that runs, this one or another, is writing a draft."""
    number = path.suffixes[-2].removeprefix(".").partition("-")[0]
    if number == str(os.getpid()):
        return path in _in_hand  # another may have had the same number before
    return number.isdigit() and _runs(number)


def _runs(number: str) -> bool:
    """Whether a process is there; on Windows, asking would end it."""
    if sys.platform == "win32":
        return False
    try:
        os.kill(int(number), 0)
    except (OSError, OverflowError):
        return False
    return True
