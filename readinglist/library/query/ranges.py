"""Numbers and dates in queries: `2023`, `>2020`, `2020..2024`, `added:2026-01`."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Final, NamedTuple

from readinglist.errors import QueryError
from readinglist.library.query.conditions import Condition, Value, shown

_RANGE: Final = re.compile(r"(?P<first>.*?)\.\.(?P<last>.*)", re.DOTALL)
_COMPARED: Final = re.compile(r"(?P<sign>>=|<=|[><=]|)(?P<operand>.*)", re.DOTALL)
_DATE: Final = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
HALF_A_YEAR: Final = re.compile(r"(?<!\d)\d{1,3}\Z")


class Span(NamedTuple):
    """A typed number or date: everything from `start` up to, but without, `end`."""

    start: str | int
    end: str | int


# Reads a number or date that stands so many characters into the value.
SpanReader = Callable[[str, int], Span]


def measured(
    column: str, read: SpanReader, half_typed: re.Pattern[str] | None = None
) -> Callable[[Value], Condition]:
    """Return the reader of `v`, `=v`, `>v`, `>=v`, `<v`, `<=v`, `a..b`, `a..` and `..b`.

    An unfinished value that looks `half_typed` asks for nothing yet.
    """

    def condition(value: Value) -> Condition:
        if value.unfinished and half_typed and half_typed.search(value.text):
            raise QueryError(f"“{shown(value.text)}” is not finished.")
        if spread := _RANGE.fullmatch(value.text):
            return between(spread["first"], spread["last"], spread.start("last"))
        compared = _COMPARED.fullmatch(value.text)
        assert compared is not None  # noqa: S101 (the pattern matches every string)
        span = read(compared["operand"], compared.start("operand"))
        within = Condition(f"{column} >= ? AND {column} < ?", (span.start, span.end))
        return {
            ">": Condition(f"{column} >= ?", (span.end,)),
            ">=": Condition(f"{column} >= ?", (span.start,)),
            "<": Condition(f"{column} < ?", (span.start,)),
            "<=": Condition(f"{column} < ?", (span.end,)),
        }.get(compared["sign"], within)

    def between(first: str, last: str, at: int) -> Condition:
        bounds: list[tuple[str, str | int]] = []
        if first:
            bounds.append((f"{column} >= ?", read(first, 0).start))
        if last:
            bounds.append((f"{column} < ?", read(last, at).end))
        if not bounds:
            raise QueryError(
                "A range needs a beginning or an end.", hint="Write 2020..2024, 2020.. or ..2024."
            )
        return Condition(
            " AND ".join(sql for sql, _ in bounds), tuple(bound for _, bound in bounds)
        )

    return condition


def whole_number(text: str, at: int) -> Span:
    """Read how many."""
    return _number(text, at, "a whole number", "Write 3, >3, <=3 or 3..5.")


def year(text: str, at: int) -> Span:
    """Read a year."""
    return _number(text, at, "a year", "Write 2023, 2020..2024, >2020 or <=2020.")


def day(text: str, at: int) -> Span:
    """Read a year, a month or a day; times in the library are UTC, so days are too."""
    today = datetime.now(UTC).date()
    word = text.strip().casefold()
    try:
        if word in ("today", "yesterday"):
            first = today - timedelta(days=word == "yesterday")
            return _days(first, first + timedelta(days=1))
        if parts := _DATE.fullmatch(word):
            return _calendar(*(int(part) if part else 0 for part in parts.groups()))
    except (ValueError, OverflowError):
        pass
    raise QueryError(
        f"“{shown(text)}” is not a date.",
        position=at,
        hint="Write 2026, 2026-01, 2026-01-31, today or yesterday.",
    )


def _number(text: str, at: int, what: str, hint: str) -> Span:
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 9):
        raise QueryError(f"“{shown(text)}” is not {what}.", position=at, hint=hint)
    return Span(int(digits), int(digits) + 1)


def _calendar(year: int, month: int, day: int) -> Span:
    first = date(year, month or 1, day or 1)
    if day:
        return _days(first, first + timedelta(days=1))
    if month:
        return _days(first, (first + timedelta(days=31)).replace(day=1))
    return _days(first, first.replace(year=year + 1))


def _days(first: date, after: date) -> Span:
    return Span(first.isoformat(), after.isoformat())
