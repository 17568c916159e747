"""Text of the library written as a field that LaTeX prints as its author meant it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any, ClassVar, Final

from readinglist.latex import escape_lines
from readinglist.latex.formulas import portable
from readinglist.latex.reader import MATHS, MATHS_LIKE, Reader
from readinglist.latex.symbols import (
    ACCENTS,
    GREEK,
    IN_EVERY_DOCUMENT,
    MATHS_ONLY,
    SCRIPTS,
    SIGN_ACCENTS,
    SYMBOLS,
    TWINS,
)

_HELD: Final = "\0"  # stands for a piece of LaTeX until the text around it is escaped
_LATEX_LIKE: Final = re.compile(r"[\\$`^_~]")
_SIGN_COMMANDS: Final[dict[str, str]] = (
    {
        sign: name
        for table in (MATHS_ONLY, SYMBOLS, GREEK)
        for name, sign in reversed(table.items())
        if name in IN_EVERY_DOCUMENT and sign > "\u00ff"
    }
    | {"′": "prime", "ℏ": "hbar", "−": "-"}
    | {sign: sign for sign in "<>|"}
    | TWINS
)
# In the font encoding that LaTeX begins with, these are others outside of formulas.
_OTHERS_IN_TEXT: Final = re.compile(r"[<>|]")
_RAISED: Final = {chr(code): chr(sign) for sign, code in SCRIPTS["^"].items()}
_LOWERED: Final = {chr(code): chr(sign) for sign, code in SCRIPTS["_"].items()}
_FEW_RAISED: Final = frozenset("¹²³")  # which LaTeX knows
_COMBINING: Final = {combining: name for name, (combining, _letters) in ACCENTS.items()}
_BELOW: Final = frozenset("\u0323\u0327\u0328")
_OVER_SIGNS: Final = {combining: name for name, combining in SIGN_ACCENTS.items()}
_RUNS: Final = re.compile(
    rf"(?P<raised>[{''.join(_RAISED)}]+)|(?P<lowered>[{''.join(_LOWERED)}]+)"
    rf"|(?P<sign>[{''.join(_SIGN_COMMANDS)}])"
    rf"|(?P<letter>[A-Za-z])(?P<mark>[{''.join(_OVER_SIGNS)}])(?![\u0300-\u036f])"
    r"|(?P<composed>[\u0180-\u02af\u1e00-\u1eff])"
)
_COMPOSED: Final = re.compile("[\u0180-\u02af\u1e00-\u1eff]")
_MARKED: Final = re.compile("[A-Za-z][\u0300-\u036f]+")
# Dashes as LaTeX writes them, in running text; elsewhere, as before an option, they are two.
_DASHES: Final = re.compile(r"(?<=\w)-{2,3}(?=\w)|(?<=\s)-{2,3}(?=\s)")


def write_field(text: str, *, protect: Callable[[str], str] | None = None) -> str:
    r"""Return a text, on one line, as LaTeX prints it; formulas stay that every document knows.

    What pdfTeX has in no font but LaTeX has a command for is written as that command: `{$\alpha$}`,
    `{$_{2}$}`, `{\d{a}}`. Other signs stay. `protect` is given the escaped text, where formulas and
    such commands are left out.
    """
    held: list[str] = []
    text = " ".join(text.replace(_HELD, "").split())
    if not text.isascii():
        text = _MARKED.sub(lambda found: unicodedata.normalize("NFC", found.group()), text)
    if _LATEX_LIKE.search(text):
        text = " ".join(_FormulaKeeper(text, held).read().split())
    text = _DASHES.sub(lambda match: "–" if len(match.group()) == 2 else "—", text)
    return _written(text, held, protect)


def write_literal(text: str) -> str:
    """Return a text in which nothing is LaTeX, line by line as it is, as LaTeX prints it."""
    return _written(text.replace(_HELD, ""), [], None)


def with_letters(escaped: str) -> str:
    """Return an escaped name with commands for the letters that pdfTeX has in no font."""
    return _COMPOSED.sub(lambda found: _letter(found.group()) or found.group(), escaped)


def _written(text: str, held: list[str], protect: Callable[[str], str] | None) -> str:
    if not text.isascii() or _OTHERS_IN_TEXT.search(text):
        text = _held_signs(text, held)
    text = escape_lines(text)
    if protect:
        text = protect(text)
    return "".join(_filled(text, held)) if held else text


def _filled(text: str, held: list[str]) -> list[str]:
    pieces = text.split(_HELD)
    return [pieces[0], *(part for pair in zip(held, pieces[1:], strict=True) for part in pair)]


class _FormulaKeeper(Reader):
    """Reads as the library shows a text, but holds back the formulas that can be written so."""

    def __init__(self, text: str, held: list[str]) -> None:
        super().__init__(text, maths=False)
        self.held = held

    def _formula(self) -> None:
        match = MATHS.match(self.text, self.at)
        formula = portable(match[1]) if match and MATHS_LIKE.search(match[1]) else None
        if match is None or formula is None:
            return super()._dollar()
        self.held.append(f"{{${formula}$}}")
        return self._understood(_HELD, match.end())

    _STEPS: ClassVar[dict[str, Callable[[Any], None]]] = {**Reader._STEPS, "$": _formula}


def _held_signs(text: str, held: list[str]) -> str:
    """Hold back the signs that are written as commands; what is held already keeps its place."""
    earlier = iter(list(held))
    held.clear()

    def sign(match: re.Match[str]) -> str:
        if match.group() == _HELD:
            held.append(next(earlier))
            return _HELD
        latex = _latex_of(match)
        if latex is None:
            return match.group()
        held.append(latex)
        return _HELD

    return re.sub(f"{_HELD}|{_RUNS.pattern}", sign, text)


def _latex_of(match: re.Match[str]) -> str | None:
    found = match.group()
    if match["raised"] or match["lowered"]:
        return None if _FEW_RAISED.issuperset(found) else _scripts(found)
    if match["sign"]:
        name = _SIGN_COMMANDS[found]
        return f"{{$\\{name}$}}" if name.isalpha() else f"{{${name}$}}"
    if match["mark"] and len(unicodedata.normalize("NFC", found)) > 1:
        return f"{{$\\{_OVER_SIGNS[match['mark']]}{{{match['letter']}}}$}}"
    return _letter(found)


def _letter(sign: str) -> str | None:
    """A letter with one mark or two as a command; what stands below goes around the other."""
    letter, *marks = list(unicodedata.normalize("NFD", sign))
    if not letter.isascii() or not marks or not _COMBINING.keys() >= {*marks}:
        return None
    marks.sort(key=_BELOW.__contains__)
    if len(marks) == 1:
        return f"{{\\{_COMBINING[marks[0]]}{{{letter}}}}}"
    inner, outer = (_COMBINING[mark] for mark in marks)
    gap = " " if inner.isalpha() else ""
    return f"{{\\{outer}{{\\{inner}{gap}{letter}}}}}" if len(marks) == 2 else None


def _scripts(signs: str) -> str:
    """Write a run of raised or lowered signs: numbers as one script, letters each as one."""
    mark, plain = ("^", _RAISED) if signs[0] in _RAISED else ("_", _LOWERED)
    body = [plain[sign] for sign in signs]
    runs = ["".join(body)] if sum(map(str.isalpha, body)) <= 1 else body
    return "".join(f"{{${mark}{{{run}}}$}}" for run in runs)
