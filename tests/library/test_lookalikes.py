"""Near-duplicates are offered, never merged; what was told apart is never offered again."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from readinglist.importing import import_paths
from readinglist.library import Library
from readinglist.outcomes import Receipt
from readinglist.records import Reading, Record
from readinglist.text import identity

ABSTRACT = """
    We study how rivers carry sand from the mountains into the plain and why some of them leave
    their beds in spring. A model of eleven equations is fitted to thirty years of measurements
    at nine bridges. It predicts three of four floods a day before they come, which is more than
    was thought possible, and it fails where dams are opened by hand. All data are published.
""".strip()
WORDS = ABSTRACT.split()
OTHER = """
    Bakers have long known that dough rises better beside an oven. The reason, we show in forty
    kitchens, is not warmth alone: draughts dry the surface, and what is dry cannot stretch. A
    cloth does as well as any machine that was sold to the participants of this trial so far.
""".strip()
TITLE = "Sand and Floods: A Model of Rivers in Spring"


def bring(library: Library, *records: Record) -> Receipt:
    name = f"{random.random()}.txt"
    return library.ingest(Reading("capture", list(records)), name=name, path=name, digest=name)


def offered(library: Library) -> set[frozenset[str]]:
    return {
        frozenset(entry.title for entry in library.entries([pair.first, pair.second]))
        for pair in library.lookalikes()
    }


@pytest.mark.parametrize(
    "title",
    [
        f"{TITLE} v2",
        f"{TITLE}: New Evidence from Nine Bridges",
        "Sand and Floods",
        "Sand and Flodos: A Model of Rivers in Spring",
        "Sand & Floods - A Model of Rivers, in Spring!",
        "Sand and Floods: A Theory of Rivers in Spring",
        "Sand and Flood: Models of a River in Spring",
    ],
)
@pytest.mark.parametrize(
    "abstract",
    [
        ABSTRACT,
        " ".join(WORDS[:25]),
        " ".join(word if n % 15 else "changed" for n, word in enumerate(WORDS)),
    ],
    ids=["same", "cut off", "edited"],
)
@pytest.mark.parametrize("turned", [False, True])
def test_a_nearly_equal_title_over_the_same_words_is_offered(
    library: Library, title: str, abstract: str, turned: bool
) -> None:
    records = [Record(TITLE, ABSTRACT), Record(title, abstract)]
    for record in reversed(records) if turned else records:
        assert bring(library, record).new == 1
        bring(library, Record("Something about Bread", OTHER))
    assert library.compare() == 1
    assert offered(library) == {frozenset({TITLE, title})}
    assert library.compare() == 0


MIRAGE = (
    "Emergent Abilities of Large Language Models",
    "Are Emergent Abilities of Large Language Models a Mirage?",
)


@pytest.mark.parametrize(
    ("one", "other", "abstracts"),
    [
        (*MIRAGE, (ABSTRACT, OTHER)),
        (*MIRAGE, (None, None)),
        ("A Survey of Rivers", "A Survey of Rivers: Five Years Later", (ABSTRACT, OTHER)),
        (TITLE, f"{TITLE} v2", (ABSTRACT, OTHER)),
        (TITLE, f"{TITLE} v2", (ABSTRACT, None)),
        ("Segment Anything", "Segment Anything 2", (None, None)),
        ("Sand and Floods", "Bread and Draughts", (ABSTRACT, ABSTRACT)),
        ("强化学习综述", "深度学习综述", (None, None)),
        ("???", "!!!", (ABSTRACT, ABSTRACT)),
    ],
)
def test_likeness_of_titles_alone_is_not_enough(
    library: Library, one: str, other: str, abstracts: tuple[str | None, str | None]
) -> None:
    assert bring(library, Record(one, abstracts[0]), Record(other, abstracts[1])).new == 2
    assert library.compare() == 0
    assert library.lookalikes() == []


@pytest.mark.parametrize("abstracts", [(None, None), (ABSTRACT, None), (None, "A word or two.")])
def test_without_two_abstracts_only_a_slip_in_the_title_is_offered(
    library: Library, abstracts: tuple[str | None, str | None]
) -> None:
    slip = TITLE.replace("Rivers", "Rivres")
    bring(library, Record(TITLE, abstracts[0]), Record(slip, abstracts[1]))
    assert library.compare() == 1


def test_what_is_told_apart_is_never_offered_again_unless_that_is_undone(library: Library) -> None:
    bring(library, Record(TITLE, ABSTRACT), Record(f"{TITLE} v2", ABSTRACT))
    library.compare()
    (pair,) = library.lookalikes()
    done = library.set_distinct(pair.second, pair.first)
    assert done is not None
    assert set(done.ids) == {pair.first, pair.second}
    assert library.set_distinct(pair.first, pair.second) is None
    bring(library, Record(f"{TITLE} v2", ABSTRACT), Record(TITLE, ABSTRACT))
    library._journal._connection.execute("DELETE FROM mark")
    library.compare()
    assert library.lookalikes() == []
    library.undo()
    assert library.lookalikes() == [pair]
    library.redo()
    assert library.lookalikes() == []


def test_papers_that_nobody_took_for_one_can_be_told_apart_and_that_be_undone(
    library: Library,
) -> None:
    bring(library, Record("One"), Record("Two"))
    one, two = sorted(library.search().ids)
    assert library.set_distinct(one, two) is not None
    library.undo()
    assert library.lookalikes() == []
    assert library._connection.execute("SELECT * FROM lookalike").fetchall() == []


def test_a_change_about_a_deleted_paper_is_no_change_any_more(library: Library) -> None:
    bring(library, Record("One"), Record("Two"), Record("Three"))
    one, two, three = sorted(library.search().ids)
    library.set_distinct(one, two)
    library.set_distinct(one, three)
    library.set_trashed([two], True)
    library.empty_trash([two])
    bring(library, Record("Four"))
    undone = library.undo()
    assert undone is not None
    assert set(undone.ids) == {one, three}
    assert library.undo() is None
    assert library._connection.execute("SELECT * FROM lookalike").fetchall() == []


def test_a_pair_with_a_paper_in_the_trash_is_not_offered(library: Library) -> None:
    bring(library, Record(TITLE, ABSTRACT), Record(f"{TITLE} v2", ABSTRACT))
    library.compare()
    (pair,) = library.lookalikes()
    library.set_trashed([pair.first], True)
    assert library.lookalikes() == []
    library.undo()
    assert library.lookalikes() == [pair]


def test_a_comparison_can_be_stopped_and_goes_on_where_it_was(library: Library) -> None:
    bring(library, *(Record(f"Filling number {'x' * n}") for n in range(600)))
    bring(library, Record(TITLE, ABSTRACT), Record(f"{TITLE} v2", ABSTRACT))
    asked: list[int] = []

    def stop() -> bool:
        asked.append(1)
        return len(asked) > 1

    assert library.compare(stop) == 0
    assert library.lookalikes() == []
    assert library.compare() == 1


def test_two_that_compare_at_once_offer_each_pair_once(library: Library) -> None:
    bring(library, *(Record(f"Filling number {'x' * n}") for n in range(600)))
    bring(library, Record(TITLE, ABSTRACT), Record(f"{TITLE} v2", ABSTRACT))
    found: list[int] = []
    with Library(library.path) as other:

        def meanwhile() -> bool:
            if not found:
                found.append(other.compare())
            return False

        assert library.compare(meanwhile) == 0
    assert found == [1]
    assert len(library.lookalikes()) == 1


def test_a_library_without_a_file_has_nothing_to_compare(tmp_path: Path) -> None:
    with Library(tmp_path / "none.sqlite3") as library:
        assert library.compare() == 0
        assert library.lookalikes() == []
        assert not library.exists


Change = Callable[[str], str]
TITLES: dict[str, Change] = {
    "version": lambda title: f"{title} v2",
    "subtitle": lambda title: f"{title}: An Extended Study",
    "typo": lambda title: f"{title[:3]}{title[4]}{title[3]}{title[5:]}",
}


@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES.keys())
def test_among_real_listings_the_changed_copies_are_offered_and_nothing_else(
    library: Library, corpus: list[Path], title: Change
) -> None:
    list(import_paths(library, corpus))
    assert library.compare() == 0
    chosen = [entry for entry in library.entries(library.search().ids) if entry.abstract][::4]
    copies = {
        title(entry.title): entry.title
        for entry in chosen
        if identity(title(entry.title)) != identity(entry.title)
    }
    half = {
        entry.title: entry.abstract[: len(entry.abstract) // 2]
        for entry in chosen
        if entry.abstract
    }
    receipt = bring(library, *(Record(copy, half[of]) for copy, of in copies.items()))
    assert receipt.new == len(copies) > 50
    library.compare()
    assert offered(library) == {frozenset({copy, of}) for copy, of in copies.items()}
