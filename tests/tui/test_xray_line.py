"""The line under the search: every clause where there is room, and first what tells something."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from readinglist.library.query.clauses import Clause
from readinglist.library.search.xray import Share
from readinglist.tui.wording.xray_line import xray_line


def share(text: str, papers: int, read_as: str = "", *, excluding: bool = False) -> Share:
    return Share(Clause(text, 0, len(text), text, excluding), papers, read_as)


SHARES = (
    share("difusion", 14, "diffusion"), share("models", 322), share("tag:rl", 12),
    share("-video", 3, excluding=True), share("2024", 7),
)  # fmt: skip


def test_all_clauses_stand_in_the_order_they_were_typed() -> None:
    line = xray_line(SHARES, 4, 80)
    assert line.plain == (
        "    difusion → diffusion 14 · models 322 · tag:rl 12 · -video −3 · 2024 7"
    )


def test_in_a_narrow_line_a_misspelt_word_is_told_before_others() -> None:
    assert xray_line(SHARES, 9, 36).plain == "    difusion → diffusion 14 … 2024 7"
    assert xray_line(SHARES, 0, 45).plain == "difusion → diffusion 14 … -video −3 · 2024 7"


def test_in_a_narrow_line_a_clause_that_finds_nothing_is_told_before_others() -> None:
    shares = (share("alpha", 5), share("zzqqx", 0), share("beta", 6), share("gamma", 7))
    assert xray_line(shares, 0, 22).plain == "… zzqqx 0 … gamma 7"


@given(
    st.lists(
        st.builds(share, st.text("abc:", min_size=1, max_size=50), st.integers(0, 9**7),
                  st.sampled_from(["", "read", "r" * 50]), excluding=st.booleans()),
        min_size=1, max_size=9,
    ),
    st.integers(0, 200), st.integers(1, 160),
)  # fmt: skip
def test_the_line_is_never_wider_than_its_place_and_begins_no_later(
    shares: list[Share], start: int, width: int
) -> None:
    line = xray_line(tuple(shares), start, width)
    assert line.cell_length <= width
    assert len(line.plain) - len(line.plain.lstrip()) <= start
