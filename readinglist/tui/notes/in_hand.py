"""A note while it is being written: what others write to it meanwhile is kept beside it."""

from __future__ import annotations

from readinglist.library import Library
from readinglist.library.journal.merging import SEPARATOR, both_notes
from readinglist.outcomes import Done


class NoteInHand:
    """Saves one paper's note, as often as wanted, from where it was read.

    When another program has changed the note, its text follows ours.
    """

    def __init__(self, library: Library, paper_id: int) -> None:
        self._library = library
        self.paper = paper_id
        self.is_saved = False
        self.text = self._base = self._stored()
        self._others = ""
        self._news = False

    @property
    def is_joined(self) -> bool:
        """Whether a text of somebody else stands behind ours."""
        return bool(self._others)

    def news_of_others(self) -> bool:
        """Whether a text of somebody else has come in since this was last asked."""
        news, self._news = self._news, False
        return news

    def save(self, text: str) -> Done | None:
        """Store the note; errors as of `Library.set_note`, and then nothing is changed."""
        whole = both_notes(text, self._others) or ""
        done = self._library.set_note(self.paper, whole, base=self._base)
        self._base = whole
        self.is_saved = self.is_saved or done is not None
        if done is not None and done.both:
            self._news = True
            self._base = self._stored()
            self._others = self._base.removeprefix(f"{text}{SEPARATOR}")
        return done

    def _stored(self) -> str:
        return self._library.entry(self.paper).note or ""
