"""What is set is what the app does."""

from __future__ import annotations

import pytest

from readinglist.library import Library
from readinglist.settings.table import COPIES
from readinglist.tui.leaving import clipboard
from readinglist.tui.leaving.copying import COPIES as WAYS
from readinglist.tui.screens.export_dialog import ExportDialog
from tests.tui.conftest import Opener


async def test_more_papers_being_read_than_are_wanted_are_told(
    shelf: Library, opened: Opener
) -> None:
    async with opened(shelf, config="reading-limit = 2\n") as app:
        await app.press("r", "j", "r")
        assert app.toasts() == []
        await app.press("j", "r")
        assert app.toasts() == ["You are reading 3 papers, and wanted 2 at most. u undoes."]
        assert app.at.status == "reading"


async def test_without_a_limit_nothing_is_told(shelf: Library, opened: Opener) -> None:
    async with opened(shelf) as app:
        await app.press("A", "r")
        assert app.toasts() == ["Marked 12: reading. u undoes."]


async def test_an_export_begins_with_the_format_that_is_set(shelf: Library, opened: Opener) -> None:
    async with opened(shelf, config='[export]\nformat = "markdown"\n') as app:
        await app.press("x")
        dialog = app.app.screen
        assert isinstance(dialog, ExportDialog)
        assert "● Markdown" in app.text()
        assert ".md" in app.text()


async def test_one_key_copies_what_is_set(
    shelf: Library, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied: list[str] = []

    async def copy(_app: object, text: str) -> str:
        copied.append(text)
        return "clipboard"

    monkeypatch.setattr(clipboard, "copy", copy)
    async with opened(shelf, config='[copy]\nformat = "title"\n') as app:
        await app.press("y")
        await app.finish_work()
        assert copied == ["Alpha networks"]


def test_every_way_to_copy_can_be_set() -> None:
    assert {option.value.id for option in WAYS} == {*COPIES}


async def test_without_animation_nothing_moves(shelf: Library, opened: Opener) -> None:
    async with opened(shelf, config="animation = false\n") as app:
        assert app.app.animation_level == "none"
        await app.press("/")
        assert not app.main.search.cursor_blink
