"""Text folded to the words that search compares: one reading for index, query and highlight."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from readinglist import latex

LONGEST_WORD: Final = 64
# Stands between authors and between tags, so that no phrase runs from one into the next; no
# query can contain it.
ITEM_BREAK: Final = "\u2016"

# ASCII as it stands in a folded text: small, or a space; LaTeX's signs as one that no text has, and
# apostrophes and the breaks between texts as they are, to be looked at.
_LATEX_SIGN: Final = "\1"
_BREAK: Final = "\0"
_KEPT: Final = dict.fromkeys("\\$`^_~\x01", _LATEX_SIGN) | {sign: sign for sign in f"'{_BREAK}"}
_ASCII_FOLDED: Final = "".join(
    _KEPT.get(char, char.lower() if char.isalnum() else " ") for char in map(chr, range(128))
)
_INSIDE_WORD: Final = re.compile("'(?<=[0-9a-z]')(?=[0-9a-z])")
_RUN: Final = re.compile("[0-9A-Za-z'\x80-\U0010ffff]+")
_APOSTROPHES: Final = "'\u2019\u02bc\uff07"
_JOINERS: Final = "\u00ad\u200b\u200c\u200d\u2060\uff9e\uff9f"
# Scripts written without spaces, or with endings glued on: every character is a word.
_UNSPACED: Final = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u3007\u3040-\u30ff"
    "\u3130-\u318f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff"
    "\uff66-\uffdc\U0001b000-\U0001b16f\U00020000-\U0003ffff]"
)
# Letters that people type without their stroke, and that Unicode does not decompose.
_PLAIN: Final = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ħ": "h", "ı": "i",
     "ŧ": "t", "ŋ": "n", "ё": "е"}
)  # fmt: skip


class Spot(NamedTuple):
    """A folded word, and where it stands in the text it came from."""

    word: str
    start: int
    end: int


def words(text: str) -> list[str]:
    """Return the folded words of stored text, LaTeX leftovers read first."""
    return folded(text).split()


def folded(text: str) -> str:
    """Return the folded words of stored text with spaces between them, perhaps more than one."""
    plain = _plain(text)
    if plain is None or _LATEX_SIGN in plain:
        text = latex.to_unicode(text)
        plain = _plain(text)
        if plain is None:
            return " ".join(_words_in(text))
    plain = plain.replace(_LATEX_SIGN, " ").replace(_BREAK, " ")
    if "'" in plain:
        plain = _INSIDE_WORD.sub("", plain).replace("'", " ")
    if _has_long_word(plain):
        return " ".join(word[:LONGEST_WORD] for word in plain.split())
    return plain


def folded_items(items: Sequence[str]) -> str:
    """Return the folded words of several texts, single spaces and an `ITEM_BREAK` between them."""
    found = _folded_together(items) if len(items) > 1 else ""
    return found or f" {ITEM_BREAK} ".join(" ".join(words(item)) for item in items)


def _folded_together(items: Sequence[str]) -> str:
    """The same in a third of the time; nothing if the texts are not as plain as most names are."""
    plain = _plain(_BREAK.join(items))
    if plain is None or "'" in plain or _LATEX_SIGN in plain or _has_long_word(plain):
        return ""
    found = " ".join(plain.replace(_BREAK, f" {_BREAK} ").split())
    empty = f"{_BREAK} {_BREAK}" in f"{_BREAK} {found} {_BREAK}"
    return "" if empty or found.count(_BREAK) >= len(items) else found.replace(_BREAK, ITEM_BREAK)


def _plain(text: str) -> str | None:
    """Fold what is ASCII character by character."""
    return text.translate(_ASCII_FOLDED) if text.isascii() else None


def _has_long_word(text: str) -> bool:
    at = 0
    last = len(text) - LONGEST_WORD
    while at < last:
        space = text.rfind(" ", at, at + LONGEST_WORD + 1)
        if space < 0:
            return True
        at = space + 1
    return False


def _words_in(text: str) -> Iterator[str]:
    """The words of `spots` without their places, in less than half the time."""
    for run in _RUN.findall(text):
        if run.isascii() and run.isalnum():
            yield run.lower()[:LONGEST_WORD]
            continue
        for start, end in _pieces(run):
            if word := fold(run[start:end]):
                yield word[:LONGEST_WORD]


def spots(text: str) -> Iterator[Spot]:
    """Yield the folded words of displayed text with their places in it."""
    for run in _RUN.finditer(text):
        raw = run.group()
        if raw.isascii() and raw.isalnum():
            yield Spot(raw.lower()[:LONGEST_WORD], run.start(), run.end())
            continue
        for start, end in _pieces(raw):
            if word := fold(raw[start:end]):
                yield Spot(word[:LONGEST_WORD], run.start() + start, run.start() + end)


def is_unspaced(word: str) -> bool:
    """Whether a folded word is one character of a script written without spaces."""
    return _UNSPACED.match(word) is not None


@lru_cache(maxsize=8192)
def fold(word: str) -> str:
    """Return a word without case, width and Latin, Greek or Semitic accents; "" if none is left."""
    if word.isascii():
        return "".join(filter(str.isalnum, word.lower()))
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", word).casefold())
    kept: list[str] = []
    accents_matter = False
    for char in decomposed:
        if char.isalnum():
            accents_matter = not _drops_accents(char)
            kept.append(char)
        elif accents_matter and _is_mark(char):
            kept.append(char)
    return unicodedata.normalize("NFC", "".join(kept)).translate(_PLAIN)


def _drops_accents(base: str) -> bool:
    return base < "\u0400" or "\u0590" <= base < "\u0700" or "\u1e00" <= base < "\u2000"


def _is_mark(char: str) -> bool:
    return unicodedata.category(char)[0] == "M" and not "\ufe00" <= char <= "\ufe0f"


def _pieces(run: str) -> Iterator[tuple[int, int]]:
    """Yield where the words of a run without spaces are: marks and apostrophes stay inside."""
    start = end = -1  # of the word being read, if start >= 0
    alone = False  # it is one character of an unspaced script
    for at, char in enumerate(run):
        if char.isalnum() and char not in _JOINERS:
            unspaced = is_unspaced(char)
            if start >= 0 and (alone or unspaced):
                yield start, end
                start = -1
            start, end, alone = (at if start < 0 else start), at + 1, unspaced
        elif start >= 0 and (char in _JOINERS or unicodedata.category(char)[0] == "M"):
            end = at + 1
        elif start >= 0 and not (char in _APOSTROPHES and not alone and at == end):
            yield start, end
            start = -1
    if start >= 0:
        yield start, end
