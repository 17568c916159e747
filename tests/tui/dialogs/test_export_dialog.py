"""Choosing what to export where: one knows before Enter what will happen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest

from readinglist.errors import LibraryError
from readinglist.formats import exporters
from readinglist.tui.leaving.export_preview import Difference, Draft, Preview
from readinglist.tui.screens.confirm import Confirm
from readinglist.tui.screens.export_choice import ExportChoice, Notes, remembered
from readinglist.tui.screens.export_dialog import ExportDialog
from tests.tui.dialogs.conftest import HOSTILE, LONG, SIZES, Asked, Asker, safe

USUAL = {"group_by": "status", "abstracts": False}
SCOPES = [("selection", 37), ("this view", 212), ("library", 980)]


def opened(start: Path, **more: object) -> ExportDialog:
    return ExportDialog(SCOPES, exporters(), start=start, **more)  # type: ignore[arg-type]  # keywords passed on


async def until_asked(dialog: Asked) -> None:
    """Wait for the question that the disk's answer leads to."""
    for _ in range(100):
        if isinstance(dialog.app.screen, Confirm):
            return
        await dialog.pilot.pause(0.01)


async def finish(dialog: Asked) -> ExportChoice | None:
    for _ in range(100):
        if dialog.closed:
            break
        await dialog.pilot.pause(0.01)
    result: ExportChoice | None = dialog.result
    return result


async def test_enter_takes_the_usual_choices(asked: Asker, tmp_path: Path) -> None:
    async with asked(opened(tmp_path)) as dialog:
        assert "A new file." in dialog.text()
        await dialog.press("enter")
        target = tmp_path / "reading-list.bib"
        assert await finish(dialog) == ExportChoice(0, "bibtex", target)


async def test_typing_replaces_the_offered_name(asked: Asker, tmp_path: Path) -> None:
    async with asked(opened(tmp_path)) as dialog:
        await dialog.type("refs.bib")
        assert str(tmp_path / "refs.bib")[:50] in dialog.text().replace("\n", "")
        await dialog.press("enter")
        assert await finish(dialog) == ExportChoice(0, "bibtex", tmp_path / "refs.bib")


async def test_scope_and_format_are_chosen_with_arrow_keys(asked: Asker, tmp_path: Path) -> None:
    async with asked(opened(tmp_path)) as dialog:
        await dialog.press("up", "right", "right", "up", "right", "right", "enter")
        target = tmp_path / "reading-list.md"
        assert await finish(dialog) == ExportChoice(2, "markdown", target, options=USUAL)


async def test_scope_and_format_are_chosen_with_the_mouse(asked: Asker, tmp_path: Path) -> None:
    async with asked(opened(tmp_path)) as dialog:
        await dialog.pilot.click("#scope", offset=(20, 0))
        await dialog.pilot.click("#format", offset=(30, 0))
        await dialog.press("enter")
        result = await finish(dialog)
        assert result is not None
        assert (result.scope, result.format) == (1, "markdown")


async def test_a_name_of_ones_own_keeps_its_suffix(asked: Asker, tmp_path: Path) -> None:
    async with asked(opened(tmp_path)) as dialog:
        await dialog.type("refs.txt")
        await dialog.press("up", "right", "enter")
        assert await finish(dialog) == ExportChoice(0, "biblatex", tmp_path / "refs.txt")


async def test_a_typed_suffix_chooses_its_format(asked: Asker, tmp_path: Path) -> None:
    async with asked(opened(tmp_path)) as dialog:
        await dialog.type("refs.md")
        await dialog.press("enter")
        assert await finish(dialog) == ExportChoice(
            0, "markdown", tmp_path / "refs.md", options=USUAL
        )


async def test_a_format_chosen_after_its_suffix_was_typed_stays(
    asked: Asker, tmp_path: Path
) -> None:
    async with asked(opened(tmp_path)) as dialog:
        await dialog.type("refs.md")
        await dialog.press("up", "up", "up", "left", "down", "left", "left", "left", "2", "enter")
        assert await finish(dialog) == ExportChoice(0, "biblatex", tmp_path / "refs2.md")


