"""The colours of tags, mixed so that each can be read on the theme's background."""

from __future__ import annotations

from typing import Final

from textual.color import Color

from readinglist.library.journal.tags import COLOURS

_HUES: Final = dict(zip(COLOURS, (0, 26, 50, 130, 185, 215, 280), strict=True))
# Sixteen colours are the terminal's own; orange is what is left.
_ANSI: Final = dict(
    zip(COLOURS, ("red", "bright_red", "yellow", "green", "cyan", "blue", "magenta"), strict=True)
)
_SATURATION: Final = 0.72
_ON_DARK, _ON_LIGHT = 0.72, 0.33


def inks(*, dark: bool, ansi: bool) -> dict[str, str]:
    """The colours as variables of the style sheet, `tag-red` and so on."""
    if ansi:
        return {f"tag-{name}": f"ansi_{colour}" for name, colour in _ANSI.items()}
    lightness = _ON_DARK if dark else _ON_LIGHT
    return {
        f"tag-{name}": Color.from_hsl(hue / 360, _SATURATION, lightness).hex
        for name, hue in _HUES.items()
    }
