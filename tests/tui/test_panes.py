"""The panes at every size, the way between them, and the first screen."""

from __future__ import annotations

import pytest

from readinglist.library import Library
from readinglist.records import Status
from readinglist.tui.keyboard.actions import live_actions
from tests.tui.conftest import LARGE, MIDDLE, SMALL, Opener, Session, put


def shown(app: Session) -> list[str]:
    return [name for name in ("facets", "papers", "detail") if app.main._pane(name).display]


@pytest.mark.parametrize(
    ("size", "panes"),
    [(SMALL, ["papers"]), (MIDDLE, ["papers", "detail"]), (LARGE, ["facets", "papers", "detail"])],
)
async def test_each_size_shows_its_panes(
    shelf: Library, opened: Opener, size: tuple[int, int], panes: list[str]
) -> None:
    async with opened(shelf, size) as app:
        assert shown(app) == panes


async def test_on_a_small_screen_enter_and_escape_walk_between_list_and_detail(
    shelf: Library, opened: Opener
) -> None:
    async with opened(shelf, SMALL) as app:
        await app.press("j", "enter")
        assert shown(app) == ["detail"]
        assert "About Beta networks." in app.text()
        await app.press("escape")
        assert shown(app) == ["papers"]
        await app.press("enter", "q")
        assert shown(app) == ["papers"]
        assert app.app.is_running


async def test_the_filters_slide_in_beside_list_and_detail(shelf: Library, opened: Opener) -> None:
    async with opened(shelf, MIDDLE) as app:
        await app.press("f")
        assert shown(app) == ["facets", "papers", "detail"]
        await app.press("escape")
        assert shown(app) == ["papers", "detail"]


async def test_tab_h_l_and_numbers_go_to_panes(shelf: Library, opened: Opener) -> None:
    async with opened(shelf) as app:
        places = []
        for key in ("tab", "tab", "tab", "shift+tab", "l", "h", "h", "h", "3", "1", "2"):
            await app.press(key)
            places.append(app.main.focused.id if app.main.focused else None)
        assert places == [
            "detail", "facets", "papers", "facets", "papers", "facets", "facets", "facets",
            "detail", "facets", "papers",
        ]  # fmt: skip


async def test_a_pane_is_zoomed_and_given_back(shelf: Library, opened: Opener) -> None:
    async with opened(shelf) as app:
        await app.press("+")
        assert shown(app) == ["papers"]
        await app.press("_")
        assert len(shown(app)) == 3


async def test_resizing_keeps_cursor_selection_and_search(shelf: Library, opened: Opener) -> None:
    async with opened(shelf, LARGE) as app:
        await app.press("/")
        await app.type("networks")
        await app.press("enter", "j", "space", "j")
        title = app.at.title
        for size in (SMALL, MIDDLE, (50, 10), (240, 67), SMALL, LARGE):
            await app.pilot.resize_terminal(*size)
            await app.settle()
            assert app.at.title == title
        assert len(app.main.papers.selection) == 1
        assert app.main.view.query == "networks"
        assert app.main.focused is app.main.papers


async def test_resizing_behind_a_dialog_fits_the_panes_too(shelf: Library, opened: Opener) -> None:
    async with opened(shelf, LARGE) as app:
        await app.press("?")
        await app.pilot.resize_terminal(*SMALL)
        await app.settle()
        await app.press("escape")
        assert shown(app) == ["papers"]


async def test_a_dialog_follows_the_size_of_the_terminal(shelf: Library, opened: Opener) -> None:
    async with opened(shelf, MIDDLE) as app:
        await app.press("S")
        for size in (SMALL, LARGE, MIDDLE):
            await app.pilot.resize_terminal(*size)
            await app.settle()
            frame = app.app.screen.query_one(".frame").region
            assert frame.width <= size[0]
            assert frame.height <= size[1]
            assert abs(frame.x * 2 + frame.width - size[0]) <= 1
            assert abs(frame.y * 2 + frame.height - size[1]) <= 1


async def test_too_small_a_terminal_is_asked_for_room(shelf: Library, opened: Opener) -> None:
    async with opened(shelf, (59, 15)) as app:
        assert "more room" in app.text()
        await app.pilot.resize_terminal(60, 15)
        await app.settle()
        assert "more room" not in app.text()
        assert "Alpha" in app.text()


async def test_no_key_acts_behind_the_request_for_room(shelf: Library, opened: Opener) -> None:
    async with opened(shelf, LARGE) as app:
        await app.pilot.resize_terminal(80, 14)
        await app.settle()
        for key in ("d", "j", "/", "x", "?", "escape", "delete", "colon", "t"):
            await app.press(key)
        assert "more room" in app.text()
        await app.pilot.resize_terminal(*LARGE)
        await app.settle()
        assert app.main.papers.cursor == 0
        assert shelf.counts().statuses[Status.INBOX] == 12
        await app.press("d")
        assert app.at.status == "read"


async def test_a_dialog_keeps_what_was_typed_while_there_is_no_room(
    shelf: Library, opened: Opener
) -> None:
    async with opened(shelf, LARGE) as app:
        await app.press("t")
        await app.type("half")
        await app.pilot.resize_terminal(40, 10)
        await app.settle()
        await app.type("xyz")
        await app.press("enter")
        await app.pilot.resize_terminal(50, 10)
        await app.pilot.resize_terminal(*LARGE)
        await app.settle()
        await app.press("enter")
        assert app.at.tags == ("half",)


@pytest.mark.parametrize("key", ["q", "ctrl+q"])
async def test_an_app_without_room_can_be_left(shelf: Library, opened: Opener, key: str) -> None:
    async with opened(shelf, (40, 10)) as app:
        await app.press(key)
        assert not app.app.is_running


