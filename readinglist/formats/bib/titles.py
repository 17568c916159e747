"""The capitals of a title that a style must not lower."""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Final, NamedTuple

from readinglist.citekeys import STOP_WORDS

CAPITALS: Final = "capitals"
"""The fact under which the library has words that somebody has braced, with spaces between."""

_MARKS: Final = "\u0300-\u036f\u1ab0-\u1aff\u20d0-\u20ff"
_LETTER: Final = rf"[^\W_][{_MARKS}]*"
# What `latex.escape` wrote, or a word: letters and digits, with apostrophes between.
_ESCAPED_OR_WORD: Final = re.compile(
    rf"\\text[a-z]+\{{\}}|\\.|(?P<word>(?:{_LETTER})+(?:['’](?:{_LETTER})+)*)"
)
# `Uni-Perceiver v2: …`: one word before the colon is what the authors call their work.
_SYSTEM_NAME: Final = re.compile(r"[^\s:]+(?= v?\d[\w.]*:|:)")


class _Setting(NamedTuple):
    """What a title's words have in common: where the first stands, how long its name is."""

    first: int
    name_end: int
    sentence_case: bool


def protected(title: str, also: Container[str] = ()) -> str:
    """Put braces around the words of an escaped title whose capitals a style must not lower.

    Those are names, as far as that shows, and the words that somebody wants braced `also`.
    """
    words = [match for match in _ESCAPED_OR_WORD.finditer(title) if match["word"]]
    telling = [match["word"] for match in words[1:] if _is_telling(match["word"])]
    name = _SYSTEM_NAME.match(title)
    setting = _Setting(
        first=words[0].start() if words else 0,
        name_end=name.end() if name else 0,
        sentence_case=sum(word[0].isupper() for word in telling) * 2 < len(telling),
    )

    def braced(match: re.Match[str]) -> str:
        keep = match["word"] and (match["word"] in also or _keeps_capitals(match, setting))
        return f"{{{match.group()}}}" if keep else match.group()

    return _ESCAPED_OR_WORD.sub(braced, title)


def _is_telling(word: str) -> bool:
    """Say whether a word would have a capital in a title that gives them to all words."""
    return len(word) > 3 and word.lower() not in STOP_WORDS


def _keeps_capitals(match: re.Match[str], setting: _Setting) -> bool:
    """Say whether a word would be wrong in lower case, as `plain.bst` writes titles.

    Right in lower case are only words with one capital, at their start, in a title that gives
    every word one; and the first letter of title and subtitle stays as it is anyway.
    """
    word, start, end = str(match["word"]), match.start(), match.end()
    if any(c.isupper() for c in word[1:]):
        return True
    if not word[0].isupper() or start == 0:
        return False
    before, after = match.string[max(0, start - 2) : start], match.string[end : end + 1]
    if len(word) == 1:
        return word != "A" or after != " " or not before.endswith(" ")
    opens_sentence = before[0] in ":?!." and before[1:] == " "
    return (
        start == setting.first
        or start < setting.name_end
        or (setting.sentence_case and not opens_sentence)
        or any(c.isdigit() for c in word)
    )
