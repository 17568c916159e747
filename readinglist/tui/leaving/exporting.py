"""Doing what the export dialog has answered; it may take a while, so in a thread."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from readinglist import vault
from readinglist.export import write_atomically
from readinglist.handing_out import HandedOut
from readinglist.library import Library
from readinglist.records import Entry
from readinglist.tui.leaving.export_preview import NOTES, chunks, entries
from readinglist.tui.long_work import LongWork, Stage
from readinglist.tui.screens.export_choice import ExportChoice
from readinglist.tui.typed_paths import from_home


class Exporting(LongWork):
    """Writes a file or the notes of a folder, or makes the `text` to copy.

    `said` is what was done.
    """

    title = "Exporting"

    def __init__(self, library: Path, choice: ExportChoice, ids: Sequence[int]) -> None:
        super().__init__()
        self._library = library
        self._choice = choice
        self._ids = ids
        self._what = "1 paper" if len(ids) == 1 else f"{len(ids):,} papers"
        self.text = ""
        self.said = ""

    def work(self) -> None:
        """Do it; a file is written whole or not at all."""
        with Library(self._library) as library:
            out = HandedOut(library)
            papers = self._counted(out.watched(entries(library, self._ids)))
            if self._choice.copied:
                self.text = "".join(out.pinned(chunks(self._choice.draft, papers)))
                return
            do = self._write_notes if self._choice.format == NOTES else self._write_file
            where = from_home(str(self._choice.path))
            self.said = f"Exported {self._what} to {where}{do(out, papers)} {out.trouble}".rstrip()

    def copied(self, way: str) -> str:
        """What was done, once the text has been copied."""
        return f"Copied {self._what} to the {way}."

    def _write_file(self, out: HandedOut, papers: Iterator[Entry]) -> str:
        text = out.pinned(chunks(self._choice.draft, papers))
        force, seen = self._choice.force, self._choice.seen
        write_atomically(self._choice.path, text, force=force, never=out.never, seen=seen)
        return "."

    def _write_notes(self, out: HandedOut, papers: Iterator[Entry]) -> str:
        with out.piecemeal():
            told = vault.write(self._choice.path, papers, never=out.never)
        left = f"Left as they were: {' '.join(map(str, told.left))}" if told.left else ""
        return " ".join(filter(None, (f": {told.numbers()}.", told.remark(), left)))

    def _counted(self, papers: Iterable[Entry]) -> Iterator[Entry]:
        """Pass papers on, and tell how many have passed."""
        for number, paper in enumerate(papers):
            counts = f"{number:,} of {self._what}"
            self.stage = Stage(number / len(self._ids), self._choice.path.name, counts)
            yield paper
        self.stage = Stage(1.0, self._choice.path.name, self._what)
