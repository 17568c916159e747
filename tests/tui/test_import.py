"""Papers into the app: the import, how far it is, how it is stopped, and its review."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from textual.widgets import Input

from readinglist.importing import Failure, Progress, import_paths
from readinglist.library import Library
from readinglist.outcomes import Receipt
from readinglist.records import Record
from readinglist.stopping import checkpoint
from readinglist.tui.main.screen import MainScreen
from readinglist.tui.screens.import_review import ImportReview, Lines
from readinglist.tui.screens.progress import Bar, ProgressDialog
from tests.tui.conftest import LARGE, MIDDLE, SMALL, Opener, Session, put

CAPTURE = """\
3 trending papers
Read by many
SubscribeWhen Maps Learn to Fold
A map that folds by itself is described in two sentences. The second one says how well it folds.
Counting Without Numbers
We count sheep, clouds and cars by comparing them. The comparison needs no numbers at all.
"""
LOST = "A Title whose [b]Abstract[/b] Never Came"
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(50)


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def shelf(shelf: Library) -> Library:
    """Its papers have been compared, so an import tells only of its own."""
    shelf.compare()
    return shelf


@pytest.fixture
def monday(tmp_path: Path) -> Path:
    path = tmp_path / "monday.txt"
    path.write_text(CAPTURE)
    return path


async def import_by_key(app: Session, name: str) -> None:
    """Import as a person does, from the folder that the app was started in."""
    before = app.main._outcome
    await app.press("i")
    await app.type(name)
    await app.press("enter")
    await app.until(lambda: app.main._outcome is not before)
    await app.finish_work()


async def test_papers_come_in_around_the_cursor_and_the_way_to_their_review_is_told(
    shelf: Library, opened: Opener, monday: Path
) -> None:
    async with opened(shelf) as app:
        await app.press("j")
        await import_by_key(app, "monday.txt")
        assert shelf.counts().total == 14
        assert app.at.title == "Beta networks"
        assert app.toasts() == ["Imported monday.txt: 2 new. I shows it."]


async def test_a_path_that_cannot_be_imported_is_asked_for_again(
    shelf: Library, opened: Opener, monday: Path
) -> None:
    (monday.parent / "shot.png").write_bytes(PICTURE)
    async with opened(shelf) as app:
        await app.press("i")
        await app.type("shot.png")
        await app.press("enter")
        await app.until(lambda: "is a PNG picture" in app.text())
        assert app.app.screen.query_one(Input).value.endswith("/shot.png")
        await app.press("ctrl+u")
        await app.type("monday.txt")
        await app.press("enter")
        await app.until(lambda: shelf.counts().total == 14)
        await app.finish_work()
        assert app.toasts() == ["Imported monday.txt: 2 new. I shows it."]


async def test_the_first_import_leads_from_the_welcome_to_the_top_of_the_list(
    library: Library, opened: Opener, monday: Path
) -> None:
    async with opened(library) as app:
        await import_by_key(app, "monday.txt")
        await app.until(lambda: app.main.focused is app.main.papers)
        assert not app.main.welcome.display
        assert (app.main.papers.count, app.main.papers.cursor) == (2, 0)
        await app.press("d")
        assert app.at.status == "read"


# How far it is


Tell = Callable[[Progress], None]


class Slow:
    """Stands in for the import: one document comes in, the second takes until it is released."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.released = threading.Event()
        self.ended = threading.Event()
        monkeypatch.setattr("readinglist.tui.long_work.import_paths", self.run)

    def run(
        self, library: Library, paths: Iterable[Path], *, tell: Tell
    ) -> Iterator[Receipt | Failure]:
        try:
            yield from import_paths(library, paths)
            tell(Progress(1, 10, 2_000_000, 8_000_000, Path("[/b]tuesday.txt")))
            while not self.released.wait(0.01):
                checkpoint()
        finally:
            self.ended.set()


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Slow:
    return Slow(monkeypatch)


async def until_counted(app: Session) -> None:
    await app.until(lambda: isinstance(app.app.screen, ProgressDialog))
    await app.until(lambda: "1 of 10" in app.text())


@pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE])
async def test_a_long_import_shows_how_far_it_is(
    shelf: Library, opened: Opener, monday: Path, slow: Slow, size: tuple[int, int]
) -> None:
    async with opened(shelf, size) as app:
        app.main._import([monday])
        await until_counted(app)
        assert "1 of 10 documents · 2.0 of 8.0 MB" in app.text()
        assert "[/b]tuesday.txt"[3:] in app.text()
        bar = str(app.app.screen.query_one(Bar).render())
        assert bar in app.text()
        assert bar.count("━") == round(len(bar) / 4)
        slow.released.set()
        await app.finish_work()
        assert isinstance(app.app.screen, MainScreen)
        assert app.toasts() == ["Imported monday.txt: 2 new. I shows it."]


async def test_a_quick_import_shows_no_dialog(
    shelf: Library, opened: Opener, monday: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: ProgressDialog) -> NoReturn:
        pytest.fail("a dialog was shown")

    monkeypatch.setattr(ProgressDialog, "compose", refuse)
    shelf.warm_up()
    async with opened(shelf) as app:
        await app.app.workers.wait_for_complete()
        await import_by_key(app, "monday.txt")
        assert shelf.counts().total == 14


async def test_esc_stops_an_import_and_what_came_before_stays(
    shelf: Library, opened: Opener, monday: Path, slow: Slow
) -> None:
    async with opened(shelf) as app:
        app.main._import([monday])
        await until_counted(app)
        await app.press("escape")
        await app.finish_work()
        assert slow.ended.is_set()
        assert isinstance(app.app.screen, MainScreen)
        assert app.toasts() == [
            "Stopped: 1 of 10 documents imported. Imported monday.txt: 2 new. I shows it."
        ]
        assert shelf.counts().total == 14
        await app.press("d")
        assert app.at.status == "read"


async def test_ctrl_q_stops_an_import_and_then_quits(
    shelf: Library, opened: Opener, monday: Path, slow: Slow
) -> None:
    async with opened(shelf) as app:
        app.main._import([monday])
        await until_counted(app)
        await app.press("ctrl+q")
        await app.until(lambda: not app.app.is_running)
        assert slow.ended.is_set()
    assert shelf.counts().total == 14


async def test_quitting_before_the_dialog_shows_stops_the_import_too(
    shelf: Library, opened: Opener, monday: Path, slow: Slow
) -> None:
    async with opened(shelf) as app:
        app.main._import([monday])
        await app.press("ctrl+q")
        assert await asyncio.to_thread(slow.ended.wait, 10)


async def test_a_second_import_waits_for_the_first(
    shelf: Library, opened: Opener, monday: Path, slow: Slow
) -> None:
    async with opened(shelf) as app:
        app.main._import([monday])
        app.main._import([monday])
        await app.settle()
        assert app.toasts() == ["One moment: the last import is not finished."]
        slow.released.set()
        await app.finish_work()
        assert shelf.counts().total == 14


async def test_a_dialog_that_was_opened_meanwhile_is_not_covered(
    shelf: Library, opened: Opener, monday: Path, slow: Slow
) -> None:
    async with opened(shelf) as app:
        await app.press("n", "x")
        app.main._import([monday])
        await app.until(lambda: shelf.counts().total == 14)
        assert not isinstance(app.app.screen, ProgressDialog)
        await app.press("escape")
        await until_counted(app)
        slow.released.set()
        await app.finish_work()
        assert isinstance(app.app.screen, MainScreen)


# The review


@pytest.fixture
def tangled(library: Library, tmp_path: Path) -> Path:
    """A folder whose import brings new, merged and changed papers, problems and a failure."""
    put(
        library,
        [
            Record("When Maps Learn to Fold", "A map that folds by itself is described", line=1),
            Record("Counting Without Numbers", CAPTURE.splitlines()[5], line=2),
        ],
        name="earlier.txt",
    )
    folder = tmp_path / "in"
    folder.mkdir()
    boats = "Boats and Wind\nWind moves boats. We list nine of the ways in which it does.\n"
    (folder / "monday.txt").write_text(f"{CAPTURE}{boats}{LOST}\n")
    (folder / "shot.png").write_bytes(PICTURE)
    return folder


