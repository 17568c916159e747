"""The capitals that somebody has put in braces, so that no style lowers them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from readinglist.formats.bib.titles import protected
from readinglist.latex.fields import read_field
from readinglist.latex.writer import write_field

# A command, an accent or a script with the brace behind it, or a brace by itself.
_TOKEN: Final = re.compile(r"(?:\\(?:[A-Za-z]+\s{0,9}|[^A-Za-z])|[\^_])\{?|[{}]", re.DOTALL)
_IN_BRACES: Final = re.compile(r"(?<![A-Za-z\\])\{([^{}]+)\}")
_OPEN, _SHUT = "\1", "\2"  # stand for the braces around words
_APOSTROPHES: Final = "'’"
_ARTICLE: Final = "A"  # which DBLP braces where it begins what stands behind a colon


def braced(raw: str) -> list[str]:
    """The words with capitals that are in braces in a title, as its field has it.

    Braces around all of it are a program's habit, and those of a command mean something else.
    """
    raw = raw.strip()
    if "{" not in raw or _is_whole(raw):
        return []
    return _inside(read_field(_marked(raw.replace(_OPEN, "").replace(_SHUT, ""))))


def between(raw: str, opening: str, closing: str) -> list[str]:
    """The same of a title in which other marks than braces stand around such words."""
    return _inside(raw.replace(opening, _OPEN).replace(closing, _SHUT))


def unforeseen(title: str, words: Iterable[str]) -> list[str]:
    """Those of some words of a title that would not be braced by themselves."""
    foreseen: list[str] = []

    def note(escaped: str) -> str:
        foreseen.extend(_IN_BRACES.findall(protected(escaped)))
        return escaped

    write_field(title, protect=note)
    return [word for word in words if not any(a in word or word in a for a in foreseen)]


def _is_whole(raw: str) -> bool:
    """Whether the first brace is closed by the last."""
    depth = 0
    for brace in re.finditer(r"(?<!\\)[{}]", raw):
        depth += 1 if brace.group() == "{" else -1
        if depth <= 0:
            return raw[0] == "{" and brace.end() == len(raw)
    return False


def _marked(raw: str) -> str:
    """Put marks for the braces that belong to no command."""
    pieces: list[str] = []
    closings: list[str] = []
    at = 0
    for token in _TOKEN.finditer(raw):
        pieces.append(raw[at : token.start()])
        at = token.end()
        sign = token.group()
        if sign == "}":
            sign = closings.pop() if closings else sign
        elif sign == "{" and not raw.startswith(("\\", "$"), at):
            closings.append(_SHUT)
            sign = _OPEN
        elif sign.endswith("{"):
            closings.append("}")
        pieces.append(sign)
    return "".join([*pieces, raw[at:]])


def _inside(marked: str) -> list[str]:
    """The words that have a capital between two marks."""
    found: dict[str, None] = {}
    word, depth, kept = "", 0, False
    for sign in f"{marked} ":
        if sign in (_OPEN, _SHUT):
            depth += 1 if sign == _OPEN else -1
        elif sign.isalnum() or (word and (sign in _APOSTROPHES or unicodedata.combining(sign))):
            word += sign
            kept = kept or (depth > 0 and sign.isupper())
        else:
            if kept:
                found[word.rstrip(_APOSTROPHES)] = None
            word, kept = "", False
    found.pop(_ARTICLE, None)
    return list(found)
