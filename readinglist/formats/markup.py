"""The tags of HTML and JATS that programs put into titles, abstracts and notes, read as text."""

from __future__ import annotations

import html
import re
from typing import Final

_SCRIPT: Final = re.compile(r"<(su[bp])>([^<>]*)</\1>", re.IGNORECASE)
_STYLE: Final = re.compile(
    r"<(i|b|em|strong|sc|scp|span)(?:\s[^<>]*)?>([^<>]*)</\1>", re.IGNORECASE
)
_JATS: Final = re.compile(r"</?jats:[^<>]*>", re.IGNORECASE)
# What only publishers' programs write, in IEEE's abstracts for one.
_PUBLISHERS: Final = re.compile(
    r"</?(?:italic|bold|roman|sans-serif|monospace|inline-formula|tex-math|alternatives"
    r"|inline-graphic|mml:[a-z]+|jats:[a-z-]+)(?:\s[^<>]{0,200})?/?>",
    re.IGNORECASE,
)
_PARAGRAPH: Final = re.compile(
    r"</(?:jats:)?(?:p|title|sec|div|li|ul|ol|h\d)>|<br ?/?>", re.IGNORECASE
)
_HTML: Final = re.compile(
    r"\s*<(?:p|div|h\d|ul|ol)[ >].*</(?:p|div|h\d|ul|ol)>\s*", re.IGNORECASE | re.DOTALL
)
_ITEM: Final = re.compile(r"<li(?:\s[^<>]*)?>", re.IGNORECASE)
_TAG: Final = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_BREAKS: Final = re.compile(r"[ \t]*\n\s*\n\s*")
_DEPTH: Final = 8  # tags inside tags


def plain(text: str) -> str:
    """Leave out the tags of a styled text; raised and lowered letters become `^{}` and `_{}`.

    An ampersand that Crossref and publishers write as in HTML is one.
    """
    if "<" in text and _JATS.search(text):
        return _untagged(text)
    text = text.replace("&amp;", "&")
    if "<" not in text:
        return text
    for _ in range(_DEPTH):
        before = text
        text = _STYLE.sub(r"\2", _SCRIPT.sub(_script, text))
        if text == before:
            break
    return text


def without_publishers_tags(text: str) -> str:
    """Leave out the tags that nobody writes by hand."""
    return _PUBLISHERS.sub("", text) if "<" in text else text


def note_text(text: str) -> str:
    """A note that a program has written as HTML as text; any other as it is."""
    return _untagged(text) if _HTML.fullmatch(text) else text


def _script(match: re.Match[str]) -> str:
    return f"{'^' if match[1].lower() == 'sup' else '_'}{{{match[2]}}}"


def _untagged(text: str) -> str:
    text = _SCRIPT.sub(_script, text.replace("\n", " "))
    text = _ITEM.sub("- ", _PARAGRAPH.sub("\n\n", text))
    return _BREAKS.sub("\n\n", html.unescape(_TAG.sub("", text))).strip()
