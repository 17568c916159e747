"""The journal: every edit can be taken back and done again, across restarts."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from readinglist.errors import LibraryError, UnknownTag, UsageError
from readinglist.library import Library
from readinglist.records import Done, Reading, Record, Status
from tests.conftest import put_in

TITLES = ["Alpha", "Beta", "Gamma", "Delta"]


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


@dataclass(frozen=True)
class Model:
    """What one paper should look like."""

    status: str = "inbox"
    starred: bool = False
    tags: frozenset[str] = frozenset()
    note: str | None = None
    trashed: bool = False


Papers = dict[str, Model]
some_papers = st.lists(st.sampled_from(TITLES), min_size=1, unique=True)
some_tags = st.lists(st.sampled_from(["rl", "nlp", "rl/offline"]), unique=True, max_size=3)


class Journal(RuleBasedStateMachine):
    """Random edits, undos, redos, imports and reopenings against a plain model in memory."""

    @initialize()
    def start(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.library = Library(Path(self.folder.name, "papers.sqlite3"))
        self.ids = dict(zip(TITLES, put_in(self.library, *TITLES), strict=True))
        self.papers: Papers = dict.fromkeys(TITLES, Model())
        self.past: list[Papers] = []
        self.future: list[Papers] = []

    def edit(self, titles: list[str], change: Callable[[Model], Model], done: Done | None) -> None:
        present = [title for title in titles if not self.papers[title].trashed]
        self.apply(present, change, done)

    def apply(self, titles: list[str], change: Callable[[Model], Model], done: Done | None) -> None:
        after = {**self.papers, **{title: change(self.papers[title]) for title in titles}}
        changed = {self.ids[title] for title in titles if after[title] != self.papers[title]}
        assert changed == set(done.ids if done else ())
        if changed:
            self.past.append(self.papers)
            self.future.clear()
            self.papers = after

    def present(self, titles: list[str], edit: Callable[[list[int]], Done | None]) -> Done | None:
        """Do an edit, which is refused when every paper is in the trash."""
        ids = [self.ids[title] for title in titles]
        if all(self.papers[title].trashed for title in titles):
            with pytest.raises(UsageError, match="in the trash"):
                edit(ids)
            return None
        return edit(ids)

    @rule(titles=some_papers, trashed=st.booleans())
    def trash_or_restore(self, titles: list[str], trashed: bool) -> None:
        done = self.library.set_trashed([self.ids[title] for title in titles], trashed)
        self.apply(titles, lambda paper: replace(paper, trashed=trashed), done)

    @rule(titles=some_papers, status=st.sampled_from(Status))
    def mark(self, titles: list[str], status: Status) -> None:
        done = self.present(titles, lambda ids: self.library.set_status(ids, status))
        self.edit(titles, lambda paper: replace(paper, status=str(status)), done)

    @rule(titles=some_papers, starred=st.booleans())
    def star(self, titles: list[str], starred: bool) -> None:
        done = self.present(titles, lambda ids: self.library.set_starred(ids, starred))
        self.edit(titles, lambda paper: replace(paper, starred=starred), done)

    @rule(titles=some_papers, add=some_tags, remove=some_tags)
    def tag(self, titles: list[str], add: list[str], remove: list[str]) -> None:
        done = self.present(titles, lambda ids: self.library.edit_tags(ids, add=add, remove=remove))
        self.edit(
            titles, lambda paper: replace(paper, tags=(paper.tags - {*remove}) | {*add}), done
        )

    @rule(old=st.sampled_from(["rl", "nlp"]), new=st.sampled_from(["nlp", "deep", "rl"]))
    def rename(self, old: str, new: str) -> None:
        carriers = [
            t for t, paper in self.papers.items() if old in paper.tags and not paper.trashed
        ]
        if not carriers:
            with pytest.raises(UnknownTag):
                self.library.rename_tag(old, new)
            return
        done = self.library.rename_tag(old, new)
        self.edit(carriers, lambda paper: replace(paper, tags=(paper.tags - {old}) | {new}), done)

    @rule(title=st.sampled_from(TITLES), note=st.sampled_from(["", "one", "two\nlines\n", "ünï"]))
    def write_note(self, title: str, note: str) -> None:
        done = self.present([title], lambda ids: self.library.set_note(ids[0], note))
        self.edit([title], lambda paper: replace(paper, note=note or None), done)

    @rule()
    def undo(self) -> None:
        done = self.library.undo()
        assert (done is None) == (not self.past)
        if self.past:
            self.future.append(self.papers)
            self.papers = self.past.pop()

    @rule()
    def redo(self) -> None:
        done = self.library.redo()
        assert (done is None) == (not self.future)
        if self.future:
            self.past.append(self.papers)
            self.papers = self.future.pop()

    @rule(titles=some_papers)
    def import_again(self, titles: list[str]) -> None:
        records = [Record(title, line=number) for number, title in enumerate(titles, 1)]
        name = f"again-{'-'.join(titles)}.txt"
        receipt = self.library.ingest(
            Reading("capture", records), name=name, path=f"/{name}", digest=name
        )
        assert receipt.new == 0

    @rule()
    def reopen(self) -> None:
        self.library.close()
        self.library = Library(Path(self.folder.name, "papers.sqlite3"))

    @invariant()
    def the_whole_library_agrees(self) -> None:
        entries = self.library.entries(self.ids.values())
        shown = {
            entry.title: Model(
                entry.status,
                entry.starred,
                frozenset(entry.tags),
                entry.note,
                entry.trashed is not None,
            )
            for entry in entries
        }
        assert shown == self.papers
        present = {title: paper for title, paper in self.papers.items() if not paper.trashed}
        trashed = self.papers.keys() - present.keys()
        assert self.found("") == present.keys()
        assert self.found("is:trashed") == trashed
        carried = sorted(tag for paper in present.values() for tag in paper.tags)
        counts = self.library.counts()
        assert (counts.total, counts.trash) == (len(present), len(trashed))
        assert sorted(tag for tag, n in counts.tags.items() for _ in range(n)) == carried
        for tag in {"rl", "nlp", "deep"} & {*carried}:
            carriers = {title for title, paper in present.items() if tag in paper.tags}
            assert self.found(f"tag:{tag}") == carriers

    def found(self, query: str) -> set[str]:
        return {self.library.entry(number).title for number in self.library.search(query).ids}

    def teardown(self) -> None:
        if hasattr(self, "library"):
            self.library.close()
            self.folder.cleanup()


def test_random_edits_undos_and_reopenings_agree_with_a_model() -> None:
    run_state_machine_as_test(
        Journal, settings=settings(max_examples=25, stateful_step_count=30, deadline=None)
    )
