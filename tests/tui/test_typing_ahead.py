"""Keys that arrive in one burst do what they would do one by one."""

from __future__ import annotations

from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from readinglist.tui.typing_ahead import TypingAhead


class Focusable(Static, can_focus=True):
    pass


class Dialog(ModalScreen[str]):
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave")]

    def compose(self) -> ComposeResult:
        yield Input()

    def action_leave(self) -> None:
        self.dismiss(self.query_one(Input).value)


class Host(TypingAhead):
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("slash", "search"),
        Binding("t", "dialog"),
        Binding("d", "note('d')"),
        Binding("i", "note('i')"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.did: list[str] = []
        self.returned: list[str | None] = []

    def compose(self) -> ComposeResult:
        yield Focusable("list")
        yield Input()

    def on_mount(self) -> None:
        self.query_one(Focusable).focus()

    @on(Input.Submitted)
    def found(self) -> None:
        self.query_one(Focusable).focus()

    def action_search(self) -> None:
        self.query_one(Input).focus()

    def action_dialog(self) -> None:
        self.push_screen(Dialog(), self.returned.append)

    def action_note(self, name: str) -> None:
        self.did.append(name)


def burst(app: Host, *keys: str) -> None:
    for key in keys:
        app.post_message(events.Key(key, key if len(key) == 1 else None))


async def test_a_search_typed_at_once_reaches_the_search_and_no_command() -> None:
    app = Host()
    async with app.run_test() as pilot:
        burst(app, "d", "slash", *"diffusion", "enter", "i", "d")
        await pilot.pause()
        await pilot.pause()
        assert app.query_one(Input).value == "diffusion"
        assert app.did == ["d", "i", "d"]


async def test_keys_for_a_dialog_wait_until_it_is_there_and_those_after_it_until_it_is_gone() -> (
    None
):
    app = Host()
    async with app.run_test() as pilot:
        burst(app, "t", *"did it", "escape", "d", "i")
        await pilot.pause()
        await pilot.pause()
        assert app.returned == ["did it"]
        assert app.did == ["d", "i"]


async def test_a_paste_keeps_its_place_among_the_keys() -> None:
    app = Host()
    async with app.run_test() as pilot:
        burst(app, "slash", "a")
        app.post_message(events.Paste("[b]"))
        burst(app, "c")
        await pilot.pause()
        assert app.query_one(Input).value == "a[b]c"
