"""A folder of Markdown notes, one per paper, as Obsidian and Logseq keep them.

What stands in a note outside of our fields and sections is its owner's, and stays.
"""

from __future__ import annotations

from readinglist.formats.carrying import Shortfall
from readinglist.vault import note
from readinglist.vault.folder import Told, write

__all__ = ["LABEL", "Told", "shortfall", "write"]

LABEL = "Folder of notes"


def shortfall() -> Shortfall:
    """What is to be watched of papers that get a note."""
    return Shortfall(LABEL, note.PLACE, cites=False)
