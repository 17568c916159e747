"""Citation keys on their way into an export: those that leave the library are fixed for good."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from readinglist.errors import ExportFailed, LibraryError
from readinglist.library import Library
from readinglist.records import Entry


class HandedOut:
    """Watches papers on their way out, and pins the keys of those that got there.

    `trouble` says why keys could not be pinned, in a library that cannot be written just now;
    the files of the library are `never` to be written over.
    """

    def __init__(self, library: Library) -> None:
        self.trouble = ""
        self.never = library.files
        self._library = library
        self._keys: dict[int, str] = {}

    def watched(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """Pass papers on; one is out when the next is asked for."""
        for entry in entries:
            yield entry
            self._keys[entry.id] = entry.key

    def pinned(self, chunks: Iterable[str]) -> Iterator[str]:
        """Pass on the text of a file that is put in place once all of it has come."""
        yield from chunks
        self.pin()

    @contextmanager
    def piecemeal(self) -> Iterator[None]:
        """Pin what got out, for what is written inside stays however it ends."""
        try:
            yield
        finally:
            self.pin()

    def pin(self) -> None:
        """Pin the keys that are out; `ExportFailed` if they have become others meanwhile."""
        try:
            loose = self._library.pin_keys(self._keys)
        except LibraryError as error:
            self.trouble = f"Citation keys in it could not be fixed for good. {error}"
            return
        now = self._library.named(self._keys[paper] for paper in loose)
        if any(now.get(self._keys[paper]) != paper for paper in loose):
            raise ExportFailed(
                "Citation keys changed while they were exported.", hint="Export again."
            )
