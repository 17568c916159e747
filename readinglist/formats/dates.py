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
_PLAIN: Final = re.compile(r"(\d{1,4})|(\d{4})[a-z]")  # the letter tells entries apart
_BASIC: Final = re.compile(r"([12]\d{3})([01]\d)([0-3]\d)")
_ABOUT: Final = re.compile(
    r"(?:~|ca?\.?|circa|about|around)\s{0,9}(\d{4})|(\d{4})\s{0,9}~", re.IGNORECASE
)
_SPAN: Final = re.compile(r"(\d{4})\s{0,9}(?:--?|[\u2010-\u2015]|/)\s{0,9}(\d{4})")
# What ISO 8601-2 has for dates that are not known to the day: `1850?`, `199X`, `2020-21`, `-0044`.
_VAGUE: Final = re.compile(r"-?\d{4}(?:-\d\d(?:-\d\d)?)?[?~%]?|\d{3}X|\d\dXX|\.\.|")
_NO_DATE: Final = re.compile(
    r"\W*(?:n\W*d|s\W*[ad]|no date|undated)\W*|.*\d.*|\W+", re.IGNORECASE | re.DOTALL
)


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


def told(text: str) -> tuple[int | None, dict[str, str]]:
    """The year that a text tells, and by BibLaTeX's names what else it says, such as “in press”.

    What is vaguer than a date, or more, is kept as `date`: as ISO 8601-2 has it if that is known.
    """
    text = text.strip()
    if not text:
        return None, {}
    if plain := _PLAIN.fullmatch(text):
        return int(plain[1] or plain[2]) or None, {}
    text = _BASIC.sub(r"\1-\2-\3", text) if _BASIC.fullmatch(text) else text
    found = date_in(text)
    if found.year is None and not is_vague(text) and not _NO_DATE.fullmatch(text):
        return None, {"pubstate": text}
    if (found.iso() or text) == text or _says_no_more(text, found):
        return found.year, found.details() if found.year is not None else {"date": text}
    return found.year, {**found.details(), "date": _vaguely(text)}


def is_vague(text: str) -> bool:
    """Whether a text is a date as ISO 8601-2 has it, or two of them with a stroke between."""
    ends = text.split("/")
    return bool(text.strip("/.")) and len(ends) <= 2 and all(map(_VAGUE.fullmatch, ends))


def _vaguely(text: str) -> str:
    if about := _ABOUT.fullmatch(text):
        return f"{about[1] or about[2]}~"
    if span := _SPAN.fullmatch(text):
        return f"{span[1]}/{span[2]}"
    return text


def _says_no_more(text: str, found: Date) -> bool:
    """Whether a text in words holds a date and nothing else."""
    numbers = {part.lstrip("0") for part in re.findall(r"\d+", text)}
    parts = {str(part) for part in found if part}
    words = re.findall(r"[^\W\d_]+", text)
    spelt = all(map(month_number, words)) and len(words) <= (found.month is not None)
    return spelt and numbers <= parts and not re.search(r"[^\w\s,./-]|^\W|/$|\.\.", text)


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
