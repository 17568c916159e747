"""Backups beside the library, and the way back from one."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from readinglist.errors import LibraryDamaged, LibraryError
from readinglist.library.index import fulltext
from readinglist.library.safety import copies, retention
from readinglist.library.storage import database, migrations
from readinglist.library.storage.backup_files import (
    REPLACED,
    dated,
    folder_of,
    name_for,
    own_folder,
    read_name,
)

_DAY = timedelta(days=1)
_ATTEMPTS = 10
_STEP = 16  # pages: fewer than any library has, so that the first step is never the last one


def back_up(path: Path, target: Path | None = None) -> Path:
    """Write a checked copy of the library at `path` to a new file, and return where it is.

    Without `target` it is named by the time, in the folder of backups, which is then thinned.
    Others may go on reading and writing meanwhile. Raises `LibraryError`; there is then no file.
    """
    if not path.exists():
        raise LibraryError(f"There is no library at {path}, so there is nothing to back up.")
    now = datetime.now(UTC)
    if target is not None:
        return _copy(path, target)
    with _explained(f"{path} was not backed up"):
        folder = own_folder(path)
    made = _copy(path, folder / name_for(path, now))
    thin(made.parent, now)
    return made


def back_up_daily(path: Path) -> Path | None:
    """Back up the library at `path` unless a backup of the last day is there, or no library."""
    now = datetime.now(UTC)
    recent = any(abs(now - time) < _DAY for time in dated(folder_of(path), path))
    return None if recent or not path.exists() else back_up(path)


def thin(folder: Path, now: datetime) -> list[Path]:
    """Remove the backups in `folder` that are not kept at `now`, and return which they were.

    Only files that `back_up` has named are removed, and never the newest sound one of a library.
    """
    removed = copies.abandoned(folder, now)
    series: dict[tuple[str, str], dict[datetime, Path]] = {}
    for file in folder.iterdir():
        if (named := read_name(file.name)) and not file.name.startswith(REPLACED):
            series.setdefault(named[:2], {})[named[2]] = file
    for backups in series.values():
        doomed = {time: backups[time] for time in backups.keys() - retention.kept(backups, now)}
        if doomed:
            good = database.newest_sound(backups)
            removed += [file for file in doomed.values() if file != good]
    copies.remove(removed)
    return removed


def restore(path: Path, source: Path) -> Path | None:
    """Put the library in the file `source` in the place of the one at `path`.

    Returns where the replaced one is kept, for the way back; None if there was none. A source
    that is not a sound library is refused and nothing changes.

    The new content is written into the library's own file by SQLite's backup, which holds the
    write lock throughout and commits once: programs that have the library open see one more
    commit, and a crash leaves the old content. Exchanging the file under them would leave them
    with the old file and a journal of the same name beside the new one, which corrupts
    (sqlite.org/howtocorrupt.html). Only a library too damaged to be opened is exchanged.
    """
    path = path.resolve()
    if path.exists() and source.exists() and path.samefile(source):
        raise LibraryError(f"{source} is the library itself.", hint="Name a backup of it.")
    with _explained(f"{path} was not restored"):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _copy_to_restore(source, path.parent) as fresh:
            if not path.exists():
                _go_live(fresh)
                copies.place(fresh, path)
                return None
            try:
                return _exchange_content(path, fresh)
            except LibraryDamaged:
                return _exchange_file(path, fresh)


@contextmanager
def _copy_to_restore(source: Path, folder: Path) -> Iterator[Path]:
    with ExitStack() as stack:
        try:
            fresh = stack.enter_context(copies.verified_copy(source, folder))
            migrations.migrate(fresh)  # who has the library open expects today's tables
        except LibraryError as error:
            hint = "" if isinstance(error, LibraryDamaged) else error.hint
            raise LibraryError(
                error.message, hint=f"Nothing was restored. {hint}".strip()
            ) from error
        yield fresh


def _copy(path: Path, target: Path) -> Path:
    with _explained(f"{target} was not written"):
        if target.is_dir():
            raise LibraryError(f"{target} is a folder.", hint="Give the name of a file.")
        if os.path.lexists(target):
            raise FileExistsError
        with copies.verified_copy(path, target.parent) as copy:
            copies.place(copy, target)
    return target


def _exchange_content(path: Path, fresh: Path) -> Path:
    """Keep a backup of the library, and replace what is in it unless it changed since then."""
    for _ in range(_ATTEMPTS):
        with closing(database.opened(path)) as reader, closing(database.connect(path)) as target:
            _make_alike(fresh, target)
            before = _data_version(reader)
            replaced = _copy(path, own_folder(path) / name_for(path, datetime.now(UTC), REPLACED))
            try:
                with closing(database.opened(fresh)) as origin:
                    copies.pour(origin, target, _unless_changed(reader, before), pages=_STEP)
                return replaced
            except BaseException as error:
                replaced.unlink()
                if not isinstance(error, _ChangedMeanwhile):
                    raise
    raise LibraryError(
        f"{path} was not restored: others keep writing to it.",
        hint="Close them, and try again.",
    )


class _ChangedMeanwhile(Exception):
    """Somebody wrote between the backup and the lock."""


def _unless_changed(reader: sqlite3.Connection, before: int) -> copies.Progress:
    """Give up once the lock is held, if what it protects is no longer what was backed up."""
    wait = copies.patient()

    def watch(status: int, left: int, pages: int) -> None:
        wait(status, left, pages)
        if status == sqlite3.SQLITE_OK and _data_version(reader) != before:
            raise _ChangedMeanwhile

    return watch


@database.explained
def _make_alike(fresh: Path, target: sqlite3.Connection) -> None:
    """Give the copy the library's page size, and an index that no reader knows already."""
    target.execute("PRAGMA journal_mode = WAL")
    (size,) = target.execute("PRAGMA page_size").fetchone()
    known = fulltext.generation(target)
    with closing(database.connect(fresh)) as copy:
        fulltext.outdate(copy, known)
        if copy.execute("PRAGMA page_size").fetchone() != (size,):
            copy.execute(f"PRAGMA page_size = {int(size)}")
            copy.execute("VACUUM")


def _exchange_file(path: Path, fresh: Path) -> Path:
    """Keep a damaged library with its journals, and put the copy in its place."""
    _go_live(fresh)
    kept = own_folder(path) / name_for(path, datetime.now(UTC), REPLACED)
    copies.place(path, kept)
    moves = zip(database.files_of(path), database.files_of(kept), strict=True)
    for journal, moved in list(moves)[1:]:
        with suppress(FileNotFoundError):
            journal.rename(moved)
    kept.chmod(0o600)
    fresh.replace(path)
    copies.sync(path.parent)
    return kept


@database.explained
def _go_live(fresh: Path) -> None:
    """Switch a copy to the journal of a library in use."""
    with closing(database.connect(fresh)) as copy:
        copy.execute("PRAGMA journal_mode = WAL")
    copies.sync(fresh)


def _data_version(reader: sqlite3.Connection) -> int:
    return int(reader.execute("PRAGMA data_version").fetchone()[0])


@contextmanager
def _explained(what: str) -> Iterator[None]:
    """Say of what the system refuses what did not happen."""
    try:
        yield
    except FileExistsError:
        raise LibraryError(f"{what}: it exists already.", hint="Choose another name.") from None
    except OSError as error:
        hint = "Check the folder and its permissions, or choose another."
        raise LibraryError(f"{what}: {error.strerror or error}.", hint=hint) from error
    except sqlite3.Error as error:
        raise database.explanation(error) from error
