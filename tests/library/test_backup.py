"""Backups: complete, private, never over anything; and restoring, which can be taken back."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from readinglist.errors import ExportFailed, LibraryError
from readinglist.export import write_atomically
from readinglist.importing import Failure, import_paths
from readinglist.library import Library
from readinglist.library.safety import backup, copies
from readinglist.library.storage import backup_files, database
from readinglist.library.storage.database import APPLICATION_ID, SCHEMA_VERSION
from readinglist.records import Status
from tests.conftest import put_in


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def note_of(path: Path, paper: int) -> str | None:
    with Library(path) as library:
        return library.entry(paper).note


def content(folder: Path) -> dict[str, bytes]:
    """Every file below a folder but the index of the write-ahead log, which readers write."""
    files = (file for file in folder.rglob("*") if file.is_file())
    return {str(file): file.read_bytes() for file in files if not file.name.endswith("-shm")}


@pytest.fixture
def path(library: Library) -> Path:
    """A library with one paper whose note is `old`, and no program that has it open."""
    [paper] = put_in(library, "A Title")
    library.set_note(paper, "old")
    library.close()
    return library.path


def edit(path: Path, note: str) -> None:
    with Library(path) as library:
        library.set_note(1, note)


def spoil(path: Path) -> None:
    """Damage pages in the middle of a library, as a failing disk does."""
    data = bytearray(path.read_bytes())
    data[4096 * 3 : 4096 * 9] = b"\xa5" * 4096 * 6
    path.write_bytes(data)


# Backing up


def test_a_backup_is_a_library_of_its_own_with_all_that_was_acknowledged(library: Library) -> None:
    [paper] = put_in(library, "A Title")
    library.set_note(paper, "still in the write-ahead log")
    made = backup.back_up(library.path)
    assert made.parent == library.path.parent / "backups"
    assert note_of(made, paper) == "still in the write-ahead log"
    assert [file.name for file in made.parent.iterdir()] == [made.name]


def test_a_backup_is_private_whatever_the_umask(path: Path) -> None:
    before = os.umask(0)
    try:
        made = backup.back_up(path)
        elsewhere = backup.back_up(path, path.parent / "copy.sqlite3")
    finally:
        os.umask(before)
    assert (mode(made), mode(elsewhere), mode(made.parent)) == (0o600, 0o600, 0o700)


def test_a_backup_can_be_read_where_nothing_can_be_written(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = backup.back_up(path)
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert note_of(made, 1) == "old"


@pytest.mark.parametrize("occupy", [Path.touch, Path.mkdir, lambda p: p.symlink_to("nowhere")])
def test_a_backup_is_never_written_over_anything(
    path: Path, occupy: Callable[[Path], object]
) -> None:
    target = path.parent / "taken"
    occupy(target)
    before = content(path.parent)
    with pytest.raises(LibraryError, match=r"exists already|is a folder"):
        backup.back_up(path, target)
    assert content(path.parent) == before


def test_nothing_is_written_if_there_is_no_library_or_no_folder(path: Path) -> None:
    with pytest.raises(LibraryError, match="no library"):
        backup.back_up(path.parent / "other.sqlite3")
    with pytest.raises(LibraryError, match="No such file"):
        backup.back_up(path, path.parent / "absent" / "copy")
    assert not (path.parent / "backups").exists()


def test_a_damaged_library_is_not_backed_up(path: Path) -> None:
    spoil(path)
    with pytest.raises(LibraryError, match="damaged"):
        backup.back_up(path)
    assert list((path.parent / "backups").iterdir()) == []


def test_a_backup_waits_for_nobody_who_writes(library: Library) -> None:
    [paper] = put_in(library, "A Title")
    with sqlite3.connect(library.path, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE paper SET note = 'not committed'")
        made = backup.back_up(library.path)
        other.execute("ROLLBACK")
    other.close()
    assert note_of(made, paper) is None


# Thinning, and the newest


def aged(path: Path, days: float, good: bool = True) -> Path:
    """A backup that was made so long ago."""
    time = datetime.now(UTC) - timedelta(days=days)
    named = backup_files.own_folder(path) / backup_files.name_for(path, time)
    backup.back_up(path, named)
    if not good:
        spoil(named)
    return named


def test_thinning_removes_only_what_we_named_and_is_not_needed(path: Path) -> None:
    folder = path.parent / "backups"
    now = datetime(2026, 3, 20, tzinfo=UTC)
    folder.mkdir()
    times = [now - timedelta(days=100, hours=hour) for hour in range(3)]
    names = [backup_files.name_for(path, time) for time in times]
    others = [
        "notes.txt",
        f"replaced-{names[0]}",
        f"{names[1]}.bak.txt",
        "papers-2026-13-45T999999.000000Z.sqlite3",
        "papers-2025-12-10.sqlite3",
    ]
    for name in [*names, *others]:
        (folder / name).write_text("x")
    assert {file.name for file in backup.thin(folder, now)} == {*names[1:]}
    assert {file.name for file in folder.iterdir()} == {names[0], *others}


def test_the_newest_good_backup_is_never_thinned_away(path: Path) -> None:
    # All of one month, long ago, so that only the newest of them would be kept.
    base = (datetime.now(UTC) - timedelta(days=400)).replace(day=1)
    days = [(datetime.now(UTC) - base).days - offset for offset in (1, 2, 3)]
    oldest, good, bad = aged(path, days[0]), aged(path, days[1]), aged(path, days[2], good=False)
    removed = backup.thin(path.parent / "backups", datetime.now(UTC))
    assert oldest in removed
    assert good.exists()
    assert bad.exists()
    assert database.newest_backup(path) == good


def test_the_newest_backup_is_of_this_library_and_sound(path: Path) -> None:
    assert database.newest_backup(path) is None
    other = path.with_name("others.sqlite3")
    backup.restore(other, path)
    good = aged(path, 3)
    aged(path, 2, good=False)
    backup.back_up(other)
    assert database.newest_backup(path) == good


# Restoring


def test_restoring_replaces_the_content_and_restoring_what_it_replaced_takes_it_back(
    path: Path,
) -> None:
    made = backup.back_up(path)
    edit(path, "new")
    replaced = backup.restore(path, made)
    assert replaced is not None
    assert (note_of(path, 1), note_of(replaced, 1)) == ("old", "new")
    assert mode(replaced) == mode(path) == 0o600
    backup.restore(path, replaced)
    assert note_of(path, 1) == "new"
    assert made.exists()
    with Library(path) as library:
        assert library.undo() is not None
        assert library.entry(1).note == "old"


def test_a_program_that_has_the_library_open_sees_the_restored_one_and_goes_on(
    library: Library,
) -> None:
    one, two = put_in(library, "One", "Two")
    library.set_note(one, "wombat")
    made = backup.back_up(library.path)
    library.set_note(one, "numbat")
    library.set_status([two], Status.READ)
    assert list(library.search("numbat").ids) == [one]
    library.changed_elsewhere()
    replaced = backup.restore(library.path, made)
    assert library.changed_elsewhere()
    assert library.entry(one).note == "wombat"
    assert list(library.search("wombat").ids) == [one]
    assert not library.search('"numbat"').ids
    library.set_note(two, "written after")
    assert replaced is not None
    backup.restore(library.path, replaced)
    assert library.entry(two).status is Status.READ
    assert list(library.search("numbat").ids) == [one]
    library.close()
    assert database.is_sound(library.path)


def test_what_is_written_while_restoring_is_in_what_was_replaced(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    [paper] = put_in(library, "One")
    made = backup.back_up(library.path)
    pour = copies.pour
    late = iter(["just too late for the first copy"])

    def pour_late(*args: object, **options: object) -> None:
        if "pages" in options and (note := next(late, None)):
            library.set_note(paper, note)
        pour(*args, **options)  # type: ignore[arg-type]  # keywords passed on

    monkeypatch.setattr(copies, "pour", pour_late)
    replaced = backup.restore(library.path, made)
    assert replaced is not None
    assert note_of(replaced, paper) == "just too late for the first copy"
    assert library.entry(paper).note is None
    folder = library.path.parent / "backups"
    assert {file.name for file in folder.iterdir()} == {made.name, replaced.name}


def not_a_library(path: Path) -> None:
    path.write_text("Dear diary\n" * 50)


def another_database(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    connection.close()


def a_newer_library(path: Path) -> None:
    with sqlite3.connect(path, isolation_level=None) as connection:
        connection.execute("CREATE TABLE paper (x)")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    connection.close()


def a_library_without_tables(path: Path) -> None:
    with sqlite3.connect(path, isolation_level=None) as connection:
        connection.execute("CREATE TABLE other (x)")
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    connection.close()


UNSOUND: dict[str, Callable[[Path], object]] = {
    "not a file": lambda path: None,
    "is empty": Path.touch,
    "not a readinglist library": not_a_library,
    "another program's": another_database,
    "newer readinglist": a_newer_library,
    "no papers": a_library_without_tables,
}


@pytest.mark.parametrize("reason", UNSOUND)
def test_what_is_no_sound_library_is_not_restored_and_nothing_changes(
    path: Path, reason: str
) -> None:
    source = path.parent / "source"
    UNSOUND[reason](source)
    before = content(path.parent)
    with pytest.raises(LibraryError, match=reason) as caught:
        backup.restore(path, source)
    assert "Nothing was restored" in str(caught.value)
    assert content(path.parent) == before


def test_a_damaged_backup_is_not_restored(path: Path) -> None:
    made = backup.back_up(path)
    spoil(made)
    edit(path, "new")
    before = content(path.parent)
    with pytest.raises(LibraryError, match="damaged"):
        backup.restore(path, made)
    assert content(path.parent) == before


def test_the_library_itself_is_no_backup_of_it(path: Path) -> None:
    link = path.parent / "link"
    link.symlink_to(path)
    with pytest.raises(LibraryError, match="the library itself"):
        backup.restore(path, link)


@pytest.mark.parametrize("kind", ["cut short", "spoilt", "empty", "another file"])
def test_a_library_too_damaged_to_be_opened_is_replaced_and_kept(path: Path, kind: str) -> None:
    made = backup.back_up(path)
    if kind == "cut short":
        path.write_bytes(path.read_bytes()[:9000])
    elif kind == "spoilt":
        spoil(path)
    else:
        path.write_bytes(b"" if kind == "empty" else b"x" * 5000)
    damaged = path.read_bytes()
    kept = backup.restore(path, made)
    assert kept is not None
    assert kept.read_bytes() == damaged
    assert note_of(path, 1) == "old"
    edit(path, "and on it goes")


def test_restoring_does_not_touch_another_programs_database(path: Path) -> None:
    made = backup.back_up(path)
    theirs = path.parent / "theirs"
    another_database(theirs)
    before = content(path.parent)
    with pytest.raises(LibraryError, match="another program's"):
        backup.restore(theirs, made)
    assert content(path.parent) == before


def test_restoring_to_where_nothing_is_makes_the_library(path: Path, tmp_path: Path) -> None:
    fresh = tmp_path / "new" / "papers.sqlite3"
    assert backup.restore(fresh, path) is None
    assert (note_of(fresh, 1), mode(fresh), mode(fresh.parent)) == ("old", 0o600, 0o700)


def test_a_backup_with_other_pages_is_restored_too(path: Path) -> None:
    made = backup.back_up(path)
    with sqlite3.connect(made, isolation_level=None) as connection:
        connection.execute("PRAGMA page_size = 1024")
        connection.execute("VACUUM")
    connection.close()
    edit(path, "new")
    backup.restore(path, made)
    assert note_of(path, 1) == "old"


# Opening


@pytest.mark.parametrize("damage", ["cut short", "not a readinglist library", "is empty"])
def test_a_damaged_library_is_refused_with_its_newest_good_backup(path: Path, damage: str) -> None:
    good = aged(path, 1)
    aged(path, 0.5, good=False)
    data = {"cut short": path.read_bytes()[:9000], "is empty": b""}.get(damage, b"?" * 9000)
    path.write_bytes(data)
    with pytest.raises(LibraryError, match=damage) as caught:
        Library(path)
    assert f"readinglist --library {path} restore {good}" in caught.value.hint
    assert path.read_bytes() == data


def test_opening_a_library_again_leaves_its_locks_alone(library: Library) -> None:
    """A process that closes a file loses its locks on it; others would then remove the journal."""
    [paper] = put_in(library, "One")
    with Library(library.path):
        backup.back_up(library.path)
    note_in_another_process(library.path, "theirs")
    library.set_note(paper, "ours")
    assert note_in_another_process(library.path) == "ours"


def test_naming_the_library_as_document_or_target_leaves_its_locks_alone(library: Library) -> None:
    [paper] = put_in(library, "One")
    [failure] = import_paths(library, [library.path])
    assert isinstance(failure, Failure)
    assert "is your library" in str(failure.error)
    with pytest.raises(ExportFailed, match="is your library"):
        write_atomically(library.path, ["x"], force=True, never=library.files)
    note_in_another_process(library.path, "theirs")
    library.set_note(paper, "ours")
    assert note_in_another_process(library.path) == "ours"


def note_in_another_process(path: Path, note: str | None = None) -> str:
    program = (
        "import sys; from pathlib import Path; from readinglist.library import Library\n"
        "with Library(Path(sys.argv[1])) as library:\n"
        "    if sys.argv[2:]: library.set_note(1, sys.argv[2])\n"
        "    print(library.entry(1).note)"
    )
    words = [sys.executable, "-c", program, str(path), *([note] if note else [])]
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip()


def test_a_backup_is_made_once_a_day(library: Library) -> None:
    assert backup.back_up_daily(library.path) is None
    put_in(library, "One")
    library.warm_up()
    library.warm_up()
    [first] = backup_files.all_of(library.path)
    put_in(library, "Two")
    day_before = backup_files.name_for(library.path, datetime.now(UTC) - timedelta(hours=25))
    first.rename(first.with_name(day_before))
    second = backup.back_up_daily(library.path)
    assert second is not None
    assert second == database.newest_backup(library.path)
    assert len(backup_files.all_of(library.path)) == 2
    with Library(second) as copy:
        assert len(copy.search()) == 2
