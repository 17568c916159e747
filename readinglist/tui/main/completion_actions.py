"""CompletionActions fields and their values in the search line, from what the library has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.geometry import Offset
from textual.getters import query_one
from textual.message import Message

from readinglist.library import Library
from readinglist.tui.main.workbench import Workbench
from readinglist.tui.said import Said
from readinglist.tui.widgets.candidates import CandidateMenu
from readinglist.tui.widgets.search_bar import SearchBar

if TYPE_CHECKING:
    from readinglist.library.search.completion import Completion


class CompletionActions(Workbench):
    """What is half-typed may become something else; the menu over the search says what."""

    menu = query_one("#candidates", CandidateMenu)
    _authors: Mapping[str, Mapping[str, int]] = {}

    class AuthorsFound(Said):
        """Who has a name that begins so."""

        beginning: str
        authors: Mapping[str, int]

    def on_mount(self) -> None:
        """Begin to complete; the menu shows over everything else."""
        self.search.completer = self._complete
        self.mount(CandidateMenu())

    def on_descendant_focus(self) -> None:
        """Until the next search, there may be others."""
        if self.focused is not self.search:
            self._authors = {}

    def _complete(self, query: str, cursor: int) -> Completion | None:
        from readinglist.library.search.completion import Known, completion  # only typing needs it

        today = datetime.now().astimezone().date()
        return completion(query, cursor, Known(self.counts, self._authors_like, today))

    def _authors_like(self, beginning: str) -> Mapping[str, int]:
        """Those known so far; others are asked for, and will be offered then."""
        asked = beginning.casefold()
        if asked in self._authors or not self.library.exists:
            return self._authors.get(asked, {})
        self.aside.ask("authors", partial(_authors_like, asked))
        known = [begun for begun in self._authors if asked.startswith(begun)]
        return self._authors[max(known, key=len)] if known else {}

    @on(AuthorsFound)
    def authors_found(self, message: AuthorsFound) -> None:
        """Offer them, unless one is being chosen."""
        self._authors = {**self._authors, message.beginning: message.authors}
        if not self.search.choosing:
            self.search.look_again()

    @on(SearchBar.Offered)
    def offered(self, message: SearchBar.Offered) -> None:
        """Show the menu over the word that it is for; a mere guess is not worth one."""
        completion = message.completion
        if completion is None or completion.guess:
            self.menu.withdraw()
        else:
            at = Offset(self.search.cell_at(completion.start), self.search.region.y)
            self.menu.offer(completion, message.chosen, at)

    @on(CandidateMenu.Picked)
    def candidate_picked(self, message: CandidateMenu.Picked) -> None:
        """Take it."""
        self.search.choose(message.index)


def _authors_like(beginning: str, library: Library) -> Iterator[Message]:
    yield CompletionActions.AuthorsFound(beginning, library.authors_like(beginning))
