"""Colours that can be read: each ink is moved away from its paper until it stands out enough."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from rich.style import Style
from textual.color import Color

LEAST: Final = 4.5  # what WCAG asks of text: the lighter is so many times as light as the darker
# The terminal's own colours, which nobody but its user can know.
PLAIN_INKS: Final = {
    **dict.fromkeys(("quiet", "faint", "groove"), "ansi_bright_black"),
    **dict.fromkeys(("cursor", "cursor-raised"), "ansi_blue"),
}
_STEP: Final = 0.04
_BOLDEST: Final = 0.35  # of the primary colour in the line under the cursor
_INKS: Final = (
    *("text-primary", "text-secondary", "text-accent"),
    *("text-warning", "text-error", "text-success"),
)
# How much of the theme's ink there is in each, at least.
_MUTED: Final = {"quiet": 0.7, "text-muted": 0.7, "text-disabled": 0.5}
_FAINT: Final = 0.45


def legible(variables: Mapping[str, str], tags: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The theme's inks and those of `tags`, made legible, and three that it does not have.

    `quiet` and `faint` are for what is told by the way, `groove` is for scroll bars, and `cursor`
    and `cursor-raised` lie under the line that the keys go to, in a list and in a dialog.
    """
    paper, raised = (Color.parse(variables[name]) for name in ("background", "surface"))
    ink, primary = (Color.parse(variables[name]) for name in ("foreground", "primary"))
    lit = paper.blend(ink, 0.08)
    papers = (paper, raised, lit)
    # A field, and a line under the cursor in its weakest tint.
    filled = (*papers, raised.blend(ink, 0.12), raised.blend(primary, 3 * _STEP))
    for name in _INKS:
        yield name, away(Color.parse(variables[name]), papers).hex
    for name, value in tags.items():
        yield name, away(Color.parse(value), papers).hex
    for name, share in _MUTED.items():
        yield name, away(paper.blend(ink, share), filled).hex
    yield "faint", away(paper.blend(ink, _FAINT), (paper, lit)).hex
    yield "groove", paper.blend(ink, 0.4).hex
    ink = away(ink, filled)
    yield "foreground", ink.hex
    yield "cursor", _tinted(paper, primary, ink).hex
    yield "cursor-raised", _tinted(raised, primary, ink).hex


def away(ink: Color, papers: Sequence[Color]) -> Color:
    """An ink that can be read on each of these, as near to the one given as there is."""
    end = Color(255, 255, 255) if _light(papers[0]) < 0.18 else Color(0, 0, 0)
    share = 0.0
    found = ink
    while share < 1 and min(contrast(found, paper) for paper in papers) < LEAST:
        share += _STEP
        found = ink.blend(end, share)
    return found


def _tinted(paper: Color, tint: Color, ink: Color) -> Color:
    """A paper with as much of a tint as leaves its ink legible."""
    share = _BOLDEST
    while share > _STEP and contrast(ink, paper.blend(tint, share)) < LEAST:
        share -= _STEP
    return paper.blend(tint, share)


def contrast(one: Color, other: Color) -> float:
    """How many times as light the lighter of two colours is, as WCAG reckons."""
    low, high = sorted((_light(one), _light(other)))
    return (high + 0.05) / (low + 0.05)


@lru_cache(maxsize=512)
def _light(color: Color) -> float:
    red, green, blue = map(_linear, (color.r, color.g, color.b))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: int) -> float:
    share = part / 255
    return share / 12.92 if share <= 0.03928 else float(((share + 0.055) / 1.055) ** 2.4)


@lru_cache(maxsize=512)
def on_paper(ink: Style, paper: Style) -> Style:
    """A style without its colour, should that be illegible on a paper; the paper's ink is not."""
    if ink.color is None or paper.bgcolor is None:
        return ink
    colors = Color.from_rich_color(ink.color), Color.from_rich_color(paper.bgcolor)
    return ink if contrast(*colors) >= LEAST else ink.without_color
