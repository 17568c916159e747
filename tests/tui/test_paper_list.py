"""The list as a virtual widget: it asks for what shows, and cuts titles cleanly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.events import MouseScrollDown

from readinglist.errors import LibraryError
from readinglist.library import Library
from readinglist.library import Results as Found
from readinglist.records import Row
from readinglist.tui.looks.cells import cut, fill, one_line
from readinglist.tui.view import nearest
from tests.tui.conftest import SMALL, Opener, put


async def test_only_visible_rows_are_asked_of_the_library(library: Library, opened: Opener) -> None:
    put(library, [f"Paper number {number}" for number in range(3000)])
    asked: list[int] = []

    async with opened(library, SMALL) as app:
        rows = Found.rows

        class Counting(Found):
            def rows(self, start: int, stop: int) -> list[Row]:
                asked.append(stop - start)
                return rows(self, start, stop)

        app.main.papers.results.__class__ = Counting
        await app.press("G", "g", "pagedown", "ctrl+d", "ctrl+u", "pageup", "end", "home")
        assert app.at.title == "Paper number 0"
        assert 0 < max(asked) < 100
        assert sum(asked) < 1000


async def test_movement_keys(library: Library, opened: Opener) -> None:
    put(library, [f"Paper number {number}" for number in range(100)])
    async with opened(library, SMALL) as app:
        height = app.main.papers.scrollable_content_region.height
        places = []
        for key in ("j", "down", "k", "up", "pagedown", "ctrl+d", "ctrl+u", "pageup", "G", "g"):
            await app.press(key)
            places.append(app.main.papers.cursor)
        half = height // 2
        assert places == [1, 2, 1, 0, height, height + half, height, 0, 99, 0]


async def test_the_cursor_stays_in_sight_when_a_short_list_becomes_long_again(
    library: Library, opened: Opener
) -> None:
    put(library, [f"Paper number {number}" for number in range(300)])
    async with opened(library, SMALL) as app:
        await app.press("slash")
        await app.type("217")
        await app.press("enter")
        assert app.at.title == "Paper number 217"
        await app.press("escape")
        assert app.at.title == "Paper number 217"
        assert 0 <= app.row_on_screen() < app.main.papers.size.height
        assert "Paper number 217" in app.text()


async def test_a_click_moves_the_cursor_and_two_open(library: Library, opened: Opener) -> None:
    put(library, [f"Paper number {number}" for number in range(10)])
    async with opened(library, SMALL) as app:
        await app.pilot.click("#papers", offset=(20, 4))
        await app.settle()
        assert app.at.title == "Paper number 3"
        await app.pilot.click("#papers", offset=(20, 4), times=2)
        await app.settle()
        assert app.main.pane == "detail"


async def test_a_click_in_the_margin_selects(library: Library, opened: Opener) -> None:
    put(library, [f"Paper number {number}" for number in range(10)])
    async with opened(library, SMALL) as app:
        await app.pilot.click("#papers", offset=(1, 4))
        await app.settle()
        assert {*app.main.papers.selection} == {app.at.id}


async def test_rows_that_cannot_be_read_are_told_once_and_nothing_crashes(
    library: Library, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(library, [f"Paper number {number}" for number in range(30)])
    async with opened(library, SMALL) as app:

        def broken(*_: object) -> None:
            raise LibraryError("The disk is gone.")

        monkeypatch.setattr(Found, "rows", broken)
        app.main.papers.reread()
        await app.settle()
        assert app.toasts() == ["The disk is gone."]
        monkeypatch.undo()
        app.main.papers.reread()
        await app.settle()
        assert "Paper number 0" in app.line(0)


async def test_the_wheel_scrolls_and_leaves_the_cursor(library: Library, opened: Opener) -> None:
    put(library, [f"Paper number {number}" for number in range(100)])
    async with opened(library, SMALL) as app:
        await app.pilot._post_mouse_events([MouseScrollDown], "#papers", offset=(5, 5))
        await app.settle()
        assert app.main.papers.scroll_offset.y > 0
        assert app.main.papers.cursor == 0


TEXTS = st.text(
    st.one_of(st.characters(), st.sampled_from("a b短🤖\u0301\u200d\ufe0f[]…")), max_size=60
)


@given(TEXTS, st.integers(0, 40))
def test_a_cut_text_fits_and_says_that_it_was_cut(text: str, width: int) -> None:
    shown = one_line(text)
    short = cut(shown, width)
    assert cell_len(short) <= width
    assert short == shown or short.endswith("…") or width == 0
    assert cell_len(fill(shown, width)) == width


@given(TEXTS)
def test_shown_text_holds_nothing_that_a_terminal_could_obey(text: str) -> None:
    assert all(
        letter.isprintable() or letter == " " or ord(letter) > 0x9F for letter in one_line(text)
    )
    assert not any(ord(letter) < 32 or 0x7F <= ord(letter) <= 0x9F for letter in one_line(text))


def test_the_nearest_neighbour_is_the_next_one_then_the_previous(library: Library) -> None:
    ids = put(library, ["One", "Two", "Three", "Four"])
    every = library.search()
    library.edit_tags([ids[0], ids[3]], add=["kept"])
    some = library.search("tag:kept")
    assert [nearest(every, index, some) for index in range(4)] == [0, 0, 1, 1]
    assert nearest(some, 0, every) == 0
    assert nearest(some, 1, every) == 3
