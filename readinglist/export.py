"""An export's target: the whole new file or, whatever goes wrong, what was there before."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Final, TypeAlias

from readinglist.errors import ExportFailed
from readinglist.text import clean_line

Stamp: TypeAlias = tuple[int, int, int]

_OTHER_FOLDER: Final = "Choose another folder."
_OTHER_PATH: Final = "Choose another path."
_DATABASE: Final = b"SQLite format 3\0"
# What the system reports, what to say of it and what to try.
_REASONS: Final = {
    errno.ENOENT: ("its folder does not exist", "Create the folder first."),
    errno.ENOTDIR: ("a part of its path is not a folder", _OTHER_PATH),
    errno.EISDIR: ("it is a folder", "Give the name of a file."),
    errno.EACCES: ("you have no permission to write there", _OTHER_FOLDER),
    errno.EPERM: ("you have no permission to write there", _OTHER_FOLDER),
    errno.EROFS: ("that file system is read-only", _OTHER_FOLDER),
    errno.ENOSPC: ("the disk is full", "Free some space and try again."),
    errno.EDQUOT: ("the disk quota is used up", "Free some space and try again."),
    errno.ENAMETOOLONG: ("its name is too long", "Choose a shorter name."),
    errno.ELOOP: ("its path is a loop of symbolic links", _OTHER_PATH),
}
_WRITABLE: Final = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH
_NO_HARD_LINKS: Final = {errno.EPERM, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP, errno.EMLINK}


def names_folder(text: str) -> bool:
    """Whether a path is written as that of a folder: `new/`."""
    return os.path.basename(text) in ("", os.curdir)  # noqa: PTH119 (a `Path` forgets the `/` at the end)


def file_named(text: str, path: Path) -> Path:
    """The path of a file to write, unless its text names a folder that there is not."""
    if names_folder(text) and not path.is_dir():
        raise _refused(Path(text), "that names a folder", "Give the name of a file.")
    return path


def stamp(path: Path) -> Stamp | None:
    """What tells whether a file is still the one that was looked at; None if there is none."""
    try:
        facts = path.lstat()
    except (OSError, ValueError):
        return None
    return facts.st_ino, facts.st_size, facts.st_mtime_ns


def write_atomically(
    path: Path,
    chunks: Iterable[str],
    *,
    force: bool,
    never: Iterable[Path] = (),
    seen: Stamp | None = None,
) -> int:
    """Write `chunks` to `path` as UTF-8 and return how many bytes that made.

    The text goes to a temporary file beside the target, which takes the target's place once it
    is complete: with `force` also that of an existing file, whose mode it keeps; without, never,
    even if one appears meanwhile; with `seen`, only that of the file that had this stamp. Symbolic
    links, folders, devices, databases, what is write-protected, and the files `never` to be
    replaced (the open library's) are refused. What keeps the file from being written is an
    `ExportFailed`; what `chunks` raises comes through. Either way, no temporary file stays behind.
    """
    with _explained(path):
        mode = _mode_to_keep(path, force=force, never=never)
        temporary = path.with_name(f".readinglist-{secrets.token_hex(8)}.tmp")
        file = temporary.open("xb")
    try:
        size = _write(file, chunks, path)
        with _explained(path):
            if mode is not None:
                temporary.chmod(mode)
            if seen is not None and stamp(path) != seen:
                raise _refused(path, "it has changed since it was shown", "Look at it once more.")
            _put_in_place(temporary, path, force=force)
    finally:
        with contextlib.suppress(OSError):
            file.close()
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
    return size


@contextlib.contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Turn what the system reports into a sentence about the target."""
    try:
        yield
    except FileExistsError:
        raise _refused(path, "it exists already", "Replace it with --force.") from None
    except (OSError, ValueError) as error:
        if isinstance(error, OSError):
            raise refusal(path, error) from error
        raise _refused(path, str(error), _OTHER_PATH) from error


def refusal(path: Path, error: OSError) -> ExportFailed:
    """Say why the system does not let something be written at a path."""
    unknown = (error.strerror or str(error), _OTHER_PATH)
    return _refused(path, *_REASONS.get(error.errno or 0, unknown))


def _refused(path: Path, reason: str, hint: str) -> ExportFailed:
    return ExportFailed(f"{clean_line(str(path))} was not written: {reason}.", hint=hint)


def _mode_to_keep(path: Path, *, force: bool, never: Iterable[Path]) -> int | None:
    """Return the mode of the file to be replaced, if there is one and it may be."""
    try:
        found = path.lstat().st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISLNK(found):
        raise _refused(path, "it is a symbolic link", "Give the file that it leads to.")
    if stat.S_ISDIR(found):
        raise IsADirectoryError(errno.EISDIR, "is a folder")
    if not stat.S_ISREG(found):
        raise _refused(path, "it is a device or a pipe", "Give the name of a file.")
    if not force:
        raise FileExistsError
    # These are not even looked into: closing a file again drops the locks that SQLite has on it.
    if any(file.exists() and file.samefile(path) for file in never):
        raise _refused(path, "it is your library", _OTHER_PATH)
    with path.open("rb") as file:
        if file.read(len(_DATABASE)) == _DATABASE:
            raise _refused(path, "it is a database", _OTHER_PATH)
    if error := write_protection(path):
        raise error
    return stat.S_IMODE(found)


def write_protection(path: Path) -> ExportFailed | None:
    """Why a file is not to be replaced that may not be written, though its folder may."""
    if path.stat().st_mode & _WRITABLE and os.access(path, os.W_OK):
        return None
    return _refused(path, "it is write-protected", "Allow writing to it, or choose another name.")


def _write(file: BinaryIO, chunks: Iterable[str], path: Path) -> int:
    size = 0
    for chunk in chunks:
        with _explained(path):
            size += file.write(chunk.encode("utf-8", "replace"))
    with _explained(path):
        file.flush()
        os.fsync(file.fileno())
        file.close()
    return size


def _put_in_place(temporary: Path, path: Path, *, force: bool) -> None:
    """Give the complete file its name; without `force`, only if nothing has that name."""
    if force:
        temporary.replace(path)
        return
    try:
        path.hardlink_to(temporary)
    except OSError as error:
        if error.errno not in _NO_HARD_LINKS:
            raise
        path.touch(exist_ok=False)  # reserves the name where there are no hard links
        temporary.replace(path)
