"""What a prefix leads to is an action of its own: found by its name, and given a key."""

from __future__ import annotations

from readinglist.library import Library
from readinglist.records import Sort
from readinglist.tui.keyboard.actions import live_actions
from readinglist.tui.leaving.copying import COMMANDS, COPIES
from readinglist.tui.main.finding_actions import SORTS
from readinglist.tui.main.screen import MainScreen
from tests.tui.conftest import Opener


def test_every_continuation_is_an_action_with_the_same_letter() -> None:
    named = {str(each.id): each.key_display for each in MainScreen.UNBOUND if each.key_display}
    continuations = {f"sort.{sort}": letter for letter, _, sort in SORTS}
    continuations |= {f"copy.{option.value.id}": option.key for option in COPIES}
    letters = {each.action: each.key_display for each in MainScreen.UNBOUND}
    assert all(letters[option.value] == option.key for option in COMMANDS)
    commands = {"copy.view-command", "copy.edit-command"}
    assert {name: key for name, key in named.items() if name not in commands} == continuations


async def test_they_are_found_by_name_with_the_keys_that_lead_there(
    shelf: Library, opened: Opener, clipboard: list[str]
) -> None:
    async with opened(shelf, config='[keys]\nsort.choose = "Z"\nsort.year = "f7"\n') as app:
        keys = {action.binding.id: action.keys for action in live_actions(app.main)}
        assert keys["sort.title"] == ("Z t",)
        assert keys["sort.year"] == ("f7",)
        assert keys["copy.title"] == ("Y t",)
        await app.press("f7")
        assert str(app.main.view.sort) == Sort.YEAR
        await app.press(":", *"sort", "space", *"by", "space", *"title")
        await app.finish_work()
        await app.press("enter")
        if not app.at_home:
            await app.press("enter")
        assert str(app.main.view.sort) == Sort.TITLE
        await app.main.run_action("copy_form('title')")
        await app.finish_work()
        assert clipboard == [app.at.title]
        await app.press("/", *"qwxyz", "enter")
        await app.main.run_action("copy_form('title')")
        await app.settle()
        assert app.toasts()[-1] == "There is no paper here."
