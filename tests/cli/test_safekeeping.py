"""The commands that keep the library safe: backup, restore, doctor, dump and load."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

from tests.cli.conftest import PAPERS, Shell


def noted(shell: Shell, note: str) -> str:
    """Write a note on the first paper; return its key."""
    key = shell.keys()[0]
    shell.ok("note", key, "--text", note)
    return key


def note_of(shell: Shell, key: str) -> str:
    note: str = json.loads(shell.ok("show", key, "--json").out)[0]["note"]
    return note


def test_a_backup_prints_where_it_is_and_restoring_it_can_be_taken_back(filled: Shell) -> None:
    key = noted(filled, "before")
    made = Path(filled.ok("backup").out.removesuffix("\n"))
    assert made.parent == filled.library.parent / "backups"
    noted(filled, "after")
    restored = filled.ok("restore", str(made))
    assert restored.out == ""
    assert note_of(filled, key) == "before"
    back = restored.err.splitlines()[-1].partition("to go back: readinglist ")[2]
    filled.ok(*back.split())
    assert note_of(filled, key) == "after"


def test_a_backup_may_be_written_anywhere_but_over_nothing(filled: Shell) -> None:
    assert filled.ok("backup", "copy.sqlite3").out == "copy.sqlite3\n"
    again = filled.run("backup", "copy.sqlite3")
    assert (again.code, again.out) == (1, "")
    assert "exists already" in again.err
    assert filled.run("backup", "absent/copy").code == 1
    assert len(filled.papers("--library", "copy.sqlite3")) == len(PAPERS)


def test_what_cannot_be_restored_is_told_in_a_sentence_and_changes_nothing(filled: Shell) -> None:
    before = filled.ok("dump").out
    filled.file("notes.txt", "Dear diary" * 99)
    for name in ("notes.txt", "absent", "."):
        result = filled.run("restore", name)
        assert (result.code, result.out, result.err.count("\n")) == (1, "", 1)
    assert filled.ok("dump").out == before


def test_a_damaged_library_names_the_way_back_and_it_works(filled: Shell) -> None:
    key = noted(filled, "kept")
    filled.ok("backup")
    filled.library.write_bytes(filled.library.read_bytes()[:9000])
    refused = filled.run("list")
    assert refused.code == 1
    assert "cut short" in refused.err
    command = refused.err.partition("backup: readinglist ")[2].split()
    assert "damaged; it is kept in" in filled.ok(*command).err
    assert note_of(filled, key) == "kept"


def test_the_doctor_exits_with_1_until_what_is_wrong_is_put_right(filled: Shell) -> None:
    filled.ok("backup")
    healthy = filled.ok("doctor")
    assert "problem" not in healthy.out
    filled.library.chmod(0o644)
    with sqlite3.connect(filled.library) as connection:
        connection.execute("DELETE FROM paper_text WHERE rowid = 1")
    connection.close()
    ill = filled.run("doctor")
    assert ill.code == 1
    assert [line.split()[1] for line in ill.lines if line.startswith("problem")] == [
        "permissions",
        "search",
    ]
    assert "--fix" in ill.err
    assert "problem" not in filled.ok("doctor", "--fix").out
    assert filled.ok("doctor").out.replace(" now.", ".") == healthy.out


def test_a_dump_loaded_elsewhere_dumps_the_same(filled: Shell) -> None:
    key = noted(filled, "a note")
    filled.ok("tag", key, "--add", "thesis")
    filled.ok("undo")
    dumped = filled.ok("dump")
    assert dumped.err == ""
    assert all(json.loads(line) for line in dumped.lines)
    filled.file("dump.jsonl", dumped.out)
    loaded = filled.ok("load", "dump.jsonl", "--library", "other/new.sqlite3")
    assert (loaded.out, "Loaded 5 papers, 1 document and 2 changes" in loaded.err) == ("", True)
    assert filled.ok("--library", "other/new.sqlite3", "dump").out == dumped.out
    assert filled.papers("--library", "other/new.sqlite3") == filled.papers()
    assert "tagged" in filled.ok("redo", "--library", "other/new.sqlite3").err


def test_a_dump_is_loaded_whole_or_not_at_all_and_never_into_papers(filled: Shell) -> None:
    lines = filled.ok("dump").out.splitlines(keepends=True)
    filled.file("cut.jsonl", "".join(lines[:-1]))
    filled.file("odd.jsonl", b"".join([lines[0].encode(), b"\xff\xfe\n"]))
    filled.file("good.jsonl", "".join(lines))
    for name, reason in (
        ("cut.jsonl", "not complete"),
        ("odd.jsonl", "Line 2 is not UTF-8"),
        ("absent", "cannot be read"),
    ):
        result = filled.run("--library", "new.sqlite3", "load", name)
        assert (result.code, result.out) == (1, "")
        assert reason in result.err
        assert not (filled.folder / "new.sqlite3").exists()
    mixed = filled.run("load", "good.jsonl")
    assert (mixed.code, "not empty" in mixed.err) == (1, True)


def test_without_a_library_there_is_nothing_to_keep_safe(shell: Shell) -> None:
    for words in (["backup"], ["doctor"], ["dump"]):
        result = shell.run(*words)
        assert (result.code, result.out) == (1, "")
        assert "no library" in result.err
    assert not shell.library.exists()


def test_a_dump_brings_a_lost_library_back(filled: Shell) -> None:
    filled.file("dump.jsonl", filled.ok("dump").out)
    shutil.rmtree(filled.library.parent)
    filled.ok("load", "dump.jsonl")
    assert len(filled.papers()) == len(PAPERS)


def test_keeping_safe_loads_the_database_only_to_write_through_it(filled: Shell) -> None:
    filled.ok("backup", "copy.sqlite3")
    for words in (["backup"], ["restore", "copy.sqlite3"], ["dump"], ["doctor"]):
        code, heavy = filled.loaded_by(*words)
        assert (code, heavy) == (0, {"sqlite3"})
