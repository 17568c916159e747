"""What is measured of the program, each as lines of one table."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from readinglist.library.search.searcher import Searcher
from readinglist.library.storage.opening import open_file
from tests.benchmarks import baselines
from tests.benchmarks.baselines import seconds
from tests.benchmarks.probes import Probe, probes, typed
from tests.benchmarks.stock import Stock

# Probes for choosing how search weighs things, and others for telling how good it is.
TUNING: Final = 1
REPORTING: Final = 2
_FIRST: Final = 10


@dataclass(frozen=True, slots=True)
class Scale:
    """How much work the measuring is."""

    queries: int = 45
    probes: int = 60
    slow: int = 5  # of what takes seconds
    starts: int = 5
    imports: int = 3
    hostile: int = 1  # one of so many hostile queries


@dataclass(frozen=True, slots=True)
class Line:
    """One figure: ours, what it is held against, their ratio, and what is wanted."""

    what: str
    ours: str
    beside: str = ""
    ratio: float | None = None
    wanted: str = ""


def keystrokes(stock: Stock, scale: Scale, seed: int) -> Iterator[Line]:
    """Queries typed letter by letter: what is shown at once, then all of it; fzf in between."""
    queries = list(typed(stock.titles, scale.queries, seed))
    first: list[float] = []
    rest: list[float] = []
    fzf: list[float] = []
    with closing(open_file(stock.library)) as connection:
        searcher = Searcher(connection)
        warm = seconds(searcher.warm_up)
        for number, query in enumerate(queries):
            first.append(seconds(partial(searcher.run, query, lenient=True, brief=True)))
            if number % 40 == 0:
                rest.append(seconds(partial(searcher.run, query, lenient=True)))
                if baselines.FZF is not None:
                    fzf.append(baselines.fzf_seconds(stock, query))
    yield Line("reading the words, once", _ms(warm))
    yield _beside_fzf(f"a keystroke, p50 of {len(queries)}", statistics.median(first), fzf)
    yield _beside_fzf("a keystroke, p95", _late(first), fzf, _limit(stock, 0))
    yield Line("and every paper found, p50", _ms(statistics.median(rest)))
    yield Line("and every paper found, p95", _ms(_late(rest)))


def _beside_fzf(what: str, ours: float, fzf: Sequence[float], wanted: str = "") -> Line:
    if baselines.FZF is None:
        return Line(what, _ms(ours), "fzf is not installed", wanted=wanted)
    beside = statistics.median(fzf)
    return Line(what, _ms(ours), f"fzf {_ms(beside)}", ours / beside, wanted)


def remembered(stock: Stock, scale: Scale, seed: int) -> Iterator[Line]:
    """Half-remembered titles: whether they are among the first ten, and how far up."""
    asked = probes(stock.titles, scale.probes, seed)
    with closing(open_file(stock.library)) as connection:
        searcher = Searcher(connection)

        def ours(query: str) -> list[str]:
            found = searcher.run(query, lenient=True, brief=True)
            found = found if len(found) >= _FIRST else found.extended()
            return [row.title for row in found.rows(0, _FIRST)]

        answers = [(probe, ours(probe.typed)) for probe in asked]
    for kind in dict.fromkeys(probe.kind for probe in asked):
        of_kind = [(probe, found) for probe, found in answers if probe.kind == kind]
        yield Line(f"recall@10, {kind}", f"{_recall(of_kind):.3f}")
    yield Line(f"recall@10, all {len(asked)}", f"{_recall(answers):.3f}", wanted=_limit(stock, 1))
    yield Line("mean reciprocal rank", f"{_rank(answers):.3f}", wanted=_limit(stock, 2))
    yield from _others_remember(stock, scale, asked)


def _others_remember(stock: Stock, scale: Scale, asked: Sequence[Probe]) -> Iterator[Line]:
    titles = stock.titles
    some = asked[:: max(len(asked) // (5 * scale.slow), 1)]
    others: dict[str, tuple[Sequence[Probe], Callable[[str], list[str]]]] = {
        "fzf": (some, partial(baselines.fzf, stock)),
        "LIKE": (some, partial(baselines.like, stock.library)),
        "WRatio over all titles": (some[::5], partial(baselines.every_title, titles)),
    }
    if baselines.FZF is None:
        del others["fzf"]
    for name, (chosen, search) in others.items():
        answers: list[tuple[Probe, list[str]]] = []
        taken: list[float] = []
        for probe in chosen:
            start = time.perf_counter()
            answers.append((probe, search(probe.typed)))
            taken.append(time.perf_counter() - start)
        yield Line(
            f"{name}: recall@10 of {len(chosen)}, median time",
            f"{_recall(answers):.3f}",
            _ms(statistics.median(taken)),
        )


def size(stock: Stock, _scale: Scale, _seed: int) -> Iterator[Line]:
    """The library's file beside the text in it."""
    text = sum(
        len(str(part).encode())
        for row in stock.rows()
        for part in (row["title"], row["abstract"], *row["authors"])
    )
    file = stock.library.stat().st_size
    yield Line("library file", _mb(file), f"text {_mb(text)}", file / text, "<= 2.0")


