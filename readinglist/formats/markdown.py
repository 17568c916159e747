"""A Markdown checklist: titles verbatim, notes as their author wrote them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final, TypeAlias

from readinglist import latex
from readinglist.formats import links
from readinglist.formats.carrying import LISTED_AUTHORS, place
from readinglist.records import Entry, Status
from readinglist.text import clean, clean_line, without_braces

PLACE: Final = place("aliases", "more_authors", "venue", "more_links", facts=())

Groups: TypeAlias = list[tuple[str, list[Entry]]]
"""Headings in Markdown, each with the papers under it."""

_HEADINGS: Final = {
    Status.READING: "Reading",
    Status.TO_READ: "To read",
    Status.INBOX: "Inbox",
    Status.READ: "Read",
    Status.SKIPPED: "Skipped",
}
_UNTAGGED: Final = "Untagged"
_INDENT: Final = "  "

# What CommonMark, GFM or a common extension would act on in the middle of a line; a lone dot,
# colon, underscore or ampersand is left readable.
_ACTIVE: Final = re.compile(
    r"""[\\`*\[\]{}<>|$^~@#]"""
    r"""|_(?![^\W_])|(?<![^\W_])_"""  # emphasis, but not inside a word
    r"""|&(?=\#?\w{1,40};)"""  # an entity
    r"""|:(?=\S)"""  # https://, :emoji:
    r"""|\.(?=[^\W\d_])"""  # www.example.org
    r"""|/(?=/)|=(?==)|%(?=%)|!(?=\[)"""
)
# What would begin a list, also behind the box of a task, or a definition.
_LIST_START: Final = re.compile(r"^((?:\d{0,9}|\(?[A-Za-z]{1,4}|\(?\d{1,9}))([-+.)=]|:(?=\s|$))")
_ENTITY: Final = re.compile(r"&(?=#?\w{1,40};)")
_LINE_BREAK: Final = re.compile(r"[ \t]*\n[ \t\n]*|\t")
# A definition of this label anywhere would turn every ticked box into a link.
_BOX_DEFINITION: Final = re.compile(r"\[(?=\s{0,20}[xX]\s{0,20}\]:)")
_MARKERS: Final = re.compile(r"[ \t]*(?:(?:[-+*>]|\d{1,9}[.)])[ \t]+)*")


def write(
    entries: Iterable[Entry], *, group_by: str = "status", abstracts: bool = False
) -> Iterator[str]:
    """Yield the head with its counts, then each paper as one item under its heading.

    `group_by` is `status`, `tag` or `none`; a paper stands under each of its tags. The abstract, if
    wanted, and the note stand below their paper, indented so that whatever they hold stays inside
    the item; under further tags they are not repeated.
    """
    papers = list(entries)
    groups = _GROUPS[group_by](papers)
    yield f"# Reading list\n\n{_counts(len(papers), groups)}\n"
    shown: set[str] = set()
    for name, group in groups:
        yield f"\n## {name} ({len(group)})\n\n" if name else "\n"
        gap = ""
        for entry in group:
            below = "" if entry.key in shown else _below(entry, abstracts)
            shown.add(entry.key)
            yield f"{gap}{_item(entry)}\n{below}"
            gap = "\n" if below else ""


def _by_status(entries: list[Entry]) -> Groups:
    groups: dict[Status, list[Entry]] = {status: [] for status in _HEADINGS}
    for entry in entries:
        groups[Status(entry.status)].append(entry)
    return [(_HEADINGS[status], group) for status, group in groups.items() if group]


def _by_tag(entries: list[Entry]) -> Groups:
    groups: dict[str, list[Entry]] = {}
    for entry in entries:
        for tag in entry.tags:
            groups.setdefault(tag, []).append(entry)
    ordered = sorted(groups, key=lambda tag: (tag.casefold(), tag))
    named = [(escape(clean_line(tag)), groups[tag]) for tag in ordered]
    bare = [entry for entry in entries if not entry.tags]
    return [*named, (_UNTAGGED, bare)] if bare else named


def _together(entries: list[Entry]) -> Groups:
    return [("", entries)] if entries else []


_GROUPS: Final[dict[str, Callable[[list[Entry]], Groups]]] = {
    "status": _by_status,
    "tag": _by_tag,
    "none": _together,
}


def escape(text: str) -> str:
    """Return `text`, on one line, so that Markdown shows it as it is and acts on none of it."""
    return _ACTIVE.sub(r"\\\g<0>", _LINE_BREAK.sub(" ", clean(text)).strip())


def paragraph(text: str) -> str:
    """Escape a text that begins a line, where it could begin a list too."""
    return _LIST_START.sub(r"\1\\\2", escape(text))


def _counts(total: int, groups: Groups) -> str:
    if not total:
        return "No papers."
    papers = f"{total} {'paper' if total == 1 else 'papers'}"
    each = [f"{len(group)} {_in_a_line(name)}" for name, group in groups if name]
    return f"{papers}: {', '.join(each)}." if each else f"{papers}."


def _in_a_line(heading: str) -> str:
    """A heading of ours begins in lower case there; a tag is spelt as it is."""
    ours = heading in _HEADINGS.values() or heading == _UNTAGGED
    return heading.lower() if ours else heading


def _item(entry: Entry) -> str:
    box = "[x]" if entry.status == Status.READ else "[ ]"
    star = "★ " if entry.starred else ""
    details = filter(None, (_code(entry.key), " ".join(map(_tag, entry.tags))))
    return " · ".join([f"- {box} {star}{title_link(entry)}{_credits(entry)}", *details])


def _below(entry: Entry, abstracts: bool) -> str:
    """What stands below a paper's line, each part after a blank line."""
    abstract = paragraph(latex.to_unicode(entry.abstract or "")) if abstracts else ""
    quoted = f"\n{_INDENT}> {abstract}\n" if abstract else ""
    return quoted + _note(entry.note or "")


def title_link(entry: Entry) -> str:
    """The title as a link to where the paper is best found, or alone if that is not known."""
    title = paragraph(entry.title) or "Untitled"
    link = links.best_link(entry)
    return f"[{title}](<{_ENTITY.sub('&amp;', link)}>)" if link else title


def _credits(entry: Entry) -> str:
    """Return authors and year, with the dash before them, or nothing."""
    people = map(latex.to_unicode, entry.authors[:LISTED_AUTHORS])
    names = [escape(without_braces(name)) for name in people]
    if more := len(entry.authors) - len(names):
        names.append(f"and {more} more")
    if entry.year is not None:
        names.append(str(entry.year))
    return f" — {', '.join(names)}" if names else ""


def _code(key: str) -> str:
    return escape(key) if "`" in key else f"`{key}`"


def _tag(tag: str) -> str:
    return f"#{escape(clean_line(tag))}"


def _note(note: str) -> str:
    """Return the note as a block of the item above it, its words untouched."""
    words = _BOX_DEFINITION.sub(r"\\[", clean(note)).strip("\n")
    if not words.strip():
        return ""
    lines = (f"{_INDENT}{_untabbed(line)}" if line.strip() else "" for line in words.split("\n"))
    return "\n" + "\n".join(lines) + "\n"


def _untabbed(line: str) -> str:
    """Expand the tabs before a line's words: how wide they are depends on where they stand."""
    markers = _MARKERS.match(line)
    end = markers.end() if markers else 0
    return line[:end].expandtabs(4) + line[end:]
