"""Where things live on this platform."""

from __future__ import annotations

import os
from pathlib import Path

ENVIRONMENT = "READINGLIST_LIBRARY"
CONFIG_ENVIRONMENT = "READINGLIST_CONFIG"
_FOLDER = "readinglist"


def data_folder() -> Path:
    """The platform's folder for this program's data; it may not exist yet."""
    import platformdirs  # 2 ms, and whoever names a library does not need it

    return Path(platformdirs.user_data_dir(_FOLDER, appauthor=False))


def is_data_folder(folder: Path) -> bool:
    """Whether a folder is that one; most others are told by their name."""
    return folder.name == _FOLDER and folder == data_folder()


def cache_folder() -> Path:
    """The platform's folder for what this program can fetch again; it may not exist yet."""
    import platformdirs  # 2 ms, and only a lookup needs it

    return Path(platformdirs.user_cache_dir(_FOLDER, appauthor=False))


def library_path() -> Path:
    """The library to open when none is named: $READINGLIST_LIBRARY, else in the data folder."""
    chosen = os.environ.get(ENVIRONMENT)
    return expanded(chosen) if chosen else data_folder() / "library.sqlite3"


def config_path(chosen: Path | None = None) -> tuple[Path, bool]:
    """The file of settings, and whether somebody named it: `chosen`, else $READINGLIST_CONFIG."""
    named = os.environ.get(CONFIG_ENVIRONMENT)
    if chosen is not None or named:
        return chosen or expanded(str(named)), True
    import platformdirs  # 2 ms, and whoever names a file does not need it

    folder = Path(platformdirs.user_config_dir(_FOLDER, appauthor=False))
    return folder / "config.toml", False


def state_folder() -> Path:
    """The platform's folder for what may be lost, such as sizes of panes; it may not exist yet."""
    import platformdirs  # 2 ms, and only the app remembers such things

    return Path(platformdirs.user_state_dir(_FOLDER, appauthor=False))


def expanded(text: str) -> Path:
    """Read a path as a shell would; a `~` of nobody stays as it is."""
    path = Path(text)
    try:
        return path.expanduser()
    except RuntimeError:
        return path
