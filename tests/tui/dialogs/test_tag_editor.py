"""Tagging: as few keys as it can be, and never a tag that was not meant."""

from __future__ import annotations

import pytest

from readinglist.tui.screens.item_list import ItemList
from readinglist.tui.screens.tag_editor import TagEditor
from readinglist.tui.screens.tag_matches import matching_tags
from readinglist.tui.tag_choice import TagEdit
from tests.tui.dialogs.conftest import HOSTILE, LONG, SIZES, Asker, safe

KNOWN = {"rl": 12, "rlhf": 40, "diffusion": 21, "diffusion-models": 33, "to cite": 3}


async def test_typing_a_tag_and_enter_is_all_it_takes(asked: Asker) -> None:
    async with asked(TagEditor(1, KNOWN)) as dialog:
        await dialog.type("rl")
        await dialog.press("enter")
        assert dialog.result == TagEdit(add=("rl",))


async def test_a_new_tag_is_made_although_a_known_one_begins_alike(asked: Asker) -> None:
    async with asked(TagEditor(1, KNOWN)) as dialog:
        await dialog.type("dif")
        assert "new tag" in dialog.line("+ dif")
        await dialog.press("enter")
        assert dialog.result == TagEdit(add=("dif",))


async def test_tab_completes_to_the_best_known_tag(asked: Asker) -> None:
    async with asked(TagEditor(1, KNOWN)) as dialog:
        await dialog.type("diffusion-")
        await dialog.press("tab", "enter")
        assert dialog.result == TagEdit(add=("diffusion-models",))


async def test_a_misspelt_tag_offers_the_known_one(asked: Asker) -> None:
    async with asked(TagEditor(1, KNOWN)) as dialog:
        await dialog.type("difusion")
        await dialog.press("tab", "enter")
        assert dialog.result.add[0].startswith("diffusion")


async def test_arrow_keys_choose_while_the_input_keeps_typing(asked: Asker) -> None:
    async with asked(TagEditor(1, KNOWN)) as dialog:
        await dialog.type("rl")
        await dialog.press("down")
        await dialog.type("h")
        await dialog.press("down", "enter")
        assert dialog.result == TagEdit(add=("rlhf",))


async def test_a_comma_goes_on_to_another_tag(asked: Asker) -> None:
    async with asked(TagEditor(1, KNOWN)) as dialog:
        await dialog.type("rl,new,")
        assert not dialog.closed
        assert dialog.line("+ rl") == "+ rl  + new"
        await dialog.press("enter")
        assert dialog.result == TagEdit(add=("rl", "new"))


async def test_a_tag_on_all_papers_is_taken_off(asked: Asker) -> None:
    async with asked(TagEditor(3, KNOWN, on_all=["rl"])) as dialog:
        await dialog.type("rl")
        assert "enter removes" in dialog.line("● rl")
        await dialog.press("enter")
        assert dialog.result == TagEdit(remove=("rl",))


async def test_a_tag_on_some_goes_to_all_then_none_then_back(asked: Asker) -> None:
    async with asked(TagEditor(3, KNOWN, on_some=["rl"])) as dialog:
        assert dialog.line("◐ rl")
        marks = []
        for _ in range(3):
            await dialog.type("rl,")
            marks.append(dialog.items[0].mark)
        assert marks == ["●", "○", "◐"]
        await dialog.press("enter")
        assert dialog.result is None


async def test_the_same_tag_in_other_case_is_the_known_one(asked: Asker) -> None:
    async with asked(TagEditor(1, KNOWN)) as dialog:
        await dialog.type("RLHF")
        await dialog.press("enter")
        assert dialog.result == TagEdit(add=("rlhf",))


async def test_space_chooses_only_where_it_begins_no_name(asked: Asker) -> None:
    async with asked(TagEditor(1, KNOWN)) as dialog:
        await dialog.press("down", "space")
        await dialog.press(*"to", "space", *"cite", "enter")
        assert dialog.result == TagEdit(add=("rlhf", "to cite"))


