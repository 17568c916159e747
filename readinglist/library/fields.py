"""The fields of the query language, one row each: what a value may be, and what it asks of a paper."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Final

from readinglist.errors import QueryError
from readinglist.records import Facet, Status


@dataclass(frozen=True, slots=True)
class Condition:
    """What is asked of a row of `paper`, as SQL with every value bound."""

    sql: str
    parameters: tuple[str | int, ...] = ()


@dataclass(frozen=True, slots=True)
class Value:
    """What stands after the colon.

    `quoted` values are taken literally; an `unfinished` one may still be being typed, and stands
    for everything that starts with it.
    """

    text: str
    quoted: bool = False
    unfinished: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """One field: either a `column` of the full-text index, or a `condition` made from the value.

    A `condition` raises `QueryError` with a position relative to the value. `exactly` is the
    condition for a value chosen from a list rather than typed.
    """

    name: str
    help: str
    column: str = ""
    condition: Callable[[Value], Condition] | None = None
    exactly: Callable[[str], Condition] | None = None


def condition_of(facet: Facet) -> Condition:
    """Return the condition that a chosen facet stands for; its value is not parsed."""
    field = FIELDS.get(facet.field)
    if field is not None and field.exactly is not None:
        return field.exactly(facet.value)
    if field is not None and field.condition is not None:
        return field.condition(Value(facet.value, quoted=True))
    raise QueryError(f"There is no field “{shown(facet.field)}”.")


def nearest(given: str, known: Iterable[str]) -> str | None:
    """The known name that is spelt most like the given one, if any is."""
    from rapidfuzz import fuzz, process  # 18 ms, and only a mistake needs it

    found = process.extractOne(given.casefold(), list(known), scorer=fuzz.ratio, score_cutoff=55)
    return str(found[0]) if found else None


def shown(text: str) -> str:
    """A piece of the query as messages quote it: not too long."""
    return text if len(text) <= 40 else f"{text[:39]}…"


# Names: tags, documents, citation keys


def folded_name(name: str) -> str:
    """Return a name without case and Unicode form, as names are compared."""
    return unicodedata.normalize("NFC", name.casefold())


def matches(pattern: str, name: str) -> bool:
    """Whether a name is as a pattern of `_pattern` asks; SQLite calls this once per name."""
    first, *others = pattern.split("\0")
    name = folded_name(name)
    if not others:
        return name == first
    last = others.pop()
    if not name.startswith(first) or len(name) < len(first) + len(last):
        return False
    at, end = len(first), len(name) - len(last)
    for part in others:
        at = name.find(part, at, end)
        if at < 0:
            return False
        at += len(part)
    return name.endswith(last)


def _pattern(value: Value) -> str:
    """Return the value as a pattern: folded, with NUL where anything may stand."""
    text = folded_name(value.text.replace("\0", ""))
    if not value.quoted:
        text = text.replace("*", "\0")
    return f"{text}\0" if value.unfinished else text


_TAGGED: Final = (
    "paper.id IN (SELECT paper_id FROM paper_tag"
    " WHERE tag_id IN (SELECT id FROM tag WHERE {}))"
)  # fmt: skip
_SEEN_IN: Final = (
    "paper.id IN (SELECT paper_id FROM sighting"
    " WHERE document_id IN (SELECT id FROM document WHERE {}))"
)


def _tag(value: Value) -> Condition:
    pattern = _pattern(value)
    if pattern.endswith("/\0") and not value.quoted:  # the branch, and what it hangs from
        return Condition(
            _TAGGED.format("matches(?, name) OR matches(?, name)"), (pattern, pattern[:-2])
        )
    return Condition(_TAGGED.format("matches(?, name)"), (pattern,))


def _tag_exactly(value: str) -> Condition:
    literal = _tag(Value(value, quoted=True))
    if not value.endswith("/*"):
        return literal
    branch = _tag(Value(value))
    return Condition(f"{literal.sql} OR {branch.sql}", literal.parameters + branch.parameters)


def _source(value: Value) -> Condition:
    pattern = _pattern(value)
    if "*" not in value.text or value.quoted:
        pattern = f"\0{pattern}\0"
    return Condition(_SEEN_IN.format("matches(?, name)"), (pattern,))


def _source_exactly(value: str) -> Condition:
    return Condition(_SEEN_IN.format("name = ?"), (value,))


def _key(value: Value) -> Condition:
    return Condition("matches(?, paper.key)", (_pattern(value),))


# Words from a fixed list


def _one_of(kind: str, table: dict[str, Condition]) -> Callable[[Value], Condition]:
    folded = {_plain(name): condition for name, condition in table.items()}

    def condition(value: Value) -> Condition:
        plain = _plain(value.text)
        if plain in folded:
            return folded[plain]
        started = [name for name in folded if value.unfinished and name.startswith(plain)]
        if started:
            return Condition(
                " OR ".join(f"({folded[name].sql})" for name in started),
                tuple(p for name in started for p in folded[name].parameters),
            )
        known = nearest(value.text, table)
        raise QueryError(
            f"{kind}: does not know “{shown(value.text)}”.",
            hint=f"Did you mean {kind}:{known}?" if known else f"It knows {', '.join(table)}.",
        )

    return condition


def _plain(name: str) -> str:
    return re.sub(r"[\s_-]+", "", name.casefold())


_STATUSES: Final = {str(status): Condition("paper.status = ?", (status.value,)) for status in Status}
_TAGGED_AT_ALL: Final = Condition("paper.id IN (SELECT paper_id FROM paper_tag)")
_IS: Final = {
    "starred": Condition("paper.starred"),
    "untagged": Condition("paper.id NOT IN (SELECT paper_id FROM paper_tag)"),
    "tagged": _TAGGED_AT_ALL,
    **_STATUSES,
}
_HAS: Final = {
    "note": Condition("paper.note IS NOT NULL AND paper.note <> ''"),
    "abstract": Condition("paper.abstract IS NOT NULL AND paper.abstract <> ''"),
    "authors": Condition("paper.authors <> '[]'"),
    "author": Condition("paper.authors <> '[]'"),
    "year": Condition("paper.year IS NOT NULL"),
    "venue": Condition("paper.venue IS NOT NULL AND paper.venue <> ''"),
    "doi": Condition("paper.doi IS NOT NULL AND paper.doi <> ''"),
    "arxiv": Condition("paper.arxiv_id IS NOT NULL AND paper.arxiv_id <> ''"),
    "urls": Condition("paper.urls <> '[]'"),
    "url": Condition("paper.urls <> '[]'"),
    "link": Condition("paper.urls <> '[]'"),
    "tags": _TAGGED_AT_ALL,
    "tag": _TAGGED_AT_ALL,
}

# Numbers and dates

_RANGE: Final = re.compile(r"(?P<first>.*?)\.\.(?P<last>.*)", re.DOTALL)
_COMPARED: Final = re.compile(r"(?P<sign>>=|<=|[><=])?(?P<operand>.*)", re.DOTALL)
_DATE: Final = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


@dataclass(frozen=True, slots=True)
class _Bound:
    """A typed number or date as what it spans: from `start`, up to but without `end`."""

    start: str | int
    end: str | int


_Read = Callable[[str, int], _Bound]


def _measured(column: str, read: _Read) -> Callable[[Value], Condition]:
    """Return the reader of `v`, `>v`, `>=v`, `<v`, `<=v`, `a..b`, `a..` and `..b`."""

    def condition(value: Value) -> Condition:
        if spread := _RANGE.fullmatch(value.text):
            return between(spread["first"], spread["last"], spread.start("last"))
        compared = _COMPARED.fullmatch(value.text)
        assert compared is not None  # noqa: S101 (the pattern matches every string)
        bound = read(compared["operand"], compared.start("operand"))
        side = {
            ">": (f"{column} >= ?", (bound.end,)),
            ">=": (f"{column} >= ?", (bound.start,)),
            "<": (f"{column} < ?", (bound.start,)),
            "<=": (f"{column} < ?", (bound.end,)),
        }
        within = (f"{column} >= ? AND {column} < ?", (bound.start, bound.end))
        return Condition(*side.get(compared["sign"] or "=", within))

    def between(first: str, last: str, at: int) -> Condition:
        clauses: list[tuple[str, str | int]] = []
        if first:
            clauses.append((f"{column} >= ?", read(first, 0).start))
        if last:
            clauses.append((f"{column} < ?", read(last, at).end))
        if not clauses:
            raise QueryError(
                "A range needs a beginning or an end.", hint="Write 2020..2024, 2020.. or ..2024."
            )
        return Condition(" AND ".join(c for c, _ in clauses), tuple(bound for _, bound in clauses))

    return condition


def _whole_number(text: str, at: int) -> _Bound:
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 9):
        raise QueryError(
            f"“{shown(text)}” is not a whole number.",
            position=at,
            hint="Write 3, >3, <=3 or 3..5.",
        )
    return _Bound(int(digits), int(digits) + 1)


def _year(text: str, at: int) -> _Bound:
    try:
        bound = _whole_number(text, at)
    except QueryError:
        raise QueryError(
            f"“{shown(text)}” is not a year.",
            position=at,
            hint="Write 2023, 2020..2024, >2020 or <=2020.",
        ) from None
    return bound


def _day(text: str, at: int) -> _Bound:
    """Read a year, a month or a day; times in the library are UTC, so days are too."""
    today = datetime.now(timezone.utc).date()  # noqa: UP017 (`datetime.UTC` reads no better)
    named = {"today": today, "yesterday": today - timedelta(days=1)}
    word = text.strip().casefold()
    try:
        if word in named:
            return _days(named[word], named[word] + timedelta(days=1))
        if parts := _DATE.fullmatch(word):
            return _span(*(int(part) if part else None for part in parts.groups()))
    except (ValueError, OverflowError):
        pass
    raise QueryError(
        f"“{shown(text)}” is not a date.",
        position=at,
        hint="Write 2026, 2026-01, 2026-01-31, today or yesterday.",
    )


def _span(year: int | None, month: int | None, day: int | None) -> _Bound:
    first = date(year or 0, month or 1, day or 1)
    if day:
        return _days(first, first + timedelta(days=1))
    if month:
        return _days(first, (first.replace(day=1) + timedelta(days=32)).replace(day=1))
    return _days(first, first.replace(year=first.year + 1))


def _days(first: date, after: date) -> _Bound:
    return _Bound(first.isoformat(), after.isoformat())


_SEEN: Final = (
    "(SELECT count(DISTINCT document_id) FROM sighting WHERE paper_id = paper.id)"
)  # fmt: skip

FIELDS: Final[dict[str, Field]] = {
    field.name: field
    for field in (
        Field("title", "words in the title", column="title"),
        Field("abstract", "words in the abstract", column="abstract"),
        Field("note", "words in your note", column="note"),
        Field("author", "words in the authors' names", column="author"),
        Field("tag", "a tag, or a branch: rl/*", condition=_tag, exactly=_tag_exactly),
        Field("status", "one of the statuses", condition=_one_of("status", _STATUSES)),
        Field(
            "source", "a document's name, or part", condition=_source, exactly=_source_exactly
        ),
        Field("year", "2023, 2020..2024, >2020", condition=_measured("paper.year", _year)),
        Field("added", "2026-01, >2026-01-15", condition=_measured("paper.added", _day)),
        Field("seen", "how many documents: >3", condition=_measured(_SEEN, _whole_number)),
        Field("has", "note, abstract, doi, urls…", condition=_one_of("has", _HAS)),
        Field("is", "starred, untagged…", condition=_one_of("is", _IS)),
        Field("key", "a citation key", condition=_key),
    )
}
