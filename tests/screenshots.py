"""Pictures of the real app, driven by real keys: `python -m tests.screenshots` draws them again."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from readinglist import sample
from readinglist.demo import demo_library
from readinglist.findings import Finding
from readinglist.library import Library
from readinglist.library.statistics import reckoning
from readinglist.records import Reading, Record
from readinglist.settings import Settings
from readinglist.tui.app import ReadingListApp
from readinglist.tui.main import insight_actions
from readinglist.tui.notes.drafts import Drafts
from readinglist.tui.screens import history
from tests import a_year
from tests.scenes import DONE, SCENES, Scene

FOLDER = Path(__file__).parent.parent / "screenshots"
# A page that repeats a paper under a slightly different title, and has lost an abstract.
LATER = """Get trending papers in your email inbox once a day!
Get trending papers in your email inbox!
SubscribeDenoising Diffusion Probabilistic Modelling
Start with an image, add a little Gaussian noise a thousand times, and nothing is left of it. \
A diffusion model learns to walk that road backwards, and here it learns simply by guessing which \
noise was added at a random step. The authors show that this plain objective is a reweighted \
variational bound. Samples on CIFAR-10 rival those of adversarial networks.
Attention Is All You Need
Translating a sentence used to mean reading it one word at a time. This paper drops recurrence \
altogether and lets each position look at all the others through several attention heads at once.
Learning to Walk in Minutes Using Massively Parallel Deep Reinforcement Learning
Thousands of robots practise at once on a single graphics card, on terrain that gets harder as \
they get better. Twenty minutes later the policy walks up real stairs.
A Listing That Was Cut Off Before Its Abstract
"""


async def draw(scene: Scene) -> str:
    """Drive the app to a scene and return its picture as SVG. It shows the home folder."""
    if scene.empty:
        return await _picture(scene, Path.home() / ".local/share/readinglist/library.sqlite3")
    with demo_library() as path, patch.object(history, "when", lambda _: "09:12"):
        if scene.doubtful:
            _look_up(path)
        if scene.disputed:
            _dispute(path)
        if scene.draft:
            _leave_draft(path, scene.draft)
        if scene.lived:
            a_year.live(path)
        with (
            patch.object(reckoning, "this_day", lambda: a_year.TODAY),
            patch.object(insight_actions, "LONG_REST", 0.001),
        ):
            return await _picture(scene, path)


def _dispute(library: Path) -> None:
    """Import a document that knows two papers otherwise than another one did."""
    title = "Attention Is All You Need"
    with Library(library) as opened:
        for number, (venue, year) in enumerate((("NeurIPS", 2017), ("Neural Networks", 2018))):
            authors = ("Ashish Vaswani", "Noam Shazeer")[: 2 - number]
            record = Record(title, authors=authors, year=year, venue=venue, line=1)
            name = f"{('zotero', 'colleague')[number]}.bib"
            reading = Reading("bibtex", [record])
            opened.ingest(reading, name=name, path=f"/papers/{name}", digest=name)


def _look_up(library: Path) -> None:
    """What a lookup leaves that was not sure: a provider that has no abstract."""
    with Library(library) as opened:
        (paper,) = opened.search('"attention is all you need"').ids
        found = Record(
            "Attention is All you Need",
            authors=("Ashish Vaswani", "Noam Shazeer", "Niki Parmar", "Jakob Uszkoreit"),
            year=2017,
            venue="Advances in Neural Information Processing Systems 30",
            arxiv_id="1706.03762",
        )
        opened.fill_in([Finding(paper, "crossref", "10.5555/3295222", 1.0, found, sure=False)])


def _leave_draft(library: Path, text: str) -> None:
    """What an app leaves that dies while a note is written."""
    with Library(library) as opened:
        row, *_ = opened.rows(opened.search().ids[:1])
        drafts = Drafts(library, row.key)
    drafts.keep("", text)
    (own,) = (library.parent / "drafts").iterdir()
    own.rename(own.with_name(own.name.replace(str(os.getpid()), "gone")))


def _settings(scene: Scene) -> Settings:
    file = Path.home() / ".config/readinglist/config.toml"
    if scene.config:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(scene.config, encoding="utf-8")
    else:
        file.unlink(missing_ok=True)
    return Settings(file)


async def _picture(scene: Scene, library: Path) -> str:
    app = ReadingListApp(library, _settings(scene))
    app.animation_level = "none"
    async with app.run_test(size=scene.size, notifications=scene.toasts) as pilot:
        app.theme = scene.theme
        await _settle(pilot)
        for key in scene.keys:
            await (_settle(pilot) if key == DONE else pilot.press(key))
        if scene.state is not None:
            scene.state(app)
            await pilot.pause(0.2)  # what takes longer than a moment is told then
        for _ in range(3):  # some answers lead to further questions
            await _settle(pilot)
        for widget in app.screen.query("Input, TextArea"):
            assert isinstance(widget, Input | TextArea)
            widget.cursor_blink = False
        await _settle(pilot)
        # Some viewers drop the spaces at the ends of a run unless they are told to keep them.
        return app.export_screenshot().replace("<svg ", '<svg xml:space="preserve" ', 1)


async def _settle(pilot: Pilot[None]) -> None:
    await pilot.app.workers.wait_for_complete()
    for _ in range(3):
        await pilot.pause()


def furnish(home: Path) -> None:
    """Put into a home folder what the dialogs will show of it."""
    for name, text in [*sample.captures(), ("later.txt", LATER)]:
        (home / name).write_text(text, encoding="utf-8")


@contextmanager
def _a_home() -> Iterator[None]:
    with tempfile.TemporaryDirectory() as folder:
        furnish(Path(folder))
        os.environ |= {"HOME": folder, "COLORTERM": "truecolor"}
        for name in ("XDG_CONFIG_HOME", "READINGLIST_CONFIG", "NO_COLOR"):
            os.environ.pop(name, None)
        os.chdir(folder)
        yield
        os.chdir(FOLDER)


def main() -> None:
    """Draw every scene."""
    for scene in SCENES:
        with _a_home():
            picture = asyncio.run(draw(scene))
        (FOLDER / f"{scene.name}.svg").write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    main()
