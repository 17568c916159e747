"""A line as bash reads it up to the cursor: its words, and what of the last one is replaced."""

from __future__ import annotations

import re
from typing import NamedTuple


class Line(NamedTuple):
    """The words before the one that is being typed; of that one, its value and what stays of it.

    bash replaces only what follows the last of its own word breaks, or an open `quote`; `kept` is
    the number of letters of the value before that.
    """

    before: tuple[str, ...]
    current: str
    kept: int
    quote: str


def read_line(text: str, breaks: str) -> Line:
    """Read a line that may end anywhere, also within quotes."""
    before: list[str] = []
    value, kept, quote = "", 0, ""
    begun, place = False, 0
    while place < len(text):
        sign = text[place]
        place += 1
        if quote:
            if sign == quote:
                quote = ""
            elif sign == "\\" and quote == '"' and text[place : place + 1] in ('"', "\\", "$", "`"):
                value += text[place]
                place += 1
            else:
                value += sign
        elif sign in "'\"":
            quote, begun, kept = sign, True, len(value)
        elif sign == "\\":
            value += text[place : place + 1]
            begun, place = True, place + 1
        elif sign in " \t\n":
            if begun:
                before.append(value)
            value, kept, begun = "", 0, False
        else:
            value, begun = value + sign, True
            if sign in breaks:
                kept = len(value)
    return Line(tuple(before), value, kept, quote)


def spelt(value: str, quote: str) -> str:
    """A value as bash has to read it: within a quote that is open, or else with backslashes."""
    if quote == "'":
        return value.replace("'", "'\\''")
    if quote == '"':
        return re.sub(r'(["\\$`])', r"\\\1", value)
    return re.sub(r"([^\w@%+=:,./-])", r"\\\1", value)
