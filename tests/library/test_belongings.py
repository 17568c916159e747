"""Notes and tags of a bibliography for papers already here: taken, disputed, and never lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readinglist.library import Library
from readinglist.library.safety.dump import dump, load
from readinglist.outcomes import Receipt
from readinglist.records import Reading, Record
from tests.conftest import put_in
from tests.library.test_conflicts import told


def bring(library: Library, name: str, *records: Record) -> Receipt:
    return library.ingest(Reading("bibtex", list(records)), name=name, path=name, digest=name)


def by_title(library: Library) -> dict[str, tuple[str | None, tuple[str, ...]]]:
    entries = library.entries(library.search().ids)
    return {entry.title: (entry.note, entry.tags) for entry in entries}


def test_a_paper_takes_the_note_that_it_lacks_and_tags_in_one_change_that_can_be_undone(
    library: Library,
) -> None:
    put_in(library, "One", "Two", "Three")
    library.edit_tags(library.search("two").ids, add=["RL"])
    receipt = bring(
        library, "refs.bib",
        Record("One", note="Read §3.\n"), Record("Two", tags=("rl", "to cite")), Record("Three"),
        Record("Four", note="new", tags=("x",)),
    )  # fmt: skip
    assert (receipt.notes, receipt.tagged, receipt.problems) == (1, 1, ())
    assert by_title(library) == {
        "Four": ("new", ("x",)),
        "One": ("Read §3.\n", ()),
        "Two": (None, ("RL", "to cite")),
        "Three": (None, ()),
    }
    assert len(library.search('tag:"to cite"')) == len(library.search("note:read")) == 1
    assert library.history()[0].label == "took notes and tags of 2 papers from refs.bib"
    assert dict(library.imported(receipt.document).changed) == {1: ("note",), 2: ("tags",)}
    library.undo()
    assert by_title(library)["Two"] == (None, ("RL",))
    assert len(library.search("note:read")) == 0
    library.redo()
    assert by_title(library)["One"] == ("Read §3.\n", ())


def test_one_paper_is_called_by_its_key(library: Library) -> None:
    put_in(library, "One")
    key = library.entry(1).key
    bring(library, "a.bib", Record("One", note="n", tags=("t",)))
    assert library.history()[0].label == f"took note and tags of {key} from a.bib"


def test_another_note_is_a_conflict_which_when_taken_goes_below(library: Library) -> None:
    put_in(library, "One")
    library.set_note(1, "Mine.")
    receipt = bring(library, "a.bib", Record("One", note="Theirs.\n\nMore."))
    assert (receipt.conflicts, receipt.notes) == (1, 0)
    assert told(library) == {"note": ("Mine.", "Theirs.\n\nMore.")}
    done = library.decide(library.conflicts(), take=True)
    assert done is not None
    assert done.label == f"added the note of a.bib to that of {library.entry(1).key}"
    assert library.entry(1).note == "Mine.\n\n---\n\nTheirs.\n\nMore."
    assert told(library) == {}
    library.undo()
    assert library.entry(1).note == "Mine."
    library.decide(library.conflicts(), take=False)
    assert bring(library, "b.bib", Record("One", note="Theirs.\n\nMore.")).conflicts == 0
    assert (library.entry(1).note, told(library)) == ("Mine.", {})


def test_a_note_that_says_what_is_here_or_was_here_is_none(library: Library) -> None:
    put_in(library, "One")
    library.set_note(1, "First.")
    library.set_note(1, "First, and second.\n\nMine.")
    for number, note in enumerate(("Mine.", "First.", "  Mine.\n")):
        receipt = bring(library, f"{number}.bib", Record("One", note=note))
        assert (receipt.conflicts, receipt.notes) == (0, 0)
    library.set_note(1, "")
    assert bring(library, "b.bib", Record("One", note="First.")).notes == 0
    assert bring(library, "c.bib", Record("One", note="Another.")).notes == 1


def test_what_the_user_took_away_does_not_come_back(library: Library) -> None:
    bring(library, "a.bib", Record("One", tags=("rl", "old"), note="n"))
    library.edit_tags([1], remove=["old"])
    library.rename_tag("rl", "reinforcement")
    library.set_note(1, "")
    receipt = bring(library, "b.bib", Record("One", tags=("RL", "Old", "new"), note="n"))
    assert (receipt.tagged, receipt.notes) == (1, 0)
    assert by_title(library)["One"] == (None, ("new", "reinforcement"))
    library.undo()
    bring(library, "c.bib", Record("One", tags=("rl", "old", "new")))
    assert library.entry(1).tags == ("reinforcement",)


def test_one_document_may_speak_of_a_paper_again(library: Library) -> None:
    put_in(library, "One")
    records = (
        Record("One", tags=("a",), note="n"), Record("Two", tags=("b",)),
        Record("one", tags=("A", "c"), note="another"), Record("two", tags=("d",), note="m"),
    )  # fmt: skip
    receipt = bring(library, "a.bib", *records, *(Record(f"Paper {n}") for n in range(600)))
    bring(library, "b.bib", *(Record(f"Paper {n}") for n in range(600)), Record("one", note="n"))
    assert {title: by_title(library)[title] for title in ("One", "Two")} == {
        "One": ("n", ("a", "c")), "Two": ("m", ("b", "d")),
    }  # fmt: skip
    assert (receipt.conflicts, told(library)) == (1, {"note": ("n", "another")})


def test_a_tag_that_is_a_whole_text_is_reported(library: Library) -> None:
    long = "a keyword that goes on " * 8
    receipt = bring(library, "a.bib", Record("One", tags=("rl", long.strip()), line=7))
    assert library.entry(1).tags == ("rl",)
    [problem] = receipt.problems
    assert (problem.line, problem.text) == (7, long.strip())


def test_a_paper_in_the_trash_takes_them_too(library: Library) -> None:
    put_in(library, "One")
    library.set_trashed([1], True)
    bring(library, "a.bib", Record("One", note="n", tags=("t",)))
    library.set_trashed([1], False)
    assert (library.entry(1).note, library.entry(1).tags) == ("n", ("t",))


def test_a_rehearsal_says_so_and_does_nothing(library: Library) -> None:
    put_in(library, "One")
    with library.rehearsal():
        assert bring(library, "a.bib", Record("One", note="n", tags=("t",))).notes == 1
    assert (by_title(library)["One"], library.history()) == ((None, ()), [])


def test_what_was_taken_and_disputed_is_dumped_and_loaded(library: Library) -> None:
    put_in(library, "One", "Two")
    library.set_note(2, "Mine.")
    bring(library, "a.bib", Record("One", note="n", tags=("t",)), Record("Two", note="m"))
    with_it = library.path.parent / "loaded.sqlite3"
    load(with_it, list(dump(library.path)))
    with Library(with_it) as loaded:
        assert (by_title(loaded), told(loaded)) == (by_title(library), told(library))
        loaded.undo()
        assert by_title(loaded)["One"] == (None, ())


NOTES = st.none() | st.sampled_from(["a", "b", "a\n\nb", "c"])
TAGS = st.lists(st.sampled_from(["x", "X", "y", "z"]), max_size=3).map(tuple)


@settings(max_examples=25)
@given(
    before=st.tuples(NOTES, TAGS),
    brought=st.lists(st.tuples(NOTES, TAGS), min_size=1, max_size=3),
)
def test_nothing_that_a_user_wrote_is_lost(
    tmp_path_factory: pytest.TempPathFactory,
    before: tuple[str | None, tuple[str, ...]],
    brought: list[tuple[str | None, tuple[str, ...]]],
) -> None:
    with Library(tmp_path_factory.mktemp("library") / "papers.sqlite3") as library:
        put_in(library, "One")
        note, tags = before
        library.set_note(1, note or "")
        if tags:
            library.edit_tags([1], add=tags)
        for number, (words, more) in enumerate(brought):
            bring(library, f"{number}.bib", Record("One", note=words, tags=more))
        for conflict in library.conflicts():
            library.decide([conflict], take=True)
        entry = library.entry(1)
        assert (note or "") in (entry.note or "")
        assert all(words in (entry.note or "") for words, _ in brought if words)
        every = {tag.casefold() for _, named in [before, *brought] for tag in named}
        assert {tag.casefold() for tag in entry.tags} == every
