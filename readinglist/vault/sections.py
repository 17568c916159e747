"""A note's sections of ours between their marks, and the words that its owner put anywhere."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any, Final, NamedTuple

_MARK: Final = re.compile(r"<!-- readinglist: (?P<name>[a-z]+) (?P<digest>[0-9a-f]{8}) -->\s*")
_END: Final = "<!-- /readinglist -->"
_MEMORY: Final = re.compile(r"<!-- readinglist: wrote (?P<members>\{.*\}) -->\s*")
_OURS: Final = re.compile(r"<!--(?=\s*/?readinglist\b)")


class Section(NamedTuple):
    """One of ours: where it stands among the lines, what it holds, the digest of what we wrote."""

    start: int
    end: int
    text: str
    digest: str

    @property
    def edited(self) -> bool:
        """Whether somebody has changed it since."""
        return digest(self.text) != self.digest


def digest(text: str) -> str:
    """What tells a text from others."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8]


def harmless(text: str) -> str:
    """A text in which nothing is taken for one of our marks."""
    return _OURS.sub(r"\\<!--", text)


def updated(lines: list[str], texts: dict[str, str], known: list[str]) -> tuple[list[str], bool]:
    """The lines with our sections as they are now, and whether words of the owner's had to stay.

    `known` are the sections that were there once: one that is gone was not wanted.
    """
    kept = False
    for name, text in texts.items():
        found = find(lines, name)
        if found is not None:
            fresh, stayed = _renewed(found, name, text)
            rest = lines[found.end :]
            if not fresh and rest and not rest[0].strip():
                rest = rest[1:]
            lines = [*lines[: found.start], *fresh, *rest]
            kept = kept or stayed
        elif text and name not in known:
            later = [*texts][[*texts].index(name) + 1 :]
            lines = _added(lines, written(name, text), later)
    return lines, kept


def find(lines: list[str], name: str) -> Section | None:
    """The first section of that name that has an end."""
    for start, line in enumerate(lines):
        mark = _MARK.fullmatch(line)
        if mark is None or mark["name"] != name:
            continue
        for end in range(start + 1, len(lines)):
            if lines[end].rstrip() == _END:
                inside = (line.rstrip("\r") for line in lines[start + 1 : end])
                text = "\n".join(inside).strip("\n")
                return Section(start, end + 1, text, mark["digest"])
            if _MARK.fullmatch(lines[end]):
                break
    return None


def _renewed(old: Section, name: str, text: str) -> tuple[list[str], bool]:
    if not old.edited or old.text == text:
        return written(name, text), False
    if digest(text) == old.digest:  # nothing new from us: what its owner made of it stays
        return [_mark(name, old.digest), "", *old.text.split("\n"), "", _END], True
    gap = [""] if text and old.text else []
    return [*written(name, text), *gap, *(old.text.split("\n") if old.text else [])], True


def written(name: str, text: str) -> list[str]:
    """The lines of a section; none for an empty one."""
    return [_mark(name, digest(text)), "", *text.split("\n"), "", _END] if text else []


def _mark(name: str, digest: str) -> str:
    return f"<!-- readinglist: {name} {digest} -->"


def _added(lines: list[str], section: list[str], later: list[str]) -> list[str]:
    """Put lines before the sections that follow in our order and our memory, else at the end."""
    places = [found.start for each in later if (found := find(lines, each))]
    place = min([*places, *_memories(lines)[-1:]], default=None)
    if place is not None:
        return [*lines[:place], *section, "", *lines[place:]]
    ended = lines[:-1] if lines and not lines[-1].strip() else lines
    return [*ended, "", *section, ""]


# What we wrote when we were last here


def recalled(lines: list[str]) -> dict[str, list[str]]:
    """Lists of names of what we wrote; empty in a note that is not yet ours."""
    for at in _memories(lines)[-1:]:
        return _lists(_MEMORY.fullmatch(lines[at])["members"])  # type: ignore[index] # it is one
    return {}


def remembering(lines: list[str], members: dict[str, list[str]]) -> list[str]:
    """The lines with what we wrote now in one that a reader of the note does not see."""
    # Nothing in it may end a comment early.
    text = json.dumps(members, ensure_ascii=False).replace("--", "-\\u002d").replace(">", "\\u003e")
    line = f"<!-- readinglist: wrote {text} -->"
    for at in _memories(lines)[-1:]:
        return [*lines[:at], line, *lines[at + 1 :]]
    return _added(lines, [line], [])


def _memories(lines: list[str]) -> list[int]:
    return [at for at, line in enumerate(lines) if _MEMORY.fullmatch(line)]


def _lists(text: str) -> dict[str, list[str]]:
    try:
        members: Any = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    found = members.items() if isinstance(members, dict) else ()
    return {
        name: [each for each in value if isinstance(each, str)]
        for name, value in found
        if isinstance(value, list)
    }
