"""No screen names a key that no longer does what the screen says of it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import readinglist.tui
from readinglist.library import Library
from readinglist.records import Record
from readinglist.tui.keyboard.keymap import Action, every_action
from readinglist.tui.keyboard.names import called
from tests.tui.conftest import LARGE, Opener, Session, put

# A letter that no default key is and no sentence holds, for each action; where text is typed, a
# key that types none. The same letter may serve in two dialogs.
_LETTERS = [chr(code) for code in (*range(0x0430, 0x0450), *range(0x0561, 0x0587))]
_LETTERS += [chr(code) for code in range(0x4E00, 0x4F00)]
# What screens show as well that is no key: words, signs of statuses and tags, and punctuation.
SIGNS = {"a", "I", "A", ",", ".", "<", ">", "*", "+", "/", "end", "s", "x"}
# And where: the signs of states, and arrow keys that no action with an id has.
STATES = {"history": {"u"}, "statistics": {"w", "r", "d"}, "export": {*"←→↑↓"}}
_FUNCTIONS = [f"{mod}f{n}" for mod in ("", "ctrl+", "shift+") for n in range(4, 25)]


def odd_keys() -> dict[str, str]:
    """Another key for every action, by its id."""
    letters, functions = iter(_LETTERS), iter(_FUNCTIONS)
    return {
        action.id: next(functions if action.while_typing else letters)
        for action in every_action().values()
    }


def config(keys: dict[str, str]) -> str:
    return "[keys]\n" + "".join(f'{name} = "{key}"\n' for name, key in keys.items())


SCENES: dict[str, tuple[str, ...]] = {
    "list": (),
    "nothing found": ("search.start", "=qwxyz alp", "search.submit"),
    "detail": ("paper.open",),
    "filters": ("search.facets",),
    "all judged": ("select.all", "edit.read"),
    "undone": ("edit.read", "edit.undo"),
    "help": ("app.help",),
    "triage": ("triage.begin", "edit.star"),
    "triage at its end": ("triage.begin", *("edit.skipped",) * 4),
    "triage passed over": ("triage.begin", *("triage.next",) * 4),
    "tags": ("edit.tags", "=rl"),
    "tag chosen": ("edit.tags", "=rl", "tags.apply", "edit.tags", "tags.down"),
    "no tags": ("edit.manage-tags",),
    "tag manager": ("edit.tags", "=rl", "tags.apply", "edit.manage-tags", "tag.merge"),
    "tags selected": ("edit.tags", "=rl", "tags.apply", "edit.manage-tags", "tag.select"),
    "tag doctor": ("edit.tags", "=rl", "tags.apply", "edit.manage-tags", "tag.doctor"),
    "note": ("edit.note", "=words"),
    "history": ("edit.read", "edit.star", "edit.undo", "edit.history"),
    "settings": ("app.settings",),
    "import": ("exchange.import", "=/"),
    "import review": ("exchange.review",),
    "export": ("exchange.export",),
    "facts": ("edit.facts",),
    "add": ("lookup.add", "=1706.03762"),
    "similar": ("search.similar",),
    "statistics": ("app.statistics",),
    "duplicates": ("exchange.duplicates",),
    "save search": ("search.start", "=alp", "search.submit", "search.save", "=mine"),
    "saved search": (
        *("search.start", "=alp", "search.submit", "search.save", "=mine", "name.save"),
    ),
    "nothing to rename": ("search.rename",),
    "nothing imported of it": ("edit.trash", "edit.empty-trash"),
    "nowhere to go back": ("pane.back",),
    "trash": ("select.all", "edit.trash"),
}
_SAID = re.compile(r"[^\s“”\"'`(),;:!·│╭╮╰╯─━]+")


def pressed(scene: tuple[str, ...], keys: dict[str, str]) -> Iterator[str]:
    for step in scene:
        if step.startswith("="):
            yield from ("space" if c == " " else "slash" if c == "/" else c for c in step[1:])
        else:
            yield keys[step]


def usual_names() -> set[str]:
    """The default keys as screens show them, without those that are words or numbers too."""
    names = {called(key) for action in every_action().values() for key in action.keys if key}
    return {name for name in names if not name.isdecimal()} - SIGNS


def said(app: Session) -> str:
    """The app's own words: a dialog, or the hints, what is told, and a pane that has no paper."""
    lines = app.text().splitlines()
    if not app.at_home:
        frame = app.app.screen.query_one(".frame").region
        lines = [line[frame.x : frame.right] for line in lines[frame.y : frame.bottom]]
    elif app.main.round is None:
        pane = app.main.papers.region
        told = [] if app.main.papers.count else lines[pane.y : pane.bottom]
        lines = [*(line[pane.x : pane.right] for line in told), lines[-1]]
    return "\n".join([*lines, *app.toasts()])


@pytest.mark.parametrize("name", SCENES)
async def test_with_other_keys_no_screen_names_the_usual_ones(
    library: Library, opened: Opener, name: str
) -> None:
    papers = [Record(f"{x} networks", f"About {x}.", line=n) for n, x in enumerate(("One", "Two"))]
    put(library, papers)
    keys = odd_keys()
    async with opened(library, LARGE, config(keys)) as app:
        assert not app.app.settings.complaints
        for key in pressed(SCENES[name], keys):
            await app.press(key)
        await app.finish_work()
        text = said(app)
        words = {word.rstrip(".") for word in _SAID.findall(text)}
    named = words & (usual_names() - STATES.get(name, set()))
    assert not named, text[:3000]


async def test_the_welcome_names_the_keys_that_are_set(library: Library, opened: Opener) -> None:
    keys = odd_keys()
    async with opened(library, LARGE, config(keys)) as app:
        text = app.text()
        for action in ("exchange.import", "app.help", "app.leave"):
            assert f" {keys[action]} " in text
        await app.press(keys["edit.read"])
        assert app.toasts() == [f"Your reading list is empty: {keys['exchange.import']} imports."]


def named_in_code() -> Iterator[tuple[str, str, str]]:
    """Each place that names the key of an action: file, id, and what it says the usual one is."""
    for file in Path(readinglist.tui.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id == "key"
                and len(node.args) == 2
            ):
                action, usual = node.args
                if isinstance(action, ast.Constant) and isinstance(usual, ast.Constant):
                    yield file.name, str(action.value), str(usual.value)


def test_sentences_know_the_usual_keys() -> None:
    actions: dict[str, Action] = every_action()
    places = list(named_in_code())
    assert len(places) > 40
    for file, action, usual in places:
        assert action in actions, (file, action)
        assert usual in {called(key) for key in actions[action].keys}, (file, action, usual)
