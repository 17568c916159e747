"""Formulas whose every sign some programs escape, as Zotero and Springer's pages do."""

from __future__ import annotations

import re
from typing import Final

# Both spell their escapes otherwise than we do; every quantifier is bounded.
_ZOTERO: Final = re.compile(r"\\\$(?=\S)((?:[^$\\]|\\[^$]){1,400}+)(?<=\S)\\\$")
_SPRINGER: Final = re.compile(r"\{\\\$\}\{\\\$\}((?:[^$\\]|\\[^$]){1,400}?)\{\\\$\}\{\\\$\}")
_TELLING: Final = re.compile(r"\{\\(?:textbackslash|textasciicircum)\}")
_ESCAPED: Final = re.compile(r"\{\\([A-Za-z]+)\}|\{\\(?:([_&%#{}])|\^\{\})\}|\\([_&%#{}])")
_SIGNS: Final = {
    "textbackslash": "\\",
    "backslash": "\\",
    "textasciicircum": "^",
    "textasciitilde": "~",
    "textless": "<",
    "textgreater": ">",
    "textbar": "|",
}


def as_formulas(text: str) -> str:
    """The same field with such formulas as LaTeX has them."""
    if r"{\$}{\$}" in text:
        text = _SPRINGER.sub(lambda found: f"${_plain(found[1]).strip()}$", text)
    if r"\$" in text and _TELLING.search(text):
        text = _ZOTERO.sub(_formula, text)
    return text


def _formula(found: re.Match[str]) -> str:
    return f"${_plain(found[1])}$" if _TELLING.search(found[1]) else found.group()


def _plain(formula: str) -> str:
    return _ESCAPED.sub(_sign, formula)


def _sign(found: re.Match[str]) -> str:
    if found[1]:
        return _SIGNS.get(found[1], found.group())
    return found[2] or found[3] or "^"
