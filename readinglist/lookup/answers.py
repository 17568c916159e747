"""Answers kept on disk, so that nobody is asked the same again and again; with their age."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Final

from readinglist.library.found_facts import members_of, record_of
from readinglist.lookup.address import Address
from readinglist.lookup.provider import TITLE, Found, Question
from readinglist.text import clean_line, identity

_DAY: Final = 86_400.0
_HITS_LAST: Final = 30 * _DAY  # a preprint may be published meanwhile
_MISSES_LAST: Final = 7 * _DAY  # what is not there yet may come
_OLDEST: Final = 90 * _DAY  # then an answer is thrown away
_VERSION: Final = 1
_DAMAGED: Final = (
    OSError, ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError
)  # fmt: skip


class Answers:
    """The answers of one provider at one address, below `folder`; None keeps nothing."""

    def __init__(
        self, folder: Path | None, provider: str, address: Address, now: Callable[[], float]
    ) -> None:
        place = hashlib.sha256(repr(address).encode()).hexdigest()[:12]
        self._folder = folder / f"{provider}-{place}" if folder is not None else None
        self._now = now

    def get(self, question: Question) -> list[Found] | None:
        """What was answered, which may be nothing; None if that is not known or too old."""
        try:
            said = json.loads(self._file(question).read_bytes())
            works = [_found(each) for each in said["found"]]
            age = self._now() - float(said["time"])
        except _DAMAGED:
            return None
        lasts = _HITS_LAST if works else _MISSES_LAST
        return works if said.get("version") == _VERSION and 0 <= age < lasts else None

    def put(self, question: Question, answer: Sequence[Found]) -> None:
        """Keep an answer; where that cannot be, it is asked for again another time."""
        said = {
            "version": _VERSION,
            "time": self._now(),
            "found": [_members(each) for each in answer],
        }
        with suppress(OSError):
            file = self._file(question)
            file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write(file, json.dumps(said).encode())

    def sweep(self) -> None:
        """Throw away what is too old to be of use."""
        if self._folder is None:
            return
        oldest = time.time() - _OLDEST
        with suppress(OSError):
            for file in list(_files(self._folder)):
                if file.stat().st_mtime < oldest:
                    file.unlink()

    def _file(self, question: Question) -> Path:
        if self._folder is None:
            raise FileNotFoundError
        value = identity(question.value) if question.kind == TITLE else question.value
        name = hashlib.sha256(f"{question.kind} {value}".encode("utf-8", "replace")).hexdigest()
        return self._folder / name[:2] / f"{name[2:34]}.json"


def _files(folder: Path) -> Iterator[Path]:
    return folder.glob("??/*.json")


def _write(file: Path, content: bytes) -> None:
    """Write a file that only its owner can read, whole or not at all."""
    with NamedTemporaryFile(dir=file.parent, prefix=".", suffix=".tmp", delete=False) as temporary:
        temporary.write(content)  # such files are private from the start
    try:
        os.replace(temporary.name, file)  # noqa: PTH105 (the file's own name is a string)
    except OSError:
        Path(temporary.name).unlink(missing_ok=True)
        raise


def _members(work: Found) -> dict[str, Any]:
    return {
        "identifier": work.identifier,
        "names": sorted(work.names),
        "record": members_of(work.record),
    }


def _found(members: dict[str, Any]) -> Found:
    names = frozenset(map(clean_line, members["names"]))
    return Found(clean_line(members["identifier"]), record_of(members["record"]), names)
