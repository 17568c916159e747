"""A file's content: read whole, or a piece at a time where its format allows that."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from readinglist.errors import ImportFailed
from readinglist.formats import Stream, read_document, streamed
from readinglist.formats.lines import blocks
from readinglist.formats.refusing import LARGEST, LONGEST_LINE, line_too_long, too_large
from readinglist.records import Reading
from readinglist.stopping import checkpoint

_HEAD: Final = 1 << 16  # bytes
_PIECE: Final = 1 << 19  # bytes: some hundred papers
_SEARCHED: Final = 1 << 20  # bytes


def content_of(
    path: Path, format: str | None, tell: Callable[[int], None]
) -> tuple[Reading | Stream, str]:
    """What a file says, and its digest. Raises `ImportFailed`, for a stream while it is read too.

    `tell` hears how much of a stream has been read.
    """
    try:
        if not path.exists():
            raise ImportFailed(f"{path} does not exist.", hint="Check the path.")
        if not path.is_file():
            raise ImportFailed(f"{path} is neither a file nor a folder.")
        kind = streamed(_head(path), str(path), format)
        if kind is None:
            data = _bytes(path)
            checkpoint()
            return read_document(data, str(path), format), hashlib.sha256(data).hexdigest()
        before = path.stat()
        digest = _digest(path)
    except OSError as error:
        raise unreadable(path, error) from error
    return Stream(kind, before.st_size, blocks(_pieces(path, before, tell))), digest


def is_streamed(path: Path) -> bool:
    """Whether a file is of a format that may be of any length."""
    try:
        return path.is_file() and streamed(_head(path), str(path)) is not None
    except (OSError, ImportFailed):
        return False


def unreadable(path: Path, error: OSError) -> ImportFailed:
    """Say why a file or folder cannot be read."""
    hint = "Check its permissions." if isinstance(error, PermissionError) else "Check the path."
    return ImportFailed(f"{path} cannot be read: {error.strerror or error}.", hint=hint)


def _head(path: Path) -> bytes:
    """The first bytes, with the whole of a first line that may be JSON."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
        while b"{" in head[:_HEAD] and not _has_line(head) and len(head) <= LONGEST_LINE:
            checkpoint()
            piece = file.read(_SEARCHED)
            if not piece:
                break
            head += piece
    return head


def _has_line(head: bytes) -> bool:
    begun = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    return b"\n" in begun or b"\r" in begun


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        digest = hashlib.sha256()
        while piece := file.read(_SEARCHED):
            checkpoint()
            digest.update(piece)
    return digest.hexdigest()


def _pieces(path: Path, before: os.stat_result, tell: Callable[[int], None]) -> Iterator[bytes]:
    """The file piece by piece, as long as it is the one whose digest was taken."""
    read = 0
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                yield piece
                read += len(piece)
                tell(read)
            after = os.fstat(file.fileno())
    except OSError as error:
        raise unreadable(path, error) from error
    if _mark(before) != _mark(after) or read != after.st_size:
        raise ImportFailed(f"{path} changed while it was read.", hint="Import it again.")


def _mark(file: os.stat_result) -> tuple[int, ...]:
    """What is another one when a file has been written to, or has another in its place."""
    return file.st_size, file.st_mtime_ns, file.st_ino


def _bytes(path: Path) -> bytes:
    size = path.stat().st_size
    if size > LARGEST:
        raise too_large(str(path), size)
    if size > LONGEST_LINE:
        _refuse_endless_line(path)
    return path.read_bytes()


def _refuse_endless_line(path: Path) -> None:
    """Look for line breaks before a large file fills the memory."""
    length = 0
    with path.open("rb") as file:
        while piece := file.read(_SEARCHED):
            checkpoint()
            length = 0 if b"\n" in piece or b"\r" in piece else length + len(piece)
            if length > LONGEST_LINE:
                raise line_too_long(str(path))
