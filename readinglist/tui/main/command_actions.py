"""The view, or what was done last, as a line for a shell."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import ClassVar

from textual import work
from textual.binding import Binding

from readinglist.library import Library
from readinglist.tui.main.triage_actions import TriageActions


class CommandActions(TriageActions):
    """Copying commands, for scripts and for notes of what was done."""

    UNBOUND: ClassVar[tuple[Binding, ...]] = (
        Binding(
            "", "copy_view_command", "Copy view as command", id="copy.view-command",
            key_display="v",
            tooltip="Copy the command line that lists the papers in view.",
        ),
        Binding(
            "", "copy_edit_command", "Copy last edit as command", id="copy.edit-command",
            key_display="e",
            tooltip="Copy the command line that does to the same papers what was done last.",
        ),
    )  # fmt: skip

    def action_copy_view_command(self) -> None:
        """Copy what lists the papers in view."""
        from readinglist.library.query.parsing import parse
        from readinglist.tui.wording.shell_line import listing

        view = self.view
        with self.errors_told():
            query = view.written
            parse(query)
            words = listing(query, view.sort, view.reverse)

            def copy() -> None:
                self._copy_view(words, query)

            self.when_complete(copy)

    @work(exclusive=True, group="copy")
    async def _copy_view(self, words: Sequence[str], query: str) -> None:
        with self.errors_told():
            in_view = len(self.view.results)
            found = await asyncio.to_thread(self._count, query)
            said = "the command for this view"
            if found != in_view:  # a half-typed value, or a name that has no spelling
                said += f", which finds {found:,} papers, not {in_view:,},"
            await self._copy_line(words, said)

    def _count(self, query: str) -> int:
        with Library(self.library.path) as library:
            return len(library.search(query))

    def action_copy_edit_command(self) -> None:
        """Copy what does the last edit."""
        if self.last_edit is None:
            self.say("There is no edit yet that a command could do.")
            return
        command, ids = self.last_edit
        with self.errors_told():
            keys = [row.key for row in self.library.rows(ids)]
            self._copy_edit([*command, *keys], len(keys))

    @work(exclusive=True, group="copy")
    async def _copy_edit(self, words: Sequence[str], papers: int) -> None:
        count = "1 paper" if papers == 1 else f"{papers:,} papers"
        await self._copy_line(words, f"the command for the last edit, of {count},")

    async def _copy_line(self, words: Sequence[str], what: str) -> None:
        from readinglist.tui.leaving import clipboard
        from readinglist.tui.wording.shell_line import shell_line

        way = await clipboard.copy(self.app, shell_line(self.library.path, words))
        self.say(f"Copied {what} to the {way}.")
