"""Killed at any moment, with the disk full or the umask open: what was acknowledged is there."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from readinglist.library import Library
from readinglist.library.index import fulltext
from readinglist.library.safety import backup
from readinglist.library.safety.dump import dump, load
from readinglist.library.storage import database
from readinglist.library.storage.database import SCHEMA_VERSION
from tests.conftest import put_in
from tests.library.nursery import RECORDS
from tests.library.test_migrations import everything, sample

Order = Callable[..., list[Any]]


@pytest.fixture(scope="module")
def order() -> Iterator[Order]:
    """Have a task done on a library by a process that is killed after so many seconds."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.library.nursery"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    ) as nursery:
        assert nursery.stdin is not None
        assert nursery.stdout is not None
        stdin, stdout = nursery.stdin, nursery.stdout

        def give(task: str, path: Path, seconds: float, **limits: int) -> list[Any]:
            stdin.write(json.dumps({"task": task, "path": str(path), "seconds": seconds, **limits}))
            stdin.write("\n")
            stdin.flush()
            said: list[Any] = json.loads(stdout.readline())
            return said

        yield give
        stdin.close()


@pytest.fixture
def path(library: Library) -> Path:
    """A library of two papers, that no program has open."""
    put_in(library, "One", "Two")
    library.close()
    return library.path


def moments(rounds: int, longest: float) -> Iterator[float]:
    """Seconds after which to kill: random, but the same in every run."""
    chance = random.Random(rounds)
    return (chance.uniform(0, longest) for _ in range(rounds))


def seconds_for(action: Callable[[], object]) -> float:
    """How long something takes here and now, for killing it somewhere on the way."""
    started = time.monotonic()
    action()
    return time.monotonic() - started


def about_one_of(order: Order, task: str, path: Path) -> float:
    """Seconds in which a task gets something done here and now, as likely as not."""
    return 2 * seconds_for(lambda: order(task, path, 20, most=1))


def whole(path: Path) -> bool:
    """Whether a library is sound and its search index agrees with it."""
    with closing(sqlite3.connect(path)) as connection:
        ok = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        ok &= connection.execute("PRAGMA foreign_key_check").fetchall() == []
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        return ok and (version < SCHEMA_VERSION or not fulltext.disagreements(connection))


