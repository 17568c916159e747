"""Which colours the app wears: Textual's themes, ours, and those of the config file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from textual.app import App
from textual.color import Color, ColorParseError
from textual.theme import BUILTIN_THEMES, Theme

from readinglist.settings import Settings
from readinglist.settings.faults import Fault
from readinglist.settings.kinds import no_such, quoted

PLAIN: Final = "ansi-dark"
"""For terminals of sixteen colours: it takes what the terminal itself has set for each."""
PLAIN_LIGHT: Final = "ansi-light"
USUAL: Final = "lamplight"
OURS: Final = (
    Theme(
        name=USUAL,
        primary="#7aa2c4",
        secondary="#8fb0a5",
        accent="#d8b27a",
        warning="#d8b27a",
        error="#d08080",
        success="#93b784",
        foreground="#d4d0c8",
        background="#1b1c1f",
        surface="#232529",
        panel="#2b2e33",
        variables={"border-blurred": "#3a3e45"},
    ),
    Theme(
        name="daylight",
        primary="#2f5d8a",
        secondary="#3c6e63",
        accent="#8a4b12",
        warning="#8a5a00",
        error="#a32f2f",
        success="#3a6b2a",
        foreground="#26241f",
        background="#faf7f0",
        surface="#f0ece2",
        panel="#e6e1d5",
        dark=False,
        variables={"border-blurred": "#d3ccbb"},
    ),
    Theme(
        name="contrast",
        primary="#66ccff",
        secondary="#7fffd4",
        accent="#ffff00",
        warning="#ffcc00",
        error="#ff8080",
        success="#66ff66",
        foreground="#ffffff",
        background="#000000",
        surface="#101010",
        panel="#202020",
        variables={"border-blurred": "#a0a0a0"},
    ),
)
_LIGHT: Final = ("7", "15")  # colours that terminals have for their background
_COLOURS: Final = (
    "primary", "secondary", "accent", "warning", "error", "success", "foreground",
    "background", "surface", "panel",
)  # fmt: skip


class Wardrobe(NamedTuple):
    """The themes there are, and the one that is set; empty where none is, or one that is not."""

    themes: dict[str, Theme]
    chosen: str


def wardrobe(settings: Settings, faults: list[Fault]) -> Wardrobe:
    """All themes by name; what the config file says of them that cannot be goes to `faults`."""
    known = BUILTIN_THEMES | {theme.name: theme for theme in OURS}
    known |= {theme.name: theme for theme in _own(settings, faults)}
    wanted = settings.text("theme")
    if wanted and wanted not in known:
        faults.append(Fault(("theme",), f"{no_such(wanted, list(known))} It is left out."))
        wanted = ""
    return Wardrobe(known, wanted)


def wear(app: App[Any], wardrobe: Wardrobe) -> None:
    """Put on the colours that are set, or those that suit the terminal."""
    for theme in wardrobe.themes.values():
        app.register_theme(theme)
    name = PLAIN if is_colourless() else wardrobe.chosen or _suiting(app)
    if app.is_running:
        app.theme = name
    else:
        _begin_in(app, name)


def _begin_in(app: App[Any], name: str) -> None:
    """Have these colours before anything is styled; else all of it is styled twice, for 20 ms."""
    app.set_reactive(App.theme, name)
    dark = app.current_theme.dark
    app.update_classes({"-dark-mode": dark, "-light-mode": not dark}, update=False)
    app._refresh_truecolor_filter(app.ansi_theme)
    app.stylesheet.set_variables(app.get_css_variables())


def is_colourless() -> bool:
    """Whether the environment wants no colour; an empty NO_COLOR wants nothing."""
    return bool(os.environ.get("NO_COLOR"))


def _suiting(app: App[Any]) -> str:
    """What suits the terminal's number of colours and, where it tells it, its background."""
    if app.console.color_system not in (None, "standard"):
        return USUAL
    light = os.environ.get("COLORFGBG", "").rpartition(";")[2] in _LIGHT
    return PLAIN_LIGHT if light else PLAIN


def _own(settings: Settings, faults: list[Fault]) -> Iterator[Theme]:
    """The themes of the config file that have what a theme needs."""
    tables: dict[str, dict[str, object]] = {}
    for path, value in settings.entries("themes").items():
        name, _, part = path.rpartition(".")
        if wrong := _fault_of(part, value):
            faults.append(Fault(("themes", *path.split(".")), wrong))
        else:
            tables.setdefault(name, {})[part] = value
    for name, table in tables.items():
        if "primary" in table:
            yield Theme(name=name, **table)  # type: ignore[arg-type] # `_fault_of` has looked
        else:
            faults.append(Fault(("themes", *name.split(".")), "a theme needs a primary colour."))


def _fault_of(part: str, value: object) -> str:
    """What is wrong with one line of a theme; empty if nothing is."""
    if part == "dark":
        return "" if isinstance(value, bool) else f"it takes true or false, not {quoted(value)}."
    if part not in _COLOURS:
        return str(no_such(part, ("dark", *_COLOURS)))
    try:
        Color.parse(str(value))
    except ColorParseError:
        return f'{quoted(value)} is no colour. Write one as in "#7aa2c4".'
    return ""
