"""The journal: every edit can be taken back and done again, across restarts."""

from __future__ import annotations

import pytest

from readinglist.errors import LibraryError, UnknownTag, UsageError
from readinglist.library import Library
from readinglist.outcomes import Done
from readinglist.records import Status
from tests.conftest import put_in


def test_a_bulk_edit_is_one_step_that_restores_each_papers_own_value(library: Library) -> None:
    one, two, three = put_in(library, "One", "Two", "Three")
    library.set_status([one], Status.READ)
    library.set_status([two], Status.READING)
    done = library.set_status([one, two, three], Status.SKIPPED)
    assert done == Done("marked 3: skipped", (one, two, three))
    assert library.undo() == done
    statuses = [library.entry(paper).status for paper in (one, two, three)]
    assert statuses == [Status.READ, Status.READING, Status.INBOX]


def test_an_edit_that_changes_nothing_leaves_no_trace(library: Library) -> None:
    [paper] = put_in(library, "One")
    assert library.set_status([paper], Status.INBOX) is None
    assert library.edit_tags([paper], remove=["absent"]) is None
    assert library.set_note(paper, "  \n") is None
    assert (library.history(), library.undo(), library.redo()) == ([], None, None)


def test_undo_goes_on_after_a_restart_and_so_does_redo(library: Library) -> None:
    [paper] = put_in(library, "One")
    library.edit_tags([paper], add=["rl", "offline"])
    library.set_note(paper, "a note")
    library.close()
    with Library(library.path) as second:
        assert second.undo() is not None
        assert second.undo() is not None
        assert (second.entry(paper).tags, second.entry(paper).note) == ((), None)
    with Library(library.path) as third:
        assert third.redo() is not None
        assert third.redo() is not None
        assert third.redo() is None
        assert third.entry(paper).tags == ("offline", "rl")
        assert third.entry(paper).note == "a note"


def test_a_new_edit_gives_up_what_was_undone_but_history_remembers(library: Library) -> None:
    [paper] = put_in(library, "One")
    library.set_status([paper], Status.READ)
    library.undo()
    library.set_starred([paper], True)
    assert library.redo() is None
    key = library.entry(paper).key
    told = [(chapter.label, chapter.state, chapter.keys) for chapter in library.history()]
    assert told == [
        (f"starred {key}", "done", (key,)),
        (f"marked {key}: read", "dropped", (key,)),
    ]


def test_undo_takes_user_edits_and_leaves_imported_papers(library: Library) -> None:
    [one] = put_in(library, "One", name="a.txt")
    library.set_starred([one], True)
    put_in(library, "Two", name="b.txt")
    assert library.undo() is not None
    assert library.undo() is None
    assert (len(library.search()), library.entry(one).starred) == (2, False)


def test_renaming_a_tag_is_one_step_and_into_another_joins_them(library: Library) -> None:
    one, two = put_in(library, "One", "Two")
    library.edit_tags([one], add=["RL"])
    library.edit_tags([two], add=["bandits"])
    done = library.rename_tag("rl", "bandits")
    assert done is not None
    assert done.label == "renamed the tag RL to bandits"
    assert library.counts().tags == {"bandits": 2}
    library.undo()
    assert library.counts().tags == {"bandits": 1, "RL": 1}
    library.rename_tag("RL", "rl")
    assert library.counts().tags == {"bandits": 1, "rl": 1}


def test_a_tag_keeps_its_spelling_and_odd_ones_are_refused(library: Library) -> None:
    one, two = put_in(library, "One", "Two")
    library.edit_tags([one], add=["#Deep RL ", "a, b"])
    library.edit_tags([two], add=["deep rl"])
    assert library.entry(one).tags == ("a", "b", "Deep RL")
    assert library.entry(two).tags == ("Deep RL",)
    for name in ("", " , ", "#", "x" * 101, "\x1b"):
        with pytest.raises(UsageError):
            library.edit_tags([one], add=[name])
    with pytest.raises(UnknownTag, match=r"Did you mean Deep RL\?"):
        library.rename_tag("depe rl", "x")


def test_an_edit_reaches_every_one_of_many_papers(library: Library) -> None:
    papers = put_in(library, *(f"Paper number {number}" for number in range(1200)))
    done = library.edit_tags(papers, add=["all"])
    assert done is not None
    assert len(done.ids) == library.counts().tags["all"] == 1200
    library.undo()
    assert library.counts().tags == {}


def test_a_failed_write_changes_nothing_and_says_why(library: Library) -> None:
    [paper] = put_in(library, "One")
    library._journal._connection.execute("PRAGMA query_only = ON")
    with pytest.raises(LibraryError, match="may not be written"):
        library.set_note(paper, "words")
    assert (library.entry(paper).note, library.history()) == (None, [])


def test_a_note_that_changed_elsewhere_is_kept_beside_the_new_one(library: Library) -> None:
    [paper] = put_in(library, "One")
    key = library.entry(paper).key
    library.set_note(paper, "base")
    with Library(library.path) as elsewhere:
        elsewhere.set_note(paper, "theirs")
    done = library.set_note(paper, "mine", "base")
    assert done == Done(f"wrote a note on {key}, beside another text", (paper,), both=True)
    assert library.entry(paper).note == "mine\n\n---\n\ntheirs"
    library.undo()
    assert library.entry(paper).note == "theirs"


@pytest.mark.parametrize(
    ("base", "stored", "mine", "left", "both"),
    [
        ("base", "base", "mine", "mine", False),
        ("base", "mine", "mine\nand more", "mine\nand more", True),
        ("base", "theirs\nmine\nin it", "mine", "theirs\nmine\nin it", None),
        ("base", "I know", "no", "no\n\n---\n\nI know", True),
        ("base", "", "mine", "mine", False),
        ("", "theirs", "mine", "mine\n\n---\n\ntheirs", True),
        ("base", "theirs", "  ", "theirs", None),
        ("base", "base", "", None, False),
        ("", "", "mine", "mine", False),
        (None, "theirs", "mine", "mine", False),
        ("base", "mine", "mine", "mine", None),
    ],
)
def test_no_words_are_lost_between_two_notes(
    library: Library, base: str | None, stored: str, mine: str, left: str | None, both: bool | None
) -> None:
    [paper] = put_in(library, "One")
    library.set_note(paper, stored)
    done = library.set_note(paper, mine, base)
    assert library.entry(paper).note == left
    assert (done.both if done else None) == both
