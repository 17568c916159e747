"""Ask which file or folder to import."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input

from readinglist.tui.keyboard.names import key
from readinglist.tui.screens.confirm import Confirm
from readinglist.tui.screens.dialog import Dialog
from readinglist.tui.screens.item_list import NOWHERE, Item, ItemList
from readinglist.tui.screens.line import Line
from readinglist.tui.screens.path_field import PathField
from readinglist.tui.typed_paths import Kind, Listing, Name, Sight, TypedPaths, printable, sight

_MANY = 200  # files; a folder with more is not imported by one slip of the finger


@dataclass(frozen=True, slots=True)
class ImportChoice:
    """The files and folders to import."""

    paths: tuple[Path, ...]


class ImportDialog(Dialog[ImportChoice | None]):
    """A path with completion; what is not absolute is below the folder `start`.

    Enter on a highlighted name goes into a folder or imports a file; with nothing highlighted
    it imports what is typed, be it a file or a whole folder. `again` is a path that could not be
    imported, to be typed better, and `error` says why.
    """

    HOLDS: ClassVar = (PathField,)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "import", "import", id="import.read", tooltip="Import what is typed."),
        Binding(
            "tab", "complete", "complete", id="import.complete",
            tooltip="Complete the path as far as there is one way to go on.",
        ),
        Binding(
            "down", "move(1)", "choose", id="import.down", key_display="↑↓",
            tooltip="Go through the names.",
        ),
        Binding("up", "move(-1)", "choose", id="import.up", show=False),
        Binding("pagedown", "page(1)", "page", id="import.page-down", show=False),
        Binding("pageup", "page(-1)", "page", id="import.page-up", show=False),
    ]  # fmt: skip

    DEFAULT_CSS = """
    ImportDialog {
        & > .frame { width: 76; }
        & ItemList { height: 10; margin: 1 0; }
        & #notice { height: auto; min-height: 1; max-height: 3; text-wrap: wrap; }
    }
    """

    def __init__(self, start: Path, *, again: Path | None = None, error: str = "") -> None:
        super().__init__("Import")
        self._paths = TypedPaths(start)
        self._again = "" if again is None else self._paths.shown(again)
        self._error = error
        self._listing = Listing("")

    def body(self) -> Iterator[Widget]:
        """The path, how it may go on, and what is there."""
        hint = "a saved listing, or a folder of them"
        yield PathField(self._paths, self._again, placeholder=hint)
        yield ItemList()
        yield Line(id="notice")

    @property
    def _field(self) -> PathField:
        return self.query_one(PathField)

    @property
    def _items(self) -> ItemList:
        return self.query_one(ItemList)

    @property
    def _highlighted(self) -> Name | None:
        cursor = self._items.cursor
        return self._listing.names[cursor] if 0 <= cursor < len(self._listing.names) else None

    # What is typed

    @on(Input.Changed)
    def _forget_highlight(self, event: Input.Changed) -> None:
        """What is typed counts again."""
        if event.value != self._again:
            self._error = ""
        if self._items.cursor != NOWHERE:
            self._items.show(self._items.items)

    @on(PathField.Listed)
    async def _tell(self, event: PathField.Listed) -> None:
        """List the names, and say what is at the path so far."""
        if not self.is_current:
            return
        self._listing = event.listing
        self._items.show(_items(event.listing))
        if self._error:
            self.say(self._error, tone="error")
            return
        self._look(event.text)

    @work(exclusive=True, group="looking")
    async def _look(self, text: str) -> None:
        seen = await asyncio.to_thread(self._sights, text)
        if self.is_current and text == self._field.value:
            going_on = bool(self._listing.names) and seen and seen[0].kind is Kind.NOTHING
            tab = key("import.complete", "tab")
            self.say(f"Go on typing, or press {tab}." if going_on else self._at(seen))

    def _at(self, seen: Sequence[Sight]) -> str:
        """What is at the paths; before anything is typed, which folder is listed."""
        if seen:
            return described(seen)
        return f"In {self._paths.shown(self._paths.base)}: type a path, or choose a name."

    def _sights(self, text: str) -> list[Sight]:
        return [sight(path, count=True) for path in self._paths.paths(text)]

    # Keys

    async def action_complete(self) -> None:
        """Take the highlighted name into the path, or complete what is typed."""
        if (name := self._highlighted) is not None:
            self._field.put(self._listing.text(name))
        else:
            await self._field.complete()

    def action_move(self, step: int) -> None:
        """Move the highlight; above the first name nothing is highlighted."""
        if step < 0 and self._items.cursor <= 0:
            self._items.show(self._items.items)
        else:
            self._items.action_move(step)

    def action_page(self, pages: int) -> None:
        """Move the highlight by pages."""
        self._items.action_page(pages)

    def action_import(self) -> None:
        """Go into the highlighted folder, or import what is highlighted or typed."""
        name = self._highlighted
        if name is not None:
            self._field.put(self._listing.text(name))
            if name.is_folder:
                return
        self._import(self._field.value)

    @on(ItemList.Picked)
    def _clicked(self, event: ItemList.Picked) -> None:
        name = self._highlighted
        if name is not None:
            self._field.put(self._listing.text(name))
            if event.twice and not name.is_folder:
                self._import(self._field.value)

    @work(exclusive=True, group="import")
    async def _import(self, text: str) -> None:
        """Close with the paths, unless they cannot be read; ask before a great many files."""
        seen = await asyncio.to_thread(self._sights, text)
        bad = [one for one in seen if one.kind not in (Kind.FILE, Kind.FOLDER)]
        if bad or not seen:
            self.say(described(bad), tone="error" if bad else "warning")
        elif sum(one.files for one in seen) <= _MANY or await self._agreed(seen):
            self.finish(ImportChoice(tuple(one.path for one in seen)))

    async def _agreed(self, seen: Sequence[Sight]) -> bool:
        where = printable(str(seen[0].path)) if len(seen) == 1 else "All of it"
        question = f"{where}: {described(seen).lower()} Import every one?"
        return await self.app.push_screen_wait(Confirm(question, "Import", title="Import all?"))


def _items(listing: Listing) -> list[Item]:
    if listing.problem:
        return [Item(f"This folder cannot be listed: {listing.problem}.", stop=False)]
    items = [
        Item(
            f"{name.shown}{'/' if name.is_folder else ''}",
            here=f"{key('import.read', 'enter')} {'opens' if name.is_folder else 'imports'}",
        )
        for name in listing.names
    ]
    if listing.more:
        items.append(Item(f"and {listing.more:,} more: type to narrow", stop=False))
    return items or [Item("Nothing here goes on like this.", stop=False)]


def described(seen: Sequence[Sight]) -> str:
    """What is at the paths, in a sentence."""
    if not seen:
        return "Type a path, or choose a name."
    if len(seen) > 1:
        return f"{len(seen)} files and folders."
    (one,) = seen
    name = printable(one.path.name) or printable(str(one.path))
    match one.kind:
        case Kind.FILE:
            return f"A file of {size(one.size)}."
        case Kind.FOLDER:
            more = "more than " if one.files_more else ""
            return f"A folder with {more}{one.files:,} file{'s' * (one.files != 1)}."
        case Kind.NOTHING:
            return f"There is no {name}."
        case Kind.OTHER:
            return f"{name} is neither a file nor a folder."
        case Kind.UNREADABLE:
            return f"{name} cannot be read: {one.reason}."


def size(count: int) -> str:
    """Bytes as a person says them."""
    if count < 1000:
        return f"{count} bytes"
    return f"{count / 1000:.0f} kB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"
