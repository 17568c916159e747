"""The filters: tags as a tree, combined conditions, and thousands of them."""

from __future__ import annotations

from time import perf_counter

import pytest

from readinglist.library import Library
from readinglist.records import Facet, FacetCounts
from readinglist.tui.widgets.facet_pane import FacetPane
from tests.tui.conftest import LARGE, SMALL, Opener, Session


@pytest.fixture
def tree(shelf: Library) -> Library:
    ids = shelf.search().ids
    for tag, papers in {
        "rl": ids[:1], "rl/offline": ids[1:4], "rl/online": ids[3:5], "RL/offline/deep": ids[1:2],
        "rl-x": ids[8:9], "vision": ids[6:8],
    }.items():  # fmt: skip
        shelf.edit_tags(papers, add=[tag])
    return shelf


def tags(app: Session) -> list[str]:
    """The lines below the heading, without what the cursor adds."""
    pane = app.main.facets
    text = ["".join(s.text for s in pane.line(i, 26))[2:].rstrip() for i in range(pane.count)]
    return text[text.index("Tags") + 1 : text.index("Documents") - 1]


async def test_tags_are_a_tree_whose_branches_count_each_paper_once(
    tree: Library, opened: Opener
) -> None:
    async with opened(tree) as app:
        assert [line.split() for line in tags(app)] == [
            ["-", "rl", "5"],
            ["-", "offline", "3"],
            ["deep", "1"],
            ["online", "2"],
            ["rl-x", "1"],
            ["vision", "2"],
        ]


async def test_branches_are_closed_and_opened_and_narrow_the_list(
    tree: Library, opened: Opener
) -> None:
    async with opened(tree) as app:
        await app.press("f", *["j"] * 7, "enter")
        assert len(app.titles()) == 5
        assert "tag:rl/*" in app.text()
        await app.press("left")
        assert [line.split() for line in tags(app)] == [
            ["+", "rl", "5"],
            ["rl-x", "0"],
            ["vision", "0"],
        ]
        await app.press("right", "j", "j", "left")
        assert app.main.facets._lines[app.main.facets.cursor].label == "offline"
        await app.press("backspace")
        assert len(app.titles()) == 12


async def test_counts_of_branches_follow_the_query(tree: Library, opened: Opener) -> None:
    async with opened(tree) as app:
        await app.press("/", *"beta", "enter")
        await app.finish_work()
        assert [line.split()[-1] for line in tags(app)] == ["1", "1", "1", "0", "0", "0"]


async def test_several_conditions_combine_and_each_chip_is_taken_away(
    tree: Library, opened: Opener
) -> None:
    async with opened(tree) as app:
        for facet in (Facet("tag", "rl/offline"), Facet("tag", "rl/online")):
            app.main.toggle_facet(facet)
        await app.settle()
        assert len(app.titles()) == 1
        await app.press("backspace")
        assert app.main.view.facets == (Facet("tag", "rl/offline"),)
        await app.press("backspace", "backspace")
        assert not app.main.view.facets
        assert app.toasts()[-1:] == ["There is no filter to take away."]


async def test_a_branch_is_opened_with_the_mouse(tree: Library, opened: Opener) -> None:
    async with opened(tree) as app:
        pane = app.main.facets
        row = next(i for i, line in enumerate(pane._lines) if line.label == "rl")
        await app.pilot.click(pane, offset=(2, row + 1))
        await app.settle()
        assert len(tags(app)) == 3
        assert not app.main.view.facets
        await app.pilot.click(pane, offset=(6, row + 1))
        await app.settle()
        assert len(app.titles()) == 5


async def test_thousands_of_tags_and_documents_cost_no_key_a_moment(
    shelf: Library, opened: Opener
) -> None:
    many = FacetCounts(
        total=9, statuses={}, starred=0, untagged=0,
        tags={f"area{n % 50}/topic {n}": n for n in range(5000)},
        sources={f"capture {n}.txt": n for n in range(2000)},
    )  # fmt: skip
    async with opened(shelf, LARGE) as app:
        pane: FacetPane = app.main.facets
        pane.show(many, ())
        assert pane.count > 2000
        began = perf_counter()
        for n in range(10):
            pane.show(many._replace(starred=n), ())
            pane.render_lines(pane.region.reset_offset)
        assert (perf_counter() - began) / 10 < 0.05


async def test_a_small_screen_shows_the_filters_alone(tree: Library, opened: Opener) -> None:
    async with opened(tree, SMALL) as app:
        await app.press("f", "G", "g")
        assert "- rl" in app.text()


async def test_where_filters_hide_the_list_enter_goes_to_what_it_finds_and_space_stays(
    tree: Library, opened: Opener
) -> None:
    async with opened(tree, SMALL) as app:
        await app.press("f", "space", *["j"] * 7, "space")
        assert (app.main.pane, len(app.main.view.facets)) == ("facets", 2)
        await app.press("enter", "g", "enter")
        assert (app.main.pane, app.main.view.facets) == ("facets", ())
        await app.press("enter")
        assert (app.main.pane, len(app.titles())) == ("papers", 12)


async def test_a_verb_among_filters_that_hide_the_list_says_what_it_did_and_to_what(
    tree: Library, opened: Opener
) -> None:
    async with opened(tree, SMALL) as app:
        await app.press("f", "w")
        assert app.toasts() == ["Marked “Alpha networks” as to-read. u undoes."]
        await app.press("2", "j", "w")
        assert app.toasts() == []
