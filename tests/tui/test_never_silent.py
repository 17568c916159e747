"""Every key that is live, in every state, does something that shows or says why it does not."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from readinglist.library import Library
from readinglist.records import Record
from readinglist.tui.keyboard.actions import live_actions, live_keys
from tests.tui.conftest import LARGE, SMALL, Opener, Session, put

# At the end of a list or a text, moving on has nothing to say.
MOVES: tuple[str, ...] = ("move.", "detail.", "triage.read-on", "search.next", "tags.", "import.")
MOVES += ("help.scroll", "statistics.scroll", "export.complete")

PAPERS = [
    Record("Alpha networks", "About alpha.", urls=("https://example.org/a",), line=1),
    Record("Beta networks", "About beta.", line=2),
    Record("Gamma networks", "About gamma.", line=3),
]


class State(NamedTuple):
    """Where the user is: after some keys, in a library with or without papers.

    In all of them the dim keys are pressed, and where it is `thorough`, the others too.
    """

    keys: tuple[str, ...] = ()
    papers: bool = True
    size: tuple[int, int] = LARGE
    thorough: bool = False


STATES = {
    "empty": State(papers=False),
    "list": State(thorough=True),
    "small": State(size=SMALL),
    "no match": State(("/", *"qwxyz", "enter"), thorough=True),
    "selection": State(("space", "space")),
    "search": State(("/",)),
    "search with words": State(("/", *"alp"), thorough=True),
    "filters": State(("f",), thorough=True),
    "saved search": State(("/", *"alp", "ctrl+s", *"a", "enter", "f", *"jjjjjjj")),
    "detail": State(("enter",), thorough=True),
    "triage": State(("T",), thorough=True),
    "triage at its end": State(("T", "s", "s", "s")),
    "judged": State(("A", "d", "A")),
    "trash": State(("A", "delete")),
    "zoomed": State(("plus",)),
}

DIALOGS = {
    "tags": State(("t",)),
    "note": State(("n",)),
    "sort": State(("comma",)),
    "copy": State(("Y",)),
    "import": State(("i",)),
    "export": State(("x",)),
    "history": State(("H",)),
    "history of something": State(("d", "H")),
    "settings": State(("O",)),
    "help": State(("question_mark",)),
    "no tags": State(("M",)),
    "tag manager": State(("t", *"rl", "enter", "M")),
    "tag doctor": State(("t", *"rl", "enter", "j", "t", *"RLs", "enter", "M", "d")),
    "tag naming": State(("t", *"rl", "enter", "M", "r")),
    "facts": State(("e",)),
    "add": State(("a",)),
    "similar": State(("m",)),
    "statistics": State(("S",)),
    "import review": State(("I",)),
    "name": State(("/", *"alp", "ctrl+s")),
    "confirm": State(("delete", "f9")),
    "look up at": State(("f8",)),
}
CONFIG = '[keys]\nedit.empty-trash = "f9"\nlookup.choose = "f8"\n'


class Seen(NamedTuple):
    """What a user can tell apart."""

    text: str
    toasts: tuple[str, ...]
    screens: int
    focus: str
    edits: int
    runs: bool


def seen(app: Session) -> Seen:
    running = app.app.is_running
    return Seen(
        app.text() if running else "",
        tuple(app.toasts()),
        len(app.app._screen_stack) if running else 0,
        str(app.app.focused),
        len(app.main.library.timeline()) if running else 0,
        running,
    )


class Place:
    """Opens the app where a state leads, on a library of its own each time."""

    def __init__(self, opened: Opener, template: Path, state: State) -> None:
        self._opened = opened
        self._template = template
        self._state = state
        self._count = 0

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Session]:
        self._count += 1
        folder = self._template.parent / f"run{self._count}"
        folder.mkdir(parents=True)
        path = folder / "library.sqlite3"
        if self._state.papers:
            shutil.copy(self._template, path)
        async with self._opened(path, self._state.size, CONFIG) as app:
            await app.press(*self._state.keys)
            app.app.clear_notifications()
            await app.settle()
            yield app


def place(opened: Opener, library: Library, state: State) -> Place:
    if state.papers:
        put(library, PAPERS)
    path = library.path
    library.close()
    return Place(opened, path, state)


@pytest.fixture(autouse=True)
def nothing_leaves(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No browser opens, no clipboard is touched, and files go to a folder of the test's."""
    monkeypatch.chdir(tmp_path)

    async def copy(_app: object, _text: str) -> str:
        return "system clipboard"

    monkeypatch.setattr("readinglist.tui.leaving.clipboard.copy", copy)
    monkeypatch.setattr("readinglist.tui.leaving.links.open_link", lambda _url: None)


async def try_all(where: Place, state: State) -> list[str]:
    """The ids of live actions whose first key was met with silence."""
    silent = []
    async with where.open() as app:
        keys: dict[str, str] = {}
        for live in live_keys(app.app.screen):
            keys.setdefault(live.binding.id or "", live.binding.key)
        reasons = {a.binding.id: a.reason for a in live_actions(app.app.screen)}
        for name, key in keys.items():
            if reasons[name]:
                app.app.clear_notifications()
                await app.press(key)
                told = app.toasts() or [" ".join(app.text().split())]
                assert reasons[name].rstrip(".") in told[-1], f"{name} in {state}: {told}"
    left = [name for name in keys if not reasons[name]] if state.thorough else []
    while left:
        async with where.open() as app:
            before = seen(app)
            while left:
                name = left.pop()
                await app.press(keys[name])
                after = seen(app)
                if after == before and not name.startswith(MOVES):
                    silent.append(name)
                if after != before and not await _back(app, before):
                    break
    return silent


async def _back(app: Session, before: Seen) -> bool:
    """Close the dialog that a key opened; whether all is as before then."""
    if not app.app.is_running or len(app.app._screen_stack) <= before.screens:
        return False
    await app.press("escape")
    app.app.clear_notifications()
    await app.settle()
    return seen(app) == before


@pytest.mark.parametrize("name", STATES)
async def test_no_live_key_of_the_main_screen_is_met_with_silence(
    library: Library, opened: Opener, name: str
) -> None:
    assert await try_all(place(opened, library, STATES[name]), STATES[name]) == []


@pytest.mark.parametrize("name", DIALOGS)
async def test_no_live_key_of_a_dialog_is_met_with_silence(
    library: Library, opened: Opener, name: str
) -> None:
    state = DIALOGS[name]._replace(thorough=True)
    assert await try_all(place(opened, library, state), state) == []
