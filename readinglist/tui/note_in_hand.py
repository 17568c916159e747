"""A note while it is being written: what others write to it meanwhile is kept beside it."""

from __future__ import annotations

from readinglist.library import Library
from readinglist.records import Done

SEPARATOR = "\n\n---\n\n"


class NoteInHand:
    """Saves one paper's note, as often as wanted, from where it was read.

    `kept` is whether another program had changed the note: its text then follows ours.
    """

    def __init__(self, library: Library, paper_id: int) -> None:
        self._library = library
        self._paper = paper_id
        self._others: list[str] = []
        self.text = self._stored()

    @property
    def kept(self) -> bool:
        """Whether somebody else's text is kept too."""
        return bool(self._others)

    def save(self, text: str) -> Done | None:
        """Store the note; errors as of `Library.set_note`, and then nothing is changed."""
        stored = self._stored()
        others = list(self._others)
        if stored.strip() and stored not in (self.text, text):
            others.append(stored)
        done = self._library.set_note(
            self._paper, SEPARATOR.join(filter(str.strip, [text, *others]))
        )
        self._others, self.text = others, self._stored()
        return done

    def _stored(self) -> str:
        return self._library.entry(self._paper).note or ""
