"""What is set and where it comes from; a change holds at once and is written to the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.widget import Widget

from readinglist.settings import Settings
from readinglist.settings.faults import Complaint
from readinglist.settings.kinds import Kind, Wrong, checked, from_text, quoted
from readinglist.settings.table import SETTINGS, Setting
from readinglist.tui.looks.cells import one_line
from readinglist.tui.said import Said
from readinglist.tui.screens.dialog import Dialog
from readinglist.tui.screens.item_list import Item, ItemList
from readinglist.tui.screens.line import Line
from readinglist.tui.typed_paths import from_home
from readinglist.tui.widgets.field import Field

_LONGEST = 60  # letters of a value in the list

SetSetting = Callable[[str, object | None], str]
"""Changes a setting by its name, None for its default; returns what is to be said of it."""


class SettingsList(ItemList):
    """Tells when the cursor is on another setting."""

    class Moved(Said):
        """The cursor is on another line."""

    def said_moved(self) -> None:
        """Tell."""
        self.post_message(self.Moved())


class ThemeChoice(Dialog[str | None]):
    """All themes by name."""

    HOLDS: ClassVar = (ItemList,)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "pick", "wear it", id="themes.wear", tooltip="Wear this theme."),
        Binding("q", "cancel", "back", show=False),
    ]

    DEFAULT_CSS = "ThemeChoice { & > .frame { width: 44; } & ItemList { max-height: 16; } }"

    def __init__(self, themes: Sequence[str], worn: str) -> None:
        super().__init__("Theme")
        self._themes = tuple(themes)
        self._worn = worn

    def body(self) -> Iterator[Widget]:
        """One line for each."""
        items = [Item(one_line(name), mark="●" * (name == self._worn)) for name in self._themes]
        menu = ItemList(items, can_focus=True, fit=True)
        menu.cursor = self._themes.index(self._worn) if self._worn in self._themes else 0
        yield menu

    @on(ItemList.Picked)
    def action_pick(self) -> None:
        """Wear the one under the cursor."""
        self.finish(self._themes[self.query_one(ItemList).cursor])


class SettingsScreen(Dialog[None]):
    """The settings in a list; Enter changes one, in place where it has few values."""

    HOLDS: ClassVar = (SettingsList, Field)

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "change", "change", id="settings.change", tooltip="Change this setting."),
        Binding("space,right", "change", "change", show=False),
        Binding(
            "d", "default", "default", id="settings.default",
            tooltip="Take it out of the file: its default holds again.",
        ),
        Binding("escape", "cancel", "close", id="settings.close", tooltip="Back to the papers."),
        Binding("q,O", "cancel", "close", show=False),
    ]  # fmt: skip

    DEFAULT_CSS = """
    SettingsScreen {
        & > .frame { width: 92; }
        & ItemList { max-height: 14; }
        & Field { margin: 1 0 0 0; display: none; }
        &.-typing Field { display: block; }
        & #about { margin: 1 1 0 1; height: 2; text-wrap: wrap; }
        & #notice { margin: 0 1; height: auto; min-height: 1; max-height: 3; text-wrap: wrap; }
    }
    """

    def __init__(self, settings: Settings, put: SetSetting, themes: Sequence[str]) -> None:
        super().__init__("Settings", aside=one_line(from_home(str(settings.file))))
        self._settings = settings
        self._put = put
        self._themes = tuple(themes)

    def body(self) -> Iterator[Widget]:
        """The list, what the chosen one is for, and a line to type a value on."""
        yield SettingsList(self._items(), can_focus=True, fit=True)
        yield Field()
        yield Line(id="about", tone="plain")
        yield Line(id="notice")

    def on_mount(self) -> None:
        """Say what the first one is for."""
        self._tell()

    # What shows

    def _items(self) -> list[Item]:
        room = max(len(setting.name) for setting in SETTINGS)
        return [
            Item(
                f"{setting.name:{room}}  {one_line(self._shown(setting))}",
                aside=self._settings.source(setting.name),
                mark="!" if self._wrong(setting) else "",
                tone="" if self._settings.source(setting.name) == Settings.DEFAULT else "accent",
            )
            for setting in SETTINGS
        ]

    def _wrong(self, setting: Setting) -> list[Complaint]:
        """What the file says of a setting, or within a table, that cannot be."""
        names = setting.name, f"{setting.name}."
        return [
            complaint
            for complaint in self._settings.complaints
            if complaint.key == names[0]
            or (setting.kind is Kind.OPEN and complaint.key.startswith(names[1]))
        ]

    def _shown(self, setting: Setting) -> str:
        value = self._settings.value(setting.name)
        if setting.kind is Kind.OPEN:
            count = len(self._settings.entries(setting.name))
            return f"{count} in the file" if count else "none"
        if setting.secret and value:
            return "(set)"
        if setting.kind is Kind.NAMES:
            return ", ".join(self._settings.names(setting.name))
        return str(value) if isinstance(value, str) else quoted(value, _LONGEST)

    @property
    def _setting(self) -> Setting:
        return SETTINGS[max(0, self.query_one(ItemList).cursor)]

    @on(SettingsList.Moved)
    def _tell(self) -> None:
        self.query_one("#about", Line).say(self._setting.help, tone="plain")
        wrong = self._wrong(self._setting)
        self.say(wrong[0].told(self._settings.file) if wrong else "", tone="warning")

    # Changing

    @on(ItemList.Picked)
    def _picked(self, message: ItemList.Picked) -> None:
        self._tell()
        if message.twice:
            self.action_change()

    def action_change(self) -> None:
        """Go to the next value, or type one."""
        setting = self._setting
        if self.has_class("-typing"):
            self._take_typed(setting)
        elif setting.kind is Kind.OPEN:
            self.say("This is a table; write it in the file.", tone="warning")
        elif setting.kind is Kind.YES_NO:
            self._change(setting, not self._settings.yes(setting.name))
        elif setting.name == "theme":
            self._choose_theme(setting)
        elif choices := setting.choices() if setting.kind is Kind.CHOICE else ():
            now = self._settings.text(setting.name)
            place = choices.index(now) + 1 if now in choices else 0
            self._change(setting, choices[place % len(choices)])
        else:
            self._type(setting)

    def _choose_theme(self, setting: Setting) -> None:
        def finish(theme: str | None) -> None:
            if theme is not None:
                self._change(setting, theme)

        self.app.push_screen(ThemeChoice(self._themes, self.app.theme), finish)

    def _type(self, setting: Setting) -> None:
        field = self.query_one(Field)
        value = self._settings.value(setting.name)
        self.add_class("-typing")
        field.put(", ".join(value) if isinstance(value, tuple) else str(value))
        field.focus()
        if setting.choices():
            self.say(f"Some of: {', '.join(setting.choices())}.")

    def _take_typed(self, setting: Setting) -> None:
        try:
            said = from_text(setting.kind, self.query_one(Field).value)
            value = checked(setting.kind, said, setting.choices())
        except Wrong as wrong:
            told = str(wrong)
            self.say(told[:1].upper() + told[1:], tone="error")
            return
        self._stop_typing()
        self._change(setting, value)

    def _stop_typing(self) -> None:
        self.remove_class("-typing")
        self.query_one(ItemList).focus()

    def _change(self, setting: Setting, value: object | None) -> None:
        if self._settings.source(setting.name) == Settings.ENVIRONMENT:
            self.say(f"${setting.environment} is set, and has more weight.", tone="warning")
            return
        told = self._put(setting.name, value)
        listed = self.query_one(ItemList)
        listed.show(self._items(), listed.cursor)
        restart = " It holds from the next start." if setting.name == "mouse" else ""
        saved = "Set back to its default." if value is None else "Saved."
        self.say(told or saved + restart, tone="warning" if told else "success")

    def action_default(self) -> None:
        """Let the default hold again."""
        if self._setting.kind is Kind.OPEN:
            self.say("This is a table; take it out of the file.", tone="warning")
        else:
            self._change(self._setting, None)

    def action_cancel(self) -> None:
        """Leave a value as it was, or close."""
        if self.has_class("-typing"):
            self._stop_typing()
            self._tell()
        else:
            super().action_cancel()
