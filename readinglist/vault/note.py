"""One paper's note: made anew, or brought up to date around what its owner wrote."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from readinglist import latex
from readinglist.formats import links, yaml_text
from readinglist.formats.carrying import place
from readinglist.formats.markdown import paragraph
from readinglist.records import Entry
from readinglist.text import clean, clean_line, without_braces
from readinglist.vault import front_matter, sections

PLACE: Final = place("venue", facts=())

_SHARED: Final = ("aliases", "tags")
"""Lists to which the owner of a note adds too."""

_NOT_IN_A_TAG: Final = re.compile(r"[^\w/-]+")
_BYTE_ORDER: Final = "\ufeff"


class Updated(NamedTuple):
    """A note's new text, and whether words stayed that its owner had put into our sections."""

    text: str
    kept: bool = False


def key_of(text: str) -> str:
    """The citation key that a note's front matter names; empty if it names none."""
    split = front_matter.split(text.removeprefix(_BYTE_ORDER).split("\n"))
    return front_matter.first_text(split[0], "citekey").removeprefix("@") if split else ""


def has_whole_head(text: str) -> bool:
    """Whether all of a note's front matter is in its beginning, or it has none."""
    lines = text.removeprefix(_BYTE_ORDER).split("\n")
    return not front_matter.begins(lines) or front_matter.split(lines) is not None


def new(entry: Entry) -> str:
    """The note of a paper that has none yet."""
    return updated("", entry).text


def updated(old: str, entry: Entry) -> Updated:
    """A note with our fields and sections as they are now; all other lines stay as they are."""
    mark = _BYTE_ORDER if old.startswith(_BYTE_ORDER) else ""
    line_end = "\r\n" if "\n" in old and old.count("\n") == old.count("\r\n") else "\n"
    lines = old.removeprefix(mark).split(line_end)
    matter, body = front_matter.split(lines) or (front_matter.Matter([]), lines)
    wrote = sections.recalled(body)
    lists = {name: _list(name, matter, entry, wrote) for name in _SHARED}
    fields = _fields(entry, lists)
    gone = {name: None for name in wrote.get("fields", ()) if lists.get(name, ()) is not None}
    head = front_matter.replaced(matter, {**gone, **fields})
    texts = {"abstract": _abstract(entry), "note": sections.harmless(_note(entry))}
    body, kept = sections.updated(body, texts, wrote.get("sections", []))
    there = [name for name, text in texts.items() if text or name in wrote.get("sections", ())]
    told = {"fields": [*fields], "sections": there, **_told(entry)}
    return Updated(mark + line_end.join([*head, *sections.remembering(body, told)]), kept)


# Front matter


def _fields(entry: Entry, lists: dict[str, list[str] | None]) -> dict[str, list[str] | None]:
    """The lines of each of our fields; a list that is more than one of texts stays as it is."""
    values: dict[str, str | Sequence[str]] = {
        "title": yaml_text.scalar(_reading(entry.title)),
        "citekey": yaml_text.scalar(entry.key),
        "aliases": lists["aliases"] or (),
        "authors": [without_braces(_reading(author)) for author in entry.authors],
        "year": "" if entry.year is None else str(entry.year),
        "status": str(entry.status),
        "starred": "true" if entry.starred else "",
        "tags": lists["tags"] or (),
        "urls": links.web_links(entry),
        "added": yaml_text.date(entry.added) if entry.added else "",
    }
    strange = {name for name, value in lists.items() if value is None}
    return {
        name: yaml_text.field(name, value)
        for name, value in values.items()
        if value and name not in strange
    }


def _told(entry: Entry) -> dict[str, list[str]]:
    """What we have to say in the lists that the owner adds to as well."""
    aliases = [_reading(entry.title), *entry.aliases]
    tags = list(filter(None, map(note_tag, entry.tags)))
    return {"aliases": list(dict.fromkeys(aliases)), "tags": list(dict.fromkeys(tags))}


def _list(
    name: str, matter: front_matter.Matter, entry: Entry, wrote: dict[str, list[str]]
) -> list[str] | None:
    """Ours, then what is in the note's list and not from us; None if that is no mere list."""
    ours = _told(entry)[name]
    found = next((block for block in matter.blocks if block.name == name), None)
    if found is None:
        return ours
    there = yaml_text.texts(found.value_lines())
    if there is None:
        return None
    if name == "tags":  # which Logseq writes in one line, and which have no commas
        there = [tag.strip() for text in there for tag in text.split(",") if tag.strip()]
    known = {*ours, *wrote.get(name, ())}
    return [*ours, *(text for text in there if text not in known)]


def note_tag(tag: str) -> str:
    """A tag as notes can have it: letters, digits, `_`, `-` and `/`."""
    return _NOT_IN_A_TAG.sub("-", clean_line(tag)).strip("-/")


def _reading(source: str) -> str:
    return clean_line(latex.to_unicode(clean_line(source)))


# Sections


def _abstract(entry: Entry) -> str:
    """A callout; its words show as they are."""
    lines = clean(latex.to_unicode(entry.abstract or "")).strip().split("\n")
    quoted = [f"> {paragraph(line)}".rstrip() for line in lines]
    return "\n".join(["> [!abstract]", *quoted]) if any(map(str.strip, lines)) else ""


def _note(entry: Entry) -> str:
    """What the user wrote in the library."""
    note = clean(entry.note or "").strip("\n")
    return note if note.strip() else ""
