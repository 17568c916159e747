"""The fields of the query language, one row each: what a value may be, and what it asks."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from readinglist.errors import QueryError
from readinglist.library.query import names, ranges
from readinglist.library.query.conditions import Condition, Value, combined, shown
from readinglist.nearest import nearest
from readinglist.records import Facet, Status


class Field(NamedTuple):
    """One field: either a `column` of the full-text index, or a `condition` made from the value.

    `takes` completes "It takes …", and `values` are all that it takes, if these are few.
    A `condition` raises `QueryError` with a position relative to the value. `exactly` is the
    condition for a value that was chosen from a list, not typed.
    """

    name: str
    takes: str
    column: str = ""
    condition: Callable[[Value], Condition] | None = None
    exactly: Callable[[str], Condition] | None = None
    values: tuple[str, ...] = ()


def condition_of(facet: Facet) -> Condition:
    """Return the condition that a chosen facet stands for; its value is not parsed."""
    value = facet.value.encode(errors="replace").decode()
    field = FIELDS.get(facet.field)
    if field is not None and field.exactly is not None:
        return field.exactly(value)
    if field is not None and field.condition is not None:
        return field.condition(Value(value, quoted=True))
    raise QueryError(f"{shown(facet.field)!r} is no field to filter by.")


def _one_of(kind: str, table: Mapping[str, Condition]) -> Callable[[Value], Condition]:
    """Return the reader of a word from a list, whatever its case and dashes."""
    folded = {_plain(name): condition for name, condition in table.items()}

    def condition(value: Value) -> Condition:
        word = _plain(value.text)
        if word in folded:
            return folded[word]
        begun = [folded[name] for name in folded if value.unfinished and name.startswith(word)]
        if begun:
            return begun[0] if len(begun) == 1 else combined("OR", begun)
        known = nearest(value.text, table)
        raise QueryError(
            f"{kind}: does not know “{shown(value.text)}”.",
            hint=f"Did you mean {kind}:{known}?" if known else f"It knows {', '.join(table)}.",
        )

    return condition


def _choice(name: str, table: Mapping[str, Condition]) -> Field:
    return Field(name, ", ".join(table), condition=_one_of(name, table), values=tuple(table))


def _plain(name: str) -> str:
    return re.sub(r"[\s_-]+", "", name.casefold())


def _given(column: str) -> Condition:
    return Condition(f"paper.{column} IS NOT NULL AND paper.{column} NOT IN ('', '[]')")


_STATUSES: Final = {
    str(status): Condition("paper.status = ?", (status.value,)) for status in Status
}
# The few papers of these kinds are looked up by an index of their own; no row is read for it.
_TRASH: Final = "(SELECT id FROM paper AS gone WHERE gone.trashed IS NOT NULL)"
_STARS: Final = "(SELECT id FROM paper AS liked INDEXED BY paper_starred WHERE liked.starred)"
_NOTES: Final = """(SELECT id FROM paper AS noted INDEXED BY paper_noted
    WHERE noted.note IS NOT NULL AND noted.note <> '')"""
PRESENT: Final = Condition(f"paper.id NOT IN {_TRASH}")
# A paper that was merged into another stays out of sight, even where the trash is asked for.
KNOWN: Final = Condition("paper.merged_into IS NULL")
TRASHED: Final = Condition(f"paper.id IN {_TRASH} AND {KNOWN.sql}")
_TAGGED: Final = Condition("paper.id IN (SELECT paper_id FROM paper_tag)")
_IS: Final = {
    "starred": Condition(f"paper.id IN {_STARS}"),
    "untagged": Condition("paper.id NOT IN (SELECT paper_id FROM paper_tag)"),
    "tagged": _TAGGED,
    "trashed": TRASHED,
    **_STATUSES,
}
_HAS: Final = {
    "note": Condition(f"paper.id IN {_NOTES}"),
    "abstract": _given("abstract"),
    "tag": _TAGGED,
    "tags": _TAGGED,
    "url": _given("urls"),
    "urls": _given("urls"),
    "link": _given("urls"),
    "doi": _given("doi"),
    "arxiv": _given("arxiv_id"),
    "author": _given("authors"),
    "authors": _given("authors"),
    "year": _given("year"),
    "venue": _given("venue"),
    "suggestion": Condition(
        "paper.id IN (SELECT paper_id FROM suggestion WHERE suggestion.state = 'open')"
    ),
}
_SEEN: Final = "(SELECT count(DISTINCT document_id) FROM sighting WHERE paper_id = paper.id)"

FIELDS: Final[dict[str, Field]] = {
    field.name: field
    for field in (
        Field("title", "words of the title", column="title"),
        Field("abstract", "words of the abstract", column="abstract"),
        Field("note", "words of your note", column="note"),
        Field("author", "an author's name", column="author"),
        Field(
            "tag", "a tag, or a branch such as rl/*",
            condition=names.tag, exactly=names.tag_exactly,
        ),
        _choice("status", _STATUSES),
        Field(
            "source", "a document's name, or a part of it",
            condition=names.source, exactly=names.source_exactly,
        ),
        Field(
            "year", "a year, such as 2023, 2020..2024 or >2020",
            condition=ranges.measured("paper.year", ranges.year, ranges.HALF_A_YEAR),
        ),
        Field(
            "added", "a day or month, such as 2026-01-31 or >2026-01",
            condition=ranges.measured("paper.added", ranges.day),
        ),
        Field(
            "seen", "the number of documents, such as 2 or >3",
            condition=ranges.measured(_SEEN, ranges.whole_number),
        ),
        _choice("has", _HAS),
        _choice("is", _IS),
        Field("key", "a citation key", condition=names.key),
    )
}  # fmt: skip
