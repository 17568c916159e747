"""Papers that look like one: side by side, merged field by field, or told apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readinglist.library import Library
from readinglist.records import Entry, Record, Status
from readinglist.tui.comparison import Comparison, Side, changed_words
from readinglist.tui.main.screen import MainScreen
from readinglist.tui.screens.duplicates_review import DuplicatesReview
from readinglist.tui.screens.import_review import ImportReview
from readinglist.tui.widgets.side_by_side import SideBySide
from tests.tui.conftest import LARGE, MIDDLE, SMALL, Opener, Session, put

MAPS = (
    "Maps fold badly, and nobody knows why. We propose to fold them along {} that are learnt from "
    "how people hold them. On three collections it takes half the folds of any method before."
)
SHEEP = (
    "Sheep are hard to count in fog. This work counts them by their sound, with microphones on "
    "every fourth post of a fence. Farmers in two valleys used it for a whole winter."
)
OLD_MAPS = Record("When Maps [/b] Learn to Fold", MAPS.format("lines"), line=1)
NEW_MAPS = Record(
    "When Maps [/b] Learn to Fold Themselves", MAPS.format("creases"),
    authors=("Ada Example",), year=2025, urls=("https://maps.example/b",), line=1,
)  # fmt: skip
OLD_SHEEP = Record("Counting Sheep by Ear", SHEEP, line=2)
NEW_SHEEP = Record("Counting Sheep by Ear in Fog", f"{SHEEP} More winters follow.", line=2)


@pytest.fixture
def flock(library: Library) -> Library:
    """Four papers that may be two; those of the maps have tags, and the older one a note."""
    maps, _ = put(library, [OLD_MAPS, OLD_SHEEP], name="old.txt")
    newer, _ = put(library, [NEW_MAPS, NEW_SHEEP], name="new.txt")
    library.edit_tags([maps], add=["paper", "folding"])
    library.edit_tags([newer], add=["folding", "new"])
    library.set_note(maps, "Read [red]twice[/red].")
    library.set_status([newer], Status.READING)
    assert library.compare() == 2
    return library


async def open_maps(app: Session) -> None:
    """Open the review at the pair about maps."""
    await app.press("D")
    await app.finish_work()
    assert isinstance(app.app.screen, DuplicatesReview)
    if "Maps" not in app.text():
        await app.press("n")


async def to_field(app: Session, label: str) -> None:
    """Walk to a field."""
    sides = app.app.screen.query_one(SideBySide)
    await app.press("g")
    for _ in range(60):
        if sides.row is not None and sides.row.field.label == label:
            return
        await app.press("j")
    raise AssertionError(label)


def maps(library: Library) -> list[Entry]:
    return library.entries(library.search("maps").ids)


@pytest.mark.parametrize("size", [SMALL, MIDDLE, LARGE])
async def test_both_papers_stand_side_by_side(
    flock: Library, opened: Opener, size: tuple[int, int]
) -> None:
    async with opened(flock, size) as app:
        await open_maps(app)
        assert "of 2" in app.text()
        [titles] = [line for line in app.text().splitlines() if line.count("When Maps [/b]") == 2]
        assert titles.index("●") < titles.index("○")
        seen = set()
        for label in ("Title", "Abstract", "Authors", "Links", "Tags", "Note", "Key", "Seen in"):
            await to_field(app, label)
            seen |= {*app.text().split()}
        assert {"Themselves", "creases", "lines", "Ada", "2025", "[red]twice[/red]."} <= seen
        assert {"https://maps.example/b", "old.txt", "new.txt", "reading", "inbox", "≠"} <= seen


async def test_m_merges_with_what_is_proposed_and_u_takes_it_back_right_there(
    flock: Library, opened: Opener
) -> None:
    before = maps(flock)
    async with opened(flock) as app:
        await open_maps(app)
        await app.press("m")
        assert "1 of 1" in app.text()
        assert "u takes it back" in app.text()
        [merged] = maps(flock)
        assert merged.title == OLD_MAPS.title
        assert set(merged.tags) == {"paper", "folding", "new"}
        assert (merged.status, merged.year, merged.urls) == (
            Status.READING, 2025, ("https://maps.example/b",),
        )  # fmt: skip
        assert merged.sources == ("old.txt", "new.txt")
        await app.press("u")
        assert "of 2" in app.text()
        assert "Maps" in app.text()
        assert maps(flock) == before
        await app.press("u")
        assert "Nothing has been decided here yet." in app.text()
        assert maps(flock) == before


async def test_h_and_l_choose_the_side_and_both(flock: Library, opened: Opener) -> None:
    async with opened(flock) as app:
        await open_maps(app)
        await app.press("l")
        assert "Title: the right one is taken." in app.text()
        await to_field(app, "Tags")
        assert "Tags: both are taken." in app.text()
        await app.press("h", "h")
        assert "Tags: the left one is taken." in app.text()
        await to_field(app, "Status")
        await app.press("h")
        await to_field(app, "Key")
        await app.press("l")
        await to_field(app, "Note")
        await app.press("l")
        right = flock.search("themselves").ids[0]
        await app.press("enter")
        [merged] = maps(flock)
        assert (merged.id, merged.title) == (right, NEW_MAPS.title)
        assert set(merged.tags) == {"paper", "folding"}
        assert (merged.status, merged.note) == (Status.INBOX, None)


async def test_x_remembers_that_they_are_two(flock: Library, opened: Opener) -> None:
    async with opened(flock) as app:
        await app.press("D")
        await app.finish_work()
        await app.press("x", "x")
        assert "No other two papers look like the same one." in app.text()
        assert "u takes it back" in app.text()
        assert flock.lookalikes() == []
        assert flock.counts().total == 4
        await app.press("u", "u")
        assert len(flock.lookalikes()) == 2
        await app.press("x", "x", "escape", "D")
        await app.finish_work()
        assert isinstance(app.app.screen, MainScreen)
        assert "No two papers look like the same one." in app.toasts()


async def test_n_and_p_walk_round_the_pairs(flock: Library, opened: Opener) -> None:
    async with opened(flock) as app:
        await app.press("D")
        await app.finish_work()
        first = app.text()
        await app.press("n")
        assert "2 of 2" in app.text()
        await app.press("n")
        assert app.text() == first
        await app.press("p", "left_square_bracket")
        assert app.text() == first


async def test_the_list_shows_the_merge_afterwards_and_u_takes_it_back(
    flock: Library, opened: Opener
) -> None:
    async with opened(flock) as app:
        await open_maps(app)
        await app.press("m", "escape")
        assert len(app.titles()) == 3
        await app.press("u")
        assert len(app.titles()) == 4
        assert any("merged" in toast for toast in app.toasts())


async def test_u_takes_nothing_back_that_was_not_decided_there(
    flock: Library, opened: Opener
) -> None:
    async with opened(flock) as app:
        await open_maps(app)
        await app.press("m")
        flock.set_starred(flock.search("sheep").ids, starred=True)
        await app.press("u")
        assert "Something else was done since" in app.text()
        assert len(maps(flock)) == 1
        assert flock.counts().starred == 2


async def test_a_pair_that_another_program_decided_is_left_alone(
    flock: Library, opened: Opener
) -> None:
    async with opened(flock) as app:
        await open_maps(app)
        pairs = [(each.first, each.second) for each in flock.lookalikes()]
        for first, second in pairs:
            flock.set_distinct(first, second)
        await app.press("x")
        assert "No other two papers" in app.text() or "decided" in app.text()
        assert flock.counts().total == 4


async def test_a_long_abstract_is_read_to_its_end_before_the_next_field(
    library: Library, opened: Opener
) -> None:
    long = " ".join(f"{MAPS.format('lines')} Part{number:02} ends." for number in range(12))
    put(library, [Record("When Maps Learn to Fold", long)], name="old.txt")
    put(library, [Record("When Maps Learn to Fold Again", f"{long} Really.")], name="new.txt")
    async with opened(library, SMALL) as app:
        await app.press("D")
        await app.finish_work()
        parts = set()
        sides = app.app.screen.query_one(SideBySide)
        while sides.row is not None and sides.row.field.label in ("Title", "Abstract"):
            parts |= {number for number in range(12) if f"Part{number:02}" in app.text()}
            await app.press("j")
        assert parts == {*range(12)}


async def test_an_import_tells_of_pairs_and_leads_to_them(
    library: Library, opened: Opener, tmp_path_factory: pytest.TempPathFactory
) -> None:
    put(library, [OLD_SHEEP], name="old.txt")
    page = tmp_path_factory.mktemp("in") / "new.txt"
    page.write_text(
        "Get trending papers in your email inbox!\n"
        f"Subscribe{NEW_SHEEP.title}\n{NEW_SHEEP.abstract}\n"
    )
    async with opened(library) as app:
        app.main._import([page])
        await app.until(lambda: isinstance(app.app.screen, ImportReview))
        await app.settle()
        assert "1 pair looks like the same paper: D compares it." in app.text()
        await app.press("D")
        await app.until(lambda: isinstance(app.app.screen, DuplicatesReview))
        await app.press("m", "escape")
        assert app.titles() == [OLD_SHEEP.title]
        await app.press("I")
        assert "look" not in app.text().splitlines()[-5]


# What is compared


WORDS = st.lists(st.sampled_from(["a", "b", "c", "dd", "[x]", "ü"]), max_size=12).map(" ".join)


@given(WORDS, WORDS)
def test_what_is_not_marked_is_the_same_on_both_sides(left: str, right: str) -> None:
    mine, theirs = changed_words(left, right)

    def rest(text: str, spans: list[tuple[int, int]]) -> list[str]:
        for start, stop in reversed(spans):
            text = text[:start] + text[stop:]
        return text.split()

    assert rest(left, mine) == rest(right, theirs)
    assert (not mine and not theirs) == (left == right)


def test_only_what_differs_is_chosen_and_an_empty_side_never_by_itself() -> None:
    left = Entry(1, "a", "Title", "Abstract", tags=("x",), year=2020)
    right = Entry(2, "b", "Title", "Abstract", tags=(), year=2020, note="mine", starred=True)
    rows = {row.field.name: row for row in Comparison(left, right).rows}
    assert {name for name, row in rows.items() if row.sides} == {"tags", "note", "starred", "key"}
    assert (rows["tags"].side, rows["note"].side) == (Side.LEFT, Side.RIGHT)
    assert rows["starred"].side is Side.RIGHT
    assert "venue" not in rows
    assert Comparison(left, right).decision() == (
        1, 2, {"tags": ("x",), "note": "mine", "starred": True},
    )  # fmt: skip


async def test_a_merge_is_not_repeated_nor_is_the_edit_before_it(
    flock: Library, opened: Opener
) -> None:
    async with opened(flock) as app:
        await app.press("s")
        await open_maps(app)
        await app.press("m", "escape", "G", "full_stop")
        assert app.at.status is not Status.SKIPPED
        assert "about two papers" in app.toasts()[-1]
