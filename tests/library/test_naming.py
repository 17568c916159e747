"""Citation keys in the library: the same in any order, kept once handed out, changed on purpose."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readinglist.citekeys import is_key, make_key
from readinglist.errors import UsageError
from readinglist.formats import read_document
from readinglist.library import Library
from readinglist.records import Reading, Record, Status
from tests.library.shelves import found, put

WANG = Record("MindBridge", authors=("Shizun Wang",), year=2024)
WANG_TOO = Record("Mindbridge Revisited", authors=("Li Wang",), year=2024)


def key_of(library: Library, paper: int) -> str:
    return library.entry(paper).key


# In other letters


def test_a_key_in_other_letters_is_kept_as_a_further_one(library: Library) -> None:
    text = "@misc{Müller2020, author = {Ann Müller}, year = 2020, title = {Über Boote}}\n"
    text += "@misc{扩散2021, title = {扩散模型}, ids = {МИР1}}\n"
    for number in range(2):  # the second time, as another document
        reading = read_document(f"{text}% {number}\n".encode(), "refs.bib")
        boats, spread = put(library, *reading.records, name=f"{number}.bib")
        assert key_of(library, boats) == "muller2020uber"
        assert library.entry(boats).aliases == ("Müller2020",)
        assert library.entry(spread).aliases == ("МИР1", "扩散2021")
    assert library.resolve(["müller2020", "MÜLLER2020", "мир1"]) == [boats, spread]
    for query in ("key:müller2020", "key:MÜLLER*", "key:Mu\u0308ller2020"):
        assert found(library, query) == {"Über Boote"}


def test_a_key_in_other_letters_belongs_to_one_paper_whatever_its_case(library: Library) -> None:
    one = Record("One", aliases=("müller2020",))
    other = Record("Other", aliases=("MÜLLER2020",), line=7)
    [first] = put(library, one, name="a")
    [second] = put(library, other, name="b")
    assert library.entry(first).aliases == ("müller2020",)
    assert library.entry(second).aliases == ()


# In any order

titles = st.sampled_from(
    [
        "Mind Bridge",
        "Mind Games",
        "Mind the Gap",
        "扩散模型",
        "扩散",
        "?!",
        "2024",
        "Über uns",
        "Mind",
    ]
)
people = st.sampled_from([(), ("Shizun Wang",), ("Wang, Li", "A. Turing"), ("王伟",), ("others",)])
brought = st.sampled_from(
    [None, None, None, "wang2024mind", "Wang2024-Mind", "smith:2020", make_key("扩散"), "x"]
)
works = st.lists(
    st.builds(
        lambda title, authors, year, key: Record(title, authors=authors, year=year, key=key),
        titles,
        people,
        st.sampled_from([None, 2024, 2025]),
        brought,
    ),
    min_size=1,
    max_size=9,
    unique_by=(lambda record: record.title, lambda record: (record.key or record.title).lower()),
)


def parts(work: Record) -> list[Record]:
    """What two documents say of a work, each something else of it."""
    return [work._replace(authors=(), key=None), work._replace(year=None)]


def named(documents: Iterable[list[Record]]) -> dict[str, tuple[str, ...]]:
    """The keys of the papers by their titles, once these documents are imported."""
    with TemporaryDirectory() as folder, Library(Path(folder, "papers.sqlite3")) as library:
        for number, records in enumerate(documents):
            content = Reading("made", records)
            library.ingest(content, name=f"{number}", path="", digest=f"{number}")
        entries = library.entries(library.search().ids)
        assert {*library._connection.execute("SELECT id FROM paper WHERE key < '0'")} == set()
        return {entry.title: (entry.key, *entry.aliases) for entry in entries}


@settings(max_examples=30)
@given(works, st.randoms(use_true_random=False))
def test_keys_are_the_same_in_any_order_and_however_it_is_split(
    works: list[Record], random: Random
) -> None:
    at_once = named([works])
    keys = [key for key, *_ in at_once.values()]
    assert len({key.lower() for key in keys}) == len(works)
    assert all(map(is_key, keys))
    bits = [part for work in works for part in parts(work)]
    random.shuffle(bits)
    cut = random.randint(0, len(bits))
    assert named([bits[:cut], bits[cut:]]) == at_once
    assert named([bit] for bit in bits[::-1]) == at_once


@settings(max_examples=20)
@given(works, st.randoms(use_true_random=False))
def test_beside_a_key_that_is_out_the_others_are_the_same_in_any_order(
    works: list[Record], random: Random
) -> None:
    first, *others = works
    assert beside(first, [others]) == beside(first, [[work] for work in others[::-1]])
    random.shuffle(others)
    cut = random.randint(0, len(others))
    assert beside(first, [others[:cut], others[cut:]]) == beside(first, [others])


def beside(first: Record, documents: Iterable[list[Record]]) -> dict[str, tuple[str, ...]]:
    """The keys of the papers once that of the first is out, and then these documents come."""
    with TemporaryDirectory() as folder, Library(Path(folder, "papers.sqlite3")) as library:
        [out] = put(library, first)
        library.pin_keys([out])
        for number, records in enumerate(documents):
            put(library, *records, name=f"document {number}")
        assert {*library._connection.execute("SELECT id FROM paper WHERE key < '0'")} == set()
        entries = library.entries(library.search().ids)
        return {entry.title: (entry.key, *entry.aliases) for entry in entries}


def test_what_a_document_says_last_of_a_paper_does_not_name_it(library: Library) -> None:
    put(library, WANG, Record("MindBridge Too", authors=("Ada Lovelace",), year=1843))
    repeated = WANG_TOO._replace(authors=("Ada Lovelace",), year=1843)
    first, second = put(library, WANG_TOO, repeated, name="second")
    assert first == second
    assert re.fullmatch("wang2024mindbridge-[0-9a-f]{6}", key_of(library, first))


def test_two_papers_that_would_be_called_alike_are_both_called_otherwise(library: Library) -> None:
    [first] = put(library, WANG)
    assert key_of(library, first) == "wang2024mindbridge"
    [second] = put(library, WANG_TOO, name="second")
    keys = [key_of(library, paper) for paper in (first, second)]
    assert len({*keys}) == 2
    assert all(re.fullmatch("wang2024mindbridge-[0-9a-f]{6}", key) for key in keys)


def test_a_later_author_gives_a_better_key_but_not_to_a_paper_whose_key_is_out(
    library: Library,
) -> None:
    out, kept = put(library, Record("Alpha Waves"), Record("Beta Waves"))
    library.pin_keys([kept])
    before = key_of(library, kept)
    filled = [Record(title, authors=("Ada Lovelace",), year=1843) for title in ("Alpha Waves",
              "Beta Waves")]  # fmt: skip
    put(library, *filled, name="second")
    assert key_of(library, out) == "lovelace1843alpha"
    assert key_of(library, kept) == before
    library.set_facts(out, {"authors": ["Alan Turing"], "year": 1950})
    library.set_facts(kept, {"authors": ["Alan Turing"]})
    assert [key_of(library, out), key_of(library, kept)] == ["turing1950alpha", before]
    library.undo()
    library.undo()
    assert key_of(library, out) == "lovelace1843alpha"


def test_who_leaves_gives_the_plain_key_back(library: Library) -> None:
    first, second = put(library, WANG, WANG_TOO)
    library.set_facts(second, {"year": 2025})
    assert key_of(library, first) == "wang2024mindbridge"
    library.undo()
    assert key_of(library, first).startswith("wang2024mindbridge-")


# Brought along


def test_a_paper_that_is_there_takes_the_key_that_is_brought_and_keeps_it(library: Library) -> None:
    [paper] = put(library, WANG)
    put(library, WANG._replace(key="Wang:24"), name="second")
    assert library.imported(2).changed == ((paper, ("key",)),)
    put(library, WANG._replace(key="mind"), name="third")
    entry = library.entry(paper)
    assert (entry.key, entry.aliases) == ("Wang:24", ("mind",))
    library.set_facts(paper, {"year": 1999})
    assert library.resolve(["wang:24", "MIND"]) == [paper]


def test_a_key_that_is_brought_goes_before_one_that_was_chosen(library: Library) -> None:
    [first] = put(library, WANG)
    [second] = put(library, Record("Another", key="Wang2024MindBridge"), name="second")
    assert key_of(library, second) == "Wang2024MindBridge"
    assert re.fullmatch("wang2024mindbridge-[0-9a-f]{6}", key_of(library, first))


def test_a_key_that_was_handed_out_stays_and_the_document_is_told(library: Library) -> None:
    put(library, Record("One", key="smith2020"))
    content = Reading("made", [Record("Two", key="Smith2020", line=7)])
    [problem] = library.ingest(content, name="b", path="", digest="b").problems
    assert (problem.line, problem.text) == (7, "Smith2020")
    assert "another paper" in problem.reason
    assert library.imported(2).problems == (problem,)
    assert library.resolve(["smith2020"]) == list(library.search("one").ids)


def test_keys_may_change_hands_in_one_document(library: Library) -> None:
    one, two = put(library, WANG, Record("Other", authors=("Ada Lovelace",), year=1843))
    put(library, WANG._replace(key="lovelace1843other"),
        Record("Other", key="wang2024mindbridge"), name="second")  # fmt: skip
    assert key_of(library, one) == "lovelace1843other"
    assert key_of(library, two) == "wang2024mindbridge"


# Changed on purpose


def test_rekey_gives_the_key_of_today_and_keeps_the_old_one_as_alias(library: Library) -> None:
    [paper] = put(library, WANG._replace(key="foo"))
    assert library.renamed([paper]) == {paper: "wang2024mindbridge"}
    done = library.rekey([paper])
    assert done is not None
    assert done.label == "gave foo the key wang2024mindbridge"
    entry = library.entry(paper)
    assert (entry.key, entry.aliases) == ("wang2024mindbridge", ("foo",))
    assert library.resolve(["FOO"]) == [paper]
    assert library.rekey([paper]) is None
    library.undo()
    entry = library.entry(paper)
    assert (entry.key, entry.aliases) == ("foo", ())
    library.redo()
    assert library.entry(paper).aliases == ("foo",)


def test_rekey_of_papers_called_alike_moves_the_others_aside_and_back(library: Library) -> None:
    [foo] = put(library, WANG._replace(key="foo"))
    [loose] = put(library, WANG_TOO, name="second")
    assert key_of(library, loose) == "wang2024mindbridge"
    library.rekey([foo])
    keys = {key_of(library, paper) for paper in (foo, loose)}
    assert all(re.fullmatch("wang2024mindbridge-[0-9a-f]{6}", key) for key in keys)
    library.undo()
    assert key_of(library, loose) == "wang2024mindbridge"


def test_a_key_given_by_hand_stays_and_the_one_before_leads_to_the_paper(library: Library) -> None:
    one, _ = put(library, WANG, Record("Two", key="two"))
    done = library.set_facts(one, {"key": "my:key"})
    assert done is not None
    assert done.label == "edited wang2024mindbridge: citation key"
    library.set_facts(one, {"year": 1999})
    assert library.entry(one).key == "my:key"
    assert library.resolve(["wang2024mindbridge"]) == [one]
    library.set_facts(one, {"key": "wang2024mindbridge"})
    assert library.entry(one).aliases == ("my:key",)
    for wrong in ("two", "TWO"):
        with pytest.raises(UsageError, match="leads to another paper, two"):
            library.set_facts(one, {"key": wrong})
    with pytest.raises(UsageError, match="can be no citation key"):
        library.set_facts(one, {"key": "a b"})


def test_a_key_that_was_taken_meanwhile_is_not_taken_away_by_redo(library: Library) -> None:
    [paper] = put(library, Record("One", key="foo"))
    library.set_facts(paper, {"key": "bar"})
    library.undo()
    [other] = put(library, Record("Two", key="bar"), name="second")
    library.redo()
    assert key_of(library, other) == "bar"
    assert re.fullmatch("bar-[0-9a-f]{6}", key_of(library, paper))
    assert library.resolve(["foo"]) == [paper]


edits = st.lists(
    st.one_of(
        st.tuples(st.just("key"), st.integers(0, 3), st.sampled_from(["k1", "k2", "K1", "k3"])),
        st.tuples(st.just("rekey"), st.integers(0, 3), st.none()),
        st.tuples(st.just("year"), st.integers(0, 3), st.sampled_from([2024, 2025, None])),
        st.tuples(st.just("merge"), st.integers(0, 3), st.integers(0, 3)),
        st.tuples(st.just("status"), st.integers(0, 3), st.just(Status.READ)),
    ),
    max_size=7,
)


@settings(max_examples=30)
@given(edits)
def test_whatever_is_done_undo_gives_every_key_back(edits: list[tuple[str, int, Any]]) -> None:
    with TemporaryDirectory() as folder, Library(Path(folder, "papers.sqlite3")) as library:
        papers = put(library, WANG._replace(key="k1"), WANG_TOO, Record("Mindbridge 3",
                     authors=("Wang",), year=2025), Record("Two", key="k2"))  # fmt: skip
        states = [library.entries(papers)]
        for edit in edits:
            if _do(library, papers, edit):
                states.append(library.entries(papers))
                keys = [
                    key.lower() for e in states[-1] if not e.trashed for key in (e.key, *e.aliases)
                ]
                assert len({*keys}) == len(keys)
                assert all(map(is_key, keys))
        for state in states[-2::-1]:
            library.undo()
            assert library.entries(papers) == state
        for state in states[1:]:
            library.redo()
            assert [(e.key, e.aliases) for e in library.entries(papers)] == [
                (e.key, e.aliases) for e in state
            ]


def _do(library: Library, papers: list[int], edit: tuple[str, int, Any]) -> object:
    kind, number, value = edit
    paper = papers[number]
    try:
        if kind == "rekey":
            return library.rekey([paper])
        if kind == "merge":
            return library.merge(paper, papers[value])
        if kind == "status":
            return library.set_status([paper], value)
        return library.set_facts(paper, {kind: value})
    except UsageError:
        return None


@pytest.mark.parametrize(
    "title", ["Learning to {R}ank", "Über $\\beta$-VAE: Don't Panic", "扩散模型", "?!", "A-B"]
)
def test_the_key_that_a_title_makes_alone_always_leads_to_its_paper(
    library: Library, title: str
) -> None:
    paper, other = put(library, Record(title), Record(f"{title} again"))
    before = key_of(library, paper)
    library.set_facts(paper, {"authors": ["Ada Lovelace"], "year": 1843})
    assert key_of(library, paper).startswith("lovelace1843")
    assert library.resolve([before.upper()]) == [paper]
    library.merge(other, paper)
    assert library.resolve([before]) == [other]
