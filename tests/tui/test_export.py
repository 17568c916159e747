"""Exporting from the app: what shows before, what is written, and what is remembered of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from readinglist.library import Library
from readinglist.records import Record
from readinglist.tui.memory import Memory
from readinglist.tui.screens.export_dialog import ExportDialog
from readinglist.tui.screens.progress import ProgressDialog
from tests.tui.conftest import Opener, Session, put


@pytest.fixture(autouse=True)
def at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to begin in, with a memory of its own."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.chdir(home)
    monkeypatch.setattr("readinglist.tui.app.state_folder", lambda: tmp_path / "state")
    return home


async def until_shown(app: Session, words: str) -> None:
    await app.until(lambda: words in app.text())


async def asked(app: Session) -> None:
    await app.press("x")
    await app.until(lambda: isinstance(app.app.screen, ExportDialog))
    await app.finish_work()


async def test_the_first_entries_show_and_are_then_in_the_file(
    library: Library, opened: Opener, at_home: Path
) -> None:
    put(library, [Record("Alpha", authors=("Ann Lee",), year=2024), "Beta", "Gamma"])
    async with opened(library) as app:
        await asked(app)
        await until_shown(app, "@misc{lee2024alpha,")
        await until_shown(app, "2 of 3 have no author or no year.")
        await app.press("enter")
        await app.until(lambda: (at_home / "reading-list.bib").exists())
        await app.finish_work()
        assert app.toasts() == ["Exported 3 papers to " + str(at_home / "reading-list.bib") + "."]


async def test_what_the_target_has_no_place_for_is_said_before(
    library: Library, opened: Opener, at_home: Path
) -> None:
    alpha = Record("Alpha", authors=("Ann Lee",), year=2024, venue="Nature", aliases=("old",))
    put(library, [alpha, "Beta"])
    async with opened(library) as app:
        await app.press("*", "w")
        await app.finish_work()
        await asked(app)
        await app.press("up", "right", "right")  # to the Markdown checklist
        await until_shown(app, "leaves out: former keys, venue.")  # the reading list is one
        await app.press("up", "right", "down")
        await until_shown(app, "leaves out: former keys (1), venue (1).")
        await app.press("left", "left")  # to BibTeX
        await until_shown(app, "1 of 2 has no author or no year.")
        await app.until(lambda: "leaves out" not in app.text())


async def test_all_papers_are_counted_before_the_first_are_shown(
    library: Library, opened: Opener, at_home: Path
) -> None:
    put(library, [f"Paper {number}" for number in range(230)])
    async with opened(library) as app:
        await asked(app)
        await app.press("up", "right", "right")  # to the Markdown checklist
        await until_shown(app, "230 papers: 230 inbox.")


async def test_a_write_protected_file_is_not_offered(
    shelf: Library, opened: Opener, at_home: Path
) -> None:
    (at_home / "reading-list.bib").write_text("mine")
    (at_home / "reading-list.bib").chmod(0o444)
    async with opened(shelf) as app:
        await asked(app)
        await until_shown(app, "Write-protected.")
        await app.press("enter")
        await app.finish_work()
        assert isinstance(app.app.screen, ExportDialog)
    assert (at_home / "reading-list.bib").read_text() == "mine"


async def test_the_last_choice_is_remembered_and_its_file_compared(
    shelf: Library, opened: Opener, at_home: Path, tmp_path: Path
) -> None:
    async with opened(shelf) as app:
        await asked(app)
        await app.press("up", "right", "right", "down", "right", "down", "down")
        await app.type("list.md")
        await app.press("enter")
        await app.until(lambda: (at_home / "list.md").exists())
        await app.finish_work()
    assert Memory(tmp_path / "state" / "app.json").export == {
        "format": "markdown",
        "path": str(at_home / "list.md"),
        "options": {"group_by": "tag", "abstracts": False},
    }
    async with opened(shelf) as app:
        await app.press("*")
        await asked(app)
        await until_shown(app, "1 line comes and 1 goes")
        assert "-- [ ] Alpha networks" in app.text()
        assert "+- [ ] ★ Alpha networks" in app.text()


async def test_it_is_copied_on_demand(
    shelf: Library, opened: Opener, at_home: Path, clipboard: list[str]
) -> None:
    async with opened(shelf) as app:
        await app.press("space", "j", "space")
        await asked(app)
        await app.press("ctrl+y")
        await app.until(lambda: bool(clipboard))
        await app.finish_work()
        assert clipboard[0].count("@misc{") == 2
        assert app.toasts() == ["Copied 2 papers to the system clipboard."]
        assert [*at_home.iterdir()] == []


async def test_notes_are_brought_up_to_date_in_their_folder(
    shelf: Library, opened: Opener, at_home: Path
) -> None:
    (at_home / "notes").mkdir()
    async with opened(shelf) as app:
        await asked(app)
        await app.press("up", "left", "down")
        await app.type("notes")
        await until_shown(app, "citekey: ")
        await app.press("enter")
        await app.until(lambda: len([*(at_home / "notes").glob("*.md")]) == 12)
        await app.finish_work()
        assert "12 new, 0 updated, 0 unchanged." in app.toasts()[0]


async def test_a_target_that_goes_wrong_asks_again_with_what_was_chosen(
    shelf: Library, opened: Opener, at_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from readinglist.errors import ExportFailed

    def full(*_: object, **__: object) -> int:
        raise ExportFailed("refs.bib was not written: the disk is full.", hint="Free some space.")

    monkeypatch.setattr("readinglist.tui.leaving.exporting.write_atomically", full)
    async with opened(shelf) as app:
        await asked(app)
        await app.type("refs.bib")
        await app.press("enter")
        await until_shown(app, "the disk is full")
        assert "refs.bib" in app.text()
        assert isinstance(app.app.screen, ExportDialog)


async def test_a_file_that_changes_after_it_was_shown_is_shown_again(
    library: Library, opened: Opener, at_home: Path
) -> None:
    put(library, ["Alpha"])
    target = at_home / "reading-list.bib"
    target.write_text("one\n")
    async with opened(library) as app:
        await asked(app)
        await until_shown(app, "-one")
        target.write_text("another\n")
        await app.press("enter")
        await until_shown(app, "-another")
        assert target.read_text() == "another\n"
        await app.press("enter")
        await until_shown(app, "Replace it?")
        target.write_text("a third one\n")
        await app.press("down", "enter")
        await until_shown(app, "it has changed since it was shown")
        assert target.read_text() == "a third one\n"


async def test_what_is_typed_ahead_is_for_the_dialog(
    shelf: Library, opened: Opener, at_home: Path
) -> None:
    async with opened(shelf) as app:
        for key in ("x", "r", "d", "s"):
            app.app.simulate_key(key)
        await until_shown(app, str(at_home / "rds"))
        await app.press("escape")
        await app.finish_work()
        assert {str(entry.status) for entry in shelf.entries(shelf.search().ids)} == {"inbox"}


async def test_a_template_is_named_completed_and_filled_in(
    library: Library, opened: Opener, at_home: Path, tmp_path: Path
) -> None:
    put(library, ["Alpha", "Beta"])
    (at_home / "talk.html.j2").write_text("{% for p in papers %}<b>{{ p.title }}</b>\n{% endfor %}")
    async with opened(library) as app:
        await asked(app)
        await app.press("up", "left", "left")
        await until_shown(app, "Name the file of a template.")
        await app.press("down")
        await app.type("ta")
        await app.press("tab")
        await until_shown(app, "<b>Alpha</b>")
        await until_shown(app, "reading-list.html")
        await app.press("enter")
        await app.until(lambda: (at_home / "reading-list.html").exists())
        await app.finish_work()
    assert (at_home / "reading-list.html").read_text() == "<b>Alpha</b>\n<b>Beta</b>\n"
    async with opened(library) as app:
        await asked(app)
        await until_shown(app, "Nothing in the file would change.")
        assert "talk.html.j2" in app.text()


async def test_a_suffix_typed_later_chooses_its_format_unless_the_template_makes_such(
    library: Library, opened: Opener, at_home: Path, tmp_path: Path
) -> None:
    put(library, ["Alpha"])
    (at_home / "a.html.j2").write_text("<p>{{ papers|length }}</p>")
    for typed, expected in (("page.html", "<p>1</p>"), ("refs.bib", "@misc{")):
        memory = Memory(tmp_path / "state" / "app.json")
        template = str(at_home / "a.html.j2")
        memory.exported({"format": "template", "path": "old.html", "template": template})
        async with opened(library) as app:
            await asked(app)
            await app.type(typed)
            await until_shown(app, expected)
            await app.press("escape")


async def test_a_template_that_is_wrong_says_where_and_can_be_mended(
    library: Library, opened: Opener, at_home: Path
) -> None:
    put(library, ["Alpha"])
    template = at_home / "a.j2"
    template.write_text("one\n{{ papers[0].titel }}")
    async with opened(library) as app:
        await asked(app)
        await app.press("up", "left", "left", "down")
        await app.type("a.j2")
        await until_shown(app, "a.j2, line 2: ")
        await app.press("enter")
        await app.until(lambda: "does not work" in app.text() and app.app.screen.is_current)
        await app.finish_work()
        assert [*at_home.iterdir()] == [template]
        template.write_text("{{ papers[0].title }}")
        await app.press("enter")
        await app.until(lambda: (at_home / "reading-list.txt").exists())
        await app.finish_work()
    assert (at_home / "reading-list.txt").read_text() == "Alpha"


async def test_a_template_without_an_end_is_stopped_with_esc(
    library: Library, opened: Opener, at_home: Path
) -> None:
    put(library, ["Alpha"])
    (at_home / "a.j2").write_text("{{ 10 ** (10 ** 9) }}")
    async with opened(library) as app:
        await asked(app)
        await app.press("up", "left", "left", "down")
        await app.type("a.j2")
        await until_shown(app, "A new file.")
        await app.press("enter")
        await app.until(lambda: isinstance(app.app.screen, ProgressDialog))
        await app.press("escape")
        await app.finish_work()
        assert app.toasts() == ["Stopped. Nothing was written."]
    assert [path.name for path in at_home.iterdir()] == ["a.j2"]
