"""A year of reading, made up for pictures: the sample's papers wanted, opened and read in turn."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

from readinglist.library import Library
from readinglist.library.journal import recording
from readinglist.records import Status

TODAY = date(2026, 3, 20)
_BEGAN = datetime(2025, 5, 5, 12, tzinfo=UTC)
_DEMO = datetime(2025, 5, 6, 12, tzinfo=UTC)  # what the demo has done


def live(library: Path) -> None:
    """Give a library of the sample a past that ends today."""
    _move(library)
    with Library(library) as opened:
        for number, paper in enumerate(opened.search("status:inbox", brief=True).ids):
            start = _DEMO + timedelta(days=6 + number * 11 + number % 4)
            _at(opened, start, paper, Status.SKIPPED if number % 5 == 4 else Status.TO_READ)
            if number % 5 == 4 or number > 23:
                continue
            wait = timedelta(days=(number * number) % 37 + 1)
            _at(opened, start + wait, paper, Status.READING)
            if number not in (17, 21):
                _at(opened, start + wait * 1.2, paper, Status.READ)


def _move(library: Path) -> None:
    """Put what the demo has done so far into the past."""
    with closing(sqlite3.connect(library)) as connection, connection:
        connection.execute("UPDATE paper SET added = ?", [_text(_BEGAN)])
        connection.execute("UPDATE change SET made = ?", [_text(_DEMO)])


def _at(library: Library, time: datetime, paper: int, status: Status) -> None:
    latest = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC)
    if time < latest:
        with patch.object(recording, "now", lambda: _text(time)):
            library.set_status([paper], status)


def _text(time: datetime) -> str:
    return time.isoformat(timespec="microseconds")
