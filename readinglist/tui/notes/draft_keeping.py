"""The draft of a note, written a moment after what is typed, and gone once that is saved."""

from __future__ import annotations

from collections.abc import Callable

from textual.screen import Screen
from textual.timer import Timer

from readinglist.library.journal.merging import both_notes
from readinglist.tui.keyboard.names import key
from readinglist.tui.notes.drafts import Drafts

_EVERY = 0.2  # seconds of typing that a crash may take


class DraftKeeping:
    """Keeps what `draft` says is written on a screen and not saved: how it was, and how it is.

    Without `drafts` nothing is kept.
    """

    def __init__(
        self,
        screen: Screen[None],
        draft: Callable[[], tuple[str, str] | None],
        drafts: Drafts | None,
    ) -> None:
        self._screen = screen
        self._draft = draft
        self._drafts = drafts
        self._timer: Timer | None = None
        self._told = False
        self._news = False
        self.brought_back = False
        """Whether the last change was that of what had been left."""

    def left(self, note: str) -> str | None:
        """What was not saved when an app ended; with a note that has changed since, both."""
        left = self._drafts.left() if self._drafts else None
        if left is None or left.text == note:
            return None
        self._news = True
        return left.text if left.base == note else both_notes(left.text, note)

    def changed(self) -> None:
        """Something was typed, or saved."""
        self.brought_back, self._news = self._news, False
        if self._drafts is not None and self._timer is None:
            self._timer = self._screen.set_timer(_EVERY, self._keep)

    def _keep(self) -> None:
        self._timer = None
        draft = self._draft()
        if self._drafts is None:
            return
        if draft is None:
            self._drafts.drop()
            return
        try:
            self._drafts.keep(*draft)
        except OSError as error:
            if not self._told:
                self._told = True
                why = error.strerror or type(error).__name__
                saves = f"{key('note.save', 'ctrl+s')} saves the note."
                self._screen.notify(
                    f"No draft of it can be kept: {why}. {saves}",
                    title="No draft",
                    severity="warning",
                    markup=False,
                )

    def drop(self) -> None:
        """Forget the draft."""
        if self._timer is not None:
            self._timer.stop()
        if self._drafts is not None:
            self._drafts.drop()
