"""The search line: every keystroke is a search, and half-typed fields are completed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from rich.highlighter import Highlighter
from rich.text import Text
from textual.binding import Binding, BindingType

from readinglist.tui.said import Said
from readinglist.tui.widgets.field import Field

if TYPE_CHECKING:
    from readinglist.library.search.completion import Completion

NOWHERE = -1


class SearchBar(Field):
    """An input that says when it is left, and which way; `completer` is asked at every key."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "tab", "complete(1)", "Complete", id="search.complete",
            tooltip="Complete the field or its value; again takes the next one offered.",
        ),
        Binding(
            "shift+tab", "complete(-1)", "Complete backwards", id="search.complete-back",
            show=False, tooltip="Take the one offered before.",
        ),
        Binding(
            "ctrl+s", "screen.save_search", "Save", id="search.save",
            tooltip="Keep this search, its filters and its order under a name.",
        ),
        Binding(
            "enter", "submit", "To the list", id="search.submit",
            tooltip="Go to the papers found.",
        ),
        Binding(
            "escape", "leave", "Back", id="search.leave",
            tooltip="Close what is offered, or go back to the list; the search stays.",
        ),
        Binding(
            "down", "step(1)", "Next", id="search.next", show=False,
            tooltip="Move down in the papers found and keep typing; after up, the later search.",
        ),
        Binding(
            "up", "step(-1)", "Previous", id="search.previous", show=False,
            tooltip="Move up in the papers found; from where they begin, bring an earlier search.",
        ),
        Binding(
            "backspace", "erase", "Delete", id="search.erase", show=False,
            tooltip="Delete a character; with none left, take the last filter away.",
        ),
    ]  # fmt: skip

    class Offered(Said):
        """What is typed may become something else, or no longer may; one of these is chosen."""

        completion: Completion | None
        chosen: int

    class Left(Said):
        """The user wants to go back to the list."""

    class Stepped(Said):
        """The user wants the next or previous paper without leaving."""

        step: int

    class Widened(Said):
        """The user deletes although nothing is typed: the last filter goes."""

    def __init__(self, *, id: str = "search") -> None:
        super().__init__(
            id=id, compact=True, select_on_focus=False, placeholder="search", max_length=1000
        )
        self.completer: Callable[[str, int], Completion | None] = lambda _query, _cursor: None
        self._completion: Completion | None = None
        self._typed = ""  # before a candidate took its place
        self._chosen: int | None = None
        self._is_placing = False
        self.past: Sequence[str] = ()
        self._from_past: int | None = None
        self._unfinished = ""  # before a past search took its place
        self._faulty: int | None = None  # character
        self._steps = 0  # down the list, since the last letter

    # Completing

    def watch_value(self) -> None:
        """Look again what may be completed."""
        if not self._is_placing:
            self._from_past, self._steps = None, 0
        self.look_again()

    def watch_selection(self) -> None:
        """Look again: another word is before the cursor."""
        self.look_again()

    @property
    def choosing(self) -> bool:
        """Whether a candidate has taken the place of what was typed, and others may yet."""
        return self._chosen is not None

    def look_again(self) -> None:
        """Offer what the word before the cursor may become, unless one was just chosen."""
        if self._is_placing:
            return
        found = self.completer(self.value, self.cursor_position) if self.has_focus else None
        self._chosen = None
        self._offer(found if self.selection.is_empty else None)

    def _offer(self, completion: Completion | None) -> None:
        before, self._completion = self._completion, completion
        # A suggester would answer after the next frame, and the rest of the word would flicker.
        self._suggestion = self._continuation() if self._chosen is None else ""
        if (completion is None) != (before is None):
            self.refresh_bindings()
        if completion is not None or before is not None:
            finished = completion is not None and completion.finished
            first = NOWHERE if finished else 0
            self.post_message(
                self.Offered(completion, first if self._chosen is None else self._chosen)
            )

    def _continuation(self) -> str:
        """The query with the best candidate, if that only adds to what is typed."""
        if self._completion is None or self._completion.finished or not self.cursor_at_end:
            return ""
        longer = self._completion.applied(self.value, self._completion.candidates[0])
        return longer if longer.startswith(self.value) else ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 (Textual's signature)
        """With nothing to complete, the key means what it does elsewhere."""
        return action != "complete" or self._completion is not None

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:
        """There may be no earlier search to bring."""
        back = action == "step" and parameters == (-1,) and not self._steps
        return "There is no earlier search." if back and self._earlier(1) is None else ""

    def action_complete(self, step: int) -> None:
        """Take the best candidate, then the next ones."""
        if self._completion is None:
            return
        count = len(self._completion.candidates)
        first = 0 if step > 0 else count - 1
        self.choose(first if self._chosen is None else (self._chosen + step) % count)

    def choose(self, index: int) -> None:
        """Put a candidate in the place of what was typed."""
        completion = self._completion
        if completion is None:
            return
        if self._chosen is None:
            self._typed = self.value
        candidate = completion.candidates[index]
        with self._placing():
            self.value = completion.applied(self._typed, candidate)
            self.cursor_position = completion.start + len(candidate.text)
        if len(completion.candidates) == 1 or candidate.text.endswith(":"):
            self.look_again()
        else:
            self._chosen = index
            self._offer(completion)

    @contextmanager
    def _placing(self) -> Iterator[None]:
        self._is_placing = True
        try:
            yield
        finally:
            self._is_placing = False

    def on_focus(self) -> None:
        """Offer again, and begin at the newest past search."""
        self._from_past, self._steps = None, 0
        self.look_again()

    def on_blur(self) -> None:
        """Offer nothing."""
        self._chosen = None
        self._offer(None)

    def put(self, text: str) -> None:
        """Replace the search; nobody is typing a word of it."""
        with self._placing():
            super().put(text)
        self._chosen = None
        self._offer(None)

    # What is wrong

    def mark(self, position: int | None) -> None:
        """Underline the word that something is wrong with, or none."""
        if position != self._faulty:
            self._faulty = position
            self.highlighter = None if position is None else _Underline(position)
            self.refresh()

    # Leaving, and staying

    def action_leave(self) -> None:
        """Take the offer back, or go back to the list."""
        if self._completion is not None and not self._completion.guess:
            self._chosen = None
            self._offer(None)
        else:
            self.post_message(self.Left())

    def action_step(self, step: int) -> None:
        """Move the list's cursor down and up again; from its top up, and back, past searches."""
        if self._from_past is not None or (step < 0 and not self._steps):
            self._recall(-step)
        else:
            self._steps += step
            self.post_message(self.Stepped(step))

    def _recall(self, step: int) -> None:
        """Put an earlier search in place of this one, or a later one; at last what was typed."""
        if self._from_past is None:
            self._unfinished = self.value
        if (place := self._earlier(step)) is not None:
            self._from_past = None if place < 0 else place
            self.put(self._unfinished if place < 0 else self.past[place])

    def _earlier(self, step: int) -> int | None:
        """The place of another search than this: negative behind the latest, None before all."""
        place = (-1 if self._from_past is None else self._from_past) + step
        while 0 <= place < len(self.past) and self.past[place] == self.value:
            place += step
        return place if place < len(self.past) else None

    def action_erase(self) -> None:
        """Delete a character, or the last filter when there is none."""
        if self.value:
            self.action_delete_left()
        else:
            self.post_message(self.Widened())

    def cell_at(self, position: int) -> int:
        """The screen column of a character of the search."""
        column = cell_len(self.value[:position]) - round(self.scroll_x)
        return self.content_region.x + min(max(0, column), max(0, self.size.width - 1))


class _Underline(Highlighter):
    """Underlines a text from a position to the end of the word."""

    def __init__(self, position: int) -> None:
        self.position = position

    def highlight(self, text: Text) -> None:
        """Underline."""
        rest = text.plain[self.position :]
        text.stylize("underline", self.position, self.position + max(1, len(rest.split(" ")[0])))
