"""Triage: walking through the inbox with one paper large, one key for each judgement."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from readinglist.errors import ReadingListError
from readinglist.library import Library, Results
from readinglist.library.search.paper_set import PaperSet
from readinglist.outcomes import Done
from readinglist.records import Status
from readinglist.tui.main.finding_actions import FindingActions
from readinglist.tui.main.pane_actions import PaneActions
from readinglist.tui.main.trash_actions import TrashActions
from readinglist.tui.main.triage_actions import Edit
from readinglist.tui.round import Round
from readinglist.tui.said import Said
from readinglist.tui.wording.triage_words import end_of, left_at

if TYPE_CHECKING:
    from readinglist.tui.widgets.triage_view import TriageText, TriageView

PLACE = "triage"
"""The mark that says at which paper the walk was left."""
DONE = "triage-done"
"""The mark that says how many were judged in walks through the whole inbox that did not end."""


class InboxActions(PaneActions, FindingActions, TrashActions):
    """Beginning the walk, judging, and leaving it without losing the place."""

    round: Round | None = None
    triage: TriageView
    _shown: int | None = None

    class Extended(Said):
        """All papers of the walk are known, behind the first ones."""

        first: Sequence[int]
        results: Results

    # Beginning and leaving

    async def action_triage(self) -> None:
        """Begin the walk, or leave it."""
        if self.round is not None:
            self.end_triage()
            return
        with self.errors_told():
            found = self._to_judge()
            if found is None:
                self.say(self._nothing_to_judge())
                return
            await self._begin_walk(found)

    def _to_judge(self) -> Round | None:
        """A walk through the inbox papers of the selection, else of the view; None if none is."""
        papers, selection = self.papers, self.papers.selection
        resumed = self.library.remembered(PLACE)
        brief = not (selection or papers.cursor)
        results = self.view.inbox(self.library, brief=brief)
        if resumed and not results.complete and results.index_of(resumed) is None:
            results = results.extended()
        ids, index_of = _among(results, selection)
        if not ids:
            return None
        found = Round(self.library, ids, index_of)
        found.before = None if self._scope() else self.library.remembered(DONE)
        if not results.complete:
            self.aside.ask("round", partial(_extended, results, self.view.inbox))
        if papers.cursor or not found.go(resumed):
            self._start(found, resumed)
        return found

    def _start(self, found: Round, resumed: int) -> None:
        """Start at the cursor's paper, or where the last walk was left; else at the first behind.

        The paper at which it was left may have been judged, then or since.
        """
        results = self.view.results
        place = self.papers.cursor or results.index_of(resumed) or 0
        papers = map(results.near, range(place, len(results)))
        any(paper is not None and found.go(paper) for paper in papers)

    def _nothing_to_judge(self) -> str:
        where = "selection" if self.papers.selection else "view"
        elsewhere = self.counts.statuses.get(Status.INBOX, 0)
        if not elsewhere:
            return "Inbox empty: every paper has been judged."
        return f"No paper of this {where} is in the inbox; {elsewhere:,} elsewhere are."

    async def _begin_walk(self, found: Round) -> None:
        from readinglist.tui.widgets.triage_view import TriageView

        self.hush()  # it would stand over the abstract
        self.round = found
        self.set_focus(None)  # or hiding it would give the keys to its neighbour, and end the walk
        self.query_one("#panes").display = self.query_one("#line").display = False
        self.triage, self._shown = TriageView(), None
        await self.mount(self.triage, before="#panes")
        self.triage.text.focus()
        self.show_triage()

    def end_triage(self) -> None:
        """Go back to the list, and say what came of the walk if it is not over."""
        found = self.round
        self.leave_triage()
        if found is not None and found.left and found.judged:
            self.say(left_at(found))

    def leave_triage(self) -> None:
        """Go back to the list, with the cursor on the paper that was at hand."""
        if self.round is None:
            return
        self.keep_place()
        paper, self.round = self.round.paper, None
        self.aside.forget("round")
        self.query_one("#panes").display = self.query_one("#line").display = True
        self.set_focus(None)  # or removing it would give the keys to its neighbour, and keep them
        self.triage.remove()
        self.open_pane("papers")
        self.refresh_view()
        self.papers.seek(paper)
        self.refresh_bindings()

    def keep_place(self) -> None:
        """Remember for the next walk where this one is and how far, unless there is no time to."""
        if self.round is not None:
            with suppress(ReadingListError):
                self.library.remember(PLACE, self.round.paper or 0)
                if self.round.before is not None:
                    self.library.remember(DONE, self.round.done if self.round.left else 0)

    # Walking

    @on(Extended)
    def extended(self, message: Extended) -> None:
        """Walk on through all of them."""
        if self.round is not None and self.round.ids is message.first:
            self.round.extend(*_among(message.results, PaperSet()))
            self.show_triage()

    def on_triage_text_stepped(self, message: TriageText.Stepped) -> None:
        """Go to the next paper or back."""
        if self.round is None:
            return
        if self.round.step(message.step):
            self.show_triage()
        else:
            self.say("This is the end of the walk." if message.step > 0 else "This is the first.")

    def on_triage_text_restarted(self) -> None:
        """Go to the first paper that is still to be judged."""
        if self.round is not None:
            with self.errors_told():
                before = self.round.place
                self.round.restart()
                self.show_triage()
                if self.round.place == before:
                    self.say("This is the first that is still to be judged.")

    def action_inbox(self, step: int) -> None:
        """Go to the next or previous paper still to be judged."""
        if self.round is None:
            super().action_inbox(step)
            return
        with self.errors_told():
            if step < 0 and not self.round.retreat():
                self.say("No paper further up is still to be judged.")
                return
            if step > 0:
                self.round.advance()
            self.show_triage()

    # What edits do to the walk

    def targets(self) -> list[int]:
        """The paper at hand."""
        if self.round is None:
            return super().targets()
        return [] if self.round.paper is None else [self.round.paper]

    @property
    def at_hand(self) -> bool:
        """Whether there is a paper at hand."""
        return super().at_hand if self.round is None else self.round.paper is not None

    def shown_paper(self) -> int | None:
        """The paper at hand."""
        return super().shown_paper() if self.round is None else self.round.paper

    def show_edit(self, edit: Edit, ids: Sequence[int], done: Done | None) -> None:
        """Go on once a paper is judged, and say what was done to it."""
        if self.round is None:
            super().show_edit(edit, ids, done)
            return
        self._note(ids, goes_on=edit.judges)
        self.tell_of_one(edit, ids, done)
        self.settle(done.ids if done else ())

    def _note(self, ids: Sequence[int], *, goes_on: bool) -> None:
        if self.round is not None:
            self.round.look(ids)
            if goes_on:
                self.round.advance()

    def without(self, ids: list[int]) -> None:
        """Go on when the paper at hand went to the trash."""
        super().without(ids)
        if self.round is not None:
            self.round.look(ids)
            if self.round.paper in self.round.judged:
                self.round.advance()
            self.show_triage()

    def show_step(self, done: Done) -> None:
        """Go back to the paper whose judgement was taken back."""
        if self.round is None:
            super().show_step(done)
            return
        self.round.look(done.ids)
        any(self.round.go(paper) for paper in done.ids)
        self.settle(done.ids)

    def refresh_view(
        self, *, typing: bool = False, briefly: bool = False, holding: bool = False
    ) -> None:
        """Papers may have been judged elsewhere."""
        if self.round is not None:
            with self.errors_told():
                self.round.look_again()
        super().refresh_view(typing=typing, briefly=briefly, holding=holding)

    def go_pane(self, pane: str) -> None:
        """Whoever goes to a pane has left the walk."""
        self.leave_triage()
        super().go_pane(pane)

    def action_back(self) -> None:
        """Leave the walk, or go back as ever."""
        if self.round is None:
            super().action_back()
        else:
            self.end_triage()

    # What shows

    def say(self, message: str, title: str = "", *, spare: str = "") -> None:
        """Tell on the walk's own line, not over the abstract."""
        if self.round is None or title:
            super().say(message, title)
        else:
            self.hush()
            self.triage.tell(message, spare)

    def hush(self) -> None:
        """Take back also what the walk's own line tells."""
        super().hush()
        if self.round is not None:
            self.triage.tell("")

    def show_triage(self) -> None:
        """Show the paper at hand, or the end; and how many are left."""
        found = self.round
        if found is None:
            return
        paper = found.paper
        entries = [] if paper is None else self.library.entries([paper])
        if entries:
            marks, colours = self.view.results.marks, self.detail.tag_colours
            self.triage.show(entries[0], marks, colours, same=paper == self._shown)
        else:
            elsewhere = self.counts.statuses.get(Status.INBOX, 0) if self._scope() else 0
            self.triage.show_end(end_of(found, elsewhere))
        self._shown = paper
        bar, line = self.triage.bar, self.triage.line
        bar.scope = self._scope()
        bar.done, bar.left = found.done, found.left
        line.tally = found.tally()

    def _scope(self) -> str:
        """What is walked through, if that is not the whole inbox."""
        if self.papers.selection:
            return f"{len(self.papers.selection):,} selected"
        facets = [f"{f.field}:{f.value}" for f in self.view.facets]
        return " ".join(filter(None, [self.view.query.strip(), *facets]))


def _among(
    results: Results, selection: PaperSet
) -> tuple[Sequence[int], Callable[[int], int | None]]:
    """The results, or those of them that are selected, and where in them a paper is."""
    if not selection:
        return results.ids, results.index_of
    ids = [paper for paper in results.sorted(selection) if paper in results]
    return ids, {paper: index for index, paper in enumerate(ids)}.get


def _extended(
    first: Results, find: Callable[[Library], Results], library: Library
) -> Iterator[Message]:
    yield InboxActions.Extended(first.ids, find(library))