async def test_several_tags_are_pasted_at_once(asked: Asker) -> None:
    async with asked(TagEditor(1, KNOWN)) as dialog:
        await dialog.paste("rl, #new,\x1b[31mred")
        await dialog.press("enter")
        assert dialog.result == TagEdit(add=("rl", "new", "[31mred"))


async def test_enter_with_nothing_chosen_changes_nothing(asked: Asker) -> None:
    async with asked(TagEditor(1, KNOWN, on_all=["rl"])) as dialog:
        await dialog.press("enter")
        assert dialog.result is None
        assert dialog.toasts() == []


async def test_esc_says_what_it_leaves_out(asked: Asker) -> None:
    async with asked(TagEditor(1, KNOWN)) as dialog:
        await dialog.type("rl,unfinished")
        await dialog.press("escape")
        assert dialog.result is None
        assert dialog.toasts() == ["Left out: + rl  + unfinished"]


async def test_a_tag_that_is_too_long_is_refused_with_the_reason(asked: Asker) -> None:
    async with asked(TagEditor(1, KNOWN)) as dialog:
        await dialog.paste("x" * 10_000)
        await dialog.press("enter")
        assert not dialog.closed
        assert "longer than 100" in dialog.text()


async def test_a_click_chooses_and_stays(asked: Asker) -> None:
    async with asked(TagEditor(1, {"rl": 1, "ml": 2})) as dialog:
        await dialog.pilot.click(ItemList, offset=(5, 1))
        assert "+ rl" in dialog.text()
        await dialog.press("enter")
        assert dialog.result == TagEdit(add=("rl",))


async def test_a_clicked_key_hint_does_what_the_key_does(asked: Asker) -> None:
    async with asked(TagEditor(1, KNOWN)) as dialog:
        await dialog.type("rl")
        await dialog.pilot.click("KeyHints", offset=(1, 0))
        await dialog.settle()
        assert dialog.result == TagEdit(add=("rl",))


async def test_ten_thousand_tags_narrow_as_one_types(asked: Asker) -> None:
    async with asked(TagEditor(1, {f"topic {i}": i for i in range(10_000)})) as dialog:
        await dialog.press(*"topic", "space", *"777")
        assert "topic 777" in dialog.line("○ topic 777")
        assert len(dialog.items) <= 201


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_tags_are_plain_text(asked: Asker, size: tuple[int, int]) -> None:
    known = {HOSTILE: 2, LONG: 1, "[red]": 3}
    async with asked(TagEditor(2, known, on_all=[HOSTILE], on_some=["[red]"]), size) as dialog:
        await dialog.press("down", "down", "comma")
        assert safe(dialog.text())
        assert "[/red] [@click=app.quit]x[/]" in dialog.text()


async def test_nothing_moves_while_one_types(asked: Asker) -> None:
    async with asked(TagEditor(1, KNOWN)) as dialog:
        frame = [line.find("╰") for line in dialog.lines()]
        for key in "diffzzzz":
            await dialog.press(key)
            assert [line.find("╰") for line in dialog.lines()] == frame


def test_prefixes_come_before_words_within_before_likeness() -> None:
    counts = {"rl": 1, "rlhf": 5, "offline rl": 9, "curl": 99, "other": 50}
    assert matching_tags("rl", counts) == ["rl", "rlhf", "offline rl", "curl"]


@pytest.mark.parametrize("theme", ["ansi-dark", "ansi-light"])
async def test_in_sixteen_colours_the_cursors_line_keeps_its_marks_legible(
    asked: Asker, theme: str
) -> None:
    async with asked(TagEditor(1, {"rl": 3}, ["rl"])) as dialog:
        dialog.app.theme = theme
        await dialog.press("down")
        items = dialog.app.screen.query_one(ItemList)
        (mark,) = (s for s in items.render_line(0) if s.text.strip() == "●")
        assert mark.style is not None
        assert mark.style.color == items.line_style(0).color
