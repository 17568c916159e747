"""How much memory stays in use after a hundred searches: run as a program of its own.

python -m tests.benchmarks.residents engine|app LIBRARY < QUERIES
"""

from __future__ import annotations

import asyncio
import resource
import sys
from collections.abc import Callable
from pathlib import Path


def engine(path: Path, queries: list[str]) -> None:
    """Search as the app does, without it."""
    from readinglist.library.search.searcher import Searcher
    from readinglist.library.storage.opening import open_file

    searcher = Searcher(open_file(path))
    for query in queries:
        searcher.run(query, lenient=True, brief=True).extended().rows(0, 40)


def app(path: Path, queries: list[str]) -> None:
    """Type each query into the app."""
    asyncio.run(_type(path, queries))


async def _type(path: Path, queries: list[str]) -> None:
    from textual.widgets import Input

    from readinglist.tui.app import ReadingListApp

    running = ReadingListApp(path)
    async with running.run_test(size=(120, 35)) as pilot:
        await pilot.press("slash")
        for query in queries:
            running.screen.query_one(Input).value = query
            await pilot.pause()
        await pilot.pause(1)


def resident() -> int:
    """Bytes in use now, or where the system does not tell, at most so far."""
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = (at for at in status.read_text().splitlines() if at.startswith("VmRSS"))
        return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


_WAYS: dict[str, Callable[[Path, list[str]], None]] = {"engine": engine, "app": app}

if __name__ == "__main__":
    way, library = sys.argv[1:]
    _WAYS[way](Path(library), sys.stdin.read().splitlines())
    print(resident())
