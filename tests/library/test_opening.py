"""Opening a library: private, complete, and never at the cost of another file."""

from __future__ import annotations

import os
import random
import shlex
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlmodel import SQLModel

from readinglist import models as _tables  # noqa: F401 (declares the tables)
from readinglist import paths
from readinglist.errors import LibraryError
from readinglist.library import Library
from readinglist.library.safety import backup
from readinglist.library.safety.doctor import Verdict, examine
from readinglist.library.safety.dump import dump
from readinglist.library.storage import database, shape
from readinglist.library.storage.database import APPLICATION_ID, SCHEMA_VERSION
from readinglist.records import Status
from tests.conftest import put_in


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_library_is_in_the_data_folder_and_private_whatever_the_umask() -> None:
    before = os.umask(0)
    try:
        with Library(paths.library_path()) as library:
            put_in(library, "A Title")
            folder = paths.data_folder()
            files = sorted(folder.iterdir())
            assert mode(folder) == 0o700
            assert {mode(file) for file in files} == {0o600}
            assert {file.name for file in files} >= {"library.sqlite3", "library.sqlite3-wal"}
    finally:
        os.umask(before)


def make(path: Path) -> None:
    with Library(path) as library:
        put_in(library, "A Title")


def test_reading_makes_no_file_and_the_first_write_does(tmp_path: Path) -> None:
    path = tmp_path / "new" / "papers.sqlite3"
    with Library(path) as reader, Library(path) as writer:
        assert (len(reader.search()), reader.counts().total, reader.history()) == (0, 0, [])
        assert not path.parent.exists()
        put_in(writer, "A Title")
        assert (len(writer.search()), mode(path), mode(path.parent)) == (1, 0o600, 0o700)
        assert reader.changed_elsewhere()
        assert len(reader.search()) == 1


def test_a_library_that_others_could_read_is_made_private_when_opened(tmp_path: Path) -> None:
    path = tmp_path / "papers.sqlite3"
    make(path)
    path.chmod(0o644)
    Library(path).close()
    assert mode(path) == 0o600


def test_the_file_says_whose_it_is_and_keeps_foreign_keys(library: Library) -> None:
    put_in(library, "A Title")
    with sqlite3.connect(library.path) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        library._journal._connection.execute("INSERT INTO paper_tag VALUES (1, 99)")


def test_what_was_written_is_there_after_reopening(library: Library) -> None:
    [paper] = put_in(library, "A Title")
    library.set_status([paper], Status.READING)
    library.set_note(paper, "Read *this*.\n")
    library.close()
    with Library(library.path) as again:
        entry = again.entry(paper)
        assert (entry.status, entry.note) == (Status.READING, "Read *this*.\n")


