"""A Markdown checklist by status: titles verbatim, notes as their author wrote them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from readinglist import latex
from readinglist.formats import links
from readinglist.records import Entry, Status
from readinglist.text import clean, clean_line

_HEADINGS: Final = {
    Status.READING: "Reading",
    Status.TO_READ: "To read",
    Status.INBOX: "Inbox",
    Status.READ: "Read",
    Status.SKIPPED: "Skipped",
}
_MOST_AUTHORS: Final = 20
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
_ENTITY: Final = re.compile(r"&(?=#?\w{1,40};)")
_LINE_BREAK: Final = re.compile(r"[ \t]*\n[ \t\n]*|\t")
# A definition of this label anywhere would turn every ticked box into a link.
_BOX_DEFINITION: Final = re.compile(r"\[(?=\s{0,20}[xX]\s{0,20}\]:)")
_MARKERS: Final = re.compile(r"[ \t]*(?:(?:[-+*>]|\d{1,9}[.)])[ \t]+)*")


def write(entries: Iterable[Entry]) -> Iterator[str]:
    """Yield the head with its counts, then each paper as one item under its status's heading.

    A note stands below its paper, indented so that whatever it holds stays inside the item.
    """
    groups: dict[Status, list[Entry]] = {status: [] for status in _HEADINGS}
    for entry in entries:
        groups[Status(entry.status)].append(entry)
    shown = {status: group for status, group in groups.items() if group}
    yield f"# Reading list\n\n{_counts(shown)}\n"
    for status, group in shown.items():
        yield f"\n## {_HEADINGS[status]} ({len(group)})\n\n"
        yield from map(_item, group)


def escape(text: str) -> str:
    """Return `text`, on one line, so that Markdown shows it as it is and acts on none of it."""
    return _ACTIVE.sub(r"\\\g<0>", _LINE_BREAK.sub(" ", clean(text)).strip())


def _counts(groups: dict[Status, list[Entry]]) -> str:
    total = sum(map(len, groups.values()))
    if not total:
        return "No papers."
    each = ", ".join(f"{len(group)} {_HEADINGS[s].lower()}" for s, group in groups.items())
    return f"{total} {'paper' if total == 1 else 'papers'}: {each}."


def _item(entry: Entry) -> str:
    box = "[x]" if entry.status == Status.READ else "[ ]"
    star = "★ " if entry.starred else ""
    details = filter(None, (_code(entry.key), " ".join(map(_tag, entry.tags))))
    line = " · ".join([f"- {box} {star}{_title(entry)}{_credits(entry)}", *details])
    return f"{line}\n{_note(entry.note or '')}"


def _title(entry: Entry) -> str:
    title = escape(entry.title) or "Untitled"
    link = links.best_link(entry)
    return f"[{title}](<{_ENTITY.sub('&amp;', link)}>)" if link else title


def _credits(entry: Entry) -> str:
    """Return authors and year, with the dash before them, or nothing."""
    names = [escape(latex.to_unicode(name)) for name in entry.authors[:_MOST_AUTHORS]]
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
    return "\n" + "\n".join(lines) + "\n\n"


def _untabbed(line: str) -> str:
    """Expand the tabs before a line's words: how wide they are depends on where they stand."""
    markers = _MARKERS.match(line)
    end = markers.end() if markers else 0
    return line[:end].expandtabs(4) + line[end:]
