"""The objects of a JSON document, each with its line; damage costs only the one it is in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Final, NamedTuple

from readinglist.records import Problem
from readinglist.stopping import checkpoint, with_checkpoints
from readinglist.text import clean

_SPACE: Final = re.compile(r"[\s\ufeff]*")
_NEXT: Final = re.compile(r"\}[\s,]*(?=\{\s*\")")
_TELLING: Final = frozenset(("id", "type", "title"))  # an author, say, has none of these
_BEGIN: Final = re.compile(r"\{\s*\"(?:id|type|title)\"\s*:")
_BETWEEN: Final = re.compile(r"[\s,]*")
_LIST: Final = re.compile(r"\{\s*\"(?:items|references|data)\"\s*:\s*(?=\[)")
_SHOWN: Final = 200  # characters of what could not be read


class Item(NamedTuple):
    """One object, and the 1-based line on which it begins."""

    line: int
    members: dict[str, Any]


def first(text: str) -> dict[str, Any]:
    """The first object that stands alone, or is in a list; empty if there is none."""
    found = next(items(text), None)
    return found.members if isinstance(found, Item) else {}


def items(text: str) -> Iterator[Item | Problem]:
    """The objects of a list, of a list in an object's member `items`, or those that stand alone."""
    return _Scanner(text).items()


class _Scanner:
    """Walks through a document, and knows on which line it is."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._decoder = json.JSONDecoder(strict=False)
        self._line, self._counted = 1, 0

    def items(self) -> Iterator[Item | Problem]:
        at = _past(_SPACE, self._text, 0)
        if wrapped := _LIST.match(self._text, at):
            at = wrapped.end()
        in_list = self._text.startswith("[", at)
        at += in_list
        while True:
            checkpoint()
            at = _past(_BETWEEN, self._text, at)
            if at >= len(self._text):
                if in_list:
                    yield self._problem(max(0, at - 1), "the list ends before its closing bracket")
                return
            if in_list and self._text[at] == "]":
                return
            found, following = self._item(at)
            yield found
            if following is None:
                return
            at = following

    def _item(self, at: int) -> tuple[Item | Problem, int | None]:
        try:
            found, end = self._decoder.raw_decode(self._text, at)
        except (ValueError, RecursionError) as error:
            return self._damage(at, error)
        if isinstance(found, dict):
            return Item(self._line_of(at), found), end
        return self._problem(at, "is no JSON object"), end

    def _damage(self, at: int, error: Exception) -> tuple[Problem, int | None]:
        """What is wrong with an object, and where the next one may begin."""
        place = at
        if isinstance(error, json.JSONDecodeError):
            reason, place = f"is no JSON: {error.msg}", error.pos
        elif isinstance(error, RecursionError):
            reason = "is nested too deeply"
        else:
            reason = "cannot be read: a number is too long"
        start = max(at, self._text.rfind("\n", 0, place) + 1, place - _SHOWN // 2)
        problem = self._problem(place, reason, start)
        return problem, self._next(place)

    def _next(self, place: int) -> int | None:
        """Where the first object behind a place begins that is not a part of a damaged one."""
        for found in with_checkpoints(_NEXT.finditer(self._text, place)):
            if _BEGIN.match(self._text, found.end()):
                return found.end()
            with suppress(ValueError, RecursionError):
                members, _ = self._decoder.raw_decode(self._text, found.end())
                if not _TELLING.isdisjoint(members):
                    return found.end()
        return None

    def _problem(self, at: int, reason: str, start: int | None = None) -> Problem:
        start = at if start is None else start
        shown = self._text[start : start + _SHOWN].split("\n", 1)[0]
        return Problem(self._line_of(at), reason, clean(shown).strip())

    def _line_of(self, at: int) -> int:
        if at >= self._counted:
            self._line += self._text.count("\n", self._counted, at)
            self._counted = at
            return self._line
        return self._line - self._text.count("\n", at, self._counted)


def _past(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Where what matches from a place on ends: there, if nothing does."""
    found = pattern.match(text, at)
    return found.end() if found else at
