"""Papers in: import, the review of what it brought, and the duplicates that it may have found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType

from readinglist.outcomes import Receipt, belongings_told
from readinglist.tui.keyboard.names import key
from readinglist.tui.looks.cells import one_line
from readinglist.tui.main.edits import Edits

if TYPE_CHECKING:
    from readinglist.importing import Failure
    from readinglist.tui.long_work import Comparing, Importing
    from readinglist.tui.outcome import Outcome
    from readinglist.tui.screens.import_dialog import ImportChoice
    from readinglist.tui.screens.import_review import Lead


class ImportActions(Edits):
    """Bringing papers in, and looking at what came of it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "i", "import", "Import", id="exchange.import",
            tooltip="Read saved listings, a file or a whole folder.",
        ),
        Binding(
            "I", "review_import", "Review the import", id="exchange.review", show=False,
            tooltip="What the last import brought, and what of it could not be read.",
        ),
        Binding(
            "D", "duplicates", "Duplicates", id="exchange.duplicates", show=False,
            tooltip="Compare the papers that look like the same one, and merge them or not.",
        ),
    ]  # fmt: skip

    _at_work = False
    _outcome: Outcome | None = None

    # Import

    def action_import(self) -> None:
        """Ask for paths, and import them."""
        self._ask_import()

    def _ask_import(self, failure: Failure | None = None) -> None:
        from readinglist.tui.screens.import_dialog import ImportDialog

        def finish(choice: ImportChoice | None) -> None:
            if choice is not None:
                self._import(choice.paths)

        again, error = (failure.path, str(failure.error)) if failure else (None, "")
        self.app.push_screen(ImportDialog(Path.cwd(), again=again, error=error), finish)

    @work(group="import")
    async def _import(self, paths: Sequence[Path]) -> None:
        from readinglist.tui.long_work import Importing

        if self._busy():
            return
        importing = Importing(self.library.path, paths)
        if await self._see_through(importing):
            self.app.exit()
            return
        self.changed_elsewhere()  # it was written through a connection of its own
        self.refresh_view()
        if importing.error is not None:
            self.complain(importing.error)
        with self.errors_told():
            self._tell_import(importing)

    def _busy(self) -> bool:
        if self._at_work:
            self.say("One moment: the last import is not finished.")
        return self._at_work

    async def _see_through(self, work: Comparing) -> bool:
        from readinglist.tui.screens.progress import see_through

        self._at_work = True
        try:
            return await see_through(work, self)
        finally:
            self._at_work = False

    def _tell_import(self, done: Importing) -> None:
        receipts, failures = done.receipts, done.failures
        if receipts and sum(one.new for one in receipts) == self.library.most:
            self.when_listed(
                self.papers.action_top
            )  # the first import: nobody has read anything yet
        if len(failures) == 1 and not receipts and not done.stopped and self.is_current:
            self._ask_import(failures[0])
            return
        said = _told(done)
        if done.outcome is not None:
            outcome = self._outcome = done.outcome
            if outcome.calls_for_a_look and self.is_current:
                self._show_review(outcome, said)
                return
            said = " ".join(filter(None, (said, f"{key('exchange.review', 'I')} shows it.")))
        if said:
            self.say(said)

    # Review

    def action_review_import(self) -> None:
        """Show what the last import brought."""
        from readinglist.tui.outcome import of_latest

        with self.errors_told():
            outcome = self._outcome or of_latest(self.library)
            if outcome is None:
                self.say(f"Nothing has been imported yet: {key('exchange.import', 'i')} imports.")
            else:
                self._show_review(replace(outcome, pairs=len(self.library.lookalikes())))

    def _show_review(self, outcome: Outcome, said: str = "") -> None:
        from readinglist.tui.screens.import_review import ImportReview

        def follow(lead: Lead | None) -> None:
            if review.decided:
                self.not_again("It was about one document, so it is not repeated.")
                self.refresh_view()
            if lead is None:
                return
            if lead.paper is None:
                self.action_duplicates()
            else:
                self.go_to(lead.paper)

        self.hush()
        review = ImportReview(self.library, outcome, self.write, said)
        self.app.push_screen(review, follow)

    # Duplicates

    @work(group="import")
    async def action_duplicates(self) -> None:
        """Compare what has not been compared, then show the pairs that look alike."""
        from readinglist.tui.long_work import Comparing

        if self._busy():
            return
        comparing = Comparing(self.library.path)
        if await self._see_through(comparing):
            self.app.exit()
            return
        if comparing.error is not None:
            self.complain(comparing.error)
        if self.is_current:
            with self.errors_told():
                self._show_duplicates(found_all=comparing.error is None)

    def _show_duplicates(self, *, found_all: bool) -> None:
        pairs = self.library.lookalikes()
        if pairs:
            from readinglist.tui.screens.duplicates_review import DuplicatesReview

            review = DuplicatesReview(self.library, pairs, self.write)

            def finish(_: None) -> None:
                if review.decided:
                    self.not_again("It was about two papers, so it is not repeated on others.")
                self.refresh_view()

            self.app.push_screen(review, finish)
        elif found_all:
            self.say("No two papers look like the same one.")


def _told(done: Importing) -> str:
    """What an import did, in a sentence or two."""
    said = imported(done.receipts) if done.receipts else ""
    if done.uncompared:
        said = f"{said} {key('exchange.duplicates', 'D')} compares them with the others."
    if done.stopped:
        s = "s" * (done.documents != 1)
        stopped = f"Stopped: {len(done.receipts):,} of {done.documents:,} document{s} imported."
        return f"{stopped} {said}".strip()
    return said or ("Nothing could be imported." if done.failures else "")


def imported(receipts: Sequence[Receipt]) -> str:
    """What an import did, in a sentence."""
    new = sum(receipt.new for receipt in receipts)
    merged = sum(receipt.merged for receipt in receipts)
    problems = sum(len(receipt.problems) for receipt in receipts)
    parts = [f"{new:,} new"]
    if merged:
        parts.append(f"{merged:,} merged")
    if not new and not merged:
        parts = ["nothing new"]
    if problems:
        parts.append(f"{problems:,} problem{'s' * (problems != 1)}")
    documents = one_line(receipts[0].name) if len(receipts) == 1 else f"{len(receipts)} documents"
    said = f"Imported {documents}: {', '.join(parts)}."
    if told := belongings_told(receipts):
        said = f"{said} It took {told}; {key('edit.undo', 'u')} in the list takes that back."
    return said
