"""What is typed in a note outlives the app: a private draft, brought back, and gone once saved."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from readinglist.library import Library
from readinglist.tui.notes.drafts import Drafts, Left, waiting
from tests.tui.conftest import Opener
from tests.tui.terminal import APP, Terminal


@pytest.fixture
def dead() -> int:
    """The number of a process that is no more."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def files(library: Library) -> list[Path]:
    return sorted((library.path.parent / "drafts").glob("*"))


def leave(
    library: Library, monkeypatch: pytest.MonkeyPatch, pid: int, base: str, text: str
) -> None:
    """Leave a draft of the first paper's note as an app would that was killed."""
    key = library.entries(library.search().ids[:1])[0].key
    with monkeypatch.context() as patched:
        patched.setattr(os, "getpid", lambda: pid)
        Drafts(library.path, key).keep(base, text)


async def test_typing_keeps_a_private_draft_and_saving_ends_it(
    shelf: Library, opened: Opener
) -> None:
    async with opened(shelf) as session:
        await session.press("n")
        await session.type("never lost")
        await session.until(lambda: any("never lost" in f.read_text() for f in files(shelf)))
        (draft,) = files(shelf)
        assert stat.S_IMODE(draft.stat().st_mode) == 0o600
        assert stat.S_IMODE(draft.parent.stat().st_mode) == 0o700
        await session.press("escape")
        assert files(shelf) == []


async def test_a_draft_that_was_left_is_told_and_brought_back(
    shelf: Library, opened: Opener, monkeypatch: pytest.MonkeyPatch, dead: int
) -> None:
    leave(shelf, monkeypatch, dead, "", "words of\nyesterday")
    async with opened(shelf) as session:
        assert any("Alpha networks" in toast and "n there" in toast for toast in session.toasts())
        await session.press("n")
        assert "yesterday" in session.text()
        assert "not saved when the app ended" in session.text()
        await session.type("!")
        assert "not saved yet" in session.text()
        await session.press("escape")
        assert session.at.note == "words of\nyesterday!"
        assert files(shelf) == []
        assert waiting(shelf.path) == []


async def test_what_is_brought_back_can_be_taken_away(
    shelf: Library, opened: Opener, monkeypatch: pytest.MonkeyPatch, dead: int
) -> None:
    shelf.set_note(shelf.search().ids[0], "kept")
    leave(shelf, monkeypatch, dead, "kept", "kept, and a slip")
    async with opened(shelf) as session:
        await session.press("n", "ctrl+z", "escape")
        assert session.at.note == "kept"
        assert files(shelf) == []


async def test_a_note_that_has_changed_since_is_kept_too(
    shelf: Library, opened: Opener, monkeypatch: pytest.MonkeyPatch, dead: int
) -> None:
    leave(shelf, monkeypatch, dead, "", "from the draft")
    shelf.set_note(shelf.search().ids[0], "from elsewhere")
    async with opened(shelf) as session:
        await session.press("n", "escape")
        assert "from the draft" in str(session.at.note)
        assert "from elsewhere" in str(session.at.note)


def test_the_draft_of_an_app_that_still_runs_is_left_alone(
    shelf: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    running = os.getppid()
    leave(shelf, monkeypatch, running, "", "typed at this moment")
    key = shelf.entries(shelf.search().ids[:1])[0].key
    drafts = Drafts(shelf.path, key)
    assert drafts.left() is None
    assert waiting(shelf.path) == []
    drafts.drop()
    assert len(files(shelf)) == 1


@pytest.mark.parametrize("content", ["", "{", "[]", '{"base": "a"}', "\0"])
def test_a_damaged_draft_is_no_draft(
    shelf: Library, monkeypatch: pytest.MonkeyPatch, dead: int, content: str
) -> None:
    leave(shelf, monkeypatch, dead, "", "text")
    (draft,) = files(shelf)
    draft.write_text(content)
    key = shelf.entries(shelf.search().ids[:1])[0].key
    assert Drafts(shelf.path, key).left() is None
    assert waiting(shelf.path) == []


def test_what_a_draft_holds_is_washed(
    shelf: Library, monkeypatch: pytest.MonkeyPatch, dead: int
) -> None:
    leave(shelf, monkeypatch, dead, "", "a\x1b[31mb\u202e \ud800")
    key = shelf.entries(shelf.search().ids[:1])[0].key
    left = Drafts(shelf.path, key).left()
    assert isinstance(left, Left)
    assert left.text.startswith("a[31mb ")


async def test_a_draft_that_cannot_be_kept_is_said_once(shelf: Library, opened: Opener) -> None:
    (shelf.path.parent / "drafts").write_text("no folder")
    async with opened(shelf) as session:
        await session.press("n")
        await session.type("a")
        await session.until(lambda: any("No draft" in toast for toast in session.toasts()))
        await session.press("escape")
        assert session.at.note == "a"


def test_words_outlive_a_killed_app(shelf: Library) -> None:
    command = [*APP, "--library", str(shelf.path)]
    first = Terminal(*command)
    assert first.shows("Alpha networks")
    first.type("n")
    assert first.shows("unchanged")
    first.type("lost never")
    assert first.read_until(lambda: any("lost never" in path.read_text() for path in files(shelf)))
    first.process.send_signal(signal.SIGKILL)
    first.process.wait(10)
    assert shelf.entries(shelf.search().ids[:1])[0].note is None
    second = Terminal(*command)
    assert second.shows("Not saved when the app ended")
    second.type("n")
    assert second.shows("lost never")
    second.type("\x13")  # ctrl+s
    assert second.shows("saved")
    second.end()
    assert shelf.entries(shelf.search().ids[:1])[0].note == "lost never"
    assert files(shelf) == []
