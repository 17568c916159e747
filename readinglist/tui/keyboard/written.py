"""Keys as a user writes them in the config file, and why some cannot be had in a terminal."""

from __future__ import annotations

from typing import Final

from textual.keys import _character_to_key, key_to_character

from readinglist.nearest import nearest
from readinglist.settings.kinds import Wrong, quoted

_ALIASES: Final = {
    "esc": "escape",
    "del": "delete",
    "ins": "insert",
    "return": "enter",
    "pgup": "pageup",
    "pgdn": "pagedown",
    "page_up": "pageup",
    "page_down": "pagedown",
    "spc": "space",
}
# What a terminal sends for these is something else.
_NEVER: Final = {
    "ctrl+i": "terminals send Tab for it",
    "ctrl+m": "terminals send Enter for it",
    "ctrl+h": "terminals send Backspace for it",
    "ctrl+left_square_bracket": "terminals send Escape for it",
    "ctrl+space": "terminals send no key for it that others do not share",
    "ctrl+at": "terminals send no key for it that others do not share",
    "ctrl+c": "it copies the text that the mouse has selected",
    "ctrl+z": "it is the shell's way to suspend a program",
}
_MODIFIERS: Final = ("ctrl", "shift")
_NAMES: Final = (
    *("delete", "insert", "home", "end", "up", "down", "left", "right", "pageup", "pagedown"),
    *(f"f{number}" for number in range(1, 25)),
    *(_UNMODIFIED := ("escape", "enter", "tab", "space", "backspace")),
)
_SIGNS: Final = frozenset(_character_to_key(chr(code)) for code in range(33, 127))


def normal(written: str) -> str:
    """A key by the app's name for it; `Wrong` for what no terminal sends, or not reliably."""
    *modifiers, key = _parts(written.strip())
    if "alt" in modifiers or "meta" in modifiers:
        raise Wrong(f"{quoted(written)} cannot be used: terminals send Escape and the key for it.")
    for word in modifiers:
        if word not in _MODIFIERS:
            raise Wrong(f"{quoted(word)} in {quoted(written)} is neither ctrl nor shift.")
    whole = "+".join([*(word for word in _MODIFIERS if word in modifiers), _named(key, written)])
    if (sent := whole.lower() if "ctrl" in modifiers else whole) in _NEVER:
        raise Wrong(f"{quoted(written)} cannot be used: {_NEVER[sent]}.")
    return _modified(whole, written) if modifiers else whole


def types(key: str) -> bool:
    """Whether a key, by the app's name, types a character where text is written."""
    character = key_to_character(key)
    return character is not None and character.isprintable()


def _modified(key: str, written: str) -> str:
    """A key with modifiers, of which terminals send few."""
    modifiers, _, sign = key.rpartition("+")
    if key == "shift+tab" or (sign in _NAMES and sign not in _UNMODIFIED):
        return key
    if modifiers == "shift" and sign.isalpha() and len(sign) == 1:
        return sign.upper()
    if modifiers == "ctrl" and sign.isascii() and sign.isalpha() and len(sign) == 1:
        return key.lower()
    raise Wrong(f"{quoted(written)} cannot be used: terminals send the same for another key.")


def _parts(written: str) -> list[str]:
    """`ctrl+x`, `Ctrl-X`, `C-x` and `^x` are one; a `+` or `-` at the end is the key itself."""
    if len(written) < 2:
        return [written]
    if written.startswith("^"):
        return ["ctrl", *_parts(written[1:])]
    body = written[:-1] if written[-1] in "+-" else written
    words = [word for word in body.replace("-", "+").split("+") if word]
    words += [written[-1]] if written[-1] in "+-" else []
    *modifiers, key = [word if len(word) == 1 else word.lower() for word in words]
    return [*("ctrl" if word == "C" else word for word in modifiers), key]


def _named(key: str, written: str) -> str:
    """One key without modifiers: a sign, a name, or the app's own name for a sign."""
    if len(key) == 1 and key.isprintable():
        return "space" if key == " " else _character_to_key(key)
    name = _ALIASES.get(key, key)
    if name in _NAMES or name in _SIGNS:
        return name
    near = nearest(name, _NAMES)
    hint = f'Did you mean "{near}"?' if near else "A key is one sign, or a name such as f5."
    raise Wrong(f"there is no key {quoted(written)}. {hint}")
