"""Dates as people and programs write them, down to the day where they say so."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_MONTHS: Final = [
    "jan",
    "feb",
    "mar",
    "apr",
    "may",
    "jun",
    "jul",
    "aug",
    "sep",
    "oct",
    "nov",
    "dec",
]
_YEAR: Final = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")
_NUMBERS: Final = re.compile(
    r"(\d{4})(?:[-/](\d{1,2})?(?:[-/](\d{1,2})?)?)?(?:/.*|[T ]\d\d:.*)?", re.DOTALL
)
_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_DAY: Final = re.compile(r"(?<!\d)\d{1,2}(?!\d)")


class Date(NamedTuple):
    """A date as far as it is known."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def details(self) -> dict[str, str]:
        """What goes beside the year, by BibLaTeX's names."""
        parts = {"month": self.month, "day": self.day if self.month else None}
        return {name: str(part) for name, part in parts.items() if part}

    def iso(self) -> str:
        """`2024-05-03`, `2024-05` or `2024`; nothing without a year."""
        if self.year is None:
            return ""
        parts = [f"{self.year:04}"]
        if self.month:
            parts.append(f"{self.month:02}")
            if self.day:
                parts.append(f"{self.day:02}")
        return "-".join(parts)


def date_of(year: int | None, details: dict[str, str]) -> Date:
    """The date of a paper from its year, and from what else is known of it."""
    month = month_number(details.get("month", ""))
    return Date(year, month, _within(details.get("day"), 31) if month else None)


def date_in(text: str) -> Date:
    """The date that a text such as `2024-05-03`, `2024/05/03/` or `3 May 2024` holds."""
    text = text.strip()
    if found := _NUMBERS.fullmatch(text):
        month = _within(found[2], 12)
        return Date(int(found[1]) or None, month, _within(found[3], 31) if month else None)
    found = _YEAR.search(text)
    if found is None:
        return Date()
    rest = text[: found.start()] + " " + text[found.end() :]
    month = next(filter(None, map(month_number, _WORD.findall(rest))), None)
    day = _DAY.search(rest) if month else None
    return Date(int(found.group()), month, _within(day and day.group(), 31))


def month_number(text: str) -> int | None:
    """The month that a number or a name, which may be cut short, stands for."""
    text = text.strip().lower().rstrip(".")
    if text.isascii() and text.isdigit():
        return _within(text, 12)
    return _MONTHS.index(text[:3]) + 1 if text[:3] in _MONTHS else None


def _within(text: str | None, most: int) -> int | None:
    if not text or not text.isascii() or not text.isdigit() or len(text) > 2:
        return None
    return int(text) if 1 <= int(text) <= most else None
