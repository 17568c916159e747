"""When a paper appeared, as both dialects tell it: `date`, or `year` and `month`."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from readinglist.formats.dates import Date, date_in, date_of, is_vague, month_number, told
from readinglist.latex.fields import read_field
from readinglist.text import clean_line

_ONE_WORD: Final = re.compile(r"[^\W\d_]+\.?|\d{1,2}")
_MONTH_AND_DAY: Final = re.compile(r"[^\W\d_]+\.? \d{1,2}(?:st|nd|rd|th)?|\d{1,2}\.? [^\W\d_]+\.?")
_ISO: Final = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?[?~%]?")
SEASONS: Final = range(21, 25)  # which stand where the month does
MONTHS: Final = [
    *("jan", "feb", "mar", "apr", "may", "jun"),
    *("jul", "aug", "sep", "oct", "nov", "dec"),
]


def taken(fields: dict[str, str]) -> tuple[int | None, dict[str, str]]:
    """Take year and date out of the fields: the year, and what goes beside it."""
    written = {name: fields.pop(name, "") for name in ("date", "year", "month", "day")}
    whole = _text(written["date"])
    if whole and (date_in(whole).year is not None or not written["year"].strip()):
        return told(whole)
    year, details = told(_text(written["year"]))
    month, day = _text(written["month"]), _text(written["day"])
    if _MONTH_AND_DAY.fullmatch(month):
        details |= date_in(f"{month} 2000").details()
    elif month:
        number = month_number(month) if _ONE_WORD.fullmatch(month) else None
        details["month"] = str(number or month)
    if day:
        details.setdefault("day", day.lstrip("0") if day.isdigit() else day)
    if whole:
        details["date"] = whole
    return year, details


def _text(raw: str) -> str:
    """What a field says; `~` in a date is no space."""
    bare = raw.strip().strip("{}")
    return bare if is_vague(bare) else clean_line(read_field(raw))


def iso_date(year: int | None, details: dict[str, str]) -> str:
    """Take out of the details what makes a date with the year, and return it for BibLaTeX."""
    exact = details.get("date", "")
    if year is None:
        return details.pop("date") if is_iso(exact) and told(exact)[0] is None else ""
    if is_iso(exact) and exact.startswith(f"{year:04}"):
        del details["date"]
        for name in ("month", "day"):
            details.pop(name, None)
        return exact
    found = _known(year, details)
    for name in found.details():
        del details[name]
    return found.iso()


def month_macro(year: int | None, details: dict[str, str]) -> str:
    """Take the month out of the details and return its name in every style; "" if there is none."""
    found = Date() if year is None else _known(year, details)
    if not found.month:
        return ""
    del details["month"]
    return MONTHS[found.month - 1]


def _known(year: int, details: dict[str, str]) -> Date:
    """The date as far as it is written in numbers, and there is such a day."""
    found = date_of(year, details)
    if str(found.month) != details.get("month"):
        return Date(year)
    if str(found.day) != details.get("day") or not is_iso(found.iso()):
        return Date(year, found.month)
    return found


def is_iso(text: str) -> bool:
    """Whether a text is a date, or two with a stroke between, in the form of ISO 8601."""
    ends = text.split("/")
    exact = [found for found in map(_ISO.fullmatch, ends) if found]
    in_order = len(exact) < len(ends) or sorted(ends) == ends
    return is_vague(text) and in_order and all(map(_is_day, exact))


def _is_day(found: re.Match[str]) -> bool:
    year, month, day = (int(part or 1) for part in found.groups())
    if month in SEASONS:
        return found[3] is None
    try:
        date(year or 1, month, day)
    except ValueError:
        return False
    return True
