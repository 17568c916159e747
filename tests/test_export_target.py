"""An export's target: all of the new file, or the old one untouched, and a sentence."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from readinglist.errors import ExportFailed
from readinglist.export import stamp, write_atomically

ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "refs.bib"


@pytest.fixture(autouse=True)
def _nothing_left(tmp_path: Path) -> Iterator[None]:
    """After every test, whatever went wrong in it, there is no temporary file."""
    yield
    assert [path for path in tmp_path.rglob("*") if path.name.endswith(".tmp")] == []


def refusal(path: Path, *, force: bool = False, chunks: tuple[str, ...] = ("new",)) -> str:
    with pytest.raises(ExportFailed) as caught:
        write_atomically(path, chunks, force=force)
    assert "\n" not in str(caught.value)
    assert caught.value.hint
    return str(caught.value)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_new_file_is_utf_8_with_plain_line_ends(target: Path) -> None:
    assert write_atomically(target, iter(["é\n", "漢😀\n", "\ud800"]), force=False) == 12
    assert target.read_bytes() == "é\n漢😀\n?".encode()


def test_a_new_file_has_the_mode_of_any_new_file(target: Path, tmp_path: Path) -> None:
    write_atomically(target, ["x"], force=False)
    (tmp_path / "other").touch()
    assert target.stat().st_mode == (tmp_path / "other").stat().st_mode


@pytest.mark.parametrize("force", [False, True])
def test_an_export_of_nothing_is_an_empty_file(target: Path, force: bool) -> None:
    assert write_atomically(target, [], force=force) == 0
    assert target.read_bytes() == b""


def test_an_existing_file_stays_unless_forced(target: Path) -> None:
    target.write_text("old")
    target.chmod(0o640)
    assert "exists already" in refusal(target)
    assert target.read_text() == "old"
    write_atomically(target, ["new"], force=True)
    assert target.read_text() == "new"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_a_write_protected_file_stays_even_if_forced(target: Path) -> None:
    target.write_text("old")
    target.chmod(0o444)
    with pytest.raises(ExportFailed, match="it is write-protected"):
        write_atomically(target, ["new"], force=True)
    assert target.read_text() == "old"
    assert stat.S_IMODE(target.stat().st_mode) == 0o444


def test_a_file_that_has_changed_since_it_was_seen_stays(target: Path) -> None:
    target.write_text("old")
    seen = stamp(target)
    write_atomically(target, ["new"], force=True, seen=seen)
    assert target.read_text() == "new"
    with pytest.raises(ExportFailed, match="changed since it was shown"):
        write_atomically(target, ["newer"], force=True, seen=seen)
    assert target.read_text() == "new"
    target.unlink()
    with pytest.raises(ExportFailed, match="changed since it was shown"):
        write_atomically(target, ["newer"], force=True, seen=seen)
    assert not target.exists()


def test_a_file_that_appears_meanwhile_stays(target: Path) -> None:
    def chunks() -> Iterator[str]:
        yield "new"
        target.write_text("somebody else's")

    with pytest.raises(ExportFailed, match="exists already"):
        write_atomically(target, chunks(), force=False)
    assert target.read_text() == "somebody else's"


@pytest.mark.parametrize("reads", ["somebody else's", None])
def test_where_there_are_no_hard_links_nothing_is_replaced_either(
    target: Path, monkeypatch: pytest.MonkeyPatch, reads: str | None
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EOPNOTSUPP, "Operation not supported")

    def chunks() -> Iterator[str]:
        yield "new"
        if reads:
            target.write_text(reads)

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    if reads:
        with pytest.raises(ExportFailed, match="exists already"):
            write_atomically(target, chunks(), force=False)
    else:
        write_atomically(target, chunks(), force=False)
    assert target.read_text() == (reads or "new")


@pytest.mark.parametrize("error", [ValueError, OSError, KeyboardInterrupt])
@pytest.mark.parametrize("old", ["old", None])
def test_a_failure_of_the_source_comes_through_and_leaves_the_old_file(
    target: Path, old: str | None, error: type[BaseException]
) -> None:
    def chunks() -> Iterator[str]:
        yield "new" * 100_000
        raise error("the library broke")

    if old:
        target.write_text(old)
    with pytest.raises(error, match="the library broke"):
        write_atomically(target, chunks(), force=True)
    assert (target.read_text() if target.exists() else None) == old


@pytest.mark.parametrize("force", [False, True])
def test_links_folders_and_pipes_are_refused(tmp_path: Path, force: bool) -> None:
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to("real")
    (tmp_path / "dangling").symlink_to("nowhere")
    os.mkfifo(tmp_path / "pipe")
    assert "symbolic link" in refusal(tmp_path / "link", force=force)
    assert "symbolic link" in refusal(tmp_path / "dangling", force=force)
    assert "pipe" in refusal(tmp_path / "pipe", force=force)
    assert "folder" in refusal(tmp_path, force=force)
    assert (tmp_path / "real").read_text() == "old"
    assert names(tmp_path) == ["dangling", "link", "pipe", "real"]


def test_a_database_is_refused_even_when_forced(target: Path) -> None:
    target.write_bytes(b"SQLite format 3\0 and years of work")
    assert "database" in refusal(target, force=True)
    assert target.read_bytes() == b"SQLite format 3\0 and years of work"


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("missing/refs.bib", "folder does not exist"),
        ("file/refs.bib", "not a folder"),
        ("x" * 300, "too long"),
        ("nul\0", "null"),
        (".", "folder"),
    ],
)
def test_a_path_that_cannot_be_is_a_sentence(
    tmp_path: Path, name: str, reason: str, force: bool
) -> None:
    (tmp_path / "file").touch()
    assert reason in refusal(tmp_path / name, force=force)
    assert names(tmp_path) == ["file"]


def test_a_name_cannot_write_on_the_terminal(tmp_path: Path) -> None:
    assert "\x1b" not in refusal(tmp_path / "missing\x1b[31m\n" / "refs.bib")


@pytest.mark.skipif(ROOT, reason="the superuser may write everywhere")
def test_a_folder_without_permission_is_a_sentence(tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir(mode=0o500)
    assert "permission" in refusal(folder / "refs.bib")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has /dev/full")
def test_a_full_disk_leaves_the_old_file(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = Path.open
    target.write_text("old")

    def full(path: Path, mode: str = "r", *rest: object) -> object:
        if mode != "xb":
            return opened(path, mode)
        opened(path, mode).close()
        return Path("/dev/full").open("wb")

    monkeypatch.setattr(Path, "open", full)
    assert "disk is full" in refusal(target, force=True, chunks=("new" * 100_000,))
    assert "disk is full" in refusal(target, force=True)
    monkeypatch.undo()
    assert target.read_text() == "old"
