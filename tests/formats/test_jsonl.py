"""JSON Lines read back: our own export, other programs' objects, and lines that are no paper."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readinglist.formats import jsonl, read_document
from readinglist.formats.lines import Losses, blocks
from readinglist.formats.members import record_of
from readinglist.formats.refusing import LONGEST_LINE
from readinglist.importing import Failure, Progress, import_paths
from readinglist.library import Library
from readinglist.outcomes import Receipt
from readinglist.records import Problem, Reading, Record, Status
from readinglist.stopping import Stopped, stoppable
from readinglist.text import clean, clean_line


def line(**members: Any) -> str:
    return json.dumps(members)


def read(*lines: str) -> Reading:
    return read_document("\n".join(lines).encode(), "papers", "jsonl")


def only(**members: Any) -> Record:
    [record] = read(line(**members)).records
    return record


def bring(library: Library, path: Path, content: str | bytes) -> Receipt:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    [outcome] = import_paths(library, [path])
    assert isinstance(outcome, Receipt), outcome
    return outcome


# Our own export

LINES = st.text(max_size=40).map(clean_line)
TITLES = LINES.filter(bool)
LINKS = st.sampled_from(["https://example.org/a", "https://example.org/b?c=d#e", "http://x.org"])
PAPERS = st.fixed_dictionaries(
    {
        "title": TITLES,
        "abstract": st.none() | st.text(max_size=80).map(lambda text: clean(text).strip() or None),
        "authors": st.lists(TITLES, max_size=3, unique=True).map(tuple),
        "year": st.none() | st.integers(1000, 2030),
        "venue": LINES.map(lambda text: text or None),
        "doi": st.none() | st.sampled_from(["10.1000/1", "10.1000/2", "no doi at all"]),
        "arxiv_id": st.none() | st.sampled_from(["2401.00001", "hep-th/9901001"]),
        "urls": st.lists(LINKS, max_size=2, unique=True).map(tuple),
        "status": st.sampled_from(Status),
        "starred": st.booleans(),
        "tags": st.lists(st.sampled_from(["rl", "to cite", "Ä/b"]), unique=True).map(tuple),
        "note": st.none() | TITLES,
        "details": st.dictionaries(st.sampled_from(["volume", "pages", "type"]), TITLES).map(
            lambda details: tuple(sorted(details.items()))
        ),
    }
)


@settings(max_examples=40, deadline=None)
@given(papers=st.lists(PAPERS, min_size=1, max_size=5))
def test_an_export_is_read_back_as_the_same_papers(
    papers: list[dict[str, Any]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("libraries")
    records = [Record(**paper) for paper in papers]
    with Library(folder / "old.sqlite3") as old, Library(folder / "new.sqlite3") as new:
        old.ingest(Reading("made", records), name="made", path="", digest="made")
        entries = old.entries(old.search().ids)
        receipt = bring(new, folder / "export.jsonl", "".join(jsonl.write(entries)))
        assert (receipt.new, receipt.problems) == (len(entries), ())
        brought = new.entries(new.search().ids)
    left_out = ("added", "sources")
    assert [_without(entry.to_json(), left_out) for entry in brought] == [
        _without(entry.to_json(), left_out) for entry in entries
    ]


def _without(members: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    return {name: value for name, value in members.items() if name not in names}


def test_what_the_user_wrote_here_is_not_written_over(library: Library, tmp_path: Path) -> None:
    bring(library, tmp_path / "a", line(title="One", tags=["theirs"], note="theirs"))
    [paper] = library.search().ids
    library.set_status([paper], Status.READ)
    library.set_note(paper, "mine")
    library.pin_keys([paper])
    before = library.entry(paper)
    receipt = bring(
        library,
        tmp_path / "b",
        line(title="ONE", key="another", status="skipped", starred=True, tags=["x"], note="y"),
    )
    assert receipt.merged == 1
    after = library.entry(paper)
    assert after == before._replace(
        sources=after.sources, aliases=("another",), tags=("theirs", "x")
    )


def test_a_key_is_kept_if_it_is_free_and_can_be_one(library: Library, tmp_path: Path) -> None:
    keys = ["smith2020:deep", "Smith2020:Deep", "-rf", "a key", "", "ünï", "x" * 101]
    lines = [line(title=f"Paper Number {number}", key=key) for number, key in enumerate(keys)]
    bring(library, tmp_path / "a", "\n".join(lines))
    found = [row.key for row in library.search().rows(0, 10)]
    assert found[0] == "smith2020:deep"
    assert not {*found[1:]} & {*keys}
    assert len({key.lower() for key in found}) == len(keys)


def test_tags_and_notes_that_came_along_are_found(library: Library, tmp_path: Path) -> None:
    bring(library, tmp_path / "a", line(title="One", tags=["rl", "RL", "#"], note="seen in spring"))
    [paper] = library.search("tag:rl spring").ids
    assert library.entry(paper).tags == ("rl",)


# Other programs' objects


def test_metadata_as_arxiv_gives_it_is_read() -> None:
    record = only(
        id="hep-th/9901001",
        authors="C. Bal\\'azs, E. L. Berger and P. Nadolsky",
        title="Calculation of\n  cross sections",
        abstract="  A calculation\nis presented.\n",
        doi=None,
        categories="hep-ph",
        **{"journal-ref": "Phys.Rev.D76:013009,2007", "update_date": "2008-11-26"},
    )
    assert record == Record(
        "Calculation of cross sections",
        "A calculation\nis presented.",
        authors=("C. Bal\\'azs", "E. L. Berger", "P. Nadolsky"),
        venue="Phys.Rev.D76:013009,2007",
        arxiv_id="hep-th/9901001",
    )


@pytest.mark.parametrize(
    ("told", "authors"),
    [
        ("Ada Lovelace", ["Ada Lovelace"]),
        ("Lovelace, Ada", ["Lovelace, Ada"]),
        ("Lovelace, Ada and Babbage, Charles", ["Lovelace, Ada", "Babbage, Charles"]),
        ("Lovelace, Ada; Babbage, C.", ["Lovelace, Ada", "Babbage, C."]),
        ("Ada Lovelace, Charles Babbage, and Mary Shelley",
         ["Ada Lovelace", "Charles Babbage", "Mary Shelley"]),
        ("van Dyke, J. R.", ["van Dyke, J. R."]),
        (["  Ada\n Lovelace ", "Ada Lovelace", ""], ["Ada Lovelace", "Ada Lovelace"]),
        ([], []),
    ],
)  # fmt: skip
def test_authors_come_as_a_list_or_in_one_text(told: object, authors: list[str]) -> None:
    assert only(title="One", authors=told).authors == tuple(authors)


def test_names_for_the_same_thing_give_way_to_ours() -> None:
    record = only(
        id="2401.00001", arxiv_id="2402.00002", venue="", url="https://a.org", urls=[],
        title="One", year="1999", **{"journal-ref": "J. One"},
    )  # fmt: skip
    assert (record.arxiv_id, record.venue, record.year) == ("2402.00002", "J. One", 1999)
    assert record.urls in {(), ("https://a.org",)}
    assert only(title="One", id=17).arxiv_id is None


def test_what_a_terminal_could_obey_is_washed_off() -> None:
    record = only(title="A\x1b]0;x\x07\u202eB \ud800", abstract="\x9b31m\u200bred")
    assert (record.title, record.abstract) == ("A]0;xB \ufffd", "31mred")


# Lines that are no paper


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ('{"title": "cut of', "no JSON"),
        ("[1, 2]", "no JSON object"),
        ('"title"', "no JSON object"),
        ("null", "no JSON object"),
        ('{"title": "x"} {"title": "y"}', "no JSON"),
        ('{"name": "x"}', "no title"),
        ('{"title": null}', "no title"),
        ('{"title": " \\u200b"}', "no title"),
        ('{"title": ["x"]}', "title that is no text"),
        ('{"title": "x", "abstract": 3}', "abstract that is no text"),
        ('{"title": "x", "authors": {"name": "y"}}', "authors that are no list"),
        ('{"title": "x", "authors": ["y", 3]}', "authors that are not all texts"),
        ('{"title": "x", "year": true}', "year"),
        ('{"title": "x", "year": 1e3}', "year"),
        ('{"title": "x", "year": -5}', "year"),
        ('{"title": "x", "starred": "yes"}', "starred"),
        ('{"title": "x", "year": NaN}', "NaN is no JSON"),
        ('{"title": "x", "z": -Infinity}', "-Infinity is no JSON"),
        ('{"title": "x", "z": ' + "9" * 5000 + "}", "number is too long"),
        ("[" * 100_000, "nested too deeply"),
        ('{"title": "' + "x" * 2_000_000 + '"}', "2,000,000 characters"),
    ],
)
def test_a_bad_line_is_a_problem_with_its_place_and_the_rest_is_read(bad: str, reason: str) -> None:
    reading = read(line(title="One"), "", bad, line(title="Two"))
    assert [(record.title, record.line) for record in reading.records] == [("One", 1), ("Two", 4)]
    [problem] = reading.problems
    assert problem.line == 3
    assert reason in problem.reason
    assert problem.text.rstrip("…") == bad[: len(problem.text.rstrip("…"))]


@pytest.mark.parametrize(
    ("written", "year", "details"),
    [
        ("2020", 2020, {}),
        (" 2020-05 ", 2020, {"month": "5"}),
        ("c. 1850", 1850, {"date": "1850~"}),
        ("2001--2003", 2001, {"date": "2001/2003"}),
        ("n.d.", None, {"date": "n.d."}),
        ("in press", None, {"pubstate": "in press"}),
        ("", None, {}),
    ],
)
def test_a_year_in_words_costs_no_paper(
    written: str, year: int | None, details: dict[str, str]
) -> None:
    reading = read(line(title="One", year=written, details={"volume": "3"}))
    [record] = reading.records
    assert (record.year, dict(record.details)) == (year, {**details, "volume": "3"})
    assert not reading.problems


def test_of_two_members_with_one_name_the_last_counts() -> None:
    [record] = read('{"title": "One", "title": "Two"}').records
    assert record.title == "Two"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_marks_and_line_ends_of_every_kind_are_read(
    library: Library, tmp_path: Path, end: str, mark: bytes
) -> None:
    lines = ["", line(title="One \u2028 Ö"), "", "{broken", line(title="Two")]
    receipt = bring(library, tmp_path / "papers", mark + end.join(lines).encode())
    assert (receipt.kind, receipt.new) == ("jsonl", 2)
    assert [problem.line for problem in receipt.problems] == [4]


def test_damaged_characters_are_told_and_cost_no_paper(library: Library, tmp_path: Path) -> None:
    lines = [
        line(title="One").encode(),
        '{"title": "Café"}'.encode("cp1252"),
        b'{"title": "\xff\x81"}',
    ]
    receipt = bring(library, tmp_path / "papers", b"\n".join(lines))
    assert receipt.new == 3
    assert [problem.line for problem in receipt.problems] == [2, 3]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_wide_encodings_are_read_too(library: Library, tmp_path: Path, encoding: str) -> None:
    receipt = bring(library, tmp_path / "papers", f"{line(title='One')}\n".encode(encoding))
    assert (receipt.kind, receipt.new) == ("jsonl", 1)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        (line(title="One"), True),
        ("\n \n" + line(title="One"), True),
        ('{"title": "cut\n' + line(title="One"), True),
        (line(readinglist=2, rows={}), False),
        (line(name="One"), False),
        ("[" + line(title="One") + "]", False),
        ("A Title\n" + line(title="One"), False),
    ],
)
def test_a_list_is_known_by_its_first_lines(text: str, is_one: bool) -> None:
    assert jsonl.looks_like(text) == is_one


NAMES = st.sampled_from(["title", "authors", "year", "tags", "x"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(),
    lambda value: st.lists(value) | st.dictionaries(NAMES, value),
    max_leaves=8,
)


@given(VALUES)
def test_any_json_is_a_paper_or_a_problem(value: object) -> None:
    reading = read_document(f"{json.dumps(value)}\n{line(title='One')}".encode(), "x", "jsonl")
    assert 1 <= len(reading.records) <= 2
    assert len(reading.records) + len(reading.problems) == 2


# A document in pieces


@given(st.binary(max_size=60), st.integers(1, 7))
def test_pieces_of_any_size_give_the_same_lines(data: bytes, size: int) -> None:
    data = data.replace(b"\xef", b"\n").replace(b"\x00", b"\r")
    pieces = [data[start : start + size] for start in range(0, len(data), size)]
    found = [
        (number, text)
        for block in blocks(pieces)
        for number, text in enumerate(block.lines, start=block.first)
    ]
    ends = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
    whole = list(enumerate(ends, start=1))
    assert found == (whole if ends[-1] else whole[:-1])


def test_a_line_too_long_for_memory_is_a_problem_and_the_next_is_read() -> None:
    piece = b"x" * (1 << 20)
    pieces = itertools.chain(
        [b'{"title": "One"}\n{"'], itertools.repeat(piece, (LONGEST_LINE >> 20) + 3),
        [b'"}\n{"title": "Two"}'],
    )  # fmt: skip
    parts = [jsonl.read_block(block) for block in blocks(pieces)]
    titles = [(record.title, record.line) for part in parts for record in part.records]
    problems = [problem for part in parts for problem in part.problems]
    assert titles == [("One", 1), ("Two", 3)]
    assert [problem.line for problem in problems] == [2]
    assert "longer than 32 MB" in problems[0].reason
    assert len(problems[0].text) <= 10_001


def test_so_many_problems_that_they_would_fill_the_memory_are_counted() -> None:
    losses = Losses()
    losses.note(Problem(number, "bad", "x" * 100) for number in range(1, 10_101))
    assert len(losses) == 10_001
    assert losses[-1].line == 10_001
    assert losses[-1].reason.startswith("100 more lines")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """So many papers that another process reads them, with two lines that are none."""
    path = tmp_path_factory.mktemp("many") / "many.jsonl"
    abstract = "We count words, and count them again. " * 25
    lines = (line(title=f"Counting Words {number}", abstract=abstract) for number in range(6000))
    path.write_text("".join(f"{text}\n" if n % 3000 else "oops\n" for n, text in enumerate(lines)))
    assert path.stat().st_size > 5 << 20
    return path


def test_a_long_document_comes_in_whole_and_in_its_order(library: Library, many: Path) -> None:
    told: list[Progress] = []
    [receipt] = import_paths(library, [many], format="jsonl", tell=told.append)
    assert isinstance(receipt, Receipt)
    assert (receipt.new, [each.line for each in receipt.problems]) == (5998, [1, 3001])
    titles = [row.title for row in library.search().rows(0, 3)]
    assert titles == ["Counting Words 1", "Counting Words 2", "Counting Words 3"]
    assert library.search('"words 5999"').ids
    read = [progress.read for progress in told]
    assert read == sorted(read)
    assert len(read) > 5
    assert {progress.size for progress in told} == {many.stat().st_size}
    [again] = import_paths(library, [many], format="jsonl")
    assert isinstance(again, Receipt)
    assert (again.new, again.unchanged, again.problems) == (0, 5998, receipt.problems)


@pytest.mark.parametrize("broken", ["no program of this name", "exit 1"])
def test_without_another_process_it_is_read_here(
    library: Library, many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    program = tmp_path / "python"
    if broken == "exit 1":
        program.write_text("#!/bin/sh\nexit 1\n")
        program.chmod(0o755)
    monkeypatch.setattr("sys.executable", str(program))
    [receipt] = import_paths(library, [many], format="jsonl")
    assert isinstance(receipt, Receipt)
    assert receipt.new == 5998


def test_a_long_document_that_is_stopped_leaves_nothing(library: Library, many: Path) -> None:
    told: list[Progress] = []

    def half_way() -> bool:
        return bool(told) and told[-1].read * 2 > told[-1].size

    with pytest.raises(Stopped), stoppable(half_way):
        list(import_paths(library, [many], format="jsonl", tell=told.append))
    assert library.counts().empty


def test_a_document_that_changes_while_it_is_read_is_left_out(
    library: Library, many: Path, tmp_path: Path
) -> None:
    growing = tmp_path / "growing.jsonl"
    growing.write_bytes(many.read_bytes().replace(b"oops\n", b""))

    def grow(progress: Progress) -> None:
        if progress.read and growing.stat().st_size == progress.size:
            with growing.open("a") as file:
                file.write(line(title="One More"))

    [failure] = import_paths(library, [growing], tell=grow)
    assert isinstance(failure, Failure)
    assert "changed while it was read" in str(failure.error)
    assert library.counts().empty


def test_the_index_is_that_of_the_papers(library: Library, many: Path, tmp_path: Path) -> None:
    from readinglist.library.index.fulltext import disagreements
    from readinglist.library.storage.opening import open_file

    list(import_paths(library, [many], format="jsonl"))
    bring(
        library,
        tmp_path / "more",
        "\n".join(
            [
                line(title="Counting Words 7", authors=["Ada Lovelace"], tags=["rl"]),
                line(title="Counting Sheep", tags=["rl"], note="asleep"),
                line(title="Counting Sheep", authors=["Ada Lovelace"]),
                line(title="Weighing Sheep"),
            ]
        ),
    )
    with open_file(library.path) as connection:
        assert disagreements(connection) == []
        counts = dict(connection.execute("SELECT term, papers FROM word WHERE papers > 0"))
    connection.close()
    assert counts["sheep"] == 2
    assert counts["lovelace"] == 2
    assert counts["counting"] == 5999


def test_members_are_read_in_any_order() -> None:
    for order in _orders(["title", "id", "arxiv_id"]):
        values = {"title": "One", "id": "2401.00001", "arxiv_id": "2402.00002"}
        assert record_of({name: values[name] for name in order}, 1).arxiv_id == "2402.00002"


def _orders(names: list[str]) -> Iterator[tuple[str, ...]]:
    return itertools.permutations(names)
