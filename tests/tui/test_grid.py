"""No letter of any script, joined, doubted or of no width, moves what stands beside it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.content import Content

from readinglist.library import Library
from readinglist.records import Record, Row, Status
from readinglist.tui.looks.cells import one_line, plain_lines
from readinglist.tui.widgets.paper_line import painted
from readinglist.tui.wording.paragraph import Paragraph
from tests.tui.conftest import LARGE, MIDDLE, SMALL, Opener, put
from tests.tui.test_list_look import PLAIN

# What makes lists wobble: joined emoji, flags, skin tones, marks on nothing, right to left, zero
# width, tabs, Hangul parts, and signs whose width terminals doubt.
ODD = st.lists(
    st.sampled_from(
        [
            *"aé\u0301\u200d\u200b\u2060\ufe0f\u200e\u202e\t\n\x1b",
            *"研究한각ﷺאبश्री",
            *"👩🔬🏽🇩🇪❤☺⚠①½Ⅷ￼",
            *("👩\u200d🔬", "🇩🇪", "👍🏽", "❤\ufe0f", "e\u0301\u0323", "1\ufe0f\u20e3"),
        ]
    ),
    max_size=40,
).map("".join)


@given(
    st.builds(
        Row,
        id=st.just(1),
        key=ODD,
        title=ODD,
        status=st.sampled_from(Status),
        starred=st.booleans(),
        year=st.none() | st.integers(0, 9999),
        tags=st.lists(ODD, max_size=4).map(tuple),
        has_note=st.booleans(),
        seen=st.integers(1, 99),
        added=st.just("2026-01-02T03:04:05Z"),
    ),
    st.integers(40, 160),
    st.booleans(),
)
def test_no_letter_of_any_script_moves_a_column(row: Row, width: int, wrap: bool) -> None:
    columns = ["status", "star", "title", "year", "tags", "note", "seen"]
    plain = row._replace(title="x", tags=("x",), key="x")
    look = PLAIN._replace(wrap=wrap)
    line, other = (painted(each, width, columns, look) for each in (row, plain))
    assert all(len(segment.text.splitlines()) <= 1 for segment in line)
    assert sum(cell_len(segment.text) for segment in line) == sum(
        cell_len(segment.text) for segment in other
    )
    text = "".join(segment.text for segment in line)
    assert not set(text) & set("\t\n\x1b\u200d\u200b\u202e\ufe0f\u2060")
    assert sum(map(cell_len, text)) == cell_len(text), "no letter joins another one to one sign"


@given(ODD, st.integers(12, 60), st.booleans())
def test_no_wrapped_line_is_longer_than_there_is_room(text: str, width: int, note: bool) -> None:
    said = Content(plain_lines(text) if note else one_line(text))
    for line in Paragraph(said, "1 ").lines(width):
        assert line.cell_length <= width
        assert sum(map(cell_len, line.plain)) == line.cell_length


STRANGE = "👩\u200d🔬 研究\t🇩🇪 e\u0301\u0323 א\u202eב \u200b❤\ufe0f ﷺ 한각"


# All but the editor of a note, which has to show what was typed letter by letter.
SCREENS = ((), ("enter",), *(("escape", key) for key in "ftMmTH"))


@pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE])
async def test_every_line_of_every_screen_ends_where_the_terminal_does(
    library: Library, opened: Opener, size: tuple[int, int]
) -> None:
    titles = [f"{STRANGE[n:]} {STRANGE[:n]} {n}" for n in range(1, len(STRANGE), 3)]
    ids = put(library, [Record(title, STRANGE * 9) for title in titles], name=STRANGE)
    library.edit_tags(ids[:6], add=[one_line(STRANGE), "研究/한각"])
    library.set_note(ids[0], f"# {STRANGE}\n\n- {STRANGE}\n\n| a | {STRANGE} |\n")
    async with opened(library, size) as app:
        for keys in SCREENS:
            await app.press(*keys)
            for line in app.text().split("\n"):
                assert sum(map(cell_len, line)) == size[0], (keys, line)
