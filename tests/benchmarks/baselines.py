"""What our figures are held against, measured in the same run on the same papers."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

from rapidfuzz import process

from tests.benchmarks.stock import Stock


def seconds(action: Callable[[], object]) -> float:
    """How long something takes."""
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def python_itself() -> float:
    """An interpreter that does nothing."""
    return seconds(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True))


FZF: Final = shutil.which("fzf")


def fzf(stock: Stock, query: str) -> list[str]:
    """What fzf finds in the titles, best first; nothing where it is not installed."""
    if FZF is None:
        return []
    with stock.title_file.open("rb") as titles:
        found = subprocess.run([FZF, "--filter", query], stdin=titles, capture_output=True)
    return found.stdout.decode().splitlines()[:10]


def fzf_seconds(stock: Stock, query: str) -> float:
    """How long it takes, without the time that reading all its answers would."""
    with stock.title_file.open("rb") as titles:
        command = [FZF or "fzf", "--filter", query]
        return seconds(
            lambda: subprocess.run(command, stdin=titles, stdout=subprocess.DEVNULL, check=False)
        )


def like(library: Path, query: str) -> list[str]:
    """What SQLite finds without an index: titles with every word somewhere."""
    words = query.split()
    conditions = " AND ".join("title LIKE ?" for _ in words)
    with closing(sqlite3.connect(library)) as connection:
        found = connection.execute(
            f"SELECT title FROM paper WHERE {conditions} LIMIT 10", [f"%{word}%" for word in words]
        )
        return [row[0] for row in found]


def every_title(titles: Sequence[str], query: str) -> list[str]:
    """What comparing the query with every title finds."""
    return [str(found[0]) for found in process.extract(query, titles, limit=10)]


def until_it_shows(command: Sequence[str], sign: str, patience: float = 60) -> float:
    """How long a program in a terminal takes from its start to showing something."""
    import pty  # where there are terminals, and only there

    start = time.perf_counter()
    child, terminal = pty.fork()
    if child == 0:  # pragma: no cover (another process)
        os.environ.update(TERM="xterm-256color", COLUMNS="120", LINES="35")
        os.execvp(command[0], list(command))
    try:
        shown = b""
        for piece in _pieces(terminal, start + patience):
            shown += piece
            if sign.encode() in shown:
                return time.perf_counter() - start
    finally:
        os.kill(child, 9)
        os.waitpid(child, 0)
        os.close(terminal)
    raise TimeoutError(f"{' '.join(command)} has not shown {sign!r}")


def _pieces(terminal: int, end: float) -> Iterator[bytes]:
    import select

    while (left := end - time.perf_counter()) > 0:
        if select.select([terminal], [], [], left)[0]:
            try:
                yield os.read(terminal, 1 << 16)
            except OSError:
                return


def bare_app() -> float:
    """The first frame of a Textual app that does nothing."""
    app = Path(__file__).with_name("bare_app.py")
    return until_it_shows([sys.executable, str(app)], "ready")
