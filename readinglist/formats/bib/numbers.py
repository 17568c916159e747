"""ISBN and ISSN, whose last digit checks the others."""

from __future__ import annotations

import re
from typing import Final

_TEN: Final = re.compile(r"\d{9}[\dX]")
_THIRTEEN: Final = re.compile(r"97[89]\d{10}")
_EIGHT: Final = re.compile(r"\d{4}-?\d{3}[\dX]")


def is_isbn(text: str) -> bool:
    """Whether a text is one ISBN, of ten or thirteen digits."""
    digits = text.replace("-", "").replace(" ", "")
    if _TEN.fullmatch(digits):
        return _sum(digits) % 11 == 0
    if _THIRTEEN.fullmatch(digits):
        return sum(int(d) * (3 if place % 2 else 1) for place, d in enumerate(digits)) % 10 == 0
    return False


def is_issn(text: str) -> bool:
    """Whether a text is one ISSN."""
    return _EIGHT.fullmatch(text) is not None and _sum(text.replace("-", "")) % 11 == 0


def _sum(digits: str) -> int:
    """The digits, each times its distance from the end; X is ten."""
    values = (10 if digit == "X" else int(digit) for digit in digits)
    return sum(value * (len(digits) - place) for place, value in enumerate(values))
