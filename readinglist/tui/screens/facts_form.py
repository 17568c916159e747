"""Edit what is known of a paper: title, authors, year, venue, identifiers, links and the rest."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import events, getters, on, work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static, TextArea

from readinglist.errors import ReadingListError, UsageError
from readinglist.library.journal.facts import checked
from readinglist.outcomes import Done
from readinglist.records import Entry
from readinglist.text import clean, clean_line
from readinglist.tui import last_words
from readinglist.tui.keyboard.names import key
from readinglist.tui.leaving import clipboard
from readinglist.tui.patience import PatientApp
from readinglist.tui.screens.confirm import Confirm
from readinglist.tui.screens.dialog import Dialog
from readinglist.tui.screens.failed_write import Saved
from readinglist.tui.screens.line import Line
from readinglist.tui.widgets.field import Field

Facts = Mapping[str, object]

_AROUND = 10  # lines of the dialog that are no fields
_LOSE = "Close, and lose what you changed here?"


@dataclass(frozen=True, slots=True)
class Fact:
    """A field of the form; one with a separator holds several, one on a line."""

    name: str
    label: str
    example: str = ""
    separator: str = ""

    def typed(self, entry: Entry) -> str:
        """What stands in the field at first."""
        value = getattr(entry, self.name)
        if self.separator:
            return "\n".join(map(clean_line, value))
        return clean_line("" if value is None else str(value))

    def value(self, text: str) -> object:
        """What a text means."""
        if not self.separator:
            return clean_line(text)
        return [part for part in map(clean_line, re.split(self.separator, clean(text))) if part]

    def told(self, before: str, text: str) -> object:  # noqa: ARG002 (details need what was there)
        """What a text says in place of another."""
        return self.value(text)

    def wrong(self, text: str) -> str:  # noqa: ARG002 (any text of most facts can be checked)
        """Why a text cannot be understood; "" if it can."""
        return ""


class Details(Fact):
    """The further facts: on each line a name, a colon and a text."""

    def typed(self, entry: Entry) -> str:
        """What stands in the field at first."""
        return "\n".join(f"{name}: {clean_line(text)}" for name, text in entry.details)

    def value(self, text: str) -> dict[str, str]:
        """The texts by their names."""
        parts = (line.partition(":") for line in map(clean_line, clean(text).split("\n")) if line)
        return {name.strip().lower(): told.strip() for name, _, told in parts}

    def told(self, before: str, text: str) -> object:
        """The same, with nothing for those that were there before."""
        return {**dict.fromkeys(self.value(before), ""), **self.value(text)}

    def wrong(self, text: str) -> str:
        """Which line has no colon."""
        lines = filter(None, map(clean_line, clean(text).split("\n")))
        bare = next((line for line in lines if ":" not in line), "")
        return f"{bare[:40]!r} lacks a name and a colon, as in “volume: 3”." if bare else ""


FACTS = (
    Fact("title", "Title"),
    Fact("authors", "Authors", "one on a line, or with ; between them", r"[;\n]"),
    Fact("year", "Year"),
    Fact("venue", "Venue"),
    Fact("doi", "DOI", "such as 10.1000/182"),
    Fact("arxiv_id", "arXiv", "such as 2401.01234"),
    Fact("urls", "Links", "one on a line", r"\s+"),
    Fact("key", "Key", "such as wang2024mindbridge"),
    Details("details", "Further", "one on a line, such as volume: 3", r"\n"),
)


class Lines(TextArea):
    """A few lines of text; Tab goes on to the next field, Esc is the dialog's."""

    def __init__(self, text: str, *, placeholder: str, id: str) -> None:
        super().__init__(
            text, tab_behavior="focus", highlight_cursor_line=False, placeholder=placeholder, id=id
        )

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "escape":
            event.prevent_default()


