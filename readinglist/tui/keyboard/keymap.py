"""Other keys for actions: what the config file says, checked against every place keys work in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from importlib import import_module
from itertools import chain
from pkgutil import iter_modules
from typing import Any, Final, NamedTuple, cast

from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, TextArea

from readinglist.nearest import nearest
from readinglist.settings import Settings
from readinglist.settings.faults import Fault
from readinglist.settings.kinds import Wrong, quoted
from readinglist.tui.keyboard.written import normal, types

Keymap = dict[str, str]
"""By the ids of actions, their keys by the app's names, with commas between them."""

_INSTEAD: Final = "Its own key holds."
_LEAVES: Final = "dialog.cancel"  # also dialogs in which something is typed


class Action(NamedTuple):
    """Something that keys do: its id, its name and sentence, and the keys it has by default.

    Some work `while_typing`, when a character is text.
    """

    id: str
    name: str
    help: str
    keys: tuple[str, ...]
    while_typing: bool


class _Clash(NamedTuple):
    id: str
    key: str
    other: Binding


def read_keymap(settings: Settings, faults: list[Fault]) -> Keymap:
    """The keys that are set; those that cannot be go to `faults`, and their defaults hold."""
    written = settings.entries("keys")
    if not written:
        return {}
    wanted = dict(_readable(written, faults))
    while clash := next(_clashes(wanted), None):
        other = clash.other
        named = f"“{other.description}”" + (f" ({other.id})" if other.id else "")
        told = f"{quoted(clash.key)} is also {named}. Give one of them another key."
        faults.append(Fault(_path(clash.id), f"{told} {_INSTEAD}"))
        del wanted[clash.id]
    return {action: ",".join(keys) for action, keys in wanted.items()}


def every_action() -> dict[str, Action]:
    """All actions that have an id, of every screen, by it."""
    from readinglist.tui import main, screens, widgets

    for package in (main, screens, widgets):
        for module in iter_modules(package.__path__, f"{package.__name__}."):
            import_module(module.name)
    return _known_actions()


def bind_unbound(screen: Screen[Any], keymap: Keymap) -> None:
    """Give keys to actions that have none by default, and that Textual therefore does not know."""
    for binding in getattr(screen, "UNBOUND", ()):
        for key in filter(None, keymap.get(binding.id, "").split(",")):
            here = replace(binding, key=key, key_display=None, show=False)
            screen._bindings.key_to_bindings.setdefault(key, []).append(here)


