"""Papers out of the app: export, copying and links."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from readinglist.errors import ReadingListError
from readinglist.library import Library
from readinglist.records import Record
from tests.tui.conftest import Opener, put


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

    monkeypatch.setattr("readinglist.tui.leaving.clipboard.copy", hang)
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
    monkeypatch.setattr("readinglist.tui.leaving.links.open_link", went.append)
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

    monkeypatch.setattr("readinglist.tui.leaving.links.open_link", refuse)
    put(library, [Record("One", "a", urls=("file:///etc/passwd",))])
    async with opened(library) as app:
        await app.press("o")
        await app.finish_work()
        assert any("is not a web page" in toast for toast in app.toasts())


async def test_the_view_is_exported_and_an_existing_file_is_kept(
    shelf: Library, opened: Opener, tmp_path: Path
) -> None:
    from readinglist.tui.screens.export_choice import ExportChoice

    target = tmp_path / "refs.bib"
    async with opened(shelf) as app:
        await app.press("/")
        await app.type("kappa")
        await app.press("enter")
        scopes = app.main._scopes(*app.main._chosen())
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


TWO = [
    Record("On M^{3}", "a", authors=("Ann Lee",), year=2024, urls=("https://one.example",)),
    Record("[Two]", "b", authors=("Bo Ek",), year=2023, doi="10.1000/1"),
]


@pytest.mark.parametrize(
    ("letter", "expected"),
    [
        ("k", "lee2024m3,ek2023two"),
        ("c", r"\cite{lee2024m3,ek2023two}"),
        ("a", "@lee2024m3; @ek2023two"),
        (
            "m",
            "[On M\\^\\{3\\}](<https://one.example>)\n[\\[Two\\]](<https://doi.org/10.1000/1>)",
        ),
        (
            "p",
            (
                "Lee, Ann. 2024. “On M³.” https://one.example\n"
                "Ek, Bo. 2023. “[Two].” https://doi.org/10.1000/1"
            ),
        ),
        ("t", "On M³\n[Two]"),
        ("u", "https://one.example\nhttps://doi.org/10.1000/1"),
    ],
)
async def test_several_papers_are_copied_together(
    library: Library, opened: Opener, clipboard: list[str], letter: str, expected: str
) -> None:
    put(library, TWO)
    async with opened(library) as app:
        await app.press("A", "Y", letter)
        await app.finish_work()
        assert clipboard == [expected]


@pytest.mark.parametrize(
    ("letter", "begins"), [("b", "@misc{"), ("l", "@"), ("j", "[\n{"), ("r", "TY  - ")]
)
async def test_entries_are_copied_in_the_format_that_is_chosen(
    library: Library, opened: Opener, clipboard: list[str], letter: str, begins: str
) -> None:
    put(library, TWO)
    async with opened(library) as app:
        await app.press("A", "Y", letter)
        await app.finish_work()
        assert clipboard[0].startswith(begins)
        assert clipboard[0].count("lee2024m3") >= 1
        assert clipboard[0].count("ek2023two") >= 1


def test_whatever_can_be_copied_can_be_set_as_usual() -> None:
    from readinglist.settings.table import COPIES as NAMES
    from readinglist.tui.leaving.copying import COPIES, copy_named

    assert {option.value.id for option in COPIES} == {*NAMES}
    assert {copy_named(name).id for name in NAMES} == {*NAMES}
