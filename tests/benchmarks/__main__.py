"""One table of figures: `python -m tests.benchmarks`, or `--quick` to see that it works.

The first run makes its papers and libraries, which takes some ten minutes for a million; they are
kept in the system's temporary folder, or where READINGLIST_BENCHMARKS says.
"""

from __future__ import annotations

import argparse
import os
import platform
from collections.abc import Callable, Iterator
from typing import Final

from tests.benchmarks import frames, hostile, imports, insights, long_lists, measures
from tests.benchmarks.measures import REPORTING, TUNING, Line, Scale
from tests.benchmarks.stock import Stock

_MEASURES: Final[dict[str, Callable[[Stock, Scale, int], Iterator[Line]]]] = {
    "keystrokes": measures.keystrokes,
    "recall": measures.remembered,
    "hostile": hostile.hostile,
    "size": measures.size,
    "memory": measures.memory,
    "starts": measures.starts,
    "frames": frames.frames,
    "lists": long_lists.long_lists,
    "insights": insights.insights,
    "import": imports.importing,
}
_QUICK: Final = Scale(queries=3, probes=4, slow=1, starts=1, imports=1, hostile=10)


def main() -> None:
    """Measure what is asked for, and print it as it comes."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--papers", type=int, nargs="+", default=[364, 100_000, 1_000_000])
    parser.add_argument("--only", nargs="+", choices=_MEASURES, default=list(_MEASURES))
    parser.add_argument("--tune", action="store_true", help="use the probes kept for tuning")
    parser.add_argument("--quick", action="store_true", help="few papers, few searches")
    options = parser.parse_args()
    scale = _QUICK if options.quick else Scale()
    sizes = [364, 2000] if options.quick else options.papers
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}\n")
    print("| papers | what | ours | beside | ratio | to be |\n|-:|:-|-:|:-|-:|-:|")
    for papers in sizes:
        stock = Stock(papers)
        for name in options.only:
            for line in _MEASURES[name](stock, scale, TUNING if options.tune else REPORTING):
                ratio = "" if line.ratio is None else f"{line.ratio:.3f}"
                cells = (papers, line.what, line.ours, line.beside, ratio, line.wanted)
                print(f"| {' | '.join(map(str, cells))} |", flush=True)


if __name__ == "__main__":
    main()
