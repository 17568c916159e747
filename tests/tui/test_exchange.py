"""Papers in and out of the app: import, export, copying and links."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.widgets import Input

from readinglist.errors import ReadingListError
from readinglist.importing import Failure, import_paths
from readinglist.library import Library
from readinglist.records import Problem, Receipt, Record
from tests.tui.conftest import Opener, put


@pytest.fixture
def clipboard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    copied: list[str] = []

    async def copy(_app: object, text: str) -> str:
        copied.append(text)
        return "system clipboard"

    monkeypatch.setattr("readinglist.tui.clipboard.copy", copy)
    return copied


async def test_y_copies_the_bibtex_entry_and_says_which_way(
    shelf: Library, opened: Opener, clipboard: list[str]
) -> None:
    async with opened(shelf) as app:
        await app.press("y")
        await app.finish_work()
        assert clipboard[0].lstrip().startswith("@")
        assert app.at.key in clipboard[0]
        assert app.toasts() == ["Copied BibTeX of “Alpha networks” to the system clipboard."]


async def test_a_clipboard_that_hangs_holds_up_no_key(
    shelf: Library, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, answer = asyncio.Event(), asyncio.Event()

    async def hang(_app: object, _text: str) -> str:
        asked.set()
        await answer.wait()
        return "system clipboard"

    monkeypatch.setattr("readinglist.tui.clipboard.copy", hang)
    async with opened(shelf) as app:
        app.app.simulate_key("y")
        await asyncio.wait_for(asked.wait(), 10)
        await app.press("j", "d")
        assert (app.at.title, str(app.at.status)) == ("Beta networks", "read")
        answer.set()
        await app.finish_work()
        assert app.toasts() == ["Copied BibTeX of “Alpha networks” to the system clipboard."]


@pytest.mark.parametrize(
    ("letter", "expected"),
    [("k", "{key}"), ("c", r"\cite{{{key}}}"), ("a", "@{key}"), ("t", "Alpha networks")],
)
async def test_capital_y_then_a_letter_copies_that(
    shelf: Library, opened: Opener, clipboard: list[str], letter: str, expected: str
) -> None:
    async with opened(shelf) as app:
        await app.press("Y", letter)
        await app.finish_work()
        assert clipboard == [expected.format(key=app.at.key)]


async def test_a_link_is_opened_and_several_are_asked_about(
    library: Library, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    went: list[str] = []
    monkeypatch.setattr("readinglist.tui.screens.exchange_actions.open_link", went.append)
    put(
        library,
        [
            Record("One", "a", urls=("https://one.example",)),
            Record("Two", "b", urls=("https://two.example/a", "https://two.example/b")),
            "None at all",
        ],
    )
    async with opened(library) as app:
        await app.press("o")
        await app.finish_work()
        await app.press("j", "o", "2")
        await app.finish_work()
        assert went == ["https://one.example", "https://two.example/b"]
        await app.press("j", "o")
        assert "This paper has no link." in app.toasts()


async def test_a_link_that_cannot_be_opened_is_told(
    library: Library, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(url: str) -> None:
        raise ReadingListError(f"{url} is not a web page.")

    monkeypatch.setattr("readinglist.tui.screens.exchange_actions.open_link", refuse)
    put(library, [Record("One", "a", urls=("file:///etc/passwd",))])
    async with opened(library) as app:
        await app.press("o")
        await app.finish_work()
        assert any("is not a web page" in toast for toast in app.toasts())


CAPTURE = """\
3 trending papers
Read by many
SubscribeWhen Maps Learn to Fold
A map that folds by itself is described in two sentences. The second one says how well it folds.
Counting Without Numbers
We count sheep, clouds and cars by comparing them. The comparison needs no numbers at all.
"""


async def test_an_import_reads_files_while_the_app_stays_open(
    shelf: Library, opened: Opener, tmp_path: Path
) -> None:
    capture = tmp_path / "monday.txt"
    capture.write_text(CAPTURE)
    async with opened(shelf) as app:
        await app.press("j")
        app.main._import([capture, tmp_path / "missing.txt"])
        await app.finish_work()
        assert shelf.counts().total == 14
        assert app.at.title == "Beta networks"
        assert "Imported monday.txt: 2 new." in app.toasts()
        assert any("missing.txt does not exist" in toast for toast in app.toasts())


async def test_a_path_that_cannot_be_imported_is_asked_for_again(
    shelf: Library, opened: Opener, tmp_path: Path
) -> None:
    picture = tmp_path / "shot.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    (tmp_path / "monday.txt").write_text(CAPTURE)
    async with opened(shelf) as app:
        await app.press("i")
        await app.type(str(picture))
        await app.press("enter")
        await app.until(lambda: "is a PNG picture" in app.text())
        assert app.app.screen.query_one(Input).value.endswith("/shot.png")
        await app.press(*["backspace"] * len("shot.png"))
        await app.type("monday.txt")
        await app.press("enter")
        await app.until(lambda: shelf.counts().total == 14)
        await app.finish_work()
        assert "Imported monday.txt: 2 new." in app.toasts()


async def test_an_import_is_seen_from_its_start_to_its_end(
    shelf: Library, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    began, go_on = threading.Event(), threading.Event()

    def slowly(*_: object, **__: object) -> Iterator[Receipt]:
        began.set()
        go_on.wait(10)
        yield Receipt("monday.txt", "/m", "capture", 3, 3, 0, ())

    monkeypatch.setattr("readinglist.tui.screens.exchange_actions.import_paths", slowly)
    async with opened(shelf) as app:
        app.main._import([Path("monday.txt")])
        assert await asyncio.to_thread(began.wait, 10)
        await app.settle()
        assert "importing" in app.text().splitlines()[-2]
        go_on.set()
        await app.finish_work()
        assert "importing" not in app.text().splitlines()[-2]


async def test_what_an_import_could_not_read_is_said_with_its_line(
    shelf: Library, opened: Opener
) -> None:
    receipt = Receipt(
        "monday.txt", "/m", "capture", 3, 0, 0, (Problem(7, "no abstract [/b]", "A title"),)
    )
    async with opened(shelf) as app:
        app.main._finish_import([receipt], [])
        await app.settle()
        assert "Imported monday.txt: 3 new, 1 problem." in app.toasts()
        assert "Line 7: no abstract [/b]" in app.toasts()


async def test_the_first_import_leads_from_the_welcome_to_the_top_of_the_list(
    library: Library, opened: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    capture, later = tmp_path / "monday.txt", tmp_path / "tuesday.txt"
    capture.write_text(CAPTURE)
    later.write_text(CAPTURE.replace("Maps", "Nets").replace("Numbers", "Letters"))
    first_shown = threading.Event()

    def in_two(library: Library, paths: list[Path]) -> Iterator[Receipt | Failure]:
        outcomes = import_paths(library, paths)
        yield next(outcomes)
        first_shown.wait(30)
        yield from outcomes

    monkeypatch.setattr("readinglist.tui.screens.exchange_actions.import_paths", in_two)
    async with opened(library) as app:
        app.main._import([capture, later])
        await app.until(lambda: app.main.papers.count == 2)
        first_shown.set()
        await app.finish_work()
        await app.until(lambda: app.main.focused is app.main.papers)
        assert not app.main.welcome.display
        assert (app.main.papers.count, app.main.papers.cursor) == (4, 0)
        await app.press("d")
        assert app.at.status == "read"


async def test_the_view_is_exported_and_an_existing_file_is_kept(
    shelf: Library, opened: Opener, tmp_path: Path
) -> None:
    from readinglist.tui.screens.export_dialog import ExportChoice

    target = tmp_path / "refs.bib"
    async with opened(shelf) as app:
        await app.press("/")
        await app.type("kappa")
        await app.press("enter")
        scopes = app.main._scopes()
        assert [(label, len(ids)) for label, ids in scopes][:2] == [
            ("the papers in view", 1),
            ("the whole library", 12),
        ]
        app.main._export(ExportChoice(0, "bibtex", target), scopes[0][1])
        await app.finish_work()
        assert "Kappa" in target.read_text()
        target.write_text("precious")
        app.main._export(ExportChoice(0, "bibtex", target), scopes[0][1])
        await app.finish_work()
        assert target.read_text() == "precious"
        assert app.app.screen is not app.main


async def test_the_editor_is_not_opened_where_the_terminal_cannot_be_given_away(
    shelf: Library, opened: Opener
) -> None:
    async with opened(shelf) as app:
        await app.press("E")
        assert "An editor cannot be opened from this terminal." in app.toasts()
