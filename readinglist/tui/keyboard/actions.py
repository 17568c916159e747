"""Every live action with its keys, from the bindings: for help, palette and hints."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from itertools import chain
from typing import Any, NamedTuple

from textual.binding import ActiveBinding, Binding
from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.dom import DOMNode
from textual.screen import Screen
from textual.style import Style
from textual.widgets import Input

from readinglist.tui.explaining import why_not
from readinglist.tui.keyboard.names import key

# The first part of a binding's id, and the heading it stands under; in the order of help.
_GROUPS = {
    "triage": "Triage",
    "edit": "Triage",
    "paper": "Triage",
    "select": "Selecting",
    "search": "Finding",
    "facet": "Finding",
    "sort": "Finding",
    "copy": "In and out",
    "exchange": "In and out",
    "lookup": "In and out",
    "move": "Moving",
    "detail": "Moving",
    "pane": "Panes",
    "app": "The app",
}
_PREFIXES = {"sort": ("sort.choose", ","), "copy": ("copy.as", "Y")}
_HERE = "Here"  # in a dialog
_ORDER = [_HERE, *dict.fromkeys(_GROUPS.values())]


class LiveAction(NamedTuple):
    """An action that a key would run now, and all of its keys as they are shown.

    What it does is said by its binding, and why it could do nothing now by `reason`.
    """

    keys: tuple[str, ...]
    binding: Binding
    node: DOMNode
    reason: str = ""

    @property
    def name(self) -> str:
        """Its name, as in a menu."""
        return self.binding.description

    @property
    def group(self) -> str:
        """The heading it stands under in help."""
        return _GROUPS.get((self.binding.id or "app").split(".")[0], _HERE)


class LiveKey(NamedTuple):
    """A key that would run an action now, and how it is shown."""

    shown: str
    binding: Binding
    node: DOMNode


def live_keys(screen: Screen[Any]) -> Iterator[LiveKey]:
    """The keys of actions that have an id, without those that would only type a character."""
    typing = isinstance(screen.focused, Input)
    for node, binding, _enabled, _tooltip in _in_order(screen):
        shown = screen.app.get_key_display(binding)
        if binding.id and not (typing and len(shown) == 1 and shown.isascii()):
            yield LiveKey(shown, binding, node)


def _in_order(screen: Screen[Any]) -> list[ActiveBinding]:
    """The active bindings as they are declared; those with keys of the user's would come last."""
    active = list(screen.active_bindings.values())
    places: dict[tuple[DOMNode, str], int] = {}
    for node in dict.fromkeys(one.node for one in active):
        for binding in chain.from_iterable(node._bindings.key_to_bindings.values()):
            places.setdefault((node, binding.action), len(places))
    return sorted(active, key=lambda one: places.get((one.node, one.binding.action), len(places)))


def live_actions(screen: Screen[Any]) -> list[LiveAction]:
    """The actions that have an id, by heading, with all keys of one action together.

    A screen may offer more in `UNBOUND`, which no key would run.
    """
    found: dict[str, LiveAction] = {}
    for live in live_keys(screen):
        name = live.binding.id or ""
        before = found[name].keys if name in found else ()
        found[name] = LiveAction((*before, live.shown), live.binding, live.node)
    for binding in getattr(screen, "UNBOUND", ()):
        found.setdefault(binding.id, LiveAction(_continued(binding), binding, screen))
    actions = [
        each._replace(reason=why_not(screen.app, each.binding.action, each.node))
        for each in found.values()
    ]
    return sorted(actions, key=lambda action: _ORDER.index(action.group))


def _continued(binding: Binding) -> tuple[str, ...]:
    """The prefix and the letter that lead to an action without a key of its own."""
    prefix = _PREFIXES.get((binding.id or "").split(".")[0])
    return (f"{key(*prefix)} {binding.key_display}",) if prefix and binding.key_display else ()


class ActionsProvider(Provider):
    """The command palette's list: every live action by name, with its key."""

    async def discover(self) -> Hits:
        """All actions, before anything is typed."""
        for action in self._actions():
            yield DiscoveryHit(
                _prompt(Content(action.name), action),
                self._runner(action),
                text=action.name,
                help=_help(action),
            )

    async def search(self, query: str) -> Hits:
        """The actions whose names match."""
        matcher = self.matcher(query)
        for action in self._actions():
            score = matcher.match(action.name)
            if score > 0:
                yield Hit(
                    score,
                    _prompt(matcher.highlight(action.name), action),
                    self._runner(action),
                    text=action.name,
                    help=_help(action),
                )

    def _actions(self) -> list[LiveAction]:
        return live_actions(self.screen)

    def _runner(self, action: LiveAction) -> Callable[[], Awaitable[bool]]:
        """What runs an action on the node it is bound to, after the palette has closed."""
        return partial(self.app.run_action, action.binding.action, action.node)


def _prompt(name: Content, action: LiveAction) -> Content:
    keys = Content.styled("  " + " ".join(action.keys), Style(dim=True))
    return (name.stylize(Style(dim=True)) if action.reason else name) + keys


def _help(action: LiveAction) -> str:
    return f"Not now: {action.reason}" if action.reason else action.binding.tooltip
