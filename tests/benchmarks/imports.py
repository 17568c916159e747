"""How fast papers come in, beside SQLite alone: `python -m tests.benchmarks.imports --papers N`.

Each import is a program of its own, so that what it needs of memory can be told, with that of the
process that it begins. It opens a library, imports, and closes it, as SQLite alone does beside it
with rows that are ready: neither writes anything that it does not bring to the disk. The two take
turns, and the least time of each counts, so that other programs disturb them alike.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from itertools import islice
from pathlib import Path
from threading import Event, Thread
from typing import Final, NamedTuple

from tests.benchmarks.baselines import seconds
from tests.benchmarks.measures import Line, Scale
from tests.benchmarks.papers import Author
from tests.benchmarks.stock import Stock

_MORE: Final = 100_000  # papers that come to those of a large library
_LARGE: Final = 500_000
_TURNS: Final = 2
_GLANCE: Final = 0.1  # seconds
_OTHERS: Final = 2  # the seed of papers that are not in the stock
_COLUMNS: Final = ("title", "abstract", "authors", "year")


class Run(NamedTuple):
    """What one import took: seconds, and bytes of memory at most."""

    seconds: float
    memory: int


def importing(stock: Stock, scale: Scale, _seed: int) -> Iterator[Line]:
    """One document into an empty library, again, and others into a full one."""
    with tempfile.TemporaryDirectory() as folder:
        library, document = Path(folder, "library.sqlite3"), Path(folder, "papers.jsonl")
        document.write_text("".join(stock_lines(stock)), encoding="utf-8")
        times = scale.imports if stock.papers < _LARGE else 1
        turns = [_turn(stock, Path(folder), document) for _ in range(times)]
        beside = min(bare for bare, _ in turns)
        first = min(ours for _, ours in turns)
        unchanged = min(run(library, document) for _ in range(times))
        merged = min(_as_another(document, library) for _ in range(times))
        once, again = ("<= 2.5", "<= 0.33") if stock.papers >= _MORE else ("", "")
        yield _line("import", first, beside, "bare sqlite3", once)
        yield _line("the same document again", unchanged, first.seconds, "first", again)
        yield _line("the same papers in another one", merged, first.seconds, "first", again)
        few = Path(folder, "few.jsonl")
        few.write_text("".join(islice(stock_lines(stock), stock.papers // 10)), encoding="utf-8")
        small = run(Path(folder, "small.sqlite3"), few)
        ratio = first.memory / small.memory
        yield Line("memory of it", _mb(first.memory), f"a tenth {_mb(small.memory)}", ratio)
        if stock.papers >= _LARGE:
            library.unlink()
            yield _more(stock, Path(folder), few)


def _turn(stock: Stock, folder: Path, document: Path) -> tuple[float, Run]:
    """SQLite alone, then ours, each with nothing before it; the library of the last stays."""
    bare, library = folder / "bare.sqlite3", folder / "library.sqlite3"
    bare.unlink(missing_ok=True)
    library.unlink(missing_ok=True)
    return bare_import(stock, bare), run(library, document)


def _as_another(document: Path, library: Path) -> Run:
    """Import the same papers again, from a document that has a line more."""
    with document.open("a", encoding="utf-8") as file:
        file.write("\n")
    return run(library, document)


def _more(stock: Stock, folder: Path, document: Path) -> Line:
    """Import others into a library that is full, and compare that with an empty one."""
    others = islice(Author(stock.papers, _OTHERS).papers(), _MORE)
    with document.open("w", encoding="utf-8") as file:
        file.writelines(
            f"{json.dumps({name: getattr(record, name) for name in _COLUMNS})}\n"
            for record in others
        )
    turns = [_beside_empty(stock, folder, document) for _ in range(_TURNS)]
    alone, more = min(empty for empty, _ in turns), min(full for _, full in turns)
    beside = f"into an empty one {alone.seconds:.1f} s"
    ratio = alone.seconds / more.seconds
    return Line(f"{_MORE:,} more, their rate", f"{more.seconds:.1f} s", beside, ratio, ">= 0.5")


def _beside_empty(stock: Stock, folder: Path, document: Path) -> tuple[Run, Run]:
    """Import a document into an empty library, and into a copy of the stock's."""
    empty, full = folder / "empty.sqlite3", folder / "full.sqlite3"
    empty.unlink(missing_ok=True)
    shutil.copyfile(stock.library, full)
    return run(empty, document), run(full, document)


