"""The members of a JSON object that tell of a paper, under the names that programs give them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Final

from readinglist.citekeys import is_former, kept
from readinglist.formats.dates import told
from readinglist.identifiers import normal_arxiv
from readinglist.records import Details, Record, Status
from readinglist.text import clean, clean_line

_LONGEST: Final = 1_000_000  # characters of a text; nobody could read a longer one here
_LONGEST_YEAR: Final = 4
_STATUSES: Final = {str(status): status for status in Status}
_LIST_OF_NAMES: Final = re.compile(r" ?; ?|,? and ")
_FAMILY_FIRST: Final = re.compile(r"[^,]+,[^,]+")
_LONGEST_NAME: Final = 40
_DETAIL: Final = re.compile(rf"[a-z][a-z0-9_:+.-]{{0,{_LONGEST_NAME - 1}}}")
_INITIALS: Final = re.compile(r"(?:\w\.[ -]?)+")


def is_csl(members: dict[str, Any]) -> bool:
    """Whether an object is one of CSL's, whose people and dates are objects too."""
    people = members.get("author")
    named = isinstance(people, list) and bool(people) and isinstance(people[0], dict)
    return named or isinstance(members.get("issued"), dict) or "container-title" in members


class Unfit(Exception):
    """Why a line is no paper, to be said after its number."""


def record_of(members: dict[str, Any], line: int) -> Record:
    """What an object says of a paper; `Unfit` if it has no title, or a member of a wrong type.

    Members that are not known mean nothing.
    """
    title = _line("title", members.get("title"))
    if not title:
        raise Unfit("has no title")
    facts: dict[str, Any] = {"title": title, "line": line}
    for name, value in members.items():
        known = _MEMBERS.get(name)
        if known is None or value is None:
            continue
        field, read, first = known
        found = read(name, value)
        if found is not None and (first or not facts.get(field)):
            facts[field] = found
    if beside := _beside_year(members.get("year")):
        facts["details"] = tuple(sorted((beside | dict(facts.get("details", ()))).items()))
    key, aliases = kept(facts.get("key") or "", facts.get("aliases", ()))
    return Record(**{**facts, "key": key, "aliases": aliases})


def _text(name: str, value: object) -> str:
    if not isinstance(value, str):
        raise Unfit(f"has a {name} that is no text")
    if len(value) > _LONGEST:
        raise Unfit(f"has a {name} of {len(value):,} characters")
    return clean(value)


def _abstract(name: str, value: object) -> str | None:
    return _text(name, value).strip() or None


def _note(name: str, value: object) -> str | None:
    note = _text(name, value)
    return note if note.strip() else None


def _line(name: str, value: object) -> str | None:
    return None if value is None else " ".join(_text(name, value).split()) or None


def _arxiv(_name: str, value: object) -> str | None:
    """Another program's `id` may be anything; only an arXiv id is taken from it."""
    return normal_arxiv(value) if isinstance(value, str) and len(value) < _LONGEST else None


def _year(name: str, value: object) -> int | None:
    if isinstance(value, str):
        text = _line(name, value) or ""
        return int(text) if _is_plain_year(text) else told(text)[0]
    if type(value) is int and 0 <= value < 10**_LONGEST_YEAR:
        return value
    raise Unfit(f"has a {name} that is none")


def _beside_year(value: object) -> dict[str, str]:
    """What a year says besides in words, such as “in press”."""
    text = clean_line(value) if isinstance(value, str) else ""
    return {} if not text or _is_plain_year(text) else told(text)[1]


def _is_plain_year(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _LONGEST_YEAR


def _names(name: str, value: object) -> tuple[str, ...]:
    """Authors, two of whom may be called alike: a list, or all of them in one text."""
    if isinstance(value, str):
        value = _names_in(_line(name, value) or "")
    return tuple(_texts(name, value))


def _names_in(text: str) -> list[str]:
    """Take apart `A B, C D and E F`, `B, A and D, C` or `B, A; D, C`."""
    parts = _LIST_OF_NAMES.split(text)
    if len(parts) > 1 and (";" in text or all(map(_FAMILY_FIRST.fullmatch, parts))):
        return parts
    names = [name for part in parts for name in part.split(", ")]
    given = any(" " not in name or _INITIALS.fullmatch(name) for name in names)
    return parts if given else names


def _lines(name: str, value: object) -> tuple[str, ...]:
    """A list of texts, or one; each once."""
    return tuple(dict.fromkeys(_texts(name, [value] if isinstance(value, str) else value)))


def _texts(name: str, value: object) -> Iterator[str]:
    if not isinstance(value, list):
        raise Unfit(f"has {name} that are no list of texts")
    for each in value:
        if not isinstance(each, str):
            raise Unfit(f"has {name} that are not all texts")
        if text := _line(name, each):
            yield text


def _key(_name: str, value: object) -> str | None:
    """A citation key; what cannot be one is no mistake, for other programs have other keys."""
    return value if isinstance(value, str) and is_former(value) else None


def _aliases(name: str, value: object) -> tuple[str, ...]:
    """Further citation keys, as far as they can be such."""
    return tuple(filter(is_former, _lines(name, value)))


def _details(name: str, value: object) -> Details:
    """Further facts by their names; empty ones say nothing."""
    if not isinstance(value, dict):
        raise Unfit(f"has {name} that are no object")
    told = {each: _line(each[:_LONGEST_NAME], text) for each, text in value.items()}
    named = {each: text for each, text in told.items() if text and _DETAIL.fullmatch(each)}
    return tuple((each, text) for each, text in sorted(named.items()) if text)


def _status(_name: str, value: object) -> Status | None:
    """How far the user is; other programs mean other things by it."""
    return _STATUSES.get(value) if isinstance(value, str) else None


def _starred(name: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise Unfit(f"has a member {name} that is neither true nor false")
    return value


# By the name of a member: what it tells, how it is read, and whether that goes before another
# member that tells the same.
_MEMBERS: Final[dict[str, tuple[str, Callable[[str, object], Any], bool]]] = {
    "abstract": ("abstract", _abstract, True),
    "authors": ("authors", _names, True),
    "year": ("year", _year, True),
    "venue": ("venue", _line, True),
    "journal-ref": ("venue", _line, False),
    "doi": ("doi", _line, True),
    "arxiv_id": ("arxiv_id", _line, True),
    "id": ("arxiv_id", _arxiv, False),
    "urls": ("urls", _lines, True),
    "url": ("urls", _lines, False),
    "key": ("key", _key, True),
    "status": ("status", _status, True),
    "starred": ("starred", _starred, True),
    "tags": ("tags", _lines, True),
    "note": ("note", _note, True),
    "aliases": ("aliases", _aliases, True),
    "details": ("details", _details, True),
}
