"""Notes with wide letters, accents and joined emoji: the cursor stands where it writes."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from readinglist.tui.screens.note_area import NoteArea
from readinglist.tui.screens.note_editor import NoteEditor
from tests.tui.dialogs.conftest import Asked, Asker

FAMILY = "\U0001f469\u200d\U0001f469\u200d\U0001f467"
LINES = {
    "wide": "ab你好cd",
    "family": f"a{FAMILY}b{FAMILY}",
    "heart": "i \u2764\ufe0f it",
    "accent": "cafe\u0301 o\u0308k",
    "skin": "\U0001f44d\U0001f3fd ok",
    "tab": "a\tb",
}


def area(dialog: Asked) -> NoteArea:
    return dialog.app.screen.query_one(NoteArea)


def painted_cursor(note: NoteArea) -> int | None:
    """At which cell of its line the cursor is painted, if it takes any."""
    line = note._render_line(note.cursor_screen_offset.y - note.content_region.y)
    assert sum(segment.cell_length for segment in line) == line.cell_length
    cursor, cell = note._theme.cursor_style, 0
    assert cursor is not None
    for segment in line:
        if segment.cell_length and segment.style and segment.style.bgcolor == cursor.bgcolor:
            return cell
        cell += segment.cell_length
    return None


@pytest.mark.parametrize("name", LINES)
async def test_the_cursor_is_painted_where_it_is_at_every_step(asked: Asker, name: str) -> None:
    async with asked(NoteEditor("A paper", LINES[name], save=lambda _: None)) as dialog:
        note = area(dialog)
        await dialog.press("home")
        places = [note.cursor_location[1]]
        while not note.cursor_at_end_of_text:
            at = note.cursor_screen_offset.x - note.content_region.x
            assert painted_cursor(note) == at, places
            await dialog.press("right")
            places.append(note.cursor_location[1])
        back = [note.cursor_location[1]]
        while note.cursor_location[1]:
            await dialog.press("left")
            back.append(note.cursor_location[1])
        assert back == places[::-1]


async def test_words_of_joined_emoji_are_kept_whole_and_none_is_painted_off_the_edge(
    asked: Asker,
) -> None:
    saved: list[str] = []
    text = f"{FAMILY} " * 40
    async with asked(NoteEditor("A paper", text, save=saved.append)) as dialog:
        note = area(dialog)
        lines = [note._render_line(y) for y in range(note.wrapped_document.height)]
        assert {line.cell_length for line in lines} == {note.scrollable_content_region.width}
        shown = "".join(line.text for line in lines)
        assert shown.count("\U0001f467") == 40
        assert all(sum(map(cell_len, line.text)) == line.cell_length for line in lines)
        await dialog.type("x")
        await dialog.press("escape")
    assert saved == [f"{text}x"]


async def test_a_click_goes_to_the_letter_under_the_mouse(asked: Asker) -> None:
    async with asked(NoteEditor("A paper", LINES["family"], save=lambda _: None)) as dialog:
        note = area(dialog)
        await dialog.pilot.click(note, offset=(1 + 7, 0))  # behind a, and six cells of a family
        assert note.document.get_line(0)[note.cursor_location[1]] == "b"
