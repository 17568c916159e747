"""The value of a field: pieces in braces, in quotation marks or by name, joined with #."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_MARK: Final = re.compile(r'(?<!\\)[{}"#]')
_BETWEEN: Final = re.compile(r"[\s#]*")
_WORD: Final = re.compile(r"[^\s#{}\"]+")
_NEXT_FIELD: Final = re.compile(r"\s*([A-Za-z][\w:.+/-]*)\s*=\s*")
_MOST_REPLACED: Final = 50_000_000  # characters; abbreviations of abbreviations can grow for ever
_MONTHS: Final = (
    "January February March April May June July August September October November December"
)


class Piece(NamedTuple):
    """A part of a value: its text, or the name of an abbreviation."""

    text: str
    named: bool


class Value(NamedTuple):
    """The pieces of a value; when `loose`, something else follows without a comma.

    If that begins as a field does, it is that field's name and the `rest`.
    """

    pieces: list[Piece]
    loose: bool = False
    next_name: str = ""
    rest: str = ""


class Macros:
    """The abbreviations of a document, and those of the months, which every style has."""

    def __init__(self) -> None:
        self._left = _MOST_REPLACED
        self._meanings = {month[:3].lower(): month for month in _MONTHS.split()}

    def define(self, name: str, value: str) -> None:
        """Let a name stand for a value from here on."""
        self._meanings[name.lower()] = self.resolved(value_of(value))

    def resolved(self, value: Value) -> str:
        """The text of a value; a name that stands for nothing stands for itself."""
        return "".join(self._meaning(*piece) for piece in value.pieces)

    def _meaning(self, text: str, named: bool) -> str:
        if not named:
            return text
        meaning = self._meanings.get(text.lower(), text)
        self._left -= len(meaning)
        return meaning if self._left > 0 else text


def value_of(text: str) -> Value:
    """Take a value apart, in time linear in its length."""
    if (
        text[:1] == "{"
        and "#" not in text
        and text.endswith("}")
        and text.find("}") == len(text) - 1
    ):
        return Value([Piece(text[1:-1], named=False)])
    pieces: list[Piece] = []
    end = 0
    while between := _BETWEEN.match(text, end):
        at = between.end()
        if at == len(text):
            break
        if pieces and "#" not in between.group():
            return _loose(pieces, text[at:])
        end = _end(text, at)
        named = text[at] not in '{"'
        pieces.append(Piece(text[at:end] if named else text[at + 1 : end - 1], named))
    return Value(pieces)


def _loose(pieces: list[Piece], rest: str) -> Value:
    following = _NEXT_FIELD.match(rest)
    if following is None:
        return Value(pieces, loose=True)
    return Value(pieces, loose=True, next_name=following[1], rest=rest[following.end() :])


def _end(text: str, at: int) -> int:
    """Where the piece ends that begins there."""
    opening, depth = text[at], 0
    if opening not in '{"':
        named = _WORD.match(text, at)
        return named.end() if named else at + 1
    for mark in _MARK.finditer(text, at + (opening == '"')):
        if mark.group() == "{":
            depth += 1
        elif mark.group() == "}":
            depth -= 1
            if depth == 0 and opening == "{":
                return mark.end()
        elif mark.group() == '"' == opening and depth <= 0:
            return mark.end()
    return len(text)
