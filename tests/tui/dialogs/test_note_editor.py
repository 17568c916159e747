"""Writing a note: every word is kept, and "saved" is the truth."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from readinglist.errors import LibraryError
from readinglist.tui.leaving import clipboard
from readinglist.tui.screens.confirm import Confirm
from readinglist.tui.screens.note_editor import NoteEditor
from tests.tui.dialogs.conftest import HOSTILE, LONG, SIZES, Asker, safe


class Shelf:
    """Somewhere to save to, which can be out of order."""

    def __init__(self) -> None:
        self.saved: list[str] = []
        self.broken = False

    def save(self, text: str) -> None:
        if self.broken:
            raise LibraryError("The library is locked.", hint="Close the other program.")
        self.saved.append(text)


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def editor(shelf: Shelf) -> Callable[..., NoteEditor]:
    return lambda note="": NoteEditor("A paper", note, save=shelf.save)


Edit = Callable[..., NoteEditor]


async def test_esc_saves_and_closes(asked: Asker, shelf: Shelf, editor: Edit) -> None:
    async with asked(editor("old ")) as dialog:
        await dialog.type("new")
        await dialog.press("escape")
        assert shelf.saved == ["old new"]
        assert dialog.closed


async def test_every_printable_key_types(asked: Asker, shelf: Shelf, editor: Edit) -> None:
    async with asked(editor()) as dialog:
        await dialog.type("qjk?/:,*[]")
        await dialog.press("escape")
        assert shelf.saved == ["qjk?/:,*[]"]


async def test_words_are_kept_to_the_last_line_break(
    asked: Asker, shelf: Shelf, editor: Edit
) -> None:
    async with asked(editor("  one\n\n\ttwo \n\n")) as dialog:
        await dialog.press("x", "enter", "escape")
        assert shelf.saved == ["  one\n\n\ttwo \n\nx\n"]


async def test_an_unchanged_note_is_not_saved(asked: Asker, shelf: Shelf, editor: Edit) -> None:
    async with asked(editor("same\n")) as dialog:
        await dialog.press("x", "backspace", "ctrl+s", "escape")
        assert shelf.saved == []
        assert dialog.closed


async def test_saved_is_said_once_it_is(asked: Asker, shelf: Shelf, editor: Edit) -> None:
    async with asked(editor()) as dialog:
        assert dialog.line("unchanged")
        await dialog.type("x")
        assert dialog.line("not saved yet")
        await dialog.press("ctrl+s")
        assert dialog.line("saved") == "saved"
        assert shelf.saved == ["x"]
        assert not dialog.closed


async def test_a_failing_save_keeps_the_words_and_can_be_tried_again(
    asked: Asker, shelf: Shelf, editor: Edit
) -> None:
    async with asked(editor()) as dialog:
        await dialog.type("precious")
        shelf.broken = True
        await dialog.press("escape")
        assert not dialog.closed
        assert "precious" in dialog.text()
        assert "The library is locked. Close the other program." in dialog.text()
        shelf.broken = False
        await dialog.press("escape")
        assert shelf.saved == ["precious"]
        assert dialog.closed


async def test_words_that_cannot_be_saved_can_be_copied(
    asked: Asker, shelf: Shelf, editor: Edit, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied = []

    async def copy(app: object, text: str) -> str:
        copied.append(text)
        return "system clipboard"

    monkeypatch.setattr(clipboard, "copy", copy)
    shelf.broken = True
    async with asked(editor()) as dialog:
        await dialog.press("x", "escape", "f2")
        await dialog.app.workers.wait_for_complete()
        assert copied == ["x"]
        assert dialog.toasts() == ["The note is in the system clipboard."]


async def test_leaving_without_saving_is_asked_for_and_cancel_comes_first(
    asked: Asker, shelf: Shelf, editor: Edit
) -> None:
    shelf.broken = True
    async with asked(editor()) as dialog:
        await dialog.press("x", "f8")
        assert not isinstance(dialog.app.screen, Confirm)
        await dialog.press("escape", "f8")
        assert isinstance(dialog.app.screen, Confirm)
        await dialog.press("enter")
        assert not dialog.closed
        await dialog.press("f8", "down", "enter")
        assert dialog.closed
        assert shelf.saved == []


async def test_closing_the_app_over_it_saves(asked: Asker, shelf: Shelf, editor: Edit) -> None:
    async with asked(editor()) as dialog:
        await dialog.type("kept")
        dialog.app.exit()
    assert shelf.saved == ["kept"]


async def test_words_that_cannot_be_saved_when_the_app_is_closed_are_kept_in_a_file(
    asked: Asker, shelf: Shelf, editor: Edit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    shelf.broken = True
    async with asked(editor()) as dialog:
        await dialog.type("precious")
        dialog.app.exit()
    (kept,) = tmp_path.glob("*/note.md")
    assert kept.read_text() == "precious"
    assert kept.stat().st_mode & 0o077 == 0
    assert dialog.app.return_code == 1


async def test_the_app_may_quit_once_the_note_is_saved(
    asked: Asker, shelf: Shelf, editor: Edit
) -> None:
    async with asked(editor()) as dialog:
        await dialog.type("kept")
        shelf.broken = True
        assert not dialog.app.dialog.may_quit()
        shelf.broken = False
        assert dialog.app.dialog.may_quit()
        assert shelf.saved == ["kept"]


async def test_tab_indents_and_the_keys_stay_in_the_note(
    asked: Asker, shelf: Shelf, editor: Edit
) -> None:
    async with asked(editor()) as dialog:
        await dialog.press("tab", "x", "escape")
        assert shelf.saved == ["    x"]


async def test_what_is_pasted_is_washed(asked: Asker, shelf: Shelf, editor: Edit) -> None:
    async with asked(editor("a  c")) as dialog:
        await dialog.press("left", "left")
        await dialog.paste("\x1b]52;c;AA\x07\r\n\udc80b\u202e")
        await dialog.press("escape")
        assert shelf.saved == ["a ]52;c;AA\n\ufffdb c"]


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_notes_and_titles_are_plain_text(
    asked: Asker, shelf: Shelf, size: tuple[int, int]
) -> None:
    async with asked(NoteEditor(HOSTILE + LONG, HOSTILE, save=shelf.save), size) as dialog:
        assert safe(dialog.text())
        assert dialog.text().count("[@click=app.quit]x[/]") == 2
        await dialog.press("x", "escape")
    assert shelf.saved[0].startswith("[/red] [@click=app.quit]x[/] ]52;c;AAAA evil 日本語 🧪 שלום")


async def test_a_very_long_note_opens(asked: Asker, shelf: Shelf, editor: Edit) -> None:
    async with asked(editor(LONG * 10)) as dialog:
        await dialog.press("x", "escape")
        assert shelf.saved == [LONG * 10 + "x"]


async def test_help_names_the_keys_that_take_typing_back(
    asked: Asker, shelf: Shelf, editor: Edit
) -> None:
    async with asked(editor("old")) as dialog:
        await dialog.type(" new")
        await dialog.press("f1")
        shown = "\n".join(strip.text for strip in dialog.app.screen._compositor.render_strips())
        assert "Undo typing" in shown
        assert "^z" in shown
        await dialog.press("escape", "ctrl+z", "escape")
        assert shelf.saved == []
