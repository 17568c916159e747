"""The few signs that the panes share, each readable without colour."""

from __future__ import annotations

from readinglist.records import Status

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