async def test_an_empty_selection_is_not_what_is_offered(asked: Asker, tmp_path: Path) -> None:
    scopes = [("selection", 0), ("library", 980)]
    async with asked(ExportDialog(scopes, exporters(), start=tmp_path)) as dialog:
        await dialog.press("up", "up", "left", "enter")
        assert "nothing in it to export" in dialog.text()
        await dialog.press("right", "enter")
        result = await finish(dialog)
        assert result is not None
        assert result.scope == 1


async def test_a_file_is_replaced_only_after_a_second_yes(asked: Asker, tmp_path: Path) -> None:
    (tmp_path / "refs.bib").write_text("mine")
    async with asked(opened(tmp_path)) as dialog:
        await dialog.type("refs.bib")
        assert "Exists already." in dialog.text()
        await dialog.press("enter")
        await until_asked(dialog)
        await dialog.press("enter")
        assert not dialog.closed
        await dialog.press("enter")
        await until_asked(dialog)
        await dialog.press("down", "enter")
        expected = ExportChoice(0, "bibtex", tmp_path / "refs.bib", force=True)
        assert await finish(dialog) == expected


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("missing/refs.bib", "There is no folder"),
        ("inside", "A folder. Add the name of a file."),
        ("file/refs.bib", "not a directory"),
        ("new/", "That names a folder. Add the name of a file."),
        ("file/", "That names a folder."),
        ("x" * 300, "name too long"),
    ],
)
async def test_a_path_that_cannot_be_written_is_refused_while_typing(
    asked: Asker, tmp_path: Path, typed: str, said: str
) -> None:
    (tmp_path / "inside").mkdir()
    (tmp_path / "file").touch()
    async with asked(opened(tmp_path)) as dialog:
        await dialog.paste(typed)
        assert said in dialog.text()
        await dialog.press("enter")
        await dialog.pilot.pause(0.05)
        assert not dialog.closed


async def test_no_name_is_no_export(asked: Asker, tmp_path: Path) -> None:
    async with asked(opened(tmp_path)) as dialog:
        await dialog.press("backspace")
        assert "Name a file." in dialog.text()
        await dialog.press("enter")
        await dialog.pilot.pause(0.05)
        assert not dialog.closed


async def test_tab_completes_the_folder(asked: Asker, tmp_path: Path) -> None:
    (tmp_path / "drafts 2026").mkdir()
    async with asked(opened(tmp_path)) as dialog:
        await dialog.type("dr")
        await dialog.press("tab")
        await dialog.type("refs.bib")
        await dialog.press("enter")
        result = await finish(dialog)
        assert result is not None
        assert result.path == tmp_path / "drafts 2026" / "refs.bib"


async def test_it_reopens_with_what_was_typed_and_why(asked: Asker, tmp_path: Path) -> None:
    chosen = {"group_by": "tag", "abstracts": True}
    choice = ExportChoice(1, "markdown", tmp_path / "my.md", options=chosen)
    async with asked(opened(tmp_path, choice=choice, error="The disk is full.")) as dialog:
        assert "The disk is full." in dialog.text()
        await dialog.press("enter")
        assert await finish(dialog) == choice


async def test_esc_exports_nothing(asked: Asker, tmp_path: Path) -> None:
    async with asked(opened(tmp_path)) as dialog:
        await dialog.press("escape")
        assert dialog.result is None


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_words_are_plain_text(
    asked: Asker, tmp_path: Path, size: tuple[int, int]
) -> None:
    (tmp_path / "[red]x[@click=app.quit] 日本語").touch()
    scopes = [(HOSTILE, 1), (LONG, 2)]
    dialog_shown = ExportDialog(scopes, exporters(), start=tmp_path, error=HOSTILE)
    async with asked(dialog_shown, size) as dialog:
        assert safe(dialog.text())
        assert dialog.text().count("[@click=app.quit]") == 2
        await dialog.type("[red")
        await dialog.press("tab")
        await dialog.paste(HOSTILE + LONG)
        assert safe(dialog.text())