def ours(found: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Without the tables of the search index, whose form changes."""
    derived = ("paper_text", "paper_whole", "paper_word", "word", "abstract_before")
    return [row for row in found if not row[0].startswith(derived)]


def test_every_acknowledged_edit_outlives_its_program(path: Path, order: Order) -> None:
    acknowledged = edits = 0
    for seconds in moments(80, about_one_of(order, "edit", path)):
        said = order("edit", path, seconds)
        acknowledged = said[-1] if said else acknowledged
        with Library(path) as library:
            entry = library.entry(1)
            written = int(entry.note or "0")
            # What was not acknowledged may be there too, but not half of an edit.
            assert acknowledged <= written <= acknowledged + 1
            assert len(library.history()) >= edits
            edits = len(library.history())
            assert entry.starred == library.entry(2).starred
            acknowledged = written
        assert whole(path)
    assert acknowledged > 0


def test_a_killed_import_leaves_each_document_whole_or_out(path: Path, order: Order) -> None:
    for seconds in moments(40, about_one_of(order, "take_in", path)):
        said = order("take_in", path, seconds)
        with closing(sqlite3.connect(path)) as connection:
            sizes = dict(
                connection.execute(
                    "SELECT name, (SELECT count(*) FROM sighting WHERE document_id = document.id)"
                    " FROM document WHERE name LIKE 'document%'"
                )
            )
        assert {*said} <= sizes.keys()
        assert {*sizes.values()} <= {RECORDS}
        assert whole(path)
    assert sizes


def test_a_killed_backup_is_there_and_sound_or_is_not_there(path: Path, order: Order) -> None:
    said = []
    for seconds in moments(40, about_one_of(order, "keep", path)):
        said += order("keep", path, seconds)
        made = {str(file) for file in (path.parent / "backups").glob("papers-*")}
        assert {*said} <= made
        assert whole(path)
    assert said
    assert all(database.is_sound(Path(file)) for file in made)


def test_a_killed_restore_leaves_the_old_or_the_new(path: Path, order: Order) -> None:
    source = path.with_name("source.sqlite3")
    backup.back_up(path, source)
    before, after = list(dump(path)), 0
    with Library(source) as library:
        put_in(library, *(f"Paper number {number}" for number in range(300)))
    restored = list(dump(source))
    original = backup.back_up(path)
    took = seconds_for(lambda: order("go_back", path, 20))
    backup.restore(path, original)
    for seconds in moments(40, 1.5 * took):
        said = order("go_back", path, seconds)
        now = list(dump(path))
        assert now == restored if said else now in (before, restored)
        assert whole(path)
        kept = list((path.parent / "backups").glob("replaced-*"))
        if now == restored:
            after += 1
            assert any(list(dump(file)) == before for file in kept)
            backup.restore(path, original)
        for file in (path.parent / "backups").glob("replaced-*"):
            file.unlink()
    assert after > 0


def test_a_killed_load_leaves_nothing_or_everything(path: Path, order: Order) -> None:
    with Library(path) as library:
        put_in(library, *(f"Paper number {number}" for number in range(100)))
    dumped, nothing = list(dump(path)), ['{"readinglist": 1, "rows": {}}']
    new, empty = path.with_name("new.sqlite3"), path.with_name("empty.sqlite3")
    load(empty, nothing)
    took = seconds_for(lambda: order("carry_over", path, 20))
    new.unlink()
    empty.unlink()
    done = 0
    for seconds in moments(30, 1.5 * took):
        load(empty, nothing)
        blank = list(dump(empty))
        said = order("carry_over", path, seconds)
        if new.exists() or "new" in said:
            assert list(dump(new)) == dumped
            assert whole(new)
        loaded = list(dump(empty))
        assert loaded == dumped if "empty" in said else loaded in (blank, dumped)
        assert whole(empty)
        done += len(said)
        for file in path.parent.glob("[ne]*.sqlite3*"):
            file.unlink()
    assert done > 0


def test_a_killed_conversion_leaves_the_old_library_or_the_new(path: Path, order: Order) -> None:
    old = sample(1, path.with_name("old"))
    before = everything(old)
    file = Path(shutil.copy(old, path.with_name("first.sqlite3")))
    took = seconds_for(lambda: Library(file).close())
    converted = killed_before = 0
    for seconds in moments(40, 3 * took):
        said = order("convert", path, seconds)
        for file in path.parent.glob("old-*.sqlite3"):
            if file.stat().st_size < old.stat().st_size:
                continue  # killed while the test was still putting it there
            assert whole(file)
            with closing(sqlite3.connect(file)) as connection:
                (version,) = connection.execute("PRAGMA user_version").fetchone()
            if version == 1:
                assert file.name not in said
                assert everything(file) == before
                killed_before += 1
            else:
                assert len(ours(everything(file))) >= len(ours(before))
                converted += 1
            kept = path.parent.glob(f"backups/schema-1-{file.stem}-*")
            assert version == 1 or any(everything(copy) == before for copy in kept)
        for file in path.parent.rglob("*old-*"):
            file.unlink()
    assert min(converted, killed_before) > 0


def test_a_killed_export_leaves_the_old_file_or_the_new(path: Path, order: Order) -> None:
    out = path.with_name("out.txt")
    for seconds in moments(20, 0.05):
        said = order("hand_out", path, seconds)
        if said or out.exists():
            words = out.read_text().split()
            assert (len(words), len({*words})) == (20_000, 1)


# A limit on the size of files, which the system enforces as it does a full disk: the write fails.


def files(folder: Path) -> set[str]:
    """What is in a folder and below, but for journals, which SQLite removes when it is done."""
    every = (file.relative_to(folder) for file in folder.rglob("*") if file.is_file())
    return {str(file) for file in every if not str(file).endswith(("-wal", "-shm"))}


@pytest.mark.parametrize("task", ["edit", "take_in", "keep", "go_back", "carry_over"])
@pytest.mark.parametrize("room", [4_096, 20_000, 60_000])
def test_a_full_disk_is_told_in_a_sentence_and_loses_nothing(
    path: Path, order: Order, task: str, room: int
) -> None:
    backup.back_up(path, path.with_name("source.sqlite3"))
    before = files(path.parent)
    said = order(task, path, 20, largest_file=room)
    assert said, "the task was killed, not refused"
    sentence = said.pop()["refused"]
    assert "disk" in sentence
    assert sentence.endswith((".", "try again."))
    assert files(path.parent) == before
    assert whole(path)
    with Library(path) as library:
        assert int(library.entry(1).note or "0") >= (said[-1] if task == "edit" and said else 0)
        assert library.set_note(1, "there is room again") is not None


@pytest.mark.parametrize("task", ["edit", "take_in"])
def test_a_library_that_may_not_grow_is_told_in_a_sentence_and_loses_nothing(
    path: Path, order: Order, task: str
) -> None:
    pages = path.stat().st_size // 1024 + 8
    said = order(task, path, 20, most_pages=pages)
    assert said, "the task was killed, not refused"
    assert "The disk is full" in said.pop()["refused"]
    assert whole(path)
    with Library(path) as library:
        assert int(library.entry(1).note or "0") >= (said[-1] if task == "edit" and said else 0)
        sources = {
            name for entry in library.entries(library.search().ids) for name in entry.sources
        }
        assert sources >= ({*said} if task == "take_in" else set())


@pytest.mark.parametrize("room", [4_096, 20_000, 200_000])
def test_a_full_disk_leaves_an_older_library_as_it_was(path: Path, order: Order, room: int) -> None:
    sample(1, path.with_name("old"))
    before = files(path.parent)
    library = path.with_name("old-0.sqlite3")
    library.write_bytes(path.with_name("old").read_bytes())
    said = order("open_old", path, 20, largest_file=room)
    if "refused" in said[-1]:
        assert said[-1]["refused"].endswith((".", "again."))
        assert library.read_bytes() == path.with_name("old").read_bytes()
        assert files(path.parent) == before | {library.name}
    else:
        assert whole(library)


def test_a_full_disk_leaves_an_exports_target_as_it_was(path: Path, order: Order) -> None:
    out = path.with_name("out.txt")
    out.write_text("the old words")
    before = files(path.parent)
    [said] = order("hand_out", path, 20, largest_file=4_096)
    assert "was not written" in said["refused"]
    assert out.read_text() == "the old words"
    assert files(path.parent) == before


# Places that may not be written to, whoever the tests run as.

ANYWHERE = ("keep", "carry_over")  # what needs no more than to read the library


@pytest.mark.skipif(sys.platform != "linux", reason="Linux lets us drop the superuser's powers")
@pytest.mark.parametrize("task", ["edit", "take_in", "keep", "go_back", "carry_over"])
@pytest.mark.parametrize(("folder", "file"), [(0o500, 0o400), (0o500, 0o600), (0o700, 0o400)])
def test_where_nothing_may_be_written_nothing_is_and_that_is_said(
    path: Path, order: Order, task: str, folder: int, file: int
) -> None:
    backup.back_up(path, path.with_name("source.sqlite3"))
    before = path.read_bytes()
    path.chmod(file)
    path.parent.chmod(folder)
    said = order(task, path, 0.5 if task in ANYWHERE else 20, without_privileges=True)
    path.parent.chmod(0o700)
    assert path.read_bytes() == before
    assert whole(path)
    if task not in ANYWHERE or folder == 0o500:
        assert said.pop()["refused"].endswith((".", "again."))
    else:
        assert said  # copies of a file that may only be read
    assert not any(isinstance(each, dict) for each in said)


def test_everything_is_private_whatever_the_umask(tmp_path: Path, order: Order) -> None:
    path = tmp_path / "data" / "papers.sqlite3"
    with Library(path) as library:
        put_in(library, "One", "Two")
    order("keep", path, 0.2, umask=0)
    backup.back_up(path, path.with_name("source.sqlite3"))
    order("go_back", path, 20, umask=0)
    order("carry_over", path, 20, umask=0)
    order("edit", path, 0.2, umask=0)  # killed, so its journals are still there
    names = {file.name for file in path.parent.rglob("*") if file.is_file()}
    assert {f"{path.name}-wal", f"{path.name}-shm", "new.sqlite3"} <= names
    assert any(name.startswith("replaced-") for name in names)
    for file in path.parent.rglob("*"):
        mode = stat.S_IMODE(file.stat().st_mode)
        assert mode == (0o700 if file.is_dir() else 0o600), file
