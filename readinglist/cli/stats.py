"""The command that shows how the reading goes."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from readinglist.cli.command import Command, add_json, open_library
from readinglist.cli.output import say, say_json

_WIDEST = 114  # cells


def _arguments(parser: ArgumentParser) -> None:
    add_json(parser, "all figures")


def _stats(options: Namespace) -> int:
    with open_library(options) as library:
        figures = library.statistics()
    if options.json:
        say_json(figures.to_json())
        return 0
    from readinglist.charts.drawing import ASCII, BLOCKS
    from readinglist.charts.page import page
    from readinglist.cli.measure import columns, fit, pad

    def cut(text: str, width: int) -> str:
        return pad(fit(text, width), width)

    signs = BLOCKS if (sys.stdout.encoding or "").lower().startswith("utf") else ASCII
    for line in page(figures, min(columns(), _WIDEST), cut, signs):
        say(*line)
    return 0


COMMANDS = {
    "stats": Command(_stats, _arguments, ("readinglist stats", "readinglist stats --json")),
}