# What can be chosen of a format


async def test_options_show_where_the_format_has_them(asked: Asker, tmp_path: Path) -> None:
    async with asked(opened(tmp_path)) as dialog:
        assert "Groups" not in dialog.text()
        await dialog.press("up", "right", "right", "down", "right", "down", "right")
        assert "Groups" in dialog.text()
        await dialog.press("enter")
        chosen = {"group_by": "tag", "abstracts": True}
        target = tmp_path / "reading-list.md"
        assert await finish(dialog) == ExportChoice(0, "markdown", target, options=chosen)


async def test_notes_go_into_a_folder_that_is_there(asked: Asker, tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    async with asked(ExportDialog(SCOPES, [*exporters(), Notes()], start=tmp_path)) as dialog:
        await dialog.press("up", "left", "down")
        assert "Name a folder for the notes." in dialog.text()
        await dialog.press("enter")
        assert not dialog.closed
        await dialog.type("missing")
        assert "There is no folder" in dialog.text()
        await dialog.press("enter", *["backspace"] * 7)
        await dialog.type("notes")
        assert "your own words stay" in dialog.text()
        await dialog.press("ctrl+y")
        assert "cannot be copied" in dialog.text()
        await dialog.press("enter")
        assert await finish(dialog) == ExportChoice(0, "notes", tmp_path / "notes")


async def test_it_can_be_copied_instead(asked: Asker, tmp_path: Path) -> None:
    async with asked(opened(tmp_path)) as dialog:
        await dialog.press("ctrl+y")
        result = await finish(dialog)
        assert result is not None
        assert (result.copied, result.format) == (True, "bibtex")


async def test_a_link_is_refused_before_anything_is_written(asked: Asker, tmp_path: Path) -> None:
    (tmp_path / "link.bib").symlink_to("nowhere.bib")
    async with asked(opened(tmp_path)) as dialog:
        await dialog.type("link.bib")
        assert "A symbolic link." in dialog.text()
        await dialog.press("enter")
        await dialog.pilot.pause(0.05)
        assert not dialog.closed


# What it would hold


def looking(asked_for: list[Draft]) -> Callable[[Draft], Iterator[Preview]]:
    """Answers in two steps, as the library does."""

    def look(draft: Draft) -> Iterator[Preview]:
        asked_for.append(draft)
        first = Preview(f"{draft.format} of {draft.scope}\n{dict(draft.options)}")
        yield first
        changes = Difference(3, 2, ("+ it comes", "- it goes")) if draft.replaces else None
        yield first._replace(warnings=("12 of 40 have none.",), difference=changes)

    return look


async def until_shown(dialog: Asked, words: str) -> None:
    for _ in range(200):
        if words in dialog.text():
            return
        await dialog.pilot.pause(0.01)
    raise AssertionError(dialog.text())


@pytest.mark.parametrize("size", SIZES)
async def test_the_first_entries_follow_what_is_chosen(
    asked: Asker, tmp_path: Path, size: tuple[int, int]
) -> None:
    async with asked(opened(tmp_path, look=looking([])), size) as dialog:
        await until_shown(dialog, "bibtex of 0")
        await until_shown(dialog, "12 of 40 have none.")
        await dialog.press("up", "right", "right")
        await until_shown(dialog, "markdown of 0")
        await dialog.press("down", "right")
        await until_shown(dialog, "'group_by': 'tag'")
        await dialog.press("up", "up", "right")
        await until_shown(dialog, "markdown of 1")


async def test_what_would_change_in_a_file_shows_and_so_does_the_rest(
    asked: Asker, tmp_path: Path
) -> None:
    (tmp_path / "reading-list.bib").write_text("mine")
    drafts: list[Draft] = []
    async with asked(opened(tmp_path, look=looking(drafts))) as dialog:
        await until_shown(dialog, "3 lines come and 2 go")
        assert "+ it comes" in dialog.text()
        await dialog.press("ctrl+o")
        assert "bibtex of 0" in dialog.text()
        assert drafts[-1].replaces == tmp_path / "reading-list.bib"
        await dialog.type("other.bib")
        await until_shown(dialog, "A new file.")
        assert drafts[-1].replaces is None


async def test_hostile_entries_are_plain_text(asked: Asker, tmp_path: Path) -> None:
    def look(_: Draft) -> Iterator[Preview]:
        yield Preview(HOSTILE + "\n" + LONG, difference=Difference(1, 0, (f"+{HOSTILE}",)))

    async with asked(opened(tmp_path, look=look)) as dialog:
        await until_shown(dialog, "[HOSPITAL]")
        await dialog.press("ctrl+o", "pagedown", "pageup")
        assert safe(dialog.text())


async def test_a_library_that_cannot_be_read_says_so(asked: Asker, tmp_path: Path) -> None:
    def look(_: Draft) -> Iterator[Preview]:
        raise LibraryError("The library is gone.")

    async with asked(opened(tmp_path, look=look)) as dialog:
        await until_shown(dialog, "The library is gone.")


@pytest.mark.parametrize(
    ("said", "fixed", "expected"),
    [
        ({}, "", None),
        ({}, "ris", ("ris", "reading-list.ris", {})),
        ({"format": "csv", "path": "/a/b.csv", "options": {"excel": True}}, "",
         ("csv", "/a/b.csv", {"excel": True})),
        ({"format": "csv", "path": "/a/b.csv"}, "ris", ("ris", "/a/b.ris", {})),
        ({"format": "notes", "path": "/a/notes"}, "", ("notes", "/a/notes", {})),
        ({"format": "notes", "path": "/a/notes"}, "ris", ("ris", "reading-list.ris", {})),
        ({"format": "gone", "path": "/a/b"}, "", None),
        ({"format": 17, "path": [], "options": "x"}, "", None),
        ({"format": "csv", "path": "/a/b.csv", "options": 3}, "", ("csv", "/a/b.csv", {})),
    ],
)  # fmt: skip
def test_what_is_remembered_may_be_anything(
    said: dict[str, object], fixed: str, expected: tuple[str, str, dict[str, object]] | None
) -> None:
    choice = remembered(said, exporters(), fixed)
    found = choice and (choice.format, str(choice.path), dict(choice.options))
    assert found == expected


@pytest.mark.parametrize("size", [(80, 24), (120, 35)])
async def test_what_tab_would_choose_from_shows_at_any_size(
    asked: Asker, tmp_path: Path, size: tuple[int, int]
) -> None:
    for name in ("drafts one", "drafts two"):
        (tmp_path / name).mkdir()
    async with asked(opened(tmp_path), size) as dialog:
        assert "reading-list.bib" in dialog.text()
        await dialog.type("dr")
        assert "drafts one/   drafts two/" in dialog.text()
        await dialog.press("tab")
        assert "drafts one/   drafts two/" in dialog.text()
        await dialog.type("one/a.bib")
        assert "drafts two/" not in dialog.text()
        assert str(tmp_path)[:30] in dialog.text()


async def test_how_far_a_long_look_has_come_is_said_until_it_is_known(
    asked: Asker, tmp_path: Path
) -> None:
    known = Event()

    def look(_draft: Draft) -> Iterator[Preview]:
        yield Preview("@misc{a}", looked="Looking at what it leaves out: 200 of 400 papers.")
        known.wait(5)
        yield Preview("@misc{a}", warnings=("RIS leaves out: star.",))

    async with asked(opened(tmp_path, look=look)) as dialog:
        assert "200 of 400 papers" in dialog.text()
        known.set()
        for _ in range(200):
            if "Looking" not in dialog.text():
                break
            await dialog.pilot.pause(0.01)
        assert "RIS leaves out: star." in dialog.text()
        assert "Looking" not in dialog.text()
