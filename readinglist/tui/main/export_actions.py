"""Papers out to files: what is asked, what is written, and what is remembered of it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType

from readinglist.errors import ExportFailed, ReadingListError, TemplateFailed
from readinglist.library import Library, Results
from readinglist.tui.main.workbench import Workbench

if TYPE_CHECKING:
    from readinglist.tui.leaving.exporting import Exporting
    from readinglist.tui.screens.export_choice import ExportChoice


READING_LIST = "-status:inbox -status:skipped"
"""What the user pulled out of the inbox."""


class ExportActions(Workbench):
    """Writing papers to a file or a folder of notes, or copying what would be in it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "x", "export", "Export", id="exchange.export",
            tooltip="Write the selection, the view or everything to a file.",
        ),
    ]  # fmt: skip

    def action_export(self) -> None:
        """Ask what to write where, beginning with what was chosen the last time."""
        self.when_complete(partial(self._ask_export, None, ""))

    def _ask_export(self, choice: ExportChoice | None, error: str) -> None:
        self.app.hold_keys()  # what is typed now is for the dialog
        self._open_dialog(choice, error)

    @work(group="export")
    async def _open_dialog(self, choice: ExportChoice | None, error: str) -> None:
        try:
            await self._show_dialog(choice, error)
        finally:
            self.app.release_keys()

    async def _show_dialog(self, choice: ExportChoice | None, error: str) -> None:
        from readinglist.formats import exporters
        from readinglist.tui.leaving.export_preview import Previewer
        from readinglist.tui.screens.export_choice import Filled, Notes
        from readinglist.tui.screens.export_dialog import ExportDialog

        try:
            scopes = await asyncio.to_thread(self._scopes, *self._chosen())
        except ReadingListError as failed:
            self.complain(failed)
            return
        dialog = ExportDialog(
            [(label, len(ids)) for label, ids in scopes],
            [*exporters(), Filled(), Notes()],
            choice=choice or self._last_choice(),
            error=error,
            look=Previewer(self.library.path, [ids for _, ids in scopes]).look,
        )

        def finish(answer: ExportChoice | None) -> None:
            if answer is not None:
                self._export(answer, scopes[answer.scope][1])

        await self.app.push_screen(dialog, finish)

    def _chosen(self) -> tuple[list[int], Results | None, int | None]:
        """The selection, what is in view if that is not everything, the paper at hand."""
        selected = sorted(self.papers.selection)
        view = self.view.results if self.view.narrowed else None
        return selected, view, self.shown_paper()

    def _scopes(
        self, selected: list[int], view: Results | None, paper: int | None
    ) -> list[tuple[str, Sequence[int]]]:
        with Library(self.library.path) as library:
            listed, everything = library.search(READING_LIST).ids, library.search().ids
            in_view = None if view is None else library.adopted(view).ids
        scopes: list[tuple[str, Sequence[int]]] = []
        if selected:
            scopes.append(("the selected papers", selected))
        if in_view is not None:
            scopes.append(("the papers in view", in_view))
        if listed:
            scopes.append(("the reading list", listed))
        scopes.append(("the whole library", everything))
        if paper is not None:
            scopes.append(("this paper", [paper]))
        return scopes

    def _last_choice(self) -> ExportChoice | None:
        """What was chosen the last time, in the format that is set if one is."""
        from readinglist.formats import exporters
        from readinglist.tui.screens.export_choice import remembered

        settings = self.app.settings
        by_user = settings.source("export.format") != settings.DEFAULT
        fixed = settings.text("export.format") if by_user else ""
        return remembered(self.memory.export, exporters(), fixed)

    @work(group="export")
    async def _export(self, choice: ExportChoice, ids: Sequence[int]) -> None:
        from readinglist.tui.leaving.exporting import Exporting
        from readinglist.tui.screens.progress import see_through

        exporting = Exporting(self.library.path, choice, ids)
        if await see_through(exporting, self):
            self.app.exit()
        elif exporting.stopped:
            self.say(_stopped(choice))
        elif isinstance(exporting.error, ExportFailed | TemplateFailed):
            self._ask_export(choice, str(exporting.error))
        elif exporting.error is not None:
            self.complain(exporting.error)
        else:
            await self._tell_export(exporting, choice)

    async def _tell_export(self, exporting: Exporting, choice: ExportChoice) -> None:
        from readinglist.tui.leaving import clipboard

        said = exporting.said
        try:
            if choice.copied:
                said = exporting.copied(await clipboard.copy(self.app, exporting.text))
        except ReadingListError as error:
            self.complain(error)
        else:
            self.memory.exported(choice.to_json())
            self.say(said)


def _stopped(choice: ExportChoice) -> str:
    if choice.format == "notes":
        return "Stopped. The notes that were written are complete."
    return "Stopped. Nothing was written."
