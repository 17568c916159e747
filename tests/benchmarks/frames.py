"""From a key to the frame that shows its effect, beside a bare app that paints as many cells."""

from __future__ import annotations

import asyncio
import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, ClassVar, Final, NamedTuple

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.pilot import Pilot
from textual.widgets import Static

from readinglist.settings import load
from readinglist.tui.app import ReadingListApp
from tests.benchmarks.measures import Line, Scale
from tests.benchmarks.stock import Stock

SIZE: Final = (120, 35)
# What is done, the key that does it, and those that take it back before the next time.
_ACTS: Final = (
    ("moving", "j", ()),
    ("marking", "w", ("j",)),
    ("switching the pane", "tab", ("1", "2")),
    ("opening the tags", "t", ("escape",)),
    ("opening the export", "x", ("escape",)),
    ("opening the help", "question_mark", ("escape",)),
    ("opening the note", "n", ("escape",)),
    ("opening similar papers", "m", ("escape",)),
    ("opening the statistics", "S", ("escape",)),
)
_BEFORE: Final = 0.15  # seconds that what a key set off is waited for; its answers come aside


class Watch:
    """Knows when an app has painted since it was asked."""

    def __init__(self, app: App[None]) -> None:
        self.frames: list[tuple[float, float]] = []  # when, and after how much work of the thread
        self._display = app._display
        setattr(app, "_display", self._displayed)  # noqa: B010 (a method cannot be assigned to)

    def _displayed(self, *told: Any) -> None:  # whatever Textual tells here
        self._display(*told)
        self.frames.append((time.perf_counter(), time.thread_time()))


class _Taken(NamedTuple):
    """Seconds from a key to the first frame that answers it, to the last, and of work until then.

    The last is what the thread of the screen has computed, which other programs do not lengthen.
    """

    first: float
    last: float
    work: float


_CALLED: Final = {"first": "first frame", "last": "last frame", "work": "work"}


class Bare(App[None]):
    """Every cell is painted anew at a key."""

    BINDINGS: ClassVar[list[BindingType]] = [("j", "paint", "Paint")]

    def compose(self) -> ComposeResult:
        """Show a page of words."""
        yield Static("\n".join("words " * (SIZE[0] // 6) for _ in range(SIZE[1])), markup=False)

    def action_paint(self) -> None:
        """Paint it all."""
        self.query_one(Static).refresh()


def frames(stock: Stock, scale: Scale, _seed: int) -> Iterator[Line]:
    """Median and 95th percentile of each act, with the bare app before and after.

    The first frame answers the key: the cursor has moved, the dialog is there. Until the last one
    come what is beside it and what was found aside, the detail of the paper for one.
    """
    with tempfile.TemporaryDirectory() as folder:
        library = Path(shutil.copyfile(stock.library, Path(folder, "library.sqlite3")))
        bare = [asyncio.run(_bare(scale.queries))]
        acts = asyncio.run(_ours(library, scale.queries))
        bare.append(asyncio.run(_bare(scale.queries)))
        for what, taken in acts:
            for which, called in _CALLED.items():
                beside = statistics.mean(getattr(each, which) for each in bare)
                figures = [getattr(each, which) for each in taken]
                for name, figure in (("p50", statistics.median(figures)), ("p95", _late(figures))):
                    told = f"a bare refresh {_ms(beside)}"
                    yield Line(f"{what}, {called}, {name}", _ms(figure), told, figure / beside)


async def _bare(times: int) -> _Taken:
    app = Bare()
    watch = Watch(app)
    async with app.run_test(size=SIZE) as pilot:
        taken = [await _painted(watch, pilot, "j") for _ in range(times)]
    return _Taken(*map(statistics.median, zip(*taken, strict=True)))


async def _ours(library: Path, times: int) -> list[tuple[str, list[_Taken]]]:
    app = ReadingListApp(library, load(Path(library.parent, "config.toml")), demo=True)
    watch = Watch(app)
    found = []
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause(1)
        await app.workers.wait_for_complete()
        for what, key, back in _ACTS:
            taken = []
            for _ in range(times):
                taken.append(await _painted(watch, pilot, key))
                await pilot.press(*back)
                await pilot.pause(_BEFORE)
            found.append((what, taken[1:] or taken))  # the first time, a dialog is loaded
    return found


async def _painted(watch: Watch, pilot: Pilot[None], key: str) -> _Taken:
    """Press a key; seconds until the first and the last that were painted for it."""
    watch.frames.clear()
    started, worked = time.perf_counter(), time.thread_time()
    await pilot.press(key)
    while not watch.frames:
        await pilot.pause(0.001)
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()
    (first, _), (last, work) = watch.frames[0], watch.frames[-1]
    return _Taken(first - started, last - started, work - worked)


def _late(taken: Sequence[float]) -> float:
    return sorted(taken)[int(len(taken) * 0.95)]


def _ms(figure: float) -> str:
    return f"{figure * 1000:.1f} ms"
