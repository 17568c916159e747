"""What a file is, said in a sentence, and its text, whatever its encoding."""

from __future__ import annotations

import contextlib
import gzip
import itertools
import json
import random
import subprocess
import sys
import zlib
from collections.abc import Iterator
from functools import partial

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from readinglist.errors import ImportFailed, UsageError
from readinglist.formats import exporters, get_exporter, importers, jsonl, read_document
from readinglist.formats.decoding import decode
from readinglist.formats.refusing import LARGEST
from readinglist.records import Entry, Reading
from readinglist.stopping import Stopped, stoppable
from readinglist.text import identity

ABSTRACT = (
    "We study how a café may serve naïve readers — and how many of them return. Our method counts"
    " them twice, and then once more. The results hold for every café that we have visited."
)
TITLES = [f"Counting the Readers of Café Number {number}" for number in range(1, 9)]
CAPTURE = "Get trending papers in your email inbox!\nSubscribe" + "\n".join(
    f"{title}\n{ABSTRACT}" for title in TITLES
)


def titles(reading: Reading) -> list[str]:
    return [record.title for record in reading.records]


def refusal(data: bytes, name: str = "page.txt", format: str | None = None) -> str:
    with pytest.raises(ImportFailed) as caught:
        read_document(data, name, format)
    message = str(caught.value)
    assert name in message
    assert "\n" not in message
    assert caught.value.hint
    return message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_every_unicode_encoding_reads_the_same(encoding: str, line_end: str) -> None:
    reading = read_document(CAPTURE.replace("\n", line_end).encode(encoding), "page.txt")
    assert titles(reading) == TITLES
    assert [problem.line for problem in reading.problems] == [1] * (
        not encoding.startswith("utf-8")
    )
    assert {record.abstract for record in reading.records} == {ABSTRACT}


def test_windows_1252_is_recovered_and_said() -> None:
    reading = read_document(CAPTURE.encode("cp1252"), "page.txt")
    assert titles(reading) == TITLES
    assert {record.abstract for record in reading.records} == {ABSTRACT}
    lines = len(CAPTURE.split("\n")) - 1
    assert [problem.line for problem in reading.problems] == list(range(2, 13))
    assert reading.problems[0].text == f"Subscribe{TITLES[0]}"
    assert reading.problems[-1].reason.startswith(f"{lines - 10} more lines")


@pytest.mark.parametrize("damage", [b"\xff", b"\xe6\xbc", b"\x81\x8d"])
def test_a_damaged_line_is_a_problem_with_its_number_and_the_rest_is_read(damage: bytes) -> None:
    lines = CAPTURE.encode().split(b"\n")
    lines[5] = lines[5].replace(b"Number", b"Num" + damage + b"ber")
    reading = read_document(b"\n".join(lines), "page.txt")
    assert len(reading.records) == len(TITLES)
    assert [problem.line for problem in reading.problems] == [6]
    assert "Counting" in reading.problems[0].text


def test_a_stray_nul_costs_no_paper() -> None:
    reading = read_document(CAPTURE.replace("Number 3", "Number\0 3").encode(), "page.txt")
    assert len(reading.records) == len(TITLES)
    assert [problem.line for problem in reading.problems] == [6]


