"""Where the backups of a library are, and how they are named."""

from __future__ import annotations

import re
import shlex
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from readinglist import paths

_FOLDER = "backups"
_STAMP = "%Y-%m-%dT%H%M%S.%fZ"
_NAME = re.compile(r"(.*)-(\d{4}-\d\d-\d\dT\d{6}\.\d{6}Z)(\.[^.]*)?", re.DOTALL)
REPLACED = "replaced-"


def folder_of(path: Path) -> Path:
    """Where the backups of the library at `path` are, or will be."""
    return path.resolve().parent / _FOLDER


def all_of(path: Path) -> list[Path]:
    """Every file in the folder of backups that `back_up` or `restore` has named."""
    folder = folder_of(path)
    return [file for file in folder.iterdir() if read_name(file.name)] if folder.is_dir() else []


def own_folder(path: Path) -> Path:
    """The folder of backups, made and closed to others."""
    folder = folder_of(path)
    folder.mkdir(mode=0o700, exist_ok=True)
    with suppress(PermissionError):
        if folder.stat().st_mode & 0o077:
            folder.chmod(0o700)
    return folder


def name_for(path: Path, time: datetime, prefix: str = "") -> str:
    """The name of a backup of the library at `path`, made at `time`."""
    path = path.resolve()
    return f"{prefix}{path.stem}-{time.strftime(_STAMP)}{path.suffix}"


def read_name(name: str) -> tuple[str, str, datetime] | None:
    """Stem and suffix of the library, and the time, if `back_up` could have named a file so."""
    if (match := _NAME.fullmatch(name)) is None:
        return None
    try:
        time = datetime.strptime(match[2], _STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None
    return match[1], match[3] or "", time


def dated(folder: Path, path: Path) -> dict[datetime, Path]:
    """The backups of one library, by time."""
    return _of_stem(re.escape(path.resolve().stem), folder, path)


def before_conversions(folder: Path, path: Path) -> dict[datetime, Path]:
    """The copies of one library that were made before it was converted, by time."""
    return _of_stem(rf"schema-\d+-{re.escape(path.resolve().stem)}", folder, path)


def _of_stem(pattern: str, folder: Path, path: Path) -> dict[datetime, Path]:
    files = folder.iterdir() if folder.is_dir() else ()
    named = ((file, read_name(file.name)) for file in files)
    return {
        parts[2]: file
        for file, parts in named
        if parts and re.fullmatch(pattern, parts[0]) and parts[1] == path.resolve().suffix
    }


def restore_command(path: Path, source: Path) -> str:
    """What to type to put `source` in the place of the library at `path`."""
    usual = path.absolute() == paths.library_path().absolute()
    library = [] if usual else ["--library", str(path)]
    return shlex.join(["readinglist", *library, "restore", str(source)])
