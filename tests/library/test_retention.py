"""Which backups are kept: many of today, fewer of the past, and never none."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from readinglist.library.safety.retention import kept

NOW = datetime(2026, 3, 14, 9, 15, tzinfo=UTC)
DAY = timedelta(days=1)
times = st.sets(
    st.floats(-2, 800).map(lambda days: NOW - timedelta(days=days)), min_size=1, max_size=80
)


@given(times)
def test_what_is_kept_covers_today_the_week_the_month_and_the_years(made: set[datetime]) -> None:
    keep = kept(made, NOW)
    assert keep <= made
    assert max(made) in keep
    assert {time for time in made if NOW - time < DAY} <= keep
    for time in made:
        age = NOW - time
        if age < 7 * DAY:
            assert max(t for t in made if t.date() == time.date()) in keep
        if age < 35 * DAY:
            week = time.isocalendar()[:2]
            assert max(t for t in made if t.isocalendar()[:2] == week) in keep
        assert any((t.year, t.month) == (time.year, time.month) for t in keep)


@given(times)
def test_thinning_twice_is_thinning_once(made: set[datetime]) -> None:
    assert kept(kept(made, NOW), NOW) == kept(made, NOW)


@settings(max_examples=10)
@given(st.integers(1, 4), st.integers(100, 500))
def test_years_of_backups_thinned_each_time_stay_few_and_leave_no_month_out(
    per_day: int, days: int
) -> None:
    here: set[datetime] = set()
    moments = [NOW + step * DAY / per_day for step in range(days * per_day)]
    for now in moments:
        here = kept({*here, now}, now)
    last = max(here)
    months = {(t.year, t.month) for t in moments}
    assert {(t.year, t.month) for t in here} == months
    assert len(here) <= per_day + 7 + 6 + len(months)
    week = sorted(t for t in here if last - t < 7 * DAY)
    assert all(later - earlier <= DAY for earlier, later in pairwise(week))


def test_a_backup_from_the_future_is_kept() -> None:
    future = NOW + 400 * DAY
    assert kept({NOW, future, future + timedelta(hours=1)}, NOW) == {
        NOW,
        future,
        future + timedelta(hours=1),
    }
