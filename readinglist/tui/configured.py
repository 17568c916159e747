"""An app that is as its user has set it, and that can be set while it runs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.filter import LineFilter, Monochrome, NoColor
from textual.widgets import Input

from readinglist.errors import ReadingListError
from readinglist.settings import Settings
from readinglist.settings.faults import Fault
from readinglist.tui.explaining import ExplainingApp
from readinglist.tui.keyboard import names as key_names
from readinglist.tui.looks import glyphs
from readinglist.tui.looks.cells import one_line
from readinglist.tui.looks.themes import is_colourless, wardrobe, wear

if TYPE_CHECKING:
    from readinglist.tui.main.screen import MainScreen

_STANDS = 12  # seconds for which a complaint is shown


class ConfiguredApp(ExplainingApp):
    """Themes, keys, signs and movement as they are set."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "O", "settings", "Settings", id="app.settings", show=False,
            tooltip="Colours, columns and more, with where each value comes from.",
        ),
    ]  # fmt: skip

    main: MainScreen
    _lasting = True  # whether what is set here is also written to the file

    def take_settings(self, settings: Settings, *, lasting: bool) -> None:
        """Be as these say; what they say wrong is added to their complaints."""
        self.settings, self._lasting = settings, lasting
        faults: list[Fault] = []
        wear(self, wardrobe(settings, faults))
        key_names.use({})
        if settings.entries("keys"):
            self._rebind(faults)
        settings.complain_of(faults)
        self._drawing: list[LineFilter] = []
        self._draw_as_set()

    def complain_of_settings(self) -> None:
        """Tell what is wrong with the settings: the first of it, and where the rest is told."""
        first, *others = self.settings.complaints or (None,)
        if first is None:
            return
        more = f"\nand {len(others)} more: readinglist config tells all" if others else ""
        told = one_line(first.told(self.settings.file)) + more
        self.notify(told, title="Settings", severity="warning", timeout=_STANDS, markup=False)

    def set_setting(self, name: str, value: object | None) -> str:
        """Change a setting, None for its default, now and in the file; what to say of it."""
        try:
            self.settings.put(name, value, save=self._lasting)
            said = "" if self._lasting else "It holds for this demo only."
        except ReadingListError as error:
            said = f"{error} It holds until you quit."
        self._apply(name)
        return said

    def themes(self) -> list[str]:
        """What there is to wear."""
        return sorted(self.available_themes)

    # What is set, applied

    def _apply(self, name: str) -> None:
        if name == "theme":
            wear(self, wardrobe(self.settings, []))
        elif name in ("ascii", "animation"):
            self._draw_as_set()
            self.refresh_css(animate=False)
            for screen in self.screen_stack:
                screen.refresh(layout=True)
        elif name.startswith("list."):
            self.main.papers.set_look(
                self.settings.names("list.columns"),
                wrap=self.settings.text("list.long-titles") == "wrap",
            )

    def _draw_as_set(self) -> None:
        self._drawing = [NoColor()] if is_colourless() else []
        plain = glyphs.only_ascii(self.settings)
        if plain:
            from readinglist.tui.looks.ascii import AsciiFilter  # few need it

            self._drawing.append(AsciiFilter())
        key_names.draw(plain=plain)
        self.animation_level = "full" if self.settings.yes("animation") else "none"

    def get_key_display(self, binding: Binding) -> str:
        """How a key is shown in hints, help and palette."""
        return key_names.spelt(super().get_key_display(binding))

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Ours; where no colour is wanted, Textual would make greys of all."""
        theirs = super().get_line_filters()
        return [each for each in theirs if not isinstance(each, Monochrome)] + self._drawing

    def _rebind(self, faults: list[Fault]) -> None:
        from readinglist.tui.keyboard.keymap import (  # few have keys of their own
            bind_unbound,
            read_keymap,
        )

        keymap = read_keymap(self.settings, faults)
        bind_unbound(self.main, keymap)
        self.set_keymap(keymap)
        key_names.use(keymap)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Keep the cursor of a text still where nothing may move by itself."""
        if self.settings.yes("animation"):
            return
        from textual.widgets import TextArea  # 6 ms, and it is there where one has the focus

        if isinstance(event.widget, Input | TextArea):
            event.widget.cursor_blink = False

    # Setting

    def action_settings(self) -> None:
        """Show what is set, and change it."""
        from readinglist.tui.screens.settings_screen import SettingsScreen

        self.push_screen(SettingsScreen(self.settings, self.set_setting, self.themes()))

    def search_themes(self) -> None:
        """Choose a theme by its name; it is remembered."""
        from readinglist.tui.screens.settings_screen import ThemeChoice

        def finish(theme: str | None) -> None:
            if theme is not None and (said := self.set_setting("theme", theme)):
                self.notify(one_line(said), markup=False)

        self.push_screen(ThemeChoice(self.themes(), self.theme), finish)
