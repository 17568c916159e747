"""From paths to papers: find the documents, read each, and bring it into a library."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from readinglist.contents import content_of, is_streamed, unreadable
from readinglist.errors import ImportFailed
from readinglist.formats.refusing import LARGEST
from readinglist.library import Library
from readinglist.outcomes import Receipt
from readinglist.stopping import Stopped, checkpoint, with_checkpoints
from readinglist.text import clean_line

MOST_COMPARED: Final = 5000
"""New papers that an import compares with the others by the way; that takes a second or two."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A path that nothing could be imported from, and the sentence that says why."""

    path: Path
    error: ImportFailed


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import has come: documents and bytes done and in all, and the one at hand."""

    done: int
    documents: int
    read: int
    size: int
    path: Path


def import_paths(
    library: Library,
    paths: Iterable[Path],
    *,
    format: str | None = None,
    tell: Callable[[Progress], None] | None = None,
) -> Iterator[Receipt | Failure]:
    """Import files and folders (recursively), one outcome at a time, each document all or nothing.

    Inside a folder, hidden files and folders and the library itself are passed over. A folder in
    which no file can be read is one failure, and so is each folder below it that is closed to us.
    `tell` hears of each document before it is read, and of a long one while it is.
    `LibraryError` and, inside `stoppable`, `Stopped` end it; what came before stays imported.
    """
    sources = [_source(path, library.files) for path in paths]
    way = _Way([file for source in sources for file in source.files], tell)
    for source in sources:
        read = _import_folder if source.is_folder else _import_each
        yield from read(library, source, format, way)


@dataclass(frozen=True, slots=True)
class _Source:
    """What one path leads to: itself, or the files of a folder and the folders closed to us."""

    path: Path
    files: tuple[Path, ...]
    closed: tuple[Failure, ...] = ()
    is_folder: bool = False


def _source(path: Path, own: frozenset[Path]) -> _Source:
    if not os.path.isdir(path):  # noqa: PTH112 (`Path.is_dir` raises where nothing can be seen)
        return _Source(path, (path,))
    closed: list[Failure] = []

    def pass_by(error: OSError) -> None:
        where = Path(error.filename or path)
        closed.append(Failure(where, unreadable(where, error)))

    files = [
        file
        for file in with_checkpoints(find_documents(path, on_closed=pass_by))
        if Path(os.path.realpath(file)) not in own  # `Path.resolve` raises for a loop of links
    ]
    return _Source(path, tuple(files), tuple(closed), is_folder=True)


class _Way:
    """The documents of an import, and how many of them lie behind."""

    def __init__(self, files: Sequence[Path], tell: Callable[[Progress], None] | None) -> None:
        self._tell = tell
        self._sizes = [_size(file) for file in with_checkpoints(files)] if tell else []
        self._whole = sum(self._sizes)
        self._done = self._read = 0
        self._file: Path | None = None

    def reach(self, file: Path) -> None:
        """Tell that a document is about to be read, if that is still wanted."""
        checkpoint()
        if self._tell is not None:
            if self._file is not None:
                self._read += self._sizes[self._done]
                self._done += 1
            self._file = file
            self.move(0)

    def move(self, read: int) -> None:
        """Tell how many bytes of the document have been read."""
        if self._tell is not None and self._file is not None:
            documents = len(self._sizes)
            self._tell(Progress(self._done, documents, self._read + read, self._whole, self._file))


def _size(path: Path) -> int:
    """How much there will be to read."""
    try:
        size = path.stat().st_size
    except OSError:
        return 0
    return size if size <= LARGEST or is_streamed(path) else 0


def _import_each(
    library: Library, source: _Source, format: str | None, way: _Way
) -> Iterator[Receipt | Failure]:
    for file in source.files:
        way.reach(file)
        yield _import_file(library, file, format, way)


def _import_folder(
    library: Library, source: _Source, format: str | None, way: _Way
) -> Iterator[Receipt | Failure]:
    failures: list[Failure] = []
    imported = False
    try:
        for outcome in _import_each(library, source, format, way):
            if isinstance(outcome, Failure):
                failures.append(outcome)
            else:
                imported = True
                yield outcome
    except Stopped:
        if imported:
            yield from failures
        raise
    if imported or len(failures) == 1:
        yield from failures
    elif failures or not source.closed:
        yield Failure(source.path, _nothing_in(source.path, len(failures)))
    yield from source.closed


def _raise(error: OSError) -> None:
    raise error


def find_documents(
    folder: Path, *, on_closed: Callable[[OSError], None] = _raise
) -> Iterator[Path]:
    """Every file below a folder that is not hidden, in the order of their names.

    `on_closed` is told of each folder that cannot be listed; by default its `OSError` is raised.
    Links to folders are not followed.
    """
    for parent, folders, files in os.walk(folder, onerror=on_closed):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(parent, name) for name in sorted(files) if not name.startswith("."))


def _import_file(library: Library, path: Path, format: str | None, way: _Way) -> Receipt | Failure:
    try:
        if Path(os.path.realpath(path)) in library.files:
            raise ImportFailed(f"{path} is your library, not a listing.")
        content, digest = content_of(path, format, way.move)
        return library.ingest(
            content,
            name=clean_line(path.name),
            path=os.fsencode(path).decode("utf-8", "replace"),
            digest=digest,
        )
    except ImportFailed as error:
        return Failure(path, error)


def _nothing_in(folder: Path, looked_at: int) -> ImportFailed:
    if not looked_at:
        return ImportFailed(f"{folder} holds no files.", hint="Name a folder of saved listings.")
    return ImportFailed(
        f"{folder} holds no captures: none of its {looked_at} files is a paper listing.",
        hint="Name a saved listing itself to see why it is not one.",
    )
