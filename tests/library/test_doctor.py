"""The doctor: finds what could cost words, says so, and puts right only what is safe."""

from __future__ import annotations

import os
import re
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from readinglist.library import Library
from readinglist.library.safety import backup, faults
from readinglist.library.safety.doctor import Finding, Verdict, examine
from readinglist.library.storage import database
from tests.conftest import put_in


@pytest.fixture
def path(library: Library) -> Path:
    """A healthy library with a backup, that no program has open."""
    one, two = put_in(library, "One Wombat", "Two Numbats")
    library.edit_tags([one, two], add=["rl"])
    library.set_note(one, "a note about foxes")
    library.close()
    backup.back_up(library.path)
    return library.path


def sql(path: Path, *statements: str) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def found(path: Path, check: str, *, fix: bool = False) -> Finding:
    [finding] = [finding for finding in examine(path, fix=fix) if finding.check == check]
    return finding


def test_a_healthy_library_passes_every_check(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faults, "FAULTS", ())
    assert {finding.verdict for finding in examine(path)} == {Verdict.OK}


def spoil_page(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[-3072:] = b"\xa5" * 3072  # far from the schema, which opening needs
    path.write_bytes(data)


ILLS: dict[str, tuple[Callable[[Path], object], str, bool]] = {
    "permissions": (lambda path: path.chmod(0o644), "Others may be able to read", True),
    "search": (lambda path: sql(path, "DELETE FROM paper_text WHERE rowid = 1"), "1 paper", True),
    "tags": (lambda path: sql(path, "INSERT INTO tag (name) VALUES ('lonely')"), "1 tag ", True),
    "integrity": (spoil_page, "SQLite finds damage", False),
    "references": (lambda path: sql(path, "DELETE FROM document"), "2 rows of paper", False),
    "titles": (
        lambda path: sql(path, "UPDATE paper SET title = 'one wombat.' WHERE id = 2"),
        "two-numbats-.* and one-wombat-.* have the same title",
        False,
    ),
    "backups": (lambda path: database.newest_backup(path).unlink(), "no good backup", False),  # type: ignore[union-attr]  # there is one
    "opens": (lambda path: path.write_bytes(b""), "is empty.*restore .*/backups/", False),
}


@pytest.mark.parametrize("check", ILLS)
def test_each_ill_is_found_and_cured_only_where_that_is_safe(path: Path, check: str) -> None:
    harm, sentence, curable = ILLS[check]
    harm(path)
    before = found(path, check)
    assert before.verdict is not Verdict.OK
    assert before.fixable == curable
    assert re.search(sentence, before.sentence), before.sentence
    after = found(path, check, fix=True)
    assert (after.verdict is Verdict.OK) == curable
    assert found(path, check).verdict is after.verdict


@pytest.mark.parametrize(
    "harm",
    [
        "DELETE FROM paper_text WHERE rowid = 2",
        "INSERT INTO paper_text (rowid, title) VALUES (99, 'nobody')",
        "UPDATE paper_text SET note = 'other words' WHERE rowid = 1",
        "UPDATE paper SET note = 'written by another program' WHERE id = 1",
        "DELETE FROM paper_text_data WHERE id > 10",
        "UPDATE paper_text_content SET c0 = 'elsewhere' WHERE id = 1",
        "DELETE FROM paper_whole_data WHERE id > 10",
        "INSERT INTO paper_whole (rowid, words) VALUES (1, 'nowhere else')",
        "UPDATE word SET papers = papers + 1",
        "DELETE FROM word WHERE papers = 1",
    ],
)
def test_a_search_index_that_disagrees_is_found_and_made_anew(path: Path, harm: str) -> None:
    sql(path, harm)
    assert found(path, "search").verdict is Verdict.PROBLEM
    assert found(path, "search", fix=True).verdict is Verdict.OK
    with Library(path) as library:
        assert len(library.search("wombat")) == 1
        assert len(library.search("numbats tag:rl")) == 1


def test_examining_changes_nothing_unless_asked(path: Path) -> None:
    for harm, _, curable in ILLS.values():
        if curable:
            harm(path)
    before = path.read_bytes(), path.stat().st_mode
    examine(path)
    assert (path.read_bytes(), path.stat().st_mode) == before


def test_backups_that_others_could_read_are_closed_to_them(path: Path) -> None:
    made = database.newest_backup(path)
    assert made is not None
    made.chmod(0o644)
    made.parent.chmod(0o755)
    assert found(path, "permissions").verdict is Verdict.PROBLEM
    assert found(path, "permissions", fix=True).verdict is Verdict.OK
    assert (made.stat().st_mode & 0o777, made.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_what_a_killed_program_left_is_removed_once_it_is_old(path: Path) -> None:
    old, young = (path.with_name(f".readinglist-{name}.tmp") for name in ("old", "young"))
    for file in (old, young):
        file.write_text("half a copy")
    os.utime(old, (time.time() - 90_000,) * 2)
    assert str(old) in found(path, "leftovers").sentence
    assert str(young) not in found(path, "leftovers").sentence
    assert found(path, "leftovers", fix=True).verdict is Verdict.OK
    assert (old.exists(), young.exists()) == (False, True)


def test_no_finding_holds_the_words_of_a_note(path: Path) -> None:
    spoil_page(path)
    assert not any("foxes" in finding.sentence for finding in examine(path))


@pytest.mark.parametrize(
    ("version", "number"),
    [
        ((3, 40, 1), 2),
        ((3, 44, 5), 2),
        ((3, 44, 6), 1),
        ((3, 45, 0), 2),
        ((3, 50, 6), 2),
        ((3, 50, 7), 1),
        ((3, 51, 2), 2),
        ((3, 51, 3), 1),
        ((3, 52, 0), 2),
        ((3, 53, 0), 1),
        ((3, 53, 2), 0),
        ((4, 0, 0), 0),
    ],
)
def test_faults_of_sqlite_are_known_by_its_version(version: tuple[int, ...], number: int) -> None:
    assert len(faults.faults_of(version)) == number
