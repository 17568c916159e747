"""Doing what the export dialog has answered; it may take a while, so in a thread."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from readinglist.export import write_atomically
from readinglist.library import Library
from readinglist.tui.export_preview import NOTES, Draft, chunks, entries
from readinglist.tui.screens.export_choice import ExportChoice
from readinglist.tui.typed_paths import from_home


def write(library: Path, choice: ExportChoice, ids: Sequence[int]) -> str:
    """Write a file or the notes of a folder, and say what was done."""
    with Library(library) as opened:
        opened.pin_keys(ids)
        papers = entries(opened, ids)
        where = from_home(str(choice.path))
        what = f"Exported {'1 paper' if len(ids) == 1 else f'{len(ids):,} papers'} to {where}"
        if choice.format != NOTES:
            text = chunks(_draft(choice), papers)
            write_atomically(choice.path, text, force=choice.force, never=opened.files)
            return f"{what}."
        from readinglist import vault

        told = vault.write(choice.path, papers, never=opened.files)
        left = f"Left as they were: {' '.join(map(str, told.left))}" if told.left else ""
        return " ".join(filter(None, (f"{what}: {told.numbers()}.", told.remark(), left)))


def text_of(library: Path, choice: ExportChoice, ids: Sequence[int]) -> str:
    """What would be in the file."""
    with Library(library) as opened:
        opened.pin_keys(ids)
        return "".join(chunks(_draft(choice), entries(opened, ids)))


def _draft(choice: ExportChoice) -> Draft:
    return Draft(choice.scope, choice.format, tuple(choice.options.items()))