def _readable(
    written: Mapping[str, object], faults: list[Fault]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The entries that name an action and keys that a terminal sends."""
    known = _known_actions()
    if not written.keys() <= known.keys() or any(map(_is_shared, written)):
        known = every_action()  # 60 ms: it may be one of a dialog, or clash with one there
    for name, keys in written.items():
        if name not in known:
            faults.append(Fault(_path(name), _no_such_action(name, known)))
            continue
        try:
            found = tuple(map(normal, cast("tuple[str, ...]", keys)))
            if known[name].while_typing and any(map(types, found)):
                raise Wrong("it works also where you type, so its key may be no character.")
        except Wrong as wrong:
            faults.append(Fault(_path(name), f"{wrong} {_INSTEAD}"))
        else:
            yield name, tuple(dict.fromkeys(found))


def _is_shared(id: str) -> bool:
    """Whether an action is the main screen's and that of dialogs too."""
    return id.split(".")[0] in ("move", "detail", "app", "dialog")


def _no_such_action(id: str, known: Mapping[str, Action]) -> str:
    """What is said of an id that no action has; it names the one that was probably meant."""
    near = nearest(id, known)
    hint = f'Did you mean "{near}"?' if near else "`readinglist config --keys` lists them all."
    return f"there is no such action. {hint}"


def _clashes(wanted: Mapping[str, tuple[str, ...]]) -> Iterator[_Clash]:
    """Keys that would do two things in one place, the last written first."""
    order = list(wanted)
    found = [clash for place in _places() for clash in _doubled(place, wanted)]
    yield from sorted(found, key=lambda clash: order.index(clash.id), reverse=True)


def _doubled(place: Iterable[Binding], wanted: Mapping[str, tuple[str, ...]]) -> Iterator[_Clash]:
    taken: dict[str, list[Binding]] = {}
    for binding in place:
        for key in wanted.get(binding.id or "", (binding.key,)):
            taken.setdefault(key, []).append(binding)
    for key, several in taken.items():
        for binding in several:
            for other in several:
                if binding.id in wanted and (other.id or other.action) != binding.id:
                    yield _Clash(str(binding.id), key, other)


def _places() -> Iterator[list[Binding]]:
    """The keys that work at the same time, wherever keys work."""
    for owners in _together():
        yield [binding for owner in owners for binding in _bindings(owner)]
    yield from _menus()


def _menus() -> Iterator[list[Binding]]:
    """The continuations of each prefix, which go before what the menu's own keys do."""
    from readinglist.tui.screens.choice import Choice

    for continuations in _continuations():
        letters = [Binding(letter, "pick", label) for letter, label in continuations]
        yield [*letters, *_bindings(Choice)]


def _continuations() -> Iterator[list[tuple[str, str]]]:
    from readinglist.lookup import NAMES
    from readinglist.tui.leaving.copying import COMMANDS, COPIES
    from readinglist.tui.main.finding_actions import SORTS
    from readinglist.tui.screens.tag_manager import INKS

    yield [(letter, label) for letter, label, _ in SORTS]
    yield [(option.key, option.label) for option in (*COPIES, *COMMANDS)]
    yield [(option.key, option.label) for option in INKS]
    yield [(str(number), name) for number, name in enumerate(NAMES, 1)]


def _together() -> Iterator[tuple[type[DOMNode], ...]]:
    """Classes whose keys work at the same time."""
    from readinglist.tui.app import ReadingListApp
    from readinglist.tui.main.screen import MainScreen
    from readinglist.tui.widgets.facet_pane import FacetPane
    from readinglist.tui.widgets.paper_detail import PaperDetail
    from readinglist.tui.widgets.paper_list import PaperList
    from readinglist.tui.widgets.triage_view import TriageText

    for pane in (PaperList, FacetPane, PaperDetail, TriageText):
        yield pane, MainScreen, ReadingListApp
    for owner in _owners():
        for held in getattr(owner, "HOLDS", ()):
            yield held, owner, ReadingListApp
        yield owner, ReadingListApp


def _owners() -> list[type[DOMNode]]:
    """The widgets and screens of ours that are imported, and the app."""
    from readinglist.tui.app import ReadingListApp

    ours = (cls for cls in _subclasses(Widget) if cls.__module__.startswith("readinglist."))
    return [ReadingListApp, *dict.fromkeys(ours)]


def _subclasses(cls: type[Widget]) -> Iterator[type[Widget]]:
    for each in cls.__subclasses__():
        yield each
        yield from _subclasses(each)


def _bindings(owner: type[DOMNode]) -> list[Binding]:
    """Those of a class and its bases, one for each key, and what it offers without any."""
    every = owner._merge_bindings().key_to_bindings.values()
    return [*chain.from_iterable(every), *getattr(owner, "UNBOUND", ())]


def _known_actions() -> dict[str, Action]:
    found: dict[str, Action] = {}
    for owner in _owners():
        for binding in _bindings(owner):
            if binding.id:
                typing = binding.priority or _works_while_typing(owner, binding)
                before = found[binding.id].keys if binding.id in found else ()
                keys = tuple(dict.fromkeys((*before, *filter(None, (binding.key,)))))
                typing = typing or (binding.id in found and found[binding.id].while_typing)
                found[binding.id] = Action(
                    binding.id, binding.description, binding.tooltip, keys, typing
                )
    return found


def _works_while_typing(owner: type[DOMNode], binding: Binding) -> bool:
    """Whether characters are text where a key works: also in a dialog that begins with a field."""
    if issubclass(owner, Input | TextArea) or binding.id == _LEAVES:
        return True
    first = next(iter(getattr(owner, "HOLDS", ())), Widget)
    declared = {row.id for row in vars(owner).get("BINDINGS", ()) if isinstance(row, Binding)}
    return issubclass(first, Input | TextArea) and binding.id in declared


def _path(id: str) -> tuple[str, ...]:
    return ("keys", *id.split("."))
