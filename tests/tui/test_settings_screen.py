"""The settings in the app: what is set, changing it, and the file that keeps it."""

from __future__ import annotations

import tomllib

from readinglist.library import Library
from readinglist.settings.table import SETTINGS
from readinglist.tui.screens.settings_screen import SettingsScreen, ThemeChoice
from tests.tui.conftest import SMALL, Opener, Session

CONFIG = '# mine\ntheme = "nord"  # calm\n'


def _place(name: str) -> int:
    return [row.name for row in SETTINGS].index(name)


async def go_to(app: Session, name: str) -> None:
    screen = app.app.screen
    assert isinstance(screen, SettingsScreen)
    await app.press("g", *["j"] * _place(name))
    assert screen._setting.name == name


async def test_settings_show_their_values_and_where_they_come_from(
    shelf: Library, opened: Opener
) -> None:
    async with opened(shelf, SMALL, config=CONFIG) as app:
        await app.press("O")
        lines = app.text().splitlines()
        assert any("theme" in line and "nord" in line and "file" in line for line in lines)
        assert any("mouse" in line and "true" in line and "default" in line for line in lines)
        assert "The colours:" in app.text()
        await app.press("q")
        assert app.app.screen is app.main


async def test_a_change_holds_at_once_and_is_in_the_file(shelf: Library, opened: Opener) -> None:
    async with opened(shelf, config=CONFIG) as app:
        await app.press("O")
        await go_to(app, "list.long-titles")
        await app.press("enter")
        assert "Saved." in app.text()
        assert app.main.papers.deep == 2
        await go_to(app, "list.columns")
        await app.press("enter")
        screen = app.app.screen
        await app.press("ctrl+u")
        await app.type("key, tilte")
        await app.press("enter")
        assert 'There is no "tilte". Did you mean "title"?' in app.text()
        await app.press("ctrl+u")
        await app.type("key, title")
        await app.press("enter", "escape")
        assert app.app.screen is app.main
        assert screen is not app.main
        assert app.main.papers.columns == ("key", "title")
        text = app.app.settings.file.read_text()
        assert text.startswith(CONFIG)
        assert tomllib.loads(text)["list"] == {"long-titles": "wrap", "columns": ["key", "title"]}


async def test_what_was_written_into_the_file_meanwhile_stays(
    shelf: Library, opened: Opener
) -> None:
    async with opened(shelf, config=CONFIG) as app:
        file = app.app.settings.file
        await app.press("O")
        await go_to(app, "list.long-titles")
        file.write_text(f"# by another editor\nreading-limit = 7\n{CONFIG}", encoding="utf-8")
        await app.press("enter")
        assert "Saved." in app.text()
        text = file.read_text(encoding="utf-8")
        assert text.startswith(f"# by another editor\nreading-limit = 7\n{CONFIG}")
        assert tomllib.loads(text)["list"]["long-titles"] == "wrap"


async def test_a_default_comes_back(shelf: Library, opened: Opener) -> None:
    async with opened(shelf, config=CONFIG) as app:
        assert app.app.theme == "nord"
        await app.press("O", "d")
        assert app.app.theme == "lamplight"
        assert app.app.settings.file.read_text() == "# mine\n"


async def test_what_is_being_typed_is_let_go_by_escape(shelf: Library, opened: Opener) -> None:
    async with opened(shelf) as app:
        await app.press("O")
        await go_to(app, "reading-limit")
        await app.press("enter", "7", "escape")
        assert isinstance(app.app.screen, SettingsScreen)
        assert app.app.settings.number("reading-limit") == 0
        assert not app.app.settings.exists


async def test_ascii_holds_at_once(shelf: Library, opened: Opener) -> None:
    async with opened(shelf) as app:
        await app.press("O")
        await go_to(app, "ascii")
        await app.press("enter")
        assert app.text().isascii()
        await app.press("enter", "escape")
        assert not app.text().isascii()


async def test_a_file_that_cannot_be_written_is_told_and_the_change_holds(
    shelf: Library, opened: Opener
) -> None:
    async with opened(shelf, config="no TOML") as app:
        await app.press("O")
        await go_to(app, "reading-limit")
        await app.press("enter", "backspace", "3", "enter")
        assert "is not TOML" in app.text()
        assert app.app.settings.number("reading-limit") == 3
        assert app.app.settings.file.read_text() == "no TOML"


async def test_a_theme_that_is_chosen_is_remembered(shelf: Library, opened: Opener) -> None:
    async with opened(shelf, config=CONFIG) as app:
        app.app.search_themes()
        await app.settle()
        assert isinstance(app.app.screen, ThemeChoice)
        await app.press("k", "enter")
        assert app.app.theme != "nord"
        assert tomllib.loads(app.app.settings.file.read_text())["theme"] == app.app.theme
        assert "# calm" in app.app.settings.file.read_text()


async def test_every_theme_can_be_worn(shelf: Library, opened: Opener) -> None:
    async with opened(shelf) as app:
        for theme in app.app.themes():
            app.app.set_setting("theme", theme)
            await app.settle()
            assert app.app.theme == theme
        assert {"lamplight", "daylight", "contrast", "ansi-dark", "nord"} <= {*app.app.themes()}


async def test_a_theme_is_chosen_from_all_of_them(shelf: Library, opened: Opener) -> None:
    async with opened(shelf, SMALL, config=CONFIG) as app:
        await app.press("O", "enter")
        assert isinstance(app.app.screen, ThemeChoice)
        await app.press("escape")
        assert app.app.theme == "nord"
        await app.press("enter", "g", "enter")
        assert app.app.theme == app.app.themes()[0]
        assert tomllib.loads(app.app.settings.file.read_text())["theme"] == app.app.theme


async def test_what_cannot_be_is_not_shown_as_set_and_its_line_is_told(
    shelf: Library, opened: Opener
) -> None:
    config = 'theme = "nrod"\nascii = "yes"\n[keys]\nedit.raed = "z"\nedit.star = "f9"\n'
    async with opened(shelf, SMALL, config=config) as app:
        await app.press("O")
        assert 'config.toml, line 1: theme: there is no "nrod".' in app.text()
        lines = app.text().splitlines()
        theme = next(line for line in lines if "! theme" in line)
        assert "default" in theme
        assert "nrod" not in theme
        await app.press("j")
        assert "line 2: ascii: it takes true or false" in app.text()
        await app.press("enter")
        assert "! ascii" not in app.text()
        await go_to(app, "keys")
        assert "line 4: keys.edit.raed: there is no such action." in app.text()
        assert "1 in the file" in app.text()
