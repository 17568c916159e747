"""Keys of the user's own, by the ids of actions."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.library import Library
from readinglist.settings import Settings
from readinglist.settings.kinds import Wrong
from readinglist.tui.examining import examine
from readinglist.tui.keyboard.keymap import every_action, read_keymap
from readinglist.tui.keyboard.written import normal
from readinglist.tui.screens.dialog import Dialog
from tests.tui.conftest import Opener


def told(tmp_path: Path, text: str) -> list[str]:
    file = tmp_path / "config.toml"
    file.write_text(text, encoding="utf-8")
    settings = Settings(file)
    examine(settings)
    return [complaint.told(file) for complaint in settings.complaints]


async def test_another_key_does_what_the_usual_one_did_and_is_shown_everywhere(
    shelf: Library, opened: Opener
) -> None:
    config = '[keys]\nedit.read = ["X", "f5"]\nsearch.start = "ctrl+f"\n'
    async with opened(shelf, config=config) as app:
        await app.press("d")
        assert app.at.status == "inbox"
        await app.press("X")
        assert app.at.status == "read"
        await app.press("b", "f5")
        assert app.at.status == "read"
        hints = app.text().splitlines()[-1].rstrip()
        assert hints.startswith(" w r X f5 s b status")
        assert "^f search" in hints
        assert hints.endswith("? help")
        await app.press("ctrl+f")
        await app.type("Xd")
        assert app.main.view.query == "Xd"
        await app.press("escape", "?")
        row = next(line for line in app.text().splitlines() if "Done reading" in line)
        assert "X f5" in row


async def test_sentences_name_the_keys_that_are_set(shelf: Library, opened: Opener) -> None:
    async with opened(shelf, config='[keys]\nedit.undo = "Z"\n') as app:
        await app.press("A", "d")
        assert app.toasts() == ["Marked 12: read. Z undoes."]
        await app.press("Z")
        assert app.toasts() == ["Undid: marked 12: read. U does it again."]
    async with opened(shelf, config="# nothing\n") as app:
        await app.press("A", "d")
        assert app.toasts() == ["Marked 12: read. u undoes."]


async def test_two_actions_can_change_places(shelf: Library, opened: Opener) -> None:
    async with opened(shelf, config='[keys]\nedit.read = "s"\nedit.skipped = "d"\n') as app:
        assert app.toasts() == []
        await app.press("s")
        assert app.at.status == "read"
        await app.press("d")
        assert app.at.status == "skipped"


async def test_an_action_without_a_key_is_given_one(shelf: Library, opened: Opener) -> None:
    async with opened(shelf, config='[keys]\nedit.empty-trash = "f9"\n') as app:
        await app.press("f9")
        assert app.toasts() == ["The trash is empty."]
        await app.press("?", "/")
        await app.type("empty")
        assert "f9" in app.text()


async def test_what_cannot_be_is_told_at_the_start_and_the_usual_key_holds(
    shelf: Library, opened: Opener
) -> None:
    async with opened(shelf, config='[keys]\nedit.read = "x"\nedit.star = "alt+x"\n') as app:
        (toast,) = app.toasts()
        assert 'config.toml, line 2: keys.edit.read: "x" is also “Export” (exchange.exp' in toast
        assert "1 more" in toast
        await app.press("d", "*")
        assert app.at.status == "read"
        assert app.at.starred


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ('edit.raed = "X"', 'there is no such action. Did you mean "edit.read"?'),
        ('edit = "X"', "there is no such action."),
        ('edit.read = "ctrl+i"', '"ctrl+i" cannot be used: terminals send Tab for it.'),
        ('edit.read = "ctrl+m"', "terminals send Enter for it"),
        ('edit.read = "CTRL-M"', "terminals send Enter for it"),
        ('edit.read = "ctrl+h"', "terminals send Backspace for it"),
        ('edit.read = "ctrl+["', "terminals send Escape for it"),
        ('edit.read = "alt+x"', "terminals send Escape and the key for it"),
        ('edit.read = "ctrl+shift+x"', "terminals send the same for another key"),
        ('edit.read = "spcae"', 'Did you mean "space"?'),
        ('edit.read = ""', 'there is no key "".'),
        ('edit.read = "hyper+x"', '"hyper" in "hyper+x" is neither ctrl nor shift.'),
        ('edit.read = "j"', '"j" is also “Down” (move.down). Give one of them another key.'),
        ('edit.read = ["X", "q"]', '"q" is also “Quit” (app.leave).'),
        ('facet.toggle = "f"', '"f" is also “Filter” (search.facets).'),
        ('app.quit = "Z"', "it works also where you type, so its key may be no character."),
        ('search.complete = "Z"', "it works also where you type"),
        ('tags.apply = "Z"', "it works also where you type"),
        ('dialog.cancel = "Z"', "it works also where you type"),
        ('name.save = "ctrl+u"', '"ctrl+u" is also “Delete all to the left”.'),
        ('move.down = "r"', '"r" is also “Reading” (edit.reading).'),
        ('choice.pick = "y"', '"y" is also “year”.'),
        ('choice.pick = "1"', '"1" is also “arxiv”.'),
        ('links.open = "3"', '"3" is also “open”.'),
        ('tag.merge = "G"', '"G" is also “Bottom” (move.bottom).'),
        ('move.up = "m"', '"m" is also “'),
        ('note.save = "escape"', '"escape" is also “save and close” (note.close).'),
    ],
)
def test_each_mistake_is_named_with_its_line(tmp_path: Path, line: str, sentence: str) -> None:
    (complaint,) = told(tmp_path, f"[keys]\n\n{line}\n")
    assert complaint.startswith("config.toml, line 3: keys.")
    assert sentence in complaint


def test_a_key_may_mean_one_thing_in_a_dialog_and_another_in_the_list(tmp_path: Path) -> None:
    assert not told(tmp_path, '[keys]\ntag.merge = "w"\nhistory.undo = "s"\nlinks.open = "T"\n')
    (complaint,) = told(tmp_path, '[keys]\nmove.top = "X"\ntag.rename = "X"\n')
    assert 'line 3: keys.tag.rename: "X" is also “Top” (move.top)' in complaint


async def test_what_a_dialog_holds_is_what_takes_keys_in_it(shelf: Library, opened: Opener) -> None:
    dialogs = {
        *("t", "n", "comma", "Y", "i", "x", "H", "O", "question_mark", "M", "e", "a", "m", "S"),
        "I",
    }
    async with opened(shelf) as app:
        for key in sorted(dialogs):
            await app.press(key)
            dialog = app.app.screen
            assert isinstance(dialog, Dialog)
            takers = {type(widget) for widget in dialog.query("*") if widget.can_focus}
            takers = {each for each in takers if each._merge_bindings().key_to_bindings}
            assert takers <= {*dialog.HOLDS}, key
            if dialog.HOLDS:
                assert isinstance(dialog.focused, dialog.HOLDS[0]), key
            await app.press("escape")


def test_of_two_actions_on_one_key_the_first_gets_it(tmp_path: Path) -> None:
    (complaint,) = told(tmp_path, '[keys]\nedit.read = "X"\nedit.star = "X"\n')
    assert 'line 3: keys.edit.star: "X" is also “Done reading” (edit.read)' in complaint


@given(st.dictionaries(st.sampled_from(sorted(every_action())), st.text(max_size=8), max_size=6))
def test_whatever_is_written_no_key_has_two_meanings_in_one_place(written: dict[str, str]) -> None:
    from readinglist.tui.keyboard import keymap

    settings = Settings(Path("/nowhere/config.toml"))
    settings._set["keys"] = {action: (key,) for action, key in written.items()}, "file"
    found = read_keymap(settings, [])
    wanted = {action: tuple(keys.split(",")) for action, keys in found.items()}
    assert not list(keymap._clashes(wanted))


@given(st.text(max_size=12) | st.from_regex(r"(ctrl|shift|alt|C)?[+-]?.", fullmatch=True))
def test_a_key_is_either_named_or_refused_with_a_sentence(written: str) -> None:
    try:
        key, refusal = normal(written), ""
    except Wrong as wrong:
        key, refusal = "", str(wrong)
    assert refusal.endswith((".", "?")) != bool(key)
    assert "," not in key
    if key and written.isascii():
        assert normal(key) == key


async def test_every_action_is_listed_by_the_command_line_with_its_keys() -> None:
    actions = every_action()
    assert actions["edit.read"].keys == ("d",)
    assert actions["app.help"].keys == ("question_mark", "f1")
    assert actions["app.quit"].while_typing
    assert len(actions) > 100
