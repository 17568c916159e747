"""What keeps a screen from being styled, laid out and painted more often than it changes."""

from __future__ import annotations

from functools import lru_cache

from rich.segment import Segment
from rich.style import Style as Ink
from textual import events
from textual._compositor import Compositor
from textual.color import Color
from textual.geometry import Size
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import Screen
from textual.strip import Strip
from textual.visual import Visual

_BEHIND = Ink(dim=True)


class Thrifty:
    """Stands before `Screen` among the bases of a screen.

    Textual lays a screen out, tells it its size, and lays it and all screens behind it out again
    for having been told; and it styles a new screen a second time as it comes to the front.
    """

    _compositor: Compositor
    _is_styled = False

    def on_resize(self, event: events.Resize) -> None:
        """Leave it at the layout that the size comes from; that of the terminal has come before."""
        if event.size == self._compositor.size:
            event.prevent_default()

    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        """Be styled again only when something may have changed meanwhile."""
        event.refresh_styles = event.refresh_styles and self._is_styled
        self._is_styled = True


class Backdrop(Visual):
    """The screen behind a dialog, in one colour's light."""

    def __init__(self, screen: Screen[object], color: Color) -> None:
        self._screen = screen
        self._color = color

    def render_strips(self, width: int, height: int | None, *_: object) -> list[Strip]:
        """Every line of that screen."""
        size = Size(width, self._screen.size.height if height is None else height)
        return [
            Strip([Segment(text, _tinted(ink, self._color)) for text, ink, _ in strip])
            for strip in self._screen._compositor.render_strips(size)
        ]

    def get_optimal_width(self, _: object, container_width: int) -> int:
        """All there is."""
        return container_width

    def get_height(self, *_: object) -> int:
        """As high as that screen."""
        return self._screen.size.height


@lru_cache(maxsize=1024)
def _tinted(ink: Ink | None, color: Color) -> Ink | None:
    """An ink as Textual would tint it, which it does anew for each of thousands of segments.

    The terminal's own colours cannot be mixed with another: what is behind is dim in them.
    """
    if not color.a or color.ansi is not None:
        return _BEHIND
    for segment in BackgroundScreen.process_segments([Segment("", ink)], color):
        return segment.style
    return ink
