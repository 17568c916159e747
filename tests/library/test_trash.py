"""The trash: out of sight and out of every count, back by undo, and gone only when emptied."""

from __future__ import annotations

import pytest

from readinglist.errors import UnknownKey, UnknownTag, UsageError
from readinglist.library import Library
from readinglist.library.index.fulltext import disagreements
from readinglist.outcomes import Done
from readinglist.records import Facet, Reading, Record, Status
from tests.conftest import put_in
from tests.library.shelves import found


def again(library: Library, *titles: str, name: str = "again.txt") -> tuple[int, int, int]:
    """Import titles once more; how many were new, merged and unchanged."""
    records = [Record(title, abstract=f"More of {title}.") for title in titles]
    receipt = library.ingest(Reading("capture", records), name=name, path=name, digest=name)
    return receipt.new, receipt.merged, receipt.unchanged


def test_papers_go_to_the_trash_in_one_step_and_come_back_by_undo(library: Library) -> None:
    one, two, three = put_in(library, "One", "Two", "Three")
    assert library.set_trashed([one, two], True) == Done("moved 2 to the trash", (one, two))
    assert list(library.search().ids) == [three]
    assert (library.counts().total, library.counts().trash) == (1, 2)
    assert library.set_trashed([one], True) is None
    assert library.undo() is not None
    assert (len(library.search()), library.counts().trash) == (3, 0)
    assert library.redo() is not None
    assert found(library, "is:trashed") == {"One", "Two"}
    done = library.set_trashed([one, three], False)
    assert done is not None
    assert (done.label, done.ids) == (f"restored {library.entry(one).key} from the trash", (one,))


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("networks", {"Beta networks", "Gamma nets networks"}),
        ("is:trashed", {"Alpha networks", "Delta nets"}),
        ("is:trashed alpha", {"Alpha networks"}),
        ("-is:trashed", {"Beta networks", "Gamma nets networks"}),
        ("is:trashed OR gamma", {"Alpha networks", "Delta nets", "Gamma nets networks"}),
        ("(is:trashed delta) OR nets", {"Delta nets", "Gamma nets networks"}),
        ("(is:trashed OR beta) networks", {"Alpha networks", "Beta networks"}),
        ("is:trashed -alpha", {"Delta nets"}),
        ("-alpha", {"Beta networks", "Gamma nets networks"}),
        ("is:trashed -is:trashed", set()),
    ],
)
def test_a_query_finds_trashed_papers_only_where_it_asks_for_them(
    library: Library, query: str, titles: set[str]
) -> None:
    names = ("Alpha networks", "Beta networks", "Gamma nets networks", "Delta nets")
    alpha, _, _, delta = put_in(library, *names)
    library.set_trashed([alpha, delta], True)
    assert found(library, query) == titles
    assert len(library.search(query, where=[Facet("status", "inbox")])) == len(titles)


def test_the_chosen_trash_narrows_a_query_and_other_facets(library: Library) -> None:
    one, two = put_in(library, "One network", "Two networks")
    library.set_starred([two], True)
    library.set_trashed([one, two], True)
    trash = Facet("is", "trashed")
    assert list(library.search("one", where=[trash]).ids) == [one]
    assert list(library.search(where=[trash, Facet("is", "starred")]).ids) == [two]


def test_edits_leave_papers_in_the_trash_alone_and_say_so_when_all_are(library: Library) -> None:
    one, two = put_in(library, "One", "Two")
    library.edit_tags([one], add=["rl"])
    library.set_trashed([one], True)
    assert library.set_status([one, two], Status.READ) == Done(
        f"marked {library.entry(two).key}: read", (two,)
    )
    with pytest.raises(UsageError, match="in the trash"):
        library.set_note(one, "words that must not vanish unsaid")
    with pytest.raises(UnknownTag):
        library.rename_tag("rl", "learning")
    assert library.counts().tags == {}
    assert (library.entry(one).status, library.entry(one).tags) == (Status.INBOX, ("rl",))


def test_what_was_done_before_and_after_is_undone_in_its_order(library: Library) -> None:
    [one] = put_in(library, "One")
    library.set_note(one, "first words")
    library.edit_tags([one], add=["rl"])
    library.set_trashed([one], True)
    for _ in range(3):
        assert library.undo() is not None
    assert (library.entry(one).note, library.entry(one).tags) == (None, ())
    for _ in range(3):
        assert library.redo() is not None
    assert (library.entry(one).note, library.counts().trash) == ("first words", 1)
    assert found(library, "is:trashed note:words tag:rl") == {"One"}


def test_importing_a_title_again_neither_doubles_it_nor_brings_it_back(library: Library) -> None:
    one, _ = put_in(library, "One", "Two")
    library.set_trashed([one], True)
    assert again(library, "One", "Two") == (0, 2, 0)
    assert found(library, "") == {"Two"}
    assert found(library, "is:trashed") == {"One"}
    assert library.counts().sources == {"capture.txt": 1, "again.txt": 1}


def test_keys_are_looked_up_in_the_trash_or_outside_it(library: Library) -> None:
    one, two = put_in(library, "One network", "Two networks")
    first, second = library.entry(one).key, library.entry(two).key
    library.set_trashed([one], True)
    assert library.resolve([first.upper()], trashed=True) == [one]
    for keys, trashed, reason in (
        ([first], False, "is in the trash"),
        ([second], True, "is not in the trash"),
        ([f"{first}x"], True, f"Did you mean {first}"),
    ):
        with pytest.raises(UnknownKey) as raised:
            library.resolve(keys, trashed=trashed)
        assert reason in str(raised.value)


def test_emptying_deletes_what_is_in_the_trash_and_nothing_else(library: Library) -> None:
    one, two, three = put_in(library, "One", "Two", "Three")
    library.edit_tags([one], add=["gone"])
    library.edit_tags([one, two], add=["kept"])
    library.set_note(one, "unrepeatable")
    library.set_trashed([one], True)
    assert disagreements(library._connection) == []
    assert library.empty_trash([one, three]) == 1
    assert disagreements(library._connection) == []
    assert library.empty_trash([one]) == 0
    assert found(library, "") == {"Two", "Three"}
    assert (library.counts().trash, library.counts().tags) == (0, {"kept": 1})
    assert found(library, "unrepeatable OR is:trashed") == set()
    assert library.counts().sources == {"capture.txt": 2}
    assert library.entries([one, two]) == [library.entry(two)]
    with pytest.raises(UnknownKey, match="deleted"):
        library.entry(one)
    assert again(library, "One") == (1, 0, 0)


def test_undo_and_redo_pass_over_what_was_done_to_deleted_papers_alone(library: Library) -> None:
    one, two = put_in(library, "One", "Two")
    library.set_starred([one, two], True)
    library.set_note(one, "of the deleted paper alone")
    library.set_status([two], Status.READ)
    library.set_note(one, "again")
    library.undo()
    library.set_trashed([one], True)
    library.empty_trash([one])
    assert library.redo() is None
    undone = [library.undo(), library.undo(), library.undo()]
    assert undone == [
        Done(f"marked {library.entry(two).key}: read", (two,)), Done("starred 2", (two,)), None,
    ]  # fmt: skip
    assert [library.redo() is None for _ in range(3)] == [False, False, True]
    assert library.entry(two).starred
    states = [chapter.state for chapter in library.history()]
    assert states == ["dropped", "dropped", "done", "dropped", "done"]
