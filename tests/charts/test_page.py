"""Pictures of figures: within their width, readable without colour, and true."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from readinglist.charts.bars import span
from readinglist.charts.drawing import ASCII, BLOCKS, Line, Signs, width_of
from readinglist.charts.page import page
from readinglist.library.statistics.figures import Day, Open, Statistics, TagUse, Wait
from readinglist.records import Status

TODAY = date(2026, 11, 25)  # a Wednesday
WIDTHS = (52, 57, 76, 100, 114, 236)


def cut(text: str, width: int) -> str:
    return text[:width].ljust(width)


def shown(figures: Statistics, width: int = 114, signs: Signs = BLOCKS) -> str:
    lines = page(figures, width, cut, signs)
    assert all(width_of(line) <= width for line in lines)
    return "\n".join("".join(text for text, _ in line) for line in lines)


def figures(finished: dict[date, int], days: int = 400, reading: int = 12) -> Statistics:
    first = TODAY - timedelta(days=days)
    return Statistics(
        TODAY,
        finished,
        tuple(
            Day(first + timedelta(days=n), n % 3, dict.fromkeys(Status, n))
            for n in range(0, days, 5)
        ),
        Wait(0.5, 6, 20, (0.2, 0.5, 6, 20, 100)),
        tuple(TagUse(f"tag {n}", 40 - n, n) for n in range(12)),
        tuple(
            Open(n, f"key{n}", f"Title {n} {'long ' * 30}", "2026-01-01T00:00:00+00:00", 20 - n)
            for n in range(reading)
        ),
    )


@pytest.mark.parametrize("signs", [BLOCKS, ASCII])
@pytest.mark.parametrize("width", WIDTHS)
def test_every_width_has_every_picture(width: int, signs: Signs) -> None:
    text = shown(figures({TODAY: 3}), width, signs)
    for heading in ("Papers finished", "Papers by status", "From to-read", "Tags", "Open in"):
        assert heading in text
    assert "half within 6 days, a quarter within 12 hours," in text
    assert "7 for 14 days or more" in text
    assert "and 3 more" in text


def test_ascii_is_ascii() -> None:
    assert shown(figures({TODAY: 3, TODAY - timedelta(days=9): 1}), signs=ASCII).isascii()


def test_the_calendar_has_each_day_in_its_place() -> None:
    monday = TODAY - timedelta(days=2)
    text = shown(figures({TODAY: 4, monday: 1, monday - timedelta(weeks=1): 2}))
    rows = [line[4:] for line in text.split("\n")[2:9]]
    assert rows[0].endswith("▒ ░ ")
    assert rows[2].endswith("· █ ")
    assert rows[3].endswith("·   "), "tomorrow is not there yet"
    assert "░ 1  ▒ 2  ▓ 3  █ 4" in text
    assert "7 in 30 days" in text


def test_the_calendar_of_a_busy_year_tells_what_each_shade_means() -> None:
    text = shown(figures({TODAY: 12, TODAY - timedelta(days=1): 5}))
    assert "░ 1-3  ▒ 4-6  ▓ 7-9  █ 10-12" in text


def test_nothing_is_told_in_words() -> None:
    empty = Statistics(TODAY, {}, (), None, (), ())
    for width in WIDTHS:
        text = shown(empty, width)
        assert "No paper has come yet." in text
        assert "No paper has gone all the way yet." in text
        assert "No paper has a tag yet" in text
        assert "Nothing is open" in text


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (0, "1 minute"), (0.02, "29 minutes"), (1, "24 hours"), (2, "2 days"), (20.4, "20 days"),
        (21, "3 weeks"), (100, "3 months"), (1000, "3 years"),
    ],
)  # fmt: skip
def test_a_span_is_told_in_the_unit_that_suits_it(days: float, told: str) -> None:
    assert span(days) == told


DATES = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@given(
    st.dictionaries(DATES, st.integers(1, 500), max_size=8),
    st.dictionaries(DATES, st.integers(0, 10**6), max_size=8),
    st.integers(52, 260),
)
def test_any_figures_can_be_drawn(
    finished: dict[date, int], left: dict[date, int], width: int
) -> None:
    days = tuple(Day(day, n, dict.fromkeys(Status, n)) for day, n in sorted(left.items()))
    lines: list[Line] = page(Statistics(TODAY, finished, days, None, (), ()), width, cut)
    assert all(width_of(line) <= width for line in lines)


@example({TODAY - timedelta(days=90): 1000}, {}, 52)
@given(
    st.dictionaries(DATES, st.integers(1, 500), max_size=8),
    st.dictionaries(st.sampled_from(Status), st.integers(0, 10**6)),
    st.sampled_from(WIDTHS),
)
def test_pictures_and_json_tell_the_same(
    finished: dict[date, int], statuses: dict[Status, int], width: int
) -> None:
    left = dict.fromkeys(Status, 0) | statuses
    days = (Day(TODAY - timedelta(days=9), 1, dict.fromkeys(Status, 1)), Day(TODAY, 1, left))
    drawn = Statistics(TODAY, finished, days, None, (TagUse("rl", 7, 3),), ())
    told, text = drawn.to_json(), shown(drawn, width)
    assert f"{sum(told['finished'].values()):,} ever" in text
    for name, number in told["statuses"].items():
        (row,) = [line for line in text.split("\n") if line.startswith(f"{name} ")]
        assert f" {number:,}" in row
    (tag,) = told["tags"]
    assert f"{tag['read']}/{tag['papers']}" in text
