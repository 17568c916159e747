"""A folder of notes: each found again, none of somebody else's touched, all or nothing of each."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from readinglist import vault
from readinglist.errors import ExportFailed
from readinglist.records import Entry, Status
from readinglist.vault import file_names

ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
PAPERS = [Entry(1, "alpha", "Alpha", note="Mine."), Entry(2, "beta", "Beta", "About it.")]


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """The notes; whatever goes wrong, no temporary file stays, and nothing outside is touched."""
    notes = tmp_path / "notes"
    notes.mkdir()
    (tmp_path / "outside.md").write_text("---\ncitekey: alpha\n---\n")
    yield notes
    assert (tmp_path / "outside.md").read_text() == "---\ncitekey: alpha\n---\n"
    assert [path for path in tmp_path.rglob("*") if path.name.endswith(".tmp")] == []


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_one_note_per_paper_and_only_what_changed_is_written_again(folder: Path) -> None:
    assert vault.write(folder, PAPERS) == vault.Told(2, 0, 0)
    assert names(folder) == ["alpha.md", "beta.md"]
    before = (folder / "alpha.md").stat()
    changed = PAPERS[1]._replace(status=Status.READ)
    assert vault.write(folder, [PAPERS[0], changed]) == vault.Told(0, 1, 1)
    after = (folder / "alpha.md").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert "status: read\n" in (folder / "beta.md").read_text()


def test_a_note_that_an_editor_gave_a_byte_order_mark_is_found_again(folder: Path) -> None:
    vault.write(folder, PAPERS)
    path = folder / "alpha.md"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    changed = PAPERS[0]._replace(status=Status.READ)
    assert vault.write(folder, [changed]) == vault.Told(0, 1, 0)
    assert names(folder) == ["alpha.md", "beta.md"]
    assert path.read_bytes().startswith(b"\xef\xbb\xbf---\n")


def test_a_note_is_found_by_its_former_key_and_wherever_it_was_moved(folder: Path) -> None:
    vault.write(folder, PAPERS)
    (folder / "read").mkdir()
    (folder / "alpha.md").rename(folder / "read" / "The first.md")
    paper = PAPERS[0]._replace(key="new-key", title="Another", aliases=("Alpha",))
    assert vault.write(folder, [paper]) == vault.Told(0, 1, 0)
    assert names(folder) == ["beta.md", "read/The first.md"]
    text = (folder / "read" / "The first.md").read_text()
    assert "citekey: new-key\n" in text
    assert "  - Alpha\n" in text


def test_a_file_of_somebody_elses_is_not_touched(folder: Path) -> None:
    (folder / "Alpha.MD").write_text("mine")
    (folder / "beta.md").write_text("# Beta, by me")
    assert vault.write(folder, PAPERS).new == 2
    assert names(folder) == ["Alpha.MD", "alpha-2.md", "beta-2.md", "beta.md"]
    assert vault.write(folder, PAPERS).unchanged == 2
    assert (folder / "beta.md").read_text() == "# Beta, by me"


def test_hidden_folders_and_links_are_passed_over(folder: Path) -> None:
    (folder / ".trash").mkdir()
    (folder / ".trash" / "old.md").write_text("---\ncitekey: alpha\n---\n")
    (folder / "beta.md").symlink_to("../outside.md")
    (folder / "linked").symlink_to("..", target_is_directory=True)
    assert vault.write(folder, PAPERS).new == 2
    assert (folder / "alpha.md").read_text().startswith("---\ntitle: Alpha\n")
    assert (folder / "beta-2.md").exists()
    assert (folder / ".trash" / "old.md").read_text() == "---\ncitekey: alpha\n---\n"


def test_words_that_stayed_in_our_sections_are_told(folder: Path) -> None:
    vault.write(folder, PAPERS)
    path = folder / "alpha.md"
    path.write_text(path.read_text().replace("\nMine.\n", "\nMine and yours.\n"))
    assert vault.write(folder, PAPERS).kept == ("alpha.md",)
    assert "Mine and yours." in path.read_text()


def test_a_note_that_is_no_utf_8_is_left_and_told(folder: Path) -> None:
    data = b"---\ncitekey: alpha\n---\ncaf\xe9\n"
    (folder / "alpha.md").write_bytes(data)
    told = vault.write(folder, PAPERS)
    assert told.new == 1
    assert "no UTF-8" in str(told.left[0])
    assert (folder / "alpha.md").read_bytes() == data


@pytest.fixture
def closed(monkeypatch: pytest.MonkeyPatch) -> Iterator[set[str]]:
    """Names of files and folders that may not be read, for the superuser neither."""
    names = set[str]()
    opened, scanned = Path.open, os.scandir

    def open_(path: Path, *rest: Any, **more: Any) -> object:  # passed on
        if path.name in names:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return opened(path, *rest, **more)

    def scandir(path: str) -> object:
        if Path(path).name in names:
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return scanned(path)

    monkeypatch.setattr(Path, "open", open_)
    monkeypatch.setattr(os, "scandir", scandir)
    yield names
    monkeypatch.undo()


def test_a_note_that_may_not_be_read_gets_no_second(folder: Path, closed: set[str]) -> None:
    vault.write(folder, PAPERS)
    closed.add("alpha.md")
    told = vault.write(folder, [paper._replace(status=Status.READ) for paper in PAPERS])
    assert (told.new, told.updated, len(told.left)) == (0, 1, 1)
    assert "alpha.md cannot be read, so it was left as it is." in str(told.left[0])
    assert names(folder) == ["alpha.md", "beta.md"]


@pytest.mark.parametrize("name", ["mine.md", "deep"])
def test_what_may_hold_a_note_and_cannot_be_looked_into_is_told(
    folder: Path, closed: set[str], name: str
) -> None:
    (folder / "deep").mkdir()
    vault.write(folder, PAPERS)
    (folder / "alpha.md").rename(folder / "deep" / "mine.md")
    closed.add(name)
    told = vault.write(folder, PAPERS)
    assert (told.new, told.unchanged, len(told.left)) == (1, 1, 1)
    assert f"{name} cannot be read; if a new paper had its note there" in str(told.left[0])
    closed.clear()
    (folder / "alpha.md").unlink()
    closed.add(name)
    assert vault.write(folder, PAPERS[1:]).left == ()  # nobody's note is missing


def test_of_two_notes_with_one_key_the_usual_one_is_taken_and_both_are_told(folder: Path) -> None:
    vault.write(folder, PAPERS)
    copied = (folder / "alpha.md").read_bytes()
    for name in ("alpha (copy).md", "0.md"):
        (folder / name).write_bytes(copied)
    told = vault.write(folder, [PAPERS[0]._replace(status=Status.READ)])
    assert told.remark() == (
        "Of notes with one citekey, this was taken: alpha.md, not 0.md, alpha (copy).md."
    )
    assert "status: read\n" in (folder / "alpha.md").read_text()
    assert (folder / "alpha (copy).md").read_bytes() == (folder / "0.md").read_bytes() == copied


def test_a_note_with_a_long_head_is_found_again(folder: Path) -> None:
    many = PAPERS[0]._replace(authors=tuple(f"Ann Lee the {n}th" for n in range(3_000)))
    assert vault.write(folder, [many]).new == 1
    assert vault.write(folder, [many]).unchanged == 1
    assert names(folder) == ["alpha.md"]


def test_a_note_whose_suffix_is_in_capitals_is_found(folder: Path) -> None:
    (folder / "Mine.MD").write_text("---\ncitekey: alpha\n---\nMy words.\n")
    assert vault.write(folder, PAPERS[:1]) == vault.Told(updated=1)
    assert "\nMy words.\n" in (folder / "Mine.MD").read_text()


def test_a_huge_file_is_left_and_told(folder: Path) -> None:
    with (folder / "alpha.md").open("wb") as file:
        file.write(b"---\ncitekey: alpha\n---\n")
        file.truncate(40 << 20)
    told = vault.write(folder, PAPERS[:1])
    assert "larger than 32 MB" in str(told.left[0])


def refusal(folder: Path) -> str:
    with pytest.raises(ExportFailed) as caught:
        vault.write(folder, PAPERS)
    assert "\n" not in str(caught.value)
    assert caught.value.hint
    return str(caught.value)


def test_a_folder_that_cannot_be_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real", target_is_directory=True)
    (tmp_path / "file").touch()
    missing = tmp_path / "missing"
    assert refusal(missing).startswith(f"{missing} does not exist, so no notes were written.")
    assert "symbolic link" in refusal(tmp_path / "link")
    assert "no folder" in refusal(tmp_path / "file")
    assert names(tmp_path) == ["file"]


@pytest.mark.skipif(ROOT, reason="the superuser may write everywhere")
def test_a_folder_without_permission_is_a_sentence(folder: Path) -> None:
    folder.chmod(0o500)
    assert "permission" in refusal(folder)
    folder.chmod(0o700)


def test_a_write_protected_note_is_left_and_told_and_the_others_are_written(folder: Path) -> None:
    vault.write(folder, PAPERS)
    protected = folder / names(folder)[0]
    before = protected.read_bytes()
    protected.chmod(0o444)
    assert not vault.write(folder, PAPERS).left
    told = vault.write(folder, [paper._replace(status=Status.READ) for paper in PAPERS])
    assert (told.updated, len(told.left)) == (len(PAPERS) - 1, 1)
    assert "write-protected" in str(told.left[0])
    assert protected.read_bytes() == before


def test_a_disk_that_fills_up_leaves_whole_notes(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault.write(folder, PAPERS)
    before = {name: (folder / name).read_text() for name in names(folder)}
    written, fsync = 0, os.fsync

    def full(number: int) -> None:
        nonlocal written
        written += 1
        if written > 1:
            raise OSError(errno.ENOSPC, "No space left on device")
        fsync(number)

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ExportFailed, match=r"disk is full.* The note before it"):
        vault.write(folder, [paper._replace(status=Status.READ) for paper in PAPERS])
    monkeypatch.undo()
    assert names(folder) == ["alpha.md", "beta.md"]
    assert (folder / "beta.md").read_text() == before["beta.md"]
    assert "status: read\n" in (folder / "alpha.md").read_text()


def test_a_note_that_changes_meanwhile_is_left(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault.write(folder, PAPERS)
    fold = vault.note.updated

    def updated(old: str, entry: Entry) -> vault.note.Updated:
        (folder / "alpha.md").write_text("typed meanwhile")
        return fold(old, entry)

    monkeypatch.setattr("readinglist.vault.note.updated", updated)
    with pytest.raises(ExportFailed, match="changed meanwhile"):
        vault.write(folder, [PAPERS[0]._replace(status=Status.READ)])
    assert (folder / "alpha.md").read_text() == "typed meanwhile"


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("lee2024", "lee2024.md"), ("Lee:2024/b", "Lee-2024-b.md"), ("con", "con_.md"),
        ("COM1.x", "COM1_.x.md"), ("../../etc/passwd", "etc-passwd.md"), ("a.", "a.md"),
        ("...", "paper.md"), ("", "paper.md"), ("nul", "nul_.md"), ("a" * 300, "a" * 100 + ".md"),
    ],
)  # fmt: skip
def test_names_are_safe_on_every_system(key: str, name: str) -> None:
    assert file_names.free(key, set()) == name


@given(
    keys=st.lists(st.text(max_size=150) | st.sampled_from(["İ", "i̇", "ß", "SS", "é", "e\u0301"]))
)
@example(["é", "e\u0301", "É", "con", "CON_", "a/b", "a\\b", "a:b"])
def test_no_two_names_are_the_same_to_any_system(keys: list[str]) -> None:
    taken: set[str] = set()
    for key in keys:
        name = file_names.free(key, taken)
        assert file_names.folded(name) not in taken
        taken.add(file_names.folded(name))
        assert Path(name).name == name
        assert len(name.encode()) < 143
        assert not set(name) & set('/\\:*?"<>|\0\n')
        assert name[0] not in " .-"
        assert name.removesuffix(".md")[-1] not in " ."


def test_what_became_of_the_notes_is_a_sentence() -> None:
    told = vault.Told(1, 2, 3, tuple(f"{letter}.md" for letter in "abcdefg"))
    assert told.numbers() == "1 new, 2 updated, 3 unchanged"
    assert told.remark() == (
        "What you changed in our sections was kept in a.md, b.md, c.md, d.md, e.md and 2 more."
    )
    assert vault.Told().remark() == ""
