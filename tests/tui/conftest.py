"""A library of papers made for a test, and the app opened on it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from readinglist.library import Library
from readinglist.records import Entry, Reading, Record
from readinglist.settings import Settings, load
from readinglist.tui.app import ReadingListApp
from readinglist.tui.main import insight_actions
from readinglist.tui.main.screen import MainScreen

SMALL, MIDDLE, LARGE = (80, 24), (120, 35), (160, 45)


@dataclass
class Session:
    """An app that is being driven, and a few questions about what it shows."""

    app: ReadingListApp
    pilot: Pilot[None]

    @property
    def main(self) -> MainScreen:
        return self.app.main

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.settle()

    async def type(self, text: str) -> None:
        await self.press(*("space" if letter == " " else letter for letter in text))

    async def settle(self) -> None:
        """Wait until messages that lead to other messages have all been answered."""
        for _ in range(2):
            await self.pilot.pause()
        if self.main.finding:
            await self.until(lambda: not self.main.finding)
            await self.pilot.pause()

    async def finish_work(self) -> None:
        await self.app.workers.wait_for_complete()
        await self.settle()

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait for what a timer brings about."""
        async with asyncio.timeout(10):
            while not condition():
                await self.pilot.pause(0.01)

    @property
    def at(self) -> Entry:
        """The paper under the cursor."""
        paper = self.main.papers.cursor_id
        assert paper is not None
        return self.main.library.entry(paper)

    def titles(self) -> list[str]:
        results = self.main.papers.results
        return [row.title for row in results.rows(0, len(results))]

    @property
    def at_home(self) -> bool:
        """Whether no dialog is before the main screen."""
        return self.app.screen is self.main

    def shows(self, kind: Callable[..., Screen[Any]]) -> bool:
        """Whether a screen of that kind is the one before the user."""
        return type(self.app.screen) is kind

    def line(self, y: int) -> str:
        """A line of the paper list as it is painted."""
        return self.main.papers.render_line(y).text

    def row_on_screen(self) -> int:
        return self.main.papers.cursor - round(self.main.papers.scroll_y)

    def toasts(self) -> list[str]:
        return [toast.message for toast in self.app._notifications]

    def text(self) -> str:
        """Everything on the screen, line by line."""
        return "\n".join(strip.text for strip in self.app.screen._compositor.render_strips())


Opener = Callable[..., AbstractAsyncContextManager[Session]]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Opener:
    """Open the app on a library at one of the sizes it is designed for.

    However slow the machine is, no test rests on a paper long enough to be shown those like it.
    """
    monkeypatch.setattr(insight_actions, "LONG_REST", 3600.0)

    @asynccontextmanager
    async def opener(
        library: Library | Path, size: tuple[int, int] = LARGE, config: str | Path = ""
    ) -> AsyncIterator[Session]:
        path = library.path if isinstance(library, Library) else library
        app = ReadingListApp(path, _settings(config, path.parent))
        async with app.run_test(size=size) as pilot:
            session = Session(app, pilot)
            await session.settle()
            yield session
            await app.workers.wait_for_complete()

    return opener


def _settings(config: str | Path, folder: Path) -> Settings:
    """What a config file says: one that is there, or a text to put into one."""
    if isinstance(config, Path):
        return load(config)
    if not config:
        return load()
    file = folder / "config.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(config, encoding="utf-8")
    return load(file)


def put(
    library: Library, papers: Sequence[str | Record], *, name: str = "capture.txt"
) -> list[int]:
    """Import papers as one document; return their ids in the document's order."""
    records = [
        paper if isinstance(paper, Record) else Record(paper, f"About {paper}.", line=number)
        for number, paper in enumerate(papers, start=1)
    ]
    library.ingest(
        Reading("capture", records), name=name, path=f"/captures/{name}", digest=f"{name}{papers}"
    )
    by_title = {entry.title: entry.id for entry in library.entries(library.search().ids)}
    return [by_title[record.title] for record in records]


@pytest.fixture
def clipboard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was copied."""
    copied: list[str] = []

    async def copy(_app: object, text: str) -> str:
        copied.append(text)
        return "system clipboard"

    monkeypatch.setattr("readinglist.tui.leaving.clipboard.copy", copy)
    return copied


@pytest.fixture
def shelf(library: Library) -> Library:
    """A library of twelve papers, Alpha to Lambda, in this order."""
    names = "Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda Mu"
    put(library, [f"{name} networks" for name in names.split()])
    return library
