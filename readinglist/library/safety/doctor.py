"""An examination of the library: what could cost words one day, and what of it can be put right."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final, NamedTuple

from readinglist.errors import LibraryError
from readinglist.library.safety import symptoms
from readinglist.library.safety.symptoms import Patient
from readinglist.library.storage import database
from readinglist.text import clean_line


class Verdict(StrEnum):
    """How bad a finding is."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found, as a sentence; `fixable` if `examine(fix=True)` would put it right."""

    check: str
    verdict: Verdict
    sentence: str
    fixable: bool = False


def examine(path: Path, *, fix: bool = False) -> list[Finding]:
    """Check everything, and with `fix` put right what is safe to put right, then check that again.

    A library that cannot be opened is one problem, and what lies inside is not checked.
    """
    findings = [_examined(row, path, fix=fix) for row in _OUTSIDE]
    try:
        with closing(database.opened(path)) as connection:
            patient = Patient(path, connection)
            return findings + [_examined(row, patient, fix=fix) for row in _inside(patient)]
    except LibraryError as error:
        sentence = f"{error.message} {database.way_back(path)}".strip()
        problem = Finding("opens", Verdict.PROBLEM, sentence)
    except (sqlite3.Error, OSError) as error:
        problem = Finding("opens", Verdict.PROBLEM, f"{path} cannot be read: {error}.")
    return [*findings, problem]


class _Check(NamedTuple):
    """One line of the examination: what it looks for, how bad that is, and a cure that is safe."""

    name: str
    look: Callable[..., Iterator[str]]
    verdict: Verdict
    good: str
    cure: Callable[..., None] | None = None


_OUTSIDE: Final = (
    _Check(
        "permissions",
        symptoms.permissions,
        Verdict.PROBLEM,
        "Only you can read it",
        symptoms.close_permissions,
    ),
    _Check(
        "leftovers",
        symptoms.leftovers,
        Verdict.WARNING,
        "Nothing is left of killed programs",
        symptoms.remove_leftovers,
    ),
    _Check(
        "sqlite", symptoms.sqlite_version, Verdict.WARNING, "No known fault concerns this version"
    ),
    _Check("fts5", symptoms.fts5, Verdict.PROBLEM, "Full-text search is available"),
    _Check("space", symptoms.free_space, Verdict.WARNING, "There is space enough"),
    _Check("backups", symptoms.backups, Verdict.WARNING, "There is a good backup"),
)
_OF_ANY_AGE: Final = (
    _Check("schema", symptoms.age, Verdict.WARNING, "It is of this version's schema"),
    _Check("integrity", symptoms.integrity, Verdict.PROBLEM, "The file is sound"),
    _Check(
        "references", symptoms.foreign_keys, Verdict.PROBLEM, "Whatever is referred to is there"
    ),
)
_INSIDE: Final = (
    *_OF_ANY_AGE,
    _Check("values", symptoms.values, Verdict.PROBLEM, "Every paper can be read"),
    _Check(
        "search",
        symptoms.search_index,
        Verdict.PROBLEM,
        "The index agrees with the papers",
        symptoms.rebuild,
    ),
    _Check(
        "tags",
        symptoms.orphan_tags,
        Verdict.WARNING,
        "Every tag is in use",
        symptoms.remove_orphan_tags,
    ),
    _Check("titles", symptoms.identities, Verdict.WARNING, "Every paper is there once"),
)


def _inside(patient: Patient) -> tuple[_Check, ...]:
    """What can be looked for: all of it, unless the library has yet to be converted."""
    return _INSIDE if not list(symptoms.age(patient)) else _OF_ANY_AGE


def _examined(check: _Check, subject: Path | Patient, *, fix: bool) -> Finding:
    found = _looked(check, subject)
    if not found or check.cure is None or not fix:
        return _finding(check, found)
    try:
        check.cure(subject)
    except (LibraryError, OSError) as error:
        return _finding(check, [f"{found[0]}, and that could not be put right: {error}"])
    left = _looked(check, subject)
    return _finding(check, left, cured=not left)


def _looked(check: _Check, subject: Path | Patient) -> list[str]:
    try:
        return list(check.look(subject))
    except (sqlite3.Error, OSError) as error:
        return [f"This could not be checked: {clean_line(str(error))}"]
    except (TypeError, ValueError):  # their words may quote the library's text
        return ["This could not be checked: there are values that make no sense"]


def _finding(check: _Check, found: list[str], *, cured: bool = False) -> Finding:
    if not found:
        done = " now" if cured else ""
        return Finding(check.name, Verdict.OK, f"{check.good}{done}.")
    sentence = "; ".join(found[:5]) + (f"; and {len(found) - 5} more" if len(found) > 5 else "")
    return Finding(check.name, check.verdict, f"{sentence.rstrip('.')}.", check.cure is not None)
