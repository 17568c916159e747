"""Finding papers in the app: search as you type, filters, order, and a cursor that stays."""

from __future__ import annotations

from textual import events

from readinglist.library import Library
from readinglist.records import Facet, Status
from tests.tui.conftest import LARGE, SMALL, Opener, put


async def test_every_keystroke_filters(shelf: Library, opened: Opener) -> None:
    async with opened(shelf) as app:
        await app.press("/")
        await app.type("kapp")
        assert app.titles() == ["Kappa networks"]
        await app.type("a")
        assert app.titles() == ["Kappa networks"]


async def test_keys_of_the_list_are_letters_in_the_search(shelf: Library, opened: Opener) -> None:
    async with opened(shelf) as app:
        await app.press("/")
        await app.type("wrdsbtnuyq12?:.,*")
        assert app.main.search.value == "wrdsbtnuyq12?:.,*"
        assert shelf.counts().statuses[Status.INBOX] == 12


async def test_a_misspelt_word_is_found_and_said(shelf: Library, opened: Opener) -> None:
    async with opened(shelf) as app:
        await app.press("/")
        await app.type("epsilom")
        assert app.titles() == ["Epsilon networks"]
        await app.until(lambda: "epsilom → epsilon 1" in app.text())
        assert "read as" not in app.text()
        await app.press("enter")
        assert "“epsilom” read as “epsilon”" in app.text()
        assert "→" not in app.text()


async def test_enter_goes_to_the_papers_found(shelf: Library, opened: Opener) -> None:
    async with opened(shelf) as app:
        await app.press("/")
        await app.type("theta")
        await app.press("enter", "d")
        assert app.at.title == "Theta networks"
        assert app.at.status == Status.READ


async def test_escape_takes_one_step_at_a_time(shelf: Library, opened: Opener) -> None:
    async with opened(shelf) as app:
        await app.press("space")
        app.main.toggle_facet(Facet("status", "inbox"))
        await app.press("/")
        await app.type("theta")
        await app.press("escape")
        assert app.main.focused is app.main.papers
        assert app.main.view.query == "theta"
        await app.press("escape")
        assert app.main.view.query == ""
        assert app.at.title == "Theta networks"
        await app.press("escape")
        assert not app.main.view.narrowed
        assert app.main.papers.selection
        await app.press("escape")
        assert not app.main.papers.selection


async def test_no_match_says_so_and_what_to_do(shelf: Library, opened: Opener) -> None:
    async with opened(shelf) as app:
        await app.press("/")
        await app.type("qqqqzzzz")
        assert app.titles() == []
        assert "No paper matches “qqqqzzzz”" in app.text()
        assert "esc clears the search" in app.text()
        await app.press("enter", "j", "d", "space", "t", "n", "y", "o", "enter", "escape")
        assert len(app.titles()) == 12


async def test_an_error_of_the_query_stands_under_its_character(
    shelf: Library, opened: Opener
) -> None:
    async with opened(shelf) as app:
        await app.press("/")
        await app.type("kappa tilte:x")
        *_, search, advice = app.text().splitlines()
        assert advice.index("↑") == search.index("tilte")
        assert "tilte" in advice


async def test_a_search_left_unfinished_is_complained_about(shelf: Library, opened: Opener) -> None:
    async with opened(shelf) as app:
        await app.press("/")
        await app.type("(kappa")
        assert "↑" not in app.text()
        await app.press("enter")
        assert "↑" in app.text().splitlines()[-1]
        await app.press("escape")
        assert "↑" not in app.text()


async def test_facets_combine_and_show_as_chips(shelf: Library, opened: Opener) -> None:
    ids = list(shelf.search().ids)
    shelf.edit_tags(ids[:4], add=["rl"])
    shelf.set_status(ids[:2], Status.TO_READ)
    async with opened(shelf) as app:
        await app.press("f", "j", "enter")
        assert len(app.titles()) == 2
        while "rl" not in app.main.facets.render_line(app.main.facets.cursor).text:
            await app.press("j")
        await app.press("enter")
        assert app.titles() == ["Alpha networks", "Beta networks"]
        assert "status:to-read ×" in app.text()
        assert "tag:rl ×" in app.text()
        await app.press("enter")
        assert "tag:rl ×" not in app.text()


