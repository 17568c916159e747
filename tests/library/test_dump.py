"""A dump is the whole library, and a library loaded from it dumps the same bytes."""

from __future__ import annotations

import json
import tempfile
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import SQLModel

from readinglist.errors import LibraryError
from readinglist.library import Library
from readinglist.library.index import fulltext
from readinglist.library.safety import loading
from readinglist.library.safety.dump import TABLES, dump, load
from readinglist.library.safety.rows import MODELS
from readinglist.library.storage.database import SCHEMA_VERSION
from readinglist.records import Problem, Reading, Record, Status
from readinglist.text import clean, clean_line
from tests.conftest import put_in

# What breaks text formats: line ends of every kind, controls, bidi, marks, astral, quotes.
NASTY = "\u2028\u2029\x85\x0b\x0c\r\n\t\x1b\x7f\x9b\u202e\u2066\ufeff\u0301"
NASTY += "\U0001f9ff\U000e0041é漢\"'\\/{}[]"
text = st.text(
    st.one_of(st.sampled_from(NASTY), st.characters(exclude_categories=["Cs"])), max_size=30
)
line = text.map(clean_line)
record = st.builds(
    Record,
    title=line.filter(bool),
    abstract=st.none() | text.map(clean),
    authors=st.lists(line, max_size=2).map(tuple),
    year=st.none() | st.integers(-(2**63), 2**63 - 1),
    venue=st.none() | line,
    doi=st.none() | line,
    urls=st.lists(line, max_size=2).map(tuple),
    line=st.integers(1, 9),
)
document = st.builds(
    Reading,
    kind=st.just("capture"),
    records=st.lists(record, min_size=1, max_size=4),
    problems=st.lists(st.builds(Problem, st.integers(1, 9), line, text.map(clean)), max_size=2),
)
tag = line.map(lambda name: name.replace(",", "")[:50].strip(" #/")).filter(bool)
Edit = Callable[[Library, list[int]], object]
edit: st.SearchStrategy[Edit] = st.one_of(
    text.map(lambda note: lambda library, ids: library.set_note(ids[0], note)),
    st.sampled_from(Status).map(lambda s: lambda library, ids: library.set_status(ids, s)),
    st.booleans().map(lambda starred: lambda library, ids: library.set_starred(ids[:2], starred)),
    tag.map(lambda name: lambda library, ids: library.edit_tags(ids[:2], add=[name])),
    tag.map(lambda name: lambda library, ids: library.edit_tags(ids, remove=[name])),
    st.just(lambda library, ids: library.undo()),
    st.just(lambda library, ids: library.redo()),
    st.just(lambda library, ids: library.pin_keys(ids[:1])),
)


@contextmanager
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


@settings(max_examples=40)
@given(st.lists(document, min_size=1, max_size=3), st.lists(edit, max_size=8), text)
def test_a_library_loaded_from_a_dump_dumps_the_same_bytes_and_works_the_same(
    documents: list[Reading], edits: list[Edit], path: str
) -> None:
    with folder() as here:
        first, second = here / "first.sqlite3", here / "second.sqlite3"
        with Library(first) as library:
            for number, content in enumerate(documents):
                library.ingest(content, name=f"{number}", path=path, digest=f"{number}")
            ids = list(library.search().ids)
            for change in edits:
                change(library, ids)
            lines = list(dump(first))
            load(second, [line.encode() for line in lines])
            assert list(dump(second)) == lines
            assert all(line.splitlines() == [line.removesuffix("\n")] for line in lines)
            with Library(second) as loaded:
                assert loaded.entries(ids) == library.entries(ids)
                assert loaded.history() == library.history()
                assert loaded.counts() == library.counts()
                for key in {entry.key for entry in library.entries(ids)}:
                    query = f"key:{key}"
                    assert list(loaded.search(query).ids) == list(library.search(query).ids)
                while (done := library.undo()) is not None:
                    assert loaded.undo() == done
                assert loaded.undo() is None
                assert loaded.entries(ids) == library.entries(ids)
            assert list(dump(second)) == list(dump(first))


