"""What is told by many papers together: those like one, and how the reading goes."""

from __future__ import annotations

import random
import shutil
import sqlite3
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

from readinglist.library import Library
from readinglist.records import Status
from tests.benchmarks.baselines import seconds
from tests.benchmarks.measures import Line, Scale
from tests.benchmarks.stock import Stock

_LISTED = 20  # as many as the app lists
_JUDGED = 5_000  # papers at most that have a past
_AT_ONCE = 20  # papers in one edit


def insights(stock: Stock, scale: Scale, seed: int) -> Iterator[Line]:
    """The papers most like one, and the statistics, each beside one pass over what they read."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(shutil.copyfile(stock.library, Path(folder, "library.sqlite3")))
        with Library(copy) as library, closing(sqlite3.connect(copy)) as plain:
            yield from _similar(library, plain, stock, scale, seed)
            edits = _live(library, seed)
            yield from _statistics(library, plain, scale, edits)


def _similar(
    library: Library, plain: sqlite3.Connection, stock: Stock, scale: Scale, seed: int
) -> Iterator[Line]:
    chosen = random.Random(seed).sample(range(1, stock.papers + 1), min(scale.queries, 20))
    library.similar(chosen[0], _LISTED)  # the first loads what the others use
    taken = [seconds(partial(library.similar, paper, _LISTED)) for paper in chosen]
    texts = _beside(plain, "SELECT title, abstract FROM paper", scale)
    for name, figure in (("p50", statistics.median(taken)), ("p95", _late(taken))):
        wanted = "<= 150 ms" if name == "p50" else ""
        beside = f"reading every text {_ms(texts)}"
        yield Line(f"similar papers, {name}", _ms(figure), beside, figure / texts, wanted)


def _statistics(
    library: Library, plain: sqlite3.Connection, scale: Scale, edits: int
) -> Iterator[Line]:
    taken = [seconds(library.statistics) for _ in range(max(scale.slow, 2))]
    journal = _beside(plain, "SELECT * FROM edit JOIN change ON change.id = change_id", scale)
    figure = statistics.median(taken)
    beside = f"reading the journal {_ms(journal)}"
    yield Line(f"statistics of {edits:,} judgements", _ms(figure), beside, figure / journal)


def _live(library: Library, seed: int) -> int:
    """Judge some of the papers; how many judgements that was."""
    papers = list(library.search().ids)[:_JUDGED]
    random.Random(seed).shuffle(papers)
    judged = 0
    for start in range(0, len(papers), _AT_ONCE):
        some = papers[start : start + _AT_ONCE]
        for status in (Status.TO_READ, Status.READING, Status.READ):
            library.set_status(some, status)
            judged += len(some)
            some = some[: len(some) // 2]
    return judged


def _beside(plain: sqlite3.Connection, query: str, scale: Scale) -> float:
    times = range(max(scale.slow, 2))
    return statistics.median(seconds(lambda: plain.execute(query).fetchall()) for _ in times)


def _late(taken: list[float]) -> float:
    return sorted(taken)[int(len(taken) * 0.95)]


def _ms(figure: float) -> str:
    return f"{figure * 1000:.1f} ms"
