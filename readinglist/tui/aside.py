"""Questions to the library that the screen does not wait for; only the newest answer counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Lock

from textual.message import Message
from textual.screen import Screen

from readinglist.errors import ReadingListError
from readinglist.library import Library
from readinglist.stopping import Stopped, stoppable

# Asks a library, and yields what the screen is to be told, piece by piece.
Question = Callable[[Library], Iterator[Message]]


class Aside:
    """The library as a second reader, in a thread: what is asked there holds nothing up.

    A newer question of the same kind stops an older one wherever that is.
    """

    class Failed(Message, namespace="aside"):
        """The library could not answer."""

        def __init__(self, error: ReadingListError) -> None:
            super().__init__()
            self.error = error

    def __init__(self, screen: Screen[None], path: Path) -> None:
        self._screen = screen
        self._path = path
        self._library: Library | None = None
        self._reading = Lock()  # held while the library is in use
        self._asking = Lock()  # held while what follows is changed
        self._questions: dict[str, tuple[int, Question]] = {}  # by kind, the oldest first
        self._is_at_work = False
        self._newest: Counter[str] = Counter()
        self._closed = False

    def ask(self, kind: str, question: Question) -> None:
        """Ask, in place of whatever of this kind was asked before."""
        self.forget(kind)
        with self._asking:
            self._questions[kind] = (self._newest[kind], question)
            begin = not self._is_at_work
            self._is_at_work = True
        if begin:
            self._screen.run_worker(self._work, thread=True, group="aside")

    def forget(self, kind: str) -> None:
        """Want no answer to what was asked before."""
        self._newest[kind] += 1
        with self._asking:
            self._questions.pop(kind, None)

    def close(self) -> None:
        """Stop, and close the file."""
        self._closed = True
        with self._reading:
            if self._library is not None:
                self._library.close()

    def _work(self) -> None:
        """Answer one question after the other until there are none."""
        while True:
            with self._asking:
                if not self._questions:
                    self._is_at_work = False
                    return
                kind = next(iter(self._questions))
                number, question = self._questions.pop(kind)
            self._answer(kind, number, question)

    def _answer(self, kind: str, number: int, question: Question) -> None:
        def is_stale() -> bool:
            return self._closed or self._newest[kind] != number

        with self._reading, stoppable(is_stale):
            if is_stale():
                return
            try:
                self._tell(question, is_stale)
            except Stopped:
                pass
            except ReadingListError as error:
                if not is_stale():
                    self._screen.post_message(self.Failed(error))

    def _tell(self, question: Question, is_stale: Callable[[], bool]) -> None:
        if self._library is None:
            self._library = Library(self._path)
        for message in question(self._library):
            if is_stale():
                return
            self._screen.post_message(message)
