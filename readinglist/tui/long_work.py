"""Work that may take a while: done in a thread, counted, and stopped when that is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from time import monotonic, sleep
from typing import Generic, TypeVar

from readinglist.errors import LibraryBusy, ReadingListError
from readinglist.importing import MOST_COMPARED, Failure, Progress, import_paths
from readinglist.library import Library
from readinglist.outcomes import Receipt
from readinglist.stopping import Stopped, checkpoint, stoppable
from readinglist.tui.looks.cells import one_line
from readinglist.tui.outcome import Outcome, of_import
from readinglist.tui.patience import EVERY, LIMIT, explained

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Stage:
    """How far work has come: a share from 0 to 1 if that is known, and words for it."""

    share: float | None
    what: str
    counts: str = ""


class LongWork:
    """Base of such work: `work` runs in a thread of its own, everything else may be asked there."""

    title = ""
    stage = Stage(None, "")

    def __init__(self) -> None:
        self._stop = Event()
        self.stopped = False
        self.error: ReadingListError | None = None

    def stop(self) -> None:
        """End it soon; what it has begun and not finished is undone."""
        self._stop.set()

    @property
    def stopping(self) -> bool:
        """Whether it was asked to end."""
        return self._stop.is_set()

    def run(self) -> None:
        """Do it; how it ended is known afterwards."""
        try:
            with stoppable(self._stop.is_set):
                self.work()
        except Stopped:
            self.stopped = True
        except ReadingListError as error:
            self.error = error

    def work(self) -> None:
        """Do it, or raise `Stopped` or `ReadingListError`."""
        raise NotImplementedError


class Writing(LongWork, Generic[Result]):
    """Writes to very many papers, all or none of them, as soon as no other program is writing."""

    title = "Saving"

    def __init__(self, what: str, act: Callable[[], Result]) -> None:
        super().__init__()
        self.stage = Stage(None, f"{what[:1].upper()}{what[1:]}")
        self._act = act
        self.results: list[Result] = []
        """What came of it, once it is saved."""

    def work(self) -> None:
        """Write, trying again while it may be waited for."""
        until = monotonic() + LIMIT
        while not self.results:
            try:
                self.results.append(self._act())
            except LibraryBusy:
                if monotonic() > until:
                    raise
                checkpoint()
                sleep(EVERY)
            except OSError as error:
                raise explained(error) from error


class Comparing(LongWork):
    """Looks for papers that may be the same as another."""

    title = "Duplicates"
    stage = Stage(None, "Comparing the papers that have come since the last time")

    def __init__(self, library: Path) -> None:
        super().__init__()
        self._library = library
        self.pairs = 0

    def work(self) -> None:
        """Compare the papers that have not been compared."""
        with Library(self._library) as library:
            self.compare(library)

    def compare(self, library: Library) -> None:
        """Compare, and say so."""
        self.stage = Stage(self.stage.share, "Comparing the new papers with the others")
        self.pairs = library.compare(self._stop.is_set)


class Importing(Comparing):
    """Reads documents into the library, then compares what is new."""

    title = "Importing"
    stage = Stage(0.0, "Looking at what is there")

    def __init__(self, library: Path, paths: Sequence[Path]) -> None:
        super().__init__(library)
        self.paths = tuple(paths)
        self.receipts: list[Receipt] = []
        self.failures: list[Failure] = []
        self.documents = 0
        self.uncompared = 0  # new papers that are too many to compare them by the way
        self.outcome: Outcome | None = None

    def run(self) -> None:
        """Import, and put together what came of it, also if it was stopped."""
        super().run()
        if not self.receipts and not self.failures:
            return
        try:
            with Library(self._library) as library:
                self.outcome = of_import(library, self.receipts, self.failures, self.pairs)
        except ReadingListError as error:
            self.error = self.error or error

    def work(self) -> None:
        """Import each document, all or nothing."""
        with Library(self._library) as library:
            for outcome in import_paths(library, self.paths, tell=self._reach):
                if isinstance(outcome, Failure):
                    self.failures.append(outcome)
                else:
                    self.receipts.append(outcome)
            self.uncompared = sum(receipt.new for receipt in self.receipts)
            if 0 < self.uncompared <= MOST_COMPARED:
                self.compare(library)
                self.uncompared = 0

    def _reach(self, progress: Progress) -> None:
        self.documents = progress.documents
        share = progress.read / (progress.size or 1)
        counts = f"{_megabytes(progress.size)} MB"
        if progress.documents > 1:
            documents = f"{progress.done:,} of {progress.documents:,} documents"
            counts = f"{documents} · {_megabytes(progress.read)} of {counts}"
        elif progress.read:
            counts = f"{_megabytes(progress.read)} of {counts}"
        self.stage = Stage(share, one_line(progress.path.name), counts)


def _megabytes(count: int) -> str:
    return f"{count / 1e6:,.1f}"
