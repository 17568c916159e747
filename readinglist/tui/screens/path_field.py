"""An input for a path, which Tab completes as a shell would."""

from __future__ import annotations

import asyncio

from readinglist.tui.said import Said
from readinglist.tui.typed_paths import Listing, TypedPaths
from readinglist.tui.widgets.field import Field

_PATIENCE = 0.5  # seconds for which the next key may have to wait


class PathField(Field):
    """Lists what the typed text may become, in a thread, and says so."""

    class Listed(Said):
        """How the text may go on is known; `text` is what was typed."""

        text: str
        listing: Listing
        field: PathField

        @property
        def control(self) -> PathField:
            """The field, for `on` to match."""
            return self.field

    def __init__(
        self, paths: TypedPaths, value: str = "", *, placeholder: str = "", id: str = "path"
    ) -> None:
        super().__init__(value, placeholder, id=id, select_on_focus=False)
        self.paths = paths
        self.cursor_position = len(value)

    def paste(self, text: str) -> None:
        """Put a path in place of what is selected, its spaces as they are."""
        line = next((line for line in text.splitlines() if line.strip()), "")
        self.replace("".join(c for c in line if c.isprintable()), *self.selection)

    def on_mount(self) -> None:
        """List where the text begins."""
        self.look()

    def watch_value(self) -> None:
        """List anew."""
        if self.is_mounted:
            self.look()

    def look(self) -> None:
        """Find out how the text may go on; only the newest question is answered."""
        self.run_worker(self._look(self.value), group="listing", exclusive=True)

    async def _look(self, text: str) -> None:
        listing = await asyncio.to_thread(self.paths.listing, text)
        if text == self.value:
            self.post_message(self.Listed(text, listing, self))

    async def complete(self) -> None:
        """Complete as far as there is only one way to go on, unless the disk keeps it waiting."""
        text = self.value
        try:
            listing = await asyncio.wait_for(asyncio.to_thread(self.paths.listing, text), _PATIENCE)
        except TimeoutError:
            return
        longer = listing.common() if listing.names else text
        if text == self.value and len(longer) >= len(text) and longer != text:
            self.put(longer)
