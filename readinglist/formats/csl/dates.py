"""Dates as CSL has them: in parts, of which there may be two, in a season, or in words."""

from __future__ import annotations

import re
from typing import Any, Final

from readinglist.formats.csl.fields import line
from readinglist.formats.dates import Date, date_in, date_of, told

_SEASONS: Final = 20  # ISO 8601-2 numbers them from 21, where the month stands
_PART: Final = re.compile(r"(-?)(\d{1,4})")
_EXACT: Final = re.compile(r"(-?\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def read(value: object) -> tuple[int | None, dict[str, str]]:
    """The year of a date, and what goes beside it."""
    if not isinstance(value, dict):
        return told(line(value))
    parts = value.get("date-parts")
    ends = [end for each in parts if (end := _iso(each))] if isinstance(parts, list) else []
    if not ends:
        said = (line(value.get(name)) for name in ("edtf", "raw", "literal"))
        return told(next(filter(None, said), ""))
    return told(_with_season("/".join(ends[:2]), value))


def _with_season(text: str, value: dict[str, Any]) -> str:
    season = line(value.get("season"))
    if season in ("1", "2", "3", "4") and len(text) == len("2020"):
        text = f"{text}-{_SEASONS + int(season)}"
    elif season:
        return f"{season} {text}"
    return f"{text}~" if value.get("circa") and "/" not in text else text


def _iso(parts: object) -> str:
    """One date of CSL's in the form of ISO 8601, as far as its parts are numbers."""
    numbers: list[re.Match[str]] = []
    for part in parts[:3] if isinstance(parts, list) else ():
        found = _PART.fullmatch(line(part))
        if found is None or not int(found[2]):
            break
        numbers.append(found)
    if not numbers:
        return ""
    rest = (f"-{int(each[2]):02}" for each in numbers[1:])
    return "".join([numbers[0][1], f"{int(numbers[0][2]):04}", *rest])


def write(year: int | None, details: dict[str, str]) -> dict[str, Any] | None:
    """A paper's date; what it tells is taken out of the details."""
    exact = details.get("date", "")
    found = _written(exact) if exact else None
    if found is not None and read(found) == (year, _told_by(exact, details)):
        for name in ("date", "month", "day"):
            details.pop(name, None)
        return found
    if year is None:
        return None
    date = date_of(year, details)
    for name in date.details():
        del details[name]
    return of(date)


def _told_by(exact: str, details: dict[str, str]) -> dict[str, str]:
    return {"date": exact} | {
        name: text for name, text in details.items() if name in ("day", "month")
    }


def _written(text: str) -> dict[str, Any]:
    """A date of ISO 8601-2, or one in words."""
    bare = text.removesuffix("~")
    ends = [_EXACT.fullmatch(end) for end in bare.split("/")]
    if any(end is None for end in ends):
        return {"literal": text}
    parts = [[int(part) for part in end.groups() if part] for end in ends if end]
    if len(parts[0]) > 1 and parts[0][1] > _SEASONS:
        return {"date-parts": [parts[0][:1]], "season": parts[0][1] - _SEASONS}
    return {"date-parts": parts, **({"circa": True} if bare != text else {})}


def of(date: Date) -> dict[str, Any]:
    """A plain date."""
    parts = [date.year, date.month, date.day]
    while parts and parts[-1] is None:
        parts.pop()
    return {"date-parts": [parts]}


def day(value: object) -> str:
    """A date as ISO 8601 has it, as far as it is known."""
    year, beside = read(value)
    return date_of(year, beside).iso() or date_in(line(value)).iso()