def test_every_table_is_dumped_and_can_be_loaded() -> None:
    assert {*TABLES} == set(SQLModel.metadata.tables) == set(MODELS)


@pytest.fixture
def lines(library: Library) -> list[str]:
    """A dump with a row of every table."""
    one, two = put_in(library, "One", "Two")
    library.set_note(one, "a wombat")
    library.edit_tags([one, two], add=["rl"])
    library.set_status([two], Status.READ)
    library.undo()
    return list(dump(library.path))


def test_a_dump_is_read_by_anything_that_reads_json_lines(lines: list[str]) -> None:
    header, *rows = (json.loads(line) for line in lines)
    assert header["readinglist"] == SCHEMA_VERSION
    assert set(header["rows"]) == {*TABLES}
    assert all(len(row) == 1 for row in rows)
    paper = next(row["paper"] for row in rows if "paper" in row)
    assert (paper["title"], paper["note"], paper["starred"]) == ("One", "a wombat", False)


def test_what_is_loaded_can_be_searched_and_undone(lines: list[str], tmp_path: Path) -> None:
    path = tmp_path / "new" / "papers.sqlite3"
    assert load(path, lines)["paper"] == 2
    with Library(path) as library:
        assert len(library.search("wombat tag:rl")) == 1
        assert library.redo() is not None
        assert library.undo() is not None
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_an_empty_library_can_be_loaded_into_and_one_in_use_cannot(
    lines: list[str], tmp_path: Path
) -> None:
    with Library(tmp_path / "papers.sqlite3") as library:
        put_in(library, "Mine")
        before = list(dump(library.path))
        with pytest.raises(LibraryError, match="not empty"):
            load(library.path, lines)
        assert list(dump(library.path)) == before
    empty = tmp_path / "empty.sqlite3"
    load(empty, ['{"readinglist": 1, "rows": {}}'])
    load(empty, lines)
    assert list(dump(empty)) == lines


def without(lines: list[str], table: str) -> list[str]:
    return [line for line in lines if not line.startswith(f'{{"{table}"')]


def changed(lines: list[str], table: str, **values: object) -> list[str]:
    """The dump with other values in the first row of a table."""
    at = next(n for n, line in enumerate(lines) if line.startswith(f'{{"{table}"'))
    row = json.loads(lines[at])[table] | values
    return [*lines[:at], json.dumps({table: row}) + "\n", *lines[at + 1 :]]


