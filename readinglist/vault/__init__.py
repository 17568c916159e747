"""A folder of Markdown notes, one per paper, as Obsidian and Logseq keep them.

What stands in a note outside of our fields and sections is its owner's, and stays.
"""

from __future__ import annotations

from readinglist.vault.folder import Told, write

__all__ = ["Told", "write"]
