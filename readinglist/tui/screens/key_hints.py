"""The last line of a dialog: its keys, each of which can also be clicked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual import events
from textual.binding import ActiveBinding, Binding
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from readinglist.tui.explaining import why_not
from readinglist.tui.keyboard.names import shown
from readinglist.tui.widgets.status_line import fitting

_GAP = 2  # cells between hints


class KeyHints(Widget):
    """The dialog's bindings that are meant to be seen, as many as fit, and the way out.

    They are one widget: each further one would make a dialog wait a millisecond longer.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"keys--key", "keys--label", "keys--none"}

    DEFAULT_CSS = """
    KeyHints {
        height: 1;
        margin-top: 1;
        color: $text-muted;
        & > .keys--key { color: $text-accent; text-style: bold; }
        & > .keys--label { color: $text-muted; }
        & > .keys--none { color: $text-disabled; }
    }
    """

    ALLOW_SELECT = False

    under_mouse: reactive[int | None] = reactive(None)

    def __init__(self) -> None:
        super().__init__()
        self._hints: list[ActiveBinding] = []
        self._dim: list[bool] = []

    def on_mount(self) -> None:
        """Find them."""
        self.update()

    def update(self) -> None:
        """Name the keys that work now."""
        found: dict[str, ActiveBinding] = {}
        for active in self.screen.active_bindings.values():
            if active.node is self.screen and active.binding.show:
                found.setdefault(active.binding.action, active)
        self._hints = sorted(found.values(), key=lambda active: self._place(active.binding))
        self._dim = []
        self.look_again()

    def look_again(self) -> None:
        """Dim the keys that can do nothing now."""
        dim = [bool(why_not(self.app, each.binding.action, each.node)) for each in self._hints]
        if dim != self._dim:
            self._dim = dim
            self.refresh()

    def _place(self, binding: Binding) -> int:
        """Where the dialog declares a binding; people look for Esc, which all share, last."""
        kinds = [kind.__dict__.get("BINDINGS", ()) for kind in type(self.screen).__mro__]
        every = [row.action for rows in kinds for row in rows if isinstance(row, Binding)]
        return len(every) if binding.key == "escape" else every.index(binding.action)

    def render(self) -> Content:
        """Keys and what they do, the one under the mouse underlined."""
        return Content(" " * _GAP).join(
            piece.stylize("underline") if number == self.under_mouse else piece
            for number, (piece, _) in enumerate(self._fitting())
        )

    def _fitting(self) -> list[tuple[Content, ActiveBinding]]:
        pieces = [
            (self._piece(hint.binding, dim=dim), hint)
            for hint, dim in zip(self._hints, self._dim, strict=True)
        ]
        return fitting(pieces, self.size.width, _GAP)

    def _piece(self, binding: Binding, *, dim: bool) -> Content:
        key, label = ("none", "none") if dim else ("key", "label")
        return Content.assemble(
            (shown(binding), self.get_visual_style(f"keys--{key}")),
            (f" {binding.description}", self.get_visual_style(f"keys--{label}")),
        )

    # The mouse

    def _spans(self) -> Iterator[tuple[int, int, ActiveBinding]]:
        start = 0
        for piece, hint in self._fitting():
            yield start, start + piece.cell_length, hint
            start += piece.cell_length + _GAP

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Say more of the key under the mouse."""
        x = event.get_content_offset_capture(self).x
        found = [
            (number, hint)
            for number, (start, stop, hint) in enumerate(self._spans())
            if start <= x < stop
        ]
        self.under_mouse, hint = found[0] if found else (None, None)
        self.tooltip = Content(hint.binding.tooltip) if hint and hint.binding.tooltip else None

    def on_leave(self) -> None:
        """Underline none."""
        self.under_mouse = None

    async def on_click(self, event: events.Click) -> None:
        """Do what the key does, or say why it can do nothing now."""
        event.stop()
        x = event.get_content_offset_capture(self).x
        for start, stop, hint in self._spans():
            if start <= x < stop:
                await self.screen.run_action(hint.binding.action)
                return
