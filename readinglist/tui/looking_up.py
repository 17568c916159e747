"""A lookup in the app: in a thread of its own, counted, and stopped when that is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from readinglist.errors import OffLine
from readinglist.findings import Filled
from readinglist.library import Library
from readinglist.lookup.asking import Asker
from readinglist.lookup.choosing import chosen
from readinglist.lookup.looking import Looked, Progress, look_up, still_meant
from readinglist.lookup.provider import Provider
from readinglist.lookup.settings import LookupSettings
from readinglist.stopping import to_the_end
from readinglist.tui.long_work import LongWork, Stage


class LookingUp(LongWork):
    """Asks a provider about papers, and writes what it found, all of it as one change.

    Papers that wait for this provider are asked about too. With `refresh`, it brings up to date
    what lookups wrote, with `others` those at other providers too, and else fills in what lacks.
    """

    title = "Looking up"
    stage = Stage(0.0, "Asking")

    def __init__(
        self,
        library: Path,
        papers: Sequence[int],
        provider: Provider,
        settings: LookupSettings,
        folder: Path,
        *,
        refresh: bool = False,
        others: bool = False,
    ) -> None:
        super().__init__()
        self._library = library
        self._papers = tuple(papers)
        self.settings = settings
        self.folder = folder
        self._refresh = refresh
        self._others = others
        self.provider = provider
        self.asked = 0
        self.looked: Looked | None = None
        self.filled: Filled | None = None

    def work(self) -> None:
        """Ask and write; what was found before it was stopped is written too."""
        with Library(self._library) as library:
            which = {"refresh": self._refresh, "others": self._others}
            papers = chosen(library, self._papers, self.provider.name, **which)
            self.asked = len(papers)
            with Asker(
                self.provider, self.settings, folder=self.folder, fresh=self._refresh
            ) as asker:
                asked = library.entries(papers)
                self.looked = look_up(asked, asker, self._reach)
            with to_the_end():
                findings = still_meant(self.looked, asked, library.entries(papers))
                self.filled = library.fill_in(findings, **which)
                waiting = {*library.awaited(self.provider.name)} & {*papers} - {*self.looked.left}
                if waiting:
                    library.await_no_more(waiting, self.provider.name)

    @property
    def to_queue(self) -> list[int]:
        """The papers that were not asked about because nobody could be reached."""
        if self.looked is None or not isinstance(self.looked.error, OffLine):
            return []
        return self.looked.left

    def _reach(self, progress: Progress) -> None:
        papers = f"{progress.done:,} of {progress.papers:,}"
        share = progress.done / (progress.papers or 1)
        self.stage = Stage(
            share, f"Asking {self.provider.label}: {papers}", progress.requests_shown
        )
