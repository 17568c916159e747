"""One pass over a text with LaTeX leftovers, from left to right."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any, ClassVar, Final

from readinglist.latex.symbols import (
    ACCENTS,
    GREEK,
    LETTERS,
    MATHS_ONLY,
    RAISED,
    SCRIPTS,
    STYLES,
    SWITCHES,
    SYMBOLS,
    TEXT_SYMBOLS,
)

# Every quantifier over what follows an opening is bounded, so that reading stays linear.
_PATH: Final = re.compile(r"(?<![A-Za-z])[A-Za-z]:\\[^\s{}$^]{0,260}+(?!\S)")
MATHS: Final = re.compile(r"\$(?=[^\s$])((?:[^$\\]|\\[^$\n]){1,400}+)(?<![\s/:;,=+<-])\$(?![\d$])")
MATHS_LIKE: Final = re.compile(r"[\\^_{]|^[A-Za-z](?:[=<>+*/(-].*[\w)])?$", re.DOTALL)
NAME: Final = re.compile(r"\\([A-Za-z]+)")
_ONE_NAME: Final = re.compile(r"\{\\([A-Za-z]+) ?\}")
SWITCH: Final = re.compile(rf"\{{\\(?:{SWITCHES})(?![A-Za-z])\s?")
_BARE_SWITCH: Final = re.compile(rf"(?<!\S)\\(?:{SWITCHES})(?![A-Za-z])\s")
_ACCENT: Final = re.compile(
    r"""\\(?:(?P<mark>['"`^~=.])(?P<bare>[A-Za-z]|\\[ij](?![A-Za-z]))"""
    r"""|(?P<command>['"`^~=.]|[cvuHkrd](?=\{))\{(?P<braced>\\?[A-Za-z])\})"""
)
_SPACED_ACCENT: Final = re.compile(r"\{\\(?P<command>[cvuHkrd]) ?(?P<braced>[A-Za-z])\}")
_CONTRACTION: Final = re.compile(r"(?<=[A-Za-z])\\'(?:s|t|m|d|re|ll|ve|n)(?![A-Za-z])")
_QUOTED_MARK: Final = re.compile(r"\\(['\"`])(?![A-Za-z{\\])")
_SCRIPT: Final = re.compile(r"([\^_])\{([^{}]{1,40})\}")
_MATHS_SCRIPT: Final = re.compile(r"([\^_])(\\[A-Za-z]+|[^\s{}\\])")
_BEFORE_QUOTE: Final = frozenset(" \n\t([{-–—/“‘~")
_WORD_BEFORE: Final = re.compile(r"[A-Za-z]{2}\Z")


def script(mark: str, body: str, *, maths: bool) -> str | None:
    """Return `body` raised or lowered, or None where that would not be readable."""
    if mark == "^" and body in RAISED:
        return RAISED[body]
    if sum(c.isalpha() for c in body) <= 1 and all(ord(c) in SCRIPTS[mark] for c in body):
        return body.translate(SCRIPTS[mark])
    if not maths:
        return None
    return f"{mark}{body}" if body.isalnum() else f"{mark}({body})"


class Reader:
    """One pass over one text; `out` is flat, so that deep nesting costs nothing."""

    _PLAIN = re.compile(r"[^\\{}$^_`'~]+")

    def __init__(self, text: str, *, maths: bool) -> None:
        self.text = text
        self.maths = maths
        self.at = 0
        self.out: list[str] = []
        self.open: list[tuple[int, bool]] = []  # where in `out` a brace opened, is it a style's
        self.quote: int | None = None
        self.known_end = self.unknown_end = -1
        self.not_accents = set(_QUOTED_MARK.findall(text))

    def read(self) -> str:
        """Return the reading of the whole text."""
        while self.at < len(self.text):
            if plain := self._PLAIN.match(self.text, self.at):
                self._put(plain.group(), plain.end())
            else:
                self._STEPS[self.text[self.at]](self)
        return "".join(self.out)

    def _put(self, reading: str, end: int) -> None:
        self.out.append(reading)
        self.at = end

    def _keep(self, length: int = 1) -> None:
        self._put(self.text[self.at : self.at + length], self.at + length)

    def _understood(self, reading: str, end: int) -> None:
        self._put(reading, end)
        self.known_end = end

    def _open(self, raw: str, *, style: bool) -> None:
        self.open.append((len(self.out), style))
        self._put(raw, self.at + len(raw))

    def _backslash(self) -> None:
        if path := None if self.maths else self._path():
            self._put(path.group()[2:], path.end())
        elif not (self._accent() or self._bare_switch()):
            if name := NAME.match(self.text, self.at):
                self._command(name.group(1), name.end())
            else:
                self._escape()

    def _path(self) -> re.Match[str] | None:
        return _PATH.match(self.text, self.at - 2) if self.at >= 2 else None

    def _accent(self) -> bool:
        match = _ACCENT.match(self.text, self.at)
        reading = self._accented(match) if match else None
        if match is None or reading is None:
            return False
        self._understood(reading, match.end())
        return True

    def _accented(self, match: re.Match[str]) -> str | None:
        """Return the accented letter, or None if the match is no accent after all."""
        found = match.groupdict()
        bare = found.get("bare")
        mark = found.get("mark") or found["command"]
        combining, bare_letters = ACCENTS[mark]
        letter = (bare or found["braced"]).removeprefix("\\")
        if bare and (letter not in bare_letters or mark in self.not_accents):
            return None
        if bare and _CONTRACTION.match(self.text, match.start()):
            return None
        composed = unicodedata.normalize("NFC", letter + combining)
        return composed if len(composed) == 1 else None

    def _bare_switch(self) -> bool:
        if match := _BARE_SWITCH.match(self.text, self.at):
            self._understood("", match.end())
        return match is not None

    def _command(self, name: str, end: int) -> None:
        if name in STYLES and self.text.startswith("{", end):
            self._open(self.text[self.at : end + 1], style=True)
        elif (reading := self._symbol(name, end)) is not None:
            self._understood(*reading)
        else:
            self.unknown_end = end
            self._put(self.text[self.at : end], end)

    def _symbol(self, name: str, end: int) -> tuple[str, int] | None:
        """Return what a command prints and where it ends, or None if it is not known here."""
        after = end + 2 if self.text.startswith("{}", end) else end
        before = self.text[max(0, self.at - 2) : self.at]
        if name in LETTERS:
            if len(name) == 1 and after == end and not before[-1:].isalpha():
                return None
            spaced = after == end and self.text[end : end + 1] == " "
            return LETTERS[name], after + spaced
        if name in TEXT_SYMBOLS:
            return TEXT_SYMBOLS[name], after
        if not self.maths and self.known_end != self.at and _WORD_BEFORE.search(before):
            return None
        known = GREEK.get(name) or SYMBOLS.get(name)
        known = MATHS_ONLY.get(name) if known is None and self.maths else known
        return None if known is None else (known, after)

    def _escape(self) -> None:
        """Read a backslash before anything but a letter."""
        following = self.text[self.at + 1 : self.at + 3]
        escaped = following[:1]
        if escaped in "%&_#$" or (self.maths and escaped in "{}|"):
            self._understood(escaped, self.at + 1 + len(escaped)) if escaped else self._keep()
        elif self._is_space(escaped, following[1:]):
            self._understood("" if escaped == "!" else " ", self.at + 2)
        else:
            self._keep(2)

    def _is_space(self, escaped: str, after: str) -> bool:
        r"""Tell `i.\,e.` and `e.g.\ that` from an escaped comma and a path with a space."""
        if escaped == " ":
            return bool(self.text[max(0, self.at - 1) : self.at].strip(" :\\"))
        return (escaped == "," and not after.isspace()) or (self.maths and escaped in ";:!")

    def _brace(self) -> None:
        if self.at == self.unknown_end:
            self._open("{", style=False)
        elif reading := self._grouped():
            self._understood(*reading)
        elif switch := SWITCH.match(self.text, self.at):
            self._open(switch.group(), style=True)
        else:
            self._open("{", style=False)

    def _grouped(self) -> tuple[str, int] | None:
        r"""Return what a group with one thing in it prints: `{\deg}`, `{\'e}`, `{\c c}`."""
        if (name := _ONE_NAME.match(self.text, self.at)) and name[1] not in ("o", "O", "l", "L"):
            symbol = self._symbol(name[1], name.end() - 1)
            return (symbol[0], name.end()) if symbol else None
        if name:
            return LETTERS[name[1]], name.end()
        if spaced := _SPACED_ACCENT.match(self.text, self.at):
            reading, end = self._accented(spaced), spaced.end()
        elif accent := _ACCENT.match(self.text, self.at + 1):
            reading, end = self._accented(accent), accent.end() + 1
            reading = reading if self.text[end - 1 : end] == "}" else None
        else:
            return None
        return (reading, end) if reading else None

    def _close(self) -> None:
        if self.open:
            start, style = self.open.pop()
            if style:
                self.out[start] = ""
                return self._understood("", self.at + 1)
        return self._keep()

    def _dollar(self) -> None:
        if (match := MATHS.match(self.text, self.at)) and MATHS_LIKE.search(match[1]):
            reading = Reader(match[1], maths=True).read()
            understood = not re.search(r"[\\{}]", reading)
            return self._understood(reading if understood else match.group(), match.end())
        return self._keep(2 if self.text.startswith("$$", self.at) else 1)

    def _raise_or_lower(self) -> None:
        match = _SCRIPT.match(self.text, self.at)
        if match is None and self.maths:
            match = _MATHS_SCRIPT.match(self.text, self.at)
        if match is None:
            return self._keep()
        body = Reader(match[2], maths=True).read() if "\\" in match[2] else match[2]
        reading = script(match[1], body, maths=self.maths)
        return self._keep() if reading is None else self._understood(reading, match.end())

    def _run_of(self, mark: str) -> int:
        ahead = self.text[self.at : self.at + 3]
        return len(ahead) - len(ahead.lstrip(mark))

    def _backtick(self) -> None:
        run = self._run_of("`")
        if run == 2:
            before, after = self.text[self.at - 1 : self.at], self.text[self.at + 2 : self.at + 3]
            opens = self.at == 0 or before in _BEFORE_QUOTE
            self.quote = len(self.out) if opens and after.strip() else None
        self._keep(run)

    def _apostrophe(self) -> None:
        run = self._run_of("'")
        if run != 2 or self.quote is None or self.text[self.at - 1].isspace():
            return self._keep(run)
        self.out[self.quote] = "“"
        self.quote = None
        return self._put("”", self.at + 2)

    def _tilde(self) -> None:
        tied = self.text.startswith("~(", self.at) and self.text[self.at - 1 : self.at].isalpha()
        self._put(" " if tied else "~", self.at + 1)

    _STEPS: ClassVar[dict[str, Callable[[Any], None]]] = {
        "\\": _backslash,
        "{": _brace,
        "}": _close,
        "$": _dollar,
        "^": _raise_or_lower,
        "_": _raise_or_lower,
        "`": _backtick,
        "'": _apostrophe,
        "~": _tilde,
    }
