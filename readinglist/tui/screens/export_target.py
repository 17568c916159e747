"""Where an export goes: what will happen at a path, or why nothing can."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from readinglist.export import Stamp, names_folder, stamp, write_protection
from readinglist.tui.typed_paths import Kind, Listing, TypedPaths, printable, sight

_TEMPLATES: Final = (".j2", ".jinja", ".jinja2", ".tmpl", ".tpl")
_TEXT: Final = ".txt"


@dataclass(frozen=True, slots=True)
class Target:
    """A path looked at: what will happen there, or why nothing can; `seen` is the file there."""

    path: Path
    says: str
    tone: str = ""
    possible: bool = True
    seen: Stamp | None = None


def look_at(text: str, paths: TypedPaths, *, folder: bool, template: Path | None) -> Target:
    """What an export to a path that is typed so comes to, in which a template may be filled in."""
    text = text.strip()
    path = paths.path(text)
    missing = _template_problem(template) if template is not None else ""
    if missing:
        return _no(missing, path, "warning")
    if not text:
        missing = "Name a folder for the notes." if folder else "Name a file."
        return _no(missing, path, "warning")
    return _look_at_folder(path) if folder else _look_at_file(path, text)


def _look_at_file(path: Path, text: str) -> Target:
    seen = sight(path)
    if seen.kind is Kind.FOLDER:
        return _no("A folder. Add the name of a file.", path, "warning")
    if names_folder(text):
        return _no("That names a folder. Add the name of a file.", path, "warning")
    if seen.kind in (Kind.OTHER, Kind.UNREADABLE):
        return _no(f"Cannot be written: {seen.reason or 'it is no regular file'}.", path)
    if problem := _folder_problem(path.parent):
        return _no(problem, path)
    if path.is_symlink():
        return _no("A symbolic link. Name the file that it leads to.", path)
    if seen.kind is Kind.FILE and write_protection(path):
        return _no("Write-protected. Allow writing to it, or name another file.", path)
    if seen.kind is Kind.FILE:
        says = "Exists already. You are asked before it is replaced."
        return Target(path, says, "warning", seen=stamp(path))
    return Target(path, "A new file.")


def _look_at_folder(path: Path) -> Target:
    if path.is_symlink():
        return _no("A symbolic link. Name the folder that it leads to.", path)
    if problem := _folder_problem(path):
        return _no(problem, path)
    return Target(path, "Notes in it are brought up to date; your own words stay.")


def made_by(template: Path) -> str:
    """The suffix of what a template makes: that of `talk.html.j2` makes a web page."""
    own = template.suffix.lower() in _TEMPLATES
    return (template.with_suffix("") if own else template).suffix or _TEXT


def offer(text: str, listing: Listing) -> str:
    """The names that Tab would choose from, when it has to."""
    start = text[len(listing.folder) :]
    if not start and not listing.folder:
        return ""
    names = [name for name in listing.names if name.shown != start]
    return "   ".join(f"{name.shown}{'/' if name.is_folder else ''}" for name in names[:12])


def suffix(text: str) -> str:
    """The suffix of a path that is only text so far."""
    return os.path.splitext(text)[1].lower()  # noqa: PTH122 - it is only text so far


def _no(says: str, path: Path, tone: str = "error") -> Target:
    return Target(path, says, tone, possible=False)


def _template_problem(path: Path) -> str:
    kind = sight(path).kind
    if kind is Kind.FOLDER:
        return "Name the file of a template."
    return "" if kind is Kind.FILE else f"There is no template {printable(path.name)}."


def _folder_problem(folder: Path) -> str:
    seen = sight(folder)
    name = printable(str(folder))
    if seen.kind is Kind.NOTHING:
        return f"There is no folder {name}."
    if seen.kind is not Kind.FOLDER:
        return f"{name} is not a folder that can be read."
    return "" if os.access(folder, os.W_OK) else f"You may not write in {name}."
