"""What lookups found: reviewing what is not sure, and adding works by their identifiers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from readinglist.findings import Added
from readinglist.tui.keyboard.names import key
from readinglist.tui.looks.cells import one_line
from readinglist.tui.main.lookup_actions import LookupActions

if TYPE_CHECKING:
    from readinglist.lookup.adding import Outcome


class FoundActions(LookupActions):
    """Deciding on what was found."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "R", "review_suggestions", "Review what was found", id="lookup.review", show=False,
            tooltip="What a lookup found and was not sure of, beside the paper: take it or not.",
        ),
        Binding(
            "a", "add", "Add by identifier", id="lookup.add", show=False,
            tooltip="Add a paper by its arXiv id, DOI or link.",
        ),
    ]  # fmt: skip

    # Reviewing

    def action_review_suggestions(self) -> None:
        """Show what lookups found and were not sure of."""
        from readinglist.tui.screens.suggestions_review import SuggestionsReview

        with self.errors_told():
            suggestions = self.library.suggestions()
            if not suggestions:
                self.say("There is nothing to review: no lookup was in doubt.")
                return
            here = self.shown_paper()
            suggestions.sort(key=lambda each: each.paper != here)  # first what is at hand
            review = SuggestionsReview(self.library, suggestions, self.write)

            def finish(_: None) -> None:
                if review.decided:
                    self.not_again("It was about one paper, so it is not repeated on others.")
                self.refresh_view()

            self.hush()
            self.app.push_screen(review, finish)

    # Adding

    def action_add(self) -> None:
        """Ask for identifiers, and add what they name."""
        from readinglist.tui.screens.add_dialog import AddDialog

        def finish(outcomes: Sequence[Outcome] | None) -> None:
            if outcomes:
                self._add(outcomes)

        with self.errors_told():
            settings, _ = self.lookup_settings()
            self.app.push_screen(AddDialog(settings), finish)

    def _add(self, outcomes: Sequence[Outcome]) -> None:
        from readinglist.lookup.adding import works

        found = works(outcomes)

        def show(added: list[Added]) -> None:
            self.not_again("What is added is there, so it is not added again.")
            self.refresh_view()
            self.go_to(added[-1].paper)
            self.say(self._told_added(added))

        what = "add a paper" if len(outcomes) == 1 else f"add {len(outcomes)} papers"
        names = " ".join(one_line(outcome.text) for outcome in outcomes)
        self.write(what, lambda: self.library.add(found), show, words=names)

    def _told_added(self, added: Sequence[Added]) -> str:
        new = [each.paper for each in added if each.new]
        here = [each.paper for each in added if not (each.new or each.trashed)]
        trashed = [each.paper for each in added if each.trashed]
        parts = [f"Added {self.named(new)}."] if new else []
        for known, where in ((here, "here"), (trashed, "in the trash")):
            if known:
                verb = "is" if len(known) == 1 else "are"
                parts.append(f"{self.named(known)} {verb} {where} already.")
        if any(each.done for each in added):
            parts.append(f"{key('edit.undo', 'u')} undoes.")
        return " ".join(parts)
