"""Choosing what to import: the path is completed as in a shell, and what is there is said."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest
from textual.widgets import Input

from readinglist.tui.screens.confirm import Confirm
from readinglist.tui.screens.import_dialog import ImportChoice, ImportDialog
from readinglist.tui.screens.item_list import ItemList
from readinglist.tui.screens.path_field import PathField
from readinglist.tui.typed_paths import Listing, TypedPaths
from tests.tui.dialogs.conftest import LONG, SIZES, Asker, safe


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    folder = tmp_path / "home" / "papers"
    (folder / "old pages").mkdir(parents=True)
    for name in ("capture one.txt", "capture-two.txt", ".secret", "notes.md"):
        (folder / name).write_text("x" * 1234)
    return folder


async def test_a_typed_path_is_imported(asked: Asker, folder: Path) -> None:
    async with asked(ImportDialog(Path("/"))) as dialog:
        await dialog.type(str(folder / "notes.md"))
        assert dialog.line("A file") == "A file of 1 kB."
        await dialog.press("enter")
        assert dialog.result == ImportChoice((folder / "notes.md",))


async def test_a_relative_path_is_below_the_start(asked: Asker, folder: Path) -> None:
    async with asked(ImportDialog(folder)) as dialog:
        await dialog.type("notes.md")
        await dialog.press("enter")
        assert dialog.result == ImportChoice((folder / "notes.md",))


async def test_the_home_folder_can_be_written_short(asked: Asker, folder: Path) -> None:
    async with asked(ImportDialog(Path("/"))) as dialog:
        await dialog.type("~/papers/notes.md")
        await dialog.press("enter")
        assert dialog.result == ImportChoice((folder / "notes.md",))


async def test_tab_completes_as_far_as_there_is_one_way(asked: Asker, folder: Path) -> None:
    async with asked(ImportDialog(folder)) as dialog:
        await dialog.type("cap")
        await dialog.press("tab")
        await dialog.type("-")
        await dialog.press("tab", "enter")
        assert dialog.result == ImportChoice((folder / "capture-two.txt",))


async def test_tab_goes_into_a_folder_with_spaces(asked: Asker, folder: Path) -> None:
    (folder / "old pages" / "a.txt").write_text("x")
    async with asked(ImportDialog(folder)) as dialog:
        await dialog.type("ol")
        await dialog.press("tab")
        assert dialog.line("A folder") == "A folder with 1 file."
        assert [item.text for item in dialog.items] == ["a.txt"]
        await dialog.press("enter")
        assert dialog.result == ImportChoice((folder / "old pages",))


async def test_hidden_files_are_offered_only_after_a_dot(asked: Asker, folder: Path) -> None:
    async with asked(ImportDialog(folder)) as dialog:
        names = [item.text for item in dialog.items]
        assert names == ["capture one.txt", "capture-two.txt", "notes.md", "old pages/"]
        await dialog.type(".")
        assert [item.text for item in dialog.items] == [".secret"]


async def test_enter_on_a_highlighted_name_opens_or_imports(asked: Asker, folder: Path) -> None:
    (folder / "old pages" / "a.txt").write_text("x")
    async with asked(ImportDialog(folder)) as dialog:
        await dialog.press("down", "down", "down", "down", "enter")
        assert not dialog.closed
        await dialog.press("down", "enter")
        assert dialog.result == ImportChoice((folder / "old pages" / "a.txt",))


async def test_a_click_fills_in_and_a_second_one_imports(asked: Asker, folder: Path) -> None:
    async with asked(ImportDialog(folder)) as dialog:
        await dialog.pilot.click(ItemList, offset=(4, 1))
        await dialog.settle()
        assert dialog.line("A file")
        await dialog.press("enter")
        assert dialog.result == ImportChoice((folder / "capture-two.txt",))


async def test_nothing_typed_imports_nothing(asked: Asker, folder: Path) -> None:
    async with asked(ImportDialog(folder)) as dialog:
        await dialog.press("enter")
        assert not dialog.closed
        assert "Type a path" in dialog.text()


async def test_a_missing_path_is_said_while_typing_and_on_enter(asked: Asker, folder: Path) -> None:
    async with asked(ImportDialog(folder)) as dialog:
        await dialog.type("nope.txt")
        assert "There is no nope.txt." in dialog.text()
        await dialog.press("enter")
        assert not dialog.closed
        await dialog.press("escape")
        assert dialog.result is None


async def test_a_folder_that_cannot_be_read_says_so(
    asked: Asker, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: object) -> None:
        raise PermissionError(13, "Permission denied")

    async with asked(ImportDialog(folder)) as dialog:
        monkeypatch.setattr(os, "scandir", refuse)
        await dialog.type("o")
        assert "This folder cannot be listed: permission denied." in dialog.text()


async def test_dropped_files_are_understood(asked: Asker, folder: Path) -> None:
    one, two = folder / "capture one.txt", folder / "capture-two.txt"
    escaped = str(one).replace(" ", "\\ ")
    for pasted in (f"'{one}' {two}", f"{one.as_uri()} {two.as_uri()}", f"{escaped} {two}"):
        async with asked(ImportDialog(folder)) as dialog:
            await dialog.paste(pasted + "\n")
            await dialog.press("enter")
            assert dialog.result == ImportChoice((one, two))


async def test_a_great_many_files_are_asked_about(asked: Asker, folder: Path) -> None:
    many = folder / "many"
    many.mkdir()
    for number in range(201):
        (many / f"{number}.txt").touch()
    async with asked(ImportDialog(folder)) as dialog:
        await dialog.type("many")
        await dialog.press("enter")
        for _ in range(50):
            if isinstance(dialog.app.screen, Confirm):
                break
            await dialog.pilot.pause(0.02)
        assert "201 files" in dialog.text()
        await dialog.press("enter")
        assert not dialog.closed


async def test_a_name_that_is_not_utf8_is_shown_and_found(asked: Asker, folder: Path) -> None:
    raw = os.fsencode(folder) + b"/z\xff\x1b[2Jname.txt"
    try:
        Path(os.fsdecode(raw)).write_text("x")
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    async with asked(ImportDialog(folder)) as dialog:
        await dialog.type("z")
        assert safe(dialog.text())
        await dialog.press("tab", "enter")
        assert dialog.result == ImportChoice((Path(os.fsdecode(raw)),))


async def test_a_huge_folder_is_listed_in_part(asked: Asker, folder: Path) -> None:
    for number in range(3000):
        (folder / "old pages" / f"{number:04}").touch()
    async with asked(ImportDialog(folder)) as dialog:
        await dialog.type("old pages/")
        assert len(dialog.items) == 201
        assert dialog.items[-1].text == "and 2,800 more: type to narrow"


async def test_what_is_said_to_a_dialog_that_has_closed_is_dropped(
    asked: Asker, folder: Path
) -> None:
    async with asked(ImportDialog(folder)) as dialog:
        screen = dialog.app.screen
        assert isinstance(screen, ImportDialog)
        await dialog.press("escape")
        assert dialog.closed
        screen.say("A file of 1 kB.")
        await screen._tell(PathField.Listed("n", Listing(""), PathField(TypedPaths(folder))))


async def test_the_screen_does_not_wait_for_a_slow_disk(
    asked: Asker, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, asleep, awake = os.scandir, [], threading.Event()

    def slow(path: str) -> object:
        asleep.append(path)
        awake.wait(30)
        return real(path)

    async with asked(ImportDialog(folder)) as dialog:
        monkeypatch.setattr(os, "scandir", slow)
        await dialog.pilot.press("n", "o")
        assert asleep
        assert dialog.app.screen.query_one(Input).value == "no"
        awake.set()
        await dialog.settle()
        assert [item.text for item in dialog.items] == ["notes.md"]


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_paths_are_plain_text(
    asked: Asker, folder: Path, size: tuple[int, int]
) -> None:
    (folder / "[red]x[@click=app.quit] 日本語 🧪 שלום").touch()
    async with asked(ImportDialog(folder, error=f"[/x] \x1b[31m{LONG}"), size) as dialog:
        assert safe(dialog.text())
        assert "[/x]" in dialog.text()
        await dialog.paste("\x1b]52;c;AA\x07[/red]" + LONG)
        await dialog.press("tab", "down", "enter")
        assert safe(dialog.text())
        assert not dialog.closed
