"""What a line of a dump must be to become a row: complete, of the right types, and usable."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any, Final, NoReturn

from sqlalchemy import Column
from sqlalchemy.types import TypeDecorator
from sqlmodel import SQLModel

from readinglist.library.journal.facts import DETAIL
from readinglist.library.journal.found_values import ORIGINS, SUGGESTIONS, Kept
from readinglist.library.journal.pieces import ALIAS
from readinglist.library.journal.values import COLOUR, DISPUTES, DISTINCT, SIGHTINGS, TAGS
from readinglist.models import (
    Alias,
    Awaited,
    Change,
    Dispute,
    Document,
    Edit,
    Lookalike,
    Mark,
    Origin,
    Paper,
    PaperTag,
    Problem,
    SavedSearch,
    Sighting,
    Suggestion,
    Tag,
)
from readinglist.nearest import nearest
from readinglist.records import Status
from readinglist.text import clean_line

MODELS: Final[dict[str, type[SQLModel]]] = {
    str(model.__tablename__): model
    for model in (
        *(Document, Paper, Tag, PaperTag, Sighting, Problem, Lookalike, Mark, Change, Edit),
        *(Alias, Dispute, Origin, Suggestion, Awaited, SavedSearch),
    )
}
_LARGEST: Final = 2**63


class Unfit(Exception):
    """What is wrong with a line, to be said after its number."""


def parse(line: str | bytes) -> Any:
    """The value of a line; anything that JSON can hold, so `Any`."""
    try:
        text = line.decode("utf-8-sig") if isinstance(line, bytes) else line
        return json.loads(text, parse_constant=_no_constant)
    except UnicodeDecodeError:
        raise Unfit("is not UTF-8") from None
    except (ValueError, RecursionError):
        raise Unfit("is not JSON") from None


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def read_row(value: Any) -> tuple[str, dict[str, Any]]:
    """The table and the row that a line holds, complete and of the right types."""
    if not isinstance(value, dict) or len(value) != 1:
        raise Unfit("is not one row of one table")
    ((table, given),) = value.items()
    if table not in MODELS or not isinstance(given, dict):
        raise Unfit(f"holds {clean_line(table)[:40]!r}, which is no table")
    columns = SQLModel.metadata.tables[table].columns
    for name in given:
        if name not in columns:
            near = nearest(name, list(columns.keys()))
            raise Unfit(
                f"has {clean_line(name)[:40]!r}, which is no column of {table}"
                + (f" ({near} is)" if near else "")
            )
    row = {column.name: _value(column, given) for column in columns}
    if table == Edit.__tablename__:
        _check_edit(row)
    return table, row


def _value(column: Column[Any], given: dict[str, Any]) -> Any:
    """What a row gives for a column, or the column's default: a dump may be older than it."""
    if column.name in given:
        _check(column, given[column.name])
        return given[column.name]
    if column.default is not None:
        return getattr(column.default, "arg", None)
    if column.nullable:
        return None
    raise Unfit(f"lacks {column.name}")


def _check(column: Column[Any], value: Any) -> None:
    if value is None and column.nullable:
        return
    kind: Any = _kind(column)  # a plain type would make the checks below narrow `value`
    if type(value) is not kind:
        raise Unfit(f"has a {column.name} that is not {_KINDS[kind]}")
    if kind is int and not -_LARGEST <= value < _LARGEST:
        raise Unfit(f"has a {column.name} that is too large")
    if kind is str and not _is_text(value):
        raise Unfit(f"has a {column.name} with half a character in it")
    means = _MEANINGS.get(f"{column.table.name}.{column.name}")
    if means is not None and not means(value):
        raise Unfit(f"has a {column.name} that makes no sense")


def _kind(column: Column[Any]) -> type:
    """The type of a column's values; SQLModel's own type of text does not say it itself."""
    stored = column.type
    return (stored.impl_instance if isinstance(stored, TypeDecorator) else stored).python_type


