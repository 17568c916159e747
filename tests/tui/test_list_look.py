"""What the list shows of a paper: its columns, long titles, and every sign in ASCII."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style

from readinglist.library import Library
from readinglist.records import Record, Row, Status
from readinglist.settings.table import COLUMNS
from readinglist.tui.looks.ascii import in_ascii
from readinglist.tui.looks.cells import split
from readinglist.tui.widgets import paper_line
from readinglist.tui.widgets.paper_line import Look, painted, painted_below
from tests.tui.conftest import LARGE, MIDDLE, SMALL, Opener, put
from tests.tui.terminal import APP, Terminal

LONG = (
    "A Title of Many Words That Goes On and On until No Line of Any List Is Long Enough for It All"
)
PLAIN = Look(Style(), lambda _: Style(), False, False, lambda _: (), {})


@pytest.fixture
def three(library: Library) -> Library:
    """A library of three papers with something in every column."""
    ids = put(library, [Record(LONG, "About it.", year=2021), "Études 研究 of ½ things", "Short"])
    library.edit_tags(ids[:2], add=["rl"])
    library.set_starred(ids[:1], starred=True)
    library.set_note(ids[0], "Yes.")
    return library


def cells_before(line: str, word: str) -> int:
    return cell_len(line[: line.index(word)])


async def test_columns_show_in_the_order_that_is_set(three: Library, opened: Opener) -> None:
    config = '[list]\ncolumns = ["year", "title", "status", "tags", "key", "added"]\n'
    async with opened(three, LARGE, config=config) as app:
        line, second = app.line(0), app.line(1)
        assert line.index("2021") < line.index("A Title") < line.index("rl") < line.index("title-")
        assert three.entry(1).added[:10] in line
        assert "*" not in line
        assert cells_before(line, "title-") == cells_before(second, "etudes")
        await app.press("d")
        assert app.line(0)[: app.line(0).index("rl")].rstrip().endswith("d")


async def test_a_narrow_list_shows_titles_alone(three: Library, opened: Opener) -> None:
    config = '[list]\ncolumns = ["key", "title", "added"]\n'
    async with opened(three, (100, 30), config=config) as app:
        app.main.papers.styles.width = 40
        await app.settle()
        assert app.line(2).rstrip().endswith("Short")


async def test_tags_are_shown_whole_or_counted(three: Library, opened: Opener) -> None:
    three.edit_tags([1], add=["methods", "to-cite", "offline-learning"])
    three.edit_tags([3], add=["a-tag-that-is-longer-than-any-list-has-room-for"])
    async with opened(three, (100, 30)) as app:
        assert app.line(0).split()[-3:] == ["methods", "+3", "n"]
        assert app.line(2).rstrip().endswith("…")
    async with opened(three, (240, 67)) as app:
        assert app.line(0).split()[-5:-1] == ["methods", "offline-learning", "rl", "+1"]


async def test_long_titles_wrap_to_a_second_line(three: Library, opened: Opener) -> None:
    async with opened(three, MIDDLE, config='[list]\nlong-titles = "wrap"\n') as app:
        first, second = app.line(0), app.line(1)
        assert "…" not in first
        begun = first.split("  rl")[0].split("*", 1)[1].strip()
        assert LONG.startswith(f"{begun} {second.strip('▌ ')[:20]}")
        assert "Études" in app.line(2)
        await app.press("j")
        assert app.at.title.startswith("Études")
        assert app.line(2).startswith("▌")
        assert app.line(3).startswith("▌")
        await app.press("G", "k", "g", "ctrl+d", "pageup")
        assert app.at.title == LONG


async def test_scrolling_keeps_both_lines_of_the_cursor_in_sight(
    library: Library, opened: Opener
) -> None:
    put(library, [f"Paper {number}" for number in range(40)])
    async with opened(library, SMALL, config='[list]\nlong-titles = "wrap"\n') as app:
        papers = app.main.papers
        for key in ("j",) * 15 + ("G", "k", "pageup", "ctrl+u", "pagedown", "ctrl+d", "g"):
            await app.press(key)
            top, height = round(papers.scroll_y), papers.scrollable_content_region.height
            assert top <= papers.cursor * 2
            assert papers.cursor * 2 + 1 < top + height
        await app.pilot.click("#papers", offset=(10, 6))
        await app.settle()
        assert app.at.title == "Paper 2"


@pytest.mark.parametrize(
    "keys",
    [
        *((), ("enter",), ("?",), ("x",), ("t",), ("H",), ("T",), ("S",), ("i",), ("O",), ("M",)),
        *((",",), ("Y",), ("a",), ("e",), ("m",), ("n",), (":",), ("f",), ("v", "j"), ("/", "x")),
        *(("w", "u"), ("/", *"zzzz"), ("/", *"tag:"), ("D",), ("R",), ("I",), ("E",), ("T", "s")),
    ],
    ids=lambda keys: "-".join(keys) or "list",
)
async def test_in_ascii_no_other_sign_is_on_the_screen(
    three: Library, opened: Opener, keys: tuple[str, ...]
) -> None:
    async with opened(three, MIDDLE, config="ascii = true\n") as app:
        await app.press(*keys)
        await app.finish_work()
        text = app.text()
        assert text.isascii(), {c for c in text if not c.isascii()}
        assert all(len(line) == MIDDLE[0] for line in text.splitlines())


async def test_in_ascii_keys_are_named_in_words(three: Library, opened: Opener) -> None:
    async with opened(three, MIDDLE, config="ascii = true\n") as app:
        await app.press("t")
        assert "up down choose" in app.text()
        await app.press("escape", "f")
        assert "enter filter" in app.text()


def test_a_terminal_that_takes_only_ascii_gets_nothing_else(three: Library) -> None:
    plain_locale = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    terminal = Terminal(*APP, "--library", str(three.path), **plain_locale)
    assert terminal.shows("-2 Papers-")
    assert terminal.shows("Etudes")
    painted = terminal.written
    terminal.end()
    assert painted.isascii()
    assert "\\u" not in painted


async def test_ascii_titles_are_read_as_far_as_letters_allow(
    three: Library, opened: Opener
) -> None:
    async with opened(three, config="ascii = true\n") as app:
        assert "Etudes ???? of ? things" in app.text()


@given(st.text(st.characters(exclude_categories=("Cc", "Cs"))))
def test_ascii_takes_as_many_cells(text: str) -> None:
    assert in_ascii(text).isascii()
    assert len(in_ascii(text)) == sum(cell_len(sign) for sign in text)


_ROWS = st.builds(
    Row,
    id=st.just(1),
    key=st.text(max_size=30),
    title=st.text(max_size=80) | st.sampled_from([LONG, "研究" * 30, "x" * 90]),
    status=st.sampled_from(Status),
    starred=st.booleans(),
    year=st.none() | st.integers(0, 9999),
    tags=st.lists(st.text(max_size=8), max_size=4).map(tuple),
    has_note=st.booleans(),
    seen=st.integers(1, 99),
    added=st.sampled_from(["", "2026-01-02T03:04:05Z"]),
)


@given(
    _ROWS,
    st.integers(20, 120),
    st.permutations(COLUMNS).flatmap(
        lambda order: st.integers(1, len(order)).map(lambda n: order[:n])
    ),
    st.booleans(),
)
def test_a_line_never_takes_more_room_than_there_is(
    row: Row, width: int, columns: list[str], wrap: bool
) -> None:
    look = PLAIN._replace(wrap=wrap)
    for paint in (painted, painted_below):
        cells = sum(cell_len(segment.text) for segment in paint(row, width, columns, look))
        fixed = sum(
            (width // 4 if name == "tags" else paper_line.COLUMNS[name].width(width)) + 2
            for name in columns
            if name != "title" and (width >= 48 or name in ("status", "star"))
        )
        assert cells <= max(width, fixed + 3)


@given(st.text(st.characters(exclude_categories=("Cc", "Cs"))), st.integers(1, 30))
def test_a_title_is_split_without_losing_a_letter(text: str, width: int) -> None:
    first, rest = split(text, width)
    assert cell_len(first) <= width
    assert (first + rest).replace(" ", "") == text.replace(" ", "")


def test_what_can_be_set_is_what_there_is() -> None:
    assert {*paper_line.COLUMNS, "title", "tags"} == {*COLUMNS}
