"""Works added by their identifiers, papers that wait for a lookup, and a dump of all that."""

from __future__ import annotations

from pathlib import Path

import pytest

from readinglist.findings import Added, Work
from readinglist.library import Library
from readinglist.library.safety.dump import dump, load
from readinglist.records import Reading, Record
from tests.conftest import put_in
from tests.library.found import FOUND, TITLE, facts, finding, labels, put


def add(library: Library, record: Record) -> Added:
    (added,) = library.add([Work(record, "arxiv", "arXiv")])
    return added


def test_a_work_is_added_and_undo_moves_it_to_the_trash(library: Library) -> None:
    added = add(library, FOUND)
    assert (added.new, added.trashed) == (True, False)
    entry = library.entry(added.paper)
    assert facts(entry)[:6] == FOUND[1:7]
    assert entry.sources == ("arXiv",)
    assert library.origins([added.paper])[added.paper]["authors"].provider == "arxiv"
    assert labels(library) == [f"added {entry.key}"]
    library.undo()
    assert library.trashed_among([added.paper]) == {added.paper}
    library.redo()
    assert library.trashed_among([added.paper]) == set()


def test_a_work_that_is_there_takes_what_it_lacks_once(library: Library) -> None:
    (paper,) = put(library, Record(TITLE, year=1999))
    added = add(library, FOUND)
    assert (added.paper, added.new) == (paper, False)
    assert "authors" in added.fields
    assert library.entry(paper).year == 1999
    again = add(library, FOUND)
    assert (again.paper, again.fields, again.done) == (paper, (), None)
    library.set_trashed([paper], trashed=True)
    assert add(library, FOUND).trashed


def test_what_a_work_gave_to_a_paper_that_was_there_is_taken_back(library: Library) -> None:
    (paper,) = put(library, Record(TITLE, year=1999))
    added = add(library, FOUND)
    assert labels(library)[0].startswith("completed ")
    library.undo()
    entry = library.entry(paper)
    assert (entry.authors, entry.year, entry.doi, entry.details) == ((), 1999, None, ())
    assert library.origins([paper]) == {}
    library.redo()
    assert {*added.fields} == {*library.origins([paper])[paper]}


def test_several_works_are_one_change(library: Library) -> None:
    (known,) = put(library, Record(TITLE))
    others = [
        Record(f"Winds, Part {n}", authors=("Ada Lovelace",), arxiv_id=f"2302.0000{n}")
        for n in range(3)
    ]
    works = [Work(record, "arxiv", "arXiv") for record in (FOUND, *others, others[0])]
    brought = library.add(works)
    assert [(each.new, bool(each.fields)) for each in brought] == [
        (False, True), (True, False), (True, False), (True, False), (False, False),
    ]  # fmt: skip
    new = [each.paper for each in brought if each.new]
    assert brought[-1].paper == new[0]
    (label,) = labels(library)
    assert label.startswith("added 3, completed ")
    library.undo()
    assert library.trashed_among([known, *new]) == {*new}
    assert library.entry(known).authors == ()
    library.redo()
    assert library.trashed_among(new) == set()
    assert library.entry(known).authors == FOUND.authors
    assert library.add([]) == []


def test_works_are_added_all_or_none(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    put(library, Record(TITLE))

    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("readinglist.library.journal.lookups.added", fail)
    before = [*dump(library.path)]
    with pytest.raises(KeyboardInterrupt):
        library.add([Work(Record("Winds"), "arxiv", "arXiv"), Work(FOUND, "arxiv", "arXiv")])
    assert [*dump(library.path)] == before
    assert library.set_starred([1], starred=True) is not None


def test_what_a_document_says_shows_instead_of_what_was_added_with_a_paper(
    library: Library,
) -> None:
    paper = add(library, FOUND).paper
    said = Record(TITLE, authors=("Grace Hopper",), year=1999, details=(("volume", "3"),))
    receipt = library.ingest(Reading("jsonl", [said]), name="b", path="b", digest="b")
    assert (receipt.conflicts, library.conflicts()) == (0, [])
    entry = library.entry(paper)
    assert (entry.authors, entry.year, entry.details) == (said.authors, 1999, said.details)
    assert entry.doi == "10.1234/abc"
    assert {*library.origins([paper])[paper]} == {"abstract", "venue", "doi", "arxiv_id"}
    library.undo()
    library.redo()
    assert library.entry(paper).authors == said.authors
    other = said._replace(authors=("Jean Bartik",))
    receipt = library.ingest(Reading("jsonl", [other]), name="c", path="c", digest="c")
    assert receipt.conflicts == 1
    assert library.entry(paper).authors == said.authors


def test_papers_wait_for_a_provider(library: Library) -> None:
    papers = put_in(library, "One", "Two", "Three")
    library.await_lookup([*papers[:2], 99], "arxiv")
    library.await_lookup(papers[1:2], "crossref")
    library.await_lookup(papers[:1], "arxiv")
    assert library.awaited("arxiv") == papers[:2]
    library.set_trashed(papers[:1], trashed=True)
    assert library.awaited("arxiv") == papers[1:2]
    library.await_no_more(papers[1:2], "arxiv")
    assert library.awaited("arxiv") == []
    assert library.awaited("crossref") == papers[1:2]


def test_a_dump_carries_everything_over(library: Library, tmp_path: Path) -> None:
    papers = put_in(library, "One", "Two")
    library.fill_in([finding(papers[0]), finding(papers[1], sure=False)])
    library.reject(papers[1], [("arxiv", "x")])
    library.await_lookup(papers, "openalex")
    library.undo()
    lines = [*dump(library.path)]
    load(tmp_path / "other.sqlite3", lines)
    assert [*dump(tmp_path / "other.sqlite3")] == lines
    with Library(tmp_path / "other.sqlite3") as other:
        assert other.suggestions() == library.suggestions()
        other.redo()
        assert other.suggestions() == []
