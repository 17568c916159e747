"""Menus, links, questions and help: one key, or the mouse, and they are gone."""

from __future__ import annotations

import pytest

from readinglist.tui.screens.choice import Choice, ChoiceOption
from readinglist.tui.screens.confirm import Confirm
from readinglist.tui.screens.help import HelpRow, HelpScreen, page
from readinglist.tui.screens.item_list import ItemList
from readinglist.tui.screens.links import LinkPicker
from tests.tui.dialogs.conftest import HOSTILE, LONG, SIZES, Asker, safe

SORTS = [ChoiceOption("t", "title", 1), ChoiceOption("a", "added", 2), ChoiceOption(",", "same", 3)]
URLS = [f"https://example.org/{n}" for n in range(1, 13)]
ROWS = [
    HelpRow("j k", "Move", "Move the cursor.", "List"),
    HelpRow("w", "Want to read", "Give papers the status to-read.", "Status"),
    *(HelpRow(f"f{n}", f"Action {n}", "Says what it does. " * 6, "More") for n in range(1, 30)),
]


@pytest.mark.parametrize(("key", "value"), [("t", 1), ("a", 2), (",", 3), ("comma", 3)])
async def test_a_letter_picks(asked: Asker, key: str, value: int) -> None:
    async with asked(Choice("Sort by", SORTS)) as dialog:
        await dialog.press(key)
        assert dialog.result == value


@pytest.mark.parametrize("key", ["z", "escape", "j", "q", "f5", "tab", "enter"])
async def test_any_other_key_closes_the_menu(asked: Asker, key: str) -> None:
    async with asked(Choice("Sort by", SORTS)) as dialog:
        await dialog.press(key)
        assert dialog.result is None


async def test_the_menu_also_takes_arrow_keys_and_the_mouse(asked: Asker) -> None:
    async with asked(Choice("Sort by", SORTS)) as dialog:
        await dialog.press("down", "down", "enter")
        assert dialog.result == 2
    async with asked(Choice("Sort by", SORTS)) as dialog:
        await dialog.pilot.click(ItemList, offset=(4, 1))
        await dialog.settle()
        assert dialog.result == 2
    async with asked(Choice("Sort by", SORTS)) as dialog:
        await dialog.pilot.click(offset=(1, 1))
        await dialog.settle()
        assert dialog.result is None


async def test_a_number_opens_a_link(asked: Asker) -> None:
    async with asked(LinkPicker(URLS)) as dialog:
        await dialog.press("3")
        assert dialog.result == URLS[2]


async def test_a_number_without_a_link_does_nothing(asked: Asker) -> None:
    async with asked(LinkPicker(URLS[:2])) as dialog:
        await dialog.press("3")
        assert not dialog.closed
        await dialog.press("escape")
        assert dialog.result is None


async def test_enter_opens_the_link_under_the_cursor(asked: Asker) -> None:
    async with asked(LinkPicker(URLS)) as dialog:
        await dialog.press(*("j" * 10), "enter")
        assert dialog.result == URLS[10]


async def test_a_question_has_its_cursor_on_cancel(asked: Asker) -> None:
    async with asked(Confirm("Really?", "Do it")) as dialog:
        await dialog.press("enter")
        assert dialog.result is False


async def test_a_question_is_answered_by_going_down(asked: Asker) -> None:
    async with asked(Confirm("Really?", "Do it")) as dialog:
        await dialog.press("down", "enter", "enter")
        assert dialog.result is True


@pytest.mark.parametrize(("keys", "sure"), [(("tab",), True), (("tab", "shift+tab"), False)])
async def test_tab_goes_to_the_other_answer(
    asked: Asker, keys: tuple[str, ...], sure: bool
) -> None:
    async with asked(Confirm("Really?", "Do it")) as dialog:
        await dialog.press(*keys, "enter")
        assert dialog.result is sure


async def test_esc_is_no(asked: Asker) -> None:
    async with asked(Confirm("Really?", "Do it")) as dialog:
        await dialog.press("escape")
        assert dialog.result is False


async def test_an_answer_can_be_clicked(asked: Asker) -> None:
    async with asked(Confirm("Really?", "Do it")) as dialog:
        await dialog.pilot.click(ItemList, offset=(3, 1))
        await dialog.settle()
        assert dialog.result is True


async def test_help_shows_keys_names_sentences_and_headings(asked: Asker) -> None:
    async with asked(HelpScreen(ROWS)) as dialog:
        assert dialog.line("Move the cursor.").split() == [
            "j",
            "k",
            *["Move", "Move", "the", "cursor."],
        ]
        assert dialog.line("Status").split()[0] == "Status"


async def test_help_scrolls_with_j_and_k(asked: Asker) -> None:
    async with asked(HelpScreen(ROWS)) as dialog:
        await dialog.press(*("j" * 20))
        assert "Move the cursor." not in dialog.text()
        await dialog.press(*("k" * 20))
        assert "Move the cursor." in dialog.text()


async def test_help_is_searched_by_typing(asked: Asker) -> None:
    async with asked(HelpScreen(ROWS)) as dialog:
        await dialog.press("slash")
        await dialog.type("to-read")
        assert "Want to read" in dialog.text()
        assert "Move the cursor." not in dialog.text()
        await dialog.type("jjj")
        assert "No key does that." in dialog.text()
        await dialog.press("escape")
        assert "Move the cursor." in dialog.text()
        await dialog.press("escape", "escape")
        assert dialog.closed


@pytest.mark.parametrize("key", ["q", "question_mark", "escape", "f1"])
async def test_the_key_that_opened_help_closes_it(asked: Asker, key: str) -> None:
    async with asked(HelpScreen(ROWS)) as dialog:
        await dialog.press(key)
        assert dialog.closed


@pytest.mark.parametrize("size", SIZES)
async def test_long_sentences_stay_in_their_column(asked: Asker, size: tuple[int, int]) -> None:
    async with asked(HelpScreen(ROWS), size) as dialog:
        lines = dialog.lines()
        first = next(index for index, line in enumerate(lines) if "Action 1" in line)
        column = lines[first].index("Says")
        assert lines[first + 1][column - 2 : column].strip() == ""
        assert lines[first + 1][column:].strip("│ ▁▂▃▄▅▆▇█")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "dialog",
    [
        lambda: Choice(HOSTILE, [ChoiceOption("x", HOSTILE, 1), ChoiceOption("y", LONG, 2)]),
        lambda: LinkPicker([HOSTILE, f"https://example.org/{LONG}"]),
        lambda: Confirm(HOSTILE + LONG, HOSTILE),
        lambda: HelpScreen([HelpRow(HOSTILE, HOSTILE, HOSTILE, HOSTILE), HelpRow("x", LONG, LONG)]),
    ],
    ids=["choice", "links", "confirm", "help"],
)
async def test_hostile_words_are_plain_text(asked: Asker, dialog, size) -> None:  # type: ignore[no-untyped-def]  # parameters of many types
    async with asked(dialog(), size) as open_dialog:
        await open_dialog.press("down")
        assert safe(open_dialog.text())
        assert "[/red]" in open_dialog.text()


def test_a_long_name_without_a_key_takes_no_room_from_the_sentences_of_the_others() -> None:
    named = HelpRow("w", "Want to read", "Put it on the reading list.")
    rows = [named, HelpRow("", "Refresh what lookups have written", "Ask the providers again.")]
    alone, (first, long, below) = page([named], 72), page(rows, 72)
    assert first.plain == alone[0].plain
    assert long.plain.strip() == "Refresh what lookups have written"
    assert below.plain.index("Ask") == first.plain.index("Put")
