"""Show every key and what it does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, ClassVar

from rich.cells import cell_len
from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget

from readinglist.tui.keyboard.actions import live_actions
from readinglist.tui.keyboard.names import key
from readinglist.tui.looks.cells import fill, plain_lines
from readinglist.tui.screens.dialog import Dialog
from readinglist.tui.widgets.field import Field
from readinglist.tui.widgets.wrapped_text import WrappedText

_GAP = 2
_FEW = 12  # rows that may say the same, one after the other
_NARROWEST_SENTENCE = 28  # cells; below it the sentence goes under its action


@dataclass(frozen=True, slots=True)
class HelpRow:
    """One action: its keys as shown, its name, one plain sentence, and the heading it is under.

    A `reason` says why it can do nothing now, unless that is told elsewhere.
    """

    keys: str
    action: str
    help: str
    group: str = ""
    reason: str = ""
    told: bool = True

    def matches(self, words: Sequence[str]) -> bool:
        """Whether every word is somewhere in the row."""
        everything = f"{self.keys} {self.action} {self.help} {self.group}".casefold()
        return all(word in everything for word in words)


class HelpPage(WrappedText):
    """The rows that match, in columns."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "scroll_page(1.0)", "page down", show=False),
    ]

    def __init__(self, rows: Sequence[HelpRow]) -> None:
        super().__init__(id="page")
        self._all = rows
        self._rows = list(rows)

    def on_mount(self) -> None:
        """Have the scroll bar from the start; how many lines there are is known later."""
        self.take_room(len(self._all))

    def narrow(self, text: str) -> None:
        """Show only the rows that hold every word."""
        words = text.casefold().split()
        self._rows = [row for row in self._all if row.matches(words)]
        self.scroll_to(y=0, animate=False)
        self.wrap()

    def lines_at(self, width: int) -> Sequence[Content]:
        """The rows, laid out for the width there is."""
        return page(self._rows, max(1, width - 2))


class HelpScreen(Dialog[None]):
    """All keys, searchable."""

    HOLDS: ClassVar = (HelpPage, Field)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search", "search", id="help.search", tooltip="Search the keys."),
        Binding(
            "j", "scroll(1)", "scroll", key_display="j k", tooltip="Scroll down.", id="help.scroll"
        ),
        Binding("down", "scroll(1)", "scroll", show=False),
        Binding("up", "scroll(-1)", "scroll", show=False),
        Binding("pagedown", "scroll(10)", "scroll", show=False),
        Binding("pageup", "scroll(-10)", "scroll", show=False),
        Binding("enter", "leave_search", "scroll", show=False),
        Binding("escape", "cancel", "close", id="help.close", tooltip="Close the help."),
        Binding("q,question_mark,f1", "cancel", "close", show=False),
    ]

    DEFAULT_CSS = """
    HelpScreen {
        & > .frame { width: 100; height: 90%; }
        & HelpPage { height: 1fr; margin-top: 1; background: $surface; color: $text-muted; }
    }
    """

    AUTO_FOCUS = "HelpPage"

    def __init__(self, rows: Sequence[HelpRow]) -> None:
        super().__init__("Keys")
        self._rows = tuple(rows)

    def body(self) -> Iterator[Widget]:
        """The search, and the rows."""
        yield Field(placeholder=f"{key('help.search', '/')} to search")
        yield HelpPage(self._rows)

    @on(Field.Changed)
    def _narrow(self, event: Field.Changed) -> None:
        self.query_one(HelpPage).narrow(event.value)

    def action_search(self) -> None:
        """Go to the search."""
        self.query_one(Field).focus()

    def action_leave_search(self) -> None:
        """Go to what was found."""
        self.query_one(HelpPage).focus()

    def action_scroll(self, lines: int) -> None:
        """Scroll, wherever the focus is."""
        self.query_one(HelpPage).action_scroll_by(lines)

    def action_cancel(self) -> None:
        """Leave the search first, then close."""
        field = self.query_one(Field)
        if field.has_focus and field.value:
            field.value = ""
        elif field.has_focus:
            self.action_leave_search()
        else:
            super().action_cancel()


def help_on(screen: Screen[Any]) -> HelpScreen:
    """The keys that are live on a screen."""
    return HelpScreen(
        [
            HelpRow(" ".join(each.keys), each.name, each.binding.tooltip, each.group, each.reason)
            for each in live_actions(screen)
        ]
    )


def page(rows: Sequence[HelpRow], width: int) -> list[Content]:
    """Lay rows out in columns under their headings."""
    if not rows:
        return [Content("No key does that.")]
    if shared := _shared_reason(rows):
        rows = [replace(row, told=row.reason != shared) for row in rows]
    keys = min(max(cell_len(row.keys) for row in rows), width // 4)
    # What has no key is found by its name, which may be longer; its sentence goes under it then.
    named = [row for row in rows if row.keys] or rows
    names = min(max(cell_len(row.action) for row in named), width // 3)
    lines = [*_wrapped(f"What is dim, not now: {shared}", width)] if shared else []
    for group, members in groupby(rows, key=lambda row: row.group):
        if lines:
            lines.append(Content(""))
        if group:
            lines.append(Content.styled(plain_lines(group), "bold $text-primary"))
        for row in members:
            lines += _row(row, keys, names, width)
    return lines


def _row(row: HelpRow, keys: int, names: int, width: int) -> list[Content]:
    indent = keys + names + 2 * _GAP
    narrow = width - indent < _NARROWEST_SENTENCE
    room = width - keys - _GAP if narrow or cell_len(row.action) > names else names
    head = Content.assemble(
        (fill(plain_lines(row.keys), keys) + " " * _GAP, "bold $text-accent" * (not row.reason)),
        (fill(plain_lines(row.action), room), "$foreground" * (not row.reason)),
    )
    if narrow:
        below = _wrapped(_said(row), room)
        return [head, *(line.pad_left(keys + _GAP) for line in below)]
    wrapped = _wrapped(_said(row), width - indent)
    if room > names:
        return [head, *(line.pad_left(indent) for line in wrapped)]
    first, *rest = wrapped
    head += Content(" " * _GAP)
    return [head + first, *(line.pad_left(indent) for line in rest)]


def _shared_reason(rows: Sequence[HelpRow]) -> str:
    """A reason that most of them share, to be told once; empty if there is none."""
    for reason, count in Counter(row.reason for row in rows).most_common(1):
        return reason if count > _FEW else ""
    return ""


def _said(row: HelpRow) -> str:
    return f"{row.help} Not now: {row.reason}" if row.reason and row.told else row.help


def _wrapped(text: str, width: int) -> list[Content]:
    sentence = Content(plain_lines(text))
    return sentence.wrap(max(1, width)) or [sentence]
