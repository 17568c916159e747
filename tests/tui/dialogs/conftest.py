"""A dialog alone before an app that does nothing else, driven by real keys."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot

from readinglist.tui.explaining import ExplainingApp
from readinglist.tui.screens.dialog import Dialog
from readinglist.tui.screens.item_list import Item, ItemList

SIZES = [(80, 24), (120, 35), (160, 45)]
OPEN = object()  # the result of a dialog that is still open

HOSTILE = (
    "[/red] [@click=app.quit]x[/] \x1b]52;c;AAAA\x07 \u202eevil\u200b 日本語 🧪 שלום [HOSPITAL]"
)
LONG = "very long words " * 625


class Host(ExplainingApp):
    """Opens one dialog and keeps its result."""

    def __init__(self, dialog: Dialog[Any]) -> None:
        super().__init__()
        self.dialog = dialog
        self.result: Any = OPEN  # whatever type the dialog at hand returns

    def on_mount(self) -> None:
        def keep(result: Any) -> None:
            self.result = result

        self.push_screen(self.dialog, keep)


class Asked:
    """A dialog that is being answered."""

    def __init__(self, app: Host, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def result(self) -> Any:
        return self.app.result

    @property
    def closed(self) -> bool:
        return self.app.result is not OPEN

    async def press(self, *keys: str) -> None:
        """Press keys, and wait for all that they set off."""
        for key in keys:
            await self.pilot.press(key)
        await self.settle()

    async def type(self, text: str) -> None:
        await self.press(*text)

    async def paste(self, text: str) -> None:
        """Paste as a terminal does."""
        self.app.post_message(events.Paste(text))
        await self.settle()

    async def settle(self) -> None:
        """Wait until the disk was asked and its answers are on the screen."""
        for _ in range(3):
            await self.pilot.pause()
            waiting = [
                worker
                for worker in self.app.workers
                if worker.group in ("listing", "looking") and not worker.is_finished
            ]
            if waiting:
                await self.app.workers.wait_for_complete(waiting)
        await self.pilot.pause()

    def lines(self) -> list[str]:
        """What is on the screen."""
        return [strip.text for strip in self.app.screen._compositor.render_strips()]

    def text(self) -> str:
        return "\n".join(self.lines())

    def line(self, part: str) -> str:
        """The line that holds `part`, without the frame."""
        return next(line for line in self.lines() if part in line).strip("│ ")

    @property
    def items(self) -> Sequence[Item]:
        """The lines of the dialog's list."""
        return self.app.screen.query_one(ItemList).items

    def toasts(self) -> list[str]:
        return [toast.message for toast in self.app._notifications]


Asker = Callable[..., AbstractAsyncContextManager[Asked]]


@pytest.fixture
def asked() -> Asker:
    """Open a dialog at a size."""

    @asynccontextmanager
    async def asker(dialog: Dialog[Any], size: tuple[int, int] = (80, 24)) -> AsyncIterator[Asked]:
        app = Host(dialog)
        async with app.run_test(size=size) as pilot:
            session = Asked(app, pilot)
            await session.settle()
            yield session

    return asker


def safe(text: str) -> bool:
    """Whether a terminal would only show a text, in the order in which it is written."""
    return all(c.isprintable() or c in "\n\u00a0" for c in text)
