"""LaTeX leftovers in outside text read as Unicode, and Unicode written as LaTeX-safe text."""

from __future__ import annotations

import re
from typing import Final

_LEFTOVER: Final = re.compile(r"[\\$]|``|[\^_]\{|[^\W\d_]~\(")
_SPECIAL: Final = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
} | {mark: f"\\{mark}" for mark in "$&%#_"}
_BALANCED: Final = {"{": r"\{", "}": r"\}"}
_UNBALANCED: Final = {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
# Two that would print as one sign have nothing between them.
_MARK: Final = re.compile(r"[\\~^$&%#_{}]|-(?=-)|`(?=`)|'(?=')|,(?=,)|[?!](?=`)")


def to_unicode(text: str) -> str:
    r"""Return the Unicode reading of `text`; what is not understood stays exactly as it was.

    Read are accents, symbols, font commands, quotes, scripts in braces and maths between
    dollars. Prices, Windows paths, `x^2`, bare braces and escaped quotes are left alone. The
    time is linear in the text.
    """
    if not (_has_sign(text) and _LEFTOVER.search(text)):
        return text
    from readinglist.latex.reader import Reader  # 1.3 ms, and few texts need it

    return Reader(text, maths=False).read()


def _has_sign(text: str) -> bool:
    """Whether there can be a leftover: twenty times as fast to see as to look for one."""
    if "\\" in text or "$" in text or "`" in text:
        return True
    return "^" in text or "_" in text or "~" in text


def escape(text: str) -> str:
    r"""Return `text` on one line, as LaTeX prints it and BibTeX's brace counting survives it.

    BibTeX counts a brace even behind a backslash, so that only pairs become `\{…\}`.
    """
    return escape_lines(" ".join(text.split()))


def escape_lines(text: str) -> str:
    """Do what `escape` does, and leave white space as it is."""
    unbalanced = _unbalanced_braces(text)

    def written(match: re.Match[str]) -> str:
        mark = match.group()
        if mark in _BALANCED:
            return (_UNBALANCED if match.start() in unbalanced else _BALANCED)[mark]
        return _SPECIAL.get(mark) or f"{mark}{{}}"

    return _MARK.sub(written, text)


def _unbalanced_braces(text: str) -> set[int]:
    """Return where the braces without a partner stand."""
    opened: list[int] = []
    unbalanced: set[int] = set()
    for match in re.finditer(r"[{}]", text):
        if match.group() == "{":
            opened.append(match.start())
        elif opened:
            opened.pop()
        else:
            unbalanced.add(match.start())
    return unbalanced.union(opened)