async def test_a_chip_goes_by_a_click_and_by_backspace(shelf: Library, opened: Opener) -> None:
    async with opened(shelf) as app:
        app.main.toggle_facet(Facet("is", "starred"))
        app.main.toggle_facet(Facet("status", "inbox"))
        await app.settle()
        assert app.titles() == []
        await app.pilot.click("Chips", offset=(2, 0))
        await app.settle()
        assert app.main.view.facets == (Facet("status", "inbox"),)
        await app.press("/", "backspace")
        assert not app.main.view.narrowed


async def test_another_status_replaces_the_first(shelf: Library, opened: Opener) -> None:
    async with opened(shelf) as app:
        await app.press("f", "enter", "j", "enter")
        assert app.main.view.facets == (Facet("status", "to-read"),)


async def test_sorting_keeps_the_paper_and_reverses_when_chosen_again(
    shelf: Library, opened: Opener
) -> None:
    async with opened(shelf) as app:
        await app.press("j", "j", ",", "t")
        assert app.titles() == sorted(app.titles())
        assert app.at.title == "Gamma networks"
        await app.press(",", "t")
        assert app.titles() == sorted(app.titles(), reverse=True)
        assert app.at.title == "Gamma networks"
        assert "by title, reversed" in app.text()


async def test_brackets_go_to_papers_still_in_the_inbox(shelf: Library, opened: Opener) -> None:
    ids = list(shelf.search().ids)
    shelf.set_status(ids[1:5], Status.READ)
    async with opened(shelf) as app:
        await app.press("right_square_bracket")
        assert app.at.title == "Zeta networks"
        await app.press("left_square_bracket")
        assert app.at.title == "Alpha networks"
        await app.press("left_square_bracket")
        assert "No paper in the inbox further up." in app.toasts()


async def test_the_cursor_keeps_its_paper_and_screen_row_when_others_are_imported(
    library: Library, opened: Opener
) -> None:
    put(library, [f"Paper number {number}" for number in range(100)])
    async with opened(library, SMALL) as app:
        await app.press("pagedown", "pagedown", "k", "k", "k")
        before, row = app.at.title, app.row_on_screen()
        put(library, [f"A later paper {number}" for number in range(7)], name="later.txt")
        app.main._look_elsewhere()
        await app.settle()
        assert len(app.titles()) == 107
        assert app.at.title == before
        assert app.row_on_screen() == row


async def test_when_its_paper_leaves_the_view_the_cursor_goes_to_the_nearest(
    shelf: Library, opened: Opener
) -> None:
    async with opened(shelf) as app:
        app.main.toggle_facet(Facet("status", "inbox"))
        await app.press("j", "j")
        shelf.set_status([app.at.id], Status.READ)
        app.main._look_elsewhere()
        await app.settle()
        assert app.at.title == "Delta networks"


async def test_matches_are_marked_in_list_and_detail(shelf: Library, opened: Opener) -> None:
    async with opened(shelf, LARGE) as app:
        await app.press("/")
        await app.type("kappa")
        strip = app.main.papers.render_line(0)
        marked = [s.text for s in strip if s.style and s.style.underline]
        assert marked == ["Kappa"]
        title = app.main.detail.render_line(0)
        assert "Kappa" in [s.text for s in title if s.style and s.style.underline]


async def test_a_page_pasted_into_the_search_is_searched_as_far_as_it_fits(
    shelf: Library, opened: Opener
) -> None:
    async with opened(shelf) as app:
        await app.press("/")
        app.app.post_message(events.Paste("kappa\n" + "networks " * 600))
        await app.settle()
        assert app.main.search.value.startswith("kappa networks networks")
        assert len(app.main.search.value) == app.main.search.max_length
        assert app.titles() == ["Kappa networks"]
