"""Ask what to export, in which format, and where to."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Protocol

from textual import on, work
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widget import Widget
from textual.widgets import Input
from textual.widgets.input import Selection

from readinglist.tui.screens.confirm import Confirm
from readinglist.tui.screens.dialog import Dialog
from readinglist.tui.screens.line import Line
from readinglist.tui.screens.one_of import OneOf
from readinglist.tui.screens.path_field import PathField
from readinglist.tui.typed_paths import Kind, Listing, TypedPaths, printable, sight

_STEM = "reading-list"


class ExportFormat(Protocol):
    """What the dialog needs to know of a format: for the command line, for people, for a file."""

    @property
    def name(self) -> str: ...  # noqa: D102 (as `formats.Format` has it)
    @property
    def label(self) -> str: ...  # noqa: D102 (as `formats.Format` has it)
    @property
    def suffix(self) -> str: ...  # noqa: D102 (as `formats.Format` has it)


@dataclass(frozen=True, slots=True)
class ExportChoice:
    """What to write where; `force` means the user agreed to replace the file."""

    scope: int
    format: str
    path: Path
    force: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """A path looked at: what will happen there, or why nothing can."""

    path: Path
    says: str
    tone: str = ""
    possible: bool = True
    exists: bool = False


class ExportDialog(Dialog[ExportChoice | None]):
    """`scopes` are labels and counts; `choice` and `error` reopen it with what was typed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "export", "export", id="export.write", tooltip="Write the file."),
        Binding(
            "tab", "complete", "complete", id="export.complete",
            tooltip="Complete the path as far as there is one way to go on.",
        ),
        Binding(
            "up", "app.focus_previous", "fields", key_display="↑↓", tooltip="Go to another field."
        ),
        Binding("down", "app.focus_next", "fields", show=False),
        Binding("left,right", "nothing", "choose", key_display="←→", tooltip="Choose in a row."),
    ]  # fmt: skip

    DEFAULT_CSS = """
    ExportDialog {
        & > .frame { width: 76; }
        & .row { height: auto; margin-top: 1; }
        & .label { width: 8; color: $text-muted; }
        & #where { margin: 1 0 0 9; }
        & #notice { margin: 0 0 0 9; height: auto; max-height: 3; text-wrap: wrap; }
        & #names { margin: 0 0 0 9; }
        &.-short #where { margin: 0 0 0 9; }
    }
    """

    AUTO_FOCUS = "PathField"

    def __init__(
        self,
        scopes: Sequence[tuple[str, int]],
        formats: Sequence[ExportFormat],
        *,
        choice: ExportChoice | None = None,
        error: str = "",
        start: Path | None = None,
    ) -> None:
        super().__init__("Export")
        self._scopes = tuple(scopes)
        self._formats = tuple(formats)
        self._paths = TypedPaths(start or Path.cwd())
        self._error = error
        self._first = choice or self._usual()
        self._format = self._named(self._first.format)
        self._typed = self._paths.shown(self._first.path)
        self._offered = "" if choice else self._typed

    def _usual(self) -> ExportChoice:
        filled = [index for index, (_, count) in enumerate(self._scopes) if count]
        row = self._formats[0]
        return ExportChoice(filled[0] if filled else 0, row.name, Path(_STEM + row.suffix))

    def _named(self, name: str) -> ExportFormat:
        return next((row for row in self._formats if row.name == name), self._formats[0])

    def body(self) -> Iterator[Widget]:
        """What, how, where to, and what that comes to."""
        scopes = [f"{label} ({count:,})" for label, count in self._scopes]
        labels = [row.label for row in self._formats]
        with Horizontal(classes="row"):
            yield Line("What", classes="label")
            yield OneOf(scopes, min(self._first.scope, len(scopes) - 1), id="scope")
        with Horizontal(classes="row"):
            yield Line("Format", classes="label")
            yield OneOf(labels, self._formats.index(self._format), id="format")
        with Horizontal(classes="row"):
            yield Line("File", classes="label")
            yield PathField(self._paths, self._typed)
        yield Line(id="where", tone="plain")
        yield Line(id="notice")
        yield Line(id="names")

    def on_mount(self) -> None:
        """The offered name is selected, so that typing replaces it."""
        if self._offered:
            self._field.selection = Selection(0, len(self._offered))
        if self._error:
            self.say(self._error, tone="error")

    @property
    def _field(self) -> PathField:
        return self.query_one(PathField)

    @property
    def _scope(self) -> OneOf:
        return self.query_one("#scope", OneOf)

    # What the choices come to

    @on(OneOf.Chosen, "#format")
    def _follow_format(self, event: OneOf.Chosen) -> None:
        """The suffix follows the format as long as the name is the one that was offered."""
        self._format = self._formats[event.index]
        if self._offered and self._field.value == self._offered:
            self._offered = f"{_STEM}{self._format.suffix}"
            self._field.put(self._offered)
        else:
            self._field.look()

    @on(OneOf.Chosen, "#scope")
    def _look_again(self) -> None:
        self._field.look()

    @on(Input.Changed)
    def _follow_suffix(self, event: Input.Changed) -> None:
        """A suffix that is newly typed chooses the format that is written so."""
        before, self._typed = self._typed, event.value
        if event.value in (before, self._offered):
            return
        self._error = self._offered = ""
        suffix = _suffix(event.value)
        rows = [row for row in self._formats if row.suffix == suffix != _suffix(before)]
        if rows and self._format not in rows:
            self.query_one("#format", OneOf).chosen = self._formats.index(rows[0])

    @on(PathField.Listed)
    async def _tell(self, event: PathField.Listed) -> None:
        """Say what will happen, while the path is typed."""
        target = await asyncio.to_thread(self._look_at, event.text)
        if not self.is_current or event.text != self._field.value:
            return
        self.query_one("#where", Line).say(self._paths.shown(target.path), tone="plain")
        self.query_one("#names", Line).say(_offer(event.text, event.listing))
        if self._error:
            return
        if not self._scopes[self._scope.chosen][1]:
            self.say("There is nothing in it to export.", tone="warning")
        else:
            self.say(target.says, tone=target.tone)

    def _look_at(self, text: str) -> Target:
        path = self._paths.path(text.strip())
        if not text.strip():
            return Target(path, "Name a file.", "warning", possible=False)
        seen = sight(path)
        if seen.kind is Kind.FOLDER:
            return Target(path, "A folder. Add the name of a file.", "warning", possible=False)
        if seen.kind in (Kind.OTHER, Kind.UNREADABLE):
            reason = seen.reason or "it is no regular file"
            return Target(path, f"Cannot be written: {reason}.", "error", possible=False)
        if problem := _parent_problem(path.parent):
            return Target(path, problem, "error", possible=False)
        if seen.kind is Kind.FILE:
            return Target(path, "Exists already. You are asked before it is replaced.",
                          "warning", exists=True)  # fmt: skip
        return Target(path, "A new file.")

    # Keys

    async def action_complete(self) -> None:
        """Complete the path; in the rows above, go on to the next."""
        if self._field.has_focus:
            await self._field.complete()
        else:
            self.focus_next()

    def action_nothing(self) -> None:
        """The row that has the focus knows these keys; here they only name themselves."""

    @work(exclusive=True, group="export")
    async def action_export(self) -> None:
        """Close with the choice, unless it cannot be; ask before a file is replaced."""
        scope = self._scope.chosen
        target = await asyncio.to_thread(self._look_at, self._field.value)
        if not self._scopes[scope][1]:
            self.say("There is nothing in it to export.", tone="error")
        elif not target.possible:
            self.say(target.says, tone="error")
        elif not target.exists or await self._agreed(target.path):
            self.finish(ExportChoice(scope, self._format.name, target.path, target.exists))

    async def _agreed(self, path: Path) -> bool:
        question = f"{printable(path.name)} exists already. Replace it?"
        return await self.app.push_screen_wait(Confirm(question, "Replace it", title="Replace?"))


def _suffix(text: str) -> str:
    return os.path.splitext(text)[1].lower()  # noqa: PTH122 - it is only text so far


def _parent_problem(parent: Path) -> str:
    seen = sight(parent)
    name = printable(str(parent))
    if seen.kind is Kind.NOTHING:
        return f"There is no folder {name}."
    if seen.kind is not Kind.FOLDER:
        return f"{name} is not a folder that can be read."
    return "" if os.access(parent, os.W_OK) else f"You may not write in {name}."


def _offer(text: str, listing: Listing) -> str:
    """The names that Tab would choose from, when it has to."""
    start = text[len(listing.folder) :]
    if not start and not listing.folder:
        return ""
    names = [name for name in listing.names if name.shown != start]
    return "   ".join(f"{name.shown}{'/' if name.is_folder else ''}" for name in names[:12])