def another_database(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE theirs (x)")
    connection.close()


def a_newer_library(path: Path) -> None:
    make(path)
    with sqlite3.connect(path, isolation_level=None) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def a_truncated_library(path: Path) -> None:
    make(path)
    path.write_bytes(path.read_bytes()[:5000])


FOREIGN: dict[str, Callable[[Path], object]] = {
    "another program's database": another_database,
    "newer readinglist": a_newer_library,
    "cut short": a_truncated_library,
    "is empty": lambda path: path.write_bytes(b""),
    "too short": lambda path: path.write_bytes(b"SQLite format 3\0"),
    "not a readinglist library": lambda path: path.write_bytes(b"# Notes\n" * 100),
    "not a file": lambda path: path.mkdir(),
}


@pytest.mark.parametrize("reason", FOREIGN)
def test_a_file_that_is_not_a_library_is_refused_and_left_as_it_is(
    tmp_path: Path, reason: str
) -> None:
    path = tmp_path / "theirs"
    FOREIGN[reason](path)
    content = path.read_bytes() if path.is_file() else None
    with pytest.raises(LibraryError, match=reason):
        Library(path)
    assert (path.read_bytes() if path.is_file() else None) == content
    assert [entry.name for entry in tmp_path.iterdir()] == ["theirs"]


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A library that is in no program's hands, with a backup beside it."""
    path = tmp_path / "papers.sqlite3"
    with Library(path) as library:
        papers = put_in(library, *(f"The {n}th paper of {n + 9} about words" for n in range(60)))
        library.set_note(papers[0], "A word of mine")
        library.edit_tags(papers[:9], add=["rl"])
    backup.back_up(path)
    return path


def use(path: Path) -> None:
    """Read all that can be read, by every way there is."""
    with Library(path) as library:
        for query in ("", "paper", "wrds", '"about words"', "tag:rl", "note:mine"):
            results = library.search(query)
            library.entries(results.ids)
            results.rows(0, len(results))
        library.counts()
        library.history()


def test_flipped_bits_are_refused_in_a_sentence_with_the_way_back(kept: Path) -> None:
    sound, chance = kept.read_bytes(), random.Random(1)
    header = [(byte, bit) for byte in range(100) for bit in (0, 7)]
    inside = [(chance.randrange(len(sound)), chance.randrange(8)) for _ in range(150)]
    hints = []
    for byte, bit in header + inside:
        flipped = bytearray(sound)
        flipped[byte] ^= 1 << bit
        kept.write_bytes(flipped)
        try:
            use(kept)
        except LibraryError as error:
            hints.append(f"{error.message} {error.hint}")
        assert kept.read_bytes() == flipped
    assert len(hints) > 50
    without_a_way = [h for h in hints if not ("readinglist --library" in h and " restore " in h)]
    assert without_a_way == []


def test_overwritten_pages_are_refused_with_the_way_back(kept: Path) -> None:
    sound, chance = kept.read_bytes(), random.Random(2)
    for page in range(1, len(sound) // 4096):
        noise = chance.randbytes(4096)
        content = sound[: page * 4096] + noise + sound[(page + 1) * 4096 :]
        kept.write_bytes(content)
        with pytest.raises(LibraryError, match="damaged") as caught:
            use(kept)
        assert "restore" in caught.value.hint
        assert kept.read_bytes() == content


@pytest.mark.parametrize("lost", [1, 777, 4095])
def test_a_file_that_lost_part_of_its_last_page_is_refused(kept: Path, lost: int) -> None:
    content = kept.read_bytes()[:-lost]
    kept.write_bytes(content)
    with pytest.raises(LibraryError, match="cut short") as caught:
        Library(kept)
    assert "restore" in caught.value.hint
    assert kept.read_bytes() == content


def altered(path: Path, *statements: str) -> bytes:
    """Change the file as damage could, in a way that SQLite finds nothing wrong with."""
    with sqlite3.connect(path, isolation_level=None) as connection:
        for statement in ("PRAGMA writable_schema = ON", *statements):
            connection.execute(statement)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return path.read_bytes()


@pytest.mark.parametrize(
    "harm",
    [
        "DROP TABLE edit",
        "ALTER TABLE paper RENAME COLUMN venue TO vemue",
        "UPDATE sqlite_master SET sql = replace(sql, 'overlap', 'ovexlap')",
        "DELETE FROM sqlite_master WHERE name = 'mark'",
    ],
)
def test_a_library_without_one_of_its_tables_or_columns_is_refused(kept: Path, harm: str) -> None:
    content = altered(kept, harm)
    with pytest.raises(LibraryError, match="is damaged") as caught:
        Library(kept)
    assert "restore" in caught.value.hint
    assert kept.read_bytes() == content


def test_an_index_that_lost_a_paper_is_damage(kept: Path) -> None:
    altered(
        kept,
        "UPDATE sqlite_master SET sql = sql || ' WHERE id <> 3' WHERE name = 'paper_status'",
    )
    altered(kept, "REINDEX paper_status")
    altered(
        kept,
        "UPDATE sqlite_master SET sql = replace(sql, ' WHERE id <> 3', '')",
    )
    with pytest.raises(LibraryError, match="missing from index"):
        Library(kept)


@pytest.mark.parametrize(
    "value", ["urls = '[\"x'", "authors = 'null'", "status = 'rexd'", "title = x'6162ff'"]
)
def test_a_value_that_makes_no_sense_is_damage_and_no_crash(kept: Path, value: str) -> None:
    altered(kept, f"UPDATE paper SET {value} WHERE id = 7")
    with pytest.raises(LibraryError, match="damaged") as caught:
        use(kept)
    assert " restore " in caught.value.hint
    told = {f.check: f for f in examine(kept)}
    assert told["values"].verdict is Verdict.PROBLEM


def test_a_dump_of_what_is_no_text_is_refused_with_the_way_back(kept: Path) -> None:
    altered(kept, "UPDATE edit SET after = x'6162ff'")
    with pytest.raises(LibraryError, match="damaged") as caught:
        list(dump(kept))
    assert " restore " in caught.value.hint


def test_the_tables_that_are_looked_for_are_those_that_are_declared() -> None:
    declared = {
        name: {column.name for column in table.columns}
        for name, table in SQLModel.metadata.tables.items()
    }
    assert {name: {*columns.split()} for name, columns in shape.COLUMNS.items()} == declared


def test_a_refused_file_is_refused_by_the_command_line_with_the_command_to_type(
    kept: Path,
) -> None:
    kept.write_bytes(kept.read_bytes()[:9000])
    words = [sys.executable, "-m", "readinglist", "--library", str(kept)]
    told = subprocess.run([*words, "list"], capture_output=True, text=True)
    assert (told.returncode, told.stdout) == (1, "")
    command = told.stderr.strip().rpartition(": ")[2]
    assert command.startswith(f"readinglist --library {kept} restore ")
    done = subprocess.run(
        [sys.executable, "-m", *shlex.split(command)], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    use(kept)


def test_a_library_cannot_be_made_below_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("text")
    with pytest.raises(LibraryError, match="No library can be made"):
        Library(tmp_path / "file" / "papers.sqlite3")


def test_making_a_library_leaves_nothing_else_whatever_its_name(tmp_path: Path) -> None:
    name = "papers [1] #2 ?x=%41.sqlite3"
    with Library(tmp_path / name) as library:
        put_in(library, "A Title")
    assert [entry.name for entry in tmp_path.iterdir()] == [name]


def test_a_path_that_the_system_refuses_is_a_library_error(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="cannot be read"):
        Library(tmp_path / ("x" * 300))


def test_a_library_in_a_folder_that_takes_no_files_is_read_without_any(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    [paper] = put_in(library, "A Title")
    library.close()
    monkeypatch.setattr(os, "access", lambda *_: False)
    with Library(library.path) as frozen:
        assert frozen.search("title").ids[0] == paper
        assert frozen.entry(paper).title == "A Title"
        assert [entry.name for entry in library.path.parent.iterdir()] == [library.path.name]


def test_damage_is_told_without_the_words_that_it_befell(library: Library) -> None:
    [paper] = put_in(library, "A Title")
    library.close()
    with sqlite3.connect(library.path) as connection:
        note = b"my secret is locked \xff".hex()
        connection.execute(f"UPDATE paper SET note = CAST(x'{note}' AS TEXT)")
    connection.close()
    with (
        Library(library.path) as damaged,
        pytest.raises(LibraryError, match="damaged") as caught,
    ):
        damaged.entry(paper)
    assert "secret" not in str(caught.value)


def test_reading_a_library_does_not_load_what_only_writing_needs(library: Library) -> None:
    put_in(library, "A Title")
    program = (
        "import sys; from pathlib import Path; from readinglist.library import Library\n"
        f"library = Library(Path({str(library.path)!r}))\n"
        "assert library.entries(library.search().ids)[0].title == 'A Title'\n"
        "print({'sqlmodel', 'sqlalchemy', 'pydantic', 'textual'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (done.stdout.strip(), done.stderr) == ("set()", "")


@pytest.mark.parametrize("kind", [sqlite3.OperationalError, sqlite3.InterfaceError])
def test_a_complaint_that_is_not_sqlites_own_is_not_quoted(kind: type[sqlite3.Error]) -> None:
    told = database.explanation(kind("something about my secret note"))
    assert "secret" not in f"{told.message} {told.hint}"
    assert kind.__name__ in told.message


def test_a_complaint_of_sqlites_own_is_quoted(library: Library) -> None:
    with pytest.raises(sqlite3.Error) as caught:
        library._connection.execute("SELECT * FROM nowhere")
    assert "no such table: nowhere" in database.explanation(caught.value).message
