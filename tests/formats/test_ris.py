"""RIS: our own papers come back, here and through rispy, and those of other programs too."""

from __future__ import annotations

import re

import pytest
import rispy
from hypothesis import example, given, settings

from readinglist.formats import read_document, ris
from readinglist.formats.originals import line_shown
from readinglist.records import Entry, Reading, Record, Status
from tests.formats.carried import CLEAN_ENTRIES, STRANGE_ENTRIES, whole


def read(text: str | bytes) -> Reading:
    data = text.encode() if isinstance(text, str) else text
    return read_document(data, "papers.ris", "ris")


def only(*lines: str, type: str = "JOUR") -> Record:
    [record] = read("\n".join([f"TY  - {type}", "TI  - A title", *lines, "ER  - "])).records
    return record


@settings(max_examples=300, deadline=None)
@given(entries=CLEAN_ENTRIES | STRANGE_ENTRIES)
@example(entries=(Entry(1, "a", "x", note="    code\n\nTY  - JOUR\nER  - \n\n ER -\nend"),))
@example(entries=(Entry(1, "a", "ER -", abstract="AB  - x", authors=("x,", ",")),))
@example(entries=(Entry(1, "a", "x", year=2024, details=(("day", "3"), ("month", "5"))),))
@example(entries=(Entry(1, "12", "x", details=(("m1", "n"), ("note", "a; b: c%"), ("u1", "u"))),))
@example(entries=(Entry(1, "a", "x", details=(("institution", "I"), ("publisher", "P"))),))
@example(entries=(Entry(1, "a", "x", details=(("c1", "arXiv:2401.00001"), ("date", "1850~"))),))
@example(entries=(Entry(1, "a", "x", aliases=("b", "c"), status=Status.READING, starred=True),))
def test_what_is_written_is_read_back(entries: tuple[Entry, ...]) -> None:
    reading = ris.read("".join(ris.write(entries)))
    assert not reading.problems
    assert [record._replace(line=1) for record in reading.records] == list(map(whole, entries))


@settings(max_examples=100, deadline=None)
@given(entries=CLEAN_ENTRIES)
def test_rispy_reads_what_is_written(entries: tuple[Entry, ...]) -> None:
    found = rispy.loads("".join(ris.write(entries)))
    assert len(found) == len(entries)
    for entry, other in zip(entries, found, strict=True):
        assert other["id"] == entry.key
        assert other.get("title", "") == line_shown(entry.title)
        assert other.get("year") == (str(entry.year) if entry.year is not None else None)
        assert other.get("urls", []) == list(entry.urls)
        assert other.get("doi") == entry.doi
        assert len(other.get("authors", [])) == len(entry.authors)
        assert other.get("keywords", []) == list(entry.tags)
        notes = " ".join(other.get("notes", []))
        assert re.sub(r"\s+", "", notes) == re.sub(r"\s+", "", entry.note or "")


def test_a_formula_is_written_readably_and_comes_back_as_it_was() -> None:
    entry = Entry(1, "a", r"On \$x\$ and $\alpha$", abstract="One $x^2$.\n\nTwo; 5\\%.")
    text = "".join(ris.write([entry]))
    assert "TI  - On $x$ and α\n" in text
    assert "AB  - One x².\n\nTwo; 5%.\n" in text
    [record] = ris.read(text).records
    assert (record.title, record.abstract) == (entry.title, entry.abstract)


def test_what_somebody_changes_in_the_file_is_not_changed_back() -> None:
    entry = Entry(1, "a", r"On \$x\$", abstract="One $x^2$.", authors=("Lee, Ann",))
    text = "".join(ris.write([entry])).replace("On $x$", "On y")
    [record] = ris.read(text).records
    assert (record.title, record.abstract) == ("On y", "One $x^2$.")
    assert record.authors == ("Lee, Ann",)