def test_a_stray_nul_makes_a_short_text_no_binary_file() -> None:
    short = "\n".join(CAPTURE.split("\n")[:5])
    reading = read_document(short.replace("may", "m\0ay", 1).encode(), "page.txt")
    assert reading.records
    assert [problem.line for problem in reading.problems] == [3]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "a PNG picture"),
        (b"\xff\xd8\xff\xe0JFIF", "a JPEG picture"),
        (b"%PDF-1.7\n%text follows\n", "a PDF file"),
        (b"PK\x03\x04" + bytes(30), "a ZIP archive"),
        (b"\x1f\x8b\x08" + zlib.compress(CAPTURE.encode()), "a gzip archive"),
        (b"SQLite format 3\x00" + bytes(84), "an SQLite database"),
        (b"<!DOCTYPE html>\n<html><body>Papers</body></html>", "a web page"),
        (b"", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\xff\xfe", "empty"),
        (b" \r\n\t\n", "empty"),
        (bytes(range(256)) * 8, "binary"),
        (random.Random(1).randbytes(5_000), "binary"),
        ("扩散模型综述。".encode("gbk") * 50, "unknown encoding"),
        (b"milk\neggs\nbread\n", "not recognised"),
    ],
)
def test_what_is_no_listing_is_called_by_its_name(data: bytes, what: str) -> None:
    message = refusal(data)
    assert what in message or (what == "not recognised" and "recognised" in message)
    if what != "not recognised":
        refusal(data, format="capture")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_text_without_a_byte_order_mark_is_read_and_said(encoding: str) -> None:
    reading = read_document(CAPTURE.encode(encoding), "page.txt")
    assert titles(reading) == TITLES
    [problem] = reading.problems
    assert (problem.line, problem.text) == (1, "Get trending papers in your email inbox!")
    assert encoding.upper() in problem.reason


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_a_lone_surrogate_in_wide_text_is_a_problem_with_its_line(encoding: str) -> None:
    damaged = CAPTURE.replace("Number 3", "Number \ud800 3").encode(encoding, "surrogatepass")
    reading = read_document(damaged, "page.txt")
    assert len(reading.records) == len(TITLES)
    problem = reading.problems[-1]
    assert (problem.line, problem.text) == (6, "Counting the Readers of Café Number \ufffd 3")


def test_halves_of_characters_encoded_by_themselves_are_joined_and_said() -> None:
    damaged = CAPTURE.replace("Number 3", "Number \ud83d\ude00 \udfff 3")
    reading = read_document(damaged.encode("utf-8", "surrogatepass"), "page.txt")
    assert reading.records[2].title == "Counting the Readers of Café Number 😀 \ufffd 3"
    [problem] = reading.problems
    assert problem.line == 6
    assert "surrogates" in problem.reason