def _check_edit(row: dict[str, Any]) -> None:
    """Both sides of an edit must be values that undo and redo can write."""
    columns = SQLModel.metadata.tables["paper"].columns
    for side in ("before", "after"):
        value = parse(row[side])
        if row["field"] in _BESIDE_COLUMNS:
            if not _BESIDE_COLUMNS[row["field"]](value):
                raise Unfit(f"has a {side} that is no list of {row['field']}")
        elif row["field"].startswith(ALIAS):
            if not isinstance(value, bool):
                raise Unfit(f"has a {side} that is neither true nor false")
        elif row["field"].startswith((DETAIL, COLOUR)):
            if not (value is None or (isinstance(value, str) and _is_text(value))):
                raise Unfit(f"has a {side} that is no text")
        elif row["field"] in columns:
            _check(columns[row["field"]], value)
        else:
            raise Unfit("is an edit of a field that papers do not have")


def _are_tags(value: Any) -> bool:
    return (
        isinstance(value, list)
        and all(isinstance(name, str) for name in value)
        and _is_text("".join(value))
    )


def _are_ids(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_id, value))


def _are_sightings(value: Any) -> bool:
    """Whether it is a list of documents and positions, or the paper that has the sightings now."""
    if isinstance(value, list):
        return all(_are_ids(place) and len(place) == 2 for place in value)
    return _is_id(value)


def _is_id(value: Any) -> bool:
    return type(value) is int and 0 <= value < _LARGEST


def _are_origins(value: Any) -> bool:
    """Whether it says by field who filled it in, when, how surely, and with what."""
    return isinstance(value, dict) and all(
        isinstance(origin, list)
        and [*map(type, origin)] == [str, str, float, str]
        and _is_text("".join([field, origin[0], origin[3]]))
        and _is_time(origin[1])
        and _is_json(origin[3])
        for field, origin in value.items()
    )


def _are_suggestions(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_suggestion, value))


def _is_suggestion(value: Any) -> bool:
    if not isinstance(value, list) or [*map(type, value)] != [str, str, str, float, str, str]:
        return False
    kept = Kept(*value)
    return (
        _is_text("".join([*kept.name, kept.record]))
        and _is_time(kept.found)
        and _is_object(kept.record)
        and kept.state in _SUGGESTION_STATES
    )


def _are_disputes(value: Any) -> bool:
    """Whether it is a list of documents, fields, and what was decided on each."""
    return isinstance(value, list) and all(
        isinstance(each, list)
        and [*map(type, each)] == [int, str, str]
        and _is_id(each[0])
        and _is_text(each[1])
        and each[2] in _DISPUTE_STATES
        for each in value
    )


_DISPUTE_STATES: Final = {"open", "taken", "refused"}
_SUGGESTION_STATES: Final = {"open", "accepted", "rejected"}
_BESIDE_COLUMNS: Final[dict[str, Callable[[Any], bool]]] = {
    ORIGINS: _are_origins,
    SUGGESTIONS: _are_suggestions,
    TAGS: _are_tags,
    DISPUTES: _are_disputes,
    DISTINCT: _are_ids,
    SIGHTINGS: _are_sightings,
}


def _is_text(value: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in value)


def _is_time(value: str) -> bool:
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return True


def _is_list(value: str) -> bool:
    try:
        items = parse(value)
    except Unfit:
        return False
    return isinstance(items, list) and all(isinstance(item, str) for item in items)


def _is_json(value: str) -> bool:
    try:
        parse(value)
    except Unfit:
        return False
    return True


def _is_object(value: str) -> bool:
    return _is_json(value) and isinstance(parse(value), dict)


def _are_details(value: str) -> bool:
    """Whether it is a JSON object whose values are texts, and its names too."""
    return _is_object(value) and all(isinstance(text, str) for text in parse(value).values())


_KINDS: Final = {str: "text", int: "a whole number", bool: "true or false", float: "a number"}
_MEANINGS: Final[dict[str, Callable[[str], bool]]] = {
    "document.imported": _is_time,
    "paper.added": _is_time,
    "paper.trashed": _is_time,
    "paper.status": lambda value: value in set(Status),
    "paper.authors": _is_list,
    "paper.urls": _is_list,
    "change.made": _is_time,
    "paper.details": _are_details,
    "change.state": lambda value: value in {"done", "undone", "dropped"},
    "dispute.value": _is_json,
    "dispute.state": lambda value: value in _DISPUTE_STATES,
    "origin.found": _is_time,
    "origin.value": _is_json,
    "suggestion.found": _is_time,
    "suggestion.record": _is_object,
    "suggestion.state": lambda value: value in _SUGGESTION_STATES,
    "awaited.asked": _is_time,
}
