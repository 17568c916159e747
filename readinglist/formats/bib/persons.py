"""Lists of names: as BibTeX has them, with `and` between, and as the library has each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from readinglist.formats import names
from readinglist.formats.names import Name
from readinglist.latex import escape, to_unicode
from readinglist.latex.fields import read_field
from readinglist.latex.writer import with_letters
from readinglist.text import clean_line, without_braces

_MARK: Final = re.compile(r"(?<!\\)[{}]|(?<=\s)and(?=\s|$)|^and(?=\s)", re.IGNORECASE)
_PART: Final = re.compile(r"\s*(family|given|prefix|suffix|given-i|useprefix)\s*=\s*([^,]*)")
_ET_AL: Final = re.compile(r"[,;]? et\.? al\b\.?$", re.IGNORECASE)
_WHOLE_NAME: Final = re.compile(r" ?[^\W\d_][^\s,]*(?: [^\W\d_][^\s,]*)+ ?")
_NAMESAKE: Final = re.compile(r"(?<=[^\W\d]) 0\d{3}$")  # DBLP numbers people of one name
_EMPTY_BETWEEN: Final = re.compile(r"(?<=[-`',?!])\{\}")
_EMPTY_BEHIND: Final = re.compile(r"(?<=[a-z])\{\}(?![A-Za-z\s])")


def read_names(text: str) -> list[str]:
    """The names in a field, each as the library has it."""
    return list(filter(None, map(_read_name, _each(text))))


def write_names(people: list[str]) -> str:
    """Names as a field has them."""
    return " and ".join(filter(None, map(write_name, people)))


def listed(text: str) -> list[str]:
    """The names in a text of ours, which has `and` between them."""
    return list(filter(None, (name.strip() for name in _separate(text))))


def write_name(author: str) -> str:
    """A name as BibTeX reads one, in braces unless it is evidently a person's.

    There is no formula in it, of which programs would take the first sign for an initial.
    """
    author = clean_line(to_unicode(clean_line(author)))
    bare = without_braces(author)
    if bare == author and (not author or names.is_person(author)):
        return _escaped(_ordered(author))
    written = _escaped(bare)
    # Two braces, for BibTeX takes `{\` at the outermost level for an accented letter.
    return f"{{{{{written}}}}}" if written.startswith(("\\", "{")) else f"{{{written}}}"


def _escaped(name: str) -> str:
    """Escape without empty groups, of which biber would take one half for an initial."""
    return _EMPTY_BEHIND.sub("", _EMPTY_BETWEEN.sub(r"\\relax", with_letters(escape(name))))


def _ordered(person: str) -> str:
    """A person's name, family first where BibTeX would take `Given Family` for another."""
    name = names.taken_apart(person)
    if name is None or "," in person:
        return person
    capitals = not any(word[0].islower() for word in f"{name.given} {name.family}".split())
    return person if capitals and not name.suffix else names.inverted(name, middle=True)


def _separate(text: str) -> Iterator[str]:
    start = depth = 0
    for mark in _MARK.finditer(text):
        if mark.group() == "{":
            depth += 1
        elif mark.group() == "}":
            depth -= 1
        elif depth == 0:
            yield text[start : mark.start()]
            start = mark.end()
    yield text[start:]


def _each(text: str) -> Iterator[str]:
    """The names in a field, also where semicolons, or commas behind whole names, part them."""
    for raw in (" ".join(each.split()) for each in _separate(text)):
        name, rest = _ET_AL.subn("", raw) if "{" not in raw else (raw, 0)
        parts = name.split(";" if ";" in name else ",")
        several = ";" in name or (len(parts) > 2 and all(map(_WHOLE_NAME.fullmatch, parts)))
        yield from parts if several and "{" not in name else [name]
        yield from [names.OTHERS] * rest


def _read_name(raw: str) -> str:
    raw = _NAMESAKE.sub("", raw.strip())
    inner = _in_braces(raw)
    if inner is not None:
        return names.literal(clean_line(read_field(inner)))
    if _PART.match(raw):
        parts = {part: clean_line(read_field(text)) for part, text in _PART.findall(raw)}
        person = Name(*(parts.get(part, "") for part in ("family", "given", "prefix", "suffix")))
        return names.usual(names.inverted(person, middle=True))
    given, family = _family_in_braces(raw)
    if " " in family and "," not in raw and not family[:1].islower():
        raw = f"{family}, {given}"
    return names.usual(clean_line(read_field(raw)))


def _in_braces(raw: str) -> str | None:
    """What is in the braces around all of a text; None if there are none."""
    if not (raw.startswith("{") and raw.endswith("}")):
        return None
    depth = 0
    for place, sign in enumerate(raw):
        depth += (sign == "{") - (sign == "}")
        if depth == 0 and place < len(raw) - 1:
            return None
    return raw[1:-1]


def _family_in_braces(raw: str) -> tuple[str, str]:
    """The name before the last pair of braces and what is in it, if a name ends so."""
    if not raw.endswith("}"):
        return raw, ""
    depth = 0
    for place in range(len(raw) - 1, 0, -1):
        depth += (raw[place] == "}") - (raw[place] == "{")
        if depth == 0:
            spaced = raw[place - 1] == " "
            return (raw[: place - 1], raw[place + 1 : -1]) if spaced else (raw, "")
    return raw, ""
