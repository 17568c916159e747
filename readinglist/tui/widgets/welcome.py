"""What an empty library shows: what this is and how to begin."""

from __future__ import annotations

from pathlib import Path

from textual.content import Content
from textual.widget import Widget

from readinglist.tui.keyboard.names import key
from readinglist.tui.looks.cells import one_line


class Welcome(Widget, can_focus=True):
    """The first screen of a new library."""

    DEFAULT_CSS = "Welcome { height: auto; }"

    def __init__(self, library: Path, *, id: str = "welcome") -> None:
        super().__init__(id=id)
        self._library = library

    def render(self) -> Content:
        """What to do now; asked for only where it shows, in a library without a paper."""
        return _greeting(self._library)


def _greeting(library: Path) -> Content:
    from readinglist.tui.typed_paths import TypedPaths  # 15 ms with the formats behind it

    def way(name: str, meaning: str) -> Content:
        return Content.assemble("  ", (f"{name:<18}", "bold $text-accent"), meaning)

    return Content("\n").join(
        [
            Content.styled("Your reading list is empty.", "bold"),
            Content(""),
            Content(
                "Save pages that list papers as text, import them here, and keep, skip or"
                " star each paper with a single key."
            ),
            Content(""),
            way(key("exchange.import", "i"), "import a file or a folder"),
            way("readinglist demo", "try it on a small sample first"),
            way(key("app.help", "?"), "every key"),
            way(key("app.leave", "q"), "quit"),
            Content(""),
            Content.styled(
                f"Everything stays in {one_line(TypedPaths(Path.cwd()).shown(library))}", "$quiet"
            ),
        ]
    )
