"""Random edits, merges, imports, undos and reopenings, against a plain model of it all."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

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

from readinglist.errors import UnknownTag, UsageError
from readinglist.library import Library
from readinglist.library.index.fulltext import disagreements
from readinglist.outcomes import Done, Receipt
from readinglist.records import Entry, Reading, Record, Status
from tests.library.model import DETAILS, FACTS, Model

WORDS = "We describe at length what was measured twice in the winter and why it came out so."
TITLES = ["Alpha Networks", "Beta Networks", "Beta Networks v2", "Gamma Fields"]
FURTHER = ["alpha networks", "Gamma Fields: A Longer Study", "Delta Waves"]
pick = st.integers(0, 30)
picks = st.lists(pick, min_size=1, max_size=3, unique=True)
tags = st.lists(st.sampled_from(["rl", "nlp", "rl/offline"]), unique=True, max_size=3)
dois = st.sampled_from([None, None, "10.1000/a", "10.1000/b"])
arxivs = st.sampled_from([None, None, "2401.00001", "2401.00002"])
years = st.sampled_from([None, 2019, 2020])
venues = st.sampled_from([None, None, "Annals of Counting", "Proceedings of Weighing"])
texts = st.sampled_from(["3", "4", "11"])
details = st.dictionaries(st.sampled_from(DETAILS), texts).map(
    lambda each: (*sorted(each.items()),)
)
corrected = st.dictionaries(st.sampled_from(DETAILS), st.one_of(st.just(""), texts))
people = st.sampled_from([(), ("Ada Lovelace",), ("Alan Turing", "Grace Hopper")])
links = st.sampled_from([(), ("https://a.example/x",), ("https://b.example/y",)])
abstracts = st.sampled_from([None, WORDS, f"{WORDS} More.", f"{WORDS} Quite different words."])
titles = st.sampled_from([*TITLES, *FURTHER])
# What a user of another library wrote: a paper that is new brings it along.
brought = {
    "key": st.none(), "status": st.sampled_from(Status), "starred": st.booleans(),
    "tags": st.sampled_from([(), ("brought",)]), "note": st.sampled_from([None, "brought"]),
    "aliases": st.just(()), "details": details,
}  # fmt: skip
records = st.builds(
    Record, titles, abstracts, people, years, venues, dois, arxivs, links, st.just(1), **brought
)
facts = st.fixed_dictionaries(
    {},
    optional={
        "title": titles, "abstract": abstracts, "authors": people, "year": years, "venue": venues,
        "doi": dois, "arxiv_id": arxivs, "urls": links, "details": corrected,
    },
)  # fmt: skip


After = Callable[[Any], Any]


class Everything(RuleBasedStateMachine):
    """All that can be done to a library, by its user and by documents."""

    @initialize()
    def start(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name, "papers.sqlite3")
        self.library = Library(self.path)
        self.model = Model()
        self.imported = 0
        self.take([Record(title, WORDS if "Beta" in title else None) for title in TITLES])
        assert self.library.compare() == 1
        beta, beta_too = sorted(self.model.papers)[1:3]
        self.model.alike = {frozenset({beta, beta_too})}

    def choose(self, numbers: list[int]) -> list[int]:
        """Some of the papers that are not merged into others."""
        papers = sorted(self.model.separate())
        return list(dict.fromkeys(papers[number % len(papers)] for number in numbers if papers))

    def edit(
        self, papers: list[int], edit: Callable[[list[int]], Done | None], name: str, after: After
    ) -> None:
        """Do an edit of one field here and there; it is refused when all are in the trash."""
        if papers and set(papers) <= set(self.model.trash()):
            with pytest.raises(UsageError, match="in the trash"):
                edit(papers)
            return
        done = edit(papers)
        values = {
            (paper, name): after(self.model.shown(paper, name))
            for paper in papers
            if paper in self.model.present()
        }
        self.agree(self.model.change(values), done)

    def agree(self, touched: set[int], done: Done | None) -> None:
        assert touched == set(done.ids if done else ())

    # The user

    @rule(numbers=picks, status=st.sampled_from(Status), starred=st.booleans(), which=st.booleans())
    def mark_or_star(self, numbers: list[int], status: Status, starred: bool, which: bool) -> None:
        papers = self.choose(numbers)
        if which:
            mark = partial(self.library.set_status, status=status)
            self.edit(papers, mark, "status", lambda _: str(status))
        else:
            star = partial(self.library.set_starred, starred=starred)
            self.edit(papers, star, "starred", lambda _: starred)

    @rule(numbers=picks, add=tags, remove=tags)
    def tag(self, numbers: list[int], add: list[str], remove: list[str]) -> None:
        self.edit(
            self.choose(numbers),
            lambda ids: self.library.edit_tags(ids, add=add, remove=remove),
            "tags",
            lambda before: (before - {*remove}) | {*add},
        )

    @rule(old=st.sampled_from(["rl", "nlp"]), new=st.sampled_from(["nlp", "deep", "rl"]))
    def rename(self, old: str, new: str) -> None:
        present = self.model.present()
        carriers = [paper for paper in present if old in self.model.shown(paper, "tags")]
        if not carriers:
            with pytest.raises(UnknownTag):
                self.library.rename_tag(old, new)
            return
        self.edit(
            carriers,
            lambda _: self.library.rename_tag(old, new),
            "tags",
            lambda before: (before - {old}) | {new},
        )

    @rule(number=pick, note=st.sampled_from(["", "one", "two\nlines\n", "ünï"]))
    def write_note(self, number: int, note: str) -> None:
        for paper in self.choose([number]):
            self.edit(
                [paper],
                lambda ids: self.library.set_note(ids[0], note),
                "note",
                lambda _: note or None,
            )

    @rule(number=pick, given=facts)
    def change_facts(self, number: int, given: dict[str, Any]) -> None:
        for paper in self.choose([number]):
            if paper in self.model.trash():
                with pytest.raises(UsageError, match="in the trash"):
                    self.library.set_facts(paper, given)
                return
            done = self.library.set_facts(paper, given)
            self.agree(self.model.change(self.model.facts(paper, given)), done)

    @rule(numbers=picks, trashed=st.booleans())
    def trash_or_restore(self, numbers: list[int], trashed: bool) -> None:
        papers = self.choose(numbers)
        done = self.library.set_trashed(papers, trashed)
        self.agree(self.model.change({(p, "trashed"): trashed for p in papers}), done)

    @rule()
    def empty_the_trash(self) -> None:
        deleted = self.library.empty_trash([*self.model.papers])
        assert deleted == self.model.empty_trash()

    @rule(one=pick, other=pick, choices=st.sets(st.sampled_from([*FACTS, "note", "tags"])))
    def merge(self, one: int, other: int, choices: set[str]) -> None:
        papers = self.choose([one, other])
        if len(papers) < 2 or not set(papers) <= set(self.model.present()):
            with pytest.raises(UsageError):
                self.library.merge(papers[0] if papers else 1, papers[-1] if papers else 1)
            return
        kept, gone = papers
        chosen = {name: self.model.shown(gone, name) for name in choices}
        done = self.library.merge(kept, gone, chosen)
        self.agree(self.model.merge(kept, gone, chosen), done)

    @rule(one=pick, other=pick)
    def tell_apart(self, one: int, other: int) -> None:
        papers = self.choose([one, other])
        if len(papers) == 2 and set(papers) <= set(self.model.present()):
            done = self.library.set_distinct(*papers)
            self.agree(self.model.tell_apart(*papers), done)

    @rule(times=st.integers(1, 3))
    def undo(self, times: int) -> None:
        for _ in range(times):
            assert (self.library.undo() is not None) == self.model.undo()

    @rule(times=st.integers(1, 3))
    def redo(self, times: int) -> None:
        for _ in range(times):
            assert (self.library.redo() is not None) == self.model.redo()

    @rule(content=st.lists(records, min_size=1, max_size=3), back=st.integers(1, 2))
    def take_between_undo_and_redo(self, content: list[Record], back: int) -> None:
        self.undo(back)
        self.take(content)
        self.redo(back)
        self.undo(1)

    # Documents, and other programs

    @rule(content=st.lists(records, min_size=1, max_size=3))
    def take(self, content: list[Record]) -> None:
        self.imported += 1
        receipt = self.bring(content, self.imported)
        assert receipt.unchanged == 0
        brought = self.library.imported(receipt.document)
        assert receipt.new == len(brought.new)
        about = self.model.take(receipt.document, content, brought.new)
        assert receipt.merged == len(about) - len(brought.new)

    @rule(number=pick)
    def take_again(self, number: int) -> None:
        receipt = self.bring([Record("Something else")], number % self.imported + 1)
        assert (receipt.new, receipt.merged, receipt.unchanged) == (0, 0, 1)

    def bring(self, content: list[Record], number: int) -> Receipt:
        name = f"{number}.txt"
        return self.library.ingest(Reading("capture", content), name=name, path=name, digest=name)

    @rule()
    def reopen(self) -> None:
        self.library.close()
        self.library = Library(self.path)

    # What must be true all the time

    @invariant()
    def every_paper_agrees(self) -> None:
        for paper in self.model.separate():
            entry = self.library.entry(paper)
            shown = {name: self.model.shown(paper, name) for name in (*FACTS, *_SHOWN)}
            assert {**{name: getattr(entry, name) for name in shown}, **_odd(entry)} == shown
            detailed = {name: self.model.shown(paper, name) for name in DETAILS}
            assert {**dict.fromkeys(DETAILS), **dict(entry.details)} == detailed
            documents = sorted({document for document, _ in self.model.seen(paper)})
            assert entry.sources == tuple(f"{document}.txt" for document in documents)

    @invariant()
    def lists_and_counts_agree(self) -> None:
        present, trash = self.model.present(), self.model.trash()
        assert {*self.library.search().ids} == {*present}
        assert {*self.library.search("is:trashed").ids} == {*trash}
        assert {*self.library.search("-(-is:trashed gamma)").ids} == {
            paper for paper in (*present, *trash)
            if paper in trash or "Gamma" not in self.model.shown(paper, "title")
        }  # fmt: skip
        counts = self.library.counts()
        assert (counts.total, counts.trash) == (len(present), len(trash))
        carried = [tag for paper in present for tag in self.model.shown(paper, "tags")]
        assert counts.tags == {tag: carried.count(tag) for tag in carried}
        assert disagreements(self.library._connection) == []

    @invariant()
    def pairs_and_keys_agree(self) -> None:
        offered = {frozenset({each.first, each.second}) for each in self.library.lookalikes()}
        assert offered == self.model.offered()
        for paper in self.model.papers:
            survivor = self.model.survivor(paper)
            trashed = bool(self.model.shown(survivor, "trashed"))
            key = self.model.keys()[paper]
            assert self.library.resolve([key], trashed=trashed) == [survivor]
            if survivor == paper:
                assert self.library.entry(paper).key == key

    @invariant()
    def documents_agree(self) -> None:
        for document in range(1, self.imported + 1):
            brought = self.library.imported(document)
            assert {*brought.new, *brought.merged} == {
                self.model.survivor(number)
                for number, paper in self.model.papers.items()
                if any(seen == document for seen, _ in paper.seen)
            }

    def teardown(self) -> None:
        if hasattr(self, "library"):
            self.library.close()
            self.folder.cleanup()


_SHOWN = ("status", "starred", "tags", "note", "trashed")


def _odd(entry: Entry) -> dict[str, Any]:
    """What an entry has in another form than the model."""
    return {"tags": frozenset(entry.tags), "trashed": entry.trashed is not None}


def test_whatever_is_done_the_whole_library_agrees_with_a_model() -> None:
    run_state_machine_as_test(
        Everything, settings=settings(max_examples=40, stateful_step_count=30, deadline=None)
    )
