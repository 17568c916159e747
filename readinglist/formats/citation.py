"""A reference as one writes it in a letter: authors, year, title, venue, address."""

from __future__ import annotations

from readinglist import latex
from readinglist.formats import links, names
from readinglist.records import Entry
from readinglist.text import clean_line, without_braces

_MOST_AUTHORS = 3


def plain(entry: Entry) -> str:
    """`Lee, Ann, and Bo Ek. 2024. “A Title.” Nature. https://…`, as far as it is known."""
    title = clean_line(latex.to_unicode(entry.title))
    end = "" if title[-1:] in ("?", "!", ".") else "."
    parts = [
        _sentence(_people(entry)),
        f"{entry.year}." if entry.year is not None else "",
        f"“{title}{end}”",
        _sentence(clean_line(latex.to_unicode(entry.venue or ""))),
        links.best_link(entry) or "",
    ]
    return " ".join(filter(None, parts))


def _people(entry: Entry) -> str:
    people = [clean_line(latex.to_unicode(author)) for author in entry.authors]
    first, *others = [_inverted(people[0]), *map(_plain, people[1:])] if people else [""]
    if names.OTHERS in others or len(others) >= _MOST_AUTHORS:
        return f"{first}, et al."
    if not others:
        return first
    return ", ".join([first, *others[:-1], f"and {others[-1]}"])


def _plain(author: str) -> str:
    name = names.taken_apart(author)
    if name is None:
        return without_braces(author)
    return " ".join(filter(None, (name.given, name.particle, name.family, name.suffix)))


def _inverted(author: str) -> str:
    name = names.taken_apart(author)
    return without_braces(author) if name is None else names.inverted(name)


def _sentence(text: str) -> str:
    return f"{text}." if text and not text.endswith(".") else text
