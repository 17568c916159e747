"""The few signs that the panes share, each readable without colour."""

from __future__ import annotations

import sys

from readinglist.records import Status
from readinglist.settings import Settings

CURSOR = "▌"
CHOSEN = "•"
STAR = "*"
NOTE = "n"
OPEN, CLOSED = "-", "+"
SEARCH, BEGINNING = "/", ">"  # a saved search, and the one that the app begins with
BAR_DONE = "━"
BAR_LEFT = "─"

# The letter is the key that sets the status, so that the list teaches the keys.
STATUS: dict[Status, str] = {
    Status.INBOX: ".",
    Status.TO_READ: "w",
    Status.READING: "r",
    Status.READ: "d",
    Status.SKIPPED: "s",
}


def only_ascii(settings: Settings) -> bool:
    """Whether only ASCII is drawn: because it is set so, or because nothing else would arrive.

    Python writes to the terminal as the locale says, and in escapes what that has no sign for.
    """
    told = getattr(sys.__stderr__, "encoding", None) or "utf-8"
    return settings.yes("ascii") or not told.lower().startswith("utf")
