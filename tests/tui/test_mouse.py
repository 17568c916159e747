"""Everything that shows can be clicked, and the wheel moves what is under it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from rich.cells import cell_len

from readinglist.library import Library
from readinglist.records import Facet, Record
from readinglist.tui.widgets.status_line import Chips, HintLine
from tests.tui.conftest import LARGE, SMALL, Opener, Session, put
from tests.tui.terminal import APP, Terminal


async def click(app: Session, widget: object, x: int, y: int, times: int = 1) -> None:
    await app.pilot.click(widget, offset=(x, y), times=times)  # type: ignore[arg-type] # any widget
    await app.settle()


@pytest.fixture
def long_shelf(library: Library) -> Library:
    put(library, [f"Paper number {number}" for number in range(300)])
    return library


async def test_a_click_on_a_row_goes_there_and_two_open_it(shelf: Library, opened: Opener) -> None:
    async with opened(shelf, SMALL) as app:
        await click(app, "#papers", 10, 4)
        assert app.main.papers.cursor == 3
        assert app.main.pane == "papers"
        await click(app, "#papers", 10, 6, times=2)
        assert app.main.papers.cursor == 5
        assert app.main.pane == "detail"


async def test_a_click_in_the_margin_selects(shelf: Library, opened: Opener) -> None:
    async with opened(shelf) as app:
        await click(app, "#papers", 1, 3)
        assert len(app.main.papers.selection) == 1


async def test_a_click_beside_a_dialogs_list_and_below_the_papers_does_no_harm(
    shelf: Library, opened: Opener
) -> None:
    async with opened(shelf) as app:
        before = app.main.papers.cursor
        await click(app, "#papers", 10, 30)
        assert app.main.papers.cursor == before
        await app.press("t")
        await click(app, None, 1, 1)
        assert not app.at_home
        await app.press("escape", "comma")
        await click(app, None, 1, 1)
        assert app.at_home


async def test_the_wheel_scrolls_what_is_under_it_and_leaves_the_cursor(
    long_shelf: Library, opened: Opener
) -> None:
    async with opened(long_shelf) as app:
        for _ in range(5):
            app.main.papers.scroll_down(animate=False)
        await app.settle()
        assert app.main.papers.cursor == 0
        await app.press("j")
        assert app.main.papers.cursor == 1
        assert 0 <= app.row_on_screen() < app.main.papers.size.height


async def test_a_click_on_the_scroll_bar_jumps(long_shelf: Library, opened: Opener) -> None:
    async with opened(long_shelf, SMALL) as app:
        bar = app.main.papers.vertical_scrollbar
        assert bar.display
        await click(app, bar, 0, bar.size.height - 2)
        await app.until(lambda: app.main.papers.scroll_y > 0)


async def test_dragging_the_scroll_bar_scrolls_with_the_mouse_and_leaves_the_cursor(
    long_shelf: Library, opened: Opener
) -> None:
    async with opened(long_shelf, SMALL) as app:
        papers = app.main.papers
        bar, lines = papers.vertical_scrollbar, 300 / papers.size.height  # in the list, for each

        async def drag(y: int) -> None:
            await app.pilot.hover(bar, offset=(0, y))
            await app.until(lambda: abs(papers.scroll_y - y * lines) < 1)

        await app.pilot.mouse_down(bar, offset=(0, 0))
        await drag(10)
        assert f"Paper number {round(papers.scroll_y)}" in app.text()
        await drag(15)
        await drag(5)
        await app.pilot.mouse_up(bar, offset=(0, 5))
        await app.pilot.hover(bar, offset=(0, 12))
        await app.settle()
        assert papers.scroll_y == pytest.approx(5 * lines, abs=1)
        assert papers.cursor == 0


async def test_filters_and_chips_are_clicked_on_and_off(shelf: Library, opened: Opener) -> None:
    async with opened(shelf, LARGE) as app:
        await click(app, "#facets", 6, 2)
        assert list(app.main.view.facets) == [Facet("status", "inbox")]
        chips = app.main.query_one(Chips)
        await click(app, chips, chips.size.width - 2, 0)
        assert not app.main.view.facets


async def test_each_hint_does_what_its_key_does_or_says_why(shelf: Library, opened: Opener) -> None:
    async with opened(shelf, LARGE) as app:
        text = app.text().splitlines()[-1]
        await click(app, HintLine, text.index("undo"), 0)
        assert app.toasts() == ["Nothing to undo."]
        await click(app, HintLine, text.index("triage"), 0)
        assert app.main.round is not None
        await click(app, HintLine, app.text().splitlines()[-1].index("skip"), 0)
        assert len(app.main.round.judged) == 1
        await click(app, HintLine, app.text().splitlines()[-1].index("leave"), 0)
        assert app.main.round is None


async def test_a_dialogs_hints_and_lines_are_clicked(shelf: Library, opened: Opener) -> None:
    async with opened(shelf, LARGE) as app:
        await app.press("M")
        lines = app.text().splitlines()
        y = next(n for n, line in enumerate(lines) if "rename" in line)
        await click(app, None, lines[y].index("rename"), y)
        assert "There is no tag here." in app.text()
        await click(app, None, lines[y].index("esc close"), y)
        assert app.at_home


@pytest.fixture
def terminal(shelf: Library, tmp_path: Path) -> Iterator[Callable[[str], Terminal]]:
    """The app in a terminal, as a config file says."""
    started: list[Terminal] = []

    def start(config: str) -> Terminal:
        file = tmp_path / "mouse.toml"
        file.write_text(config, encoding="utf-8")
        command = (*APP, "--config", str(file), "--library", str(shelf.path))
        started.append(Terminal(*command))
        assert started[-1].shows("Mu networks")
        assert started[-1].shows("help")
        return started[-1]

    yield start
    for each in started:
        each.end()


ASKS_FOR_CLICKS = "\x1b[?1000h"


def test_a_click_as_terminals_send_it_goes_to_the_row(
    terminal: Callable[[str], Terminal],
) -> None:
    app = terminal("mouse = true\n")
    assert ASKS_FOR_CLICKS in app.written
    app.type("\x1b[<0;30;5M\x1b[<0;30;5m")
    assert app.shows("4 of 12")


def test_without_the_mouse_the_terminal_keeps_its_clicks(
    terminal: Callable[[str], Terminal],
) -> None:
    app = terminal("mouse = false\n")
    assert ASKS_FOR_CLICKS not in app.written
    app.type("jj")
    assert app.shows("3 of 12")


@pytest.fixture
def visited(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The links that were opened."""
    opened: list[str] = []
    monkeypatch.setattr("readinglist.tui.leaving.links.open_link", opened.append)
    return opened


