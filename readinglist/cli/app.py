"""The commands that open the app."""

from __future__ import annotations

import gc
import sys
from typing import TYPE_CHECKING

from readinglist.cli.command import Command, library_file
from readinglist.errors import ReadingListError
from readinglist.settings import load

if TYPE_CHECKING:
    from argparse import Namespace
    from pathlib import Path


def run_app(options: Namespace) -> int:
    """Open the app on the library that the options name, or on the user's."""
    return open_app(options.library, options.config)


def open_app(library: Path | None = None, config: Path | None = None) -> int:
    """Open the app on a library and with a config file, or on the user's."""
    _need_terminal("`readinglist list` and the other commands of `readinglist --help` need none.")
    gc.disable()  # until the first rows show; see `MainScreen`
    from readinglist.tui.app import run  # 170 ms with Textual behind it

    return run(library_file(library), load(config))


def _run_demo(options: Namespace) -> int:
    _need_terminal("The demo is the app itself; `readinglist --help` lists what needs none.")
    gc.disable()
    from readinglist.tui.app import run_demo  # 170 ms with Textual behind it

    return run_demo(load(options.config))


def _need_terminal(instead: str) -> None:
    """Refuse to draw where nobody sees it or could press a key: Textual would hang there."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if stream is None or not stream.isatty():
            raise ReadingListError("The app needs a terminal.", hint=instead)


COMMANDS = {
    "demo": Command(
        _run_demo,
        examples=("readinglist demo",),
    ),
}
