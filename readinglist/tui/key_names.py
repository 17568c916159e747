"""What a key is called in a sentence that mentions it: the user may have given it to another."""

from __future__ import annotations

from collections.abc import Mapping

from textual.keys import format_key

_given: dict[str, str] = {}


def use(keymap: Mapping[str, str]) -> None:
    """Name these keys from now on, by the ids of their actions; all others have their usual one."""
    _given.clear()
    for action, keys in keymap.items():
        *modifiers, key = keys.split(",")[0].split("+")
        _given[action] = "+".join([*modifiers, format_key(key)])


def key(action: str, usual: str) -> str:
    """The key of an action, which has a usual one."""
    return _given.get(action, usual)
