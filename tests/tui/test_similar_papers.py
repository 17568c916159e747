"""`m` lists what is like the paper at hand, and leads there."""

from __future__ import annotations

import pytest

from readinglist.library import Library
from readinglist.records import Record
from readinglist.tui.main import insight_actions
from readinglist.tui.screens.similar import SimilarPapers
from tests.tui.conftest import LARGE, MIDDLE, SMALL, Opener, Session, put

HOSTILE = "[/red] [@click=app.quit]x[/] Glacier speed"


def shelved(library: Library) -> None:
    put(
        library,
        [
            Record("Glacier speed from satellites", "Glaciers creep; satellites see their speed."),
            Record("Volcano warnings", "Volcanoes rumble before they erupt."),
            Record(HOSTILE, "The speed of a glacier in [/red] winter."),
            Record("Satellites over volcanoes", "Satellites watch a volcano erupt."),
            Record("Nothing in common", "Quokkas."),
        ],
    )


async def alike(session: Session) -> SimilarPapers:
    await session.press("m")
    await session.finish_work()
    screen = session.app.screen
    assert isinstance(screen, SimilarPapers)
    return screen


@pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE])
async def test_m_lists_papers_with_the_words_they_share(
    library: Library, opened: Opener, size: tuple[int, int]
) -> None:
    shelved(library)
    async with opened(library, size) as session:
        await alike(session)
        text = session.text()
        assert HOSTILE in text
        assert "glacier speed" in text
        assert "Nothing in common" not in text.partition("More like this")[2]


async def test_enter_goes_there_and_lets_go_of_what_hides_it(
    library: Library, opened: Opener
) -> None:
    shelved(library)
    async with opened(library) as session:
        await session.press("/")
        await session.type("title:from")
        await session.press("enter")
        await session.finish_work()
        assert session.at.title == "Glacier speed from satellites"
        await alike(session)
        await session.press("enter")
        assert session.at.title == HOSTILE
        assert len(session.titles()) == 5


async def test_m_again_goes_on_and_backspace_comes_back(library: Library, opened: Opener) -> None:
    shelved(library)
    async with opened(library) as session:
        await alike(session)
        await session.press("j")
        await alike(session)
        assert "Volcano warnings" in session.text().partition("More like this")[2]
        await session.press("backspace")
        await session.finish_work()
        assert HOSTILE in session.text().partition("More like this")[2]
        await session.press("escape")
        assert session.at.title == "Glacier speed from satellites"


async def test_one_that_is_like_no_other_says_so(library: Library, opened: Opener) -> None:
    shelved(library)
    async with opened(library) as session:
        await session.press("G")
        await alike(session)
        assert "No other paper shares a word" in session.text()
        await session.press("enter")
        assert isinstance(session.app.screen, SimilarPapers), "there is nowhere to go"


async def test_who_reads_a_paper_sees_the_papers_most_like_it(
    library: Library, opened: Opener
) -> None:
    shelved(library)
    async with opened(library, LARGE) as session:
        assert "More like this" not in session.text()
        await session.press("enter")
        await session.finish_work()
        assert "More like this: m" in session.text()
        assert f"~ {HOSTILE}" in session.text()
        await session.press("escape", "j")
        await session.finish_work()
        assert "More like this" not in session.text()


async def test_who_rests_on_a_paper_in_the_list_sees_them_too(
    library: Library, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(insight_actions, "LONG_REST", 0.05)
    shelved(library)
    async with opened(library, LARGE) as session:
        await session.until(lambda: "More like this: m" in session.text())
        assert session.main.focused is session.main.papers
        await session.press("G")
        assert "More like this" not in session.text()