BAD: dict[str, tuple[Callable[[list[str]], list[str | bytes]], str]] = {
    "nothing": (lambda _: [], "Line 1 is not the beginning"),
    "another file": (lambda _: ["# Notes\n"], "Line 1 is not the beginning"),
    "a list of papers": (lambda _: ['{"key": "x"}\n'], "Line 1 is not the beginning"),
    "a newer dump": (lambda _: ['{"readinglist": 99, "rows": {}}'], "Line 1 .*newer"),
    "no JSON": (lambda t: [*t[:2], "{oops\n", *t[2:]], "Line 3 is not JSON"),
    "no UTF-8": (lambda t: [*t[:2], b'{"tag": "\xff"}\n', *t[2:]], "Line 3 is not UTF-8"),
    "not a number": (lambda t: [*t[:2], '{"tag": NaN}', *t[2:]], "Line 3 is not JSON"),
    "deep nesting": (lambda t: [*t[:2], "[" * 200_000, *t[2:]], "Line 3 is not JSON"),
    "no row": (lambda t: [*t[:2], "[]", *t[2:]], "Line 3 is not one row"),
    "another table": (lambda t: [*t[:2], '{"papers": {}}', *t[2:]], "Line 3 .*no table"),
    "its last line missing": (lambda t: [*t[:-1]], "not complete: .* rows of edit"),
    "a table missing": (lambda t: [*without(t, "problem")], "0 of 1 rows of problem"),
    "a line twice": (lambda t: [*t[:2], t[1], *t[2:]], "Line 3 does not fit"),
    "a paper missing": (lambda t: [*without(t, "paper")], "Line 4 does not fit"),
    "an unknown column": (lambda t: [*changed(t, "paper", titel="x")], "Line 3 .*titel.*title is"),
    "another type": (lambda t: [*changed(t, "paper", title=1)], "title that is not text"),
    "a truth as number": (lambda t: [*changed(t, "paper", starred=1)], "not true or false"),
    "nothing where something must be": (lambda t: [*changed(t, "tag", name=None)], "name that is"),
    "a number too large": (lambda t: [*changed(t, "paper", year=2**63)], "year that is too large"),
    "a surrogate": (lambda t: [*changed(t, "paper", note="\ud800")], "half a character"),
    "an odd status": (lambda t: [*changed(t, "paper", status="red")], "status that makes no"),
    "odd authors": (lambda t: [*changed(t, "paper", authors="[1]")], "authors that makes no"),
    "an odd time": (lambda t: [*changed(t, "change", made="soon")], "made that makes no"),
    "an odd state": (lambda t: [*changed(t, "change", state="maybe")], "state that makes no"),
    "an odd field": (lambda t: [*changed(t, "edit", field="x; --")], "do not have"),
    "an odd edit": (lambda t: [*changed(t, "edit", field="status", before='"red"')], "makes no"),
    "odd tags": (lambda t: [*changed(t, "edit", field="tags", before="[null]")], "no list of tags"),
}


@pytest.mark.parametrize("what", BAD)
def test_a_dump_with_something_wrong_is_refused_by_its_line_and_changes_nothing(
    lines: list[str], tmp_path: Path, what: str
) -> None:
    spoil, complaint = BAD[what]
    fresh, empty = tmp_path / "fresh" / "papers.sqlite3", tmp_path / "empty.sqlite3"
    load(empty, ['{"readinglist": 1, "rows": {}}'])
    before = list(dump(empty))
    for path in (fresh, empty):
        with pytest.raises(LibraryError, match=complaint):
            load(path, spoil(lines))
    assert list(fresh.parent.iterdir()) == []
    assert list(dump(empty)) == before


def test_a_dump_of_before_a_column_was_added_is_loaded_with_its_default(
    lines: list[str], tmp_path: Path
) -> None:
    older = []
    for line in lines:
        (table, row) = next(iter(json.loads(line).items()))
        if table == "paper":
            for later in ("trashed", "starred", "status"):
                del row[later]
            line = json.dumps({table: row})
        older.append(line)
    load(tmp_path / "new.sqlite3", older)
    assert len(list(dump(tmp_path / "new.sqlite3"))) == len(lines)


def test_what_is_dumped_is_the_library_of_one_moment(library: Library) -> None:
    put_in(library, *(f"Paper number {number}" for number in range(50)))
    whole = list(dump(library.path))
    begun = dump(library.path)
    start = [next(begun), next(begun)]
    library.set_starred(list(library.search().ids), True)
    put_in(library, "Another", name="later.txt")
    assert [*start, *begun] == whole


def test_dumping_and_loading_take_memory_for_one_row_not_for_all(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "_BATCH", 20)
    monkeypatch.setattr(fulltext, "_BATCH", 20)
    records = [Record(f"Paper number {number}", "long abstract " * 300) for number in range(800)]
    library.ingest(Reading("capture", records), name="many", path="many", digest="many")
    size = sum(len(line) for line in dump(library.path))
    peaks = []
    for action in (
        lambda: sum(len(line) for line in dump(library.path)),
        lambda: load(tmp_path / "loaded.sqlite3", dump(library.path)),
    ):
        tracemalloc.start()
        action()
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert size > 3_000_000
    assert peaks[0] < size / 10
    assert peaks[1] < size / 2


def test_there_is_no_dump_of_no_library(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="no library"):
        list(dump(tmp_path / "absent"))
