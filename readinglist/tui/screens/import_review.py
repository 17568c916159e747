"""What an import brought: its new, merged and changed papers, and what could not be read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events, getters, on
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.widget import Widget

from readinglist.library import Library
from readinglist.outcomes import Conflict, Done
from readinglist.tui.keyboard.names import key
from readinglist.tui.looks.cells import one_line
from readinglist.tui.main.edits import Write
from readinglist.tui.outcome import Outcome, Trouble, alike_told
from readinglist.tui.said import Said
from readinglist.tui.screens.dialog import Dialog
from readinglist.tui.screens.item_list import Item, ItemList, Pages
from readinglist.tui.screens.key_hints import KeyHints
from readinglist.tui.screens.line import Line
from readinglist.tui.screens.sections import Sections
from readinglist.tui.widgets.wrapped_text import WrappedText
from readinglist.tui.wording.conflict_lines import both_sides, conflict_items, field_name
from readinglist.tui.wording.trouble_lines import trouble_item, trouble_told

NEW, MERGED, CHANGED, UNREADABLE, CONFLICTS = range(5)
_NOTHING = (
    "No paper was new.",
    "No paper was in the library before.",
    "No paper took anything from it.",
    "All of it could be read.",
    "Nothing is left to decide.",
)
_WIDE = 110  # columns from which a text has room beside the list


@dataclass(frozen=True, slots=True)
class Lead:
    """Where the user wants to go from the review: to a paper, or to the pairs that look alike."""

    paper: int | None


class Lines(ItemList):
    """A list that tells where its cursor goes."""

    class Moved(Said):
        """The cursor is on another line."""

    def said_moved(self) -> None:
        """Tell."""
        self.post_message(self.Moved())


class ImportReview(Dialog[Lead | None]):
    """The sections of an import; `said` is a sentence about it.

    The last is there only where documents say otherwise than papers, those of this import first.
    What is decided there is saved by `write`.
    """

    HOLDS: ClassVar = (Lines, WrappedText)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "step(1)", "sections", id="review.next", tooltip="Go to the next section."),
        Binding("shift+tab", "step(-1)", "sections", id="review.previous", show=False),
        *(Binding(str(n + 1), f"section({n})", "section", show=False) for n in range(5)),
        Binding("l,right", "read", "read", show=False),
        Binding("h,left", "list", "list", show=False),
        Binding("enter", "enter", "open", id="review.open", tooltip="Go to the paper, or read."),
        Binding(
            "t", "decide(True)", "take theirs", id="review.take",
            tooltip="Let the paper take what the document says.",
        ),
        Binding(
            "x", "decide(False)", "keep ours", id="review.keep",
            tooltip="Keep what the paper has, and do not ask again.",
        ),
        Binding(
            "u", "undo", "undo", id="review.undo", tooltip="Take the last decision back.",
        ),
        Binding(
            "D", "duplicates", "duplicates", id="review.duplicates",
            tooltip="Compare the papers that look like the same one.",
        ),
        Binding("escape", "back", "close", id="review.close", tooltip="Back to the papers."),
        Binding("q,I", "cancel", "close", show=False),
    ]  # fmt: skip

    DEFAULT_CSS = """
    ImportReview {
        & > .frame { width: 120; height: 90%; }
        & Sections { margin: 1 1 1 1; }
        & #place { height: 1fr; layout: vertical; }
        & Lines { height: 1fr; width: 1fr; }
        & WrappedText {
            display: none; height: 1fr; width: 1fr; padding: 0 1;
            background: $surface; border-top: solid $foreground 20%;
            &:focus { border-top: heavy $border; }
        }
        & .-reading WrappedText { display: block; }
        & #notice { margin: 1 1 0 1; height: auto; max-height: 2; text-wrap: wrap; }
        & KeyHints { margin: 1 1 0 1; }
        &.-short Sections, &.-short #notice, &.-short KeyHints { margin: 0 1; }
        &.-wide #place { layout: horizontal; }
        &.-wide WrappedText {
            border-top: none; border-left: solid $foreground 20%;
            &:focus { border-left: heavy $border; }
        }
    }
    """

    sections = getters.query_one(Sections)
    lines = getters.query_one(Lines)
    raw = getters.query_one("#raw", WrappedText)

    def __init__(self, library: Library, outcome: Outcome, write: Write, said: str = "") -> None:
        super().__init__(f"Import of {one_line(outcome.name)}" if outcome.name else "Import")
        self._library = library
        self._outcome = outcome
        self._write = write
        self._said = said
        self._fields = dict(outcome.changed)
        self._conflicts = library.conflicts()
        self._at = NEW
        self.decided = 0
        self._cursors = [0] * 5
        self._ids: tuple[Sequence[int], ...] = (
            outcome.new,
            outcome.merged,
            tuple(self._fields),
            (),
        )

    def body(self) -> Iterator[Widget]:
        """The sections, the lines of one of them, and the text that is behind a line."""
        counts = [len(ids) for ids in self._ids[:UNREADABLE]] + [len(self._outcome.troubles)]
        counts += [len(self._conflicts)] if self._conflicts else []
        labels = ("New", "Merged", "Changed", "Unreadable", "Conflicts")
        yield Sections(list(zip(labels, counts, strict=False)))
        with Container(id="place"):
            yield Lines(can_focus=True)
            yield WrappedText(id="raw")
        yield Line(id="notice")

    def on_mount(self) -> None:
        """Begin where something calls for a look."""
        outcome = self._outcome
        calls = (
            (CONFLICTS, outcome.conflicts),
            (UNREADABLE, outcome.troubles),
            (CHANGED, outcome.changed),
            (NEW, outcome.new),
        )
        self._cursors[UNREADABLE] = 0
        self.action_section(next((section for section, found in calls if found), MERGED))
        self.lines.focus()

    def on_resize(self, event: events.Resize) -> None:
        """Put the text beside the list where there is room."""
        super().on_resize(event)
        self.set_class(event.size.width >= _WIDE, "-wide")

    # What a section shows

    @property
    def _trouble(self) -> Trouble | None:
        cursor = self.lines.cursor
        troubles = self._outcome.troubles
        here = self._at == UNREADABLE and 0 <= cursor < len(troubles)
        return troubles[cursor] if here else None

    @property
    def _conflict(self) -> Conflict | None:
        cursor = self.lines.cursor
        here = self._at == CONFLICTS and 0 <= cursor < len(self._conflicts)
        return self._conflicts[cursor] if here else None

    def action_section(self, index: int) -> None:
        """Open a section where it was left."""
        if index >= self.sections.count:
            return
        self._cursors[self._at] = self.lines.cursor
        self.sections.open = self._at = index
        if index == CONFLICTS:
            self.lines.show(conflict_items(self._library, self._conflicts), self._cursors[index])
        elif index == UNREADABLE:
            self.lines.show(list(map(trouble_item, self._outcome.troubles)), self._cursors[index])
        else:
            self.lines.show_pages(Pages(self._ids[index], self._items), self._cursors[index])
        if not self.lines.count:
            self.lines.show([Item(_NOTHING[index], stop=False)])
        reading = self._trouble is not None or self._conflict is not None
        self.query_one("#place").set_class(reading, "-reading")
        self.lines.focus()
        self._show_text()
        self.refresh_bindings()
        self.call_later(self.query_one(KeyHints).update)

    def _items(self, ids: Sequence[int]) -> list[Item]:
        rows = {row.id: row for row in self._library.rows(ids)}
        return [
            Item(one_line(rows[paper].title), aside=self._beside(paper, rows[paper].key))
            if paper in rows
            else Item("deleted for good", stop=False)
            for paper in ids
        ]

    def _beside(self, paper: int, key: str) -> str:
        if self._at != CHANGED:
            return one_line(key)
        return ", ".join(map(field_name, self._fields[paper]))

    @on(Lines.Moved)
    def _show_text(self) -> None:
        """Show the whole of what could not be read, and what the keys lead to."""
        trouble, conflict = self._trouble, self._conflict
        shown = trouble_told(trouble) if trouble else both_sides(conflict) if conflict else ()
        self.raw.show_paragraphs(list(shown))
        self.say(self._notice(), tone="plain")

    def _notice(self) -> str:
        alike = alike_told(self._outcome.pairs, f"{key('review.duplicates', 'D')} compares")
        return " ".join(filter(None, (self._said, alike)))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what there is can be gone to."""
        if action == "duplicates":
            return bool(self._outcome.pairs)
        if action == "decide":
            return self._at == CONFLICTS and bool(self._conflicts)
        if action == "undo":
            return bool(self.decided)
        return super().check_action(action, parameters)

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        """Why there is nothing to go to or to decide."""
        match action:
            case "duplicates" if not self._outcome.pairs:
                return "No two papers look like the same one."
            case "decide" if not self._conflicts:
                return "No document says otherwise than a paper."
            case "decide" if self._conflict is None:
                return f"That is for the conflicts: {CONFLICTS + 1} leads to them."
            case "undo" if not self.decided:
                return "Nothing has been decided here yet."
            case "section" if parameters >= (self.sections.count,):
                return "There is no conflict."
            case "read" if self._trouble is None and self._conflict is None:
                return "There is no text behind it: the lines are papers."
            case "list" if self.lines.has_focus:
                return "The keys go to the list already."
            case "enter" if self.lines.item is None or not self.lines.item.stop:
                return "There is nothing here to open."
        return super().why_not(action, parameters)

    # Keys

    def action_step(self, step: int) -> None:
        """Go to the next or previous section."""
        self.action_section((self._at + step) % self.sections.count)

    @on(Sections.Chosen)
    def _chosen(self, event: Sections.Chosen) -> None:
        self.action_section(event.index)

    @on(ItemList.Picked)
    def _picked(self, event: ItemList.Picked) -> None:
        if event.twice:
            self.action_enter()

    def action_enter(self) -> None:
        """Go to the paper, or into the text."""
        if self._at == UNREADABLE:
            self.action_read()
            return
        if self._at == CONFLICTS:
            if self._conflict is not None:
                self.finish(Lead(self._conflict.paper))
            return
        ids, cursor = self._ids[self._at], self.lines.cursor
        if 0 <= cursor < len(ids):
            self.finish(Lead(ids[cursor]))

    def action_read(self) -> None:
        """Give the keys to the text."""
        if self._trouble is not None or self._conflict is not None:
            self.raw.focus()

    def action_list(self) -> None:
        """Give the keys back to the list."""
        self.lines.focus()

    def action_decide(self, take: bool) -> None:
        """Take what the document says, or keep what the paper has; then show the next."""
        conflict = self._conflict
        if conflict is None:
            return

        def show(done: Done | None) -> None:
            self.decided += done is not None
            said = "Somebody has decided that already." if done is None else _saved(done)
            self._look_again(said)

        what = f"decide on the {field_name(conflict.field)}"
        self._write(what, lambda: self._library.decide([conflict], take=take), show)

    def action_undo(self) -> None:
        """Take back the last decision that was made here."""

        def show(done: Done | None) -> None:
            self.decided -= 1
            self._look_again(f"Undid: {done.label}." if done else "")

        self._write("undo the last decision", self._library.undo, show)

    def _look_again(self, said: str) -> None:
        """Show what is left to decide."""
        self._conflicts = self._library.conflicts()
        self.sections.recount(CONFLICTS, len(self._conflicts))
        self.action_section(CONFLICTS)
        self.say(one_line(said), tone="success")

    def action_duplicates(self) -> None:
        """Compare the papers that look alike."""
        self.finish(Lead(None))

    def action_back(self) -> None:
        """Go back from the text to the list, then to the papers."""
        if self.raw.has_focus:
            self.lines.focus()
        else:
            self.action_cancel()


def _saved(done: Done) -> str:
    way = key("review.undo", "u")
    return f"{done.label[:1].upper()}{done.label[1:]}. {way} takes it back."
