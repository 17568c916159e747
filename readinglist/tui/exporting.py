"""Doing what the export dialog has answered; it may take a while, so in a thread."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from readinglist import vault
from readinglist.export import write_atomically
from readinglist.handing_out import HandedOut
from readinglist.library import Library
from readinglist.records import Entry
from readinglist.tui.export_preview import NOTES, Draft, chunks, entries
from readinglist.tui.screens.export_choice import ExportChoice
from readinglist.tui.typed_paths import from_home


def write(library: Path, choice: ExportChoice, ids: Sequence[int]) -> str:
    """Write a file or the notes of a folder, and say what was done."""
    with Library(library) as opened:
        out = HandedOut(opened)
        papers = out.watched(entries(opened, ids))
        what = "1 paper" if len(ids) == 1 else f"{len(ids):,} papers"
        do = _write_notes if choice.format == NOTES else _write_file
        said = f"Exported {what} to {from_home(str(choice.path))}{do(choice, out, papers)}"
        return f"{said} {out.trouble}".rstrip()


def _write_file(choice: ExportChoice, out: HandedOut, papers: Iterator[Entry]) -> str:
    text = out.pinned(chunks(_draft(choice), papers))
    write_atomically(choice.path, text, force=choice.force, never=out.never)
    return "."


def _write_notes(choice: ExportChoice, out: HandedOut, papers: Iterator[Entry]) -> str:
    with out.piecemeal():
        told = vault.write(choice.path, papers, never=out.never)
    left = f"Left as they were: {' '.join(map(str, told.left))}" if told.left else ""
    return " ".join(filter(None, (f": {told.numbers()}.", told.remark(), left)))


def text_of(library: Path, choice: ExportChoice, ids: Sequence[int]) -> str:
    """What would be in the file."""
    with Library(library) as opened:
        out = HandedOut(opened)
        papers = out.watched(entries(opened, ids))
        return "".join(out.pinned(chunks(_draft(choice), papers)))


def _draft(choice: ExportChoice) -> Draft:
    return Draft(choice.scope, choice.format, tuple(choice.options.items()))