def test_a_record_has_the_tags_that_others_read() -> None:
    entry = Entry(
        7, "lee2024", "On M^{3}", authors=("Ann Lee", "Bo Lee Jr.", "Acme, Inc."), year=2024,
        venue="Nature", doi="10.1000/1", arxiv_id="2401.01234", urls=("https://a.example",),
        abstract="One.\nTwo.", tags=("rl", "to cite"), note="Mine.\n\nTY  - is a tag",
        details=(("month", "5"), ("number", "2"), ("pages", "1--10"), ("volume", "7")),
    )  # fmt: skip
    assert "".join(ris.write([entry, Entry(8, "b", "B")])) == (
        "TY  - JOUR\nID  - lee2024\nTI  - On M³\nAU  - Lee, Ann\nAU  - Lee, Bo, Jr.\n"
        "AU  - Acme, Inc.,\nPY  - 2024\nDA  - 2024/05\nT2  - Nature\nVL  - 7\nIS  - 2\n"
        "SP  - 1\nEP  - 10\nDO  - 10.1000/1\nAN  - arXiv:2401.01234\nUR  - https://a.example\n"
        "KW  - rl\nKW  - to cite\nAB  - One.\nTwo.\nN1  - Mine.\n\nTY\u00a0 - is a tag\n"
        "U1  - original:title: On M^{3}\nER  - \n"
        "\nTY  - GEN\nID  - b\nTI  - B\nER  - \n"
    )


GOOGLE = """TY  - JOUR
T1  - Attention is all you need
A1  - Vaswani, Ashish
A1  - Shazeer, Noam
JO  - arXiv preprint arXiv:1706.03762
VL  - 30
SP  - 5998
EP  - 6008
Y1  - 2017
ER  -\x20
"""
ENDNOTE = """TY  - JOUR
AU  - Lee, Ann
AU  - van der Berg, Jan
AB  - One sentence.
Another sentence.
DA  - 2024/05/03/
DO  - 10.1000/1
ID  - 1234
IS  - 2
KW  - rl
offline rl
N1  - From a colleague
N1  - Read twice
SN  - 1234-567X
SP  - 1-10
T2  - Nature
TI  - A title
UR  - https://a.example
https://b.example
ER  -\x20

"""
SCIENCE = """TY  - JOUR
AU  - Lee, A
TI  - A title
T2  - NATURE
J2  - NATURE
M3  - Article
DA  - MAY 3
PY  - 2021
AN  - WOS:000123
ER  -

EF
"""
MENDELEY = """TY  - CONF
T1  - A title
A1  - Lee, Ann
T2  - Proceedings of ICML
Y1  - 2017/06/12/
N2  - The abstract.
KW  - a
L1  - file:///home/me/paper.pdf
UR  - http://arxiv.org/abs/1706.03762v2
ER  -
"""


def test_google_scholar() -> None:
    [record] = read(GOOGLE).records
    assert record.title == "Attention is all you need"
    assert record.authors == ("Ashish Vaswani", "Noam Shazeer")
    assert (record.year, record.arxiv_id) == (2017, "1706.03762")
    assert dict(record.details)["pages"] == "5998--6008"


def test_endnote() -> None:
    [record] = read(ENDNOTE).records
    assert record.authors == ("Ann Lee", "Jan van der Berg")
    assert record.abstract == "One sentence.\nAnother sentence."
    assert record.tags == ("rl", "offline rl")
    assert record.urls == ("https://a.example", "https://b.example")
    assert record.note == "From a colleague\n\nRead twice"
    assert record.key is None
    assert dict(record.details) == {
        "day": "3", "month": "5", "issn": "1234-567X", "number": "2", "pages": "1--10",
    }  # fmt: skip


def test_web_of_science() -> None:
    reading = read(SCIENCE)
    assert reading.problems == []
    [record] = reading.records
    assert (record.venue, record.year) == ("NATURE", 2021)
    assert dict(record.details) == {
        "accession": "WOS:000123", "day": "3", "genre": "Article", "month": "5",
    }  # fmt: skip


def test_mendeley() -> None:
    [record] = read(MENDELEY).records
    assert (record.venue, record.year, record.arxiv_id) == (
        "Proceedings of ICML", 2017, "1706.03762",
    )  # fmt: skip
    assert record.abstract == "The abstract."
    assert record.urls == ("http://arxiv.org/abs/1706.03762v2",)
    assert dict(record.details) == {
        "day": "12", "file": "file:///home/me/paper.pdf", "month": "6",
    }  # fmt: skip