@pytest.mark.parametrize("size", [(60, 15), SMALL, MIDDLE, LARGE])
async def test_an_empty_library_says_how_to_begin(
    library: Library, opened: Opener, size: tuple[int, int]
) -> None:
    async with opened(library, size) as app:
        text = app.text()
        assert "import a file or a folder" in text
        assert "readinglist demo" in text
        assert library.path.name in "".join(text.split())
        await app.press("j", "d", "space", "/", "f", "tab", "enter", "y", "escape", "1", "u")
        assert app.app.is_running


async def test_help_lists_live_keys_with_a_sentence_each(shelf: Library, opened: Opener) -> None:
    async with opened(shelf, LARGE) as app:
        await app.press("?")
        assert app.app.screen is not app.main
        await app.press("escape")
        await app.press("f1")
        assert app.app.screen is not app.main


@pytest.mark.parametrize("pane", ["1", "2", "3"])
async def test_no_live_key_of_a_pane_is_missing_from_help(
    shelf: Library, opened: Opener, pane: str
) -> None:
    async with opened(shelf, LARGE) as app:
        await app.press(pane)
        every = {key for action in live_actions(app.main) for key in action.keys}
        shown = {key for key in every if " " not in key}  # without what follows a prefix
        live = {app.app.get_key_display(a.binding) for a in app.main.active_bindings.values()}
        assert shown == live
        assert {":", "^p"} <= shown


async def test_every_live_action_has_a_name_a_sentence_and_a_heading(
    shelf: Library, opened: Opener
) -> None:
    async with opened(shelf) as app:
        actions = live_actions(app.main)
        assert len(actions) > 40
        for action in actions:
            assert action.name
            assert action.binding.tooltip.endswith(".")
            assert "[" not in action.binding.tooltip


async def test_an_action_is_found_by_name_and_run(shelf: Library, opened: Opener) -> None:
    async with opened(shelf) as app:
        await app.press(":")
        await app.type("done reading")
        await app.finish_work()
        await app.press("enter")
        if app.app.screen is not app.main:
            await app.press("enter")
        await app.settle()
        assert app.at.status == "read"


async def test_what_can_do_nothing_now_says_why_in_help_and_palette(
    shelf: Library, opened: Opener
) -> None:
    async with opened(shelf) as app:
        reasons = {a.binding.id: a.reason for a in live_actions(app.main) if a.reason}
        assert (
            reasons.items()
            >= {
                "edit.undo": "Nothing to undo.",
                "edit.redo": "Nothing to redo.",
                "edit.repeat": "There is no edit to repeat yet.",
                "search.leave-out": "There is no part of the search to leave out.",
                "edit.empty-trash": "The trash is empty.",
                "paper.link": "This paper has no link.",
                "pane.papers": "The keys go to this pane already.",
                "search.widen": "There is no filter to take away.",
                "pane.unzoom": "No pane has the whole screen by your wish.",
            }.items()
        )
        assert "edit.read" not in reasons
        await app.press("?", "/")
        await app.type("repeat")
        assert "Not now: There is no edit to repeat yet." in " ".join(app.text().split())
        await app.press("escape", "escape", "escape", "d")
        reasons = {a.binding.id: a.reason for a in live_actions(app.main) if a.reason}
        assert "edit.undo" not in reasons
        assert "edit.repeat" not in reasons
        await app.press("/")
        await app.type("qwxyz")
        await app.press("enter")
        assert app.main.why_not("mark", ("read",)) == "There is no paper here."


async def test_hints_always_lead_to_help(shelf: Library, opened: Opener) -> None:
    for size in ((60, 15), SMALL, MIDDLE, LARGE):
        async with opened(shelf, size) as app:
            assert app.text().splitlines()[-1].rstrip().endswith("? help")


async def test_a_hint_is_dim_while_its_key_can_do_nothing(shelf: Library, opened: Opener) -> None:
    async with opened(shelf) as app:

        def dim() -> set[str]:
            return {hint.label for hint in app.main.hints.hints if hint.dim}

        assert dim() == {"open link", "undo"}
        await app.press("d")
        assert dim() == {"open link"}
        await app.press("u", "/", *"qwxyz", "enter")
        assert {"status", "star", "tags", "note", "copy", "undo"} <= dim()
        assert not dim() & {"search", "filter", "help", "import", "sort"}
        await app.press("t")
        assert app.toasts()[-1] == "There is no paper here."


async def test_a_click_on_a_hint_presses_its_key(shelf: Library, opened: Opener) -> None:
    async with opened(shelf) as app:
        hints = app.text().splitlines()[-1]
        await app.pilot.click("HintLine", offset=(hints.index("d s b"), 0))
        await app.settle()
        assert app.at.status == "read"


async def test_q_leaves(shelf: Library, opened: Opener) -> None:
    async with opened(shelf) as app:
        await app.press("q")
        assert not app.app.is_running


@pytest.mark.parametrize("key", ["t", "n", "x", "i", "Y", ",", "?"])
async def test_a_dialog_leaves_the_screen_as_it_was(
    shelf: Library, opened: Opener, key: str
) -> None:
    async with opened(shelf, SMALL) as app:
        before = app.text()
        await app.press(key)
        assert app.app.screen is not app.main
        await app.press("escape")
        assert app.text() == before


async def test_a_first_import_by_another_process_leads_from_the_welcome_to_the_list(
    library: Library, opened: Opener
) -> None:
    async with opened(library) as app:
        assert app.main.welcome.display
        with Library(library.path) as elsewhere:
            put(elsewhere, ["Alpha"])
        app.main._look_elsewhere()
        await app.until(lambda: app.main.focused is app.main.papers)
        await app.press("d")
        assert app.at.status == "read"
