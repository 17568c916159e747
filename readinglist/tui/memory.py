"""What the app remembers between runs beside the library: panes, searches, the last export."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from readinglist.text import clean_line

_MOST_SEARCHES = 200
_LONGEST_SEARCH = 1000  # characters


class Memory:
    """A small private file that may be lost, damaged or of another version without harm.

    Without a file, nothing outlives the run. Of two apps that write, each keeps the other's words.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self.sizes: dict[str, int] = {}
        self.zoomed = False
        self.searches: list[str] = []
        self.export: dict[str, object] = {}
        self._read()

    def resize(self, pane: str, size: int) -> None:
        """Remember how wide a pane is."""
        self._read()
        self.sizes[pane] = size
        self._write()

    def zoom(self, zoomed: bool) -> None:
        """Remember whether one pane has the whole screen."""
        self._read()
        self.zoomed = zoomed
        self._write()

    def search(self, query: str) -> None:
        """Remember a search, the newest first and each once."""
        if not (query := query.strip()):
            return
        self._read()
        self.searches = [query, *(q for q in self.searches if q != query)][:_MOST_SEARCHES]
        self._write()

    def exported(self, choice: Mapping[str, object]) -> None:
        """Remember how papers were exported."""
        self._read()
        self.export = dict(choice)
        self._write()

    def _read(self) -> None:
        if self._file is None:
            return
        with suppress(OSError, ValueError, RecursionError):
            said = json.loads(self._file.read_text(encoding="utf-8"))
            if isinstance(said, dict):
                self.sizes = _sizes(said.get("panes"))
                self.zoomed = said.get("zoomed") is True
                self.searches = _searches(said.get("searches"))
                export = said.get("export")
                self.export = dict(export) if isinstance(export, dict) else {}

    def _write(self) -> None:
        """Write the file whole or not at all."""
        if self._file is None:
            return
        text = json.dumps(
            {
                "panes": self.sizes,
                "zoomed": self.zoomed,
                "searches": self.searches,
                "export": self.export,
            }
        )
        fresh = self._file.with_name(f".{self._file.name}.{os.getpid()}")
        with suppress(OSError, ValueError):
            self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
            with os.fdopen(os.open(fresh, flags, 0o600), "w", encoding="ascii") as out:
                out.write(text)
            fresh.replace(self._file)


def _sizes(said: object) -> dict[str, int]:
    if not isinstance(said, Mapping):
        return {}
    return {str(pane): size for pane, size in said.items() if type(size) is int}


def _searches(said: object) -> list[str]:
    if not isinstance(said, list):
        return []
    cleaned = (clean_line(query) for query in said if isinstance(query, str))
    kept = (query for query in cleaned if 0 < len(query) <= _LONGEST_SEARCH)
    return list(dict.fromkeys(kept))[:_MOST_SEARCHES]
