"""Where things live on this platform."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

ENVIRONMENT = "READINGLIST_LIBRARY"


def data_folder() -> Path:
    """The platform's folder for this program's data; it may not exist yet."""
    return Path(platformdirs.user_data_dir("readinglist", appauthor=False))


def library_path() -> Path:
    """The library to open when none is named: $READINGLIST_LIBRARY, else in the data folder."""
    chosen = os.environ.get(ENVIRONMENT)
    return expanded(chosen) if chosen else data_folder() / "library.sqlite3"


def expanded(text: str) -> Path:
    """Read a path as a shell would; a `~` of nobody stays as it is."""
    path = Path(text)
    try:
        return path.expanduser()
    except RuntimeError:
        return path