def memory(stock: Stock, _scale: Scale, seed: int) -> Iterator[Line]:
    """What stays in use after a hundred searches."""
    queries = "\n".join([probe.typed for probe in probes(stock.titles, 20, seed)][:100])
    for way in ("engine", "app"):
        command = [sys.executable, "-m", "tests.benchmarks.residents", way, str(stock.library)]
        done = subprocess.run(command, input=queries, capture_output=True, text=True, check=True)
        limit = "<= 300 MB" if stock.papers > 1000 else "<= 110 MB"
        yield Line(
            f"memory of the {way}", _mb(int(done.stdout)), wanted=limit if way == "app" else ""
        )


def starts(stock: Stock, scale: Scale, _seed: int) -> Iterator[Line]:
    """From a program's start to its first rows, or to its end."""
    ours = [sys.executable, "-m", "readinglist", "--library", str(stock.library)]
    first = _first_title(stock.library).split()[0]
    nothing: list[float] = []
    listed: list[float] = []
    helped: list[float] = []
    app: list[float] = []
    bare: list[float] = []
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # what is installed is compiled once
    _silently([*ours, "list", "--limit", "1"])
    baselines.until_it_shows(ours, first)
    for _ in range(scale.starts):
        nothing.append(baselines.python_itself())
        listed.append(seconds(lambda: _silently([*ours, "list", "--limit", "20"])))
        helped.append(seconds(lambda: _silently([*ours, "--help"])))
        bare.append(baselines.bare_app())
        app.append(baselines.until_it_shows(ours, first))
    for what, figures, beside, name, wanted in (
        ("first rows of the app", app, bare, "bare Textual", "<= 1.5"),
        ("list --limit 20", listed, nothing, "python -c pass", "<= 6"),
        ("--help", helped, nothing, "python -c pass", "<= 4"),
    ):
        figure, other = statistics.median(figures), statistics.median(beside)
        yield Line(what, _ms(figure), f"{name} {_ms(other)}", figure / other, wanted)


def _first_title(library: Path) -> str:
    with closing(open_file(library)) as connection:
        return Searcher(connection).run("", brief=True).rows(0, 1)[0].title


def _silently(command: Sequence[str]) -> None:
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)


def _recall(answers: Sequence[tuple[Probe, list[str]]]) -> float:
    return statistics.mean(probe.title in found for probe, found in answers)


def _rank(answers: Sequence[tuple[Probe, list[str]]]) -> float:
    return statistics.mean(
        1 / (found.index(probe.title) + 1) if probe.title in found else 0.0
        for probe, found in answers
    )


def _late(figures: Sequence[float]) -> float:
    return sorted(figures)[int(len(figures) * 0.95)]


def _ms(figure: float) -> str:
    return f"{figure * 1000:.1f} ms" if figure < 1 else f"{figure:.1f} s"


def _mb(figure: float) -> str:
    return f"{figure / 1e6:.1f} MB"


# From so many papers on: p95 of a keystroke beside fzf's median, recall, reciprocal rank.
_WANTED: Final = (
    (500_000, ("<= 0.05", ">= 0.93", ">= 0.89")),
    (50_000, ("<= 0.08", ">= 0.96", ">= 0.91")),
    (0, ("<= 0.75", ">= 0.99", ">= 0.97")),
)


def _limit(stock: Stock, which: int) -> str:
    return next(limits[which] for least, limits in _WANTED if stock.papers >= least)
