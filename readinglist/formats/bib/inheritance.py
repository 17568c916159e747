"""What an entry takes from another: from the book that it is in, or from a set of shared data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from readinglist.formats.bib.blocks import Found, Source

_REFERRING: Final = re.compile(
    r"\b(?:crossref|xdata)\s*=\s*(?:\{([^{}]*)\}|\"([^\"]*)\")", re.IGNORECASE
)
_DEEPEST: Final = 3
_OWN: Final = """
    ids crossref xref xdata entryset entrysubtype execute label options presort related
    relatedoptions relatedstring relatedtype shorthand shorthandintro sortkey key author abstract
    annote annotation keywords groups file url doi eprint pdf note title subtitle titleaddon
"""
_NOT_HANDED_DOWN: Final = frozenset(_OWN.split())
_IN_BOOKS: Final = frozenset(("inproceedings", "conference", "incollection", "inbook", "suppbook"))
_TITLES: Final = ("title", "subtitle", "titleaddon")


def resolved(text: str, found: Iterable[Found]) -> Iterator[Found]:
    """Yield what a document holds, each entry with what it takes from others, which may follow.

    `text` is the document, which says what entries are referred to. An entry of shared data is
    none itself. An entry that refers to a later one comes after all others.
    """
    wanted = {
        key.strip().lower()
        for match in _REFERRING.finditer(text)
        for key in (match[1] or match[2] or "").split(",")
    }
    parents: dict[str, Source] = {}
    waiting: list[Source] = []
    for each in found:
        if isinstance(each, Source):
            if each.key.lower() in wanted:
                parents.setdefault(each.key.lower(), each)
            if not {"crossref", "xdata"}.isdisjoint(each.fields):
                waiting.append(each)
                continue
            if each.kind == "xdata":
                continue
        yield each
    for each in waiting:
        if each.kind != "xdata":
            yield each._replace(fields=_with_inherited(each, parents, _DEEPEST))


def _with_inherited(source: Source, parents: dict[str, Source], deepest: int) -> dict[str, str]:
    fields = dict(source.fields)
    for key in _keys(fields, "xdata"):
        if deepest and (parent := parents.get(key)):
            shared = _with_inherited(parent, parents, deepest - 1)
            fields = {**shared, **fields}
    for key in _keys(fields, "crossref"):
        if deepest and (parent := parents.get(key)):
            whole = _with_inherited(parent, parents, deepest - 1)
            fields = {**_handed_down(whole, source.kind), **fields}
    return fields


def _keys(fields: dict[str, str], name: str) -> list[str]:
    return [key.strip().lower() for key in fields.get(name, "").split(",") if key.strip()]


def _handed_down(parent: dict[str, str], kind: str) -> dict[str, str]:
    given = {name: value for name, value in parent.items() if name not in _NOT_HANDED_DOWN}
    if kind in _IN_BOOKS or kind.startswith(("in", "supp")):
        titles = {f"book{name}": parent[name] for name in _TITLES if name in parent}
    else:
        titles = (
            {"journaltitle": parent["title"]} if kind == "article" and "title" in parent else {}
        )
    return {**titles, **given}
