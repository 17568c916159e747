"""What every dialog shares: one quiet frame, Esc to go back, and a line that names the keys."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import ModalScreen
from textual.widget import Widget

from readinglist.tui.keyboard.actions import ActionsProvider
from readinglist.tui.screens.key_hints import KeyHints
from readinglist.tui.screens.line import Line
from readinglist.tui.screens.thrift import Backdrop, Thrifty

Result = TypeVar("Result")

_ROOMY = 20  # lines; with fewer, lists show fewer lines


class Dialog(Thrifty, ModalScreen[Result]):
    """Base of the dialogs: they save nothing and return a typed result."""

    COMMANDS: ClassVar = {ActionsProvider}

    HOLDS: ClassVar[tuple[type[Widget], ...]] = ()
    """What in it takes keys of its own; first what has them at the start."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape", "cancel", "cancel", id="dialog.cancel",
            tooltip="Close without doing anything.",
        ),
        Binding(
            "question_mark,f1", "help", "help", id="app.help", show=False,
            tooltip="Every key and what it does.",
        ),
        Binding(
            "colon", "app.command_palette", "All actions", id="app.actions", key_display=":",
            show=False, tooltip="Find any action by its name.",
        ),
    ]  # fmt: skip

    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        background: $background 60%;
        & > .frame {
            width: 64;
            max-width: 100%;
            height: auto;
            max-height: 100%;
            padding: 0 1;
            background: $surface;
            border: round $border;
            border-title-color: $text-primary;
            border-title-style: bold;
            border-subtitle-color: $text-muted;
        }
        &.-short ItemList { height: 4; }
        &.-short .row { margin-top: 0; }
        & > .frame * {
            scrollbar-size-vertical: 1;
            scrollbar-background: $surface;
            scrollbar-background-hover: $surface;
            scrollbar-background-active: $surface;
            scrollbar-color: $foreground 20%;
            scrollbar-color-hover: $foreground 35%;
            scrollbar-color-active: $foreground 35%;
        }
    }
    """

    def __init__(self, title: str, *, aside: str = "") -> None:
        super().__init__()
        self._title = title
        self._aside = aside

    def compose(self) -> ComposeResult:
        """Frame the body; the last line names the keys."""
        with Vertical(classes="frame") as frame:
            frame.border_title = Content(self._title)
            frame.border_subtitle = Content(self._aside) if self._aside else None
            yield from self.body()
            yield KeyHints()

    def body(self) -> Iterator[Widget]:
        """What stands between the title and the keys."""
        raise NotImplementedError

    def render(self) -> Any:  # also a visual, which Textual takes and does not declare
        """What is behind the dialog, painted quickly."""
        found: object = super().render()
        if isinstance(found, BackgroundScreen):
            return Backdrop(found.screen, found.color)
        return found

    def on_resize(self, event: events.Resize) -> None:
        """Spare what can be spared where there is little room."""
        self.set_class(event.size.height < _ROOMY, "-short")

    def finish(self, result: Result) -> None:
        """Close with a result; once is enough, however often a key was pressed."""
        if self.is_current:
            self.dismiss(result)

    def action_cancel(self) -> None:
        """Close without a result."""
        if self.is_current:
            self.dismiss(None)

    def may_quit(self) -> bool:
        """Whether the app may quit now; a dialog with unsaved words saves them first."""
        return True

    def look_again(self) -> None:
        """Show what another program has written to the library, if it matters here."""

    # What can be done

    def why_not(self, action: str, parameters: tuple[object, ...]) -> str:  # noqa: ARG002 (for those who override it)
        """Why an action can do nothing now; empty if it can."""
        return ""

    def tell_why(self, reason: str) -> None:
        """Say why a key does nothing: on the dialog's own line, if it has one."""
        if self.query("#notice"):
            self.say(reason, tone="warning")
        else:
            self.notify(reason, markup=False)

    def on_idle(self) -> None:
        """Dim the keys that can do nothing after what has just been done."""
        for hints in self.query(KeyHints):
            hints.look_again()

    def action_help(self) -> None:
        """Show every live key."""
        from readinglist.tui.screens.help import help_on

        self.app.push_screen(help_on(self))

    def say(self, text: str, *, tone: str = "") -> None:
        """Put a sentence on the dialog's own line, unless the dialog is already closing."""
        if self.is_current:
            self.query_one("#notice", Line).say(text, tone=tone)
