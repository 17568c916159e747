"""CSV: what is written is read back, by others too, and spreadsheets find no formula."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from readinglist.formats import csv_table, read_document
from readinglist.records import Entry, Record, Status
from tests.formats.carried import CLEAN_ENTRIES
from tests.formats.nasty import ENTRIES

FACTS = [name for name in Record._fields if name not in ("line", "details")]


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


@settings(max_examples=100, deadline=None)
@given(entries=CLEAN_ENTRIES)
@example(entries=(Entry(1, "a", "=x", authors=("a; b", "[c"), tags=("[",), note='"\n,;'),))
def test_what_is_written_is_read_back(entries: tuple[Entry, ...]) -> None:
    reading = csv_table.read("".join(csv_table.write(entries)))
    assert not reading.problems
    for entry, record in zip(entries, reading.records, strict=True):
        assert {name: getattr(record, name) for name in FACTS} == {
            name: getattr(entry, name) for name in FACTS
        }
        assert record.details == entry.details


@settings(max_examples=60, deadline=None)
@given(entries=ENTRIES)
def test_another_reader_finds_every_cell_as_it_was(entries: tuple[Entry, ...]) -> None:
    head, *found = rows("".join(csv_table.write(entries)))
    for entry, cells in zip(entries, found, strict=True):
        row = dict(zip(head, cells, strict=True))
        assert row["title"] == entry.title
        assert row["note"] == (entry.note or "")
        assert row["year"] == (str(entry.year) if entry.year is not None else "")


@settings(max_examples=60, deadline=None)
@given(entries=ENTRIES, sign=st.sampled_from("=+-@\t\r"))
def test_excel_finds_no_formula(entries: tuple[Entry, ...], sign: str) -> None:
    entries = tuple(entry._replace(title=sign + entry.title) for entry in entries)
    text = "".join(csv_table.write(entries, excel=True))
    assert text.startswith("\ufeff")
    head, *found = rows(text.removeprefix("\ufeff"))
    assert not any(cell.startswith(tuple("=+-@\t\r")) for cells in found for cell in cells)
    at = head.index("title")
    assert [cells[at] for cells in found] == [f"'{entry.title}" for entry in entries]


def test_a_table_has_windows_line_ends_and_plain_lists() -> None:
    entry = Entry(1, "a-1", "Ä, “title”", authors=("Ann Lee", "Bo Ek"), tags=("rl", "a;b"),
                  status=Status.READ, starred=True)  # fmt: skip
    assert "".join(csv_table.write([entry])) == (
        "key,title,authors,year,venue,doi,arxiv_id,urls,status,starred,tags,note,abstract,added,"
        "sources,aliases,details\r\n"
        'a-1,"Ä, “title”",Ann Lee; Bo Ek,,,,,,read,true,"[""rl"", ""a;b""]",,,,,,\r\n'
    )


def test_the_tables_of_zotero_and_of_spreadsheets_are_read() -> None:
    zotero = (
        '"Key","Item Type","Publication Year","Author","Title","Publication Title","DOI","Url",'
        '"Abstract Note","Manual Tags"\n'
        '"ABCD1234","journalArticle","2024","Lee, Ann; Ek, Bo","A title","Nature","10.1000/1",'
        '"https://a.example","About it.","rl; to cite"\n'
    )
    for text in (zotero, zotero.replace('","', '";"')):
        reading = read_document(text.encode("utf-8-sig"), "zotero.csv")
        assert reading.kind == "csv"
        [record] = reading.records
        assert (record.key, record.authors) == (None, ("Lee, Ann", "Ek, Bo"))
        assert (record.year, record.venue, record.doi) == (2024, "Nature", "10.1000/1")
        assert record.tags == ("rl", "to cite")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",2024", "has no title"),
        ("A,2024,x,y", "has more cells than there are columns"),
    ],
)
def test_a_row_that_is_no_paper_is_a_problem_with_its_line(row: str, reason: str) -> None:
    text = f'title,year\n"Two\nlines",2023\n{row}\n\nB,2022\n'
    reading = csv_table.read(text)
    assert [record.title for record in reading.records] == ["Two lines", "B"]
    assert [(problem.line, problem.reason) for problem in reading.problems] == [(4, reason)]


def test_a_year_in_words_costs_no_paper() -> None:
    reading = csv_table.read("title,year\nA,c. 1850\nB,in press\n")
    assert [record.year for record in reading.records] == [1850, None]
    assert dict(reading.records[1].details) == {"pubstate": "in press"}
    assert not reading.problems


def test_a_table_without_titles_is_a_problem() -> None:
    reading = csv_table.read("a,b\n1,2\n")
    assert [problem.reason for problem in reading.problems] == ["names no column for titles"]
