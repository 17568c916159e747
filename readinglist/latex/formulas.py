"""Formulas that every LaTeX document typesets and every converter of bibliographies shows."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from readinglist.latex.symbols import FONTS, GREEK, IN_EVERY_DOCUMENT, NEAREST, SIGN_ACCENTS

_COMMAND: Final = re.compile(r"\\([A-Za-z]+)")
_TOKEN: Final = re.compile(r"\\[A-Za-z]+|\\.|[^\s\\]")
_HARMFUL: Final = re.compile(r"\\(?![A-Za-z,;:!{}|& ])|[#%&~]|[^\x20-\x7e]")
_LIMITS: Final = re.compile(r"\\(sum|prod)(?=\s*[_^])")
_FRACTION: Final = re.compile(r"\\[dt]?frac\s*\{([^{}]+)\}\s*\{([^{}]+)\}")
_ROOT: Final = re.compile(r"\\sqrt\s*\{([^{}]+)\}")
_ACCENTED: Final = re.compile(rf"\\(?:{'|'.join(SIGN_ACCENTS)})(?![A-Za-z])")
_ONE_SIGN: Final = re.compile(rf"\s*\{{(?:[A-Za-z0-9]|\\(?:{'|'.join(GREEK)}))\}}")
# What may have both an index and an exponent; other operators would have limits.
_LETTERS: Final = frozenset(f"\\{name}" for name in GREEK) | frozenset(
    (r"\int", r"\infty", r"\ell", r"\nolimits", r"\hbar", r"\nabla", r"\partial")
)
_GROUP: Final = "{}"


def portable(formula: str) -> str | None:
    """Return a formula with commands that are known everywhere; None if it needs others.

    A fraction is written with a stroke, and a root as a power, as converters cannot draw them.
    """
    formula = _FRACTION.sub(lambda match: f"{_term(match[1])}/{_term(match[2])}", formula)
    formula = _ROOT.sub(lambda match: f"{_term(match[1])}^{{1/2}}", formula)
    formula = _COMMAND.sub(lambda match: f"\\{NEAREST.get(match[1], match[1])}", formula)
    formula = _LIMITS.sub(r"\\\1\\nolimits", formula)
    known = all(name in IN_EVERY_DOCUMENT for name in _COMMAND.findall(formula))
    if not known or _HARMFUL.search(formula):
        return None
    accents = _ACCENTED.finditer(formula)
    on_signs = all(_ONE_SIGN.match(formula, accent.end()) for accent in accents)
    return formula if on_signs and _is_sound(formula) else None


def _term(formula: str) -> str:
    formula = formula.strip()
    return formula if formula.isalnum() else f"({formula})"


class _Atom(NamedTuple):
    """What scripts are put to: those it has, and whether one, or an argument, is to follow."""

    base: str = ""
    scripts: str = ""
    begun: bool = False
    needy: bool = False

    def is_whole(self) -> bool:
        return not self.begun and not self.needy

    def taking(self, sign: str) -> _Atom | None:
        """Return what it is behind one more sign or command, or None if that is not allowed."""
        needy = sign[1:] in FONTS or sign[1:] in SIGN_ACCENTS
        if self.needy or (self.begun and (needy or sign in "^_'")):
            return None
        if sign in "^_'":
            return self._scripted(sign)
        return self._replace(begun=False) if self.begun else _Atom(sign, needy=needy)

    def _scripted(self, sign: str) -> _Atom | None:
        mark = "^" if sign == "'" else sign
        both = bool(self.scripts.replace(mark, ""))
        if mark in self.scripts or (both and not self._may_have_both()):
            return None
        return self if sign == "'" else self._replace(scripts=self.scripts + sign, begun=True)

    def _may_have_both(self) -> bool:
        return (
            self.base in _LETTERS or self.base == _GROUP or self.base.isalnum() or self.base == ")"
        )

    def with_group(self) -> _Atom:
        """Return what it is behind a group in braces."""
        return self._replace(begun=False) if self.begun else _Atom(_GROUP)


def _is_sound(formula: str) -> bool:
    """Whether every brace, script and argument of a formula is where TeX wants it."""
    around: list[_Atom] = []
    atom = _Atom()
    for sign in _TOKEN.findall(formula):
        if sign == "{":
            around.append(atom)
            atom = _Atom()
        elif sign == "}":
            if not around or not atom.is_whole():
                return False
            atom = around.pop().with_group()
        elif (taken := atom.taking(sign)) is None:
            return False
        else:
            atom = taken
    return not around and atom.is_whole()
