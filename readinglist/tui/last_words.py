"""What the user typed and nothing could save, put where it can be found."""

from __future__ import annotations

from typing import Any

from rich.text import Text
from textual.app import App


def keep(app: App[Any], reason: object, words: str) -> None:
    """Put words into a private file as the app closes, and tell where once it has."""
    from readinglist.editor import Draft

    said = f"{reason} Your words are kept in {Draft(words).path}."
    app.exit(return_code=1, message=Text(said))
