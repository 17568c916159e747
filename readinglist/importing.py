"""From paths to papers: find the documents, read each, and bring it into a library."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
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

    Hidden files and folders inside a folder are passed over. A folder in which no file can be
    read is one failure. `LibraryError` ends it; what came before stays imported.
    """
    for path in paths:
        if path.is_dir():
            yield from _import_folder(library, path, format=format)
        else:
            yield _import_file(library, path, format=format)


def _import_folder(
    library: Library, folder: Path, *, format: str | None
) -> Iterator[Receipt | Failure]:
    failures: list[Failure] = []
    looked_at = 0
    imported = False
    try:
        for file in find_documents(folder):
            looked_at += 1
            outcome = _import_file(library, file, format=format)
            if isinstance(outcome, Failure):
                failures.append(outcome)
                continue
            imported = True
            yield outcome
    except OSError as error:
        failures.append(Failure(folder, _unreadable(Path(error.filename or folder), error)))
        looked_at += 1
    if imported or len(failures) == 1:
        yield from failures
    else:
        yield Failure(folder, _nothing_in(folder, looked_at))


def find_documents(folder: Path) -> Iterator[Path]:
    """Every file below a folder that is not hidden, in the order of their names.

    Raises `OSError` for a folder that cannot be listed. Links to folders are not followed.
    """

    def complain(error: OSError) -> None:
        raise error

    for parent, folders, files in os.walk(folder, onerror=complain):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(parent, name) for name in sorted(files) if not name.startswith("."))


def _import_file(
    library: Library, path: Path, *, format: str | None
) -> Receipt | Failure:
    try:
        data = _bytes(path)
        content = read_document(data, path.name, format)
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
    return ImportFailed(
        f"{path} cannot be read: {error.strerror or error}.", hint="Check its permissions."
    )


def _nothing_in(folder: Path, looked_at: int) -> ImportFailed:
    if not looked_at:
        return ImportFailed(f"{folder} holds no files.", hint="Name a folder of saved listings.")
    return ImportFailed(
        f"{folder} holds no captures: none of its {looked_at} files is a paper listing.",
        hint="Name a saved listing itself to see why it is not one.",
    )
