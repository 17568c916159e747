"""Taking turns with a provider: one request after another, never sooner than it wants.

All programs of one user take turns together: a file that is locked for the time of a request
says, by when it was last changed, when the last one began.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, Protocol

from readinglist.stopping import checkpoint

_SLICE: Final = 0.1  # seconds between two looks at whether to stop
_SPARE: Final = 0.07  # seconds more than asked for: the next request may be on the way less long


class Clock(Protocol):
    """Tells the time in seconds since 1970, and waits."""

    def now(self) -> float:
        """The time."""

    def sleep(self, seconds: float) -> None:
        """Wait; `Stopped` if the work is stopped meanwhile."""


class RealClock:
    """The time of this machine."""

    def now(self) -> float:
        """The time."""
        return time.time()

    def sleep(self, seconds: float) -> None:
        """Wait in small steps."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            checkpoint()
            time.sleep(min(left, _SLICE))


class Turns:
    """The turns at one provider, with `gap` seconds at least from one request to the next.

    Without a place for the file, or where it cannot be written, only this object's own count.
    """

    def __init__(self, place: Path | None, gap: float, clock: Clock) -> None:
        self._place = place
        self._gap = gap + _SPARE if gap else 0.0
        self._clock = clock
        self._last = 0.0

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait until it is this program's turn, which lasts as long as what is done inside."""
        with self._alone() as place:
            since = self._clock.now() - max(self._last, _changed(place))
            if 0 <= since < self._gap:
                self._clock.sleep(self._gap - since)
            self._last = self._clock.now()
            if place is not None:
                with suppress(OSError):
                    os.utime(place, (self._last, self._last))
            yield

    @contextmanager
    def _alone(self) -> Iterator[Path | None]:
        """Keep the other programs of this user waiting; None if there is no file for that."""
        file: int | None = None
        if self._place is not None:
            with suppress(OSError):
                file = _open(self._place)
        if file is None:
            yield None
            return
        try:
            while not _lock(file):
                checkpoint()
                time.sleep(_SLICE)
            yield self._place
        finally:
            os.close(file)  # and with it goes the lock


def _open(place: Path) -> int:
    """Open the file; a new one says that nothing was ever asked."""
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        file = os.open(place, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return os.open(place, os.O_RDWR)
    os.utime(place, (0, 0))
    return file


def _changed(place: Path | None) -> float:
    try:
        return place.stat().st_mtime if place is not None else 0.0
    except OSError:
        return 0.0


def _lock(file: int) -> bool:
    """Lock a file, unless another program has; where that is not known, it counts as locked."""
    try:
        import fcntl
    except ImportError:  # Windows: programs do not wait for each other there
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
