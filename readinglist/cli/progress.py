"""What shows on a terminal while an import runs, and ctrl+c, which ends it in good order."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from time import monotonic
from types import FrameType
from typing import TYPE_CHECKING

from readinglist.cli.measure import columns, fit
from readinglist.text import clean_line

if TYPE_CHECKING:
    from readinglist.importing import Progress

_PATIENCE = 0.3  # seconds until there is a bar at all
_PACE = 0.1  # seconds between two drawings
_WIDTH = 24  # cells of the bar itself
_ERASE = "\r\x1b[K"


class Bar:
    """One line on stderr that counts documents and bytes; none where nobody looks."""

    def __init__(self) -> None:
        self._wanted = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._due = monotonic() + _PATIENCE
        self._text = ""
        self._drawn = False

    def reach(self, progress: Progress) -> None:
        """Count the documents up to this one."""
        self._text = _line(progress)
        self.tick()

    def say(self, text: str) -> None:
        """Tell what is being done instead of reading documents."""
        self._text = f"{_signs()[0] * _WIDTH} {text}"
        self.tick()

    def fill(self, share: float, text: str) -> None:
        """Tell how far other work is, from 0 to 1."""
        done, left = _signs()
        full = round(_WIDTH * share)
        self._text = f"{done * full}{left * (_WIDTH - full)} {text}"
        self.tick()

    def tick(self) -> None:
        """Draw the bar, if it is time to."""
        if self._wanted and self._text and monotonic() >= self._due:
            self._due = monotonic() + _PACE
            room = columns() - 1
            self._write(f"{_ERASE}{fit(self._text, room)}")
            self._drawn = True

    def clear(self) -> None:
        """Make room for other lines."""
        if self._drawn:
            self._write(_ERASE)
            self._drawn = False

    def _write(self, text: str) -> None:
        with suppress(OSError):
            sys.stderr.write(text)
            sys.stderr.flush()


def _line(progress: Progress) -> str:
    done, left = _signs()
    full = round(_WIDTH * progress.read / (progress.size or 1))
    bar = done * full + left * (_WIDTH - full)
    documents = f"{progress.done} of {progress.documents} documents"
    size = f"{_megabytes(progress.read)} of {_megabytes(progress.size)} MB"
    return f"{bar} {documents}, {size}  {clean_line(progress.path.name)}"


def _signs() -> tuple[str, str]:
    try:
        "━─…".encode(sys.stderr.encoding)
    except (LookupError, UnicodeEncodeError):
        return "#", "-"
    return "━", "─"


def _megabytes(count: int) -> str:
    return f"{count / 1e6:.1f}"


@contextmanager
def interruptible() -> Iterator[Callable[[], bool]]:
    """Yield what says whether ctrl+c was pressed; pressed again, it interrupts at once."""
    asked = threading.Event()

    def take(number: int, frame: FrameType | None) -> None:
        if asked.is_set():
            signal.default_int_handler(number, frame)
        asked.set()

    usual = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if not usual or threading.current_thread() is not threading.main_thread():
        yield asked.is_set  # whoever started us said that ctrl+c is not for us
        return
    before = signal.signal(signal.SIGINT, take)
    try:
        yield asked.is_set
    finally:
        signal.signal(signal.SIGINT, before)