def test_a_tag_without_a_meaning_stays_by_its_name_and_is_written_again() -> None:
    record = only(
        "L1  - a.pdf", "L1  - b.pdf", "M1  - 7", "C1  - custom", "DB  - Arkiv", "UR  - file:///x",
        "M3  - Research Article", "VO  - 31", "JA  - J. Short", "T2  - Journal of Shortness",
        "N2  - One.", "AB  - Another.", "U1  - not: ours", "XY  - z",
    )  # fmt: skip
    facts = {
        "c1": "custom", "db": "Arkiv", "file": "a.pdf; b.pdf", "genre": "Research Article",
        "m1": "7", "n2": "One.", "not": "ours", "shortjournal": "J. Short", "ur": "file:///x",
        "volume": "31", "xy": "z",
    }  # fmt: skip
    assert (record.abstract, record.urls, dict(record.details)) == ("Another.", (), facts)
    text = "".join(ris.write([Entry(1, "a", "T", venue="Nature", details=record.details)]))
    assert "\nM1  - 7\n" in text
    assert "\nU1  - db: Arkiv; n2: One.; not: ours; ur: file:///x; xy: z\n" in text
    assert dict(ris.read(text).records[0].details) == facts


def test_the_notes_of_zotero_are_html() -> None:
    note = "N1  - <p>One &amp; two</p>\n<ul><li>three</li></ul>"
    assert only(note).note == "One & two\n\n- three"


def test_a_note_that_speaks_of_another_paper_gives_no_identifier() -> None:
    record = only("N1  - Compare arXiv:1706.03762 and doi:10.1000/1.")
    assert (record.arxiv_id, record.doi) == (None, None)
    assert only("N1  - arXiv:1706.03762").arxiv_id == "1706.03762"


@pytest.mark.parametrize("data", ["\ufeff" + GOOGLE, GOOGLE.replace("\n", "\r\n")])
def test_marks_and_line_ends_change_nothing(data: str) -> None:
    reading = read_document(data.encode(), "scholar.ris")
    assert reading.kind == "ris"
    assert reading.records == read(GOOGLE).records


def test_latin_1_is_read() -> None:
    reading = read(ENDNOTE.replace("Lee", "Müller").encode("latin-1"))
    assert reading.records[0].authors[0] == "Ann Müller"


def test_one_space_before_the_dash_is_enough_where_the_record_begins_so() -> None:
    reading = read("TY - JOUR\nTI - A title\nAB - We use\nAI - based methods\nER -\n")
    assert reading.records[0].title == "A title"
    proper = read("TY  - JOUR\nTI  - A title\nAB  - We use\nAI - based methods\nER  -\n")
    assert proper.records[0].abstract == "We use\nAI - based methods"


@pytest.mark.parametrize(
    ("type", "tags", "venue", "details"),
    [
        ("CHAP", ["BT  - The Book", "ED  - Ek, Bo", "T3  - LNCS"], "The Book",
         {"type": "incollection", "editor": "Bo Ek", "series": "LNCS"}),
        ("BOOK", ["T2  - LNCS", "SN  - 978-3-16-148410-0"], None,
         {"type": "book", "series": "LNCS", "isbn": "978-3-16-148410-0"}),
        ("THES", ["PB  - ETH Zürich"], None, {"type": "thesis", "institution": "ETH Zürich"}),
        ("CPAPER", ["C3  - Proceedings of ICML"], "Proceedings of ICML", {}),
        ("XYZ", [], None, {}),
    ],
)  # fmt: skip
def test_types(type: str, tags: list[str], venue: str | None, details: dict[str, str]) -> None:
    record = only(*tags, type=type)
    assert (record.venue, dict(record.details)) == (venue, details)


DAMAGED = """Provider: Somewhere
Content: text

TY  - JOUR
TI  - One
TY  - JOUR
TI  - Two
ER  -
astray
ER  -
TI  - Three
ER  -
TY  - JOUR
AU  - Lee, Ann
ER  -
TY  - JOUR
TI  - Four
"""


def test_damage_is_reported_with_its_line_and_the_rest_is_read() -> None:
    reading = read(DAMAGED)
    assert [record.title for record in reading.records] == ["One", "Two", "Three", "Four"]
    assert [(problem.line, problem.reason) for problem in reading.problems] == [
        (1, "belongs to no record"),
        (6, "begins before the last record has ended (ER)"),
        (9, "belongs to no record"),
        (10, "ends a record that has not begun (TY)"),
        (11, "begins a record without its type (TY)"),
        (13, "has no title"),
        (16, "has no end (ER)"),
    ]
    assert all(problem.text for problem in reading.problems)
