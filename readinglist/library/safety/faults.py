"""Versions of SQLite with faults that a library can meet."""

from __future__ import annotations

from typing import Final, NamedTuple

Version = tuple[int, ...]


class Fault(NamedTuple):
    """What is wrong in versions from `since` up to, without, `fixed`.

    `also_fixed` are patched versions of older branches, each with its later patches.
    """

    since: Version
    fixed: Version
    also_fixed: tuple[Version, ...]
    sentence: str

    def concerns(self, version: Version) -> bool:
        """Whether a version has the fault, going by its number alone."""
        patched = any(version[:2] == fix[:2] and version >= fix for fix in self.also_fixed)
        return self.since <= version < self.fixed and not patched


FAULTS: Final = (
    # sqlite.org/wal.html#walresetbug
    Fault(
        (3, 7, 0),
        (3, 51, 3),
        ((3, 44, 6), (3, 50, 7)),
        "very rarely damages a file that two programs write at the same moment",
    ),
    # sqlite.org/changes.html: 3.51.3 took its place
    Fault((3, 52, 0), (3, 52, 1), (), "was withdrawn by its makers"),
    # CVE-2026-11822
    Fault(
        (3, 9, 0), (3, 53, 2), (), "is open to attack by a library that somebody has tampered with"
    ),
)


def faults_of(version: Version) -> list[str]:
    """What is known to be wrong with a version, most harmful first."""
    return [fault.sentence for fault in FAULTS if fault.concerns(version)]