async def test_the_review_opens_by_itself_where_something_could_not_be_read(
    library: Library, opened: Opener, tangled: Path
) -> None:
    async with opened(library) as app:
        await import_by_key(app, "in")
        assert isinstance(app.app.screen, ImportReview)
        shown = app.text()
        for heading in ("1 New 1", "2 Merged 2", "3 Changed 1", "4 Unreadable 2"):
            assert heading in shown
        assert "shot.png is a PNG picture" in shown
        assert "monday.txt:9  a title with no abstract after it" in shown
        assert LOST in shown
        assert "line 9" in shown
        await app.press("j")
        assert LOST not in app.text()
        assert app.toasts() == []


@pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE])
async def test_keys_walk_the_sections_and_lead_to_a_paper(
    library: Library, opened: Opener, tangled: Path, size: tuple[int, int]
) -> None:
    async with opened(library, size) as app:
        await import_by_key(app, "in")
        await app.press("tab")
        assert "Boats and Wind" in app.text()
        await app.press("2", "j")
        assert "Counting Without Numbers" in app.text()
        await app.press("3")
        lines = app.app.screen.query_one(Lines)
        changed = " ".join(lines.render_line(0).text.split())
        assert changed == "▌ When Maps Learn to Fold abstract"
        await app.press("shift+tab", "k", "enter")
        assert isinstance(app.app.screen, MainScreen)
        assert app.at.title == "When Maps Learn to Fold"


async def test_a_paper_that_the_view_leaves_out_is_gone_to_all_the_same(
    library: Library, opened: Opener, tangled: Path
) -> None:
    async with opened(library) as app:
        await app.press("/")
        await app.type("counting")
        await app.press("enter")
        await import_by_key(app, "in")
        await app.press("1", "enter")
        assert app.at.title == "Boats and Wind"
        assert app.main.papers.count == 3


async def test_a_paper_in_the_trash_is_not_gone_to_but_told(
    library: Library, opened: Opener, tangled: Path
) -> None:
    async with opened(library) as app:
        await import_by_key(app, "in")
        await app.press("1", "enter", "delete", "I", "1", "enter")
        assert "This paper is in the trash, or was merged into another." in app.toasts()


async def test_a_long_lost_text_can_be_read_to_its_end(
    shelf: Library, opened: Opener, tmp_path: Path
) -> None:
    words = " ".join(f"word{number}" for number in range(3000))
    (tmp_path / "page.txt").write_text(f"{CAPTURE * 400}{words}\n")
    async with opened(shelf, SMALL) as app:
        await import_by_key(app, "page.txt")
        assert "word0 " in app.text()
        await app.press("enter", "G")
        assert "word2999" in app.text()
        await app.press("k", "pageup")
        assert "word2999" not in app.text()
        await app.press("escape")
        assert isinstance(app.app.screen, ImportReview)
        await app.press("escape")
        assert isinstance(app.app.screen, MainScreen)


async def test_the_last_import_can_be_reviewed_after_a_restart(
    library: Library, opened: Opener, tangled: Path
) -> None:
    list(import_paths(library, [tangled]))
    async with opened(library) as app:
        await app.press("I")
        assert "4 Unreadable 1" in app.text()
        assert LOST in app.text()
        await app.press("I")
        assert isinstance(app.app.screen, MainScreen)


async def test_without_an_import_there_is_nothing_to_review(
    library: Library, opened: Opener
) -> None:
    async with opened(library) as app:
        await app.press("I")
        assert isinstance(app.app.screen, MainScreen)


async def test_an_import_of_what_is_known_says_so(
    library: Library, opened: Opener, monday: Path
) -> None:
    list(import_paths(library, [monday]))
    async with opened(library) as app:
        await import_by_key(app, "monday.txt")
        assert app.toasts() == ["Imported monday.txt: nothing new. I shows it."]
        await app.press("I")
        assert "1 New 0" in app.text()
        assert "No paper was" in app.text()