def stock_lines(stock: Stock) -> Iterator[str]:
    """The stock's documents as one."""
    return (f"{json.dumps(row)}\n" for row in stock.rows())


def bare_import(stock: Stock, path: Path) -> float:
    """Rows that are ready, into a table, and one index of the same text, by SQLite alone."""
    rows = [
        (row["title"], row["abstract"], json.dumps(row["authors"]), row["year"])
        for row in stock.rows()
    ]
    return seconds(lambda: _write(path, rows))


def _write(path: Path, rows: Iterable[tuple[str, str, str, int]]) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        connection.execute(
            "CREATE TABLE paper (id INTEGER PRIMARY KEY, title, abstract, authors, year)"
        )
        connection.executemany("INSERT INTO paper VALUES (NULL, ?, ?, ?, ?)", rows)
        connection.execute(
            "CREATE VIRTUAL TABLE words"
            " USING fts5(title, abstract, authors, content = 'paper', content_rowid = 'id')"
        )
        connection.execute("INSERT INTO words (words) VALUES ('rebuild')")
        connection.execute("COMMIT")


def run(library: Path, document: Path) -> Run:
    """Import a document in a program of its own."""
    command = [sys.executable, "-m", "tests.benchmarks.imports", "--one", library, document]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=True)
    return Run(*json.loads(done.stdout))


def one(library: Path, document: Path) -> Run:
    """Import a document here; what SQLModel takes to load is not counted, nor the daily backup."""
    from readinglist.importing import import_paths
    from readinglist.library import Library
    from readinglist.outcomes import Receipt

    with Library(library) as opened:
        opened.warm_up()
    outcomes: list[object] = []

    def work() -> None:
        with Library(library) as opened:
            outcomes.extend(import_paths(opened, [document]))

    with _watched() as others:
        taken = seconds(work)
    assert all(isinstance(outcome, Receipt) for outcome in outcomes), outcomes
    return Run(taken, _most_used() + sum(others.values()))


@contextmanager
def _watched() -> Iterator[dict[str, int]]:
    """The processes that this one begins, and the most bytes that each was seen to use."""
    seen: dict[str, int] = {}
    children = Path("/proc/self/task", str(os.getpid()), "children")
    done = Event()

    def watch() -> None:
        while not done.wait(_GLANCE):
            for child in children.read_text().split():
                with suppress(OSError):
                    seen[child] = _peak(Path("/proc", child, "status")) or seen.get(child, 0)

    watcher = Thread(target=watch) if children.exists() else Thread()
    watcher.start()
    try:
        yield seen
    finally:
        done.set()
        watcher.join()


def _most_used() -> int:
    """Bytes of memory in use at most; `getrusage` may tell those of the program before."""
    unit = 1 if sys.platform == "darwin" else 1024
    status = Path("/proc/self/status")
    known = _peak(status) if status.exists() else 0
    return known or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


def _peak(status: Path) -> int:
    """The most that Linux says a process has used; nothing of one that has ended."""
    lines = (line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return sum(int(line.split()[1]) * 1024 for line in lines)


def _line(what: str, ours: Run, beside: float, name: str, wanted: str) -> Line:
    ratio = ours.seconds / beside
    return Line(what, f"{ours.seconds:.2f} s", f"{name} {beside:.2f} s", ratio, wanted)


def _mb(count: int) -> str:
    return f"{count / 1e6:.0f} MB"


def main() -> None:
    """Measure imports alone."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.imports", description=__doc__)
    parser.add_argument("--papers", type=int, default=100_000)
    parser.add_argument("--one", type=Path, nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(one(*options.one)))
        return
    print("| what | ours | beside | ratio | to be |\n|:-|-:|-:|-:|-:|")
    for line in importing(Stock(options.papers), Scale(), 0):
        ratio = "" if line.ratio is None else f"{line.ratio:.2f}"
        print(
            f"| {line.what} | {line.ours} | {line.beside} | {ratio} | {line.wanted} |", flush=True
        )


if __name__ == "__main__":
    main()
