"""Going anywhere in a list, and the longest that the screen is held up on the way."""

from __future__ import annotations

import asyncio
import shutil
import statistics
import tempfile
import time
from asyncio import events
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from textual.events import Key
from textual.pilot import Pilot

from readinglist.settings import load
from readinglist.tui.app import ReadingListApp, put_the_screen_first
from tests.benchmarks.frames import SIZE, Bare, Watch
from tests.benchmarks.measures import Line, Scale
from tests.benchmarks.stock import Stock

_PATIENCE: Final = 30.0  # seconds; a frame that does not come is a fault
_Act = Callable[[Pilot[None]], None]


def _key(key: str) -> _Act:
    """Press a key, and wait for nothing."""

    def act(pilot: Pilot[None]) -> None:
        pilot.app.post_message(Key(key, key if len(key) == 1 else None))

    return act


def _scroll(part: float) -> _Act:
    """Drag the bar so far down."""

    def act(pilot: Pilot[None]) -> None:
        papers = pilot.app.screen.query_one("#papers")
        papers.scroll_to(y=int(part * papers.max_scroll_y), animate=False, force=True)

    return act


# What is done, and what is done before it: nothing waits in between.
_ACTS: Final[tuple[tuple[str, _Act, tuple[str, ...]], ...]] = (
    ("G, just sorted by title", _key("G"), ("comma", "t")),
    ("g", _key("g"), ()),
    ("a jump of the scroll bar", _scroll(0.5), ()),
    ("page down", _key("pagedown"), ()),
    ("A", _key("A"), ()),
    ("V", _key("V"), ()),
    ("v and G", _key("G"), ("g", "v")),
    ("letting all go", _key("escape"), ()),
    ("a letter", _key("l"), ("slash",)),
)


def long_lists(stock: Stock, scale: Scale, _seed: int) -> Iterator[Line]:
    """From a key to the first frame, and the longest step of the thread that paints.

    A step is what the thread computes before it looks for the next key; what other programs took
    of its time is left out.
    """
    with tempfile.TemporaryDirectory() as folder:
        library = Path(shutil.copyfile(stock.library, Path(folder, "library.sqlite3")))
        bare, bare_step = asyncio.run(_bare(scale.queries))
        taken, steps = asyncio.run(_ours(library, max(scale.slow, 1)))
    beside = f"a bare refresh {_ms(bare)}"
    for what, figures in taken.items():
        figure = statistics.median(figures)
        yield Line(f"{what}, first frame, p50", _ms(figure), beside, figure / bare)
    beside = f"of a bare app {_ms(bare_step)}"
    for what, step in steps.items():
        yield Line(f"{what}, longest step", _ms(step), beside, step / bare_step, "<= 16 ms")


async def _bare(times: int) -> tuple[float, float]:
    app = Bare()
    watch = Watch(app)
    with _steps() as steps:
        async with app.run_test(size=SIZE) as pilot:
            await pilot.pause()
            steps.clear()
            frames = [await _first_frame(watch, pilot, _key("j")) for _ in range(times)]
            return statistics.median(frames), max(steps)


async def _ours(library: Path, times: int) -> tuple[dict[str, list[float]], dict[str, float]]:
    put_the_screen_first()
    app = ReadingListApp(library, load(Path(library.parent, "config.toml")), demo=True)
    watch = Watch(app)
    frames: dict[str, list[float]] = {what: [] for what, _, _ in _ACTS}
    longest: dict[str, list[float]] = {what: [] for what, _, _ in _ACTS}
    with _steps() as steps:
        async with app.run_test(size=SIZE) as pilot:
            await app.workers.wait_for_complete()
            for _ in range(times + 1):
                for what, act, before in _ACTS:
                    await pilot.press(*before)
                    steps.clear()
                    frames[what].append(await _first_frame(watch, pilot, act))
                    await app.workers.wait_for_complete()
                    await pilot.pause()
                    longest[what].append(max(steps))
                await pilot.press("escape", "escape", "escape", "comma", "a", "g")
                await app.workers.wait_for_complete()
    # The first time, what is needed is loaded.
    found = {what: figures[1:] for what, figures in frames.items()}
    return found, {what: statistics.median(figures[1:]) for what, figures in longest.items()}


async def _first_frame(watch: Watch, pilot: Pilot[None], act: _Act) -> float:
    watch.frames.clear()
    started = time.perf_counter()
    act(pilot)
    async with asyncio.timeout(_PATIENCE):
        while not watch.frames:
            await pilot.pause(0.001)
    return watch.frames[0][0] - started


@contextmanager
def _steps() -> Iterator[list[float]]:
    """How long each step of the loop computes, while this lasts."""
    taken: list[float] = []
    run = events.Handle._run

    def measured(handle: events.Handle) -> None:
        started = time.thread_time()
        run(handle)
        taken.append(time.thread_time() - started)

    events.Handle._run = measured  # type: ignore[method-assign, assignment] # it is put back below
    try:
        yield taken
    finally:
        events.Handle._run = run  # type: ignore[method-assign] # as it was


def _ms(figure: float) -> str:
    return f"{figure * 1000:.1f} ms"
