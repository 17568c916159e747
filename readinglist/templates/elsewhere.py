"""The process that fills in a template, seen from the one that waits for it."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from queue import Empty, Full, Queue
from threading import Event, Thread
from typing import IO, Any, Final

from readinglist.stopping import checkpoint
from readinglist.templates.memory import Watch

MEMORY: Final = 1 << 30  # bytes that a template may need beside what the papers take
_PATIENCE: Final = 20.0  # seconds without a word
_PACE: Final = 0.05  # seconds between two looks at whether to stop
_AHEAD: Final = 16  # lines of an answer that wait to be taken
_PROGRAM: Final = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]);"
    " from readinglist.templates.filling import serve; serve()"
)


class Wrong(Exception):
    """A template does not work: in which line, or 0, and why."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason


class Filling:
    """A template that is being filled in; each line of what is sent and answered is JSON."""

    def __init__(self, source: str, papers: Iterable[dict[str, Any]]) -> None:
        self._source = source
        self._papers = papers

    def pieces(self) -> Iterator[str]:
        """What it comes to; `Wrong` if it does not work, or takes too long."""
        with _other_process() as (number, asked, told):
            with suppress(BrokenPipeError):  # then it says why, or that it ended
                for each in (self._source, *self._papers, None):
                    checkpoint()
                    asked.write(json.dumps(each).encode() + b"\n")
                asked.flush()
            for line in _lines(told, Watch(number, MEMORY)):
                answer = json.loads(line)
                if isinstance(answer, str):
                    yield answer
                elif answer is None:
                    return
                else:
                    raise Wrong(*answer)
        raise Wrong(0, "it was ended by the system; it may need too much memory")


def _lines(told: IO[bytes], watch: Watch) -> Iterator[bytes]:
    """Lines as they come; a thread waits for them, for this one must be able to stop.

    It also looks at the other's memory, which not every system keeps within a limit by itself.
    """
    lines: Queue[bytes] = Queue(_AHEAD)
    over = Event()

    def listen() -> None:
        with suppress(OSError, ValueError):
            for line in told:
                while not over.is_set():
                    with suppress(Full):
                        lines.put(line, timeout=_PACE)
                        break
        over.set()

    Thread(target=listen, daemon=True).start()
    until = time.monotonic() + _PATIENCE
    try:
        while not over.is_set() or not lines.empty():
            checkpoint()
            with suppress(Empty):
                yield lines.get(timeout=_PACE)
                until = time.monotonic() + _PATIENCE
            if watch.is_too_much():
                raise Wrong(0, f"it needs more than {MEMORY >> 30} GB of memory")
            if time.monotonic() > until:
                raise Wrong(0, f"it works for more than {_PATIENCE:.0f} seconds without a word")
    finally:
        over.set()


@contextmanager
def _other_process() -> Iterator[tuple[int, IO[bytes], IO[bytes]]]:
    """Begin a process; however this ends, it ends with it."""
    command = [sys.executable, "-c", _PROGRAM, json.dumps(sys.path)]
    try:
        process = subprocess.Popen(  # noqa: S603 (this program)
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
    except OSError as error:
        raise Wrong(0, f"no process can be begun for it: {error.strerror}") from error
    assert process.stdin is not None  # noqa: S101 (tells the type checker)
    assert process.stdout is not None  # noqa: S101 (so does this)
    try:
        yield process.pid, process.stdin, process.stdout
    finally:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            with suppress(OSError):
                pipe.close()
