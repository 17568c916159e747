"""When a paper appeared, as both dialects tell it: `date`, or `year` and `month`."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from readinglist.formats.dates import Date, date_in, date_of, month_number
from readinglist.latex_fields import read_field
from readinglist.text import clean_line

_PLAIN_YEAR: Final = re.compile(r"\d{1,4}")
_SOME_YEAR: Final = re.compile(r"(?<!\d)[12]\d{3}(?!\d)")
_ONE_WORD: Final = re.compile(r"[^\W\d_]+\.?|\d{1,2}")
_MONTH_AND_DAY: Final = re.compile(r"[^\W\d_]+\.? \d{1,2}(?:st|nd|rd|th)?|\d{1,2}\.? [^\W\d_]+\.?")
_ISO: Final = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?[?~%]?")
MONTHS: Final = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905 - a table


def taken(fields: dict[str, str]) -> tuple[int | None, dict[str, str]]:
    """Take year and date out of the fields: the year, and what goes beside it."""
    told = {
        name: clean_line(read_field(fields.pop(name, "")))
        for name in ("date", "year", "month", "day")
    }
    found = date_in(told["date"])
    if found.year is not None:
        details = found.details()
        return found.year, details if found.iso() == told["date"] else {
            **details,
            "date": told["date"],
        }
    year, details = _year(told["year"])
    month, day = told["month"], told["day"]
    if _MONTH_AND_DAY.fullmatch(month):
        details |= date_in(f"{month} 2000").details()
    elif month:
        number = month_number(month) if _ONE_WORD.fullmatch(month) else None
        details["month"] = str(number or month)
    if day:
        details.setdefault("day", day.lstrip("0") if day.isdigit() else day)
    if told["date"]:
        details["date"] = told["date"]
    return year, details


def _year(text: str) -> tuple[int | None, dict[str, str]]:
    """A year; where there is none, what is said in its place, such as “in press”."""
    if _PLAIN_YEAR.fullmatch(text):
        return int(text), {}
    if found := _SOME_YEAR.search(text):
        return int(found.group()), {}
    return None, {"pubstate": text} if text else {}


def iso_date(year: int | None, details: dict[str, str]) -> str:
    """Take out of the details what makes a date with the year, and return it for BibLaTeX."""
    if year is None:
        return ""
    exact = details.get("date", "")
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
    return len(ends) <= 2 and all(map(_is_iso_date, ends)) and sorted(ends) == ends


def _is_iso_date(text: str) -> bool:
    found = _ISO.fullmatch(text)
    if found is None:
        return False
    try:
        date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return False
    return True
