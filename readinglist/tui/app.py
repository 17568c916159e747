"""The app: one library, the main screen, and the two doors in for the command line."""

from __future__ import annotations

import asyncio
import gc
import signal
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.command import CommandPalette
from textual.geometry import Size
from textual.screen import Screen
from textual.theme import Theme
from textual.worker import WorkerFailed

from readinglist import crash
from readinglist.paths import state_folder
from readinglist.settings import Settings, load
from readinglist.text import clean
from readinglist.tui.configured import ConfiguredApp
from readinglist.tui.keyboard.escapes import keep_apart
from readinglist.tui.looks.legibility import PLAIN_INKS, legible
from readinglist.tui.looks.tag_colours import inks
from readinglist.tui.main.pane_actions import is_too_small
from readinglist.tui.main.screen import MainScreen
from readinglist.tui.memory import Memory
from readinglist.tui.screens.dialog import Dialog

_SWITCH = 0.001  # seconds that a search in another thread keeps the screen waiting, at most
# Among new things often, which takes a millisecond or two; among all of them, which takes 0.1 s,
# only when nobody is typing: see `MainScreen`.
_LOOKS_FOR_GARBAGE = (10_000, 5, 1_000_000)


class ReadingListApp(ConfiguredApp):
    """The reading list in a terminal."""

    TITLE = "readinglist"
    CSS_PATH = "app.tcss"
    _inked: tuple[Theme, dict[str, str]] | None = None
    NOTIFICATION_TIMEOUT = 4

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+q", "quit", "Quit at once", id="app.quit", show=False, priority=True,
            tooltip="Quit from anywhere; what is being written is saved.",
        ),
        Binding(
            "ctrl+p", "command_palette", "All actions", id="app.palette", show=False, priority=True,
            tooltip="Find any action by its name, from anywhere.",
        ),
    ]  # fmt: skip

    def __init__(
        self, library_path: Path, settings: Settings | None = None, *, demo: bool = False
    ) -> None:
        super().__init__()
        self._library_path = library_path
        self.demo = demo
        self.main = MainScreen(library_path, Memory(None if demo else state_folder() / "app.json"))
        self.take_settings(settings or load(), lasting=not demo)

    def on_mount(self) -> None:
        """Leave in good order also when the terminal is closed: the demo deletes its library."""
        if self.demo:
            self.notify("All of it is thrown away when you quit.", title="A demo", markup=False)
        self.complain_of_settings()
        self.call_after_refresh(lambda: self._ask_for_room(self.size))
        if self.is_headless or sys.platform == "win32":
            return
        loop = asyncio.get_running_loop()
        for number in (signal.SIGHUP, signal.SIGTERM):
            loop.add_signal_handler(number, self.exit)

    def _handle_exception(self, error: Exception) -> None:
        """Leave, and tell afterwards where the bug is.

        Textual would print local variables too, in which a note may stand.
        """
        self._return_code = 1
        if self._exception is None:  # the first, which led to the others
            self._exception = error
            self._exception_event.set()
            cause = error.error if isinstance(error, WorkerFailed) else error
            self._exit_renderables.insert(0, Text(crash.report(cause)))
        self._close_messages_no_wait()

    def _print_error_renderables(self) -> None:
        """Print what is to be said now that the terminal is a plain one again."""
        for said in self._exit_renderables:
            self.error_console.print(said, soft_wrap=True)
        self._exit_renderables.clear()

    def get_default_screen(self) -> Screen[None]:
        """The main screen is the first and the last."""
        return self.main

    def get_css_variables(self) -> dict[str, str]:
        """The theme's colours so that they can be read, and those that no theme has."""
        theme = self.current_theme
        if self._inked is None or self._inked[0] is not theme:
            variables = super().get_css_variables()
            tags = inks(dark=theme.dark, ansi=theme.ansi)
            more = tags | PLAIN_INKS if theme.ansi else dict(legible(variables, tags))
            self._inked = theme, variables | more
        return self._inked[1]

    def on_resize(self, event: events.Resize) -> None:
        """Fit the main screen also while a dialog is before it, and ask for room."""
        if self.main.is_mounted:
            self.main.fit(event.size)
            self._ask_for_room(event.size)

    def _ask_for_room(self, size: Size) -> None:
        if isinstance(self.screen, Dialog | MainScreen | CommandPalette) and is_too_small(size):
            from readinglist.tui.screens.room_request import RoomRequest  # seldom needed

            self.push_screen(RoomRequest())

    async def on_event(self, event: events.Event) -> None:
        """Wash what is pasted, whichever widget it goes to."""
        if isinstance(event, events.Paste):
            event.text = clean(event.text)
        await super().on_event(event)

    async def action_quit(self) -> None:
        """Quit, unless a dialog holds words that could not be saved."""
        if all(s.may_quit() for s in reversed(self.screen_stack) if isinstance(s, Dialog)):
            self.exit()

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:  # noqa: ARG002 (Textual's signature)
        """Beside our own actions, the palette offers Textual's themes."""
        yield SystemCommand("Theme", "Change the colours.", self.action_change_theme)


def run(library_path: Path, settings: Settings) -> int:
    """Open the app on a library and return the exit code."""
    return _run(ReadingListApp(library_path, settings))


def run_demo(settings: Settings) -> int:
    """Open the app on the bundled sample, in a library that is thrown away."""
    from readinglist.demo import demo_library  # it imports SQLModel, 0.3 s

    with demo_library() as path:
        return _run(ReadingListApp(path, settings, demo=True))


def put_the_screen_first() -> None:
    """Let neither another thread nor a look for garbage keep the screen waiting for long."""
    sys.setswitchinterval(_SWITCH)
    gc.set_threshold(*_LOOKS_FOR_GARBAGE)


def _run(app: ReadingListApp) -> int:
    crash.guard()  # once more: asyncio has loaded the logging
    keep_apart()
    put_the_screen_first()
    app.run(mouse=app.settings.yes("mouse"))
    return app.return_code or 0