@pytest.mark.parametrize("marks", ["\u0301", "\u05b0\u05b1", "\u0f71\u0316", "\u0e31"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_letter_under_a_pile_of_marks_is_a_problem_with_its_line(
    marks: str, line_end: str
) -> None:
    piled = CAPTURE.replace("Number 3", f"Number e{marks * (100_000 // len(marks))} 3")
    reading = read_document(piled.replace("\n", line_end).encode(), "page.txt")
    assert len(reading.records) == len(TITLES)
    assert len(identity(reading.records[2].title)) < 60
    [problem] = reading.problems
    assert problem.line == 6
    assert "marks" in problem.reason
    assert len(problem.text) < 60


def test_marks_that_a_script_needs_are_no_problem() -> None:
    written = "हिन्दी भाषा में ताक़त और निर्णय, a\u0302\u0301 and שָׁלוֹם with every point"
    reading = read_document(CAPTURE.replace("Number 3", written).encode(), "page.txt")
    assert reading.problems == []
    assert written in reading.records[2].title


def test_a_line_too_long_for_an_abstract_is_a_problem_and_only_begun() -> None:
    endless = CAPTURE.replace(ABSTRACT, "We count. " * 300_000, 1)
    reading = read_document(endless.encode(), "page.txt")
    assert titles(reading) == TITLES
    assert [problem.line for problem in reading.problems] == [3]
    assert "3,000,000 characters" in reading.problems[0].reason
    assert len(reading.records[0].abstract or "") < 11_000


def test_what_is_binary_names_the_line_where_that_shows() -> None:
    assert "from line 3 on" in refusal(b"one\ntwo\n" + bytes(300) + b"\n")
    assert "from line 2 on" in refusal(b"one\n" + b"\xff\xfe\xfd\x81" * 300)


def test_an_archive_is_to_be_unpacked() -> None:
    assert "Unpack it" in refusal(gzip.compress(CAPTURE.encode()))


@pytest.mark.parametrize("data", [CAPTURE.encode() * 300, CAPTURE.encode("cp1252") * 300])
def test_reading_can_be_stopped_at_any_of_its_steps(data: bytes) -> None:
    steps = 0

    def count() -> bool:
        nonlocal steps
        steps += 1
        return False

    with stoppable(count):
        read_document(data, "page.txt")
    assert steps > 20_000
    for limit in range(1, steps, steps // 20):
        asked = itertools.count(1)
        reached = partial(_reached, asked, limit)
        with pytest.raises(Stopped), stoppable(reached):
            read_document(data, "page.txt")
        assert next(asked) == limit + 1


def _reached(asked: Iterator[int], limit: int) -> bool:
    return next(asked) >= limit


def test_a_file_too_large_is_refused_before_it_is_looked_at() -> None:
    class Large(bytes):
        def __len__(self) -> int:
            return LARGEST + 1

    assert "200 MB" in refusal(Large(b"Subscribe"))


def test_a_hostile_name_is_harmless_in_the_message() -> None:
    with pytest.raises(ImportFailed) as caught:
        read_document(b"", "a\x1b]52;c;AAAA\x07\nb")
    assert "\x1b" not in str(caught.value)
    assert "\n" not in str(caught.value)


@given(st.binary(max_size=400) | st.text(max_size=200).map(lambda text: text.encode("utf-16")))
@example(b"\xff\xfe\x0b\x00")
@example("\u3000\u2028".encode())
def test_any_bytes_are_text_or_a_sentence(data: bytes) -> None:
    with contextlib.suppress(ImportFailed):
        text, problems = decode(data, "page.txt")
        assert all(1 <= problem.line <= text.count("\n") + 1 for problem in problems)
        assert text.strip()


def test_formats_go_by_their_names_and_a_misspelt_one_names_the_nearest() -> None:
    names = [row.name for row in exporters()]
    assert names == ["bibtex", "biblatex", "markdown", "csl-json", "ris", "csv", "jsonl"]
    assert [row.name for row in importers()] == [
        *("bibtex", "biblatex", "csl-json", "ris", "csv", "jsonl", "capture")
    ]
    assert get_exporter(" BibTeX ").suffix == ".bib"
    with pytest.raises(UsageError, match="Did you mean markdown"):
        get_exporter("markdwon")
    with pytest.raises(UsageError, match="There are: bibtex, biblatex, markdown"):
        get_exporter("zzz\x1b")
    with pytest.raises(UsageError, match="There are: bibtex, biblatex, csl-json, ris"):
        read_document(CAPTURE.encode(), "page.txt", format="markdown")


def test_json_lines_are_the_contract_one_paper_a_line() -> None:
    entries = [
        Entry(1, "a-1", "Ä “title”\u2028\ud800", note="two\nlines", tags=("x",)),
        Entry(2, "b-2", "😀"),
    ]
    lines = "".join(jsonl.write(entries)).encode().decode().split("\n")
    assert lines.pop() == ""
    assert [json.loads(line) for line in lines] == [entry.to_json() for entry in entries]
    assert "Ä “title”" in lines[0]


def test_formats_load_neither_the_app_nor_the_database() -> None:
    program = (
        "import sys, readinglist.formats, readinglist.formats.captures, readinglist.export;"
        "print(sorted({'textual', 'rich', 'sqlmodel', 'sqlalchemy', 'sqlite3'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("[]\n", "")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("TY  - JOUR\nTI  - Boats\nER  - \n", "ris"),
        ("% Encoding: UTF-8\n\n@misc{a,\n  title = {Boats},\n}\n", "bibtex"),
        ("% Encoding: UTF-8\n\n@misc{a,\n  title = {Boats},\n  date = {2020},\n}\n", "biblatex"),
        ("title,year\nBoats,2020\n", "csv"),
        ('[\n{"id": "a", "title": "Boats", "issued": {"raw": "2020"}}\n]\n', "csl-json"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_may_end_as_on_any_system(text: str, kind: str, end: str) -> None:
    reading = read_document(text.replace("\n", end).encode(), "papers.txt")
    assert (reading.kind, titles(reading)) == (kind, ["Boats"])
    assert not reading.problems
