"""Blocks of a long document read in another process, while this one writes those before."""

from __future__ import annotations

import json
import marshal
import os
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO, Final, NamedTuple

from readinglist.formats import Stream, read_block
from readinglist.formats.lines import Block
from readinglist.library.index.tally import Counts, Tally
from readinglist.library.intake.preparing import Prepared, prepare
from readinglist.records import Problem
from readinglist.stopping import checkpoint

_WORTH_IT: Final = 4 << 20  # bytes of a document; another process takes 0.1 s to begin
_AHEAD: Final = 4  # blocks under way
_ENOUGH: Final = 2  # of them, for the other process to be busy with
_PACE: Final = 0.05  # seconds between two looks at whether to stop
_PIPE: Final = 1 << 20  # bytes on their way, where the system lets us say so: most of an answer
_SIZE: Final = 8  # bytes in front of everything sent, that tell its size
_PROGRAM: Final = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]);"
    " from readinglist.library.intake.elsewhere import serve; serve()"
)
_FAULTS: Final = (OSError, EOFError, ValueError, TypeError)


class Lot(NamedTuple):
    """What some lines of a document say, prepared; `counts` are those of all its words."""

    prepared: list[Prepared]
    problems: Sequence[Problem] = ()
    counts: Counts | None = None


class Wanted(NamedTuple):
    """What is wanted of the next block: all that new papers need, and the counts of its words."""

    whole: bool
    counts: bool


def lots(document: Stream, wanted: Callable[[], Wanted]) -> Iterator[Lot]:
    """Read a document block by block, in their order; elsewhere if that is worth it."""
    with _other_process(worth_it=document.size >= _WORTH_IT) as other:
        if other is None:
            yield from (_lot(document.kind, block, wanted()) for block in document.blocks)
            return
        under_way: deque[Block | Lot] = deque()

        def first() -> Lot:
            lot = under_way.popleft()
            if isinstance(lot, Block):
                lot = other.answer() or _lot(document.kind, lot, wanted())
            return lot

        for block in document.blocks:
            if other.is_behind:
                under_way.append(_lot(document.kind, block, wanted()))  # rather than wait
            else:
                other.ask(document.kind, block, wanted())
                under_way.append(block)
            if len(under_way) == _AHEAD:
                yield first()
        while under_way:
            yield first()


def _lot(kind: str, block: Block, wanted: Wanted) -> Lot:
    part = read_block(kind, block)
    prepared = prepare(part.records, whole=wanted.whole)
    counts = _counts(prepared) if wanted.whole and wanted.counts else None
    return Lot(prepared, part.problems, counts)


def _counts(prepared: Iterable[Prepared]) -> Counts:
    tally = Tally()
    for each in prepared:
        *front, whole = each.words
        tally.put_in(" ".join(front), whole)
    return tally.counts


def _packed(lot: Lot) -> bytes:
    problems = list(map(tuple, lot.problems))
    return marshal.dumps((list(map(tuple, lot.prepared)), problems, lot.counts))


def _unpacked(data: bytes) -> Lot:
    prepared, problems, counts = marshal.loads(data)  # noqa: S302 (our own process)
    return Lot(
        list(map(Prepared._make, prepared)), [Problem(*problem) for problem in problems], counts
    )


class _Other:
    """The other process; if it fails, it has no answers, and nothing is lost.

    Two threads fill and empty the pipes: a full one would hold up both sides.
    """

    def __init__(self, asked: IO[bytes], told: IO[bytes]) -> None:
        self._asked = asked
        self._told = told
        self._questions: SimpleQueue[bytes] = SimpleQueue()
        self._answers: SimpleQueue[bytes] = SimpleQueue()
        self._ended = False
        self._asked_for = 0  # blocks that are not answered yet
        self._threads = [Thread(target=each, daemon=True) for each in (self._talk, self._listen)]
        for thread in self._threads:
            thread.start()

    def ask(self, kind: str, block: Block, wanted: Wanted) -> None:
        """Give it a block to read."""
        self._asked_for += 1
        self._questions.put(marshal.dumps((kind, tuple(block), tuple(wanted))))

    @property
    def is_behind(self) -> bool:
        """Whether it has enough to do, and nothing is done."""
        return self._asked_for >= _ENOUGH and self._answers.empty() and not self._ended

    def answer(self) -> Lot | None:
        """What it makes of the first block that is not answered; None once it has ended."""
        self._asked_for -= 1
        while not self._ended:
            checkpoint()
            with suppress(Empty):
                found = self._answers.get(timeout=_PACE)
                self._ended = not found
                return _unpacked(found) if found else None
        return None

    def _talk(self) -> None:
        with suppress(*_FAULTS):
            while question := self._questions.get():
                _send(question, self._asked)

    def _listen(self) -> None:
        with suppress(*_FAULTS):
            while answer := _receive(self._told):
                self._answers.put(answer)
        self._answers.put(b"")

    def end(self) -> None:
        """Let go of it, once it has ended."""
        self._questions.put(b"")
        for thread in self._threads:
            thread.join()
        with suppress(OSError):
            self._asked.close()


def _send(data: bytes, pipe: IO[bytes]) -> None:
    pipe.write(len(data).to_bytes(_SIZE, "big") + data)
    pipe.flush()


def _receive(pipe: IO[bytes]) -> bytes:
    """What was sent; nothing at the end."""
    size = int.from_bytes(pipe.read(_SIZE), "big")
    data = pipe.read(size)
    return data if len(data) == size else b""


@contextmanager
def _other_process(*, worth_it: bool) -> Iterator[_Other | None]:
    """Begin another process, and end it; None if there is none."""
    process = _begun() if worth_it else None
    if process is None:
        yield None
        return
    with process:
        assert process.stdin is not None  # noqa: S101 (tells the type checker)
        assert process.stdout is not None  # noqa: S101 (so does this)
        other = _Other(process.stdin, process.stdout)
        try:
            yield other
        finally:
            process.kill()
            other.end()


def _begun() -> subprocess.Popen[bytes] | None:
    if (os.cpu_count() or 1) < 2 or getattr(sys, "frozen", False):
        return None  # nothing to gain, or no Python to be had
    command = [sys.executable, "-c", _PROGRAM, json.dumps(sys.path)]
    try:
        return subprocess.Popen(  # noqa: S603 (this program)
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            pipesize=_PIPE,
        )
    except OSError:
        return None


def serve() -> None:
    """Be the other process: read blocks until there are no more. ctrl+c is not for it."""
    import gc
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()  # nothing here goes in circles
    with suppress(*_FAULTS):
        while question := _receive(sys.stdin.buffer):
            kind, block, wanted = marshal.loads(question)  # noqa: S302 (who started us)
            _send(_packed(_lot(kind, Block(*block), Wanted(*wanted))), sys.stdout.buffer)
