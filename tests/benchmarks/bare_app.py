"""The least that a Textual app can be."""

from textual.app import App, ComposeResult
from textual.widgets import Static


class BareApp(App[None]):
    """One word."""

    def compose(self) -> ComposeResult:
        """Show it."""
        yield Static("ready")


if __name__ == "__main__":
    BareApp().run()
