"""The app beside other programs that write: their changes show, and nothing of ours moves."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from time import monotonic

from readinglist.library import Library
from readinglist.records import Facet, Record, Status
from readinglist.tui.screens.facts_form import FactsForm
from readinglist.tui.screens.history import Changes
from readinglist.tui.screens.note_editor import NoteEditor
from readinglist.tui.screens.tag_editor import TagEditor
from readinglist.tui.widgets.field import Field
from tests.tui.conftest import LARGE, SMALL, Opener, Session, put

_EDITS = """
import sys
from pathlib import Path
from readinglist.library import Library
with Library(Path(sys.argv[1])) as library:
    for number in range(int(sys.argv[2])):
        library.edit_tags([1, 2], add=[f"theirs{number}"])
        library.set_starred([3], number % 2 == 0)
"""


async def elsewhere(app: Session, *words: str) -> None:
    """Run a command in another process, while the app goes on."""
    command = [sys.executable, "-m", "readinglist", *words]
    environment = {"READINGLIST_LIBRARY": str(app.main.library.path)}
    process = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE)
    while process.poll() is None:
        await app.pilot.pause(0.02)
    assert process.stderr is not None
    assert process.returncode == 0, process.stderr.read()
    process.stderr.close()


async def shown_soon(app: Session, condition: Callable[[], bool]) -> None:
    started = monotonic()
    await app.until(condition)
    assert monotonic() - started < 2


def has_tag(app: Session, tag: str) -> bool:
    return tag in app.main.counts.tags


def key(library: Library, paper: int) -> str:
    return library.entry(paper).key


async def test_what_another_process_writes_is_shown_within_two_seconds(
    shelf: Library, opened: Opener, tmp_path: Path
) -> None:
    capture = tmp_path / "new.jsonl"
    async with opened(shelf) as app:
        await elsewhere(app, "mark", "read", key(shelf, 2))
        await shown_soon(app, lambda: app.line(1)[2] == "d")
        await elsewhere(app, "tag", key(shelf, 2), "--add", "their-tag")
        await shown_soon(app, lambda: "their-tag" in app.line(1) and "their-tag" in app.text())
        await elsewhere(app, "note", key(shelf, 1), "--text", "their note")
        await shown_soon(app, lambda: "their note" in app.text())
        await elsewhere(app, "trash", key(shelf, 12))
        await shown_soon(app, lambda: len(app.titles()) == 11)
        await elsewhere(app, "undo")
        await shown_soon(app, lambda: len(app.titles()) == 12)
        capture.write_text(
            "\n\n".join(
                f"A new study of {word}\n\nThis abstract is about {word}, and it is long enough."
                for word in ("seas", "lakes", "rivers")
            )
        )
        await elsewhere(app, "import", str(capture), "--format", "capture")
        await shown_soon(app, lambda: len(app.titles()) == 15)
        assert app.at.title == "Alpha networks"


async def test_our_own_edits_do_not_hide_theirs(shelf: Library, opened: Opener) -> None:
    async with opened(shelf) as app:
        for number in range(4):
            with Library(shelf.path) as other:
                other.edit_tags([5], add=[f"theirs{number}"])
            await app.press("*")  # at once, before anybody has looked
            await shown_soon(app, partial(has_tag, app, f"theirs{number}"))


async def test_cursor_selection_and_scroll_place_are_kept(library: Library, opened: Opener) -> None:
    put(library, [f"Paper number {number}" for number in range(200)])
    async with opened(library, SMALL) as app:
        await app.press("pagedown", "pagedown", "space", "v", "j", "j", "v")
        before = app.at.id, app.main.papers.selection, app.row_on_screen()
        put(library, [f"Newer paper {number}" for number in range(50)], name="newer.txt")
        library.set_trashed([app.at.id - 2], True)
        await shown_soon(app, lambda: app.main.papers.count == 249)
        assert (app.at.id, app.main.papers.selection, app.row_on_screen()) == before


async def test_a_half_typed_search_and_a_filter_are_kept(shelf: Library, opened: Opener) -> None:
    async with opened(shelf, LARGE) as app:
        app.main.toggle_facet(Facet("status", "inbox"))
        await app.press("/", *"net", "left")
        with Library(shelf.path) as other:
            other.set_status([1], Status.READ)
        await shown_soon(app, lambda: len(app.titles()) == 11)
        assert app.app.focused is app.main.search
        await app.press("x")
        assert app.main.search.value == "next"


async def test_the_detail_keeps_its_place(library: Library, opened: Opener) -> None:
    put(library, [Record("A long one", "many words " * 1000)])
    async with opened(library) as app:
        await app.press("enter", "pagedown", "j", "j")
        before = app.main.detail.scroll_y
        assert before > 0
        with Library(library.path) as other:
            other.edit_tags([1], add=["theirs"])
        await shown_soon(app, lambda: "theirs" in app.main.counts.tags)
        assert app.main.detail.scroll_y == before


async def test_an_open_dialog_and_what_is_typed_in_it_are_kept(
    shelf: Library, opened: Opener
) -> None:
    async with opened(shelf) as app:
        for keys, kind in (
            (("t", *"half"), TagEditor),
            (("n", *"half"), NoteEditor),
            (("e", *"half"), FactsForm),
        ):
            await app.press("g", *keys)
            with Library(shelf.path) as other:
                other.edit_tags([1, 4], add=[f"theirs-{keys[0]}"])
            await shown_soon(app, partial(has_tag, app, f"theirs-{keys[0]}"))
            assert type(app.app.screen) is kind
            assert "half" in app.text()
            await app.press("escape")
            if kind is FactsForm:
                await app.press("down", "enter")
            assert app.main.is_current


async def test_the_open_history_shows_what_others_do(shelf: Library, opened: Opener) -> None:
    async with opened(shelf) as app:
        await app.press("d", "j", "s", "H", "j")
        with Library(shelf.path) as other:
            other.edit_tags([7], add=["theirs"])
        await shown_soon(app, lambda: ": theirs" in app.text())
        changes = app.app.screen.query_one(Changes)
        assert (len(changes.items), changes.cursor) == (3, 2)


async def test_two_writers_lose_nothing(shelf: Library, opened: Opener) -> None:
    async with opened(shelf) as app:
        process = subprocess.Popen([sys.executable, "-c", _EDITS, str(shelf.path), "30"])
        pressed = 0
        while process.poll() is None or pressed < 10:
            await app.press("rw"[pressed % 2], "j")
            pressed += 1
        await app.until(lambda: not app.app.waiting and not app.app._typed)
        assert process.returncode == 0
        labels = [step.label for step in shelf.history()]
        theirs = [label for label in labels if "theirs" in label]
        assert len(theirs) == 30
        assert {f"theirs{n}" for n in range(30)} <= {*shelf.entry(1).tags}
        assert len(labels) == pressed + 60
        await shown_soon(app, lambda: app.main.counts.tags == shelf.counts().tags)


async def test_a_lock_of_ten_seconds_is_waited_out_by_app_and_command_line(
    shelf: Library, opened: Opener
) -> None:
    async with opened(shelf) as app:
        with closing(sqlite3.connect(shelf.path, isolation_level=None)) as lock:
            lock.execute("BEGIN IMMEDIATE")
            until = monotonic() + 10
            await app.press("d", "j", "w")
            command = [sys.executable, "-m", "readinglist", "star", key(shelf, 5)]
            command += ["--library", str(shelf.path)]
            process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
            while monotonic() < until:
                await app.pilot.pause(0.1)
                assert "busy" not in app.text()
                assert process.poll() is None
            lock.execute("COMMIT")
        await app.until(lambda: shelf.entry(2).status == "to-read")
        assert "Starred" in process.communicate(timeout=20)[1]
        assert shelf.entry(5).starred
        assert shelf.entry(1).status == "read"
        assert app.toasts() == []


async def test_a_note_written_in_two_apps_keeps_both_texts_and_says_so(
    shelf: Library, opened: Opener
) -> None:
    shelf.set_note(1, "common")
    async with opened(shelf) as one, opened(shelf) as two:
        await one.press("n", *" one")
        await two.press("n", *" two", "escape")
        await one.press("escape")
        assert (shelf.entry(1).note or "").split("\n\n---\n\n") == ["common one", "common two"]
        assert "both texts are kept" in one.toasts()[-1]
        assert "both" not in json.dumps(two.toasts())
        await two.until(lambda: "common one" in two.text())


async def test_a_form_changes_only_what_was_changed_in_it(shelf: Library, opened: Opener) -> None:
    async with opened(shelf) as app:
        await app.press("e")
        shelf.set_facts(1, {"year": 1999, "venue": "A venue"})
        app.app.screen.query_one("#doi", Field).value = "10.1000/x"
        await app.press("ctrl+s")
        entry = shelf.entry(1)
        assert (entry.year, entry.venue, entry.doi) == (1999, "A venue", "10.1000/x")
