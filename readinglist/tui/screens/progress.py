"""What shows while long work runs: a counted bar, and Esc to stop."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from time import monotonic
from typing import Any, ClassVar

from textual.app import RenderResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.reactive import reactive
from textual.screen import Screen
from textual.widget import Widget

from readinglist.tui.long_work import LongWork
from readinglist.tui.screens.dialog import Dialog
from readinglist.tui.screens.line import Line

_PATIENCE = 0.3  # seconds until anything shows
_LEAST = 0.5  # seconds for which it then shows: less is a flicker
_LONG = 3  # seconds from which they are counted
_PACE = 0.1  # seconds between two looks at how far it is


class Bar(Widget):
    """A line that fills; an empty one when nobody knows how far the work is."""

    DEFAULT_CSS = """
    Bar { height: 1; width: 1fr; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"bar--done", "bar--left"}

    share: reactive[float] = reactive(0.0)

    def __init__(self, share: float) -> None:
        super().__init__()
        self.set_reactive(Bar.share, share)

    def render(self) -> RenderResult:
        """A heavy line, then a light one."""
        width = self.size.width
        full = round(width * self.share)
        done = Content.styled("━" * full, self.get_visual_style("bar--done"))
        return done + Content.styled("─" * (width - full), self.get_visual_style("bar--left"))


class ProgressDialog(Dialog[None]):
    """Stays until the work has ended; Esc asks it to end early."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape", "stop", "stop", id="progress.stop",
            tooltip="Stop; what is finished stays.",
        ),
    ]  # fmt: skip

    DEFAULT_CSS = """
    ProgressDialog {
        & Bar { margin: 1 1 1 1; }
        & Bar > .bar--done { color: $text-primary; }
        & Bar > .bar--left { color: $foreground 30%; }
        & Line { margin: 0 1; }
        & #numbers { height: 1; }
        & #time { width: auto; }
        & KeyHints { margin: 1 1 0 1; }
    }
    """

    def __init__(self, work: LongWork) -> None:
        super().__init__(work.title)
        self._work = work
        self._began = monotonic()
        self._ended = False
        self.quits = False

    def body(self) -> Iterator[Widget]:
        """What is being done, how far it is, and the numbers."""
        yield Bar(self._work.stage.share or 0.0)
        yield Line(self._work.stage.what, tone="plain", id="notice")
        with Horizontal(id="numbers"):
            yield Line(self._work.stage.counts, id="counts")
            yield Line(id="time")

    def show_stage(self) -> None:
        """Show how far the work is now."""
        if not self.query("#counts"):
            return  # it is not on the screen yet
        stage = self._work.stage
        self.query_one(Bar).share = stage.share or 0.0
        what = "Stopping…" if self._work.stopping else stage.what
        self.query_one("#notice", Line).say(what, tone="plain")
        self.query_one("#counts", Line).say(stage.counts)
        self.query_one("#time", Line).say(self._waited())

    def _waited(self) -> str:
        seconds = int(monotonic() - self._began)
        if seconds < _LONG:
            return ""
        return f"{seconds} s" if seconds < 60 else f"{seconds // 60}:{seconds % 60:02} min"

    def action_stop(self) -> None:
        """Ask the work to end."""
        self._work.stop()
        self.show_stage()

    def may_quit(self) -> bool:
        """Stop first; the app quits when the work has ended."""
        if self._ended:
            return True
        self.quits = True
        self.action_stop()
        return False

    def end(self) -> None:
        """Close, now or when what lies above has closed."""
        self._ended = True
        self.finish(None)

    def on_screen_resume(self) -> None:
        """Close if the work has ended meanwhile."""
        if self._ended:
            self.finish(None)


async def see_through(work: LongWork, screen: Screen[Any]) -> bool:
    """Do work in a thread, with a dialog before `screen` if it takes long.

    Whether the user rather wants to quit, now that it has ended.
    """
    dialog: ProgressDialog | None = None
    began = monotonic()
    running = asyncio.ensure_future(asyncio.to_thread(work.run))
    try:
        while not running.done():
            await asyncio.wait({running}, timeout=_PACE)
            if dialog is not None:
                dialog.show_stage()
            elif monotonic() - began > _PATIENCE and screen.is_current and not running.done():
                dialog = ProgressDialog(work)
                screen.app.push_screen(dialog)
                began = monotonic()
    finally:
        work.stop()  # the app may be closing
    await running
    if dialog is None:
        return False
    await asyncio.sleep(0 if work.stopped else began + _LEAST - monotonic())
    dialog.end()
    return dialog.quits
