"""The last line of a dialog: its keys, each of which can also be clicked."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static


def key_name(binding: Binding) -> str:
    """A key as a person would name it."""
    return binding.key_display or _NAMES.get(binding.key, binding.key)


_NAMES = {
    "escape": "esc",
    "comma": ",",
    "slash": "/",
    "question_mark": "?",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
}


class KeyHint(Static):
    """One key and what it does; a click does it."""

    DEFAULT_CSS = """
    KeyHint {
        width: auto;
        height: 1;
        margin-right: 2;
        color: $text-muted;
        text-wrap: nowrap;
        &:hover { color: $foreground; text-style: underline; }
    }
    """

    ALLOW_SELECT = False

    def __init__(self, binding: Binding) -> None:
        name = Content.styled(key_name(binding), "bold $text-accent")
        super().__init__(Content.assemble(name, " ", binding.description), markup=False)
        self._action = binding.action
        self.tooltip = Content(binding.tooltip) if binding.tooltip else None

    async def on_click(self, event: events.Click) -> None:
        """Do what the key does."""
        event.stop()
        await self.screen.run_action(self._action)


class KeyHints(Horizontal):
    """The dialog's bindings that are meant to be seen."""

    DEFAULT_CSS = """
    KeyHints { height: 1; margin-top: 1; }
    """

    def compose(self) -> ComposeResult:
        """One hint for each action, in the order in which they are declared."""
        shown: dict[str, Binding] = {}
        for active in self.screen.active_bindings.values():
            if active.node is self.screen and active.binding.show:
                shown.setdefault(active.binding.action, active.binding)
        yield from map(KeyHint, sorted(shown.values(), key=self._place))

    def _place(self, binding: Binding) -> int:
        """Where the dialog declares a binding; people look for Esc, which all share, last."""
        own = [row.action for row in type(self.screen).BINDINGS if isinstance(row, Binding)]
        found = binding.action in own and binding.key != "escape"
        return own.index(binding.action) if found else len(own)

    async def update(self) -> None:
        """Name the keys that work now."""
        await self.recompose()