async def click_on(app: Session, text: str) -> None:
    """Click on some text of the screen, on its last line if it is there several times."""
    lines = app.text().splitlines()
    y = max(number for number, line in enumerate(lines) if text in line)
    await click(app, None, cell_len(lines[y].partition(text)[0]) + 1, y)
    await app.finish_work()


@pytest.fixture
def tied(library: Library) -> Library:
    """A paper with links, tags and a note, and one whose note names it."""
    linked = Record("Alpha networks", "About alpha.", urls=("https://example.org/a",), line=1)
    alpha, beta = put(library, [linked, "Beta networks"])
    library.edit_tags([alpha], add=["rl/offline", "vision"])
    library.set_note(alpha, f"See [[{library.entry(beta).key}]], [[nobody]] and github.com/x/note.")
    library.set_note(beta, f"After [[{library.entry(alpha).key}]].")
    return library


async def test_links_of_a_paper_and_of_its_note_are_opened_by_a_click(
    tied: Library, opened: Opener, visited: list[str]
) -> None:
    async with opened(tied, LARGE) as app:
        await click_on(app, "https://example.org/a")
        await click_on(app, "github.com/x/note")
        assert visited == ["https://example.org/a", "https://github.com/x/note"]
        await click_on(app, "About alpha")
        assert len(visited) == 2


async def test_papers_that_a_note_names_and_is_named_by_are_gone_to_by_a_click(
    tied: Library, opened: Opener
) -> None:
    async with opened(tied, LARGE) as app:
        await click_on(app, "[[beta-")
        assert app.at.title == "Beta networks"
        await click_on(app, "Alpha networks")  # below, among those that name it
        assert app.at.title == "Alpha networks"
        await click_on(app, "[[nobody]]")
        assert app.toasts() == ["No paper has the key “nobody”."]


async def test_a_tag_in_the_detail_narrows_the_list_by_a_click(
    tied: Library, opened: Opener
) -> None:
    async with opened(tied, SMALL) as app:
        await app.press("enter")
        await click_on(app, "rl/offline")
        assert list(app.main.view.facets) == [Facet("tag", "rl/offline")]
        assert (app.main.pane, app.titles()) == ("papers", ["Alpha networks"])


async def test_a_link_is_opened_by_a_click_in_triage_too(
    tied: Library, opened: Opener, visited: list[str]
) -> None:
    async with opened(tied, SMALL) as app:
        await app.press("T")
        await click_on(app, "https://example.org/a")
        assert visited == ["https://example.org/a"]
        assert app.main.round is not None
