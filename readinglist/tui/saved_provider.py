"""The saved searches in the command palette, each opened by its name."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider

from readinglist.tui.looks.cells import one_line

if TYPE_CHECKING:
    from readinglist.tui.main.saved_actions import SavedActions


class SavedProvider(Provider):
    """Opens a saved search."""

    async def discover(self) -> Hits:
        """All of them, before anything is typed."""
        for label, name in self._searches():
            opens = partial(self._bench.open_saved, name)
            yield DiscoveryHit(self.matcher("").highlight(label), opens, text=label)

    async def search(self, query: str) -> Hits:
        """Those whose names match."""
        matcher = self.matcher(query)
        for label, name in self._searches():
            if (score := matcher.match(label)) > 0:
                opens = partial(self._bench.open_saved, name)
                yield Hit(score, matcher.highlight(label), opens, text=label)

    def _searches(self) -> Iterator[tuple[str, str]]:
        for saved in self._bench.saved:
            yield f"Search: {one_line(saved.name)}", saved.name

    @property
    def _bench(self) -> SavedActions:
        return cast("SavedActions", self.screen)
