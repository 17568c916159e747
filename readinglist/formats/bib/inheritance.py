"""What an entry takes from another: from the book that it is in, or from a set of shared data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from readinglist.formats.bib.blocks import Found, Source

_KEYS: Final = re.compile(r"\s*=\s*(?:\{([^{}]*)\}|\"([^\"]*)\")")
_DEEPEST: Final = 3
_MOST: Final = 10  # entries that one refers to
_LONGEST: Final = 10_000  # characters; what thousands of entries share is no longer
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
    wanted = set(_referred_to(text))
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


def _referred_to(text: str) -> Iterator[str]:
    """The keys of all entries that others refer to."""
    text = text.lower()
    for name in ("crossref", "xdata"):
        at = text.find(name)
        while at >= 0:
            at += len(name)
            if found := _KEYS.match(text, at):
                yield from (key.strip() for key in (found[1] or found[2] or "").split(","))
            at = text.find(name, at)


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
    keys = (key.strip().lower() for key in fields.get(name, "").split(","))
    return list(dict.fromkeys(filter(None, keys)))[:_MOST]


def _handed_down(parent: dict[str, str], kind: str) -> dict[str, str]:
    given = {
        name: value
        for name, value in parent.items()
        if name not in _NOT_HANDED_DOWN and len(value) < _LONGEST
    }
    if kind in _IN_BOOKS or kind.startswith(("in", "supp")):
        titles = {f"book{name}": parent[name] for name in _TITLES if name in parent}
    else:
        titles = (
            {"journaltitle": parent["title"]} if kind == "article" and "title" in parent else {}
        )
    return {**titles, **given}
