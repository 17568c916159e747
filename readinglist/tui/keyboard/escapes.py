"""Escape and the key behind it, which reach the app together when they are typed quickly."""

from __future__ import annotations

from collections.abc import Iterable

from textual import events
from textual._xterm_parser import XTermParser


def keep_apart() -> None:
    """Have Textual take them for the two keys that they are.

    It waits a tenth of a second for what may follow Escape, and makes one key with Alt of both, or
    of a sign that key alone. No action has a key with Alt, and some terminals send them so.
    """
    if XTermParser._sequence_to_key_events is not _apart:
        XTermParser._sequence_to_key_events = _apart  # type: ignore[method-assign, assignment] # see above


_together = XTermParser._sequence_to_key_events


def _apart(parser: XTermParser, sequence: str, alt: bool = False) -> Iterable[events.Key]:
    if alt:
        yield events.Key("escape", "\x1b")
    yield from _together(parser, sequence)
