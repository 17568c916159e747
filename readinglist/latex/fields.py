"""Fields of a bibliography, whose LaTeX is read as the text that the library keeps."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any, ClassVar, Final

from readinglist.latex import to_unicode
from readinglist.latex.reader import MATHS, MATHS_LIKE, NAME, SWITCH, Reader, script
from readinglist.latex.symbols import (
    ACCENTS,
    ENCLOSING,
    FIELD_SYMBOLS,
    GREEK,
    LETTERS,
    MATHS_ONLY,
    SCRIPTS,
    SIGN_ACCENTS,
    STYLES,
    SYMBOLS,
    TEXT_SYMBOLS,
    TWINS,
)

_SIGNS: Final = re.compile(r"[\\{}$~`']|--|[\^_]")
_ACCENT: Final = re.compile(
    r"""\\(?:(?P<mark>['"`^~=.])|(?P<command>[cvuHkrd])(?:\s{1,9}|(?=\{)))"""
    r"""(?:\{(?P<braced>\\[ij]|[A-Za-z])\}|(?P<bare>\\[ij](?![A-Za-z])|[A-Za-z]))"""
)
_INNER: Final = (
    r"""\\(?P<inner>['"`^~=.]|[cvuHkrd]\s{1,9})(?:\{(?P<braced>[A-Za-z])\}|(?P<bare>[A-Za-z]))"""
)
# As Vietnamese names have it.
_TWICE: Final = re.compile(rf"""\\(?P<outer>['"`^~=.]|[cvuHkrd]\s{{0,9}}(?=\{{))\{{{_INNER}\}}""")
_TWICE_BARE: Final = re.compile(rf"""\\(?P<outer>['"`^~=.]){_INNER}""")
_BARE_MARK: Final = re.compile(r"\\([~^'\"`=.])\{ ?\}")
_ADDRESS: Final = re.compile(r"\\(?:url|path|nolinkurl)\s{0,9}\{([^{}]*)\}")
_LINK: Final = re.compile(r"\\href\s{0,9}\{([^{}]*)\}\s{0,9}\{")
_SORTING: Final = re.compile(r"\\noopsort\s{0,9}\{[^{}]*\}")
_FORMULA: Final = re.compile(
    r"\$((?:[^$\\]|\\[^\n]){1,1000}+)\$|\\\(((?:[^\\]|\\[^()]){1,1000}+)\\\)"
)
_ACCENTED_SIGN: Final = re.compile(rf"\\({'|'.join(SIGN_ACCENTS)})\{{([A-Za-z])\}}")
_UPRIGHT_SCRIPT: Final = re.compile(  # as Zotero writes CO₂
    r"([\^_])\{\s{0,9}\\(?:textrm|mathrm|text|textnormal|rm)\s{0,9}\{([^{}\\$]{1,40})\}\s{0,9}\}"
)
_ENSURED: Final = re.compile(r"\\ensuremath\s{0,9}\{([^{}$]{1,400})\}")
_ENSURED_AGAIN: Final = re.compile(  # as ADS has it in the middle of formulas
    r"\{\s{0,9}\\ensuremath\s{0,9}\{([^{}$]{1,400})\}\s{0,9}\}"
    r"|\\ensuremath\s{0,9}\{([^{}$]{1,400})\}"
)
_RAISED: Final = re.compile(r"\\text(super|sub)script\s{0,9}\{([^{}\\]{1,40})\}")
_ESCAPED_IN_ADDRESS: Final = re.compile(r"\\([%#&_~{}$])")
_SPACES: Final = re.compile(r"\s*")
_ONE_SIGN: Final = frozenset(
    sign
    for table in (GREEK, SYMBOLS, MATHS_ONLY)
    for sign in [*table.values(), *"<>|~*+=-/"]
    if len(sign) == 1
)
_TWIN_SIGNS: Final = {latex: sign for sign, latex in TWINS.items()}
_SCRIPT_SIGNS: Final = frozenset(chr(sign) for table in SCRIPTS.values() for sign in table.values())
# What `to_unicode` would take for LaTeX, in a text that is none.
_MISTAKABLE: Final = re.compile(r"[\\$]|``|[\^_](?=\{)|~(?=\()")
_TOLD: Final = {
    "\\": r"\textbackslash{}",
    "$": r"\$",
    "``": r"\textasciigrave{}\textasciigrave{}",
    "^": r"\textasciicircum{}",
    "_": r"\_",
    "~": r"\textasciitilde{}",
}


def read_field(text: str) -> str:
    """Return what a field says, as a text whose Unicode reading is what LaTeX would print.

    What only spells letters is decoded: accents, symbols, escapes, dashes, quotes, braces, fonts.
    Formulas stay LaTeX, for which `to_unicode` has a reading, and so does what is not understood.
    The time is linear in the text.
    """
    if not _SIGNS.search(text):
        return text
    reader = FieldReader(text)
    plain = reader.read()
    if not _MISTAKABLE.search(plain):
        return plain
    parts = [(part, place in reader.kept) for place, part in enumerate(reader.out)]
    if to_unicode(plain) == "".join(to_unicode(part) if kept else part for part, kept in parts):
        return plain
    return "".join(part if kept else _MISTAKABLE.sub(_told, part) for part, kept in parts)


def read_literal(text: str) -> str:
    """Return what a field says in which formulas mean nothing, such as a note or a tag."""
    return FieldReader(text).read() if _SIGNS.search(text) else text


def _told(match: re.Match[str]) -> str:
    return _TOLD[match.group()]


class FieldReader(Reader):
    """One pass over a field; `kept` says which pieces of `out` are still LaTeX."""

    _PLAIN = re.compile(r"(?:[^\\{}$^_`'~-]|-(?!-))+")

    def __init__(self, text: str) -> None:
        super().__init__(text, maths=False)
        self.kept: set[int] = set()
        self.closings: list[str | None] = []  # what stands for each brace that is open, if not it

    def _keep_as_latex(self, end: int) -> None:
        self.kept.add(len(self.out))
        self._put(self.text[self.at : end], end)

    def _enclose(self, opening: str, closing: str | None, end: int) -> None:
        self.closings.append(closing)
        self._put(opening, end)

    def _backslash(self) -> None:
        for pattern, step in self._PATTERNS:
            if match := pattern.match(self.text, self.at):
                return step(self, match)
        if name := NAME.match(self.text, self.at):
            return self._command(name[1], name.end())
        return self._escape()

    def _accent_found(self, match: re.Match[str]) -> None:
        letter = (match["braced"] or match["bare"]).removeprefix("\\")
        combining = ACCENTS[match["mark"] or match["command"]][0]
        self._put(unicodedata.normalize("NFC", letter + combining), match.end())

    def _accented_twice(self, match: re.Match[str]) -> None:
        marks = "".join(ACCENTS[match[name].strip()][0] for name in ("inner", "outer"))
        letter = unicodedata.normalize("NFC", (match["braced"] or match["bare"]) + marks)
        if len(letter) > 1:
            return self._keep_as_latex(match.end())
        return self._put(letter, match.end())

    def _bare_mark(self, match: re.Match[str]) -> None:
        self._put(match[1], match.end())

    def _address(self, match: re.Match[str]) -> None:
        self._put(_ESCAPED_IN_ADDRESS.sub(r"\1", match[1]), match.end())

    def _link(self, match: re.Match[str]) -> None:
        address = _ESCAPED_IN_ADDRESS.sub(r"\1", match[1])
        self._enclose("", f" ({address})", match.end())

    def _sorting(self, match: re.Match[str]) -> None:
        self._put("", match.end())

    def _raised(self, match: re.Match[str]) -> None:
        raised = script("^" if match[1] == "super" else "_", match[2], maths=False)
        self._put(match[2] if raised is None else raised, match.end())

    def _formula(self, match: re.Match[str]) -> None:
        r"""Keep a formula, unless it is one sign, such as `$\times$` and `$^{2}$`, or none."""
        inner = (match[1] or (match[2] if match.re is _FORMULA else "") or "").strip()
        inner = _ENSURED_AGAIN.sub(r"\1\2", inner)
        if upright := _UPRIGHT_SCRIPT.fullmatch(inner):
            inner = f"{upright[1]}{{{upright[2]}}}"
        if twin := _TWIN_SIGNS.get(inner):
            return self._put(twin, match.end())
        if accented := _ACCENTED_SIGN.fullmatch(inner):
            sign = unicodedata.normalize("NFC", accented[2] + SIGN_ACCENTS[accented[1]])
            return self._put(sign, match.end())
        whole = f"${inner}$"
        reading = Reader(inner, maths=True).read()
        understood = not re.search(r"[\\{}]", reading)
        is_sign = reading in _ONE_SIGN or (reading and _SCRIPT_SIGNS.issuperset(reading))
        after = self.text[match.end() : match.end() + 1]
        readable = (
            MATHS.fullmatch(whole) and MATHS_LIKE.search(inner) and after not in {*"$0123456789"}
        )
        if understood and (is_sign or not readable):
            return self._put("−" if reading == "-" else reading, match.end())
        self.kept.add(len(self.out))
        return self._put(whole, match.end())

    def _command(self, name: str, end: int) -> None:
        start = _SPACES.match(self.text, end)
        opening = start.end() if start else end
        if name in STYLES or name in ENCLOSING:
            if self.text.startswith("{", opening):
                return self._enclose(*ENCLOSING.get(name, ("", "")), opening + 1)
        elif (reading := _reading_of(name)) is not None:
            return self._put(reading, end + 2 if self.text.startswith("{}", end) else opening)
        self._keep_as_latex(end)
        self.unknown_end = end
        return None

    def _escape(self) -> None:
        r"""Read a backslash before anything but a letter."""
        following = self.text[self.at + 1 : self.at + 2]
        if following in "%&_#${}" and following:
            self._put(following, self.at + 2)
        elif following in "-/@!" and following:
            self._put("", self.at + 2)
        elif following.isspace() or following in "\\,;:":
            self._put(" " if following else "\\", self.at + 1 + len(following))
        else:
            self._keep_as_latex(self.at + 1 + len(following))

    def _brace(self) -> None:
        inside_unknown = bool(self.closings) and self.closings[-1] is None
        if self.at == self.unknown_end or inside_unknown:
            self.kept.add(len(self.out))
            self._enclose("{", None, self.at + 1)
        else:
            switch = SWITCH.match(self.text, self.at)
            self._enclose("", "", switch.end() if switch else self.at + 1)

    def _close(self) -> None:
        closing = self.closings.pop() if self.closings else "}"
        if closing is None:
            self._keep_as_latex(self.at + 1)
            self.unknown_end = self.at
        else:
            self._put(closing, self.at + 1)

    def _dollar(self) -> None:
        match = _FORMULA.match(self.text, self.at)
        return self._formula(match) if match else self._keep()

    def _raise_or_lower(self) -> None:
        super()._raise_or_lower()
        if self.text[self.at - 1] in "^_":
            self.unknown_end = self.at

    def _tilde(self) -> None:
        self._put(" ", self.at + 1)

    def _dash(self) -> None:
        run = 3 if self.text.startswith("---", self.at) else 2
        self._put("—" if run == 3 else "–", self.at + run)

    def _backtick(self) -> None:
        if self._run_of("`") < 2:
            return self._keep()
        return self._put("“", self.at + 2)

    def _apostrophe(self) -> None:
        if self._run_of("'") < 2:
            return self._keep()
        return self._put("”", self.at + 2)

    _PATTERNS: ClassVar[tuple[tuple[re.Pattern[str], Callable[[Any, Any], None]], ...]] = (
        (_TWICE, _accented_twice),
        (_TWICE_BARE, _accented_twice),
        (_ACCENT, _accent_found),
        (_BARE_MARK, _bare_mark),
        (_ADDRESS, _address),
        (_LINK, _link),
        (_SORTING, _sorting),
        (_RAISED, _raised),
        (_FORMULA, _formula),
        (_ENSURED, _formula),
    )
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
        "-": _dash,
    }


def _reading_of(name: str) -> str | None:
    for table in (LETTERS, TEXT_SYMBOLS, FIELD_SYMBOLS, GREEK, SYMBOLS):
        if name in table:
            return table[name]
    return None
