"""Pictures of the real app, driven by real keys: `python -m tests.screenshots` draws them again."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from textual.pilot import Pilot
from textual.widgets import Input, TextArea

from readinglist import sample
from readinglist.demo import demo_library
from readinglist.errors import LibraryError
from readinglist.findings import Finding
from readinglist.library import Library
from readinglist.library.statistics import reckoning
from readinglist.records import Reading, Record
from readinglist.tui.app import ReadingListApp
from readinglist.tui.long_work import LongWork, Stage
from readinglist.tui.main import insight_actions
from readinglist.tui.screens import history
from readinglist.tui.screens.failed_write import FailedWrite, Unsaved
from readinglist.tui.screens.progress import ProgressDialog
from readinglist.tui.screens.statistics import StatisticsScreen
from readinglist.tui.widgets.waiting import Waiting
from tests import a_year

FOLDER = Path(__file__).parent.parent / "screenshots"
DONE = "until it is done"  # among the keys of a scene: what they began comes to its end
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


@dataclass(frozen=True, slots=True)
class Scene:
    """One picture: the keys that lead to it, after `/` what is typed, on the demo or on nothing.

    A `doubtful` one has been preceded by a lookup that was not sure, a `disputed` one by a document
    that contradicts another, a `lived` one by a year; `state` brings about what would pass.
    """

    name: str
    size: tuple[int, int] = (120, 35)
    keys: tuple[str, ...] = ()
    empty: bool = False
    doubtful: bool = False
    disputed: bool = False
    lived: bool = False
    state: Callable[[ReadingListApp], None] | None = None
    theme: str = "lamplight"


def typed(text: str) -> tuple[str, ...]:
    """The keys that type a text."""
    return tuple("space" if letter == " " else letter for letter in text)


def _importing(app: ReadingListApp) -> None:
    """An import that is halfway through."""
    _work(app, "Importing", Stage(0.43, "trending.txt", "1 of 3 documents · 0.3 of 0.7 MB"))


def _comparing(app: ReadingListApp) -> None:
    """Work of which nobody knows how long it takes."""
    _work(app, "Duplicates", Stage(None, "Comparing the new papers with the others"))


def _work(app: ReadingListApp, title: str, stage: Stage) -> None:
    work = LongWork()
    work.title, work.stage = title, stage
    app.push_screen(ProgressDialog(work))


def _busy(app: ReadingListApp) -> None:
    """Another program has been writing for longer than a second."""
    app.screen.mount(Waiting("esc gives up"))


def _unsaved(app: ReadingListApp) -> None:
    """A note could not be written."""
    words = "The second figure is the one to show.\n\n- ask for the code"
    where = Path("/home/ada/.local/share/readinglist/library.sqlite3")
    unsaved = Unsaved("write the note", where, lambda: None, words)
    error = LibraryError("The disk is full.", hint="Make some room and try again.")
    app.push_screen(FailedWrite(unsaved, error))


def _reading_the_journal(app: ReadingListApp) -> None:
    """The statistics take longer than a moment."""
    app.push_screen(StatisticsScreen(lambda: None))


def _searching(app: ReadingListApp) -> None:
    """A search in a large library takes longer than a moment."""
    app.main.papers.entitle("searching…")


SCENES = (
    Scene("main-160x45", (160, 45), ("j",)),
    Scene("main-120x35", keys=("j",)),
    Scene("main-80x24", (80, 24), ("j",)),
    Scene("detail-80x24", (80, 24), ("enter",)),
    Scene("light", (160, 45), ("j", "j"), theme="textual-light"),
    Scene("triage", keys=("T", "s", "w")),
    Scene("triage-80x24", (80, 24), ("T", "s", "w", "*")),
    Scene("triage-end", keys=("T", *"sswrs", *("s",) * 21, "w")),
    Scene("search-with-a-typo", keys=("/", *typed("difusion polcy"))),
    Scene("search-without-a-match", keys=("/", *typed("difusion qwxyz"))),
    Scene("search-completed", keys=("/", *typed("offline -tag:"))),
    Scene("search-misunderstood", keys=("/", *typed("offline tilte:reward"))),
    Scene("filters", keys=("f", "j", "enter")),
    Scene("search-saved", keys=("/", *typed("diffusion OR reward"), "ctrl+s", *typed("generat"))),
    Scene(
        "filters-with-branches",
        (160, 45),
        (
            *("v", "j", "j", "t", *typed("rl/offline"), "enter", "escape", "g"),
            *("t", *typed("rl/online"), "enter", "/", *typed("diffusion OR reward"), "ctrl+s"),
            *(
                *typed("generative"),
                "enter",
                "enter",
                "escape",
                "f",
                *"jjjjjjj",
                "enter",
                "j",
                "j",
                "enter",
            ),
        ),
    ),
    Scene("selection", keys=("j", "v", "j", "j", "j")),
    Scene("tags", keys=("j", "t")),
    Scene("tag-manager", keys=("M", "j", "c", "g", "j", "c", "b")),
    Scene("note", keys=("n",)),
    Scene("note-link", keys=("n", *("left_square_bracket",) * 2, *typed("offline"))),
    Scene("sort", keys=(",",)),
    Scene("copy", keys=("Y",)),
    Scene("import", keys=("i",)),
    Scene("import-review", keys=("i", *typed("later.txt"), "enter", DONE)),
    Scene("duplicates", keys=("i", *typed("later.txt"), "enter", DONE, "D")),
    Scene("lookup-review", keys=("R",), doubtful=True),
    Scene("conflicts", keys=("I",), disputed=True),
    Scene("import-progress", state=_importing),
    Scene("work-without-an-end-in-sight", (80, 24), state=_comparing),
    Scene("busy", (80, 24), ("j",), state=_busy),
    Scene("not-saved", keys=("j",), state=_unsaved),
    Scene("statistics-awaited", (80, 24), state=_reading_the_journal),
    Scene("searching", (80, 24), ("j",), state=_searching),
    Scene("more-room", (56, 14)),
    Scene("main-240x67", (240, 67), ("j",)),
    Scene("contrast", keys=("j",), theme="contrast"),
    Scene("sixteen-colours", keys=("j",), theme="ansi-dark"),
    Scene("add", keys=("a", *typed("https://arxiv.org/abs/1706.03762"))),
    Scene("facts", keys=("j", "e")),
    Scene("similar", keys=("j", "m", DONE)),
    Scene("statistics", (120, 48), keys=("S", DONE), lived=True),
    Scene("statistics-80x24", (80, 24), keys=("S", DONE), lived=True),
    Scene("export", keys=("x",)),
    Scene("export-80x24", (80, 24), ("x", DONE, "up", "right", "right")),
    Scene(
        "history", keys=("d", "j", "s", "j", "v", "j", "j", "w", "*", "delete", "u", "u", "H", "j")
    ),
    Scene("settings", keys=("O", "j", "j")),
    Scene("help", keys=("?",)),
    Scene("welcome", (80, 24), empty=True),
)


async def draw(scene: Scene) -> str:
    """Drive the app to a scene and return its picture as SVG. It shows the home folder."""
    if scene.empty:
        return await _picture(scene, Path.home() / ".local/share/readinglist/library.sqlite3")
    with demo_library() as path, patch.object(history, "when", lambda _: "09:12"):
        if scene.doubtful:
            _look_up(path)
        if scene.disputed:
            _dispute(path)
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


async def _picture(scene: Scene, library: Path) -> str:
    app = ReadingListApp(library)
    app.animation_level = "none"
    async with app.run_test(size=scene.size) as pilot:
        app.theme = scene.theme
        await _settle(pilot)
        for key in scene.keys:
            await (_settle(pilot) if key == DONE else pilot.press(key))
        if scene.state is not None:
            scene.state(app)
            await pilot.pause(0.2 if scene.state is _reading_the_journal else None)
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
    with _a_home():
        for scene in SCENES:
            (FOLDER / f"{scene.name}.svg").write_text(asyncio.run(draw(scene)), encoding="utf-8")


if __name__ == "__main__":
    main()
