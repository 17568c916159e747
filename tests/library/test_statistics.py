"""How the reading goes: what the journal tells, on the days of the local calendar."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readinglist.library import Library
from readinglist.library.intake import ingest
from readinglist.library.journal import duplicates, journal, recording
from readinglist.records import Status
from readinglist.stopping import Stopped, stoppable
from tests.conftest import put_in

INBOX, TO_READ, READING, READ, SKIPPED = Status
NONE = dict.fromkeys(Status, 0)
Clock = Callable[[str], None]


@pytest.fixture(autouse=True)
def utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The local calendar is that of UTC, unless a test is about others."""
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Sets the time at which things are done from now on."""

    def set_to(text: str) -> None:
        now = datetime.fromisoformat(text).replace(tzinfo=UTC).isoformat(timespec="microseconds")
        for module in (ingest, recording, journal, duplicates):
            monkeypatch.setattr(module, "now", lambda: now)

    set_to("2026-03-01T12:00")
    return set_to


def finished(library: Library) -> dict[str, int]:
    return {day.isoformat(): n for day, n in library.statistics().finished.items()}


def test_a_paper_counts_on_the_day_it_is_read(library: Library, clock: Clock) -> None:
    one, two, three = put_in(library, "One", "Two", "Three")
    library.set_status([one, two], READ)
    clock("2026-03-04T09:00")
    library.set_status([three], READ)
    assert finished(library) == {"2026-03-01": 2, "2026-03-04": 1}
    figures = library.statistics(date(2026, 3, 8))
    assert [figures.finished_within(days) for days in (4, 5, 7, 8, 365)] == [0, 1, 1, 3, 3]


def test_what_was_undone_does_not_count_and_what_was_done_again_does(
    library: Library, clock: Clock
) -> None:
    [one] = put_in(library, "One")
    library.set_status([one], READ)
    library.undo()
    assert finished(library) == {}
    library.redo()
    assert finished(library) == {"2026-03-01": 1}
    library.undo()
    clock("2026-03-02T12:00")
    library.set_status([one], TO_READ)
    assert finished(library) == {}


def test_a_slip_of_the_same_day_does_not_count_and_reading_again_does(
    library: Library, clock: Clock
) -> None:
    [one] = put_in(library, "One")
    library.set_status([one], READ)
    library.set_status([one], TO_READ)
    assert finished(library) == {}
    library.set_status([one], READ)
    assert finished(library) == {"2026-03-01": 1}
    clock("2026-05-01T12:00")
    library.set_status([one], TO_READ)
    library.set_status([one], READ)
    assert finished(library) == {"2026-03-01": 1, "2026-05-01": 1}


def test_each_day_says_what_came_and_what_it_left(library: Library, clock: Clock) -> None:
    one, two, _ = put_in(library, "One", "Two", "Three")
    clock("2026-03-03T12:00")
    library.set_status([one, two], TO_READ)
    library.set_status([one], READ)
    clock("2026-03-05T12:00")
    library.set_trashed([two], True)
    put_in(library, "Four", name="second.txt")
    clock("2026-03-06T12:00")
    library.set_trashed([two], False)
    assert [(day.date.day, day.added, day.statuses) for day in library.statistics().days] == [
        (1, 3, NONE | {INBOX: 3}),
        (3, 0, NONE | {INBOX: 1, TO_READ: 1, READ: 1}),
        (5, 1, NONE | {INBOX: 2, READ: 1}),
        (6, 0, NONE | {INBOX: 2, TO_READ: 1, READ: 1}),
    ]


def test_a_merge_reads_nothing_and_leaves_one(library: Library, clock: Clock) -> None:
    one, two = put_in(library, "One", "Two")
    library.set_status([two], READ)
    clock("2026-03-09T12:00")
    library.merge(one, two)
    assert library.entry(one).status is READ
    assert finished(library) == {"2026-03-01": 1}
    assert library.statistics().statuses == NONE | {READ: 1}


def test_waits_run_from_to_read_to_read(library: Library, clock: Clock) -> None:
    ids = put_in(library, *"ABCDE")
    library.set_status(ids[:4], TO_READ)
    library.set_status(ids[4:], READ)  # it was never wanted, so it did not wait
    for paper, day in zip(ids, ("02", "03", "05", "09"), strict=False):
        clock(f"2026-03-{day}T12:00")
        library.set_status([paper], READING)
        library.set_status([paper], READ)
    wait = library.statistics().wait
    assert wait is not None
    assert wait.days == (1, 2, 4, 8)
    assert (wait.first_quartile, wait.median, wait.third_quartile) == (1.75, 3, 5)
    told = library.statistics().to_json()["to_read_to_read"]
    assert told == {
        "papers": 4,
        "first_quartile_days": 1.75,
        "median_days": 3,
        "third_quartile_days": 5,
    }


def test_a_paper_put_aside_no_longer_waits(library: Library, clock: Clock) -> None:
    [one] = put_in(library, "One")
    library.set_status([one], TO_READ)
    library.set_status([one], SKIPPED)
    clock("2026-04-01T12:00")
    library.set_status([one], TO_READ)
    clock("2026-04-02T12:00")
    library.set_status([one], READ)
    wait = library.statistics().wait
    assert wait is not None
    assert (wait.median, wait.days) == (1, (1,))


def test_what_is_open_is_told_longest_first(library: Library, clock: Clock) -> None:
    one, two, three = put_in(library, "One", "Two", "Three")
    library.set_status([three], READING)
    clock("2026-03-02T23:59")
    library.set_status([one], READING)
    clock("2026-03-10T12:00")
    library.set_status([two], READING)
    library.set_status([three], READ)
    found = library.statistics(date(2026, 3, 16)).reading
    assert [(paper.title, paper.days, paper.stale) for paper in found] == [
        ("One", 14, True),
        ("Two", 6, False),
    ]


def test_tags_are_told_by_use_with_the_part_that_is_read(library: Library) -> None:
    ids = put_in(library, *"ABCD")
    library.edit_tags(ids[:3], add=["rl"])
    library.edit_tags(ids[2:], add=["vision"])
    library.set_status(ids[:1], READ)
    library.set_trashed(ids[3:], True)
    assert library.statistics().tags == (("rl", 3, 1), ("vision", 1, 0))


@pytest.mark.parametrize(
    ("zone", "utc", "day"),
    [
        ("UTC", "2026-03-01T23:59", "2026-03-01"),
        ("Europe/Berlin", "2026-03-01T23:01", "2026-03-02"),
        ("America/New_York", "2026-03-02T04:59", "2026-03-01"),
        ("America/New_York", "2026-03-02T05:00", "2026-03-02"),
        # The night in which clocks go forward: midnight is an hour earlier from the next day on.
        ("Europe/Berlin", "2026-03-28T23:00", "2026-03-29"),
        ("Europe/Berlin", "2026-03-29T21:59", "2026-03-29"),
        ("Europe/Berlin", "2026-03-29T22:00", "2026-03-30"),
        # And back.
        ("Europe/Berlin", "2026-10-24T21:59", "2026-10-24"),
        ("Europe/Berlin", "2026-10-24T22:00", "2026-10-25"),
        ("Europe/Berlin", "2026-10-25T22:59", "2026-10-25"),
        ("Asia/Kolkata", "2026-03-01T18:29", "2026-03-01"),
        ("Asia/Kolkata", "2026-03-01T18:30", "2026-03-02"),
        ("Pacific/Kiritimati", "2026-03-01T10:00", "2026-03-02"),
    ],
)
def test_days_are_those_of_the_local_calendar(
    library: Library, clock: Clock, monkeypatch: pytest.MonkeyPatch, zone: str, utc: str, day: str
) -> None:
    [one] = put_in(library, "One")
    clock(utc)
    library.set_status([one], READ)
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    assert finished(library) == {day: 1}


def test_an_empty_library_has_figures_too(tmp_path: Path) -> None:
    with Library(tmp_path / "none.sqlite3") as library:
        figures = library.statistics(date(2026, 3, 1))
    assert figures.to_json() == {
        "today": "2026-03-01",
        "statuses": {str(status): 0 for status in Status},
        "finished": {},
        "over_time": [],
        "to_read_to_read": None,
        "tags": [],
        "reading": [],
    }


def test_it_can_be_stopped(library: Library) -> None:
    library.set_status(put_in(library, "One"), READ)
    with stoppable(lambda: True), pytest.raises(Stopped):
        library.statistics()


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["status", "trash", "restore", "undo", "redo", "merge"]),
        st.integers(0, 4),
        st.sampled_from(list(Status)),
    ),
    max_size=25,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ACTS)
def test_the_last_day_leaves_what_there_is(
    tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[str, int, Status]]
) -> None:
    with Library(tmp_path_factory.mktemp("papers") / "papers.sqlite3") as library:
        ids = put_in(library, *"ABCDE")
        for act, place, status in acts:
            present = [paper for paper in ids if not library.trashed_among([paper])]
            paper = ids[place]
            if act == "status" and paper in present:
                library.set_status([paper], status)
            elif act in ("trash", "restore"):
                library.set_trashed([paper], act == "trash")
            elif act == "merge" and paper in present and len(present) > 1:
                library.merge(paper, next(other for other in present if other != paper))
            elif act == "undo":
                library.undo()
            elif act == "redo":
                library.redo()
        figures, counts = library.statistics(), library.counts()
        assert figures.statuses == counts.statuses
        assert {paper.id for paper in figures.reading} == {*library.search("status:reading").ids}
        assert all(count > 0 for count in figures.finished.values())
