"""`S` shows how the reading goes, and leads to what is open."""

from __future__ import annotations

from pathlib import Path

import pytest

from readinglist.library import Library
from readinglist.records import Status
from readinglist.tui.screens.statistics import Pictures, StatisticsScreen
from tests.tui.conftest import LARGE, MIDDLE, SMALL, Opener, Session


async def statistics(session: Session) -> str:
    await session.press("S")
    await session.finish_work()
    assert isinstance(session.app.screen, StatisticsScreen)
    return session.text()


@pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE, (240, 67), (60, 15)])
async def test_s_shows_pictures_at_every_size(
    shelf: Library, opened: Opener, size: tuple[int, int]
) -> None:
    async with opened(shelf, size) as session:
        await session.press("d", "j", "r")
        assert "Papers finished" in await statistics(session)
        pages = ""
        for _ in range(60):
            pages += session.text()
            await session.press("j")
        for heading in ("Papers by status", "From to-read", "Tags", "Open in reading"):
            assert heading in pages
        await session.press("q")
        assert session.app.screen is session.main


@pytest.mark.parametrize("size", [MIDDLE, LARGE, (240, 67)])
async def test_the_frame_is_as_high_as_the_pictures(
    shelf: Library, opened: Opener, size: tuple[int, int]
) -> None:
    async with opened(shelf, size) as session:
        await session.press("d")
        await statistics(session)
        pictures = session.app.screen.query_one(Pictures)
        lines = len(pictures.lines_at(pictures.size.width))
        assert pictures.size.height == lines
        await session.pilot.resize_terminal(SMALL[0], 60)
        await session.until(lambda: pictures.size.height > lines)
        assert pictures.size.height == len(pictures.lines_at(pictures.size.width))


async def test_a_number_goes_to_an_open_paper(shelf: Library, opened: Opener) -> None:
    async with opened(shelf) as session:
        await session.press("j", "j", "r", "g")
        assert "1-9 go to an open paper" in await statistics(session)
        await session.press("2")
        assert isinstance(session.app.screen, StatisticsScreen), "there is only one"
        await session.press("1")
        assert session.at.title == "Gamma networks"


async def test_nothing_read_yet_says_how_to_begin(shelf: Library, opened: Opener) -> None:
    async with opened(shelf) as session:
        text = await statistics(session)
        assert "Nothing is read yet: w wants to read" in text
        assert "go to an open paper" not in text


async def test_what_another_program_writes_shows(shelf: Library, opened: Opener) -> None:
    async with opened(shelf, MIDDLE) as session:
        await statistics(session)
        with Library(shelf.path) as other:
            other.set_status(other.search("alpha").ids, Status.READ)
        await session.until(lambda: "1 in 7 days" in session.text())


async def test_ascii_alone_where_that_is_set(
    shelf: Library, opened: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = tmp_path / "config.toml"
    config.write_text("ascii = true", encoding="utf-8")
    monkeypatch.setenv("READINGLIST_CONFIG", str(config))
    async with opened(shelf, MIDDLE) as session:
        await session.press("d", "j", "r")
        await statistics(session)
        pictures = session.app.screen.query_one(Pictures)
        drawn = [line.plain for line in pictures.lines_at(100)]
        assert any("#" in line for line in drawn)
        assert all(line.isascii() for line in drawn)


async def test_hostile_names_are_shown_as_they_are(shelf: Library, opened: Opener) -> None:
    with Library(shelf.path) as other:
        ids = other.search("alpha").ids
        other.set_facts(ids[0], {"title": "[/red] [@click=app.quit]x[/]"})
        other.edit_tags(ids, add=["[/b]"])
        other.set_status(ids, Status.READING)
    async with opened(shelf, LARGE) as session:
        text = await statistics(session)
        assert "[/red] [@click=app.quit]x[/]" in text
        assert "[/b]" in text
