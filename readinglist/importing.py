"""From paths to papers: find the documents, read each, and bring it into a library."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from readinglist.errors import ImportFailed
from readinglist.formats import read_document
from readinglist.formats.decoding import LARGEST
from readinglist.library import Library
from readinglist.records import Receipt
from readinglist.text import clean_line


@dataclass(frozen=True, slots=True)
class Failure:
    """A path that nothing could be imported from, and the sentence that says why."""

    path: Path
    error: ImportFailed


def import_paths(
    library: Library, paths: Iterable[Path], *, format: str | None = None
) -> Iterator[Receipt | Failure]:
    """Import files and folders (recursively), one outcome at a time, each document all or nothing.

    Inside a folder, hidden files and folders and the library itself are passed over. A folder in
    which no file can be read is one failure, and so is each folder below it that is closed to us.
    `LibraryError` ends it; what came before stays imported.
    """
    for path in paths:
        if os.path.isdir(path):  # noqa: PTH112 (`Path.is_dir` raises where nothing can be seen)
            yield from _import_folder(library, path, format=format)
        else:
            yield _import_file(library, path, format=format)


def _import_folder(
    library: Library, folder: Path, *, format: str | None
) -> Iterator[Receipt | Failure]:
    closed: list[Failure] = []
    failures: list[Failure] = []
    imported = False

    def pass_by(error: OSError) -> None:
        path = Path(error.filename or folder)
        closed.append(Failure(path, _unreadable(path, error)))

    own = library.files
    for file in find_documents(folder, on_closed=pass_by):
        if Path(os.path.realpath(file)) in own:  # `Path.resolve` raises for a loop of links
            continue
        outcome = _import_file(library, file, format=format)
        if isinstance(outcome, Failure):
            failures.append(outcome)
            continue
        imported = True
        yield outcome
    if imported or len(failures) == 1:
        yield from failures
    elif failures or not closed:
        yield Failure(folder, _nothing_in(folder, len(failures)))
    yield from closed


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


def _import_file(library: Library, path: Path, *, format: str | None) -> Receipt | Failure:
    try:
        if Path(os.path.realpath(path)) in library.files:
            raise ImportFailed(f"{path} is your library, not a listing.")
        data = _bytes(path)
        content = read_document(data, str(path), format)
    except ImportFailed as error:
        return Failure(path, error)
    return library.ingest(
        content,
        name=clean_line(path.name),
        path=os.fsencode(path).decode("utf-8", "replace"),
        digest=hashlib.sha256(data).hexdigest(),
    )


def _bytes(path: Path) -> bytes:
    try:
        if not path.exists():
            raise ImportFailed(f"{path} does not exist.", hint="Check the path.")
        if not path.is_file():
            raise ImportFailed(f"{path} is neither a file nor a folder.")
        size = path.stat().st_size
        if size > LARGEST:
            raise ImportFailed(
                f"{path} has {size >> 20} MB; the largest document read is {LARGEST >> 20} MB.",
                hint="Split it.",
            )
        return path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> ImportFailed:
    hint = "Check its permissions." if isinstance(error, PermissionError) else "Check the path."
    return ImportFailed(f"{path} cannot be read: {error.strerror or error}.", hint=hint)


def _nothing_in(folder: Path, looked_at: int) -> ImportFailed:
    if not looked_at:
        return ImportFailed(f"{folder} holds no files.", hint="Name a folder of saved listings.")
    return ImportFailed(
        f"{folder} holds no captures: none of its {looked_at} files is a paper listing.",
        hint="Name a saved listing itself to see why it is not one.",
    )
