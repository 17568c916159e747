"""A clock that was set back: nothing is lost by it, and the order of doing stays."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from unittest.mock import Mock

import pytest

from readinglist.library import Library
from readinglist.library.intake import ingest
from readinglist.library.journal import journal
from readinglist.library.safety import backup
from readinglist.records import Status
from tests.conftest import put_in

START = datetime(2026, 3, 29, 3, tzinfo=UTC)


@pytest.fixture
def clock_running_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each time that is asked for is a day before the last."""
    days = count()

    def now() -> str:
        return (START - timedelta(days=next(days))).isoformat(timespec="microseconds")

    monkeypatch.setattr(ingest, "now", now)
    monkeypatch.setattr(journal, "now", now)


@pytest.mark.usefixtures("clock_running_back")
def test_undo_and_history_go_by_the_order_of_doing(library: Library) -> None:
    [one] = put_in(library, "One")
    library.set_status([one], Status.READING)
    library.set_note(one, "a word")
    library.set_status([one], Status.READ)
    assert [chapter.label.split()[0] for chapter in library.history()] == [
        "marked",
        "wrote",
        "marked",
    ]
    assert (done := library.undo()) is not None
    assert done.label.endswith(": read")
    assert library.entry(one).status is Status.READING
    assert library.redo() is not None
    assert library.entry(one).status is Status.READ


@pytest.mark.usefixtures("clock_running_back")
def test_the_newest_import_comes_first(library: Library) -> None:
    put_in(library, "One")
    put_in(library, "Two")
    assert [entry.title for entry in library.entries(library.search().ids)] == ["Two", "One"]


def test_backups_go_on_and_none_is_thinned_for_being_of_the_future(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_in(library, "One")
    ahead = backup.back_up(library.path)

    set_back = Mock(wraps=datetime)
    set_back.now.return_value = datetime.now(UTC) - timedelta(days=400)
    monkeypatch.setattr(backup, "datetime", set_back)
    put_in(library, "Two")
    made = backup.back_up_daily(library.path)
    assert made is not None
    assert ahead.exists()
    assert backup.back_up_daily(library.path) is None  # once a day, by that clock too
    backup.restore(library.path, made)
    with Library(library.path) as restored:
        assert len(restored.search()) == 2
