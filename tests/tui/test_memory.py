"""What the app remembers between runs: sizes of panes and past searches, and nothing in a demo."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.library import Library
from readinglist.paths import state_folder
from readinglist.tui.app import ReadingListApp
from readinglist.tui.memory import Memory
from tests.tui.conftest import LARGE, MIDDLE, SMALL, Opener, Session


def widths(app: Session) -> tuple[int, int, int]:
    main = app.main
    panes = (main.facets, main.papers, main.detail)
    return tuple(pane.outer_size.width for pane in panes)  # type: ignore[return-value] # three


async def test_panes_get_wider_and_narrower_and_stay_so(shelf: Library, opened: Opener) -> None:
    async with opened(shelf, LARGE) as app:
        filters, _, detail = widths(app)
        await app.press("1", ">", ">", "3", "<", "<")
        assert widths(app)[0] == filters + 4
        assert widths(app)[2] < detail
        kept = widths(app)
    async with opened(shelf, LARGE) as app:
        assert widths(app) == kept


async def test_the_list_grows_at_the_expense_of_the_detail(shelf: Library, opened: Opener) -> None:
    async with opened(shelf, MIDDLE) as app:
        _, papers, detail = widths(app)
        await app.press(">")
        assert widths(app)[1] > papers
        assert widths(app)[2] < detail
        await app.press("<")
        assert widths(app)[1:] == (papers, detail)


@pytest.mark.parametrize("pane", ["1", "2", "3"])
async def test_no_pane_is_ever_squeezed_out(shelf: Library, opened: Opener, pane: str) -> None:
    async with opened(shelf, LARGE) as app:
        for way in ("<", ">"):
            await app.press(pane, *[way] * 40)
            for size in ((240, 67), (141, 35), LARGE):
                await app.pilot.resize_terminal(*size)
                await app.settle()
                assert min(widths(app)) >= 16
                assert widths(app)[1] >= 30


async def test_the_zoom_is_there_again_and_goes_again(shelf: Library, opened: Opener) -> None:
    async with opened(shelf, LARGE) as app:
        await app.press("+")
        assert not app.main.detail.display
    async with opened(shelf, LARGE) as app:
        assert app.main.papers.size.width > 150
        await app.press("escape")
        assert app.main.detail.display
    async with opened(shelf, LARGE) as app:
        assert app.main.detail.display


async def test_a_pane_that_has_the_whole_screen_keeps_it(shelf: Library, opened: Opener) -> None:
    async with opened(shelf, LARGE) as app:
        await app.press("3", ">", "plus")
        assert app.main.detail.outer_size.width == LARGE[0]
        await app.press("<")
        assert "whole screen" in app.toasts()[-1]
        await app.pilot.resize_terminal(*SMALL)
        await app.settle()
        assert app.main.detail.outer_size.width == SMALL[0]


async def search(app: Session, query: str, *keys: str) -> None:
    await app.press("/", "ctrl+u")
    await app.type(query)
    await app.press(*keys or ("enter",))


async def test_up_and_down_bring_past_searches_of_an_earlier_run_too(
    shelf: Library, opened: Opener
) -> None:
    async with opened(shelf) as app:
        await search(app, "alpha")
        await search(app, "beta")
        await search(app, "qwxyz")
        await search(app, '"open')
        await search(app, "alpha")
    async with opened(shelf) as app:
        await app.press("/")
        await app.type("gam")
        seen = []
        for key in ("up", "up", "up", "down", "down", "down"):
            await app.press(key)
            seen.append(app.main.search.value)
        assert seen == ["alpha", "beta", "beta", "alpha", "gam", "gam"]
        await app.press("up", "up", "enter")
        assert app.titles() == ["Alpha networks"]


async def test_down_and_up_walk_in_the_papers_found_as_long_as_nothing_is_recalled(
    shelf: Library, opened: Opener
) -> None:
    async with opened(shelf) as app:
        await search(app, "alpha")
        await search(app, "networks", "down", "down", "up")
        assert (app.main.papers.cursor, app.main.search.value) == (1, "networks")
        await app.press("up", "up")
        assert (app.main.papers.cursor, app.main.search.value) == (0, "alpha")


async def test_the_file_is_private(shelf: Library, opened: Opener) -> None:
    async with opened(shelf) as app:
        await search(app, "alpha")
    file = state_folder() / "app.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert json.loads(file.read_text())["searches"] == ["alpha"]


async def test_a_demo_remembers_nothing(shelf: Library) -> None:
    app = ReadingListApp(shelf.path, demo=True)
    async with app.run_test(size=LARGE) as pilot:
        await pilot.press("1", ">", "/", *"alpha", "enter")
        await pilot.pause()
    assert not state_folder().exists() or not list(state_folder().iterdir())


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=8,
)


@given(
    st.binary(max_size=60)
    | st.builds(lambda a, b: json.dumps({"panes": a, "searches": b}).encode(), JSON, JSON)
)
def test_a_damaged_file_does_no_harm(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    file = tmp_path_factory.mktemp("state") / "app.json"
    file.write_bytes(data)
    memory = Memory(file)
    assert all(isinstance(size, int) for size in memory.sizes.values())
    memory.search("new words")
    assert Memory(file).searches[0] == "new words"


def test_what_cannot_be_written_is_remembered_for_this_run(tmp_path: Path) -> None:
    (tmp_path / "no folder").write_text("")
    memory = Memory(tmp_path / "no folder" / "app.json")
    memory.search("words")
    assert memory.searches == ["words"]


def test_two_apps_keep_each_others_searches(tmp_path: Path) -> None:
    one, other = Memory(tmp_path / "app.json"), Memory(tmp_path / "app.json")
    one.search("of one")
    other.search("of the other")
    one.resize("facets", 30)
    assert Memory(tmp_path / "app.json").searches == ["of the other", "of one"]
