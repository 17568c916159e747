"""The kinds of value a setting can have, and what is said of one that is not of its kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Final

from readinglist.nearest import nearest
from readinglist.text import clean_line

_LONGEST: Final = 40  # letters of a wrong value that are quoted
_YES: Final = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}


class Kind(StrEnum):
    """What a value must be, as a message says it."""

    YES_NO = "true or false"
    NUMBER = "a whole number from 0 to 9999"
    TEXT = "text in quotes"
    CHOICE = "one of a few words"
    NAMES = "a list of names in quotes"
    KEYS = "a key in quotes, or a list of them"
    OPEN = "a table"
    """Entries that users name themselves; each of them is of the kind that its row tells."""


class Wrong(ValueError):
    """A value is not what its setting takes; the message says why, and what to write."""


def checked(kind: Kind, value: object, choices: Sequence[str] = ()) -> object:
    """The value as the program uses it: lists become tuples, texts one clean line."""
    return _CHECKS[kind](value, choices)


def from_text(kind: Kind, text: str) -> object:
    """What a variable of the environment says, in the form that a file would have it."""
    text = text.strip()
    if kind is Kind.YES_NO:
        return _YES.get(text.casefold(), text)
    if kind is Kind.NUMBER:
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else text
    if kind in (Kind.NAMES, Kind.KEYS):
        return [name.strip() for name in text.split(",")]
    return text


def quoted(value: object, most: int = _LONGEST) -> str:
    """A value in TOML's own words, and not too many of them."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return f"[{_cut(', '.join(quoted(one, most) for one in value), most)}]"
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, str):
        return f'"{_cut(clean_line(value), most)}"'
    try:
        return _cut(clean_line(str(value)), most)
    except ValueError:  # Python prints no integer of more than 4300 digits
        return "a very large number"


def no_such(word: str, choices: Sequence[str]) -> Wrong:
    """A word that is none of the choices, and the one that was probably meant."""
    near = nearest(word, choices)
    hint = f'Did you mean "{near}"?' if near else f"There are: {', '.join(choices)}."
    return Wrong(f"there is no {quoted(word)}. {hint}")


def _yes_no(value: object, _: Sequence[str]) -> bool:
    if isinstance(value, bool):
        return value
    raise _unlike(Kind.YES_NO, value)


def _number(value: object, _: Sequence[str]) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 9999:
        return value
    raise _unlike(Kind.NUMBER, value)


def _text(value: object, _: Sequence[str]) -> str:
    if isinstance(value, str):
        return clean_line(value)
    raise _unlike(Kind.TEXT, value)


def _choice(value: object, choices: Sequence[str]) -> str:
    word = _text(value, ())
    if word in choices:
        return word
    raise no_such(word, choices)


def _names(value: object, choices: Sequence[str]) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not value:
        raise _unlike(Kind.NAMES, value)
    names = tuple(_choice(name, choices) for name in value)
    if twice := [name for name in names if names.count(name) > 1]:
        raise Wrong(f"{quoted(twice[0])} is in it twice. Name it once.")
    return names


def _keys(value: object, _: Sequence[str]) -> tuple[str, ...]:
    keys = value if isinstance(value, list | tuple) else [value]
    if not keys or not all(isinstance(key, str) for key in keys):
        raise _unlike(Kind.KEYS, value)
    return tuple(_text(key, ()) for key in keys)


def _open(value: object, _: Sequence[str]) -> object:
    if isinstance(value, dict):
        return value
    raise _unlike(Kind.OPEN, value)


_CHECKS: Final[dict[Kind, Callable[[object, Sequence[str]], object]]] = {
    Kind.YES_NO: _yes_no,
    Kind.NUMBER: _number,
    Kind.TEXT: _text,
    Kind.CHOICE: _choice,
    Kind.NAMES: _names,
    Kind.KEYS: _keys,
    Kind.OPEN: _open,
}


def _unlike(kind: Kind, value: object) -> Wrong:
    return Wrong(f"it takes {kind}, not {quoted(value)}.")


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]}…"
