"""What a key is called on the screen: the user may have given it to another action."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from textual.binding import Binding
from textual.keys import format_key

_NAMES: Final = {"escape": "esc", "delete": "delete"}
_given: dict[str, str] = {}
# Textual's signs for keys that are better known by their names.
_WORDS: Final = {"⏎": "enter", "⌫": "backspace"}
_ARROWS: Final = {"↑": "up", "↓": "down", "←": "left", "→": "right"}
_signs: dict[str, str] = dict(_WORDS)


def use(keymap: Mapping[str, str]) -> None:
    """Name these keys from now on, by the ids of their actions; all others have their usual one."""
    _given.clear()
    for action, keys in keymap.items():
        _given[action] = called(keys.split(",")[0])


def key(action: str, usual: str) -> str:
    """The key of an action, which has a usual one."""
    return _given.get(action, usual)


def draw(*, plain: bool) -> None:
    """Name arrows by words from now on, or by arrows."""
    _signs.clear()
    _signs.update(_WORDS | (_ARROWS if plain else {}))


def spelt(shown: str) -> str:
    """A key as it is shown, with words in place of signs."""
    words = [_signs.get(sign, sign) for sign in shown]
    return (" " if set(shown) <= {*_WORDS, *_ARROWS} else "").join(words)


def called(key: str) -> str:
    """A key as a person would name it, by the app's name for it."""
    *modifiers, last = key.split("+")
    return spelt("+".join([*modifiers, _NAMES.get(last, format_key(last))]))


def shown(binding: Binding) -> str:
    """A binding's key as short as hints are, or its keys where one stands for several."""
    if binding.key_display:
        return spelt(binding.key_display)
    return called(binding.key).replace("ctrl+", "^")
