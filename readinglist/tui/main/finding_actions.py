"""Finding papers: search, filters, order, and the next one in the inbox."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from rich.cells import cell_len
from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content

from readinglist.errors import QueryError
from readinglist.records import Facet, Sort, Status
from readinglist.tui.keyboard.names import key
from readinglist.tui.looks.cells import cut, fill, one_line
from readinglist.tui.main.completion_actions import CompletionActions
from readinglist.tui.main.search_aids import SearchAids
from readinglist.tui.widgets.facet_pane import FacetPane
from readinglist.tui.widgets.search_bar import SearchBar
from readinglist.tui.widgets.status_line import Chips

SORTS = (
    ("r", "relevance, best match first", Sort.RELEVANCE),
    ("a", "added, newest import first", Sort.ADDED),
    ("t", "title", Sort.TITLE),
    ("y", "year", Sort.YEAR),
    ("s", "status", Sort.STATUS),
)
_LOOKED_AT_ONCE = 500  # rows asked for at a time on the way to the next inbox paper


class FindingActions(SearchAids, CompletionActions):
    """Narrowing the view and moving in it by meaning."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "slash", "search", "Search", id="search.start", key_display="/",
            tooltip="Search as you type; misspelt words are fine.",
        ),
        Binding(
            "f", "facets", "Filter", id="search.facets",
            tooltip="Narrow the list by status, tag or document.",
        ),
        Binding(
            "backspace", "widen", "Take a filter away", id="search.widen", show=False,
            tooltip="Take the last filter away.",
        ),
        Binding(
            "comma", "sort", "Sort", id="sort.choose",
            tooltip="Choose the order; the same again reverses it.",
        ),
        Binding(
            "right_square_bracket", "inbox(1)", "Next in inbox", id="move.next-inbox", show=False,
            tooltip="Go to the next paper still in the inbox.",
        ),
        Binding(
            "left_square_bracket", "inbox(-1)", "Previous in inbox", id="move.previous-inbox",
            show=False, tooltip="Go to the previous paper still in the inbox.",
        ),
    ]  # fmt: skip

    UNBOUND: ClassVar[tuple[Binding, ...]] = tuple(
        Binding(
            "", f"sort_by('{sort}')", f"Sort by {sort}", id=f"sort.{sort}", key_display=letter,
            tooltip=f"Order the list by {what}; the same again reverses it.",
        )
        for letter, what, sort in SORTS
    )  # fmt: skip

    # Search

    def action_search(self) -> None:
        """Type a search."""
        self.go_pane("papers")
        self.search.past = self.memory.searches
        self.search.focus()

    @on(SearchBar.Changed, "#search")
    def search_typed(self) -> None:
        """Every keystroke is a search; best matches first means: look at the first."""
        if self.search.value == self.view.query:
            return
        self.view.query = self.search.value
        self.refresh_view(typing=True, briefly=True)

    @on(SearchBar.Submitted, "#search")
    @on(SearchBar.Left)
    def search_left(self) -> None:
        """Back to the list; a search that found something is one to come back to."""
        self.when_listed(self._leave_search)

    def _leave_search(self) -> None:
        if len(self.view.results) and self.view.problem() is None:
            self.memory.search(self.view.query)
        self.go_pane("papers")

    @on(SearchBar.Stepped)
    def search_stepped(self, message: SearchBar.Stepped) -> None:
        """Move in the list without leaving the search."""
        self.when_listed(partial(self.papers.action_move, message.step))

    @on(SearchBar.Widened)
    def search_widened(self) -> None:
        """Take the last filter away."""
        if self.view.facets:
            self.toggle_facet(self.view.facets[-1])

    def action_widen(self) -> None:
        """Take the last filter away, or say that there is none."""
        if self.view.facets:
            self.search_widened()
        else:
            self.say("There is no filter to take away.")

    def clear_search(self) -> None:
        """Forget the query; the cursor stays with its paper."""
        self.view.query = ""
        self.search.value = ""
        self._widen()

    # Filters

    def action_facets(self) -> None:
        """Go to the filters."""
        self.go_pane("facets")

    @on(Chips.Removed)
    def chip_removed(self, message: Chips.Removed) -> None:
        """Widen the view."""
        self.toggle_facet(message.facet)

    @on(FacetPane.Toggled)
    def facet_toggled(self, message: FacetPane.Toggled) -> None:
        """Narrow the view, and show what is left of it; or widen it."""
        self.toggle_facet(message.facet)
        if message.goes_in and message.facet in self.view.facets:
            self.see_papers()

    def toggle_facet(self, facet: Facet) -> None:
        """Narrow the view by a facet, or widen it again."""
        self.view.toggle(facet)
        self.refresh_view(briefly=True)

    def clear_facets(self) -> None:
        """Take all filters away."""
        self.view.facets = ()
        self._widen()

    def _widen(self) -> None:
        paper = self.papers.cursor_id
        self.refresh_view(briefly=True)
        self.when_listed(lambda: self.papers.seek(paper))

    # Order

    def action_sort(self) -> None:
        """Choose the order of the list."""
        from readinglist.tui.screens.choice import Choice, ChoiceOption

        def finish(sort: Sort | None) -> None:
            if sort is not None:
                self.action_sort_by(sort)

        self.app.push_screen(Choice("Sort by", [ChoiceOption(*sort) for sort in SORTS]), finish)

    def action_sort_by(self, sort: str) -> None:
        """Order the list, or turn its order round."""
        self.view.sort_by(Sort(sort))
        self.refresh_view(briefly=True)

    # The inbox

    def action_inbox(self, step: int) -> None:
        """Go to the next or previous paper in the inbox, if there is one."""
        place = self._next_in_inbox(step)
        if place is not None:
            self.papers.go(place)
        elif not self.view.results.complete:
            self.when_complete(partial(self.action_inbox, step))
        else:
            where = "further down" if step > 0 else "further up"
            self.say(f"No paper in the inbox {where}.")

    def _next_in_inbox(self, step: int) -> int | None:
        results, place = self.view.results, self.papers.cursor + step
        while 0 <= place < len(results):
            near, far = place, place + step * (_LOOKED_AT_ONCE - 1)
            start, stop = max(0, min(near, far)), min(len(results), max(near, far) + 1)
            known = results.between(start, stop)
            rows = {row.id: row for row in results.rows(start, stop)}
            for index, paper in known[::step]:
                row = rows.get(paper)
                if row is not None and row.status is Status.INBOX:
                    return index
            if len(known) < stop - start:  # the others are still being found
                return None
            place = stop if step > 0 else start - 1
        return None

    # What is said about a search

    def vacancy(self) -> list[Content]:
        """What the list says when nothing is found, and what to do about it."""
        if self.view.results.complaint:
            return [Content.styled("The search is not finished or not understood.", "bold")]
        asked = [f"“{one_line(self.view.query)}”"] if self.view.query.strip() else []
        asked += [f"{facet.field}:{one_line(facet.value)}" for facet in self.view.facets]
        if not asked:
            return [
                Content.styled("Every paper is in the trash.", "bold"),
                Content(""),
                Content.styled(_out_of_trash(), "$quiet"),
            ]
        wanted = " and ".join(asked)
        hints = [f"{key('pane.back', 'esc')} clears the search, one step at a time"]
        if not self.view.results.complete:
            looking = Content.styled(f"Still looking for {wanted}…", "bold")
            return [looking, Content(""), Content.styled(hints[0], "$quiet")]
        if self.view.facets:
            hints.append(f"{key('search.facets', 'f')} changes the filters")
        return [
            Content.styled(f"No paper matches {wanted}.", "bold"),
            *self.ways_out(),
            Content(""),
            *(Content.styled(hint, "$quiet") for hint in hints),
        ]

    def advice(self) -> Content | None:
        """What is wrong with the search, at its character; half-typed words are not wrong yet."""
        typing = self.focused is self.search and not self.view.results.complaint
        error = None if typing else self.view.problem()
        self.search.mark(None if error is None else error.position)
        if error is None:
            return None
        place = max(0, self.search.cell_at(error.position) - self.hints.content_region.x)
        return pointing_at(place, error, self.hints.size.width)


def _out_of_trash() -> str:
    filters, undo = key("search.facets", "f"), key("edit.undo", "u")
    return f"{filters} leads to it, and {undo} takes the last edit back"


def pointing_at(place: int, error: QueryError, width: int) -> Content:
    """What is wrong in a line of `width` cells, with an arrow at the cell it is about.

    Where the fix has no room beside the arrow, the arrow goes: the search line marks the place.
    """
    after, before = width - place - 2, place - 1
    first = f"{error.hint.partition('? ')[0]}?" if "? " in error.hint else error.hint
    whole, shorter = (one_line(f"{error.message} {hint}".strip()) for hint in (error.hint, first))
    for message in (whole, shorter):
        if cell_len(message) <= after:
            return Content.styled(f"{' ' * place}↑ {message}", "$text-error")
        if cell_len(message) <= before:
            return Content.styled(f"{fill(message, before)} ↑", "$text-error")
    return Content.styled(
        f"{' ' * max(0, width - cell_len(shorter))}{cut(shorter, width)}", "$text-error"
    )


def corrections(read_as: dict[str, str]) -> str:
    """Which words were read as which."""
    pairs = (f"“{one_line(typed)}” read as “{one_line(word)}”" for typed, word in read_as.items())
    return ", ".join(pairs)
