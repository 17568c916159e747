"""The search index follows every edit, whoever makes it, and long lists come in two steps."""

from __future__ import annotations

import random
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from readinglist.library import Library
from readinglist.library.index import fulltext
from readinglist.library.index.folding import words
from readinglist.library.search import in_order, reach
from readinglist.library.search.lexicon import Lexicon
from readinglist.library.search.orders import order_of
from readinglist.library.search.sayings import says
from readinglist.library.search.searcher import Searcher
from readinglist.library.storage.opening import open_file
from readinglist.records import Reading, Record, Sort
from readinglist.stopping import Stopped, stoppable
from tests.library.shelves import put, titles
from tests.library.test_search_recall import misspell

SYLLABLES = ["ka", "ro", "mi", "tel", "sun", "dor", "vex", "pli", "gra"]


def text(rng: random.Random, most: int) -> str:
    """Some words, of a few or many syllables."""
    return " ".join(
        "".join(rng.choices(SYLLABLES, k=rng.randint(1, 4))) for _ in range(rng.randint(1, most))
    )


def edit(library: Library, rng: random.Random) -> None:
    """Do one thing that a user may do."""
    ids = list(library.search().ids)
    chosen = rng.sample(ids, min(len(ids), 2))
    deed = rng.choice(["import", "tag", "note", "trash", "undo", "redo", "empty"])
    if deed == "import" or not ids:
        records = [Record(text(rng, 4), text(rng, 6)) for _ in range(rng.randint(1, 3))]
        put(library, *records, name=f"{rng.random()}")
    elif deed == "tag":
        library.edit_tags(chosen, add=[text(rng, 2)])
    elif deed == "note":
        library.set_note(chosen[0], rng.choice(["", text(rng, 4)]))
    elif deed == "trash":
        library.set_trashed(chosen, True)
    elif deed == "undo":
        library.undo()
    elif deed == "redo":
        library.redo()
    else:
        library.empty_trash(library.search("is:trashed").ids)


def counted(connection: sqlite3.Connection) -> Counter[str]:
    """How many papers have each word, counted anew."""
    found: Counter[str] = Counter()
    for title, abstract, authors, note, tags in connection.execute(
        "SELECT title, abstract, authors, note, (SELECT group_concat(name, ' ') FROM paper_tag"
        " JOIN tag ON tag.id = tag_id WHERE paper_id = paper.id) FROM paper"
    ):
        found.update(
            {w for part in (title, abstract, authors, note, tags) for w in words(part or "")}
        )
    return found


@given(st.randoms(use_true_random=False))
@settings(max_examples=12)
def test_the_index_is_right_after_every_edit(
    tmp_path_factory: pytest.TempPathFactory, rng: random.Random
) -> None:
    path = tmp_path_factory.mktemp("edits") / "library"
    with Library(path) as library, Library(path) as other:
        put(library, Record("First"))
        other.changed_elsewhere()  # there is a file now
        for _ in range(12):
            edit(rng.choice([library, other]), rng)
            with closing(open_file(path)) as connection:
                assert not fulltext.disagreements(connection)
                stored = dict(connection.execute("SELECT term, papers FROM word WHERE papers"))
                assert stored == counted(connection)
            query = misspell(text(rng, 1) + "ka", rng)
            with Library(path) as fresh:
                expected = fresh.search(query)
            assert list(library.search(query).ids) == list(expected.ids)
            assert library.search(query).corrections == expected.corrections


def test_many_papers_at_once_are_counted_like_few(library: Library) -> None:
    rng = random.Random(3)
    put(library, Record("First", "of all"))
    records = [Record(f"{text(rng, 3)} {n}", text(rng, 5)) for n in range(1100)]
    library.ingest(Reading("made", records), name="many", path="", digest="many")
    with closing(open_file(library.path)) as connection:
        stored = dict(connection.execute("SELECT term, papers FROM word WHERE papers"))
        assert stored == counted(connection)
        front = dict(connection.execute("SELECT term, front FROM word WHERE front"))
        assert front["first"] == 1
        assert "all" not in front
        assert sum(front.values()) == sum(
            len(set(words(title))) for (title,) in connection.execute("SELECT title FROM paper")
        )


