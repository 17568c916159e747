"""A reference for a letter, from whatever is known of a paper."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from readinglist.formats.citation import plain
from readinglist.records import Entry
from tests.formats.nasty import ENTRIES


@pytest.mark.parametrize(
    ("entry", "reference"),
    [
        (Entry(1, "a", "Fish"), "“Fish.”"),
        (Entry(1, "a", "Why?", authors=("Ann Lee",), year=2024), "Lee, Ann. 2024. “Why?”"),
        (
            Entry(1, "a", "On M^{3}", authors=("Lee, Jr., Ann", "Bo Ek"), venue="Nature",
                  doi="10.1000/1"),
            "Lee, Ann, Jr., and Bo Ek. “On M³.” Nature. https://doi.org/10.1000/1",
        ),
        (Entry(1, "a", "X", authors=("A A", "B B", "C C")), "A, A, B B, and C C. “X.”"),
        (Entry(1, "a", "X", authors=("A A", "B B", "C C", "D D")), "A, A, et al. “X.”"),
        (Entry(1, "a", "X", authors=("A A", "others")), "A, A, et al. “X.”"),
        (Entry(1, "a", "X", authors=("{Deep Mind}", "OpenAI")), "Deep Mind, and OpenAI. “X.”"),
    ],
)  # fmt: skip
def test_a_reference_holds_what_is_known(entry: Entry, reference: str) -> None:
    assert plain(entry) == reference


@given(entries=ENTRIES)
@settings(max_examples=50, deadline=None)
def test_a_reference_is_one_line(entries: tuple[Entry, ...]) -> None:
    for entry in entries:
        assert "\n" not in plain(entry)
