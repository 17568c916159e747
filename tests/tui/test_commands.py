"""The view and the last edit as lines for a shell, which do what the app did."""

from __future__ import annotations

import os
import shlex
import subprocess
from pathlib import Path

import pytest

from readinglist.library import Library
from readinglist.records import Facet, Status
from readinglist.tui.wording.shell_line import shell_line
from tests.tui.conftest import Opener, Session, put


def run(line: str) -> str:
    """Run a line in a shell, which may have the program on its path or not."""
    done = subprocess.run(["sh", "-c", line], capture_output=True, text=True, env=os.environ)
    assert done.returncode == 0, done.stderr
    return done.stdout


async def copied(app: Session, clipboard: list[str], *keys: str) -> str:
    before = len(clipboard)
    await app.press(*keys)
    await app.finish_work()
    assert len(clipboard) == before + 1
    return clipboard[-1]


def keys_listed(line: str) -> list[str]:
    return run(line.replace(" list ", " list --format keys ", 1)).split()


@pytest.mark.parametrize(
    ("query", "facets"),
    [
        ("networks", [Facet("tag", "to cite"), Facet("is", "starred")]),
        ("-alpha", []),
        ('"beta networks" OR gamma', [Facet("source", "my captures (2).txt")]),
        ("$(touch gone) `x` networks OR 'theta'", []),
        ("", [Facet("status", "inbox")]),
    ],
)
async def test_the_view_as_a_command_lists_the_same_papers_in_the_same_order(
    library: Library, opened: Opener, clipboard: list[str], query: str, facets: list[Facet],
) -> None:  # fmt: skip
    names = ["Alpha", "Beta", "Gamma", "Delta", "Theta"]
    ids = put(library, [f"{name} networks" for name in names], name="my captures (2).txt")
    library.edit_tags(ids[:3], add=["to cite"])
    library.set_starred(ids[1:], True)
    async with opened(library) as app:
        await app.press("/")
        await app.type(query)
        await app.press("enter")
        for facet in facets:
            app.main.toggle_facet(facet)
        await app.press("comma", "t")
        line = await copied(app, clipboard, "Y", "v")
        assert app.toasts()[-1] == "Copied the command for this view to the system clipboard."
        view = [row.key for row in app.main.view.results.rows(0, 99)]
    assert "--sort title" in line
    assert keys_listed(line) == view


async def test_the_last_edit_as_a_command_does_the_same_again(
    shelf: Library, opened: Opener, clipboard: list[str]
) -> None:
    async with opened(shelf) as app:
        await app.press("space", "space", "j", "space", "d")
        line = await copied(app, clipboard, "Y", "e")
        assert "3 papers" in app.toasts()[-1]
        await app.press("u", "escape")
        run(line)
        assert shelf.counts().statuses[Status.READ] == 3
        await app.press("g", "t")
        await app.type("to cite's")
        await app.press("enter")
        line = await copied(app, clipboard, "Y", "e")
        await app.press("u")
        run(line)
        assert shelf.counts().tags == {"to cite's": 1}
        await app.press("*", "*")
        assert " star --off " in await copied(app, clipboard, "Y", "e")
        await app.press("delete")
        assert " trash " in await copied(app, clipboard, "Y", "e")


async def test_a_search_that_cannot_be_read_is_not_copied(
    shelf: Library, opened: Opener, clipboard: list[str]
) -> None:
    async with opened(shelf) as app:
        await app.press("/", "quotation_mark", "a", "enter", "Y", "v")
        await app.finish_work()
        assert "never closed" in app.toasts()[-1]
        assert not clipboard


async def test_a_command_that_finds_something_else_says_so(
    shelf: Library, opened: Opener, clipboard: list[str]
) -> None:
    shelf.edit_tags(shelf.search().ids[:2], add=["vision"])
    async with opened(shelf) as app:
        await app.press("/", *"tag", "colon", *"vis", "enter")
        assert len(app.titles()) == 2
        await copied(app, clipboard, "Y", "v")
        assert "which finds 0 papers, not 2" in app.toasts()[-1]


async def test_without_an_edit_or_a_paper_there_is_still_the_view(
    shelf: Library, opened: Opener, clipboard: list[str], tmp_path: Path
) -> None:
    async with opened(shelf) as app:
        await app.press("Y", "e")
        assert app.toasts() == ["There is no edit yet that a command could do."]
        await app.press("/", *"qwxyz", "enter")
        assert "qwxyz" in await copied(app, clipboard, "Y", "v")


async def test_the_selection_is_inverted_in_view(shelf: Library, opened: Opener) -> None:
    async with opened(shelf) as app:
        await app.press("space", "space", "V")
        assert len(app.main.papers.selection) == 10
        assert app.at.id in app.main.papers.selection
        await app.press("V")
        assert len(app.main.papers.selection) == 2


def test_a_program_that_is_on_no_path_is_named_by_where_it_is(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "a folder" / "readinglist"
    program.parent.mkdir()
    program.touch(mode=0o755)
    monkeypatch.setattr("sys.argv", [str(program)])
    monkeypatch.setenv("PATH", str(tmp_path))
    assert shell_line(tmp_path / "l", ["tags"]).startswith(f"{shlex.quote(str(program))} --library")
    monkeypatch.setenv("PATH", str(program.parent))
    assert shell_line(tmp_path / "l", ["tags"]).startswith("readinglist --library")
