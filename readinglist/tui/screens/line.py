"""One line of plain words in a dialog."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from readinglist.tui.looks.cells import plain_lines


class Line(Static):
    """Shows any text as it is: no markup, no control characters, nothing reordered."""

    DEFAULT_CSS = """
    Line {
        height: 1;
        width: 1fr;
        color: $text-muted;
        text-wrap: nowrap;
        text-overflow: ellipsis;
        &.-error { color: $text-error; }
        &.-warning { color: $text-warning; }
        &.-success { color: $text-success; }
        &.-plain { color: $foreground; }
    }
    """

    TONES = ("error", "warning", "success", "plain")

    def __init__(
        self, text: str = "", *, tone: str = "", id: str | None = None, classes: str = ""
    ) -> None:
        super().__init__(Content(""), id=id, classes=classes, markup=False)
        self._said = ("", "")
        self.text = ""
        self.say(text, tone=tone)

    def say(self, text: str, *, tone: str = "") -> None:
        """Show other words; `tone` colours them."""
        if (text, tone) == self._said:
            return
        self._said = text, tone
        self.text = plain_lines(text)
        self.update(Content(self.text), layout=self.styles.auto_dimensions)
        for name in self.TONES:
            self.set_class(name == tone, f"-{name}")
