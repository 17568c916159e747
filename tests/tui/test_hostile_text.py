"""Titles, tags, notes and names that try to be markup, actions or terminal commands."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from textual import events

from readinglist.library import Library
from readinglist.records import Facet, Record, Status
from tests.tui.conftest import LARGE, SMALL, Opener, Session, put

NASTY = "[/red] [@click=app.quit]x[/] \x1b]52;c;AAAA\x07 [b]bold[/b] \u202eright"
PLAIN = "[/red] [@click=app.quit]x[/]"


def nothing_obeyed(app: Session) -> None:
    """No control character and no action reaches the terminal's cells."""
    for strip in app.app.screen._compositor.render_strips():
        for segment in strip:
            assert segment.control is None
            assert all(letter >= " " and letter not in "\x7f\x9b\u202e" for letter in segment.text)
            assert "@click" not in (segment.style.meta if segment.style else {})


async def test_a_hostile_title_is_plain_text_in_list_and_detail(
    library: Library, opened: Opener
) -> None:
    put(library, [Record(NASTY, f"Abstract {NASTY}", authors=(NASTY,), venue=NASTY)], name=NASTY)
    async with opened(library, LARGE) as app:
        nothing_obeyed(app)
        assert app.text().count(PLAIN) >= 2
        await app.pilot.click("#papers", offset=(15, 1))
        await app.pilot.click("#detail", offset=(12, 1))
        await app.settle()
        assert app.app.is_running


async def test_a_hostile_tag_and_document_are_plain_text_in_filters_and_chips(
    library: Library, opened: Opener
) -> None:
    tag = "[@click=app.quit]t[/]"
    ids = put(library, ["Alpha"], name=NASTY)
    library.edit_tags(ids, add=[tag])
    async with opened(library) as app:
        app.main.toggle_facet(Facet("tag", tag))
        app.main.toggle_facet(Facet("source", next(iter(library.counts().sources))))
        await app.settle()
        nothing_obeyed(app)
        assert f"tag:{tag[:19]}" in app.text()
        await app.press("t")
        nothing_obeyed(app)
        await app.press("escape")


async def test_hostile_text_is_plain_in_toasts(library: Library, opened: Opener) -> None:
    put(library, [NASTY])
    async with opened(library) as app:
        app.main.say(NASTY, title=NASTY)
        await app.settle()
        nothing_obeyed(app)
        assert PLAIN in app.text()


async def test_a_hostile_note_shows_its_words_and_no_links_to_click(
    library: Library, opened: Opener
) -> None:
    ids = put(library, ["Alpha"])
    library.set_note(ids[0], f"# {NASTY}\n\n- [click](javascript:alert(1)) and `code`\n\n> said")
    async with opened(library) as app:
        nothing_obeyed(app)
        text = app.text()
        assert PLAIN in text
        assert "- click" in text or "[click]" in text
        for strip in app.app.screen._compositor.render_strips():
            assert all(not (segment.style and segment.style.link) for segment in strip)
        await app.press("n")
        nothing_obeyed(app)
        await app.press("escape")


async def test_a_hostile_search_is_said_back_as_plain_text(
    library: Library, opened: Opener
) -> None:
    put(library, ["Alpha"])
    async with opened(library) as app:
        app.main.search.value = "[@click=app.quit]qqq[/]"
        await app.settle()
        nothing_obeyed(app)
        assert "[@click=app.quit]qqq[/]" in app.text()


@pytest.mark.parametrize("key", ["/", "ctrl+p", "t", "i", "x", "n"])
async def test_what_is_pasted_anywhere_is_plain_text(
    library: Library, opened: Opener, key: str
) -> None:
    put(library, ["Alpha"])
    async with opened(library) as app:
        await app.press(key)
        app.app.post_message(events.Paste(f"{NASTY}\x9b31m"))
        await app.settle()
        await app.finish_work()
        nothing_obeyed(app)
        assert PLAIN in app.text()


WIDE = {
    "chinese": "面向大语言模型的检索增强生成综述" * 3,
    "emoji": "👩‍👩‍👧‍👦 🇫🇷 ❤️ 🤖 robots that read" + "🤖" * 40,
    "combining": "e\u0301\u0301\u0301 o\u0308verview of a\u030angstro\u0308m " * 5,
    "lone mark": "\u0301 starts with a mark",
    "arabic": "نماذج اللغة الكبيرة والترجمة الآلية",
    "mixed": "A短B長C " * 20,
    "tab and newline": "one\ttwo\nthree",
}


@pytest.mark.parametrize("title", WIDE.values(), ids=WIDE.keys())
@pytest.mark.parametrize("size", [(60, 15), (61, 15), SMALL, LARGE])
async def test_wide_characters_keep_the_grid(
    library: Library, opened: Opener, title: str, size: tuple[int, int]
) -> None:
    ids = put(library, [title, f"x{title}", "Alpha"])
    library.edit_tags(ids[:1], add=["检索增强", "🤖"])
    library.set_status(ids[:1], Status.READ)
    async with opened(library, size) as app:
        width = app.main.papers.size.width
        for y in range(4):
            assert cell_len(app.line(y)) == width
            assert app.main.papers.render_line(y).cell_length == width
        for strip in app.app.screen._compositor.render_strips():
            assert cell_len(strip.text) == size[0]
