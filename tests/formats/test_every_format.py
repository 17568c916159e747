"""What every format in the table keeps, whoever added it: a new row is tested by being there."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readinglist.formats import Format, exporters, importers, read_document
from readinglist.formats.options import GROUP_BY, OPTIONS
from readinglist.records import Entry
from readinglist.text import clean_line, identity
from tests.formats.carried import CLEAN_ENTRIES, as_line
from tests.formats.nasty import ENTRIES, FRAGMENTS, TEXTS

WRITERS = [pytest.param(row, id=row.name) for row in exporters()]
READERS = [pytest.param(row, id=row.name) for row in importers()]
BOTH = [pytest.param(row, id=row.name) for row in exporters() if row.read]
STREAMS = [pytest.param(row, id=row.name) for row in exporters() if GROUP_BY not in row.options]
MANY = [
    Entry(number, f"key-{number}", f"Title {number}", authors=("Ann Lee",), year=2024)
    for number in range(50)
]


def choices(row: Format) -> Iterator[dict[str, Any]]:
    """Every way to choose among the options of a format."""
    each = [option.choices or (False, True) for option in row.options]
    for chosen in itertools.product(*each):
        yield {option.name: value for option, value in zip(row.options, chosen, strict=True)}


def written(row: Format, entries: Any, **options: Any) -> str:  # an iterable; keywords passed on
    assert row.write is not None
    return "".join(row.write(entries, **options))


def titles(row: Format, text: str) -> list[str]:
    assert row.read is not None
    return [identity(record.title) for record in row.read(text).records]


def test_names_suffixes_and_options_are_told_apart() -> None:
    assert len({row.name for row in exporters()}) == len(exporters())
    assert len({row.label for row in exporters()}) == len(exporters())
    assert all(row.suffix.startswith(".") for row in exporters())
    assert {option for row in exporters() for option in row.options} <= {*OPTIONS}


@pytest.mark.parametrize("row", WRITERS)
@given(entries=ENTRIES)
@settings(max_examples=40, deadline=None)
def test_hostile_papers_are_written_as_utf_8_the_same_every_time(
    row: Format, entries: tuple[Entry, ...]
) -> None:
    for options in choices(row):
        text = written(row, entries, **options)
        assert text.encode("utf-8").decode("utf-8") == text
        assert written(row, iter(entries), **options) == text
        assert all(clean_line(entry.key) in text for entry in entries)


@pytest.mark.parametrize("name", ["bibtex", "biblatex", "ris", "markdown"])
def test_what_is_no_character_is_not_written(name: str) -> None:
    """Such as U+FFFE: programs that are strict about UTF-8 refuse the whole file."""
    nothing = "\ufffe\uffff\ufdd0\U0001fffe\U0010ffff"
    entry = MANY[0]._replace(title=f"A{nothing}B", note=nothing, abstract=f"C{nothing}")
    entry = entry._replace(tags=(f"t{nothing}",), authors=(f"Ann{nothing} Lee",))
    [row] = [row for row in exporters() if row.name == name]
    assert not set(nothing) & set(written(row, [entry]))


@pytest.mark.parametrize("row", WRITERS)
def test_nothing_is_an_export_too(row: Format) -> None:
    for options in choices(row):
        text = written(row, [], **options)
        if row.read:
            reading = row.read(text)
            assert (list(reading.records), list(reading.problems)) == ([], [])


@pytest.mark.parametrize("row", STREAMS)
def test_papers_are_written_as_they_come(row: Format) -> None:
    assert row.write is not None
    taken = 0

    def come() -> Iterator[Entry]:
        nonlocal taken
        for entry in MANY:
            taken += 1
            yield entry

    chunks = row.write(come())
    while not taken:
        next(chunks)
    assert taken == 1
    assert len(list(chunks)) >= len(MANY) - 1


@pytest.mark.parametrize("row", BOTH)
@given(entries=CLEAN_ENTRIES)
@settings(max_examples=60, deadline=None)
def test_titles_and_keys_are_read_back(row: Format, entries: tuple[Entry, ...]) -> None:
    entries = tuple(entry for entry in entries if as_line(entry.title))
    assert row.read is not None
    reading = row.read(written(row, entries))
    assert not reading.problems
    assert [record.key for record in reading.records] == [entry.key for entry in entries]
    expected = [identity(as_line(entry.title)) for entry in entries]
    assert [identity(as_line(record.title)) for record in reading.records] == expected


@pytest.mark.parametrize("row", BOTH)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_an_export_is_recognised_however_it_was_saved(
    row: Format, line_end: str, encoding: str
) -> None:
    text = written(row, MANY).replace("\r\n", "\n").replace("\n", line_end)
    reading = read_document(text.encode(encoding), "export")
    assert reading.kind == row.name
    assert [record.title for record in reading.records] == [entry.title for entry in MANY]


@pytest.mark.parametrize("row", BOTH)
@given(end=st.floats(0, 1))
@settings(max_examples=30, deadline=None)
def test_what_is_cut_off_is_read_as_far_as_it_goes(row: Format, end: float) -> None:
    text = written(row, MANY)
    found = titles(row, text[: int(len(text) * end)])
    whole = [identity(entry.title) for entry in MANY]
    assert found[:-1] == whole[: max(0, len(found) - 1)]
    assert len(found) >= int(len(MANY) * end) - 2


@pytest.mark.parametrize("row", READERS)
@given(
    text=TEXTS
    | st.lists(
        st.sampled_from(
            [*FRAGMENTS, "\nTY  - JOUR\n", "ER  - ", "[{", "}]", '"id": ', '{"title": "x"}', ","]
        )
    ).map("".join)
)
@settings(max_examples=60, deadline=None)  # fmt: skip
def test_any_text_is_read_without_a_crash(row: Format, text: str) -> None:
    assert row.read is not None
    reading = row.read(text)
    lines = len(text.splitlines()) + 1
    assert all(1 <= problem.line <= lines and problem.reason for problem in reading.problems)
    assert all(clean_line(record.title) for record in reading.records)
