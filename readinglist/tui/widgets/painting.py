"""What paints itself line by line, with a style that is found once for each painting."""

from __future__ import annotations

from rich.style import Style
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget


class Painting(ScrollView, inherit_bindings=False):
    """Base of the lists and texts on the line API.

    Textual works a widget's style out anew whenever it is asked for, 0.1 ms from its ancestors'
    backgrounds; a list asks for each cell of each line.
    """

    _style_now: Style | None = None

    @property
    def rich_style(self) -> Style:
        """The style behind everything that has none of its own."""
        if self._style_now is None:
            self._style_now = super().rich_style
        return self._style_now

    def take_room(self, lines: int) -> None:
        """Tell the scroll bar how many lines there are now.

        Textual would lay the whole screen out for it; that is needed only if the bar comes or goes.
        """
        size, height = Size(0, lines), self.container_size.height
        if size == self.virtual_size:
            return
        overflows = lines > height
        if not height or self.show_vertical_scrollbar != overflows:
            self.virtual_size = size
            if height:  # Textual would find that out after laying out once, and then again
                self.show_vertical_scrollbar = self.vertical_scrollbar.display = overflows
            return
        self.set_reactive(Widget.virtual_size, size)
        if self.show_vertical_scrollbar:
            self.vertical_scrollbar.window_virtual_size = lines
        if self.scroll_y > self.max_scroll_y:
            self.scroll_to(y=self.max_scroll_y, animate=False, force=True)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Paint some lines, in the style that the widget has now."""
        self._style_now = None
        return super().render_lines(crop)

    def notify_style_update(self) -> None:
        """The style is another one from now on."""
        self._style_now = None
        super().notify_style_update()
