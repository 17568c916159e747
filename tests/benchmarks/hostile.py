"""How long it takes until something is answered to queries that nobody means well."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from functools import partial
from typing import Final

from readinglist.errors import QueryError
from readinglist.library.search.searcher import Searcher
from readinglist.library.storage.opening import open_file
from readinglist.tui.view import SOON
from tests.benchmarks import baselines
from tests.benchmarks.baselines import seconds
from tests.benchmarks.measures import Line, Scale
from tests.benchmarks.stock import Stock
from tests.library.hostile import QUERIES, Asked

_NOWHERE: Final = "zzqqx"  # no title has it, so that a scan goes through all of them
_PATIENT: Final = 8  # one of so many is also asked without a limit of time
_WANTED: Final = "<= 100 ms"


def hostile(stock: Stock, scale: Scale, _seed: int) -> Iterator[Line]:
    """The first answer as the app asks for it, and as `list --limit` does, beside a LIKE scan."""
    with closing(open_file(stock.library)) as connection:
        searcher = Searcher(connection)
        searcher.warm_up()
        scans = [seconds(partial(baselines.like, stock.library, _NOWHERE)) for _ in range(3)]
        scan = statistics.median(scans)
        asked = QUERIES[:: scale.hostile]
        typed = [(_answered(searcher, each), str(each)) for each in asked]
        listed = [(_listed(searcher, each), str(each)) for each in asked[::_PATIENT]]
    for name, taken in (("answered while typing", typed), ("listed by a command", listed)):
        taken.sort()
        late, (most, which) = taken[int(len(taken) * 0.95)][0], taken[-1]
        wanted = _WANTED if taken is typed else ""
        yield _line(f"hostile, {name}, p95 of {len(taken)}", late, scan, wanted)
        yield _line(f"and the worst: {which}".replace("|", "/"), most, scan, wanted)


def _answered(searcher: Searcher, asked: Asked) -> float:
    """Seconds that this process was busy: other programs make no query hostile."""
    start = time.process_time()
    searcher.run(
        asked.query, where=asked.where, sort=asked.sort, reverse=asked.reverse,
        lenient=True, brief=True, within=SOON,
    )  # fmt: skip
    return time.process_time() - start


def _listed(searcher: Searcher, asked: Asked) -> float:
    start = time.process_time()
    with suppress(QueryError):
        searcher.run(
            asked.query, where=asked.where, sort=asked.sort, reverse=asked.reverse, brief=True
        )
    return time.process_time() - start


def _line(what: str, taken: float, scan: float, wanted: str) -> Line:
    ours, beside = f"{taken * 1000:.1f} ms", f"LIKE {scan * 1000:.1f} ms"
    return Line(what, ours, beside, taken / scan, wanted)
