"""Libraries of every released version are converted whole, or stay as they were."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from readinglist.errors import LibraryError
from readinglist.library import Library
from readinglist.library.index import fulltext
from readinglist.library.safety import backup
from readinglist.library.safety.doctor import examine
from readinglist.library.safety.dump import dump, load
from readinglist.library.storage import database, migrations
from readinglist.records import Status
from tests.conftest import put_in

SAMPLES = Path(__file__).parent / "schemas"
RELEASED = range(1, database.SCHEMA_VERSION)


def sample(version: int, path: Path) -> Path:
    """A library as that version left it: tags, notes, trash, problems, and a change undone."""
    path.write_bytes(gzip.decompress((SAMPLES / f"{version}.sqlite3.gz").read_bytes()))
    return path


def dumped_then(version: int) -> list[str]:
    """What that version's own `dump` said of its sample."""
    return (SAMPLES / f"{version}.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)


def everything(path: Path) -> list[tuple[Any, ...]]:
    """What is in the tables of a database, whatever its version."""
    with closing(sqlite3.connect(path)) as connection:
        return [(table, *row) for table in tables(connection) for row in rows(connection, table)]


def tables(connection: sqlite3.Connection) -> list[str]:
    found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    return [name for (name,) in found]


def rows(connection: sqlite3.Connection, table: str) -> list[tuple[Any, ...]]:
    return connection.execute(f"SELECT * FROM {table}").fetchall()


def shape(path: Path) -> dict[str, Any]:
    """Columns, indexes and references of every table of ours."""
    with closing(sqlite3.connect(path)) as connection:
        return {
            table: [
                connection.execute(f"PRAGMA table_info({table})").fetchall(),
                sorted(row[2:] for row in connection.execute(f"PRAGMA foreign_key_list({table})")),
                sorted(
                    (name, *facts, connection.execute(f"PRAGMA index_xinfo({name})").fetchall())
                    for _, name, *facts in connection.execute(f"PRAGMA index_list({table})")
                ),
            ]
            for table in tables(connection)
        }


def backups(path: Path) -> list[Path]:
    return sorted((path.parent / "backups").glob("schema-*"))


@pytest.mark.parametrize("version", RELEASED)
def test_a_released_library_is_converted_with_every_word_of_it(
    tmp_path: Path, version: int
) -> None:
    path = sample(version, tmp_path / "papers.sqlite3")
    Library(path).close()
    now = [json.loads(line) for line in dump(path)][1:]
    then = [json.loads(line) for line in dumped_then(version)][1:]
    assert len(now) == len(then)
    for before, after in zip(then, now, strict=True):
        [(table, row)] = before.items()
        assert after[table] == after[table] | migrations.of_3(table, row)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert fulltext.disagreements(connection) == []


@pytest.mark.parametrize("version", RELEASED)
def test_a_converted_library_has_the_tables_of_a_new_one(tmp_path: Path, version: int) -> None:
    path = sample(version, tmp_path / "papers.sqlite3")
    with Library(path), Library(tmp_path / "new.sqlite3") as new:
        put_in(new, "A Title")
    assert shape(path) == shape(new.path)


@pytest.mark.parametrize("version", RELEASED)
def test_a_converted_library_still_knows_what_can_be_undone(tmp_path: Path, version: int) -> None:
    with Library(sample(version, tmp_path / "papers.sqlite3")) as library:
        bridge = library.resolve(["mindbridge-cross-subject-084c2f"])[0]
        assert library.entry(bridge).note == "First line\n\n- a point with `code`"
        assert library.search("brian decodng").ids[0] == bridge
        steps = sum(chapter.state == "done" for chapter in library.history())
        assert sum(1 for _ in range(steps + 5) if library.undo()) == steps
        assert library.counts().statuses[Status.INBOX] == 7
        while library.redo():
            pass
        assert library.counts().statuses[Status.SKIPPED] == 3


@pytest.mark.parametrize("version", RELEASED)
def test_the_library_is_backed_up_before_it_is_converted(tmp_path: Path, version: int) -> None:
    path = sample(version, tmp_path / "papers.sqlite3")
    before = everything(path)
    Library(path).close()
    [kept] = backups(path)
    assert kept.name.startswith(f"schema-{version}-papers-")
    assert kept.stat().st_mode & 0o777 == 0o600
    assert everything(kept) == before
    Library(path).close()
    assert backups(path) == [kept]


def test_what_was_kept_before_converting_is_offered_until_there_is_a_newer_backup(
    tmp_path: Path,
) -> None:
    path = sample(1, tmp_path / "papers.sqlite3")
    Library(path).close()
    [kept] = backups(path)
    assert database.newest_backup(path) == kept
    path.write_bytes(b"")
    with pytest.raises(LibraryError) as caught:
        Library(path)
    assert f"restore {kept}" in caught.value.hint
    backup.restore(path, kept)
    made = backup.back_up(path)
    assert database.newest_backup(path) == made


@pytest.mark.parametrize("version", RELEASED)
def test_an_old_dump_and_an_old_backup_can_be_brought_in(tmp_path: Path, version: int) -> None:
    old = sample(version, tmp_path / "old.sqlite3")
    live = tmp_path / "live.sqlite3"
    with Library(live) as reader:
        put_in(reader, "A Title")
        backup.restore(live, old)
        assert reader.changed_elsewhere()
        assert len(reader.search()) == 6
    load(tmp_path / "loaded.sqlite3", dumped_then(version))
    assert list(dump(tmp_path / "loaded.sqlite3")) == list(dump(live))


def test_a_dump_is_loaded_into_an_empty_library_of_an_older_version(tmp_path: Path) -> None:
    path = sample(1, tmp_path / "papers.sqlite3")
    with closing(sqlite3.connect(path)) as connection:
        for table in ("edit", "change", "problem", "sighting", "paper_tag", "tag", "paper"):
            connection.execute(f"DELETE FROM {table}")
        connection.execute("DELETE FROM document")
        connection.commit()
    load(path, dumped_then(1))
    assert len(everything(path)) > len(dumped_then(1))


def break_the_last_step(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    last = database.SCHEMA_VERSION
    step = migrations.MIGRATIONS[last]

    def broken(connection: sqlite3.Connection) -> None:
        step(connection)
        connection.execute("DELETE FROM edit")
        raise error

    monkeypatch.setitem(migrations.MIGRATIONS, last, broken)


def orphan(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA defer_foreign_keys = ON")
    connection.execute("UPDATE sighting SET paper_id = 999 WHERE position = 0")


@pytest.mark.parametrize(
    "error",
    [sqlite3.OperationalError("database or disk is full"), LibraryError("It would not do.")],
)
def test_a_failing_step_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    path = sample(1, tmp_path / "papers.sqlite3")
    content = path.read_bytes()
    break_the_last_step(monkeypatch, error)
    with pytest.raises(LibraryError, match="not converted; it stays as it was"):
        Library(path)
    assert path.read_bytes() == content
    assert backups(path) == []
    monkeypatch.undo()
    with Library(path) as library:
        assert len(library.history()) == 10


def test_a_step_that_would_lose_a_reference_is_not_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = sample(1, tmp_path / "papers.sqlite3")
    content = path.read_bytes()
    monkeypatch.setitem(migrations.MIGRATIONS, database.SCHEMA_VERSION, orphan)
    with pytest.raises(LibraryError, match="not converted"):
        Library(path)
    assert path.read_bytes() == content


def test_a_file_that_may_not_grow_is_not_converted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = sample(1, tmp_path / "papers.sqlite3")
    content = path.read_bytes()
    step = migrations.MIGRATIONS[2]

    def cramped(connection: sqlite3.Connection) -> None:
        connection.execute("PRAGMA max_page_count = 1")  # SQLite takes it for: no more than now
        step(connection)

    monkeypatch.setitem(migrations.MIGRATIONS, 2, cramped)
    with pytest.raises(LibraryError, match="disk is full"):
        Library(path)
    assert path.read_bytes() == content


def test_two_programs_may_find_the_old_library_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = sample(1, tmp_path / "papers.sqlite3")
    migrate = migrations.migrate
    others: list[Library] = []

    def second(target: Path) -> None:
        monkeypatch.undo()
        others.append(Library(path))  # it converts, between our backup and our own attempt
        migrate(target)

    monkeypatch.setattr(migrations, "migrate", second)
    with Library(path) as library:
        assert len(library.history()) == len(others[0].history()) == 10
    others[0].close()


def test_an_open_library_is_not_taken_for_an_old_one(tmp_path: Path) -> None:
    path = sample(1, tmp_path / "papers.sqlite3")
    with Library(path):  # which keeps the conversion in its journal
        Library(path).close()
    assert len(backups(path)) == 1


def test_an_old_library_that_may_not_be_written_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = sample(1, tmp_path / "papers.sqlite3")
    content = path.read_bytes()
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(LibraryError, match="needs permission to write it"):
        Library(path)
    assert path.read_bytes() == content
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_the_doctor_examines_an_old_library_without_converting_it(tmp_path: Path) -> None:
    path = sample(1, tmp_path / "papers.sqlite3")
    content = path.read_bytes()
    findings = {finding.check: finding for finding in examine(path)}
    assert "schema 1" in findings["schema"].sentence
    assert findings["integrity"].verdict == "ok"
    assert path.read_bytes() == content
    Library(path).close()
    assert {finding.verdict for finding in examine(path) if finding.check == "schema"} == {"ok"}


Act = Callable[[Path], object]


@pytest.mark.parametrize("act", [lambda path: backup.back_up(path), lambda path: list(dump(path))])
def test_an_old_library_can_be_carried_away(tmp_path: Path, act: Act) -> None:
    path = sample(1, tmp_path / "papers.sqlite3")
    before = everything(Path(shutil.copy(path, tmp_path / "copy")))
    act(path)
    assert [row for row in everything(path) if row[0] == "document"] == [
        row for row in before if row[0] == "document"
    ]