def test_a_changed_or_deleted_abstract_is_forgotten(library: Library) -> None:
    (paper,) = put(library, Record("One", "zebras everywhere"))
    with closing(sqlite3.connect(library.path, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        connection.execute("UPDATE paper SET abstract = 'quaggas' WHERE id = ?", [paper])
        connection.execute("UPDATE paper SET abstract = 'okapis' WHERE id = ?", [paper])
        fulltext.reindex(connection, [paper])
        connection.execute("COMMIT")
        assert not fulltext.disagreements(connection)
    assert [len(library.search(word)) for word in ("zebras", "quaggas", "okapis")] == [0, 0, 1]


def test_words_that_another_program_brings_are_known(library: Library) -> None:
    put(library, Record("Zebras"))
    assert library.search("zebrsa").corrections
    with Library(library.path) as other:
        put(other, Record("Wildebeests"), name="few")
    assert library.search("wildebeetss").corrections == {"wildebeetss": "wildebeests"}
    with Library(library.path) as other:
        put(other, *(Record(f"Title{n}okapi") for n in range(1200)), name="many")
    assert titles(library.search("title77okapo")) == ["Title77okapi"]


# In two steps


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    rng = random.Random(4)
    path = tmp_path_factory.mktemp("large") / "library"
    with Library(path) as library:
        records = [Record(f"{text(rng, 6)} {n}", text(rng, 12)) for n in range(1500)]
        library.ingest(Reading("made", records), name="made", path="", digest="made")
    with closing(open_file(path)) as connection:
        yield Searcher(connection)


QUERIES = st.one_of(
    st.lists(st.lists(st.sampled_from(SYLLABLES), min_size=1, max_size=3).map("".join), max_size=3),
    st.lists(st.sampled_from(["k", "ro", "karo", "-vex", '"mi"', "year:2020", "dr"]), max_size=3),
).map(" ".join)


@given(query=QUERIES)
@settings(max_examples=60)
def test_what_comes_first_stays_first(large: Searcher, query: str) -> None:
    first = large.run(query, lenient=True, brief=True)
    extended, complete = first.extended(), large.run(query, lenient=True)
    assert list(extended.ids[: len(first)]) == list(first.ids)
    assert list(extended.ids) == list(complete.ids)
    assert len(set(complete.ids)) == len(complete)
    assert extended.complete
    assert not first.complete or len(first) == len(extended)
    assert set(large.run(query, lenient=True, reverse=True).ids) == set(complete.ids)


@pytest.mark.parametrize(
    "query",
    ["-vex", "seen:>0", "has:doi", '"ka ro"', '"ka ro" -mi', "karo", "zzzz", "abstract:ka telro"],
)
def test_where_there_is_no_time_the_others_follow(
    large: Searcher, query: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    complete = large.run(query, lenient=True)
    monkeypatch.setattr(reach, "STEPS", 5)
    monkeypatch.setattr(in_order, "_WALK", 0.0)
    first = large.run(query, lenient=True, brief=True, within=0.0)
    assert not first.complete
    extended = first.extended()
    assert list(extended.ids[: len(first)]) == list(first.ids)
    assert sorted(extended.ids) == sorted(complete.ids)
    assert first.words or list(extended.ids) == list(complete.ids)


@given(query=QUERIES, sort=st.sampled_from([*Sort]), reverse=st.booleans())
@settings(max_examples=60)
def test_in_any_order_it_is_the_same_papers(
    large: Searcher, query: str, sort: Sort, reverse: bool
) -> None:
    found = large.run(query, lenient=True)
    listed = large.run(query, lenient=True, sort=sort, reverse=reverse, brief=True).extended()
    assert (listed.corrections, listed.words) == (found.corrections, found.words)
    if sort is Sort.RELEVANCE:
        assert sorted(listed.ids) == sorted(found.ids)
    else:
        assert listed.ids == found.reordered(order_of(sort, reverse)).ids


@pytest.mark.parametrize("query", ["", "karo", "zzkaro", '"ka ro"'])
def test_a_search_can_be_stopped(large: Searcher, query: str) -> None:
    with stoppable(lambda: True), pytest.raises(Stopped):
        large.run(f"{query} seen:>0")
    assert len(large.run("ka"))


# Words


@given(st.lists(st.text("abcdef", min_size=1, max_size=12), min_size=1, max_size=30), st.data())
def test_a_word_with_an_edit_is_found_among_all(known: list[str], data: st.DataObject) -> None:
    lexicon = _lexicon(known)
    word = data.draw(st.sampled_from(known).filter(lambda word: len(word) >= 4))
    typed = misspell(word, data.draw(st.randoms(use_true_random=False)))
    alike = {term for term in known if OSA.distance(typed, term) <= 1}
    assert {term for term, _ in lexicon.misspelt(typed, 1)} == alike
    assert set(lexicon.beginning_with(word[:2])) == {t for t in known if t.startswith(word[:2])}


def _lexicon(known: list[str]) -> Lexicon:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE paper_text_state (generation, anew)")
        connection.execute("INSERT INTO paper_text_state VALUES (1, 0)")
        connection.execute("CREATE TABLE word (term TEXT PRIMARY KEY)")
        connection.executemany("INSERT INTO word VALUES (?)", {(word,) for word in known})
        lexicon = Lexicon()
        lexicon.catch_up(connection)
    return lexicon


@given(
    st.text(st.sampled_from("aAbB '-.,1éß\\^2"), max_size=40),
    st.lists(st.sampled_from(["a", "ab", "b", "1", "e"]), min_size=1, max_size=3),
    st.booleans(),
)
@settings(max_examples=400)
def test_a_row_of_words_is_in_an_abstract_or_not(
    abstract: str, row: list[str], begun: bool
) -> None:
    end = "" if begun else " "
    wanted = f" {' '.join(row)}{end}"
    folded = f" {' '.join(words(abstract))} "
    assert says(abstract, f'["{wanted}"]') == (wanted in folded)