class FactsForm(Dialog[Saved[Done | None] | None]):
    """Stays until the facts are saved by `save`, or are not wanted; `where` is the library."""

    app = getters.app(PatientApp)

    HOLDS: ClassVar = (Field, Lines)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", "save", id="facts.save", tooltip="Save what you changed."),
        Binding("tab", "app.focus_next", "next", id="facts.next", tooltip="Go to the next field."),
        Binding("enter,down", "app.focus_next", "next", show=False),
        Binding("up", "app.focus_previous", "previous", show=False),
        Binding("f2", "copy", "copy all", id="facts.copy", tooltip="Copy all that is typed."),
        Binding("escape", "cancel", "close", id="facts.close", tooltip="Close without saving."),
    ]  # fmt: skip

    DEFAULT_CSS = """
    FactsForm {
        & > .frame { width: 84; }
        & VerticalScroll { height: auto; }
        & .fact { height: auto; }
        & .label { width: 9; color: $text-muted; padding: 0 1; }
        & Field { width: 1fr; }
        & Lines {
            width: 1fr; height: auto; min-height: 2; max-height: 4; padding: 0 1; border: none;
            background: $foreground 8%;
            &:focus { border: none; background: $foreground 12%; }
        }
        & .wrong { display: none; margin: 0 1 0 10; text-wrap: wrap; height: auto; }
        & .wrong.-error { display: block; }
        & #notice { height: auto; max-height: 4; margin: 1 1 0 1; text-wrap: wrap; }
    }
    """

    def __init__(self, entry: Entry, save: Callable[[Facts], Done | None], where: Path) -> None:
        super().__init__("Facts")
        self._save = save
        self._where = where
        self._before = {fact.name: fact.typed(entry) for fact in FACTS}
        self._fields = {fact.name: self._field(fact) for fact in FACTS}  # they outlive the screen
        self._kept = False

    def body(self) -> Iterator[Widget]:
        """A field for each fact, with what is wrong with it below."""
        with VerticalScroll(can_focus=False):
            for fact in FACTS:
                with Horizontal(classes="fact"):
                    yield Static(Content(fact.label), classes="label")
                    yield self._fields[fact.name]
                yield Line(classes="wrong", id=f"wrong-{fact.name}")
        yield Line("unchanged", id="notice")

    def _field(self, fact: Fact) -> Field | Lines:
        text = self._before[fact.name]
        if fact.separator:
            return Lines(text, placeholder=fact.example, id=fact.name)
        return Field(text, fact.example, id=fact.name, select_on_focus=False)

    def _text(self, fact: Fact) -> str:
        field = self._fields[fact.name]
        return field.text if isinstance(field, Lines) else field.value

    def on_resize(self, event: events.Resize) -> None:
        """Scroll the fields where they do not fit between the frame and what is said below them."""
        super().on_resize(event)
        self.query_one(VerticalScroll).styles.max_height = max(3, event.size.height - _AROUND)

    @property
    def _changed(self) -> dict[str, object]:
        """The facts whose fields say something else than at first."""
        texts = ((fact, self._text(fact)) for fact in FACTS)
        return {
            fact.name: fact.told(self._before[fact.name], text)
            for fact, text in texts
            if fact.value(text) != fact.value(self._before[fact.name])
        }

    @property
    def _words(self) -> str:
        """All that stands in the form."""
        return "\n".join(f"{fact.label}: {self._text(fact)}" for fact in FACTS)

    # While it is filled in

    @on(Field.Changed)
    @on(TextArea.Changed)
    def _say_state(self) -> None:
        self.say(
            "not saved yet" if self._changed else "unchanged",
            tone="warning" if self._changed else "",
        )

    def on_descendant_blur(self, event: events.DescendantBlur) -> None:
        """Check a field when it is left."""
        for fact in FACTS:
            if event.widget.id == fact.name and self.is_current and self.is_attached:
                self._check(fact)

    def _check(self, fact: Fact) -> bool:
        """Say what is wrong with a field, below it; whether nothing is."""
        changed = {name: value for name, value in self._changed.items() if name == fact.name}
        wrong = fact.wrong(self._text(fact))
        try:
            checked(changed)
        except UsageError as error:
            wrong = wrong or str(error)
        self.query_one(f"#wrong-{fact.name}", Line).say(wrong, tone="error" if wrong else "")
        return not wrong

    # Saving

    def action_save(self) -> None:
        """Save what was changed, and close once it is saved."""
        wrong = [fact for fact in FACTS if not self._check(fact)]
        if wrong:
            self._fields[wrong[0].name].focus()
            return
        if not (changed := self._changed):
            self._close(None)
            return
        self.app.attempt(
            partial(self._save, changed), lambda done: self._close(Saved(done)), self._fail
        )

    def _fail(self, error: ReadingListError) -> None:
        self.say(
            f"The facts were not saved in {self._where}: {error} What you typed is still here: "
            f"{key('facts.save', 'ctrl+s')} tries again, {key('facts.copy', 'f2')} copies it.",
            tone="error",
        )

    @work(exclusive=True)
    async def action_copy(self) -> None:
        """Copy all that stands in the form."""
        way = await clipboard.copy(self.app, self._words)
        self.notify(f"The facts are in the {way}.", title="Copied", markup=False)

    # Closing

    def _close(self, saved: Saved[Done | None] | None) -> None:
        self._kept = True
        self.finish(saved)

    def action_cancel(self) -> None:
        """Close, after asking when something was changed."""
        if not self._changed:
            self._close(None)
        elif self.is_current:
            self.app.push_screen(Confirm(_LOSE, "Lose it", title="Not saved"), self._answered)

    def _answered(self, lose: bool | None) -> None:
        if lose:
            self._close(None)

    def may_quit(self) -> bool:
        """Quit only when nothing would be lost."""
        if self._changed:
            saves, leaves = key("facts.save", "ctrl+s"), key("facts.close", "esc")
            self.say(f"Not saved: {saves} saves it, {leaves} leaves it.", tone="error")
        return not self._changed

    def on_unmount(self) -> None:
        """Keep what was typed in a file when the app is closed over it."""
        if not self._kept and self._changed:
            last_words.keep(self.app, "The facts were not saved.", self._words)
