"""A set of papers is a set."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from readinglist.library.search.paper_set import PaperSet

PAPERS = st.sets(st.integers(1, 3000), max_size=40)


@given(one=PAPERS, other=PAPERS, paper=st.integers(0, 3100))
def test_it_is_a_set(one: set[int], other: set[int], paper: int) -> None:
    ours, theirs = PaperSet(one), PaperSet(other)
    assert list(ours) == sorted(one)
    assert (len(ours), bool(ours), paper in ours) == (len(one), bool(one), paper in one)
    assert {*(ours | theirs)} == one | other
    assert {*(ours ^ theirs)} == one ^ other
    assert {*(ours - theirs)} == one - other
    assert (ours <= theirs) == (one <= other)
    assert (ours == theirs) == (one == other)
    assert ours == PaperSet(list(ours))
